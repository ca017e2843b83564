//! The layers a panel is made of: a closed vocabulary, drawn by the screen and by the exporter.

use std::borrow::Cow;

use super::{Colormap, Facets, Ink, Rich};

/// A column of numbers, borrowed from a trace or owned. A non-finite value is a gap.
pub type Column<'a> = Cow<'a, [f64]>;

/// Everything a panel can show. Both back ends match it exhaustively.
#[derive(Clone, Debug)]
pub enum Layer<'a> {
    /// A polyline.
    Line(Line<'a>),
    /// Unconnected markers.
    Points(Points<'a>),
    /// The area between two curves.
    Band(Band<'a>),
    /// Vertical bars from zero.
    Bars(Bars<'a>),
    /// A histogram of touching bins, outlined as one staircase.
    Histogram(Histogram<'a>),
    /// Intervals through points.
    ErrorBars(ErrorBars<'a>),
    /// A scalar field on a regular grid.
    HeatMap(HeatMap<'a>),
    /// A projected surface in colours and light.
    Facets(Facets<'a>),
    /// Lines of equal value of a scalar field, with their values.
    Contours(Contours<'a>),
    /// Lines that follow a vector field.
    Streamlines(Streamlines<'a>),
    /// Arrows from tail to tip.
    Arrows(Arrows<'a>),
    /// A filled polygon.
    Region(Region<'a>),
    /// A straight rule across the whole panel.
    Rule(Rule),
    /// A label at a point.
    Text(Text),
    /// A label that finds its own place, with an arrow to what it speaks of.
    Callout(Callout),
}

impl Layer<'_> {
    /// Its legend entry, if any.
    pub fn name(&self) -> Option<&Rich> {
        let name = match self {
            Layer::Line(l) => &l.name,
            Layer::Points(p) => &p.name,
            Layer::Band(b) => &b.name,
            Layer::Bars(b) => &b.name,
            Layer::Histogram(h) => &h.name,
            Layer::ErrorBars(e) => &e.name,
            Layer::Contours(c) => &c.name,
            Layer::Streamlines(s) => &s.name,
            Layer::Arrows(a) => &a.name,
            Layer::Region(r) => &r.name,
            Layer::HeatMap(_) | Layer::Facets(_) | Layer::Rule(_) | Layer::Text(_) | Layer::Callout(_) => return None,
        };
        name.as_ref().filter(|n| !n.is_empty())
    }
}

/// Dash pattern of a line; with the marker it tells lanes apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Dash {
    /// Unbroken.
    #[default]
    Solid,
    /// Long dashes.
    Dashed,
    /// Dots.
    Dotted,
    /// Dash and dot in turn.
    DashDot,
}

/// Ruling of an area; it tells regions apart where colour does not print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hatch {
    /// Lines that rise to the right.
    Rising,
    /// Lines that fall to the right.
    Falling,
    /// Both.
    Cross,
    /// Rows of dots.
    Dots,
}

/// Marker shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Marker {
    /// Filled disc.
    #[default]
    Disc,
    /// Hollow circle.
    Ring,
    /// Filled square.
    Square,
    /// Filled triangle, apex up.
    Triangle,
    /// Filled diamond.
    Diamond,
    /// Two crossed strokes.
    Cross,
}

/// Stroke weight, resolved per medium (points on paper, logical pixels on the screen).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Weight {
    /// For fields, contours and references.
    Thin,
    /// For data.
    #[default]
    Normal,
    /// For the one curve that matters.
    Bold,
}

/// A polyline through (x, y); `x` and `y` have equal length, excess of either is ignored.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// Abscissae.
    pub x: Column<'a>,
    /// Ordinates.
    pub y: Column<'a>,
    /// Legend entry, if any.
    pub name: Option<Rich>,
    /// Colour role.
    pub ink: Ink,
    /// Dash pattern.
    pub dash: Dash,
    /// Stroke weight.
    pub weight: Weight,
    /// Markers set along the line, where print needs more than colour and dashes.
    pub marker: Option<Marker>,
}

/// Markers at (x, y).
#[derive(Clone, Debug)]
pub struct Points<'a> {
    /// Abscissae.
    pub x: Column<'a>,
    /// Ordinates.
    pub y: Column<'a>,
    /// Legend entry, if any.
    pub name: Option<Rich>,
    /// Colour role.
    pub ink: Ink,
    /// Shape.
    pub marker: Marker,
    /// Size relative to the medium's ordinary marker.
    pub size: f64,
}

/// The area between `low` and `high` over `x`.
#[derive(Clone, Debug)]
pub struct Band<'a> {
    /// Abscissae.
    pub x: Column<'a>,
    /// Lower edge.
    pub low: Column<'a>,
    /// Upper edge.
    pub high: Column<'a>,
    /// Legend entry, if any.
    pub name: Option<Rich>,
    /// Colour role; drawn translucent.
    pub ink: Ink,
    /// Ruling over the tint.
    pub hatch: Option<Hatch>,
}

/// Bars of equal width centred on `x`, from zero to `height`.
#[derive(Clone, Debug)]
pub struct Bars<'a> {
    /// Centres.
    pub x: Column<'a>,
    /// Heights.
    pub height: Column<'a>,
    /// Width in data units.
    pub width: f64,
    /// Legend entry, if any.
    pub name: Option<Rich>,
    /// Colour role.
    pub ink: Ink,
    /// Ruling over the tint.
    pub hatch: Option<Hatch>,
}

/// Touching bins between `edges` (one more than heights, ascending), standing on zero.
#[derive(Clone, Debug)]
pub struct Histogram<'a> {
    /// Edges of the bins.
    pub edges: Column<'a>,
    /// Heights of the bins.
    pub height: Column<'a>,
    /// Legend entry, if any.
    pub name: Option<Rich>,
    /// Colour role; the area below is a tint of it.
    pub ink: Ink,
    /// Ruling over the tint.
    pub hatch: Option<Hatch>,
}

/// Intervals `low..high` through the points (x, y), with caps.
#[derive(Clone, Debug)]
pub struct ErrorBars<'a> {
    /// Abscissae.
    pub x: Column<'a>,
    /// Ordinates.
    pub y: Column<'a>,
    /// Lower (or left) ends, in data units.
    pub low: Column<'a>,
    /// Upper (or right) ends, in data units.
    pub high: Column<'a>,
    /// Whether the intervals lie along x instead of y.
    pub along_x: bool,
    /// Marker at the points; without one only the intervals are drawn.
    pub marker: Option<Marker>,
    /// Legend entry, if any.
    pub name: Option<Rich>,
    /// Colour role.
    pub ink: Ink,
    /// Stroke weight.
    pub weight: Weight,
}

/// A scalar field on an `nx × ny` grid of cells, equally large as the axes are drawn, row-major from
/// the lowest y.
#[derive(Clone, Debug)]
pub struct HeatMap<'a> {
    /// Left and right edge.
    pub x: [f64; 2],
    /// Lower and upper edge.
    pub y: [f64; 2],
    /// Cells per row.
    pub nx: usize,
    /// `values[iy * nx + ix]`; non-finite cells are left blank.
    pub values: Column<'a>,
    /// Values at the two ends of the colour map.
    pub range: [f64; 2],
    /// Colour map.
    pub map: Colormap,
    /// Quantity shown, for the colour bar.
    pub label: Rich,
}

/// Lines where a scalar field on an `nx × ny` grid of nodes, row-major from the lowest y, takes `levels`.
#[derive(Clone, Debug)]
pub struct Contours<'a> {
    /// First and last node along x.
    pub x: [f64; 2],
    /// First and last node along y.
    pub y: [f64; 2],
    /// Nodes per row.
    pub nx: usize,
    /// `values[iy * nx + ix]`; lines end at non-finite nodes.
    pub values: Column<'a>,
    /// Values to draw, ascending.
    pub levels: Vec<f64>,
    /// Whether the lines carry their values.
    pub labels: bool,
    /// Legend entry, if any.
    pub name: Option<Rich>,
    /// Colour role.
    pub ink: Ink,
    /// Dash pattern.
    pub dash: Dash,
    /// Stroke weight.
    pub weight: Weight,
}

/// Evenly spaced lines along the vector field (u, v) on an `nx × ny` grid of nodes, with arrow heads.
#[derive(Clone, Debug)]
pub struct Streamlines<'a> {
    /// First and last node along x.
    pub x: [f64; 2],
    /// First and last node along y.
    pub y: [f64; 2],
    /// Nodes per row.
    pub nx: usize,
    /// Components along x, in data units; row-major from the lowest y.
    pub u: Column<'a>,
    /// Components along y.
    pub v: Column<'a>,
    /// Lines across the panel, about.
    pub density: f64,
    /// Legend entry, if any.
    pub name: Option<Rich>,
    /// Colour role.
    pub ink: Ink,
    /// Stroke weight.
    pub weight: Weight,
}

/// Arrows from (x, y) to (x + u, y + v), all in data units.
#[derive(Clone, Debug)]
pub struct Arrows<'a> {
    /// Tails, abscissae.
    pub x: Column<'a>,
    /// Tails, ordinates.
    pub y: Column<'a>,
    /// Lengths along x.
    pub u: Column<'a>,
    /// Lengths along y.
    pub v: Column<'a>,
    /// Legend entry, if any.
    pub name: Option<Rich>,
    /// Colour role.
    pub ink: Ink,
    /// Stroke weight.
    pub weight: Weight,
}

/// A filled polygon, closed implicitly.
#[derive(Clone, Debug)]
pub struct Region<'a> {
    /// Corner abscissae.
    pub x: Column<'a>,
    /// Corner ordinates.
    pub y: Column<'a>,
    /// Legend entry, if any.
    pub name: Option<Rich>,
    /// Colour role; drawn as a tint.
    pub ink: Ink,
    /// Ruling over the tint.
    pub hatch: Option<Hatch>,
}

/// A rule across the panel.
#[derive(Clone, Debug)]
pub enum Rule {
    /// Horizontal, at this y.
    Y(f64, Ink, Dash),
    /// Vertical, at this x.
    X(f64, Ink, Dash),
}

/// A label centred on a point.
#[derive(Clone, Debug)]
pub struct Text {
    /// Position in data units.
    pub at: [f64; 2],
    /// What it says.
    pub text: Rich,
    /// Colour role.
    pub ink: Ink,
}

/// A label placed in free space near `at`, with an arrow that ends there.
#[derive(Clone, Debug)]
pub struct Callout {
    /// What it speaks of, in data units.
    pub at: [f64; 2],
    /// What it says.
    pub text: Rich,
    /// Colour role.
    pub ink: Ink,
}
