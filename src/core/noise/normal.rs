//! Normal deviates from random bits, thirty-two at a time (Box and Muller 1958).
//!
//! The radius √(−2 ln u) and the angle are computed in single precision by polynomials fitted for
//! this file (largest error 4·10⁻⁸ in the logarithm and the cosine, 5·10⁻⁹ in the sine), with IEEE
//! operations only. u is a multiple of 2⁻³¹, so the tail ends at 6.56 standard deviations, beyond
//! which lie 5·10⁻¹¹ of a true normal distribution.

use super::super::lanes::Floats;

/// −2 (ln(1 + f) − f + f²/2)/f³ for √½ − 1 ≤ f < √2 − 1.
const LOG: [f32; 7] =
    [-0.666_676_76, 0.500_034_64, -0.399_321_4, 0.331_324_54, -0.297_421_78, 0.286_895_1, -0.178_546_62];

/// sin(πt)/t in powers of t², for |t| ≤ ½.
const SIN: [f32; 5] = [3.141_592_5, -5.167_708, 2.550_042_2, -0.598_098, 0.077_308_744];

/// cos(πt) in powers of t², for |t| ≤ ½.
const COS: [f32; 5] = [0.999_999_94, -4.934_793, 4.058_412, -1.331_880_2, 0.219_696_79];

/// Thirty-two independent deviates from 1024 random bits: `r` gives the radii, `q` the angles.
#[inline(always)]
pub(super) fn deviates<F: Floats>(r: F::Bits, q: F::Bits) -> [F; 2] {
    let u = F::of_integers(F::or(F::down32_by_1(r), F::each(1)));
    let radius = minus_two_log(u).sqrt();
    // Half a turn of angle; one bit too small to be seen in it decides on which side.
    let t = F::of_integers(q).mul(F::splat(1.0 / 4_294_967_296.0));
    let side = F::and(F::up32_by_23(q), F::each(1 << 31));
    let z = t.mul(t);
    let sine = horner(&SIN, z).mul(t);
    let cosine = horner(&COS, z);
    [radius.mul(sine), F::of_bits(F::xor(radius.mul(cosine).bits(), side))]
}

/// −2 ln(u/2³¹) for 1 ≤ u ≤ 2³¹.
#[inline(always)]
fn minus_two_log<F: Floats>(u: F) -> F {
    let root_half = F::each(std::f32::consts::FRAC_1_SQRT_2.to_bits());
    let bits = F::sub32(u.bits(), root_half);
    // u = m · 2ᵉ with √½ ≤ m < √2.
    let doublings = F::of_integers(F::sub32(F::each(31), F::halve32_by_23(bits)));
    let m = F::of_bits(F::add32(F::and(bits, F::each(0x007F_FFFF)), root_half));
    let f = m.add(F::splat(-1.0));
    let z = f.mul(f);
    let c = LOG.map(F::splat);
    let low = z.mul_add(c[3].mul_add(f, c[2]), c[1].mul_add(f, c[0]));
    let high = z.mul_add(c[6], c[5].mul_add(f, c[4]));
    let p = z.mul(z).mul_add(high, low);
    let start = doublings.mul_add(F::splat(2.0 * std::f32::consts::LN_2), f.mul(f.add(F::splat(-2.0))));
    f.mul(z).mul_add(p, start)
}

/// c₀ + c₁ z + c₂ z² + …
#[inline(always)]
fn horner<F: Floats>(c: &[f32; 5], z: F) -> F {
    let mut sum = F::splat(c[4]);
    for i in (0..4).rev() {
        sum = sum.mul_add(z, F::splat(c[i]));
    }
    sum
}
