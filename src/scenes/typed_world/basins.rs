//! Basins of a loss: where a particle belongs, and a watch on those that leave.

use std::sync::Arc;

use super::setting::Setting;
use crate::core::{Field, State, Stepper};
use crate::formula::Nature;

/// Steps down a loss at most.
const DOWN: usize = 150;

/// The minima of a loss, and over a line the maxima between them.
#[derive(Clone)]
pub struct Basins {
    minima: Vec<Vec<f64>>,
    barriers: Vec<f64>,
    home: usize,
}

impl Basins {
    /// The basins of a loss, those near where the lanes start; `None` if there is no minimum.
    pub fn of(at: &Setting<'_>) -> Option<Basins> {
        let points = at.points_aside();
        let of = |nature| points.iter().filter(move |p| p.nature == nature).map(|p| p.at.clone());
        let minima: Vec<Vec<f64>> = of(Nature::Minimum).collect();
        let line = at.world().kind().dim() == 1;
        let barriers: Vec<f64> = of(Nature::Maximum).filter(|_| line).flatten().collect();
        if minima.is_empty() {
            return None;
        }
        let mut basins = Basins { minima, barriers, home: 0 };
        let mut start = at.start();
        basins.descend(at, &mut start);
        basins.home = basins.nearest(start.iter().copied());
        Some(basins)
    }

    /// Over a line the number of barriers below; over a plane the nearest minimum.
    fn nearest(&self, q: impl Iterator<Item = f64> + Clone) -> usize {
        if let [_] = self.minima.first().map_or(&[][..], Vec::as_slice) {
            let x = q.clone().next().unwrap_or(f64::NAN);
            return self.barriers.iter().filter(|b| **b < x).count();
        }
        let far = |m: &[f64]| m.iter().zip(q.clone()).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
        let all = self.minima.iter().enumerate();
        all.min_by(|a, b| far(a.1).total_cmp(&far(b.1))).map_or(0, |(k, _)| k)
    }

    /// Whether there is only one.
    fn is_only(&self) -> bool {
        self.minima.len() < 2 && self.barriers.is_empty()
    }

    /// Whether particle `i` of `n` at `q`, `[dim][n]`, is where it did not begin.
    fn is_away(&self, q: &[f64], i: usize, n: usize) -> bool {
        self.nearest(q.iter().skip(i).step_by(n).copied()) != self.home
    }

    /// The share of the cloud that is in another basin than it began in.
    pub fn escaped(&self, at: &Setting<'_>, state: &State) -> f64 {
        if self.is_only() {
            return 0.0;
        }
        let (mut q, n) = (state.q.clone(), state.n());
        self.descend(at, &mut q);
        (0..n).filter(|i| self.is_away(&q, *i, n)).count() as f64 / n as f64
    }

    /// Lets particles `[dim][n]` slide down the loss until the minimum nearest to each is its own. Over
    /// a line barriers tell at once.
    fn descend(&self, at: &Setting<'_>, q: &mut [f64]) {
        let dim = at.world().kind().dim();
        if dim == 1 || self.minima.len() < 2 {
            return;
        }
        let n = q.len() / dim;
        let near = 0.01 * self.apart();
        let mut slide = Slide::new(at, q, n, near);
        for _ in 0..DOWN {
            if !slide.step(at, q) {
                return;
            }
        }
    }

    /// The distance of the two nearest minima.
    fn apart(&self) -> f64 {
        let pairs = self.minima.iter().enumerate().flat_map(|(k, a)| self.minima[..k].iter().map(move |b| (a, b)));
        let far = |(a, b): (&Vec<f64>, &Vec<f64>)| a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt();
        pairs.map(far).fold(f64::INFINITY, f64::min)
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
        for i in 0..self.n {
            if !(loss[i] < self.loss[i]) {
                self.steps[i] *= 0.4;
                worth |= self.steps[i] * along(&pull, i, self.n) > 1e-4 * self.near;
                continue;
            }
            let way: f64 = (i..q.len()).step_by(self.n).map(|k| (next[k] - q[k]) * (next[k] - q[k])).sum();
            worth |= way.sqrt() > 1e-2 * self.near;
            (i..q.len()).step_by(self.n).for_each(|k| q[k] = next[k]);
            (self.loss[i], self.steps[i]) = (loss[i], 1.5 * self.steps[i]);
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
