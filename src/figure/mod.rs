//! Backend-neutral figures.
//!
//! A scene describes *what* is shown ([`Figure`] → [`Panel`] → [`Layer`]) in data units; `app`
//! turns it into pixels and `export` into millimetres. Colours are roles ([`Ink`]), resolved by a
//! palette per medium, so one figure is right on a dark screen and on paper.

mod colormap;
mod colour;
mod contour;
mod facets;
mod grid;
mod inline;
mod key;
mod layer;
mod palette;
mod pyramid;
mod range;
mod rich;
mod streamlines;
mod ticks;

use std::f64::consts::LN_10;
use std::ops::Range;

pub use colormap::Colormap;
pub use colour::{Rgb, Vision, ciede2000, delta_e};
pub use contour::contour_lines;
pub use facets::Facets;
pub use grid::along;
pub use inline::{Spot, around, label_spot};
pub use key::ColorKey;
pub use layer::{
    Arrows, Band, Bars, Callout, Column, Contours, Dash, ErrorBars, Hatch, HeatMap, Histogram, Layer, Line, Marker,
    Points, Region, Rule, Streamlines, Text, Weight,
};
pub use palette::{Ink, Medium};
pub use pyramid::{Pyramid, telling};
pub use range::fit_ranges;
pub use rich::{Rich, Span, Style, rich};
pub use streamlines::{Streamline, streamlines};
pub use ticks::{Tick, Ticks, axis_ticks, ticks};

/// One figure: panels in a grid.
#[derive(Clone, Debug)]
pub struct Figure<'a> {
    /// Stable identifier within the scene, used in file names and by `--figure`.
    pub id: &'static str,
    /// What it shows, for menus, captions and the window; never drawn inside the artwork.
    pub title: Rich,
    /// The panels in reading order; those with [`Panel::below`] share a cell with the one before.
    pub panels: Vec<Panel<'a>>,
    /// Number of columns of the grid; cells fill it row by row.
    pub columns: usize,
    /// Draft caption, one or more sentences.
    pub caption: String,
}

impl Figure<'_> {
    /// The panels of each cell of the grid, as ranges of [`Figure::panels`].
    pub fn cells(&self) -> Vec<Range<usize>> {
        cells(self.panels.iter().map(|panel| panel.below))
    }
}

/// The cells of panels of which it is told whether they lie [below](Panel::below) the one before.
pub fn cells(below: impl Iterator<Item = bool>) -> Vec<Range<usize>> {
    let mut cells: Vec<Range<usize>> = Vec::new();
    for (k, below) in below.enumerate() {
        match cells.last_mut().filter(|_| below) {
            Some(cell) => cell.end = k + 1,
            None => cells.push(k..k + 1),
        }
    }
    cells
}

/// One pair of axes with its layers.
#[derive(Clone, Debug)]
pub struct Panel<'a> {
    /// Stable identifier within the figure.
    pub id: &'static str,
    /// Horizontal axis.
    pub x: Axis,
    /// Vertical axis.
    pub y: Axis,
    /// Layers, drawn in order.
    pub layers: Vec<Layer<'a>>,
    /// Points a reader may drag; on paper they are drawn as labelled points.
    pub handles: Vec<Handle>,
    /// How long one iteration is along x, where x is a clock; such panels share their x axis.
    pub clock: Option<f64>,
    /// What a click into the free space means; goes back to the scene with the place, like a handle.
    pub pick: Option<&'static str>,
    /// From where what it shows is seen, azimuth and elevation in degrees, if it can be turned.
    pub turn: Option<[f64; 2]>,
    /// Height relative to the other panels of the same cell or column of the grid.
    pub share: f64,
    /// Stacked under the panel before it, in the same cell of the grid.
    pub below: bool,
    /// Smaller panels inside the box.
    pub insets: Vec<Inset<'a>>,
    /// One data unit is equally long on both axes.
    pub equal: bool,
    /// Layers with a name get a legend (unless fewer than two are named).
    pub legend: bool,
}

impl<'a> Panel<'a> {
    /// An empty panel with a legend and ordinary proportions.
    pub fn new(id: &'static str, x: Axis, y: Axis) -> Self {
        Panel {
            id,
            x,
            y,
            layers: Vec::new(),
            handles: Vec::new(),
            clock: None,
            pick: None,
            turn: None,
            share: 1.0,
            below: false,
            insets: Vec::new(),
            equal: false,
            legend: true,
        }
    }
}

/// A small panel inside the box of another.
#[derive(Clone, Debug)]
pub struct Inset<'a> {
    /// What it shows; it has no legend and no insets of its own.
    pub panel: Panel<'a>,
    /// Left, lower, right and upper edge as shares of the outer box; `None` takes the emptiest corner.
    pub place: Option<[f64; 4]>,
}

/// One axis: a quantity with its unit, a scale and the range shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The quantity, e.g. `position $q$`.
    pub label: Rich,
    /// Its unit as printed in parentheses; empty for a pure number whose label says so.
    pub unit: &'static str,
    /// How values become lengths.
    pub scale: Scale,
    /// The range shown, low to high; `None` fits the data.
    pub range: Option<[f64; 2]>,
    /// Marks chosen by hand, such as multiples of π; empty means the usual numbers.
    pub marks: Vec<Tick>,
}

impl Axis {
    /// A linear axis fitted to its data.
    pub fn new(label: Rich, unit: &'static str) -> Self {
        Axis { label, unit, scale: Scale::Linear, range: None, marks: Vec::new() }
    }

    /// Whether it shows the same quantity as another, in the same way.
    pub fn is_like(&self, other: &Axis) -> bool {
        self.full_label() == other.full_label() && self.scale == other.scale
    }

    /// The same axis showing exactly `low..high`.
    #[must_use]
    pub fn range(mut self, low: f64, high: f64) -> Self {
        self.range = Some([low, high]);
        self
    }

    /// The same axis on a decimal logarithmic scale.
    #[must_use]
    pub fn log(mut self) -> Self {
        self.scale = Scale::Log;
        self
    }

    /// The same axis on a symmetric logarithmic scale, linear within `±linear`.
    #[must_use]
    pub fn symlog(mut self, linear: f64) -> Self {
        self.scale = Scale::SymLog(linear);
        self
    }

    /// The label with its unit in parentheses.
    pub fn full_label(&self) -> Rich {
        if self.unit.is_empty() {
            return self.label.clone();
        }
        let mut label = self.label.clone();
        label.push_plain(&format!(" ({})", self.unit));
        label
    }
}

/// How an axis maps values to lengths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Length proportional to the value.
    Linear,
    /// Length proportional to log₁₀ of the value; values ≤ 0 are not drawn.
    Log,
    /// Length proportional to asinh(v / 2L) / ln 10: logarithmic on both sides of a linear stretch
    /// about ±L, smooth throughout.
    SymLog(f64),
}

impl Scale {
    /// The coordinate in which lengths are proportional; `None` for a value the scale cannot show.
    #[inline]
    pub fn forward(self, value: f64) -> Option<f64> {
        match self {
            _ if !value.is_finite() => None,
            Scale::Linear => Some(value),
            Scale::Log => (value > 0.0).then(|| value.log10()),
            Scale::SymLog(linear) => {
                let share = value / (2.0 * stretch(linear));
                // asinh x = ln 2x beyond 1e9, where the share itself may overflow.
                let far = || (value.abs().ln() - stretch(linear).ln()).copysign(value);
                Some(if share.abs() < 1e9 { share.asinh() } else { far() } / LN_10)
            }
        }
    }

    /// The value at a coordinate; the inverse of [`Scale::forward`].
    #[inline]
    pub fn back(self, coordinate: f64) -> f64 {
        match self {
            Scale::Linear => coordinate,
            Scale::Log => 10f64.powf(coordinate),
            Scale::SymLog(linear) => {
                let angle = coordinate * LN_10;
                let far = || (angle.abs() + stretch(linear).ln()).exp().copysign(angle);
                if angle.abs() < 20.0 { 2.0 * stretch(linear) * angle.sinh() } else { far() }
            }
        }
    }
}

/// The half width of the linear stretch; a senseless one counts as 1.
fn stretch(linear: f64) -> f64 {
    if linear.is_finite() && linear > 0.0 { linear.clamp(1e-300, 1e300) } else { 1.0 }
}

/// A point of a panel that can be dragged.
#[derive(Clone, Debug)]
pub struct Handle {
    /// What the scene calls it; travels back with the drag.
    pub id: String,
    /// Position in data units.
    pub at: [f64; 2],
    /// Colour role.
    pub ink: Ink,
    /// Short label drawn beside it.
    pub label: Rich,
    /// Accessible name, a whole phrase.
    pub name: String,
}

/// A mark of one moment of a run on the screen; never exported.
#[derive(Clone, Debug, PartialEq)]
pub enum Now {
    /// A rule across the panel at this x.
    X(f64),
    /// A ring around this point.
    At([f64; 2], Ink),
}
