//! A ball that rolls, a block that slides, a bead that creeps, and the optimizer that is none of them.

mod bodies;
mod numbers;
mod story;
mod swing;
mod views;

use crate::core::{Probe, State, System};
use crate::param::{Choice, Kind, Spec, Values};
use crate::scenes::exhibit::lanes::together;
use crate::scenes::exhibit::{self, Exhibit, Moves, Page, regimes, specs};
use crate::scenes::models::declare::{choice, restart, spec};
use crate::scenes::{Chip, Group, Lane, Lens, Machine, Meta, Preset, SceneError, Seen, Setup};
use crate::text::t;
use bodies::{Body, G, SECONDS};
use numbers::numbers;

const SHAPES: &[Choice] = &[choice("bowl", "bowl", "碗"), choice("valleys", "two valleys", "两个谷")];
static SHAPE: Spec = restart(spec(
    "shape",
    "",
    t("curve", "曲线"),
    "",
    Kind::Choice(SHAPES),
    0.0,
    t("A parabola, or two valleys of which the left one is lower.", "抛物线，或左低右高的两个谷。"),
));
static STEEP: Spec = Spec {
    unit: "1/m",
    ..specs::by_decades(
        "steep",
        "$k$",
        t("steepness", "陡度"),
        [1.0, 0.05, 3.0],
        t(
            "Curvature at the bottom of the bowl; the height of everything counts k times.",
            "碗底的曲率；所有高度都乘以 k。",
        ),
    )
};
static X0: Spec = Spec {
    unit: "m",
    ..restart(specs::pure(
        "x0",
        "$x_0$",
        t("start", "起点"),
        [-1.5, -3.0, 3.0],
        t("Where all of them are let go.", "所有物体释放的位置。"),
    ))
};
static FRICTION: Spec = Spec {
    unit: "1/s",
    ..specs::pure(
        "friction",
        "$c/m$",
        t("friction", "摩擦"),
        [0.15, 0.0, 3.0],
        t("Viscous friction per mass of ball, block and optimizer.", "球、块与优化器单位质量的黏性摩擦。"),
    )
};
static DRAG: Spec = Spec {
    unit: "1/s",
    ..specs::by_decades(
        "drag",
        "$γ_b$",
        t("liquid around the bead", "小珠周围的液体"),
        [6.0, 0.5, 50.0],
        t("How thick it is: the bead moves with g/γ times the slope.", "液体的黏稠程度：小珠以坡度的 g/γ 倍速度移动。"),
    )
};

fn build(values: &Values, _: u64) -> Result<Setup, SceneError> {
    let lane = |body: Body| {
        let (stepper, substeps) = body.stepper(values);
        Lane {
            lens: Lens::Spring,
            ink: body.ink(),
            name: body.name(),
            machine: Machine::Ball,
            system: System { field: body.field(values), stepper },
            start: State::at(&[values.get("x0")], &[], 1, 0, 0).into(),
            probes: vec![Probe::Step, Probe::Time, Probe::Position(0), Probe::Velocity(0), Probe::Potential],
            substeps,
            present: vec![true],
        }
    };
    Ok(together(Body::ALL.into_iter().map(lane).collect(), SECONDS))
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    if seen.index("shape") != 0 {
        return Vec::new();
    }
    let (q, beta) = (SECONDS * SECONDS * G * seen.get("steep"), 1.0 - seen.get("friction") * SECONDS);
    vec![regimes::chip(seen, seen.say(t("heavy ball", "重球法")), q, beta)]
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "rolling",
        title: t("A ball on a surface", "曲面上的球"),
        group: Group::Mechanics,
        question: t(
            "Momentum is told as a ball that rolls down the loss. Does it roll?",
            "人们说动量法像球滚下损失曲面。它真的在滚吗？",
        ),
        rows: &[25],
        steps: 300,
    },
    params: &[&SHAPE, &STEEP, &X0, &FRICTION, &DRAG],
    presets: &[
        Preset::new(t("a steep bowl", "陡碗"), &[], 300),
        Preset::new(t("without friction", "无摩擦"), &[("friction", "0")], 300),
        Preset::new(t("a shallow bowl", "浅碗"), &[("steep", "0.05"), ("friction", "0")], 600),
        Preset::new(t("two valleys", "两个谷"), &[("shape", "valleys"), ("x0", "2.4"), ("friction", "0.4")], 400),
    ],
    lens: Lens::Spring,
    build,
    pages: &[
        Page::new("curve", t("Four bodies, one curve", "四种物体，一条曲线"), views::curve)
            .showing(
                "Places every 0.1 s until they turn back, lifted row by row above the curve, and their way over time. The ball carries part of its energy in its turning, the block none; the bead has no mass. Heavy ball moves as if the curve had no length: m ẍ = −f′ − c ẋ.",
                "折返之前每 0.1 秒的位置，逐行抬高画在曲线上方；另一幅为位置随时间的变化。球的部分能量在转动中，块没有转动，小珠没有质量。重球法的运动仿佛曲线没有长度：m ẍ = −f′ − c ẋ。",
            )
            .moving(&[Moves::At(views::on_curve), Moves::Clock]),
        Page::new("ledger", t("Energy ledger", "能量账目"), views::ledgers).columns(2)
            .showing(
                "Energy per mass: height, motion along the curve, turning, heat so far, and the sum of all.",
                "单位质量的能量：势能、沿曲线的平动、转动、累计的热，以及总和。",
            )
            .moving(&[Moves::Clock, Moves::Clock, Moves::Clock]),
        Page::new("periods", t("Who keeps time", "谁能守时"), swing::draw)
            .showing(
                "Period of a swing in the bowl without friction over its amplitude: theory and runs of their own. On a real curve wide swings take longer, for the curve is longer than its shadow; for heavy ball every swing takes the same time. The mark sets the amplitude.",
                "无摩擦时碗中摆动的周期随振幅的变化：理论与单独的运行。真实曲线上大幅摆动更慢，因为曲线比它的投影长；重球法的每次摆动用时相同。标记用于设定振幅。",
            )
            .only(|values| values.index("shape") == 0),
    ],
    tiles: &["curve", "ledger", "periods"],
    numbers,
    chips,
    notes: |seen| {
        let note = t(
            "The ball is small against the curvature and never slips; all bodies keep to the curve.",
            "球比曲率半径小得多且不打滑；所有物体都不离开曲线。",
        );
        vec![seen.say(note).to_owned()]
    },
    drag: |handle, to, values, _| match handle {
        "amplitude" => exhibit::drag("x0,-", [-to[0].abs(), to[1]], values),
        _ => exhibit::drag(handle, to, values),
    },
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
