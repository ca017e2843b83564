//! The numbers beside the arm: what the gains promise, and what the runs show.

use super::breaks::measured_here;
use super::dictionary::{ball, is_linear, plant};
use super::measure::{Step, step};
use crate::core::Probe;
use crate::scenes::exhibit::number::number;
use crate::scenes::{Readout, Seen};
use crate::text::t;
use crate::theory::heavy_ball::step_metrics;
use crate::theory::pd::{gravity_angle, torque_noise_variance};

/// The response of lane `i`, and the time of one of its rows in samples.
pub fn response(seen: &Seen<'_>, i: usize) -> Option<(Step, f64)> {
    let lane = seen.lane(i)?;
    Some((step(lane.column(Probe::Position(0)), seen.get("r"))?, 1.0 / lane.lane.substeps as f64))
}

/// Every number, in reading order.
pub fn all(seen: &Seen<'_>) -> Vec<Readout> {
    let mut out = arm(seen);
    out.extend(optimizer(seen));
    out.extend(loads(seen));
    out
}

/// Overshoot, rise and settling of the arm against those of the spring it stands for.
fn arm(seen: &Seen<'_>) -> Vec<Readout> {
    let values = &seen.run.values;
    let spring = plant(values).oscillator();
    let linear = is_linear(values);
    let read = response(seen, 0).map(|(step, row)| (step, row * values.get("period")));
    let note = t(
        "Predicted in continuous time, without limit, load or noise; measured on the arm.",
        "预测：连续时间，无限幅、无载荷、无噪声；测量：机械臂本身。",
    );
    let source = "Franklin, Powell & Emami-Naeini";
    let uses = ["j", "kp", "kd"];
    vec![
        number(seen, t("overshoot, arm", "超调（机械臂）"), note)
            .predicted(spring.overshoot().filter(|_| linear))
            .measured(read.map(|(step, _)| step.overshoot))
            .by("$e^{−πζ/√(1−ζ²)}$, $ζ = kd/(2√(kp J))$", &uses, source)
            .done(),
        number(seen, t("rise 10–90 %, arm", "上升时间 10–90 %（机械臂）"), note)
            .unit("s")
            .predicted(spring.rise_time().filter(|_| linear))
            .measured(read.and_then(|(step, row)| Some(step.rise? * row)))
            .by("", &uses, source)
            .done(),
        number(seen, t("settling to 2 %, arm", "2 % 调节时间（机械臂）"), note)
            .unit("s")
            .predicted(spring.settling_exact(0.02).filter(|_| linear))
            .measured(read.and_then(|(step, row)| Some(step.settling? * row)))
            .by("", &uses, source)
            .done(),
    ]
}

/// Momentum of the optimizer, its overshoot, and how far it is from the arm.
fn optimizer(seen: &Seen<'_>) -> Vec<Readout> {
    let values = &seen.run.values;
    let [textbook, here] = [0, values.index("dictionary")].map(|k| ball(values, k));
    let rests = here.start == 0.0 && values.get("mgl") == 0.0;
    let metrics = step_metrics(here.q, here.beta).filter(|_| rests);
    let read = response(seen, 1);
    let note =
        t("Predicted from the poles of the map, measured on the iterates.", "预测：由映射的极点；测量：由迭代点。");
    vec![
        number(
            seen,
            t("momentum $β$", "动量 $β$"),
            t("What is left after the D action has taken kd T/J.", "D 作用取走 kd T/J 之后所剩。"),
        )
        .predicted(here.beta)
        .by("$β = 1 − kd T/J$ (+ $kp T²/2J$)", &["kd", "kp", "period", "j"], "zero-order hold")
        .done(),
        number(
            seen,
            t("correction of the hold", "保持器修正"),
            t("How much the held torque adds to the textbook's β.", "零阶保持使教科书的 β 增加多少。"),
        )
        .predicted(ball(values, 1).beta - textbook.beta)
        .by("$kp T²/(2J)$", &["kp", "period", "j"], "zero-order hold")
        .done(),
        number(seen, t("overshoot, optimizer", "超调（优化器）"), note)
            .predicted(metrics.map(|m| m.overshoot))
            .measured(read.map(|(step, _)| step.overshoot))
            .done(),
        number(
            seen,
            t("largest difference", "最大差"),
            t(
                "Between arm and optimizer over about two turns, as a share of the step.",
                "约两个周期内机械臂与优化器之差，占阶跃的比例。",
            ),
        )
        .measured(measured_here(seen))
        .done(),
    ]
}

/// What gravity and a noisy sensor leave behind.
fn loads(seen: &Seen<'_>) -> Vec<Readout> {
    let values = &seen.run.values;
    let [kp, kd, r, period, noise] = ["kp", "kd", "r", "period", "noise"].map(|id| values.get(id));
    let mut out = Vec::new();
    if values.get("mgl") != 0.0 {
        let held = if values.get("ki") > 0.0 { 0.0 } else { gravity_angle(kp, values.get("mgl"), r).0 - r };
        let note = t(
            "Predicted at rest: gravity shifts the minimum until integral action takes it up; measured at the end.",
            "预测：静止时重力使极小点偏移，积分作用将其补偿；测量：运行结束时。",
        );
        let rest = number(seen, t("steady error", "稳态误差"), note).unit("rad").predicted(held);
        let by = "$kp (r − q) = mgl sin q$";
        out.push(rest.measured(seen.end(0, 0) - r).by(by, &["kp", "mgl", "r", "ki"], "statics").done());
    }
    if noise > 0.0 {
        let gain = if values.index("derivative") == 1 { kd } else { 0.0 };
        let note = t(
            "Standard deviation of the torque that comes from the angle sensor alone: halving T doubles the share of a difference.",
            "仅由角度传感器引起的力矩标准差：T 减半，差分的部分加倍。",
        );
        let predicted = torque_noise_variance(kp, gain, period, noise).sqrt();
        out.push(
            number(seen, t("torque noise", "力矩噪声"), note)
                .unit("N·m")
                .predicted(predicted)
                .by("$s √((kp + kd/T)² + (kd/T)²)$", &["kp", "kd", "period", "noise"], "white noise through the gains")
                .done(),
        );
    }
    out
}
