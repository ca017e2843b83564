//! The parameters of the scene, and sets of them worth starting from.

use super::setting::Case;
use crate::param::{Kind, Spec, Spread, Values};
use crate::scenes::models::declare::{choice, real, restart, spec as declared};
use crate::scenes::{Preset, SceneError};
use crate::text::{Text, t};

/// Every change starts the ensemble again, in the stationary state of the new values.
const fn spec(
    id: &'static str,
    symbol: &'static str,
    name: Text,
    unit: &'static str,
    kind: Kind,
    default: f64,
    help: Text,
) -> Spec {
    restart(declared(id, symbol, name, unit, kind, default, help))
}

static CASE: Spec = spec(
    "case",
    "",
    t("case", "情形"),
    "",
    Kind::Choice(&[
        choice("inertia", "mass in one bath, (x, v)", "单一热浴中的质量块 (x, v)"),
        choice("swirl", "swirl force", "旋转力"),
        choice("baths", "two temperatures", "两个温度"),
        choice("gradient", "gradient noise, no momentum", "梯度噪声，无动量"),
        choice("momentum", "gradient noise, with momentum", "梯度噪声，有动量"),
        choice("matched", "one bath (control)", "单一热浴（对照）"),
    ]),
    1.0,
    t("What drives the ensemble, and whether anything does.", "是什么在驱动系综，或者没有驱动。"),
);

static K1: Spec = spec(
    "k1",
    "$k_1$",
    t("curvature 1", "曲率 1"),
    "N/m",
    real(0.1, 10.0, Spread::Log),
    1.0,
    t("Stiffness of the bowl along its first axis.", "碗沿第一轴的刚度。"),
);

static K2: Spec = spec(
    "k2",
    "$k_2$",
    t("curvature 2", "曲率 2"),
    "N/m",
    real(0.1, 10.0, Spread::Log),
    2.0,
    t("Stiffness of the bowl along its second axis.", "碗沿第二轴的刚度。"),
);

static ANGLE: Spec = spec(
    "angle",
    "$φ$",
    t("angle of noise and bowl", "噪声与碗的夹角"),
    "°",
    real(-90.0, 90.0, Spread::Linear),
    45.0,
    t(
        "Angle between the axes of the noise and those of the bowl; at 0° and 90° they commute and balance returns.",
        "噪声主轴与碗主轴的夹角；0° 与 90° 时二者对易，平衡恢复。",
    ),
);

static KAPPA: Spec = spec(
    "kappa",
    "$κ$",
    t("swirl", "旋转强度"),
    "N/m",
    real(-5.0, 5.0, Spread::Linear),
    1.0,
    t("Strength of the force κ(−y, x), which has no potential.", "无势的力 κ(−y, x) 的强度。"),
);

static T1: Spec = spec(
    "t1",
    "$T_1$",
    t("temperature 1", "温度 1"),
    "J",
    real(0.01, 100.0, Spread::Log),
    1.0,
    t("Temperature of the bath, or of its noise along the first axis.", "热浴的温度，或其噪声沿第一轴的温度。"),
);

static T2: Spec = spec(
    "t2",
    "$T_2$",
    t("temperature 2", "温度 2"),
    "J",
    real(0.01, 100.0, Spread::Log),
    0.1,
    t("Temperature of the noise along its second axis.", "噪声沿第二轴的温度。"),
);

static FRICTION: Spec = spec(
    "c",
    "$c$",
    t("friction", "摩擦"),
    "N·s/m",
    real(0.1, 10.0, Spread::Log),
    1.0,
    t(
        "Friction of the bath; it divides the drift and, with T, sets the noise.",
        "热浴的摩擦；它除漂移，并与 T 一起决定噪声。",
    ),
);

static MASS: Spec = spec(
    "m",
    "$m$",
    t("mass", "质量"),
    "kg",
    real(0.1, 10.0, Spread::Log),
    1.0,
    t("Inertia, which is momentum to an optimizer.", "惯量，对优化器即动量。"),
);

static STEP: Spec = spec(
    "h",
    "$h$",
    t("step", "步长"),
    "s",
    real(1e-3, 0.1, Spread::Log),
    0.01,
    t(
        "Length of a step; four steps make an iteration. Closed forms marked exact hold at any step.",
        "每步时长，四步为一次迭代。标为精确的闭式解对任意步长成立。",
    ),
);

static PARTICLES: Spec = spec(
    "particles",
    "$N$",
    t("particles", "粒子数"),
    "",
    Kind::Count { min: 64, max: 20_000 },
    2000.0,
    t("Independent copies; intervals shrink as 1/√N.", "独立副本数；区间宽度按 1/√N 收缩。"),
);

/// Learning rate that the step amounts to.
static ETA: Spec = spec(
    "eta",
    "$η$",
    t("learning rate", "学习率"),
    "m²/J",
    real(1e-4, 1.0, Spread::Log),
    f64::NAN,
    t("η = h/c: the step of SGD without momentum on this bowl.", "η = h/c：碗上无动量 SGD 的步长。"),
);

static S1: Spec = spec(
    "s1",
    "$S_1$",
    t("gradient noise 1", "梯度噪声 1"),
    "N²",
    real(0.02, 2e6, Spread::Log),
    f64::NAN,
    t("Variance of the gradient noise per step along its first axis, 2T₁/η.", "每步梯度噪声沿第一轴的方差，2T₁/η。"),
);

static S2: Spec = spec(
    "s2",
    "$S_2$",
    t("gradient noise 2", "梯度噪声 2"),
    "N²",
    real(0.02, 2e6, Spread::Log),
    f64::NAN,
    t("Variance of the gradient noise per step along its second axis, 2T₂/η.", "每步梯度噪声沿第二轴的方差，2T₂/η。"),
);

/// Everything that defines a run.
pub static PARAMS: &[&Spec] = &[&CASE, &K1, &K2, &ANGLE, &KAPPA, &T1, &T2, &FRICTION, &MASS, &STEP, &PARTICLES];

/// What is computed from it and can be set in its place.
pub static DERIVED: &[&Spec] = &[&ETA, &S1, &S2];

/// What a case shows and edits.
pub fn controls(values: &Values) -> Vec<&'static Spec> {
    let own: &[&'static Spec] = match Case::of(values) {
        Case::Inertia => &[&K1, &T1, &FRICTION, &MASS],
        Case::Swirl => &[&KAPPA, &K1, &K2, &T1, &FRICTION],
        Case::Baths => &[&T1, &T2, &ANGLE, &K1, &K2, &FRICTION],
        Case::Gradient => &[&ANGLE, &T1, &T2, &K1, &K2, &ETA, &S1, &S2],
        Case::Momentum => &[&ANGLE, &T1, &T2, &K1, &K2, &FRICTION, &MASS],
        Case::Matched => &[&K1, &K2, &T1, &FRICTION],
    };
    let (first, last): (&'static Spec, [&'static Spec; 2]) = (&CASE, [&STEP, &PARTICLES]);
    std::iter::once(first).chain(own.iter().copied()).chain(last).collect()
}

/// The value of a parameter, derived ones included.
pub fn read(id: &str, values: &Values) -> f64 {
    let eta = values.get("h") / values.get("c");
    match id {
        "eta" => eta,
        "s1" => 2.0 * values.get("t1") / eta,
        "s2" => 2.0 * values.get("t2") / eta,
        _ => values.get(id),
    }
}

/// Sets a parameter, derived ones included.
///
/// # Errors
/// It, or the one it stands for, does not allow the value; `values` stay.
pub fn write(id: &str, value: f64, values: &mut Values) -> Result<(), SceneError> {
    if let Some(spec) = DERIVED.iter().find(|s| s.id == id) {
        spec.check(value)?;
    }
    let eta = read("eta", values);
    match id {
        "eta" => values.set("h", value * values.get("c"))?,
        "s1" => values.set("t1", 0.5 * eta * value)?,
        "s2" => values.set("t2", 0.5 * eta * value)?,
        _ => values.set(id, value)?,
    }
    Ok(())
}

/// What the scene offers to start from.
pub static PRESETS: &[Preset] = &[
    Preset {
        title: t("Swirl: curl and a true current", "旋转力：有旋度，也有真正的流"),
        values: &[],
        steps: 300,
        mode: 0,
    },
    Preset {
        title: t("A mass in one bath: curl, yet equilibrium", "单一热浴中的质量块：有旋度，却是平衡"),
        values: &[("case", "inertia"), ("k1", "1"), ("c", "0.5"), ("h", "0.02")],
        steps: 300,
        mode: 0,
    },
    Preset {
        title: t("Two temperatures: no curl, yet a current", "两个温度：无旋度，却有流"),
        values: &[("case", "baths"), ("k2", "4")],
        steps: 300,
        mode: 0,
    },
    Preset {
        title: t("SGD noise across the valley’s axes", "与峡谷轴不一致的 SGD 噪声"),
        values: &[("case", "gradient"), ("k2", "4")],
        steps: 300,
        mode: 0,
    },
    Preset {
        title: t("The same noise along the axes: balance", "同样的噪声沿轴：平衡"),
        values: &[("case", "gradient"), ("k2", "4"), ("angle", "0")],
        steps: 300,
        mode: 0,
    },
    Preset {
        title: t("SGD with momentum, noise across the axes", "带动量的 SGD，噪声与轴不一致"),
        values: &[("case", "momentum"), ("k2", "4"), ("h", "0.02")],
        steps: 300,
        mode: 0,
    },
    Preset {
        title: t("One bath and a bowl: nothing flows", "单一热浴与碗：没有流"),
        values: &[("case", "matched"), ("k2", "4")],
        steps: 300,
        mode: 0,
    },
];
