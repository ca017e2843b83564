//! A plateau, a cliff and a valley on one line.

use super::pointwise::Line;

/// A gentle plateau, a smooth cliff and a valley:
/// `U = ε w_l sp((x_l − x)/w_l) + D σ((x_c − x)/w) + ½ k (w_v sp((x − x_v)/w_v))²`
/// with sp = softplus and σ = logistic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlateauCliffValley {
    /// Slope ε of the plateau.
    pub slope: f64,
    /// Rounding width w_l of the plateau's end.
    pub plateau_width: f64,
    /// Where the plateau ends, x_l.
    pub plateau_end: f64,
    /// Height D of the cliff.
    pub drop: f64,
    /// Position x_c of the cliff.
    pub cliff: f64,
    /// Width w of the cliff; its steepest slope is D/(4w).
    pub cliff_width: f64,
    /// Stiffness k of the valley's far wall.
    pub wall: f64,
    /// Where the wall begins, x_v.
    pub wall_start: f64,
    /// Rounding width w_v of the wall.
    pub wall_width: f64,
}

impl Default for PlateauCliffValley {
    fn default() -> Self {
        PlateauCliffValley {
            slope: 0.02,
            plateau_width: 0.3,
            plateau_end: 0.0,
            drop: 1.0,
            cliff: 0.0,
            cliff_width: 0.15,
            wall: 4.0,
            wall_start: 0.6,
            wall_width: 0.1,
        }
    }
}

/// ln(1 + eˣ) without overflow.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-x.abs()))
}

/// 1 / (1 + e⁻ˣ) without overflow.
fn logistic(x: f64) -> f64 {
    let e = libm::exp(-x.abs());
    if x >= 0.0 { 1.0 / (1.0 + e) } else { e / (1.0 + e) }
}

impl PlateauCliffValley {
    /// Where the valley's floor is, by bisection of the force to the right of the cliff.
    fn floor(&self) -> f64 {
        let (mut low, mut high) = (self.cliff, self.wall_start.max(self.cliff));
        let mut reach = self.wall_width.abs().max(1e-3);
        while self.force(high) > 0.0 && reach < 1e9 {
            high += reach;
            reach *= 2.0;
        }
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            let side = if self.force(middle) > 0.0 { &mut low } else { &mut high };
            *side = middle;
        }
        0.5 * (low + high)
    }
}

impl Line for PlateauCliffValley {
    fn value(&self, x: f64) -> f64 {
        let plateau = self.slope * self.plateau_width * softplus((self.plateau_end - x) / self.plateau_width);
        let cliff = self.drop * logistic((self.cliff - x) / self.cliff_width);
        let wall = self.wall_width * softplus((x - self.wall_start) / self.wall_width);
        plateau + cliff + 0.5 * self.wall * wall * wall
    }

    fn force(&self, x: f64) -> f64 {
        let plateau = self.slope * logistic((self.plateau_end - x) / self.plateau_width);
        let s = logistic((self.cliff - x) / self.cliff_width);
        let r = (x - self.wall_start) / self.wall_width;
        let wall = self.wall * self.wall_width * softplus(r) * logistic(r);
        plateau + self.drop / self.cliff_width * s * (1.0 - s) - wall
    }

    fn curvature(&self, x: f64) -> f64 {
        let p = logistic((self.plateau_end - x) / self.plateau_width);
        let s = logistic((self.cliff - x) / self.cliff_width);
        let r = (x - self.wall_start) / self.wall_width;
        let up = logistic(r);
        let cliff = self.drop / (self.cliff_width * self.cliff_width) * s * (1.0 - s) * (1.0 - 2.0 * s);
        let wall = self.wall * (up * up + softplus(r) * up * (1.0 - up));
        self.slope / self.plateau_width * p * (1.0 - p) + cliff + wall
    }

    fn near(&self) -> Vec<f64> {
        vec![self.floor()]
    }
}

super::pointwise::line!(PlateauCliffValley);
