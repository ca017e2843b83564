//! The clients, the three servers, and what theory says of them.

use std::sync::Arc;

use super::RECORDED;
use crate::core::Probe;
use crate::core::fields::Quadratic;
use crate::core::methods::{FedAvg, Participation};
use crate::figure::Ink;
use crate::param::Values;
use crate::scenes::Lane;
use crate::scenes::exhibit::lanes::lane;
use crate::text::t;
use crate::theory::toys::federated::{Sampled, client_pull, sampled_rounds, sampled_state, weighted_centre};

/// The lanes: no momentum, momentum at the same rate, momentum at the same gain ηₛ/(1 − β).
pub const PLAIN: usize = 0;
pub const SAME_RATE: usize = 1;
pub const SAME_GAIN: usize = 2;

/// Copies of every server.
pub const COPIES: usize = 256;
/// Share of the start's distance that counts as the target, and rounds after which it is given up.
pub const TARGET: f64 = 0.1;
const MOST: usize = 2000;
/// Rounds for which a target has to be kept.
const STAYED: usize = 10;

/// Curvatures and targets of the clients.
pub fn clients(values: &Values) -> Vec<[f64; 2]> {
    let count = values.get("clients").max(1.0) as usize;
    let [targets, curvatures] = ["targets", "curvatures"].map(|id| values.get(id));
    let place = |i: usize| if count > 1 { 2.0 * i as f64 / (count - 1) as f64 - 1.0 } else { 0.0 };
    (0..count).map(place).map(|s| [libm::exp(curvatures * s), targets * s]).collect()
}

/// How many clients take part in a round.
pub fn taking_part(values: &Values) -> usize {
    let count = values.get("clients");
    (values.get("share") * count).round().clamp(1.0, count.max(1.0)) as usize
}

/// Rate and momentum of the server of lane `i`.
pub fn server(values: &Values, i: usize) -> [f64; 2] {
    let [rate, beta] = ["eta", "beta"].map(|id| values.get(id));
    match i {
        PLAIN => [rate, 0.0],
        SAME_GAIN => [rate * (1.0 - beta), beta],
        _ => [rate, beta],
    }
}

/// A server of this rate and momentum.
pub fn method(values: &Values, [eta_server, beta]: [f64; 2], participation: Participation) -> FedAvg {
    let local_steps = values.get("local-steps") as u32;
    FedAvg {
        clients: clients(values),
        local_steps,
        eta_local: values.get("local-rate"),
        eta_server,
        beta,
        participation,
    }
}

/// The draw of this scene.
pub fn drawn(values: &Values) -> Participation {
    let count = taking_part(values);
    if count < clients(values).len() { Participation::Sampled(count) } else { Participation::All }
}

/// The three servers, each with so many copies, which start where the scene does.
pub fn lanes(values: &Values, seed: u64, copies: usize) -> Vec<Lane> {
    let names = [
        (t("no momentum", "无动量"), Ink::Spring),
        (t("momentum, same rate", "动量，同学习率"), Ink::Optimizer),
        (t("momentum, same gain", "动量，同增益"), Ink::Controller),
    ];
    let (loss, start) = (Arc::new(mean_loss(values)), [values.get("x0")]);
    let make = |(i, (name, ink)): (usize, _)| {
        let method = method(values, server(values, i), drawn(values));
        let mut lane = lane(name, ink, loss.clone(), method, [&start, &[]]).noisy(copies, seed, i as u32 + 1);
        lane.probes.retain(|probe| !matches!(probe, Probe::VarianceVelocity(_)));
        let missing = RECORDED.into_iter().filter(|probe| !lane.probes.contains(probe)).collect::<Vec<_>>();
        lane.recording(missing)
    };
    names.into_iter().enumerate().map(make).collect()
}

/// Mean of the losses of all clients, up to a constant.
pub fn mean_loss(values: &Values) -> Quadratic {
    let clients = clients(values);
    let mean = clients.iter().map(|[a, _]| a).sum::<f64>() / clients.len() as f64;
    Quadratic::diagonal(&[mean]).around(&[optimum(values)])
}

/// The minimum of the mean loss.
pub fn optimum(values: &Values) -> f64 {
    let (a, b): (Vec<f64>, Vec<f64>) = clients(values).into_iter().map(|[a, b]| (a, b)).unzip();
    weighted_centre(&a, &b)
}

/// Pulls of the clients after their local steps, and their targets.
fn pulls(values: &Values) -> [Vec<f64>; 2] {
    let (rate, steps) = (values.get("local-rate"), values.get("local-steps") as u32);
    let (pulls, centres) = clients(values).into_iter().map(|[a, b]| (client_pull(a, rate, steps), b)).unzip();
    [pulls, centres]
}

/// The mean of the pulls.
pub fn mean_pull(values: &Values) -> f64 {
    let [pulls, _] = pulls(values);
    pulls.iter().sum::<f64>() / pulls.len() as f64
}

/// Where every server comes to rest.
pub fn resting(values: &Values) -> f64 {
    let [pulls, centres] = pulls(values);
    weighted_centre(&pulls, &centres)
}

/// What a server of this rate and momentum settles to.
pub fn settled(values: &Values, [rate, beta]: [f64; 2]) -> Option<Sampled> {
    let [pulls, centres] = pulls(values);
    sampled_state(&pulls, &centres, taking_part(values), rate, beta)
}

/// What the server of lane `i` settles to.
pub fn state(values: &Values, i: usize) -> Option<Sampled> {
    settled(values, server(values, i))
}

/// Its rms distance from the common minimum in the long run.
pub fn floor(values: &Values, i: usize) -> f64 {
    let bias = resting(values) - optimum(values);
    state(values, i).map_or(f64::NAN, |s| (s.variance + bias * bias).sqrt())
}

/// The rms distance of lane `i` from the common minimum after 0, 1, … `rounds` rounds.
pub fn distances(values: &Values, i: usize, rounds: usize) -> Vec<f64> {
    let [pulls, centres] = pulls(values);
    let (rest, best) = (resting(values), optimum(values));
    let moments = sampled_rounds(&pulls, &centres, taking_part(values), server(values, i), values.get("x0"), rounds);
    let about = |[mean, square]: [f64; 2]| {
        let shift = rest - best;
        (square + 2.0 * shift * (mean - rest) + shift * shift).max(0.0).sqrt()
    };
    moments.unwrap_or_default().into_iter().map(about).collect()
}

/// How far the start is from the common minimum.
pub fn away(values: &Values) -> f64 {
    (values.get("x0") - optimum(values)).abs()
}

/// The first round from which a distance stays within `bound` up to the end, if that is not the end itself.
pub fn stays(distances: &[f64], bound: f64) -> Option<usize> {
    let from = distances.iter().rposition(|d| !(*d <= bound)).map_or(0, |last| last + 1);
    (from + STAYED <= distances.len()).then_some(from)
}

/// Rounds until lane `i` is at the target to stay, by theory.
pub fn predicted_rounds(values: &Values, i: usize) -> Option<usize> {
    stays(&distances(values, i, MOST), TARGET * away(values))
}
