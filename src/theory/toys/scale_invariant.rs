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
