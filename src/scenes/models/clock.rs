//! Views over a clock: their axis, what was changed by hand, and the stretch under inspection.

use std::ops::Range;

use crate::figure::{Axis, Dash, Ink, Layer, Panel, Rich, Rule, Text, rich};
use crate::param::Spec;
use crate::scenes::{LaneRun, Run, View};
use crate::text::{Lang, t};

/// The most changes that get words; all get a rule.
const LABELLED: usize = 8;
/// Heights at which words stand in turn, as shares of the panel from below.
const LEVELS: [f64; 3] = [0.95, 0.86, 0.77];
/// Letters across a panel, about.
const LETTERS: f64 = 62.0;

/// The clock of a lens: its axis, and how many of its units an iteration lasts.
pub fn clock(run: &Run, view: View) -> (Axis, f64) {
    if view.lens.is_physical() {
        (Axis::new(rich(t("time $t$", "时间 $t$").get(view.lang)), "s"), run.seconds)
    } else {
        (Axis::new(rich(t("iteration $n$", "迭代步 $n$").get(view.lang)), ""), 1.0)
    }
}

/// An empty panel over the whole run.
pub fn panel<'a>(id: &'static str, run: &Run, view: View, y: Axis) -> Panel<'a> {
    let (x, unit) = clock(run, view);
    let mut panel = Panel::new(id, x.range(0.0, run.horizon as f64 * unit), y);
    panel.clock = Some(unit);
    panel
}

/// The rows of a lane that belong to the stretch under inspection, both ends included.
pub fn brushed(lane: &LaneRun, view: View) -> Option<Range<usize>> {
    let [first, last] = view.brush?.map(|n| usize::try_from(n.saturating_mul(lane.lane.substeps)).ok());
    let rows = first?..last?.saturating_add(1).min(lane.trace.len());
    (rows.len() > 1).then_some(rows)
}

/// A rule at every change made while the run went, the first of them and every so many others with
/// words: what holds from there on. Needs the panel's vertical range.
pub fn mark_changes(panel: &mut Panel<'_>, run: &Run, view: View, words: bool) {
    let unit = clock(run, view).1;
    let changes: Vec<_> = run.changes().collect();
    let every = changes.len().div_ceil(LABELLED).max(1);
    for (i, (at, changed)) in changes.iter().enumerate() {
        let x = *at as f64 * unit;
        panel.layers.push(Layer::Rule(Rule::X(x, Ink::Muted, Dash::Dashed)));
        if words && i % every == 0 {
            let text = change(changed, view.lang);
            say_beside(panel, x, LEVELS[i / every % LEVELS.len()], text, Ink::Muted);
        }
    }
}

/// Puts words beside a rule at `x`, at a share of the height, on the side where there is room. Needs
/// the panel's ranges.
pub fn say_beside(panel: &mut Panel<'_>, x: f64, height: f64, text: Rich, ink: Ink) {
    let scale = panel.y.scale;
    let (Some([left, right]), Some([low, high])) = (panel.x.range, panel.y.range) else { return };
    let (Some(low), Some(high)) = (scale.forward(low), scale.forward(high)) else { return };
    let y = scale.back(low + height * (high - low));
    let half = (0.5 * text.plain().chars().count() as f64 + 1.0) / LETTERS * (right - left);
    let at = [if x + 2.0 * half > right { x - half } else { x + half }, y];
    panel.layers.push(Layer::Text(Text { at, text, ink }));
}

/// `β = 0.9, η = 0.1`: what a change sets.
pub fn change(changed: &[(&'static Spec, f64)], lang: Lang) -> Rich {
    let word = |(spec, value): &(&'static Spec, f64)| {
        let name = if spec.symbol.is_empty() { spec.name.get(lang) } else { spec.symbol };
        format!("{name} = {}", spec.text(*value).replace('-', "−"))
    };
    rich(&changed.iter().map(word).collect::<Vec<_>>().join(", "))
}
