//! The four machines, built from the same values.

use std::sync::Arc;

use rand::SeedableRng;
use rand_distr::{Distribution, StandardNormal};

use super::problem::{curvatures, start};
use super::twin;
use crate::core::fields::Quadratic;
use crate::core::methods::{Convention, heavy_ball, sghmc};
use crate::core::{ExactFlow, Linear, Probe, SampledPd, State, System};
use crate::param::Values;
use crate::scenes::{Lane, Lens, Machine, Setup};
use crate::text::t;
use crate::theory::mapping::Mapping;
use crate::theory::mapping::{interpolant_velocity, matched_start_velocity};

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

/// The lane of η and β.
pub fn optimizer(values: &Values, seed: u64) -> Lane {
    let (lambda, x0) = (curvatures(values), start(values));
    let convention = match values.index("convention") {
        0 => Convention::Displacement,
        1 => Convention::Accumulating,
        _ => Convention::MovingAverage,
    };
    let method = heavy_ball(values.get("eta"), values.get("beta"), convention);
    Lane {
        lens: Lens::Optimizer,
        name: t("optimizer", "优化器"),
        machine: Machine::Ball,
        probes: probes(lambda.len()),
        present: vec![true; lambda.len()],
        system: System::new(Arc::new(Quadratic::diagonal(&lambda)), method),
        start: State::at(&x0, &[], 1, seed, 0),
        substeps: 1,
    }
}

/// Per mode: mass, friction, start velocity; `None` where there is no twin.
fn twins(values: &Values) -> Vec<Option<[f64; 3]>> {
    let (eta, h) = (values.get("eta"), values.get("h"));
    let modes = curvatures(values).into_iter().zip(start(values)).enumerate();
    modes
        .map(|(i, (lambda, x0))| {
            let twin = twin::spring(values, i)?;
            let v0 = match twin::mapping(values) {
                Mapping::Exact => interpolant_velocity(&twin, h, x0, x0 - eta * lambda * x0),
                _ => matched_start_velocity(h, twin.m, lambda * x0),
            };
            v0.is_finite().then_some([twin.m, twin.c, v0])
        })
        .collect()
}

/// A lane over modes some of which may not exist: those stand still.
fn continuous(values: &Values, lens: Lens, modes: &[Option<[f64; 3]>], seed: u64) -> (Vec<f64>, Lane) {
    let present: Vec<bool> = modes.iter().map(Option::is_some).collect();
    let lambda: Vec<f64> =
        curvatures(values).iter().zip(&present).map(|(l, there)| if *there { *l } else { 0.0 }).collect();
    let v0: Vec<f64> = modes.iter().map(|m| m.map_or(0.0, |m| m[2])).collect();
    let field = Arc::new(Quadratic::diagonal(&lambda));
    let lane = Lane {
        lens,
        name: t("spring", "弹簧"),
        machine: Machine::Block,
        probes: probes(lambda.len()),
        present,
        // Replaced by the caller, which knows the method.
        system: System::new(field, heavy_ball(0.0, 0.0, Convention::Displacement)),
        start: State::at(&start(values), &v0, 1, seed, lens as u32),
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
    let linear = Linear { matrix: &matrix, centre: &vec![0.0; lambda.len()] };
    let flow = ExactFlow::new(linear, &mass, &friction, values.get("h") / SUBSTEPS as f64);
    Lane { system: System::new(lane.system.field.clone(), flow), substeps: SUBSTEPS, ..lane }
}

/// The lane of the sampled PD joint.
pub fn controller(values: &Values, seed: u64) -> Lane {
    let (h, eta) = (values.get("h"), values.get("eta"));
    let exact = twin::mapping(values) == Mapping::Exact;
    let twins = twins(values);
    let modes: Vec<Option<[f64; 3]>> = start(values)
        .into_iter()
        .enumerate()
        .map(|(i, x0)| {
            let [inertia, kp, kd] = twin::joint(values, i)?;
            // From rest at the optimizer's last point: the velocity that gives its first step.
            let v0 = match (exact, twins.get(i).copied().flatten()) {
                (false, spring) => spring?[2],
                (true, _) => -0.5 * eta * kp * x0 / (h * (1.0 - 0.5 * kd * h / inertia)),
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

fn sampler(values: &Values, seed: u64) -> Lane {
    let (lambda, x0) = (curvatures(values), start(values));
    let (eta, alpha) = (values.get("eta"), 1.0 - values.get("beta"));
    let mut state = State::at(&x0, &[], values.index("particles"), seed, Lens::Sampler as u32);
    scatter(&mut state, values.get("spread"), seed);
    let cloud =
        (0..lambda.len()).flat_map(|i| [Probe::MeanPosition(i), Probe::SpreadPosition(i), Probe::VarianceVelocity(i)]);
    Lane {
        lens: Lens::Sampler,
        name: t("sampler", "采样器"),
        machine: Machine::Cloud,
        probes: probes(lambda.len()).into_iter().chain(cloud).collect(),
        present: vec![true; lambda.len()],
        system: System::new(Arc::new(Quadratic::diagonal(&lambda)), sghmc(eta, alpha, values.get("temperature"))),
        start: state,
        substeps: 1,
    }
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
