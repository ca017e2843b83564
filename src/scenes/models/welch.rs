//! Spectra of recorded traces: a Fourier transform and Welch's averaged periodogram (Welch 1967).

use std::f64::consts::{PI, TAU};

use crate::theory::matrix::Complex;

/// In-place discrete Fourier transform, `X_k = Σ x_n e^{−2πikn/N}`; N must be a power of two, and an
/// array of another length is left alone.
pub fn transform(x: &mut [Complex<f64>]) {
    let n = x.len();
    if !n.is_power_of_two() || n < 2 {
        return;
    }
    let shift = usize::BITS - n.trailing_zeros();
    for i in 0..n {
        let j = i.reverse_bits() >> shift;
        if i < j {
            x.swap(i, j);
        }
    }
    let turn: Vec<Complex<f64>> = (0..n / 2).map(|k| Complex::from_polar(1.0, -TAU * k as f64 / n as f64)).collect();
    let mut half = 1;
    while half < n {
        let every = n / (2 * half);
        for block in x.chunks_exact_mut(2 * half) {
            let (low, high) = block.split_at_mut(half);
            for ((a, b), w) in low.iter_mut().zip(high).zip(turn.iter().step_by(every)) {
                let turned = *b * w;
                (*a, *b) = (*a + turned, *a - turned);
            }
        }
        half *= 2;
    }
}

/// The transform of a real trace, padded with zeros to at least `least` samples and a power of two.
pub fn transform_real(x: &[f64], least: usize) -> Vec<Complex<f64>> {
    let mut out: Vec<Complex<f64>> = x.iter().map(|x| Complex::from(*x)).collect();
    out.resize(x.len().max(least).max(2).next_power_of_two(), Complex::default());
    transform(&mut out);
    out
}

/// Hann's window over `n` samples, periodic.
fn hann(n: usize) -> Vec<f64> {
    (0..n).map(|i| (PI * i as f64 / n as f64).sin().powi(2)).collect()
}

/// A one-sided spectral density at the frequencies `2πk/L`, `k = 0..=L/2`, per radian per step.
#[derive(Clone, Debug, PartialEq)]
pub struct Periodogram {
    /// Samples per segment, L.
    pub segment: usize,
    /// Segments averaged.
    pub segments: usize,
    /// The density.
    pub density: Vec<f64>,
}

impl Periodogram {
    /// Averages segments of `segment` samples (a power of two) that overlap by half, each under
    /// Hann's window, about the known mean 0. `None` if the trace has no whole segment.
    ///
    /// The sum over the frequencies times 2π/L is the mean square under the windows, exactly.
    pub fn welch(x: &[f64], segment: usize) -> Option<Self> {
        if segment < 4 || !segment.is_power_of_two() || x.len() < segment {
            return None;
        }
        let window = hann(segment);
        let mut power = vec![0.0; segment / 2 + 1];
        let mut segments = 0;
        for part in x.windows(segment).step_by(segment / 2) {
            let mut spectrum: Vec<Complex<f64>> = part.iter().zip(&window).map(|(x, w)| Complex::from(x * w)).collect();
            transform(&mut spectrum);
            for (p, z) in power.iter_mut().zip(&spectrum) {
                *p += z.norm_sqr();
            }
            segments += 1;
        }
        let density = one_sided(power.iter().map(|p| p / segments as f64), &window);
        Some(Periodogram { segment, segments, density })
    }

    /// What the periodogram of a stationary series with this autocovariance (by lag) is on average,
    /// leakage included: the transform of autocovariance times window overlap.
    pub fn expected(autocovariance: impl Fn(u64) -> f64, segment: usize) -> Vec<f64> {
        let window = hann(segment);
        let mut lags = vec![Complex::default(); segment];
        for (m, overlap) in overlaps(&window).into_iter().enumerate() {
            let term = Complex::from(autocovariance(m as u64) * overlap);
            lags[m] += term;
            if m > 0 {
                lags[segment - m] += term;
            }
        }
        transform(&mut lags);
        one_sided(lags.iter().take(segment / 2 + 1).map(|z| z.re), &window)
    }

    /// The frequency of a bin (rad/step).
    pub fn omega(&self, k: usize) -> f64 {
        TAU * k as f64 / self.segment as f64
    }

    /// The integral of the density over all frequencies.
    pub fn integral(&self) -> f64 {
        self.density.iter().sum::<f64>() * TAU / self.segment as f64
    }

    /// Relative standard error of one bin of the average, `√((1 + (K − 1)/(18 K)) / K)`: half-overlapped
    /// Hann segments are correlated by 1/36 in power (Welch 1967). Bins 0 and L/2 scatter √2 times more.
    pub fn standard_error(&self) -> f64 {
        let k = self.segments as f64;
        ((1.0 + (k - 1.0) / (18.0 * k)) / k).sqrt()
    }
}

/// `Σ w_n w_{n+m}` for every lag m.
fn overlaps(window: &[f64]) -> Vec<f64> {
    let mut power = transform_real(window, 2 * window.len());
    let n = power.len() as f64;
    for z in &mut power {
        *z = Complex::from(z.norm_sqr());
    }
    // The transform of an even real array is its inverse but for the factor.
    transform(&mut power);
    power.iter().take(window.len()).map(|z| z.re / n).collect()
}

/// Powers of the bins 0 to L/2 as a density per radian per step, the negative frequencies folded over.
fn one_sided(power: impl Iterator<Item = f64>, window: &[f64]) -> Vec<f64> {
    let last = window.len() / 2;
    let norm = 1.0 / (TAU * window.iter().map(|w| w * w).sum::<f64>());
    power.enumerate().map(|(k, p)| p * norm * if k == 0 || k == last { 1.0 } else { 2.0 }).collect()
}
