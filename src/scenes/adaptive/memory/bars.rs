//! Memory in bytes: by method, and what a history of gradients would take.

use super::{methods, width};
use crate::figure::{Axis, Dash, Hatch, Ink, Layer, Panel, Region, Tick, rich};
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{axis, decades, label, line, panel};
use crate::scenes::models::modal::log_spaced;
use crate::text::{Text, t};

/// Units of memory, each with its size.
const UNITS: [(&str, f64); 6] = [("B", 1.0), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("PB", 1e15)];

/// Bytes of one array as long as the weights.
fn array(seen: &Seen<'_>) -> f64 {
    let values = &seen.run.values;
    values.get("parameters").round().max(1.0) * width(values)
}

/// The unit in which so many bytes are read best.
fn unit(bytes: f64) -> (&'static str, f64) {
    UNITS.into_iter().rev().find(|(_, size)| bytes >= *size).unwrap_or(UNITS[0])
}

/// An array in a bar: name, colour and ruling.
type Part = (Text, Ink, Option<Hatch>);

/// The arrays of method `i` while a model is trained, in the order in which they are stacked.
fn stacked(i: usize) -> Vec<Part> {
    let keeps = methods::keeps(i);
    let mut out: Vec<Part> =
        vec![(t("weights", "权重"), Ink::Muted, None), (t("gradient", "梯度"), Ink::Muted, Some(Hatch::Falling))];
    let velocity = (t("velocity or mean", "速度或均值"), Ink::Optimizer, Some(Hatch::Dots));
    out.extend(keeps.velocity.then_some(velocity));
    let more = [
        (t("squares", "平方"), Ink::Sampler, Some(Hatch::Rising)),
        (t("one more", "另一个"), Ink::Amber, Some(Hatch::Cross)),
    ];
    out.extend(keeps.slots.iter().zip(more).filter(|(needed, _)| **needed).map(|(_, part)| part));
    out
}

/// Bars of memory, the first method on top.
pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let one = array(seen);
    let (unit, size) = unit(one);
    let rows = methods::COUNT;
    let x = axis(seen, t("memory", "内存"), unit).range(0.0, 6.9 * one / size);
    let mut y = axis(seen, t("method", "方法"), "").range(0.0, rows as f64 + 1.0);
    let mut layers = Vec::new();
    let mut named: Vec<&'static str> = Vec::new();
    for (i, choice) in methods::CHOICES.iter().enumerate() {
        let at = (rows - i) as f64 - 0.5;
        y.marks.push(Tick { at, label: label(seen, choice.name) });
        let half = if seen.index("method") == i { 0.42 } else { 0.3 };
        for (k, (name, ink, hatch)) in stacked(i).into_iter().enumerate() {
            let [left, right] = [k as f64, k as f64 + 1.0].map(|k| k * one / size);
            let name = seen.say(name);
            let new = !named.contains(&name);
            named.extend(new.then_some(name));
            layers.push(Layer::Region(Region {
                x: vec![left, right, right, left].into(),
                y: vec![at - half, at - half, at + half, at + half].into(),
                name: new.then(|| rich(name)),
                ink,
                hatch,
            }));
        }
    }
    let mut panel = panel("memory", x, y);
    panel.layers = layers;
    panel.share = 1.8;
    vec![panel]
}

/// What the method keeps, and what a history would take, over the steps of training.
pub fn history<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let one = array(seen);
    let last = seen.run.horizon.max(2) as f64;
    let steps = log_spaced(1.0, last, 60);
    let kept = methods::keeps(seen.index("method")).count() as f64 * one;
    let (unit, size) = unit(one);
    let x = axis(seen, t("steps of training", "训练步数"), "").log().range(0.9, 1.1 * last);
    let y: Axis = decades(
        axis(seen, t("memory beside the weights", "权重之外的内存"), unit),
        0.0,
        [0.5, last].map(|n| n * one / size),
    );
    let mut panel = panel("history", x, y);
    let all: Vec<f64> = steps.iter().map(|n| n * one / size).collect();
    let name = Some(seen.say(t("all past gradients", "全部历史梯度")));
    panel.layers.push(line(steps.clone(), all, name, Ink::Spring, Dash::Dashed));
    if kept > 0.0 {
        let flat = vec![kept / size; steps.len()];
        let name = methods::CHOICES.get(seen.index("method")).map_or("", |choice| seen.say(choice.name));
        panel.layers.push(line(steps, flat, Some(name), Ink::Optimizer, Dash::Solid));
    }
    vec![panel]
}
