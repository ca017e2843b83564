//! Regimes of heavy ball as chips.

use crate::scenes::models::words;
use crate::scenes::{Chip, Seen};
use crate::text::{fill, t};
use crate::theory::heavy_ball::spectral_radius;
use crate::theory::regime::classify;

/// The regime of a mode called `name`, with ηλ = `q` and momentum β, by the poles of the map.
pub fn chip(seen: &Seen<'_>, name: &str, q: f64, beta: f64) -> Chip {
    let regime = classify(q, beta);
    let text = fill(seen.say(t("{} {} · map", "{} {} · 映射")), &[name, seen.say(words::regime(regime))]);
    let note = t("ηλ = {}, β = {}: modulus per step {}.", "ηλ = {}，β = {}：每步模长 {}。");
    Chip { text, tone: words::tone(regime), note: seen.tell(note, &[q, beta, spectral_radius(q, beta)]) }
}

/// The regimes of several modes that share the scene's η and β, each with its curvature.
pub fn chips<'n>(seen: &Seen<'_>, modes: impl IntoIterator<Item = (&'n str, f64)>) -> Vec<Chip> {
    let [eta, beta] = ["eta", "beta"].map(|id| seen.get(id));
    modes.into_iter().map(|(name, lambda)| chip(seen, name, eta * lambda, beta)).collect()
}
