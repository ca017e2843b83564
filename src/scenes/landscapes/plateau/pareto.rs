//! Reach against precision: how soon momentum arrives, and how restless it is there.

use super::ground;
use crate::core::methods::{Convention, heavy_ball};
use crate::core::{Probe, System};
use crate::figure::{Dash, Ink, Marker, Panel, Scale};
use crate::param::Values;
use crate::scenes::exhibit::draw::{axis, callout, decades, panel, points, thin};
use crate::scenes::exhibit::lanes::{aside, lane};
use crate::scenes::{SceneError, Seen};
use crate::text::t;

/// What a click among the points is called.
pub const PICK: &str = "pareto";

/// Momenta tried, spread evenly in ln(1 − β), and iterations of a run at most.
const RUNS: usize = 40;
const STEPS: u64 = 500;
/// The largest momentum tried.
const MOST: f64 = 0.99;
/// The stretch after the arrival over which precision is measured.
const AFTER: [usize; 2] = [20, 60];

/// One momentum: when it reaches the valley, and its root-mean-square distance from the minimum soon after.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    pub beta: f64,
    pub reach: f64,
    pub error: f64,
}

impl Trial {
    /// Whether no other trial is as good on one axis and better on the other.
    fn is_best(&self, all: &[Trial]) -> bool {
        !all.iter()
            .any(|o| o.reach <= self.reach && o.error <= self.error && (o.reach < self.reach || o.error < self.error))
    }
}

/// The trials that arrive, by runs aside with the other values as they are.
fn trials(values: &Values) -> Vec<Trial> {
    (0..RUNS).filter_map(|i| trial(values, 1.0 - libm::pow(1.0 - MOST, i as f64 / (RUNS - 1) as f64))).collect()
}

fn trial(values: &Values, beta: f64) -> Option<Trial> {
    let ball = heavy_ball(values.get("eta"), beta, Convention::Displacement);
    let (start, speed) = ([-values.get("length")], [values.get("speed")]);
    let mut machine = lane(t("trial", "试验"), Ink::Optimizer, ground::bare(values), ball, [&start, &speed]);
    machine.system = System { field: ground::field(values), ..machine.system };
    machine.probes = vec![Probe::Position(0)];
    let run = aside(vec![machine], values, STEPS);
    let x = run.lanes.first()?.column(Probe::Position(0));
    let reach = x.iter().position(|x| *x > 0.0)?;
    let after = x.get(reach + AFTER[0]..reach + AFTER[1])?;
    let minimum = ground::minimum(values);
    let mean = after.iter().map(|x| (x - minimum) * (x - minimum)).sum::<f64>() / after.len() as f64;
    let error = libm::sqrt(mean);
    (error.is_finite() && error > 0.0).then_some(Trial { beta, reach: reach as f64, error })
}

/// The trials of a run, kept with it.
pub fn kept(seen: &Seen<'_>) -> Vec<Trial> {
    let flat = seen.run.derived.column(("trials of reach and precision", 0, 0), || {
        trials(&seen.run.values).iter().flat_map(|t| [t.beta, t.reach, t.error]).collect()
    });
    flat.chunks_exact(3).map(|t| Trial { beta: t[0], reach: t[1], error: t[2] }).collect()
}

/// The best trials, soonest first.
pub fn front(all: &[Trial]) -> Vec<Trial> {
    let mut best: Vec<Trial> = all.iter().copied().filter(|trial| trial.is_best(all)).collect();
    best.sort_by(|a, b| a.reach.total_cmp(&b.reach));
    best
}

pub fn draw<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let all = kept(seen);
    let x =
        decades(axis(seen, t("iterations to the valley", "到达山谷的迭代数"), ""), 0.0, all.iter().map(|t| t.reach));
    let y = axis(seen, t("error after arrival (rms)", "到达后的误差（均方根）"), "");
    let mut panel = panel("pareto", x, decades(y, 0.0, all.iter().map(|t| t.error)));
    let (best, others): (Vec<Trial>, Vec<Trial>) = all.iter().partition(|trial| trial.is_best(&all));
    let columns = |list: &[Trial]| -> [Vec<f64>; 2] {
        [list.iter().map(|t| t.reach).collect(), list.iter().map(|t| t.error).collect()]
    };
    let [x, y] = columns(&others);
    panel.layers.push(points(x, y, Some(seen.say(t("dominated", "被支配"))), Ink::Muted, Marker::Ring));
    let [x, y] = columns(&front(&best));
    panel.layers.push(thin(x.clone(), y.clone(), Ink::Optimizer, Dash::Solid));
    panel.layers.push(points(x, y, Some(seen.say(t("Pareto front", "帕累托前沿"))), Ink::Optimizer, Marker::Disc));
    let front = front(&best);
    for end in [front.first(), front.last()].into_iter().flatten().take(front.len()) {
        panel.layers.push(callout(
            [end.reach, end.error],
            &seen.tell(t("$β$ = {}", "$β$ = {}"), &[end.beta]),
            Ink::Text,
        ));
    }
    if let Some(now) = trial(&seen.run.values, seen.get("beta")) {
        let name = seen.say(t("present β", "当前 β"));
        panel.layers.push(points(vec![now.reach], vec![now.error], Some(name), Ink::Spring, Marker::Diamond));
    }
    panel.pick = Some(PICK);
    vec![panel]
}

pub fn caption(seen: &Seen<'_>) -> String {
    let (all, least) = (kept(seen), seen.get("length"));
    let text = t(
        "One point per β, each a run of its own over a plateau of length {}: how soon it passes the edge, against its distance from the minimum {} to {} iterations later. {} momenta arrive, of which {} are beaten by no other on both counts. A click takes the β of the nearest point.",
        "每点为一个 β 的单独运行，平台长 {}：横轴为多久越过边缘，纵轴为其后 {} 至 {} 步内与极小点的距离。共有 {} 个 β 到达，其中 {} 个不被任何其他 β 在两方面同时胜过。点击即取最近点的 β。",
    );
    let numbers = [least, AFTER[0] as f64, AFTER[1] as f64, all.len() as f64, front(&all).len() as f64];
    seen.tell(text, &numbers)
}

/// Sets β to that of the trial nearest to a click, as the axes show distances.
pub fn pick(at: [f64; 2], values: &mut Values) -> Result<(), SceneError> {
    let away = |trial: &Trial| {
        let far =
            |a: f64, b: f64| Scale::Log.forward(a).zip(Scale::Log.forward(b)).map_or(f64::INFINITY, |(a, b)| a - b);
        far(trial.reach, at[0]).hypot(far(trial.error, at[1]))
    };
    let nearest = trials(values).into_iter().min_by(|a, b| away(a).total_cmp(&away(b)));
    let none = SceneError::Refused(t("With these values no momentum arrives.", "在这些取值下没有动量能到达。"));
    Ok(values.set("beta", nearest.ok_or(none)?.beta)?)
}
