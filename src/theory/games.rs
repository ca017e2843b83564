//! Two players: bilinear `min_x max_y a x y` and modes with complex curvature, `q = eta a` or complex.

use nalgebra::Complex;

use super::matrix::polynomial_radius;

/// Step of extragradient below which it converges, `q < 1`.
pub const EXTRAGRADIENT_WALL: f64 = 1.0;

/// Best step of extragradient and its rate, `1/sqrt 2` and `sqrt 3/2`.
pub const EXTRAGRADIENT_BEST: (f64, f64) = (std::f64::consts::FRAC_1_SQRT_2, 0.866_025_403_784_438_6);

/// Largest modulus of the two roots of `z² - trace z + det` with complex coefficients.
pub(super) fn quadratic_radius(trace: Complex<f64>, det: Complex<f64>) -> f64 {
    let root = (trace * trace - 4.0 * det).sqrt();
    // The sign that adds up, so that the larger root does not cancel.
    let aligned = if (trace.conj() * root).re < 0.0 { -root } else { root };
    let far = (trace + aligned) * 0.5;
    if far.norm() == 0.0 { 0.0 } else { far.norm().max((det / far).norm()) }
}

/// Spectral radius of the heavy ball on a complex curvature, `z² - (1 + beta - q) z + beta` (1, per step).
pub fn heavy_ball_radius(q: Complex<f64>, beta: f64) -> f64 {
    quadratic_radius(Complex::from(1.0 + beta) - q, Complex::from(beta))
}

/// Does the heavy ball converge on a complex curvature? `|beta| < 1` and `q` inside the ellipse
/// `((q_r - 1 - beta)/(1 + beta))² + (q_i/(1 - beta))² < 1`.
///
/// Positive momentum stretches the real axis and *shrinks the imaginary one*; negative momentum does
/// the opposite. Source: Schur–Cohn; derived.
pub fn ellipse_is_stable(q: Complex<f64>, beta: f64) -> bool {
    let (along, across) = ((q.re - 1.0 - beta) / (1.0 + beta), q.im / (1.0 - beta));
    beta.abs() < 1.0 && along * along + across * across < 1.0
}

/// Simultaneous play on the bilinear game: spectral radius (per step), above 1 for every `beta` and `q > 0`.
pub fn simultaneous_radius(q: f64, beta: f64) -> f64 {
    heavy_ball_radius(Complex::new(0.0, q), beta)
}

/// Characteristic polynomial of alternating play, highest power first: `(z - 1)² (z - bx)(z - by) + q² z³`.
pub fn alternating_polynomial(q: f64, beta_x: f64, beta_y: f64) -> [f64; 5] {
    let (sum, product) = (beta_x + beta_y, beta_x * beta_y);
    [1.0, q * q - 2.0 - sum, 1.0 + 2.0 * sum + product, -sum - 2.0 * product, product]
}

/// Alternating play on the bilinear game: spectral radius (per step).
pub fn alternating_radius(q: f64, beta_x: f64, beta_y: f64) -> f64 {
    polynomial_radius(&alternating_polynomial(q, beta_x, beta_y))
}

/// Alternating play on the regularised game of complex curvature `q = eta (mu + i a)`: spectral radius (per step)
/// of `(z² - (1 + bx - q_r) z + bx)(z² - (1 + by - q_r) z + by) + q_i² z³`. Derived.
pub fn alternating_regularised_radius(q: Complex<f64>, beta_x: f64, beta_y: f64) -> f64 {
    let (s, t) = (1.0 + beta_x - q.re, 1.0 + beta_y - q.re);
    let cubic = q.im * q.im - s - t;
    polynomial_radius(&[1.0, cubic, beta_x + beta_y + s * t, -(s * beta_y + t * beta_x), beta_x * beta_y])
}

/// Does alternating play with one momentum for both converge? `-1 < beta < 0` and `0 < q < 2 (1 + beta)`.
///
/// `beta = 0` orbits for ever below `q = 2`; any positive momentum diverges. Derived.
pub fn alternating_is_stable(q: f64, beta: f64) -> bool {
    beta < 0.0 && super::regime::is_stable(q, beta)
}

/// Growth law of simultaneous play for small steps, `ln rho / q² = (1 + beta)/(2 (1 - beta)³)` (per step).
pub fn simultaneous_growth(beta: f64) -> f64 {
    0.5 * (1.0 + beta) / (1.0 - beta).powi(3)
}

/// Growth law of alternating play for small steps, `ln rho / q² = beta/(1 - beta)³` (per step).
pub fn alternating_growth(beta: f64) -> f64 {
    beta / (1.0 - beta).powi(3)
}

/// Spectral radius of extragradient, `sqrt(1 - q² + q⁴)`.
pub fn extragradient_radius(q: f64) -> f64 {
    (1.0 - q * q + q.powi(4)).sqrt()
}

/// Spectral radius of extragradient on a complex curvature, `|1 - q + q²|` (1, per step).
pub fn extragradient_complex_radius(q: Complex<f64>) -> f64 {
    (Complex::from(1.0) - q + q * q).norm()
}

/// Spectral radius of optimistic descent–ascent on a complex curvature, `z² - (1 - 2 q) z - q` (1, per step).
pub fn optimistic_complex_radius(q: Complex<f64>) -> f64 {
    quadratic_radius(Complex::from(1.0) - 2.0 * q, -q)
}

/// Spectral radius of optimistic descent–ascent, `z² - (1 - 2 i q) z - i q`.
pub fn optimistic_radius(q: f64) -> f64 {
    quadratic_radius(Complex::new(1.0, -2.0 * q), Complex::new(0.0, -q))
}

/// Step of optimistic descent–ascent above which it diverges, `1/sqrt 3`.
pub fn optimistic_wall() -> f64 {
    1.0 / 3f64.sqrt()
}

/// Spectral radius of the proximal point method, `1/sqrt(1 + q²)`; below 1 for every step.
pub fn proximal_radius(q: f64) -> f64 {
    1.0 / 1f64.hypot(q)
}

/// Does `m w'' + c w' + (lr + i li) w = 0` decay? `lr > 0` and `m li² < c² lr`, for positive `m` and `c`.
///
/// The continuous limit of the ellipse, and the condition of a swirl force.
pub fn rotation_is_stable(m: f64, c: f64, curvature: Complex<f64>) -> bool {
    m > 0.0 && c > 0.0 && curvature.re > 0.0 && m * curvature.im * curvature.im < c * c * curvature.re
}

/// Largest real part of the exponents of `m s² + c s + (lr + i li)` (1/s).
pub fn rotation_growth(m: f64, c: f64, curvature: Complex<f64>) -> f64 {
    let (sigma, stiffness) = (0.5 * c / m, curvature / m);
    let root = (Complex::from(sigma * sigma) - stiffness).sqrt();
    root.re.abs() - sigma
}

/// `q` of the regularised game `mu x²/2 + a x y - mu y²/2`: `eta (mu + i a)`, and its conjugate.
pub fn regularised_curvature(eta: f64, mu: f64, a: f64) -> Complex<f64> {
    Complex::new(eta * mu, eta * a)
}

/// Slope `1/(1 + e^t)` of the Dirac-GAN's `l(t) = -ln(1 + e^(-t))` (1) (Mescheder, Geiger & Nowozin 2018).
pub fn dirac_gan_slope(t: f64) -> f64 {
    1.0 / (1.0 + t.exp())
}

#[cfg(test)]
mod tests {
    use super::{
        Complex, alternating_radius, alternating_regularised_radius, extragradient_complex_radius,
        extragradient_radius, optimistic_complex_radius, optimistic_radius,
    };
    use crate::theory::heavy_ball::spectral_radius;

    /// Without a pull they are the bilinear forms; without coupling alternating play is two heavy balls.
    #[test]
    fn complex_curvatures_contain_the_known_cases() {
        for q in [0.05, 0.1, 0.5, 0.9] {
            let turn = Complex::new(0.0, q);
            for [bx, by] in [[0.5, 0.5], [-0.3, -0.3], [-0.5, 0.0], [0.9, -0.2]] {
                let pairs = [
                    (alternating_regularised_radius(turn, bx, by), alternating_radius(q, bx, by)),
                    (extragradient_complex_radius(turn), extragradient_radius(q)),
                    (optimistic_complex_radius(turn), optimistic_radius(q)),
                    (
                        alternating_regularised_radius(Complex::from(q), bx, by),
                        spectral_radius(q, bx).max(spectral_radius(q, by)),
                    ),
                ];
                for (k, (got, want)) in pairs.into_iter().enumerate() {
                    // A double root is good to about the square root of the rounding unit.
                    assert!((got - want).abs() <= 1e-7, "{k}: {got} {want} at q = {q}, β = {bx}, {by}");
                }
            }
        }
    }
}
