//! The lanes: the cloud, the same method without noise from the same start, and Hamiltonian flow.

use std::sync::Arc;

use super::setting::Setting;
use crate::core::methods::leapfrog;
use crate::core::{Field, Gauge, Noise, Probe, State, System};
use crate::scenes::models::start::Start;
use crate::scenes::{Lane, Lens, Machine, Setup};
use crate::text::t;

/// The number of the draw that spreads the start; no method makes so many in a step.
const SCATTER: u32 = 200;

/// All lanes.
pub fn build(at: &Setting<'_>, seed: u64) -> Setup {
    let lanes = vec![optimizer(at, seed), flow(at, seed), sampler(at, at.values.index("particles"), seed)];
    Setup { lanes, seconds: at.get("h") }
}

/// Clock, then position and velocity of every coordinate, then the potential, of the first particle.
fn probes(at: &Setting<'_>) -> Vec<Probe> {
    let own = (0..at.dim()).flat_map(|i| [Probe::Position(i), Probe::Velocity(i)]);
    [Probe::Step, Probe::Time].into_iter().chain(own).chain([Probe::Potential]).collect()
}

fn field(at: &Setting<'_>) -> Arc<dyn Field> {
    at.landscape().field(at)
}

/// The start velocity in the unit a method stores it in.
fn speed(at: &Setting<'_>) -> f64 {
    at.get("v1") / at.method().speed(at.get("h"))
}

/// The method at T = 0.
fn optimizer(at: &Setting<'_>, seed: u64) -> Lane {
    Lane {
        lens: Lens::Optimizer,
        ink: Lens::Optimizer.ink(),
        name: t("optimizer (T = 0)", "优化器（T = 0）"),
        machine: Machine::Ball,
        system: System { field: field(at), stepper: at.method().stepper(at, 0.0) },
        start: State::at(&at.start(), &[speed(at)], 1, seed, Lens::Optimizer as u32).into(),
        probes: probes(at),
        substeps: 1,
        present: vec![true; at.dim()],
    }
}

/// The frictionless motion of a unit mass.
fn flow(at: &Setting<'_>, seed: u64) -> Lane {
    Lane {
        lens: Lens::Spring,
        ink: Lens::Spring.ink(),
        name: t("Hamiltonian flow (γ = 0)", "哈密顿流（γ = 0）"),
        machine: Machine::Block,
        system: System::new(field(at), leapfrog(1.0, at.get("h"))),
        start: State::at(&at.start(), &[at.get("v1")], 1, seed, Lens::Spring as u32).into(),
        probes: probes(at),
        substeps: 1,
        present: vec![true; at.dim()],
    }
}

/// The cloud of the method, of so many particles.
pub fn sampler(at: &Setting<'_>, particles: usize, seed: u64) -> Lane {
    let gauges = [Gauge::SquareVelocity, Gauge::Potential, Gauge::SquareForce, Gauge::Laplacian];
    let cloud = (0..at.dim()).flat_map(|i| [Probe::MeanPosition(i), Probe::SpreadPosition(i)]);
    let gauges = gauges.into_iter().chain(at.landscape().watch(at)).map(Probe::Mean);
    Lane {
        lens: Lens::Sampler,
        ink: Lens::Sampler.ink(),
        name: t("sampler", "采样器"),
        machine: Machine::Cloud,
        system: System { field: field(at), stepper: at.method().stepper(at, at.noise_temperature()) },
        start: cloud_start(at, particles, seed),
        probes: probes(at).into_iter().chain(cloud).chain(gauges).collect(),
        substeps: 1,
        present: vec![true; at.dim()],
    }
}

/// The cloud before its first step.
fn cloud_start(at: &Setting<'_>, particles: usize, seed: u64) -> Arc<State> {
    static START: Start = Start::new();
    let (q, v, spread) = (at.start(), speed(at), at.get("spread"));
    START.of(particles, seed, &[&q[..], &[v, spread]].concat(), || {
        let mut start = State::at(&q, &[v], particles, seed, Lens::Sampler as u32);
        let n = start.n();
        if spread > 0.0 {
            Noise::new(seed, Lens::Sampler as u32).add(&mut start.q, n, spread, 0, SCATTER);
        }
        start
    })
}
