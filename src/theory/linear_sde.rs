//! Linear stochastic dynamics `dz = A z dt + sqrt(2 D) dW`: covariance, currents, entropy production.

use nalgebra::DMatrix;

use super::matrix::continuous_lyapunov;

/// Stationary state of variables that are all even under time reversal (positions without inertia).
#[derive(Clone, Debug, PartialEq)]
pub struct EvenState {
    /// Covariance, `A S + S A^T + 2 D = 0`.
    pub covariance: DMatrix<f64>,
    /// Antisymmetric circulation `Q = A S + D`; zero if and only if detailed balance holds.
    pub circulation: DMatrix<f64>,
    /// Velocity of the probability current, `J = R z p` with `R = Q S^-1` (1/s).
    pub rotation: DMatrix<f64>,
    /// Entropy production rate `tr(R^T D^-1 R S)` (1/s).
    pub entropy_production: f64,
}

/// Stationary state with every variable even; `None` if unstable, or if `D` or the covariance is singular.
///
/// Not for a state with velocities, which are odd: see [`inertial_covariance`]. Source: Risken, ch. 6.
pub fn even_state(a: &DMatrix<f64>, diffusion: &DMatrix<f64>) -> Option<EvenState> {
    let covariance = continuous_lyapunov(a, diffusion)?;
    let raw = a * &covariance + diffusion;
    let circulation = (&raw - raw.transpose()) * 0.5;
    let rotation = &circulation * covariance.clone().try_inverse()?;
    let dissipation = rotation.transpose() * diffusion.clone().try_inverse()? * &rotation * &covariance;
    Some(EvenState { entropy_production: dissipation.trace(), covariance, circulation, rotation })
}

/// Covariance of `(x, v)` for `m x'' = -K x - c x' + noise` with velocity diffusion matrix `D_v` (m²/s³).
///
/// Shape `[2 d][2 d]`, positions first; `friction` is one `c` (N s/m) for all. `K` need not be
/// symmetric. `None` if unstable or the shapes disagree.
pub fn inertial_covariance(k: &DMatrix<f64>, dv: &DMatrix<f64>, m: f64, friction: f64) -> Option<DMatrix<f64>> {
    let d = k.nrows();
    if !k.is_square() || k.shape() != dv.shape() {
        return None;
    }
    let one = DMatrix::<f64>::identity(d, d);
    let mut drift = DMatrix::zeros(2 * d, 2 * d);
    drift.view_mut((0, d), (d, d)).copy_from(&one);
    drift.view_mut((d, 0), (d, d)).copy_from(&(k / -m));
    drift.view_mut((d, d), (d, d)).copy_from(&(one * (-friction / m)));
    let mut diffusion = DMatrix::zeros(2 * d, 2 * d);
    diffusion.view_mut((d, d), (d, d)).copy_from(dv);
    continuous_lyapunov(&drift, &diffusion)
}

/// Entropy production rate (1/s) of that state: `(c/m)² tr(D_v^-1 S_vv) - d c/m`.
///
/// Zero exactly in equilibrium, `D_v = c T/m²`; the formula for even variables would diverge here.
/// Source: Spinney & Ford 2012. `None` as above, or if `D_v` is singular.
pub fn inertial_entropy_production(k: &DMatrix<f64>, dv: &DMatrix<f64>, m: f64, friction: f64) -> Option<f64> {
    let (d, rate) = (k.nrows(), friction / m);
    let sigma = inertial_covariance(k, dv, m, friction)?;
    let heat = dv.clone().try_inverse()? * sigma.view((d, d), (d, d));
    Some(rate * rate * heat.trace() - d as f64 * rate)
}

/// Do two matrices commute to `tolerance` (in their own units)?
///
/// Linearised SGD is in equilibrium if and only if its noise covariance commutes with the Hessian
/// (cf. Chaudhari & Soatto 2018).
pub fn commute(a: &DMatrix<f64>, b: &DMatrix<f64>, tolerance: f64) -> bool {
    a.is_square() && a.shape() == b.shape() && (a * b - b * a).amax() <= tolerance
}
