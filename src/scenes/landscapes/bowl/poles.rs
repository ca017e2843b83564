//! The poles of both modes of both methods, in the unit circle.

use super::{beta, curvatures};
use crate::figure::{Axis, Dash, Ink, Marker, Panel, rich};
use crate::scenes::Seen;
use crate::scenes::exhibit::Page;
use crate::scenes::exhibit::draw::{level, panel, points, thin, upright};
use crate::text::t;
use crate::theory::heavy_ball::poles;

/// Marks of the two modes, by method.
const MARKERS: [[Marker; 2]; 2] = [[Marker::Square, Marker::Triangle], [Marker::Ring, Marker::Cross]];
/// Corners of the circle.
const CORNERS: usize = 181;

/// The page.
pub const PAGE: Page = Page::new("poles", t("Poles of both modes", "两个模态的极点"), draw)
    .showing(
        "Poles of the exact one-step map in the complex plane: a mode shrinks while its poles lie inside the circle, rings where they leave the real axis, and changes sign every step on its negative half. Descent has one pole per mode besides 0, heavy ball two, whose product is β.",
        "一步映射的精确极点：极点在圆内则模态收缩，离开实轴则振荡，落在负实轴则每步变号。梯度下降每个模态除 0 外只有一个极点，重球有两个，乘积恰为 β。",
    )
    .briefly(t("Poles", "极点"))
    .apart();

fn draw<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let mut marks = Vec::new();
    let mut reach: f64 = 1.0;
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        for (k, lambda) in curvatures(&seen.run.values).into_iter().enumerate() {
            let all = poles(seen.get("eta") * lambda, beta(seen, i));
            let (x, y): (Vec<f64>, Vec<f64>) = all.iter().map(|z| (z.re, z.im)).unzip();
            reach = x.iter().fold(reach, |most, x| most.max(x.abs()));
            let name = format!("{}, $λ_{}$", seen.say(lane.lane.name), k + 1);
            marks.push(points(x, y, Some(&name), lane.lane.ink, MARKERS[i % 2][k]));
        }
    }
    let half = 1.35 * reach;
    let axis = |name: &str| Axis::new(rich(name), "").range(-half, half);
    let mut panel = panel("poles", axis("Re $z$"), axis("Im $z$"));
    let angle = |i: usize| std::f64::consts::TAU * i as f64 / (CORNERS - 1) as f64;
    let circle: [Vec<f64>; 2] = [libm::cos, libm::sin].map(|f| (0..CORNERS).map(|i| f(angle(i))).collect());
    let [x, y] = circle;
    panel.layers.push(thin(x, y, Ink::Danger, Dash::Solid));
    panel.layers.push(level(0.0, Ink::Faint, Dash::Solid));
    panel.layers.push(upright(0.0, Ink::Faint, Dash::Solid));
    panel.layers.append(&mut marks);
    panel.equal = true;
    vec![panel]
}
