//! Losses of the seeds: over the rows seen, and at one moment.

use std::sync::Arc;

use super::how::{How, start_moments};
use super::{BAND, DESCENT, NAMES, OWN, problem, rows_seen, settings};
use crate::core::{At, Gauge, Probe, State};
use crate::figure::{Axis, Dash, Histogram, Ink, Layer, Line, Marker, Panel, Weight, rich};
use crate::scenes::exhibit::draw::{
    DASHES, axis, band, callout, decades, line, panel, points, spanning, thin, upright, words,
};
use crate::scenes::models::histogram;
use crate::scenes::{LaneRun, Seen};
use crate::text::{fill, t};

/// Steps for which mean losses are computed at once.
const AHEAD: usize = 600;

/// Mean losses over all draws with replacement, step by step, for a lane; empty if they are not known.
pub fn predicted<'a>(seen: &Seen<'a>, i: usize) -> &'a [f64] {
    let (run, done) = (seen.run, seen.run.done() as usize);
    let all = run.derived.grown(("mean losses", i, 0), |column| {
        if column.len() > done || !run.is_steady() {
            return;
        }
        let own = How::of(&run.values);
        let how = if i == DESCENT { own.descent() } else { own };
        let problem = problem::of(&run.values);
        let Some(theory) = &problem.theory else { return };
        let [mean, variance] = start_moments(&how, theory.optimum().len());
        let rows = problem.model.data().rows();
        *column = theory.mean_losses(&how.training(rows), &mean, &variance, done.max(AHEAD));
    });
    if run.is_steady() { all.get(..=done).unwrap_or(&[]) } else { &[] }
}

/// What can be drawn of losses above the floor on an axis of decades.
fn above(losses: &[f64], floor: f64) -> Vec<f64> {
    let drawn = |u: &f64| if u - floor < FAR { u - floor } else { f64::NAN };
    losses.iter().map(drawn).map(|u| if u > LEAST { u } else { f64::NAN }).collect()
}

/// Losses beyond this are not followed, and those below it above the floor are rounding.
const FAR: f64 = 1e6;
const LEAST: f64 = 1e-12;

/// Rows seen after every step of a lane.
fn seen_rows(seen: &Seen<'_>, lane: &LaneRun) -> Vec<f64> {
    lane.column(Probe::Step).iter().map(|n| rows_seen(seen, *n)).collect()
}

/// An axis of losses above the floor that holds these.
pub fn height(seen: &Seen<'_>, all: impl IntoIterator<Item = f64>) -> Axis {
    decades(axis(seen, t("excess loss", "超额损失"), ""), LEAST, all)
}

fn rows_axis(seen: &Seen<'_>) -> Axis {
    let last = rows_seen(seen, seen.run.done().max(1) as f64);
    axis(seen, t("rows seen", "所见行数"), "").range(0.0, last)
}

/// Quantiles, mean, one seed and the exact mean over the rows seen.
pub fn loss<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (floor, Some(lane)) = (problem::floor(seen), seen.lane(OWN)) else { return Vec::new() };
    let [low, middle, high] = BAND.map(|q| above(lane.column(Probe::Quantile(q)), floor));
    let one = above(lane.column(Probe::Potential), floor);
    let mean = above(lane.column(Probe::Mean(Gauge::Potential)), floor);
    let exact = above(predicted(seen, OWN), floor);
    let printed = settings::printed_here(seen);
    let hold = [&low, &middle, &high, &mean, &exact].into_iter().flatten().copied().chain(printed.map(|v| v - floor));
    let mut panel = panel("loss", rows_axis(seen), height(seen, hold));
    let x = seen_rows(seen, lane);
    let name = seen.say(t("5–95 % of seeds", "5–95 % 的种子"));
    panel.layers.push(band(x.clone(), low, high, Some(name), Ink::Optimizer));
    let (name, ink, dash) = (rich(seen.say(t("one seed", "一个种子"))), Ink::Muted, Dash::Solid);
    let (name, weight, marker) = (Some(name), Weight::Thin, None);
    panel.layers.push(Layer::Line(Line { x: x.clone().into(), y: one.into(), name, ink, dash, weight, marker }));
    let name = seen.say(t("median", "中位数"));
    panel.layers.push(line(x.clone(), middle, Some(name), Ink::Optimizer, Dash::Solid));
    let name = seen.say(t("mean", "均值"));
    panel.layers.push(line(x.clone(), mean, Some(name), Ink::Amber, Dash::DashDot));
    if !exact.is_empty() {
        let name = seen.say(t("exact mean, drawn", "精确均值（有放回）"));
        panel.layers.push(line(x, exact, Some(name), Ink::Text, Dash::Dashed));
    }
    if let Some(value) = printed {
        let at = [settings::ROWS_SEEN, value - floor];
        let name = seen.say(t("printed", "印刷值"));
        panel.layers.push(points(vec![at[0]], vec![at[1]], Some(name), Ink::Danger, Marker::Diamond));
    }
    vec![panel]
}

/// Where a moment lies: at the median of a lane.
pub fn place(seen: &Seen<'_>, lane: &LaneRun, moment: f64) -> Option<[f64; 2]> {
    let own = seen.lane(OWN).is_some_and(|own| std::ptr::eq(own, lane));
    let probe = if own { Probe::Quantile(BAND[1]) } else { Probe::Mean(Gauge::Potential) };
    Some([rows_seen(seen, moment), lane.between(probe, moment)? - problem::floor(seen)])
}

pub fn loss_caption(seen: &Seen<'_>) -> String {
    let text = t(
        "Excess loss (over all rows, above its least value {}) over the rows seen, for {} seeds: median, mean, band, one seed (thin), the exact mean over all draws with replacement, and what the article prints. {}",
        "超额损失（全部行上的损失高出最低值 {} 的部分）随所见行数的变化，共 {} 个种子：中位数、均值、区间、单个种子（细线）、有放回抽取的精确均值，以及文章的印刷值。{}",
    );
    let numbers = [problem::floor(seen), seen.get("runs")].map(crate::param::show_number);
    fill(seen.say(text), &[&numbers[0], &numbers[1], &problem::sentence(seen)])
}

/// The mean loss with momentum, and without it at the same effective rate.
pub fn rate<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let floor = problem::floor(seen);
    let columns: Vec<Vec<f64>> =
        seen.run.lanes.iter().map(|lane| above(lane.column(Probe::Mean(Gauge::Potential)), floor)).collect();
    let exact: Vec<Vec<f64>> = (0..NAMES.len()).map(|i| above(predicted(seen, i), floor)).collect();
    let hold = columns.iter().chain(&exact).flatten().copied();
    let mut panel = panel("rate", rows_axis(seen), height(seen, hold));
    for (i, (lane, y)) in seen.run.lanes.iter().zip(columns).enumerate() {
        let x = seen_rows(seen, lane);
        let exact = exact.get(i).cloned().unwrap_or_default();
        panel.layers.push(thin(x.clone(), exact, Ink::Text, Dash::Dotted));
        panel.layers.push(line(x, y, Some(seen.say(lane.lane.name)), lane.lane.ink, DASHES[i % DASHES.len()]));
    }
    vec![panel]
}

pub fn rate_caption(seen: &Seen<'_>) -> String {
    let own = How::of(&seen.run.values);
    let text = t(
        "Mean loss over the seeds with η = {}, β = {}, and without momentum at η/(1 − β) = {}: after a lag of about {} steps both fall alike. Dotted: exact means for rows drawn with replacement.",
        "η = {}、β = {} 时各种子的平均损失，与无动量、η/(1 − β) = {} 时的对照：约 {} 步的滞后之后两者同样下降。点线：有放回抽取的精确均值。",
    );
    seen.tell(text, &[own.eta, own.beta, own.descent().eta, own.beta / (1.0 - own.beta)])
}

/// Losses of all seeds after `n` steps, in rising order; nothing while they are being read.
pub fn losses(seen: &Seen<'_>, n: u64, key: &'static str) -> Option<Arc<Vec<f64>>> {
    let lane = seen.lane(OWN)?;
    let field = lane.lane.system.field.clone();
    lane.glance(n, (key, 0, 0), 0, move |state: &State| {
        let mut out = vec![f64::NAN; state.n()];
        field.potential(At { t: state.t, n: state.n(), q: &state.q, v: &state.v }, &mut out);
        out.sort_by(f64::total_cmp);
        out
    })
}

/// The share of the seeds at or below a loss after as many steps as the article makes.
pub fn share_below(seen: &Seen<'_>, value: f64) -> Option<f64> {
    let all = losses(seen, settings::STEPS, "losses at the end").filter(|_| seen.run.done() >= settings::STEPS)?;
    Some(all.partition_point(|u| *u <= value) as f64 / all.len().max(1) as f64)
}

/// The distribution of the losses over the seeds at the present moment.
pub fn finals<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let own: Vec<f64> = losses(seen, seen.view.now, "losses now").map_or_else(Vec::new, |all| all.to_vec());
    let [low, high, n, counts @ ..] = &histogram::counted(&own)[..] else { return Vec::new() };
    let printed = settings::printed_here(seen);
    let x =
        spanning(axis(seen, t("loss over all rows", "全部行上的损失"), ""), [*low, *high].into_iter().chain(printed));
    let mut panel = panel("final", x, axis(seen, t("density over the seeds", "种子间的密度"), "").range(0.0, 1.0));
    let width = (high - low) / counts.len().max(1) as f64;
    let height: Vec<f64> = counts.iter().map(|count| count / (n * width)).collect();
    let top = 1.35 * height.iter().copied().fold(0.0, f64::max);
    if top > 0.0 && top.is_finite() {
        let edges: Vec<f64> = (0..=counts.len()).map(|i| low + i as f64 * width).collect();
        let name = Some(rich(seen.say(t("seeds", "种子"))));
        let (edges, height, ink) = (edges.into(), height.into(), Ink::Optimizer);
        panel.y = panel.y.range(0.0, top);
        panel.layers.push(Layer::Histogram(Histogram { edges, height, name, ink, hatch: None }));
    } else {
        let [left, right] = panel.x.range.unwrap_or([0.0, 1.0]);
        let say = seen.say(t("all seeds are at one loss", "所有种子的损失相同"));
        panel.layers.push(words([0.5 * (left + right), 0.5], say, Ink::Muted));
    }
    let top = panel.y.range.map_or(1.0, |[_, top]| top);
    panel.layers.push(upright(problem::floor(seen), Ink::Muted, Dash::Dotted));
    if let Some(value) = printed {
        panel.layers.push(upright(value, Ink::Danger, Dash::Dashed));
        let text = fill(seen.say(t("printed: {}", "印刷值：{}")), &[&format!("{value:.6}")]);
        panel.layers.push(callout([value, 0.8 * top], &text, Ink::Danger));
    }
    vec![panel]
}

pub fn finals_caption(seen: &Seen<'_>) -> String {
    let text = t(
        "Losses over all rows of {} seeds after {} rows; dotted: the least loss there is, {}.",
        "{} 个种子在看过 {} 行之后在全部行上的损失；点线：可达的最低损失 {}。",
    );
    let mut out = seen.tell(text, &[seen.get("runs"), rows_seen(seen, seen.view.now as f64), problem::floor(seen)]);
    if let Some(share) = settings::printed_here(seen).and_then(|value| share_below(seen, value)) {
        let text = t(
            " Dashed: what the article prints for one run; {} % of the seeds end at or below it.",
            "虚线：文章印出的单次结果；{} % 的种子最终不高于它。",
        );
        out.push_str(&seen.tell(text, &[100.0 * share]));
    }
    out
}
