//! Spectra of small matrices and polynomials, and the two Lyapunov equations.

pub use nalgebra::Complex;
use nalgebra::{DMatrix, DVector, Schur};

/// QR sweeps allowed per matrix; a handful per eigenvalue is normal.
const MAX_SWEEPS: usize = 10_000;

/// Eigenvalues of a square matrix; `None` if an entry is not finite or the sweeps do not converge.
pub fn eigenvalues(matrix: &DMatrix<f64>) -> Option<Vec<Complex<f64>>> {
    if !matrix.is_square() || matrix.iter().any(|entry| !entry.is_finite()) {
        return None;
    }
    if matrix.is_empty() {
        return Some(Vec::new());
    }
    let schur = Schur::try_new(matrix.clone(), f64::EPSILON, MAX_SWEEPS)?;
    Some(schur.complex_eigenvalues().iter().copied().collect())
}

/// Largest eigenvalue modulus; below 1 a one-step map converges. NaN if there is none.
pub fn spectral_radius(matrix: &DMatrix<f64>) -> f64 {
    eigenvalues(matrix).map_or(f64::NAN, |all| all.iter().map(|z| z.norm()).fold(0.0, f64::max))
}

/// Largest real part of an eigenvalue (1/s); below 0 a flow converges. NaN if there is none.
pub fn spectral_abscissa(matrix: &DMatrix<f64>) -> f64 {
    eigenvalues(matrix).map_or(f64::NAN, |all| all.iter().map(|z| z.re).fold(f64::NEG_INFINITY, f64::max))
}

/// Roots of a real polynomial, coefficients from the highest power down.
///
/// `None` if a coefficient is not finite or the leading one is zero. A root of multiplicity p is good
/// to about the p-th root of the rounding unit.
pub fn polynomial_roots(coefficients: &[f64]) -> Option<Vec<Complex<f64>>> {
    let (&lead, rest) = coefficients.split_first()?;
    if lead == 0.0 {
        return None;
    }
    let n = rest.len();
    let companion = DMatrix::from_fn(n, n, |i, j| match (i, j) {
        (0, j) => -rest[j] / lead,
        (i, j) if i == j + 1 => 1.0,
        _ => 0.0,
    });
    eigenvalues(&companion)
}

/// Largest root modulus of a real polynomial; NaN where [`polynomial_roots`] has no answer.
pub fn polynomial_radius(coefficients: &[f64]) -> f64 {
    polynomial_roots(coefficients).map_or(f64::NAN, |all| all.iter().map(|z| z.norm()).fold(0.0, f64::max))
}

/// Stationary covariance of `z' = M z + noise` with noise covariance `N` per step: `S = M S M^T + N`.
///
/// `None` if `M` is not strictly stable, the shapes disagree or an entry is not finite.
pub fn discrete_lyapunov(m: &DMatrix<f64>, noise: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    let stable = !m.is_empty() && m.shape() == noise.shape() && spectral_radius(m) < 1.0;
    let n = m.nrows();
    stable.then(|| solve_vectorised(DMatrix::identity(n * n, n * n) - m.kronecker(m), noise)).flatten()
}

/// Stationary covariance of `dz = A z dt + sqrt(2 D) dW`: `A S + S A^T + 2 D = 0`.
///
/// `None` if `A` is not strictly stable, the shapes disagree or an entry is not finite.
pub fn continuous_lyapunov(a: &DMatrix<f64>, diffusion: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    let stable = !a.is_empty() && a.shape() == diffusion.shape() && spectral_abscissa(a) < 0.0;
    let one = DMatrix::identity(a.nrows(), a.nrows());
    stable.then(|| solve_vectorised(-(one.kronecker(a) + a.kronecker(&one)), &(2.0 * diffusion))).flatten()
}

/// Solves `K vec(S) = vec(right)` for the symmetric `S`.
fn solve_vectorised(k: DMatrix<f64>, right: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    let (rows, columns) = right.shape();
    let stacked = k.lu().solve(&DVector::from_column_slice(right.as_slice()))?;
    let solution = DMatrix::from_column_slice(rows, columns, stacked.as_slice());
    Some((&solution + solution.transpose()) * 0.5)
}
