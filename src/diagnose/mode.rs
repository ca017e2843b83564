//! Numbers that follow from the q and β a log allows.

use super::region::{Estimate, Region};
use crate::theory::heavy_ball;
use crate::theory::regime::{Regime, classify};

/// A mode of momentum as a log shows it.
#[derive(Clone, Debug)]
pub struct Mode {
    /// Learning rate times curvature (1).
    pub q: Estimate,
    /// Momentum (1): the product of the poles.
    pub beta: Estimate,
    /// Modulus per step (1) of the slower pole.
    pub modulus: Estimate,
    /// Steps of a turn, where it rings.
    pub period: Option<Estimate>,
    /// Pairs (q, β) on the border of the region that holds both with 95 %.
    pub border: Vec<[f64; 2]>,
    /// Probability of every regime that has some, the likeliest first.
    pub regimes: Vec<(Regime, f64)>,
    /// Probability (1) that the poles are complex.
    pub ringing: f64,
}

/// Rotation per step of a mode (rad/step): 0 with real positive poles.
pub fn phase(q: f64, beta: f64) -> f64 {
    heavy_ball::phase(q, beta).unwrap_or(0.0)
}

impl Mode {
    /// The mode whose q and β are parameters `i` and 1 of a region.
    pub fn of(region: &Region, i: usize) -> Mode {
        let pick = move |at: &[f64]| [at.get(i), at.get(1)].map(|x| x.copied().unwrap_or(f64::NAN));
        let read = |f: fn(f64, f64) -> f64| {
            region.estimate(|at| {
                let [q, beta] = pick(at);
                f(q, beta)
            })
        };
        let (regimes, ringing) = probabilities(region, pick);
        let turns = read(phase);
        let period = (turns.low > 0.0).then(|| turns.map(|phi| std::f64::consts::TAU / phi));
        Mode {
            q: read(|q, _| q),
            beta: read(|_, beta| beta),
            modulus: read(heavy_ball::spectral_radius),
            period,
            border: region.joint.iter().map(|at| pick(at)).collect(),
            regimes,
            ringing,
        }
    }

    /// The likeliest regime.
    pub fn regime(&self) -> Regime {
        self.regimes.first().map_or(Regime::Undefined, |r| r.0)
    }

    /// Both poles at the best fit (1, per step).
    pub fn poles(&self) -> [[f64; 2]; 2] {
        heavy_ball::poles(self.q.value, self.beta.value).map(|z| [z.re, z.im])
    }
}

/// The share of every regime, and of complex poles, among points that stand for equal shares of probability.
fn probabilities(region: &Region, pick: impl Fn(&[f64]) -> [f64; 2]) -> (Vec<(Regime, f64)>, f64) {
    let (mut counts, mut complex, mut all): (Vec<(Regime, f64)>, f64, f64) = (Vec::new(), 0.0, 0.0);
    for (at, share) in region.sample() {
        let [q, beta] = pick(at);
        let regime = classify(q, beta);
        match counts.iter_mut().find(|(own, _)| *own == regime) {
            Some((_, count)) => *count += share,
            None => counts.push((regime, share)),
        }
        all += share;
        complex += if heavy_ball::discriminant(q, beta) < 0.0 { share } else { 0.0 };
    }
    counts.iter_mut().for_each(|(_, count)| *count /= all);
    counts.sort_by(|a, b| b.1.total_cmp(&a.1));
    (counts, complex / all)
}
