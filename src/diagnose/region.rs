//! What values of the parameters a log allows: regions of equal likelihood around the best fit.
//!
//! The range of any function of the parameters over the region of one degree of freedom is its profile-likelihood
//! interval (Venzon & Moolgavkar 1988), however lopsided. Levels are those of the F distribution, exact for
//! linear models.

use std::f64::consts::TAU;

use nalgebra::{DMatrix, SymmetricEigen};
use rayon::prelude::*;

use super::choose::Fitted;
use super::likelihood::{Guess, Rows, misfit, restricted};
use super::white::{FALSE, memory, student, white};

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
        let scaled = |border: &[Vec<f64>], by: f64| {
            let out = |at: &Vec<f64>| fitted.guess.at.iter().zip(at).map(|(b, a)| b + by * (a - b)).collect();
            border.iter().map(out).collect()
        };
        let level = wider * tail.level;
        Some(Region {
            best: fitted.guess.at.clone(),
            edge: scaled(&edge, tail.out[0] * wider.sqrt()),
            joint: scaled(&far, tail.out[1] * wider.sqrt()),
            reach: level.sqrt(),
            wider: wider.sqrt(),
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

/// By how much −2 ln L rises where a law (1 + s²/ν)^(−power/2) leaves 5 %: outside of an interval, and of the region of two
/// parameters.
fn levels(power: f64, left: f64) -> [f64; 2] {
    [power * (1.0 + student(left).powi(2) / left).ln(), power * 2.0 / left * 20f64.ln()]
}

/// How far out the borders lie where the likelihood falls off like Student's t of fewer degrees of freedom than rows
/// are left: so it does where little is known of the share of the noises.
struct Tail {
    /// By what both borders are to be moved out.
    out: [f64; 2],
    /// How much −2 ln L rises to the first of them then.
    level: f64,
}

impl Tail {
    /// From the borders at two levels: −2 ln L = a ln (1 + b s²) holds at both for ν = a − 2 degrees of freedom.
    fn of(best: &[f64], borders: [&[Vec<f64>]; 2], levels: [f64; 2]) -> Tail {
        let away = |at: &[f64]| best.iter().zip(at).map(|(b, a)| (a - b).powi(2)).sum::<f64>();
        let pairs = borders[0].iter().zip(borders[1]);
        let mut ratios: Vec<f64> = pairs.map(|(near, far)| away(far) / away(near)).filter(|r| r.is_finite()).collect();
        ratios.sort_by(f64::total_cmp);
        let ratio = ratios.get(ratios.len() / 2).copied().unwrap_or(1.0);
        let wanted = levels[1] / levels[0];
        // ln(1 + r x)/ln(1 + x) falls from r to 1.
        let (mut low, mut high) = (1e-4f64, 1e3f64);
        for _ in 0..50 {
            let x = (low * high).sqrt();
            if (1.0 + ratio * x).ln() / (1.0 + x).ln() > wanted { low = x } else { high = x }
        }
        let a = levels[0] / low.ln_1p();
        let degrees = (a - 2.0).max(FEWEST);
        let [level, joint] = self::levels(degrees + 2.0, degrees);
        let x = |level: f64| (level / (degrees + 2.0)).exp_m1();
        let out = [x(level) / low, x(joint) / (ratio * low)].map(|x| x.sqrt().max(1.0));
        Tail { out, level: level.max(levels[0]) }
    }
}

/// Degrees of freedom a likelihood is taken to have at least.
const FEWEST: f64 = 3.0;

/// Variance of what rounding leaves of an exact log, over its extent.
const EXACT: f64 = 1e-20;

/// Shares of driving noise over which the likelihood is summed, with their weights.
///
/// What is not known of the share is integrated out: as likely as not there is one noise alone, and if there are both,
/// the share follows the arcsine law, which is nearly flat in the size of the rarer one. A share at its best would hide
/// pushes that look like another q or β.
struct Shares {
    shares: Vec<f64>,
    weights: Vec<f64>,
    /// Which of them is likeliest at the best parameters.
    best: usize,
}

/// Beyond these odds the rarer noise is as good as none, and there is none of it.
const FLAT: f64 = 9.0;
const NONE: f64 = 16.0;
/// Number of shares.
const NODES: usize = 9;
/// What rises by more does not count.
const HIGH: f64 = 12.0;

fn share(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

impl Shares {
    fn new(rows: Rows<'_>, guess: &Guess) -> Option<Shares> {
        let law = |share: f64| (share * (1.0 - share)).sqrt();
        let even = |[low, high]: [f64; 2]| -> Vec<f64> {
            (0..NODES).map(|k| low + (high - low) * k as f64 / (NODES - 1) as f64).collect()
        };
        let mut ends = [-FLAT, FLAT];
        for _ in 0..3 {
            let odds = even(ends);
            let step = odds[1] - odds[0];
            let shares: Vec<f64> = odds.iter().map(|o| share(*o)).collect();
            let value = |(at, share): (Option<[f64; 2]>, &f64)| at.map_or(f64::INFINITY, |at| at[0] - 2.0 * law(*share).ln());
            let values: Vec<f64> = restricted(rows, guess, &shares).into_iter().zip(&shares).map(value).collect();
            let near = |i: &usize| values[*i] <= values.iter().copied().fold(f64::INFINITY, f64::min) + HIGH;
            let (first, last) = ((0..NODES).find(near)?, (0..NODES).rfind(near)?);
            ends = [(odds[first] - step).max(-FLAT), (odds[last] + step).min(FLAT)];
        }
        let odds = even(ends);
        let mut shares: Vec<f64> = odds.iter().map(|o| share(*o)).collect();
        let mut weights: Vec<f64> = shares.iter().map(|s| (odds[1] - odds[0]) * law(*s)).collect();
        // The weights of both noises sum up to π.
        let alone = if guess.shape.is_loss() { vec![-NONE] } else { vec![-NONE, NONE] };
        weights.extend(alone.iter().map(|_| std::f64::consts::PI / alone.len() as f64));
        shares.extend(alone.into_iter().map(share));
        let values = restricted(rows, guess, &shares);
        let value = |i: &usize| values[*i].map_or(f64::INFINITY, |at| at[0] - 2.0 * weights[*i].ln());
        let best = (0..shares.len()).min_by(|a, b| value(a).total_cmp(&value(b)))?;
        Some(Shares { shares, weights, best })
    }

    /// −2 ln of the sum, in units of what is linear in which the likeliest share loses nothing by integrating that out.
    fn height(&self, rows: Rows<'_>, guess: &Guess) -> f64 {
        let values = restricted(rows, guess, &self.shares);
        let Some(Some([_, units])) = values.get(self.best) else { return f64::INFINITY };
        let lowest = values.iter().flatten().map(|v| v[0]).fold(f64::INFINITY, f64::min);
        let of = |(value, weight): (&Option<[f64; 2]>, &f64)| value.map_or(0.0, |v| weight * (-0.5 * (v[0] - lowest)).exp());
        let sum: f64 = values.iter().zip(&self.weights).map(of).sum();
        lowest - units - 2.0 * sum.ln()
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
/// at work, with the share of them at its best everywhere.
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
