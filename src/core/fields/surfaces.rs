//! Saddles, a valley in a plain, and the potential surface chemists learn on.

use super::super::{Kernel, Lanes};
use super::pointwise::{Plane, plane};

/// `U = ½ (x² − y²)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saddle;

impl Plane for Saddle {
    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        0.5 * (x * x - y * y)
    }

    fn force(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [-x, y]
    }

    fn curvature(&self, _: [f64; 2]) -> [f64; 3] {
        [1.0, 0.0, -1.0]
    }

    fn near(&self) -> Vec<[f64; 2]> {
        vec![[0.0, 0.0]]
    }
}

plane!(Saddle);

/// `U = x³ − 3xy²`: three ways down, and no curvature where they meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonkeySaddle;

impl Plane for MonkeySaddle {
    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        x * x * x - 3.0 * x * y * y
    }

    fn force(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [-(3.0 * x * x - 3.0 * y * y), 6.0 * x * y]
    }

    fn curvature(&self, [x, y]: [f64; 2]) -> [f64; 3] {
        [6.0 * x, -6.0 * y, -6.0 * x]
    }

    fn near(&self) -> Vec<[f64; 2]> {
        vec![[0.0, 0.0]]
    }
}

plane!(MonkeySaddle);

/// A narrow valley in a plain: `U = s/(1 + s/D)` with `s = ½ qᵀ K q`, the bowl of curvatures λ₁, λ₂ along
/// axes turned by ϑ. Near the origin it is that bowl, far away it flattens at the height D.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SunkenValley {
    /// K: its entries xx, xy, yy.
    stiffness: [f64; 3],
    /// Height D of the plain.
    plain: f64,
}

impl SunkenValley {
    /// Curvatures λ₁, λ₂ at the bottom along axes turned by `angle` (radians, counter-clockwise), height D.
    pub fn new(lambda: [f64; 2], angle: f64, plain: f64) -> Self {
        let (s, c) = (libm::sin(angle), libm::cos(angle));
        let [a, b] = lambda;
        SunkenValley { stiffness: [a * c * c + b * s * s, (a - b) * s * c, a * s * s + b * c * c], plain }
    }

    /// Kq, and 1 + s/D.
    fn depth(&self, [x, y]: [f64; 2]) -> ([f64; 2], f64) {
        let [xx, xy, yy] = self.stiffness;
        let pull = [xx * x + xy * y, xy * x + yy * y];
        (pull, 1.0 + 0.5 * (pull[0] * x + pull[1] * y) / self.plain)
    }
}

impl Plane for SunkenValley {
    fn value(&self, q: [f64; 2]) -> f64 {
        let (_, depth) = self.depth(q);
        self.plain * (depth - 1.0) / depth
    }

    fn force(&self, q: [f64; 2]) -> [f64; 2] {
        let (pull, depth) = self.depth(q);
        pull.map(|pull| -pull / (depth * depth))
    }

    fn curvature(&self, q: [f64; 2]) -> [f64; 3] {
        let ([x, y], depth) = self.depth(q);
        let (bowl, bend) = (1.0 / (depth * depth), 2.0 / (self.plain * depth * depth * depth));
        let [xx, xy, yy] = self.stiffness;
        [xx * bowl - bend * x * x, xy * bowl - bend * x * y, yy * bowl - bend * y * y]
    }

    fn near(&self) -> Vec<[f64; 2]> {
        vec![[0.0, 0.0]]
    }
}

plane!(SunkenValley);

/// `U = Σᵢ Aᵢ exp(aᵢ Δx² + bᵢ Δx Δy + cᵢ Δy²)` with Δ = (x, y) − (xᵢ, yᵢ) (Müller and Brown 1979).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MullerBrown;

impl MullerBrown {
    /// A, a, b, c, x₀, y₀ of the four hills.
    const HILLS: [[f64; 6]; 4] = [
        [-200.0, -1.0, 0.0, -10.0, 1.0, 0.0],
        [-100.0, -1.0, 0.0, -10.0, 0.0, 0.5],
        [-170.0, -6.5, 11.0, -6.5, -0.5, 1.5],
        [15.0, 0.7, 0.6, 0.7, -1.0, 1.0],
    ];

    /// A hill's height at a point and the two derivatives of its exponent.
    #[inline(always)]
    fn hill<L: Lanes>([height, a, b, c, x0, y0]: [f64; 6], [x, y]: [L; 2]) -> [L; 3] {
        let (dx, dy) = (x - L::splat(x0), y - L::splat(y0));
        let [along, across] = [L::splat(2.0 * a) * dx + L::splat(b) * dy, L::splat(b) * dx + L::splat(2.0 * c) * dy];
        // A form of second degree is half of what its slopes are along the way.
        let exponent = L::splat(0.5) * (along * dx + across * dy);
        [L::splat(height) * exponent.map(libm::exp), along, across]
    }
}

impl Kernel<2> for MullerBrown {
    #[inline(always)]
    fn value<L: Lanes>(&self, q: [L; 2]) -> L {
        let mut sum = L::splat(0.0);
        for hill in MullerBrown::HILLS {
            sum = sum + MullerBrown::hill(hill, q)[0];
        }
        sum
    }

    #[inline(always)]
    fn force<L: Lanes>(&self, q: [L; 2]) -> [L; 2] {
        let mut f = [L::splat(0.0); 2];
        for hill in MullerBrown::HILLS {
            let [e, along, across] = MullerBrown::hill(hill, q);
            f = [f[0] - e * along, f[1] - e * across];
        }
        f
    }

    #[inline(always)]
    fn curvatures<L: Lanes>(&self, q: [L; 2]) -> [L; 2] {
        let mut h = [L::splat(0.0); 2];
        for hill in MullerBrown::HILLS {
            let ([e, along, across], [_, a, _, c, ..]) = (MullerBrown::hill(hill, q), hill);
            h[0] = h[0] + e * (along * along + L::splat(2.0 * a));
            h[1] = h[1] + e * (across * across + L::splat(2.0 * c));
        }
        h
    }
}

impl Plane for MullerBrown {
    fn value(&self, q: [f64; 2]) -> f64 {
        Kernel::value(self, q)
    }

    fn force(&self, q: [f64; 2]) -> [f64; 2] {
        Kernel::force(self, q)
    }

    fn curvature(&self, q: [f64; 2]) -> [f64; 3] {
        let [xx, yy] = Kernel::curvatures(self, q);
        let bend = |hill: [f64; 6]| {
            let [e, along, across] = MullerBrown::hill(hill, q);
            e * (along * across + hill[2])
        };
        [xx, MullerBrown::HILLS.into_iter().map(bend).sum(), yy]
    }

    /// Four exponentials.
    fn cost(&self) -> u64 {
        16
    }

    fn near(&self) -> Vec<[f64; 2]> {
        vec![[-0.558, 1.442], [0.623, 0.028], [-0.05, 0.467], [-0.822, 0.624], [0.2125, 0.293]]
    }
}

plane!(MullerBrown, kernel);
