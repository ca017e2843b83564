//! How fast (1 − 1/n)ⁿ approaches 1/e.

use std::sync::Arc;

use super::window;
use crate::core::fields::{Signal, Tone, Wave};
use crate::core::methods::{Convention, heavy_ball};
use crate::core::{State, System, advance};
use crate::figure::{Dash, Ink, Marker, Panel};
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{axis, callout, level, line, panel, points};
use crate::scenes::models::modal::log_spaced;
use crate::text::t;
use crate::theory::signal::{outside_window, outside_window_error};

/// Windows at which the core is run.
const WINDOWS: [u32; 10] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
/// The limit, 1/e.
pub const LIMIT: f64 = 1.0 / std::f64::consts::E;

/// The weight outside its window of `n` steps that the core's average of a level lacks after n steps.
pub fn lacking(n: u32) -> f64 {
    let tone = Tone { wave: Wave::Level, amplitude: 1.0, noise: 0.0 };
    let method = heavy_ball(1.0, 1.0 - 1.0 / f64::from(n), Convention::MovingAverage);
    let system = System::new(Arc::new(Signal::new(&[tone], 0.0, 0)), method);
    let mut state = State::at(&[0.0], &[], 1, 0, 0);
    advance(&system, &mut state, u64::from(n), &mut ());
    1.0 - state.velocity(0).first().copied().unwrap_or(f64::NAN)
}

pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let measured = seen.run.derived.column(("lacking", WINDOWS.len(), 0), || WINDOWS.map(lacking).to_vec());
    let windows = WINDOWS.map(f64::from).to_vec();
    let lengths = log_spaced(1.0, 1000.0, 200);
    let x = || axis(seen, t("window $n$ (steps)", "窗长 $n$（步）"), "").log().range(0.9, 1200.0);
    let mut value = panel("limit", x(), axis(seen, t("$(1 − 1/n)^n$", "$(1 − 1/n)^n$"), "").range(0.0, 0.4));
    let exact: Vec<f64> = lengths.iter().map(|n| outside_window(*n)).collect();
    value.layers.push(level(LIMIT, Ink::Muted, Dash::Dotted));
    value.layers.push(line(lengths.clone(), exact.clone(), None, Ink::Optimizer, Dash::Solid));
    value.layers.push(points(windows.clone(), measured.to_vec(), None, Ink::Optimizer, Marker::Disc));
    let n = window(seen) as f64;
    let text = format!("$n = {n}$: {:.4}", outside_window(n));
    value.layers.push(callout([n, outside_window(n)], &text, Ink::Text));
    let mut error = panel("error", x(), axis(seen, t("below 1/e by", "与 1/e 之差"), "").log().range(1e-4, 0.6));
    let law = seen.say(t("$1/(2en)$", "$1/(2en)$"));
    let leading: Vec<f64> = lengths.iter().map(|n| outside_window_error(*n)).collect();
    error.layers.push(line(lengths.clone(), leading, Some(law), Ink::Muted, Dash::Dashed));
    let name = seen.say(t("exact", "精确"));
    let below = exact.iter().map(|y| LIMIT - y).collect::<Vec<_>>();
    error.layers.push(line(lengths, below, Some(name), Ink::Optimizer, Dash::Solid));
    let below = measured.iter().map(|y| LIMIT - y).collect::<Vec<_>>();
    error.layers.push(points(windows, below, Some(seen.say(t("core", "核心"))), Ink::Optimizer, Marker::Disc));
    error.below = true;
    vec![value, error]
}

pub fn caption(seen: &Seen<'_>) -> String {
    let n = window(seen) as f64;
    let text = t(
        "What lies outside a window of n steps, γⁿ with γ = 1 − 1/n: theory (line) and the core’s average of a level after n steps (discs). It tends to 1/e like 1/(2en); at n = {} it is {}, {} % below.",
        "n 步窗口之外的权重，即 γ = 1 − 1/n 时的 γⁿ：理论（线）与核心对常值做 n 步平均（圆点）。它以 1/(2en) 趋于 1/e；n = {} 时为 {}，低 {} %。",
    );
    seen.tell(text, &[n, outside_window(n), 100.0 * (1.0 - outside_window(n) / LIMIT)])
}
