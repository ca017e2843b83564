//! Layers as shapes, clipped to the box and thinned for print.

use super::brush::{BAND, Brush, REGION, areas, lines};
use super::{Shape, marks};
use crate::export::geometry::{Rect, Ruler};
use crate::export::layout::{Clutter, Placed};
use crate::export::path::{self, Point};
use crate::figure::{
    Arrows, Band, Bars, Dash, ErrorBars, Hatch, Histogram, Ink, Layer, Line, Marker, Points, Region, Rule, Weight,
};

/// Half the length of the cap of an error bar in points.
const CAP: f64 = 1.8;

/// Axes and box of the panel being drawn.
pub(super) struct Easel<'a> {
    pub brush: &'a Brush<'a>,
    pub x: &'a Ruler,
    pub y: &'a Ruler,
    pub frame: Rect,
    pub placed: &'a Placed,
    /// Where values of contours would be crossed by other layers.
    pub busy: Option<Clutter>,
}

impl Easel<'_> {
    pub(super) fn place(&self, x: f64, y: f64) -> Option<Point> {
        Some([self.x.place(x)?, self.y.place(y)?])
    }

    /// The shapes of layer `k`.
    pub fn layer(&self, layer: &Layer<'_>, k: usize) -> Vec<Shape> {
        match layer {
            Layer::Line(line) => self.line(line, k),
            Layer::Points(points) => self.points(points),
            Layer::Band(band) => self.band(band),
            Layer::Bars(bars) => self.bars(bars),
            Layer::Histogram(histogram) => self.histogram(histogram),
            Layer::ErrorBars(bars) => self.error_bars(bars),
            Layer::HeatMap(map) => super::map::cells(map, self.placed).into_iter().collect(),
            Layer::Facets(facets) => super::facets::surface(self, facets),
            Layer::Contours(contours) => super::curves::contours(self, contours),
            Layer::Streamlines(streams) => super::curves::streamlines(self, streams),
            Layer::Arrows(arrows) => self.arrows(arrows),
            Layer::Region(region) => self.region(region),
            Layer::Rule(rule) => self.rule(rule),
            // Words are placed by the layout and drawn above everything.
            Layer::Text(_) | Layer::Callout(_) => Vec::new(),
        }
    }

    fn line(&self, line: &Line<'_>, k: usize) -> Vec<Shape> {
        let stroke = self.brush.stroke(line.ink, line.dash, line.weight);
        let runs = path::runs(&line.x, &line.y, self.x, self.y, &self.frame, stroke.width);
        if runs.is_empty() {
            return Vec::new();
        }
        let beads = line.marker.and_then(|m| {
            let at = marks::along(&runs, k);
            marks::scatter(at, m, 1.25, line.ink, self.brush)
        });
        std::iter::once(lines(runs, stroke)).chain(beads).collect()
    }

    fn points(&self, points: &Points<'_>) -> Vec<Shape> {
        let at = self.seen(&points.x, &points.y);
        marks::cloud(at, points, self.brush, &self.frame).into_iter().collect()
    }

    /// Points that lie in the box or on its edge.
    fn seen(&self, x: &[f64], y: &[f64]) -> Vec<Point> {
        let box_and_edge = self.frame.grown(0.01);
        let at = x.iter().zip(y).filter_map(|(x, y)| self.place(*x, *y));
        at.filter(|p| box_and_edge.contains(*p)).collect()
    }

    fn band(&self, band: &Band<'_>) -> Vec<Shape> {
        let mut polygons = Vec::new();
        let mut edges: [Vec<Point>; 2] = [Vec::new(), Vec::new()];
        for ((x, low), high) in band.x.iter().zip(band.low.iter()).zip(band.high.iter()) {
            match (self.place(*x, *low), self.place(*x, *high)) {
                (Some(a), Some(b)) => {
                    edges[0].push(a);
                    edges[1].push(b);
                }
                _ => self.close_band(&mut polygons, &mut edges),
            }
        }
        self.close_band(&mut polygons, &mut edges);
        filled(polygons, self.brush.wash(band.ink, band.hatch))
    }

    /// Closes the band between two edges, and empties them.
    fn close_band(&self, polygons: &mut Vec<Vec<Point>>, edges: &mut [Vec<Point>; 2]) {
        let [low, high] = std::mem::take(edges);
        let mut corners = path::thinned(&low, self.brush.page.line_pt);
        corners.extend(path::thinned(&high, self.brush.page.line_pt).into_iter().rev());
        polygons.extend(self.polygon(corners));
    }

    pub(super) fn polygon(&self, corners: Vec<Point>) -> Option<Vec<Point>> {
        let corners = path::clip_polygon(corners, &self.frame.grown(6.0));
        (corners.len() > 2).then_some(corners)
    }

    /// Where bars stand: on zero, or on the lower end of a logarithmic axis.
    fn floor(&self) -> f64 {
        self.y.place(0.0).unwrap_or(self.y.from)
    }

    fn bars(&self, bars: &Bars<'_>) -> Vec<Shape> {
        let floor = self.floor();
        let bar = |(x, height): (&f64, &f64)| {
            let (left, right) = (self.x.place(x - bars.width / 2.0)?, self.x.place(x + bars.width / 2.0)?);
            let top = self.y.place(*height)?;
            self.polygon(vec![[left, floor], [left, top], [right, top], [right, floor]])
        };
        let polygons: Vec<Vec<Point>> = bars.x.iter().zip(bars.height.iter()).filter_map(bar).collect();
        self.standing(polygons, bars.ink, bars.hatch, None)
    }

    fn histogram(&self, histogram: &Histogram<'_>) -> Vec<Shape> {
        let (floor, mut polygons, mut stairs) = (self.floor(), Vec::new(), Vec::new());
        let mut outline: Vec<Point> = Vec::new();
        let mut close = |outline: &mut Vec<Point>| {
            if let (Some(first), Some(last)) = (outline.first().copied(), outline.last().copied()) {
                let mut corners = vec![[first[0], floor]];
                corners.append(outline);
                corners.push([last[0], floor]);
                stairs.extend(path::cut(&corners, &self.frame));
                polygons.extend(self.polygon(corners));
            }
        };
        for (edges, height) in histogram.edges.windows(2).zip(histogram.height.iter()) {
            match (self.place(edges[0], *height), self.place(edges[1], *height)) {
                (Some(a), Some(b)) => outline.extend([a, b]),
                _ => close(&mut outline),
            }
        }
        close(&mut outline);
        self.standing(polygons, histogram.ink, histogram.hatch, Some(stairs))
    }

    /// Tinted polygons with an edge in the full colour: `outline`, or their own.
    fn standing(
        &self,
        polygons: Vec<Vec<Point>>,
        ink: Ink,
        hatch: Option<Hatch>,
        outline: Option<Vec<Vec<Point>>>,
    ) -> Vec<Shape> {
        if polygons.is_empty() {
            return Vec::new();
        }
        let edge = self.brush.plain(ink, self.brush.axis());
        let fill = self.brush.fill(ink, BAND, hatch);
        match outline {
            Some(outline) => vec![areas(polygons, fill), lines(outline, edge)],
            None => vec![Shape::Path { runs: polygons, closed: true, fill: Some(fill), stroke: Some(edge) }],
        }
    }

    fn error_bars(&self, bars: &ErrorBars<'_>) -> Vec<Shape> {
        let (mut runs, mut at) = (Vec::new(), Vec::new());
        let ends = bars.low.iter().zip(bars.high.iter());
        for ((x, y), (low, high)) in bars.x.iter().zip(bars.y.iter()).zip(ends) {
            let ends = if bars.along_x {
                self.place(*low, *y).zip(self.place(*high, *y))
            } else {
                self.place(*x, *low).zip(self.place(*x, *high))
            };
            at.extend(self.place(*x, *y).filter(|p| self.frame.grown(0.01).contains(*p)));
            let Some((a, b)) = ends else { continue };
            let cap = if bars.along_x { [0.0, CAP] } else { [CAP, 0.0] };
            let across = |p: Point| vec![[p[0] - cap[0], p[1] - cap[1]], [p[0] + cap[0], p[1] + cap[1]]];
            for run in [vec![a, b], across(a), across(b)] {
                runs.extend(path::cut(&run, &self.frame));
            }
        }
        let stroke = self.brush.stroke(bars.ink, Dash::Solid, bars.weight);
        let bars_and_caps = (!runs.is_empty()).then(|| lines(runs, stroke));
        let dots = bars.marker.and_then(|m| marks::scatter(at, m, 1.25, bars.ink, self.brush));
        bars_and_caps.into_iter().chain(dots).collect()
    }

    fn arrows(&self, arrows: &Arrows<'_>) -> Vec<Shape> {
        let mut at = Vec::new();
        for (k, (x, y)) in arrows.x.iter().zip(arrows.y.iter()).enumerate() {
            let (Some(u), Some(v)) = (arrows.u.get(k), arrows.v.get(k)) else { break };
            let ends = self.place(*x, *y).zip(self.place(x + u, y + v));
            let seen = ends.and_then(|(tail, tip)| path::clip(tail, tip, &self.frame.grown(20.0)));
            at.extend(seen.map(|[tail, tip]| (tail, tip)));
        }
        marks::arrows(&at, arrows.ink, arrows.weight, self.brush)
    }

    fn region(&self, region: &Region<'_>) -> Vec<Shape> {
        let corners = region.x.iter().zip(region.y.iter()).filter_map(|(x, y)| self.place(*x, *y)).collect();
        filled(self.polygon(corners).into_iter().collect(), self.brush.fill(region.ink, REGION, region.hatch))
    }

    fn rule(&self, rule: &Rule) -> Vec<Shape> {
        let placed = match *rule {
            Rule::X(x, ink, dash) if self.x.shows(x) => {
                self.x.place(x).map(|x| (ink, dash, vec![[x, self.frame.y], [x, self.frame.bottom()]]))
            }
            Rule::Y(y, ink, dash) if self.y.shows(y) => {
                self.y.place(y).map(|y| (ink, dash, vec![[self.frame.x, y], [self.frame.right(), y]]))
            }
            Rule::X(..) | Rule::Y(..) => None,
        };
        let line = |(ink, dash, run)| lines(vec![run], self.brush.stroke(ink, dash, Weight::Thin));
        placed.map(line).into_iter().collect()
    }
}

fn filled(polygons: Vec<Vec<Point>>, fill: super::Fill) -> Vec<Shape> {
    if polygons.is_empty() { Vec::new() } else { vec![areas(polygons, fill)] }
}

/// What a layer is, and what a reader of the file may want to know of it, as attributes.
pub(super) fn data(layer: &Layer<'_>) -> Vec<(&'static str, String)> {
    let marker = |m: Marker| ("marker", format!("{m:?}").to_lowercase());
    let hatch = |h: Option<Hatch>| h.map(|h| ("hatch", format!("{h:?}").to_lowercase()));
    let (kind, more): (&str, Vec<(&'static str, String)>) = match layer {
        Layer::Line(l) => ("line", l.marker.map(marker).into_iter().collect()),
        Layer::Points(p) => ("points", vec![marker(p.marker)]),
        Layer::Band(b) => ("band", hatch(b.hatch).into_iter().collect()),
        Layer::Bars(b) => ("bars", hatch(b.hatch).into_iter().collect()),
        Layer::Histogram(h) => ("histogram", hatch(h.hatch).into_iter().collect()),
        Layer::ErrorBars(e) => ("error-bars", e.marker.map(marker).into_iter().collect()),
        Layer::HeatMap(_) => ("map", Vec::new()),
        Layer::Facets(_) => ("surface", Vec::new()),
        Layer::Contours(_) => ("contours", Vec::new()),
        Layer::Streamlines(_) => ("streamlines", Vec::new()),
        Layer::Arrows(_) => ("arrows", Vec::new()),
        Layer::Region(r) => ("region", hatch(r.hatch).into_iter().collect()),
        Layer::Rule(_) => ("rule", Vec::new()),
        Layer::Text(_) => ("text", Vec::new()),
        Layer::Callout(_) => ("callout", Vec::new()),
    };
    std::iter::once(("kind", kind.to_owned())).chain(more).collect()
}
