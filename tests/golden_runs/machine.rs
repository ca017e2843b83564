//! Fields and methods by the names the golden files give them.

use std::sync::Arc;

use impetus::core::Move::{Damp, Drift, Eval, Kick};
use impetus::core::fields::{DoubleWell, PlateauCliffValley, Quadratic, Rosenbrock};
use impetus::core::methods::{Friction, baoab, leapfrog, spring};
use impetus::core::{At, Field, Move, Outcome, RungeKutta4, Splitting, State, Stepper, System, advance};
use serde_json::Value;

/// A one-particle field that exists only in a test: its force as a function.
pub struct Own<F>(pub usize, pub F);

impl<F: Fn(&[f64]) -> Vec<f64> + Send + Sync> Field for Own<F> {
    fn dim(&self) -> usize {
        self.0
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        assert_eq!(at.n, 1);
        out.copy_from_slice(&(self.1)(at.q));
    }

    fn potential(&self, _: At<'_>, _: &mut [f64]) -> bool {
        false
    }
}

/// The potential a golden case describes.
pub fn potential(u: &Value) -> Arc<dyn Field> {
    let num = |key: &str| u[key].as_f64().unwrap();
    match u["type"].as_str().unwrap() {
        "harmonic" => Arc::new(Quadratic::diagonal(&[num("k")])),
        "double_well" => Arc::new(DoubleWell { barrier: num("E_b"), half_width: num("a") }),
        other => panic!("no potential {other}"),
    }
}

/// The test function of this name, if the core has it.
pub fn function(name: &str, params: &Value) -> Option<Arc<dyn Field>> {
    let num = |key: &str| params[key].as_f64().unwrap();
    Some(match name {
        "d2l_quadratic" | "quadratic" => Arc::new(Quadratic::d2l()),
        "rosenbrock" => Arc::new(Rosenbrock),
        "double_well" => Arc::new(DoubleWell { barrier: 1.0, half_width: 1.0 }),
        "plateau_cliff_valley" => Arc::new(PlateauCliffValley {
            slope: num("eps"),
            plateau_width: num("w_l"),
            plateau_end: num("x_l"),
            drop: num("D"),
            cliff: num("x_c"),
            cliff_width: num("w"),
            wall: num("k"),
            wall_start: num("x_v"),
            wall_width: num("w_v"),
        }),
        _ => return None,
    })
}

/// A word over the moves.
pub fn word(dt: f64, moves: &[Move]) -> Splitting {
    Splitting { dt, moves: moves.to_vec() }
}

/// The noiseless integrator of this name for `m ẍ + c ẋ = f`.
pub fn integrator(name: &str, m: f64, c: f64, h: f64) -> Arc<dyn Stepper> {
    let keep = |keep: f64| Damp { keep, noise: 0.0 };
    match name {
        "explicit_euler" => Arc::new(word(h, &[Eval, Drift(h), keep(1.0 - c * h / m), Kick(h / m)])),
        "symplectic_euler_explicit" => Arc::new(spring(m, c, h, Friction::Explicit)),
        "symplectic_euler_implicit" => Arc::new(spring(m, c, h, Friction::Implicit)),
        "symplectic_euler_conformal" => Arc::new(spring(m, c, h, Friction::Exponential)),
        "baoab_T0" => Arc::new(baoab(m, c, h, 0.0)),
        "obabo_T0" => {
            let (half, kick) = (keep((-0.5 * c * h / m).exp()), Kick(0.5 * h / m));
            Arc::new(word(h, &[half, kick, Drift(h), Eval, kick, half]))
        }
        "velocity_verlet" => Arc::new(leapfrog(m, h)),
        "rk4" => Arc::new(RungeKutta4 { dt: h, mass: m, friction: c }),
        other => panic!("no integrator {other}"),
    }
}

/// The states of one particle after every step, its start first.
pub fn states(system: &System, q: &[f64], v: &[f64], steps: u64) -> Vec<State> {
    let mut out = vec![State::at(q, v, 1, 1, 0)];
    for _ in 0..steps {
        let mut next = out[out.len() - 1].clone();
        assert_eq!(advance(system, &mut next, 1, &mut ()), Outcome::Running);
        out.push(next);
    }
    out
}

/// The force at one point.
pub fn force(field: &dyn Field, q: &[f64]) -> Vec<f64> {
    let mut f = vec![0.0; q.len()];
    field.force(At { t: 0.0, n: 1, q, v: &vec![0.0; q.len()] }, &mut f);
    f
}

/// One step of a word whose noise is drawn from `xi` instead of the generator: every move is
/// the core's, and so is the size of every noise.
pub fn step_with(word: &Splitting, field: &Arc<dyn Field>, state: &mut State, xi: &[f64]) {
    let mut xi = xi.iter();
    let one = |state: &mut State, m: Move| {
        let system = System::new(field.clone(), Splitting { dt: 0.0, moves: vec![m] });
        advance(&system, state, 1, &mut ());
    };
    for m in &word.moves {
        match *m {
            Damp { keep, noise } => {
                one(state, Damp { keep, noise: 0.0 });
                if noise > 0.0 {
                    state.v[0] += noise * xi.next().unwrap();
                }
            }
            Move::Jitter(s) => state.q[0] += s * xi.next().unwrap(),
            other => one(state, other),
        }
    }
    assert_eq!(xi.next(), None, "a deviate is left over");
}
