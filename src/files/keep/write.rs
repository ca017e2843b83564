//! From a session to TOML.
//!
//! Numbers are spelled as [`Spec::text`] does, so that they read back to the same bits. What the file
//! held that means nothing here is written again in the table it was in; in a list, as long as the
//! list has the same length.

use std::fmt::Write as _;

use toml::{Table, Value};

use super::{Kept, SCHEMA};
use crate::param::{Kind, Spec};
use crate::scenes::Opt;
use crate::session::{Event, Layout, Look, Plan, Row, Slot};

/// The first line of every session file.
pub(super) const HEADER: &str = "# Impetus session: what was set, how it is looked at, and the moment shown.";

/// The session as TOML.
pub(super) fn write(kept: &Kept) -> String {
    let (plan, strange) = (&kept.document.plan, Some(&kept.strange));
    let mut out = format!("{HEADER}\nschema = {SCHEMA}\nversion = \"{}\"\n", env!("CARGO_PKG_VERSION"));
    let mut line = |name: &str, value: String| put(&mut out, name, &value);
    line("scene", quoted(plan.scene.meta().id));
    if let Some(source) = plan.scene.source() {
        line("source", quoted(source));
    }
    line("seed", seed(plan.seed));
    line("steps", plan.steps.to_string());
    if !kept.note.is_empty() {
        line("note", quoted(&kept.note));
    }
    others(&mut out, strange, &["events", "pins", "look", "clock"]);
    out.push_str("\n[clock]\n");
    let clock = kept.clock;
    put(&mut out, "now", &clock.now.to_string());
    put(&mut out, "speed", &real(clock.speed));
    put(&mut out, "looped", &clock.looped.to_string());
    put(&mut out, "from_now", &clock.from_now.to_string());
    others(&mut out, table(strange, "clock"), &[]);
    out.push_str("\n[values]\n");
    for spec in plan.values.specs() {
        put(&mut out, spec.id, &value(spec, plan.values.get(spec.id)));
    }
    for (i, event) in plan.events.iter().enumerate() {
        let rest = entry(strange, "events", i, plan.events.len());
        let _ = write!(out, "\n[[events]]\nat = {}\nid = {}\n", event.at, quoted(event.id));
        put(&mut out, "value", &changed(plan, event));
        others(&mut out, rest, &[]);
    }
    let pins = &kept.document.pins;
    for (i, pin) in pins.iter().enumerate() {
        write_pin(&mut out, pin, plan, entry(strange, "pins", i, pins.len()));
    }
    write_look(&mut out, plan, &kept.document.look, table(strange, "look"));
    out
}

/// What of a pinned run differs from the run itself.
fn write_pin(out: &mut String, pin: &Plan, plan: &Plan, strange: Option<&Table>) {
    out.push_str("\n[[pins]]\n");
    if pin.seed != plan.seed {
        put(out, "seed", &seed(pin.seed));
    }
    if pin.steps != plan.steps {
        put(out, "steps", &pin.steps.to_string());
    }
    let values: Vec<String> = differing(pin, plan).map(|(s, v)| format!("{} = {}", s.id, value(s, v))).collect();
    put(out, "values", &braced(&values));
    let events = pin.events.iter().enumerate().map(|(i, e)| {
        let mut parts =
            vec![format!("at = {}", e.at), format!("id = {}", quoted(e.id)), format!("value = {}", changed(pin, e))];
        parts.extend(inline(entry(strange, "events", i, pin.events.len()), &[]));
        braced(&parts)
    });
    put(out, "events", &bracketed(&events.collect::<Vec<_>>()));
    others(out, strange, &["events"]);
}

/// The values of a plan that differ from those of another in any bit.
pub(in crate::files) fn differing<'a>(
    plan: &'a Plan,
    other: &'a Plan,
) -> impl Iterator<Item = (&'static Spec, f64)> + 'a {
    let pairs = plan.values.specs().iter().map(|s| (*s, plan.values.get(s.id)));
    pairs.filter(|(s, value)| value.to_bits() != other.values.get(s.id).to_bits())
}

fn write_look(out: &mut String, plan: &Plan, look: &Look, strange: Option<&Table>) {
    out.push_str("\n[look]\n");
    put(out, "lens", &quoted(look.lens.id()));
    put(out, "mode", &(look.mode + 1).to_string());
    if let Some([first, last]) = look.brush {
        put(out, "brush", &format!("[{first}, {last}]"));
    }
    others(out, strange, &["options", "layout"]);
    let (chosen, rest) = (chosen(plan, look), table(strange, "options"));
    if !chosen.is_empty() || rest.is_some() {
        out.push_str("\n[look.options]\n");
        chosen.iter().for_each(|(opt, id)| put(out, opt.id(), &quoted(id)));
        others(out, rest, &[]);
    }
    write_layout(out, &look.layout, table(strange, "layout"));
}

/// What was chosen that is not the usual.
pub(in crate::files) fn chosen(plan: &Plan, look: &Look) -> Vec<(Opt, &'static str)> {
    let unusual = Opt::ALL.into_iter().filter(|opt| look.options.get(*opt) != 0);
    let named = unusual.filter_map(|opt| {
        let choices = plan.scene.choices(opt, &plan.values);
        Some((opt, choices.get(look.options.get(opt))?.id))
    });
    named.collect()
}

fn write_layout(out: &mut String, layout: &Layout, strange: Option<&Table>) {
    out.push_str("\n[look.layout]\n");
    if let Some(tile) = layout.maximised {
        put(out, "maximised", &tile.to_string());
    }
    others(out, strange, &["rows"]);
    for (r, row) in layout.rows.iter().enumerate() {
        write_row(out, row, entry(strange, "rows", r, layout.rows.len()));
    }
}

fn write_row(out: &mut String, row: &Row, strange: Option<&Table>) {
    let _ = write!(out, "\n[[look.layout.rows]]\nshare = {}\ntiles = [\n", real(row.share));
    for (i, tile) in row.tiles.iter().enumerate() {
        let slot = match &tile.slot {
            Slot::Usual(place) => format!("usual = {place}"),
            Slot::View(view) => format!("view = {}", quoted(view)),
        };
        let mut parts = vec![format!("slot = {{ {slot} }}"), format!("share = {}", real(tile.share))];
        parts.extend(inline(entry(strange, "tiles", i, row.tiles.len()), &[]));
        let _ = writeln!(out, "    {},", braced(&parts));
    }
    out.push_str("]\n");
    others(out, strange, &["tiles"]);
}

fn put(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "{name} = {value}");
}

/// A value of a parameter: a word in quotes, a whole number, or a number with a point.
fn value(spec: &Spec, value: f64) -> String {
    let text = spec.text(value);
    match spec.kind {
        Kind::Choice(_) => quoted(&text),
        Kind::Real { .. } if !text.contains(['.', 'e']) => text + ".0",
        Kind::Real { .. } | Kind::Count { .. } => text,
    }
}

/// The value an event sets.
fn changed(plan: &Plan, event: &Event) -> String {
    plan.values.spec(event.id).map_or_else(|_| real(event.value), |s| value(s, event.value))
}

fn seed(seed: u64) -> String {
    // TOML knows no larger whole number.
    if i64::try_from(seed).is_ok() { seed.to_string() } else { format!("\"{seed}\"") }
}

fn real(x: f64) -> String {
    Value::Float(x).to_string()
}

fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

fn braced(parts: &[String]) -> String {
    if parts.is_empty() { "{}".into() } else { format!("{{ {} }}", parts.join(", ")) }
}

fn bracketed(parts: &[String]) -> String {
    if parts.is_empty() { "[]".into() } else { format!("[\n    {},\n]", parts.join(",\n    ")) }
}

/// A table of what was not understood.
fn table<'a>(strange: Option<&'a Table>, name: &str) -> Option<&'a Table> {
    strange?.get(name)?.as_table()
}

/// What was not understood of an entry of a list, as long as the list has the length it had.
fn entry<'a>(strange: Option<&'a Table>, name: &str, i: usize, count: usize) -> Option<&'a Table> {
    let list = strange?.get(name)?.as_array().filter(|list| list.len() == count)?;
    list.get(i)?.as_table()
}

/// Entries that were not understood, each on its line; `inner` are tables of which only parts were not.
fn others(out: &mut String, strange: Option<&Table>, inner: &[&str]) {
    for text in inline(strange, inner) {
        let _ = writeln!(out, "{text}");
    }
}

fn inline(strange: Option<&Table>, inner: &[&str]) -> Vec<String> {
    let all = strange.into_iter().flatten().filter(|(name, _)| !inner.contains(&name.as_str()));
    let spelled = all.map(|(name, value)| {
        let one = Value::Table(Table::from_iter([(name.clone(), value.clone())])).to_string();
        let bare = one.trim().strip_prefix('{').and_then(|t| t.strip_suffix('}')).unwrap_or_default();
        bare.trim().to_owned()
    });
    spelled.collect()
}
