//! Fields and methods by the names the golden files give them.

use std::sync::Arc;

use impetus::core::fields::{DoubleWell, PlateauCliffValley, Quadratic, named};
use impetus::core::methods::{Friction, baoab, explicit_euler, leapfrog, obabo, spring};
use impetus::core::{At, Field, Outcome, RungeKutta4, State, Stepper, System, advance};
use nalgebra::DMatrix;
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

/// The test function of this name, with the parameters of the case if it gives any.
pub fn function(name: &str, params: &Value) -> Arc<dyn Field> {
    if params.is_null() {
        return named(name).unwrap_or_else(|| panic!("no landscape {name}"));
    }
    let num = |key: &str| params[key].as_f64().unwrap();
    assert_eq!(name, "plateau_cliff_valley");
    Arc::new(PlateauCliffValley {
        slope: num("eps"),
        plateau_width: num("w_l"),
        plateau_end: num("x_l"),
        drop: num("D"),
        cliff: num("x_c"),
        cliff_width: num("w"),
        wall: num("k"),
        wall_start: num("x_v"),
        wall_width: num("w_v"),
    })
}

/// The library's names for three of them.
pub fn torch_function(name: &str) -> Arc<dyn Field> {
    function(if name == "quadratic" { "d2l_quadratic" } else { name }, &Value::Null)
}

/// The noiseless integrator of this name for `m ẍ + c ẋ = f`.
pub fn integrator(name: &str, m: f64, c: f64, h: f64) -> Arc<dyn Stepper> {
    match name {
        "explicit_euler" => Arc::new(explicit_euler(m, c, h)),
        "symplectic_euler_explicit" => Arc::new(spring(m, c, h, Friction::Explicit)),
        "symplectic_euler_implicit" => Arc::new(spring(m, c, h, Friction::Implicit)),
        "symplectic_euler_conformal" => Arc::new(spring(m, c, h, Friction::Exponential)),
        "baoab_T0" => Arc::new(baoab(m, c, h, 0.0)),
        "obabo_T0" => Arc::new(obabo(m, c, h, 0.0)),
        "velocity_verlet" => Arc::new(leapfrog(m, h)),
        "rk4" => Arc::new(RungeKutta4 { dt: h, mass: m, friction: c }),
        other => panic!("no integrator {other}"),
    }
}

/// The states of one particle after every step, its start first.
pub fn states(system: &System, q: &[f64], v: &[f64], steps: u64) -> Vec<State> {
    from(system, State::at(q, v, 1, 1, 0), steps)
}

/// The states after every step from a given one, itself first.
pub fn from(system: &System, start: State, steps: u64) -> Vec<State> {
    let mut out = vec![start];
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

/// The potential at one point.
pub fn potential_at(field: &dyn Field, q: &[f64]) -> f64 {
    let mut u = [f64::NAN];
    assert!(field.potential(At { t: 0.0, n: 1, q, v: &vec![0.0; q.len()] }, &mut u));
    u[0]
}

/// The Hessian at one point, row by row.
pub fn hessian(field: &dyn Field, q: &[f64]) -> Vec<f64> {
    let mut h = vec![f64::NAN; q.len() * q.len()];
    assert!(field.hessian(q, &mut h));
    h
}

/// The matrix of one step of a linear method on (q, v, slots), a column per basis vector; not the
/// first step, which may be special.
pub fn map(system: &System, dim: usize, slots: usize) -> DMatrix<f64> {
    let size = dim * (2 + slots);
    let mut columns = Vec::new();
    for unit in 0..size {
        let mut state = State::at(&vec![0.0; dim], &[], 1, 1, 0);
        state.step = 1;
        state.slots = vec![vec![0.0; dim]; slots];
        let (block, i) = (unit / dim, unit % dim);
        match block {
            0 => state.q[i] = 1.0,
            1 => state.v[i] = 1.0,
            _ => state.slots[block - 2][i] = 1.0,
        }
        assert_eq!(advance(system, &mut state, 1, &mut ()), Outcome::Running);
        columns.extend(state.q.iter().chain(&state.v).chain(state.slots[..slots].iter().flatten()));
    }
    DMatrix::from_vec(size, size, columns)
}

/// The largest modulus of an eigenvalue.
pub fn radius(matrix: &DMatrix<f64>) -> f64 {
    matrix.complex_eigenvalues().iter().map(|z| z.re.hypot(z.im)).fold(0.0, f64::max)
}

/// The coefficients of det(z − M), the highest first (Faddeev and Leverrier).
pub fn characteristic(matrix: &DMatrix<f64>) -> Vec<f64> {
    let size = matrix.nrows();
    let (mut out, mut power) = (vec![1.0], DMatrix::identity(size, size));
    for k in 1..=size {
        let product = matrix * &power;
        let coefficient = -product.trace() / k as f64;
        out.push(coefficient);
        power = product + DMatrix::identity(size, size) * coefficient;
    }
    out
}

/// The points `got` in the order of the points `want` (re, im after one another).
pub fn same_set(got: &[[f64; 2]], want: &[f64]) -> Vec<f64> {
    let mut left = got.to_vec();
    let mut out = Vec::new();
    for w in want.chunks(2) {
        let far = |z: &[f64; 2]| (z[0] - w[0]).hypot(z[1] - w[1]);
        let nearest = (0..left.len()).min_by(|a, b| far(&left[*a]).total_cmp(&far(&left[*b]))).unwrap();
        out.extend(left.swap_remove(nearest));
    }
    out
}
