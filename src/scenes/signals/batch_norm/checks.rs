//! Numbers that have to come out of running statistics: print, theory and the core.

use std::f64::consts::TAU;

use super::driven::{self, Point};
use super::{feedback, following, found, gains, lag, norm};
use crate::scenes::{Check, Seen};
use crate::text::t;
use crate::theory::closed_loop::resonance;
use crate::theory::matrix::Complex;
use crate::theory::toys::lagged::{damping_shift, ringing_pole, transfer};

/// A share that centring takes off, for verdicts.
pub const CENTRED: f64 = 0.5;
/// A share so small that only the first order counts.
const SMALL: f64 = 0.01;

/// The numbers.
pub const CHECKS: &[Check] = &[
    Check::new(t("largest gain, driven", "最大增益（驱动）"), |_| 3.16, |_| peak(0.9).1, 5e-3),
    Check::new(t("its period", "其周期"), |_| 19.8, |_| peak(0.9).0, 5e-2),
    Check::new(t("largest gain at β = 0.99, driven", "β = 0.99 的最大增益（驱动）"), |_| 32.0, |_| peak(0.99).1, 0.5),
    Check::new(
        t("lag at period 100, ηλ = 0.01 (degrees), driven", "周期 100、ηλ = 0.01 的滞后（度，驱动）"),
        |_| 45.0,
        |_| at([0.01, 0.9, 0.0], TAU / 100.0).map_or(f64::NAN, |p| lag(p.parameter)),
        0.5,
    ),
    Check::new(
        t("parameter against theory", "参数与理论之差"),
        |_| 0.0,
        |s| off(s, |s, p| p.parameter - following(&s.run.values, p.omega)),
        1e-7,
    ),
    Check::new(
        t("statistic against theory", "统计量与理论之差"),
        |_| 0.0,
        |s| off(s, |s, p| p.statistic - transfer(s.get("rho"), p.omega)),
        1e-8,
    ),
    Check::new(
        t("lag of the statistic, ρ = 0.9, ω = 0.1", "统计量的滞后，ρ = 0.9，ω = 0.1"),
        |_| 0.810_179,
        |_| -transfer(0.9, 0.1).arg(),
        1e-6,
    ),
    Check::new(
        t("gain over the run", "运行中的增益"),
        |s| gains(s).map_or(f64::NAN, |g| g[1]),
        |s| found(s).map_or(f64::NAN, |g| g[1]),
        0.02,
    ),
    Check::new(t("oscillating pole, centred", "振荡极点，中心化"), |s| pole(s, CENTRED), |s| ringing(s, CENTRED), 1e-9),
    Check::new(
        t("oscillating pole, over-corrected", "振荡极点，过度校正"),
        |s| pole(s, -CENTRED),
        |s| ringing(s, -CENTRED),
        1e-9,
    ),
    Check::new(t("damping per κ, first order", "每单位 κ 的阻尼（一阶）"), slope, sloping, 1e-3),
    Check::new(t("norm by its buffers", "由缓冲得到的范数"), |s| norm::grown(s)[1], |s| norm::grown(s)[0], 1e-10),
    // Four standard errors of the ensembles, in units of one.
    Check::new(
        t("growth with momentum, in standard errors", "动量法的增长（以标准误差计）"),
        |_| 0.0,
        |s| grown(s, norm::MOMENTUM),
        4.0,
    ),
    Check::new(
        t("growth with decay, in standard errors", "有衰减时的增长（以标准误差计）"),
        |_| 0.0,
        |s| grown(s, norm::DECAYED),
        4.0,
    ),
    Check::new(
        t("growth of descent, in standard errors", "梯度下降的增长（以标准误差计）"),
        |_| 0.0,
        |s| grown(s, norm::DESCENT),
        4.0,
    ),
];

/// The core driven at a frequency.
fn at(machine: [f64; 3], omega: f64) -> Option<Point> {
    driven::measure(machine, omega)
}

/// Period of the largest gain at ηλ = 0.1, and the gain of the core there.
fn peak(beta: f64) -> (f64, f64) {
    let point = resonance(0.1, beta, 1.0).and_then(|(omega, _)| at([0.1, beta, 0.0], omega));
    point.map_or((f64::NAN, f64::NAN), |p| (TAU / p.omega, p.parameter.norm()))
}

/// How far the core is from theory at the present period.
fn off(seen: &Seen<'_>, difference: fn(&Seen<'_>, Point) -> Complex<f64>) -> f64 {
    driven::kept(seen, TAU / seen.get("period")).map_or(f64::NAN, |point| difference(seen, point).norm())
}

fn machine(seen: &Seen<'_>) -> [f64; 3] {
    ["eta", "beta", "rho"].map(|id| seen.get(id))
}

fn pole(seen: &Seen<'_>, kappa: f64) -> f64 {
    let [eta, beta, rho] = machine(seen);
    ringing_pole(eta, beta, rho, kappa).map_or(f64::NAN, Complex::norm)
}

/// The modulus of the oscillating pole at this share, read off a run of the core.
pub fn ringing(seen: &Seen<'_>, kappa: f64) -> f64 {
    feedback::ringing(machine(seen), kappa).unwrap_or(f64::NAN)
}

fn slope(seen: &Seen<'_>) -> f64 {
    let [eta, beta, rho] = machine(seen);
    damping_shift(eta, beta, rho).unwrap_or(f64::NAN)
}

/// The slope of ln|z| over κ, read off two runs.
fn sloping(seen: &Seen<'_>) -> f64 {
    (ringing(seen, SMALL) / ringing(seen, -SMALL)).ln() / (2.0 * SMALL)
}

fn grown(seen: &Seen<'_>, k: usize) -> f64 {
    let exact = norm::exact(seen, k, norm::STEPS as f64);
    norm::end(seen, k).map_or(f64::NAN, |[mean, error]| (mean - exact) / error)
}
