//! A laid-out figure as drawn things in points: what every vector writer walks.
//!
//! [`drawing`] turns layers into straight paths, marks, pictures and words, clipped and thinned for
//! print; [`super::svg()`] and the PGF writer only spell them. Identifiers are part of the contract,
//! because the check before printing reads them back from the finished file: panel 2 is `p2`, its
//! third layer `p2-l3`, its first inset `p2-i1` (with `p2-i1-l1` inside), and [`Kind::suffix`] names
//! the rest.

mod axes;
mod brush;
mod build;
mod curves;
mod facets;
mod hatch;
mod layers;
mod map;
mod marks;

pub use build::drawing;
pub use hatch::ruling;

use super::geometry::Rect;
use super::layout::{Label, Placed};
use super::path::Point;
use crate::figure::{Hatch, Marker, Rgb};

/// Everything on the page.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// Width in millimetres, exactly as asked.
    pub width_mm: f64,
    /// Height in millimetres.
    pub height_mm: f64,
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// Colour of the page; `None` when transparent.
    pub ground: Option<Rgb>,
    /// Size of ordinary lettering in points.
    pub font_pt: f64,
    /// One per panel, in the figure's order.
    pub arts: Vec<Art>,
}

/// A drawn panel.
#[derive(Clone, Debug)]
pub struct Art {
    /// Identifier, `p1`, `p2`, … or `p1-i1`.
    pub id: String,
    /// The scene's name of the panel.
    pub name: String,
    /// Where everything lies; axes with their marks.
    pub placed: Placed,
    /// What is drawn, in order.
    pub parts: Vec<Part>,
    /// Insets, drawn after the parts.
    pub insets: Vec<Art>,
}

/// What a part of a panel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Layer `k` of the panel, from 0.
    Layer(usize),
    /// Box and ticks.
    Axes,
    /// Colours of a colour bar.
    Bar,
    /// Numbers of the axes.
    Numbers,
    /// Label of the horizontal axis.
    LabelX,
    /// Label of the vertical axis.
    LabelY,
    /// Label of the colour bar.
    LabelBar,
    /// Panel letter.
    Letter,
    /// Points a reader may drag.
    Handles,
    /// Words and arrows inside the box.
    Notes,
    /// Legend.
    Legend,
}

impl Kind {
    /// The last part of the identifier of such a part.
    pub fn suffix(self) -> String {
        match self {
            Kind::Layer(k) => format!("l{}", k + 1),
            Kind::Axes => "axes".into(),
            Kind::Bar => "bar".into(),
            Kind::Numbers => "numbers".into(),
            Kind::LabelX => "x".into(),
            Kind::LabelY => "y".into(),
            Kind::LabelBar => "z".into(),
            Kind::Letter => "letter".into(),
            Kind::Handles => "handles".into(),
            Kind::Notes => "notes".into(),
            Kind::Legend => "legend".into(),
        }
    }
}

/// A group of shapes with one meaning.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is.
    pub kind: Kind,
    /// Its name in the legend, if it has one; written as `data-name`.
    pub name: Option<String>,
    /// What a reader of the file may want to know, as `data-*` attributes: `kind`, `marker`,
    /// `hatch` and `dpi` of a layer, `unit` of an axis label, `left-out` of the notes.
    pub data: Vec<(&'static str, String)>,
    /// Whether shapes are cut at the plot box.
    pub clipped: bool,
    /// Its shapes, in order.
    pub shapes: Vec<Shape>,
}

/// One drawn thing; all lengths in points, y downwards.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Straight runs, each a polyline or a closed polygon.
    Path {
        /// Corners of each run.
        runs: Vec<Vec<Point>>,
        /// Whether runs are closed.
        closed: bool,
        /// What fills them.
        fill: Option<Fill>,
        /// What draws their edges.
        stroke: Option<Stroke>,
    },
    /// One marker at many places.
    Marks {
        /// Centres.
        at: Vec<Point>,
        /// Shape.
        marker: Marker,
        /// Radius.
        radius: f64,
        /// Fill, or stroke of open markers.
        color: Rgb,
        /// Rim of filled markers, or width of open ones: colour and width.
        rim: Option<(Rgb, f64)>,
    },
    /// A picture.
    Picture {
        /// Where it lies.
        rect: Rect,
        /// Pixels across.
        width: usize,
        /// Pixels down.
        height: usize,
        /// Rows of RGBA, the uppermost first.
        pixels: Vec<u8>,
        /// Whether pixels are to stay sharp squares (cells of a map) instead of being smoothed.
        cells: bool,
    },
    /// A line of text and its colour.
    Words(Label, Rgb),
}

/// How an area is filled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// Colour.
    pub color: Rgb,
    /// Opacity; 0 draws only the hatch.
    pub opacity: f64,
    /// Ruling in this colour over it.
    pub hatch: Option<(Hatch, Rgb)>,
}

/// How a line is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub color: Rgb,
    /// Width in points.
    pub width: f64,
    /// Dash pattern in points; empty is unbroken.
    pub dash: Vec<f64>,
}
