//! The Cholesky factor of a small symmetric matrix.

/// `L` with `L Lᵀ = A`, lower triangular, row-major.
pub(super) struct Cholesky {
    l: Vec<f64>,
    n: usize,
}

impl Cholesky {
    /// The factor of the row-major `n × n` matrix `a`; `None` if it is not positive.
    pub fn of(a: &[f64], n: usize) -> Option<Cholesky> {
        let mut l = vec![0.0; n * n];
        for i in 0..n {
            for j in 0..=i {
                let dot: f64 = (0..j).map(|k| l[i * n + k] * l[j * n + k]).sum();
                let left = a.get(i * n + j)? - dot;
                if i == j {
                    l[i * n + i] = if left > 0.0 { left.sqrt() } else { return None };
                } else {
                    l[i * n + j] = left / l[j * n + j];
                }
            }
        }
        Some(Cholesky { l, n })
    }

    /// Row `i` of `L x`.
    pub fn row(&self, i: usize, x: &[f64]) -> f64 {
        self.l[i * self.n..].iter().zip(x).take(i + 1).map(|(l, x)| l * x).sum()
    }

    /// Makes `x` the solution of `L z = x`.
    pub fn forward(&self, x: &mut [f64]) {
        for i in 0..self.n {
            let known: f64 = (0..i).map(|k| self.l[i * self.n + k] * x[k]).sum();
            x[i] = (x[i] - known) / self.l[i * self.n + i];
        }
    }

    /// Makes `x` the solution of `A z = x`.
    pub fn solve(&self, x: &mut [f64]) {
        self.forward(x);
        for i in (0..self.n).rev() {
            let known: f64 = (i + 1..self.n).map(|k| self.l[k * self.n + i] * x[k]).sum();
            x[i] = (x[i] - known) / self.l[i * self.n + i];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cholesky;

    #[test]
    fn a_small_system_is_solved() {
        let a = [4.0, 2.0, -1.0, 2.0, 5.0, 0.5, -1.0, 0.5, 3.0];
        let Some(factor) = Cholesky::of(&a, 3) else { panic!("it is positive") };
        for (i, row) in a.chunks(3).enumerate() {
            for (j, wanted) in row.iter().enumerate() {
                let column: Vec<f64> = (0..3).map(|k| factor.l[j * 3 + k]).collect();
                assert!((factor.row(i, &column) - wanted).abs() <= 1e-15, "{i} {j}");
            }
        }
        let mut x = [5.0, 9.5, 7.0];
        factor.solve(&mut x);
        for (row, want) in a.chunks(3).zip([5.0, 9.5, 7.0]) {
            let got: f64 = row.iter().zip(x).map(|(a, x)| a * x).sum();
            assert!((got - want).abs() <= 1e-14, "{got}");
        }
        assert!(Cholesky::of(&[1.0, 2.0, 2.0, 1.0], 2).is_none());
        assert!(Cholesky::of(&[f64::NAN], 1).is_none());
    }
}
