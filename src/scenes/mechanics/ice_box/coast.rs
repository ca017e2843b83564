//! The coasting length over γ.

use std::sync::Arc;

use crate::core::fields::Push;
use crate::core::methods::{Convention, heavy_ball};
use crate::core::{State, System, advance};
use crate::figure::{Dash, Handle, Ink, Marker, Panel, rich};
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{axis, level, line, panel, points};
use crate::text::t;

/// Steps of the push of a short run.
const PUSHED: u64 = 5;
/// Longest coasting shown, in last steps.
const LONGEST: f64 = 150.0;

/// The way coasted after a push, in units of its last step, of a run until the box rests.
pub fn measured(gamma: f64) -> Option<f64> {
    let push = Arc::new(Push { force: 1.0, until: PUSHED as f64 });
    let system = System::new(push, heavy_ball(1.0, gamma, Convention::Displacement));
    let mut state = State::at(&[0.0], &[], 1, 0, 0);
    advance(&system, &mut state, PUSHED, &mut ());
    let (q, v) = (*state.q.first()?, *state.v.first()?);
    // After 40 e-folds what is left of the way is rounding.
    let rest = (40.0 / (1.0 - gamma)).ceil().min(1e5) as u64;
    advance(&system, &mut state, rest, &mut ());
    Some((*state.q.first()? - q) / v)
}

/// Coasting length and the number of its e-fold.
pub fn draw<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let x = axis(seen, t("share kept $γ$", "保留比例 $γ$"), "").range(0.0, 1.0);
    let y = axis(seen, t("coasting way / last step", "滑行路程 / 末步"), "").log().range(0.02, LONGEST);
    let mut panel = panel("coast", x, y);
    let fine: Vec<f64> = (1..400).map(|k| f64::from(k) / 400.0).collect();
    let theory = fine.iter().map(|g| g / (1.0 - g)).collect::<Vec<_>>();
    panel.layers.push(line(fine, theory, Some(seen.say(t("$γ/(1 − γ)$", "$γ/(1 − γ)$"))), Ink::Text, Dash::Solid));
    let tried: Vec<f64> = (1..25).map(|k| 0.04 * f64::from(k)).chain([0.98, 0.99]).collect();
    let found = seen
        .run
        .derived
        .column(("coasting lengths", 0, 0), || tried.iter().map(|g| measured(*g).unwrap_or(f64::NAN)).collect());
    panel.layers.push(points(tried, found, Some(seen.say(t("measured", "测量"))), Ink::Optimizer, Marker::Disc));
    panel.layers.push(level(9.0, Ink::Faint, Dash::Dotted));
    let gamma = seen.get("beta");
    panel.handles.push(Handle {
        id: "beta,-".into(),
        at: [gamma, (gamma / (1.0 - gamma)).clamp(0.02, LONGEST)],
        ink: Ink::Text,
        label: rich("$γ$"),
        name: seen.say(t("share of speed kept", "保留的速度比例")).to_owned(),
    });
    vec![panel]
}
