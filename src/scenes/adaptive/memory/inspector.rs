//! The numbers that are the state at one moment, and those that are gone.

use super::{WHOLE, methods};
use crate::core::State;
use crate::figure::{Axis, Ink, Layer, Panel, Region, Tick, rich};
use crate::param::show_number;
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{axis, label, words};
use crate::text::{Text, fill, t};

/// A kept array: what it is, its numbers, its colour.
struct Row {
    name: Text,
    numbers: Vec<f64>,
    ink: Ink,
}

/// The arrays that method `i` needs of a state, weights first.
fn rows(i: usize, state: &State) -> Vec<Row> {
    let (keeps, names) = (methods::keeps(i), methods::names(i));
    let mut out = vec![Row { name: t("weight $x$", "权重 $x$"), numbers: state.q.clone(), ink: Ink::Muted }];
    out.extend(keeps.velocity.then(|| Row { name: names[0], numbers: state.v.clone(), ink: Ink::Optimizer }));
    let inks = [Ink::Sampler, Ink::Amber];
    // Before the first step there is no memory yet: all of it is 0.
    let slot = |k: usize| state.slots.get(k).cloned().unwrap_or_else(|| vec![0.0; state.q.len()]);
    for (k, _) in keeps.slots.iter().enumerate().filter(|(_, needed)| **needed) {
        let (name, ink) = (names.get(k + 1).copied().unwrap_or(names[2]), inks[k.min(1)]);
        out.push(Row { name, numbers: slot(k), ink });
    }
    out
}

/// The state of the whole run as a table.
pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let state = seen.lane(WHOLE).map(|lane| lane.state_at(seen.view.now));
    let rows = state.map_or_else(Vec::new, |state| rows(seen.index("method"), &state));
    let count = rows.len();
    let top = count as f64 + 1.0;
    let mut x: Axis = axis(seen, t("parameter", "参数"), "").range(0.0, 2.0);
    x.marks = (0..2).map(|k| Tick { at: k as f64 + 0.5, label: rich(&format!("$x_{}$", k + 1)) }).collect();
    let mut y: Axis = axis(seen, t("kept", "保留"), "").range(0.0, top);
    let gone = t("past gradients", "历史梯度");
    y.marks.push(Tick { at: 0.5, label: label(seen, gone) });
    let mut layers = Vec::new();
    for (r, row) in rows.into_iter().enumerate() {
        let at = (count - r) as f64 + 0.5;
        y.marks.push(Tick { at, label: label(seen, row.name) });
        layers.push(Layer::Region(Region {
            x: vec![0.02, 1.98, 1.98, 0.02].into(),
            y: vec![at - 0.4, at - 0.4, at + 0.4, at + 0.4].into(),
            name: None,
            ink: row.ink,
            hatch: None,
        }));
        for (k, number) in row.numbers.iter().take(2).enumerate() {
            layers.push(words([k as f64 + 0.5, at], &show_number(*number), Ink::Text));
        }
    }
    let text =
        seen.tell(t("{} gradients per parameter: not kept", "每个参数 {} 个梯度：不保留"), &[seen.view.now as f64]);
    layers.push(words([1.0, 0.5], &text, Ink::Muted));
    let mut panel = Panel::new("inspector", x, y);
    (panel.layers, panel.legend) = (layers, false);
    vec![panel]
}

/// The state in words.
pub fn caption(seen: &Seen<'_>) -> String {
    let i = seen.index("method");
    let name = methods::CHOICES.get(i).map_or("", |choice| seen.say(choice.name));
    let text = t(
        "All that the rest of the run depends on after step {}, under the method “{}”: {} numbers per parameter beside the weight. The past gradients are in them, and nowhere else.",
        "第 {} 步之后，运行的其余部分所依赖的一切（方法：{}）：除权重外每个参数 {} 个数。过去的梯度都在其中，别处不再保存。",
    );
    fill(seen.say(text), &[&seen.view.now.to_string(), name, &methods::keeps(i).count().to_string()])
}
