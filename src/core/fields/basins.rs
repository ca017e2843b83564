//! Landscapes over the plane to sample from: several wells, and a bent valley.

use super::pointwise::{Plane, plane};

/// `U = E ((x/a)² − 1)² + E ((y/b)² − 1)²`: four wells at (±a, ±b), barriers E between neighbours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FourWells {
    /// Barrier height E.
    pub barrier: f64,
    /// Half distances of the wells a, b.
    pub half_width: [f64; 2],
}

impl Plane for FourWells {
    fn value(&self, q: [f64; 2]) -> f64 {
        let well = |i: usize| {
            let w = q[i] * q[i] / (self.half_width[i] * self.half_width[i]) - 1.0;
            self.barrier * w * w
        };
        well(0) + well(1)
    }

    fn force(&self, q: [f64; 2]) -> [f64; 2] {
        let pull = |i: usize| {
            let a2 = self.half_width[i] * self.half_width[i];
            -4.0 * self.barrier * q[i] / a2 * (q[i] * q[i] / a2 - 1.0)
        };
        [pull(0), pull(1)]
    }

    fn curvature(&self, q: [f64; 2]) -> [f64; 3] {
        let bend = |i: usize| {
            let a2 = self.half_width[i] * self.half_width[i];
            4.0 * self.barrier / a2 * (3.0 * q[i] * q[i] / a2 - 1.0)
        };
        [bend(0), 0.0, bend(1)]
    }

    fn near(&self) -> Vec<[f64; 2]> {
        let [a, b] = self.half_width;
        [-1.0, 0.0, 1.0].iter().flat_map(|i| [-1.0, 0.0, 1.0].map(|j| [i * a, j * b])).collect()
    }
}

plane!(FourWells);

/// `U = E ((x/a)² − 1)² + ½ k (y − s x)²`: two wells at ±(a, sa), a saddle of height E between them, and
/// the valley turned by the slant s.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwinWells {
    /// Barrier height E.
    pub barrier: f64,
    /// Half distance of the wells along x, a.
    pub half_width: f64,
    /// Stiffness k across the valley.
    pub stiffness: f64,
    /// Slant s of the valley.
    pub slant: f64,
}

impl Plane for TwinWells {
    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        let (w, off) = (x * x / (self.half_width * self.half_width) - 1.0, y - self.slant * x);
        self.barrier * w * w + 0.5 * self.stiffness * off * off
    }

    fn force(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let a2 = self.half_width * self.half_width;
        let across = self.stiffness * (y - self.slant * x);
        [-4.0 * self.barrier * x / a2 * (x * x / a2 - 1.0) + self.slant * across, -across]
    }

    fn curvature(&self, [x, _]: [f64; 2]) -> [f64; 3] {
        let a2 = self.half_width * self.half_width;
        let along = 4.0 * self.barrier / a2 * (3.0 * x * x / a2 - 1.0);
        [along + self.stiffness * self.slant * self.slant, -self.stiffness * self.slant, self.stiffness]
    }

    fn near(&self) -> Vec<[f64; 2]> {
        [-1.0, 0.0, 1.0].map(|i| [i * self.half_width, i * self.slant * self.half_width]).to_vec()
    }
}

plane!(TwinWells);

/// `U = ½ x²/a² + ½ k (y − b (x² − a²))²`: a Gaussian bent into a banana (Haario, Saksman and Tamminen
/// 1999). At temperature T the variance of x is a² T exactly, and that of y is T/k + 2 b² a⁴ T².
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Banana {
    /// Width a.
    pub width: f64,
    /// Bend b.
    pub bend: f64,
    /// Stiffness k across the valley.
    pub stiffness: f64,
}

impl Banana {
    fn off(&self, [x, y]: [f64; 2]) -> f64 {
        y - self.bend * (x * x - self.width * self.width)
    }
}

impl Plane for Banana {
    fn value(&self, q: [f64; 2]) -> f64 {
        let off = self.off(q);
        0.5 * q[0] * q[0] / (self.width * self.width) + 0.5 * self.stiffness * off * off
    }

    fn force(&self, q: [f64; 2]) -> [f64; 2] {
        let across = self.stiffness * self.off(q);
        [-q[0] / (self.width * self.width) + 2.0 * self.bend * q[0] * across, -across]
    }

    fn curvature(&self, q: [f64; 2]) -> [f64; 3] {
        let (slope, k) = (2.0 * self.bend * q[0], self.stiffness);
        let along = 1.0 / (self.width * self.width) - 2.0 * self.bend * k * self.off(q) + slope * slope * k;
        [along, -slope * k, k]
    }

    fn near(&self) -> Vec<[f64; 2]> {
        vec![[0.0, -self.bend * self.width * self.width]]
    }
}

plane!(Banana);
