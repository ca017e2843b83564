//! Linear least squares on a few long columns.

/// The fit of a column by others.
pub struct Projection {
    /// Coefficient of every column; 0 for one that adds nothing to those before it.
    pub coefficients: Vec<f64>,
    /// Sum of squares of what is left.
    pub rest: f64,
    /// Logarithm of the determinant of the columns' products, ln |XᵀX|, of those that count.
    pub volume: f64,
}

/// A column counts as made of those before it if this share of its length is left.
const DEPENDENT: f64 = 1e-9;

/// Projects `y` onto the columns by modified Gram–Schmidt (Björck 1967): the columns become orthonormal, `y`
/// what is left of it.
pub fn project(columns: &mut [Vec<f64>], y: &mut [f64]) -> Projection {
    let count = columns.len();
    let (mut upper, mut along) = (vec![0.0; count * count], vec![0.0; count]);
    for k in 0..count {
        let (before, own) = columns.split_at_mut(k);
        let Some(own) = own.first_mut() else { break };
        let whole = norm(own);
        for (j, unit) in before.iter().enumerate() {
            let share = dot(unit, own);
            upper[j * count + k] = share;
            take(own, share, unit);
        }
        let left = norm(own);
        if left > DEPENDENT * whole && left.is_finite() {
            own.iter_mut().for_each(|x| *x /= left);
            upper[k * count + k] = left;
            along[k] = dot(own, y);
            take(y, along[k], own);
        } else {
            own.fill(0.0);
        }
    }
    let pivots = (0..count).map(|k| upper[k * count + k]).filter(|pivot| *pivot > 0.0);
    let volume = pivots.map(|pivot| 2.0 * pivot.ln()).sum();
    Projection { coefficients: solve(&upper, &along), rest: dot(y, y), volume }
}

/// Back substitution; a vanishing pivot gives 0.
fn solve(upper: &[f64], along: &[f64]) -> Vec<f64> {
    let count = along.len();
    let mut out = vec![0.0; count];
    for k in (0..count).rev() {
        let known: f64 = (k + 1..count).map(|j| upper[k * count + j] * out[j]).sum();
        let pivot = upper[k * count + k];
        out[k] = if pivot > 0.0 { (along[k] - known) / pivot } else { 0.0 };
    }
    out
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

fn take(from: &mut [f64], share: f64, unit: &[f64]) {
    for (x, u) in from.iter_mut().zip(unit) {
        *x -= share * u;
    }
}
