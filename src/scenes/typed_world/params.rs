//! The parameters of a typed world: those of the laboratory, the start of every state, the sliders.

use crate::formula::{Kind as World, Slider};
use crate::param::{Kind, Spec, Spread, Values, intern, intern_word};
use crate::scenes::Lens;
use crate::scenes::models::declare::{choice, real};
use crate::text::{Text, t};

const fn spec(id: &'static str, symbol: &'static str, name: Text, unit: &'static str, kind: Kind, help: Text) -> Spec {
    Spec { id, symbol, name, unit, kind, default: 0.0, live: true, help }
}

/// Learning rate.
const ETA: Spec = spec(
    "eta",
    "$η$",
    t("learning rate", "学习率"),
    "a.u.",
    real(1e-8, 100.0, Spread::Log),
    t("Step size of the heavy ball v ← βv + ηf.", "重球法 v ← βv + ηf 的步长。"),
);

/// Momentum.
const BETA: Spec = spec(
    "beta",
    "$β$",
    t("momentum", "动量"),
    "",
    real(-1.0, 1.1, Spread::Linear),
    t("Share of the velocity kept per iteration; 0 is gradient descent.", "每步保留的速度比例；0 即梯度下降。"),
);

/// Storage convention.
const CONVENTION: Spec = spec(
    "convention",
    "",
    t("momentum buffer", "动量缓冲"),
    "",
    Kind::Choice(&[
        choice("displacement", "displacement v ← βv + ηf", "位移式 v ← βv + ηf"),
        choice("accumulating", "accumulating v ← βv + f", "累积式 v ← βv + f"),
        choice("average", "average v ← βv + (1−β)f", "均值式 v ← βv + (1−β)f"),
    ]),
    t("Same path while η and β stay; the paths part when one changes.", "η、β 不变时路径相同；改变时路径分开。"),
);

/// Dictionary between η, β and the spring. The one that matches poles needs one curvature everywhere.
const MAPPING: Spec = spec(
    "mapping",
    "",
    t("twin by", "孪生映射"),
    "",
    Kind::Choice(&[
        choice("explicit", "explicit friction", "显式摩擦"),
        choice("qian", "implicit friction (Qian 1999)", "隐式摩擦（Qian 1999）"),
        choice("conformal", "conformal (exact friction)", "共形（精确摩擦）"),
        choice("splitting", "splitting (BAOAB)", "分裂（BAOAB）"),
        choice("central", "central differences", "中心差分"),
    ]),
    t("Which spring counts as the twin of η and β.", "哪一个弹簧算作 η、β 的孪生。"),
);

/// Integrator of what is continuous.
const METHOD: Spec = spec(
    "method",
    "",
    t("integrator", "积分方法"),
    "",
    Kind::Choice(&[
        choice("rk4", "Runge–Kutta 4, 8 steps per h", "Runge–Kutta 4，每 h 8 步"),
        choice("dormand-prince", "Dormand–Prince 5(4), error 10⁻¹⁰", "Dormand–Prince 5(4)，误差 10⁻¹⁰"),
    ]),
    t(
        "How what is continuous is computed; a step that Dormand–Prince cannot make within 250 substeps stops the lane.",
        "连续运动的算法；Dormand–Prince 在 250 个子步内完不成的一步会使通道停下。",
    ),
);

/// Seconds per iteration.
const H: Spec = spec(
    "h",
    "$h$",
    t("time per iteration", "每步时间"),
    "s",
    real(1e-4, 100.0, Spread::Log),
    t("Seconds of continuous motion that one iteration stands for.", "一次迭代所代表的连续运动秒数。"),
);

/// Temperature.
const TEMPERATURE: Spec = spec(
    "temperature",
    "$T$",
    t("temperature", "温度"),
    "a.u.",
    real(0.0, 100.0, Spread::Log),
    t("Noise of the sampler lane; at 0 it is the optimizer.", "采样通道的噪声；为 0 时就是优化器。"),
);

/// Size of the cloud.
const PARTICLES: Spec = Spec {
    live: false,
    ..spec(
        "particles",
        "$N$",
        t("particles", "粒子数"),
        "",
        Kind::Count { min: 1, max: 1_000_000 },
        t("Independent copies of the sampler.", "采样器的独立副本数。"),
    )
};

/// Identifiers of the laboratory; no slider takes one of them.
const LABORATORY: [Spec; 8] = [ETA, BETA, CONVENTION, MAPPING, METHOD, H, TEMPERATURE, PARTICLES];

const SLIDER_HELP: Text = t("A slider of the text.", "文本中声明的滑块。");
const START: Text = t("start", "起点");
const START_HELP: Text = t("Where every lane starts.", "各通道出发的位置。");
const STEP: Text = t("start step", "初始步");
const STEP_HELP: Text =
    t("Displacement per iteration with which every lane arrives at its start.", "各通道到达起点时的每步位移。");
const SPEED: Text = t("start velocity", "初速度");
const SPEED_HELP: Text = t("Velocity at the start.", "起点处的速度。");

/// Declarations of one world, in the order of its values.
pub struct Params {
    /// All of them.
    pub all: &'static [&'static Spec],
    /// The laboratory's.
    laboratory: Vec<&'static Spec>,
    /// Of every slider of the text.
    pub sliders: Vec<&'static Spec>,
    /// Of every position or unknown.
    pub starts: Vec<&'static Spec>,
    /// Of every velocity; per iteration for a loss.
    pub speeds: Vec<&'static Spec>,
}

impl Params {
    /// The declarations of a world of this kind with these states, starting there, its learning rate
    /// usually `eta`.
    pub fn new(kind: World, states: &[String], start: &[f64], sliders: &[Slider], eta: f64) -> Params {
        let dim = kind.dim();
        let laboratory: Vec<&'static Spec> = usual(kind, eta).into_iter().map(intern).collect();
        let at = |i: usize| start.get(i).copied().unwrap_or(0.0);
        let place = |(i, state): (usize, &String)| origin(format!("{state}0"), state, START, START_HELP, at(i));
        let starts: Vec<&'static Spec> = states.iter().enumerate().take(dim).map(place).collect();
        let speeds: Vec<&'static Spec> = if states.len() == dim && is_loss(kind) {
            states.iter().map(|x| origin(format!("v{x}0"), &format!("Δ{x}"), STEP, STEP_HELP, 0.0)).collect()
        } else {
            let speed = |(i, state): (usize, &String)| {
                let id = state.strip_suffix('\'').map_or_else(|| format!("{state}0"), |x| format!("v{x}0"));
                origin(id, state, SPEED, SPEED_HELP, at(i))
            };
            states.iter().enumerate().skip(dim).map(speed).collect()
        };
        let mut all: Vec<&'static Spec> = laboratory.iter().chain(&starts).chain(&speeds).copied().collect();
        let sliders: Vec<&'static Spec> = sliders.iter().map(|s| slider(s, &mut all)).collect();
        Params { all: crate::param::intern_all(&all), laboratory, sliders, starts, speeds }
    }

    /// What a lens shows: the text's own first, then the laboratory's, then where it starts.
    pub fn controls(&self, lens: Lens) -> Vec<&'static Spec> {
        let ids: &[&str] = match lens {
            Lens::Optimizer => &["eta", "beta", "convention"],
            Lens::Spring | Lens::Controller => &["mapping", "h", "method"],
            Lens::Sampler => &["temperature", "particles", "eta", "beta"],
        };
        let lab = || self.laboratory.iter().filter(|s| ids.contains(&s.id));
        // A lens without parameters of its own here shows the clock.
        let rest = || self.laboratory.iter().filter(|s| s.id == "h" && lab().next().is_none());
        self.sliders.iter().chain(lab()).chain(rest()).chain(&self.starts).chain(&self.speeds).copied().collect()
    }
}

fn is_loss(kind: World) -> bool {
    matches!(kind, World::Loss1 | World::Loss2)
}

/// The laboratory of a kind of world, with its usual values.
fn usual(kind: World, eta: f64) -> Vec<Spec> {
    let with = |spec: Spec, default: f64| Spec { default, ..spec };
    let method = METHOD;
    match kind {
        World::Loss1 | World::Loss2 => vec![
            with(ETA, eta),
            with(BETA, 0.9),
            CONVENTION,
            MAPPING,
            with(H, 0.2),
            method,
            with(TEMPERATURE, 0.05),
            with(PARTICLES, 400.0),
        ],
        World::Force1 | World::Force2 => vec![with(ETA, 0.01), with(BETA, 1.0), with(H, 0.1), method],
        World::Ode { .. } => vec![with(H, 0.1), method],
    }
}

/// The declaration of where a state starts.
fn origin(id: String, state: &str, name: Text, help: Text, default: f64) -> &'static Spec {
    let reach = (10.0 * default.abs()).max(100.0);
    intern(Spec {
        id: intern_word(&id),
        symbol: intern_word(&symbol(&format!("{state}_0"))),
        default,
        live: false,
        ..spec("", "", name, "a.u.", real(-reach, reach, Spread::Linear), help)
    })
}

/// The declaration of a slider under a name nothing else has; adds it to `all`.
fn slider(slider: &Slider, all: &mut Vec<&'static Spec>) -> &'static Spec {
    let mut id = slider.name.clone();
    while all.iter().any(|s| s.id == id) || LABORATORY.iter().any(|s| s.id == id) {
        id = format!("my-{id}");
    }
    let name = intern_word(&slider.name);
    let spread = if slider.log { Spread::Log } else { Spread::Linear };
    let made = intern(Spec {
        id: intern_word(&id),
        symbol: intern_word(&symbol(&slider.name)),
        default: slider.default,
        ..spec("", "", t(name, name), "", real(slider.low, slider.high, spread), SLIDER_HELP)
    });
    all.push(made);
    made
}

/// A name of the text in label mark-up: what follows the first underscore or the letters stands low.
pub fn symbol(name: &str) -> String {
    let primes = name.matches('\'').count();
    let plain = name.replace('\'', "");
    let letters = plain.find(|c: char| c == '_' || c.is_ascii_digit()).unwrap_or(plain.len());
    let (base, low) = plain.split_at(letters);
    let low: String = low.chars().filter(|c| *c != '_').collect();
    let low = if low.is_empty() { low } else { format!("_{{{low}}}") };
    format!("${base}{}{low}$", "′".repeat(primes))
}

/// The values of a world after its text was changed: what a reader had set stays as far as the new one
/// knows and allows it, unless the text now says otherwise.
pub fn carried(old: &Values, new: &'static [&'static Spec]) -> Values {
    let mut out = Values::defaults(new);
    for before in old.specs() {
        let Ok(now) = out.spec(before.id) else { continue };
        let value = old.get(before.id);
        let typed_anew = now.default != before.default && LABORATORY.iter().all(|s| s.id != before.id);
        if value != before.default && !typed_anew {
            // Out of its new range it is as the text says.
            let _ = out.set(before.id, value);
        }
    }
    out
}
