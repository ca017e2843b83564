//! Contours with their values, and streamlines with their heads.

use super::brush::{Brush, areas, lines};
use super::layers::Easel;
use super::{Fill, Shape, marks};
use crate::export::geometry::Rect;
use crate::export::layout::{Anchor, Label};
use crate::export::measure::{CAP, width};
use crate::export::path::{self, Point};
use crate::figure::{Contours, Dash, Ink, Rich, Streamlines};

/// Size of contour values relative to the lettering, and the air on both sides of one, in em.
const SIZE: f64 = 0.86;
const AIR: f64 = 0.35;

/// Lines of all levels; each level carries its value once, in a gap of its longest line.
pub(super) fn contours(easel: &Easel<'_>, contours: &Contours<'_>) -> Vec<Shape> {
    let stroke = easel.brush.stroke(contours.ink, contours.dash, contours.weight);
    let (mut all, mut words, mut taken) = (Vec::new(), Vec::new(), Vec::new());
    for (level, curves) in contours.lines() {
        let mut runs: Vec<Vec<Point>> = Vec::new();
        for curve in curves {
            let (x, y): (Vec<f64>, Vec<f64>) = curve.into_iter().map(|[x, y]| (x, y)).unzip();
            runs.extend(path::runs(&x, &y, easel.x, easel.y, &easel.frame, stroke.width));
        }
        let label =
            if contours.labels { value(easel, &runs, &contours.text(level), contours.ink, &taken) } else { None };
        if let Some(label) = label {
            let gap = reach(&label);
            taken.push(gap);
            runs = runs.iter().flat_map(|run| outside(run, &label, &gap)).collect();
            words.push(Shape::Words(label, easel.brush.color(contours.ink)));
        }
        all.append(&mut runs);
    }
    let lines = (!all.is_empty()).then(|| lines(all, stroke));
    lines.into_iter().chain(words).collect()
}

/// The square a slanted value needs, with its air.
fn reach(label: &Label) -> Rect {
    let half = width(&label.text, label.size) / 2.0 + AIR * label.size;
    let centre = centre(label);
    Rect { x: centre[0] - half, y: centre[1] - half, w: 2.0 * half, h: 2.0 * half }
}

/// The middle of a slanted value; its anchor is the middle of its baseline.
fn centre(label: &Label) -> Point {
    let (sin, cos) = label.slant.to_radians().sin_cos();
    let rise = CAP * label.size / 2.0;
    [label.at[0] + rise * sin, label.at[1] - rise * cos]
}

/// The value of a level on the straightest stretch of its longest run that is free and well inside.
fn value(easel: &Easel<'_>, runs: &[Vec<Point>], text: &Rich, ink: Ink, taken: &[Rect]) -> Option<Label> {
    let size = (SIZE * easel.brush.page.font_pt).max(crate::export::measure::SMALLEST);
    let span = width(text, size) + 2.0 * AIR * size;
    let inner = easel.frame.grown(-0.5 * span - 1.0);
    let run = runs.iter().max_by(|a, b| length(a).total_cmp(&length(b))).filter(|run| length(run) > 2.2 * span)?;
    let steps = ((length(run) / (0.4 * span)) as usize).clamp(3, 200);
    let mut best: Option<(f64, Label)> = None;
    for k in 1..steps {
        let at = length(run) * k as f64 / steps as f64;
        let (Some(a), Some(m), Some(b)) = (walk(run, at - span / 2.0), walk(run, at), walk(run, at + span / 2.0))
        else {
            continue;
        };
        let chord = (b[0] - a[0]).hypot(b[1] - a[1]);
        // How much the line bends under the word, and how steep the word would read.
        let bend = 1.0 - chord / span;
        let slant = upright((b[1] - a[1]).atan2(b[0] - a[0]).to_degrees());
        let cost = 3.0 * bend + slant.abs() / 90.0 + (at / length(run) - 0.5).abs() * 0.2;
        let (sin, cos) = slant.to_radians().sin_cos();
        let drop = CAP * size / 2.0;
        let label = Label {
            slant,
            ink,
            ..Label::new([m[0] - drop * sin, m[1] + drop * cos], Anchor::Middle, size, text.clone())
        };
        let square = reach(&label);
        let free = inner.contains(m) && !taken.iter().any(|t| t.overlaps(&square)) && bend < 0.15;
        if free && best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, label));
        }
    }
    best.map(|(_, label)| label)
}

/// An angle turned so that words never stand on their heads.
fn upright(degrees: f64) -> f64 {
    if degrees > 90.0 {
        degrees - 180.0
    } else if degrees <= -90.0 {
        degrees + 180.0
    } else {
        degrees
    }
}

fn length(run: &[Point]) -> f64 {
    run.windows(2).map(|w| (w[1][0] - w[0][0]).hypot(w[1][1] - w[0][1])).sum()
}

/// The point a distance along a run.
fn walk(run: &[Point], distance: f64) -> Option<Point> {
    let mut rest = distance;
    for pair in run.windows(2) {
        let step = (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]);
        if (0.0..=step).contains(&rest) && step > 0.0 {
            let share = rest / step;
            return Some([0, 1].map(|i| pair[0][i] + share * (pair[1][i] - pair[0][i])));
        }
        rest -= step;
    }
    None
}

/// What of a run lies outside the slanted box of a value.
fn outside(run: &[Point], label: &Label, near: &Rect) -> Vec<Vec<Point>> {
    let (sin, cos) = label.slant.to_radians().sin_cos();
    let middle = centre(label);
    let half = [near.w / 2.0, (0.5 * CAP + AIR) * label.size];
    // In the frame of the word, its box is upright.
    let turned = |p: &Point| {
        let d = [p[0] - middle[0], p[1] - middle[1]];
        [d[0] * cos + d[1] * sin, d[1] * cos - d[0] * sin]
    };
    let word = Rect { x: -half[0], y: -half[1], w: 2.0 * half[0], h: 2.0 * half[1] };
    let mut out: Vec<Vec<Point>> = vec![Vec::new()];
    for pair in run.windows(2) {
        let [a, b] = [turned(&pair[0]), turned(&pair[1])];
        let share = |p: Point| {
            let whole = (b[0] - a[0]).hypot(b[1] - a[1]).max(1e-12);
            (p[0] - a[0]).hypot(p[1] - a[1]) / whole
        };
        let at = |s: f64| [0, 1].map(|i| pair[0][i] + s * (pair[1][i] - pair[0][i]));
        let cut = path::clip(a, b, &word).map(|[p, q]| [share(p), share(q)]);
        let pieces = cut.map_or(vec![[0.0, 1.0]], |[s, t]| vec![[0.0, s], [t, 1.0]]);
        for [s, t] in pieces.into_iter().filter(|[s, t]| t > s) {
            let (from, to) = (at(s), at(t));
            match out.last_mut() {
                Some(last) if last.last().is_none_or(|l| *l == from) => {
                    if last.is_empty() {
                        last.push(from);
                    }
                    last.push(to);
                }
                _ => out.push(vec![from, to]),
            }
        }
    }
    out.retain(|run| run.len() > 1);
    out
}

/// Lines along a field, with a head on each.
pub(super) fn streamlines(easel: &Easel<'_>, streams: &Streamlines<'_>) -> Vec<Shape> {
    let stroke = easel.brush.stroke(streams.ink, Dash::Solid, streams.weight);
    let (mut runs, mut heads) = (Vec::new(), Vec::new());
    for stream in streams.lines() {
        let (x, y): (Vec<f64>, Vec<f64>) = stream.points.iter().map(|[x, y]| (*x, *y)).unzip();
        runs.extend(path::runs(&x, &y, easel.x, easel.y, &easel.frame, stroke.width));
        let ends = stream.heads.iter().filter_map(|k| {
            let place = |k: usize| stream.points.get(k).and_then(|p| easel.place(p[0], p[1]));
            Some((place(k.checked_sub(1)?)?, place(*k)?))
        });
        heads.extend(
            ends.filter(|(_, tip)| easel.frame.contains(*tip))
                .filter_map(|(a, b)| chevron(a, b, easel.brush, stroke.width)),
        );
    }
    let fill = Fill { color: stroke.color, opacity: 1.0, hatch: None };
    let heads = (!heads.is_empty()).then(|| areas(heads, fill));
    let lines = (!runs.is_empty()).then(|| lines(runs, stroke));
    lines.into_iter().chain(heads).collect()
}

/// A head of full size in the direction from `a` to `b`.
fn chevron(a: Point, b: Point, brush: &Brush<'_>, width: f64) -> Option<Vec<Point>> {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = dx.hypot(dy);
    let far = 2.0 * brush.page.font_pt / length;
    (length > 0.0 && far.is_finite()).then(|| marks::head([b[0] - far * dx, b[1] - far * dy], b, width))?.map(|h| h.1)
}
