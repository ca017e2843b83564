//! Federated averaging with server momentum on clients `f_i = a_i (x - b_i)²/2` (Hsu, Qi & Brown 2019).

use crate::theory::regime::is_stable;

/// Pull of a client after `local_steps` steps of rate `local_rate`: `alpha = 1 - (1 - eta_l a)^E` (1).
pub fn client_pull(a: f64, local_rate: f64, local_steps: u32) -> f64 {
    1.0 - (1.0 - local_rate * a).powf(f64::from(local_steps))
}

/// Weighted mean `sum w b/sum w`: the resting point for pulls as weights, the optimum for curvatures.
///
/// Their difference is the client drift, which neither momentum nor the server rate touches. NaN if
/// empty or the lengths differ.
pub fn weighted_centre(weights: &[f64], centres: &[f64]) -> f64 {
    if weights.len() != centres.len() {
        return f64::NAN;
    }
    weights.iter().zip(centres).map(|(w, b)| w * b).sum::<f64>() / weights.iter().sum::<f64>()
}

/// Stationary state under sampling of some clients each round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sampled {
    /// Mean of the server's parameter \[L\].
    pub mean: f64,
    /// Mean pull (1).
    pub mean_pull: f64,
    /// Variance of the sampled mean pull (1).
    pub pull_variance: f64,
    /// Variance of the sampled mean force at the resting point \[L²\].
    pub force_variance: f64,
    /// Variance of the parameter \[L²\]; NaN if the mean square is unstable.
    pub variance: f64,
}

/// Stationary mean and variance with `taking_part` of the clients drawn without replacement each round.
///
/// `var = eta_s² s_e²/((1 - beta) Q (2 (1 + beta) - Q)/(1 + beta) - eta_s² s_A²)`, `Q = eta_s` times the
/// mean pull, `s²` the population variances times `(K - M)/(M (K - 1))`. `None` unless
/// `1 <= M <= K` and the lists agree. Derived; enumerated exhaustively.
pub fn sampled_state(
    pulls: &[f64],
    centres: &[f64],
    taking_part: usize,
    server_rate: f64,
    beta: f64,
) -> Option<Sampled> {
    let n = pulls.len();
    if centres.len() != n || taking_part == 0 || taking_part > n {
        return None;
    }
    let (k, m) = (n as f64, taking_part as f64);
    let thinning = if n == taking_part { 0.0 } else { (k - m) / (m * (k - 1.0)) };
    let mean = weighted_centre(pulls, centres);
    let mean_pull = pulls.iter().sum::<f64>() / k;
    let spread: f64 = pulls.iter().map(|pull| (pull - mean_pull).powi(2)).sum();
    let forces: f64 = pulls.iter().zip(centres).map(|(pull, b)| (pull * (mean - b)).powi(2)).sum();
    let (pull_variance, force_variance) = (thinning * spread / k, thinning * forces / k);
    let q = server_rate * mean_pull;
    let margin = (1.0 - beta) * q * (2.0 * (1.0 + beta) - q) / (1.0 + beta) - server_rate.powi(2) * pull_variance;
    let stable = is_stable(q, beta) && margin > 0.0;
    let variance = if stable { server_rate.powi(2) * force_variance / margin } else { f64::NAN };
    Some(Sampled { mean, mean_pull, pull_variance, force_variance, variance })
}

/// Mean and mean square distance from the resting point after 0, 1, … `rounds` rounds from rest at `start`
/// \[L, L²\], with `taking_part` of the clients drawn without replacement each round.
///
/// The update is linear with random coefficients that are independent of the past, so first and second
/// moments of `(x - x_inf, v)` close exactly: with `Delta = A d + e`, `E Delta² = (mean pull² + s_A²) E d² +
/// 2 cov(A, e) E d + s_e²`. `None` as for [`sampled_state`]. Derived; enumerated exhaustively.
pub fn sampled_rounds(
    pulls: &[f64],
    centres: &[f64],
    taking_part: usize,
    [server_rate, beta]: [f64; 2],
    start: f64,
    rounds: usize,
) -> Option<Vec<[f64; 2]>> {
    let state = sampled_state(pulls, centres, taking_part, server_rate, beta)?;
    let (n, pull) = (pulls.len() as f64, state.mean_pull);
    let thinning =
        if pulls.len() == taking_part { 0.0 } else { (n - taking_part as f64) / (taking_part as f64 * (n - 1.0)) };
    let forces = pulls.iter().zip(centres).map(|(a, b)| (a - pull) * a * (state.mean - b));
    let shared = thinning * forces.sum::<f64>() / n;
    let d = start - state.mean;
    let (mut d, mut v, mut dd, mut dv, mut vv) = (d, 0.0, d * d, 0.0, 0.0);
    let mut out = vec![[state.mean + d, dd]];
    for _ in 0..rounds {
        let push = (pull * pull + state.pull_variance) * dd + 2.0 * shared * d + state.force_variance;
        vv = beta * beta * vv - 2.0 * beta * pull * dv + push;
        dv = beta * dv - pull * dd;
        v = beta * v - pull * d;
        d += server_rate * v;
        dd += server_rate * (2.0 * dv + server_rate * vv);
        dv += server_rate * vv;
        out.push([state.mean + d, dd]);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{sampled_rounds, sampled_state};

    /// Two of three clients for four rounds: every one of the 81 ways it can go.
    #[test]
    fn moments_of_rounds_are_those_of_all_ways() {
        const PAIRS: [[usize; 2]; 3] = [[0, 1], [0, 2], [1, 2]];
        let (pulls, centres, start) = ([0.2, 0.7, 0.4], [1.0, -0.5, 2.0], 3.0);
        for [rate, beta] in [[1.0, 0.9], [0.3, 0.0], [2.0, 0.5]] {
            let rest = sampled_state(&pulls, &centres, 2, rate, beta).map_or(f64::NAN, |s| s.mean);
            let got = sampled_rounds(&pulls, &centres, 2, [rate, beta], start, 4).unwrap_or_default();
            let mut ways = vec![[start, 0.0]];
            for [mean, square] in got {
                let n = ways.len() as f64;
                let means = ways.iter().map(|w| w[0]).sum::<f64>() / n;
                let squares = ways.iter().map(|w| (w[0] - rest).powi(2)).sum::<f64>() / n;
                for (got, want) in [(mean, means), (square, squares)] {
                    assert!((got - want).abs() <= 1e-12 * want.abs().max(1.0), "{rate} {beta}: {got} is not {want}");
                }
                let step = |[x, v]: [f64; 2], pair: &[usize; 2]| {
                    let push = pair.iter().map(|i| pulls[*i] * (x - centres[*i])).sum::<f64>() / 2.0;
                    let v = beta * v - push;
                    [x + rate * v, v]
                };
                ways = ways.iter().flat_map(|way| PAIRS.iter().map(|pair| step(*way, pair))).collect();
            }
        }
    }
}
