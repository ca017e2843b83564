//! Stationary noisy heavy ball in several dimensions, and the second moment under curvature noise.

use nalgebra::DMatrix;

use crate::theory::matrix::{continuous_lyapunov, discrete_lyapunov, spectral_radius};

/// Stationary covariances of `X' = ((1 + beta) I - eta K) X - beta X_prev - eta n`, noise covariance `C` per step.
///
/// Returns `(<X X^T>, <X X_prev^T>)`, shapes `[d][d]`. `k`: Hessian \[E/L²\]; `c` \[E²/L²\]. `None` if
/// unstable or the shapes disagree. Source: discrete Lyapunov equation of the doubled state.
pub fn position_covariance(
    k: &DMatrix<f64>,
    c: &DMatrix<f64>,
    eta: f64,
    beta: f64,
) -> Option<(DMatrix<f64>, DMatrix<f64>)> {
    let d = k.nrows();
    if !k.is_square() || k.shape() != c.shape() {
        return None;
    }
    let mut map = DMatrix::zeros(2 * d, 2 * d);
    map.view_mut((0, 0), (d, d)).copy_from(&(DMatrix::identity(d, d) * (1.0 + beta) - k * eta));
    map.view_mut((0, d), (d, d)).fill_with_identity();
    map.view_mut((0, d), (d, d)).scale_mut(-beta);
    map.view_mut((d, 0), (d, d)).fill_with_identity();
    let mut noise = DMatrix::zeros(2 * d, 2 * d);
    noise.view_mut((0, 0), (d, d)).copy_from(&(c * (eta * eta)));
    let sigma = discrete_lyapunov(&map, &noise)?;
    Some((sigma.view((0, 0), (d, d)).into_owned(), sigma.view((0, d), (d, d)).into_owned()))
}

/// Covariance for small steps, `S K + K S = eta C/(1 - beta)` (Mandt, Hoffman & Blei 2017); `None` unless `K` is stable.
pub fn leading_order_covariance(k: &DMatrix<f64>, c: &DMatrix<f64>, eta: f64, beta: f64) -> Option<DMatrix<f64>> {
    continuous_lyapunov(&-k, &(c * (0.5 * eta / (1.0 - beta))))
}

/// Growth per step of the second moment when the curvature fluctuates with variance `s_lambda2` \[E²/L⁴\] (1).
///
/// Spectral radius of the map of `(x², x x_prev, x_prev²)`; below 1 the mean square is stable.
pub fn moment_radius(eta: f64, beta: f64, lambda: f64, s_lambda2: f64) -> f64 {
    let trace = 1.0 + beta - eta * lambda;
    #[rustfmt::skip]
    let map = DMatrix::from_row_slice(3, 3, &[
        trace * trace + eta * eta * s_lambda2, -2.0 * trace * beta, beta * beta,
        trace,                                 -beta,               0.0,
        1.0,                                   0.0,                 0.0,
    ]);
    spectral_radius(&map)
}
