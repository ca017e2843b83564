//! Regimes and points at rest in words.

use super::setting::Setting;
use super::{axes, moments};
use crate::figure::rich;
use crate::formula::{FixedPoint, Nature};
use crate::param::{Kind, Spec, Spread, show_number};
use crate::scenes::models::{atlas, words};
use crate::scenes::{Chip, Entry, Lens, Run, Tone, View};
use crate::text::{fill, t};
use crate::theory::heavy_ball;
use crate::theory::oscillator::Oscillator;
use crate::theory::regime::{classify, classify_zeta};

/// How the handle of a mode's dot begins; its number from 0 follows.
pub const DOT: &str = "mode:";
/// Most points that get a chip.
const CHIPS: usize = 6;

/// The minimum the regimes speak of: that nearest the start.
fn local(at: &Setting<'_>, run: &Run) -> Option<FixedPoint> {
    at.minimum(&Setting { values: run.values_at(0), ..*at }.start()).filter(|_| at.is_loss())
}

/// One dot per mode of the Hessian at the minimum nearest the start.
pub fn dots(at: &Setting<'_>, run: &Run, view: View) -> Vec<atlas::Dot> {
    let minimum = local(at, run);
    let curvatures = minimum.iter().flat_map(|p| &p.curvatures).enumerate();
    let dot = |(i, lambda): (usize, &f64)| atlas::Dot {
        id: format!("{DOT}{i}"),
        q: at.get("eta") * lambda,
        symbol: rich(&format!("$λ_{}$", i + 1)),
        name: fill(t("mode {}", "模态 {}").get(view.lang), &[&(i + 1).to_string()]),
    };
    curvatures.map(dot).collect()
}

/// Of a loss the regime of every mode at the minimum nearest the start, map and twin; of anything else
/// its points at rest.
pub fn chips(at: &Setting<'_>, run: &Run, view: View) -> Vec<Chip> {
    match local(at, run) {
        Some(minimum) => {
            let modes = minimum.curvatures.iter().enumerate();
            modes
                .flat_map(|(i, lambda)| [map_chip(at, &minimum, i, *lambda, view), twin_chip(at, i, *lambda, view)])
                .collect()
        }
        None => at.points().iter().take(CHIPS).map(|p| point_chip(p, view)).collect(),
    }
}

fn map_chip(at: &Setting<'_>, minimum: &FixedPoint, mode: usize, lambda: f64, view: View) -> Chip {
    let (q, beta) = (at.get("eta") * lambda, at.get("beta"));
    let regime = classify(q, beta);
    let note = t(
        "Heavy ball at the minimum {}, curvature λ = {}: ηλ = {}, β = {}, |z| = {} per step.",
        "重球法在极小点 {}（曲率 λ = {}）处：ηλ = {}，β = {}，每步 |z| = {}。",
    );
    let rho = heavy_ball::spectral_radius(q, beta);
    let [lambda, q, beta, rho] = [lambda, q, beta, rho].map(show_number);
    let note = fill(note.get(view.lang), &[&place(&minimum.at), &lambda, &q, &beta, &rho]);
    let text = t("{} {} · discrete map", "{} {} · 离散映射");
    Chip {
        text: fill(text.get(view.lang), &[&mode_name(mode), words::regime(regime).get(view.lang)]),
        tone: words::tone(regime),
        note,
    }
}

fn twin_chip(at: &Setting<'_>, mode: usize, lambda: f64, view: View) -> Chip {
    let Some(twin) = at.twin() else {
        let text = fill(t("{} no twin", "{} 无连续孪生").get(view.lang), &[&mode_name(mode)]);
        let note = t(
            "The chosen mapping has no spring of positive mass for these η and β.",
            "对当前的 η、β，所选映射没有正质量的弹簧。",
        );
        return Chip { text, tone: Tone::Warning, note: note.get(view.lang).to_owned() };
    };
    let zeta = Oscillator { k: lambda, ..twin }.zeta();
    let (word, tone) = words::continuous(classify_zeta(zeta));
    let text = t("{} {} · twin, ζ {}", "{} {} · 孪生 ζ {}");
    let note = t(
        "Spring under the mapping “{}”: m = {}, c = {}, k = λ = {}. {}",
        "映射“{}”下的弹簧：m = {}，c = {}，k = λ = {}。{}",
    );
    let mapping = words::mapping(at.mapping()).get(view.lang);
    let [m, c, k] = [twin.m, twin.c, lambda].map(show_number);
    Chip {
        text: fill(text.get(view.lang), &[&mode_name(mode), word.get(view.lang), &show_number(zeta)]),
        tone,
        note: fill(note.get(view.lang), &[mapping, &m, &c, &k, words::mapping_error(at.mapping()).get(view.lang)]),
    }
}

fn point_chip(point: &FixedPoint, view: View) -> Chip {
    let tone = match point.nature {
        Nature::Minimum | Nature::StableNode => Tone::Calm,
        Nature::StableFocus => Tone::Ringing,
        Nature::Centre | Nature::Degenerate => Tone::Warning,
        _ => Tone::Danger,
    };
    let note = t("Eigenvalues of the flow there: {}.", "该处流的特征值：{}。");
    Chip {
        text: format!("{} · {}", point.nature.name().get(view.lang), place(&point.at)),
        tone,
        note: fill(note.get(view.lang), &[&eigenvalues(point)]),
    }
}

fn mode_name(mode: usize) -> String {
    format!("λ{}", ["₁", "₂"].get(mode).unwrap_or(&""))
}

/// Coordinates as a reader writes them.
pub fn place(at: &[f64]) -> String {
    format!("({})", at.iter().map(|x| show_number(*x)).collect::<Vec<_>>().join(", "))
}

/// The eigenvalues of a point, as a reader writes them.
pub fn eigenvalues(point: &FixedPoint) -> String {
    let one = |[re, im]: &[f64; 2]| match *im {
        0.0 => show_number(*re),
        im => format!("{} {} {}i", show_number(*re), if im < 0.0 { "−" } else { "+" }, show_number(im.abs())),
    };
    point.eigenvalues.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Sentences a reader of these values should see.
pub fn notes(at: &Setting<'_>, run: &Run, view: View) -> Vec<String> {
    let mut out = Vec::new();
    let say = |text: crate::text::Text| text.get(view.lang).to_owned();
    for lane in axes::lanes(run) {
        if let Some(n) = lane.diverged_at() {
            let text =
                t("{} left every bound at iteration {}, where it was stopped.", "{}在第 {} 步超出一切界限，停在那里。");
            out.push(fill(text.get(view.lang), &[lane.lane.name.get(view.lang), &n.to_string()]));
        }
    }
    if let Some((n, minimum)) = moments::arrival(at, run) {
        let text = t(
            "The optimizer ends at the minimum {}, within 1 % of its way from iteration {} on.",
            "优化器终止于极小点 {}，自第 {} 步起保持在路程的 1 % 以内。",
        );
        out.push(fill(text.get(view.lang), &[&place(&minimum), &n.to_string()]));
    }
    if at.is_loss() && local(at, run).is_none() {
        out.push(say(t(
            "No minimum was found near the start, so no local regime is named.",
            "起点附近没有找到极小点，因此不给出局部阻尼类型。",
        )));
    }
    if at.is_loss() && at.twin().is_none() {
        out.push(say(t(
            "The chosen mapping has no spring for these η and β.",
            "对当前的 η、β，所选映射没有对应的弹簧。",
        )));
    }
    if at.is_force() {
        out.push(say(t(
            "Heavy ball steps v ← βv + ηF with v in displacement per iteration; at η = h² and β = 1 it is the symplectic Euler method of the same motion.",
            "重球法按 v ← βv + ηF 迭代，v 为每步位移；当 η = h²、β = 1 时即同一运动的辛欧拉法。",
        )));
    }
    if at.world().reads_time() {
        out.push(say(t(
            "The equations change with time: points at rest and the portrait are those of t = 0.",
            "方程随时间变化：不动点与相图取自 t = 0。",
        )));
    }
    if !run.is_steady() {
        out.push(say(t(
            "Parameters changed in mid-run: points at rest and regimes are those of the last values.",
            "运行中途改变了参数：不动点与阻尼类型按最后的取值给出。",
        )));
    }
    out
}

const fn entry(id: &'static str, symbol: &'static str, en: &'static str, zh: &'static str, unit: &'static str) -> Spec {
    let kind = Kind::Real { min: 0.0, max: f64::MAX, spread: Spread::Log };
    Spec { id, symbol, name: t(en, zh), unit, kind, default: f64::NAN, live: true, help: t(en, zh) }
}

static MASS: Spec = entry("m", "$m$", "mass", "质量", "kg");
static FRICTION: Spec = entry("c", "$c$", "friction", "摩擦", "N·s/m");
static CLOCK: Spec = entry("h", "$h$", "time per iteration", "每步时间", "s");
static RATE: Spec = entry("eta", "$η$", "learning rate", "学习率", "a.u.");
static MOMENTUM: Spec = entry("beta", "$β$", "momentum", "动量", "");

/// The same run in the terms of the lens a reader does not look through; of equations their clock.
pub fn dictionary(at: &Setting<'_>, view: View) -> (String, Vec<Entry>) {
    let clock = Entry { spec: &CLOCK, value: at.get("h") };
    if at.is_flow() {
        return (t("The clock of the solution", "解的时钟").get(view.lang).to_owned(), vec![clock]);
    }
    let momentum =
        || vec![Entry { spec: &RATE, value: at.get("eta") }, Entry { spec: &MOMENTUM, value: at.get("beta") }];
    if view.lens == Lens::Spring || !at.is_loss() {
        let title = t("The same run as an optimizer", "同一运行 · 优化器");
        return (title.get(view.lang).to_owned(), momentum());
    }
    let twin = at.twin();
    let value = |f: fn(&Oscillator) -> f64| twin.as_ref().map_or(f64::NAN, f);
    let title = t("The same run as a spring · {}", "同一运行 · 弹簧（{}）");
    let mass = Entry { spec: &MASS, value: value(|t| t.m) };
    let friction = Entry { spec: &FRICTION, value: value(|t| t.c) };
    (fill(title.get(view.lang), &[words::mapping(at.mapping()).get(view.lang)]), vec![mass, friction, clock])
}
