//! Polylines on the page: cut at gaps and at the box, then thinned to what print can show.

use super::geometry::{Rect, Ruler};
use crate::figure::telling;

/// A point in points.
pub(crate) type Point = [f64; 2];

/// How far a thinned line may lie from the true one: 0.01 mm, half a dot at 1200 dpi.
const TOLERANCE: f64 = 0.01 * super::page::PT_PER_MM;
/// Width, relative to the stroke, of the columns in which a dense curve keeps only its first, lowest,
/// highest and last point: what is left out lies under the stroke.
const COLUMN: f64 = 0.2;

/// The visible part of the segment `a b`; `None` when it misses `rect` (after Liang & Barsky 1984).
pub(crate) fn clip(a: Point, b: Point, rect: &Rect) -> Option<[Point; 2]> {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    let sides = [(-dx, a[0] - rect.x), (dx, rect.right() - a[0]), (-dy, a[1] - rect.y), (dy, rect.bottom() - a[1])];
    for (slope, room) in sides {
        if slope == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if slope < 0.0 {
            from = from.max(room / slope);
        } else {
            to = to.min(room / slope);
        }
    }
    let at = |share: f64| [a[0] + share * dx, a[1] + share * dy];
    (from <= to).then(|| [if from > 0.0 { at(from) } else { a }, if to < 1.0 { at(to) } else { b }])
}

/// A step between points this many boxes above or below is a diverging run, not a shape.
const LOST: f64 = 20.0;

/// The visible, thinned runs of the curve through (`xs`, `ys`); a gap or the box ends a run.
///
/// A diverging run that jumps from far below to far above is left out, else its strokes would
/// paint the box over; where it leaves the box remains to be seen.
pub(crate) fn runs(xs: &[f64], ys: &[f64], x: &Ruler, y: &Ruler, frame: &Rect, stroke: f64) -> Vec<Vec<Point>> {
    // A wall or border of a few far corners is meant to cross the box.
    let long = xs.len().min(ys.len()) > 8;
    let lost = |p: &Point| long && (p[1] - frame.y).abs() > LOST * frame.h;
    let at = xs.iter().zip(ys).map(|(a, b)| x.place(*a).zip(y.place(*b)).map(|(x, y)| [x, y]));
    let mut pieces = Pieces::new(frame.grown(6.0), xs.len());
    at.for_each(|here| pieces.add(here, lost));
    pieces.done().iter().map(|run| thinned(run, stroke)).collect()
}

/// The pieces of a polyline that lie in `frame`, every corner kept.
pub(crate) fn cut(points: &[Point], frame: &Rect) -> Vec<Vec<Point>> {
    let mut pieces = Pieces::new(*frame, points.len());
    points.iter().for_each(|p| pieces.add(Some(*p), |_| false));
    pieces.done()
}

/// A polyline cut at gaps and at a rectangle while it is read.
struct Pieces {
    outer: Rect,
    last: Option<Point>,
    run: Vec<Point>,
    runs: Vec<Vec<Point>>,
}

impl Pieces {
    fn new(outer: Rect, points: usize) -> Self {
        Pieces { outer, last: None, run: Vec::with_capacity(points.min(1 << 16)), runs: Vec::new() }
    }

    /// The next point, `None` for a gap; a segment between two `lost` points is left out.
    fn add(&mut self, here: Option<Point>, lost: impl Fn(&Point) -> bool) {
        match (self.last, here) {
            (Some(from), Some(to)) if lost(&from) && lost(&to) => self.flush(),
            (_, None) => self.flush(),
            (None, Some(p)) if self.outer.contains(p) => self.run.push(p),
            (None, Some(_)) => {}
            (Some(from), Some(to)) => self.extend(from, to),
        }
        self.last = here;
    }

    /// Adds the visible part of one segment.
    fn extend(&mut self, from: Point, to: Point) {
        if !self.run.is_empty() && self.outer.contains(to) {
            self.run.push(to);
            return;
        }
        match clip(from, to, &self.outer) {
            None => self.flush(),
            Some([a, b]) => {
                if self.run.is_empty() {
                    self.run.push(a);
                }
                self.run.push(b);
                if b != to {
                    self.flush();
                }
            }
        }
    }

    fn flush(&mut self) {
        if !self.run.is_empty() {
            self.runs.push(std::mem::take(&mut self.run));
        }
    }

    fn done(mut self) -> Vec<Vec<Point>> {
        self.flush();
        self.runs
    }
}

/// The same line with fewer points, nowhere farther away than the tolerance (or, where it is dense,
/// than what a stroke of this width hides).
pub(crate) fn thinned(points: &[Point], stroke: f64) -> Vec<Point> {
    match columns(points, COLUMN * stroke.clamp(0.3, 2.5)) {
        Some(dense) => straightened(&dense),
        None => straightened(points),
    }
}

/// First, lowest, highest and last point of every column, for a dense curve that runs one way.
fn columns(points: &[Point], size: f64) -> Option<Vec<Point>> {
    let span = points.last()?[0] - points[0][0];
    let dense = points.len() as f64 > 4.0 * (span / size + 1.0);
    if !dense || !points.windows(2).all(|w| w[0][0] <= w[1][0]) {
        return None;
    }
    let column = |p: &Point| ((p[0] - points[0][0]) / size) as usize;
    let mut out = Vec::with_capacity(4 * column(points.last()?) + 4);
    for group in points.chunk_by(|a, b| column(a) == column(b)) {
        let by = |better: fn(f64, f64) -> bool| {
            (0..group.len()).fold(0, |best, k| if better(group[k][1], group[best][1]) { k } else { best })
        };
        let extremes = [by(|a, b| a < b), by(|a, b| a > b)];
        out.extend(telling(&(0..group.len()), extremes).map(|k| group[k]));
    }
    Some(out)
}

/// Greedy fit of straight pieces: from each kept point, the cone of directions that pass every
/// later point within the tolerance is narrowed until a point falls outside (after Williams 1978).
fn straightened(points: &[Point]) -> Vec<Point> {
    let Some(first) = points.first() else { return Vec::new() };
    let mut out = vec![*first];
    let mut anchor = *first;
    let mut cone: Option<[Point; 2]> = None;
    let mut reach = 0.0_f64;
    let mut last = *first;
    for p in &points[1..] {
        let d = [p[0] - anchor[0], p[1] - anchor[1]];
        let length = (d[0] * d[0] + d[1] * d[1]).sqrt();
        let inside = cone.is_none_or(|[right, left]| cross(right, d) >= 0.0 && cross(d, left) >= 0.0);
        if !inside || length + TOLERANCE < reach {
            out.push(last);
            anchor = last;
            (cone, reach) = (None, 0.0);
            let d = [p[0] - anchor[0], p[1] - anchor[1]];
            narrow(&mut cone, d, d[0].hypot(d[1]), &mut reach);
        } else {
            narrow(&mut cone, d, length, &mut reach);
        }
        last = *p;
    }
    if last != anchor || out.len() == 1 && points.len() > 1 {
        out.push(last);
    }
    out
}

/// Narrows the cone to directions that pass the point at `d` within the tolerance.
fn narrow(cone: &mut Option<[Point; 2]>, d: Point, length: f64, reach: &mut f64) {
    *reach = reach.max(length);
    if length <= TOLERANCE {
        return;
    }
    let sine = TOLERANCE / length;
    let cosine = (1.0 - sine * sine).sqrt();
    let right = [d[0] * cosine + d[1] * sine, d[1] * cosine - d[0] * sine];
    let left = [d[0] * cosine - d[1] * sine, d[1] * cosine + d[0] * sine];
    *cone = Some(match *cone {
        None => [right, left],
        Some([r, l]) => [if cross(r, right) > 0.0 { right } else { r }, if cross(left, l) > 0.0 { left } else { l }],
    });
}

fn cross(a: Point, b: Point) -> f64 {
    a[0] * b[1] - a[1] * b[0]
}

/// The part of a polygon inside `rect` (after Sutherland & Hodgman 1974).
pub(crate) fn clip_polygon(corners: Vec<Point>, rect: &Rect) -> Vec<Point> {
    let sides: [(usize, f64, f64); 4] =
        [(0, 1.0, rect.x), (0, -1.0, rect.right()), (1, 1.0, rect.y), (1, -1.0, rect.bottom())];
    sides.into_iter().fold(corners, |corners, (axis, sign, edge)| {
        let depth = |p: &Point| sign * (p[axis] - edge);
        let mut out = Vec::with_capacity(corners.len() + 4);
        for (k, p) in corners.iter().enumerate() {
            let before = &corners[(k + corners.len() - 1) % corners.len()];
            let (a, b) = (depth(before), depth(p));
            if (a < 0.0) != (b < 0.0) {
                let share = a / (a - b);
                out.push([before[0] + share * (p[0] - before[0]), before[1] + share * (p[1] - before[1])]);
            }
            if b >= 0.0 {
                out.push(*p);
            }
        }
        out
    })
}
