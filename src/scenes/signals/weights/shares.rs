//! How the weight is shared between the quoted window and all that came before.

use super::limit::LIMIT;
use super::{AVERAGE, LEVEL, PULSE, last, recorded, window};
use crate::figure::{Dash, Ink, Panel};
use crate::param::show_number;
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{
    axis, band, bars, callout, hatched, level, line, over_time, panel, thin, upright, words,
};
use crate::text::{fill, t};
use crate::theory::signal::{ema_half_life, ema_weight, ema_weight_in_window, ema_window};

/// The weights by age, those inside the quoted window set off.
pub fn stems<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (gamma, window, last) = (seen.get("gamma"), window(seen), last(seen));
    let newest = ema_weight(gamma, 0);
    let x = axis(seen, t("age of the sample (steps)", "样本年龄（步）"), "").range(-0.02 * last - 0.5, last);
    let mut out = panel("weights", x, axis(seen, t("weight", "权重"), "").range(0.0, 1.35 * newest));
    let weights = recorded(seen, AVERAGE, PULSE);
    let shown = weights.len().min(last as usize + 1);
    let cut = window.min(shown);
    let width = (0.002 * last).clamp(0.5, 0.9);
    let part = |from: usize, to: usize, name: String, ink| {
        let x = (from..to).map(|k| k as f64).collect();
        bars(x, weights[from..to].to_vec(), width, Some(&name), ink)
    };
    let share = |x: f64| show_number((1e4 * x).round() / 100.0);
    let held = ema_weight_in_window(gamma);
    let names = [t("inside: {} %", "窗内：{} %"), t("outside: {} %", "窗外：{} %")].map(|name| seen.say(name));
    out.layers.push(part(0, cut, fill(names[0], &[&share(held)]), Ink::Optimizer));
    out.layers.push(hatched(part(cut, shown, fill(names[1], &[&share(1.0 - held)]), Ink::Spring)));
    let ages: Vec<f64> = (0..=200).map(|i| last * f64::from(i) / 200.0).collect();
    let exact: Vec<f64> = ages.iter().map(|age| newest * gamma.powf(*age)).collect();
    out.layers.push(thin(ages, exact, Ink::Text, Dash::Solid));
    frame(seen, &mut out);
    let half = ema_half_life(gamma);
    let text = fill(seen.say(t("half-life {}", "半衰期 {}")), &[&show_number(half)]);
    out.layers.push(callout([half, 0.5 * newest], &text, Ink::Text));
    vec![out]
}

/// The quoted window as a bracket, and the plain average of that length.
fn frame(seen: &Seen<'_>, out: &mut Panel<'_>) {
    let (gamma, window, last) = (seen.get("gamma"), window(seen), last(seen));
    let newest = ema_weight(gamma, 0);
    let (edge, flat) = (window as f64 - 0.5, 1.0 / window as f64);
    let boxcar = seen.say(t("plain average", "普通平均"));
    let sides = || vec![-0.5, -0.5, edge, edge];
    out.layers.push(line(sides(), vec![0.0, flat, flat, 0.0], Some(boxcar), Ink::Muted, Dash::Dashed));
    let high = 1.1 * newest;
    let low = high - 0.04 * newest;
    out.layers.push(thin(sides(), vec![low, high, high, low], Ink::Text, Dash::Solid));
    let text = format!("$1/(1 − γ)$ = {}", show_number(ema_window(gamma)));
    out.layers.push(words([(0.5 * edge).max(0.17 * last), 1.2 * newest], &text, Ink::Text));
}

/// The weight of the newest n samples over n.
pub fn mass<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (gamma, window, last) = (seen.get("gamma"), window(seen), last(seen));
    let mut out = over_time("mass", seen, axis(seen, t("weight of the newest $n$", "最新 $n$ 个的权重"), ""));
    (out.x, out.y) = (out.x.range(0.0, last), out.y.range(0.0, 1.08));
    let sums = recorded(seen, AVERAGE, LEVEL);
    let sums = &sums[..sums.len().min(last as usize)];
    let counts: Vec<f64> = (0..=sums.len()).map(|n| n as f64).collect();
    let held: Vec<f64> = std::iter::once(0.0).chain(sums.iter().copied()).collect();
    let within: Vec<usize> = (0..held.len().min(window + 1)).collect();
    let area = |of: &[f64]| within.iter().filter_map(|k| of.get(*k)).copied().collect::<Vec<f64>>();
    out.layers.push(band(area(&counts), vec![0.0; within.len()], area(&held), None, Ink::Optimizer));
    let rule = [0.0, window as f64, last];
    let boxcar = seen.say(t("plain average", "普通平均"));
    out.layers.push(line(rule.to_vec(), vec![0.0, 1.0, 1.0], Some(boxcar), Ink::Muted, Dash::Dashed));
    out.layers.push(line(counts, held, Some(seen.say(t("moving average", "滑动平均"))), Ink::Optimizer, Dash::Solid));
    out.layers.push(level(1.0 - LIMIT, Ink::Muted, Dash::Dotted));
    out.layers.push(upright(window as f64, Ink::Faint, Dash::Solid));
    let share = ema_weight_in_window(gamma);
    let text = format!("{} %", show_number((1e4 * share).round() / 100.0));
    out.layers.push(callout([window as f64, share], &text, Ink::Optimizer));
    vec![out]
}
