//! The log with the fit over it, and what the fit leaves.

use super::log::diagnosis;
use crate::data::shelf;
use crate::diagnose::Finding;
use crate::figure::{Axis, Dash, Ink, Marker, Panel};
use crate::scenes::Seen;
use crate::scenes::exhibit::Page;
use crate::scenes::exhibit::draw::{axis, level, line, panel, points, spanning, words};
use crate::text::{Text, t};

/// The page.
pub const LOG: Page = Page::new("log", t("Log and fit", "日志与拟合"), draw).showing(
    "The recorded values with the fitted mode through them (where minibatches drive the run, what the fit expects one row ahead), and below what is left. What is left should show no pattern.",
    "记录值与拟合的模态（若由小批量驱动，则为拟合对下一行的预期），下方为残差。残差应当没有规律。",
);

/// An empty panel that says why it is empty.
pub fn silent<'a>(seen: &Seen<'a>, id: &'static str, why: &str) -> Panel<'a> {
    let steps = axis(seen, t("step", "步"), "").range(0.0, 1.0);
    let mut panel = panel(id, steps, axis(seen, t("value", "值"), "").range(0.0, 1.0));
    panel.layers.push(words([0.5, 0.5], why, Ink::Muted));
    panel
}

/// Why there is nothing to read, in the words that fit a panel.
fn missing(seen: &Seen<'_>) -> Text {
    match shelf().log {
        None if seen.index("log") == 1 => {
            t("no log yet: drop a CSV file on the window", "还没有日志：请将 CSV 文件拖入窗口")
        }
        _ => t("no log that can be read: see the notes", "没有可读的日志：见注释"),
    }
}

/// The axis of steps that the log covers.
fn steps(seen: &Seen<'_>, at: &[f64]) -> Axis {
    let [first, last] = [at.first(), at.last()].map(|x| x.copied().unwrap_or(0.0));
    let margin = 0.02 * (last - first).max(1.0);
    axis(seen, t("training step", "训练步"), "").range(first - margin, last.max(first + 1.0) + margin)
}

fn draw<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let Ok(found) = diagnosis(seen) else { return vec![silent(seen, "log", seen.say(missing(seen)))] };
    let at = found.record.steps();
    let values = found.record.values.clone();
    let mut log = panel("log", steps(seen, &at), axis(seen, t("recorded value", "记录值"), ""));
    let curve = found.curve.as_ref();
    let all = values.iter().chain(curve.iter().flat_map(|c| &c.curve)).copied();
    log.y = spanning(log.y, all);
    let named = !matches!(found.finding, Finding::Noise | Finding::Unsure | Finding::Constant);
    log.layers.push(points(at.clone(), values, Some(seen.say(t("log", "日志"))), Ink::Muted, Marker::Disc));
    let mut panels = Vec::new();
    if let Some(curve) = curve {
        let name = if named { t("fitted", "拟合") } else { t("level", "水平") };
        log.layers.push(line(at.clone(), curve.curve.clone(), Some(seen.say(name)), Ink::Optimizer, Dash::Solid));
        if curve.centre.is_finite() && named {
            log.layers.push(level(curve.centre, Ink::Faint, Dash::Dashed));
        }
        let mut rest = panel("rest", steps(seen, &at), axis(seen, t("residual", "残差"), ""));
        rest.y = spanning(rest.y, curve.rest.iter().copied());
        rest.layers.push(level(0.0, Ink::Faint, Dash::Solid));
        rest.layers.push(points(at, curve.rest.clone(), None, Ink::Muted, Marker::Disc));
        (rest.below, rest.share) = (true, 0.45);
        panels.push(rest);
    }
    panels.insert(0, log);
    panels
}
