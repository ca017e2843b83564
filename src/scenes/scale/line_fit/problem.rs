//! The points, the line that is sought, and the closed form of the search.

use crate::core::Noise;
use crate::core::fields::LineFit;
use crate::param::Values;
use crate::scenes::Seen;
use crate::theory::heavy_ball::response;

use super::{DRAWN, EVEN, UNIFORM};

/// The line that the points are scattered about.
pub const TRUTH: [f64; 2] = [2.0, 1.0];

/// Streams of the points and of the start.
const POINTS: u32 = 0x11E;
const START: u32 = 0x11F;

/// One regression: its points, where the search starts, its loss.
pub struct Problem {
    /// Points (x, y).
    pub points: Vec<[f64; 2]>,
    /// Where the search starts, (w, b).
    pub start: [f64; 2],
    /// The loss.
    pub field: LineFit,
    /// The eigenvalues of its Hessian, rising, each with its direction.
    pub modes: Modes,
}

/// Two eigenvalues with their directions.
type Modes = [(f64, [f64; 2]); 2];

impl Problem {
    /// The regression these values and this seed describe.
    pub fn new(values: &Values, seed: u64) -> Problem {
        let rows = values.get("rows").max(2.0) as usize;
        let noise = Noise::new(seed, POINTS);
        let normal = |step: u64| {
            let mut out = vec![0.0_f32; rows];
            noise.deviates(&mut out, step);
            out.into_iter().map(f64::from)
        };
        let (design, sigma) = (values.index("points"), values.get("sigma"));
        let even = |i: usize| -2.0 + 4.0 * i as f64 / (rows - 1) as f64;
        let x: Vec<f64> = match design {
            EVEN => (0..rows).map(even).collect(),
            UNIFORM => (0..rows).map(|i| 4.0 * noise.uniform(i, 0, 0) - 2.0).collect(),
            _ => normal(0).collect(),
        };
        let scatter: Vec<f64> = match design {
            EVEN => (0..rows).map(|i| libm::cos(7.0 * i as f64)).collect(),
            _ => normal(1).collect(),
        };
        let y = |(x, e): (&f64, &f64)| [*x, TRUTH[0] * x + TRUTH[1] + sigma * e];
        let points: Vec<[f64; 2]> = x.iter().zip(&scatter).map(y).collect();
        let from = Noise::new(seed, START);
        let start = match values.index("start") {
            DRAWN => [0, 1].map(|i| 2.0 * from.uniform(i, 0, 0) - 1.0),
            _ => ["w0", "b0"].map(|id| values.get(id)),
        };
        let (field, modes) = (LineFit::new(&points), modes(&points));
        Problem { points, start, field, modes }
    }

    /// (w, b) after `n` epochs with step η and momentum β, by the closed form of both modes.
    pub fn after(&self, eta: f64, beta: f64, n: u64) -> [f64; 2] {
        let best = self.field.best();
        let off = [self.start[0] - best[0], self.start[1] - best[1]];
        let mut out = best;
        for (lambda, u) in self.modes {
            let z = response(eta * lambda, beta, u[0] * off[0] + u[1] * off[1], 0.0, n);
            out = [out[0] + u[0] * z, out[1] + u[1] * z];
        }
        out
    }

    /// The loss there.
    pub fn loss(&self, eta: f64, beta: f64, n: u64) -> f64 {
        let best = self.field.best();
        let [w, b] = self.after(eta, beta, n);
        let off = [w - best[0], b - best[1]];
        let along = |u: [f64; 2]| u[0] * off[0] + u[1] * off[1];
        self.field.floor() + self.modes.iter().map(|(lambda, u)| 0.5 * lambda * along(*u).powi(2)).sum::<f64>()
    }
}

/// The eigenvalues of the Hessian over these points, with their directions.
fn modes(points: &[[f64; 2]]) -> Modes {
    let mean = |f: &dyn Fn(f64) -> f64| points.iter().map(|p| f(p[0])).sum::<f64>() / points.len() as f64;
    let (a, b) = (2.0 * mean(&|x| x * x), 2.0 * mean(&|x| x));
    // Of the symmetric matrix [[a, b], [b, 2]].
    let (half, gap) = (0.5 * (a + 2.0), libm::hypot(0.5 * (a - 2.0), b));
    let angle = 0.5 * libm::atan2(2.0 * b, a - 2.0);
    let (s, c) = (libm::sin(angle), libm::cos(angle));
    [(half - gap, [-s, c]), (half + gap, [c, s])]
}

/// Step and momentum of lane `i`: descent, momentum, descent with the step that momentum makes of its own.
pub fn method(values: &Values, i: usize) -> [f64; 2] {
    let [eta, beta] = ["eta", "beta"].map(|id| values.get(id));
    match i {
        0 => [eta, 0.0],
        1 => [eta, beta],
        _ => [eta / (1.0 - beta), 0.0],
    }
}

/// The regressions of the seeds from 1 on.
pub fn seeded(values: &Values, seeds: u64) -> Vec<Problem> {
    (1..=seeds).map(|seed| Problem::new(values, seed)).collect()
}

/// The regression of a run.
pub fn of(seen: &Seen<'_>) -> Problem {
    Problem::new(&seen.run.values, seen.run.seed)
}
