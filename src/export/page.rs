//! The sheet a figure is printed on, and the sizes everything on it follows.

use super::ExportError;
use crate::figure::{Medium, Weight};

/// Points per millimetre.
pub(crate) const PT_PER_MM: f64 = PT_PER_INCH / 25.4;
/// Points per inch.
pub(crate) const PT_PER_INCH: f64 = 72.0;

/// How a figure is printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Exact width of the artwork in millimetres.
    pub width_mm: f64,
    /// Exact height in millimetres; `None` follows the panels' natural proportions.
    pub height_mm: Option<f64>,
    /// Size of all lettering in points (sub- and superscripts are smaller, never below 5).
    pub font_pt: f64,
    /// Weight of a normal data line in points; axes take half of it.
    pub line_pt: f64,
    /// Whether panels carry the letters a, b, c.
    pub letters: bool,
    /// Whether the ground is left out.
    pub transparent: bool,
    /// Which colours the roles become.
    pub medium: Medium,
}

impl Default for Page {
    fn default() -> Self {
        Page::new(Page::DOUBLE)
    }
}

impl Page {
    /// Two columns of a journal page (size preset), in millimetres.
    pub const DOUBLE: f64 = 183.0;
    /// Resolution of clouds too dense for a vector file, in dots per inch.
    pub const SCATTER_DPI: f64 = 600.0;
    /// The thinnest line drawn, in points; thinner ones are lost in print.
    pub const HAIRLINE: f64 = 0.3;
    /// No natural height exceeds this, in millimetres.
    pub const TALLEST: f64 = 240.0;

    /// A white page of this width with 7 pt lettering, 1 pt data lines and panel letters.
    pub fn new(width_mm: f64) -> Self {
        Page {
            width_mm,
            height_mm: None,
            font_pt: 7.0,
            line_pt: 1.0,
            letters: true,
            transparent: false,
            medium: Medium::Print,
        }
    }

    /// Stroke width in points.
    pub(crate) fn stroke(&self, weight: Weight) -> f64 {
        let relative = match weight {
            Weight::Thin => 0.5,
            Weight::Normal => 1.0,
            Weight::Bold => 1.6,
        };
        (self.line_pt * relative).max(Page::HAIRLINE)
    }

    /// Size of panel letters in points.
    pub(crate) fn letter_pt(&self) -> f64 {
        (self.font_pt + 1.0).max(8.0)
    }

    /// Refuses sizes no printer or renderer could mean.
    pub(crate) fn check(&self) -> Result<(), ExportError> {
        let rules = [
            ("width", self.width_mm, 20.0, 2000.0, "mm"),
            ("height", self.height_mm.unwrap_or(100.0), 15.0, 2000.0, "mm"),
            ("lettering", self.font_pt, 4.0, 72.0, "pt"),
            ("line weight", self.line_pt, 0.1, 20.0, "pt"),
        ];
        match rules.into_iter().find(|(_, value, low, high, _)| !(low..=high).contains(&value)) {
            Some((what, value, low, high, unit)) => {
                Err(ExportError::Page(format!("its {what} of {value} {unit} must be between {low} and {high} {unit}")))
            }
            None => Ok(()),
        }
    }
}
