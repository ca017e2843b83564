//! The contour map of a loss of two coordinates, with every lane's path.

use super::handles::{on_map, pair};
use super::{problem, series};
use crate::core::Probe;
use crate::figure::{Axis, Dash, Figure, Layer, Line, Marker, Panel, Points, Rich, Weight, rich};
use crate::scenes::models::clock::brushed;
use crate::scenes::models::density;
use crate::scenes::models::landscape::{Landscape, Window};
use crate::scenes::models::reach::Reach;
use crate::scenes::{LaneRun, Lens, Run, View};
use crate::text::t;

/// Level lines of the loss with every lane's path; only for two modes.
pub fn figure<'a>(run: &'a Run, view: View) -> Option<Figure<'a>> {
    let lambda = problem::curvatures(&run.values);
    let [l1, l2] = lambda[..] else { return None };
    let (start, target) = (pair(problem::start(&run.values)), pair(problem::target(&run.values)));
    let loss = |[x, y]: [f64; 2]| 0.5 * (l1 * (x - target[0]).powi(2) + l2 * (y - target[1]).powi(2));
    let slope = |[x, y]: [f64; 2]| [l1 * (x - target[0]), l2 * (y - target[1])];
    let bend = |_: [f64; 2]| [l1, 0.0, l2];
    let landscape = Landscape { value: &loss, gradient: &slope, hessian: &bend };
    let window = frame(run, target);
    let axis = |i: usize, [low, high]: [f64; 2]| Axis::new(rich(&format!("$x_{i}$")), "a.u.").range(low, high);
    let mut panel = Panel::new("map", axis(1, window.x), axis(2, window.y));
    let minimum = landscape.minimum(start)?;
    let size = loss(start).max(loss([window.x[1], target[1]]).min(loss([target[0], window.y[1]])));
    panel.layers.push(landscape.contours(window, loss(minimum), size));
    panel.layers.extend(landscape.axes(minimum, window));
    if let Some(lane) = run.lane(Lens::Sampler).filter(|_| view.lens == Lens::Sampler) {
        density::lay(density::of_plane(lane, window, view), &mut panel.layers);
    }
    for lane in run.lanes.iter().rev().filter(|l| l.lane.present.iter().all(|p| *p)) {
        path(lane, view, &mut panel);
    }
    panel.handles = on_map(run, view);
    let caption = t(
        "Level lines of the loss with the paths of all lanes from one start. Dash-dotted: the axes of the Hessian through the minimum, each in proportion to 1/√λ.",
        "损失等高线与各通道从同一起点出发的路径。点划线：过极小点的黑塞矩阵主轴，长度与 1/√λ 成正比。",
    );
    Some(Figure {
        id: "map",
        title: rich(t("Contour map", "等高线图").get(view.lang)),
        columns: 1,
        caption: density::said(caption.get(view.lang), run, view),
        panels: vec![panel],
    })
}

/// A window about the minimum that holds the start, and the optimizer as long as it stays near.
fn frame(run: &Run, target: [f64; 2]) -> Window {
    let start = pair(problem::start(run.values_at(0)));
    let far = |i: usize| {
        let mode = problem::mode(run.values_at(0), i).map_or(1.0, |m| m.size());
        let own = (start[i] - target[i]).abs().max(mode);
        let column = run.lane(Lens::Optimizer).map_or(&[][..], |l| l.column(Probe::Position(i)));
        let reach = Reach::of(&run.derived, ("map reach", i, own.to_bits()), column, target[i], 2.0 * own);
        reach.near.map(|q| (q - target[i]).abs()).into_iter().filter(|d| d.is_finite()).fold(own, f64::max)
    };
    let (rx, ry) = (1.15 * far(0), (1.15 * far(1)).max(0.35 * 1.15 * far(0)));
    Window { x: [target[0] - rx, target[0] + rx], y: [target[1] - ry, target[1] + ry] }
}

fn path<'a>(lane: &'a LaneRun, view: View, panel: &mut Panel<'a>) {
    let (x, y) = (lane.column(Probe::Position(0)), lane.column(Probe::Position(1)));
    let (ink, name) = (lane.lane.ink, Some(Rich::from(lane.lane.name.get(view.lang))));
    let (dash, weight) = match lane.lane.lens {
        Lens::Optimizer => (Dash::Solid, Weight::Thin),
        Lens::Spring => (Dash::Solid, Weight::Normal),
        Lens::Controller => (Dash::Dashed, Weight::Thin),
        Lens::Sampler => (Dash::Dotted, Weight::Thin),
    };
    let dotted = lane.lane.lens == Lens::Optimizer;
    let of_line = name.clone().filter(|_| !dotted);
    panel.layers.push(Layer::Line(Line { x: x.into(), y: y.into(), name: of_line, ink, dash, weight, marker: None }));
    if dotted {
        let (marker, size) = (Marker::Disc, 1.0);
        panel.layers.push(Layer::Points(Points { x: x.into(), y: y.into(), name, ink, marker, size }));
    }
    if let Some(rows) = brushed(lane, view) {
        panel.layers.push(series::stretch(x, y, rows, lane.lane.lens));
    }
}
