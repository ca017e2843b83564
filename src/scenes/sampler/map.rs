//! The cloud over a landscape of two coordinates, beside the exact density in the same colours.

use super::draw::{hand, line, position, reach, said};
use super::gauges::cloud;
use super::setting::Setting;
use crate::core::Probe;
use crate::figure::{Colormap, Contours, Dash, Figure, HeatMap, Ink, Layer, Panel, Weight};
use crate::scenes::{Lens, Run, View};
use crate::text::t;
use crate::theory::density::PlaneDensity;

/// Cells along each side in which particles are counted.
const CELLS: usize = 40;
/// Level lines of the exact density, as shares of its top.
const LEVELS: [f64; 5] = [0.02, 0.1, 0.3, 0.6, 0.9];

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let window = [reach(at, run, 0), reach(at, run, 1)];
    let exact = at.exact();
    let plane = exact.as_ref().and_then(|e| e.plane.as_ref());
    let mut first = blank("cloud", window, view);
    let counted = cloud(run).map_or_else(Vec::new, |lane| {
        let state = lane.state_at(view.now);
        counts(state.coordinate(0), state.coordinate(1), window)
    });
    let highest = counted.iter().copied().filter(|c| c.is_finite()).fold(0.0, f64::max);
    let top = plane.map_or(highest, |p| p.values.iter().copied().fold(0.0, f64::max)).max(1e-300);
    if !counted.is_empty() {
        first.layers.push(heat(window, CELLS, counted, top, view));
    }
    first.layers.extend(plane.map(|p| levels(p, top)));
    for lens in [Lens::Spring, Lens::Optimizer] {
        let Some(lane) = run.lane(lens) else { continue };
        let (ink, dash) = hand(lens);
        let path = [0, 1].map(|i| lane.column(Probe::Position(i)));
        let name = Some(said(lane.lane.name, view));
        first.layers.push(line(path[0], path[1], name, (ink, dash, Weight::Normal)));
    }
    first.handles.push(super::handles::on_plane(run, view));
    let mut panels = vec![first];
    panels.extend(plane.map(|plane| {
        let mut second = blank("exact", window, view);
        second.layers.push(heat(window, 2 * CELLS, nearest(plane, window), top, view));
        second.layers.push(levels(plane, top));
        second
    }));
    let text = t(
        "Left: the cloud at one iteration as a density, with the paths of optimizer and flow; right: e^(−U/T)/Z by quadrature. Both in one scale of colours; lines: 2, 10, 30, 60 and 90 % of the top of the exact density.",
        "左：某一步粒子云的密度，附优化器与哈密顿流的轨迹；右：求积得到的 e^(−U/T)/Z。两图同一色标；等值线为精确密度峰值的 2、10、30、60、90 %。",
    );
    Figure {
        id: "map",
        title: said(t("Cloud on the landscape", "势能面上的粒子云"), view),
        columns: 2,
        caption: text.get(view.lang).into(),
        panels,
    }
}

fn blank<'a>(id: &'static str, [x, y]: [[f64; 2]; 2], view: View) -> Panel<'a> {
    Panel::new(id, position(0, view).range(x[0], x[1]), position(1, view).range(y[0], y[1]))
}

/// Particles per cell as a density normalised to one over all of them; blank where there is none.
fn counts(x: &[f64], y: &[f64], window: [[f64; 2]; 2]) -> Vec<f64> {
    let mut out = vec![0.0; CELLS * CELLS];
    let size: Vec<f64> = window.iter().map(|[low, high]| (high - low) / CELLS as f64).collect();
    let unit = 1.0 / (x.len() as f64 * size[0] * size[1]);
    for (x, y) in x.iter().zip(y) {
        let place = [(x - window[0][0]) / size[0], (y - window[1][0]) / size[1]];
        let inside = place.iter().all(|p| (0.0..CELLS as f64).contains(p));
        if let Some(cell) = out.get_mut(place[1] as usize * CELLS + place[0] as usize).filter(|_| inside) {
            *cell += unit;
        }
    }
    out.into_iter().map(|c| if c > 0.0 { c } else { f64::NAN }).collect()
}

/// The exact density in the middle of finer cells; blank where it is next to nothing.
fn nearest(plane: &PlaneDensity, window: [[f64; 2]; 2]) -> Vec<f64> {
    let (cells, nodes) = (2 * CELLS, PlaneDensity::SIDE);
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

fn heat<'a>(window: [[f64; 2]; 2], nx: usize, values: Vec<f64>, top: f64, view: View) -> Layer<'a> {
    Layer::HeatMap(HeatMap {
        x: window[0],
        y: window[1],
        nx,
        values: values.into(),
        range: [0.0, 1.25 * top],
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
