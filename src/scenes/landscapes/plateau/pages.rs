//! What is shown of the plateau.

use super::{crossing, ground, pareto};
use crate::core::Probe;
use crate::figure::{Axis, Dash, Handle, Ink, Marker, Panel, rich};
use crate::param::Values;
use crate::scenes::exhibit::draw::{axis, level, line, panel, points, positions, spanning, thin, upright};
use crate::scenes::exhibit::{Moves, Page, drag as by_name};
use crate::scenes::{SceneError, Seen, View};
use crate::text::t;
use crate::theory::conventions::coasting;

/// Points along the profile and along a curve over β, and runs measured over β.
const POINTS: usize = 401;
const RUNS: usize = 23;
/// The largest momentum of a curve over β.
const MOST: f64 = 0.99;
/// What the handle of the start is called.
const START: &str = "start";

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("profile", t("Profile", "剖面"), profile)
        .showing(
            "The ground with the iterates of both methods on it; both start below the mark, which can be dragged.",
            "地形以及两种方法在其上的迭代点；两者都从标记下方出发。标记可拖动。",
        )
        .moving(&[Moves::Plane(Probe::Position(0), Probe::Potential)]),
    Page::new("positions", t("Way over time", "行程"), way)
        .showing(
            "Position over the iterations; the edge of the plateau lies at 0, the dotted line is the minimum.",
            "位置随迭代的变化；平台边缘在 0 处，点线为极小点。",
        )
        .moving(&[Moves::Clock]),
    Page::new("coasting", t("Coasting distance", "滑行距离"), coast).showing(
        "How far a ball slides without any force: runs on a shelf without end over the closed form $v_0 β/(1 − β)$. An exactly flat plateau is crossed where the curve lies above its length.",
        "毫无力时小球能滑多远：在无尽平台上的运行与闭式解 $v_0 β/(1 − β)$。曲线高于平台长度处，完全平坦的平台才会被越过。",
    ),
    Page::new("pareto", t("Reach against precision", "探索与精度"), pareto::draw)
        .told(pareto::caption)
        .briefly(t("Pareto", "帕累托")),
    Page::sweep(),
];

/// What a handle or a click means.
pub fn drag(handle: &str, at: [f64; 2], values: &mut Values, _: View) -> Result<(), SceneError> {
    match handle {
        START => by_name("length,-", [-at[0], at[1]], values),
        pareto::PICK => pareto::pick(at, values),
        _ => by_name(handle, at, values),
    }
}

fn profile<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let values = &seen.run.values;
    let start = -seen.get("length");
    let visited = seen.run.lanes.iter().flat_map(|lane| lane.column(Probe::Position(0)).iter().copied());
    let far = [1.6 * start - 0.3, 3.0];
    let visited = visited.filter(|x| x.is_finite()).map(|x| x.clamp(far[0], far[1]));
    let x = spanning(axis(seen, t("position $x$", "位置 $x$"), ""), visited.chain([start, 0.0, 1.4]));
    let [left, right] = x.range.unwrap_or([start, 1.4]);
    let along: Vec<f64> = (0..POINTS).map(|i| left + (right - left) * i as f64 / (POINTS - 1) as f64).collect();
    let height = ground::heights(values, &along);
    let ends = ground::heights(values, &[start, ground::minimum(values)]);
    let (top, bottom) = (ends.iter().copied().fold(0.0, f64::max), ends.iter().copied().fold(0.0, f64::min));
    let depth = (top - bottom).max(1e-3);
    let y = axis(seen, t("loss $U$", "损失 $U$"), "").range(bottom - 0.1 * depth, top + 0.5 * depth);
    let mut panel = panel("profile", x, y);
    panel.layers.push(thin(along, height, Ink::Muted, Dash::Solid));
    for (lane, marker) in seen.run.lanes.iter().zip([Marker::Square, Marker::Disc]) {
        let [x, u] = [Probe::Position(0), Probe::Potential].map(|probe| lane.column(probe));
        panel.layers.push(points(x, u, Some(seen.say(lane.lane.name)), lane.lane.ink, marker));
    }
    panel.handles.push(Handle {
        id: START.into(),
        // Above the ground, clear of the iterates that crowd there.
        at: [start, ends.first().copied().unwrap_or(0.0) + 0.15 * depth],
        ink: Ink::Text,
        label: rich("$x^{(0)}$"),
        name: seen.say(t("start of both lanes", "两条轨道的起点")).to_owned(),
    });
    vec![panel]
}

fn way<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let mut panel = positions("positions", seen, 0, t("position $x$", "位置 $x$"), "");
    panel.layers.push(level(0.0, Ink::Faint, Dash::Solid));
    panel.layers.push(level(ground::minimum(&seen.run.values), Ink::Muted, Dash::Dotted));
    for lane in &seen.run.lanes {
        panel.layers.extend(crossing(lane).map(|n| upright(n as f64, lane.lane.ink, Dash::Dotted)));
    }
    vec![panel]
}

fn coast<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (speed, length) = (seen.get("speed"), seen.get("length"));
    let unit = speed.max(1e-3);
    let x = Axis::new(rich("$β$"), "").range(0.0, 1.0);
    let y = axis(seen, t("coasting distance", "滑行距离"), "").log();
    let mut panel = panel("coasting", x, y.range(0.03 * unit.min(10.0 * length), 300.0 * unit.max(0.01 * length)));
    let over = |n: usize| move |i: usize| MOST * (i + 1) as f64 / n as f64;
    let beta: Vec<f64> = (0..POINTS).map(over(POINTS)).collect();
    let known: Vec<f64> = beta.iter().map(|beta| coasting(speed, *beta)).collect();
    panel.layers.push(line(beta, known, Some(seen.say(t("closed form", "闭式解"))), Ink::Muted, Dash::Solid));
    let tried: Vec<f64> = (0..RUNS).map(over(RUNS)).collect();
    let runs = seen.run.derived.column(("coasted", 0, speed.to_bits()), || {
        (0..RUNS).map(over(RUNS)).map(|beta| ground::coasted(&seen.run.values, beta)).collect()
    });
    panel.layers.push(points(tried, runs, Some(seen.say(t("runs", "运行"))), Ink::Optimizer, Marker::Disc));
    let whole = seen.say(t("length of the plateau", "平台长度"));
    panel.layers.push(line(vec![0.0, 1.0], vec![length; 2], Some(whole), Ink::Danger, Dash::Dashed));
    let beta = seen.get("beta");
    panel.handles.push(Handle {
        id: "beta,-".into(),
        at: [beta, coasting(unit, beta).max(0.05 * unit)],
        ink: Ink::Text,
        label: rich("$β$"),
        name: seen.say(t("momentum", "动量系数")).to_owned(),
    });
    vec![panel]
}
