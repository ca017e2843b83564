//! Geometry of the flow on (position, velocity): divergence, curl, and what they do not say.
//!
//! A nonzero curl of this drift says nothing about the *force*: the frictionless spring has it too,
//! and its circulation at temperature T is thermal equilibrium. Whether a force is conservative shows
//! in the entropy production of [`super::steady_state`].

/// Divergence of the drift `(v, -(c v + U')/m)`, `-c/m` (1/s).
pub fn divergence(m: f64, c: f64) -> f64 {
    -c / m
}

/// `d(v')/dx - d(x')/dv` of that drift, `-U''/m - 1`; a number only in given units (`u_second` in N/m, per second).
///
/// In the oscillator's own units it is -2 whatever the damping.
pub fn curl(m: f64, u_second: f64) -> f64 {
    -u_second / m - 1.0
}

/// Divergence of the increment field `(-(beta v + eta f'), (beta - 1) v + eta f')`, `-eta f'' + beta - 1` (per step).
pub fn increment_divergence(eta: f64, beta: f64, f_second: f64) -> f64 {
    beta - 1.0 - eta * f_second
}

/// Curl of the same increment field, `eta f'' + beta` (per step); its sign flips with the sign of the velocity.
pub fn increment_curl(eta: f64, beta: f64, f_second: f64) -> f64 {
    eta * f_second + beta
}

/// Factor on phase volume after `n` heavy-ball steps, `beta^n`, for any loss.
pub fn volume_after(beta: f64, n: u64) -> f64 {
    beta.powf(n as f64)
}
