//! What a panel shows, layer by layer, clipped to its box.

use super::super::geometry::{Rect, Ruler};
use super::super::layout::Placed;
use super::super::path::{self, Point};
use super::write::{attr, num, pair, polyline};
use super::{Brush, marks, raster};
use crate::figure::{Arrows, Band, Bars, Dash, Ink, Layer, Line, Panel, Points, Region, Rule, Weight};

/// Opacity of a band.
pub(super) const BAND: f64 = 0.28;
/// Strength of a region's tint.
pub(super) const REGION: f64 = 0.13;

/// Draws all layers of a panel in a group clipped to its box.
pub(super) fn draw(out: &mut String, panel: &Panel<'_>, placed: &Placed, brush: &Brush<'_>, id: &str) {
    let frame = placed.frame;
    out.push_str(&format!("<clipPath id=\"{id}-box\"><rect"));
    for (name, value) in [("x", frame.x), ("y", frame.y), ("width", frame.w), ("height", frame.h)] {
        attr(out, name, value);
    }
    out.push_str("/></clipPath>\n");
    let easel = Easel { brush, x: &placed.x, y: &placed.y, frame };
    for layer in &panel.layers {
        // A marker whose centre lies in the box is drawn whole, over the frame if need be.
        let clipped = !matches!(layer, Layer::Points(_));
        if clipped {
            out.push_str(&format!("<g clip-path=\"url(#{id}-box)\">"));
        }
        match layer {
            Layer::Line(line) => easel.line(out, line),
            Layer::Points(points) => easel.points(out, points),
            Layer::Band(band) => easel.band(out, band),
            Layer::Bars(bars) => easel.bars(out, bars),
            Layer::Histogram(_)
            | Layer::ErrorBars(_)
            | Layer::Contours(_)
            | Layer::Streamlines(_)
            | Layer::Callout(_) => {}
            Layer::HeatMap(map) => raster::map(out, map, placed),
            Layer::Arrows(arrows) => easel.arrows(out, arrows),
            Layer::Region(region) => easel.region(out, region),
            Layer::Rule(rule) => easel.rule(out, rule),
            // Texts are placed by the layout and drawn above everything.
            Layer::Text(_) => {}
        }
        if clipped {
            out.push_str("</g>\n");
        }
    }
}

/// Handles as points; their names are among the notes.
pub(super) fn handles(out: &mut String, panel: &Panel<'_>, placed: &Placed, brush: &Brush<'_>) {
    for handle in &panel.handles {
        let Some(at) = placed.x.place(handle.at[0]).zip(placed.y.place(handle.at[1])) else { continue };
        if placed.frame.grown(0.1).contains([at.0, at.1]) {
            marks::handle(out, [at.0, at.1], handle.ink, brush);
        }
    }
}

/// Opens `<path … d="` for a stroke; the caller writes the data and closes it.
pub(super) fn open_stroke(out: &mut String, ink: Ink, dash: Dash, weight: Weight, brush: &Brush<'_>) {
    let width = brush.page.stroke(weight);
    let pattern: &[f64] = match dash {
        Dash::Solid => &[],
        Dash::Dashed => &[4.0, 2.0],
        Dash::Dotted => &[1.0, 1.4],
        Dash::DashDot => &[4.0, 1.5, 1.0, 1.5],
    };
    let cap = if dash == Dash::Solid { "round" } else { "butt" };
    let color = brush.hex(ink);
    out.push_str(&format!("<path fill=\"none\" stroke=\"{color}\" stroke-linejoin=\"round\" stroke-linecap=\"{cap}\""));
    attr(out, "stroke-width", width);
    if !pattern.is_empty() {
        out.push_str(" stroke-dasharray=\"");
        for (k, length) in pattern.iter().enumerate() {
            if k > 0 {
                out.push(' ');
            }
            num(out, length * width.max(0.8));
        }
        out.push('"');
    }
    out.push_str(" d=\"");
}

/// Axes and box of the panel being drawn.
struct Easel<'a> {
    brush: &'a Brush<'a>,
    x: &'a Ruler,
    y: &'a Ruler,
    frame: Rect,
}

impl Easel<'_> {
    fn place(&self, x: f64, y: f64) -> Option<Point> {
        Some([self.x.place(x)?, self.y.place(y)?])
    }

    fn line(&self, out: &mut String, line: &Line<'_>) {
        let runs = path::runs(&line.x, &line.y, self.x, self.y, &self.frame);
        if runs.is_empty() {
            return;
        }
        open_stroke(out, line.ink, line.dash, line.weight, self.brush);
        runs.iter().for_each(|run| polyline(out, run));
        out.push_str("\"/>\n");
    }

    fn points(&self, out: &mut String, points: &Points<'_>) {
        let box_and_edge = self.frame.grown(0.01);
        let at = points.x.iter().zip(points.y.iter()).filter_map(|(x, y)| self.place(*x, *y));
        let at: Vec<Point> = at.filter(|p| box_and_edge.contains(*p)).collect();
        marks::scatter(out, &at, points.marker, points.size, points.ink, self.brush);
    }

    fn band(&self, out: &mut String, band: &Band<'_>) {
        let mut d = String::new();
        let mut edges: [Vec<Point>; 2] = [Vec::new(), Vec::new()];
        for ((x, low), high) in band.x.iter().zip(band.low.iter()).zip(band.high.iter()) {
            match (self.place(*x, *low), self.place(*x, *high)) {
                (Some(a), Some(b)) => {
                    edges[0].push(a);
                    edges[1].push(b);
                }
                _ => self.close_band(&mut d, &mut edges),
            }
        }
        self.close_band(&mut d, &mut edges);
        if !d.is_empty() {
            let color = self.brush.hex(band.ink);
            out.push_str(&format!("<path fill=\"{color}\" fill-opacity=\"{BAND}\" d=\"{d}\"/>\n"));
        }
    }

    /// Closes the band between two edges, and empties them.
    fn close_band(&self, d: &mut String, edges: &mut [Vec<Point>; 2]) {
        let [low, high] = std::mem::take(edges);
        let mut corners = path::thinned(&low);
        corners.extend(path::thinned(&high).into_iter().rev());
        self.polygon(d, corners);
    }

    fn polygon(&self, d: &mut String, corners: Vec<Point>) {
        let corners = path::clip_polygon(corners, &self.frame.grown(6.0));
        if corners.len() > 2 {
            polyline(d, &corners);
            d.push('Z');
        }
    }

    fn bars(&self, out: &mut String, bars: &Bars<'_>) {
        let mut d = String::new();
        // On a logarithmic axis bars stand on its lower end.
        let floor = self.y.place(0.0).unwrap_or(self.y.from);
        for (x, height) in bars.x.iter().zip(bars.height.iter()) {
            let sides = self.x.place(x - bars.width / 2.0).zip(self.x.place(x + bars.width / 2.0));
            if let (Some((left, right)), Some(top)) = (sides, self.y.place(*height)) {
                self.polygon(&mut d, vec![[left, floor], [left, top], [right, top], [right, floor]]);
            }
        }
        if d.is_empty() {
            return;
        }
        let (fill, edge) = (self.brush.tint(bars.ink, BAND), self.brush.hex(bars.ink));
        out.push_str(&format!("<path fill=\"{fill}\" stroke=\"{edge}\""));
        attr(out, "stroke-width", self.brush.axis() * 0.8);
        out.push_str(&format!(" d=\"{d}\"/>\n"));
    }

    fn arrows(&self, out: &mut String, arrows: &Arrows<'_>) {
        let mut at = Vec::new();
        for (k, (x, y)) in arrows.x.iter().zip(arrows.y.iter()).enumerate() {
            let (Some(u), Some(v)) = (arrows.u.get(k), arrows.v.get(k)) else { break };
            let ends = self.place(*x, *y).zip(self.place(x + u, y + v));
            let seen = ends.and_then(|(tail, tip)| path::clip(tail, tip, &self.frame.grown(20.0)));
            at.extend(seen.map(|[tail, tip]| (tail, tip)));
        }
        marks::arrows(out, &at, arrows.ink, arrows.weight, self.brush);
    }

    fn region(&self, out: &mut String, region: &Region<'_>) {
        let mut d = String::new();
        let corners = region.x.iter().zip(region.y.iter()).filter_map(|(x, y)| self.place(*x, *y)).collect();
        self.polygon(&mut d, corners);
        if !d.is_empty() {
            let fill = self.brush.tint(region.ink, REGION);
            out.push_str(&format!("<path fill=\"{fill}\" d=\"{d}\"/>\n"));
        }
    }

    fn rule(&self, out: &mut String, rule: &Rule) {
        let (ink, dash, from, to) = match *rule {
            Rule::X(x, ink, dash) if self.x.shows(x) => {
                let Some(x) = self.x.place(x) else { return };
                (ink, dash, [x, self.frame.y], [x, self.frame.bottom()])
            }
            Rule::Y(y, ink, dash) if self.y.shows(y) => {
                let Some(y) = self.y.place(y) else { return };
                (ink, dash, [self.frame.x, y], [self.frame.right(), y])
            }
            Rule::X(..) | Rule::Y(..) => return,
        };
        open_stroke(out, ink, dash, Weight::Thin, self.brush);
        out.push('M');
        pair(out, from);
        out.push('L');
        pair(out, to);
        out.push_str("\"/>\n");
    }
}
