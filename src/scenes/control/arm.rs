//! A one-link arm under sampled PID control beside the optimizer its gains describe.

mod breaks;
mod dictionary;
mod measure;
mod numbers;
mod params;
mod story;

use std::sync::Arc;

use crate::core::fields::Pendulum;
use crate::core::methods::{Convention, heavy_ball};
use crate::core::{Derivative, Probe, SampledPid};
use crate::figure::{Dash, Ink, Panel};
use crate::param::Values;
use crate::scenes::exhibit::draw::{axis, level, line, over_time, positions, spanning};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::{Exhibit, Moves, Page, regimes};
use crate::scenes::models::clock;
use crate::scenes::{Chip, Group, Lens, Machine, Meta, Preset, SceneError, Seen, Setup};
use crate::text::t;
use params::{DERIVATIVE, DICTIONARY, J, KD, KI, KP, LIMIT, MGL, NOISE, PERIOD, SET_POINT};

/// Steps of the motion between two samples.
const PARTS: u64 = 8;

fn build(values: &Values, seed: u64) -> Result<Setup, SceneError> {
    let [j, kp, ki, kd] = ["j", "kp", "ki", "kd"].map(|id| values.get(id));
    let [period, mgl, limit, noise] = ["period", "mgl", "limit", "noise"].map(|id| values.get(id));
    let r = values.get("r");
    let controller = SampledPid {
        period,
        parts: PARTS,
        inertia: j,
        gains: [kp, ki, kd],
        set_point: r,
        torque_limit: limit,
        noise,
        derivative: if values.index("derivative") == 0 { Derivative::Measured } else { Derivative::Difference },
    };
    let arm = lane(t("arm", "机械臂"), Ink::Controller, Arc::new(Pendulum::free(mgl)), controller, [&[0.0], &[]])
        .as_a(Lens::Controller, Machine::Arm)
        .steps_per_iteration(PARTS)
        .recording([Probe::Remembered(1, 0)])
        .noisy(1, seed, 0);
    let ball = dictionary::ball(values, values.index("dictionary"));
    let loss = Arc::new(Pendulum { weight: mgl, stiffness: kp, rest: r });
    let method = heavy_ball(ball.eta, ball.beta, Convention::Displacement);
    let optimizer = lane(t("optimizer", "优化器"), Ink::Optimizer, loss, method, [&[0.0], &[ball.start]]);
    Ok(together(vec![arm, optimizer], period))
}

/// Angle and torque over time.
fn response<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let mut angle = positions("angle", seen, 0, t("angle $q$", "角度 $q$"), "rad");
    let (r, far) = (seen.get("r"), 2.5 * seen.get("r").abs().max(0.1));
    let all = seen.run.lanes.iter().flat_map(|lane| lane.column(Probe::Position(0)));
    angle.y = spanning(angle.y, all.map(|q| q.clamp(-far, far)).chain([0.0, r]));
    angle.layers.push(level(r, Ink::Muted, Dash::Dotted));
    let mut torque = over_time("torque", seen, axis(seen, t("torque $u$", "力矩 $u$"), "N·m"));
    let Some(arm) = seen.lane(0) else { return vec![angle] };
    let unit = clock::clock(seen.run, seen.view).1;
    let (times, u) = (arm.times(unit), arm.column(Probe::Remembered(1, 0)));
    let rows = times.len().min(u.len());
    torque.layers.push(line(&times[..rows], &u[..rows], None, Ink::Controller, Dash::Solid));
    let limit = seen.get("limit");
    let most = u.iter().copied().filter(|u| u.is_finite()).fold(0.0, |most: f64, u| most.max(u.abs()));
    torque.y = spanning(torque.y, u.iter().copied().chain([0.0]));
    if most > 0.7 * limit {
        torque.layers.extend([limit, -limit].map(|u| level(u, Ink::Danger, Dash::Dashed)));
        torque.y = spanning(torque.y, [limit, -limit]);
    }
    (torque.below, torque.share, torque.legend) = (true, 0.6, false);
    vec![angle, torque]
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    let ball = dictionary::ball(&seen.run.values, 1);
    vec![regimes::chip(seen, seen.say(t("arm", "机械臂")), ball.q, ball.beta)]
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "arm",
        title: t("A robot joint is an optimizer", "机器人关节就是优化器"),
        group: Group::Control,
        question: t(
            "Which part of a PD controller is momentum, and when does the likeness end?",
            "PD 控制器的哪一部分对应动量，这种对应何时失效？",
        ),
        rows: &[5],
        steps: 150,
    },
    params: &[&KP, &KD, &KI, &J, &PERIOD, &LIMIT, &MGL, &NOISE, &SET_POINT, &DERIVATIVE, &DICTIONARY],
    presets: &[
        Preset::new(t("PD, fast sampling", "PD，快速采样"), &[], 150),
        Preset::new(t("dictionary of the samples", "采样精确对照"), &[("dictionary", "samples"), ("period", "0.1")], 30),
        Preset::new(t("slow sampling", "慢速采样"), &[("period", "0.2")], 30),
        Preset::new(t("weak motor", "弱电机"), &[("limit", "5")], 200),
        Preset::new(t("gravity, no integral", "有重力，无积分"), &[("mgl", "8")], 250),
        Preset::new(t("gravity, integral action", "有重力，有积分"), &[("mgl", "8"), ("ki", "40")], 250),
        Preset::new(
            t("noisy encoder", "有噪编码器"),
            &[("noise", "0.005"), ("derivative", "difference")],
            250,
        ),
    ],
    lens: Lens::Controller,
    modes: &["$q$"],
    build,
    pages: &[
        Page::new("response", t("Step response", "阶跃响应"), response)
            .showing(
                "Angle of the arm and of the optimizer with m = J and β from kd; dotted: set point. Below: the torque, held over every sample; dashed where the motor ends.",
                "机械臂的角度与优化器（质量取 J，β 由 kd 得出）的轨迹；点线：设定值。下：在每个采样内保持的力矩；虚线：电机上限。",
            )
            .moving(&[Moves::Clock, Moves::Clock]),
        Page::new("breaks", t("Where the likeness ends", "对应何时失效"), breaks::draw).columns(2).showing(
            "Largest difference between arm and optimizer as a share of the step. Marks: measured; line: theory for the textbook dictionary. The dictionary of the samples is exact at every T, until the motor saturates: red, the torque kp r asked for at the start. The marks of the present values can be dragged.",
            "机械臂与优化器的最大差占阶跃的比例。标记：测量；线：教科书对照的理论值。采样精确对照在任何 T 下都精确，直到电机饱和：红线为起始所需力矩 kp r。当前值的标记可拖动。",
        ),
        Page::sweep(),
    ],
    tiles: &["response", "breaks"],
    numbers: numbers::all,
    chips,
    survey: Some(&breaks::Map),
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
