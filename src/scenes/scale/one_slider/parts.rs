//! The six systems that one β tunes, each with a number theory knows and the run shows.

use std::sync::Arc;

use crate::core::fields::{BilinearGame, Quadratic};
use crate::core::methods::{FedAvg, Friction, GameMomentum, Participation, sghmc, spring};
use crate::core::{Field, Move, Probe, SampledPd, Splitting, State, Stepper, System};
use crate::figure::Ink;
use crate::scenes::models::measure::{Recurrence, overshoot, turning_rate};
use crate::scenes::{Lane, LaneRun, Lens, Machine, Seen};
use crate::text::{Text, t};
use crate::theory::heavy_ball::{spectral_radius, step_metrics};
use crate::theory::pd::gains_from_momentum;
use crate::theory::toys::federated::{client_pull, sampled_state, weighted_centre};
use crate::theory::{games, sampler, signal};

/// Step η of all of them, on curvature 1.
pub const ETA: f64 = 0.1;
/// Curvatures aᵢ and targets bᵢ of the clients.
const CLIENTS: [[f64; 2]; 8] =
    [[0.5, -2.0], [1.5, -1.0], [1.0, 0.0], [0.7, 0.5], [1.2, 1.0], [0.9, 2.0], [1.4, -0.5], [0.8, 0.0]];
/// Clients asked per round, their local steps and rate, and the rate of the server.
const ASKED: usize = 2;
const LOCAL_STEPS: u32 = 5;
const LOCAL_RATE: f64 = 0.1;
const SERVER_RATE: f64 = 0.2;
/// Particles of the noisy parts.
pub const MANY: usize = 2000;
const SERVERS: usize = 500;

/// One of the systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A block on a spring with a damper.
    Damper,
    /// A joint under sampled PD control.
    Joint,
    /// A moving average of white noise.
    Filter,
    /// Two players on xy who move at once.
    Game,
    /// A Langevin sampler in a bowl.
    Sampler,
    /// A server that averages clients.
    Server,
}

impl Part {
    /// All, in the order of lanes and panels.
    pub const ALL: [Part; 6] = [Part::Damper, Part::Joint, Part::Filter, Part::Game, Part::Sampler, Part::Server];

    /// Identifier of its panel.
    pub const fn id(self) -> &'static str {
        match self {
            Part::Damper => "damper",
            Part::Joint => "joint",
            Part::Filter => "filter",
            Part::Game => "game",
            Part::Sampler => "sampler",
            Part::Server => "server",
        }
    }

    /// Its name.
    pub const fn name(self) -> Text {
        match self {
            Part::Damper => t("damper", "阻尼器"),
            Part::Joint => t("PD joint", "PD 关节"),
            Part::Filter => t("filter", "滤波器"),
            Part::Game => t("game", "博弈"),
            Part::Sampler => t("sampler", "采样器"),
            Part::Server => t("server", "服务器"),
        }
    }

    /// Its colour.
    pub const fn ink(self) -> Ink {
        match self {
            Part::Damper => Ink::Spring,
            Part::Joint => Ink::Controller,
            Part::Filter => Ink::Amber,
            Part::Game => Ink::Optimizer,
            Part::Sampler => Ink::Sampler,
            Part::Server => Ink::Text,
        }
    }

    /// Its number.
    pub const fn number(self) -> Text {
        match self {
            Part::Damper => t("damper: overshoot", "阻尼器：超调"),
            Part::Joint => t("PD joint: modulus per sample", "PD 关节：每采样模长"),
            Part::Filter => t("filter: noise variance left", "滤波器：剩余噪声方差"),
            Part::Game => t("game: growth per step", "博弈：每步增长"),
            Part::Sampler => t("sampler: velocity temperature / T", "采样器：速度温度 / T"),
            Part::Server => t("server: spread", "服务器：离散度"),
        }
    }

    /// Its number for a β, by theory.
    pub fn predicted(self, beta: f64) -> f64 {
        match self {
            Part::Damper => step_metrics(ETA, beta).map_or(f64::NAN, |m| m.overshoot),
            Part::Joint => spectral_radius(ETA, beta),
            Part::Filter => signal::ema_noise_gain(beta),
            Part::Game => games::simultaneous_radius(ETA, beta),
            Part::Sampler => sampler::sghmc(ETA, 1.0 - beta, 0.0, 1.0, 1.0).var_v / ETA,
            Part::Server => spread(beta, SERVER_RATE),
        }
    }

    /// Its number after `n` iterations, measured.
    pub fn measured(self, seen: &Seen<'_>) -> Option<f64> {
        let lane = seen.lane(self as usize)?;
        let x = lane.column(Probe::Position(0));
        let last = seen.run.done();
        match self {
            Part::Damper => overshoot(x),
            Part::Joint => rate(x),
            Part::Filter => lane.at(Probe::VarianceVelocity(0), last),
            Part::Game => turning_rate(x, lane.column(Probe::Position(1)), 60),
            Part::Sampler => Some(lane.at(Probe::VarianceVelocity(0), last)? / ETA),
            Part::Server => lane.at(Probe::SpreadPosition(0), last),
        }
    }

    /// The lane.
    pub fn lane(self, beta: f64, seed: u64) -> Lane {
        let h = ETA.sqrt();
        let bowl = || -> Arc<dyn Field> { Arc::new(Quadratic::diagonal(&[1.0])) };
        match self {
            Part::Damper => self.one(bowl(), spring(1.0, (1.0 - beta) / h, h, Friction::Explicit), &[1.0]),
            Part::Joint => {
                // With J = 1 and T = 1 the gains are their own normalized values.
                let (kp, kd) = gains_from_momentum(ETA, beta);
                let stepper = SampledPd { period: 1.0, inertia: vec![1.0], kd: vec![kd], torque_limit: f64::INFINITY };
                self.one(Arc::new(Quadratic::diagonal(&[kp])), stepper, &[1.0])
            }
            Part::Filter => {
                let average = Splitting { dt: 1.0, moves: vec![Move::Damp { keep: beta, noise: 1.0 - beta }] };
                self.one(bowl(), average, &[0.0]).noisy(MANY, seed, 1)
            }
            Part::Game => {
                let stepper = GameMomentum::simultaneous(ETA, beta);
                self.one(Arc::new(BilinearGame::bilinear(1.0)), stepper, &[1.0, 0.0])
            }
            Part::Sampler => self.one(bowl(), sghmc(ETA, 1.0 - beta, 1.0), &[0.0]).noisy(MANY, seed, 2),
            Part::Server => self.one(bowl(), server(beta), &[resting()]).noisy(SERVERS, seed, 3),
        }
    }

    fn one(self, field: Arc<dyn Field>, stepper: impl Stepper + 'static, start: &[f64]) -> Lane {
        let each = (0..start.len()).flat_map(|i| [Probe::Position(i), Probe::Velocity(i)]);
        Lane {
            lens: Lens::Optimizer,
            ink: self.ink(),
            name: self.name(),
            machine: Machine::Ball,
            probes: [Probe::Step, Probe::Time].into_iter().chain(each).collect(),
            present: vec![true; start.len()],
            start: State::at(start, &[], 1, 0, 0).into(),
            substeps: 1,
            system: System { field, stepper: Arc::new(stepper) },
        }
    }
}

/// The contraction per step of a trace of one coordinate.
fn rate(x: &[f64]) -> Option<f64> {
    Recurrence::fit(x).map(|fit| fit.rate())
}

/// Federated averaging with server momentum.
fn server(beta: f64) -> FedAvg {
    FedAvg {
        clients: CLIENTS.to_vec(),
        local_steps: LOCAL_STEPS,
        eta_local: LOCAL_RATE,
        eta_server: SERVER_RATE,
        beta,
        participation: Participation::Sampled(ASKED),
    }
}

/// Pulls and targets of the clients.
fn pulls() -> [Vec<f64>; 2] {
    [
        CLIENTS.iter().map(|[a, _]| client_pull(*a, LOCAL_RATE, LOCAL_STEPS)).collect(),
        CLIENTS.iter().map(|c| c[1]).collect(),
    ]
}

/// Where the server rests on average.
fn resting() -> f64 {
    let [pulls, targets] = pulls();
    weighted_centre(&pulls, &targets)
}

/// The standard deviation of the server at this rate, by theory.
pub fn spread(beta: f64, rate: f64) -> f64 {
    let [pulls, targets] = pulls();
    sampled_state(&pulls, &targets, ASKED, rate, beta).map_or(f64::NAN, |state| state.variance.sqrt())
}

/// The standard deviation of the server at the rate that leaves η/(1 − β) as it is at β = 0.
pub fn matched_spread(beta: f64) -> f64 {
    spread(beta, SERVER_RATE * (1.0 - beta))
}

/// What panel of a part shows of its lane over the iterations.
pub fn shown<'a>(seen: &Seen<'a>, part: Part, lane: &'a LaneRun) -> &'a [f64] {
    match part {
        Part::Damper | Part::Joint => lane.column(Probe::Position(0)),
        Part::Filter => lane.column(Probe::Velocity(0)),
        Part::Server => lane.column(Probe::SpreadPosition(0)),
        Part::Sampler => seen.run.derived.column(("velocity temperature", 0, 0), || {
            lane.column(Probe::VarianceVelocity(0)).iter().map(|v| v / ETA).collect()
        }),
        Part::Game => seen.run.derived.column(("distance of the players", 0, 0), || {
            let [x, y] = [0, 1].map(|i| lane.column(Probe::Position(i)));
            x.iter().zip(y).map(|(x, y)| x.hypot(*y)).collect()
        }),
    }
}
