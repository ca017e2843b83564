//! The moving average as a filter: `y = beta y + (1 - beta) x`, frequencies `omega` in rad/step.

/// Largest `beta` without a -3 dB frequency, `3 - 2 sqrt 2`: the Nyquist gain is still above it.
pub const SMALLEST_WITH_CUTOFF: f64 = 3.0 - 2.0 * std::f64::consts::SQRT_2;

/// `|1 - beta e^(-i omega)|²`, written so that it does not cancel at low frequency.
fn distance_squared(beta: f64, omega: f64) -> f64 {
    (1.0 - beta).powi(2) + 4.0 * beta * (0.5 * omega).sin().powi(2)
}

/// Gain `(1 - beta)/sqrt(1 + beta² - 2 beta cos omega)` (1).
pub fn ema_gain(beta: f64, omega: f64) -> f64 {
    (1.0 - beta) / distance_squared(beta, omega).sqrt()
}

/// Gain of the sum `v = beta v + x` itself, `1/|1 - beta e^(-i omega)|` (1): `1/(1 - beta)` for inputs that agree,
/// `1/(1 + beta)` for inputs that alternate.
pub fn sum_gain(beta: f64, omega: f64) -> f64 {
    1.0 / distance_squared(beta, omega).sqrt()
}

/// Gain in decibels, `20 log10`.
pub fn ema_gain_db(beta: f64, omega: f64) -> f64 {
    20.0 * ema_gain(beta, omega).log10()
}

/// Phase `-atan2(beta sin omega, 1 - beta cos omega)` (rad).
pub fn ema_phase(beta: f64, omega: f64) -> f64 {
    -(beta * omega.sin()).atan2(1.0 - beta * omega.cos())
}

/// Group delay `(beta cos omega - beta²)/(1 + beta² - 2 beta cos omega)` (steps); `beta/(1 - beta)` at zero frequency.
pub fn ema_group_delay(beta: f64, omega: f64) -> f64 {
    beta * (omega.cos() - beta) / distance_squared(beta, omega)
}

/// Frequency of half power (rad/step), `cos omega = (4 beta - 1 - beta²)/(2 beta)`.
///
/// `None` for `beta` below `3 - 2 sqrt 2` or not below 1.
pub fn ema_cutoff(beta: f64) -> Option<f64> {
    let exists = (SMALLEST_WITH_CUTOFF..1.0).contains(&beta);
    // sin²(omega/2) = (1 - beta)²/(4 beta) is the same condition without cancellation.
    exists.then(|| 2.0 * (0.5 * (1.0 - beta) / beta.sqrt()).min(1.0).asin())
}

/// Weight of the sample `age` steps back, `(1 - beta) beta^age` (1): the impulse response.
pub fn ema_weight(beta: f64, age: u64) -> f64 {
    (1.0 - beta) * beta.powf(age as f64)
}

/// Answer to a unit step after `n + 1` samples, `1 - beta^(n+1)` (1): the weight of the last `n + 1` samples.
pub fn ema_step(beta: f64, n: u64) -> f64 {
    1.0 - beta.powf(n as f64 + 1.0)
}

/// Variance out per variance in for white noise, `(1 - beta)/(1 + beta)`; also the gain at the Nyquist frequency.
pub fn ema_noise_gain(beta: f64) -> f64 {
    (1.0 - beta) / (1.0 + beta)
}

/// The "number of values averaged over" that people quote, `1/(1 - beta)` (steps).
pub fn ema_window(beta: f64) -> f64 {
    1.0 / (1.0 - beta)
}

/// Mean age of the average, `beta/(1 - beta)` (steps).
pub fn ema_mean_age(beta: f64) -> f64 {
    beta / (1.0 - beta)
}

/// Steps in which a weight decays by e, `-1/ln beta`.
pub fn ema_e_fold(beta: f64) -> f64 {
    -1.0 / beta.ln()
}

/// Length of the plain average that passes as much white noise, `(1 + beta)/(1 - beta)` (steps).
pub fn ema_equal_noise_length(beta: f64) -> f64 {
    1.0 / ema_noise_gain(beta)
}

/// Weight inside the quoted window, `1 - beta^(1/(1 - beta))` (1): about 63 to 75 per cent, not all of it.
pub fn ema_weight_in_window(beta: f64) -> f64 {
    1.0 - beta.powf(ema_window(beta))
}
