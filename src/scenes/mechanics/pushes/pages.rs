//! One step as a parallelogram, and all of them along the path.

use super::curvatures;
use crate::core::{At, Probe};
use crate::figure::{Arrows, Axis, Dash, Handle, Ink, Layer, Panel, Weight, rich};
use crate::scenes::exhibit::draw::{axis, panel, spanning, thin};
use crate::scenes::exhibit::plane;
use crate::scenes::models::inspector::Update;
use crate::scenes::models::landscape::{Landscape, Window};
use crate::scenes::models::writing::Writing;
use crate::scenes::{LaneRun, Seen};
use crate::text::{fill, t};

/// Kept velocity and push of the momentum lane at iteration `n`.
fn terms(seen: &Seen<'_>, n: u64) -> Option<Update> {
    let lane = seen.lane(1)?;
    let read = |probe: fn(usize) -> Probe| Some([lane.at(probe(0), n)?, lane.at(probe(1), n)?]);
    let (q, v) = (read(Probe::Position)?, read(Probe::Velocity)?);
    let mut force = [f64::NAN; 2];
    lane.system_at(n).field.force(At { t: 0.0, n: 1, q: &q, v: &v }, &mut force);
    let values = seen.run.values_at(n);
    let mut update = Writing::new(values.get("eta"), values.get("beta"), 0).update(&q, &v, &force, None);
    // Old speed in the colour of the lane, so that it is seen as what it is.
    update.terms.first_mut()?.ink = Ink::Optimizer;
    let whole = update.sum().iter().chain(&q).all(|x| x.is_finite());
    whole.then_some(update)
}

/// The iteration whose step is shown, and that step.
fn present(seen: &Seen<'_>) -> Option<(u64, Update)> {
    let n = seen.view.now.min(seen.lane(1)?.done().checked_sub(1)?);
    Some((n, terms(seen, n)?))
}

fn axes() -> [Axis; 2] {
    ["$x_1$", "$x_2$"].map(|name| Axis::new(rich(name), ""))
}

/// The step of the present moment: two arrows, their parallelogram and the sum.
pub fn sum<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let Some((_, update)) = present(seen) else {
        let [x, y] = axes().map(|axis| axis.range(-1.0, 1.0));
        return vec![panel("sum", x, y)];
    };
    let mut panel = update.panel("sum", axes(), |_| Vec::new());
    let [kept, corner, tip] = corners(&update);
    let from = origin(&update);
    let all = [from, kept, corner, tip];
    let [x, y] = [0, 1].map(|i| all.map(|at| at[i]));
    (panel.x, panel.y) = (spanning(panel.x, x), spanning(panel.y, y));
    let side = |i: usize| vec![from[i], corner[i], tip[i]];
    panel.layers.insert(0, thin(side(0), side(1), Ink::Muted, Dash::Dashed));
    if let (Some(x), Some(y)) = (panel.x.range, panel.y.range) {
        panel.layers.insert(0, ground(seen, Window { x, y }));
    }
    vec![panel]
}

/// Where a step begins.
fn origin(update: &Update) -> [f64; 2] {
    [0, 1].map(|k| update.from.get(k).copied().unwrap_or(0.0))
}

/// Where the kept step alone leads, where the push alone leads, and where both lead.
fn corners(update: &Update) -> [[f64; 2]; 3] {
    let part = |i: usize, k: usize| update.terms.get(i).and_then(|t| t.parts.get(k)).copied().unwrap_or(0.0);
    let from = origin(update);
    let kept = [0, 1].map(|k| from[k] + part(0, k));
    let push = [0, 1].map(|k| from[k] + part(1, k));
    [kept, push, [0, 1].map(|k| kept[k] + part(1, k))]
}

/// Level lines of the valley.
fn ground<'a>(seen: &Seen<'_>, window: Window) -> Layer<'a> {
    let [x, y] = curvatures(&seen.run.values);
    let value = |at: [f64; 2]| 0.5 * (x * at[0] * at[0] + y * at[1] * at[1]);
    let (gradient, hessian) = (|at: [f64; 2]| [x * at[0], y * at[1]], |_: [f64; 2]| [x, 0.0, y]);
    let top = window.x.iter().flat_map(|x| window.y.iter().map(|y| value([*x, *y]))).fold(0.0, f64::max);
    Landscape { value: &value, gradient: &gradient, hessian: &hessian }.contours(window, 0.0, top)
}

pub fn sum_caption(seen: &Seen<'_>) -> String {
    let Some((n, update)) = present(seen) else {
        return seen.say(t("There is no step to show yet.", "还没有可展示的一步。")).to_owned();
    };
    let text = t(
        "The step of momentum from iteration {} to {}: the kept share of the old step, the new push, and their sum, the diagonal of the parallelogram: {}.",
        "动量法从第 {} 步到第 {} 步：保留的旧步、新推动，以及两者之和，即平行四边形的对角线：{}。",
    );
    fill(seen.say(text), &[&n.to_string(), &(n + 1).to_string(), &update.equation()])
}

/// Where the momentum lane is.
pub fn place(_: &Seen<'_>, lane: &LaneRun, at: f64) -> Option<[f64; 2]> {
    let own = lane.lane.ink == Ink::Optimizer;
    own.then(|| Some([lane.between(Probe::Position(0), at)?, lane.between(Probe::Position(1), at)?]))?
}

/// Steps whose arrows are drawn at most: later ones are too short to be seen.
const ARROWS: u64 = 14;

/// The path, and of its first steps both arrows, tip to tail.
pub fn path<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let start = ["x0", "y0"].map(|id| seen.get(id));
    let Some(lane) = seen.lane(1) else { return Vec::new() };
    let far = 2.0 * start[0].hypot(start[1]).max(0.1);
    let steps = (0..lane.done().min(ARROWS)).filter_map(|n| terms(seen, n));
    let near = |u: &Update| corners(u).iter().flatten().all(|x| x.abs() <= far);
    let updates: Vec<Update> = steps.take_while(near).collect();
    let window = around(lane, &updates, far);
    let [x, y] = axes();
    let x = x.range(window.x[0], window.x[1]);
    let mut panel = panel("path", x, y.range(window.y[0], window.y[1]));
    panel.layers.push(plane::level_lines(seen, &*lane.lane.system.field, window, None));
    panel.layers.extend(plane::path(seen, lane, window));
    let names = [t("kept: $βΔ$", "保留：$βΔ$"), t("push: $−η∇f$", "推动：$−η∇f$")].map(|name| seen.say(name));
    for (i, name) in names.into_iter().enumerate() {
        panel.layers.extend(arrows(&updates, i, name));
    }
    panel.handles.push(Handle {
        id: "x0,y0".into(),
        at: start,
        ink: Ink::Text,
        label: rich("$x^{(0)}$"),
        name: seen.say(t("start of all lanes", "所有轨道的起点")).to_owned(),
    });
    vec![panel]
}

/// The arrows of term `i` of every update: the push begins where the kept step ends.
fn arrows<'a>(updates: &[Update], i: usize, name: &str) -> Option<Layer<'a>> {
    let ink = updates.first()?.terms.get(i)?.ink;
    let ends = |u: &Update| {
        let [kept, _, tip] = corners(u);
        if i == 0 { [origin(u), kept] } else { [kept, tip] }
    };
    let column = |read: &dyn Fn([[f64; 2]; 2]) -> f64| updates.iter().map(|u| read(ends(u))).collect::<Vec<_>>().into();
    Some(Layer::Arrows(Arrows {
        x: column(&|[from, _]| from[0]),
        y: column(&|[from, _]| from[1]),
        u: column(&|[from, to]| to[0] - from[0]),
        v: column(&|[from, to]| to[1] - from[1]),
        name: Some(rich(name)),
        ink,
        weight: if i == 0 { Weight::Thin } else { Weight::Normal },
    }))
}

/// The part of the plane that momentum and the arrows of its steps visit, as far as it is near.
fn around(lane: &LaneRun, updates: &[Update], far: f64) -> Window {
    let side = |i: usize| {
        let tips = updates.iter().flat_map(move |u| corners(u).map(|at| at[i]));
        let column = lane.column(Probe::Position(i)).iter().copied().filter(|x| x.is_finite());
        let hold = |[low, high]: [f64; 2], x: f64| [low.min(x), high.max(x)];
        let [low, high] = column.map(|x| x.clamp(-far, far)).chain(tips).fold([0.0, 0.0], hold);
        let margin = if high > low { 0.08 * (high - low) } else { 1.0 };
        [low - margin, high + margin]
    };
    Window { x: side(0), y: side(1) }
}

/// An axis of angles.
pub fn angles(seen: &Seen<'_>) -> Axis {
    axis(seen, t("turn from one step to the next", "相邻两步的转角"), "°").range(0.0, 180.0)
}
