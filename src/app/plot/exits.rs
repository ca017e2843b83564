//! Where a line leaves the axes for good.

use egui::{Color32, Rect, Shape, Stroke, pos2, vec2};

use super::pen::Pen;
use crate::app::label::job;
use crate::figure::{Ink, Layer, Rich, Scale};
use crate::text::{Lang, plot as words};

/// Size of the arrow head in pixels.
const HEAD: f32 = 5.0;
/// Where so much is drawn there is no room for words.
const BUSY: f32 = 2.0;

impl Pen<'_, '_> {
    /// Marks where lines leave `range` of the vertical axis for good, at its upper end or (where
    /// lengths are not logarithms) at its lower one.
    pub(super) fn exits(&self, range: [f64; 2], lang: Lang, out: &mut Vec<Shape>) {
        for layer in &self.panel.layers {
            let (x, y, ink) = match layer {
                Layer::Line(l) => (&l.x, &l.y, l.ink),
                Layer::Points(p) => (&p.x, &p.y, p.ink),
                _ => continue,
            };
            let high = self.leaves(x, y, |v| v > range[1], range[1]).map(|x| (x, true));
            let low = || self.leaves(x, y, |v| v < range[0], range[0]).map(|x| (x, false));
            let found = high.or_else(|| if self.panel.y.scale == Scale::Log { None } else { low() });
            if let Some((x, up)) = found.filter(|(x, _)| self.frame().x_range().contains(*x)) {
                self.exit(x, up, ink, lang, out);
            }
        }
    }

    /// The abscissa on the screen at which a column goes `beyond` `edge` and never comes back.
    fn leaves(&self, x: &[f64], y: &[f64], beyond: impl Fn(f64) -> bool, edge: f64) -> Option<f32> {
        let n = x.len().min(y.len());
        let after = y[..n].iter().rposition(|v| !beyond(*v)).map_or(0, |k| k + 1);
        let inside = after.checked_sub(1).filter(|_| after < n)?;
        let lengths = |k: usize| Some((self.panel.x.scale.forward(x[k])?, self.panel.y.scale.forward(y[k])?));
        let (a, b, edge) = (lengths(inside)?, lengths(after), self.panel.y.scale.forward(edge)?);
        let share = b.map_or(1.0, |b| ((edge - a.1) / (b.1 - a.1)).clamp(0.0, 1.0));
        let place = a.0 + (b.map_or(a.0, |b| b.0) - a.0) * share;
        place.is_finite().then(|| self.transform.position_from_point_x(place))
    }

    fn exit(&self, x: f32, up: bool, ink: Ink, lang: Lang, out: &mut Vec<Shape>) {
        let (frame, colour) = (self.frame(), self.ink(ink));
        let (edge, way) = if up { (frame.top() + 1.0, 1.0) } else { (frame.bottom() - 1.0, -1.0) };
        let base = edge + way * 1.6 * HEAD;
        let corners = vec![pos2(x, edge), pos2(x + HEAD, base), pos2(x - HEAD, base)];
        out.push(Shape::convex_polygon(corners, colour, Stroke::NONE));
        let galley = self.ui.painter().layout_job(job(&Rich::from(words::LEAVES.get(lang)), 10.5, colour));
        let top = if up { edge } else { edge - galley.size().y };
        let right = Rect::from_min_size(pos2(x + HEAD + 3.0, top), galley.size());
        let left = right.translate(vec2(-2.0 * (HEAD + 3.0) - galley.size().x, 0.0));
        let free = |r: &Rect| frame.contains_rect(*r) && self.hidden(*r) < BUSY;
        if let Some(place) = [right, left].into_iter().find(free) {
            out.push(Shape::galley(place.min, galley, Color32::PLACEHOLDER));
            self.taken.borrow_mut().push(place);
        }
    }
}
