//! From places on the page back to the numbers pgfplots is given.

use crate::export::geometry::Ruler;
use crate::export::layout::Placed;
use crate::export::path::Point;
use crate::figure::Scale;

/// A number may move what it places by half of this many points.
const STEP: f64 = 0.01;
/// TeX computes with five or six digits: an axis whose values share more than three is counted from
/// its lower end.
const SHARED: f64 = 1e3;
/// Shortest logarithmic axis TeX can divide, in decades.
const SHORTEST: f64 = 0.05;

/// Both axes of a panel.
pub(super) struct Tracks<'a> {
    pub x: Track<'a>,
    pub y: Track<'a>,
}

impl<'a> Tracks<'a> {
    pub fn new(placed: &'a Placed) -> Self {
        Tracks { x: Track::new(&placed.x), y: Track::new(&placed.y) }
    }

    /// A place as `(x,y)` in the units of the axes.
    pub fn at(&self, [x, y]: Point) -> String {
        format!("({},{})", self.x.at(x), self.y.at(y))
    }
}

/// How one axis is told to pgfplots.
pub(super) struct Track<'a> {
    pub ruler: &'a Ruler,
    way: Way,
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// In the data's own numbers.
    Plain,
    /// Likewise, on a logarithmic axis.
    Log,
    /// Counted from a value.
    From(f64),
    /// In the coordinate in which lengths are proportional.
    Proportional,
}

impl<'a> Track<'a> {
    pub fn new(ruler: &'a Ruler) -> Self {
        let (low, high) = (ruler.low, ruler.high);
        let way = match ruler.scale {
            Scale::Linear if low.abs().max(high.abs()) > SHARED * (high - low) => Way::From(low),
            Scale::Linear => Way::Plain,
            Scale::Log if high.log10() - low.log10() > SHORTEST => Way::Log,
            Scale::Log | Scale::SymLog(_) => Way::Proportional,
        };
        Track { ruler, way }
    }

    /// The pgfplots mode.
    pub fn mode(&self) -> &'static str {
        if self.way == Way::Log { "log" } else { "normal" }
    }

    /// What an author must know about the numbers of this axis, if anything.
    pub fn note(&self) -> Option<String> {
        match (self.way, self.ruler.scale) {
            (Way::From(low), _) => Some(format!("counts from {low:e}")),
            (Way::Proportional, Scale::SymLog(linear)) => {
                Some(format!("counts asinh(value/{})/ln(10)", shortest(2.0 * linear)))
            }
            (Way::Proportional, _) => Some("counts log10(value)".to_owned()),
            (Way::Plain | Way::Log, _) => None,
        }
    }

    /// The number that lies at a position, as short as print allows.
    pub fn at(&self, position: f64) -> String {
        let step = (self.number(position + STEP / 2.0) - self.number(position - STEP / 2.0)).abs();
        let decimals = if step > 0.0 && step.is_finite() { (-step.log10()).ceil() } else { 6.0 };
        printed(self.number(position), decimals as i32)
    }

    /// The number of a value; `None` for one beyond the ends of the axis.
    pub fn of(&self, value: f64) -> Option<String> {
        let (low, high) = (self.ruler.from.min(self.ruler.to), self.ruler.from.max(self.ruler.to));
        let shown = |position: &f64| (low - STEP..=high + STEP).contains(position);
        self.ruler.place(value).filter(shown).map(|position| self.at(position))
    }

    /// The numbers of both ends, in full.
    pub fn ends(&self) -> [String; 2] {
        let ruler = self.ruler;
        let end = |value: f64| match self.way {
            Way::Plain | Way::Log => shortest(value),
            Way::From(low) => shortest(value - low),
            Way::Proportional => shortest(ruler.scale.forward(value).unwrap_or(0.0)),
        };
        [end(ruler.low), end(ruler.high)]
    }

    fn number(&self, position: f64) -> f64 {
        let value = self.ruler.value(position);
        // A margin around a box at the end of what numbers can say lies beyond them.
        let known = value.is_finite() && (value > 0.0 || self.ruler.scale != Scale::Log);
        let nearest = if (position - self.ruler.from).abs() < (position - self.ruler.to).abs() {
            self.ruler.low
        } else {
            self.ruler.high
        };
        let value = if known { value } else { nearest };
        match self.way {
            Way::Plain | Way::Log => value,
            Way::From(low) => value - low,
            Way::Proportional => self.ruler.scale.forward(value).unwrap_or(0.0),
        }
    }
}

/// A length in points with at most two decimals (0.01 pt is 0.0035 mm); never NaN, never huge.
pub(super) fn length(value: f64) -> String {
    let value = if value.is_nan() { 0.0 } else { value.clamp(-1e4, 1e4) };
    printed(value, 2)
}

/// The shortest text that reads back as the same number.
fn shortest(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 {
        "0".to_owned()
    } else if (1e-4..1e6).contains(&size) {
        value.to_string()
    } else {
        format!("{value:e}")
    }
}

/// A number with so many decimals (rounded before the point when negative), and no idle zeros.
pub(super) fn printed(value: f64, decimals: i32) -> String {
    let size = value.abs();
    let magnitude = if size > 0.0 && size.is_finite() { size.log10().floor() as i32 } else { return "0".to_owned() };
    let digits = magnitude.saturating_add(decimals);
    if digits < -1 {
        return "0".to_owned();
    }
    if (1e-4..1e6).contains(&size) {
        let text = if decimals > 0 {
            format!("{value:.*}", decimals.min(17) as usize)
        } else {
            let unit = 10f64.powi(-decimals);
            format!("{}", (value / unit).round() * unit)
        };
        return without_idle_zeros(&text);
    }
    let text = format!("{value:.*e}", digits.clamp(0, 16) as usize);
    match text.split_once('e') {
        Some((mantissa, exponent)) => format!("{}e{exponent}", without_idle_zeros(mantissa)),
        None => text,
    }
}

fn without_idle_zeros(text: &str) -> String {
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text };
    if text == "-0" || text.is_empty() { "0".to_owned() } else { text.to_owned() }
}
