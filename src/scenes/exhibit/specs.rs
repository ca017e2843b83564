//! Parameters that many exhibits declare, each with its own default and range.

use crate::param::{Kind, Spec, Spread};
use crate::scenes::models::declare::{real, restart, spec};
use crate::text::{Text, t};

/// The step size η.
pub const fn eta(default: f64, min: f64, max: f64) -> Spec {
    const HELP: Text = t("Step size (learning rate): how far a gradient pushes.", "步长（学习率）：梯度推动的幅度。");
    by_decades("eta", "$η$", t("step size", "步长"), [default, min, max], HELP)
}

/// The momentum coefficient β.
pub const fn beta(default: f64, min: f64, max: f64) -> Spec {
    const HELP: Text = t("Share of the velocity that is kept per step.", "每步保留的速度比例。");
    pure("beta", "$β$", t("momentum", "动量系数"), [default, min, max], HELP)
}

/// A coordinate of the start, which a run takes when it begins.
pub const fn start(id: &'static str, symbol: &'static str, default: f64) -> Spec {
    const HELP: Text = t("Where all lanes start.", "所有轨道的起点。");
    restart(pure(id, symbol, t("start", "起点"), [default, -10.0, 10.0], HELP))
}

/// A number without a unit, evenly spread: default, smallest and largest value.
pub const fn pure(id: &'static str, symbol: &'static str, name: Text, range: [f64; 3], help: Text) -> Spec {
    spec(id, symbol, name, "", real(range[1], range[2], Spread::Linear), range[0], help)
}

/// An angle in degrees, evenly spread: default, smallest and largest value.
pub const fn degrees(id: &'static str, symbol: &'static str, name: Text, range: [f64; 3], help: Text) -> Spec {
    Spec { unit: "°", ..pure(id, symbol, name, range, help) }
}

/// A number without a unit, spread by decades: default, smallest and largest value.
pub const fn by_decades(id: &'static str, symbol: &'static str, name: Text, range: [f64; 3], help: Text) -> Spec {
    spec(id, symbol, name, "", real(range[1], range[2], Spread::Log), range[0], help)
}

/// A whole number: default, smallest and largest value.
pub const fn count(id: &'static str, symbol: &'static str, name: Text, range: [u32; 3], help: Text) -> Spec {
    spec(id, symbol, name, "", Kind::Count { min: range[1], max: range[2] }, range[0] as f64, help)
}
