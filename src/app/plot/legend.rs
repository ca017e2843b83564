//! Names of the layers, where they hide least.

use egui::{Color32, Rect, Shape, Stroke, pos2, vec2};

use super::areas::corners;
use super::hatch;
use super::pen::Pen;
use super::strokes::{arrow, dashed, interval, marker};
use crate::app::label::job;
use crate::figure::{Dash, Hatch, Ink, Layer, Marker, Rich};

/// What stands before a name.
#[derive(Clone, Copy)]
enum Key {
    Line(Dash, Option<Marker>),
    Mark(Marker),
    Area(Option<Hatch>),
    Interval(Option<Marker>),
    Arrow,
}

/// Legend entry of a layer: name, colour and sample.
fn named<'a>(layer: &'a Layer<'_>) -> Option<(&'a Rich, Ink, Key)> {
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
    Some((name.as_ref().filter(|n| !n.is_empty())?, ink, key))
}

impl Pen<'_, '_> {
    pub(super) fn legend(&self, out: &mut Vec<Shape>) {
        let named: Vec<(&Rich, Ink, Key)> = self.panel.layers.iter().filter_map(named).collect();
        let room = self.frame().size();
        if named.len() < 2 || room.x < 200.0 || room.y < 90.0 {
            return;
        }
        // What is drawn faintly has a name all the same.
        let written = |ink: Ink| if ink == Ink::Faint { self.skin.quiet } else { self.ink(ink) };
        let set = |(name, ink, _): &(&Rich, Ink, Key)| self.ui.painter().layout_job(job(name, 12.0, written(*ink)));
        let text: Vec<_> = named.iter().rev().map(set).collect();
        let wide = text.iter().map(|g| g.size().x).fold(0.0, f32::max);
        let tall: f32 = text.iter().map(|g| g.size().y).sum();
        let back = self.emptiest(vec2(wide + 36.0, tall + 6.0));
        out.push(Shape::rect_filled(back, 4.0, self.skin.card.gamma_multiply(0.8)));
        let (left, mut top) = (back.left() + 30.0, back.top() + 3.0);
        for (galley, (_, ink, key)) in text.into_iter().zip(named.iter().rev()) {
            let height = galley.size().y;
            let middle = top + height / 2.0;
            self.sample(*key, *ink, Rect::from_x_y_ranges(left - 22.0..=left - 5.0, middle - 4.5..=middle + 4.5), out);
            out.push(Shape::galley(pos2(left, top), galley, Color32::PLACEHOLDER));
            top += height;
        }
        self.taken.borrow_mut().push(back);
    }

    fn sample(&self, key: Key, ink: Ink, place: Rect, out: &mut Vec<Shape>) {
        let colour = self.ink(ink);
        let ends = [place.left_center(), place.right_center()];
        let mark = |shape: Option<Marker>, out: &mut Vec<Shape>| {
            shape.into_iter().for_each(|m| marker(m, place.center(), 3.0, colour, out));
        };
        match key {
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
