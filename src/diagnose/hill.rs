//! The likelihood around its peak: in coordinates in which it falls off alike on all sides, and along rays.

use nalgebra::{DMatrix, SymmetricEigen};

use super::choose::{EXACT, Fitted};
use super::likelihood::{Guess, Rows, misfit};
use super::pushed::Pushed;
use super::search::lowest;
use super::shape::Shape;
use super::shares::Shares;

/// How far, in standard deviations of a first guess: little is known of that where either noise may be at work.
const RADII: [f64; 11] = [0.7, 1.4, 2.1, 2.8, 3.6, 4.9, 6.5, 8.5, 12.0, 17.0, 24.0];
/// Places looked at between two radii.
const BETWEEN: usize = 8;
/// A rise of −2 ln L beyond which there is no probability worth counting.
const HIGH: f64 = 22.0;
/// How many times less the square of a normal deviate tells of its own variance than a normal deviate would: its variance is
/// 2σ⁴ and its fourth central moment 60σ⁸, so (60 − 4)/8.
const SQUARE: f64 = 7.0;

/// A place on a ray.
pub struct Place {
    /// Distance in standard deviations of a first guess.
    pub s: f64,
    /// How much −2 ln L has risen.
    pub rise: f64,
    /// How much probability there is, in units of their own.
    pub weight: f64,
}

/// −2 ln L around its lowest point, in coordinates in which it rises alike on all sides; where both noises may be
/// at work, with the share of them integrated out.
pub struct Hill<'a> {
    rows: Rows<'a>,
    /// Where it is lowest.
    pub guess: Guess,
    lowest: f64,
    /// The shares of the pushes, where there may be both noises.
    shares: Option<Shares>,
    /// See [`Rows::trust`].
    pub trust: Vec<f64>,
    /// From the round coordinates to the parameters.
    spread: DMatrix<f64>,
}

impl<'a> Hill<'a> {
    /// Of a fit; `None` where the likelihood has no peak.
    pub fn new(rows: Rows<'a>, fitted: &Fitted) -> Option<Hill<'a>> {
        let mixes = fitted.guess.shape.may_be_driven() && fitted.fit.variance > EXACT;
        let shares = if mixes { Shares::new(rows, &fitted.guess) } else { None };
        let (guess, spread) = (fitted.guess.clone(), DMatrix::zeros(0, 0));
        let mut hill = Hill { rows, guess, lowest: 0.0, shares, trust: Vec::new(), spread };
        hill.temper();
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
        let guess = Guess { at, ..self.guess.clone() };
        self.shares.as_ref().map_or_else(|| misfit(self.rows(), &guess), |shares| shares.height(self.rows(), &guess))
    }

    fn rows(&self) -> Rows<'_> {
        Rows { trust: &self.trust, ..self.rows }
    }

    /// Shares of the square of the deviation in the variances of the rows.
    fn bends(&self) -> Option<Vec<f64>> {
        let pushed = Pushed::of(self.rows(), self.guess.shape, &self.guess.at)?;
        pushed.bends(self.shares.as_ref()?.likeliest())
    }

    /// Trusts rows less that show little but the square of the deviation: it is far from normal, and remembers.
    fn temper(&mut self) {
        let Some(bends) = self.bends() else { return };
        let beta = match (self.guess.shape, self.guess.at.as_slice()) {
            (Shape::Loss, [_, beta]) => *beta,
            (Shape::Held { beta, .. }, _) => beta,
            _ => return,
        };
        let kept = beta.abs().min(0.999).powi(i32::try_from(self.rows.every).unwrap_or(i32::MAX));
        let times = SQUARE * (1.0 + kept) / (1.0 - kept);
        let part = |bend: &f64| 1.0 / (1.0 + bend * bend * (times - 1.0));
        self.trust = bends.iter().map(part).collect();
        if self.trust.iter().sum::<f64>() >= 0.98 * self.trust.len() as f64 {
            self.trust.clear();
            return;
        }
        let Some(shares) = Shares::new(self.rows(), &self.guess) else { return };
        self.shares = Some(shares);
        let scale = |(i, x): (usize, &f64)| 0.1 * if i == 1 { 1.0 - x } else { *x };
        let sides: Vec<f64> = self.guess.at.iter().enumerate().map(scale).collect();
        let found = lowest(&self.guess.at, &sides, 0.03, &mut |at| {
            let away: Vec<f64> = at.iter().zip(&self.guess.at).map(|(x, b)| x - b).collect();
            self.height(&away)
        });
        self.guess.at = found.at;
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

    /// The parameters so far out in a direction.
    pub fn out(&self, s: f64, unit: &[f64]) -> Vec<f64> {
        self.guess.at.iter().zip(self.away(s, unit)).map(|(b, a)| b + a).collect()
    }

    fn away(&self, s: f64, unit: &[f64]) -> Vec<f64> {
        let along = |i: usize| unit.iter().enumerate().map(|(j, u)| self.spread[(i, j)] * u).sum::<f64>();
        (0..self.guess.at.len()).map(|i| s * along(i)).collect()
    }

    /// Places in a direction, as far as there is probability; −2 ln L counts `wider` times less.
    pub fn along(&self, unit: &[f64], wider: f64) -> Vec<Place> {
        let shells = i32::try_from(unit.len()).unwrap_or(1) - 1;
        let mut out = Vec::with_capacity(RADII.len() * BETWEEN);
        let (mut s0, mut low) = (0.0f64, 0.0);
        for s1 in RADII {
            let high = self.rise(&self.away(s1 * wider.sqrt(), unit)) / wider;
            let step = (s1 - s0) / BETWEEN as f64;
            for k in 0..BETWEEN {
                let s = s0 + (k as f64 + 0.5) * step;
                // Of a normal law it rises with the square.
                let rise = low + (high - low) * (s * s - s0 * s0) / (s1 * s1 - s0 * s0);
                let weight = if rise < HIGH { (-0.5 * rise).exp() * s.powi(shells) * step } else { 0.0 };
                out.push(Place { s, rise, weight });
            }
            if !(high < HIGH) {
                break;
            }
            (s0, low) = (s1, high);
        }
        out
    }
}
