//! The state of a lane: arrays, clock and noise. A clone is a checkpoint.

use serde::{Deserialize, Serialize};

use super::{At, Field, Noise};

/// Counts what a run has cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// Evaluations of the whole force array.
    pub evaluations: u64,
    /// Proposals made, one per particle, by a method that may refuse its step.
    pub proposed: u64,
    /// Proposals accepted.
    pub accepted: u64,
}

fn no_seed() -> Noise {
    Noise::new(0, 0)
}

/// `n` particles with `dim` coordinates each, as a structure of arrays.
///
/// Cloning gives a checkpoint: stepping the clone gives the same bits as stepping the original.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// Time in the lane's clock.
    pub t: f64,
    /// Steps made since the start.
    pub step: u64,
    dim: usize,
    n: usize,
    /// Positions `[dim][n]`.
    pub q: Vec<f64>,
    /// Velocities (or the method's momentum buffer) `[dim][n]`.
    pub v: Vec<f64>,
    /// The force of the last evaluation `[dim][n]`.
    pub f: Vec<f64>,
    /// Scratch arrays of the stepper, each `[dim][n]`.
    pub slots: Vec<Vec<f64>>,
    /// The lane's own random numbers; whoever reads a state that was written has to set them again.
    #[serde(skip, default = "no_seed")]
    pub noise: Noise,
    /// What the run has cost so far.
    pub stats: Stats,
    primed: bool,
}

impl State {
    /// `n` particles, all at `q` with velocity `v` (both of length `dim`; a shorter `v` is filled
    /// with zeros), drawing noise from `(seed, stream)`.
    pub fn at(q: &[f64], v: &[f64], n: usize, seed: u64, stream: u32) -> Self {
        let n = n.max(1);
        let spread = |x: &[f64], i: usize| std::iter::repeat_n(x.get(i).copied().unwrap_or(0.0), n);
        State {
            t: 0.0,
            step: 0,
            dim: q.len(),
            n,
            q: (0..q.len()).flat_map(|i| spread(q, i)).collect(),
            v: (0..q.len()).flat_map(|i| spread(v, i)).collect(),
            f: vec![0.0; q.len() * n],
            slots: Vec::new(),
            noise: Noise::new(seed, stream),
            stats: Stats::default(),
            primed: false,
        }
    }

    /// The first `n` particles alone. Under any method whose particles do not meet they go on as they do
    /// among the others, bit for bit, unless the noise is scripted.
    #[must_use]
    pub fn first(&self, n: usize) -> State {
        let n = n.clamp(1, self.n);
        let cut = |array: &Vec<f64>| array.chunks(self.n).flat_map(|row| row.iter().copied().take(n)).collect();
        State {
            n,
            q: cut(&self.q),
            v: cut(&self.v),
            f: cut(&self.f),
            slots: self.slots.iter().map(cut).collect(),
            noise: self.noise.clone(),
            ..*self
        }
    }

    /// Becomes a clone of `other` in the memory it has.
    pub fn copy_from(&mut self, other: &State) {
        let State { t, step, dim, n, q, v, f, slots, noise, stats, primed } = self;
        (*t, *step, *dim, *n) = (other.t, other.step, other.dim, other.n);
        [(q, &other.q), (v, &other.v), (f, &other.f)].into_iter().for_each(|(to, from)| to.clone_from(from));
        slots.clone_from(&other.slots);
        noise.clone_from(&other.noise);
        (*stats, *primed) = (other.stats, other.primed);
    }

    /// Number of coordinates of one particle.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// Number of particles.
    pub fn n(&self) -> usize {
        self.n
    }

    /// All particles' values of coordinate `i`.
    pub fn coordinate(&self, i: usize) -> &[f64] {
        &self.q[i * self.n..(i + 1) * self.n]
    }

    /// All particles' velocities along coordinate `i`.
    pub fn velocity(&self, i: usize) -> &[f64] {
        &self.v[i * self.n..(i + 1) * self.n]
    }

    /// Evaluates the force at the present positions into [`State::f`].
    pub fn evaluate(&mut self, field: &dyn Field) {
        field.force(At { t: self.t, n: self.n, q: &self.q, v: &self.v }, &mut self.f);
        self.stats.evaluations += 1;
    }

    /// Bytes that its arrays fill.
    pub fn bytes(&self) -> usize {
        let slots: usize = self.slots.iter().map(Vec::len).sum();
        size_of::<f64>() * (self.q.len() + self.v.len() + self.f.len() + slots).max(1)
    }

    /// Whether it is a state of so many particles with so many coordinates as `other`.
    pub fn fits(&self, other: &State) -> bool {
        let arrays = [&self.q, &self.v, &self.f].into_iter().chain(&self.slots);
        (self.dim, self.n) == (other.dim, other.n) && arrays.into_iter().all(|array| array.len() == other.q.len())
    }

    /// Forgets the stored force, so that a changed field or method starts from a fresh one.
    pub fn unprime(&mut self) {
        self.primed = false;
    }

    /// Sizes the scratch arrays and, if `force` is wanted, evaluates it once.
    pub(super) fn prime(&mut self, field: &dyn Field, slots: usize, force: bool) {
        let len = self.q.len();
        self.slots.resize_with(slots, || vec![0.0; len]);
        if !self.primed && force {
            self.evaluate(field);
        }
        self.primed = true;
    }

    /// Whether every position and velocity is finite and below `limit` in size.
    pub fn is_within(&self, limit: f64) -> bool {
        self.q.iter().chain(&self.v).all(|x| x.abs() <= limit)
    }
}
