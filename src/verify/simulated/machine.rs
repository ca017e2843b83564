//! Fields, runs and the matrix of one step, shared by all simulations.

use std::sync::Arc;

use nalgebra::{Complex, DMatrix};

use crate::core::{At, Field, Linear, Outcome, State, System, advance};
use crate::theory::matrix::eigenvalues;
use crate::verify::inputs::{Answered, Fault, MOST_STEPS};

/// Poles closer together than this are not measured: an eigenvalue is good to rounding over the product
/// of its distances from the others.
const NARROWEST_GAP: f64 = 1e-4;

/// A one-particle field that exists only here: its force as a function of time and position.
pub struct Own<F>(pub usize, pub F);

impl<F: Fn(f64, &[f64]) -> Vec<f64> + Send + Sync> Field for Own<F> {
    fn dim(&self) -> usize {
        self.0
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        let force = (self.1)(at.t, at.q);
        out.iter_mut().zip(force).for_each(|(out, f)| *out = f);
    }

    fn potential(&self, _: At<'_>, _: &mut [f64]) -> bool {
        false
    }
}

/// A force along a line.
pub fn line(force: impl Fn(f64, f64) -> f64 + Send + Sync + 'static) -> Arc<dyn Field> {
    Arc::new(Own(1, move |t: f64, q: &[f64]| vec![force(t, q[0])]))
}

/// The force `-K (q - centre)`.
pub fn dense(matrix: DMatrix<f64>, centre: Vec<f64>) -> Arc<dyn Field> {
    let dim = centre.len();
    Arc::new(Own(dim, move |_: f64, q: &[f64]| {
        let pull = |i: usize| -(0..dim).map(|j| matrix[(i, j)] * (q[j] - centre[j])).sum::<f64>();
        (0..dim).map(pull).collect()
    }))
}

/// The linear force `-k q`, for steppers that solve it exactly.
pub fn spring_constant(k: &[f64; 1]) -> Linear<'_> {
    Linear { matrix: k, centre: &[0.0] }
}

/// The states of one particle after every step, its start first.
pub fn states(system: &System, q: &[f64], v: &[f64], steps: u64) -> Answered<Vec<State>> {
    visit(system, State::at(q, v, 1, 1, 0), &(0..=steps).collect::<Vec<_>>())
}

/// The state of one particle after so many steps.
pub fn after(system: &System, q: &[f64], v: &[f64], steps: u64) -> Answered<State> {
    run(system, State::at(q, v, 1, 1, 0), steps)
}

/// The state after so many steps from a given one.
pub fn run(system: &System, mut state: State, steps: u64) -> Answered<State> {
    if steps > MOST_STEPS {
        return Err(Fault::NotCovered(format!("{steps} steps are not run, only {MOST_STEPS}")));
    }
    match advance(system, &mut state, steps, &mut ()) {
        Outcome::Running => Ok(state),
        Outcome::Diverged { step } => Err(Fault::NotCovered(format!("the run has diverged after {step} steps"))),
    }
}

/// The states after the listed numbers of steps, in the order of the list.
pub fn visit(system: &System, start: State, at: &[u64]) -> Answered<Vec<State>> {
    let mut order: Vec<usize> = (0..at.len()).collect();
    order.sort_by_key(|i| at[*i]);
    let (mut state, mut done, mut out) = (start, 0, Vec::with_capacity(at.len()));
    for i in order {
        state = run(system, state, at[i] - done)?;
        done = at[i];
        if done > MOST_STEPS {
            return Err(Fault::NotCovered(format!("{done} steps are not run, only {MOST_STEPS}")));
        }
        out.push((i, state.clone()));
    }
    out.sort_by_key(|(i, _)| *i);
    Ok(out.into_iter().map(|(_, state)| state).collect())
}

/// Positions of a run, a point each.
pub fn points(run: &[State]) -> Vec<Vec<f64>> {
    run.iter().map(|s| s.q.clone()).collect()
}

/// First coordinates of a run.
pub fn firsts(run: &[State]) -> Vec<f64> {
    run.iter().map(|s| s.q[0]).collect()
}

/// The gradient at one point.
pub fn gradient(field: &dyn Field, q: &[f64]) -> Vec<f64> {
    let mut f = vec![0.0; q.len()];
    field.force(At { t: 0.0, n: 1, q, v: &vec![0.0; q.len()] }, &mut f);
    f.into_iter().map(|f| -f).collect()
}

/// The potential at one point, if there is one.
pub fn potential(field: &dyn Field, q: &[f64]) -> Option<f64> {
    let mut u = [f64::NAN];
    field.potential(At { t: 0.0, n: 1, q, v: &vec![0.0; q.len()] }, &mut u).then_some(u[0])
}

/// The Hessian at one point, a row each, if it is known.
pub fn hessian(field: &dyn Field, q: &[f64]) -> Option<Vec<Vec<f64>>> {
    let mut h = vec![f64::NAN; q.len() * q.len()];
    field.hessian(q, &mut h).then(|| h.chunks(q.len().max(1)).map(<[f64]>::to_vec).collect())
}

/// The matrix of one step of a linear method on (q, v, slots), a column per basis vector; not the
/// first step, which may be special.
pub fn map(system: &System, dim: usize, slots: usize) -> Answered<DMatrix<f64>> {
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
        let state = run(system, state, 1)?;
        columns.extend(state.q.iter().chain(&state.v).chain(state.slots.iter().take(slots).flatten()).copied());
    }
    Ok(DMatrix::from_vec(size, size, columns))
}

/// Whether an eigenvalue is far enough from the others to be measured.
fn is_clear(all: &[Complex<f64>], i: usize) -> bool {
    let others = all.iter().enumerate().filter(|(j, _)| *j != i);
    others.map(|(_, z)| (z - all[i]).norm().min(1.0)).product::<f64>() > NARROWEST_GAP
}

/// The eigenvalues of a matrix, if they are far enough apart to be measured.
pub fn clear_poles(matrix: &DMatrix<f64>) -> Option<Vec<Complex<f64>>> {
    let all = eigenvalues(matrix)?;
    (0..all.len()).all(|i| is_clear(&all, i)).then_some(all)
}

/// The largest modulus of an eigenvalue, if that one can be measured.
pub fn radius(matrix: &DMatrix<f64>) -> Option<f64> {
    let all = eigenvalues(matrix)?;
    let far = (0..all.len()).max_by(|a, b| all[*a].norm().total_cmp(&all[*b].norm()))?;
    is_clear(&all, far).then(|| all[far].norm())
}

/// Whether a measured radius says stable, if it is far enough from 1 to say so.
pub fn verdict(rho: f64) -> Option<bool> {
    ((rho - 1.0).abs() > 1e-6).then_some(rho < 1.0)
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
