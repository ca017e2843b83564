//! What a fixed point is, from the eigenvalues there.

use crate::text::{Text, t};

/// An eigenvalue smaller than this share of the largest is 0.
const NOTHING: f64 = 1e-9;
/// An imaginary part below this share is rounding: a double eigenvalue is known to half the digits.
const REAL: f64 = 1e-7;

/// What a fixed point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A loss rises every way.
    Minimum,
    /// A loss falls every way.
    Maximum,
    /// Some ways lead in, others out.
    Saddle,
    /// Every way leads in, without turning.
    StableNode,
    /// Every way leads out, without turning.
    UnstableNode,
    /// Every way leads in, turning.
    StableFocus,
    /// Every way leads out, turning.
    UnstableFocus,
    /// Turning without coming nearer, to first order.
    Centre,
    /// Flat some way: first order does not decide.
    Degenerate,
}

impl Nature {
    /// Its name.
    pub const fn name(self) -> Text {
        match self {
            Self::Minimum => t("minimum", "极小点"),
            Self::Maximum => t("maximum", "极大点"),
            Self::Saddle => t("saddle", "鞍点"),
            Self::StableNode => t("stable node", "稳定结点"),
            Self::UnstableNode => t("unstable node", "不稳定结点"),
            Self::StableFocus => t("stable focus", "稳定焦点"),
            Self::UnstableFocus => t("unstable focus", "不稳定焦点"),
            Self::Centre => t("centre", "中心点"),
            Self::Degenerate => t("degenerate", "退化点"),
        }
    }
}

/// What a fixed point of these eigenvalues is, where entries of the Jacobian are ordinarily of the
/// given size.
pub(super) fn nature(eigenvalues: &[[f64; 2]], ordinary: f64) -> Nature {
    let largest = eigenvalues.iter().fold(0.0, |most: f64, [re, im]| most.max(libm::hypot(*re, *im)));
    let nothing = NOTHING * largest.max(ordinary);
    let count = |test: &dyn Fn(f64, f64) -> bool| eigenvalues.iter().filter(|[re, im]| test(*re, *im)).count();
    let stable = count(&|re, _| re < -nothing);
    let unstable = count(&|re, _| re > nothing);
    let flat = count(&|re, im| libm::hypot(re, im) <= nothing);
    let turning = count(&|_, im| im.abs() > (REAL * largest).max(nothing));
    let all = eigenvalues.len();
    match (stable, unstable) {
        _ if flat > 0 => Nature::Degenerate,
        (0, 0) => Nature::Centre,
        (1.., 1..) => Nature::Saddle,
        (stable, unstable) if stable + unstable < all => Nature::Degenerate,
        (_, 0) if turning > 0 => Nature::StableFocus,
        (_, 0) => Nature::StableNode,
        _ if turning > 0 => Nature::UnstableFocus,
        _ => Nature::UnstableNode,
    }
}
