//! What values of the parameters a log allows: regions of equal likelihood around the best fit.
//!
//! The range of any function of the parameters over the region of one degree of freedom is its profile-likelihood
//! interval (Venzon & Moolgavkar 1988), however lopsided. What is not known of the noises is integrated out
//! ([`super::shares`]), and levels are those of a law with the tails the likelihood has ([`super::tail`]): of the
//! F distribution, exact for linear models, or farther out.

use std::f64::consts::TAU;

use nalgebra::{DMatrix, SymmetricEigen};
use rayon::prelude::*;

use super::choose::{EXACT, Fitted};
use super::likelihood::{Guess, Rows, misfit};
use super::pushed::Pushed;
use super::shares::Shares;
use super::tail::{Tail, levels};
use super::white::{FALSE, memory, white};

/// A number with its interval of 95 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Best value.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Estimate {
    /// Whether the interval holds a value.
    pub fn holds(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// The same number on a scale that grows with it: `f` of value and ends.
    #[must_use]
    pub fn map(&self, f: impl Fn(f64) -> f64) -> Estimate {
        let (a, b) = (f(self.low), f(self.high));
        Estimate { value: f(self.value), low: a.min(b), high: a.max(b) }
    }
}

/// The parameters a log allows.
#[derive(Clone, Debug)]
pub struct Region {
    /// The best ones.
    pub best: Vec<f64>,
    /// The border whose extremes are intervals of 95 %, direction by direction.
    pub edge: Vec<Vec<f64>>,
    /// The border of the region that holds all of them at once with 95 %.
    pub joint: Vec<Vec<f64>>,
    /// Square root of the rise of −2 ln L at `edge`: how many standard deviations it lies out.
    reach: f64,
    /// How many standard deviations of residuals without memory one of these is.
    wider: f64,
    /// Of a loss: what the square of its deviation adds to the variance of a row, over that of an error.
    pub bend: f64,
}

/// Directions in which a border is looked for.
const RAYS: usize = 36;
/// How far out the region of a flat likelihood is followed, in standard deviations of its best guess.
const FAR: f64 = 12.0;
/// Moments of the radius at which probabilities are summed up.
const SHELLS: usize = 12;

impl Region {
    /// The region of a fit; `None` where the likelihood has no peak.
    pub fn of(rows: Rows<'_>, fitted: &Fitted) -> Option<Region> {
        let hill = Hill::new(rows, fitted)?;
        let n = fitted.fit.rows as f64;
        let left = (n - fitted.fit.free as f64).max(2.0);
        // Residuals with memory tell less than as many without.
        let rest = &fitted.fit.rest;
        let wider = if white(rest, FALSE) { 1.0 } else { memory(rest) };
        let linear = fitted.fit.free as f64 - fitted.guess.at.len() as f64;
        let power = if hill.shares.is_some() { n - linear } else { n };
        let [level, joint] = levels(power, left);
        let units = directions(fitted.guess.at.len());
        let edge: Vec<Vec<f64>> = units.par_iter().map(|u| hill.border(u, level)).collect();
        let far: Vec<Vec<f64>> = units.par_iter().map(|u| hill.border(u, joint)).collect();
        let tail = Tail::of(&fitted.guess.at, [&edge, &far], [level, joint]);
        let out =
            |by: f64| move |at: &Vec<f64>| fitted.guess.at.iter().zip(at).map(|(b, a)| b + by * (a - b)).collect();
        let level = wider * tail.level;
        Some(Region {
            best: fitted.guess.at.clone(),
            edge: edge.iter().map(out(tail.out[0] * wider.sqrt())).collect(),
            joint: far.iter().map(out(tail.out[1] * wider.sqrt())).collect(),
            reach: level.sqrt(),
            wider: wider.sqrt(),
            bend: hill.bend(),
        })
    }

    /// The interval of a function of the parameters.
    pub fn estimate(&self, f: impl Fn(&[f64]) -> f64) -> Estimate {
        let value = f(&self.best);
        let ends = self.edge.iter().map(|at| f(at)).filter(|x| x.is_finite());
        let [low, high] = ends.fold([value; 2], |[low, high], x| [low.min(x), high.max(x)]);
        Estimate { value, low, high }
    }

    /// By how much −2 ln L may rise within an interval of 95 %.
    pub fn level(&self) -> f64 {
        self.reach * self.reach
    }

    /// Points that stand for equal shares of probability, under the likelihood of two parameters as a density.
    pub fn sample(&self) -> impl Iterator<Item = Vec<f64>> + '_ {
        let radius = |k: usize| self.wider * (-2.0 * (1.0 - (k as f64 + 0.5) / SHELLS as f64).ln()).sqrt() / self.reach;
        let out = move |edge: &[f64], share: f64| -> Vec<f64> {
            self.best.iter().zip(edge).map(|(b, e)| b + share * (e - b)).collect()
        };
        self.edge.iter().flat_map(move |edge| (0..SHELLS).map(move |k| out(edge, radius(k))))
    }
}

/// Unit vectors around a point, a line or a circle; on a sphere along a spiral.
fn directions(dimension: usize) -> Vec<Vec<f64>> {
    let turn = |k: usize| TAU * k as f64 / RAYS as f64;
    let spiral = |k: usize| {
        let z = 1.0 - (2.0 * k as f64 + 1.0) / (3 * RAYS) as f64;
        let (angle, r) = (2.399_963_229_728_653 * k as f64, (1.0 - z * z).sqrt());
        vec![r * angle.cos(), r * angle.sin(), z]
    };
    match dimension {
        1 => vec![vec![1.0], vec![-1.0]],
        2 => (0..RAYS).map(|k| vec![turn(k).cos(), turn(k).sin()]).collect(),
        _ => (0..3 * RAYS).map(spiral).collect(),
    }
}

/// −2 ln L around its lowest point, in coordinates in which it rises alike on all sides; where both noises may be
/// at work, with the share of them integrated out.
struct Hill<'a> {
    rows: Rows<'a>,
    guess: &'a Guess,
    lowest: f64,
    shares: Option<Shares>,
    /// From the round coordinates to the parameters.
    spread: DMatrix<f64>,
}

impl<'a> Hill<'a> {
    fn new(rows: Rows<'a>, fitted: &'a Fitted) -> Option<Hill<'a>> {
        let mixes = fitted.guess.shape.may_be_driven() && fitted.fit.variance > EXACT;
        let shares = if mixes { Shares::new(rows, &fitted.guess) } else { None };
        let mut hill = Hill { rows, guess: &fitted.guess, lowest: 0.0, shares, spread: DMatrix::zeros(0, 0) };
        hill.lowest = hill.height(&vec![0.0; fitted.guess.at.len()]);
        hill.spread = hill.round()?;
        Some(hill)
    }

    /// By how much −2 ln L is higher than at the best point.
    fn rise(&self, away: &[f64]) -> f64 {
        self.height(away) - self.lowest
    }

    fn height(&self, away: &[f64]) -> f64 {
        let at: Vec<f64> = self.guess.at.iter().zip(away).map(|(b, a)| b + a).collect();
        let guess = Guess { shape: self.guess.shape, at, share: self.guess.share };
        self.shares.as_ref().map_or_else(|| misfit(self.rows, &guess), |shares| shares.height(self.rows, &guess))
    }

    /// See [`Region::bend`].
    fn bend(&self) -> f64 {
        let pushed = Pushed::of(self.rows, self.guess.shape, &self.guess.at);
        pushed.zip(self.shares.as_ref()).map_or(0.0, |(pushed, shares)| pushed.bend(shares.likeliest()))
    }

    /// The matrix of [`Hill::spread`] from second differences over steps that matter statistically.
    fn round(&self) -> Option<DMatrix<f64>> {
        let count = self.guess.at.len();
        let steps: Vec<f64> = (0..count).map(|i| self.step(i)).collect::<Option<_>>()?;
        let away = |signs: &[(usize, f64)]| {
            let mut away = vec![0.0; count];
            signs.iter().for_each(|(i, sign)| away[*i] += sign * steps[*i]);
            self.rise(&away)
        };
        let along: Vec<f64> = (0..count).map(|i| away(&[(i, 1.0)]) + away(&[(i, -1.0)])).collect();
        let curvature = DMatrix::from_fn(count, count, |i, j| {
            if i == j {
                return along[i];
            }
            let both = away(&[(i, 1.0), (j, 1.0)]) + away(&[(i, -1.0), (j, -1.0)]);
            0.5 * (both - along[i] - along[j])
        });
        if !curvature.iter().all(|x| x.is_finite()) {
            return None;
        }
        let eigen = SymmetricEigen::try_new(curvature, 1e-14, 500)?;
        // −2 ln L is twice a half of the square of the deviation; flat directions are followed so far and no farther.
        let spread = eigen.eigenvalues.map(|e| 2.0 / e.max(1e-3));
        let covariance = &eigen.eigenvectors * DMatrix::from_diagonal(&spread) * eigen.eigenvectors.transpose();
        let lower = covariance.cholesky()?.l();
        Some(DMatrix::from_fn(count, count, |i, j| steps[i] * lower[(i, j)]))
    }

    /// A step along parameter `i` on which −2 ln L rises by about 1.
    fn step(&self, i: usize) -> Option<f64> {
        let mut away = vec![0.0; self.guess.at.len()];
        let mut h = 1e-3 * (1.0 - self.guess.at[i]).abs().clamp(1e-6, 1.0);
        for _ in 0..60 {
            away[i] = h;
            let up = self.rise(&away);
            away[i] = -h;
            let rise = 0.5 * (up + self.rise(&away));
            if (0.4..2.5).contains(&rise) {
                return Some(h);
            }
            let factor = if rise > 0.0 { rise.sqrt().recip() } else { 4.0 };
            h *= if factor.is_nan() { 0.3 } else { factor.clamp(0.2, 5.0) };
        }
        h.is_finite().then_some(h)
    }

    /// Where −2 ln L has risen by `level` in the direction `unit`.
    fn border(&self, unit: &[f64], level: f64) -> Vec<f64> {
        let away = |s: f64| -> Vec<f64> {
            let along = |i: usize| unit.iter().enumerate().map(|(j, u)| self.spread[(i, j)] * u).sum::<f64>();
            (0..self.guess.at.len()).map(|i| s * along(i)).collect()
        };
        let (wanted, mut low, mut high, mut s) = (level.sqrt(), 0.0, f64::INFINITY, level.sqrt());
        for _ in 0..14 {
            let reached = self.rise(&away(s)).max(0.0).sqrt();
            if (reached - wanted).abs() < 4e-3 * wanted {
                break;
            }
            if reached < wanted {
                low = s;
            } else {
                high = s;
            }
            if low >= FAR * wanted {
                break;
            }
            let next = s * (wanted / reached).clamp(0.3, 3.0);
            let inside = next > low && next < high && reached.is_finite();
            s = if inside {
                next
            } else if high.is_finite() {
                0.5 * (low + high)
            } else {
                2.0 * low
            };
        }
        self.guess.at.iter().zip(away(s)).map(|(b, a)| b + a).collect()
    }
}
