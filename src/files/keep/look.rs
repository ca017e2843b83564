//! How a run is looked at, from TOML.

use toml::Table;

use super::fault::{KeepError, Why};
use super::read::{leave, leave_list};
use super::sheet::{Entry, Sheet};
use crate::scenes::{Lens, Opt, Options};
use crate::session::{Layout, Look, MOST_TILES, Plan, Row, Slot, Tile};
use crate::text::keep as words;

/// The look of a run; what the text says nothing of is as usual.
pub(super) fn read(sheet: &mut Sheet<'_>, plan: &Plan, strange: &mut Table) -> Result<Look, KeepError> {
    let mut sheet = sheet.table("look")?;
    let mut look = Look { lens: usual_lens(plan), ..Look::default() };
    let mut rest = Table::new();
    if let Some(entry) = sheet.take("lens") {
        look.lens = lens(entry.text()?, plan).map_err(|e| entry.fault(e))?;
    }
    if let Some(entry) = sheet.take("mode") {
        look.mode = entry.whole([1, modes(plan) as u64])? as usize - 1;
    }
    if let Some(entry) = sheet.take("brush") {
        look.brush = Some(brush(entry, plan.steps)?);
    }
    let mut options = sheet.table("options")?;
    for opt in Opt::ALL {
        if let Some(entry) = options.take(opt.id()) {
            choose(&mut look.options, opt, entry.text()?, plan).map_err(|e| entry.fault(e))?;
        }
    }
    leave(&mut rest, "options", options.rest());
    if let Some(entry) = sheet.take("layout") {
        look.layout = layout(entry.table()?, &mut rest)?;
    }
    rest.extend(sheet.rest());
    leave(strange, "look", rest);
    Ok(look)
}

/// The lens a scene is looked at through when nothing is said.
pub(super) fn usual_lens(plan: &Plan) -> Lens {
    plan.scene.lenses().first().copied().unwrap_or_default()
}

/// How many eigenmodes there are to look at, at the start or at the end.
pub(super) fn modes(plan: &Plan) -> usize {
    let count = |values| plan.scene.modes(values).len();
    count(&plan.values).max(count(&plan.values_at(plan.steps))).max(1)
}

/// The lens of this name, if the scene can be looked at through it.
pub(super) fn lens(id: &str, plan: &Plan) -> Result<Lens, Why> {
    let offered = plan.scene.lenses();
    let known = Lens::from_id(id).filter(|lens| offered.contains(lens));
    known.ok_or_else(|| Why::one_of("lens", id, offered.iter().map(|l| l.id())))
}

/// Chooses by the name of the choice.
pub(super) fn choose(options: &mut Options, opt: Opt, id: &str, plan: &Plan) -> Result<(), Why> {
    let choices = plan.scene.choices(opt, &plan.values);
    let place = choices.iter().position(|c| c.id == id);
    options.set(opt, place.ok_or_else(|| Why::one_of(opt.id(), id, choices.iter().map(|c| c.id)))?);
    Ok(())
}

fn brush(entry: Entry<'_>, steps: u64) -> Result<[u64; 2], KeepError> {
    let wrong = entry.fault(Why::Kind("brush".into(), words::A_STRETCH));
    let ends = entry.list(2)?.iter().map(|e| e.whole([0, steps])).collect::<Result<Vec<_>, _>>()?;
    match ends[..] {
        [first, last] if first < last => Ok([first, last]),
        _ => Err(wrong),
    }
}

fn layout(mut sheet: Sheet<'_>, strange: &mut Table) -> Result<Layout, KeepError> {
    let mut rest = Table::new();
    let maximised = match sheet.take("maximised") {
        Some(entry) => Some(entry.whole([0, MOST_TILES as u64 - 1])? as usize),
        None => None,
    };
    let (mut rows, mut rests) = (Vec::new(), Vec::new());
    for entry in sheet.list("rows", MOST_TILES)? {
        let (row, rest) = row(entry.table()?)?;
        rows.push(row);
        rests.push(rest);
    }
    leave_list(&mut rest, "rows", rests);
    rest.extend(sheet.rest());
    leave(strange, "layout", rest);
    Ok(Layout { rows, maximised }.sound())
}

fn row(mut sheet: Sheet<'_>) -> Result<(Row, Table), KeepError> {
    let share = sheet.must("share", words::A_NUMBER)?.number()?;
    let (mut tiles, mut rests, mut rest) = (Vec::new(), Vec::new(), Table::new());
    for entry in sheet.must("tiles", words::A_LIST)?.list(MOST_TILES)? {
        let mut sheet = entry.table()?;
        let slot = slot(sheet.must("slot", words::A_SLOT)?)?;
        tiles.push(Tile { slot, share: sheet.must("share", words::A_NUMBER)?.number()? });
        rests.push(sheet.rest());
    }
    leave_list(&mut rest, "tiles", rests);
    rest.extend(sheet.rest());
    Ok((Row { share, tiles }, rest))
}

fn slot(entry: Entry<'_>) -> Result<Slot, KeepError> {
    let wrong = entry.fault(Why::Kind("slot".into(), words::A_SLOT));
    let mut sheet = entry.table()?;
    let slot = match (sheet.take("usual"), sheet.take("view")) {
        (Some(place), None) => Slot::Usual(place.whole([0, MOST_TILES as u64 - 1])? as usize),
        (None, Some(view)) => Slot::View(view.text()?.to_owned()),
        _ => return Err(wrong),
    };
    if sheet.rest().is_empty() { Ok(slot) } else { Err(wrong) }
}
