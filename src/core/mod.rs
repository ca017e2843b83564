//! Stepping: how a state moves, and nothing else.
//!
//! A [`System`] is a [`Field`] (the force on a whole array of particles per call) and a
//! [`Stepper`] (one step of one method). The one loop of the crate, [`advance`], steps a
//! [`State`] and shows it to an [`Observe`]r after every step. Most methods of the book are short
//! words over the elementary [`Move`]s, so "the same core" is literal: heavy ball and the
//! semi-implicit spring are the same word with other coefficients (see [`methods`]).
//!
//! This module knows no closed form: `theory` is its independent oracle, and neither uses the other.

mod dormand_prince;
mod exact;
pub mod fields;
mod flow;
mod fused;
mod gauge;
mod lanes;
mod letters;
mod linear;
pub mod methods;
pub mod models;
mod moments;
mod noise;
mod pd;
mod pid;
mod run;
mod runge_kutta;
mod splitting;
mod state;
mod trace;

pub use dormand_prince::DormandPrince;
pub use exact::ExactFlow;
pub use flow::RungeKuttaFlow;
pub use fused::{Bounds, Call, Cells, Coefficients, Ending, Fate, Kernel, Program, Springs};
pub use gauge::Gauge;
pub use lanes::{Lanes, Registers, limit_registers, registers};
pub use letters::WordError;
pub use moments::Moments;
pub use noise::{Noise, philox};
pub use pd::SampledPd;
pub use pid::{Derivative, SampledPid};
pub use run::{Interest, Observe, Outcome, System, advance, each};
pub use runge_kutta::RungeKutta4;
pub use splitting::{Move, Splitting};
pub use state::{State, Stats};
pub use trace::{Probe, Trace};

/// Where a force is wanted: time and the arrays `[dim][n]` of positions and velocities.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// Time in the lane's own clock.
    pub t: f64,
    /// Number of particles.
    pub n: usize,
    /// Positions, coordinate-major `[dim][n]`.
    pub q: &'a [f64],
    /// Velocities, coordinate-major `[dim][n]`.
    pub v: &'a [f64],
}

/// A force field, evaluated for a whole array of particles in one call.
pub trait Field: Send + Sync {
    /// Number of coordinates of one particle.
    fn dim(&self) -> usize;

    /// Writes the force `f = −∇U` (or any force) at `at` into `out`, `[dim][n]`.
    fn force(&self, at: At<'_>, out: &mut [f64]);

    /// Writes the potential of every particle into `out`, `[n]`; `false` if there is none.
    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool;

    /// Writes the Hessian ∇²U at one point `q`, `[dim]`, into `out`, row-major `[dim][dim]`; `false`
    /// if it is not known. For a force without a potential it is the Jacobian of −force.
    fn hessian(&self, _q: &[f64], _out: &mut [f64]) -> bool {
        false
    }

    /// Writes the Laplacian ∇²U, the trace of the Hessian, of every particle into `out`, `[n]`; `false` if it
    /// is not known.
    fn laplacian(&self, at: At<'_>, out: &mut [f64]) -> bool {
        gauge::traces(self.dim(), |q, hessian| self.hessian(q, hessian), at, out)
    }

    /// A point `[dim]` close to every stationary point worth naming
    /// (see [`fields::stationary_points`]).
    fn near_stationary(&self) -> Vec<Vec<f64>> {
        Vec::new()
    }

    /// What this field measures of one particle at `q`, `[dim]`, at time `t`: its number `which`, such as the
    /// share of unseen rows a network gets right. NaN where it measures no such thing, or not at this time.
    fn measure(&self, which: usize, t: f64, q: &[f64]) -> f64 {
        let _ = (which, t, q);
        f64::NAN
    }

    /// About how many times as long an evaluation takes as that of a bowl; hosts that divide their
    /// time by it stay fluent whatever the field.
    fn cost(&self) -> u64 {
        1
    }

    /// Lets `call` make many steps at once, if this field has a [`Kernel`] that gives the bits of
    /// [`Field::force`].
    fn fuse(&self, call: &mut Call<'_>) {
        let _ = call;
    }

    /// The dense stiffness matrix `K`, row-major, if the force is exactly `−K (q − q₀)`.
    fn stiffness(&self) -> Option<Linear<'_>> {
        None
    }
}

/// A linear force `−K (q − centre)`.
#[derive(Clone, Copy, Debug)]
pub struct Linear<'a> {
    /// `K`, row-major, `dim × dim`.
    pub matrix: &'a [f64],
    /// The point of no force, `[dim]`.
    pub centre: &'a [f64],
}

/// One step of one method. Coefficients are fixed when it is built; a step allocates nothing.
pub trait Stepper: Send + Sync {
    /// Length of one step in the lane's clock (1 for a method that counts iterations).
    fn dt(&self) -> f64;

    /// Number of scratch arrays `[dim][n]` it needs in [`State::slots`].
    fn slots(&self) -> usize {
        0
    }

    /// Whether a step starts from the force left by the step before, so that the first one needs
    /// a force at the start.
    fn wants_force(&self) -> bool {
        false
    }

    /// The method as letters, if it is a word that can be made many steps at a time.
    fn program(&self) -> Option<Program> {
        None
    }

    /// Makes one step. The caller advances [`State::step`] and [`State::t`].
    fn step(&self, field: &dyn Field, state: &mut State);
}
