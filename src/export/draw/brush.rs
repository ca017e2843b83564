//! Colours, weights and dashes of one page.

use super::{Fill, Shape, Stroke};
use crate::export::page::Page;
use crate::export::path::Point;
use crate::figure::{Dash, Hatch, Ink, Rgb, Weight};

/// Strength of the tint of bands, bars and histograms.
pub(super) const BAND: f64 = 0.28;
/// Strength of a region's tint.
pub(super) const REGION: f64 = 0.13;
/// Strength of the ruling of a hatched area.
const RULING: f64 = 0.6;

/// What colour roles and weights become on a page.
pub(super) struct Brush<'p> {
    pub page: &'p Page,
}

impl Brush<'_> {
    /// The colour of a role.
    pub fn color(&self, ink: Ink) -> Rgb {
        ink.on(self.page.medium)
    }

    /// A tint of `ink` on the ground.
    pub fn tint(&self, ink: Ink, share: f64) -> Rgb {
        self.color(ink).over(self.color(Ink::Ground), share)
    }

    /// Width of axes and ticks in points.
    pub fn axis(&self) -> f64 {
        (self.page.line_pt / 2.0).max(Page::HAIRLINE)
    }

    /// An opaque tint, ruled if it is hatched.
    pub fn fill(&self, ink: Ink, share: f64, hatch: Option<Hatch>) -> Fill {
        Fill { color: self.tint(ink, share), opacity: 1.0, hatch: hatch.map(|h| (h, self.tint(ink, RULING))) }
    }

    /// A translucent wash, so that one band shows through another.
    pub fn wash(&self, ink: Ink, hatch: Option<Hatch>) -> Fill {
        Fill { color: self.color(ink), opacity: BAND, hatch: hatch.map(|h| (h, self.tint(ink, RULING))) }
    }

    /// A stroke of a role.
    pub fn stroke(&self, ink: Ink, dash: Dash, weight: Weight) -> Stroke {
        let width = self.page.stroke(weight);
        let pattern: &[f64] = match dash {
            Dash::Solid => &[],
            Dash::Dashed => &[4.0, 2.0],
            Dash::Dotted => &[1.0, 1.4],
            Dash::DashDot => &[4.0, 1.5, 1.0, 1.5],
        };
        let dash = pattern.iter().map(|length| length * width.max(0.8)).collect();
        Stroke { color: self.color(ink), width, dash }
    }

    /// An unbroken stroke of a given width.
    pub fn plain(&self, ink: Ink, width: f64) -> Stroke {
        Stroke { color: self.color(ink), width, dash: Vec::new() }
    }
}

/// An open path.
pub(super) fn lines(runs: Vec<Vec<Point>>, stroke: Stroke) -> Shape {
    Shape::Path { runs, closed: false, fill: None, stroke: Some(stroke) }
}

/// Filled polygons.
pub(super) fn areas(runs: Vec<Vec<Point>>, fill: Fill) -> Shape {
    Shape::Path { runs, closed: true, fill: Some(fill), stroke: None }
}
