//! From TOML to a session.

use toml::{Table, Value};

use super::super::{Notice, event};
use super::fault::{KeepError, Place, Why, clip};
use super::sheet::{Entry, Sheet};
use super::{Clock, Found, Kept, LONGEST, LONGEST_NOTE, SCHEMA, look, scene};
use crate::files::restore::{is_newer, newer};
use crate::scenes::SceneRef;
use crate::session::{Document, MOST_STEPS, Plan, Playback};
use crate::text::keep as words;

/// Most changes in mid-run that are read.
const MOST_EVENTS: usize = 10_000;

/// What turns each schema into the next, the first schema's first.
const MIGRATIONS: [fn(&mut Sheet<'_>); SCHEMA as usize - 1] = [];

/// Reads a session file.
pub(super) fn read(text: &str) -> Result<Found, KeepError> {
    if text.len() > LONGEST {
        return Err(Why::TooLong(LONGEST).at(Place::Whole));
    }
    let mut sheet = Sheet::parse(text)?;
    let (mut notices, mut strange) = (Vec::new(), Table::new());
    let schema = sheet.must("schema", words::A_COUNT)?.whole([1, u64::from(u32::MAX)])?;
    if schema > SCHEMA {
        notices.push(Notice::new(words::NEWER, &[&schema.to_string(), &SCHEMA.to_string()]));
    }
    for step in MIGRATIONS.iter().skip(usize::try_from(schema).unwrap_or(usize::MAX) - 1) {
        step(&mut sheet);
    }
    if let Some(entry) = sheet.take("version") {
        notices.extend(Some(entry.text()?).filter(|v| is_newer(v)).map(|v| newer(&clip(v))));
    }
    let mut plan = Plan::new(named(&mut sheet)?);
    notices.extend(run(&mut sheet, &mut plan, &mut strange)?);
    let pins = pins(&mut sheet, &plan, &mut strange)?;
    let look = look::read(&mut sheet, &plan, &mut strange)?;
    let clock = clock(&mut sheet, plan.steps, &mut strange)?;
    let note = note(&mut sheet)?;
    strange.extend(sheet.rest());
    if !strange.is_empty() {
        let names: Vec<&str> = strange.keys().map(String::as_str).collect();
        notices.push(Notice::new(words::STRANGE, &[&names.join(", ")]));
    }
    Ok(Found { kept: Kept { document: Document { plan, pins, look }, clock, note, strange }, notices })
}

/// The scene, made from its text if it has one.
fn named(sheet: &mut Sheet<'_>) -> Result<SceneRef, KeepError> {
    let source = sheet.take("source");
    let entry = sheet.must("scene", words::A_TEXT)?;
    match source {
        None => scene(entry.text()?, None).map_err(|e| entry.fault(e)),
        Some(source) => scene(entry.text()?, Some(source.text()?)).map_err(|e| source.fault(e)),
    }
}

/// Seed, length, values and changes in mid-run, where the text says something of them.
fn run(sheet: &mut Sheet<'_>, plan: &mut Plan, strange: &mut Table) -> Result<Option<Notice>, KeepError> {
    if let Some(entry) = sheet.take("seed") {
        plan.seed = entry.whole([0, u64::MAX])?;
    }
    if let Some(entry) = sheet.take("steps") {
        plan.steps = entry.whole([1, MOST_STEPS])?;
    }
    let values = sheet.table("values")?.take_all();
    let missing = |id: &str| values.iter().all(|e| e.name() != id);
    let silent: Vec<&str> = plan.values.specs().iter().map(|s| s.id).filter(|id| missing(id)).collect();
    for entry in &values {
        let text = entry.spelled()?;
        let value = plan.values.spec(entry.name()).and_then(|s| s.read(text)).map_err(|e| entry.fault(e))?;
        plan.values.set(entry.name(), value).map_err(|e| entry.fault(e))?;
    }
    let mut rests = Vec::new();
    for entry in sheet.list("events", MOST_EVENTS)? {
        rests.push(change(entry, plan)?);
    }
    leave_list(strange, "events", rests);
    let said = !silent.is_empty() && silent.len() < plan.values.specs().len();
    Ok(said.then(|| Notice::new(words::NO_VALUES, &[&silent.join(", ")])))
}

/// One change in mid-run; gives what was not understood of it.
fn change(entry: Entry<'_>, plan: &mut Plan) -> Result<Table, KeepError> {
    let mut sheet = entry.table()?;
    let at = sheet.must("at", words::A_COUNT)?.whole([0, MOST_STEPS])?;
    let id = sheet.must("id", words::A_TEXT)?;
    let value = sheet.must("value", words::A_VALUE)?;
    plan.values.spec(id.text()?).map_err(|e| id.fault(e))?;
    event(plan, at, id.text()?, value.spelled()?).map_err(|e| value.fault(e))?;
    Ok(sheet.rest())
}

/// The pinned runs: what of them differs from the run itself.
fn pins(sheet: &mut Sheet<'_>, plan: &Plan, strange: &mut Table) -> Result<Vec<Plan>, KeepError> {
    let (mut pins, mut rests) = (Vec::new(), Vec::new());
    for entry in sheet.list("pins", Document::MOST_PINS)? {
        let mut sheet = entry.table()?;
        let mut pin = Plan { events: Vec::new(), ..plan.clone() };
        let mut rest = Table::new();
        run(&mut sheet, &mut pin, &mut rest)?;
        rest.extend(sheet.rest());
        pins.push(pin);
        rests.push(rest);
    }
    leave_list(strange, "pins", rests);
    Ok(pins)
}

fn clock(sheet: &mut Sheet<'_>, steps: u64, strange: &mut Table) -> Result<Clock, KeepError> {
    let mut sheet = sheet.table("clock")?;
    let mut clock = Clock::default();
    if let Some(entry) = sheet.take("now") {
        clock.now = entry.whole([0, steps])?;
    }
    if let Some(entry) = sheet.take("speed") {
        clock.speed = entry.number()?.clamp(Playback::SPEEDS[0], Playback::SPEEDS[1]);
    }
    for (name, flag) in [("looped", &mut clock.looped), ("from_now", &mut clock.from_now)] {
        if let Some(entry) = sheet.take(name) {
            *flag = entry.flag()?;
        }
    }
    leave(strange, "clock", sheet.rest());
    Ok(clock)
}

fn note(sheet: &mut Sheet<'_>) -> Result<String, KeepError> {
    let Some(entry) = sheet.take("note") else { return Ok(String::new()) };
    let note = entry.text()?;
    if note.len() > LONGEST_NOTE {
        return Err(entry.fault(Why::TooLong(LONGEST_NOTE)));
    }
    Ok(note.to_owned())
}

/// Keeps what was not understood of a table.
pub(super) fn leave(strange: &mut Table, name: &str, rest: Table) {
    if !rest.is_empty() {
        strange.insert(name.to_owned(), Value::Table(rest));
    }
}

/// Keeps what was not understood of each table of a list.
pub(super) fn leave_list(strange: &mut Table, name: &str, rests: Vec<Table>) {
    if rests.iter().any(|rest| !rest.is_empty()) {
        strange.insert(name.to_owned(), Value::Array(rests.into_iter().map(Value::Table).collect()));
    }
}
