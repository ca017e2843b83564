//! How strong the noise must be for a given temperature.

/// Strength `2 c T` (N² s) of the force noise that friction `c` (N s/m) needs at temperature `temperature` (J).
///
/// Source: fluctuation–dissipation theorem (Kubo; Risken).
pub fn force_noise_strength(c: f64, temperature: f64) -> f64 {
    2.0 * c * temperature
}

/// Diffusion constant of the velocity, `c T/m²` (m²/s³).
pub fn velocity_diffusion(m: f64, c: f64, temperature: f64) -> f64 {
    c * temperature / (m * m)
}

/// Standard deviation of the velocity kick per step (m/s), Euler–Maruyama: `sqrt(2 c T h)/m`.
pub fn euler_maruyama_kick_std(m: f64, c: f64, h: f64, temperature: f64) -> f64 {
    (force_noise_strength(c, temperature) * h).sqrt() / m
}

/// Standard deviation of the one velocity kick of a BAOAB step (m/s): `sqrt((1 - e^(-2 c h/m)) T/m)`.
pub fn baoab_kick_std(m: f64, c: f64, h: f64, temperature: f64) -> f64 {
    (-(-2.0 * c * h / m).exp_m1() * temperature / m).sqrt()
}

/// Standard deviation of each of the two velocity kicks of an OBABO step (m/s): `sqrt((1 - e^(-c h/m)) T/m)`.
pub fn obabo_kick_std(m: f64, c: f64, h: f64, temperature: f64) -> f64 {
    baoab_kick_std(m, c, 0.5 * h, temperature)
}

/// Standard deviation of the displacement noise of SGHMC, `sqrt(2 alpha eta T)` \[L\].
///
/// `alpha = 1 - beta` (1) the friction per step, `eta` \[L²/E\], `temperature` \[E\], exact gradients.
/// Source: Chen, Fox & Guestrin 2014, eq. 15.
pub fn sghmc_noise(alpha: f64, eta: f64, temperature: f64) -> f64 {
    (2.0 * alpha * eta * temperature).sqrt()
}

/// Share of the friction that gradient noise of variance `v` \[E²/L²\] already feeds, `beta_hat = eta v/(2 T)` (1).
pub fn sghmc_noise_share(eta: f64, v: f64, temperature: f64) -> f64 {
    0.5 * eta * v / temperature
}

/// SGHMC's `(eta, alpha) = (h²/m, h c/m)` for a mass, a friction and a step length.
pub fn sghmc_rates(m: f64, c: f64, h: f64) -> (f64, f64) {
    (h * h / m, h * c / m)
}

/// Temperatures \[E\] that SGHMC shows in position and in velocity on curvature `lambda`, `q = eta lambda`.
///
/// `T (1 - beta_hat/alpha)/(1 - q/(2 (2 - alpha)))` and `T (1 - beta_hat/alpha)/(1 - alpha/2 - q/4)`:
/// the velocity lives half a step off and reads hot in first order. `beta_hat` (1) is the share of the
/// friction reserved for gradient noise that is then absent. NaN outside `0 < q < 2 (2 - alpha)`,
/// `0 < alpha < 2`. Source: discrete Lyapunov equation; derived.
pub fn sghmc_temperatures(alpha: f64, beta_hat: f64, q: f64, temperature: f64) -> (f64, f64) {
    if !crate::theory::regime::is_stable(q, 1.0 - alpha) {
        return (f64::NAN, f64::NAN);
    }
    let injected = temperature * (1.0 - beta_hat / alpha);
    (injected / (1.0 - 0.5 * q / (2.0 - alpha)), injected / (1.0 - 0.5 * alpha - 0.25 * q))
}

/// Variance of displacement noise \[L²\] that puts positions at `temperature` on a flat loss: `2 (1 - beta) eta T`.
pub fn position_noise_flat(eta: f64, beta: f64, temperature: f64) -> f64 {
    2.0 * (1.0 - beta) * eta * temperature
}

/// Variance of displacement noise \[L²\] that puts velocities at `temperature`: `(1 - beta²) eta T`.
///
/// Always less than [`position_noise_flat`]: both thermometers cannot be right at once.
pub fn velocity_noise(eta: f64, beta: f64, temperature: f64) -> f64 {
    (1.0 - beta) * (1.0 + beta) * eta * temperature
}

/// Variance of displacement noise \[L²\] that puts positions exactly at `temperature` on curvature `lambda`.
///
/// `(1 - beta) eta T (2 - eta lambda/(1 + beta))`. Source: stationary AR(2); derived.
pub fn position_noise(eta: f64, beta: f64, lambda: f64, temperature: f64) -> f64 {
    (1.0 - beta) * eta * temperature * (2.0 - eta * lambda / (1.0 + beta))
}

/// Temperature \[E\] of positions under displacement noise of variance `s2` \[L²\]; inverse of [`position_noise`].
///
/// NaN for an unstable mode.
pub fn position_temperature(eta: f64, beta: f64, lambda: f64, s2: f64) -> f64 {
    lambda * s2 * super::variance_gain(eta * lambda, beta)
}
