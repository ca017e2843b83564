//! The four machines, built from the same values.

use std::sync::Arc;

use rand::SeedableRng;
use rand_distr::{Distribution, StandardNormal};

use super::problem::{curvatures, modes, start, step, target};
use super::twin;
use crate::core::fields::Quadratic;
use crate::core::methods::{Convention, heavy_ball, sghmc};
use crate::core::{ExactFlow, Linear, Probe, SampledPd, State, System};
use crate::param::Values;
use crate::scenes::models::start::Start;
use crate::scenes::{Lane, Lens, Machine, Setup};
use crate::text::t;
use crate::theory::mapping::{Mapping, interpolant_velocity, moving_start_velocity};
use crate::theory::oscillator::Oscillator;

/// Points of the spring's curve per iteration.
pub const SUBSTEPS: u64 = 8;

/// All four lanes.
pub fn build(values: &Values, seed: u64) -> Setup {
    let lanes = vec![optimizer(values, seed), spring(values, seed), controller(values, seed), sampler(values, seed)];
    Setup { lanes, seconds: values.get("h") }
}

/// Clock, then q and v of every mode, then the potential.
fn probes(dim: usize) -> Vec<Probe> {
    let own = (0..dim).flat_map(|i| [Probe::Position(i), Probe::Velocity(i)]);
    [Probe::Step, Probe::Time].into_iter().chain(own).chain([Probe::Potential]).collect()
}

/// The bowl of these curvatures around the set point.
fn bowl(values: &Values, lambda: &[f64]) -> Arc<Quadratic> {
    Arc::new(Quadratic::diagonal(lambda).around(&target(values)))
}

/// The optimizer.
pub fn optimizer(values: &Values, seed: u64) -> Lane {
    let lambda = curvatures(values);
    let (eta, beta) = (values.get("eta"), values.get("beta"));
    let convention = match values.index("convention") {
        0 => Convention::Displacement,
        1 => Convention::Accumulating,
        _ => Convention::MovingAverage,
    };
    // What the buffer holds of a displacement.
    let unit = match convention {
        Convention::Accumulating => 1.0 / eta,
        Convention::MovingAverage if beta != 1.0 => (1.0 - beta) / eta,
        _ => 1.0,
    };
    let buffer: Vec<f64> = step(values).into_iter().map(|v| v * unit).collect();
    Lane {
        lens: Lens::Optimizer,
        ink: Lens::Optimizer.ink(),
        name: t("optimizer", "优化器"),
        machine: Machine::Ball,
        probes: probes(lambda.len()),
        present: vec![true; lambda.len()],
        system: System::new(bowl(values, &lambda), heavy_ball(eta, beta, convention)),
        start: State::at(&start(values), &buffer, 1, seed, 0).into(),
        substeps: 1,
    }
}

/// Per mode: mass, friction, start velocity; `None` where there is no twin.
fn twins(values: &Values) -> Vec<Option<[f64; 3]>> {
    let modes = modes(values).into_iter().enumerate();
    modes
        .map(|(i, mode)| {
            let twin = twin::spring(values, i)?;
            let v0 = start_velocity(values, &twin, mode.lambda, [mode.away(), mode.step])?;
            Some([twin.m, twin.c, v0])
        })
        .collect()
}

/// The velocity with which the spring of a mode starts when the optimizer starts `away` from the minimum
/// with the displacement `step` behind it.
pub fn start_velocity(values: &Values, twin: &Oscillator, lambda: f64, [away, step]: [f64; 2]) -> Option<f64> {
    let (eta, beta, h) = (values.get("eta"), values.get("beta"), values.get("h"));
    let v0 = match twin::mapping(values) {
        Mapping::Exact => interpolant_velocity(twin, h, away, away - eta * lambda * away + beta * step),
        _ => moving_start_velocity(twin, h, step, lambda * away),
    };
    v0.is_finite().then_some(v0)
}

/// A lane over modes some of which may not exist: those stand still.
fn continuous(values: &Values, lens: Lens, modes: &[Option<[f64; 3]>], seed: u64) -> (Vec<f64>, Lane) {
    let present: Vec<bool> = modes.iter().map(Option::is_some).collect();
    let lambda: Vec<f64> =
        curvatures(values).iter().zip(&present).map(|(l, there)| if *there { *l } else { 0.0 }).collect();
    let v0: Vec<f64> = modes.iter().map(|m| m.map_or(0.0, |m| m[2])).collect();
    let field = bowl(values, &lambda);
    let lane = Lane {
        lens,
        ink: lens.ink(),
        name: t("spring", "弹簧"),
        machine: Machine::Block,
        probes: probes(lambda.len()),
        present,
        // Replaced by the caller, which knows the method.
        system: System::new(field, heavy_ball(0.0, 0.0, Convention::Displacement)),
        start: State::at(&start(values), &v0, 1, seed, lens as u32).into(),
        substeps: 1,
    };
    (lambda, lane)
}

fn spring(values: &Values, seed: u64) -> Lane {
    let modes = twins(values);
    let (lambda, lane) = continuous(values, Lens::Spring, &modes, seed);
    let mass: Vec<f64> = modes.iter().map(|m| m.map_or(1.0, |m| m[0])).collect();
    let friction: Vec<f64> = modes.iter().map(|m| m.map_or(0.0, |m| m[1])).collect();
    let matrix: Vec<f64> = match lambda[..] {
        [a, b] => vec![a, 0.0, 0.0, b],
        _ => lambda.clone(),
    };
    let linear = Linear { matrix: &matrix, centre: &target(values) };
    let flow = ExactFlow::new(linear, &mass, &friction, values.get("h") / SUBSTEPS as f64);
    Lane { system: System::new(lane.system.field.clone(), flow), substeps: SUBSTEPS, ..lane }
}

/// The sampled PD joint.
pub fn controller(values: &Values, seed: u64) -> Lane {
    let (h, eta, beta) = (values.get("h"), values.get("eta"), values.get("beta"));
    let exact = twin::mapping(values) == Mapping::Exact;
    let twins = twins(values);
    let modes: Vec<Option<[f64; 3]>> = modes(values)
        .into_iter()
        .enumerate()
        .map(|(i, mode)| {
            let [inertia, kp, kd] = twin::joint(values, i)?;
            // The velocity that gives the optimizer's first step.
            let v0 = match (exact, twins.get(i).copied().flatten()) {
                (false, spring) => spring?[2],
                (true, _) => (beta * mode.step - 0.5 * eta * kp * mode.away()) / (h * (1.0 - 0.5 * kd * h / inertia)),
            };
            v0.is_finite().then_some([inertia, kd, v0])
        })
        .collect();
    let (_, lane) = continuous(values, Lens::Controller, &modes, seed);
    let pd = SampledPd {
        period: h,
        inertia: modes.iter().map(|m| m.map_or(1.0, |m| m[0])).collect(),
        kd: modes.iter().map(|m| m.map_or(0.0, |m| m[1])).collect(),
        torque_limit: values.get("torque_limit"),
    };
    Lane {
        name: t("PD joint", "PD 关节"),
        machine: Machine::Arm,
        system: System::new(lane.system.field.clone(), pd),
        ..lane
    }
}

/// The sampler.
pub fn sampler(values: &Values, seed: u64) -> Lane {
    let lambda = curvatures(values);
    let (eta, alpha) = (values.get("eta"), 1.0 - values.get("beta"));
    let cloud =
        (0..lambda.len()).flat_map(|i| [Probe::MeanPosition(i), Probe::SpreadPosition(i), Probe::VarianceVelocity(i)]);
    Lane {
        lens: Lens::Sampler,
        ink: Lens::Sampler.ink(),
        name: t("sampler", "采样器"),
        machine: Machine::Cloud,
        probes: probes(lambda.len()).into_iter().chain(cloud).collect(),
        present: vec![true; lambda.len()],
        system: System::new(bowl(values, &lambda), sghmc(eta, alpha, values.get("temperature"))),
        start: cloud_start(values, seed),
        substeps: 1,
    }
}

/// The cloud before its first step.
fn cloud_start(values: &Values, seed: u64) -> Arc<State> {
    static START: Start = Start::new();
    let (q, v, spread, n) = (start(values), step(values), values.get("spread"), values.index("particles"));
    START.of(n, seed, &[&q[..], &v[..], &[spread]].concat(), || {
        let mut state = State::at(&q, &v, n, seed, Lens::Sampler as u32);
        scatter(&mut state, spread, seed);
        state
    })
}

/// Spreads the cloud's start by normal deviates of width `sigma`.
fn scatter(state: &mut State, sigma: f64, seed: u64) {
    if sigma > 0.0 {
        let mut rng = rand_xoshiro::Xoshiro256PlusPlus::seed_from_u64(seed);
        for q in &mut state.q {
            let xi: f64 = StandardNormal.sample(&mut rng);
            *q += sigma * xi;
        }
    }
}
