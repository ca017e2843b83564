//! Names of the layers: in a plot where they hide least, or in a row above one that is too small for that.

use std::sync::Arc;

use egui::{Color32, Galley, Rect, Shape, Stroke, Ui, Vec2, pos2, vec2};

use super::areas::corners;
use super::hatch;
use super::pen::Pen;
use super::strokes::{arrow, dashed, interval, marker};
use crate::app::label::job;
use crate::app::theme::Skin;
use crate::figure::{Dash, Hatch, Ink, Layer, Marker, Panel, Rich};

/// Sizes of the letters inside a plot and above it.
const INSIDE: f32 = 12.0;
const ABOVE: f32 = 11.0;
/// Room for a sample and the gaps beside it.
const SAMPLE: f32 = 30.0;
/// Room between entries in a row.
const GAP: f32 = 10.0;
/// A plot narrower or lower than this names nothing.
const LEAST: Vec2 = vec2(200.0, 90.0);
/// Largest share of a plot that names inside it take, and of its height that they take above it.
const SHARE: f32 = 0.15;
const SHARE_ABOVE: f32 = 0.36;

/// What stands before a name.
#[derive(Clone, Copy)]
enum Key {
    Line(Dash, Option<Marker>),
    Mark(Marker),
    Area(Option<Hatch>),
    Interval(Option<Marker>),
    Arrow,
}

/// A layer's name, its colour and what stands before it.
#[derive(Clone)]
struct Entry {
    name: Rich,
    ink: Ink,
    key: Key,
}

/// The names of a panel's layers, those drawn last first.
#[derive(Clone, Default)]
pub struct Legend(Vec<Entry>);

/// Names set above a plot.
pub struct Row {
    entries: Vec<(Entry, Arc<Galley>, Vec2)>,
    /// The room they take.
    pub height: f32,
}

/// Legend entry of a layer.
fn named(layer: &Layer<'_>) -> Option<Entry> {
    let (name, ink, key) = match layer {
        Layer::Line(l) => (&l.name, l.ink, Key::Line(l.dash, l.marker)),
        Layer::Points(p) => (&p.name, p.ink, Key::Mark(p.marker)),
        Layer::Band(b) => (&b.name, b.ink, Key::Area(b.hatch)),
        Layer::Bars(b) => (&b.name, b.ink, Key::Area(b.hatch)),
        Layer::Histogram(h) => (&h.name, h.ink, Key::Area(h.hatch)),
        Layer::ErrorBars(e) => (&e.name, e.ink, Key::Interval(e.marker)),
        Layer::Contours(c) => (&c.name, c.ink, Key::Line(c.dash, None)),
        Layer::Streamlines(s) => (&s.name, s.ink, Key::Arrow),
        Layer::Arrows(a) => (&a.name, a.ink, Key::Arrow),
        Layer::Region(r) => (&r.name, r.ink, Key::Area(r.hatch)),
        Layer::HeatMap(_) | Layer::Facets(_) | Layer::Rule(_) | Layer::Text(_) | Layer::Callout(_) => return None,
    };
    let name = name.as_ref().filter(|n| !n.is_empty())?.clone();
    Some(Entry { name, ink, key })
}

impl Legend {
    /// The names of a panel; none where there are fewer than two.
    pub fn of(panel: &Panel<'_>) -> Self {
        let all: Vec<Entry> = panel.layers.iter().rev().filter_map(named).collect();
        Legend(if panel.legend && all.len() > 1 { all } else { Vec::new() })
    }

    fn set(&self, ui: &Ui, skin: &Skin, size: f32) -> Vec<Arc<Galley>> {
        // What is drawn faintly has a name all the same.
        let written = |ink: Ink| if ink == Ink::Faint { skin.quiet } else { skin.ink(ink) };
        self.0.iter().map(|e| ui.painter().layout_job(job(&e.name, size, written(e.ink)))).collect()
    }

    /// The names above a plot with this much room inside, if in it they would take too much.
    pub fn above(&self, ui: &Ui, skin: &Skin, room: Vec2) -> Option<Row> {
        if self.0.is_empty() || room.x < LEAST.x || room.y < LEAST.y {
            return None;
        }
        let texts = self.set(ui, skin, ABOVE);
        let sizes: Vec<Vec2> = texts.iter().map(|g| g.size() + vec2(SAMPLE, 0.0)).collect();
        let stacked = flowed(&sizes, 0.0).1;
        let (places, height) = packed(&sizes, room.x);
        if stacked.x * stacked.y < SHARE * room.x * room.y || height > SHARE_ABOVE * room.y {
            return None;
        }
        let entries = self.0.iter().cloned().zip(texts).zip(places).map(|((e, text), place)| (e, text, place));
        Some(Row { entries: entries.collect(), height })
    }
}

impl Row {
    /// Draws the names above the inside of a plot, `top` being where its room begins.
    pub fn show(self, ui: &Ui, skin: &Skin, frame: Rect, top: f32) {
        let mut out = Vec::new();
        for (entry, text, place) in self.entries {
            entry.draw(skin, pos2(frame.left(), top) + place, text, &mut out);
        }
        ui.painter().extend(out);
    }
}

impl Entry {
    /// Draws sample and name with their upper left corner here.
    fn draw(&self, skin: &Skin, corner: egui::Pos2, text: Arc<Galley>, out: &mut Vec<Shape>) {
        let middle = corner.y + text.size().y / 2.0;
        let sample = Rect::from_x_y_ranges(corner.x + 2.0..=corner.x + 19.0, middle - 4.5..=middle + 4.5);
        self.sample(skin.ink(self.ink), sample, out);
        out.push(Shape::galley(corner + vec2(SAMPLE - 6.0, 0.0), text, Color32::PLACEHOLDER));
    }

    fn sample(&self, colour: Color32, place: Rect, out: &mut Vec<Shape>) {
        let ends = [place.left_center(), place.right_center()];
        let mark = |shape: Option<Marker>, out: &mut Vec<Shape>| {
            shape.into_iter().for_each(|m| marker(m, place.center(), 3.0, colour, out));
        };
        match self.key {
            Key::Line(dash, shape) => {
                dashed(ends.to_vec(), Stroke::new(2.0, colour), dash, out);
                mark(shape, out);
            }
            Key::Mark(shape) => mark(Some(shape), out),
            Key::Area(ruling) => {
                out.push(Shape::rect_filled(place, 0.0, colour.gamma_multiply(0.35)));
                ruling.into_iter().for_each(|h| hatch::ruled(&corners(place), h, place, colour, out));
            }
            Key::Interval(shape) => {
                interval([place.center_top(), place.center_bottom()], Stroke::new(1.4, colour), out);
                mark(shape, out);
            }
            Key::Arrow => arrow(ends[0], ends[1], Stroke::new(1.4, colour), 4.0, out),
        }
    }
}

impl Pen<'_, '_> {
    pub(super) fn legend(&self, out: &mut Vec<Shape>) {
        let (legend, room) = (Legend::of(self.panel), self.frame().size());
        if legend.0.is_empty() || room.x < LEAST.x || room.y < LEAST.y {
            return;
        }
        let texts = legend.set(self.ui, self.skin, INSIDE);
        let sizes: Vec<Vec2> = texts.iter().map(|g| g.size() + vec2(SAMPLE, 0.0)).collect();
        let (places, back) = self.arranged(&sizes);
        out.push(Shape::rect_filled(back, 4.0, self.skin.card.gamma_multiply(0.8)));
        for ((entry, text), place) in legend.0.iter().zip(texts).zip(places) {
            entry.draw(self.skin, back.min + place, text, out);
        }
        self.taken.borrow_mut().push(back);
    }

    /// Where entries of these sizes stand in a legend, and where that stands in the plot: one under another,
    /// or in rows where these hide clearly less.
    fn arranged(&self, sizes: &[Vec2]) -> (Vec<Vec2>, Rect) {
        let room = self.frame().width() - 22.0;
        let way = |wide: f32| {
            let (places, size) = flowed(sizes, wide);
            let (back, hidden) = self.emptiest(size);
            (places, back, hidden)
        };
        let better = |a: f32, b: f32| a < 0.6 * b - 1.0;
        let choose =
            |best: (Vec<Vec2>, Rect, f32), wide| Some(way(wide)).filter(|w| better(w.2, best.2)).unwrap_or(best);
        let (places, back, _) = [0.5 * room, room].into_iter().fold(way(0.0), choose);
        (places, back)
    }
}

/// Upper left corners of entries in rows as long as `wide`, each as full as may be, and the height of all.
fn packed(sizes: &[Vec2], wide: f32) -> (Vec<Vec2>, f32) {
    let row = sizes.iter().map(|s| s.y).fold(0.0, f32::max);
    let mut at = Vec2::ZERO;
    let mut place = |size: &Vec2| {
        if at.x > 0.0 && at.x + size.x > wide {
            at = vec2(0.0, at.y + row);
        }
        let here = at;
        at.x += size.x + GAP;
        here
    };
    let places = sizes.iter().map(&mut place).collect();
    (places, at.y + row + 2.0)
}

/// Upper left corners of entries in rows up to `wide`, the columns of which stand under one another, and the size
/// of the whole with its margin.
fn flowed(sizes: &[Vec2], wide: f32) -> (Vec<Vec2>, Vec2) {
    let most = |of: fn(&Vec2) -> f32| sizes.iter().map(of).fold(0.0, f32::max);
    let (cell, row) = (most(|s| s.x) + GAP, most(|s| s.y));
    let columns = ((wide / cell) as usize).clamp(1, sizes.len().max(1));
    let place = |k: usize| vec2(6.0 + cell * (k % columns) as f32, 3.0 + row * (k / columns) as f32);
    let rows = sizes.len().div_ceil(columns);
    ((0..sizes.len()).map(place).collect(), vec2(cell * columns as f32 - GAP + 6.0, row * rows as f32 + 6.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entries overlap neither one another nor the edge, and take the rows there is room for.
    #[test]
    fn entries_flow_into_rows() {
        let sizes = [vec2(80.0, 15.0), vec2(50.0, 15.0), vec2(64.0, 18.0), vec2(30.0, 15.0), vec2(70.0, 15.0)];
        for (wide, rows) in [(0.0, 5), (100.0, 5), (200.0, 3), (290.0, 2), (900.0, 1)] {
            let (places, whole) = flowed(&sizes, wide);
            let boxes: Vec<Rect> =
                places.iter().zip(sizes).map(|(p, size)| Rect::from_min_size(p.to_pos2(), size)).collect();
            for (k, a) in boxes.iter().enumerate() {
                assert!(Rect::from_min_size(pos2(0.0, 0.0), whole).contains_rect(*a), "{wide}: {a:?} of {whole:?}");
                assert!(boxes[..k].iter().all(|b| !b.shrink(0.1).intersects(a.shrink(0.1))), "{wide}: {a:?}");
            }
            assert_eq!(whole.y, 6.0 + 18.0 * rows as f32, "{wide}");
        }
    }

    /// Entries above a plot stand side by side as long as there is room, and never overlap.
    #[test]
    fn entries_are_packed_into_rows() {
        let sizes = [vec2(80.0, 15.0), vec2(50.0, 15.0), vec2(64.0, 15.0), vec2(30.0, 15.0), vec2(70.0, 15.0)];
        for (wide, corners) in [
            (400.0, [[0.0, 0.0], [90.0, 0.0], [150.0, 0.0], [224.0, 0.0], [264.0, 0.0]]),
            (140.0, [[0.0, 0.0], [90.0, 0.0], [0.0, 15.0], [74.0, 15.0], [0.0, 30.0]]),
            (10.0, [[0.0, 0.0], [0.0, 15.0], [0.0, 30.0], [0.0, 45.0], [0.0, 60.0]]),
        ] {
            let (places, height) = packed(&sizes, wide);
            assert_eq!(places.iter().map(|p| [p.x, p.y]).collect::<Vec<_>>(), corners, "{wide}");
            assert_eq!(height, corners[4][1] + 17.0, "{wide}");
        }
    }
}
