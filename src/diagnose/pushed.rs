//! What the pushes of minibatches do to a loss.
//!
//! A run that is pushed deviates from one that is not by δx, which follows the recursion of the mode from 0 at the
//! first row. The loss is L₀ + ½λ(x̄ + δx)². To first order it deviates by λx̄ₙ δxₙ: a row shows the deviation with a
//! slope that rises and falls with the run, and not at all where that passes its minimum. The run x̄ without pushes
//! follows, up to its sign, from the curve of the loss itself. The unit of a push is what it does to the loss where
//! the run is farthest out, so slopes are x̄ₙ over the largest |x̄ₙ|.
//!
//! The second order, ½λδx², has the mean of a loss (a constant and products of the poles), which every fit holds. Its
//! fluctuations count as errors of the rows, of the variance a row has times half the number of rows the square
//! remembers: that is their power at the frequency of the mode.

use super::filter::{deviations, innovations_on};
use super::least::project;
use super::likelihood::{Regression, Rows, runs};
use super::shape::{Shape, rows};

/// A loss whose run is pushed, at given parameters.
pub struct Pushed {
    /// x̄ₙ over the largest |x̄ₙ|.
    slopes: Vec<f64>,
    /// How far the loss is above its floor where the run is farthest out.
    height: f64,
    /// Mean square of what the curve leaves of the log.
    rest: f64,
    /// Variance of the deviation at every row, of pushes of variance 1.
    open: Vec<f64>,
    /// Half the number of rows that a square of the deviation remembers.
    memory: f64,
    /// The log, and the runs of the loss.
    columns: Vec<Vec<f64>>,
    poles: [f64; 2],
    every: u32,
}

impl Pushed {
    /// For a loss; `None` for any other shape, and where the parameters mean nothing.
    pub fn of(log: Rows<'_>, shape: Shape, at: &[f64]) -> Option<Pushed> {
        let [q, beta] = match (shape, at) {
            (Shape::Loss, [q, beta]) => [*q, *beta],
            (Shape::Held { beta, loss: true }, [q]) => [*q, beta],
            _ => return None,
        };
        let (poles, apart) = (rows(q, beta, 1)?, rows(q, beta, log.every)?);
        let (slopes, height, rest) = slopes(log, apart)?;
        let mut columns = runs(log.values.len(), shape.recursion(at, log.every)?);
        columns.insert(0, log.values.to_vec());
        let count = log.values.len();
        let open = deviations(count, poles, log.every);
        let memory = (0.5 * (1.0 + apart[1].abs()) / (1.0 - apart[1].abs())).clamp(1.0, count as f64);
        let memory = if memory.is_nan() { count as f64 } else { memory };
        Some(Pushed { slopes, height, rest, open, memory, columns, poles, every: log.every })
    }

    /// What the variance of both noises may be at a share of the pushes, from what the curve leaves: the first order only.
    pub fn variance(&self, share: f64) -> f64 {
        let seen = self.slopes.iter().zip(&self.open).map(|(c, k)| c * c * share * k).sum::<f64>();
        self.rest / (seen / self.slopes.len() as f64 + 1.0 - share)
    }

    /// What the square of the deviation adds to the variance of a row in the end, over that of an error.
    pub fn bend(&self, share: f64) -> f64 {
        let most = self.open.iter().copied().fold(0.0, f64::max);
        self.variance(share) * (share * most / self.height).powi(2) / 8.0 / (1.0 - share)
    }

    /// What is to be regressed if the variance of both noises is about this much.
    pub fn regression(&self, share: f64, variance: f64) -> Option<Regression> {
        // Of z² / 4h with z normal: twice the square of its variance over 16 h².
        let second = |k: f64| variance * (share * k / self.height).powi(2) * self.memory / 8.0;
        let weights: Vec<[f64; 2]> =
            self.slopes.iter().zip(&self.open).map(|(c, k)| [*c, 1.0 - share + second(*k)]).collect();
        let mut new = innovations_on(&weights, &self.columns, self.every, self.poles, share);
        let (spread, y) = (new.pop()?, new.remove(0));
        Some((new, y, spread))
    }
}

/// The slope of every row, x̄ₙ over the largest |x̄ₙ|; how high the loss is there; and the mean square of what its curve
/// leaves. `[sum, product]` are those of the poles per row.
///
/// The loss is fitted by a constant and the products of two runs r, s from independent starts: r², rs, s² with the
/// coefficients of a symmetric matrix M. Of x̄ = u₀r + u₁s that matrix would be uuᵀ; u is its first eigenvector
/// where r and s are orthonormal over the rows.
fn slopes(log: Rows<'_>, [sum, product]: [f64; 2]) -> Option<(Vec<f64>, f64, f64)> {
    let run = |start: [f64; 2]| {
        let next = |at: &[f64; 2]| Some([at[1], sum * at[1] - product * at[0]]);
        std::iter::successors(Some(start), next).map(|at| at[0]).take(log.values.len()).collect::<Vec<f64>>()
    };
    let (r, s) = (run([1.0, 1.0]), run([0.0, 1.0]));
    let there: Vec<usize> = (0..log.values.len()).filter(|i| !log.values[*i].is_nan()).collect();
    let product = |a: &[f64], b: &[f64]| there.iter().map(|i| a[*i] * b[*i]).collect::<Vec<f64>>();
    let mut columns = vec![product(&r, &r), product(&r, &s), product(&s, &s), vec![1.0; there.len()]];
    let [rr, rs, ss] = [0, 1, 2].map(|k: usize| columns[k].iter().sum::<f64>());
    let mut y: Vec<f64> = there.iter().map(|i| log.values[*i]).collect();
    let fit = project(&mut columns, &mut y);
    let (fitted, rest) = (fit.coefficients, fit.rest / there.len() as f64);
    let [m00, m01, m11] = [fitted[0], 0.5 * fitted[1], fitted[2]];
    // r and s by orthonormal ones: the factor of Cholesky of their products.
    let a = rr.sqrt();
    let b = rs / a;
    let d = (ss - b * b).max(0.0).sqrt();
    let [n00, n01, n11] = [a * a * m00 + 2.0 * a * b * m01 + b * b * m11, d * (a * m01 + b * m11), d * d * m11];
    let angle = 0.5 * (2.0 * n01).atan2(n00 - n11);
    let top = 0.5 * (n00 + n11 + (n00 - n11).hypot(2.0 * n01));
    let second = angle.sin() / d;
    let first = (angle.cos() - b * second) / a;
    let x: Vec<f64> = r.iter().zip(&s).map(|(r, s)| first * r + second * s).collect();
    let far = x.iter().fold(0.0, |far: f64, x| far.max(x.abs()));
    let sane = far > 0.0 && top > 0.0 && x.iter().all(|x| x.is_finite());
    sane.then(|| (x.iter().map(|x| x / far).collect(), top * far * far, rest))
}
