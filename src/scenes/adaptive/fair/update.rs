//! One update of the method looked at, taken apart.

use super::bench;
use super::methods::{ADAM, DESCENT, EPS, MOMENTUM, NESTEROV, RMSPROP, SQUARES};
use crate::core::At;
use crate::figure::{Axis, Ink, Panel, Weight, rich};
use crate::scenes::Seen;
use crate::scenes::exhibit::plane;
use crate::scenes::models::inspector::{Term, Update};
use crate::scenes::models::landscape::Window;
use crate::text::{fill, t};

fn term(symbol: &str, parts: Vec<f64>, ink: Ink, weight: Weight) -> Term {
    Term { symbol: symbol.to_owned(), parts, ink, weight }
}

/// The present update of the method looked at; `None` before there is one.
pub fn of(seen: &Seen<'_>) -> Option<Update> {
    let i = seen.index("chosen");
    let lane = seen.lane(i)?;
    let n = seen.view.now.min(lane.done().checked_sub(1)?);
    // The step as it was made: a change of values comes with other step sizes.
    let values = seen.run.values_at(n);
    let tuned;
    let eta = if seen.run.is_steady() {
        bench::used(seen)[i]
    } else {
        tuned = bench::tune(values, seen.run.seed);
        bench::etas(values, &tuned)[i]
    };
    let beta = values.get("beta");
    let state = lane.state_at(n);
    let mut force = vec![0.0; state.q.len()];
    lane.system_at(n).field.force(At { t: state.t, n: 1, q: &state.q, v: &state.v }, &mut force);
    let push =
        |factor: &dyn Fn(usize) -> f64| -> Vec<f64> { force.iter().enumerate().map(|(k, f)| factor(k) * f).collect() };
    let keep = |factor: &dyn Fn(usize) -> f64| -> Vec<f64> {
        state.v.iter().enumerate().map(|(k, v)| factor(k) * v).collect()
    };
    let square = |k: usize, memory: f64| {
        let old = state.slots.first().and_then(|w| w.get(k)).copied().unwrap_or(0.0);
        memory * old + (1.0 - memory) * force.get(k).map_or(0.0, |f| f * f)
    };
    let new = |symbol: &str, parts| term(symbol, parts, Ink::Amber, Weight::Normal);
    let old = |symbol: &str, parts| term(symbol, parts, Ink::Muted, Weight::Thin);
    let terms = match i {
        DESCENT => vec![new("$−η∇f$", push(&|_| eta))],
        MOMENTUM => vec![old("$βv_n$", keep(&|_| beta)), new("$−η∇f$", push(&|_| eta))],
        NESTEROV => {
            vec![old("$β^2v_n$", keep(&|_| beta * beta)), new("$−η(1 + β)∇f$", push(&|_| eta * (1.0 + beta)))]
        }
        RMSPROP => vec![new("$−η∇f$/(√$w$ + ε)", push(&|k| eta / (square(k, SQUARES[0]).sqrt() + EPS)))],
        ADAM => {
            let t = (n + 1) as f64;
            let size = |k: usize| {
                let root = (square(k, SQUARES[1]) / (1.0 - SQUARES[1].powf(t))).sqrt();
                eta / ((1.0 - beta.powf(t)) * (root + EPS))
            };
            vec![old("$α_iβm_n$", keep(&|k| beta * size(k))), new("$−α_i(1 − β)∇f$", push(&|k| (1.0 - beta) * size(k)))]
        }
        _ => return None,
    };
    let update = Update { from: state.q, terms, symbol: "$Δ_{n+1}$".into() };
    Some(update).filter(|u| u.sum().iter().chain(&u.from).all(|x| x.is_finite()))
}

/// The update as arrows over the landscape.
pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let axes = || [1, 2].map(|i| Axis::new(rich(&format!("$x_{i}$")), ""));
    let Some(update) = of(seen) else {
        let [x, y] = axes();
        let mut panel = Panel::new("update", x.range(0.0, 1.0), y.range(0.0, 1.0));
        let say = seen.say(t("there is no update yet", "尚无更新"));
        panel.layers.push(crate::scenes::exhibit::draw::words([0.5, 0.5], say, Ink::Muted));
        return vec![panel];
    };
    let field = seen.lane(seen.index("chosen")).map(|lane| lane.lane.system.field.clone());
    let behind = |[x, y]: [[f64; 2]; 2]| {
        field.iter().map(|field| plane::level_lines(seen, &**field, Window { x, y }, None)).collect()
    };
    vec![update.panel("update", axes(), behind)]
}

/// The update in numbers.
pub fn caption(seen: &Seen<'_>) -> String {
    let n = seen.view.now.min(seen.run.done().saturating_sub(1));
    let Some(update) = of(seen) else { return seen.say(t("There is no update yet.", "尚无更新。")).to_owned() };
    let name = super::methods::NAMES.get(seen.index("chosen")).map_or("", |name| seen.say(*name));
    let text = t(
        "The update of {} from iteration {} to {} as a vector sum: {}.",
        "{} 从第 {} 步到第 {} 步的更新，写成向量和：{}。",
    );
    fill(seen.say(text), &[name, &n.to_string(), &(n + 1).to_string(), &update.equation()])
}
