//! Contours with their values, and streamlines with their heads.

use super::brush::{Brush, areas, lines};
use super::layers::Easel;
use super::{Fill, Shape, marks};
use crate::export::geometry::Rect;
use crate::export::layout::{Anchor, Label};
use crate::export::measure::{CAP, SMALLEST, width};
use crate::export::path::{self, Point};
use crate::figure::{Contours, Dash, Spot, Streamlines, around, label_spot};

/// Size of contour values relative to the lettering, and the air on both sides of one, in em.
const SIZE: f64 = 0.86;
const AIR: f64 = 0.3;

/// Lines of all levels; each level carries its value once, in a gap of its longest line.
pub(super) fn contours(easel: &Easel<'_>, contours: &Contours<'_>) -> Vec<Shape> {
    let stroke = easel.brush.stroke(contours.ink, contours.dash, contours.weight);
    let (mut all, mut words, mut taken) = (Vec::new(), Vec::new(), Vec::new());
    for level in &contours.levels {
        let mut runs: Vec<Vec<Point>> = Vec::new();
        for curve in contours.lines(*level) {
            let (x, y): (Vec<f64>, Vec<f64>) = curve.into_iter().map(|[x, y]| (x, y)).unzip();
            runs.extend(path::runs(&x, &y, easel.x, easel.y, &easel.frame, stroke.width));
        }
        if contours.labels
            && let Some((k, label, gap)) = value(easel, &runs, *level, contours, &mut taken)
        {
            let run = runs.swap_remove(k);
            runs.extend(around(&run, gap).into_iter().filter(|piece| piece.len() > 1));
            words.push(Shape::Words(label, easel.brush.color(contours.ink)));
        }
        all.append(&mut runs);
    }
    let lines = (!all.is_empty()).then(|| lines(all, stroke));
    lines.into_iter().chain(words).collect()
}

fn length(run: &[Point]) -> f64 {
    run.windows(2).map(|w| (w[1][0] - w[0][0]).hypot(w[1][1] - w[0][1])).sum()
}

/// The value of a level, the run it stands in and the gap it needs there: clear of the box, of other
/// values and of other layers, in the longest run that has such a place.
fn value(
    easel: &Easel<'_>,
    runs: &[Vec<Point>],
    level: f64,
    contours: &Contours<'_>,
    taken: &mut Vec<Rect>,
) -> Option<(usize, Label, [f64; 2])> {
    let size = (SIZE * easel.brush.page.font_pt).max(SMALLEST);
    let text = contours.label(level);
    let span = width(&text, size) + 2.0 * AIR * size;
    let square = |at: Point| Rect { x: at[0] - span / 2.0, y: at[1] - span / 2.0, w: span, h: span };
    let inner = easel.frame.grown(-span / 2.0 - 1.0);
    let crossed = |spot: &Spot| easel.busy.as_ref().is_some_and(|b| b.under(&beneath(spot, span, size)) > 0);
    let apart = |spot: &Spot| !taken.iter().any(|t| t.overlaps(&square(spot.at)));
    let free = |spot: &Spot| inner.contains(spot.at) && apart(spot) && !crossed(spot);
    let mut longest: Vec<usize> = (0..runs.len()).collect();
    longest.sort_by(|a, b| length(&runs[*b]).total_cmp(&length(&runs[*a])));
    let (k, spot) = longest.into_iter().find_map(|k| Some((k, label_spot(&runs[k], span, free)?)))?;
    taken.push(square(spot.at));
    // The anchor is the middle of the baseline, the spot the middle of the digits.
    let (sin, cos) = spot.angle.sin_cos();
    let drop = CAP * size / 2.0;
    let at = [spot.at[0] - drop * sin, spot.at[1] + drop * cos];
    let label = Label::new(at, Anchor::Middle, size, text);
    Some((k, Label { slant: spot.angle.to_degrees(), ink: contours.ink, ..label }, spot.gap))
}

/// The upright rectangle that a slanted value covers.
fn beneath(spot: &Spot, span: f64, size: f64) -> Rect {
    let (sin, cos) = spot.angle.sin_cos();
    let tall = CAP * size + 2.0;
    let (w, h) = (span * cos.abs() + tall * sin.abs(), span * sin.abs() + tall * cos.abs());
    Rect { x: spot.at[0] - w / 2.0, y: spot.at[1] - h / 2.0, w, h }
}

/// Lines along a field, with heads on them.
pub(super) fn streamlines(easel: &Easel<'_>, streams: &Streamlines<'_>) -> Vec<Shape> {
    let stroke = easel.brush.stroke(streams.ink, Dash::Solid, streams.weight);
    let (mut runs, mut heads) = (Vec::new(), Vec::new());
    for stream in crate::figure::streamlines(streams, easel.frame.w / easel.frame.h) {
        let (x, y): (Vec<f64>, Vec<f64>) = stream.points.iter().map(|[x, y]| (*x, *y)).unzip();
        runs.extend(path::runs(&x, &y, easel.x, easel.y, &easel.frame, stroke.width));
        let place = |p: [f64; 2]| easel.place(p[0], p[1]);
        let ends = stream.heads.iter().filter_map(|[a, b]| Some((place(*a)?, place(*b)?)));
        let seen = ends.filter(|(_, tip)| easel.frame.contains(*tip));
        heads.extend(seen.filter_map(|(a, b)| chevron(a, b, easel.brush, stroke.width)));
    }
    let fill = Fill { color: stroke.color, opacity: 1.0, hatch: None };
    let heads = (!heads.is_empty()).then(|| areas(heads, fill));
    let lines = (!runs.is_empty()).then(|| lines(runs, stroke));
    lines.into_iter().chain(heads).collect()
}

/// A head of full size in the direction from `a` to `b`.
fn chevron(a: Point, b: Point, brush: &Brush<'_>, width: f64) -> Option<Vec<Point>> {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let far = 2.0 * brush.page.font_pt / dx.hypot(dy);
    let tail = [b[0] - far * dx, b[1] - far * dy];
    far.is_finite().then(|| marks::head(tail, b, width))?.map(|(_, corners)| corners)
}
