//! Heavy ball, tuned as Polyak has it, on a convex function that is not quadratic.

use crate::core::{At, Probe};
use crate::figure::{Axis, Dash, Handle, Ink, Marker, Panel, rich};
use crate::scenes::exhibit::draw::{axis, level, over_time, panel, points, positions, thin};
use crate::scenes::models::clock::clock;
use crate::scenes::{LaneRun, Seen};
use crate::text::t;
use crate::theory::tuning::LESSARD_CYCLE;

/// Iterations shown, and points of the curve.
const SHOWN: usize = 60;
const POINTS: usize = 241;
const WINDOW: [f64; 2] = [-3.0, 4.0];

/// The lane on Lessard's function.
fn caught<'a>(seen: &Seen<'a>) -> Option<&'a LaneRun> {
    seen.lane(3)
}

/// The largest distance of the last three iterates from the three points of the cycle.
pub fn apart(seen: &Seen<'_>) -> f64 {
    let x = caught(seen).map_or(&[][..], |lane| lane.column(Probe::Position(0)));
    let last = x.get(x.len().saturating_sub(3)..).unwrap_or(&[]);
    let near = |x: &f64| LESSARD_CYCLE.iter().map(|c| (x - c).abs()).fold(f64::INFINITY, f64::min);
    // Each point has to be visited, and nothing else.
    let visited = |c: &f64| last.iter().map(|x| (x - c).abs()).fold(f64::INFINITY, f64::min);
    last.iter().map(near).chain(LESSARD_CYCLE.iter().map(visited)).fold(0.0, f64::max)
}

pub fn draw<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let y = axis(seen, t("position $x$", "位置 $x$"), "");
    let Some(lane) = caught(seen) else {
        return vec![positions("cycle", seen, 0, t("position $x$", "位置 $x$"), "")];
    };
    let reach = 1.1 * seen.get("x0").abs().max(3.0);
    let unit = clock(seen.run, seen.view).1;
    let mut panel = over_time("cycle", seen, y.range(-reach, reach));
    panel.x = panel.x.range(0.0, SHOWN as f64 * unit);
    for point in LESSARD_CYCLE {
        panel.layers.push(level(point, Ink::Muted, Dash::Dashed));
    }
    let (times, x) = (lane.times(unit), lane.column(Probe::Position(0)));
    let rows = x.len().min(times.len()).min(SHOWN + 1);
    panel.layers.push(thin(&times[..rows], &x[..rows], lane.lane.ink, Dash::Solid));
    panel.layers.push(points(&times[..rows], &x[..rows], None, lane.lane.ink, Marker::Disc));
    panel.handles.push(Handle {
        id: "-,x0".into(),
        at: [0.0, seen.get("x0")],
        ink: Ink::Text,
        label: rich("$x^{(0)}$"),
        name: seen.say(t("start on this function", "在此函数上的起点")).to_owned(),
    });
    vec![panel]
}

pub fn caption(seen: &Seen<'_>) -> String {
    let text = if apart(seen) < 1e-6 {
        t(
            "Heavy ball at η = 1/9, β = 4/9, which converges on every quadratic with curvatures from 1 to 25, on a convex function with the same curvatures: from {} it runs into the cycle (dashed) and stays there.",
            "η = 1/9、β = 4/9 的重球，在曲率为 1 至 25 的任何二次函数上都收敛；换成同样曲率的凸函数，从 {} 出发却落入循环（虚线），再不离开。",
        )
    } else {
        t(
            "Heavy ball at η = 1/9, β = 4/9 on the same function from {}: this start does not run into the cycle (dashed).",
            "同一函数上 η = 1/9、β = 4/9 的重球，从 {} 出发：这一起点不落入循环（虚线）。",
        )
    };
    seen.tell(text, &[seen.get("x0")])
}

pub fn force<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let x: Vec<f64> =
        (0..POINTS).map(|i| WINDOW[0] + (WINDOW[1] - WINDOW[0]) * i as f64 / (POINTS - 1) as f64).collect();
    let y = axis(seen, t("gradient $f′(x)$", "梯度 $f′(x)$"), "").range(-85.0, 85.0);
    let mut panel = panel("force", Axis::new(rich("$x$"), "").range(WINDOW[0], WINDOW[1]), y);
    let Some(lane) = caught(seen) else { return vec![panel] };
    let gradient = |x: &[f64]| -> Vec<f64> {
        let (v, mut out) = (vec![0.0; x.len()], vec![0.0; x.len()]);
        lane.lane.system.field.force(At { t: 0.0, n: x.len(), q: x, v: &v }, &mut out);
        out.into_iter().map(|force| -force).collect()
    };
    let slope = gradient(&x);
    panel.layers.push(level(0.0, Ink::Faint, Dash::Solid));
    panel.layers.push(thin(x, slope, Ink::Text, Dash::Solid));
    let turn: Vec<f64> = LESSARD_CYCLE.iter().chain(LESSARD_CYCLE.first()).copied().collect();
    let height = gradient(&turn);
    panel.layers.push(thin(turn.clone(), height.clone(), lane.lane.ink, Dash::Dotted));
    panel.layers.push(points(turn, height, None, lane.lane.ink, Marker::Disc));
    vec![panel]
}
