//! Basins of a loss: where a particle belongs, and a watch on those that leave.

use std::sync::Arc;

use super::setting::Setting;
use crate::core::{Field, State, Stepper};
use crate::formula::Nature;

/// Steps down a loss at most.
const DOWN: usize = 150;

/// The basins of a loss as seen from where its lanes start.
#[derive(Clone)]
pub enum Basins {
    /// Over a line: the maxima next to the start, on either side; infinite where there is none.
    Line([f64; 2]),
    /// Over a plane: the minima, and which of them the start belongs to.
    Plane(Vec<Vec<f64>>, usize),
}

impl Basins {
    /// The basins of a loss; `None` if there is no other than the one it starts in.
    pub fn of(at: &Setting<'_>) -> Option<Basins> {
        let (points, mut start) = (at.points_aside(), at.start());
        let of = |nature| points.iter().filter(move |p| p.nature == nature).map(|p| p.at.clone());
        if let [x] = start[..] {
            let barriers = of(Nature::Maximum).flatten();
            let next = |[low, high]: [f64; 2], b: f64| if b <= x { [low.max(b), high] } else { [low, high.min(b)] };
            let home = barriers.fold([f64::NEG_INFINITY, f64::INFINITY], next);
            return home.iter().any(|b| b.is_finite()).then_some(Basins::Line(home));
        }
        let minima: Vec<Vec<f64>> = of(Nature::Minimum).collect();
        if minima.len() < 2 {
            return None;
        }
        descend(at, &minima, &mut start);
        let home = nearest(&minima, start.iter().copied());
        Some(Basins::Plane(minima, home))
    }

    /// Whether particle `i` of `n` at `q`, `[dim][n]`, is where it did not begin; over a plane, whether
    /// it is nearer to another minimum.
    fn is_away(&self, q: &[f64], i: usize, n: usize) -> bool {
        match self {
            Basins::Line([low, high]) => q.get(i).is_none_or(|x| !(*low < *x && *x < *high)),
            Basins::Plane(minima, home) => nearest(minima, q.iter().skip(i).step_by(n).copied()) != *home,
        }
    }

    /// The share of the cloud that ends in another basin than it began in: where it would slide to.
    pub fn escaped(&self, at: &Setting<'_>, state: &State) -> f64 {
        let (mut q, n) = (state.q.clone(), state.n());
        if let Basins::Plane(minima, _) = self {
            descend(at, minima, &mut q);
        }
        (0..n).filter(|i| self.is_away(&q, *i, n)).count() as f64 / n as f64
    }
}

/// The minimum nearest to a place.
fn nearest(minima: &[Vec<f64>], q: impl Iterator<Item = f64> + Clone) -> usize {
    let far = |m: &[f64]| m.iter().zip(q.clone()).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
    let all = minima.iter().enumerate().map(|(k, m)| (k, far(m)));
    all.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(k, _)| k)
}

/// Lets particles `[dim][n]` of a plane slide down the loss until the minimum nearest to each is its own.
fn descend(at: &Setting<'_>, minima: &[Vec<f64>], q: &mut [f64]) {
    let pairs = minima.iter().enumerate().flat_map(|(k, a)| minima[..k].iter().map(move |b| (a, b)));
    let far = |(a, b): (&Vec<f64>, &Vec<f64>)| a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt();
    let apart = pairs.map(far).fold(f64::INFINITY, f64::min);
    let n = q.len() / at.world().kind().dim().max(1);
    let mut slide = Slide::new(at, q, n, 0.01 * apart);
    for _ in 0..DOWN {
        if !slide.step(at, q) {
            return;
        }
    }
}

/// Particles on their way down, each with a step of its own that grows while the loss falls.
struct Slide {
    n: usize,
    /// A way of this length is worth another step.
    near: f64,
    steps: Vec<f64>,
    loss: Vec<f64>,
}

impl Slide {
    fn new(at: &Setting<'_>, q: &[f64], n: usize, near: f64) -> Self {
        let columns: Vec<&[f64]> = q.chunks(n.max(1)).collect();
        // Less than any stable rate allows.
        Slide { n, near, steps: vec![0.25 * at.get("eta"); n], loss: at.losses(&columns) }
    }

    /// One step of all; whether any went a way worth another.
    fn step(&mut self, at: &Setting<'_>, q: &mut [f64]) -> bool {
        let pull = at.forces(q, self.n);
        let mut next = q.to_vec();
        for (k, (q, f)) in next.iter_mut().zip(&pull).enumerate() {
            *q += (self.steps[k % self.n] * f).clamp(-10.0 * self.near, 10.0 * self.near);
        }
        let columns: Vec<&[f64]> = next.chunks(self.n).collect();
        let loss = at.losses(&columns);
        let mut worth = false;
        for (i, lower) in loss.into_iter().enumerate().take(self.n) {
            if !(lower < self.loss[i]) {
                self.steps[i] *= 0.4;
                worth |= self.steps[i] * along(&pull, i, self.n) > 1e-4 * self.near;
                continue;
            }
            let way: f64 = (i..q.len()).step_by(self.n).map(|k| (next[k] - q[k]) * (next[k] - q[k])).sum();
            worth |= way.sqrt() > 1e-2 * self.near;
            (i..q.len()).step_by(self.n).for_each(|k| q[k] = next[k]);
            (self.loss[i], self.steps[i]) = (lower, 1.5 * self.steps[i]);
        }
        worth
    }
}

/// The size of what particle `i` of `n` feels.
fn along(pull: &[f64], i: usize, n: usize) -> f64 {
    pull.iter().skip(i).step_by(n).map(|f| f * f).sum::<f64>().sqrt()
}

/// A method that also marks every particle that was ever away from home, in the last of its slots. The
/// steps are those of the method alone.
pub struct Watch {
    inner: Arc<dyn Stepper>,
    basins: Basins,
}

impl Watch {
    /// Keeps watch over a method.
    pub fn over(inner: Arc<dyn Stepper>, basins: Basins) -> Self {
        Watch { inner, basins }
    }
}

/// The share of particles that [`Watch`] has marked.
pub fn marked(state: &State) -> Option<f64> {
    let marks = state.slots.last()?.get(..state.n())?;
    Some(marks.iter().sum::<f64>() / state.n() as f64)
}

impl Stepper for Watch {
    fn dt(&self) -> f64 {
        self.inner.dt()
    }

    fn slots(&self) -> usize {
        self.inner.slots() + 1
    }

    fn wants_force(&self) -> bool {
        self.inner.wants_force()
    }

    fn step(&self, field: &dyn Field, state: &mut State) {
        self.inner.step(field, state);
        let n = state.n();
        let (q, Some(marks)) = (&state.q, state.slots.last_mut()) else { return };
        for (i, mark) in marks.iter_mut().take(n).enumerate() {
            if *mark == 0.0 && self.basins.is_away(q, i, n) {
                *mark = 1.0;
            }
        }
    }
}
