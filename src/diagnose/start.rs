//! Where to start looking: poles by linear prediction.
//!
//! The windows of a log that holds a few decaying oscillations span as few directions; how these shift from row
//! to row gives the poles (ESPRIT: Roy & Kailath 1989). Slow oscillations are looked for in means over blocks.

use nalgebra::{Complex, DMatrix, Schur, SymmetricEigen};

use super::likelihood::Rows;
use super::shape::Shape;

/// The longest window.
const WINDOW: usize = 24;
/// Fewer blocks are not looked at.
const FEWEST: usize = 16;
/// Most directions taken for signal.
const RANK: usize = 5;

/// Parameters of `shape` (a mode or its loss) worth trying.
pub fn starts(rows: Rows<'_>, shape: Shape) -> Vec<[f64; 2]> {
    let filled = filled(rows.values);
    let (mut out, mut block) = (Vec::new(), 1);
    while filled.len() / block >= FEWEST {
        let means: Vec<f64> = filled.chunks_exact(block).map(|c| c.iter().sum::<f64>() / block as f64).collect();
        let steps = f64::from(rows.every) * block as f64;
        for poles in directions(&means) {
            out.extend(modes(&poles, shape, steps));
        }
        block *= 2;
    }
    out
}

/// The values with missing ones on straight lines between their neighbours.
fn filled(values: &[f64]) -> Vec<f64> {
    let mut out = values.to_vec();
    let (mut last, mut i) = (None, 0);
    while i < out.len() {
        if out[i].is_nan() {
            let next = (i..out.len()).find(|j| !out[*j].is_nan());
            let (from, to) = (last.map(|j: usize| out[j]), next.map(|j| out[j]));
            let (from, to) = (from.or(to).unwrap_or(0.0), to.or(from).unwrap_or(0.0));
            let (begin, end) = (last.map_or(-1.0, |j| j as f64), next.unwrap_or(out.len()) as f64);
            out[i] = from + (to - from) * (i as f64 - begin) / (end - begin);
        }
        last = Some(i);
        i += 1;
    }
    out
}

/// The poles for every number of directions taken for signal.
fn directions(x: &[f64]) -> Vec<Vec<Complex<f64>>> {
    let length = WINDOW.min(x.len() / 2);
    let mut scatter = DMatrix::<f64>::zeros(length, length);
    for window in x.windows(length) {
        for i in 0..length {
            for j in 0..=i {
                scatter[(i, j)] += window[i] * window[j];
            }
        }
    }
    scatter.fill_upper_triangle_with_lower_triangle();
    let Some(eigen) = SymmetricEigen::try_new(scatter, 1e-14, 500) else { return Vec::new() };
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by(|a, b| eigen.eigenvalues[*b].total_cmp(&eigen.eigenvalues[*a]));
    (2..=RANK.min(length - 1)).filter_map(|rank| shift(&eigen.eigenvectors, &order[..rank])).collect()
}

/// Eigenvalues of the map that takes the upper part of the directions to the lower.
fn shift(vectors: &DMatrix<f64>, chosen: &[usize]) -> Option<Vec<Complex<f64>>> {
    let space = vectors.select_columns(chosen);
    let rows = space.nrows() - 1;
    let (upper, lower) = (space.rows(0, rows).into_owned(), space.rows(1, rows));
    let normal = upper.tr_mul(&upper).try_inverse()?;
    let map = normal * upper.tr_mul(&lower);
    if !map.iter().all(|x| x.is_finite()) {
        return None;
    }
    Some(Schur::try_new(map, 1e-12, 500)?.complex_eigenvalues().iter().copied().collect())
}

/// The modes that pairs of poles over so many steps belong to.
fn modes(poles: &[Complex<f64>], shape: Shape, steps: f64) -> Vec<[f64; 2]> {
    // The pair of a loss turns twice as fast and decays twice as fast as its mode.
    let root = 1.0 / steps / if shape == Shape::Loss { 2.0 } else { 1.0 };
    let of = |sum: f64, product: f64| [1.0 + product - sum, product];
    let mut out = Vec::new();
    for z in poles.iter().filter(|z| z.im > 1e-6) {
        let (size, turn) = (z.norm().powf(root), z.arg() * root);
        out.push(of(2.0 * size * turn.cos(), size * size));
    }
    let real: Vec<f64> = poles.iter().filter(|z| z.im.abs() <= 1e-6 && z.re > 0.0).map(|z| z.re.powf(root)).collect();
    for (i, a) in real.iter().enumerate() {
        out.extend(real[i + 1..].iter().map(|b| of(a + b, a * b)));
    }
    out.retain(|at| at.iter().all(|x| x.is_finite()));
    out
}
