//! What lies under the pointer, in numbers.

use egui::{Align2, Pos2, Response, Stroke, Ui, vec2};
use egui_plot::PlotTransform;

use super::data_at;
use super::pen::Pen;
use crate::app::theme::{Skin, plain};
use crate::figure::{Layer, Panel, Rich};
use crate::param::show_number;

/// How near to a point the pointer reads it, in pixels.
const REACH: f32 = 12.0;

/// A reading: how far from the pointer, where, and what it says.
struct Reading {
    distance: f32,
    at: Pos2,
    text: String,
}

/// Shows the data point nearest to the pointer, or the bin it is in.
pub fn hover(ui: &Ui, panel: &Panel<'_>, skin: &Skin, response: &Response, transform: &PlotTransform) {
    let Some(pointer) = response.hover_pos() else { return };
    let pen = Pen::new(ui, panel, transform, skin);
    let readings = panel.layers.iter().filter_map(|layer| pen.reading(layer, pointer));
    let Some(best) = readings.min_by(|a, b| a.distance.total_cmp(&b.distance)) else { return };
    let painter = ui.painter();
    painter.circle_stroke(best.at, 5.0, Stroke::new(1.4, skin.text));
    let frame = transform.frame();
    let right = best.at.x > frame.center().x;
    let anchor = if right { Align2::RIGHT_BOTTOM } else { Align2::LEFT_BOTTOM };
    let place = best.at + vec2(if right { -9.0 } else { 9.0 }, -7.0);
    let galley = painter.layout_no_wrap(best.text, plain(12.0), skin.text);
    let rect = anchor.anchor_size(place, galley.size()).expand2(vec2(5.0, 2.0));
    painter.rect(rect, 4.0, skin.well, Stroke::new(1.0, skin.line), egui::StrokeKind::Outside);
    painter.galley(rect.min + vec2(5.0, 2.0), galley, skin.text);
}

impl Pen<'_, '_> {
    /// What a layer with a name has to say at the pointer.
    fn reading(&self, layer: &Layer<'_>, pointer: Pos2) -> Option<Reading> {
        let point = |x: f64, y: f64| format!("({}, {})", show_number(x), show_number(y));
        let (name, found) = match layer {
            Layer::Line(l) => (l.name.as_ref()?, self.nearest(&l.x, &l.y, pointer)?),
            Layer::Points(p) => (p.name.as_ref()?, self.nearest(&p.x, &p.y, pointer)?),
            Layer::Bars(b) => (b.name.as_ref()?, self.nearest(&b.x, &b.height, pointer)?),
            Layer::ErrorBars(e) => (e.name.as_ref()?, self.nearest(&e.x, &e.y, pointer)?),
            Layer::Histogram(h) => {
                let (at, text) = self.bin(&h.edges, &h.height, pointer)?;
                return Some(Reading { distance: REACH, at, text: format!("{}  {text}", h.name.as_ref()?.plain()) });
            }
            Layer::Contours(c) => return Some(self.field(c.name.as_ref()?, c.value(self.data(pointer))?, pointer)),
            Layer::HeatMap(m) => {
                return Some(self.field(
                    &m.label,
                    m.value(self.data(pointer), [self.panel.x.scale, self.panel.y.scale])?,
                    pointer,
                ));
            }
            _ => return None,
        };
        let (distance, k, at, [x, y]) = found;
        let mut text = format!("{}  {}", name.plain(), point(x, y));
        if let Layer::ErrorBars(e) = layer {
            let ends = e.low.get(k).zip(e.high.get(k));
            text.push_str(
                &ends.map_or_else(String::new, |(a, b)| format!("  {}…{}", show_number(*a), show_number(*b))),
            );
        }
        Some(Reading { distance, at, text })
    }

    /// The value of a field right under the pointer, which yields to any point near it.
    fn field(&self, name: &Rich, value: f64, pointer: Pos2) -> Reading {
        Reading { distance: REACH, at: pointer, text: format!("{}  {}", name.plain(), show_number(value)) }
    }

    fn data(&self, pointer: Pos2) -> [f64; 2] {
        data_at(self.panel, self.transform, pointer)
    }

    /// Distance, index, place and value of the point nearest to the pointer, if near enough.
    fn nearest(&self, x: &[f64], y: &[f64], pointer: Pos2) -> Option<(f32, usize, Pos2, [f64; 2])> {
        let points = x.iter().zip(y).enumerate();
        let placed = points.filter_map(|(k, (x, y))| Some((k, self.place(*x, *y)?, [*x, *y])));
        let found = placed.map(|(k, p, value)| (p.distance(pointer), k, p, value)).filter(|f| f.0 < REACH);
        found.min_by(|a, b| a.0.total_cmp(&b.0))
    }

    /// The bin of a histogram that stands under the pointer: the middle of its top, and its numbers.
    fn bin(&self, edges: &[f64], height: &[f64], pointer: Pos2) -> Option<(Pos2, String)> {
        let inside = |a: f32, b: f32| pointer.x >= a.min(b) && pointer.x < a.max(b);
        let mut bins =
            edges.windows(2).zip(height).filter(|(e, h)| e[0].is_finite() && e[1].is_finite() && h.is_finite());
        let (edges, height) = bins.find(|(e, _)| inside(self.across(e[0]), self.across(e[1])))?;
        let (top, floor) = (self.height(*height), self.height(0.0));
        let stands = pointer.y >= top.min(floor) - REACH && pointer.y <= top.max(floor);
        let at = Pos2::new((self.across(edges[0]) + self.across(edges[1])) / 2.0, top);
        let [a, b, h] = [edges[0], edges[1], *height].map(show_number);
        stands.then(|| (at, format!("{a}…{b}: {h}")))
    }
}
