//! Layers as egui shapes, thinned to the pixels there are.

use std::cell::RefCell;

use egui::{Align2, Color32, Mesh, Pos2, Response, Shape, Stroke, Ui, Vec2, pos2, vec2};
use egui_plot::PlotTransform;

use super::at;
use crate::app::label::job;
use crate::app::theme::{Skin, plain, rgb};
use crate::figure::{Dash, Ink, Layer, Marker, Now, Panel, Rgb, Rich, Rule, Weight};

/// Draws one panel's layers.
pub struct Pen<'a, 'b> {
    /// For text layout.
    pub ui: &'a Ui,
    /// What is drawn.
    pub panel: &'a Panel<'b>,
    /// From data to the screen.
    pub transform: &'a PlotTransform,
    /// Colours.
    pub skin: &'a Skin,
    /// Where words stand already.
    pub taken: RefCell<Vec<egui::Rect>>,
}

/// Points closer together than this many pixels are one.
const NEAR: f32 = 0.7;

/// Stroke width of a weight in logical pixels.
fn width(weight: Weight) -> f32 {
    match weight {
        Weight::Thin => 1.0,
        Weight::Normal => 1.7,
        Weight::Bold => 2.4,
    }
}

impl Pen<'_, '_> {
    fn ink(&self, ink: Ink) -> Color32 {
        self.skin.ink(ink)
    }

    /// A tint of `ink` on the card.
    fn tint(&self, ink: Ink, share: f64) -> Color32 {
        let ground = self.skin.card;
        rgb(ink.on(self.skin.medium).over(Rgb(ground.r(), ground.g(), ground.b()), share))
    }

    fn at(&self, x: f64, y: f64) -> Pos2 {
        at(self.panel, self.transform, [x, y])
    }

    /// Draws a layer.
    pub fn layer(&self, layer: &Layer<'_>, out: &mut Vec<Shape>) {
        match layer {
            Layer::Line(l) => {
                let stroke = Stroke::new(width(l.weight), self.ink(l.ink));
                for run in self.runs(&l.x, &l.y) {
                    dashed(run, stroke, l.dash, out);
                }
            }
            Layer::Points(p) => {
                let mut last = Pos2::new(f32::NAN, f32::NAN);
                let size = 2.9 * p.size as f32;
                for (x, y) in finite(&p.x, &p.y) {
                    let here = self.at(x, y);
                    // A marker over half hidden by its neighbour adds nothing.
                    if self.visible(here, size) && !(here.distance(last) < 0.5 * size) {
                        marker(p.marker, here, size, self.ink(p.ink), out);
                        last = here;
                    }
                }
            }
            Layer::Band(b) => {
                let edge = |y: &[f64]| finite(&b.x, y).map(|(x, y)| self.at(x, y)).collect::<Vec<_>>();
                out.push(ribbon(&edge(&b.low), &edge(&b.high), self.ink(b.ink).gamma_multiply(0.28)));
            }
            Layer::Bars(b) => {
                for (x, h) in finite(&b.x, &b.height) {
                    let rect = egui::Rect::from_two_pos(self.at(x - b.width / 2.0, 0.0), self.at(x + b.width / 2.0, h));
                    out.push(Shape::rect_filled(
                        rect.shrink2(vec2(0.5, 0.0)),
                        0.0,
                        self.ink(b.ink).gamma_multiply(0.55),
                    ));
                }
            }
            Layer::Histogram(_)
            | Layer::ErrorBars(_)
            | Layer::Contours(_)
            | Layer::Streamlines(_)
            | Layer::Callout(_) => {}
            Layer::HeatMap(m) => self.heat(m, out),
            Layer::Arrows(a) => {
                let stroke = Stroke::new(width(a.weight), self.ink(a.ink));
                for i in 0..a.x.len().min(a.y.len()).min(a.u.len()).min(a.v.len()) {
                    let (tail, tip) = (self.at(a.x[i], a.y[i]), self.at(a.x[i] + a.u[i], a.y[i] + a.v[i]));
                    arrow(tail, tip, stroke, 3.2, out);
                }
            }
            Layer::Region(r) => {
                let edge: Vec<Pos2> = finite(&r.x, &r.y).map(|(x, y)| self.at(x, y)).collect();
                let (low, high) = edge.split_at(edge.len() / 2);
                let high: Vec<Pos2> = high.iter().rev().copied().collect();
                out.push(ribbon(low, &high, self.tint(r.ink, 0.2)));
            }
            Layer::Rule(rule) => self.rule(rule, out),
            Layer::Text(t) => {
                let galley = self.ui.painter().layout_job(job(&t.text, 12.0, self.ink(t.ink)));
                let place = egui::Rect::from_center_size(self.at(t.at[0], t.at[1]), galley.size());
                // In a small plot the later of two words that would overlap is left out.
                if !self.taken.borrow().iter().any(|r| r.expand(3.0).intersects(place)) {
                    out.push(Shape::galley(place.min, galley, Color32::PLACEHOLDER));
                    self.taken.borrow_mut().push(place);
                }
            }
        }
    }

    fn visible(&self, p: Pos2, margin: f32) -> bool {
        self.transform.frame().expand(margin).contains(p)
    }

    /// The connected runs of a polyline on the screen; of points closer than a fraction of a pixel
    /// in the same column only the extremes are kept.
    fn runs(&self, x: &[f64], y: &[f64]) -> Vec<Vec<Pos2>> {
        let mut runs = vec![Vec::new()];
        let mut column: Vec<Pos2> = Vec::new();
        for (x, y) in x.iter().zip(y) {
            if !x.is_finite() || !y.is_finite() {
                close(&mut column, &mut runs);
                runs.push(Vec::new());
                continue;
            }
            let p = self.at(*x, *y);
            if column.first().is_some_and(|c| (c.x - p.x).abs() >= NEAR) {
                close(&mut column, &mut runs);
            }
            column.push(p);
        }
        close(&mut column, &mut runs);
        runs.retain(|r| r.len() > 1);
        runs
    }

    fn heat(&self, m: &crate::figure::HeatMap<'_>, out: &mut Vec<Shape>) {
        let ny = m.values.len().checked_div(m.nx).unwrap_or(0);
        let mut mesh = Mesh::default();
        for (i, value) in m.values.iter().enumerate().filter(|(_, v)| v.is_finite()) {
            let (ix, iy) = ((i % m.nx) as f64, (i / m.nx) as f64);
            let x = |k: f64| m.x[0] + (m.x[1] - m.x[0]) * k / m.nx as f64;
            let y = |k: f64| m.y[0] + (m.y[1] - m.y[0]) * k / ny as f64;
            let rect = egui::Rect::from_two_pos(self.at(x(ix), y(iy)), self.at(x(ix + 1.0), y(iy + 1.0)));
            let share = (value - m.range[0]) / (m.range[1] - m.range[0]);
            mesh.add_colored_rect(rect, rgb(m.map.at(share)));
        }
        out.push(Shape::mesh(mesh));
    }

    fn rule(&self, rule: &Rule, out: &mut Vec<Shape>) {
        let frame = self.transform.frame();
        let (ends, ink, dash) = match *rule {
            Rule::Y(y, ink, dash) => {
                let y = self.at(f64::NAN, y).y;
                ([pos2(frame.left(), y), pos2(frame.right(), y)], ink, dash)
            }
            Rule::X(x, ink, dash) => {
                let x = self.at(x, f64::NAN).x;
                ([pos2(x, frame.top()), pos2(x, frame.bottom())], ink, dash)
            }
        };
        dashed(ends.to_vec(), Stroke::new(1.0, self.ink(ink)), dash, out);
    }

    /// Draws a mark of the present moment.
    pub fn now(&self, now: &Now, out: &mut Vec<Shape>) {
        let frame = self.transform.frame();
        match *now {
            Now::X(x) => {
                let x = self.at(x, f64::NAN).x;
                let stroke = Stroke::new(1.2, self.skin.accent.gamma_multiply(0.8));
                out.push(Shape::line_segment([pos2(x, frame.top()), pos2(x, frame.bottom())], stroke));
            }
            Now::At([x, y], ink) => {
                let p = self.at(x, y);
                if self.visible(p, 8.0) {
                    out.push(Shape::circle_stroke(p, 8.0, Stroke::new(1.6, self.ink(ink))));
                }
            }
        }
    }

    /// The corner of this size that hides least: data, and above all words and handles.
    fn emptiest(&self, size: Vec2) -> egui::Rect {
        let frame = self.transform.frame().shrink(5.0);
        let corners = [Align2::RIGHT_TOP, Align2::RIGHT_BOTTOM, Align2::LEFT_TOP, Align2::LEFT_BOTTOM];
        let places = corners.map(|c| c.align_size_within_rect(size, frame));
        let mut hidden = [0.0; 4];
        let mut add = |p: Pos2, weight: f32| {
            for (hidden, place) in hidden.iter_mut().zip(&places) {
                if place.expand(6.0).contains(p) {
                    *hidden += weight;
                }
            }
        };
        for layer in &self.panel.layers {
            let (x, y) = match layer {
                Layer::Line(l) => (&l.x, &l.y),
                Layer::Points(p) => (&p.x, &p.y),
                Layer::Text(t) => {
                    add(self.at(t.at[0], t.at[1]), 40.0);
                    continue;
                }
                _ => continue,
            };
            let every = x.len().div_ceil(200).max(1);
            finite(x, y).step_by(every).for_each(|(x, y)| add(self.at(x, y), 1.0));
        }
        for handle in &self.panel.handles {
            add(at(self.panel, self.transform, handle.at), 100.0);
        }
        let least = hidden.iter().copied().fold(f32::INFINITY, f32::min);
        places[hidden.iter().position(|h| *h <= least).unwrap_or(0)]
    }

    /// Names of the layers in their colours, where they hide least.
    pub fn legend(&self, out: &mut Vec<Shape>) {
        let named: Vec<(&Rich, Ink, Option<Dash>)> = self.panel.layers.iter().filter_map(named).collect();
        let room = self.transform.frame().size();
        if named.len() < 2 || room.x < 200.0 || room.y < 90.0 {
            return;
        }
        let text: Vec<_> = named
            .iter()
            .rev()
            .map(|(name, ink, _)| self.ui.painter().layout_job(job(name, 12.0, self.ink(*ink))))
            .collect();
        let wide = text.iter().map(|g| g.size().x).fold(0.0, f32::max);
        let tall: f32 = text.iter().map(|g| g.size().y).sum();
        let back = self.emptiest(vec2(wide + 36.0, tall + 6.0));
        out.push(Shape::rect_filled(back, 4.0, self.skin.card.gamma_multiply(0.8)));
        let (left, mut top) = (back.left() + 30.0, back.top() + 3.0);
        for (galley, (_, ink, dash)) in text.into_iter().zip(named.iter().rev()) {
            let height = galley.size().y;
            let swatch = vec![pos2(left - 22.0, top + height / 2.0), pos2(left - 5.0, top + height / 2.0)];
            match dash {
                Some(dash) => dashed(swatch, Stroke::new(2.0, self.ink(*ink)), *dash, out),
                None => marker(Marker::Disc, swatch[0].lerp(swatch[1], 0.5), 3.0, self.ink(*ink), out),
            }
            out.push(Shape::galley(pos2(left, top), galley, Color32::PLACEHOLDER));
            top += height;
        }
    }
}

/// Legend entry of a layer: name, colour, and its dash if it is a line.
fn named<'a>(layer: &'a Layer<'_>) -> Option<(&'a Rich, Ink, Option<Dash>)> {
    match layer {
        Layer::Line(l) => Some((l.name.as_ref()?, l.ink, Some(l.dash))),
        Layer::Points(p) => Some((p.name.as_ref()?, p.ink, None)),
        Layer::Band(b) => Some((b.name.as_ref()?, b.ink, Some(Dash::Solid))),
        Layer::Bars(b) => Some((b.name.as_ref()?, b.ink, Some(Dash::Solid))),
        Layer::Arrows(a) => Some((a.name.as_ref()?, a.ink, Some(Dash::Solid))),
        Layer::Region(r) => Some((r.name.as_ref()?, r.ink, Some(Dash::Solid))),
        Layer::HeatMap(_) | Layer::Rule(_) | Layer::Text(_) => None,
        Layer::Histogram(_) | Layer::ErrorBars(_) | Layer::Contours(_) | Layer::Streamlines(_) | Layer::Callout(_) => {
            None
        }
    }
}

fn finite<'a>(x: &'a [f64], y: &'a [f64]) -> impl Iterator<Item = (f64, f64)> + 'a {
    x.iter().zip(y).map(|(x, y)| (*x, *y)).filter(|(x, y)| x.is_finite() && y.is_finite())
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

fn dashed(run: Vec<Pos2>, stroke: Stroke, dash: Dash, out: &mut Vec<Shape>) {
    match dash {
        Dash::Solid => out.push(Shape::line(run, stroke)),
        Dash::Dashed => out.extend(Shape::dashed_line(&run, stroke, 6.0, 4.0)),
        Dash::Dotted => out.extend(Shape::dashed_line(&run, stroke, 1.6, 3.2)),
        Dash::DashDot => {
            out.extend(Shape::dashed_line_with_offset(&run, stroke, &[6.0, 1.6], &[3.0, 3.0], 0.0));
        }
    }
}

fn marker(shape: Marker, p: Pos2, r: f32, colour: Color32, out: &mut Vec<Shape>) {
    let polygon = |points: Vec<Vec2>| {
        Shape::convex_polygon(points.into_iter().map(|v| p + r * v).collect(), colour, Stroke::NONE)
    };
    match shape {
        Marker::Disc => out.push(Shape::circle_filled(p, r, colour)),
        Marker::Ring => out.push(Shape::circle_stroke(p, r, Stroke::new(1.2, colour))),
        Marker::Square => out.push(polygon(vec![vec2(-0.9, -0.9), vec2(0.9, -0.9), vec2(0.9, 0.9), vec2(-0.9, 0.9)])),
        Marker::Triangle => out.push(polygon(vec![vec2(0.0, -1.1), vec2(1.0, 0.8), vec2(-1.0, 0.8)])),
        Marker::Diamond => out.push(polygon(vec![vec2(0.0, -1.2), vec2(1.2, 0.0), vec2(0.0, 1.2), vec2(-1.2, 0.0)])),
        Marker::Cross => {
            for d in [vec2(1.0, 1.0), vec2(1.0, -1.0)] {
                out.push(Shape::line_segment([p - r * d, p + r * d], Stroke::new(1.4, colour)));
            }
        }
    }
}

/// An arrow with a head of `head` pixels.
pub fn arrow(tail: Pos2, tip: Pos2, stroke: Stroke, head: f32, out: &mut Vec<Shape>) {
    let along = tip - tail;
    let length = along.length();
    if !(length > 0.5) {
        return;
    }
    let along = along / length;
    let across = vec2(-along.y, along.x);
    let head = head.min(0.6 * length);
    out.push(Shape::line_segment([tail, tip], stroke));
    for side in [across, -across] {
        out.push(Shape::line_segment([tip, tip - head * along + 0.6 * head * side], stroke));
    }
}

/// The area between two polylines, as a strip of triangles.
fn ribbon(low: &[Pos2], high: &[Pos2], colour: Color32) -> Shape {
    let mut mesh = Mesh::default();
    for (a, b) in low.iter().zip(high) {
        mesh.colored_vertex(*a, colour);
        mesh.colored_vertex(*b, colour);
    }
    for i in 1..(mesh.vertices.len() / 2) as u32 {
        let k = 2 * i;
        mesh.add_triangle(k - 2, k - 1, k);
        mesh.add_triangle(k - 1, k, k + 1);
    }
    Shape::mesh(mesh)
}

/// Shows the data point nearest to the pointer.
pub fn hover(ui: &Ui, panel: &Panel<'_>, skin: &Skin, response: &Response, transform: &PlotTransform) {
    let Some(pointer) = response.hover_pos() else { return };
    let mut best: Option<(f32, Pos2, f64, f64, &Rich)> = None;
    for layer in &panel.layers {
        let (x, y, name) = match layer {
            Layer::Line(l) => (&l.x, &l.y, &l.name),
            Layer::Points(p) => (&p.x, &p.y, &p.name),
            _ => continue,
        };
        let Some(name) = name else { continue };
        for (x, y) in finite(x, y) {
            let p = at(panel, transform, [x, y]);
            let d = p.distance(pointer);
            if d < 12.0 && best.is_none_or(|b| d < b.0) {
                best = Some((d, p, x, y, name));
            }
        }
    }
    let Some((_, p, x, y, name)) = best else { return };
    let show = crate::param::show_number;
    let text = format!("{}  ({}, {})", name.plain(), show(x), show(y));
    let painter = ui.painter();
    painter.circle_stroke(p, 5.0, Stroke::new(1.4, skin.text));
    let frame = transform.frame();
    let right = p.x > frame.center().x;
    let anchor = if right { Align2::RIGHT_BOTTOM } else { Align2::LEFT_BOTTOM };
    let place = p + vec2(if right { -9.0 } else { 9.0 }, -7.0);
    let galley = painter.layout_no_wrap(text, plain(12.0), skin.text);
    let rect = anchor.anchor_size(place, galley.size()).expand2(vec2(5.0, 2.0));
    painter.rect(rect, 4.0, skin.well, Stroke::new(1.0, skin.line), egui::StrokeKind::Outside);
    painter.galley(rect.min + vec2(5.0, 2.0), galley, skin.text);
}
