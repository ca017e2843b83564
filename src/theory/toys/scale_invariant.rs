//! Weights in front of a normalisation: the loss sees only their direction,
//! `L = A (1 - u . w/|w|)` with a unit vector `u`.

/// Gradient `-(A/|w|)(u - (u . w) w/|w|²)` in the plane; orthogonal to `w`, NaN at the origin.
pub fn gradient(a: f64, u: [f64; 2], w: [f64; 2]) -> [f64; 2] {
    let norm = w[0].hypot(w[1]);
    let (direction, scale) = ([w[0] / norm, w[1] / norm], -a / norm);
    let along = u[0] * direction[0] + u[1] * direction[1];
    [scale * (u[0] - along * direction[0]), scale * (u[1] - along * direction[1])]
}

/// Squared norm after a plain gradient step without decay, `|w|² + eta² |g|²`, exactly (van Laarhoven 2017).
pub fn norm_squared_after(norm_squared: f64, eta: f64, gradient_squared: f64) -> f64 {
    norm_squared + eta * eta * gradient_squared
}

/// Squared norm after momentum steps `p_t` (buffers, `[t][component]`) without decay.
///
/// `|w_0|² + eta² sum |p_t|² + 2 eta² sum_(s<t) beta^(t-s) |p_s|²`. Source: Heo et al. 2021.
pub fn norm_squared_after_momentum(norm_squared: f64, eta: f64, beta: f64, buffers: &[[f64; 2]]) -> f64 {
    // How far the next buffer points along the weights, which only earlier buffers can make it do.
    let mut remembered = 0.0;
    let mut sum = 0.0;
    for p in buffers {
        let size = p[0] * p[0] + p[1] * p[1];
        sum += size + 2.0 * remembered;
        remembered = beta * (remembered + size);
    }
    norm_squared + eta * eta * sum
}

/// Factor by which momentum speeds up the growth of the norm, `(1 + beta)/(1 - beta)` (1).
pub fn norm_growth_factor(beta: f64) -> f64 {
    (1.0 + beta) / (1.0 - beta)
}

/// Radius at which growth and decay balance, `r⁴ = eta G/(w (1 - beta)(2 - eta w/(1 + beta)))` \[L\].
///
/// Momentum with L2 decay `w`, gradients `E|g|² = G/r²`. Source: Wan et al. 2021.
pub fn equilibrium_radius(eta: f64, beta: f64, w: f64, g: f64) -> f64 {
    (eta * g / (w * (1.0 - beta) * (2.0 - eta * w / (1.0 + beta)))).powf(0.25)
}

/// Angle between successive weights there, `cos = 1 - eta w/(1 + beta)` (rad); set by `eta w` alone.
pub fn equilibrium_angle(eta: f64, beta: f64, w: f64) -> f64 {
    // 2 asin keeps the digits that the cosine of a small angle loses.
    2.0 * (0.5 * eta * w / (1.0 + beta)).sqrt().asin()
}

/// Small-angle form of it, `sqrt(2 eta w/(1 + beta))` (rad).
pub fn equilibrium_angle_small(eta: f64, beta: f64, w: f64) -> f64 {
    (2.0 * eta * w / (1.0 + beta)).sqrt()
}

/// Steps of full growth that `n` momentum steps from a buffer at rest are worth (1): `n` without momentum, and
/// fewer by about `1/(1 - beta)` with it, because the buffer has to fill.
///
/// `(1 - beta)² sum_s E|p_s|² (1 + 2 sum_(t>s) beta^(t-s))/g²` over white gradients of size `g`. Derived from
/// [`norm_squared_after_momentum`].
pub fn growth_steps(beta: f64, n: f64) -> f64 {
    let (left, rest) = (beta.powf(n), 1.0 - beta);
    let filling = beta * beta * (1.0 - left * left) / (1.0 - beta * beta);
    let ends = 2.0 * beta * (1.0 - left) * (1.0 - beta * left) / (rest * rest);
    (n - filling) - ends * rest / (1.0 + beta)
}

/// Mean fourth power of the norm after `n` steps from radius `r0` under white gradients of `E|g|² = G/r²` \[L⁴\].
///
/// `r0⁴ + 2 alpha² G n` without decay, `alpha = eta/(1 - beta)`: at equal effective step momentum changes nothing.
/// With decay `w` it relaxes to the fourth power of [`equilibrium_radius`] at the rate `4 alpha w` per step.
/// Leading order in `alpha² G/r⁴` and `alpha w`, with [`growth_steps`] for `n`. Derived.
pub fn expected_fourth_power(eta: f64, beta: f64, w: f64, g: f64, r0: f64, n: f64) -> f64 {
    let (alpha, steps) = (eta / (1.0 - beta), growth_steps(beta, n).max(0.0));
    let start = r0.powi(4);
    if w == 0.0 {
        return start + 2.0 * alpha * alpha * g * steps;
    }
    let rest = equilibrium_radius(eta, beta, w, g).powi(4);
    start + (rest - start) * -(-4.0 * alpha * w * steps).exp_m1()
}

#[cfg(test)]
mod tests {
    use super::{expected_fourth_power, growth_steps};

    /// The double sum itself.
    #[test]
    fn growth_steps_by_their_sum() {
        for beta in [0.0f64, 0.5, 0.9, 0.99] {
            for n in [1, 7, 300] {
                let size = |s: i32| (1.0 - beta.powi(2 * s)) / (1.0 - beta * beta);
                let cross = |s: i32| (s + 1..=n).map(|t| beta.powi(t - s)).sum::<f64>();
                let sum: f64 = (1..=n).map(|s| size(s) * (1.0 + 2.0 * cross(s))).sum();
                let wanted = (1.0 - beta).powi(2) * sum;
                let got = growth_steps(beta, f64::from(n));
                assert!((got / wanted - 1.0).abs() < 1e-9, "{beta} {n}: {got} {wanted}");
            }
        }
    }

    #[test]
    fn decay_ends_growth() {
        let of = |w: f64, n: f64| expected_fourth_power(0.1, 0.9, w, 0.04, 1.0, n);
        assert!((of(1e-9, 200.0) / of(0.0, 200.0) - 1.0).abs() < 1e-6);
        let rest = super::equilibrium_radius(0.1, 0.9, 0.002, 0.04).powi(4);
        assert!((of(0.002, 1e5) / rest - 1.0).abs() < 1e-12 && of(0.002, 0.0) == 1.0);
    }
}
