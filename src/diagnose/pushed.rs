//! What the pushes of minibatches do to a loss.
//!
//! A run that is pushed deviates from one that is not by δx, which follows the recursion of the mode from 0 at the
//! first row. To first order the loss, L₀ + ½λx̄², deviates by λx̄ₙ δxₙ: a row shows the deviation with a slope that
//! rises and falls with the run, and not at all where that passes its minimum. The run x̄ without pushes follows up to
//! its sign and scale from the curve of the loss itself. What is left out, ½λδx², has the mean of a loss (a constant
//! and products of the poles), which every fit holds; its fluctuations do not count as long as they are smaller than
//! the errors of the rows.

use super::least::project;
use super::likelihood::Rows;

/// The slope of every row, x̄ₙ over the largest |x̄ₙ|, where `[sum, product]` are those of the poles per row.
///
/// The loss is fitted by a constant and the products of two runs r, s from independent starts: r², rs, s² with the
/// coefficients of a symmetric matrix M. Of x̄ = u₀r + u₁s that matrix would be uuᵀ; u is its first eigenvector
/// where r and s are orthonormal over the rows.
pub fn slopes(log: Rows<'_>, [sum, product]: [f64; 2]) -> Option<Vec<f64>> {
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
    let fitted = project(&mut columns, &mut y).coefficients;
    let [m00, m01, m11] = [fitted[0], 0.5 * fitted[1], fitted[2]];
    // r and s by orthonormal ones: the factor of Cholesky of their products.
    let a = rr.sqrt();
    let b = rs / a;
    let d = (ss - b * b).max(0.0).sqrt();
    let [n00, n01, n11] = [a * a * m00 + 2.0 * a * b * m01 + b * b * m11, d * (a * m01 + b * m11), d * d * m11];
    let angle = 0.5 * (2.0 * n01).atan2(n00 - n11);
    let second = angle.sin() / d;
    let first = (angle.cos() - b * second) / a;
    let x: Vec<f64> = r.iter().zip(&s).map(|(r, s)| first * r + second * s).collect();
    let far = x.iter().fold(0.0, |far: f64, x| far.max(x.abs()));
    (far > 0.0 && x.iter().all(|x| x.is_finite())).then(|| x.iter().map(|x| x / far).collect())
}
