//! The plane of a damped mass: h²k/m along x, friction per step ch/m = 1 − β along y.

use std::sync::Arc;

use crate::core::fields::Quadratic;
use crate::core::methods::{Friction, baoab, explicit_euler, nesterov, spring};
use crate::core::{Field, RungeKutta4, Stepper, System};
use crate::figure::{Axis, Dash, Handle, Ink, Layer, Marker, Panel, Points, Region, rich};
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{DASHES, axis, line, panel, thin};
use crate::text::{Text, t};
use crate::theory::heavy_ball::spectral_radius;
use crate::theory::integrators::Integrator;
use crate::theory::nesterov as look_ahead;
use crate::theory::oscillator::Oscillator;
use crate::theory::regime::{nesterov_wall, stability_wall};

use super::methods::shrinks;

/// Widest h²k/m and strongest friction shown.
const WIDEST: f64 = 8.6;
const STRONGEST: f64 = 2.0;
const COLUMNS: usize = 17;
const ROWS: usize = 10;

/// A method of the machine's plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Solver {
    /// Explicit Euler on (x, v).
    Euler,
    /// Semi-implicit Euler, which is heavy ball.
    SemiImplicit,
    /// Nesterov's method.
    Nesterov,
    /// Leapfrog with exact friction in its middle.
    Leapfrog,
    /// The classical Runge–Kutta method on (x, v).
    RungeKutta,
}

impl Solver {
    /// All, in the order of panels.
    pub const ALL: [Solver; 5] =
        [Solver::Euler, Solver::SemiImplicit, Solver::Nesterov, Solver::Leapfrog, Solver::RungeKutta];

    const fn id(self) -> &'static str {
        match self {
            Solver::Euler => "euler",
            Solver::SemiImplicit => "semi-implicit",
            Solver::Nesterov => "look-ahead",
            Solver::Leapfrog => "leapfrog",
            Solver::RungeKutta => "runge-kutta-machine",
        }
    }

    const fn name(self) -> Text {
        match self {
            Solver::Euler => t("explicit Euler", "显式欧拉"),
            Solver::SemiImplicit => t("heavy ball", "重球法"),
            Solver::Nesterov => t("Nesterov", "Nesterov"),
            Solver::Leapfrog => t("leapfrog", "蛙跳法"),
            Solver::RungeKutta => t("Runge–Kutta 4", "四阶龙格－库塔"),
        }
    }

    const fn ink(self) -> Ink {
        match self {
            Solver::Euler => Ink::Spring,
            Solver::SemiImplicit => Ink::Optimizer,
            Solver::Nesterov => Ink::Controller,
            Solver::Leapfrog => Ink::Amber,
            Solver::RungeKutta => Ink::Text,
        }
    }

    const fn integrator(self) -> Option<Integrator> {
        match self {
            Solver::Euler => Some(Integrator::ExplicitEuler),
            Solver::Leapfrog => Some(Integrator::BaoabT0),
            Solver::RungeKutta => Some(Integrator::Rk4),
            Solver::SemiImplicit | Solver::Nesterov => None,
        }
    }

    /// Modulus per step by theory, for w = h²k/m and a = ch/m.
    pub fn radius(self, w: f64, a: f64) -> f64 {
        match self.integrator() {
            Some(scheme) => {
                let step = scheme.step_matrix(&Oscillator { m: 1.0, c: a, k: w }, 1.0);
                let det = step.determinant();
                spectral_radius(1.0 + det - step.trace(), det)
            }
            None if self == Solver::SemiImplicit => spectral_radius(w, 1.0 - a),
            None => look_ahead::spectral_radius(w, 1.0 - a),
        }
    }

    /// Its border from a = 0 upwards, as w and a.
    fn border(self) -> [Vec<f64>; 2] {
        let Some(scheme) = self.integrator() else {
            let wall = if self == Solver::SemiImplicit { stability_wall } else { nesterov_wall };
            let a: Vec<f64> = (0..=100).map(|k| STRONGEST * f64::from(k) / 100.0).collect();
            return [a.iter().map(|a| wall(1.0 - a)).collect(), a];
        };
        // Along a border of fixed damping ratio, h grows to its limit.
        let at = |k: i32| {
            let zeta = 4.0 * (f64::from(k) / 400.0).powi(2);
            let h = scheme.stability_limit(&Oscillator { m: 1.0, c: 2.0 * zeta, k: 1.0 });
            [h * h, 2.0 * zeta * h]
        };
        let all: Vec<[f64; 2]> = (0..=400).map(at).filter(|p| p.iter().all(|x| x.is_finite())).collect();
        let last = all.iter().position(|p| p[1] > STRONGEST).map_or(all.len(), |i| i + 1);
        [0, 1].map(|i| all.iter().take(last).map(|p| p[i]).collect())
    }

    fn stepper(self, a: f64) -> Arc<dyn Stepper> {
        match self {
            Solver::Euler => Arc::new(explicit_euler(1.0, a, 1.0)),
            Solver::SemiImplicit => Arc::new(spring(1.0, a, 1.0, Friction::Explicit)),
            Solver::Nesterov => Arc::new(nesterov(1.0, 1.0 - a)),
            Solver::Leapfrog => Arc::new(baoab(1.0, a, 1.0, 0.0)),
            Solver::RungeKutta => Arc::new(RungeKutta4 { dt: 1.0, mass: 1.0, friction: a }),
        }
    }
}

/// The places tried: w and a.
pub fn grid() -> Vec<[f64; 2]> {
    let at = |most: f64, i: usize, n: usize| most * (i as f64 + 0.53) / n as f64;
    (0..COLUMNS * ROWS).map(|i| [at(WIDEST, i % COLUMNS, COLUMNS), at(STRONGEST, i / COLUMNS, ROWS)]).collect()
}

/// Whether a run of the solver shrinks, 1 or 0, for every place of the grid; no parameter matters.
pub fn tried<'a>(seen: &Seen<'a>, solver: Solver) -> &'a [f64] {
    seen.run.derived.column(("runs over the machine's plane", solver as usize, 0), || {
        let shrinks_at = |[w, a]: [f64; 2]| {
            let field: Arc<dyn Field> = Arc::new(Quadratic::diagonal(&[w]));
            shrinks(&System { field, stepper: solver.stepper(a) }, &[1.0])
        };
        grid().into_iter().map(|at| f64::from(u8::from(shrinks_at(at)))).collect()
    })
}

fn empty<'a>(id: &'static str, seen: &Seen<'_>, name: &str) -> Panel<'a> {
    let x = Axis::new(rich(&format!("$h²k/m = ηλ${name}")), "").range(0.0, WIDEST);
    panel(id, x, axis(seen, t("$ch/m = 1 − β$", "$ch/m = 1 − β$"), "").range(0.0, STRONGEST))
}

fn marks<'a>(seen: &Seen<'a>, solver: Solver) -> [Layer<'a>; 2] {
    let found = tried(seen, solver);
    [(1.0, solver.ink(), Marker::Disc, 0.6), (0.0, Ink::Faint, Marker::Cross, 0.55)].map(
        |(which, ink, marker, size)| {
            let all: Vec<[f64; 2]> =
                grid().into_iter().zip(found).filter(|(_, f)| **f == which).map(|(at, _)| at).collect();
            let [x, y] = [0, 1].map(|i| all.iter().map(|p| p[i]).collect::<Vec<_>>());
            Layer::Points(Points { x: x.into(), y: y.into(), name: None, ink, marker, size })
        },
    )
}

/// One panel per solver.
pub fn draw<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let one = |solver: Solver| {
        let ([w, a], ink) = (solver.border(), solver.ink());
        let name = format!("{}{}", seen.say(t(": ", "：")), seen.say(solver.name()));
        let mut panel = empty(solver.id(), seen, &name);
        let top = a.last().copied().unwrap_or(STRONGEST);
        let x: Vec<f64> = [0.0].into_iter().chain(w.iter().copied()).chain([0.0]).collect();
        let y: Vec<f64> = [0.0].into_iter().chain(a.iter().copied()).chain([top]).collect();
        panel.layers.push(Layer::Region(Region { x: x.into(), y: y.into(), name: None, ink, hatch: None }));
        panel.layers.extend(marks(seen, solver));
        panel.layers.push(thin(w, a, ink, Dash::Solid));
        panel
    };
    Solver::ALL.into_iter().map(one).collect()
}

/// All borders with the reader's own point.
pub fn borders<'a>(seen: &Seen<'a>) -> Panel<'a> {
    let mut all = empty("machines", seen, "");
    for (k, solver) in Solver::ALL.into_iter().enumerate() {
        let [w, a] = solver.border();
        all.layers.push(line(w, a, Some(seen.say(solver.name())), solver.ink(), DASHES[k % DASHES.len()]));
    }
    all.handles.push(Handle {
        id: "machine".into(),
        at: [seen.get("qr").clamp(0.0, WIDEST), 1.0 - seen.get("beta")],
        ink: Ink::Text,
        label: rich("$(ηλ, 1 − β)$"),
        name: seen.say(t("your curvature and friction", "自选曲率与摩擦")).to_owned(),
    });
    all
}
