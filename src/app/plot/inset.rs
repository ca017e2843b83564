//! Small panels inside the box of another.

use egui::{Align2, Color32, Rect, Stroke, Ui, pos2, vec2};
use egui_plot::{PlotBounds, PlotTransform};

use super::pen::Pen;
use super::thin::Store;
use super::{at, place};
use crate::app::label::job;
use crate::app::theme::Skin;
use crate::figure::{Inset, Panel, axis_ticks, fit_ranges};

/// Size of an inset that finds its own place, relative to the box around it.
const SHARE: f32 = 0.38;
/// Smallest inset worth drawing, in pixels.
const LEAST: f32 = 36.0;
/// Size of its lettering, and room for it left of, below and above the inset's box.
const LETTERS: f32 = 10.0;
const ROOM: egui::Vec2 = vec2(30.0, 28.0);
const ABOVE: f32 = 15.0;

/// Draws the insets of a panel over it.
pub fn insets(ui: &Ui, panel: &Panel<'_>, transform: &PlotTransform, skin: &Skin) {
    let mut taken: Vec<Rect> = Vec::new();
    for inset in &panel.insets {
        let frame = box_of(ui, panel, inset, transform, skin, &taken);
        if frame.width() >= LEAST && frame.height() >= LEAST {
            draw(ui, &inset.panel, frame, skin, transform.frame());
            taken.push(frame.expand2(ROOM));
        }
    }
}

/// The box of an inset on the screen: where it wants to be, or in the emptiest corner.
fn box_of(
    ui: &Ui,
    panel: &Panel<'_>,
    inset: &Inset<'_>,
    transform: &PlotTransform,
    skin: &Skin,
    taken: &[Rect],
) -> Rect {
    let outer = *transform.frame();
    if let Some([left, low, right, high]) = inset.place.filter(|p| p.iter().all(|v| v.is_finite())) {
        let at = |x: f64, y: f64| outer.lerp_inside(vec2(x.clamp(0.0, 1.0) as f32, 1.0 - y.clamp(0.0, 1.0) as f32));
        return Rect::from_two_pos(at(left, low), at(right, high));
    }
    let store = Store::default();
    let pen = Pen::new(ui, panel, transform, skin, &store);
    pen.taken.borrow_mut().extend_from_slice(taken);
    let whole = pen.emptiest(SHARE * outer.size() + ROOM + vec2(0.0, ABOVE)).0;
    Rect::from_min_max(pos2(whole.left() + ROOM.x, whole.top() + ABOVE), pos2(whole.right(), whole.bottom() - ROOM.y))
}

fn draw(ui: &Ui, panel: &Panel<'_>, frame: Rect, skin: &Skin, outer: &Rect) {
    let ranges = fit_ranges(panel);
    let [x, y] = [ranges[0].map(|v| place(&panel.x, v)), ranges[1].map(|v| place(&panel.y, v))];
    let transform = PlotTransform::new(frame, PlotBounds::from_min_max([x[0], y[0]], [x[1], y[1]]), false);
    let painter = ui.painter().with_clip_rect(*outer);
    let above = if panel.y.label.is_empty() { 5.0 } else { ABOVE };
    let room = Rect::from_min_max(frame.min - vec2(ROOM.x, above), frame.max + vec2(8.0, ROOM.y));
    painter.rect_filled(room, 4.0, skin.card.gamma_multiply(0.85));
    let mut shapes = Vec::new();
    Pen::new(ui, panel, &transform, skin, &Store::default()).all(true, &mut shapes);
    ui.painter().with_clip_rect(frame.intersect(*outer)).extend(shapes);
    painter.rect_stroke(frame, 0.0, Stroke::new(1.0, skin.quiet), egui::StrokeKind::Outside);
    let numbers = |target: f32| (target as usize).clamp(2, 4);
    let write = |anchor: Align2, at: egui::Pos2, text: &crate::figure::Rich| {
        let galley = painter.layout_job(job(text, LETTERS, skin.quiet));
        painter.galley(anchor.anchor_size(at, galley.size()).min, galley, Color32::PLACEHOLDER);
    };
    for tick in axis_ticks(&panel.x, ranges[0], numbers(frame.width() / 45.0)).major {
        let x = at(panel, &transform, [tick.at, f64::NAN]).x;
        painter.line_segment([pos2(x, frame.bottom()), pos2(x, frame.bottom() - 3.0)], Stroke::new(1.0, skin.quiet));
        write(Align2::CENTER_TOP, pos2(x, frame.bottom() + 1.0), &tick.label);
    }
    for tick in axis_ticks(&panel.y, ranges[1], numbers(frame.height() / 30.0)).major {
        let y = at(panel, &transform, [f64::NAN, tick.at]).y;
        painter.line_segment([pos2(frame.left(), y), pos2(frame.left() + 3.0, y)], Stroke::new(1.0, skin.quiet));
        write(Align2::RIGHT_CENTER, pos2(frame.left() - 3.0, y), &tick.label);
    }
    write(Align2::CENTER_TOP, pos2(frame.center().x, frame.bottom() + 12.0), &panel.x.full_label());
    write(Align2::LEFT_BOTTOM, frame.min - vec2(ROOM.x - 4.0, 1.0), &panel.y.full_label());
}
