//! A loss over the plane as a surface, with every lane's path on it.

use super::params::symbol;
use super::setting::Setting;
use super::{axes, map};
use crate::core::Probe;
use crate::figure::{Figure, Now, rich};
use crate::scenes::models::relief::{Names, Relief};
use crate::scenes::{LaneRun, Run, View};
use crate::text::{Lang, fill, t};

/// The share of the nodes above which the surface is cut off, so that its floor is seen.
const CUT: f64 = 0.85;

/// The surface between the nodes of the contour map, so that its cost does not grow with the formula.
fn surface<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Relief<impl Fn([f64; 2]) -> f64 + use<'a>> {
    let window = map::window(at, run);
    let (n, nodes) = map::nodes(at, run, window);
    let [top, _] = run.derived.pair(("relief top", n, 0), || {
        let mut finite: Vec<f64> = nodes.iter().copied().filter(|v| v.is_finite()).collect();
        finite.sort_by(f64::total_cmp);
        [finite.get((CUT * finite.len() as f64) as usize).copied().unwrap_or(f64::INFINITY), 0.0]
    });
    let height = move |[x, y]: [f64; 2]| {
        let place = |v: f64, [low, high]: [f64; 2]| {
            let s = ((v - low) / (high - low)).clamp(0.0, 1.0) * (n - 1) as f64;
            let cell = (s as usize).min(n - 2);
            (cell, s - cell as f64)
        };
        let ((i, u), (j, v)) = (place(x, window.x), place(y, window.y));
        let node = |i: usize, j: usize| nodes.get(j * n + i).copied().unwrap_or(f64::NAN).min(top);
        let [near, far] = [j, j + 1].map(|j| node(i, j) * (1.0 - u) + node(i + 1, j) * u);
        near * (1.0 - v) + far * v
    };
    Relief::new(height, window.x, window.y, view.turned())
}

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let relief = surface(at, run, view);
    let states = at.world().states();
    let name = |i: usize| states.get(i).map_or_else(String::new, |s| symbol(s));
    let (x, y) = (name(0), name(1));
    let names = Names {
        variables: [(&x, "a.u."), (&y, "a.u.")],
        function: (t("loss $f$", "损失 $f$").get(view.lang), "a.u."),
        front: t(" at the front edge", "（前缘）").get(view.lang),
    };
    let mut panel = relief.panel("relief", &names);
    for lane in axes::lanes(run) {
        panel.layers.extend(relief.lane(lane, view.lang));
    }
    let front = t(
        "The loss as a surface in oblique projection between the nodes of a grid, cut off above the lowest 85 % of them, with the paths of all lanes; grey where the surface hides them.",
        "损失曲面的斜投影（网格节点间插值，只取最低的 85 %，其上截平），附各通道的路径；被曲面遮挡处为灰线。",
    );
    let turned = t(
        "The loss as a surface turned by {}° and seen from {}° above, drawn between the nodes of a grid and cut off above the lowest 85 % of them, with the paths of all lanes; grey where the surface hides them.",
        "损失曲面（转角 {}°，俯角 {}°；网格节点间插值，只取最低的 85 %，其上截平），附各通道的路径；被曲面遮挡处为灰线。",
    );
    let drawn = match view.turned() {
        Some(angles) => fill(turned.get(view.lang), &angles.map(|a| a.to_string()).each_ref().map(String::as_str)),
        None => front.get(view.lang).into(),
    };
    let space = if view.lang == Lang::En { " " } else { "" };
    Figure {
        id: "relief",
        title: rich(t("Relief", "立体图").get(view.lang)),
        columns: 1,
        caption: [drawn.as_str(), axes::legend(at).get(view.lang)].join(space),
        panels: vec![panel],
    }
}

/// The ball of every lane.
pub fn marks(at: &Setting<'_>, run: &Run, view: View, moment: f64) -> Vec<Vec<Now>> {
    let relief = surface(at, run, view);
    let ball = |lane: &LaneRun| {
        let point = [lane.between(Probe::Position(0), moment)?, lane.between(Probe::Position(1), moment)?];
        Some(Now::At(relief.place(point)?, lane.lane.ink))
    };
    vec![axes::lanes(run).filter_map(ball).collect()]
}
