//! Gradient descent and its momentum variants as words over [`Move`](super::super::Move)s.

use super::super::Move::{Drift, Eval, Flow, Kick};
use super::super::Splitting;
use super::{iterations, keep};

/// Gradient descent: q ← q + ηf.
pub fn gradient_descent(eta: f64) -> Splitting {
    iterations(vec![Eval, Flow(eta)])
}

/// How heavy ball stores its momentum. Positions agree for constant coefficients; they part when
/// a coefficient changes in mid-run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// v is the displacement per step: v ← βv + ηf, q ← q + v.
    Displacement,
    /// v is the accumulated force: v ← βv + f, q ← q + ηv.
    Accumulating,
    /// v is the moving average of the force: v ← βv + (1−β)f, q ← q + αv with α = η/(1−β).
    MovingAverage,
}

/// Heavy ball (Polyak 1964) with step η and momentum β in the given storage convention.
///
/// In [`Convention::MovingAverage`] the step applied to the average is α = η/(1−β), which does not
/// exist at β = 1; the displacement form is used there instead.
pub fn heavy_ball(eta: f64, beta: f64, convention: Convention) -> Splitting {
    match convention {
        Convention::Accumulating => iterations(vec![Eval, keep(beta), Kick(1.0), Drift(eta)]),
        Convention::MovingAverage if beta != 1.0 => {
            iterations(vec![Eval, keep(beta), Kick(1.0 - beta), Drift(eta / (1.0 - beta))])
        }
        _ => iterations(vec![Eval, keep(beta), Kick(eta), Drift(1.0)]),
    }
}

/// Nesterov's method (Nesterov 1983; Sutskever et al. 2013) with the state kept at the look-ahead
/// point φ: v ← βv + ηf(φ), φ ← φ + βv + ηf(φ).
pub fn nesterov(eta: f64, beta: f64) -> Splitting {
    iterations(vec![Eval, keep(beta), Kick(eta), Drift(beta), Flow(eta)])
}

/// Nesterov's method with the state kept at the parameters θ themselves (Sutskever et al. 2013,
/// eqs. 3 and 4): v ← βv + ηf(θ + βv), θ ← θ + v with the new v.
///
/// Its θ and the φ of [`nesterov`] are one run seen at two points, φ = θ + βv.
pub fn nesterov_look_ahead(eta: f64, beta: f64) -> Splitting {
    iterations(vec![Drift(beta), Eval, keep(beta), Kick(eta), Flow(eta)])
}

/// Quasi-hyperbolic momentum (Ma and Yarats 2018, eqs. 3 and 4):
/// v ← βv + (1−β)f, q ← q + α((1−ν)f + νv).
///
/// ν = 0 is gradient descent, ν = 1 the moving average, ν = β Nesterov's method with η = α(1−β).
pub fn qhm(alpha: f64, beta: f64, nu: f64) -> Splitting {
    iterations(vec![Eval, keep(beta), Kick(1.0 - beta), Drift(alpha * nu), Flow(alpha * (1.0 - nu))])
}
