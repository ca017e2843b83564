//! What values of the parameters a log allows: the likelihood around the best fit, taken for a density.
//!
//! The interval of any function of the parameters leaves out 2.5 % of the probability on either side, however lopsided
//! or heavy its tails are. What is not known of the noises is integrated out ([`super::shares`]); of a linear model the
//! intervals are then those of Student. Where pushes may or may not be at work a narrow peak sits on a wide one, and no level
//! of the likelihood would tell how much lies outside of it.

use std::f64::consts::TAU;

use rayon::prelude::*;

use super::choose::Fitted;
use super::hill::{Hill, Place};
use super::likelihood::Rows;
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
    /// Points with their shares of the probability.
    points: Vec<(Vec<f64>, f64)>,
    /// The border of the region that holds all of them at once with 95 %.
    pub joint: Vec<Vec<f64>>,
    /// See [`Region::level`].
    level: f64,
    /// How many rows count: of a loss fewer than there are, where little is seen but the square of a deviation.
    pub count: f64,
}

/// Directions in which the likelihood is followed.
const RAYS: usize = 24;
/// What is 95 % likely for one number and for two to be within, in −2 ln L of a normal law.
const LEVELS: [f64; 2] = [3.841, 5.991];

impl Region {
    /// The region of a fit; `None` where the likelihood has no peak.
    pub fn of(rows: Rows<'_>, fitted: &Fitted) -> Option<Region> {
        let hill = Hill::new(rows, fitted)?;
        // Residuals with memory tell less than as many without.
        let rest = &fitted.fit.rest;
        let wider = if white(rest, FALSE) { 1.0 } else { memory(rest) };
        let units = directions(fitted.guess.at.len());
        let rays: Vec<Vec<Place>> = units.par_iter().map(|unit| hill.along(unit, wider)).collect();
        let mut order: Vec<&Place> = rays.iter().flatten().filter(|place| place.weight > 0.0).collect();
        order.sort_by(|a, b| a.rise.total_cmp(&b.rise));
        let all: f64 = order.iter().map(|place| place.weight).sum();
        let mut sum = 0.0;
        let joint = order.iter().find(|place| {
            sum += place.weight;
            sum >= 0.95 * all
        })?;
        let out = |s: f64, unit: &[f64]| hill.out(s * wider.sqrt(), unit);
        let edge = |(unit, ray): (&Vec<f64>, &Vec<Place>)| {
            let last = ray.iter().rfind(|place| place.rise <= joint.rise);
            out(last.map_or(0.0, |place| place.s), unit)
        };
        let points = units.iter().zip(&rays).flat_map(|(unit, ray)| {
            let there = ray.iter().filter(|place| place.weight > 0.0);
            there.map(|place| (out(place.s, unit), place.weight / all)).collect::<Vec<_>>()
        });
        Some(Region {
            best: hill.guess.at.clone(),
            joint: units.iter().zip(&rays).map(edge).collect(),
            level: wider * LEVELS[0] * (joint.rise / LEVELS[1]).max(1.0),
            count: if hill.trust.is_empty() { fitted.fit.rows as f64 } else { hill.trust.iter().sum() },
            points: points.collect(),
        })
    }

    /// The interval of a function of the parameters: 2.5 % of the probability lie on either side.
    pub fn estimate(&self, f: impl Fn(&[f64]) -> f64) -> Estimate {
        let value = f(&self.best);
        let mut all: Vec<(f64, f64)> = self.points.iter().map(|(at, weight)| (f(at), *weight)).collect();
        all.retain(|(x, _)| x.is_finite());
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let whole: f64 = all.iter().map(|x| x.1).sum();
        let quantile = |share: f64| {
            let mut sum = 0.0;
            let found = all.iter().find(|(_, weight)| {
                sum += weight;
                sum >= share * whole
            });
            found.map_or(value, |x| x.0)
        };
        Estimate { value, low: value.min(quantile(0.025)), high: value.max(quantile(0.975)) }
    }

    /// By how much −2 ln L may rise within an interval of 95 %.
    pub fn level(&self) -> f64 {
        self.level
    }

    /// Points with their shares of the probability, under the likelihood of the parameters as a density.
    pub fn sample(&self) -> impl Iterator<Item = (&[f64], f64)> + '_ {
        self.points.iter().map(|(at, weight)| (at.as_slice(), *weight))
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
