//! The command palette: type a few letters, choose with the arrows, press Enter.

use egui::{
    Align, Align2, Area, Context, Frame, Id, Key, Modal, Modifiers, Order, RichText, ScrollArea, Sense, Stroke,
    TextEdit, Ui, WidgetInfo, vec2,
};

use crate::app::acts::{self, Act, spell};
use crate::app::theme::{bold, plain};
use crate::app::widgets::named;
use crate::app::{Ask, Desk, Part};
use crate::text::shell as words;

/// Height of a line.
const ROW: f32 = 26.0;

/// What is typed, and which line is chosen.
#[derive(Default)]
pub struct Palette {
    query: String,
    chosen: usize,
    /// Whether it was on display in the last frame.
    shown: bool,
}

impl Palette {
    /// Shows the palette if it is open.
    pub fn show(&mut self, ctx: &Context, desk: &mut Desk<'_>) {
        if !desk.shows(Part::Palette) {
            *self = Palette::default();
            return;
        }
        let found = acts::search(desk, &self.query);
        self.walk(ctx, found.len());
        let width = (ctx.content_rect().width() - 40.0).min(620.0);
        let area =
            Area::new(Id::unique("palette")).order(Order::Foreground).anchor(Align2::CENTER_TOP, vec2(0.0, 64.0));
        let skin = desk.skin;
        let frame =
            Frame::new().fill(skin.panel).corner_radius(10.0).stroke(Stroke::new(1.0, skin.line)).inner_margin(12.0);
        let shown = Modal::new(Id::unique("palette")).area(area).frame(frame).show(ctx, |ui| {
            ui.set_width(width);
            self.field(ui, desk);
            let picked = self.list(ui, desk, &found);
            ui.add_space(2.0);
            ui.label(RichText::new(desk.say(words::PALETTE_KEYS)).small().color(skin.quiet));
            picked
        });
        let entered = ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter)).then_some(self.chosen);
        let picked = shown.inner.or(entered).and_then(|i| found.get(i));
        if picked.is_some() || shown.should_close() {
            desk.asks.push(Ask::Part(Part::Palette, false));
        }
        desk.asks.extend(picked.into_iter().flat_map(|act| act.asks.iter().cloned()));
    }

    /// Moves the choice with the arrows.
    fn walk(&mut self, ctx: &Context, count: usize) {
        let times = |key| ctx.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key));
        let (up, down) = (times(Key::ArrowUp), times(Key::ArrowDown));
        let (page_up, page_down) = (times(Key::PageUp), times(Key::PageDown));
        let last = count.saturating_sub(1);
        self.chosen = (self.chosen + down + 10 * page_down).min(last).saturating_sub(up + 10 * page_up);
    }

    fn field(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        let edit = TextEdit::singleline(&mut self.query)
            .hint_text(desk.say(words::PALETTE_HINT))
            .desired_width(f32::INFINITY)
            .font(plain(16.0))
            .char_limit(120)
            .margin(vec2(10.0, 7.0));
        let response = ui.add(edit);
        response.widget_info(|| {
            let info = WidgetInfo::text_edit(true, "", &self.query, desk.say(words::PALETTE_HINT));
            named(info, desk.say(words::PALETTE))
        });
        if response.changed() {
            self.chosen = 0;
        }
        if !self.shown || !response.has_focus() {
            response.request_focus();
        }
        self.shown = true;
    }

    /// The acts found; the one that was clicked.
    fn list(&mut self, ui: &mut Ui, desk: &Desk<'_>, found: &[Act]) -> Option<usize> {
        let height = (ui.ctx().content_rect().height() - 220.0).clamp(120.0, 420.0);
        let mut picked = None;
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if found.is_empty() {
                ui.label(RichText::new(desk.say(words::PALETTE_NONE)).color(desk.skin.quiet));
            }
            for (i, act) in found.iter().enumerate() {
                let response = line(ui, desk, act, i == self.chosen);
                if i == self.chosen && !ui.clip_rect().contains_rect(response.rect) {
                    response.scroll_to_me(Some(Align::Center));
                }
                picked = picked.or(response.clicked().then_some(i));
            }
        });
        picked
    }
}

/// Name, note, group and keys of an act.
fn line(ui: &mut Ui, desk: &Desk<'_>, act: &Act, chosen: bool) -> egui::Response {
    let skin = desk.skin;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, 6.0, if chosen { skin.line } else { skin.well });
    }
    let middle = rect.center().y;
    let text = |x: f32, anchor: Align2, text: &str, font, colour| {
        ui.painter().text(egui::pos2(x, middle), anchor, text, font, colour)
    };
    if act.on {
        ui.painter().circle_filled(egui::pos2(rect.left() + 8.0, middle), 3.0, skin.accent);
    }
    let keys = act.keys.first().map_or_else(String::new, spell);
    let right = text(rect.right() - 10.0, Align2::RIGHT_CENTER, &keys, bold(12.0), skin.quiet);
    let group = desk.say(act.group.title());
    let right =
        text(right.left().min(rect.right() - 70.0) - 10.0, Align2::RIGHT_CENTER, group, plain(11.5), skin.quiet);
    let painter =
        ui.painter().with_clip_rect(egui::Rect::from_min_max(rect.min, egui::pos2(right.left() - 8.0, rect.bottom())));
    let name =
        painter.text(egui::pos2(rect.left() + 18.0, middle), Align2::LEFT_CENTER, &act.name, plain(13.5), skin.text);
    painter.text(egui::pos2(name.right() + 10.0, middle), Align2::LEFT_CENTER, &act.note, plain(12.0), skin.quiet);
    let said = if act.note.is_empty() { act.name.clone() } else { format!("{}, {}", act.name, act.note) };
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, chosen, &said));
    response
}
