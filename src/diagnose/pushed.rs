//! What the pushes of minibatches do to a loss.
//!
//! The loss is c + x², x in units of its own, and x follows the recursion of the mode under pushes. Where the run starts
//! and the level c come from the curve of the loss first, then from the filter of [`super::moments`] by Gauss and
//! Newton's steps. The unit of a push is what it does to the loss where that is 1 above the level, about as far out as a
//! log reaches.

use super::filter::deviations;
use super::least::project;
use super::likelihood::{Held, Rows, regressed};
use super::moments::{Course, Origin, follow};
use super::shape::{Shape, rows};

/// A loss whose run is pushed, at given parameters.
pub struct Pushed<'a> {
    log: Rows<'a>,
    /// Where the run starts by the curve of the loss.
    origin: Origin,
    /// Mean square of what that curve leaves of the log.
    rest: f64,
    /// The run without pushes, and the variance of its deviation for pushes of variance 1, row by row.
    run: Vec<f64>,
    open: Vec<f64>,
    poles: [f64; 2],
}

/// Steps of Gauss and Newton.
const TURNS: usize = 3;
/// A change of −2 ln L after which no more are taken.
const ENOUGH: f64 = 0.01;

impl<'a> Pushed<'a> {
    /// For a loss; `None` for any other shape, and where the parameters mean nothing.
    pub fn of(log: Rows<'a>, shape: Shape, at: &[f64]) -> Option<Pushed<'a>> {
        let [q, beta] = match (shape, at) {
            (Shape::Loss, [q, beta]) => [*q, *beta],
            (Shape::Held { beta, loss: true }, [q]) => [*q, beta],
            _ => return None,
        };
        let (poles, apart) = (rows(q, beta, 1)?, rows(q, beta, log.every)?);
        let (origin, run, rest) = curve(log, poles, apart)?;
        let variances = deviations(run.len(), poles, log.every);
        Some(Pushed { log, origin, rest, run, open: variances, poles })
    }

    /// The fit at a share of the pushes.
    pub fn held(&self, share: f64) -> Option<Held> {
        let rows = self.run.len() as f64;
        let first = self.run.iter().zip(&self.open).map(|(x, k)| x * x * k).sum::<f64>() / rows;
        let mean = self.open.iter().sum::<f64>() / rows;
        let mut variance = self.rest / (share * first + 1.0 - share);
        let mut origin = Origin { level: self.origin.level - 0.25 * share * variance * mean, ..self.origin };
        let mut best: Option<Held> = None;
        for _ in 0..TURNS {
            let (push, error) = (0.25 * share * variance, (1.0 - share) * variance);
            let course = Course { poles: self.poles, every: self.log.every, push, error };
            let mut news = follow(self.log.values, &course, &origin);
            let unit = variance.sqrt();
            let per = |column: Vec<f64>| column.into_iter().map(|x| x * unit).collect::<Vec<f64>>();
            news.spread.iter_mut().for_each(|x| *x /= unit);
            let Some(held) = regressed((news.columns.map(per).to_vec(), per(news.rest), news.spread), self.log.trust)
            else {
                break;
            };
            origin = origin.moved(&held.projection.coefficients);
            variance = held.projection.rest / held.count;
            let gain = best.as_ref().map_or(f64::INFINITY, |best| best.misfit - held.misfit);
            if gain > 0.0 {
                best = Some(held.at(origin.level));
            }
            if gain.abs() < ENOUGH {
                break;
            }
        }
        best
    }
}

impl Pushed<'_> {
    /// The share (1) of the square of the deviation in the variance of every row that is there, for a fit at a share of the
    /// pushes.
    pub fn bends(&self, share: f64) -> Option<Vec<f64>> {
        let held = self.held(share)?;
        let variance = held.projection.rest / held.count;
        let there = self.log.values.iter().zip(self.run.iter().zip(&self.open)).filter(|(y, _)| !y.is_nan());
        let of = |(_, (x, k)): (&f64, (&f64, &f64))| {
            let p = 0.25 * share * variance * k;
            2.0 * p * p / (2.0 * p * p + 4.0 * x * x * p + (1.0 - share) * variance)
        };
        Some(there.map(of).collect())
    }
}

/// The start of the run, the run, and the mean square of what the curve of its loss leaves of the log. `poles` are sum
/// and product of those per step, `apart` of those per row.
///
/// The loss is fitted by a constant and the products of two runs r, s from independent starts: r², rs, s² with the
/// coefficients of a symmetric matrix M. Of x = u₀r + u₁s that matrix would be uuᵀ; u is its first eigenvector
/// where r and s are orthonormal over the rows.
fn curve(log: Rows<'_>, poles: [f64; 2], [sum, product]: [f64; 2]) -> Option<(Origin, Vec<f64>, f64)> {
    // What follows a start of the run and of the step before it.
    let run = |start: [f64; 2]| {
        let second = forward(poles, log.every, start);
        let next = |at: &[f64; 2]| Some([at[1], sum * at[1] - product * at[0]]);
        let all = std::iter::successors(Some([start[0], second]), next);
        all.map(|at| at[0]).take(log.values.len()).collect::<Vec<f64>>()
    };
    let starts = [[1.0, 1.0], [0.0, -1.0]];
    let [r, s] = starts.map(run);
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
    let size = top.max(0.0).sqrt();
    let second = size * angle.sin() / d;
    let first = (size * angle.cos() - b * second) / a;
    let x: Vec<f64> = r.iter().zip(&s).map(|(r, s)| first * r + second * s).collect();
    let start = [0, 1].map(|i| first * starts[0][i] + second * starts[1][i]);
    let sane = top > 0.0 && x.iter().chain(&start).all(|x| x.is_finite());
    sane.then(|| (Origin { run: start, level: fitted[3] }, x, rest))
}

/// Where a run is so many steps after a start `[now, one step before]`.
fn forward([sum, product]: [f64; 2], steps: u32, [mut now, mut before]: [f64; 2]) -> f64 {
    for _ in 0..steps {
        (now, before) = (sum * now - product * before, now);
    }
    now
}
