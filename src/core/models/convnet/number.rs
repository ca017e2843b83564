//! The two kinds of number the network is computed in.

use std::ops::AddAssign;

use super::super::super::lanes::{Floats, Numbers};

/// A floating-point number and the registers that hold sixteen of them.
pub(super) trait Number: Copy + Default + Send + Sync + AddAssign + 'static {
    /// Sixteen of them, in registers of the same kind as `F`.
    type Sixteen<F: Floats>: Numbers<Number = Self>;

    /// The nearest number.
    fn near(x: f64) -> Self;

    /// The nearest number to one of single precision.
    fn of_single(x: f32) -> Self;

    /// The same number in double precision.
    fn wide(self) -> f64;
}

impl Number for f32 {
    type Sixteen<F: Floats> = F;

    #[inline(always)]
    fn near(x: f64) -> f32 {
        x as f32
    }

    #[inline(always)]
    fn of_single(x: f32) -> f32 {
        x
    }

    #[inline(always)]
    fn wide(self) -> f64 {
        f64::from(self)
    }
}

impl Number for f64 {
    type Sixteen<F: Floats> = F::Doubles;

    #[inline(always)]
    fn near(x: f64) -> f64 {
        x
    }

    #[inline(always)]
    fn of_single(x: f32) -> f64 {
        f64::from(x)
    }

    #[inline(always)]
    fn wide(self) -> f64 {
        self
    }
}
