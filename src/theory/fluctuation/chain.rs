//! What a correlated series is worth: its autocorrelation, and means with honest standard errors.

/// The window that is usual: five correlation times (Sokal 1997).
const WINDOW: f64 = 5.0;
/// The shortest window (samples): an antithetic series would close one at once, and far too early.
const SHORTEST: usize = 10;

/// A mean with its uncertainty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// Its standard error, corrected for autocorrelation: `sqrt(var tau/n)`.
    pub error: f64,
    /// Integrated autocorrelation time (samples).
    pub tau: f64,
    /// Independent samples the series is worth, `n/tau`.
    pub effective: f64,
}

impl Estimate {
    /// How many standard errors the mean lies above `expected`.
    pub fn z(&self, expected: f64) -> f64 {
        (self.mean - expected) / self.error
    }

    /// The 95 % interval.
    pub fn interval(&self) -> [f64; 2] {
        [self.mean - 1.96 * self.error, self.mean + 1.96 * self.error]
    }
}

/// A series about its mean.
struct Centred {
    mean: f64,
    away: Vec<f64>,
    square: f64,
}

impl Centred {
    /// `None` for a constant or non-finite series.
    fn new(series: &[f64]) -> Option<Self> {
        let mean = series.iter().sum::<f64>() / series.len() as f64;
        let away: Vec<f64> = series.iter().map(|x| x - mean).collect();
        let square = away.iter().map(|x| x * x).sum::<f64>();
        (square.is_finite() && square > 0.0).then_some(Centred { mean, away, square })
    }

    /// Biased autocorrelation (1) at a lag; `None` beyond the series.
    fn correlation(&self, lag: usize) -> Option<f64> {
        let later = self.away.get(lag..).filter(|later| !later.is_empty())?;
        Some(self.away.iter().zip(later).map(|(a, b)| a * b).sum::<f64>() / self.square)
    }
}

/// Normalised autocorrelation (1) of a series at lags `0..=most`, by biased autocovariances; empty for
/// a constant or non-finite series.
pub fn measured_autocorrelation(series: &[f64], most: usize) -> Vec<f64> {
    let Some(series) = Centred::new(series) else { return Vec::new() };
    (0..=most).map_while(|lag| series.correlation(lag)).collect()
}

/// Integrated autocorrelation time (samples) of an autocorrelation: smallest window `M >= 5 tau(M)`
/// (Sokal 1997), ten lags at least, with that window; `None` if none closes.
pub fn windowed_tau(correlation: &[f64]) -> Option<(f64, usize)> {
    window(|lag| correlation.get(lag).copied())
}

fn window(correlation: impl Fn(usize) -> Option<f64>) -> Option<(f64, usize)> {
    let mut tau = 1.0;
    for lag in 1.. {
        tau += 2.0 * correlation(lag)?;
        if lag >= SHORTEST && lag as f64 >= WINDOW * tau {
            return Some((tau, lag));
        }
    }
    None
}

/// Integrated autocorrelation time (samples) by Geyer's initial positive sequence: sums of neighbours
/// `rho_2k + rho_2k+1` as long as they are positive and do not rise (Geyer 1992). Right for reversible
/// chains; the velocity makes underdamped ones alternate, where [`windowed_tau`] is the safer.
pub fn geyer_tau(correlation: &[f64]) -> Option<f64> {
    let mut sum: f64 = 0.0;
    let mut least = f64::INFINITY;
    for pair in correlation.chunks_exact(2) {
        let next = pair[0] + pair[1];
        if !(next > 0.0) {
            return Some((2.0 * sum - 1.0).max(0.0)).filter(|_| sum > 0.0);
        }
        least = least.min(next);
        sum += least;
    }
    None
}

/// The mean of a stationary series with its standard error; `None` for a constant series or one too
/// short to tell its correlation time.
pub fn mean_with_error(series: &[f64]) -> Option<Estimate> {
    let n = series.len() as f64;
    let centred = Centred::new(series)?;
    // A window cannot tell a time near zero; no series is trusted to be worth more than 20 n.
    let (tau, last) = window(|lag| centred.correlation(lag))?;
    // The mean is of the same samples, which hides part of the correlation (Wolff 2004).
    let tau = (tau * (1.0 + (2 * last + 1) as f64 / n)).max(0.05);
    let variance = centred.square / (n - 1.0);
    Some(Estimate { mean: centred.mean, error: (variance * tau / n).sqrt(), tau, effective: n / tau })
}

/// The ratio of the means of two series observed together, with the error of the series
/// `(a - R b)/<b>` (delta method).
pub fn ratio_with_error(above: &[f64], below: &[f64]) -> Option<Estimate> {
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let (ratio, unit) = (mean(above) / mean(below), mean(below));
    let linear: Vec<f64> = above.iter().zip(below).map(|(a, b)| (a - ratio * b) / unit).collect();
    let estimate = mean_with_error(&linear)?;
    Some(Estimate { mean: ratio, ..estimate })
}
