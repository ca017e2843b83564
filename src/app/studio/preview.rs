//! The sheet as it will be printed, at true size or any other.

use std::sync::Arc;

use egui::{
    Color32, Context, Rect, Role, Sense, Shadow, TextureHandle, TextureOptions, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::darkroom::{Darkroom, Picture, Print, Shot, Subject};
use super::press::Fault;
use super::vision;
use super::worker::Worker;
use crate::app::Desk;
use crate::app::theme::plain;
use crate::figure::Ink;
use crate::figure::Vision;
use crate::param::show_number;
use crate::text::{fill, studio as words};

/// Smallest and largest factor on offer.
pub const ZOOMS: [f32; 2] = [0.5, 8.0];
/// Millimetres per unit of the sheet (1/96 inch).
const MM: f32 = 25.4 / 96.0;
/// Room around a sheet that is fitted, in points.
const MARGIN: f32 = 20.0;

/// How large the sheet is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Zoom {
    /// As large as there is room.
    Fit,
    /// A factor of true size.
    Factor(f32),
}

/// A picture on the graphics card.
struct Slide {
    shot: Shot,
    texture: TextureHandle,
    part: Rect,
    scale: f32,
}

/// The preview and the thread that makes its pictures.
pub struct Preview {
    zoom: Zoom,
    /// Through whose eyes.
    pub vision: Vision,
    room: Option<Worker<Shot, Print>>,
    asked: Option<Shot>,
    /// The whole sheet, and its visible part where the whole would be too many pixels.
    whole: Option<Slide>,
    part: Option<Slide>,
    fault: Option<(Arc<Subject>, Fault)>,
    sheet: Vec2,
    /// The point of the sheet in the middle of the view, as a share of it.
    middle: Vec2,
    factor: f32,
    /// Where the sheet lies on the screen.
    seat: Rect,
}

impl Default for Preview {
    fn default() -> Self {
        Preview {
            zoom: Zoom::Factor(1.0),
            vision: Vision::Normal,
            room: None,
            asked: None,
            whole: None,
            part: None,
            fault: None,
            sheet: Vec2::ZERO,
            middle: vec2(0.5, 0.0),
            factor: 1.0,
            seat: Rect::NOTHING,
        }
    }
}

impl Preview {
    /// How large the sheet is shown.
    pub fn zoom(&self) -> Zoom {
        self.zoom
    }

    /// Another size.
    pub fn set_zoom(&mut self, zoom: Zoom) {
        self.zoom = zoom;
        if let Zoom::Factor(factor) = zoom {
            self.factor = factor;
        }
    }

    /// The factor in force.
    pub fn factor(&self) -> f32 {
        self.factor
    }

    /// Width and height of the sheet in millimetres; `None` before the first picture.
    fn sheet_mm(&self) -> Option<[f64; 2]> {
        self.whole.as_ref().map(|_| [self.sheet.x, self.sheet.y].map(|v| f64::from(v * MM)))
    }

    /// Whether the picture of this very subject is there, or the reason why it cannot be.
    pub fn shows(&self, subject: &Arc<Subject>) -> bool {
        self.whole.as_ref().is_some_and(|s| s.shot.subject == *subject) || self.fault_of(subject).is_some()
    }

    /// Why this subject cannot be shown.
    fn fault_of(&self, subject: &Arc<Subject>) -> Option<&Fault> {
        self.fault.as_ref().filter(|f| f.0 == *subject).map(|f| &f.1)
    }

    /// Draws the sheet in the space left.
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk<'_>, subject: &Arc<Subject>) {
        self.collect(ui.ctx());
        let view = ui.available_rect_before_wrap();
        let response = ui.allocate_rect(view, Sense::click_and_drag());
        let painter = ui.painter().with_clip_rect(view);
        painter.rect_filled(view, 0.0, desk.skin.ground);
        self.steer(ui, &response, view);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.name(desk, subject)));
        if let Some(fault) = self.fault_of(subject) {
            let text = fault.say(desk.lang);
            let galley = painter.layout(text, plain(14.0), desk.skin.ink(Ink::Danger), view.width() - 80.0);
            painter.galley(view.center() - galley.size() / 2.0, galley, desk.skin.text);
        } else if self.whole.is_none() {
            let text = desk.say(words::DRAWING);
            painter.text(view.center(), egui::Align2::CENTER_CENTER, text, plain(14.0), desk.skin.quiet);
        } else {
            self.place(view, ui.pixels_per_point());
            self.paint(&painter, desk, self.seat, subject.figure.page.transparent);
            self.sign(&painter, desk, view);
        }
        self.order(ui, subject, view);
    }

    /// What a screen reader says of it.
    fn name(&self, desk: &Desk<'_>, subject: &Arc<Subject>) -> String {
        if let Some(fault) = self.fault_of(subject) {
            return fault.say(desk.lang);
        }
        match self.sheet_mm().zip(self.whole.as_ref()) {
            Some(([w, h], shown)) => fill(
                desk.say(words::PREVIEW),
                &[&show_number(w), &show_number(h), desk.say(vision::name(shown.shot.vision))],
            ),
            None => desk.say(words::DRAWING).to_owned(),
        }
    }

    fn collect(&mut self, ctx: &Context) {
        let prints: Vec<Print> = self.room.iter().flat_map(Worker::answers).collect();
        for (shot, result) in prints {
            match result {
                Ok(picture) => self.hang(ctx, shot, picture),
                Err(fault) => self.fault = Some((shot.subject, fault)),
            }
        }
    }

    fn hang(&mut self, ctx: &Context, shot: Shot, picture: Picture) {
        let Picture { image, sheet, part, scale } = picture;
        let texture = ctx.load_texture("sheet", image, TextureOptions::LINEAR);
        let slide = Slide { texture, part, scale, shot };
        self.sheet = sheet;
        if slide.shot.part.is_some() {
            self.part = Some(slide);
        } else {
            (self.whole, self.part, self.fault) = (Some(slide), None, None);
        }
    }

    /// Wheel, Ctrl+wheel, pinch and drag.
    fn steer(&mut self, ui: &Ui, response: &egui::Response, view: Rect) {
        let size = self.sheet * self.factor;
        if size.x <= 0.0 || size.y <= 0.0 {
            return;
        }
        let mut by = if response.dragged() { response.drag_delta() } else { Vec2::ZERO };
        if response.contains_pointer() {
            let (zoom, wheel, at) = ui.input(|i| (i.zoom_delta(), i.smooth_scroll_delta(), i.pointer.hover_pos()));
            by += wheel;
            if zoom != 1.0 {
                let old = self.factor;
                self.set_factor(old * zoom);
                // What is under the pointer stays there.
                let arm = at.map_or(Vec2::ZERO, |p| p - view.center());
                self.middle += arm / self.sheet * (1.0 / old - 1.0 / self.factor);
            }
        }
        self.middle -= by / size;
    }

    /// Another factor, within what is on offer.
    pub fn set_factor(&mut self, factor: f32) {
        // A sheet that is fitted may be smaller than what is on offer.
        self.factor = factor.clamp(ZOOMS[0].min(self.factor), ZOOMS[1]);
        self.zoom = Zoom::Factor(self.factor);
    }

    /// Finds the seat of the sheet, on whole pixels.
    fn place(&mut self, view: Rect, density: f32) {
        let room = view.size() - Vec2::splat(2.0 * MARGIN);
        self.factor = match self.zoom {
            Zoom::Fit => (room.x / self.sheet.x).min(room.y / self.sheet.y).clamp(0.02, ZOOMS[1]),
            Zoom::Factor(factor) => factor,
        };
        let size = self.sheet * self.factor;
        // A sheet that fits lies in the middle; a larger one shows no more than a margin beside it.
        let hold = |middle: f32, size: f32, view: f32| {
            let slack = (0.5 * view - MARGIN) / size;
            if slack >= 0.5 { 0.5 } else { middle.clamp(slack, 1.0 - slack) }
        };
        self.middle = vec2(hold(self.middle.x, size.x, view.width()), hold(self.middle.y, size.y, view.height()));
        let corner = view.center() - self.middle * size;
        let whole = |v: f32| (v * density).round() / density;
        self.seat = Rect::from_min_size(pos2(whole(corner.x), whole(corner.y)), vec2(whole(size.x), whole(size.y)));
    }

    fn paint(&self, painter: &egui::Painter, desk: &Desk<'_>, sheet: Rect, transparent: bool) {
        let shadow = Shadow { offset: [0, 3], blur: 14, spread: 0, color: Color32::from_black_alpha(60) };
        painter.add(shadow.as_shape(sheet, 0.0));
        if transparent {
            checker(painter, sheet);
        } else {
            painter.rect_filled(sheet, 0.0, Color32::WHITE);
        }
        let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        let whole = self.whole.iter();
        let wanted = whole.clone().next().map(|s| (&s.shot.subject, s.shot.vision));
        let part = self.part.iter().filter(|s| wanted == Some((&s.shot.subject, s.shot.vision)));
        for slide in whole.chain(part) {
            let at = |p: egui::Pos2| sheet.min + p.to_vec2() * sheet.size() / self.sheet;
            painter.image(
                slide.texture.id(),
                Rect::from_min_max(at(slide.part.min), at(slide.part.max)),
                uv,
                Color32::WHITE,
            );
        }
        painter.rect_stroke(sheet, 0.0, egui::Stroke::new(1.0, desk.skin.line), egui::StrokeKind::Outside);
    }

    /// The size of the sheet, in the corner.
    fn sign(&self, painter: &egui::Painter, desk: &Desk<'_>, view: Rect) {
        let Some([w, h]) = self.sheet_mm() else { return };
        let text = fill(desk.say(words::SHEET), &[&show_number(w), &show_number(h)]);
        let galley = painter.layout_no_wrap(text, plain(11.5), desk.skin.quiet);
        let ground = Rect::from_min_size(view.left_bottom() + vec2(8.0, -26.0), galley.size() + vec2(14.0, 6.0));
        painter.rect_filled(ground, 5.0, desk.skin.panel);
        painter.galley(ground.min + vec2(7.0, 3.0), galley, desk.skin.quiet);
    }

    /// Asks for the picture that is missing: first the whole sheet, then the part that needs more.
    fn order(&mut self, ui: &Ui, subject: &Arc<Subject>, view: Rect) {
        let ctx = ui.ctx();
        let scale = self.factor * ui.pixels_per_point();
        let longest = ctx.input(|i| i.max_texture_side);
        let shot = |part| Shot { subject: subject.clone(), part, scale, vision: self.vision, longest };
        let fresh = |s: &&Slide| s.shot.subject == *subject && s.shot.vision == self.vision;
        let whole = self.whole.as_ref().filter(fresh);
        let wanted = match whole {
            // A coarser whole was all that could be had; the part on view makes up for it.
            Some(slide) if slide.scale < scale * 0.999 && slide.scale < slide.shot.scale * 0.999 => {
                let part = self.on_view(view);
                let shown = self.part.as_ref().filter(fresh);
                let fits = |s: &Slide| s.part.contains_rect(part) && (s.shot.scale - scale).abs() < 0.001 * scale;
                if shown.is_some_and(fits) {
                    return;
                }
                shot(Some(self.on_pixels(part.expand2(part.size() * 0.1), ui.pixels_per_point())))
            }
            Some(slide) if slide.shot.scale == scale => return,
            _ => shot(None),
        };
        if self.fault_of(subject).is_some() || self.asked.as_ref() == Some(&wanted) {
            return;
        }
        let room = self.room.get_or_insert_with(|| {
            Worker::new(ctx, || {
                let mut darkroom = Darkroom::default();
                move |shot| darkroom.take(shot)
            })
        });
        room.ask(wanted.clone());
        self.asked = Some(wanted);
    }

    /// The part of the sheet on view.
    fn on_view(&self, view: Rect) -> Rect {
        let seen = self.seat.intersect(view);
        let unit = |p: egui::Pos2| ((p - self.seat.min) / self.factor).to_pos2();
        Rect::from_min_max(unit(seen.min), unit(seen.max))
    }

    /// A part of the sheet widened to whole pixels of the screen, so that it is shown as it was made.
    fn on_pixels(&self, part: Rect, density: f32) -> Rect {
        let pixels = self.seat.size() * density / self.sheet;
        let [min, max] = [(part.min.to_vec2() * pixels).floor(), (part.max.to_vec2() * pixels).ceil()];
        Rect::from_min_max((min / pixels).to_pos2(), (max / pixels).to_pos2())
    }
}

/// Grey squares that say "nothing is printed here".
fn checker(painter: &egui::Painter, sheet: Rect) {
    const SIDE: f32 = 8.0;
    painter.rect_filled(sheet, 0.0, Color32::WHITE);
    let seen = sheet.intersect(painter.clip_rect());
    let [first, last] = [seen.min, seen.max].map(|p| ((p - sheet.min) / SIDE).floor());
    for row in first.y as i32..=last.y as i32 {
        for column in (first.x as i32..=last.x as i32).filter(|c| (c + row) % 2 == 0) {
            let corner = sheet.min + vec2(column as f32, row as f32) * SIDE;
            let square = Rect::from_min_size(corner, Vec2::splat(SIDE)).intersect(sheet);
            painter.rect_filled(square, 0.0, Color32::from_gray(232));
        }
    }
}
