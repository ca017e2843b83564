//! The parameters of the scene, and the two that an optimizer would name.

use crate::param::{Kind, Spec, Spread, Values};
use crate::scenes::models::declare::{choice, real, restart, spec};
use crate::scenes::{Lens, SceneError};
use crate::text::t;

/// The method; its order is that of [`super::method::Method::ALL`].
static METHOD: Spec = spec(
    "method",
    "",
    t("method", "方法"),
    "",
    Kind::Choice(&[
        choice("sghmc", "SGHMC (heavy ball with noise)", "SGHMC（带噪声的重球法）"),
        choice("heavy-ball-ou", "heavy ball, exact friction noise", "重球法，精确摩擦噪声"),
        choice("euler-maruyama", "Euler–Maruyama, with inertia", "Euler–Maruyama（带惯性）"),
        choice("overdamped", "overdamped Langevin (ULA)", "过阻尼朗之万（ULA）"),
        choice("baoab", "BAOAB", "BAOAB"),
        choice("obabo", "OBABO", "OBABO"),
        choice("leimkuhler-matthews", "Leimkuhler–Matthews", "Leimkuhler–Matthews"),
        choice("hmc", "HMC", "HMC"),
    ]),
    4.0,
    t(
        "How the cloud moves; at T = 0 each of them is an optimizer, and without friction those with inertia are Hamiltonian flow.",
        "粒子云的运动方法；T = 0 时都是优化器，无摩擦时有惯性者即哈密顿流。",
    ),
);

/// The landscape; its order is that of [`super::landscape::Landscape::ALL`].
static LANDSCAPE: Spec = restart(spec(
    "landscape",
    "",
    t("landscape", "势能面"),
    "",
    Kind::Choice(&[
        choice("harmonic", "harmonic ½kx²", "谐振势 ½kx²"),
        choice("double-well", "double well E(x² − 1)²", "双阱 E(x² − 1)²"),
        choice("tilted-well", "tilted well E(x² − 1)² + sx", "倾斜双阱 E(x² − 1)² + sx"),
        choice("twin-wells", "two wells in the plane", "平面双阱"),
        choice("four-wells", "four wells in the plane", "平面四阱"),
        choice("muller-brown", "Müller–Brown surface", "Müller–Brown 势能面"),
        choice("banana", "banana (bent Gaussian)", "香蕉形（弯曲高斯）"),
    ]),
    1.0,
    t("The potential U; every lane moves on it.", "势能 U，所有通道都在其上运动。"),
));

/// Step.
pub static H: Spec = spec(
    "h",
    "$h$",
    t("step", "步长"),
    "s",
    real(1e-4, 10.0, Spread::Log),
    0.1,
    t(
        "Time per iteration of a unit mass; for methods without inertia the step is h²/2, their limit for strong friction.",
        "单位质量每次迭代的时间；无惯性的方法取步长 h²/2，即强摩擦极限。",
    ),
);

/// Friction.
pub static GAMMA: Spec = spec(
    "gamma",
    "$γ$",
    t("friction", "摩擦"),
    "1/s",
    real(0.0, 100.0, Spread::Log),
    1.0,
    t(
        "Friction rate of a unit mass; at 0 the methods with inertia are Hamiltonian flow. HMC and methods without inertia have none.",
        "单位质量的摩擦率；为 0 时有惯性的方法即哈密顿流。HMC 与无惯性的方法没有摩擦。",
    ),
);

/// Temperature.
pub static TEMPERATURE: Spec = spec(
    "temperature",
    "$T$",
    t("temperature", "温度"),
    "a.u.",
    real(0.0, 100.0, Spread::Log),
    0.5,
    t("The temperature that is wanted; at 0 the sampler is the optimizer.", "所需温度；为 0 时采样器就是优化器。"),
);

/// Noise mismatch.
pub static MISMATCH: Spec = spec(
    "mismatch",
    "$δ$",
    t("noise mismatch", "噪声失配"),
    "",
    real(-0.9, 3.0, Spread::Linear),
    0.0,
    t(
        "Noise amplitude² times 1 + δ, friction as before: fluctuation and dissipation no longer match.",
        "噪声幅度的平方乘以 1 + δ，摩擦不变：涨落与耗散不再匹配。",
    ),
);

/// Leapfrog steps of HMC.
static LEAPS: Spec = spec(
    "leaps",
    "$L$",
    t("leapfrog steps", "蛙跳步数"),
    "",
    Kind::Count { min: 1, max: 100 },
    8.0,
    t("Leapfrog steps of one HMC proposal; only HMC uses it.", "HMC 每次提议的蛙跳步数；仅 HMC 使用。"),
);

/// Size of the cloud.
static PARTICLES: Spec = restart(spec(
    "particles",
    "$N$",
    t("particles", "粒子数"),
    "",
    Kind::Count { min: 1, max: 1_000_000 },
    2000.0,
    t("Independent copies of the sampler.", "采样器的独立副本数。"),
));

/// Start, first coordinate.
static START_1: Spec = restart(spec(
    "x1",
    "$x_1$",
    t("start 1", "起点 1"),
    "a.u.",
    real(-20.0, 20.0, Spread::Linear),
    -1.3,
    t("Where every lane starts along x.", "各通道沿 x 出发的位置。"),
));

/// Start, second coordinate.
static START_2: Spec = restart(spec(
    "x2",
    "$x_2$",
    t("start 2", "起点 2"),
    "a.u.",
    real(-20.0, 20.0, Spread::Linear),
    0.0,
    t("Where every lane starts along y, in the plane.", "平面势能面中各通道沿 y 出发的位置。"),
));

/// Start velocity.
static SPEED: Spec = restart(spec(
    "v1",
    "$v_1$",
    t("start velocity", "初速度"),
    "a.u./s",
    real(-50.0, 50.0, Spread::Linear),
    0.0,
    t("Velocity along x at the start.", "起点处沿 x 的速度。"),
));

/// Spread of the cloud at the start.
static SPREAD: Spec = restart(spec(
    "spread",
    "$σ_0$",
    t("start spread", "初始散布"),
    "a.u.",
    real(0.0, 10.0, Spread::Linear),
    0.0,
    t("Standard deviation of the particles’ starts about the start point.", "粒子起点绕出发位置的标准差。"),
));

/// Stiffness of the harmonic well.
static STIFFNESS: Spec = spec(
    "stiffness",
    "$k$",
    t("stiffness", "劲度"),
    "a.u.",
    real(1e-3, 1e3, Spread::Log),
    1.0,
    t("Curvature of the harmonic well.", "谐振势的曲率。"),
);

/// Barrier of the wells.
static BARRIER: Spec = spec(
    "barrier",
    "$E$",
    t("barrier", "势垒"),
    "a.u.",
    real(0.05, 50.0, Spread::Log),
    1.0,
    t("Height of the barrier of double, tilted, twin and four wells.", "双阱、倾斜双阱、平面双阱与四阱的势垒高度。"),
);

/// Tilt of the tilted well.
static TILT: Spec = spec(
    "tilt",
    "$s$",
    t("tilt", "倾斜"),
    "a.u.",
    real(-1.0, 1.0, Spread::Linear),
    0.3,
    t(
        "Slope added to the double well; above 0 the left well is the better one.",
        "叠加在双阱上的斜率；大于 0 时左阱更优。",
    ),
);

/// The parameters that define a run.
pub static ALL: &[&Spec] = &[
    &METHOD,
    &LANDSCAPE,
    &H,
    &GAMMA,
    &TEMPERATURE,
    &MISMATCH,
    &LEAPS,
    &PARTICLES,
    &START_1,
    &START_2,
    &SPEED,
    &SPREAD,
    &STIFFNESS,
    &BARRIER,
    &TILT,
];

/// The same step as an optimizer has it.
static ETA: Spec = spec(
    "eta",
    "$η$",
    t("learning rate", "学习率"),
    "a.u.",
    real(1e-8, 100.0, Spread::Log),
    0.01,
    t("η = h²: the step of heavy ball v ← βv + ηf.", "η = h²：重球法 v ← βv + ηf 的步长。"),
);

/// The same friction as an optimizer has it.
static BETA: Spec = spec(
    "beta",
    "$β$",
    t("momentum", "动量"),
    "",
    real(1e-4, 1.0, Spread::Linear),
    0.9,
    t(
        "Share of the velocity kept per step: 1 − γh for SGHMC and Euler–Maruyama, e^(−γh) for the others with inertia.",
        "每步保留的速度比例：SGHMC 与 Euler–Maruyama 为 1 − γh，其余有惯性的方法为 e^(−γh)。",
    ),
);

/// What an optimizer's lens shows instead of h and γ.
pub static DERIVED: &[&Spec] = &[&ETA, &BETA];

/// Whether friction acts by 1 − γh rather than by its exponential.
fn is_linear(values: &Values) -> bool {
    matches!(values.index("method"), 0 | 2)
}

/// The momentum β: the share of the velocity that a step keeps.
pub fn momentum(values: &Values) -> f64 {
    let loss = values.get("gamma") * values.get("h");
    if is_linear(values) { 1.0 - loss } else { (-loss).exp() }
}

/// A parameter or a derived one.
pub fn read(id: &str, values: &Values) -> f64 {
    match id {
        "eta" => values.get("h") * values.get("h"),
        "beta" => momentum(values),
        _ => values.get(id),
    }
}

/// Sets a parameter or a derived one; η keeps β and β keeps η.
pub fn write(id: &str, value: f64, values: &mut Values) -> Result<(), SceneError> {
    let (eta, beta) = match id {
        "eta" => (ETA.check(value)?, momentum(values)),
        "beta" => (read("eta", values), BETA.check(value)?),
        _ => return Ok(values.set(id, value)?),
    };
    let mut next = values.clone();
    let h = eta.sqrt();
    next.set("h", h)?;
    let loss = if is_linear(values) { 1.0 - beta } else { -beta.ln() };
    next.set("gamma", (loss / h).max(0.0))?;
    *values = next;
    Ok(())
}

/// What a lens shows: the optimizer its η and β, the others the sampler's own.
pub fn controls(lens: Lens, values: &Values) -> Vec<&'static Spec> {
    let mut out: Vec<&'static Spec> = vec![&METHOD, &LANDSCAPE];
    match lens {
        Lens::Optimizer => out.extend(DERIVED),
        Lens::Spring | Lens::Controller | Lens::Sampler => out.extend([&H, &GAMMA]),
    }
    out.extend([&TEMPERATURE, &MISMATCH]);
    out.extend((values.index("method") == 7).then_some(&LEAPS));
    out.extend(match values.index("landscape") {
        0 => vec![&STIFFNESS],
        1 | 3 | 4 => vec![&BARRIER],
        2 => vec![&BARRIER, &TILT],
        _ => Vec::new(),
    });
    out.extend([&PARTICLES, &START_1]);
    out.extend((values.index("landscape") > 2).then_some(&START_2));
    out.extend([&SPEED, &SPREAD]);
    out
}
