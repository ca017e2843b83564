//! Lines, points and error bars, thinned to the pixels there are.

use egui::{Pos2, Shape, Stroke};

use super::pen::Pen;
use super::strokes::{dashed, interval, marker, width};
use crate::figure::{ErrorBars, Line, Points};

/// Points closer together than this many pixels are one.
const NEAR: f32 = 0.7;
/// Radius of an ordinary marker in pixels.
pub const MARKER: f32 = 2.9;
/// Distance of the markers along a line in pixels.
const BEAT: f32 = 30.0;

impl Pen<'_, '_> {
    pub(super) fn line(&self, line: &Line<'_>, out: &mut Vec<Shape>) {
        let (stroke, colour) = (Stroke::new(width(line.weight), self.ink(line.ink)), self.ink(line.ink));
        for run in self.runs(&line.x, &line.y) {
            if let Some(shape) = line.marker {
                self.along(&run).into_iter().for_each(|p| marker(shape, p, MARKER, colour, out));
            }
            dashed(run, stroke, line.dash, out);
        }
    }

    /// The points of a run that carry markers: its first, and then each one far enough along.
    fn along(&self, run: &[Pos2]) -> Vec<Pos2> {
        let (mut last, mut since) = (run.first().copied().unwrap_or_default(), BEAT);
        let mut out = Vec::new();
        for p in run {
            since += p.distance(last);
            last = *p;
            if since >= BEAT {
                since = 0.0;
                out.push(*p);
            }
        }
        out.retain(|p| self.visible(*p, MARKER));
        out
    }

    pub(super) fn points(&self, points: &Points<'_>, out: &mut Vec<Shape>) {
        let mut last = Pos2::new(f32::NAN, f32::NAN);
        let size = MARKER * if points.size > 0.0 { points.size.min(20.0) as f32 } else { 0.0 };
        for here in self.places(&points.x, &points.y) {
            // A marker over half hidden by its neighbour adds nothing.
            if self.visible(here, size) && !(here.distance(last) < 0.5 * size) {
                marker(points.marker, here, size, self.ink(points.ink), out);
                last = here;
            }
        }
    }

    pub(super) fn error_bars(&self, bars: &ErrorBars<'_>, out: &mut Vec<Shape>) {
        let stroke = Stroke::new(width(bars.weight), self.ink(bars.ink));
        let points = bars.x.iter().zip(bars.y.iter());
        for ((x, y), (low, high)) in points.zip(bars.low.iter().zip(bars.high.iter())) {
            if !(x.is_finite() && y.is_finite()) {
                continue;
            }
            if low.is_finite() && high.is_finite() {
                let ends = [low, high].map(|end| match bars.along_x {
                    true => Pos2::new(self.across(*end), self.height(*y)),
                    false => Pos2::new(self.across(*x), self.height(*end)),
                });
                if self.frame().expand(8.0).intersects(egui::Rect::from_two_pos(ends[0], ends[1])) {
                    interval(ends, stroke, out);
                }
            }
            let here = self.place(*x, *y).filter(|p| self.visible(*p, MARKER));
            if let (Some(shape), Some(p)) = (bars.marker, here) {
                marker(shape, p, MARKER, stroke.color, out);
            }
        }
    }

    /// The connected runs of a polyline on the screen; of points closer than a fraction of a pixel
    /// in the same column only the extremes are kept.
    pub(super) fn runs(&self, x: &[f64], y: &[f64]) -> Vec<Vec<Pos2>> {
        let mut runs = vec![Vec::new()];
        let mut column: Vec<Pos2> = Vec::new();
        for (x, y) in x.iter().zip(y) {
            let Some(p) = self.place(*x, *y) else {
                close(&mut column, &mut runs);
                runs.push(Vec::new());
                continue;
            };
            if column.first().is_some_and(|c| (c.x - p.x).abs() >= NEAR) {
                close(&mut column, &mut runs);
            }
            column.push(p);
        }
        close(&mut column, &mut runs);
        runs.retain(|r| r.len() > 1);
        runs
    }
}

/// Ends a pixel column: first, lowest, highest and last point stand for all of it.
fn close(column: &mut Vec<Pos2>, runs: &mut [Vec<Pos2>]) {
    let Some(run) = runs.last_mut() else { return };
    if column.len() <= 4 {
        run.append(column);
        return;
    }
    let by_y = |a: &(usize, &Pos2), b: &(usize, &Pos2)| a.1.y.total_cmp(&b.1.y);
    let low = column.iter().enumerate().min_by(by_y).map_or(0, |(i, _)| i);
    let high = column.iter().enumerate().max_by(by_y).map_or(0, |(i, _)| i);
    let mut keep = [0, low, high, column.len() - 1];
    keep.sort_unstable();
    run.extend(keep.map(|i| column[i]));
    column.clear();
}
