//! Modified equations: the differential equation whose solution a run follows to one more order.

use super::mapping::Mapping;

/// Factors on `m x''`, `c x'` and the force in the equation a scheme follows to O(h²), in place of 1, 1, 1.
///
/// With `a = c h/m`: explicit `(1 - a/2, 1, 1)`, qian `(1 + a/2, 1, 1)`, conformal `(1, 1, 1 + a/2)`;
/// the second-order maps and the exact one need none. Source: backward error analysis; derived.
pub fn first_order_factors(map: Mapping, a: f64) -> [f64; 3] {
    match map {
        Mapping::Explicit => [1.0 - 0.5 * a, 1.0, 1.0],
        Mapping::Qian => [1.0 + 0.5 * a, 1.0, 1.0],
        Mapping::Conformal => [1.0, 1.0, 1.0 + 0.5 * a],
        Mapping::Splitting | Mapping::Central | Mapping::Exact => [1.0; 3],
    }
}

/// Rate of the gradient flow a run with fixed `beta` follows to O(eta) in the time `t = n eta`: `1/(1 - beta)`.
///
/// Source: Kovachki & Stuart 2021.
pub fn flow_rate(beta: f64) -> f64 {
    1.0 / (1.0 - beta)
}

/// Second-order equation `mass u'' + friction u' = -grad f` in the time `t = n eta`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inertial {
    /// Mass, proportional to `eta`.
    pub mass: f64,
    /// Friction `1 - beta`.
    pub friction: f64,
    /// Initial velocity per unit gradient at the start.
    pub start_velocity: f64,
}

/// The inertial equation a heavy ball from rest follows to O(eta²) at fixed `beta` (Kovachki & Stuart 2021).
///
/// `mass = eta (1 + beta)/2`, `friction = 1 - beta`, `u'(0) = -grad f/(1 + beta)`.
pub fn inertial_heavy_ball(eta: f64, beta: f64) -> Inertial {
    Inertial { mass: 0.5 * eta * (1.0 + beta), friction: 1.0 - beta, start_velocity: -1.0 / (1.0 + beta) }
}

/// Mass of the inertial equation of Nesterov's method, `(eta/2)(1 + beta - 2 beta (1 - beta))`.
pub fn inertial_mass_nesterov(eta: f64, beta: f64) -> f64 {
    0.5 * eta * (1.0 + beta - 2.0 * beta * (1.0 - beta))
}

/// Weight of `|grad f|²` in the loss whose gradient flow a heavy ball follows to O(eta²): `eta (1 + beta)/(4 (1 - beta)²)`.
///
/// `(1 + beta)/(1 - beta)` times that of gradient descent at equal effective rate. Source: Barrett &
/// Dherin 2021 for `beta = 0`; Ghosh et al. 2023.
pub fn implicit_regulariser(eta: f64, beta: f64) -> f64 {
    0.25 * eta * (1.0 + beta) / (1.0 - beta).powi(2)
}

/// Start of that flow relative to the run's, per unit gradient: `eta beta/(1 - beta)²`.
pub fn regularised_start_shift(eta: f64, beta: f64) -> f64 {
    eta * beta / (1.0 - beta).powi(2)
}

/// Extra friction per unit Hessian of Nesterov's method in the scaling `h = sqrt eta`: `h beta` (Shi et al. 2021).
pub fn hessian_damping(h: f64, beta: f64) -> f64 {
    h * beta
}
