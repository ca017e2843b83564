//! Back through time: what the loss sees of every state of the sequence.

use super::setting;
use crate::core::Probe;
use crate::figure::{Axis, Dash, Ink, Panel, rich};
use crate::scenes::Seen;
use crate::scenes::exhibit::Page;
use crate::scenes::exhibit::draw::{DASHES, MARKERS, axis, panel, points, thin, upright};
use crate::text::t;

/// Decades that are shown at most.
const SHOWN: [f64; 2] = [1e-12, 1e12];

/// The page.
pub const PAGE: Page =
    Page::new("through", t("Back through time", "沿时间反传"), draw).told(caption).of_moment().apart();

/// Where lane `i` stands now, if it still does.
fn weight(seen: &Seen<'_>, i: usize) -> Option<f64> {
    Some(seen.at(i, Probe::Position(0), seen.view.now)).filter(|w| w.is_finite())
}

fn draw<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (values, model) = (&seen.run.values, setting::model(&seen.run.values));
    let length = model.length;
    let times: Vec<f64> = (0..=length).map(f64::from).collect();
    let mut all = vec![1.0];
    let mut layers = Vec::new();
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        let Some(w) = weight(seen, i) else { continue };
        let signal: Vec<f64> = (0..=length).map(|t| model.signal(w, length - t).abs()).collect();
        all.extend(&signal);
        let name = format!("{}, $w$ = {}", seen.say(lane.lane.name), crate::param::show_number(w));
        layers.push(thin(times.clone(), signal.clone(), lane.lane.ink, DASHES[i % DASHES.len()]));
        layers.push(points(times.clone(), signal, Some(&name), lane.lane.ink, MARKERS[i % MARKERS.len()]));
    }
    let seen_of = all.iter().copied().filter(|s| *s > 0.0 && s.is_finite()).map(|s| s.clamp(SHOWN[0], SHOWN[1]));
    let [low, high] = seen_of.fold([1.0, 1.0], |[a, b]: [f64; 2], s| [a.min(s), b.max(s)]);
    let x = Axis::new(rich(seen.say(t("step of the sequence $t$", "序列时刻 $t$"))), "");
    let y = axis(seen, t("signal $|∂L/∂h_t|$", "信号 $|∂L/∂h_t|$"), "").log().range(low / 3.0, high * 3.0);
    let mut panel = panel("through", x.range(-0.4, f64::from(length) + 0.4), y);
    panel.layers = layers;
    let back = setting::back(values);
    if back < length {
        panel.layers.push(upright(f64::from(length - back), Ink::Danger, Dash::Dashed));
    }
    vec![panel]
}

fn caption(seen: &Seen<'_>) -> String {
    let model = setting::model(&seen.run.values);
    let head = t(
        "How strongly the loss depends on every state of the sequence, |h_T − y| |w|^(T−t), for the weights of iteration {}: a straight line over decades, falling towards the beginning for |w| < 1 and rising for |w| > 1.",
        "损失对序列各时刻状态的依赖程度 |h_T − y| |w|^(T−t)，取第 {} 步的权重：在对数轴上为直线，|w| < 1 时向开端衰减，|w| > 1 时向开端增大。",
    );
    let mut out = seen.tell(head, &[seen.view.now as f64]);
    let back = setting::back(&seen.run.values);
    if back < model.length {
        let tail = t(" The gradient goes back to the rule at t = {} only.", "梯度只反传到竖线处（t = {}）。");
        out.push_str(&seen.tell(tail, &[f64::from(model.length - back)]));
    }
    out
}
