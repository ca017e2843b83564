//! Regions of stability: optimizers beside solvers of differential equations, on the same axes.

mod machine;
mod methods;
mod plane;
mod story;

use std::sync::Arc;

use nalgebra::Complex;

use crate::core::fields::BilinearGame;
use crate::core::{Probe, State, System};
use crate::figure::{Dash, Panel};
use crate::param::{Spec, Values};
use crate::scenes::exhibit::draw::{axis, decades, line, over_time};
use crate::scenes::exhibit::lanes::together;
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{self, Exhibit, Moves, Page, specs};
use crate::scenes::models::measure::turning_rate;
use crate::scenes::models::words as regime_words;
use crate::scenes::{Chip, Group, Lane, Lens, Machine, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::{fill, t};
use crate::theory::regime::classify;
use methods::Method;

static BETA: Spec = specs::beta(0.5, 0.0, 0.98);
static QR: Spec = specs::pure(
    "qr",
    "$Re ηλ$",
    t("pull inwards", "向内的拉力"),
    [1.0, -1.0, 4.5],
    t("Real part of step times curvature: how steep the loss is.", "步长乘曲率的实部：损失有多陡。"),
);
static QI: Spec = specs::pure(
    "qi",
    "$Im ηλ$",
    t("pull around", "旋转的拉力"),
    [0.3, -3.0, 3.0],
    t("Imaginary part: how strongly two players chase each other.", "虚部：两个玩家相互追逐的强度。"),
);

fn build(values: &Values, _: u64) -> Result<Setup, SceneError> {
    let [beta, re, im] = ["beta", "qr", "qi"].map(|id| values.get(id));
    let field = Arc::new(BilinearGame::regularised(re, im));
    let probes = vec![Probe::Step, Probe::Time, Probe::Position(0), Probe::Position(1)];
    let lane = |method: Method| Lane {
        lens: Lens::Optimizer,
        ink: method.ink(),
        name: method.name(),
        machine: Machine::Ball,
        system: System { field: field.clone(), stepper: method.stepper(beta) },
        start: State::at(&method.start(), &[], 1, 0, 0).into(),
        probes: probes.clone(),
        substeps: 1,
        present: vec![true; 2],
    };
    Ok(together(Method::ALL.into_iter().map(lane).collect(), 1.0))
}

/// The reader's own curvature.
fn own(seen: &Seen<'_>) -> Complex<f64> {
    Complex::new(seen.get("qr"), seen.get("qi"))
}

/// The measured modulus per step of lane `i`.
fn modulus(seen: &Seen<'_>, i: usize) -> Option<f64> {
    let lane = seen.lane(i)?;
    let [x, y] = [0, 1].map(|k| lane.column(Probe::Position(k)));
    turning_rate(x, y, 60)
}

/// Distance from the solution, in units of the start.
fn distances<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    const SHOWN: [f64; 2] = [1e-8, 1e4];
    let mut all = Vec::new();
    let label = t("distance / start", "距离 / 起点");
    let mut panel = over_time("distance", seen, axis(seen, label, ""));
    for (k, lane) in seen.run.lanes.iter().enumerate() {
        let far = seen.run.derived.column(("distance", k, 0), || {
            let [x, y] = [0, 1].map(|i| lane.column(Probe::Position(i)));
            let start = x.first().zip(y.first()).map_or(1.0, |(x, y)| x.hypot(*y));
            x.iter().zip(y).map(|(x, y)| x.hypot(*y) / start).collect()
        });
        let times = lane.times(1.0);
        let rows = times.len().min(far.len());
        let dash = exhibit::draw::DASHES[k % exhibit::draw::DASHES.len()];
        panel.layers.push(line(&times[..rows], &far[..rows], Some(seen.say(lane.lane.name)), lane.lane.ink, dash));
        all.extend(far.iter().map(|x| x.clamp(SHOWN[0], SHOWN[1])));
    }
    panel.y = decades(panel.y, 0.0, all);
    panel.layers.push(exhibit::draw::level(1.0, crate::figure::Ink::Muted, Dash::Dotted));
    vec![panel]
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let (beta, q) = (seen.get("beta"), own(seen));
    let labels = [
        [t("modulus, descent", "模长（梯度下降）"), t("wall, descent", "稳定界（梯度下降）")],
        [t("modulus, heavy ball", "模长（重球法）"), t("wall, heavy ball", "稳定界（重球法）")],
        [t("modulus, Nesterov", "模长（Nesterov）"), t("wall, Nesterov", "稳定界（Nesterov）")],
        [t("modulus, Adam", "模长（Adam）"), t("wall, Adam", "稳定界（Adam）")],
        [t("modulus, Runge–Kutta", "模长（龙格－库塔）"), t("wall, Runge–Kutta", "稳定界（龙格－库塔）")],
    ];
    let mut out = Vec::new();
    for (k, (method, [rate, wall])) in Method::ALL.into_iter().zip(labels).enumerate() {
        let note =
            t("Contraction per step at your point: poles against the run.", "所选点的每步收缩：极点对照实际运行。");
        out.push(number(seen, rate, note).predicted(method.radius(q, beta)).measured(modulus(seen, k)).done());
        let note = t(
            "Where it leaves the real axis: theory against runs on either side of it.",
            "区域在实轴上的端点：理论对照两侧的运行。",
        );
        let ends = (0..2).map(|k| method.border(beta, std::f64::consts::PI * f64::from(k)).re).fold(0.0, f64::max);
        let found = seen.run.derived.number(("wall", k, beta.to_bits()), || Some(method.wall(beta)));
        out.push(number(seen, wall, note).predicted(ends).measured(found).done());
    }
    let note = t("Runs over both planes that do what theory says.", "两张平面上与理论一致的运行所占比例。");
    out.push(number(seen, t("agreement", "一致率"), note).measured(story::agreement(seen)).done());
    out
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    let (beta, q) = (seen.get("beta"), own(seen));
    if q.im == 0.0 {
        return vec![exhibit::regimes::chip(seen, seen.say(t("heavy ball", "重球法")), q.re, beta)];
    }
    let rho = Method::HeavyBall.radius(q, beta);
    let word = if rho < 1.0 {
        t("heavy ball converges", "重球法收敛")
    } else {
        t("heavy ball diverges", "重球法发散")
    };
    let note = t("Modulus per step {} on a curvature that turns.", "在带旋转的曲率上每步模长 {}。");
    let stable = classify(if rho < 1.0 { 1.0 } else { -1.0 }, 0.5);
    vec![Chip {
        text: fill(seen.say(t("{} · map", "{} · 映射")), &[seen.say(word)]),
        tone: regime_words::tone(stable),
        note: seen.tell(note, &[rho]),
    }]
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "stability-regions",
        title: t("Regions of stability", "稳定区域"),
        group: Group::Control,
        question: t(
            "For which steps does a method stay stable, and what does momentum do to that region?",
            "一种方法在哪些步长下稳定，动量又如何改变这一区域？",
        ),
        rows: &[49],
        steps: 80,
    },
    params: &[&BETA, &QR, &QI],
    presets: &[
        Preset::new(t("a curvature that turns", "带旋转的曲率"), &[], 80),
        Preset::new(t("β = 0.9, real curvature", "β = 0.9，实曲率"), &[("beta", "0.9"), ("qr", "1.2"), ("qi", "0")], 120),
        Preset::new(t("a pure game", "纯博弈"), &[("qr", "0"), ("qi", "0.5"), ("beta", "0.3")], 80),
        Preset::new(t("beyond Nesterov's wall", "越过 Nesterov 的稳定界"), &[("beta", "0.9"), ("qr", "1.6"), ("qi", "0")], 80),
    ],
    modes: &["Re", "Im"],
    build,
    pages: &[
        Page::new("borders", t("All borders", "全部边界"), |seen| vec![plane::borders(seen), machine::borders(seen)])
            .columns(2)
            .showing(
                "Borders of stability by theory, and your own point, which can be dragged. Left: complex step times curvature. Right: a damped mass m ẍ + c ẋ + k x = 0 stepped by h; semi-implicit Euler is heavy ball with 1 − β = ch/m and ηλ = h²k/m.",
                "理论给出的稳定边界与可拖动的自选点。左：复数“步长 × 曲率”平面。右：步长为 h 的阻尼质点 m ẍ + c ẋ + k x = 0；半隐式欧拉就是重球法，1 − β = ch/m，ηλ = h²k/m。",
            ),
        Page::new("plane", t("Runs over the complex plane", "复平面上的运行"), plane::draw)
            .briefly(t("Complex plane", "复平面"))
            .columns(3)
            .apart().showing(
            "Regions of step times curvature in which a method converges, borders by theory. Discs: runs that shrink; crosses: runs that grow. Explicit Euler and Runge–Kutta solve the gradient flow; of Adam the axis is the rate times λ over its frozen denominator.",
            "方法收敛的“步长 × 曲率”区域，边界由理论给出。圆点：收缩的运行；叉：增长的运行。显式欧拉与龙格－库塔求解梯度流；Adam 的坐标为学习率乘 λ 再除以冻结的分母。",
        ),
        Page::new("machine", t("Runs over curvature and friction", "曲率与摩擦平面上的运行"), machine::draw)
            .briefly(t("With friction", "含摩擦"))
            .columns(3)
            .apart().showing(
            "The same for a damped mass, m ẍ + c ẋ + k x = 0, stepped by h: friction per step over h²k/m. Discs: runs that shrink; crosses: runs that grow.",
            "阻尼质点 m ẍ + c ẋ + k x = 0（步长 h）的同样图像：纵轴为每步摩擦，横轴为 h²k/m。圆点：收缩的运行；叉：增长的运行。",
        ),
        Page::new("distances", t("Runs at your point", "所选点的运行"), distances)
            .showing(
                "Distance from the solution of every method at your own curvature.",
                "各方法在所选曲率下到解的距离。",
            )
            .moving(&[Moves::Clock]),
    ],
    tiles: &["borders", "plane", "distances"],
    numbers,
    chips,
    drag: |handle, to, values, _| match handle {
        "machine" => exhibit::drag("qr,beta", [to[0], 1.0 - to[1]], values),
        _ => exhibit::drag(handle, to, values),
    },
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
