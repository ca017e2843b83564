//! What normalisation really does to momentum: the gradient stands at a right angle to the weights, so they grow.

use std::sync::Arc;

use crate::core::fields::{Normalised, ScaleInvariant};
use crate::core::methods::Momentum;
use crate::core::{Field, Observe, Outcome, State, System, advance};
use crate::figure::{Dash, Ink, Panel};
use crate::scenes::exhibit::draw::{axis, decades, line, panel, spanning, thin};
use crate::scenes::exhibit::number::number;
use crate::scenes::{Readout, Seen};
use crate::text::{Text, t};
use crate::theory::toys::scale_invariant::{
    equilibrium_angle, equilibrium_radius, expected_fourth_power, norm_squared_after_momentum,
};

/// Standard deviation of the gradient at ‖w‖ = 1, and the radius of the start.
pub const NOISE: f64 = 0.05;
pub const START: f64 = 1.0;
/// Weights of an ensemble, and steps they make.
const PARTICLES: usize = 48;
pub const STEPS: u64 = 2000;
/// The share of a run, from its end, over which angles are averaged.
const TAIL: usize = 4;
/// Momentum without decay, with decay, and descent without.
pub const MOMENTUM: usize = 0;
pub const DECAYED: usize = 1;
pub const DESCENT: usize = 2;
const NAMES: [Text; 3] =
    [t("momentum", "动量法"), t("momentum with decay", "动量法，有衰减"), t("descent, same $η$", "梯度下降，相同 $η$")];
const STYLES: [(Ink, Dash); 3] =
    [(Ink::Optimizer, Dash::Solid), (Ink::Controller, Dash::Dashed), (Ink::Spring, Dash::DashDot)];

/// η, β and decay of a curve.
pub fn machine(seen: &Seen<'_>, k: usize) -> [f64; 3] {
    let [eta, beta, decay] = ["eta", "beta", "decay"].map(|id| seen.get(id));
    match k {
        DECAYED => [eta, beta, decay],
        DESCENT => [eta, 0.0, 0.0],
        _ => [eta, beta, 0.0],
    }
}

/// Means over an ensemble after every step: fourth power of the norm, its standard error, cosine of the last turn.
struct Norms {
    before: Vec<f64>,
    rows: Vec<[f64; 3]>,
}

impl Observe for Norms {
    fn observe(&mut self, _: &dyn Field, s: &State) {
        let n = s.n();
        let square = |w: &[f64], p: usize| w[p] * w[p] + w[n + p] * w[n + p];
        let fourth = |p: usize| square(&s.q, p).powi(2);
        let mean = (0..n).map(fourth).sum::<f64>() / n as f64;
        let spread = (0..n).map(|p| (fourth(p) - mean).powi(2)).sum::<f64>() / (n as f64 - 1.0).max(1.0);
        let cosine = |p: usize| {
            let along = s.q[p] * self.before[p] + s.q[n + p] * self.before[n + p];
            along / (square(&s.q, p) * square(&self.before, p)).sqrt()
        };
        self.rows.push([mean, (spread / n as f64).sqrt(), (0..n).map(cosine).sum::<f64>() / n as f64]);
        self.before.copy_from_slice(&s.q);
    }
}

/// The rows of an ensemble, one after the other, kept with the run.
fn rows<'a>(seen: &Seen<'a>, k: usize) -> &'a [f64] {
    seen.run.derived.once(("norms", k, seen.run.seed), || {
        let [eta, beta, decay] = machine(seen, k);
        let field = Normalised::new(ScaleInvariant { height: 0.0 }, NOISE, seen.run.seed, k as u32);
        let system = System::new(Arc::new(field), Momentum::sgd_l2(eta, beta, decay));
        let mut state = State::at(&[START, 0.0], &[], PARTICLES, seen.run.seed, 0);
        let mut norms = Norms { before: state.q.clone(), rows: Vec::new() };
        let outcome = advance(&system, &mut state, STEPS, &mut norms);
        if outcome != Outcome::Running {
            norms.rows.pop();
        }
        norms.rows.concat()
    })
}

/// Mean fourth power of the norm at the end of an ensemble, and its standard error.
pub fn end(seen: &Seen<'_>, k: usize) -> Option<[f64; 2]> {
    let row = rows(seen, k).chunks_exact(3).nth(STEPS as usize - 1)?;
    Some([row[0], row[1]])
}

/// The mean angle between successive weights over the last quarter of the ensemble with decay.
fn angle(seen: &Seen<'_>) -> Option<f64> {
    let all = rows(seen, DECAYED).chunks_exact(3);
    let first = all.len() - all.len() / TAIL;
    let cosines: Vec<f64> = all.skip(first).map(|row| row[2]).collect();
    let mean = cosines.iter().sum::<f64>() / cosines.len() as f64;
    Some(mean.acos()).filter(|_| cosines.len() > 1)
}

/// Mean fourth power of the norm by theory.
pub fn exact(seen: &Seen<'_>, k: usize, n: f64) -> f64 {
    let [eta, beta, decay] = machine(seen, k);
    expected_fourth_power(eta, beta, decay, NOISE * NOISE, START, n)
}

/// Norm above effective rate, over the steps.
pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let x = || axis(seen, t("iteration $n$", "迭代步 $n$"), "").range(0.0, STEPS as f64);
    let mut first = panel("norm", x(), axis(seen, t("norm $r$", "范数 $r$"), ""));
    let label = t("effective rate $α/r^2$", "等效速率 $α/r^2$");
    let mut second = panel("rate", x(), axis(seen, label, ""));
    let (mut norms, mut rates) = (vec![START], Vec::new());
    let steps: Vec<f64> = (0..=STEPS).map(|n| n as f64).collect();
    for (k, (ink, dash)) in STYLES.into_iter().enumerate() {
        let [eta, beta, _] = machine(seen, k);
        let alpha = eta / (1.0 - beta);
        let theory: Vec<f64> = steps.iter().map(|n| exact(seen, k, *n)).collect();
        let run: Vec<f64> = [START.powi(4)].into_iter().chain(rows(seen, k).chunks_exact(3).map(|r| r[0])).collect();
        let norm = |all: &[f64]| all.iter().map(|r4| r4.sqrt().sqrt()).collect::<Vec<f64>>();
        let rate = |all: &[f64]| all.iter().map(|r4| alpha / r4.sqrt()).collect::<Vec<f64>>();
        let times = steps.iter().copied().take(run.len()).collect::<Vec<f64>>();
        norms.extend(norm(&run).into_iter().chain(norm(&theory)));
        rates.extend(rate(&run).into_iter().chain(rate(&theory)));
        first.layers.push(line(times.clone(), norm(&run), Some(seen.say(NAMES[k])), ink, dash));
        second.layers.push(line(times, rate(&run), None, ink, dash));
        first.layers.push(thin(steps.clone(), norm(&theory), Ink::Text, Dash::Dotted));
        second.layers.push(thin(steps.clone(), rate(&theory), Ink::Text, Dash::Dotted));
    }
    first.y = spanning(first.y, norms);
    second.y = decades(second.y, 0.0, rates);
    (second.below, second.legend) = (true, false);
    vec![first, second]
}

pub fn caption(seen: &Seen<'_>) -> String {
    let [eta, beta, decay] = machine(seen, DECAYED);
    let (alpha, power) = (eta / (1.0 - beta), NOISE * NOISE);
    let first = seen.tell(
        t(
            "Weights of norm r in front of a normalisation: their gradient, noise of size {}/r, stands at a right angle to them, so that every step lengthens them. Above: fourth root of the mean fourth power over 48 runs; below: the effective rate α/r² it leaves. Dotted: theory, r⁴ = r₀⁴ + 2α²Gn with α = η/(1 − β) = {}, whatever β it is made of. It supposes that r⁴ changes little while momentum remembers, 1/(1 − β) steps; here it grows by {} % of its start in that time.",
            "归一化之前、范数为 r 的权重：其梯度是大小为 {}/r 的噪声，与权重垂直，因此每一步都使其变长。上图：48 次运行的四次方均值的四次方根；下图：由此得到的等效速率 α/r²。点线：理论 r⁴ = r₀⁴ + 2α²Gn，其中 α = η/(1 − β) = {}，与 β 如何构成它无关。理论假设在动量的记忆时间 1/(1 − β) 步内 r⁴ 变化很小；此处在该时间内增长起点值的 {}%。",
        ),
        &[NOISE, alpha, 200.0 * alpha * alpha * power / (1.0 - beta)],
    );
    let second = seen.tell(
        t(" With decay w = {} growth ends at r = {}.", "有衰减 w = {} 时，范数最终停在 r = {}。"),
        &[decay, equilibrium_radius(eta, beta, decay, power)],
    );
    if decay > 0.0 { first + &second } else { first }
}

/// Norms at the end, and the angle per step.
pub fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let [eta, beta, decay] = machine(seen, DECAYED);
    let note = t(
        "Fourth root of the mean fourth power of the norm after 2000 steps of gradient noise at a right angle to the weights. Measured: 48 runs of the core.",
        "2000 步与权重垂直的梯度噪声之后，范数四次方均值的四次方根。测量：核心的 48 次运行。",
    );
    let labels = [
        t("norm, momentum", "范数，动量法"),
        t("norm with decay", "范数，有衰减"),
        t("norm, descent", "范数，梯度下降"),
    ];
    let row = |(k, label): (usize, Text)| {
        let row = number(seen, label, note).predicted(exact(seen, k, STEPS as f64).sqrt().sqrt());
        let row = row.measured(end(seen, k).map(|e| e[0].sqrt().sqrt()));
        row.by("$r^4 = r_0^4 + 2α^2Gn$", &["eta", "beta", "decay"], "derived; Heo et al. 2021, Wan et al. 2021").done()
    };
    let mut out: Vec<Readout> = labels.into_iter().enumerate().map(row).collect();
    if decay > 0.0 {
        let note = t(
            "Angle between successive weights where growth and decay balance, in degrees: set by ηw and β alone. Measured: the last quarter of the ensemble.",
            "增长与衰减平衡时相邻权重的夹角（度）：仅由 ηw 与 β 决定。测量：系综的最后四分之一。",
        );
        let row = number(seen, t("angle per step", "每步转角"), note).unit("°");
        let row = row.predicted(equilibrium_angle(eta, beta, decay).to_degrees());
        let row = row.measured(angle(seen).map(f64::to_degrees));
        out.push(row.by("$cos Δ = 1 − ηw/(1 + β)$", &["eta", "beta", "decay"], "Wan et al. 2021").done());
    }
    out
}

/// Buffers of a single run, their squares told to the closed form of the norm.
struct Buffers(Vec<[f64; 2]>);

impl Observe for Buffers {
    fn observe(&mut self, _: &dyn Field, s: &State) {
        self.0.push([s.v[0], s.v[1]]);
    }
}

/// The squared norm after a run of the core on a sloping loss with noise, and what its buffers make of it.
pub fn grown(seen: &Seen<'_>) -> [f64; 2] {
    let [eta, beta, _] = machine(seen, MOMENTUM);
    let field = Normalised::new(ScaleInvariant { height: 0.3 }, NOISE, seen.run.seed, 0);
    let system = System::new(Arc::new(field), Momentum::sgd_l2(eta, beta, 0.0));
    let start = [0.6, 0.8];
    let mut state = State::at(&start, &[], 1, 0, 0);
    let mut buffers = Buffers(Vec::new());
    advance(&system, &mut state, STEPS, &mut buffers);
    let square = |w: &[f64]| w.iter().map(|x| x * x).sum::<f64>();
    [square(&state.q), norm_squared_after_momentum(square(&start), eta, beta, &buffers.0)]
}
