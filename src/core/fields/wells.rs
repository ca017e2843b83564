//! Wells on one line.

use super::super::{Kernel, Lanes};
use super::pointwise::{Line, line};

/// `U = E ((x/a)² − 1)²`: minima at ±a, barrier E at 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DoubleWell {
    /// Barrier height E.
    pub barrier: f64,
    /// Half distance of the minima a.
    pub half_width: f64,
}

impl Kernel<1> for DoubleWell {
    #[inline(always)]
    fn force<L: Lanes>(&self, [x]: [L; 1]) -> [L; 1] {
        // −U′ = (4E/a²) x − (4E/a⁴) x³.
        let (linear, cubic) = self.slopes();
        [x * L::splat(-cubic).mul_add(x * x, L::splat(linear))]
    }

    #[inline(always)]
    fn value<L: Lanes>(&self, [x]: [L; 1]) -> L {
        let w = L::splat(1.0 / (self.half_width * self.half_width)) * (x * x) - L::splat(1.0);
        L::splat(self.barrier) * (w * w)
    }

    #[inline(always)]
    fn curvatures<L: Lanes>(&self, [x]: [L; 1]) -> [L; 1] {
        // U″ = (12E/a⁴) x² − 4E/a².
        let (linear, cubic) = self.slopes();
        [L::splat(3.0 * cubic) * (x * x) - L::splat(linear)]
    }
}

impl DoubleWell {
    /// 4E/a² and 4E/a⁴.
    #[inline(always)]
    fn slopes(&self) -> (f64, f64) {
        let a2 = self.half_width * self.half_width;
        (4.0 * self.barrier / a2, 4.0 * self.barrier / (a2 * a2))
    }
}

impl Line for DoubleWell {
    fn value(&self, x: f64) -> f64 {
        Kernel::value(self, [x])
    }

    fn force(&self, x: f64) -> f64 {
        Kernel::force(self, [x])[0]
    }

    fn curvature(&self, x: f64) -> f64 {
        Kernel::curvatures(self, [x])[0]
    }

    fn near(&self) -> Vec<f64> {
        vec![-self.half_width, 0.0, self.half_width]
    }
}

line!(DoubleWell, kernel);

/// `U = E ((x/a)² − 1)² + s x`: the double well with one side lowered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TiltedDoubleWell {
    /// Barrier height E of the level double well.
    pub barrier: f64,
    /// Half distance a of the minima of the level double well.
    pub half_width: f64,
    /// Slope s of the tilt.
    pub tilt: f64,
}

impl TiltedDoubleWell {
    #[inline(always)]
    fn level(&self) -> DoubleWell {
        DoubleWell { barrier: self.barrier, half_width: self.half_width }
    }
}

impl Default for TiltedDoubleWell {
    /// `(x² − 1)² + 0.3 x`.
    fn default() -> Self {
        TiltedDoubleWell { barrier: 1.0, half_width: 1.0, tilt: 0.3 }
    }
}

impl Kernel<1> for TiltedDoubleWell {
    #[inline(always)]
    fn force<L: Lanes>(&self, q: [L; 1]) -> [L; 1] {
        let [level] = Kernel::force(&self.level(), q);
        [level - L::splat(self.tilt)]
    }

    #[inline(always)]
    fn value<L: Lanes>(&self, [x]: [L; 1]) -> L {
        Kernel::value(&self.level(), [x]) + L::splat(self.tilt) * x
    }

    #[inline(always)]
    fn curvatures<L: Lanes>(&self, q: [L; 1]) -> [L; 1] {
        Kernel::curvatures(&self.level(), q)
    }
}

impl Line for TiltedDoubleWell {
    fn value(&self, x: f64) -> f64 {
        Kernel::value(self, [x])
    }

    fn force(&self, x: f64) -> f64 {
        Kernel::force(self, [x])[0]
    }

    fn curvature(&self, x: f64) -> f64 {
        Kernel::curvatures(self, [x])[0]
    }

    /// The roots of z³ − z + sa/(4E) with x = az, by Viète's formula.
    fn near(&self) -> Vec<f64> {
        let size = 2.0 / libm::sqrt(3.0) * self.half_width;
        let cosine = -0.375 * libm::sqrt(3.0) * self.tilt * self.half_width / self.barrier;
        if cosine.abs() <= 1.0 {
            let angle = |k: f64| (libm::acos(cosine) - k * std::f64::consts::TAU) / 3.0;
            let mut roots = [2.0, 1.0, 0.0].map(|k| size * libm::cos(angle(k)));
            roots.sort_by(f64::total_cmp);
            roots.to_vec()
        } else {
            vec![size * libm::cosh(libm::acosh(cosine.abs()) / 3.0).copysign(cosine)]
        }
    }
}

line!(TiltedDoubleWell, kernel);

/// The strongly convex function on which Polyak's tuning falls into a cycle of three
/// (Lessard, Recht and Packard 2016): U′ = 25 x (x < 1), x + 24 (1 ≤ x < 2), 25 x − 24 (x ≥ 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lessard;

impl Line for Lessard {
    fn value(&self, x: f64) -> f64 {
        if x < 1.0 {
            12.5 * x * x
        } else if x < 2.0 {
            0.5 * x * x + 24.0 * x - 12.0
        } else {
            12.5 * x * x - 24.0 * x + 36.0
        }
    }

    fn force(&self, x: f64) -> f64 {
        if x < 1.0 {
            -25.0 * x
        } else if x < 2.0 {
            -(x + 24.0)
        } else {
            -(25.0 * x - 24.0)
        }
    }

    fn curvature(&self, x: f64) -> f64 {
        if (1.0..2.0).contains(&x) { 1.0 } else { 25.0 }
    }

    fn near(&self) -> Vec<f64> {
        vec![0.0]
    }
}

line!(Lessard);
