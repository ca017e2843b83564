//! The colour bar beside a plot that says numbers by colour: which colour stands for which number.

use egui::{Align2, Color32, Mesh, Rect, Shape, Stroke, StrokeKind, Ui, epaint::TextShape, pos2, vec2};

use crate::app::label::job;
use crate::app::theme::{Skin, rgb};
use crate::figure::{Axis, ColorKey, Panel, Rgb, Rich, Tick, axis_ticks};

/// Width of the bar, its distance from the plot and that of its numbers and its label.
const WIDTH: f32 = 10.0;
const AWAY: f32 = 9.0;
const GAP: f32 = 5.0;
/// Steps of colour along the bar.
const STEPS: usize = 96;
/// A plot narrower than this keeps its width for itself.
const LEAST: f32 = 190.0;

/// What a bar tells.
#[derive(Clone, Debug)]
pub struct Bar(ColorKey);

/// The bar of a panel with a heat map or a surface.
pub fn of(panel: &Panel<'_>) -> Option<Bar> {
    ColorKey::of(panel).map(Bar)
}

impl Bar {
    fn ticks(&self, height: f32) -> Vec<Tick> {
        let most = ((height / 34.0) as usize).clamp(2, 6);
        axis_ticks(&Axis::new(Rich::default(), ""), self.0.range, most).major
    }

    /// The room it takes at the right of a plot of this size; none where there is none to spare.
    pub fn room(&self, ui: &Ui, skin: &Skin, size: egui::Vec2) -> f32 {
        if size.x < LEAST {
            return 0.0;
        }
        let label = if self.0.label.is_empty() { 0.0 } else { GAP + self.set(ui, &self.0.label, 12.0, skin).size().y };
        AWAY + WIDTH + GAP + self.widest(ui, skin, size.y) + label + 2.0
    }

    fn set(&self, ui: &Ui, text: &Rich, size: f32, skin: &Skin) -> std::sync::Arc<egui::Galley> {
        ui.painter().layout_job(job(text, size, skin.quiet))
    }

    fn widest(&self, ui: &Ui, skin: &Skin, height: f32) -> f32 {
        self.ticks(height).iter().map(|t| self.set(ui, &t.label, 11.5, skin).size().x).fold(0.0, f32::max)
    }

    /// Draws it beside the inside of a plot, `whole` high with its axes.
    pub fn show(&self, ui: &Ui, skin: &Skin, frame: Rect, whole: f32) {
        let rect =
            Rect::from_min_max(frame.right_top() + vec2(AWAY, 0.0), frame.right_bottom() + vec2(AWAY + WIDTH, 0.0));
        let ground = Rgb(skin.card.r(), skin.card.g(), skin.card.b());
        let mut mesh = Mesh::default();
        for k in 0..STEPS {
            let ends = [k, k + 1].map(|k| rect.bottom() - rect.height() * k as f32 / STEPS as f32);
            let piece = Rect::from_x_y_ranges(rect.x_range(), ends[1]..=ends[0]);
            mesh.add_colored_rect(piece, rgb(self.0.at((k as f64 + 0.5) / STEPS as f64, ground)));
        }
        let painter = ui.painter();
        painter.add(Shape::mesh(mesh));
        painter.rect_stroke(rect, 0.0, Stroke::new(1.0, skin.line), StrokeKind::Outside);
        let [low, high] = self.0.range;
        let left = rect.right() + GAP;
        for tick in self.ticks(whole) {
            let share = ((tick.at - low) / (high - low)) as f32;
            let at = pos2(left, rect.bottom() - share * rect.height());
            painter.line_segment([at - vec2(GAP, 0.0), at - vec2(GAP - 3.0, 0.0)], Stroke::new(1.0, skin.quiet));
            let number = self.set(ui, &tick.label, 11.5, skin);
            let place = Align2::LEFT_CENTER.anchor_size(at, number.size());
            painter.galley(place.min, number, Color32::PLACEHOLDER);
        }
        self.label(ui, skin, rect, left + self.widest(ui, skin, whole) + GAP);
    }

    /// What is measured, upright from below at `left`; smaller where it is longer than the bar.
    fn label(&self, ui: &Ui, skin: &Skin, rect: Rect, left: f32) {
        let sizes = [12.0, 10.5, 9.0];
        let set = sizes.map(|size| self.set(ui, &self.0.label, size, skin));
        let Some(galley) = set.iter().find(|g| g.size().x <= rect.height() + 10.0).or(set.last()) else { return };
        let corner = pos2(left, rect.center().y + 0.5 * galley.size().x);
        let text = TextShape::new(corner, galley.clone(), skin.quiet).with_angle(-std::f32::consts::FRAC_PI_2);
        ui.painter().add(text);
    }
}
