//! What is not known of the share of either noise, integrated out.

use std::f64::consts::PI;

use super::likelihood::{Guess, Rows, restricted};

/// Shares of driving noise over which the likelihood is summed, with their weights.
///
/// Before the log is seen it is as likely as not that there is one noise alone; if there are both, the share follows the
/// arcsine law, which is nearly flat in the size of the rarer one. A share at its best would hide pushes that look like
/// another q or β.
///
/// A loss is pushed if anything is trained on minibatches, and a few dozen rows cannot rule it out. There pushes
/// are never taken to be absent: the law is flat in their variance where errors are larger, and in its logarithm
/// where they are not. So intervals of a loss without pushes are wider than they need be.
pub struct Shares {
    shares: Vec<f64>,
    weights: Vec<f64>,
    /// Which of them is likeliest at the best parameters.
    best: usize,
}

/// Beyond these odds the rarer noise is as good as none.
const FLAT: f64 = 9.0;
/// Odds where there is none of it, of pushes and of errors. Pushes add up between rows that lie far apart, errors do
/// not; without any error some columns would be rounding alone.
const NONE: [f64; 2] = [-690.0, 16.0];
/// Number of shares.
const NODES: usize = 9;
/// What rises by more does not count.
const HIGH: f64 = 12.0;

fn share(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

impl Shares {
    /// Those that matter for a log at the best parameters.
    pub fn new(rows: Rows<'_>, guess: &Guess) -> Option<Shares> {
        let law = |share: f64| if guess.shape.is_loss() { share } else { (share * (1.0 - share)).sqrt() };
        let even = |[low, high]: [f64; 2]| -> Vec<f64> {
            (0..NODES).map(|k| low + (high - low) * k as f64 / (NODES - 1) as f64).collect()
        };
        let mut ends = [-FLAT, FLAT];
        for _ in 0..3 {
            let odds = even(ends);
            let step = odds[1] - odds[0];
            let shares: Vec<f64> = odds.iter().map(|o| share(*o)).collect();
            let value =
                |(at, share): (Option<[f64; 2]>, &f64)| at.map_or(f64::INFINITY, |at| at[0] - 2.0 * law(*share).ln());
            let values: Vec<f64> = restricted(rows, guess, &shares).into_iter().zip(&shares).map(value).collect();
            let near = |i: &usize| values[*i] <= values.iter().copied().fold(f64::INFINITY, f64::min) + HIGH;
            let (first, last) = ((0..NODES).find(near)?, (0..NODES).rfind(near)?);
            ends = [(odds[first] - step).max(-FLAT), (odds[last] + step).min(FLAT)];
        }
        let odds = even(ends);
        let mut shares: Vec<f64> = odds.iter().map(|o| share(*o)).collect();
        let mut weights: Vec<f64> = shares.iter().map(|s| (odds[1] - odds[0]) * law(*s)).collect();
        if !guess.shape.is_loss() {
            // The arcsine law sums up to π.
            weights.extend([0.5 * PI; 2]);
            shares.extend(NONE.map(share));
        }
        let values = restricted(rows, guess, &shares);
        let value = |i: &usize| values[*i].map_or(f64::INFINITY, |at| at[0]);
        let best = (0..shares.len()).min_by(|a, b| value(a).total_cmp(&value(b)))?;
        Some(Shares { shares, weights, best })
    }

    /// −2 ln of the sum, in units of what is linear in which the likeliest share loses nothing by integrating that out.
    pub fn height(&self, rows: Rows<'_>, guess: &Guess) -> f64 {
        let values = restricted(rows, guess, &self.shares);
        let Some(Some([_, units])) = values.get(self.best) else { return f64::INFINITY };
        let lowest = values.iter().flatten().map(|v| v[0]).fold(f64::INFINITY, f64::min);
        let of =
            |(value, weight): (&Option<[f64; 2]>, &f64)| value.map_or(0.0, |v| weight * (-0.5 * (v[0] - lowest)).exp());
        let sum: f64 = values.iter().zip(&self.weights).map(of).sum();
        lowest - units - 2.0 * sum.ln()
    }

    /// The share that is likeliest at the best parameters.
    pub fn likeliest(&self) -> f64 {
        self.shares.get(self.best).copied().unwrap_or(0.0)
    }
}
