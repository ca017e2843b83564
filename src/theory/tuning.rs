//! Best constant parameters for curvatures between `mu` and `l` (Lessard, Recht & Packard 2016, Prop. 1).
//!
//! `kappa = l/mu`. Rates are asymptotic, per step, and a statement about quadratics only.

/// Parameters of a method and the rate they buy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tuning {
    /// Learning rate \[L²/E\].
    pub eta: f64,
    /// Momentum (1); zero for gradient descent.
    pub beta: f64,
    /// Largest spectral radius over all curvatures in `[mu, l]` (1, per step).
    pub rate: f64,
}

/// Gradient descent at `eta = 2/(l + mu)`: rate `(kappa - 1)/(kappa + 1)`.
pub fn gradient_descent(mu: f64, l: f64) -> Tuning {
    Tuning { eta: 2.0 / (l + mu), beta: 0.0, rate: (l - mu) / (l + mu) }
}

/// Gradient descent at `eta = 1/l`, safe without knowing `mu`: rate `1 - 1/kappa`.
pub fn gradient_descent_safe(mu: f64, l: f64) -> Tuning {
    Tuning { eta: 1.0 / l, beta: 0.0, rate: 1.0 - mu / l }
}

/// Heavy ball at `eta = 4/(sqrt l + sqrt mu)²`, `beta = rate²`: rate `(sqrt kappa - 1)/(sqrt kappa + 1)` (Polyak 1964).
///
/// Both ends of the spectrum are exactly critical.
pub fn polyak(mu: f64, l: f64) -> Tuning {
    let sum = l.sqrt() + mu.sqrt();
    let rate = (l.sqrt() - mu.sqrt()) / sum;
    Tuning { eta: 4.0 / (sum * sum), beta: rate * rate, rate }
}

/// Nesterov at `eta = 1/l`, `beta = (sqrt kappa - 1)/(sqrt kappa + 1)`: rate `1 - 1/sqrt kappa`.
pub fn nesterov(mu: f64, l: f64) -> Tuning {
    Tuning { eta: 1.0 / l, beta: polyak(mu, l).rate, rate: 1.0 - (mu / l).sqrt() }
}

/// Nesterov at its best on quadratics, `eta = 4/(3 l + mu)`: rate `1 - 2/sqrt(3 kappa + 1)`.
///
/// `beta = (sqrt(3 kappa + 1) - 2)/(sqrt(3 kappa + 1) + 2)`.
pub fn nesterov_quadratic(mu: f64, l: f64) -> Tuning {
    let root = (3.0 * l / mu + 1.0).sqrt();
    Tuning { eta: 4.0 / (3.0 * l + mu), beta: (root - 2.0) / (root + 2.0), rate: 1.0 - 2.0 / root }
}

/// The 3-cycle in which the heavy ball at Polyak's tuning (`eta = 1/9`, `beta = 4/9`) is caught on a
/// strongly convex function that is not quadratic.
///
/// `f'(x) = 25 x` below 1, `x + 24` up to 2, `25 x - 24` beyond. Source: Lessard, Recht & Packard 2016.
pub const LESSARD_CYCLE: [f64; 3] = [792.0 / 1225.0, -2208.0 / 1225.0, 2592.0 / 1225.0];

/// Step at which a run from rest in the stiffest mode at Polyak's tuning peaks, `1/|ln sqrt beta| - 1/(1 + sqrt beta)`.
///
/// Real-valued; the peak is about `(1 + sqrt beta)/(e |ln sqrt beta|)`. Derived.
pub fn polyak_peak_step(beta: f64) -> f64 {
    1.0 / (0.5 * beta.ln()).abs() - 1.0 / (1.0 + beta.sqrt())
}
