//! The tiles: four views of one run, each exchangeable, each to be enlarged.

use egui::{Frame, Id, Rect, RichText, Stroke, Ui, UiBuilder, vec2};

use crate::app::label::job;
use crate::app::plot::{self, Look, Touch};
use crate::app::theme::bold;
use crate::app::widgets::{Icon, icon_button};
use crate::app::{Ask, Desk};
use crate::scenes::Lens;
use crate::session::Command;
use crate::text::ui as words;

/// Which view stands where.
#[derive(Default)]
pub struct Tiles {
    /// Views chosen by hand; `None` follows the lens.
    chosen: [Option<&'static str>; 4],
    /// The tile that fills the whole area.
    pub maximised: Option<usize>,
}

impl Tiles {
    /// Shows `view` in tile `place`.
    pub fn show_view(&mut self, place: usize, view: &'static str) {
        if let Some(tile) = self.chosen.get_mut(place) {
            *tile = Some(view);
        }
    }

    /// The view of a tile through a lens.
    fn view(&self, place: usize, lens: Lens, offered: &[&'static str]) -> &'static str {
        let fourth = match lens {
            Lens::Optimizer => "loss",
            Lens::Spring | Lens::Controller => "energy",
            Lens::Sampler => "histogram",
        };
        let wanted = self.chosen[place].unwrap_or(["series", "phase", fourth, "atlas"][place]);
        offered.iter().find(|v| **v == wanted).or(offered.first()).copied().unwrap_or("")
    }
}

const GAP: f32 = 10.0;

/// Shows the tiles in the space left.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, tiles: &Tiles) {
    let all = ui.available_rect_before_wrap();
    let view = desk.session.view(desk.lang);
    let offered: Vec<&'static str> =
        desk.session.scene().views(&desk.session.run().values, view).iter().map(|v| v.id).collect();
    let places: Vec<(usize, Rect)> = match tiles.maximised {
        Some(tile) => vec![(tile, all)],
        None => (0..4).map(|i| (i, cell(all, i))).collect(),
    };
    for (i, rect) in places {
        let id = tiles.view(i, desk.session.lens(), &offered);
        ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(("tile", i)), |ui| {
            tile(ui, desk, i, id, tiles.maximised.is_some());
        });
    }
}

/// The place of tile `i` in the grid: the left column a little wider, the top row a little taller.
fn cell(all: Rect, i: usize) -> Rect {
    let split = vec2(0.52 * (all.width() - GAP), 0.56 * (all.height() - GAP));
    let (x, w) = if i.is_multiple_of(2) { (0.0, split.x) } else { (split.x + GAP, all.width() - split.x - GAP) };
    let (y, h) = if i < 2 { (0.0, split.y) } else { (split.y + GAP, all.height() - split.y - GAP) };
    Rect::from_min_size(all.min + vec2(x, y), vec2(w, h))
}

fn tile(ui: &mut Ui, desk: &mut Desk<'_>, i: usize, id: &'static str, enlarged: bool) {
    let rect = ui.max_rect();
    ui.painter().rect(rect, 8.0, desk.skin.card, Stroke::new(1.0, desk.skin.line), egui::StrokeKind::Inside);
    let session = desk.session;
    let Some(figure) = session.scene().figure(id, session.run(), session.view(desk.lang)) else { return };
    let inner = Frame::new().inner_margin(egui::Margin { left: 8, right: 10, top: 6, bottom: 6 });
    inner.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        header(ui, desk, i, id, enlarged);
        let total: f64 = figure.panels.iter().map(|p| p.share).sum();
        let height = ui.available_height();
        let last = figure.panels.len().saturating_sub(1);
        for (k, panel) in figure.panels.iter().enumerate() {
            let space = vec2(ui.available_width(), height * (panel.share / total) as f32 - 2.0);
            let space = if k == last { ui.available_size() } else { space };
            let look = Look {
                skin: &desk.skin.clone(),
                id: Id::unique(("plot", i, figure.id, panel.id)),
                x_axis: k == last,
                clock: panel.now.iter().any(|n| matches!(n, crate::figure::Now::X(_))),
                group: panel.now.iter().any(|n| matches!(n, crate::figure::Now::X(_))).then(|| Id::unique("clock")),
            };
            let touch = ui.allocate_ui(space, |ui| plot::show(ui, panel, &look)).inner;
            answer(desk, touch);
        }
    });
}

fn answer(desk: &mut Desk<'_>, touch: Option<Touch>) {
    match touch {
        Some(Touch::Handle(handle, at)) => desk.push(Command::Drag { handle, at }),
        Some(Touch::Now(x)) => {
            let run = desk.session.run();
            let unit = if desk.session.lens().is_physical() { run.seconds } else { 1.0 };
            desk.push(Command::Seek((x / unit).round().max(0.0) as u64));
        }
        None => {}
    }
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
                    desk.asks.push(Ask::Tile(i, view.id));
                    ui.close();
                }
            }
        });
        if menu.response.double_clicked() {
            desk.asks.push(Ask::Maximise((!enlarged).then_some(i)));
        }
        menu.response.on_hover_text(desk.say(words::VIEW));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let (icon, word) = if enlarged { (Icon::Shrink, words::SHRINK) } else { (Icon::Expand, words::EXPAND) };
            if icon_button(ui, &desk.skin, icon, 20.0, false, desk.say(word)).clicked() {
                desk.asks.push(Ask::Maximise((!enlarged).then_some(i)));
            }
            if icon_button(ui, &desk.skin, Icon::Figure, 20.0, false, desk.say(words::FIGURE_OF_VIEW)).clicked() {
                desk.asks.push(Ask::Studio(Some(id)));
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
