//! The regime atlas: the (ηλ, β) plane of heavy ball with its exact borders.

use crate::figure::{Axis, Callout, Dash, Figure, Handle, Ink, Layer, Line, Panel, Region, Rich, Text, Weight, rich};
use crate::text::{Lang, t};
use crate::theory::mapping::{Mapping, predicted_critical_q, q_at_zeta};
use crate::theory::regime::{alternating_border, overdamped_border, stability_wall};

use super::words;

/// The range of β that is drawn.
const BETA: [f64; 2] = [-1.0, 1.05];

/// Points per border.
const N: usize = 160;

/// One mode of a problem, as a dot that can be dragged.
pub struct Dot {
    /// Handle identifier.
    pub id: String,
    /// ηλ.
    pub q: f64,
    /// Symbol drawn beside it.
    pub symbol: Rich,
    /// Name for a screen reader.
    pub name: String,
}

/// The atlas with a dot per mode and the border that the continuous twin of `mapping` predicts.
pub fn figure<'a>(dots: &[Dot], beta: f64, mapping: Mapping, lang: Lang) -> Figure<'a> {
    let far = dots.iter().map(|d| d.q).filter(|q| q.is_finite()).fold(4.0, f64::max);
    let q_max = (far * 1.1).clamp(4.2, 12.0);
    let beta_max = BETA[1].max(beta + 0.05).min(1.2);
    let beta_min = if beta < -0.2 { BETA[0] } else { -0.25 };
    let mut panel = Panel::new(
        "atlas",
        Axis::new(rich(t("step × curvature $ηλ$", "步长 × 曲率 $ηλ$").get(lang)), "").range(0.0, q_max),
        Axis::new(rich(t("momentum $β$", "动量 $β$").get(lang)), "").range(beta_min, beta_max),
    );
    panel.layers = regions(q_max);
    panel.layers.extend(levels());
    panel.layers.extend(borders(mapping, q_max, lang));
    panel.layers.extend(labels(lang));
    for dot in dots.iter().filter(|d| d.q.is_finite()) {
        let at = [dot.q.clamp(0.0, q_max), beta.clamp(beta_min, beta_max)];
        let (ink, label) = (Ink::Optimizer, dot.symbol.clone());
        panel.handles.push(Handle { id: dot.id.clone(), at, ink, label, name: dot.name.clone() });
    }
    Figure {
        id: "atlas",
        title: rich(t("Regime atlas", "阻尼图谱").get(lang)),
        columns: 1,
        caption: caption(mapping, lang),
        panels: vec![panel],
    }
}

fn caption(mapping: Mapping, lang: Lang) -> String {
    let pattern = if mapping == Mapping::Exact {
        t(
            "Regimes of heavy ball in the plane of step × curvature and momentum. Solid: exact borders of the discrete map, which are also those of the continuous twin ({}); bold: stability wall ηλ = 2(1 + β). Thin triangles: equal rate, the largest |z| 0.5, 0.7, 0.9 (of 0.95 and 0.99 the tops); dotted: equal damping ratio of the matched poles, ζ 0.7, 0.4, 0.2, 0.1 from left to right. One dot per eigenmode.",
            "重球法在（步长 × 曲率，动量）平面上的阻尼区域。实线：离散映射的精确边界，也是连续孪生（{}）的边界；粗线：稳定边界 ηλ = 2(1 + β)。细三角形：等收缩率线，最大 |z| 为 0.5、0.7、0.9（0.95 与 0.99 只画上边）；点线：匹配极点的等阻尼比线，自左至右 ζ 为 0.7、0.4、0.2、0.1。每个特征模态一个点。",
        )
    } else {
        t(
            "Regimes of heavy ball in the plane of step × curvature and momentum. Solid: exact borders of the discrete map; dashed: critical damping of the continuous twin ({}); bold: stability wall ηλ = 2(1 + β). Thin triangles: equal rate, the largest |z| 0.5, 0.7, 0.9 (of 0.95 and 0.99 the tops); dotted: equal damping ratio of the matched poles, ζ 0.7, 0.4, 0.2, 0.1 from left to right. One dot per eigenmode.",
            "重球法在（步长 × 曲率，动量）平面上的阻尼区域。实线：离散映射的精确边界；虚线：连续孪生（{}）的临界阻尼；粗线：稳定边界 ηλ = 2(1 + β)。细三角形：等收缩率线，最大 |z| 为 0.5、0.7、0.9（0.95 与 0.99 只画上边）；点线：匹配极点的等阻尼比线，自左至右 ζ 为 0.7、0.4、0.2、0.1。每个特征模态一个点。",
        )
    };
    crate::text::fill(pattern.get(lang), &[words::mapping(mapping).get(lang)])
}

fn steps(from: f64, to: f64) -> impl Iterator<Item = f64> {
    (0..=N).map(move |i| from + (to - from) * i as f64 / N as f64)
}

/// A region between two curves q(β), from `from` to `to` in β.
fn between<'a>(from: f64, to: f64, low: impl Fn(f64) -> f64, high: impl Fn(f64) -> f64, ink: Ink) -> Layer<'a> {
    // Square-root borders meet β = 0 steeply; a quadratic spacing follows them.
    let grid: Vec<f64> = steps(0.0, 1.0).map(|s| from + (to - from) * s * s).collect();
    let x: Vec<f64> = grid.iter().map(|b| low(*b)).chain(grid.iter().rev().map(|b| high(*b))).collect();
    let y: Vec<f64> = grid.iter().chain(grid.iter().rev()).copied().collect();
    Layer::Region(Region { x: x.into(), y: y.into(), name: None, ink, hatch: None })
}

fn regions<'a>(q_max: f64) -> Vec<Layer<'a>> {
    let wall = stability_wall;
    let one = |b: f64| 1.0 + b;
    vec![
        between(0.0, 1.0, |_| 0.0, overdamped_border, Ink::Optimizer),
        between(0.0, 1.0, overdamped_border, alternating_border, Ink::Controller),
        between(0.0, 1.0, alternating_border, wall, Ink::Amber),
        between(0.0, BETA[0], |_| 0.0, one, Ink::Spring),
        between(0.0, BETA[0], one, wall, Ink::Sampler),
        between(BETA[0], 1.0, move |b| wall(b).min(q_max), |_| q_max, Ink::Danger),
        between(1.0, 1.2, |_| 0.0, |_| q_max, Ink::Danger),
    ]
}

fn borders<'a>(mapping: Mapping, q_max: f64, lang: Lang) -> Vec<Layer<'a>> {
    let curve = |q: &dyn Fn(f64) -> f64, from: f64, to: f64| -> (Vec<f64>, Vec<f64>) {
        let grid: Vec<f64> = steps(0.0, 1.0).map(|s| from + (to - from) * s * s).collect();
        grid.iter().map(|b| (q(*b), *b)).filter(|(q, _)| (0.0..=q_max).contains(q)).unzip()
    };
    let line = |(x, y): (Vec<f64>, Vec<f64>), ink, dash, weight, name: Option<&str>| {
        Layer::Line(Line { x: x.into(), y: y.into(), name: name.map(rich), ink, dash, weight, marker: None })
    };
    // From β = 1 down to 0 and up again, finest at the turning point.
    let mut critical = curve(&overdamped_border, 0.0, 1.0);
    critical.0.reverse();
    critical.1.reverse();
    let upper = curve(&alternating_border, 0.0, 1.0);
    critical.0.extend(upper.0);
    critical.1.extend(upper.1);
    let balanced = curve(&|b| 1.0 + b, 0.0, BETA[0]);
    let wall = curve(&stability_wall, BETA[0], 1.0);
    // Where the twin has the poles of the map, both are one line.
    let same = mapping == Mapping::Exact;
    let exact =
        if same { t("critical: map, twin", "临界：映射与孪生") } else { t("critical: map", "临界：映射") };
    let mut out = vec![
        line(balanced, Ink::Faint, Dash::Dotted, Weight::Thin, None),
        line((vec![0.0, 2.0], vec![0.0, 0.0]), Ink::Faint, Dash::Solid, Weight::Thin, None),
        line((vec![0.0, 4.0], vec![1.0, 1.0]), Ink::Faint, Dash::Solid, Weight::Thin, None),
        line(critical, Ink::Text, Dash::Solid, Weight::Normal, Some(exact.get(lang))),
        line(wall, Ink::Danger, Dash::Solid, Weight::Bold, Some(t("stability wall", "稳定边界").get(lang))),
    ];
    if !same {
        let twin = curve(&|b| predicted_critical_q(mapping, b), 0.001, 1.0);
        let name = t("critical: twin", "临界：孪生").get(lang);
        out.push(line(twin, Ink::Text, Dash::Dashed, Weight::Normal, Some(name)));
    }
    out
}

/// Moduli of the leading pole that get a line, and where those with room have their name. The sides of
/// the others would crowd the borders, so that only their tops are drawn.
const RATES: [(f64, Option<[f64; 2]>); 5] =
    [(0.5, Some([1.75, 0.295])), (0.7, Some([2.3, 0.445])), (0.9, Some([2.8, 0.765])), (0.95, None), (0.99, None)];

/// Damping ratios that get a line; that of 1 is the critical border itself. The caption names them: in
/// the panel their names would touch the borders.
const ZETAS: [f64; 4] = [0.1, 0.2, 0.4, 0.7];

/// The momentum from which they are drawn; below it they crowd at the critical border.
const ZETA_FROM: f64 = 0.34;

/// Lines of equal rate and of equal damping ratio.
///
/// max |z| = ρ on a triangle with the corners ((1 ∓ ρ)², ρ²) and (1 − ρ², −ρ²): along its sides one
/// pole is ±ρ, along its top both have that modulus.
fn levels<'a>() -> Vec<Layer<'a>> {
    let mut out = Vec::new();
    for (rate, name) in RATES {
        let square = rate * rate;
        let corners = [((1.0 - rate).powi(2), square), ((1.0 + rate).powi(2), square), (1.0 - square, -square)];
        let closed = corners.into_iter().chain([corners[0]]);
        let (x, y): (Vec<f64>, Vec<f64>) = closed.take(if name.is_some() { 4 } else { 2 }).unzip();
        out.push(quiet(x, y, Dash::Solid));
        out.extend(name.map(|at| number(format!("|$z$| = {rate}"), at)));
    }
    for zeta in ZETAS {
        let at = |b: f64| Some(q_at_zeta(zeta, b)).filter(|q| q.is_finite());
        let (x, y): (Vec<f64>, Vec<f64>) = steps(ZETA_FROM, 0.998).filter_map(|b| Some((at(b)?, b))).unzip();
        out.push(quiet(x, y, Dash::Dotted));
    }
    out
}

fn quiet<'a>(x: Vec<f64>, y: Vec<f64>, dash: Dash) -> Layer<'a> {
    let (ink, weight) = (Ink::Faint, Weight::Thin);
    Layer::Line(Line { x: x.into(), y: y.into(), name: None, ink, dash, weight, marker: None })
}

fn number<'a>(text: String, at: [f64; 2]) -> Layer<'a> {
    Layer::Text(Text { at, text: rich(&text), ink: Ink::Muted })
}

/// Names of the regions: inside where there is room, beside the narrow ones with an arrow.
fn labels<'a>(lang: Lang) -> Vec<Layer<'a>> {
    let wide = [
        ([1.55, 0.62], t("underdamped", "欠阻尼")),
        ([0.45, -0.13], t("mixed +", "混合 +")),
        ([1.3, -0.13], t("mixed −", "混合 −")),
        ([3.62, 0.5], t("divergent", "发散")),
    ];
    let narrow = [([0.2, 0.12], t("overdamped", "过阻尼")), ([1.9, 0.06], t("alternating", "交替"))];
    let (ink, say) = (Ink::Muted, |text: crate::text::Text| Rich::from(text.get(lang)));
    let inside = wide.into_iter().map(|(at, text)| Layer::Text(Text { at, text: say(text), ink }));
    inside.chain(narrow.into_iter().map(|(at, text)| Layer::Callout(Callout { at, text: say(text), ink }))).collect()
}
