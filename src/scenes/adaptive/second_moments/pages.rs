//! What the methods remember on the bowl, and what it does to their steps.

use super::methods::{self, ADADELTA, COUNT, Coefficients};
use crate::core::Probe;
use crate::figure::{Colormap, Dash, HeatMap, Ink, Layer, Marker, Panel, Tick, rich};
use crate::scenes::exhibit::draw::{
    DASHES, axis, decades, lanes_over_time, line, over_time, points, series, spanning, upright,
};
use crate::scenes::models::clock;
use crate::scenes::{LaneRun, Seen};
use crate::text::{Text, t};

/// Cells of a stripe at most.
const CELLS: usize = 400;
/// The least second moment that is told from nothing.
const LEAST: f64 = 1e-12;

/// The second moment a lane remembers of coordinate `k`, row by row; row 0 holds nothing yet.
fn moment(lane: &LaneRun, k: usize) -> &[f64] {
    lane.column(Probe::Remembered(0, k))
}

/// log₁₀ of the second moments, one row of `cells` for every method and coordinate, the first method on top.
fn logarithms(seen: &Seen<'_>, cells: usize) -> Vec<f64> {
    let rows = seen.run.lanes.iter().rev().flat_map(|lane| [(lane, 1), (lane, 0)]);
    let horizon = seen.run.horizon.max(1);
    let read = |lane: &LaneRun, k: usize, cell: usize| {
        // A cell shows the moment at its right edge, after a step at least.
        let row = (cell as u64 + 1) * horizon / cells as u64;
        let w = moment(lane, k).get(row as usize).copied().unwrap_or(f64::NAN);
        if w > LEAST { w.log10() } else { f64::NAN }
    };
    rows.flat_map(|(lane, k)| (0..cells).map(move |cell| read(lane, k, cell))).collect()
}

/// The second moments as stripes over the clock.
pub fn stripes<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let unit = clock::clock(seen.run, seen.view).1;
    let cells = (seen.run.horizon.max(1) as usize).min(CELLS);
    let rows = 2 * seen.run.lanes.len();
    let mut y = axis(seen, t("$x_1$ above $x_2$", "$x_1$ 在上，$x_2$ 在下"), "").range(0.0, rows.max(1) as f64);
    for (i, name) in methods::SHORT.into_iter().enumerate().take(seen.run.lanes.len()) {
        y.marks.push(Tick { at: (rows - 2 * i) as f64 - 1.0, label: rich(seen.say(name)) });
    }
    let mut panel = over_time("stripes", seen, y);
    let values = logarithms(seen, cells);
    let finite = values.iter().copied().filter(|x| x.is_finite());
    let [low, high] = finite.fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], x| [a.min(x), b.max(x)]);
    let range = if low < high { [low, high] } else { [-1.0, 1.0] };
    panel.layers.push(Layer::HeatMap(HeatMap {
        x: [0.0, seen.run.horizon as f64 * unit],
        y: [0.0, rows as f64],
        nx: cells,
        values: values.into(),
        range,
        map: Colormap::Viridis,
        label: rich(seen.say(t("decimal log of second moment", "二阶矩的常用对数"))),
    }));
    for i in 1..seen.run.lanes.len() {
        panel.layers.push(crate::scenes::exhibit::draw::level(2.0 * i as f64, Ink::Ground, Dash::Solid));
    }
    panel.layers.push(upright(seen.get("when") * unit, Ink::Danger, Dash::Dashed));
    panel.legend = false;
    vec![panel]
}

/// What one unit of gradient along coordinate `k` moves after every step of method `i`.
pub fn rates<'a>(seen: &Seen<'a>, i: usize, k: usize) -> &'a [f64] {
    let Some(lane) = seen.lane(i) else { return &[] };
    let (w, u) = (moment(lane, k), lane.column(Probe::Remembered(1, k)));
    lane.derived.grown(("effective rate", k, i as u64), |column| {
        for (n, w) in w.iter().enumerate().skip(column.len()) {
            let c = Coefficients::of(seen.run.values_at((n as u64).saturating_sub(1)));
            let u = u.get(n).copied().unwrap_or(0.0);
            let known = n > 0 && (i == ADADELTA || *w > 0.0);
            column.push(if known { methods::rate(i, c, n as u64, *w, u) } else { f64::NAN });
        }
    })
}

/// Effective rates over the clock, coordinate by coordinate.
pub fn rate<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let unit = clock::clock(seen.run, seen.view).1;
    let labels: [Text; 2] =
        [t("effective rate, $x_1$", "有效学习率，$x_1$"), t("effective rate, $x_2$", "有效学习率，$x_2$")];
    let one = |(k, label): (usize, Text)| {
        let all = (0..COUNT).flat_map(|i| rates(seen, i, k).iter().copied()).filter(|x| *x < 1e4);
        let id = ["first", "second"][k];
        let mut panel = over_time(id, seen, decades(axis(seen, label, ""), 1e-9, all.chain([0.01])));
        for (i, lane) in seen.run.lanes.iter().enumerate() {
            let (times, y) = (lane.times(unit), rates(seen, i, k));
            let rows = times.len().min(y.len());
            panel.layers.push(series(&times[..rows], &y[..rows], Some(seen.say(lane.lane.name)), lane.lane.ink, i));
        }
        panel.layers.push(upright(seen.get("when") * unit, Ink::Muted, Dash::Dotted));
        clock::mark_changes(&mut panel, seen.run, seen.view, true);
        (panel.below, panel.legend) = (k > 0, k == 0);
        panel
    };
    labels.into_iter().enumerate().map(one).collect()
}

/// Squared gradients of the method looked at, step by step: from the second moment before and after.
fn squares<'a>(seen: &Seen<'a>, i: usize, k: usize) -> &'a [f64] {
    let Some(lane) = seen.lane(i) else { return &[] };
    let w = moment(lane, k);
    lane.derived.grown(("squared gradients", k, i as u64), |column| {
        for n in column.len()..w.len() {
            let rho = seen.run.values_at((n as u64).saturating_sub(1)).get("memory");
            // There is no memory before the first step, whatever the array holds.
            let before = if n > 1 { w[n - 1] } else { 0.0 };
            let squared = if i == methods::ADAGRAD { w[n] - before } else { (w[n] - rho * before) / (1.0 - rho) };
            column.push(if n > 0 { squared } else { f64::NAN });
        }
    })
}

/// The method looked at, coordinate by coordinate.
pub fn chosen<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let i = seen.index("method");
    let unit = clock::clock(seen.run, seen.view).1;
    let labels: [Text; 2] =
        [t("squared gradient, $x_1$", "梯度平方，$x_1$"), t("squared gradient, $x_2$", "梯度平方，$x_2$")];
    let one = |(k, label): (usize, Text)| {
        let Some(lane) = seen.lane(i) else { return over_time("none", seen, axis(seen, label, "")) };
        let (w, g) = (moment(lane, k), squares(seen, i, k));
        let all = w.iter().chain(g).copied().filter(|x| *x < 1e12);
        let id = ["first", "second"][k];
        let mut panel = over_time(id, seen, decades(axis(seen, label, ""), 1e-6, all.chain([1.0])));
        let times = lane.times(unit);
        let rows = times.len().min(w.len()).min(g.len());
        let dots = points(
            &times[..rows],
            &g[..rows],
            Some(seen.say(t("squared gradient", "梯度平方"))),
            Ink::Muted,
            Marker::Disc,
        );
        panel.layers.push(match dots {
            Layer::Points(dots) => Layer::Points(crate::figure::Points { size: 0.5, ..dots }),
            other => other,
        });
        let name = format!("{}, {}", seen.say(lane.lane.name), seen.say(t("second moment", "二阶矩")));
        panel.layers.push(line(&times[..rows], &w[..rows], Some(&name), lane.lane.ink, DASHES[0]));
        panel.layers.push(upright(seen.get("when") * unit, Ink::Muted, Dash::Dotted));
        clock::mark_changes(&mut panel, seen.run, seen.view, true);
        (panel.below, panel.legend) = (k > 0, k == 0);
        panel
    };
    labels.into_iter().enumerate().map(one).collect()
}

/// The loss over the clock.
pub fn loss<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let all = seen.run.lanes.iter().flat_map(|lane| lane.column(Probe::Potential).iter().copied());
    let shown: Vec<f64> = all.filter(|x| *x < 1e12).map(|x| x.max(1e-9)).collect();
    let y = if shown.is_empty() {
        spanning(axis(seen, t("loss", "损失"), ""), [])
    } else {
        decades(axis(seen, t("loss", "损失"), ""), 1e-9, shown.into_iter().chain([1.0]))
    };
    let mut panel = over_time("loss", seen, y);
    panel.layers = lanes_over_time(seen, |lane| lane.column(Probe::Potential));
    panel.layers.push(upright(seen.get("when") * clock::clock(seen.run, seen.view).1, Ink::Muted, Dash::Dotted));
    clock::mark_changes(&mut panel, seen.run, seen.view, true);
    vec![panel]
}
