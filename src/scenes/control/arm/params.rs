//! The parameters of the arm, its load, its sensor and its controller.

use crate::param::{Choice, Kind, Spec, Spread};
use crate::scenes::models::declare::{choice, real, restart, spec};
use crate::text::{Text, t};

const fn physical(
    id: &'static str,
    symbol: &'static str,
    name: Text,
    unit: &'static str,
    [default, min, max]: [f64; 3],
    help: Text,
) -> Spec {
    spec(id, symbol, name, unit, real(min, max, Spread::Linear), default, help)
}

const fn decades(of: Spec, min: f64, max: f64) -> Spec {
    Spec { kind: real(min, max, Spread::Log), ..of }
}

pub(super) static J: Spec = decades(
    physical(
        "j",
        "$J$",
        t("inertia", "转动惯量"),
        "kg·m²",
        [1.0, 0.1, 10.0],
        t("Inertia of the link: the memory of the arm.", "连杆的转动惯量：机械臂的记忆。"),
    ),
    0.1,
    10.0,
);

pub(super) static KP: Spec = physical(
    "kp",
    "$kp$",
    t("proportional gain", "比例增益"),
    "N·m/rad",
    [25.0, 0.5, 100.0],
    t("Torque per error.", "单位误差的力矩。"),
);

pub(super) static KI: Spec = physical(
    "ki",
    "$ki$",
    t("integral gain", "积分增益"),
    "N·m/(rad·s)",
    [0.0, 0.0, 100.0],
    t("Torque per accumulated error; the optimizer has nothing like it.", "单位累积误差的力矩；优化器中没有对应物。"),
);

pub(super) static KD: Spec = physical(
    "kd",
    "$kd$",
    t("derivative gain", "微分增益"),
    "N·m·s/rad",
    [5.0, 0.0, 50.0],
    t("Torque against the speed: what takes momentum away.", "与角速度相反的力矩：它取走动量。"),
);

pub(super) static PERIOD: Spec = decades(
    physical(
        "period",
        "$T$",
        t("sample time", "采样时间"),
        "s",
        [0.02, 0.002, 0.5],
        t("The torque is held this long.", "力矩保持不变的时间。"),
    ),
    0.002,
    0.5,
);

pub(super) static MGL: Spec = physical(
    "mgl",
    "$mgl$",
    t("gravity torque", "重力矩"),
    "N·m",
    [0.0, 0.0, 20.0],
    t("Weight times lever; the link hangs down at angle 0.", "重量乘以力臂；角度 0 时连杆竖直下垂。"),
);

pub(super) static LIMIT: Spec = decades(
    physical(
        "limit",
        "$u_{max}$",
        t("torque limit", "力矩上限"),
        "N·m",
        [200.0, 0.5, 500.0],
        t("The motor gives no more than this.", "电机能给出的最大力矩。"),
    ),
    0.5,
    500.0,
);

pub(super) static NOISE: Spec = physical(
    "noise",
    "$s$",
    t("sensor noise", "传感器噪声"),
    "rad",
    [0.0, 0.0, 0.05],
    t("Standard deviation of the angle sensor at every sample.", "每次采样时角度传感器的标准差。"),
);

pub(super) static SET_POINT: Spec =
    physical("r", "$r$", t("set point", "设定值"), "rad", [1.0, -3.0, 3.0], t("The angle wanted.", "期望的角度。"));

const DERIVATIVES: &[Choice] =
    &[choice("sensor", "speed sensor", "速度传感器"), choice("difference", "difference of angles", "角度差分")];

pub(super) static DERIVATIVE: Spec = spec(
    "derivative",
    "",
    t("speed from", "速度来源"),
    "",
    Kind::Choice(DERIVATIVES),
    0.0,
    t("A sensor of its own, or the last two angles.", "独立传感器，或最近两次角度之差。"),
);

const DICTIONARIES: &[Choice] =
    &[choice("textbook", "textbook", "教科书"), choice("samples", "of the samples", "采样精确")];

pub(super) static DICTIONARY: Spec = restart(spec(
    "dictionary",
    "",
    t("dictionary", "对照方式"),
    "",
    Kind::Choice(DICTIONARIES),
    0.0,
    t(
        "How gains become momentum: β = 1 − kd T/J from rest, or with the half sample the hold costs.",
        "增益如何变成动量：静止起步的 β = 1 − kd T/J，或计入零阶保持的半个采样。",
    ),
));
