//! What was drawn of a panel, as meshes that a frame only copies.

use egui::epaint::{Mesh, Tessellator};
use egui::text::LayoutJob;
use egui::{Rect, Shape, TextureHandle, Ui};
use egui_plot::PlotTransform;

use super::pen::Pen;
use super::thin::Store;
use super::{Look, Subject};

/// What stands among a panel's layers because there is no room beside them.
pub struct Inside {
    /// The label of the vertical axis.
    pub label: Option<LayoutJob>,
    /// Whether the legend does.
    pub legend: bool,
}

/// The finished drawing of a panel's layers.
#[derive(Default)]
pub struct Plate {
    key: Option<Key>,
    shapes: Vec<Shape>,
    /// The pictures among them.
    pictures: Vec<TextureHandle>,
    /// What is known of the panel's long columns.
    pub store: Store,
}

/// What a drawing depends on beside the figure.
#[derive(Clone, Copy, PartialEq)]
struct Key {
    frame: Rect,
    bounds: [[f64; 2]; 2],
    scale: f32,
    colours: [egui::Color32; 4],
}

impl Plate {
    /// The drawing of a panel, made again if it has to be.
    pub fn draw(
        &mut self,
        ui: &Ui,
        transform: &PlotTransform,
        subject: &Subject<'_>,
        look: &Look<'_>,
        inside: &Inside,
        out: &mut Vec<Shape>,
    ) {
        let key = Key {
            frame: *transform.frame(),
            bounds: [transform.bounds().min(), transform.bounds().max()],
            scale: ui.ctx().pixels_per_point(),
            colours: [look.skin.card, look.skin.text, look.skin.quiet, look.skin.line],
        };
        if self.key != Some(key) || self.shapes.iter().any(|s| stale(ui, s)) {
            let mut shapes = Vec::new();
            if let Some(panel) = (subject.whole)() {
                let pen = Pen::new(ui, panel, transform, look.skin, &self.store);
                let label = inside.label.as_ref().map_or_else(Vec::new, |label| pen.label(label));
                pen.all(inside.legend, &mut shapes);
                shapes.extend(label);
                if panel.clock.is_some() {
                    pen.exits(subject.ranges[1], look.lang, &mut shapes);
                }
                self.pictures = pen.pictures.take();
            }
            self.shapes = pressed(ui, shapes, key.frame);
            self.key = Some(key);
        }
        out.extend(self.shapes.iter().cloned());
    }
}

/// Whether a shape's letters were set for a font texture that is no longer there.
fn stale(ui: &Ui, shape: &Shape) -> bool {
    let Shape::Text(text) = shape else { return false };
    let again = ui.fonts_mut(|f| f.layout_job((*text.galley.job).clone()));
    !std::sync::Arc::ptr_eq(&again, &text.galley)
}

/// Shapes with neighbouring strokes and fills turned into one mesh each, which costs a frame only its
/// copying. Letters and round markers depend on the font texture and stay as they are; so do pictures.
fn pressed(ui: &Ui, shapes: Vec<Shape>, frame: Rect) -> Vec<Shape> {
    let options = ui.ctx().tessellation_options(|o| *o);
    let mut tessellator = Tessellator::new(ui.ctx().pixels_per_point(), options, [1, 1], Vec::new());
    tessellator.set_clip_rect(frame.expand(2.0));
    let (mut out, mut mesh) = (Vec::new(), Mesh::default());
    for shape in shapes {
        let picture = shape.texture_id() != egui::TextureId::default();
        if picture || matches!(&shape, Shape::Text(_) | Shape::Circle(_) | Shape::Callback(_)) {
            flush(&mut mesh, &mut out);
            out.push(shape);
        } else {
            tessellator.tessellate_shape(shape, &mut mesh);
        }
    }
    flush(&mut mesh, &mut out);
    out
}

fn flush(mesh: &mut Mesh, out: &mut Vec<Shape>) {
    if !mesh.is_empty() {
        out.push(Shape::mesh(std::mem::take(mesh)));
    }
}
