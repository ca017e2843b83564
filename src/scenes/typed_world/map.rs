//! The contour map of a loss over the plane: level lines, every lane's path, stationary points.

use super::phase::is_stable;
use super::setting::Setting;
use super::{axes, handles};
use crate::core::Probe;
use crate::figure::{Column, Contours, Dash, Figure, Ink, Layer, Marker, Panel, Points, Rich, Text, Weight, rich};
use crate::formula::Nature;
use crate::scenes::models::density;
use crate::scenes::models::landscape::{Landscape, Window};
use crate::scenes::{Lens, Run, View};
use crate::text::{Lang, t};

/// Nodes along each side of the grid of a short formula.
const MOST: usize = 101;
/// And of the longest.
const FEWEST: usize = 31;
/// And of a window that moves with the clock.
const INSIDE: usize = 41;
/// Instructions at all nodes together that one grid may take.
const WORK: usize = 3_000_000;
/// Level lines.
const LEVELS: usize = 14;

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let window = window(at, run);
    let axis = |i: usize, [low, high]: [f64; 2]| axes::axis(at, i).range(low, high);
    let mut panel = Panel::new("map", axis(0, window.x), axis(1, window.y));
    panel.layers.push(contours(at, run, window));
    panel.layers.extend(principal(at, window));
    if let Some(lane) = run.lane(Lens::Sampler).filter(|_| view.lens == Lens::Sampler) {
        density::lay(density::of_plane(lane, window, view), &mut panel.layers);
    }
    for lane in axes::lanes(run) {
        let (x, y) = (lane.column(Probe::Position(0)), lane.column(Probe::Position(1)));
        panel.layers.extend(axes::path(lane, x, y, view));
    }
    for point in at.points().iter() {
        if let [x, y] = point.at[..] {
            panel.layers.extend(named(point.nature, [x, y], window, view.lang));
        }
    }
    panel.handles = handles::on_plane(at, run, [0, 1], view);
    let drawn = t(
        "Level lines of the loss, evenly spaced in its logarithm above the lowest value shown, with stationary points by their kind; dash-dotted: the axes of the Hessian through the minimum nearest the start, in proportion to 1/√λ.",
        "损失等高线（按高出所示最低值的对数等距）与按类型标注的驻点；点划线：过离起点最近的极小点的黑塞矩阵主轴，长度与 1/√λ 成正比。",
    );
    let space = if view.lang == Lang::En { " " } else { "" };
    Figure {
        id: "map",
        title: rich(t("Contour map", "等高线图").get(view.lang)),
        columns: 1,
        caption: density::said(&[drawn.get(view.lang), axes::legend(at).get(view.lang)].join(space), run, view),
        panels: vec![panel],
    }
}

/// Nodes along each side that the length of the formula allows.
fn side(work: usize) -> usize {
    ((WORK / (work + 1)) as f64).sqrt().clamp(FEWEST as f64, MOST as f64) as usize
}

/// The part of the plane that is shown.
pub fn window(at: &Setting<'_>, run: &Run) -> Window {
    Window { x: axes::extent(at, run, 0), y: axes::extent(at, run, 1) }
}

/// Nodes along each side, and the loss at all of them, row by row from the lowest.
pub fn nodes<'a>(at: &Setting<'_>, run: &'a Run, window: Window) -> (usize, &'a [f64]) {
    let n = side(at.world().work()[0]);
    (n, run.derived.column(("level nodes", n, 0), || grid(at, window, n)))
}

/// The loss at the nodes of a grid, row by row from the lowest.
fn grid(at: &Setting<'_>, window: Window, n: usize) -> Vec<f64> {
    let along = |[low, high]: [f64; 2], i: usize| low + (high - low) * i as f64 / (n - 1) as f64;
    let x: Vec<f64> = (0..n * n).map(|i| along(window.x, i % n)).collect();
    let y: Vec<f64> = (0..n * n).map(|i| along(window.y, i / n)).collect();
    at.losses(&[&x, &y])
}

/// The level lines of the whole map.
pub fn contours<'a>(at: &Setting<'_>, run: &'a Run, window: Window) -> Layer<'a> {
    let (n, values) = nodes(at, run, window);
    let levels = run.derived.column(("levels", n, 0), || levels(values));
    level_lines(window, n, values.into(), levels.to_vec())
}

fn level_lines<'a>(window: Window, n: usize, values: Column<'a>, levels: Vec<f64>) -> Layer<'a> {
    Layer::Contours(Contours {
        x: window.x,
        y: window.y,
        nx: n,
        values,
        levels,
        labels: false,
        name: None,
        ink: Ink::Faint,
        dash: Dash::Solid,
        weight: Weight::Thin,
    })
}

/// Level lines over another window, of a grid of its own.
pub fn lines<'a>(at: &Setting<'_>, window: Window) -> Layer<'a> {
    let n = side(at.world().work()[0]).min(INSIDE);
    let values = grid(at, window, n);
    let levels = levels(&values);
    level_lines(window, n, values.into(), levels)
}

/// Levels that crowd towards the lowest value: its distances grow evenly in their logarithm, from the
/// one below which a hundredth of the nodes lie to the largest.
fn levels(values: &[f64]) -> Vec<f64> {
    let mut finite: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    finite.sort_by(f64::total_cmp);
    let at = |share: f64| finite.get((share * finite.len() as f64) as usize).copied();
    let (Some(low), Some(first), Some(high)) = (at(0.0), at(0.01), finite.last().copied()) else { return Vec::new() };
    let (first, high) = ((first - low).max(1e-6 * (high - low)), high - low);
    if !(first > 0.0 && high > first && high.is_finite()) {
        return Vec::new();
    }
    let ratio = (high / first).ln() / LEVELS as f64;
    (0..LEVELS).map(|k| low + first * (ratio * k as f64).exp()).collect()
}

/// The axes of curvature through the minimum nearest the start.
fn principal<'a>(at: &Setting<'_>, window: Window) -> Vec<Layer<'a>> {
    let Some(minimum) = at.minimum(&at.start()) else { return Vec::new() };
    let [x, y] = minimum.at[..] else { return Vec::new() };
    let value = |[x, y]: [f64; 2]| at.losses(&[&[x], &[y]]).first().copied().unwrap_or(f64::NAN);
    let gradient = |[x, y]: [f64; 2]| match at.force_at(&[x, y])[..] {
        [u, v] => [-u, -v],
        _ => [f64::NAN; 2],
    };
    let hessian = |[x, y]: [f64; 2]| match at.hessian_at(&[x, y])[..] {
        [xx, xy, _, yy] => [xx, xy, yy],
        _ => [f64::NAN; 3],
    };
    Landscape { value: &value, gradient: &gradient, hessian: &hessian }.axes([x, y], window)
}

/// A stationary point with its kind, if it is shown.
pub fn named<'a>(nature: Nature, at: [f64; 2], window: Window, lang: Lang) -> Vec<Layer<'a>> {
    if !window.contains(at) {
        return Vec::new();
    }
    let (ink, marker) = (Ink::Text, if is_stable(nature) { Marker::Diamond } else { Marker::Ring });
    let [x, y] = at;
    let point = Points { x: vec![x].into(), y: vec![y].into(), name: None, ink, marker, size: 1.2 };
    let below = y - window.y[0] > 0.12 * window.size()[1];
    let away = 0.055 * window.size()[1];
    let text = Rich::from(nature.name().get(lang));
    let place = [x, if below { y - away } else { y + away }];
    vec![Layer::Points(point), Layer::Text(Text { at: place, text, ink: Ink::Muted })]
}
