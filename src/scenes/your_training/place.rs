//! Where the log puts the run: in the atlas, near by, and among the poles.

use std::f64::consts::TAU;

use super::log::diagnosis;
use super::truth;
use crate::diagnose::{Diagnosis, Mode};
use crate::figure::{Axis, Dash, Ink, Marker, Panel, rich};
use crate::scenes::Seen;
use crate::scenes::exhibit::Page;
use crate::scenes::exhibit::draw::{axis, level, line, panel, points, spanning, thin, upright, words};
use crate::scenes::models::atlas;
use crate::text::t;
use crate::theory::heavy_ball::poles;
use crate::theory::mapping::Mapping;
use crate::theory::regime::critical_beta;

/// The run in the whole atlas.
pub const ATLAS: Page = Page::new("atlas", t("Place in the atlas", "在图谱中的位置"), whole)
    .showing(
        "The plane of step × curvature and momentum with the exact borders of heavy ball. Disc: what the log says, with the outline that holds both numbers with 95 %; ring: what the log was made with.",
        "（步长 × 曲率，动量）平面与重球法的精确边界。圆点：日志给出的值，轮廓线以 95 % 的置信度包含两者；圆环：生成日志所用的值。",
    )
    .briefly(t("Atlas", "图谱"));

/// The same, enlarged to the outline.
pub const NEAR: Page = Page::new("near", t("What the log allows", "日志所允许的范围"), near)
    .showing(
        "The outline holds ηλ and β together with 95 %; the bars are the intervals of each alone. A log with one real pole allows a whole line instead: every β, with the ηλ that has this pole. Dashed: critical damping, β = (1 − √(ηλ))². Ring: what the log was made with.",
        "轮廓线以 95 % 的置信度同时包含 ηλ 与 β；横竖线为各自的区间。只有一个实极点的日志允许整条线：任何 β 配上具有该极点的 ηλ。虚线：临界阻尼 β = (1 − √(ηλ))²。圆环：生成日志所用的值。",
    )
    .briefly(t("Region", "置信域"));

/// The poles.
pub const POLES: Page = Page::new("poles", t("Poles with their uncertainty", "极点及其不确定度"), draw_poles)
    .showing(
        "Poles per step in the complex plane: discs with the outline that the log allows; rings: those the log was made with. Off the real axis the run rings; the product of both is β. Beside it the leading pole enlarged.",
        "复平面上的每步极点：圆点为拟合值及日志所允许的轮廓；圆环为生成日志所用的极点。离开实轴即振荡；两极点之积为 β。另一图将上方极点放大。",
    )
    .briefly(t("Poles", "极点"))
    .columns(2)
    .apart();

/// All (ηλ, β) that have the real pole σ as their slower one: ηλ = (1 − σ)(σ − β)/σ for 0 ≤ β ≤ σ².
fn with_pole(pole: f64) -> Option<(Vec<f64>, Vec<f64>)> {
    let share = |i: u32| pole * pole * f64::from(i) / 60.0;
    let at = |beta: f64| ((1.0 - pole) * (pole - beta) / pole, beta);
    (pole > 0.0 && pole < 1.0).then(|| (0..=60).map(|i| at(share(i))).unzip())
}

/// What one real pole leaves open: a line, the lines of its interval, and where a known momentum cuts it.
fn open_line<'a>(seen: &Seen<'a>, found: &Diagnosis, panel: &mut Panel<'a>) {
    let Some(pole) = found.pole.filter(|_| found.modes[0].is_none()) else { return };
    let name = seen.say(t("same slow pole", "同一慢极点"));
    panel
        .layers
        .extend(with_pole(pole.value).map(|(q, beta)| line(q, beta, Some(name), Ink::Optimizer, Dash::DashDot)));
    let ends = [pole.low, pole.high].into_iter().filter_map(with_pole);
    panel.layers.extend(ends.map(|(q, beta)| thin(q, beta, Ink::Optimizer, Dash::Dotted)));
    if let (Some(q), Some(beta)) = (found.held, found.known.momentum) {
        let name = seen.say(t("at the known $β$", "在已知 $β$ 处"));
        panel.layers.push(points(vec![q.value], vec![beta], Some(name), Ink::Optimizer, Marker::Disc));
    }
}

/// The outlines of the modes, and what they are of.
fn outlines<'a>(seen: &Seen<'a>, found: &Diagnosis, panel: &mut Panel<'a>) {
    open_line(seen, found, panel);
    for (k, mode) in found.modes.iter().flatten().enumerate() {
        let closed = mode.border.iter().chain(mode.border.first());
        let (x, y): (Vec<f64>, Vec<f64>) = closed.map(|at| (at[0], at[1])).unzip();
        panel.layers.push(line(x, y, None, Ink::Optimizer, Dash::DashDot));
        let name = (k == 0).then(|| seen.say(t("fitted", "拟合")));
        panel.layers.push(points(vec![mode.q.value], vec![mode.beta.value], name, Ink::Optimizer, Marker::Disc));
    }
    if let Some([q, beta]) = truth(seen) {
        panel.layers.push(points(vec![q], vec![beta], Some(seen.say(t("made with", "真值"))), Ink::Text, Marker::Ring));
    }
}

fn whole<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let beta = truth(seen).map_or(0.9, |t| t[1]);
    let mut panels = atlas::figure(&[], beta, Mapping::Exact, seen.lang()).panels;
    if let (Ok(found), Some(panel)) = (diagnosis(seen), panels.first_mut()) {
        outlines(seen, &found, panel);
    }
    panels
}

fn near<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let q = axis(seen, t("step × curvature $ηλ$", "步长 × 曲率 $ηλ$"), "");
    let beta = axis(seen, t("momentum $β$", "动量 $β$"), "");
    let found = diagnosis(seen).ok();
    let modes: Vec<&Mode> = found.iter().flat_map(|found| found.modes.iter().flatten()).collect();
    if modes.is_empty() {
        return vec![unbounded(seen, found.as_deref(), q, beta)];
    }
    let own = |i: usize| {
        let border = modes.iter().flat_map(|mode| &mode.border).map(move |at| at[i]);
        border.chain(truth(seen).map(|t| t[i])).collect::<Vec<_>>()
    };
    let mut panel = panel("near", spanning(q, own(0)), spanning(beta, own(1)));
    let [low, high] = panel.x.range.unwrap_or([0.0, 1.0]);
    let along: Vec<f64> = (0..=120).map(|i| low + (high - low) * f64::from(i) / 120.0).filter(|q| *q >= 0.0).collect();
    let critical: Vec<f64> = along.iter().map(|q| critical_beta(*q)).collect();
    let bounds = panel.y.range.unwrap_or([0.0, 1.0]);
    if critical.iter().any(|b| (bounds[0]..=bounds[1]).contains(b)) {
        panel.layers.push(line(along, critical, Some(seen.say(t("critical", "临界"))), Ink::Text, Dash::Dashed));
    }
    for mode in modes {
        let ([q, beta], [a, b]) = ([mode.q.value, mode.beta.value], [mode.q, mode.beta]);
        panel.layers.push(thin(vec![a.low, a.high], vec![beta; 2], Ink::Optimizer, Dash::Solid));
        panel.layers.push(thin(vec![q; 2], vec![b.low, b.high], Ink::Optimizer, Dash::Solid));
    }
    if let Some(found) = found.as_ref() {
        outlines(seen, found, &mut panel);
    }
    vec![panel]
}

/// The plane where the log bounds no region: the line of a lone pole, or nothing.
fn unbounded<'a>(seen: &Seen<'a>, found: Option<&Diagnosis>, q: Axis, beta: Axis) -> Panel<'a> {
    let reach = found.and_then(|found| found.pole).filter(|pole| pole.value > 0.0 && pole.value < 1.0);
    let far = reach.map_or(1.0, |pole| 1.25 * (1.0 - pole.low.clamp(0.0, pole.value)));
    let wide = truth(seen).map_or(far, |t| far.max(1.25 * t[0]).min(4.0));
    let mut panel = panel("near", q.range(-0.04 * wide, wide), beta.range(-0.05, 1.05));
    match found.filter(|_| reach.is_some()) {
        Some(found) => outlines(seen, found, &mut panel),
        None => {
            let said = seen.say(t("no region: β cannot be told", "没有置信域：无法得知 β"));
            panel.layers.push(words([0.5 * wide, 0.5], said, Ink::Muted));
        }
    }
    panel
}

/// Both poles of many modes, as two columns.
fn both(modes: impl IntoIterator<Item = [f64; 2]>) -> (Vec<f64>, Vec<f64>) {
    let all = modes.into_iter().flat_map(|[q, beta]| poles(q, beta));
    all.filter(|z| z.norm() < 2.0).map(|z| (z.re, z.im)).unzip()
}

fn draw_poles<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let found = diagnosis(seen).ok();
    let mut all = plane(seen, "poles", [[-1.25, 1.25]; 2]);
    marks(seen, found.as_deref(), &mut all);
    let Some(window) = found.as_deref().and_then(|found| around(seen, found)) else { return vec![all] };
    let mut large = plane(seen, "upper", window);
    marks(seen, found.as_deref(), &mut large);
    (large.legend, large.equal) = (false, false);
    vec![all, large]
}

/// The complex plane with the unit circle.
fn plane<'a>(seen: &Seen<'a>, id: &'static str, [x, y]: [[f64; 2]; 2]) -> Panel<'a> {
    let part = |name: &str, [low, high]: [f64; 2]| Axis::new(rich(name), "").range(low, high);
    let mut panel = panel(id, part("Re $z$", x), part("Im $z$", y));
    panel.equal = true;
    let angle = |i: u32| TAU * f64::from(i) / 720.0;
    let (re, im): (Vec<f64>, Vec<f64>) = (0..=720).map(|i| (angle(i).cos(), angle(i).sin())).unzip();
    let name = seen.say(t("unit circle", "单位圆"));
    panel.layers.push(line(re, im, Some(name), Ink::Danger, Dash::Dotted));
    panel.layers.push(level(0.0, Ink::Faint, Dash::Solid));
    panel.layers.push(upright(0.0, Ink::Faint, Dash::Solid));
    panel
}

/// The window that holds the leading poles the log allows, and the true one.
fn around(seen: &Seen<'_>, found: &Diagnosis) -> Option<[[f64; 2]; 2]> {
    let border = found.modes.iter().flatten().flat_map(|mode| mode.border.iter().copied());
    let leading: Vec<[f64; 2]> =
        border.chain(truth(seen)).map(|at| poles(at[0], at[1])[0]).map(|z| [z.re, z.im]).collect();
    found.modes[0].as_ref()?;
    let side = |i: usize| {
        let all = leading.iter().map(|z| z[i]).filter(|x| x.is_finite());
        let [low, high] = all.fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], x| [a.min(x), b.max(x)]);
        let margin = (0.12 * (high - low)).max(1e-9);
        [low - margin, high + margin]
    };
    let window = [side(0), side(1)];
    window.iter().flatten().all(|x| x.is_finite()).then_some(window)
}

/// The poles that were found with what the log allows of them, and the true ones.
fn marks<'a>(seen: &Seen<'a>, found: Option<&Diagnosis>, panel: &mut Panel<'a>) {
    let Some(found) = found else { return };
    let name = seen.say(t("fitted", "拟合"));
    for (k, mode) in found.modes.iter().flatten().enumerate() {
        let border = mode.border.iter().chain(mode.border.first()).map(|at| poles(at[0], at[1]));
        for z in [0, 1] {
            let (x, y): (Vec<f64>, Vec<f64>) = border.clone().map(|p| (p[z].re, p[z].im)).unzip();
            panel.layers.push(thin(x, y, Ink::Optimizer, Dash::Solid));
        }
        let (x, y) = both([[mode.q.value, mode.beta.value]]);
        panel.layers.push(points(x, y, (k == 0).then_some(name), Ink::Optimizer, Marker::Disc));
    }
    if let Some(pole) = found.pole {
        panel.layers.push(line(vec![pole.low, pole.high], vec![0.0; 2], None, Ink::Optimizer, Dash::Solid));
        panel.layers.push(points(vec![pole.value], vec![0.0], Some(name), Ink::Optimizer, Marker::Disc));
    }
    if let Some(made) = truth(seen) {
        let (x, y) = both([made]);
        panel.layers.push(points(x, y, Some(seen.say(t("made with", "真值"))), Ink::Text, Marker::Ring));
    }
}
