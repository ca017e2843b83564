//! Booked sums against time: how they grow per particle, and their rate with its interval.

use super::measured::lane;
use super::setting::Setting;
use crate::core::Probe;
use crate::core::methods::Books;
use crate::figure::{Axis, Band, Dash, Figure, Ink, Layer, Line, Panel, Rich, Rule, Weight, rich};
use crate::scenes::models::clock::panel;
use crate::scenes::{LaneRun, Lens, Run, View};
use crate::text::{Text, t};

/// A sum that is shown.
struct Shown {
    id: &'static str,
    slot: usize,
    title: Text,
    sum: (Text, &'static str),
    rate: (Text, &'static str),
    caption: Text,
    /// Rate of the scheme, and for a step of no length.
    exact: [Option<f64>; 2],
}

/// Entropy given to the baths.
pub fn entropy<'a>(at: &Setting, run: &'a Run, view: View) -> Figure<'a> {
    let shown = Shown {
        id: "entropy",
        slot: Books::ENTROPY,
        title: t("Entropy production", "熵产生"),
        sum: (t("entropy to the baths", "交给热浴的熵"), ""),
        rate: (t("entropy production", "熵产生率"), "1/s"),
        caption: t(
            "Entropy per particle (units of Boltzmann’s constant) given to the baths since the start, in the stationary state (above), and its mean rate up to then (below), with 95 % intervals from the independent particles; dashed: exact for this scheme and step; dotted: limit of a small step.",
            "平稳态下每个粒子自起始以来交给热浴的熵（以玻尔兹曼常数为单位，上）及到该时刻的平均速率（下），95 % 区间由独立粒子得出；虚线：该格式与步长的精确值；点线：小步长极限。",
        ),
        exact: [at.entropy(), at.continuous_entropy()],
    };
    figure(&shown, run, view)
}

/// Area swept by the radius.
pub fn swept<'a>(at: &Setting, run: &'a Run, view: View) -> Figure<'a> {
    let phase = at.dim() == 1;
    let shown = Shown {
        id: "swept",
        slot: Books::AREA,
        title: t("Area swept", "扫过的面积"),
        sum: (t("area swept", "扫过的面积"), if phase { "m²/s" } else { "m²" }),
        rate: (t("area swept per time", "面积速率"), if phase { "m²/s²" } else { "m²/s" }),
        caption: t(
            "Area that the line from the centre to a particle has swept, counter-clockwise positive (above), and its mean rate (below), half the mean angular momentum of a unit mass, with 95 % intervals from the independent particles; dashed: exact for this scheme and step; dotted: limit of a small step.",
            "中心到粒子的连线所扫过的面积，逆时针为正（上），及其平均速率（下），即单位质量平均角动量的一半，95 % 区间由独立粒子得出；虚线：该格式与步长的精确值；点线：小步长极限。",
        ),
        exact: [at.loops().map(|l| l.swept), at.continuous().map(|l| l.swept)],
    };
    figure(&shown, run, view)
}

fn figure<'a>(shown: &Shown, run: &'a Run, view: View) -> Figure<'a> {
    let panels = match lane(run) {
        Some(lane) => vec![sum(shown, lane, run, view), rate(shown, lane, run, view)],
        None => Vec::new(),
    };
    Figure {
        id: shown.id,
        title: rich(shown.title.get(view.lang)),
        columns: 1,
        caption: shown.caption.get(view.lang).to_owned(),
        panels,
    }
}

/// Clock, mean, and the ends of its 95 % interval, row by row, divided by the clock if `per_time`.
fn columns<'a>(shown: &Shown, lane: &'a LaneRun, run: &Run, per_time: bool) -> [&'a [f64]; 4] {
    let unit = run.seconds;
    let all = lane.derived.column(("booked", 2 * shown.slot + usize::from(per_time), unit.to_bits()), || {
        let [mean, spread] = [Probe::MeanBooked(shown.slot), Probe::SpreadBooked(shown.slot)].map(|p| lane.column(p));
        let root = (lane.lane.start.n().saturating_sub(1).max(1) as f64).sqrt();
        let row = unit / lane.lane.substeps as f64;
        let times: Vec<f64> = (0..mean.len()).map(|i| i as f64 * row).collect();
        let part = |sign: f64| {
            let of = |i: usize| {
                let by = if per_time { times[i] } else { 1.0 };
                // Nothing is known of a rate before the first step.
                let value = (mean[i] + sign * 1.96 * spread[i] / root) / by;
                if value.is_finite() { value } else { f64::NAN }
            };
            (0..mean.len()).map(of).collect::<Vec<_>>()
        };
        let parts = [part(0.0), part(-1.0), part(1.0)].concat();
        times.iter().copied().chain(parts).collect()
    });
    let rows = all.len() / 4;
    [0, 1, 2, 3].map(|k| &all[k * rows..(k + 1) * rows])
}

/// A panel over time in seconds.
fn over_time<'a>(id: &'static str, run: &Run, view: View, (label, unit): (Text, &'static str)) -> Panel<'a> {
    let axis = Axis::new(rich(label.get(view.lang)), unit);
    // Rates are per second, so the clock is that of the lenses that count seconds.
    panel(id, run, View { lens: Lens::Spring, ..view }, axis)
}

fn measured<'a>([x, mean, low, high]: [&'a [f64]; 4], view: View) -> [Layer<'a>; 2] {
    let name = |text: Text| Some(Rich::from(text.get(view.lang)));
    let (ink, dash, weight) = (Ink::Sampler, Dash::Solid, Weight::Normal);
    let interval = name(t("95 % interval", "95 % 区间"));
    let mean_name = name(t("measured", "测量值"));
    [
        Layer::Band(Band { x: x.into(), low: low.into(), high: high.into(), name: interval, ink, hatch: None }),
        Layer::Line(Line { x: x.into(), y: mean.into(), name: mean_name, ink, dash, weight, marker: None }),
    ]
}

/// The sum so far.
fn sum<'a>(shown: &Shown, lane: &'a LaneRun, run: &Run, view: View) -> Panel<'a> {
    let mut panel = over_time("sum", run, view, shown.sum);
    let columns = columns(shown, lane, run, false);
    panel.layers.extend(measured(columns, view));
    let end = run.horizon as f64 * run.seconds;
    if let [Some(rate), _] = shown.exact {
        let name = Some(Rich::from(t("exact", "精确值").get(view.lang)));
        let (ink, dash, weight) = (Ink::Text, Dash::Dashed, Weight::Thin);
        let (x, y) = (vec![0.0, end].into(), vec![0.0, rate * end].into());
        panel.layers.push(Layer::Line(Line { x, y, name, ink, dash, weight, marker: None }));
    }
    let ends = [columns[2], columns[3]].into_iter().flatten().chain(&[0.0]).copied();
    let exact = shown.exact[0].map(|rate| rate * end);
    panel.y = with_range(panel.y, ends.chain(exact));
    panel
}

/// The mean rate so far.
fn rate<'a>(shown: &Shown, lane: &'a LaneRun, run: &Run, view: View) -> Panel<'a> {
    let mut panel = over_time("rate", run, view, shown.rate);
    panel.below = true;
    let columns = columns(shown, lane, run, true);
    panel.layers.extend(measured(columns, view));
    panel.layers.push(Layer::Rule(Rule::Y(0.0, Ink::Faint, Dash::Solid)));
    let [exact, limit] = shown.exact;
    panel.layers.extend(limit.map(|y| Layer::Rule(Rule::Y(y, Ink::Muted, Dash::Dotted))));
    panel.layers.extend(exact.map(|y| Layer::Rule(Rule::Y(y, Ink::Text, Dash::Dashed))));
    // The first tenth is all noise; what follows has to be seen whole, with zero.
    let late = columns[2].len() / 10;
    let ends = [columns[2], columns[3]].into_iter().flat_map(|c| c.get(late.max(1)..).unwrap_or(&[])).copied();
    panel.y = with_range(panel.y, ends.chain(exact).chain([0.0]));
    panel
}

/// The axis over all finite values, with a margin.
fn with_range(axis: Axis, values: impl Iterator<Item = f64>) -> Axis {
    let hold = |[low, high]: [f64; 2], v: f64| [low.min(v), high.max(v)];
    let [low, high] = values.filter(|v| v.is_finite()).fold([f64::INFINITY, f64::NEG_INFINITY], hold);
    let margin = if high > low { 0.12 * (high - low) } else { 1.0 };
    if low <= high { axis.range(low - margin, high + margin) } else { axis.range(-1.0, 1.0) }
}
