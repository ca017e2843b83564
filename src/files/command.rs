//! A run and its figure as a command for a shell.

use std::fmt::Write as _;

use super::Composition;
use super::keep::{Clock, Kept};
use super::plan::event_texts;
use super::sweep::Order;
use crate::export::{MEDIA, Page};
use crate::param::Values;
use crate::scenes::{SceneRef, find};
use crate::session::{Layout, Look, Session};

/// The command that makes this run again and prints its read-outs.
pub fn command(session: &Session) -> String {
    let (document, plan) = (session.document(), session.plan());
    let plain = Look { lens: document.look.lens, mode: document.look.mode, ..Look::default() };
    let look = Look { layout: Layout::default(), ..document.look.clone() };
    if !document.pins.is_empty() || look != plain {
        // Too much for options: the share text says it all, but for how the bench is arranged.
        let mut kept = Kept::of(session);
        kept.document.look = look;
        kept.clock = Clock { now: kept.clock.now, ..Clock::default() };
        return format!("impetus run '{}'", kept.to_share());
    }
    let mut out = format!("impetus run{}", setting(&plan.scene, &plan.values));
    for (at, id, text) in event_texts(plan) {
        out.push_str(&format!(" --event {at}:{id}={text}"));
    }
    let (lens, mode, now) = (session.lens().id(), session.mode() + 1, session.playback().now);
    out.push_str(&format!(" --steps {} --seed {} --lens {lens} --mode {mode} --at {now}", plan.steps, plan.seed));
    out
}

/// A scene and its values, as every command takes them.
fn setting(scene: &SceneRef, values: &Values) -> String {
    let mut out = format!(" {}", scene.meta().id);
    // The usual world needs no text.
    if let Some(source) = scene.source().filter(|s| find(scene.meta().id).and_then(|f| f.source()) != Some(s)) {
        let _ = write!(out, " --world {}", quoted(source));
    }
    for spec in values.specs() {
        let value = values.get(spec.id);
        if value.to_bits() != spec.default.to_bits() {
            let _ = write!(out, " --set {}={}", spec.id, spec.text(value));
        }
    }
    out
}

/// The command that measures a map, but for where it is saved.
pub fn sweep_command(order: &Order) -> String {
    let sweep = &order.sweep;
    let [x, y] = [order.axis(0), order.axis(1)];
    let (lens, mode) = (sweep.view().lens.id(), sweep.view().mode + 1);
    let quantity = sweep.quantity().map_or("", |q| q.choice.id);
    format!(
        "impetus sweep{} --x {x} --y {y} --quantity {quantity} --seed {} --lens {lens} --mode {mode}",
        setting(sweep.scene(), sweep.values()),
        sweep.seed()
    )
}

/// A word for a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// The command that saves this figure again, byte for byte, in the formats of the composition; or
/// the table of the run if it has no format.
pub fn figure_command(session: &Session, composition: &Composition) -> String {
    let (mut out, lang) = (command(session), composition.lang.tag());
    // Writing to a string cannot fail.
    let _ = write!(out, " --lang {lang}");
    let stem = session.scene().meta().id;
    if composition.is_table() {
        let _ = write!(out, " --out {stem}-run.csv");
        return out;
    }
    for view in &composition.views {
        let _ = write!(out, " --view {view}");
    }
    if composition.columns != Composition::COLUMNS {
        let _ = write!(out, " --columns {}", composition.columns);
    }
    sizes(&mut out, &composition.page);
    if composition.dpi != Composition::DPI {
        let _ = write!(out, " --dpi {}", composition.dpi);
    }
    for format in &composition.formats {
        let _ = write!(out, " --out {stem}-{}.{}", composition.name(), format.extension());
    }
    out
}

/// The options that differ from a usual page, and the width.
fn sizes(out: &mut String, page: &Page) {
    let usual = Page::new(page.width_mm);
    let _ = write!(out, " --width {}", page.width_mm);
    if let Some(height) = page.height_mm {
        let _ = write!(out, " --height {height}");
    }
    for (name, value, usual) in [("font", page.font_pt, usual.font_pt), ("line", page.line_pt, usual.line_pt)] {
        if value != usual {
            let _ = write!(out, " --{name} {value}");
        }
    }
    for (name, on) in [("no-letters", !page.letters), ("transparent", page.transparent)] {
        if on {
            let _ = write!(out, " --{name}");
        }
    }
    if page.medium != usual.medium
        && let Some((_, id)) = MEDIA.iter().find(|(m, _)| *m == page.medium)
    {
        let _ = write!(out, " --medium {id}");
    }
}
