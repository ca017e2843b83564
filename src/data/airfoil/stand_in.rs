//! Rows that have the moments of the airfoil table without being it.

use std::sync::{Arc, OnceLock};

use super::moments::{Moments, PARAMETERS, Square, published};
use super::{COLUMNS, USED};
use crate::data::Table;
use crate::data::cholesky::Cholesky;

/// Features of a row.
const FEATURES: usize = PARAMETERS - 1;
/// Passes of making drawn columns uncorrelated; the second leaves rounding only.
const PASSES: usize = 3;
/// Newton steps for the misses, at most; about five are needed.
const STEPS: usize = 30;
/// What counts as met: rounding.
const ROUNDING: f64 = 1e-15;
/// Conditions on the misses: no slope at the optimum, and the covariance of gradients there.
const CONDITIONS: usize = PARAMETERS + PARAMETERS * (PARAMETERS + 1) / 2;

/// A row with a 1 behind it.
type Row = [f64; PARAMETERS];

/// 1,500 rows, always the same, whose Hessian, cross moment, target moment and covariance of gradients at the
/// optimum are those of the standardised airfoil table. Everything else of them is their own: the order of
/// rows carries no meaning, and features have light tails.
pub fn stand_in() -> Arc<Table> {
    static MADE: OnceLock<Arc<Table>> = OnceLock::new();
    MADE.get_or_init(|| Arc::new(made(published()))).clone()
}

/// Rows of these moments.
fn made(moments: &Moments) -> Table {
    let rows = coloured(&uncorrelated(), &moments.hessian);
    let misses = misses(&rows, &moments.noise);
    let optimum = solved(&moments.hessian, &moments.cross);
    let said = |x: &Row| x.iter().zip(&optimum).map(|(x, w)| x * w).sum::<f64>();
    let target = rows.iter().zip(&misses).map(|(x, miss)| said(x) + miss).collect();
    let features = (0..FEATURES).map(|j| rows.iter().map(|x| x[j]).collect());
    let names = COLUMNS.map(str::to_owned).to_vec();
    Table { name: String::new(), names, columns: features.chain([target]).collect() }
}

/// The solution of `H θ = c`; NaN if H is not positive.
pub(super) fn solved(hessian: &Square, cross: &Row) -> Row {
    let mut out = *cross;
    match Cholesky::of(&hessian.concat(), PARAMETERS) {
        Some(factor) => factor.solve(&mut out),
        None => out.fill(f64::NAN),
    }
    out
}

/// Numbers drawn once for all: sums of twelve uniform ones, which are nearly normal.
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    /// SplitMix64 (Steele, Lea and Flood 2014), its upper 53 bits.
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        (z >> 11) as f64 / 2f64.powi(53)
    }
}

/// Rows of features with mean 0 and covariance 1, to rounding.
fn uncorrelated() -> Vec<[f64; FEATURES]> {
    let mut draws = Draws(1989);
    let mut rows: Vec<[f64; FEATURES]> = (0..USED).map(|_| std::array::from_fn(|_| draws.next())).collect();
    let mean =
        |rows: &[[f64; FEATURES]], f: &dyn Fn(&[f64; FEATURES]) -> f64| rows.iter().map(f).sum::<f64>() / USED as f64;
    for _ in 0..PASSES {
        for j in 0..FEATURES {
            let centre = mean(&rows, &|x| x[j]);
            rows.iter_mut().for_each(|x| x[j] -= centre);
        }
        let covariance: Vec<f64> =
            (0..FEATURES * FEATURES).map(|i| mean(&rows, &|x| x[i / FEATURES] * x[i % FEATURES])).collect();
        if let Some(factor) = Cholesky::of(&covariance, FEATURES) {
            rows.iter_mut().for_each(|x| factor.forward(x));
        }
    }
    rows
}

/// The same rows with mean and covariance as a Hessian has them, each with a 1 behind it.
fn coloured(rows: &[[f64; FEATURES]], hessian: &Square) -> Vec<Row> {
    let mean = |j: usize| hessian[j][FEATURES];
    let covariance: Vec<f64> = (0..FEATURES * FEATURES)
        .map(|i| (i / FEATURES, i % FEATURES))
        .map(|(j, k)| hessian[j][k] - mean(j) * mean(k))
        .collect();
    let Some(factor) = Cholesky::of(&covariance, FEATURES) else { return Vec::new() };
    let row =
        |x: &[f64; FEATURES]| std::array::from_fn(|j| if j < FEATURES { mean(j) + factor.row(j, x) } else { 1.0 });
    rows.iter().map(row).collect()
}

/// Misses e of all rows with mean e x̃ = 0 and mean e² x̃x̃ᵀ = C: drawn ones, moved as little as Newton's
/// steps of least norm allow.
fn misses(rows: &[Row], noise: &Square) -> Vec<f64> {
    let (mut draws, spread) = (Draws(2014), noise[FEATURES][FEATURES].sqrt());
    let mut out: Vec<f64> = rows.iter().map(|_| spread * draws.next()).collect();
    let n = rows.len() as f64;
    for _ in 0..STEPS {
        let (mut off, mut gram) = (wanted(noise).map(|c| -c), vec![0.0; CONDITIONS * CONDITIONS]);
        for (x, e) in rows.iter().zip(&out) {
            let a = slopes(x, *e);
            for (i, (off, a_i)) in off.iter_mut().zip(a).enumerate() {
                // Squares count twice in their slope.
                *off += if i < PARAMETERS { e * a_i } else { 0.5 * e * a_i } / n;
                gram[i * CONDITIONS..].iter_mut().zip(a).for_each(|(g, a_j)| *g += a_i * a_j / n);
            }
        }
        if off.iter().all(|f| f.abs() <= ROUNDING) {
            break;
        }
        let Some(factor) = Cholesky::of(&gram, CONDITIONS) else { break };
        factor.solve(&mut off);
        for (x, e) in rows.iter().zip(&mut out) {
            *e -= slopes(x, *e).iter().zip(&off).map(|(a, m)| a * m).sum::<f64>();
        }
    }
    out
}

/// The places of a symmetric matrix on and above its diagonal.
fn upper() -> impl Iterator<Item = (usize, usize)> {
    (0..PARAMETERS).flat_map(|j| (j..PARAMETERS).map(move |k| (j, k)))
}

/// What the conditions have to come to.
fn wanted(noise: &Square) -> [f64; CONDITIONS] {
    let mut out = [0.0; CONDITIONS];
    out[PARAMETERS..].iter_mut().zip(upper()).for_each(|(out, (j, k))| *out = noise[j][k]);
    out
}

/// How the conditions change with the miss of a row.
fn slopes(x: &Row, e: f64) -> [f64; CONDITIONS] {
    let mut out = [0.0; CONDITIONS];
    out[..PARAMETERS].copy_from_slice(x);
    out[PARAMETERS..].iter_mut().zip(upper()).for_each(|(out, (j, k))| *out = 2.0 * e * x[j] * x[k]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_the_published_moments() {
        let table = stand_in();
        assert_eq!((table.rows(), table.columns.len()), (USED, COLUMNS.len()));
        let off = Moments::of(&table).distance(published());
        assert!(off <= 1e-12, "{off}");
        // The floor of the loss, ½ (yy − c·θ*), as the notes print it.
        let m = published();
        let optimum = solved(&m.hessian, &m.cross);
        let floor = 0.5 * (m.target - optimum.iter().zip(&m.cross).map(|(w, c)| w * c).sum::<f64>());
        assert!((floor - 0.241_687_955_091_937_75).abs() <= 1e-14, "{floor}");
    }

    #[test]
    fn it_is_always_the_same() {
        let (a, b) = (made(published()), made(published()));
        assert_eq!(a, b);
        assert!(a.columns.iter().flatten().all(|x| x.is_finite() && x.abs() < 8.0));
    }

    #[test]
    fn moments_that_are_none_make_no_rows() {
        let mut moments = published().clone();
        moments.hessian[0][0] = -1.0;
        assert_eq!(made(&moments).rows(), 0);
    }
}
