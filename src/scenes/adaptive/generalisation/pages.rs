//! The views of generalisation.

use super::task::{self, ADAM_L2, ADAMW, COUNT, DECAYED, FEATURES, INKS, NAMES};
use super::{PLACES, trials};
use crate::core::Probe;
use crate::figure::{Axis, Dash, Ink, Layer, Marker, Panel, Tick, rich};
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{
    DASHES, MARKERS, axis, bars, decades, hatched, level, line, marked, measured, over_time, panel, points, spanning,
    thin, upright,
};
use crate::scenes::models::clock;
use crate::text::{Text, t};

/// Losses above this diverge and are not drawn.
const MOST: f64 = 1e3;

fn drawn(u: f64) -> f64 {
    if u < MOST { u } else { f64::NAN }
}

fn loss_axis(seen: &Seen<'_>, values: impl IntoIterator<Item = f64>) -> Axis {
    decades(axis(seen, t("mean loss", "平均损失"), ""), 1e-6, values.into_iter().map(drawn))
}

/// Losses of unseen and of seen rows over the clock.
pub fn losses<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let unit = clock::clock(seen.run, seen.view).1;
    let all = seen.run.lanes.iter().flat_map(|lane| [task::unseen(seen, lane), task::seen_rows(lane)]);
    let mut panel = over_time("losses", seen, loss_axis(seen, all.flatten().copied()));
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        let (x, name, ink) = (lane.times(unit), seen.say(lane.lane.name), lane.lane.ink);
        let [unseen, known] = [task::unseen(seen, lane), task::seen_rows(lane)];
        let rows = x.len().min(unseen.len()).min(known.len());
        panel.layers.push(line(&x[..rows], &unseen[..rows], Some(name), ink, DASHES[i % DASHES.len()]));
        panel.layers.push(thin(&x[..rows], &known[..rows], ink, DASHES[i % DASHES.len()]));
    }
    let noise = seen.get("noise");
    panel.layers.push(level(0.5 * noise * noise, Ink::Faint, Dash::Solid));
    clock::mark_changes(&mut panel, seen.run, seen.view, true);
    vec![panel]
}

/// Loss of unseen rows over the decay.
pub fn decays<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (sets, at) = (seen.index("sets"), trials::decays());
    let (found, theory) = (trials::measured(seen), trials::predicted(seen, seen.index("signal")));
    let means = |all: &[f64], i: usize| -> Vec<[f64; 2]> {
        (0..trials::TRIED).map(|k| trials::mean(trials::cell(all, sets, i, k))).collect()
    };
    let all = (0..DECAYED).flat_map(|i| [means(found, i), means(theory, i)].concat()).map(|m| m[0]);
    let x = axis(seen, t("weight decay $w$", "权重衰减 $w$"), "").log();
    let x = x.range(trials::DECAYS[0] / 1.5, trials::DECAYS[1] * 1.5);
    let mut panel = panel("decays", x, loss_axis(seen, all));
    for i in 0..DECAYED {
        let (name, ink) = (seen.say(NAMES[i]), INKS[i]);
        let y: Vec<f64> = means(theory, i).iter().map(|m| drawn(m[0])).collect();
        panel.layers.push(line(at.clone(), y, Some(name), ink, DASHES[i]));
        let marks = means(found, i);
        let side = |sign: f64| -> Vec<f64> { marks.iter().map(|[m, e]| drawn(m + sign * 2.0 * e)).collect() };
        // Side by side, so that intervals can be told apart.
        let x: Vec<f64> = at.iter().map(|w| w * libm::pow(1.06, i as f64 - 1.0)).collect();
        let y: Vec<f64> = marks.iter().map(|m| drawn(m[0])).collect();
        let bars = measured(x.clone(), y.clone(), [side(-1.0), side(1.0)], None, ink);
        panel.layers.push(marked(bars, MARKERS[i]));
        let best = trials::best(found, sets, i);
        if let (Some(x), Some(y)) = (x.get(best), y.get(best).filter(|y| y.is_finite())) {
            panel.layers.push(ring(*x, *y));
        }
    }
    panel.layers.push(upright(seen.get("decay"), Ink::Faint, Dash::Dotted));
    vec![panel]
}

fn ring<'a>(x: f64, y: f64) -> Layer<'a> {
    let mut ring = points(vec![x], vec![y], None, Ink::Text, Marker::Ring);
    if let Layer::Points(ring) = &mut ring {
        ring.size = 2.2;
    }
    ring
}

/// By how much AdamW is ahead, for every place of the signal.
pub fn gaps<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (sets, here) = (seen.index("sets"), seen.index("signal"));
    let theory = trials::gaps(seen);
    let run = trials::gap(trials::measured(seen), sets, ADAMW, ADAM_L2);
    let ends = theory.iter().chain([&run]).flat_map(|[m, e]| [m - 2.0 * e, m + 2.0 * e, 0.0]);
    let y = spanning(axis(seen, t("loss, AdamW − Adam + L2", "损失，AdamW 减 Adam + L2"), ""), ends.map(drawn));
    let mut x = axis(seen, t("signal", "信号"), "").range(0.5, 3.5);
    let short = [t("small", "小尺度"), t("large", "大尺度"), t("all", "全部")];
    x.marks = short.iter().zip(1..).map(|(s, k)| Tick { at: f64::from(k), label: rich(seen.say(*s)) }).collect();
    let mut panel = panel("gaps", x, y);
    panel.layers.push(level(0.0, Ink::Faint, Dash::Solid));
    let mark = |x: f64, [m, e]: [f64; 2], name, ink, marker| {
        let ends = [vec![drawn(m - 2.0 * e)], vec![drawn(m + 2.0 * e)]];
        marked(measured(vec![x], vec![drawn(m)], ends, name, ink), marker)
    };
    for (k, gap) in theory.into_iter().enumerate().take(PLACES.len()) {
        let name = (k == 0).then(|| seen.say(t("resting points", "静止点")));
        panel.layers.push(mark(k as f64 + 0.9, gap, name, Ink::Amber, Marker::Square));
    }
    let name = Some(seen.say(t("runs", "实际运行")));
    panel.layers.push(mark(here as f64 + 1.1, run, name, Ink::Controller, Marker::Disc));
    vec![panel]
}

/// Mean weights by the size of their features.
pub fn weights<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let source = task::source(&seen.run.values, seen.index("signal"));
    let sign = |j: usize| if j.is_multiple_of(2) { 1.0 } else { -1.0 };
    let scaled = |q: Vec<f64>| -> Vec<f64> {
        q.iter().enumerate().map(|(j, q)| drawn(source.scales.get(j).map_or(0.0, |s| sign(j) * s * q))).collect()
    };
    let x = axis(seen, t("size of the feature $s$", "特征尺度 $s$"), "").log();
    let ends = [source.scales.first(), source.scales.last()].map(|s| s.copied().unwrap_or(1.0));
    let target = scaled(source.weights.clone());
    let now = seen.view.now;
    let mean = |i: usize| scaled((0..FEATURES).map(|j| seen.at(i, Probe::MeanPosition(j), now)).collect());
    let all = (0..COUNT).flat_map(mean).chain(target.iter().copied());
    let y = spanning(axis(seen, t("weight × size", "权重 × 尺度"), ""), all);
    let mut panel = panel("weights", x.range(ends[0] / 1.15, ends[1] * 1.15), y);
    panel.layers.push(points(
        source.scales.clone(),
        target,
        Some(seen.say(t("target", "目标"))),
        Ink::Text,
        MARKERS[3],
    ));
    for i in 0..DECAYED {
        let (name, ink) = (seen.say(NAMES[i]), INKS[i]);
        if i != ADAM_L2 {
            panel.layers.push(line(source.scales.clone(), scaled(resting(seen, i)), None, ink, DASHES[i]));
        }
        panel.layers.push(points(source.scales.clone(), mean(i), Some(name), ink, MARKERS[i]));
    }
    vec![panel]
}

/// The mean over the data sets of where method `i` rests under the decay of the scene.
pub fn resting(seen: &Seen<'_>, i: usize) -> Vec<f64> {
    let all = seen.run.derived.column(("resting", i, 0), || {
        let values = &seen.run.values;
        let source = task::source(values, values.index("signal"));
        let field = task::regressions(&source, values, seen.run.seed);
        let (sets, mut sum) = (values.index("sets"), vec![0.0; FEATURES]);
        for p in 0..sets {
            let q = trials::resting(&field, p, i, values.get("decay")).unwrap_or(vec![f64::NAN; FEATURES]);
            sum.iter_mut().zip(q).for_each(|(sum, q)| *sum += q / sets as f64);
        }
        sum
    });
    all.to_vec()
}

/// What the loss of unseen rows is made of.
pub fn parts<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let source = task::source(&seen.run.values, seen.index("signal"));
    let all: Vec<[f64; 2]> = seen
        .run
        .lanes
        .iter()
        .map(|lane| {
            let row = usize::try_from(seen.view.now.min(lane.done())).unwrap_or(0);
            task::parts(&source, lane, row.min(lane.trace.len().saturating_sub(1))).map(drawn)
        })
        .collect();
    let y = axis(seen, t("part of the loss", "损失的一部分"), "");
    let top = all.iter().flatten().copied().filter(|u| u.is_finite()).fold(1e-3, f64::max);
    let mut x = axis(seen, t("method", "方法"), "").range(0.4, COUNT as f64 + 0.6);
    let short = [NAMES[0], NAMES[1], NAMES[2], t("no decay", "无衰减")];
    x.marks = short.iter().zip(1..).map(|(s, k)| Tick { at: f64::from(k), label: rich(seen.say(*s)) }).collect();
    let mut panel = panel("parts", x, y.range(0.0, 1.08 * top));
    for (side, name) in [t("bias", "偏差"), t("spread", "离散")].into_iter().enumerate() {
        let known = || all.iter().enumerate().filter(|(_, part)| part[side].is_finite());
        let at = known().map(|(i, _)| i as f64 + 0.84 + 0.32 * side as f64).collect();
        let heights = known().map(|(_, part)| part[side]).collect();
        let bar = bars(at, heights, 0.3, Some(seen.say(name)), [Ink::Optimizer, Ink::Amber][side]);
        panel.layers.push(if side == 0 { bar } else { hatched(bar) });
    }
    vec![panel]
}

/// Losses of SGD + L2 with four memories, at one step size and at equal rates.
pub fn memories<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    const LABELS: [Text; 2] = [
        t("momentum $β$, one $η$", "动量 $β$，$η$ 相同"),
        t("momentum $β$, equal η/(1 − β)", "动量 $β$，η/(1 − β) 相等"),
    ];
    let count = trials::BETAS.len();
    let [own, equal] = [false, true].map(|e| (0..count).map(|k| trials::memory(seen, e, k)).collect::<Vec<_>>());
    let ends = own.iter().chain(&equal).flatten().flat_map(|[m, e]| [m - 2.0 * e, m + 2.0 * e]);
    let y = loss_axis(seen, ends);
    let mut x = LABELS.map(|label| axis(seen, label, "").range(0.5, count as f64 + 0.5));
    for x in &mut x {
        let marks = trials::BETAS.iter().zip(1..);
        x.marks = marks.map(|(b, k)| Tick { at: f64::from(k), label: rich(&b.to_string()) }).collect();
    }
    let [x_own, x_equal] = x;
    let mut panels = vec![panel("own", x_own, y.clone()), panel("equal", x_equal, y)];
    for (panel, memories) in panels.iter_mut().zip([own, equal]) {
        panel.layers = vec![
            seen_or_not(
                memories.iter().map(|m| m[0]),
                seen.say(t("unseen rows", "未见数据")),
                Ink::Optimizer,
                Marker::Disc,
            ),
            seen_or_not(memories.iter().map(|m| m[1]), seen.say(t("rows seen", "训练数据")), Ink::Muted, Marker::Ring),
        ];
    }
    panels[1].legend = false;
    panels
}

/// Means with two standard errors, side by side.
fn seen_or_not<'a>(cells: impl Iterator<Item = [f64; 2]>, name: &str, ink: Ink, marker: Marker) -> Layer<'a> {
    let cells: Vec<[f64; 2]> = cells.collect();
    let column = |sign: f64| -> Vec<f64> { cells.iter().map(|[m, e]| drawn(m + sign * 2.0 * e)).collect() };
    let x = (1..=cells.len()).map(|k| k as f64).collect();
    marked(measured(x, column(0.0), [column(-1.0), column(1.0)], Some(name), ink), marker)
}
