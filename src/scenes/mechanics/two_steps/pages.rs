//! The first steps in digits, one step as a sum, the phase point, and the swing they begin.

use super::closed;
use crate::core::{At, Probe};
use crate::figure::{Axis, Dash, Ink, Layer, Marker, Panel, rich};
use crate::scenes::exhibit::draw::{axis, callout, level, line, panel, points, positions, spanning, thin};
use crate::scenes::models::inspector::Update;
use crate::scenes::models::writing::Writing;
use crate::scenes::{LaneRun, Seen};
use crate::text::{fill, t};
use crate::theory::mapping::{Mapping, interpolant_velocity, oscillator_from_momentum, pole_match};
use crate::theory::oscillator::Oscillator;

/// Steps shown one by one, and points of a curve per step.
const FIRST: usize = 5;
const FINE: usize = 8;
/// Points of a curve at most.
const MOST: usize = 8000;

/// A number as short as it can be written so that it reads back to the same bits.
pub fn digits(x: f64) -> String {
    x.to_string().replace('-', "−")
}

/// The first iterates of both lanes, the printed ones in digits.
pub fn steps<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let x = axis(seen, t("iteration $n$", "迭代步 $n$"), "").range(-0.4, FIRST as f64 + 0.4);
    let mut panel = panel("steps", x, axis(seen, t("weight $w$ = gradient", "权重 $w$ = 梯度"), ""));
    let mut all = Vec::new();
    for (i, (lane, (marker, dash))) in
        seen.run.lanes.iter().zip([(Marker::Disc, Dash::Solid), (Marker::Square, Dash::Dashed)]).enumerate()
    {
        let w = lane.column(Probe::Position(0));
        let w = w.get(..=FIRST).unwrap_or(w);
        let n: Vec<f64> = (0..w.len()).map(|n| n as f64).collect();
        let (from, to) = (n.clone(), (0..w.len() as u64).map(|n| closed(seen, i, n)).collect::<Vec<_>>());
        all.extend(w.iter().chain(&to).copied());
        if seen.run.is_steady() {
            panel.layers.push(thin(from, to, lane.lane.ink, dash));
        }
        panel.layers.push(points(n, w, Some(seen.say(lane.lane.name)), lane.lane.ink, marker));
    }
    let w = seen.lane(0).map_or(&[][..], |lane| lane.column(Probe::Position(0)));
    for (n, w) in w.iter().enumerate().take(3).filter(|(_, w)| w.is_finite()) {
        panel.layers.push(callout([n as f64, *w], &format!("$w_{n}$ = {}", digits(*w)), Ink::Text));
    }
    panel.y = spanning(panel.y, all.into_iter().map(|x| x.clamp(-60.0, 60.0)));
    vec![panel]
}

pub fn steps_caption(seen: &Seen<'_>) -> String {
    let at = |n: u64| digits(seen.at(0, Probe::Position(0), n.min(seen.run.done())));
    let text = t(
        "w²/2 from w₀: iterates (marks) over the closed form (lines), of the library form and of the bare formula, which has no learning rate. Step 1 of the library: gradient {}, w becomes {}. Step 2: gradient {}, w becomes {}. All digits that the numbers hold are printed.",
        "w²/2 从 w₀ 出发：库的写法与没有学习率的原公式，迭代点（标记）与闭式解（线）。库的第一步：梯度 {}，w 变为 {}。第二步：梯度 {}，w 变为 {}。数字全部位数均已印出。",
    );
    let [start, first, second] = [0, 1, 2].map(at);
    fill(seen.say(text), &[&start, &first, &first, &second])
}

/// The update of the library form from the present iteration on.
fn update(seen: &Seen<'_>) -> Option<(u64, Update)> {
    let lane = seen.lane(0)?;
    let n = seen.view.now.min(lane.done().checked_sub(1)?);
    let (q, v) = ([lane.at(Probe::Position(0), n)?], [lane.at(Probe::Velocity(0), n)?]);
    let mut force = [f64::NAN];
    lane.lane.system.field.force(At { t: 0.0, n: 1, q: &q, v: &v }, &mut force);
    let values = seen.run.values_at(n);
    let update = Writing::new(values.get("eta"), values.get("beta"), 1).update(&q, &v, &force, None);
    update.sum().iter().all(|x| x.is_finite()).then_some((n, update))
}

/// One step as a sum of what is kept and what is pushed.
pub fn sum<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let axes = [Axis::new(rich("$w$"), ""), axis(seen, t("terms", "各项"), "")];
    match update(seen) {
        Some((_, update)) => vec![update.panel("sum", axes, |_| Vec::new())],
        None => {
            let [x, y] = axes.map(|axis| axis.range(-1.0, 1.0));
            vec![panel("sum", x, y)]
        }
    }
}

pub fn sum_caption(seen: &Seen<'_>) -> String {
    let Some((n, update)) = update(seen) else {
        return seen.say(t("There is no step to show yet.", "还没有可展示的一步。")).to_owned();
    };
    let text = t(
        "The step from iteration {} to {} of the library form, as the sum of the share of the old step that is kept and the new push: {}.",
        "库的写法从第 {} 步到第 {} 步：保留的旧步与新推动之和：{}。",
    );
    fill(seen.say(text), &[&n.to_string(), &(n + 1).to_string(), &update.equation()])
}

/// Displacement per step at iteration `n`, from what the library's buffer holds.
fn displacement(seen: &Seen<'_>, lane: &LaneRun, at: f64) -> Option<f64> {
    Some(seen.get("eta") * lane.between(Probe::Velocity(0), at)?)
}

/// Where the library's lane is in the phase plane.
pub fn phase_place(seen: &Seen<'_>, lane: &LaneRun, at: f64) -> Option<[f64; 2]> {
    // The other lane's buffer is in other units, and it is not shown.
    let own = lane.lane.ink == Ink::Optimizer;
    own.then(|| Some([lane.between(Probe::Position(0), at)?, displacement(seen, lane, at)?]))?
}

/// Position and displacement of the library form, over the spiral of the exact map.
pub fn phase<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let Some(lane) = seen.lane(0) else { return Vec::new() };
    let (x, y) = (Axis::new(rich("$w$"), ""), axis(seen, t("last step $Δw$", "上一步 $Δw$"), ""));
    let w = lane.column(Probe::Position(0));
    let steps: Vec<f64> = lane.column(Probe::Velocity(0)).iter().map(|v| seen.get("eta") * v).collect();
    let far = 6.0 * seen.get("w0").abs().max(1e-3);
    let near = |all: &[f64]| all.iter().map(|x| x.clamp(-far, far)).chain([0.0]).collect::<Vec<_>>();
    let mut panel = panel("phase", spanning(x, near(w)), spanning(y, near(&steps)));
    let spiral = seen.run.derived.column(("spiral", 0, 0), || spiral(seen).unwrap_or_default());
    if !spiral.is_empty() {
        let (x, y) = spiral.split_at(spiral.len() / 2);
        panel.layers.push(line(x, y, Some(seen.say(t("exact map", "精确映射"))), Ink::Spring, Dash::Solid));
    }
    for n in [1, 2] {
        if let (Some(w), Some(step)) = (w.get(n).filter(|w| w.is_finite()), steps.get(n).filter(|s| s.is_finite())) {
            panel.layers.push(callout([*w, *step], &format!("$n$ = {n}"), Ink::Text));
        }
    }
    panel.layers.push(points(w, steps, Some(seen.say(lane.lane.name)), lane.lane.ink, Marker::Disc));
    vec![panel]
}

/// The spring that passes through every iterate, and the times at which its curve is drawn.
fn twin(seen: &Seen<'_>) -> Option<(Oscillator, [f64; 2], Vec<f64>)> {
    let [eta, beta, w0] = ["eta", "beta", "w0"].map(|id| seen.get(id));
    let spring = pole_match(eta, beta, 1.0).ok().filter(|_| seen.run.is_steady())?.oscillator(1.0);
    let v0 = interpolant_velocity(&spring, 1.0, w0, w0 - eta * w0);
    Some((spring, [w0, v0], times(seen)))
}

/// Times at which a curve is drawn.
fn times(seen: &Seen<'_>) -> Vec<f64> {
    let end = seen.run.horizon as f64;
    let count = (seen.run.horizon as usize).saturating_mul(FINE).clamp(FINE, MOST);
    (0..=count).map(|i| end * i as f64 / count as f64).collect()
}

/// Positions and displacements over one step of the spring through every iterate.
fn spiral(seen: &Seen<'_>) -> Option<Vec<f64>> {
    let (spring, [w0, v0], times) = twin(seen)?;
    let at = |t: f64| spring.flow(t, w0, v0).0;
    let w: Vec<f64> = times.iter().map(|t| at(*t)).collect();
    let steps: Vec<f64> = times.iter().map(|t| at(*t) - at(*t - 1.0)).collect();
    w.iter().chain(&steps).all(|x| x.is_finite()).then(|| [w, steps].concat())
}

/// Both lanes over the clock, and the textbook's spring.
pub fn swing<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let mut panel = positions("swing", seen, 0, t("weight $w$", "权重 $w$"), "");
    panel.layers.insert(0, level(0.0, Ink::Faint, Dash::Solid));
    panel.layers.extend(textbook(seen));
    vec![panel]
}

/// The spring that the textbook formula gives, let go at the same place.
fn textbook<'a>(seen: &Seen<'a>) -> Option<Layer<'a>> {
    let [eta, beta, w0] = ["eta", "beta", "w0"].map(|id| seen.get(id));
    let spring = oscillator_from_momentum(Mapping::Explicit, eta, beta, 1.0, 1.0).ok()?;
    let both = seen.run.derived.column(("textbook", 0, 0), || {
        let times = times(seen);
        let w: Vec<f64> = times.iter().map(|t| spring.flow(*t, w0, 0.0).0).collect();
        [times, w].concat()
    });
    let (x, y) = both.split_at(both.len() / 2);
    Some(line(x, y, Some(seen.say(t("textbook spring", "教科书的弹簧"))), Ink::Spring, Dash::Dotted))
}
