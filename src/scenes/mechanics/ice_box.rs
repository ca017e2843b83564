//! A box pushed for some time, then let go: where it rubs it stops with the push, on ice it glides on.

mod coast;
mod numbers;
mod story;

use std::sync::Arc;

use crate::core::Probe;
use crate::core::fields::Push;
use crate::core::methods::{Convention, gradient_descent, heavy_ball};
use crate::figure::{Dash, Handle, Ink, Layer, Marker, Panel, Region, rich};
use crate::param::{Spec, Values};
use crate::scenes::exhibit::draw::{DASHES, axis, lanes_over_time, level, over_time, points, spanning, thin, upright};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::{Exhibit, Moves, Page, specs};
use crate::scenes::{Group, Lens, Machine, Meta, Moment, Preset, SceneError, Seen, Setup};
use crate::text::t;
use crate::theory::conventions::Plateau;
use numbers::numbers;

static GAMMA: Spec = specs::pure(
    "beta",
    "$γ$",
    t("share of speed kept", "保留的速度比例"),
    [0.9, 0.0, 0.99],
    t(
        "What is left of the speed after a step without a push: the slipperiness, not the friction. The friction is 1 − γ.",
        "没有推力时每步之后剩下的速度：是“滑”，不是摩擦。摩擦是 1 − γ。",
    ),
);
static ETA: Spec = specs::eta(0.1, 0.001, 1.0);
static FORCE: Spec = specs::pure(
    "force",
    "$F$",
    t("push", "推力"),
    [1.0, -5.0, 5.0],
    t("The force while it lasts: minus the gradient.", "推动时的力：负梯度。"),
);
static PUSHED: Spec = specs::count(
    "pushed",
    "$N$",
    t("steps pushed", "推动步数"),
    [20, 1, 200],
    t("After so many steps the box is let go.", "经过这么多步后松手。"),
);

fn build(values: &Values, _: u64) -> Result<Setup, SceneError> {
    let [eta, gamma, force] = ["eta", "beta", "force"].map(|id| values.get(id));
    let push = Arc::new(Push { force, until: values.get("pushed") });
    let ball = heavy_ball(eta, gamma, Convention::Displacement);
    let floor =
        lane(t("on a rough floor", "在粗糙地面"), Ink::Spring, push.clone(), gradient_descent(eta), [&[0.0], &[]]);
    let ice = lane(t("on ice", "在冰面"), Ink::Optimizer, push, ball, [&[0.0], &[]]);
    let lanes = vec![floor, ice].into_iter().map(|lane| lane.as_a(Lens::Optimizer, Machine::Block)).collect();
    Ok(together(lanes, 1.0))
}

/// The push in closed form.
fn plateau(values: &Values) -> Plateau {
    Plateau { eta: values.get("eta"), beta: values.get("beta"), gradient: values.get("force") }
}

/// Where the box on ice is after `n` steps, in closed form.
fn glided(values: &Values, n: u64) -> f64 {
    let (push, pushed) = (plateau(values), values.get("pushed") as u64);
    let after = n.saturating_sub(pushed);
    let share = 1.0 - push.beta.powf(after as f64);
    push.distance(n.min(pushed)) + if after > 0 { push.coast(pushed) * share } else { 0.0 }
}

/// Whether the run goes beyond the push, with values that hold all the way.
fn is_let_go(seen: &Seen<'_>) -> bool {
    seen.run.is_steady() && seen.run.done() as f64 > seen.get("pushed")
}

/// How far the box of lane `i` went in step `n`.
fn step_of(seen: &Seen<'_>, i: usize, n: u64) -> Option<f64> {
    let lane = seen.lane(i)?;
    Some(lane.at(Probe::Position(0), n)? - lane.at(Probe::Position(0), n.checked_sub(1)?)?)
}

/// The closed form, its points under the line of the run.
fn closed<'a>(seen: &Seen<'a>, pick: impl Fn(u64) -> f64) -> Layer<'a> {
    let horizon = seen.run.horizon;
    let every = horizon.div_ceil(24).max(1);
    let n: Vec<u64> = (0..=horizon).step_by(usize::try_from(every).unwrap_or(1)).collect();
    let (x, y): (Vec<f64>, Vec<f64>) = n.into_iter().map(|n| (n as f64, pick(n))).unzip();
    points(x, y, Some(seen.say(t("closed form", "闭式解"))), Ink::Text, Marker::Ring)
}

/// Distance and step of both boxes over the steps.
fn glide<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (values, pushed) = (&seen.run.values, seen.get("pushed"));
    let mut way = over_time("way", seen, axis(seen, t("way $x$", "路程 $x$"), ""));
    way.layers = lanes_over_time(seen, |lane| lane.column(Probe::Position(0)));
    if seen.run.is_steady() {
        way.layers.push(closed(seen, |n| glided(values, n)));
    }
    let rest = glided(values, u64::from(u32::MAX));
    way.layers.push(level(rest, Ink::Muted, Dash::Dotted));
    let walked = seen.run.lanes.iter().flat_map(|lane| lane.column(Probe::Position(0)).iter().copied());
    way.y = spanning(way.y, walked.chain([0.0, rest]));
    shade(&mut way, seen);
    way.handles.push(Handle {
        id: "pushed,-".into(),
        at: [pushed, glided(values, pushed as u64)],
        ink: Ink::Text,
        label: rich("$N$"),
        name: seen.say(t("moment of letting go", "松手时刻")).to_owned(),
    });
    let mut speed = over_time("step", seen, axis(seen, t("way per step", "每步路程"), ""));
    speed.layers = seen
        .run
        .lanes
        .iter()
        .enumerate()
        .map(|(i, lane)| thin(steps_at(seen, i), steps(seen, i), lane.lane.ink, DASHES[i % DASHES.len()]))
        .collect();
    let all = (0..2).flat_map(|i| steps(seen, i).iter().copied());
    speed.y = spanning(speed.y, all.chain([0.0]));
    shade(&mut speed, seen);
    (speed.below, speed.share, speed.legend) = (true, 0.6, false);
    vec![way, speed]
}

/// A tint over the steps of the push, and a rule where it ends.
fn shade(panel: &mut Panel<'_>, seen: &Seen<'_>) {
    let (end, Some([low, high])) = (seen.get("pushed").min(seen.run.horizon as f64), panel.y.range) else { return };
    let (x, y) = (vec![0.0, end, end, 0.0], vec![low, low, high, high]);
    let tint = Layer::Region(Region { x: x.into(), y: y.into(), name: None, ink: Ink::Faint, hatch: None });
    panel.layers.insert(0, tint);
    panel.layers.push(upright(end, Ink::Muted, Dash::Dashed));
}

/// The way of every step of lane `i`.
fn steps<'a>(seen: &Seen<'a>, i: usize) -> &'a [f64] {
    seen.run.derived.column(("way of a step", i, 0), || {
        seen.lane(i)
            .map_or_else(Vec::new, |lane| lane.column(Probe::Position(0)).windows(2).map(|w| w[1] - w[0]).collect())
    })
}

fn steps_at<'a>(seen: &Seen<'a>, i: usize) -> &'a [f64] {
    seen.run.derived.column(("end of a step", i, 0), || (1..=steps(seen, i).len()).map(|n| n as f64).collect())
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "ice-box",
        title: t("A box on ice", "冰面上的箱子"),
        group: Group::Mechanics,
        question: t("How far does a step go on after the gradient is gone?", "梯度消失之后，步伐还会走多远？"),
        rows: &[26],
        steps: 80,
    },
    params: &[&GAMMA, &PUSHED, &FORCE, &ETA],
    presets: &[
        Preset::new(t("ice, γ = 0.9", "冰面，γ = 0.9"), &[], 80),
        Preset::new(t("hardly any ice, γ = 0.5", "几乎无冰，γ = 0.5"), &[("beta", "0.5")], 60),
        Preset::new(t("wet ice, γ = 0.98", "湿冰，γ = 0.98"), &[("beta", "0.98")], 300),
        Preset::new(t("a short kick", "短促一推"), &[("pushed", "1"), ("force", "5")], 60),
    ],
    build,
    pages: &[
        Page::new("glide", t("Pushed, then let go", "推动，然后松手"), glide)
            .showing(
                "Way and way per step of a box that is pushed during the tinted steps. On the rough floor (gradient descent) it stops with the push; on ice (momentum) it glides on to the dotted line. The end of the push can be dragged.",
                "箱子在着色的步内受推：路程与每步路程。在粗糙地面（梯度下降）它随推力停下；在冰面（动量法）它滑行到点线处。松手时刻可拖动。",
            )
            .moving(&[Moves::Clock, Moves::Clock]),
        Page::new("coast", t("Coasting length", "滑行长度"), coast::draw).showing(
            "How far the box coasts, in units of its last step, over γ: γ/(1 − γ), and measured on short runs. Dotted: 9, its value at γ = 0.9. The mark can be dragged.",
            "箱子滑行的路程（以末步为单位）随 γ 的变化：γ/(1 − γ) 与短运行的测量值；点线为 9，即 γ = 0.9 时的值。标记可拖动。",
        ),
    ],
    tiles: &["glide", "coast"],
    numbers,
    notes: |seen| {
        let note = t(
            "γ is often called the friction. It is what the friction 1 − γ = {} leaves: the larger γ, the farther the box glides.",
            "γ 常被称作摩擦，其实它是摩擦 1 − γ = {} 之后剩下的部分：γ 越大，箱子滑得越远。",
        );
        vec![seen.tell(note, &[1.0 - seen.get("beta")])]
    },
    moments: |seen| {
        let at = seen.get("pushed") as u64;
        let what = seen.say(t("let go", "松手")).to_owned();
        (at <= seen.run.horizon).then_some(Moment { at, what }).into_iter().collect()
    },
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
