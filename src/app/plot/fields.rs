//! Level lines with their values, streamlines and arrows.

use egui::{Color32, Pos2, Rect, Shape, Stroke, pos2};

use super::pen::Pen;
use super::strokes::{arrow, dashed, head, pair, pos};
use crate::app::label::job;
use crate::figure::{Arrows, Contours, Dash, Spot, Streamlines, around, label_spot, streamlines};

/// Size of the numbers on level lines.
const SMALL: f32 = 10.5;
/// Length of the arrow heads of streamlines in pixels.
const HEAD: f32 = 8.0;

impl Pen<'_, '_> {
    pub(super) fn contours(&self, contours: &Contours<'_>, out: &mut Vec<Shape>) {
        let stroke = Stroke::new(self.width(contours.weight), self.ink(contours.ink));
        for level in &contours.levels {
            for line in contours.lines(*level) {
                let (x, y): (Vec<f64>, Vec<f64>) = line.into_iter().map(|[x, y]| (x, y)).unzip();
                for run in self.runs(&x, &y) {
                    let pieces = if contours.labels { self.labelled(contours, *level, run, out) } else { vec![run] };
                    pieces.into_iter().for_each(|piece| dashed(piece, stroke, contours.dash, out));
                }
            }
        }
    }

    /// Sets the number of a level into a line, and returns what is left of the line.
    fn labelled(&self, contours: &Contours<'_>, level: f64, run: Vec<Pos2>, out: &mut Vec<Shape>) -> Vec<Vec<Pos2>> {
        let galley = self.ui.painter().layout_job(job(&contours.label(level), SMALL, self.ink(contours.ink)));
        let line: Vec<[f64; 2]> = run.iter().copied().map(pair).collect();
        // A number takes its place whichever way the line runs there.
        let around_it = |spot: &Spot| Rect::from_center_size(pos(spot.at), egui::Vec2::splat(galley.size().x + 4.0));
        let free = |spot: &Spot| {
            let place = around_it(spot);
            self.frame().contains_rect(place) && !self.taken.borrow().iter().any(|r| r.intersects(place))
        };
        let Some(spot) = label_spot(&line, f64::from(galley.size().x) + 6.0, free) else { return vec![run] };
        self.taken.borrow_mut().push(around_it(&spot));
        let corner = pos(spot.at) - galley.size() / 2.0;
        let text = egui::epaint::TextShape::new(corner, galley, Color32::PLACEHOLDER);
        out.push(text.with_angle_and_anchor(spot.angle as f32, egui::Align2::CENTER_CENTER).into());
        around(&line, spot.gap).map(|piece| piece.into_iter().map(pos).collect()).into()
    }

    pub(super) fn streamlines(&self, layer: &Streamlines<'_>, out: &mut Vec<Shape>) {
        let corners = [0, 1].map(|k| pos2(self.across(layer.x[k]), self.height(layer.y[k])));
        let size = Rect::from_two_pos(corners[0], corners[1]).size();
        let stroke = Stroke::new(self.width(layer.weight), self.ink(layer.ink));
        for line in streamlines(layer, f64::from(size.x) / f64::from(size.y)) {
            let (x, y): (Vec<f64>, Vec<f64>) = line.points.iter().map(|[x, y]| (*x, *y)).unzip();
            self.runs(&x, &y).into_iter().for_each(|run| dashed(run, stroke, Dash::Solid, out));
            for [tail, tip] in line.heads {
                if let (Some(tail), Some(tip)) = (self.place(tail[0], tail[1]), self.place(tip[0], tip[1])) {
                    head([tail, tip], HEAD, stroke.color, out);
                }
            }
        }
    }

    pub(super) fn arrows(&self, arrows: &Arrows<'_>, out: &mut Vec<Shape>) {
        let stroke = Stroke::new(self.width(arrows.weight), self.ink(arrows.ink));
        let (tails, ways) = (arrows.x.iter().zip(arrows.y.iter()), arrows.u.iter().zip(arrows.v.iter()));
        for ((x, y), (u, v)) in tails.zip(ways) {
            if let (Some(tail), Some(tip)) = (self.place(*x, *y), self.place(x + u, y + v)) {
                arrow(tail, tip, stroke, 3.2, out);
            }
        }
    }
}
