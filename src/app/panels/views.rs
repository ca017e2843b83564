//! The tiles: views of one run in rows, each exchangeable, each to be enlarged.

use egui::{Frame, Rect, RichText, Stroke, Ui, UiBuilder, vec2};

use super::tile;
use crate::app::label::job;
use crate::app::theme::{bold, plain};
use crate::app::widgets::{Icon, icon_button};
use crate::app::{Ask, Desk};
use crate::scenes::Lens;
use crate::session::{Command, Layout, Slot};
use crate::text::{plot as plot_words, ui as words};

const GAP: f32 = 10.0;

/// Shows the tiles in the space left.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let all = ui.available_rect_before_wrap();
    let layout = &desk.session.look().layout;
    let places: Vec<(usize, Rect)> = match layout.maximised {
        Some(tile) => vec![(tile, all)],
        None => cells(layout, all).into_iter().enumerate().collect(),
    };
    for (i, rect) in places {
        let id = view_of(desk, layout.slot(i));
        ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(("tile", i)), |ui| {
            frame(ui, desk, i, id, layout.maximised.is_some());
        });
    }
}

/// The view a slot shows through the present lens: its own, the lens's usual one, or the first there is.
fn view_of(desk: &Desk<'_>, slot: Option<&Slot>) -> &'static str {
    let session = desk.session;
    let offered = session.scene().views(&session.run().values, session.view(desk.lang));
    let wanted = match slot {
        Some(Slot::View(id)) => id.as_str(),
        Some(Slot::Usual(i)) => session.scene().tiles(session.lens()).get(*i).copied().unwrap_or(""),
        None => "",
    };
    offered.iter().find(|v| v.id == wanted).or(offered.first()).map_or("", |v| v.id)
}

/// The place of every tile, in reading order.
fn cells(layout: &Layout, all: Rect) -> Vec<Rect> {
    let mut out = Vec::new();
    let rows = spans(layout.rows.iter().map(|r| r.share), all.top(), all.height());
    for (row, (top, height)) in layout.rows.iter().zip(rows) {
        for (left, width) in spans(row.tiles.iter().map(|t| t.share), all.left(), all.width()) {
            out.push(Rect::from_min_size(egui::pos2(left, top), vec2(width, height)));
        }
    }
    out
}

/// Start and length of every part of a length, by shares, with gaps between.
fn spans(shares: impl Iterator<Item = f64> + Clone, from: f32, length: f32) -> Vec<(f32, f32)> {
    let total: f64 = shares.clone().sum();
    let free = length - GAP * (shares.clone().count().saturating_sub(1)) as f32;
    let mut at = from;
    let place = |share: f64| {
        let part = (free * (share / total) as f32).max(1.0);
        let start = at;
        at += part + GAP;
        (start, part)
    };
    shares.map(place).collect()
}

fn frame(ui: &mut Ui, desk: &mut Desk<'_>, i: usize, id: &'static str, enlarged: bool) {
    let rect = ui.max_rect();
    ui.painter().rect(rect, 8.0, desk.skin.card, Stroke::new(1.0, desk.skin.line), egui::StrokeKind::Inside);
    let inner = Frame::new().inner_margin(egui::Margin { left: 8, right: 10, top: 6, bottom: 6 });
    inner.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        header(ui, desk, i, id, enlarged);
        tile::show(ui, desk, i, id);
    });
}

fn arrange(desk: &mut Desk<'_>, change: impl FnOnce(Layout) -> Layout) {
    let layout = change(desk.session.look().layout.clone());
    desk.push(Command::Arrange(layout));
}

/// Title (a menu of all views), and the buttons that enlarge it and make a figure of it.
fn header(ui: &mut Ui, desk: &mut Desk<'_>, i: usize, id: &'static str, enlarged: bool) {
    let views = desk.session.scene().views(&desk.session.run().values, desk.session.view(desk.lang));
    ui.horizontal(|ui| {
        let title = views.iter().find(|v| v.id == id).map_or("", |v| desk.say(v.title));
        let text = RichText::new(title).font(bold(13.5));
        ui.visuals_mut().widgets.inactive.weak_bg_fill = egui::Color32::TRANSPARENT;
        let menu = ui.menu_button(text, |ui| {
            for view in &views {
                if ui.selectable_label(view.id == id, desk.say(view.title)).clicked() {
                    arrange(desk, |l| l.shown(i, view.id));
                    ui.close();
                }
            }
        });
        if menu.response.double_clicked() {
            arrange(desk, |l| l.maximised((!enlarged).then_some(i)));
        }
        menu.response.on_hover_text(desk.say(words::VIEW));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let (icon, word) = if enlarged { (Icon::Shrink, words::SHRINK) } else { (Icon::Expand, words::EXPAND) };
            if icon_button(ui, &desk.skin, icon, 20.0, false, desk.say(word)).clicked() {
                arrange(desk, |l| l.maximised((!enlarged).then_some(i)));
            }
            if icon_button(ui, &desk.skin, Icon::Figure, 20.0, false, desk.say(words::FIGURE_OF_VIEW)).clicked() {
                desk.asks.push(Ask::Studio(Some(id)));
            }
            let open = tile::table_open(ui.ctx(), i);
            let table = ui.selectable_label(open, RichText::new(desk.say(plot_words::TABLE_BUTTON)).font(plain(11.5)));
            if table.on_hover_text(desk.say(plot_words::TABLE_HELP)).clicked() {
                tile::toggle_table(ui.ctx(), i);
            }
            now_text(ui, desk, id);
        });
    });
}

/// The present value beside the title, where the view has one.
fn now_text(ui: &mut Ui, desk: &Desk<'_>, id: &str) {
    if id != "series" {
        return;
    }
    let (session, mode) = (desk.session, desk.session.mode());
    let now = session.playback().now;
    let probe = crate::scenes::Probe::Position(mode);
    let Some(q) = session.run().lane(Lens::Optimizer).and_then(|l| l.at(probe, now)) else { return };
    let label = crate::figure::rich(&format!("$q_{}({now})$ = {}", mode + 1, format!("{q:.6}").replace('-', "−")));
    ui.label(job(&label, 12.5, desk.skin.quiet)).on_hover_text(desk.say(words::SCRUB));
}
