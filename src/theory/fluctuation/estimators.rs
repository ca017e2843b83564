//! Thermometers and correlation times measured on samples.

/// Mean of a list; NaN if empty.
fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len() as f64;
    values.sum::<f64>() / n
}

/// Kinetic temperature per degree of freedom, `m <v²>` (J); NaN without samples.
pub fn kinetic_temperature(m: f64, velocities: &[f64]) -> f64 {
    m * mean(velocities.iter().map(|v| v * v))
}

/// Virial temperature `<x U'(x)>` (J) of one coordinate; NaN without samples or if the lengths differ.
pub fn virial_temperature(positions: &[f64], gradients: &[f64]) -> f64 {
    if positions.len() != gradients.len() {
        return f64::NAN;
    }
    mean(positions.iter().zip(gradients).map(|(x, g)| x * g))
}

/// Configurational temperature `<|grad U|²>/<laplacian U>` (J) (Rugh 1997; Butler et al. 1998).
pub fn configurational_temperature(squared_gradients: &[f64], laplacians: &[f64]) -> f64 {
    mean(squared_gradients.iter().copied()) / mean(laplacians.iter().copied())
}

/// Integrated autocorrelation time of a series and the window it was summed over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeasuredTau {
    /// `1 + 2 sum rho_k` over the window (samples).
    pub tau: f64,
    /// Last lag summed.
    pub window: usize,
}

/// Integrated autocorrelation time with the self-consistent window: smallest `M >= c tau(M)` (Sokal 1997).
///
/// Biased autocovariances (divided by the full length); `c` about 5. `None` for a constant or empty
/// series, a non-finite sample, or if no window closes.
pub fn sokal_tau(series: &[f64], c: f64) -> Option<MeasuredTau> {
    let average = mean(series.iter().copied());
    let covariance = |lag: usize| -> f64 {
        let pairs = series.iter().zip(series.iter().skip(lag));
        pairs.map(|(a, b)| (a - average) * (b - average)).sum()
    };
    let variance = covariance(0);
    if !(variance.is_finite() && variance > 0.0) {
        return None;
    }
    let mut tau = 1.0;
    for window in 1..series.len() {
        tau += 2.0 * covariance(window) / variance;
        if window as f64 >= c * tau {
            return Some(MeasuredTau { tau, window });
        }
    }
    None
}
