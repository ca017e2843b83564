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

/// Variance out per variance in of the sum for white noise, `1/(1 - beta²)` (1).
pub fn sum_noise_gain(beta: f64) -> f64 {
    1.0 / ((1.0 - beta) * (1.0 + beta))
}

/// Frequency below which the sum amplifies (rad/step), `cos omega = beta/2`: a gain of 1.
pub fn sum_unit_gain(beta: f64) -> f64 {
    (0.5 * beta).acos()
}

/// Steps in which a weight halves, `ln(1/2)/ln beta`.
pub fn ema_half_life(beta: f64) -> f64 {
    0.5f64.ln() / beta.ln()
}

/// `(1 - 1/n)^n` (1): what is left outside a window of `n` steps, `1/e` in the limit.
pub fn outside_window(n: f64) -> f64 {
    (n * (-1.0 / n).ln_1p()).exp()
}

/// Leading term of `1/e - (1 - 1/n)^n`, `1/(2 e n)` (1).
pub fn outside_window_error(n: f64) -> f64 {
    0.5 * (-1.0f64).exp() / n
}

#[cfg(test)]
mod tests {
    use super::{
        ema_gain, ema_half_life, ema_weight_in_window, outside_window, outside_window_error, sum_gain, sum_noise_gain,
        sum_unit_gain,
    };

    #[test]
    fn sum_and_average_differ_by_a_factor() {
        for beta in [0.0, 0.3, 0.9, 0.99] {
            for omega in [0.0, 0.01, 1.0, 3.1] {
                let (sum, average) = (sum_gain(beta, omega), ema_gain(beta, omega));
                assert!((sum * (1.0 - beta) - average).abs() <= 1e-15, "{beta}, {omega}");
            }
            assert!((sum_gain(beta, sum_unit_gain(beta)) - 1.0).abs() < 1e-12 || beta == 0.0, "{beta}");
            // Parseval over the impulse response.
            let sum: f64 = (0..4000).map(|n| beta.powi(2 * n)).sum();
            assert!((sum / sum_noise_gain(beta) - 1.0).abs() < 1e-12, "{beta}");
        }
    }

    #[test]
    fn windows() {
        for (n, want) in [(1.0, 0.0), (2.0, 0.25), (20.0, 0.358_485_922_408_542_2)] {
            assert!((outside_window(n) - want).abs() < 1e-15, "{n}");
        }
        assert!((outside_window(20.0) - (1.0 - ema_weight_in_window(0.95))).abs() < 1e-14);
        for n in [1e3, 1e5] {
            let error = (-1.0f64).exp() - outside_window(n);
            assert!((error / outside_window_error(n) - 1.0).abs() < 1.0 / n, "{n}: {error}");
        }
        assert!((0.9f64.powf(ema_half_life(0.9)) - 0.5).abs() < 1e-15);
    }
}
