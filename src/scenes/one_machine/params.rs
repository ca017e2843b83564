//! The parameters of the scene, defining and derived.

use crate::param::{Kind, Spec, Spread, Values};
use crate::scenes::Lens;
use crate::scenes::models::declare::{choice, real, restart, spec};
use crate::text::t;

/// One mode, two free modes, or the bowl of *Dive into Deep Learning*.
pub const ONE: usize = 0;
/// See [`ONE`].
pub const TWO: usize = 1;
/// See [`ONE`].
pub const D2L: usize = 2;

/// The loss surface.
pub static PROBLEM: Spec = restart(spec(
    "problem",
    "",
    t("problem", "问题"),
    "",
    Kind::Choice(&[
        choice("one", "one mode ½λx²", "单模态 ½λx²"),
        choice("two", "two modes ½(λ₁x₁² + λ₂x₂²)", "双模态 ½(λ₁x₁² + λ₂x₂²)"),
        choice("d2l", "d2l bowl 0.1x₁² + 2x₂²", "d2l 碗 0.1x₁² + 2x₂²"),
    ]),
    D2L as f64,
    t("The loss surface; every lane moves on it.", "损失曲面，所有通道都在其上运动。"),
));

/// Learning rate.
pub static ETA: Spec = spec(
    "eta",
    "$η$",
    t("learning rate", "学习率"),
    "a.u.",
    real(1e-5, 100.0, Spread::Log),
    0.4,
    t("Step size of the accumulating form v ← βv + ηf.", "累积形式 v ← βv + ηf 的步长。"),
);

/// Momentum.
pub static BETA: Spec = spec(
    "beta",
    "$β$",
    t("momentum", "动量"),
    "",
    real(-1.0, 1.1, Spread::Linear),
    0.5,
    t("Share of the velocity kept per iteration; 0 is gradient descent.", "每步保留的速度比例；0 即梯度下降。"),
);

/// Storage convention.
pub static CONVENTION: Spec = spec(
    "convention",
    "",
    t("momentum buffer", "动量缓冲"),
    "",
    Kind::Choice(&[
        choice("displacement", "displacement v ← βv + ηf", "位移式 v ← βv + ηf"),
        choice("accumulating", "accumulating v ← βv + f", "累积式 v ← βv + f"),
        choice("average", "average v ← βv + (1−β)f", "均值式 v ← βv + (1−β)f"),
    ]),
    0.0,
    t(
        "Same path while η and β stay; the paths part when one changes in mid-run.",
        "η、β 不变时路径相同；中途改变时路径分开。",
    ),
);

/// First curvature.
pub static LAMBDA_1: Spec = spec(
    "lambda1",
    "$λ_1$",
    t("curvature 1", "曲率 1"),
    "a.u.",
    real(1e-4, 1e4, Spread::Log),
    1.0,
    t("Curvature of the first mode (not used by the d2l bowl).", "第一模态的曲率（d2l 碗不用）。"),
);

/// Second curvature.
pub static LAMBDA_2: Spec = spec(
    "lambda2",
    "$λ_2$",
    t("curvature 2", "曲率 2"),
    "a.u.",
    real(1e-4, 1e4, Spread::Log),
    10.0,
    t("Curvature of the second mode of the two-mode problem.", "双模态问题第二模态的曲率。"),
);

/// Start, first coordinate.
pub static START_1: Spec = restart(spec(
    "x1",
    "$x_1$",
    t("start 1", "起点 1"),
    "a.u.",
    real(-100.0, 100.0, Spread::Linear),
    -5.0,
    t("Where every lane starts along the first coordinate.", "各通道沿第一坐标出发的位置。"),
));

/// Start, second coordinate.
pub static START_2: Spec = restart(spec(
    "x2",
    "$x_2$",
    t("start 2", "起点 2"),
    "a.u.",
    real(-100.0, 100.0, Spread::Linear),
    -2.0,
    t("Where every lane starts along the second coordinate.", "各通道沿第二坐标出发的位置。"),
));

/// Start displacement per step, first coordinate.
pub static STEP_1: Spec = restart(spec(
    "v1",
    "$v_1$",
    t("start step 1", "初始步 1"),
    "a.u.",
    real(-100.0, 100.0, Spread::Linear),
    0.0,
    t(
        "Displacement with which every lane arrives at its start along the first coordinate; 0 is rest.",
        "各通道到达起点时沿第一坐标的每步位移；0 即静止。",
    ),
));

/// Start displacement per step, second coordinate.
pub static STEP_2: Spec = restart(spec(
    "v2",
    "$v_2$",
    t("start step 2", "初始步 2"),
    "a.u.",
    real(-100.0, 100.0, Spread::Linear),
    0.0,
    t(
        "Displacement with which every lane arrives at its start along the second coordinate; 0 is rest.",
        "各通道到达起点时沿第二坐标的每步位移；0 即静止。",
    ),
));

/// Set point, first coordinate.
pub static TARGET_1: Spec = spec(
    "r1",
    "$r_1$",
    t("set point 1", "设定点 1"),
    "a.u.",
    real(-100.0, 100.0, Spread::Linear),
    0.0,
    t(
        "Minimum of the loss along the first coordinate: where the joint is told to go.",
        "损失沿第一坐标的极小点，即关节的设定点。",
    ),
);

/// Set point, second coordinate.
pub static TARGET_2: Spec = spec(
    "r2",
    "$r_2$",
    t("set point 2", "设定点 2"),
    "a.u.",
    real(-100.0, 100.0, Spread::Linear),
    0.0,
    t(
        "Minimum of the loss along the second coordinate: where the joint is told to go.",
        "损失沿第二坐标的极小点，即关节的设定点。",
    ),
);

/// Mapping between the costumes.
pub static MAPPING: Spec = spec(
    "mapping",
    "",
    t("mapping", "映射"),
    "",
    Kind::Choice(&[
        choice("explicit", "explicit friction (textbook)", "显式摩擦（教科书）"),
        choice("qian", "implicit friction (Qian)", "隐式摩擦（Qian）"),
        choice("conformal", "conformal e^(−ch/m)", "共形 e^(−ch/m)"),
        choice("splitting", "splitting (BAOAB)", "分裂（BAOAB）"),
        choice("central", "central differences", "中心差分"),
        choice("exact", "exact poles", "精确极点"),
    ]),
    5.0,
    t("Which spring counts as the same machine as (η, β).", "哪一个弹簧算作与 (η, β) 相同的机器。"),
);

/// Length of one iteration in seconds.
pub static H: Spec = spec(
    "h",
    "$h$",
    t("time per iteration", "每步时间"),
    "s",
    real(1e-3, 100.0, Spread::Log),
    1.0,
    t("Simulated seconds that one iteration stands for.", "一次迭代所代表的模拟秒数。"),
);

/// Temperature.
pub static TEMPERATURE: Spec = spec(
    "temperature",
    "$T$",
    t("temperature", "温度"),
    "a.u.",
    real(0.0, 100.0, Spread::Log),
    0.05,
    t("Noise of the sampler lane; at 0 it is the optimizer.", "采样通道的噪声；为 0 时就是优化器。"),
);

/// Size of the cloud.
pub static PARTICLES: Spec = restart(spec(
    "particles",
    "$N$",
    t("particles", "粒子数"),
    "",
    Kind::Count { min: 1, max: 1_000_000 },
    400.0,
    t("Independent copies of the sampler.", "采样器的独立副本数。"),
));

/// Initial width of the cloud.
pub static SPREAD: Spec = restart(spec(
    "spread",
    "$σ_0$",
    t("initial spread", "初始散布"),
    "a.u.",
    real(0.0, 10.0, Spread::Linear),
    0.0,
    t("Standard deviation of the cloud at the start, around the common start.", "粒子云在起点附近的初始标准差。"),
));

/// Largest torque of the joint.
pub static TORQUE: Spec = spec(
    "torque_limit",
    "$u_{max}$",
    t("torque limit", "力矩上限"),
    "N·m",
    real(1e-3, 1e6, Spread::Log),
    1e6,
    t(
        "The motor gives no more than this; the optimizer has no such limit.",
        "电机输出不超过此值；优化器没有这种限制。",
    ),
);

/// Everything that defines a run.
pub static PARAMS: &[&Spec] = &[
    &PROBLEM,
    &ETA,
    &BETA,
    &CONVENTION,
    &LAMBDA_1,
    &LAMBDA_2,
    &START_1,
    &START_2,
    &STEP_1,
    &STEP_2,
    &TARGET_1,
    &TARGET_2,
    &MAPPING,
    &H,
    &TEMPERATURE,
    &PARTICLES,
    &SPREAD,
    &TORQUE,
];

/// What a lens shows and edits.
pub fn controls(lens: Lens, values: &Values) -> Vec<&'static Spec> {
    let two = values.index("problem") != ONE;
    let of_modes = |pair: [&'static Spec; 2]| pair.into_iter().take(1 + usize::from(two));
    let mut list: Vec<&'static Spec> = match lens {
        Lens::Optimizer => vec![&PROBLEM, &ETA, &BETA, &TEMPERATURE],
        Lens::Spring => vec![&MAPPING, &MASS, &FRICTION, &STIFFNESS, &DT, &ZETA, &OMEGA],
        Lens::Controller => vec![&MAPPING, &INERTIA, &KP, &KD, &PERIOD, &TORQUE],
        Lens::Sampler => vec![&TEMPERATURE, &ALPHA, &GAMMA, &ETA, &PARTICLES, &SPREAD],
    };
    if lens == Lens::Controller {
        list.extend(of_modes([&TARGET_1, &TARGET_2]));
    }
    if lens == Lens::Optimizer {
        if values.index("problem") != D2L {
            list.extend(of_modes([&LAMBDA_1, &LAMBDA_2]));
        }
        list.extend(of_modes([&START_1, &START_2]));
        list.extend(of_modes([&STEP_1, &STEP_2]));
        list.extend([&CONVENTION, &ETA_EFF] as [&Spec; 2]);
    }
    list
}

macro_rules! derived {
    ($($(#[$doc:meta])* $name:ident = ($id:literal, $symbol:literal, $en:literal, $zh:literal, $unit:literal, $kind:expr, $help_en:literal, $help_zh:literal);)*) => {
        $($(#[$doc])* pub static $name: Spec = spec($id, $symbol, t($en, $zh), $unit, $kind, f64::NAN, t($help_en, $help_zh));)*
        /// Everything that is computed from a run's parameters and can be set in their place.
        pub static DERIVED: &[&Spec] = &[$(&$name),*];
    };
}

derived! {
    /// Mass.
    MASS = ("m", "$m$", "mass", "质量", "kg", real(1e-6, 1e6, Spread::Log), "Inertia; m = h²/η in the explicit map.", "惯量；显式映射中 m = h²/η。");
    /// Friction.
    FRICTION = ("c", "$c$", "friction", "摩擦", "N·s/m", real(0.0, 1e6, Spread::Log), "Viscous friction; the lost momentum.", "黏性摩擦，即损失的动量。");
    /// Stiffness.
    STIFFNESS = ("k", "$k$", "stiffness", "刚度", "N/m", real(1e-4, 1e4, Spread::Log), "Curvature λ of the mode looked at.", "所看模态的曲率 λ。");
    /// Step length of the spring's clock.
    DT = ("dt", "$h$", "step length", "步长", "s", real(1e-3, 100.0, Spread::Log), "Time between two iterates; m, c and k stay, η and β follow.", "两次迭代之间的时间；m、c、k 不变，η、β 随之改变。");
    /// Damping ratio.
    ZETA = ("zeta", "$ζ$", "damping ratio", "阻尼比", "", real(0.0, 100.0, Spread::Log), "c / (2√(km)) of the continuous twin.", "连续孪生的 c / (2√(km))。");
    /// Natural frequency.
    OMEGA = ("omega0", "$ω_0$", "natural frequency", "固有频率", "rad/s", real(1e-4, 1e4, Spread::Log), "√(k/m) of the continuous twin.", "连续孪生的 √(k/m)。");
    /// Inertia of the joint.
    INERTIA = ("inertia", "$J$", "joint inertia", "关节惯量", "kg·m²", real(1e-6, 1e6, Spread::Log), "What momentum is to the optimizer.", "相当于优化器的动量。");
    /// Proportional gain.
    KP = ("kp", "$k_p$", "proportional gain", "比例增益", "N·m/rad", real(1e-4, 1e4, Spread::Log), "Curvature λ of the mode looked at.", "所看模态的曲率 λ。");
    /// Derivative gain.
    KD = ("kd", "$k_d$", "derivative gain", "微分增益", "N·m·s/rad", real(0.0, 1e6, Spread::Log), "The D action; more of it is less momentum.", "D 作用；它越大，动量越小。");
    /// Sample time.
    PERIOD = ("period", "$T_s$", "sample time", "采样周期", "s", real(1e-3, 100.0, Spread::Log), "How long a torque is held; one iteration.", "力矩保持的时间，即一次迭代。");
    /// Friction rate.
    GAMMA = ("gamma", "$γ$", "friction rate", "摩擦率", "1/s", real(0.0, 1e6, Spread::Log), "c/m of the continuous twin.", "连续孪生的 c/m。");
    /// Friction per iteration.
    ALPHA = ("alpha", "$α$", "friction per iteration", "每步摩擦", "", real(0.0, 2.0, Spread::Linear), "1 − β, the friction of SGHMC.", "1 − β，SGHMC 的摩擦。");
    /// Effective step.
    ETA_EFF = ("eta_eff", "$η_e$", "effective step", "有效步长", "a.u.", real(1e-5, 1e6, Spread::Log), "η/(1 − β): the step under a constant gradient.", "η/(1 − β)：恒定梯度下的步长。");
}
