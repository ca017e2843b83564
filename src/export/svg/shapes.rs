//! Paths, marks and pictures.

use super::super::draw::{Fill, Shape, Stroke, ruling};
use super::super::geometry::Rect;
use super::super::path::Point;
use super::super::png::plain_png;
use super::words::words;
use super::write::{Pen, base64};
use super::{attr, num};
use crate::figure::{Marker, Rgb};

/// More discs than this are spelled as dots.
const DOTS: usize = 400;

/// Spells one shape; `ground` rims the words that lie over data.
pub(super) fn shape(out: &mut String, shape: &Shape, ground: Rgb) {
    match shape {
        Shape::Path { runs, closed, fill, stroke } => path(out, runs, *closed, fill.as_ref(), stroke.as_ref(), ground),
        Shape::Marks { at, marker, radius, color, rim } => marks(out, at, *marker, *radius, *color, *rim),
        Shape::Picture { rect, width, height, pixels, cells } => picture(out, rect, [*width, *height], pixels, *cells),
        Shape::Words(label, color) => words(out, label, *color, ground),
    }
}

fn path(
    out: &mut String,
    runs: &[Vec<Point>],
    closed: bool,
    fill: Option<&Fill>,
    stroke: Option<&Stroke>,
    ground: Rgb,
) {
    // The ruling lies between the fill and its edge.
    let ruled = fill.map(|fill| (fill, ruling(runs, fill))).filter(|(_, ruling)| !ruling.is_empty());
    if let Some((fill, ruling)) = ruled {
        path(out, runs, closed, Some(&Fill { hatch: None, ..*fill }), None, ground);
        ruling.iter().for_each(|s| shape(out, s, ground));
        if stroke.is_some() {
            path(out, runs, closed, None, stroke, ground);
        }
        return;
    }
    out.push_str("<path");
    match fill {
        Some(fill) => {
            out.push_str(&format!(" fill=\"{}\"", fill.color.hex()));
            if fill.opacity < 1.0 {
                attr(out, "fill-opacity", fill.opacity);
            }
        }
        None => out.push_str(" fill=\"none\""),
    }
    stroke.into_iter().for_each(|s| edge(out, s, closed));
    out.push_str(" d=\"");
    for run in runs {
        Pen::default().polyline(out, run);
        if closed {
            out.push('Z');
        }
    }
    out.push_str("\"/>\n");
}

fn edge(out: &mut String, stroke: &Stroke, closed: bool) {
    out.push_str(&format!(" stroke=\"{}\"", stroke.color.hex()));
    attr(out, "stroke-width", stroke.width);
    if closed {
        return;
    }
    out.push_str(" stroke-linejoin=\"round\"");
    if stroke.dash.is_empty() {
        out.push_str(" stroke-linecap=\"round\"");
        return;
    }
    out.push_str(" stroke-dasharray=\"");
    for (k, length) in stroke.dash.iter().enumerate() {
        if k > 0 {
            out.push(' ');
        }
        num(out, *length);
    }
    out.push('"');
}

/// Many discs as dots of a round pen: a fifth of the characters, the same print.
fn dots(out: &mut String, at: &[Point], radius: f64, color: Rgb) {
    out.push_str(&format!("<path fill=\"none\" stroke=\"{}\" stroke-linecap=\"round\"", color.hex()));
    attr(out, "stroke-width", 2.0 * radius);
    out.push_str(" d=\"");
    Pen::default().dots(out, at);
    out.push_str("\"/>\n");
}

/// Markers of one kind as one path.
fn marks(out: &mut String, at: &[Point], marker: Marker, radius: f64, color: Rgb, rim: Option<(Rgb, f64)>) {
    if marker == Marker::Disc && rim.is_none() && at.len() > DOTS {
        dots(out, at, radius, color);
        return;
    }
    let open = matches!(marker, Marker::Ring | Marker::Cross);
    out.push_str(&format!("<path fill=\"{}\"", if open { "none".to_owned() } else { color.hex() }));
    if let Some((rim, width)) = rim {
        out.push_str(&format!(" stroke=\"{}\"", rim.hex()));
        attr(out, "stroke-width", width);
    }
    out.push_str(" d=\"");
    at.iter().for_each(|p| mark(out, *p, marker, radius));
    out.push_str("\"/>\n");
}

/// Path data of one marker; all shapes have about the area of the disc.
fn mark(out: &mut String, [x, y]: Point, marker: Marker, r: f64) {
    let polygon = |out: &mut String, corners: &[[f64; 2]]| {
        let corners: Vec<Point> = corners.iter().map(|[dx, dy]| [x + dx * r, y + dy * r]).collect();
        Pen::default().polyline(out, &corners);
        out.push('Z');
    };
    match marker {
        Marker::Disc => circle(out, [x, y], r),
        Marker::Ring => circle(out, [x, y], 0.95 * r),
        Marker::Square => polygon(out, &[[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]]),
        Marker::Triangle => polygon(out, &[[0.0, -1.3], [1.15, 0.75], [-1.15, 0.75]]),
        Marker::Diamond => polygon(out, &[[0.0, -1.3], [1.15, 0.0], [0.0, 1.3], [-1.15, 0.0]]),
        Marker::Cross => {
            for [dx, dy] in [[r, r], [r, -r]] {
                Pen::default().polyline(out, &[[x - dx, y - dy], [x + dx, y + dy]]);
            }
        }
    }
}

fn circle(out: &mut String, [x, y]: Point, r: f64) {
    out.push('M');
    num(out, x - r);
    out.push(' ');
    num(out, y);
    for way in [2.0 * r, -2.0 * r] {
        out.push('a');
        num(out, r);
        out.push(' ');
        num(out, r);
        out.push_str(" 0 1 1 ");
        num(out, way);
        out.push_str(" 0");
    }
    out.push('Z');
}

fn picture(out: &mut String, rect: &Rect, size: [usize; 2], pixels: &[u8], cells: bool) {
    let Ok(bytes) = plain_png(size, pixels) else { return };
    out.push_str("<image preserveAspectRatio=\"none\"");
    // Cells of a map stay sharp squares.
    let rendering = if cells { "optimizeSpeed" } else { "smooth" };
    out.push_str(&format!(" style=\"image-rendering:{rendering}\""));
    for (name, value) in [("x", rect.x), ("y", rect.y), ("width", rect.w), ("height", rect.h)] {
        attr(out, name, value);
    }
    out.push_str(" xlink:href=\"data:image/png;base64,");
    base64(out, &bytes);
    out.push_str("\"/>\n");
}

/// A rectangle with further attributes.
pub(super) fn rect(out: &mut String, rect: &Rect, more: &str) {
    out.push_str("<rect");
    for (name, value) in [("x", rect.x), ("y", rect.y), ("width", rect.w), ("height", rect.h)] {
        attr(out, name, value);
    }
    out.push_str(more);
    out.push_str("/>");
}
