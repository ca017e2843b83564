//! What lies under the pointer, in numbers: beside the pointer, and at one moment on every clock.

use egui::{Align2, Color32, Galley, Pos2, Rect, Response, Role, Stroke, StrokeKind, Ui, WidgetInfo, vec2};
use egui_plot::PlotTransform;
use std::sync::Arc;

use super::pen::Pen;
use super::reading::{Reading, Value, values};
use super::thin::Store;
use super::{Look, Subject, Touch};
use crate::app::label::job;
use crate::app::theme::plain;
use crate::figure::Panel;
use crate::param::show_number;
use crate::text::{fill, plot as words};

/// Room around the words of a card, and between its columns.
const ROOM: egui::Vec2 = vec2(6.0, 3.0);
const GAP: f32 = 12.0;

/// Shows what the pointer, here or on another clock, has found; says where it points.
pub fn hover(
    ui: &Ui,
    subject: &Subject<'_>,
    look: &Look<'_>,
    response: &Response,
    transform: &PlotTransform,
) -> Option<Touch> {
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, spoken(subject, look)));
    let pointer = response.hover_pos();
    if let Some(unit) = subject.face.clock {
        if let Some((moment, panel)) = look.link.hover.zip((subject.whole)().filter(|_| look.link.hover.is_some())) {
            at_moment(ui, panel, look, transform, moment, unit);
        }
        let here = pointer.map(|p| super::data_at(subject.face, transform, p)[0] / unit);
        return here.filter(|n| *n >= 0.0 && *n <= look.clock[0]).map(Touch::Hover);
    }
    let panel = pointer.and_then(|_| (subject.whole)())?;
    let plate = subject.plate.borrow();
    let pen = Pen::new(ui, panel, transform, look.skin, &plate.store);
    let layers = panel.layers.iter().enumerate();
    let readings = layers.filter_map(|(k, layer)| pen.reading(k, layer, pointer?));
    let best = readings.min_by(|a, b| a.distance.total_cmp(&b.distance))?;
    beside(ui, look, transform, &best);
    best.path.map(|(ink, index, at)| Touch::Near(ink, index, at))
}

/// What a screen reader says of a plot: title, axes, and the values at the moment in question.
fn spoken(subject: &Subject<'_>, look: &Look<'_>) -> String {
    let face = subject.face;
    let [x, y] = [&face.x, &face.y].map(|axis| axis.full_label().plain());
    let mut out = fill(words::NAME.get(look.lang), &[look.title, &y, &x]);
    let clock = face.clock.and_then(|unit| Some((unit, (subject.whole)()?)));
    if let Some((unit, panel)) = clock {
        let moment = look.link.hover.unwrap_or(look.moment);
        let read = values(panel, moment * unit);
        let parts = read.iter().map(|v| format!("{} {}", v.name.plain(), v.text));
        out.push_str(&format!("; {}", heading(moment, look)));
        parts.for_each(|part| out.push_str(&format!("; {part}")));
    }
    out
}

/// The moment in words: its iteration, and the time if that is another number.
fn heading(moment: f64, look: &Look<'_>) -> String {
    let n = show_number((moment * 1e3).round() / 1e3);
    let t = show_number(moment * look.clock[1]);
    if look.clock[1] == 1.0 {
        fill(words::AT_ITERATION.get(look.lang), &[&n])
    } else {
        fill(words::AT_BOTH.get(look.lang), &[&n, &t])
    }
}

/// A line of a card: name, value.
type Row = [Arc<Galley>; 2];

/// The values of every named line at one moment, in a card beside it.
fn at_moment(ui: &Ui, panel: &Panel<'_>, look: &Look<'_>, transform: &PlotTransform, moment: f64, unit: f64) {
    let (painter, frame, store) = (ui.painter(), *transform.frame(), Store::default());
    let pen = Pen::new(ui, panel, transform, look.skin, &store);
    let x = pen.across(moment * unit);
    if !frame.x_range().contains(x) {
        return;
    }
    let axis_unit = if panel.y.unit.is_empty() { String::new() } else { format!(" {}", panel.y.unit) };
    let set = |v: &Value<'_>| {
        let value = painter.layout_no_wrap(format!("{}{axis_unit}", v.text), plain(11.5), look.skin.text);
        [painter.layout_job(job(v.name, 11.5, look.skin.ink(v.ink))), value]
    };
    let found = values(panel, moment * unit);
    let rows: Vec<Row> = found.iter().map(set).collect();
    let title = painter.layout_no_wrap(heading(moment, look), plain(11.5), look.skin.quiet);
    let middle = found.iter().map(|v| pen.height(v.y)).sum::<f32>() / found.len().max(1) as f32;
    Card::new(title, &rows, frame).show(ui, look, x, middle);
}

/// A heading and rows, side by side where there is no room for all of them one under another.
struct Card<'r> {
    title: Option<Arc<Galley>>,
    blocks: Vec<(&'r [Row], [f32; 2])>,
    line: f32,
    size: egui::Vec2,
    frame: Rect,
}

impl<'r> Card<'r> {
    fn new(title: Arc<Galley>, rows: &'r [Row], frame: Rect) -> Self {
        let line = title.size().y;
        let lines = ((frame.height() - 2.0 * ROOM.y) / line) as usize;
        // A low panel leaves the moment to its neighbours.
        let title = Some(title).filter(|_| lines > 3 || rows.is_empty());
        let fit = (lines.saturating_sub(usize::from(title.is_some()))).max(1);
        let blocks: Vec<(&[Row], [f32; 2])> = rows.chunks(fit).map(|rows| (rows, widths(rows))).collect();
        let gaps = GAP * blocks.len().saturating_sub(1) as f32;
        let wide = blocks.iter().map(|(_, w)| w[0] + w[1] + 8.0).sum::<f32>() + gaps;
        let tall = line * (rows.len().min(fit) + usize::from(title.is_some())) as f32;
        let size = vec2(wide.max(title.as_ref().map_or(0.0, |t| t.size().x)), tall) + 2.0 * ROOM;
        Card { title, blocks, line, size, frame }
    }

    /// Shows it beside `x`, above or below where the values are.
    fn show(self, ui: &Ui, look: &Look<'_>, x: f32, middle: f32) {
        let (painter, skin, frame) = (ui.painter(), look.skin, self.frame);
        let right = x + 10.0;
        let left = if right + self.size.x <= frame.right() { right } else { x - 10.0 - self.size.x };
        let left = left.min(frame.right() - self.size.x).max(frame.left());
        let top = if middle > frame.center().y { frame.top() + 3.0 } else { frame.bottom() - 3.0 - self.size.y };
        let card = Rect::from_min_size(egui::pos2(left, top.max(frame.top() + 1.0)), self.size);
        painter.rect(card, 4.0, skin.well.gamma_multiply(0.94), Stroke::new(1.0, skin.line), StrokeKind::Outside);
        let mut corner = card.min + ROOM;
        if let Some(title) = self.title {
            painter.galley(corner, title, skin.quiet);
            corner.y += self.line;
        }
        for (rows, widths) in self.blocks {
            for (k, [name, value]) in rows.iter().enumerate() {
                let top = corner + vec2(0.0, self.line * k as f32);
                painter.galley(top, name.clone(), Color32::PLACEHOLDER);
                let right = top.x + widths[0] + 8.0 + widths[1] - value.size().x;
                painter.galley(egui::pos2(right, top.y), value.clone(), skin.text);
            }
            corner.x += widths[0] + widths[1] + 8.0 + GAP;
        }
    }
}

fn widths(rows: &[Row]) -> [f32; 2] {
    [0, 1].map(|side| rows.iter().map(|row| row[side].size().x).fold(0.0, f32::max))
}

/// One reading, beside its point.
fn beside(ui: &Ui, look: &Look<'_>, transform: &PlotTransform, best: &Reading) {
    let (painter, skin, frame) = (ui.painter(), look.skin, transform.frame());
    painter.circle_stroke(best.at, 5.0, Stroke::new(1.4, skin.text));
    let right = best.at.x > frame.center().x;
    let anchor = if right { Align2::RIGHT_BOTTOM } else { Align2::LEFT_BOTTOM };
    let place: Pos2 = best.at + vec2(if right { -9.0 } else { 9.0 }, -7.0);
    let galley = painter.layout_no_wrap(best.text.clone(), plain(12.0), skin.text);
    let rect = anchor.anchor_size(place, galley.size()).expand2(vec2(5.0, 2.0));
    let corner = rect.min.min(frame.max - rect.size()).max(frame.min);
    let rect = Rect::from_min_size(corner, rect.size());
    painter.rect(rect, 4.0, skin.well, Stroke::new(1.0, skin.line), StrokeKind::Outside);
    painter.galley(rect.min + vec2(5.0, 2.0), galley, skin.text);
}
