//! Words in a plot: labels, callouts, and where there is room for them.

use egui::text::LayoutJob;
use egui::{Align2, Color32, Pos2, Rect, Shape, Stroke, Vec2, vec2};

use super::at;
use super::pen::Pen;
use super::strokes::arrow;
use crate::app::label::job;
use crate::figure::{Callout, Layer, Text};

/// Distances of a callout from what it speaks of, in pixels, and directions that are tried.
const REACHES: [f32; 4] = [28.0, 46.0, 70.0, 100.0];
const WAYS: usize = 16;
/// Where a legend may stand, the better first.
const EDGES: [Align2; 8] = [
    Align2::RIGHT_TOP,
    Align2::RIGHT_BOTTOM,
    Align2::LEFT_TOP,
    Align2::LEFT_BOTTOM,
    Align2::CENTER_TOP,
    Align2::CENTER_BOTTOM,
    Align2::RIGHT_CENTER,
    Align2::LEFT_CENTER,
];
/// In a lower plot no words stand among the data, in pixels.
const LOWEST: f32 = 80.0;
/// How much worse it is to cover a word or a handle than a piece of a line.
const WORDS: f32 = 1e3;
/// Lines count as obstacles every so many pixels.
const STEP: f32 = 8.0;

impl Pen<'_, '_> {
    /// The label of the vertical axis, in the emptiest corner of a plot too low for it to stand upright;
    /// it goes on top, and other words keep clear of it.
    pub(super) fn label(&self, label: &LayoutJob) -> Vec<Shape> {
        let galley = self.ui.painter().layout_job(label.clone());
        let place = self.emptiest(galley.size() + vec2(8.0, 2.0)).0;
        self.taken.borrow_mut().push(place);
        let ground = Shape::rect_filled(place, 3.0, self.skin.card.gamma_multiply(0.85));
        vec![ground, Shape::galley(place.min + vec2(4.0, 1.0), galley, Color32::PLACEHOLDER)]
    }

    pub(super) fn text(&self, text: &Text, out: &mut Vec<Shape>) {
        let frame = self.frame();
        let Some(middle) = self.place(text.at[0], text.at[1]).filter(|p| frame.contains(*p)) else { return };
        // A plot of very few lines' height is for its data.
        if frame.height() < LOWEST {
            return;
        }
        let mut words = job(&text.text, 12.0, self.ink(text.ink));
        words.wrap.max_width = frame.width() - 6.0;
        let galley = self.ui.painter().layout_job(words);
        // What speaks of a place near an edge moves inwards.
        let corner = (middle - 0.5 * galley.size()).clamp(frame.min, (frame.max - galley.size()).max(frame.min));
        let place = Rect::from_min_size(corner, galley.size());
        // In a small plot the later of two words that would overlap is left out.
        if !self.taken.borrow().iter().any(|r| r.expand(3.0).intersects(place)) {
            out.push(Shape::galley(place.min, galley, Color32::PLACEHOLDER));
            self.taken.borrow_mut().push(place);
        }
    }

    /// Words in the freest place near what they speak of, and an arrow to it.
    pub(super) fn callout(&self, callout: &Callout, out: &mut Vec<Shape>) {
        let target = self.place(callout.at[0], callout.at[1]).filter(|p| self.visible(*p, 0.0));
        let Some(target) = target else { return };
        let colour = self.ink(callout.ink);
        let galley = self.ui.painter().layout_job(job(&callout.text, 12.0, colour));
        let place = self.beside(target, galley.size() + vec2(8.0, 2.0));
        // In a small plot the later of two words that would overlap is left out.
        if self.taken.borrow().iter().any(|r| r.intersects(place)) {
            return;
        }
        let tail = place.clamp(target);
        let way = (target - tail).normalized();
        arrow(tail, target - 3.0 * way, Stroke::new(1.2, colour), 6.0, out);
        out.push(Shape::rect_filled(place, 3.0, self.skin.card.gamma_multiply(0.8)));
        out.push(Shape::galley(place.min + vec2(4.0, 1.0), galley, Color32::PLACEHOLDER));
        self.taken.borrow_mut().push(place);
    }

    /// The place of this size around a point that hides least and is nearest.
    fn beside(&self, target: Pos2, size: Vec2) -> Rect {
        let frame = self.frame().shrink(3.0);
        let mut best = (f32::INFINITY, Rect::from_center_size(frame.center(), size));
        for reach in REACHES {
            for k in 0..WAYS {
                let way = Vec2::angled((k as f32 + 0.5) * std::f32::consts::TAU / WAYS as f32);
                let place = Rect::from_center_size(target + way * (vec2(reach, reach) + 0.5 * size * way.abs()), size);
                let outside = if frame.contains_rect(place) { 0.0 } else { 500.0 };
                let cost = self.hidden(place.expand(3.0)) + outside + 0.05 * reach;
                if cost < best.0 {
                    best = (cost, place);
                }
            }
        }
        let fitting = best.1.size().min(frame.size());
        let corner = best.1.min.clamp(frame.min, (frame.max - fitting).max(frame.min));
        Rect::from_min_size(corner, best.1.size())
    }

    /// The place of this size at the edge that hides least, data and above all words and handles, and how
    /// much it hides; corners come first.
    pub(super) fn emptiest(&self, size: Vec2) -> (Rect, f32) {
        let frame = self.frame().shrink(5.0);
        let places = EDGES.map(|edge| edge.align_size_within_rect(size, frame));
        let costs = places.map(|place| (place, self.hidden(place.expand(6.0))));
        costs.into_iter().reduce(|a, b| if b.1 < a.1 { b } else { a }).unwrap_or((frame, 0.0))
    }

    /// How much words would hide here.
    pub(super) fn hidden(&self, place: Rect) -> f32 {
        let marks = self.obstacles.get_or_init(|| self.find_obstacles());
        let data: f32 = marks.iter().filter(|(p, _)| place.contains(*p)).map(|(_, weight)| weight).sum();
        data + WORDS * self.taken.borrow().iter().filter(|r| r.intersects(place)).count() as f32
    }

    fn find_obstacles(&self) -> Vec<(Pos2, f32)> {
        let mut out = Vec::new();
        let mut add = |p: Pos2, weight: f32| {
            if self.visible(p, 8.0) {
                out.push((p, weight));
            }
        };
        for (k, layer) in self.panel.layers.iter().enumerate() {
            match layer {
                Layer::Line(l) => self.line_runs(k, l).iter().for_each(|run| sampled(run, &mut |p| add(p, 1.0))),
                Layer::Points(p) => {
                    let step = p.x.len().div_ceil(400).max(1);
                    let few = p.x.iter().zip(p.y.iter()).step_by(step).filter_map(|(x, y)| self.place(*x, *y));
                    few.for_each(|p| add(p, 1.0));
                }
                Layer::ErrorBars(e) => self.places(&e.x, &e.y).for_each(|p| add(p, 3.0)),
                Layer::Histogram(h) => {
                    let stairs = h.edges.iter().zip(h.height.iter()).step_by(h.height.len().div_ceil(400).max(1));
                    stairs.filter_map(|(x, y)| self.place(*x, *y)).for_each(|p| add(p, 1.0));
                }
                Layer::Text(t) => self.place(t.at[0], t.at[1]).into_iter().for_each(|p| add(p, 40.0)),
                Layer::Callout(c) => self.place(c.at[0], c.at[1]).into_iter().for_each(|p| add(p, 20.0)),
                _ => {}
            }
        }
        for handle in &self.panel.handles {
            let centre = at(self.panel, self.transform, handle.at);
            let name = self.ui.painter().layout_job(job(&handle.label, 13.0, self.skin.text)).size().x;
            // A handle is as wide as its ring, and its name stands to the right.
            let reach = if name > 0.0 { 11.0 + name } else { 6.0 };
            let places = (0..).map(|k| -6.0 + STEP * k as f32).take_while(|x| *x <= reach);
            places.for_each(|x| add(centre + vec2(x, 0.0), WORDS));
        }
        out
    }
}

/// Visits a polyline every few pixels, its corners included; far corners are not walked to.
fn sampled(run: &[Pos2], visit: &mut impl FnMut(Pos2)) {
    for pair in run.windows(2) {
        let steps = (pair[0].distance(pair[1]) / STEP).clamp(1.0, 400.0) as usize;
        (0..steps).for_each(|k| visit(pair[0].lerp(pair[1], k as f32 / steps as f32)));
    }
}
