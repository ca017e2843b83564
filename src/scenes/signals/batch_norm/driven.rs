//! The core driven by one sine: what the running statistic and the parameter make of it.

use std::f64::consts::TAU;
use std::sync::Arc;

use crate::core::fields::Tether;
use crate::core::methods::{Chase, Cosine, Target};
use crate::core::{Field, Observe, Outcome, State, System, advance};
use crate::scenes::Seen;
use crate::theory::heavy_ball::spectral_radius;
use crate::theory::matrix::Complex;
use crate::theory::regime::is_stable;

/// Steps over which a swing is averaged at least, so many that whole turns come close to any frequency.
const LEAST: f64 = 2000.0;
/// What is left of the transient when measuring begins, and the longest wait for it.
const LEFT: f64 = 1e-9;
const LONGEST: f64 = 20_000.0;

/// Complex gains at one frequency.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// The frequency (rad/step), so close to the one wanted that whole turns fit into whole steps.
    pub omega: f64,
    /// From the statistic of the batches to the running one.
    pub statistic: Complex<f64>,
    /// From the running statistic to the parameter.
    pub parameter: Complex<f64>,
}

/// Sums x e^{−iωn} of both coordinates over whole turns after the transient.
struct Projection {
    omega: f64,
    settle: u64,
    sums: [Complex<f64>; 2],
}

impl Observe for Projection {
    fn observe(&mut self, _: &dyn Field, state: &State) {
        if state.step > self.settle {
            let turned = Complex::from_polar(1.0, -self.omega * state.step as f64);
            for (sum, q) in self.sums.iter_mut().zip(&state.q) {
                *sum += turned * *q;
            }
        }
    }
}

/// The core at a frequency near `omega`; `None` if it never settles.
pub fn measure([eta, beta, memory]: [f64; 3], omega: f64) -> Option<Point> {
    let slowest = spectral_radius(eta, beta).max(memory);
    let settle = (LEFT.ln() / slowest.ln()).ceil();
    if !is_stable(eta, beta) || !(settle <= LONGEST) {
        return None;
    }
    let turns = (LEAST * omega / TAU).round().max(1.0);
    let steps = (TAU * turns / omega).round().max(3.0);
    let (omega, settle) = (TAU * turns / steps, settle.max(0.0) as u64);
    let waves = vec![Cosine { amplitude: 1.0, omega, phase: 0.0 }];
    let chase = Chase { eta, beta, target: Target::Running { memory, waves } };
    let system = System::new(Arc::new(Tether { curvature: 1.0 }), chase);
    let mut projection = Projection { omega, settle, sums: [Complex::default(); 2] };
    let mut state = State::at(&[0.0; 2], &[], 1, 0, 0);
    let outcome = advance(&system, &mut state, settle + steps as u64, &mut projection);
    // Half of a cosine's amplitude lies at its own frequency.
    let [parameter, statistic] = projection.sums.map(|sum| sum * (2.0 / steps));
    (outcome == Outcome::Running).then(|| Point { omega, statistic, parameter: parameter / statistic })
}

/// The same with the values of the run, kept with it.
pub fn kept(seen: &Seen<'_>, omega: f64) -> Option<Point> {
    let machine = ["eta", "beta", "rho"].map(|id| seen.get(id));
    let key = ("driven by one sine", 0, omega.to_bits());
    let column = seen.run.derived.once(key, || {
        let flat = |p: Point| vec![p.omega, p.statistic.re, p.statistic.im, p.parameter.re, p.parameter.im];
        measure(machine, omega).map_or_else(Vec::new, flat)
    });
    match column {
        [omega, a, b, c, d] => {
            let (statistic, parameter) = (Complex::new(*a, *b), Complex::new(*c, *d));
            Some(Point { omega: *omega, statistic, parameter })
        }
        _ => None,
    }
}
