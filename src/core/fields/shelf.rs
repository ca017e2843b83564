//! An exactly flat shelf, and a bowl behind its edge.

use super::pointwise::{Line, line};

/// `U = 0` up to the edge, `½ k ((x − x*)² − r²)` beyond it, with the minimum x* = edge + r: no force at all
/// on the shelf, and a force of k r at once behind the edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shelf {
    /// Where the shelf ends.
    pub edge: f64,
    /// Stiffness k of the bowl.
    pub stiffness: f64,
    /// Distance r from the edge to the minimum.
    pub reach: f64,
}

impl Line for Shelf {
    fn value(&self, x: f64) -> f64 {
        let d = x - self.edge - self.reach;
        if x <= self.edge { 0.0 } else { 0.5 * self.stiffness * (d * d - self.reach * self.reach) }
    }

    fn force(&self, x: f64) -> f64 {
        if x <= self.edge { 0.0 } else { -self.stiffness * (x - self.edge - self.reach) }
    }

    fn curvature(&self, x: f64) -> f64 {
        if x <= self.edge { 0.0 } else { self.stiffness }
    }

    fn near(&self) -> Vec<f64> {
        vec![self.edge + self.reach]
    }
}

line!(Shelf);

#[cfg(test)]
mod tests {
    use super::{Line, Shelf};

    #[test]
    fn the_force_is_the_slope_downhill_and_nothing_on_the_shelf() {
        let shelf = Shelf { edge: 0.5, stiffness: 4.0, reach: 0.75 };
        for (x, value, force) in [(-9.0, 0.0, 0.0), (0.5, 0.0, 0.0), (1.25, -1.125, 0.0), (2.0, 0.0, -3.0)] {
            assert_eq!((shelf.value(x), shelf.force(x)), (value, force), "{x}");
        }
        for x in [-1.0, 0.4, 0.75, 1.25, 1.5, 3.0] {
            let h = 0.0625;
            // Exact for a quadratic and binary fractions.
            assert!((shelf.force(x) + (shelf.value(x + h) - shelf.value(x - h)) / (2.0 * h)).abs() <= 1e-14, "{x}");
        }
    }
}
