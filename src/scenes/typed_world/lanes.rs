//! The lanes of a typed world: heavy ball, its spring and its sampler for a loss; heavy ball and the
//! motion itself for a force; the flow for equations.

use std::sync::Arc;

use super::field::{Law, WorldField};
use super::setting::Setting;
use crate::core::methods::{Convention, heavy_ball, sghmc};
use crate::core::{DormandPrince, Field, Probe, RungeKutta4, RungeKuttaFlow, State, Stepper, System};
use crate::scenes::{Lane, Lens, Machine, Setup};
use crate::text::t;
use crate::theory::mapping::moving_start_velocity;

/// Points of a continuous curve per iteration.
pub const SUBSTEPS: u64 = 8;
/// Most substeps of Dormand and Prince's method per point, so that no text holds up a frame.
const MOST: usize = 250;

/// The lanes, the optimizer's first.
pub fn build(at: &Setting<'_>, seed: u64) -> Setup {
    let lanes = match () {
        () if at.is_loss() => vec![optimizer(at, seed), spring(at, seed), sampler(at, seed)],
        () if at.is_force() => vec![optimizer(at, seed), motion(at, seed)],
        () => vec![flow(at, seed)],
    };
    Setup { lanes, seconds: at.get("h") }
}

/// Clock, then q and v of every coordinate, then the potential of a loss.
fn probes(at: &Setting<'_>, dim: usize) -> Vec<Probe> {
    let own = (0..dim).flat_map(|i| [Probe::Position(i), Probe::Velocity(i)]);
    let potential = at.is_loss().then_some(Probe::Potential);
    [Probe::Step, Probe::Time].into_iter().chain(own).chain(potential).collect()
}

fn field(at: &Setting<'_>, law: Law) -> Arc<dyn Field> {
    Arc::new(WorldField::new(at.world(), at.sliders(), law))
}

/// The heavy ball.
pub fn optimizer(at: &Setting<'_>, seed: u64) -> Lane {
    let (eta, beta) = (at.get("eta"), at.get("beta"));
    // A force may read the velocity, which only this buffer is, up to the clock.
    let convention = match at.get("convention") as usize {
        1 => Convention::Accumulating,
        2 => Convention::MovingAverage,
        _ => Convention::Displacement,
    };
    let unit = match convention {
        Convention::Accumulating => 1.0 / eta,
        Convention::MovingAverage if beta != 1.0 => (1.0 - beta) / eta,
        _ => 1.0,
    };
    let buffer: Vec<f64> = at.steps().into_iter().map(|v| v * unit).collect();
    let start = at.start();
    Lane {
        lens: Lens::Optimizer,
        ink: Lens::Optimizer.ink(),
        name: t("optimizer", "优化器"),
        machine: Machine::Ball,
        probes: probes(at, start.len()),
        present: vec![true; start.len()],
        system: System::new(field(at, Law::Force { seconds: at.get("h") }), heavy_ball(eta, beta, convention)),
        start: State::at(&start, &buffer, 1, seed, 0).into(),
        substeps: 1,
    }
}

/// The spring m ẍ + c ẋ + ∇f = 0 of the chosen mapping; absent where there is none.
fn spring(at: &Setting<'_>, seed: u64) -> Lane {
    let (start, twin, h) = (at.start(), at.twin(), at.get("h"));
    let pull = at.force_at(&start);
    let speeds: Vec<f64> = twin.map_or_else(Vec::new, |twin| {
        at.steps().iter().zip(&pull).map(|(step, pull)| moving_start_velocity(&twin, h, *step, -pull)).collect()
    });
    let (mass, friction) = twin.map_or((1.0, 0.0), |twin| (twin.m, twin.c));
    Lane {
        lens: Lens::Spring,
        ink: Lens::Spring.ink(),
        name: t("spring", "弹簧"),
        machine: Machine::Block,
        probes: probes(at, start.len()),
        present: vec![twin.is_some(); start.len()],
        system: System { field: field(at, Law::Force { seconds: 1.0 }), stepper: stepper(at, mass, friction) },
        start: State::at(&start, &speeds, 1, seed, Lens::Spring as u32).into(),
        substeps: SUBSTEPS,
    }
}

/// The method for a mass with friction.
fn stepper(at: &Setting<'_>, mass: f64, friction: f64) -> Arc<dyn Stepper> {
    let dt = at.get("h") / SUBSTEPS as f64;
    match at.get("method") as usize {
        0 => Arc::new(RungeKutta4 { dt, mass, friction }),
        _ => Arc::new(DormandPrince { most: MOST, ..DormandPrince::new(mass, friction, dt) }),
    }
}

/// The motion of a unit mass under the typed force.
fn motion(at: &Setting<'_>, seed: u64) -> Lane {
    let start = at.start();
    Lane {
        lens: Lens::Spring,
        ink: Lens::Spring.ink(),
        name: t("motion", "运动"),
        machine: Machine::Block,
        probes: probes(at, start.len()),
        present: vec![true; start.len()],
        system: System { field: field(at, Law::Force { seconds: 1.0 }), stepper: stepper(at, 1.0, 0.0) },
        start: State::at(&start, &at.speeds(), 1, seed, Lens::Spring as u32).into(),
        substeps: SUBSTEPS,
    }
}

/// The flow of the typed equations, all states as positions.
fn flow(at: &Setting<'_>, seed: u64) -> Lane {
    let states: Vec<f64> = at.start().into_iter().chain(at.speeds()).collect();
    let dt = at.get("h") / SUBSTEPS as f64;
    let stepper: Arc<dyn Stepper> = match at.get("method") as usize {
        0 => Arc::new(RungeKuttaFlow { dt }),
        _ => Arc::new(DormandPrince { most: MOST, ..DormandPrince::flow(dt) }),
    };
    let own = (0..states.len()).map(Probe::Position);
    Lane {
        lens: Lens::Spring,
        ink: Lens::Spring.ink(),
        name: t("flow", "流"),
        machine: Machine::Block,
        probes: [Probe::Step, Probe::Time].into_iter().chain(own).collect(),
        present: vec![true; states.len()],
        system: System { field: field(at, Law::Flow), stepper },
        start: State::at(&states, &[], 1, seed, Lens::Spring as u32).into(),
        substeps: SUBSTEPS,
    }
}

/// The cloud of the sampler.
pub fn sampler(at: &Setting<'_>, seed: u64) -> Lane {
    let start = at.start();
    let dim = start.len();
    let particles = at.get("particles") as usize;
    let cloud = (0..dim).flat_map(|i| [Probe::MeanPosition(i), Probe::SpreadPosition(i), Probe::VarianceVelocity(i)]);
    let method = sghmc(at.get("eta"), 1.0 - at.get("beta"), at.get("temperature"));
    Lane {
        lens: Lens::Sampler,
        ink: Lens::Sampler.ink(),
        name: t("sampler", "采样器"),
        machine: Machine::Cloud,
        probes: probes(at, dim).into_iter().chain(cloud).collect(),
        present: vec![true; dim],
        system: System::new(field(at, Law::Force { seconds: 1.0 }), method),
        start: State::at(&start, &at.steps(), particles, seed, Lens::Sampler as u32).into(),
        substeps: 1,
    }
}
