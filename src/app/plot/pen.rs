//! From layers to egui shapes: what all kinds of layers share.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use egui::{Color32, Pos2, Rect, Shape, Stroke, TextureHandle, Ui, pos2};
use egui_plot::{PlotPoint, PlotTransform};

use super::strokes::{dashed, width};
use super::thin::Store;
use super::{at, data_at, limited, place};
use crate::app::theme::{Skin, rgb};
use crate::figure::{Dash, Ink, Layer, Now, Panel, Rgb, Rule, Scale, Weight};

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
    /// What is known of long columns.
    pub store: &'a Store,
    /// The runs of lines found so far, by layer.
    pub found: RefCell<BTreeMap<usize, Rc<Vec<Vec<Pos2>>>>>,
    /// The pictures drawn, which last as long as these handles.
    pub pictures: RefCell<Vec<TextureHandle>>,
    /// Where words stand already.
    pub taken: RefCell<Vec<Rect>>,
    /// What words had better not cover, and how much.
    pub obstacles: OnceCell<Vec<(Pos2, f32)>>,
    /// Along x and y, a length on the axis, where it lies on the screen, and pixels per length.
    rulers: [[f64; 3]; 2],
}

impl<'a, 'b> Pen<'a, 'b> {
    /// A pen for `panel` on a plot with this transform.
    pub fn new(
        ui: &'a Ui,
        panel: &'a Panel<'b>,
        transform: &'a PlotTransform,
        skin: &'a Skin,
        store: &'a Store,
    ) -> Self {
        let (found, taken, obstacles) = (RefCell::default(), RefCell::default(), OnceCell::new());
        let rulers = rulers(transform);
        Pen { ui, panel, transform, skin, store, found, pictures: RefCell::default(), taken, obstacles, rulers }
    }

    /// Draws everything that stays while the clock runs, in order: layers, the legend if it stands inside,
    /// callouts.
    pub fn all(&self, legend: bool, out: &mut Vec<Shape>) {
        self.panel.layers.iter().enumerate().for_each(|(k, layer)| self.layer(k, layer, out));
        if legend {
            self.legend(out);
        }
        // Callouts come last, so that they can avoid all other words.
        for layer in &self.panel.layers {
            if let Layer::Callout(callout) = layer {
                self.callout(callout, out);
            }
        }
    }

    fn layer(&self, k: usize, layer: &Layer<'_>, out: &mut Vec<Shape>) {
        match layer {
            Layer::Line(line) => self.line(k, line, out),
            Layer::Points(points) => self.points(k, points, out),
            Layer::Band(band) => self.band(k, band, out),
            Layer::Bars(bars) => self.bars(bars, out),
            Layer::Histogram(histogram) => self.histogram(histogram, out),
            Layer::ErrorBars(bars) => self.error_bars(bars, out),
            Layer::HeatMap(map) => self.heat(map, out),
            Layer::Facets(facets) => self.facets(facets, out),
            Layer::Contours(contours) => self.contours(contours, out),
            Layer::Streamlines(lines) => self.streamlines(lines, out),
            Layer::Arrows(arrows) => self.arrows(arrows, out),
            Layer::Region(region) => self.region(region, out),
            Layer::Rule(rule) => self.rule(rule, out),
            Layer::Text(text) => self.text(text, out),
            Layer::Callout(_) => {}
        }
    }

    /// Stroke width of a weight on this skin, in logical pixels.
    pub fn width(&self, weight: Weight) -> f32 {
        width(weight) * self.skin.weight
    }

    /// The colour of a role.
    pub fn ink(&self, ink: Ink) -> Color32 {
        self.skin.ink(ink)
    }

    /// A tint of `ink` on the card.
    pub fn tint(&self, ink: Ink, share: f64) -> Color32 {
        let ground = self.skin.card;
        rgb(ink.on(self.skin.medium).over(Rgb(ground.r(), ground.g(), ground.b()), share))
    }

    /// The scales of both axes.
    pub fn scales(&self) -> [Scale; 2] {
        [self.panel.x.scale, self.panel.y.scale]
    }

    /// The place under a point of the screen, in data units.
    pub fn data(&self, pointer: Pos2) -> [f64; 2] {
        data_at(self.panel, self.transform, pointer)
    }

    /// Where a point lies on the screen; `None` when the axes cannot show it.
    pub fn place(&self, x: f64, y: f64) -> Option<Pos2> {
        let lengths = [self.panel.x.scale.forward(x)?, self.panel.y.scale.forward(y)?];
        let along = |i: usize| {
            let [zero, start, slope] = self.rulers[i];
            limited(start + slope * (lengths[i] - zero))
        };
        Some(pos2(along(0), along(1)))
    }

    /// The places of those points of two columns that the axes can show.
    pub fn places<'c>(&'c self, x: &'c [f64], y: &'c [f64]) -> impl Iterator<Item = Pos2> + 'c {
        x.iter().zip(y).filter_map(|(x, y)| self.place(*x, *y))
    }

    /// Screen height of a value along y; the lower edge when a logarithmic axis cannot show it.
    pub fn height(&self, y: f64) -> f32 {
        let shown = self.panel.y.scale.forward(y).is_some();
        if shown { at(self.panel, self.transform, [f64::NAN, y]).y } else { self.frame().bottom() + 4.0 }
    }

    /// Screen abscissa of a value along x; the left edge when a logarithmic axis cannot show it.
    pub fn across(&self, x: f64) -> f32 {
        let shown = self.panel.x.scale.forward(x).is_some();
        if shown { at(self.panel, self.transform, [x, f64::NAN]).x } else { self.frame().left() - 4.0 }
    }

    /// The inside of the plot on the screen.
    pub fn frame(&self) -> Rect {
        *self.transform.frame()
    }

    /// Whether a point lies in the plot or within `margin` of it.
    pub fn visible(&self, p: Pos2, margin: f32) -> bool {
        self.frame().expand(margin).contains(p)
    }

    fn rule(&self, rule: &Rule, out: &mut Vec<Shape>) {
        let frame = self.frame();
        let (ends, ink, dash) = match *rule {
            Rule::Y(y, ink, dash) if place(&self.panel.y, y).is_finite() => {
                let y = self.height(y);
                ([pos2(frame.left(), y), pos2(frame.right(), y)], ink, dash)
            }
            Rule::X(x, ink, dash) if place(&self.panel.x, x).is_finite() => {
                let x = self.across(x);
                ([pos2(x, frame.top()), pos2(x, frame.bottom())], ink, dash)
            }
            Rule::X(..) | Rule::Y(..) => return,
        };
        dashed(ends.to_vec(), Stroke::new(1.0, self.ink(ink)), dash, out);
    }

    /// Draws a mark of a moment: of the present one strongly, of that under the pointer quietly.
    pub fn mark(&self, now: &Now, quiet: bool, out: &mut Vec<Shape>) {
        let frame = self.frame();
        match *now {
            Now::X(x) => {
                let x = self.across(x);
                let ends = vec![pos2(x, frame.top()), pos2(x, frame.bottom())];
                if quiet {
                    dashed(ends, Stroke::new(1.0, self.skin.quiet), Dash::Dashed, out);
                } else {
                    dashed(ends, Stroke::new(1.2, self.skin.accent.gamma_multiply(0.8)), Dash::Solid, out);
                }
            }
            Now::At([x, y], ink) => {
                if let Some(p) = self.place(x, y).filter(|p| self.visible(*p, 8.0)) {
                    let (radius, wide, strength) = if quiet { (6.0, 1.2, 0.55) } else { (8.0, 1.6, 1.0) };
                    let stroke = Stroke::new(wide, self.ink(ink).gamma_multiply(strength));
                    out.push(Shape::circle_stroke(p, radius, stroke));
                }
            }
        }
    }
}

/// Where the least lengths shown lie on the screen, and pixels per length.
fn rulers(transform: &PlotTransform) -> [[f64; 3]; 2] {
    let (zero, slope) = (transform.bounds().min(), transform.dpos_dvalue());
    let start = transform.position_from_point(&PlotPoint::new(zero[0], zero[1]));
    [[zero[0], f64::from(start.x), slope[0]], [zero[1], f64::from(start.y), slope[1]]]
}
