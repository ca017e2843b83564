//! One slider: the same β in a damper, a joint, a filter, a game, a sampler and a server.

mod parts;
mod story;

use crate::figure::{Dash, Handle, Ink, Layer, Marker, Panel, rich};
use crate::param::{Spec, Values};
use crate::scenes::exhibit::draw::{
    axis, band, decades, level, line, over_time, panel, points, spanning, thin, upright,
};
use crate::scenes::exhibit::lanes::together;
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Moves, Page, regimes, specs};
use crate::scenes::{Chip, Group, LaneRun, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::{Text, t};
use crate::theory::heavy_ball::{response, spectral_radius};
use parts::{ETA, Part, shown};

/// The largest β on offer.
const MOST: f64 = 0.98;

static BETA: Spec = specs::beta(0.9, 0.0, MOST);

fn build(values: &Values, seed: u64) -> Result<Setup, SceneError> {
    let beta = values.get("beta");
    Ok(together(Part::ALL.into_iter().map(|part| part.lane(beta, seed)).collect(), 1.0))
}

const fn ordinate(part: Part) -> Text {
    match part {
        Part::Damper => t("damper: $x$", "阻尼器：$x$"),
        Part::Joint => t("PD joint: $q$", "PD 关节：$q$"),
        Part::Filter => t("filter: output", "滤波器：输出"),
        Part::Game => t("game: distance", "博弈：距离"),
        Part::Sampler => t("sampler: velocity temperature", "采样器：速度温度"),
        Part::Server => t("server: spread", "服务器：离散度"),
    }
}

/// What theory says of a part over the iterations, under its run.
fn expected<'a>(part: Part, beta: f64, horizon: u64) -> Vec<Layer<'a>> {
    let n: Vec<u64> = (0..=horizon).collect();
    let x: Vec<f64> = n.iter().map(|n| *n as f64).collect();
    let value = part.predicted(beta);
    match part {
        Part::Damper => {
            let few: Vec<u64> = n.iter().copied().step_by((horizon / 20).max(1) as usize).collect();
            let y: Vec<f64> = few.iter().map(|n| response(ETA, beta, 1.0, 0.0, *n)).collect();
            vec![points(few.iter().map(|n| *n as f64).collect::<Vec<_>>(), y, None, Ink::Text, Marker::Ring)]
        }
        Part::Joint => {
            let rho = spectral_radius(ETA, beta);
            let fall: Vec<f64> = x.iter().map(|n| rho.powf(*n)).collect();
            let below = fall.iter().map(|y| -y).collect::<Vec<_>>();
            vec![thin(x.clone(), fall, Ink::Text, Dash::Dashed), thin(x, below, Ink::Text, Dash::Dashed)]
        }
        Part::Filter => {
            let sd = value.sqrt();
            vec![band(x.clone(), vec![-sd; x.len()], vec![sd; x.len()], None, Ink::Muted)]
        }
        Part::Game => {
            let grown = x.iter().map(|n| value.powf(*n)).collect::<Vec<_>>();
            vec![thin(x, grown, Ink::Text, Dash::Dashed)]
        }
        Part::Sampler | Part::Server => vec![level(value, Ink::Text, Dash::Dashed)],
    }
}

/// The six systems over the iterations.
fn six<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let both = Part::ALL.into_iter().zip(&seen.run.lanes);
    both.map(|(part, lane)| system(seen, part, lane)).collect()
}

fn system<'a>(seen: &Seen<'a>, part: Part, lane: &'a LaneRun) -> Panel<'a> {
    let mut panel = over_time(part.id(), seen, axis(seen, ordinate(part), ""));
    let (x, y) = (lane.times(1.0), shown(seen, part, lane));
    let rows = x.len().min(y.len());
    let all = y.iter().copied().filter(|y| y.is_finite());
    panel.y = match part {
        Part::Damper | Part::Joint => panel.y.range(-1.1, 1.1),
        Part::Game => decades(panel.y, 0.0, all.map(|y| y.min(1e30))),
        Part::Filter => spanning(panel.y, all.chain([-1.0, 1.0])),
        _ => spanning(panel.y, all.chain([0.0, part.predicted(seen.get("beta"))].into_iter().filter(|y| *y < 1e3))),
    };
    if seen.run.is_steady() {
        panel.layers = expected(part, seen.get("beta"), seen.run.horizon);
    }
    panel.layers.push(line(&x[..rows], &y[..rows], None, part.ink(), Dash::Solid));
    panel.legend = false;
    panel
}

/// A height near the lower edge of a panel, where its slider stands.
fn foot(panel: &Panel<'_>) -> f64 {
    let [low, high] = panel.y.range.unwrap_or([0.0, 1.0]);
    let scale = panel.y.scale;
    let at = scale.forward(low).zip(scale.forward(high)).map(|(low, high)| scale.back(low + 0.06 * (high - low)));
    at.unwrap_or(low)
}

/// The six numbers over β, with what the runs show at the present one.
fn numbers_over_beta<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let beta = seen.get("beta");
    let all: Vec<f64> = (0..=196).map(|k| MOST * f64::from(k) / 196.0).collect();
    let one = |part: Part| {
        let x = axis(seen, t("momentum $β$", "动量 $β$"), "").range(0.0, 1.0);
        let mut panel = panel(part.id(), x, axis(seen, part.number(), ""));
        let known: Vec<f64> = all.iter().map(|beta| part.predicted(*beta)).collect();
        let found = part.measured(seen).filter(|y| y.is_finite() && seen.run.done() > 0);
        panel.y = match part {
            Part::Filter => decades(panel.y, 1e-3, known.iter().copied()),
            _ => spanning(panel.y, known.iter().copied().chain([0.0])),
        };
        if matches!(part, Part::Joint | Part::Game) {
            panel.y = spanning(panel.y, known.iter().copied().chain([1.0]));
            panel.layers.push(level(1.0, Ink::Danger, Dash::Dotted));
        }
        panel.layers.push(line(all.clone(), known, None, part.ink(), Dash::Solid));
        panel.layers.extend(found.map(|y| points(vec![beta], vec![y], None, part.ink(), Marker::Ring)));
        let name = seen.say(t("momentum", "动量")).to_owned();
        let at = [beta, foot(&panel)];
        panel.handles.push(Handle { id: "beta,-".into(), at, ink: Ink::Text, label: rich("$β$"), name });
        panel.layers.push(upright(beta, Ink::Faint, Dash::Dotted));
        panel.legend = false;
        panel
    };
    Part::ALL.into_iter().map(one).collect()
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let notes = [
        t("Closed form of the step response against the run.", "阶跃响应的闭式解对照运行。"),
        t("Spectral radius of the map against a recurrence fitted to the run.", "映射的谱半径对照由运行拟合的递推。"),
        t("(1 − β)/(1 + β) against the variance over 2000 filters.", "(1 − β)/(1 + β) 对照 2000 个滤波器的方差。"),
        t(
            "Spectral radius of simultaneous play against the run: above 1 for every β.",
            "同时更新的谱半径对照运行：对任何 β 都大于 1。",
        ),
        t(
            "What a thermometer on the velocity reads, in units of T: 2000 particles.",
            "速度温度计的读数（以 T 为单位）：2000 个粒子。",
        ),
        t(
            "Standard deviation of the server with 2 of 8 clients per round: 500 servers.",
            "每轮 8 个客户端取 2 个时服务器的标准差：500 个服务器。",
        ),
    ];
    let row = |(part, note): (Part, Text)| {
        let steady = seen.run.is_steady().then(|| part.predicted(seen.get("beta")));
        number(seen, part.number(), note).predicted(steady).measured(part.measured(seen)).done()
    };
    Part::ALL.into_iter().zip(notes).map(row).collect()
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    vec![regimes::chip(seen, seen.say(t("damper and joint", "阻尼器与关节")), ETA, seen.get("beta"))]
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "one-slider",
        title: t("One slider", "一个滑块"),
        group: Group::Scale,
        question: t(
            "What does one and the same β tune in six different systems?",
            "同一个 β 在六种不同的系统中调的是什么？",
        ),
        rows: &[50],
        steps: 200,
    },
    params: &[&BETA],
    presets: &[
        Preset::new(t("β = 0.9", "β = 0.9"), &[], 200),
        Preset::new(t("β = 0.5", "β = 0.5"), &[("beta", "0.5")], 200),
        Preset::new(t("no memory", "没有记忆"), &[("beta", "0")], 200),
        Preset::new(t("long memory", "长记忆"), &[("beta", "0.97")], 600),
    ],
    build,
    pages: &[
        Page::new("six", t("Six systems, one β", "六种系统，一个 β"), six)
            .columns(3)
            .showing(
                "The same β and η = 0.1 in six systems. Rings, dashes and the band are theory: closed form of the damper, envelope of the PD joint, standard deviation of the filter's noise, growth of the game, velocity temperature of the sampler, spread of the server.",
                "同样的 β 与 η = 0.1 用于六种系统。圆圈、虚线与色带为理论：阻尼器的闭式解、PD 关节的包络、滤波噪声的标准差、博弈的增长、采样器的速度温度、服务器的离散度。",
            )
            .moving(&[Moves::Clock, Moves::Clock, Moves::Clock, Moves::Clock, Moves::Clock, Moves::Clock]),
        Page::new("numbers", t("Six numbers over β", "六个数随 β 变化"), numbers_over_beta).columns(3).showing(
            "One number of each system over β by theory; rings: measured at the present β. Red: modulus 1. Any of the marks drags the one slider.",
            "每种系统的一个数随 β 的理论曲线；圆圈：当前 β 下的测量值。红线：模长 1。任何一个标记都拖动同一个滑块。",
        ),
    ],
    tiles: &["six", "numbers"],
    numbers,
    chips,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
