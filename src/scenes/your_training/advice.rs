//! What the advice would do to the mode that was found.

use super::log::diagnosis;
use super::pages::silent;
use crate::figure::{Dash, Ink, Panel};
use crate::scenes::Seen;
use crate::scenes::exhibit::Page;
use crate::scenes::exhibit::draw::{axis, level, line, panel, spanning};
use crate::text::t;
use crate::theory::heavy_ball::response;

/// The page.
pub const PAGE: Page = Page::new("advice", t("What critical damping would do", "临界阻尼的效果"), draw)
    .showing(
        "The mode that was found, from rest at distance 1: as it is, with the momentum that makes it critical at this learning rate, and with the learning rate that makes it critical at this momentum. Closed form; a statement about this mode alone.",
        "所得模态自静止、距离 1 出发：现状；在当前学习率下取使其临界的动量；在当前动量下取使其临界的学习率。闭式解，仅就该模态而言。",
    )
    .briefly(t("Advice", "建议"));

/// Most iterations drawn, and how many times the present time constant.
const MOST: f64 = 600.0;
const TIMES: f64 = 4.0;

fn draw<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let found = diagnosis(seen).ok();
    let known = found.as_ref().and_then(|found| Some((found.advice?, found.q()?.value, found.beta()?.value)));
    let Some((advice, q, beta)) = known else {
        return vec![silent(seen, "advice", seen.say(t("no mode to give advice on", "没有可供建议的模态")))];
    };
    let far = (TIMES * advice.steps[0]).clamp(20.0, MOST).round();
    let at: Vec<f64> = (0..=far as u64).map(|n| n as f64).collect();
    let run = |q: f64, beta: f64| -> Vec<f64> { (0..=far as u64).map(|n| response(q, beta, 1.0, 0.0, n)).collect() };
    let curves = [
        (t("as it is", "现状"), run(q, beta), Ink::Optimizer, Dash::Solid),
        (t("critical $β$", "临界 $β$"), run(q, advice.beta.value), Ink::Controller, Dash::Dashed),
        (t("critical $η$", "临界 $η$"), run(q * advice.factor.value, beta), Ink::Spring, Dash::DashDot),
    ];
    let mut panel = panel(
        "advice",
        axis(seen, t("steps from the start", "自起点的步数"), "").range(0.0, far),
        axis(seen, t("distance from the minimum", "到极小点的距离"), ""),
    );
    panel.y = spanning(panel.y, curves.iter().flat_map(|c| c.1.iter().copied()).map(|x| x.clamp(-3.0, 3.0)));
    panel.layers.push(level(0.0, Ink::Faint, Dash::Solid));
    for (name, curve, ink, dash) in curves {
        panel.layers.push(line(at.clone(), curve, Some(seen.say(name)), ink, dash));
    }
    vec![panel]
}
