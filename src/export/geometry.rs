//! Rectangles, and the map from data units to points on the page. y grows downwards.

use crate::figure::{Scale, Ticks};

/// An upright rectangle in points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Rect {
    /// Right edge.
    pub fn right(&self) -> f64 {
        self.x + self.w
    }

    /// Lower edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.h
    }

    /// The rectangle grown by `margin` on every side.
    pub fn grown(&self, margin: f64) -> Rect {
        Rect { x: self.x - margin, y: self.y - margin, w: self.w + 2.0 * margin, h: self.h + 2.0 * margin }
    }

    /// Whether a point lies inside or on the edge.
    pub fn contains(&self, [x, y]: [f64; 2]) -> bool {
        x >= self.x && x <= self.right() && y >= self.y && y <= self.bottom()
    }

    /// Whether two rectangles share area.
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// The rectangle moved as little as possible to lie within `outer` (its start when too large).
    pub fn inside(&self, outer: &Rect) -> Rect {
        let keep = |at: f64, low: f64, high: f64| at.min(high).max(low);
        let x = keep(self.x, outer.x, outer.right() - self.w);
        Rect { x, y: keep(self.y, outer.y, outer.bottom() - self.h), ..*self }
    }
}

/// Farthest a placed coordinate may lie from the start of its axis, in points.
const FAR: f64 = 1e7;

/// One axis on the page: where a value lies, and where the ticks are.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruler {
    /// Lowest value shown.
    pub low: f64,
    /// Highest value shown.
    pub high: f64,
    /// Linear or logarithmic.
    pub scale: Scale,
    /// Position of `low` in points.
    pub from: f64,
    /// Position of `high` in points.
    pub to: f64,
    /// Its marks.
    pub ticks: Ticks,
    start: f64,
    slope: f64,
}

impl Ruler {
    /// An axis without marks from `low` at `from` to `high` at `to`.
    pub fn new([low, high]: [f64; 2], scale: Scale, from: f64, to: f64) -> Self {
        let [start, end] = [low, high].map(|v| scale.forward(v).unwrap_or(f64::NAN));
        Ruler { low, high, scale, from, to, ticks: Ticks::default(), start, slope: (to - from) / (end - start) }
    }

    /// Where `value` lies; `None` for a gap (not finite, or not positive on a logarithmic axis).
    ///
    /// What lies far outside is brought to a fixed distance, so that no coordinate is ever huge.
    #[inline]
    pub fn place(&self, value: f64) -> Option<f64> {
        let u = self.scale.forward(value)?;
        Some(self.from + ((u - self.start) * self.slope).clamp(-FAR, FAR))
    }

    /// The value at a position.
    pub fn value(&self, position: f64) -> f64 {
        self.scale.back(self.start + (position - self.from) / self.slope)
    }

    /// Whether a value lies on the axis.
    pub fn shows(&self, value: f64) -> bool {
        value >= self.low && value <= self.high
    }
}
