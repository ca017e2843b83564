//! The exact flow of a linear oscillator, by matrix exponential.

use super::{Field, Linear, State, Stepper};

/// One exact step of `mᵢ q̈ᵢ + cᵢ q̇ᵢ + (K (q − q₀))ᵢ = 0`: (q − q₀, v) ← e^{Ah} (q − q₀, v) with
/// `A = [[0, I], [−m⁻¹K, −m⁻¹c]]`, m and c diagonal.
#[derive(Clone, Debug, PartialEq)]
pub struct ExactFlow {
    dt: f64,
    dim: usize,
    /// e^{Ah}, row-major, `2 dim × 2 dim`.
    propagator: Vec<f64>,
    centre: Vec<f64>,
}

impl ExactFlow {
    /// The flow over `dt` under the linear force `linear`; `mass` and `friction` have one entry per
    /// coordinate (the last entry serves any that are missing; nothing at all counts as 1 and 0).
    pub fn new(linear: Linear<'_>, mass: &[f64], friction: &[f64], dt: f64) -> Self {
        let dim = linear.centre.len();
        let size = 2 * dim;
        let mut a = vec![0.0; size * size];
        for i in 0..dim {
            let (m, c) = (per_coordinate(mass, i, 1.0), per_coordinate(friction, i, 0.0));
            a[i * size + dim + i] = dt;
            a[(dim + i) * size + dim + i] = -c / m * dt;
            for j in 0..dim {
                a[(dim + i) * size + j] = -linear.matrix[i * dim + j] / m * dt;
            }
        }
        ExactFlow { dt, dim, propagator: exponential(&a, size), centre: linear.centre.to_vec() }
    }
}

impl Stepper for ExactFlow {
    fn dt(&self) -> f64 {
        self.dt
    }

    fn slots(&self) -> usize {
        2
    }

    fn step(&self, _: &dyn Field, s: &mut State) {
        let (n, dim, size) = (s.n(), self.dim, 2 * self.dim);
        for row in 0..size {
            let out = if row < dim { 0 } else { 1 };
            let weights = &self.propagator[row * size..(row + 1) * size];
            for p in 0..n {
                let mut sum = 0.0;
                for j in 0..dim {
                    sum += weights[j] * (s.q[j * n + p] - self.centre[j]) + weights[dim + j] * s.v[j * n + p];
                }
                s.slots[out][(row % dim) * n + p] = sum;
            }
        }
        for i in 0..dim * n {
            s.q[i] = self.centre[i / n] + s.slots[0][i];
            s.v[i] = s.slots[1][i];
        }
    }
}

/// Entry `i` of a per-coordinate list whose last entry is repeated.
pub(super) fn per_coordinate(list: &[f64], i: usize, empty: f64) -> f64 {
    list.get(i).or(list.last()).copied().unwrap_or(empty)
}

/// e^A for a row-major `size × size` matrix: scaling and squaring around a Taylor series
/// (Moler and Van Loan 2003, method 3), accurate to rounding for the small matrices used here.
fn exponential(a: &[f64], size: usize) -> Vec<f64> {
    let norm = a.chunks(size).map(|row| row.iter().map(|x| x.abs()).sum::<f64>()).fold(0.0, f64::max);
    let halvings = if norm.is_finite() { (libm::log2(norm.max(1e-300)).ceil() as i32 + 4).clamp(0, 60) } else { 0 };
    let scale = 2f64.powi(-halvings);
    let x: Vec<f64> = a.iter().map(|a| a * scale).collect();
    let identity = |i: usize| if i.is_multiple_of(size + 1) { 1.0 } else { 0.0 };
    // Horner's scheme keeps e^X − I separate from I, so that small entries keep their digits.
    let mut sum = vec![0.0; size * size];
    for k in (1..=12).rev() {
        let next: Vec<f64> = (0..size * size).map(|i| identity(i) + sum[i]).collect();
        sum = product(&x, &next, size);
        for s in &mut sum {
            *s /= f64::from(k);
        }
    }
    for _ in 0..halvings {
        // (I + S)² − I = 2 S + S².
        let square = product(&sum, &sum, size);
        for (s, q) in sum.iter_mut().zip(square) {
            *s = 2.0 * *s + q;
        }
    }
    sum.iter().enumerate().map(|(i, s)| identity(i) + s).collect()
}

fn product(a: &[f64], b: &[f64], size: usize) -> Vec<f64> {
    let mut out = vec![0.0; size * size];
    for i in 0..size {
        for k in 0..size {
            for j in 0..size {
                out[i * size + j] += a[i * size + k] * b[k * size + j];
            }
        }
    }
    out
}
