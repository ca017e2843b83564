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
