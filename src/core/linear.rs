//! Linear algebra for a handful of coordinates.

/// Solves `A x = b` in place by elimination with partial pivoting: `b` becomes x. `false`, with
/// `b` spoilt, if A (row-major, overwritten) is singular.
pub(super) fn solve(a: &mut [f64], b: &mut [f64]) -> bool {
    let n = b.len();
    for k in 0..n {
        let size = |row: usize, a: &[f64]| a[row * n + k].abs();
        let pivot = (k..n).fold(k, |best, row| if size(row, a) > size(best, a) { row } else { best });
        if !(size(pivot, a) > 0.0) {
            return false;
        }
        for j in 0..n {
            a.swap(k * n + j, pivot * n + j);
        }
        b.swap(k, pivot);
        for row in k + 1..n {
            let share = a[row * n + k] / a[k * n + k];
            for j in k..n {
                a[row * n + j] -= share * a[k * n + j];
            }
            b[row] -= share * b[k];
        }
    }
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|j| a[k * n + j] * b[j]).sum();
        b[k] = (b[k] - known) / a[k * n + k];
    }
    true
}

/// The eigenvalues of a symmetric row-major `n × n` matrix in rising order, by Jacobi's rotations.
pub(super) fn eigenvalues(matrix: &[f64], n: usize) -> Vec<f64> {
    let mut a = matrix.to_vec();
    for _ in 0..30 {
        for p in 0..n {
            for q in p + 1..n {
                if a[p * n + q] != 0.0 {
                    rotate(&mut a, n, p, q);
                }
            }
        }
    }
    let mut out: Vec<f64> = (0..n).map(|i| a[i * n + i]).collect();
    out.sort_by(f64::total_cmp);
    out
}

/// Turns the plane of coordinates p and q so that the entry (p, q) vanishes.
fn rotate(a: &mut [f64], n: usize, p: usize, q: usize) {
    let ratio = (a[q * n + q] - a[p * n + p]) / (2.0 * a[p * n + q]);
    let t = 1.0_f64.copysign(ratio) / (ratio.abs() + libm::sqrt(ratio * ratio + 1.0));
    let c = 1.0 / libm::sqrt(t * t + 1.0);
    let s = t * c;
    for k in 0..n {
        let (x, y) = (a[k * n + p], a[k * n + q]);
        (a[k * n + p], a[k * n + q]) = (c * x - s * y, s * x + c * y);
    }
    for k in 0..n {
        let (x, y) = (a[p * n + k], a[q * n + k]);
        (a[p * n + k], a[q * n + k]) = (c * x - s * y, s * x + c * y);
    }
    (a[p * n + q], a[q * n + p]) = (0.0, 0.0);
}

#[cfg(test)]
mod tests {
    use super::{eigenvalues, solve};

    #[test]
    fn a_small_system_is_solved() {
        let (mut a, mut b) = ([0.0, 2.0, 1.0, 1.0, -1.0, 0.5, 3.0, 1.0, 2.0], [7.0, 0.5, 11.0]);
        assert!(solve(&mut a, &mut b));
        assert!(b.iter().zip([1.0, 2.0, 3.0]).all(|(got, want)| (got - want).abs() <= 1e-14), "{b:?}");
        assert!(!solve(&mut [1.0, 2.0, 2.0, 4.0], &mut [1.0, 1.0]));
    }

    #[test]
    fn eigenvalues_of_a_chain() {
        // The second-difference matrix of four masses: 2 − 2 cos(kπ/5).
        let a = [2.0, -1.0, 0.0, 0.0, -1.0, 2.0, -1.0, 0.0, 0.0, -1.0, 2.0, -1.0, 0.0, 0.0, -1.0, 2.0];
        for (k, got) in eigenvalues(&a, 4).into_iter().enumerate() {
            let want = 2.0 - 2.0 * f64::cos((k + 1) as f64 * std::f64::consts::PI / 5.0);
            assert!((got - want).abs() <= 1e-14, "{got} is not {want}");
        }
    }
}
