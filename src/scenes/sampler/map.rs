//! The cloud over a landscape of two coordinates, beside the exact density in the same colours.

use super::draw::{hand, line, position, reach, said};
use super::gauges::cloud;
use super::setting::Setting;
use crate::core::Probe;
use crate::figure::{Colormap, Contours, Dash, Figure, HeatMap, Ink, Layer, Panel, Weight};
use crate::scenes::models::density;
use crate::scenes::models::landscape::Window;
use crate::scenes::{Lens, Run, View};
use crate::text::t;
use crate::theory::density::PlaneDensity;

/// Cells along each side of the exact density.
const CELLS: usize = 80;
/// How far the colours go, in tops of the exact density: a cell of few particles may hold more.
const ABOVE: f64 = 1.25;
/// Level lines of the exact density, as shares of its top.
const LEVELS: [f64; 5] = [0.02, 0.1, 0.3, 0.6, 0.9];

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let window = Window { x: reach(at, run, 0), y: reach(at, run, 1) };
    let exact = at.exact();
    let plane = exact.as_ref().and_then(|e| e.plane.as_ref());
    let top = plane.map(|p| p.values.iter().copied().fold(0.0, f64::max).max(1e-300));
    let mut first = blank("cloud", window, view);
    let mut seen = cloud(run).and_then(|lane| density::of_plane(lane, window, view));
    if let Some(top) = top {
        seen = seen.map(|cloud| cloud.up_to(ABOVE * top));
    }
    density::lay(seen, &mut first.layers);
    first.layers.extend(plane.zip(top).map(|(p, top)| levels(p, top)));
    for lens in [Lens::Spring, Lens::Optimizer] {
        let Some(lane) = run.lane(lens) else { continue };
        let (ink, dash) = hand(lens);
        let path = [0, 1].map(|i| lane.column(Probe::Position(i)));
        let name = Some(said(lane.lane.name, view));
        first.layers.push(line(path[0], path[1], name, (ink, dash, Weight::Normal)));
    }
    first.handles.push(super::handles::on_plane(run, view));
    let mut panels = vec![first];
    panels.extend(plane.zip(top).map(|(plane, top)| {
        let mut second = blank("exact", window, view);
        second.layers.push(heat(window, nearest(plane, window), top, view));
        second.layers.push(levels(plane, top));
        second
    }));
    let colours = t(
        "Left: the cloud at one iteration as a density, with the paths of optimizer and flow; right: e^(−U/T)/Z by quadrature. Both in one scale of colours; lines: 2, 10, 30, 60 and 90 % of the top of the exact density.",
        "左：某一步粒子云的密度，附优化器与哈密顿流的轨迹；右：求积得到的 e^(−U/T)/Z。两图同一色标；等值线为精确密度峰值的 2、10、30、60、90 %。",
    );
    let dots = t(
        "Left: the particles of the cloud at one iteration, with the paths of optimizer and flow; right: e^(−U/T)/Z by quadrature. Lines: 2, 10, 30, 60 and 90 % of the top of the exact density.",
        "左：某一步粒子云中的各个粒子，附优化器与哈密顿流的轨迹；右：求积得到的 e^(−U/T)/Z。等值线为精确密度峰值的 2、10、30、60、90 %。",
    );
    let text = if cloud(run).is_some_and(|l| l.lane.start.n() <= density::MOST) { dots } else { colours };
    Figure {
        id: "map",
        title: said(t("Cloud on the landscape", "势能面上的粒子云"), view),
        columns: 2,
        caption: text.get(view.lang).into(),
        panels,
    }
}

fn blank<'a>(id: &'static str, Window { x, y }: Window, view: View) -> Panel<'a> {
    Panel::new(id, position(0, view).range(x[0], x[1]), position(1, view).range(y[0], y[1]))
}

/// The exact density in the middle of the cells; blank where it is next to nothing.
fn nearest(plane: &PlaneDensity, window: Window) -> Vec<f64> {
    let (cells, nodes, window) = (CELLS, PlaneDensity::SIDE, [window.x, window.y]);
    let place = |axis: usize, i: usize| {
        let [low, high] = window[axis];
        let at = low + (high - low) * (i as f64 + 0.5) / cells as f64;
        let [first, last] = plane.window[axis];
        ((at - first) / (last - first) * (nodes - 1) as f64).round()
    };
    let top = plane.values.iter().copied().fold(0.0, f64::max);
    let value = |i: usize| {
        let at = [place(0, i % cells), place(1, i / cells)];
        let inside = at.iter().all(|p| (0.0..nodes as f64).contains(p));
        let p = plane.values.get(at[1] as usize * nodes + at[0] as usize).copied().filter(|_| inside).unwrap_or(0.0);
        if p > 1e-3 * top { p } else { f64::NAN }
    };
    (0..cells * cells).map(value).collect()
}

fn heat<'a>(window: Window, values: Vec<f64>, top: f64, view: View) -> Layer<'a> {
    Layer::HeatMap(HeatMap {
        x: window.x,
        y: window.y,
        nx: CELLS,
        values: values.into(),
        range: [0.0, ABOVE * top],
        map: Colormap::Viridis,
        label: said(t("probability density", "概率密度"), view),
    })
}

fn levels<'a>(plane: &PlaneDensity, top: f64) -> Layer<'a> {
    Layer::Contours(Contours {
        x: plane.window[0],
        y: plane.window[1],
        nx: PlaneDensity::SIDE,
        values: plane.values.clone().into(),
        levels: LEVELS.iter().map(|share| share * top).collect(),
        labels: false,
        name: None,
        ink: Ink::Muted,
        dash: Dash::Solid,
        weight: Weight::Thin,
    })
}
