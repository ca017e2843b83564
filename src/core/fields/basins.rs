//! Landscapes over the plane to sample from: several wells, and a bent valley.

use super::super::{Kernel, Lanes};
use super::DoubleWell;
use super::pointwise::{Plane, plane};

/// `U = E ((x/a)² − 1)² + E ((y/b)² − 1)²`: four wells at (±a, ±b), barriers E between neighbours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FourWells {
    /// Barrier height E.
    pub barrier: f64,
    /// Half distances of the wells a, b.
    pub half_width: [f64; 2],
}

impl FourWells {
    /// The double wells along x and along y, of which it is the sum.
    #[inline(always)]
    fn sides(&self) -> [DoubleWell; 2] {
        let ([a, b], barrier) = (self.half_width, self.barrier);
        [DoubleWell { barrier, half_width: a }, DoubleWell { barrier, half_width: b }]
    }
}

impl Kernel<2> for FourWells {
    #[inline(always)]
    fn value<L: Lanes>(&self, [x, y]: [L; 2]) -> L {
        let [along, across] = self.sides();
        along.value([x]) + across.value([y])
    }

    #[inline(always)]
    fn force<L: Lanes>(&self, [x, y]: [L; 2]) -> [L; 2] {
        let [along, across] = self.sides();
        [along.force([x])[0], across.force([y])[0]]
    }

    #[inline(always)]
    fn curvatures<L: Lanes>(&self, [x, y]: [L; 2]) -> [L; 2] {
        let [along, across] = self.sides();
        [along.curvatures([x])[0], across.curvatures([y])[0]]
    }
}

impl Plane for FourWells {
    fn value(&self, q: [f64; 2]) -> f64 {
        Kernel::value(self, q)
    }

    fn force(&self, q: [f64; 2]) -> [f64; 2] {
        Kernel::force(self, q)
    }

    fn curvature(&self, q: [f64; 2]) -> [f64; 3] {
        let [xx, yy] = Kernel::curvatures(self, q);
        [xx, 0.0, yy]
    }

    fn near(&self) -> Vec<[f64; 2]> {
        let [a, b] = self.half_width;
        [-1.0, 0.0, 1.0].iter().flat_map(|i| [-1.0, 0.0, 1.0].map(|j| [i * a, j * b])).collect()
    }
}

plane!(FourWells, kernel);

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

impl TwinWells {
    #[inline(always)]
    fn along(&self) -> DoubleWell {
        DoubleWell { barrier: self.barrier, half_width: self.half_width }
    }

    /// The distance from the bottom of the valley.
    #[inline(always)]
    fn off<L: Lanes>(&self, [x, y]: [L; 2]) -> L {
        y - L::splat(self.slant) * x
    }
}

impl Kernel<2> for TwinWells {
    #[inline(always)]
    fn value<L: Lanes>(&self, q: [L; 2]) -> L {
        let off = self.off(q);
        self.along().value([q[0]]) + L::splat(0.5 * self.stiffness) * (off * off)
    }

    #[inline(always)]
    fn force<L: Lanes>(&self, q: [L; 2]) -> [L; 2] {
        let [along] = self.along().force([q[0]]);
        let across = L::splat(self.stiffness) * self.off(q);
        [along + L::splat(self.slant) * across, -across]
    }

    #[inline(always)]
    fn curvatures<L: Lanes>(&self, [x, _]: [L; 2]) -> [L; 2] {
        let [along] = self.along().curvatures([x]);
        [along + L::splat(self.stiffness * self.slant * self.slant), L::splat(self.stiffness)]
    }
}

impl Plane for TwinWells {
    fn value(&self, q: [f64; 2]) -> f64 {
        Kernel::value(self, q)
    }

    fn force(&self, q: [f64; 2]) -> [f64; 2] {
        Kernel::force(self, q)
    }

    fn curvature(&self, q: [f64; 2]) -> [f64; 3] {
        let [xx, yy] = Kernel::curvatures(self, q);
        [xx, -self.stiffness * self.slant, yy]
    }

    fn near(&self) -> Vec<[f64; 2]> {
        [-1.0, 0.0, 1.0].map(|i| [i * self.half_width, i * self.slant * self.half_width]).to_vec()
    }
}

plane!(TwinWells, kernel);

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
    /// The distance from the bottom of the valley.
    #[inline(always)]
    fn off<L: Lanes>(&self, [x, y]: [L; 2]) -> L {
        y - L::splat(self.bend) * (x * x - L::splat(self.width * self.width))
    }

    /// The curvature along x without the bend.
    #[inline(always)]
    fn along(&self) -> f64 {
        1.0 / (self.width * self.width)
    }
}

impl Kernel<2> for Banana {
    #[inline(always)]
    fn value<L: Lanes>(&self, q: [L; 2]) -> L {
        let off = self.off(q);
        L::splat(0.5 * self.along()) * (q[0] * q[0]) + L::splat(0.5 * self.stiffness) * (off * off)
    }

    #[inline(always)]
    fn force<L: Lanes>(&self, q: [L; 2]) -> [L; 2] {
        let across = L::splat(self.stiffness) * self.off(q);
        [q[0] * (L::splat(2.0 * self.bend) * across - L::splat(self.along())), -across]
    }

    #[inline(always)]
    fn curvatures<L: Lanes>(&self, q: [L; 2]) -> [L; 2] {
        let (slope, k) = (L::splat(2.0 * self.bend) * q[0], L::splat(self.stiffness));
        let turn = slope * slope - L::splat(2.0 * self.bend) * self.off(q);
        [L::splat(self.along()) + k * turn, k]
    }
}

impl Plane for Banana {
    fn value(&self, q: [f64; 2]) -> f64 {
        Kernel::value(self, q)
    }

    fn force(&self, q: [f64; 2]) -> [f64; 2] {
        Kernel::force(self, q)
    }

    fn curvature(&self, q: [f64; 2]) -> [f64; 3] {
        let [xx, yy] = Kernel::curvatures(self, q);
        [xx, -2.0 * self.bend * q[0] * self.stiffness, yy]
    }

    fn near(&self) -> Vec<[f64; 2]> {
        vec![[0.0, -self.bend * self.width * self.width]]
    }
}

plane!(Banana, kernel);
