//! Stationary covariances of Langevin schemes on `U = k x²/2`, and the acceptance of HMC.
//!
//! `w = h² k/m` and `a = c h/m` (1) below; a NaN where the scheme has no stationary state.

use super::heavy_ball;
use super::oscillator::Oscillator;
use super::regime::is_stable;

/// Stationary second moments of a scheme with a velocity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// Variance of the position (m²).
    pub var_x: f64,
    /// Variance of the velocity (m²/s²; m² where the velocity is a displacement).
    pub var_v: f64,
    /// Covariance of position and velocity.
    pub cov_xv: f64,
}

impl Moments {
    const NONE: Moments = Moments { var_x: f64::NAN, var_v: f64::NAN, cov_xv: f64::NAN };
}

/// Explicit Euler with noise: `k var x/T = 2 a (2 - a + w)/((a - w)(4 - 2 a + w))`; needs `w < a < 2 + w/2`.
///
/// `m var v/T = 4 a/((a - w)(4 - 2 a + w))`, `cov = -h var v/2`. `h` (s), `temperature` (J). Derived.
pub fn euler_maruyama(osc: &Oscillator, h: f64, temperature: f64) -> Moments {
    let (a, w) = (osc.c * h / osc.m, h * h * osc.k / osc.m);
    if !(w > 0.0 && w < a && 4.0 - 2.0 * a + w > 0.0) {
        return Moments::NONE;
    }
    let unit = 2.0 * a / ((a - w) * (4.0 - 2.0 * a + w));
    let var_v = 2.0 * unit * temperature / osc.m;
    Moments { var_x: unit * (2.0 - a + w) * temperature / osc.k, var_v, cov_xv: -0.5 * h * var_v }
}

/// Kick with explicit friction and noise, then drift: SGHMC in units of time.
///
/// `k var x/T = 1/(1 - w/(2 (2 - a)))`, `m var v/T = 1/(1 - a/2 - w/4)`, `cov = var x w/((2 - a) h)`.
pub fn symplectic_euler_maruyama(osc: &Oscillator, h: f64, temperature: f64) -> Moments {
    let step = sghmc(h * h / osc.m, osc.c * h / osc.m, 0.0, osc.k, temperature);
    Moments { var_x: step.var_x, var_v: step.var_v / (h * h), cov_xv: step.cov_xv / h }
}

/// OBABO: velocities exact, `k var x/T = 1/(1 - w/4)`, uncorrelated.
pub fn obabo(osc: &Oscillator, h: f64, temperature: f64) -> Moments {
    let Some(w) = splitting_step(osc, h) else { return Moments::NONE };
    Moments { var_x: temperature / osc.k / (1.0 - 0.25 * w), var_v: temperature / osc.m, cov_xv: 0.0 }
}

/// BAOAB: positions exact, `m var v/T = 1 - w/4`, uncorrelated (Leimkuhler & Matthews 2013).
pub fn baoab(osc: &Oscillator, h: f64, temperature: f64) -> Moments {
    let Some(w) = splitting_step(osc, h) else { return Moments::NONE };
    Moments { var_x: temperature / osc.k, var_v: temperature / osc.m * (1.0 - 0.25 * w), cov_xv: 0.0 }
}

/// `w` where the splitting schemes are ergodic and stable: friction on, `0 < w < 4`.
fn splitting_step(osc: &Oscillator, h: f64) -> Option<f64> {
    let w = h * h * osc.k / osc.m;
    (w > 0.0 && w < 4.0 && osc.c * h / osc.m > 0.0).then_some(w)
}

/// Standard deviation (m) of the correlated noise `s (xi_n + xi_(n-1))` by which BAOAB's positions differ
/// from a heavy ball: `s = (h/2) sqrt((1 - beta²) T/m)`, `beta = e^(-c h/m)`.
pub fn baoab_displacement_std(m: f64, c: f64, h: f64, temperature: f64) -> f64 {
    0.5 * obabo_displacement_std(m, c, h, temperature)
}

/// Standard deviation (m) of the white noise by which OBABO's positions differ from a heavy ball,
/// `h sqrt((1 - beta²) T/m)`.
pub fn obabo_displacement_std(m: f64, c: f64, h: f64, temperature: f64) -> f64 {
    h * super::fluctuation::baoab_kick_std(m, c, h, temperature)
}

/// SGHMC, `v = (1 - alpha) v - eta U' + sqrt(2 (alpha - beta_hat) eta T) xi; x += v` (Chen, Fox & Guestrin 2014).
///
/// With `q = eta k`: `k var x/T = (1 - beta_hat/alpha)/(1 - q/(2 (2 - alpha)))`,
/// `var v/(eta T) = (1 - beta_hat/alpha)/(1 - alpha/2 - q/4)`, `cov = var x q/(2 - alpha)`. The velocity
/// is a displacement. Derived (discrete Lyapunov equation).
pub fn sghmc(eta: f64, alpha: f64, beta_hat: f64, k: f64, temperature: f64) -> Moments {
    let q = eta * k;
    let (position, kinetic) = super::fluctuation::sghmc_temperatures(alpha, beta_hat, q, temperature);
    let var_x = position / k;
    Moments { var_x, var_v: eta * kinetic, cov_xv: var_x * q / (2.0 - alpha) }
}

/// SGHMC with the drift first: the same moments with the opposite covariance.
pub fn sghmc_drift_kick(eta: f64, alpha: f64, beta_hat: f64, k: f64, temperature: f64) -> Moments {
    let kick_drift = sghmc(eta, alpha, beta_hat, k, temperature);
    Moments { cov_xv: -kick_drift.cov_xv, ..kick_drift }
}

/// Heavy ball with the noise of an exact velocity decay, variance `(1 - beta²) eta T`: velocities nearly right.
///
/// `k var x/T = ((1 + beta)/2)/(1 - q/(2 (1 + beta)))`, `var v = 2 q var x/(1 + beta)`,
/// `cov = q var x/(1 + beta)`, `beta = 1 - alpha`.
pub fn heavy_ball_ou(eta: f64, alpha: f64, k: f64, temperature: f64) -> Moments {
    let (q, beta) = (eta * k, 1.0 - alpha);
    let noise = super::fluctuation::velocity_noise(eta, beta, temperature);
    let var_x = super::fluctuation::variance_gain(q, beta) * noise;
    Moments { var_x, var_v: 2.0 * q * var_x / (1.0 + beta), cov_xv: q * var_x / (1.0 + beta) }
}

/// Position variance (m²) of SGLD or ULA, `x -= eps U' + sqrt(2 eps T) xi`: `(T/k)/(1 - eps k/2)`.
pub fn ula_variance(eps: f64, k: f64, temperature: f64) -> f64 {
    if is_stable(eps * k, 0.0) { temperature / k / (1.0 - 0.5 * eps * k) } else { f64::NAN }
}

/// Position variance (m²) with the averaged noise of Leimkuhler & Matthews 2013: `T/k`, exact for `0 < eps k < 2`.
pub fn leimkuhler_matthews_variance(eps: f64, k: f64, temperature: f64) -> f64 {
    if is_stable(eps * k, 0.0) { temperature / k } else { f64::NAN }
}

/// What `steps` leapfrog steps of HMC do to a one-dimensional Gaussian target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HmcGaussian {
    /// Mean acceptance probability in the stationary state (1).
    pub acceptance: f64,
    /// Mean energy error of a proposal over the temperature (1).
    pub mean_energy_error: f64,
    /// Position variance times `k/T` if the accept step is left out (1).
    pub unadjusted_variance: f64,
}

impl HmcGaussian {
    /// Root mean square of the energy error of a proposal over the temperature (1), `sqrt(3 μ² + 2 μ)` with μ
    /// its mean: the error is `((s² - 1) a² + (1/s² - 1) b²)/2` of two standard normal deviates. Derived.
    pub fn rms_energy_error(&self) -> f64 {
        let mean = self.mean_energy_error;
        (3.0 * mean * mean + 2.0 * mean).sqrt()
    }
}

/// HMC on `k x²/2` with mass `m` (kg), step `h` (s) and `steps` leapfrog steps; `None` for `h² k/m >= 4`.
///
/// With `cos th = 1 - w/2`, `chi = (1 - w/4)^(-1/2)` and `e = |sin(L th)| (chi - 1/chi)`: acceptance
/// `1 - (2/pi) atan(e/2)`, energy error `e²/2`, unadjusted variance `chi²`. Source: Calvo, Sanz-Alonso
/// & Sanz-Serna 2021, the largest singular value written out.
///
/// ```
/// let hmc = impetus::theory::sampler::hmc_gaussian(1.0, 1.0, 0.5, 4).unwrap();
/// assert!((hmc.acceptance - 0.9815).abs() < 1e-4);
/// ```
pub fn hmc_gaussian(k: f64, m: f64, h: f64, steps: u64) -> Option<HmcGaussian> {
    let w = h * h * k / m;
    if !(w > 0.0 && w < 4.0) {
        return None;
    }
    // A leapfrog step turns phase space like an undamped heavy ball with q = w.
    let angle = heavy_ball::phase(w, 1.0)? * steps as f64;
    let room = 1.0 - 0.25 * w;
    let strain = angle.sin().abs() * 0.25 * w / room.sqrt();
    Some(HmcGaussian {
        acceptance: 1.0 - std::f64::consts::FRAC_2_PI * (0.5 * strain).atan(),
        mean_energy_error: 0.5 * strain * strain,
        unadjusted_variance: 1.0 / room,
    })
}
