//! Softmax regression: the smallest classifier trained on real data.

use std::sync::Arc;

use crate::core::{At, Field};

/// Labelled rows of features.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labelled {
    /// Number of features of a row.
    pub width: usize,
    /// Features, row by row.
    pub features: Vec<f64>,
    /// Class of every row.
    pub labels: Vec<u8>,
}

/// `L(W, b) = −(1/N) Σ ln softmax(W x + b)[y]`, with `q = (W row by row, b)`.
///
/// The gradient is `(1/N) Σ (p − e_y) xᵀ` for W and `(1/N) Σ (p − e_y)` for b, p the softmax.
#[derive(Clone, Debug)]
pub struct Softmax {
    data: Arc<Labelled>,
    classes: usize,
    /// Row starts of `sparse`, which holds the features that are not zero as (place, value).
    starts: Vec<usize>,
    sparse: Vec<(u32, f64)>,
}

impl Softmax {
    /// The loss over `data` with `classes` classes, 64 at most; labels beyond them count as class 0.
    pub fn new(data: Arc<Labelled>, classes: usize) -> Self {
        let (mut starts, mut sparse) = (vec![0], Vec::new());
        for row in data.features.chunks(data.width.max(1)) {
            sparse.extend(row.iter().enumerate().filter(|(_, x)| **x != 0.0).map(|(j, x)| (j as u32, *x)));
            starts.push(sparse.len());
        }
        Softmax { data, classes: classes.clamp(1, MOST_CLASSES), starts, sparse }
    }

    fn row(&self, r: usize) -> &[(u32, f64)] {
        &self.sparse[self.starts[r]..self.starts[r + 1]]
    }

    fn rows(&self) -> usize {
        self.data.labels.len().min(self.starts.len() - 1)
    }

    fn label(&self, r: usize) -> usize {
        let y = usize::from(self.data.labels[r]);
        if y < self.classes { y } else { 0 }
    }

    /// Scores `W x + b` of a row; `q` holds the parameters of one particle, `stride` apart.
    fn scores(&self, q: &[f64], stride: usize, r: usize, out: &mut [f64]) {
        let bias = self.classes * self.data.width;
        for (k, score) in out.iter_mut().enumerate() {
            let weights = k * self.data.width;
            let sum: f64 = self.row(r).iter().map(|(j, x)| q[(weights + *j as usize) * stride] * x).sum();
            *score = sum + q[(bias + k) * stride];
        }
    }

    /// Share of rows whose highest score is their label's; where scores tie the lowest class wins.
    pub fn accuracy(&self, q: &[f64]) -> f64 {
        let mut scores = vec![0.0; self.classes];
        let right = |r: &usize| {
            self.scores(q, 1, *r, &mut scores);
            let best = (1..self.classes).fold(0, |best, k| if scores[k] > scores[best] { k } else { best });
            best == self.label(*r)
        };
        (0..self.rows()).filter(right).count() as f64 / self.rows() as f64
    }
}

/// Replaces scores by their softmax and returns the logarithm of the sum, stably.
fn normalise(scores: &mut [f64]) -> f64 {
    let top = scores.iter().fold(f64::NEG_INFINITY, |m: f64, s| m.max(*s));
    let mut sum = 0.0;
    for s in scores.iter_mut() {
        *s = libm::exp(*s - top);
        sum += *s;
    }
    for s in scores.iter_mut() {
        *s /= sum;
    }
    top + libm::log(sum)
}

/// The most classes a row is scored for.
const MOST_CLASSES: usize = 64;

impl Field for Softmax {
    fn dim(&self) -> usize {
        self.classes * (self.data.width + 1)
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        out.fill(0.0);
        let (n, width, bias) = (at.n, self.data.width, self.classes * self.data.width);
        let share = 1.0 / self.rows() as f64;
        let mut buffer = [0.0; MOST_CLASSES];
        let scores = &mut buffer[..self.classes];
        for p in 0..n {
            for r in 0..self.rows() {
                self.scores(&at.q[p..], n, r, scores);
                normalise(scores);
                scores[self.label(r)] -= 1.0;
                for (k, error) in scores.iter().enumerate() {
                    let pull = -share * error;
                    for (j, x) in self.row(r) {
                        out[(k * width + *j as usize) * n + p] += pull * x;
                    }
                    out[(bias + k) * n + p] += pull;
                }
            }
        }
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        let mut scores = vec![0.0; self.classes];
        for (p, loss) in out.iter_mut().enumerate() {
            let rows = 0..self.rows();
            let sum: f64 = rows
                .map(|r| {
                    self.scores(&at.q[p..], at.n, r, &mut scores);
                    let own = scores[self.label(r)];
                    normalise(&mut scores) - own
                })
                .sum();
            *loss = sum / self.rows() as f64;
        }
        true
    }
}
