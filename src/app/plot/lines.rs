//! Lines, points and error bars, thinned to the pixels there are.

use std::rc::Rc;

use egui::{Pos2, Rect, Shape, Stroke};

use super::columns::Grid;
use super::path::Seen;
use super::pen::Pen;
use super::ribbon::{Stretch, stretches};
use super::strokes::{dashed, interval, marker};
use super::thin::{Cells, SHORT, Series};
use crate::figure::{Dash, ErrorBars, Line, Points, telling};

/// Width in pixels of the columns of which the extremes are drawn.
pub(super) const NEAR: f32 = 1.0;
/// Radius of an ordinary marker in pixels.
pub const MARKER: f32 = 2.9;
/// Distance of the markers along a line in pixels.
const BEAT: f32 = 30.0;
/// How many times around the frame a path is long that fills an area.
const CROWD: f32 = 20.0;

impl Pen<'_, '_> {
    pub(super) fn line(&self, k: usize, line: &Line<'_>, out: &mut Vec<Shape>) {
        let (stroke, colour) = (Stroke::new(self.width(line.weight), self.ink(line.ink)), self.ink(line.ink));
        let runs = self.line_runs(k, line);
        // Dashes of a path that fills an area cannot be told apart.
        let dash = if self.crowded(&runs) { Dash::Solid } else { line.dash };
        for run in runs.iter() {
            if let Some(shape) = line.marker {
                self.along(run).into_iter().for_each(|p| marker(shape, p, MARKER, colour, out));
            }
            if dash == Dash::Solid && run.windows(2).all(|w| w[0].x <= w[1].x) {
                self.ribboned(run, stroke, out);
            } else {
                dashed(run.clone(), stroke, dash, out);
            }
        }
    }

    /// A solid line, as an area where it fills one.
    fn ribboned(&self, run: &[Pos2], stroke: Stroke, out: &mut Vec<Shape>) {
        for stretch in stretches(run, stroke, 1.0 / self.ui.ctx().pixels_per_point()) {
            match stretch {
                Stretch::Line(range) => dashed(run[range].to_vec(), stroke, Dash::Solid, out),
                Stretch::Area(mesh) => out.push(Shape::mesh(mesh)),
            }
        }
    }

    /// The connected runs of a line on the screen, found once.
    pub(super) fn line_runs(&self, k: usize, line: &Line<'_>) -> Rc<Vec<Vec<Pos2>>> {
        if let Some(runs) = self.found.borrow().get(&k) {
            return runs.clone();
        }
        let runs = Rc::new(self.find_runs(k, line));
        self.found.borrow_mut().insert(k, runs.clone());
        runs
    }

    fn find_runs(&self, k: usize, line: &Line<'_>) -> Vec<Vec<Pos2>> {
        let series = self.store.series(k, 0, &line.x, &line.y, self.scales());
        match series {
            Some(series) if series.sorted => self.columns(&line.x, &line.y, &series),
            Some(series) => self.path(&line.x, &line.y, &series),
            None => self.runs(&line.x, &line.y),
        }
    }

    /// Whether runs are many times as long as the frame they lie in.
    fn crowded(&self, runs: &[Vec<Pos2>]) -> bool {
        let most = CROWD * (self.frame().width() + self.frame().height());
        runs.iter().flat_map(|run| run.windows(2)).map(|w| w[0].distance(w[1])).sum::<f32>() > most
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

    pub(super) fn points(&self, k: usize, points: &Points<'_>, out: &mut Vec<Shape>) {
        let size = MARKER * if points.size > 0.0 { points.size.min(20.0) as f32 } else { 0.0 };
        let colour = self.ink(points.ink);
        // A marker over half hidden by others adds nothing; of very many, fewer tell as much.
        let share = if points.x.len() > SHORT { 1.0 } else { 0.5 };
        let cell = (share * size).max(0.5);
        let mut taken = Cells::new(self.frame().expand(size), cell);
        for here in self.marked(k, points) {
            if taken.insert(here) {
                marker(points.marker, here, size, colour, out);
            }
        }
    }

    /// Where markers may stand: all points, or of very many those that matter at this resolution.
    fn marked(&self, k: usize, points: &Points<'_>) -> Vec<Pos2> {
        let (x, y) = (&points.x, &points.y);
        match self.store.series(k, 0, x, y, self.scales()) {
            Some(series) if series.sorted => {
                let runs = series.telling(x, self.grid(), |column, out| {
                    let quarter = column.len().div_ceil(4).max(1);
                    let parts = column.clone().step_by(quarter).map(|a| a..(a + quarter).min(column.end));
                    out.extend(parts.flat_map(|part| series.extremes(y, part)));
                });
                runs.into_iter().flatten().filter_map(|k| self.place(x[k], y[k])).collect()
            }
            Some(series) => self.stretches(Seen::Samples, x, y, &series).concat(),
            None => self.places(x, y).collect(),
        }
    }

    pub(super) fn error_bars(&self, bars: &ErrorBars<'_>, out: &mut Vec<Shape>) {
        let stroke = Stroke::new(self.width(bars.weight), self.ink(bars.ink));
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
                if self.frame().expand(8.0).intersects(Rect::from_two_pos(ends[0], ends[1])) {
                    interval(ends, stroke, out);
                }
            }
            let here = self.place(*x, *y).filter(|p| self.visible(*p, MARKER));
            if let (Some(shape), Some(p)) = (bars.marker, here) {
                marker(shape, p, MARKER, stroke.color, out);
            }
        }
    }

    /// The connected runs of a polyline on the screen; of points in the same column of pixels only the
    /// first, the extremes and the last are kept.
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

    /// The columns of pixels of an axis x.
    pub(super) fn grid(&self) -> Grid {
        let (low, high) = (self.transform.bounds().min()[0], self.transform.bounds().max()[0]);
        let width = f64::from(NEAR) * self.transform.dvalue_dpos()[0].abs();
        Grid { scale: self.panel.x.scale, window: [low, high], width }
    }

    /// The runs of an ascending line: first, least, greatest and last of every column of pixels.
    fn columns(&self, x: &[f64], y: &[f64], series: &Series) -> Vec<Vec<Pos2>> {
        let runs = series.telling(x, self.grid(), |column, out| {
            out.extend(telling(&column, series.extremes(y, column.clone())));
        });
        let placed = |run: Vec<usize>| {
            let mut out = Vec::with_capacity(run.len());
            run.into_iter().filter_map(|k| self.place(x[k], y[k])).for_each(|p| level(&mut out, p));
            out
        };
        runs.into_iter().map(placed).filter(|run: &Vec<Pos2>| run.len() > 1).collect()
    }

    /// The samples of a path that tell at this resolution.
    pub(super) fn kept(&self, x: &[f64], y: &[f64], series: &Series) -> Rc<Vec<usize>> {
        series.path(self.grain(), self.lengths(x, y))
    }

    /// The stretches of a path that may turn back which are drawn, as samples.
    fn stretches(&self, seen: Seen, x: &[f64], y: &[f64], series: &Series) -> Vec<Vec<Pos2>> {
        let (low, high) = (self.transform.bounds().min(), self.transform.bounds().max());
        let window = [[low[0], high[0]], [low[1], high[1]]];
        let (kept, parts) = series.drawn(seen, self.grain(), window, self.lengths(x, y));
        let place = |k: &usize| self.place(x[*k], y[*k]);
        parts.into_iter().map(|part| kept[part].iter().filter_map(place).collect()).collect()
    }

    /// The runs of a path that may turn back, without points nearer than a quarter of a pixel.
    fn path(&self, x: &[f64], y: &[f64], series: &Series) -> Vec<Vec<Pos2>> {
        let mut runs = self.stretches(Seen::Lines, x, y, series);
        runs.retain(|run| run.len() > 1);
        runs
    }

    /// A quarter of a pixel, in lengths on the axes.
    fn grain(&self) -> [f64; 2] {
        self.transform.dvalue_dpos().map(|d| 0.25 * d.abs())
    }

    /// Where samples lie, in lengths on the axes.
    fn lengths<'c>(&self, x: &'c [f64], y: &'c [f64]) -> impl Fn(usize) -> Option<[f64; 2]> + 'c {
        let scales = self.scales();
        move |k| Some([scales[0].forward(x[k])?, scales[1].forward(y[k])?])
    }
}

/// Adds a point to a run; of three on one level the middle one goes.
fn level(run: &mut Vec<Pos2>, p: Pos2) {
    let same = |a: Pos2, b: Pos2| (a.y - b.y).abs() < 0.02;
    if let [.., a, b] = run[..]
        && same(a, b)
        && same(b, p)
        && a.x <= b.x
        && b.x <= p.x
    {
        run.pop();
    }
    run.push(p);
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
    run.extend(telling(&(0..column.len()), [low, high]).map(|i| column[i]));
    column.clear();
}
