//! Where in the plane of step size and momentum a run is stable: at the minimum, and where it is now.

use super::{CLIPPED, MOMENTUM, setting};
use crate::core::methods::{Convention, heavy_ball};
use crate::core::{Probe, State, System, Trace, advance};
use crate::figure::{Axis, Dash, Handle, Hatch, Ink, Layer, Panel, Region, rich};
use crate::scenes::Seen;
use crate::scenes::exhibit::Page;
use crate::scenes::exhibit::draw::{line, panel};
use crate::text::t;
use crate::theory::regime::stability_wall;

/// Points of a wall.
const POINTS: usize = 60;
/// What of step sizes is shown.
const SHOWN: [f64; 2] = [1e-4, 1.0];
/// A run beside the minimum: how far from it, relative to the weight, for how long, and over how many rows
/// its distance is compared.
const BESIDE: f64 = 1e-8;
const TRIED: usize = 600;
const ROWS: usize = 100;
const HALVINGS: u32 = 32;
/// How many times its start a distance may get and count as close.
const LINEAR: f64 = 1e4;

/// The page.
pub const PAGE: Page = Page::new("region", t("Stable step sizes", "稳定的步长"), draw).told(caption).of_moment();

/// The curvature where a lane stands now.
fn now(seen: &Seen<'_>, i: usize) -> f64 {
    setting::curvature(&seen.run.values, seen.at(i, Probe::Position(0), seen.view.now))
}

/// The largest curvature momentum has met up to now.
fn met(seen: &Seen<'_>) -> f64 {
    let rows = usize::try_from(seen.view.now).unwrap_or(usize::MAX).saturating_add(1);
    let lane = seen.lane(MOMENTUM).map_or(&[][..], |lane| lane.column(Probe::Position(0)));
    let all = lane.iter().take(rows).map(|w| setting::curvature(&seen.run.values, *w));
    all.filter(|l| l.is_finite()).fold(f64::NEG_INFINITY, f64::max)
}

/// The wall ηλ = 2(1 + β) of a curvature; empty where no step size is stable, or all that are shown.
fn wall(lambda: f64) -> [Vec<f64>; 2] {
    if !(lambda > 0.0 && lambda.is_finite()) {
        return [Vec::new(), Vec::new()];
    }
    let beta: Vec<f64> = (0..POINTS).map(|i| i as f64 / (POINTS - 1) as f64).collect();
    [beta.iter().map(|b| stability_wall(*b) / lambda).collect(), beta]
}

fn draw<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let x = Axis::new(rich(seen.say(t("step size $η$", "步长 $η$"))), "").log().range(SHOWN[0], SHOWN[1]);
    let mut panel =
        panel("region", x, Axis::new(rich(seen.say(t("momentum $β$", "动量系数 $β$"))), "").range(0.0, 1.0));
    let values = &seen.run.values;
    let least = setting::minimum(values).map_or(f64::NAN, |w| setting::curvature(values, w));
    let [eta, beta] = wall(least);
    if !eta.is_empty() {
        let edge = eta.iter().map(|eta| eta.clamp(SHOWN[0], SHOWN[1]));
        panel.layers.push(Layer::Region(Region {
            x: edge.chain([SHOWN[0]; 2]).collect(),
            y: beta.into_iter().chain([1.0, 0.0]).collect(),
            name: Some(rich(seen.say(t("stable at the minimum", "极小点处稳定")))),
            ink: Ink::Muted,
            hatch: Some(Hatch::Dots),
        }));
    }
    let walls = [
        (least, t("wall at the minimum", "极小点的稳定界"), Ink::Muted, Dash::Solid),
        (now(seen, MOMENTUM), t("wall where momentum is now", "动量法当前位置的稳定界"), Ink::Optimizer, Dash::Dashed),
        (met(seen), t("steepest place it has met", "其途经的最陡处"), Ink::Danger, Dash::DashDot),
        (now(seen, CLIPPED), t("where the clipped lane is now", "裁剪轨道当前位置"), Ink::Controller, Dash::Dotted),
    ];
    for (lambda, name, ink, dash) in walls {
        let [eta, beta] = wall(lambda);
        if !eta.is_empty() {
            panel.layers.push(line(eta, beta, Some(seen.say(name)), ink, dash));
        }
    }
    panel.handles.push(Handle {
        id: "eta,beta".into(),
        at: [seen.get("eta"), seen.get("beta")],
        ink: Ink::Text,
        label: rich("($η$, $β$)"),
        name: seen.say(t("step size and momentum", "步长与动量系数")).to_owned(),
    });
    vec![panel]
}

fn caption(seen: &Seen<'_>) -> String {
    let here = now(seen, MOMENTUM);
    let n = seen.view.now as f64;
    let head = t(
        "Step sizes η < 2(1 + β)/λ are stable for the local curvature λ. The mark is the present choice and can be dragged.",
        "对局部曲率 λ，步长 η < 2(1 + β)/λ 稳定。标记为当前取值，可拖动。",
    );
    let tail = match here {
        l if !l.is_finite() => t(
            " At iteration {} momentum is so far off that it has no curvature to speak of.",
            "第 {} 步时动量法已远离，谈不上曲率。",
        ),
        l if l > 0.0 => t(
            " At iteration {} momentum stands where λ = {}, so its wall is η = {}.",
            "第 {} 步时动量法处的 λ = {}，稳定界为 η = {}。",
        ),
        _ => t(
            " At iteration {} momentum stands where λ = {}: the ground bends down there, and no step size is stable.",
            "第 {} 步时动量法处的 λ = {}：那里地形向下弯，任何步长都不稳定。",
        ),
    };
    let numbers = [n, here, stability_wall(seen.get("beta")) / here];
    let used = if here.is_finite() { &numbers[..] } else { &numbers[..1] };
    format!("{}{}", seen.say(head), seen.tell(tail, used))
}

/// The step size at which runs beside the minimum stop to come closer, by bisection.
pub fn measured_wall(seen: &Seen<'_>) -> Option<f64> {
    let (values, beta) = (&seen.run.values, seen.get("beta"));
    let rest = setting::minimum(values)?;
    let lambda = setting::curvature(values, rest);
    let key = ("measured wall", values.get("length") as usize, beta.to_bits() ^ lambda.to_bits().rotate_left(9));
    seen.run.derived.number(key, || {
        let field = setting::field(values);
        let closes = |eta: f64| {
            let system = System::new(field.clone(), heavy_ball(eta, beta, Convention::Displacement));
            let mut trace = Trace::new(&[Probe::Position(0)], TRIED);
            advance(&system, &mut State::at(&[rest * (1.0 + BESIDE)], &[], 1, 0, 0), TRIED as u64, &mut trace);
            let away: Vec<f64> = trace.column(Probe::Position(0)).iter().map(|w| (w - rest).abs()).collect();
            let most = |from: usize| away.get(from..from + ROWS).map(|rows| rows.iter().copied().fold(0.0, f64::max));
            let late = most(TRIED - ROWS);
            // What has grown far swings between bounds, and may happen to be smaller than before.
            let far = |late: f64| late > LINEAR * BESIDE * rest;
            let gone = |late: f64| late < 1e-6 * BESIDE * rest;
            late.zip(most(TRIED - 3 * ROWS)).is_some_and(|(late, early)| gone(late) || (late < early && !far(late)))
        };
        let mut range = [0.0, 8.0 / lambda];
        for _ in 0..HALVINGS {
            let middle = 0.5 * (range[0] + range[1]);
            range[usize::from(!closes(middle))] = middle;
        }
        (range[0] > 0.0).then_some(0.5 * (range[0] + range[1]))
    })
}
