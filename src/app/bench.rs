//! The bench: everything but the figure studio, and what its tiles may show.

use egui::{CentralPanel, Frame, Ui};

use super::{Desk, Part, panels};
use crate::scenes::ViewInfo;
use crate::session::{Layout, Row, Side, Slot, Tile};
use crate::text::{Text, shell as words};

/// Shows the bench.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    panels::top::show(ui, desk);
    panels::transport::show(ui, desk);
    if desk.shows(Part::Chapter) {
        panels::chapter::show(ui, desk);
    }
    if desk.shows(Part::Side) {
        panels::side::show(ui, desk);
    }
    if let Some(story) = desk.reader.veil(desk.session) {
        panels::chapter::predict::show(ui, desk, story);
        return;
    }
    let ground = Frame::new().fill(desk.skin.ground).inner_margin(10.0);
    CentralPanel::default().frame(ground).show(ui, |ui| {
        if desk.shows(Part::Welcome) {
            panels::welcome::show(ui, desk);
        }
        // On a small window the card and the machines would leave the plots too little.
        let room = desk.size.y >= 900.0 || !desk.shows(Part::Welcome);
        if desk.shows(Part::Machines) && room {
            panels::machines::show(ui, desk);
        }
        panels::pins::show(ui, desk);
        panels::views::show(ui, desk);
    });
}

/// The view without a figure: the state of every lane in numbers.
pub const STATE: ViewInfo = ViewInfo::new("state", words::STATE_TABLE).of_moment().apart();

/// The views on offer for the run as it is.
pub fn offered(desk: &Desk<'_>) -> Vec<ViewInfo> {
    let mut views = desk.session.scene().views(&desk.session.run().values, desk.session.view(desk.lang));
    views.push(STATE);
    views
}

/// The view a slot shows through the present lens: its own, the lens's usual one, or the first there is.
pub fn view_of(desk: &Desk<'_>, slot: Option<&Slot>) -> &'static str {
    let (offered, tiles) = (offered(desk), desk.session.scene().tiles(desk.session.lens()));
    // Beyond the usual ones come those that stand in none of them.
    let others = || offered.iter().map(|v| v.id).filter(|id| *id != STATE.id && !tiles.contains(id));
    let wanted = match slot {
        Some(Slot::View(id)) => id.as_str(),
        Some(Slot::Usual(i)) => {
            tiles.get(*i).copied().or_else(|| others().nth(i.checked_sub(tiles.len())?)).unwrap_or("")
        }
        None => "",
    };
    offered.iter().find(|v| v.id == wanted).or(offered.first()).map_or("", |v| v.id)
}

/// Arrangements that come with the program.
pub fn builtin() -> Vec<(Text, Layout)> {
    vec![
        (words::LAYOUT_USUAL, Layout::default()),
        (words::LAYOUT_ONE, rows(&[&[Slot::Usual(0)]])),
        (words::LAYOUT_TWO, rows(&[&[Slot::Usual(0), Slot::Usual(3)]])),
        (words::LAYOUT_SERIES, rows(&[&[view("series")], &[view("loss")], &[view("energy")]])),
        (words::LAYOUT_TEACHING, teaching()),
    ]
}

fn view(id: &str) -> Slot {
    Slot::View(id.to_owned())
}

fn rows(slots: &[&[Slot]]) -> Layout {
    let row = |tiles: &&[Slot]| {
        let tiles = tiles.iter().map(|slot| Tile { slot: slot.clone(), share: 1.0 }).collect();
        Row { share: 1.0, tiles }
    };
    Layout { rows: slots.iter().map(row).collect(), maximised: None }
}

/// The time series across the whole width, two pictures to point at below it.
fn teaching() -> Layout {
    let mut layout = rows(&[&[Slot::Usual(0)], &[Slot::Usual(1), Slot::Usual(3)]]);
    layout.rows.iter_mut().zip([0.55, 0.45]).for_each(|(row, share)| row.share = share);
    layout
}

/// On which side of a tile another fits better: beside a tile of a short row, else below.
pub fn beside(desk: &Desk<'_>, tile: usize) -> Side {
    let layout = &desk.session.look().layout;
    let row = layout.place(tile).and_then(|(r, _)| layout.rows.get(r));
    if row.is_some_and(|r| r.tiles.len() >= 3) { Side::Below } else { Side::Right }
}

/// A layout with a tile wider by a share of its row and taller by a share of the height.
pub fn wider(layout: Layout, tile: usize, x: f64, y: f64) -> Layout {
    let Some((r, c)) = layout.place(tile) else { return layout };
    let (rows, columns) = (layout.rows.len(), layout.rows.get(r).map_or(0, |row| row.tiles.len()));
    // The last one of a row or a column has its border before it.
    let border = |at: usize, count: usize, by: f64| {
        if at + 1 < count { Some((at, by)) } else { at.checked_sub(1).map(|before| (before, -by)) }
    };
    let across = border(c, columns, x);
    let down = border(r, rows, y);
    let layout = across.map_or(layout.clone(), |(at, by)| layout.widened(r, at, by));
    down.map_or(layout.clone(), |(at, by)| layout.heightened(at, by))
}
