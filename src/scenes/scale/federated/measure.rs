//! What is measured: floors, fixed points, rounds, by this run and by runs aside.

use std::sync::Arc;

use super::setting::{self, TARGET};
use crate::core::fields::Quadratic;
use crate::core::methods::{Convention, FedAvg, Participation, heavy_ball};
use crate::core::{Probe, State};
use crate::figure::Ink;
use crate::param::Values;
use crate::scenes::exhibit::lanes::{aside, driven, lane, together};
use crate::scenes::{Lane, LaneRun, Run, Seen};
use crate::text::t;
use crate::theory::heavy_ball::spectral_radius;

/// Local steps that all copies make per round at most, which bounds the work of a measurement.
const WORK: f64 = 10_000.0;
/// How often a spread is looked at, and how many rounds apart.
const LOOKS: u64 = 12;
const BETWEEN: u64 = 6;
/// Rounds of a run to a fixed point.
const LONG: u64 = 500;
/// Rounds within which synchronous training is compared.
pub const COMPARED: u64 = 1000;

/// A lane that records its position alone.
fn bare(method: FedAvg, values: &Values, start: f64) -> Lane {
    let mut machine =
        lane(t("trial", "试验"), Ink::Text, Arc::new(setting::mean_loss(values)), method, [&[start], &[]]);
    machine.probes = vec![Probe::Position(0)];
    machine
}

/// Where the server with all clients and momentum `beta` comes to rest, at a rate that makes haste.
pub fn rested(seen: &Seen<'_>, beta: f64) -> Option<f64> {
    let values = &seen.run.values;
    let rate = 0.7 * (1.0 - beta) / setting::mean_pull(values);
    let method = setting::method(values, [rate, beta], Participation::All);
    seen.run.derived.number(("rested", 0, beta.to_bits()), || rest_of(method.clone(), values))
}

/// Where a server comes to rest; `None` if it still moves after all.
pub fn rest_of(method: FedAvg, values: &Values) -> Option<f64> {
    let run = aside(vec![bare(method, values, 0.0)], values, LONG);
    let x = run.lanes.first()?.column(Probe::Position(0));
    let (last, before) = (*x.last()?, *x.get(x.len().checked_sub(50)?)?);
    ((last - before).abs() <= 1e-9 * (1.0 + last.abs())).then_some(last)
}

/// Standard deviation of a lane in the long run with its standard error.
pub fn floor(seen: &Seen<'_>, i: usize) -> Option<[f64; 2]> {
    let values = &seen.run.values;
    let both = seen.run.derived.column(("floor", i, 0), || {
        floor_of(values, setting::server(values, i), seen.run.seed, i as u32).map_or(Vec::new(), |f| f.to_vec())
    });
    Some([*both.first()?, *both.get(1)?])
}

/// The same of any server: copies start where they come to rest, settle, and are looked at now and then. The
/// means of single copies over the looks are independent, whatever the looks are. `None` where nothing settles.
pub fn floor_of(values: &Values, server: [f64; 2], seed: u64, stream: u32) -> Option<[f64; 2]> {
    let settled = setting::settled(values, server).filter(|s| s.variance.is_finite())?;
    let rate = spectral_radius(server[0] * settled.mean_pull, server[1]);
    // The spread settles as the square of the mean does.
    let first = (-3.0 / libm::log(rate).min(-1e-3)).ceil().clamp(20.0, 400.0) as u64;
    let each = setting::taking_part(values) as f64 * values.get("local-steps");
    let copies = (WORK / each).clamp(16.0, 128.0) as usize;
    let mut machine = bare(setting::method(values, server, setting::drawn(values)), values, settled.mean);
    machine.start = State::at(&[settled.mean], &[], copies, seed, 16 + stream).into();
    let mut run = Run::brief(together(vec![machine], 1.0), values, seed, first + LOOKS * BETWEEN, &mut Vec::new());
    run.compute(first);
    let mut squares = vec![0.0; copies];
    for _ in 0..LOOKS {
        run.compute(BETWEEN);
        let state = run.lanes.first()?.state();
        let away = state.coordinate(0).iter().map(|x| (x - settled.mean).powi(2));
        squares.iter_mut().zip(away).for_each(|(sum, square)| *sum += square / LOOKS as f64);
    }
    let n = copies as f64;
    let mean = squares.iter().sum::<f64>() / n;
    let error = (squares.iter().map(|s| (s - mean).powi(2)).sum::<f64>() / n / (n - 1.0)).sqrt();
    let sd = mean.sqrt();
    (sd > 0.0 && sd.is_finite()).then_some([sd, 0.5 * error / sd])
}

/// The rms distance of a lane's copies from the common minimum, round by round.
pub fn distances(lane: &LaneRun, best: f64) -> &[f64] {
    lane.derived.column(("rms distance", 0, best.to_bits()), || {
        let [mean, spread] = super::RECORDED.map(|probe| lane.column(probe));
        mean.iter().zip(spread).map(|(m, s)| (m - best).hypot(*s)).collect()
    })
}

/// The round from which the copies of lane `i` are at the target to stay.
pub fn rounds(seen: &Seen<'_>, i: usize) -> Option<usize> {
    let values = &seen.run.values;
    setting::stays(distances(seen.lane(i)?, setting::optimum(values)), TARGET * setting::away(values))
}

/// Synchronous training, all clients and one local step: the rounds to the target without and with server
/// momentum, and the largest distance of the latter from heavy ball on the mean loss.
pub struct InStep {
    pub rounds: [Option<usize>; 2],
    pub apart: f64,
}

/// Synchronous training with the values of a run.
pub fn synchronous(seen: &Seen<'_>) -> InStep {
    let values = &seen.run.values;
    let all = seen.run.derived.column(("synchronous training", 0, 0), || {
        let run = in_step(values);
        let column = |i: usize| run.lanes.get(i).map_or(&[][..], |lane| lane.column(Probe::Position(0)));
        let best = setting::optimum(values);
        let soon = |i: usize| {
            let away: Vec<f64> = column(i).iter().map(|x| (x - best).abs()).collect();
            setting::stays(&away, TARGET * setting::away(values)).map_or(f64::NAN, |n| n as f64)
        };
        let apart = column(1).iter().zip(column(2)).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        vec![soon(0), soon(1), apart]
    });
    let round = |n: f64| n.is_finite().then_some(n as usize);
    match *all {
        [a, b, apart] => InStep { rounds: [round(a), round(b)], apart },
        _ => InStep { rounds: [None; 2], apart: f64::NAN },
    }
}

fn in_step(values: &Values) -> Run {
    let [rate, beta, start] = ["eta", "beta", "x0"].map(|id| values.get(id));
    let one = |beta| FedAvg { local_steps: 1, ..setting::method(values, [rate, beta], Participation::All) };
    let ball = heavy_ball(rate * values.get("local-rate"), beta, Convention::Displacement);
    let loss = Arc::new(setting::mean_loss(values));
    let mut single = lane(t("trial", "试验"), Ink::Text, loss, ball, [&[start], &[]]);
    single.probes = vec![Probe::Position(0)];
    aside(vec![bare(one(0.0), values, start), bare(one(beta), values, start), single], values, COMPARED)
}

/// The paths of all clients through their local steps from `x`: client by client, step by step.
pub fn local_paths(values: &Values, x: f64) -> Vec<Vec<f64>> {
    let (a, b): (Vec<f64>, Vec<f64>) = setting::clients(values).into_iter().map(|[a, b]| (a, b)).unzip();
    let field = Arc::new(Quadratic::diagonal(&a).around(&b));
    let method = crate::core::methods::gradient_descent(values.get("local-rate"));
    let system = crate::core::System::new(field, method);
    let mut machine = driven(t("trial", "试验"), Ink::Text, system, [&vec![x; a.len()], &[]]);
    machine.probes = (0..a.len()).map(Probe::Position).collect();
    let run = aside(vec![machine], values, values.get("local-steps") as u64);
    let column = |i: usize| run.lanes.first().map_or(Vec::new(), |lane| lane.column(Probe::Position(i)).to_vec());
    (0..a.len()).map(column).collect()
}
