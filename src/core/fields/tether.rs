//! A spring between the two coordinates of a particle.

use super::pointwise::{Plane, plane};

/// `U = ½ λ (x − c)²` for a parameter x and a minimum c that goes its own way: the second coordinate. Its
/// minima are the line x = c, so no stationary point stands alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tether {
    /// Curvature λ.
    pub curvature: f64,
}

impl Plane for Tether {
    fn value(&self, [x, c]: [f64; 2]) -> f64 {
        0.5 * self.curvature * (x - c) * (x - c)
    }

    fn force(&self, [x, c]: [f64; 2]) -> [f64; 2] {
        let pull = self.curvature * (x - c);
        [-pull, pull]
    }

    fn curvature(&self, _: [f64; 2]) -> [f64; 3] {
        [self.curvature, -self.curvature, self.curvature]
    }

    fn near(&self) -> Vec<[f64; 2]> {
        Vec::new()
    }
}

plane!(Tether);
