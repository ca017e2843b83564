//! What is asked of the arm, and what it answers.

use super::breaks::{measured, with};
use super::dictionary::{angle, ball, demand, plant};
use super::numbers::response;
use crate::core::Probe;
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;
use crate::theory::heavy_ball::step_metrics;
use crate::theory::pd::{gravity_angle, momentum_from_gains, normalized_gains};

fn answer(seen: &Seen<'_>) -> String {
    let values = &seen.run.values;
    let [textbook, exact] = [0, 1].map(|k| ball(values, k).beta);
    seen.tell(
        t(
            "The inertia J remembers the speed; the D action takes the share kd T/J of it away at every sample. What is left is the momentum: β = 1 − kd T/J = {}, or {} with the half sample the held torque costs. So more D means less momentum. The likeness holds as long as the motor can give kp r = {} N·m.",
            "惯量 J 记住速度，D 作用在每个采样取走其中 kd T/J。剩下的就是动量：β = 1 − kd T/J = {}；计入力矩保持的半个采样则为 {}。因此 D 越强，动量越小。只要电机能给出 kp r = {} N·m，这种对应就成立。",
        ),
        &[textbook, exact, demand(values)],
    )
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "If kd is doubled, the momentum of the optimizer with the same motion …",
            "若 kd 加倍，与之同样运动的优化器的动量……",
        ),
        choices: &[t("grows", "增大"), t("stays", "不变"), t("falls", "减小")],
        right: |seen| {
            let values = &seen.run.values;
            let (a, d) = normalized_gains(&plant(values), values.get("period"));
            let [before, after] = [d, 2.0 * d].map(|d| momentum_from_gains(a, d).1);
            usize::from(after <= before) + usize::from(after < before)
        },
    },
    answer,
    claims: &[
        Claim::new(
            "004",
            t(
                "The momentum term corresponds to the D (damping) part of PD control.",
                "动量项对应 PD 控制的 D（阻尼）部分。",
            ),
            is_damping,
        ),
        Claim::new("004", t("Momentum and PD control are isomorphic.", "动量法与 PD 控制同构。"), is_isomorphic),
    ],
    reading: &[
        "Franklin, Powell & Emami-Naeini (2019), Feedback Control of Dynamic Systems, 8th ed., Pearson",
        "An et al. (2018), A PID controller approach for stochastic optimization of deep networks, CVPR",
        "Qian (1999), On the momentum term in gradient descent learning algorithms, Neural Networks 12, 145",
    ],
    checks: &[
        Check::new(
            t("sample 40 of the arm is heavy ball", "机械臂第 40 个采样即重球法"),
            |s| angle(&s.run.values, 1, 40),
            |s| s.at(0, Probe::Position(0), 40),
            1e-12,
        ),
        Check::new(
            t("iterate 40 of the optimizer", "优化器第 40 步"),
            |s| angle(&s.run.values, 0, 40),
            |s| s.at(1, Probe::Position(0), 40),
            1e-12,
        ),
        Check::new(
            t("overshoot of the optimizer", "优化器的超调"),
            |s| {
                let ball = ball(&s.run.values, 0);
                step_metrics(ball.q, ball.beta).map_or(f64::NAN, |m| m.overshoot)
            },
            |s| response(s, 1).map_or(f64::NAN, |(step, _)| step.overshoot),
            1e-12,
        ),
        Check::new(t("β of the textbook", "教科书的 β"), |_| 0.9, |s| ball(&s.run.values, 0).beta, 1e-12),
        Check::new(
            t("arm and optimizer agree sample by sample", "机械臂与优化器逐采样一致"),
            |_| 0.0,
            |s| measured(&s.run.values),
            1e-12,
        )
        .of(1),
        Check::new(
            t("steady error under gravity", "重力下的稳态误差"),
            |s| gravity_angle(s.get("kp"), s.get("mgl"), s.get("r")).0,
            |s| s.end(0, 0),
            1e-4,
        )
        .of(4),
        Check::new(t("integral action takes it up", "积分作用将其消除"), |s| s.get("r"), |s| s.end(0, 0), 1e-3).of(5),
    ],
};

fn is_damping(seen: &Seen<'_>) -> Finding {
    let values = &seen.run.values;
    let (a, d) = normalized_gains(&plant(values), values.get("period"));
    let [here, more] = [d, 1.1 * d].map(|d| momentum_from_gains(a, d).1);
    let heavier = normalized_gains(
        &crate::theory::pd::PdLoop { inertia: 2.0 * values.get("j"), ..plant(values) },
        values.get("period"),
    );
    let heavy = momentum_from_gains(heavier.0, heavier.1).1;
    let because = t(
        "Raising kd by a tenth moves β from {} to {}; doubling the inertia J moves it to {}. Memory β is inertia, the D part is the loss 1 − β: more momentum is less D.",
        "kd 增大十分之一，β 由 {} 变为 {}；惯量 J 加倍，β 变为 {}。记忆 β 是惯性，D 部分是损失 1 − β：动量越大，D 越小。",
    );
    Finding::plain(more > here, seen.tell(because, &[here, more, heavy]))
}

fn is_isomorphic(seen: &Seen<'_>) -> Finding {
    let free = [("mgl", 0.0), ("ki", 0.0), ("noise", 0.0), ("derivative", 0.0), ("period", 0.02), ("r", 1.0)];
    let values = with(&seen.run.values, &free);
    let wanted = demand(&values);
    let strong = with(&values, &[("dictionary", 1.0), ("limit", 500.0)]);
    let weak = with(&strong, &[("limit", 0.25 * wanted)]);
    let textbook = with(&strong, &[("dictionary", 0.0), ("period", 0.2)]);
    let [exact, clipped, coarse] = [strong, weak, textbook].map(|values| measured(&values));
    let because = t(
        "Sample by sample the two differ by {} of the step while the motor is strong enough, by {} when it gives a quarter of the torque asked for; β = 1 − kd T/J at T = 0.2 s is off by {}. The likeness is exact for a linear loop with poles a spring can have, and a limit otherwise.",
        "电机足够强时，两者逐采样相差阶跃的 {}；电机只能给出所需力矩的四分之一时相差 {}；T = 0.2 s 时用 β = 1 − kd T/J 则差 {}。对线性回路（极点为弹簧所能有）这种对应是精确的，否则只是极限。",
    );
    let numbers = [exact, clipped, coarse].map(|x| if x.is_finite() { x } else { f64::INFINITY });
    Finding::conditional(exact < 1e-9, seen.tell(because, &numbers))
}
