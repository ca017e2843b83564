//! Escape over a barrier as a jump between two states, and its rate read off a population.

/// Share (1) of a population that is beyond the barrier after a time `t` (s), all of it on this side at
/// first: `p (1 - e^(-(r/p) t))`, `rate` the escape rate (1/s), `share` the share p beyond it in
/// equilibrium.
///
/// Balance fixes the way back: `rate_back = rate (1 - p)/p`, so both together relax with `rate/p`.
pub fn share_beyond(rate: f64, share: f64, t: f64) -> f64 {
    -share * (-rate / share * t).exp_m1()
}

/// A rate with its standard error (1/s).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeasuredRate {
    /// The rate.
    pub rate: f64,
    /// Its standard error.
    pub error: f64,
}

/// The escape rate from the shares `first` and `last` beyond the barrier of the same `n` independent
/// particles, `time` (s) apart: `r = (p/time) ln((p - first)/(p - last))`.
///
/// Two moments, because a population needs a while to settle in its well before a rate exists. The
/// error is that of two counts, correlated by those who stay: delta method with
/// `P(both) = first (p + (1 - p) e^(-(r/p) time))`. `None` where the last share has come so near
/// equilibrium, by less than three standard errors, that it tells no rate, or where nobody moved.
pub fn measured_rate(first: f64, last: f64, n: f64, share: f64, time: f64) -> Option<MeasuredRate> {
    let [near, far] = [share - last, share - first];
    let noise = (last * (1.0 - last) / n).sqrt();
    if !(near > 3.0 * noise && far > 0.0 && time > 0.0 && last > 0.0) {
        return None;
    }
    let decay = (far / near).ln();
    let both = first * (share + (1.0 - share) * (-decay).exp());
    let variances = [first * (1.0 - first), last * (1.0 - last)];
    let covariance = both - first * last;
    let square = variances[0] / (far * far) + variances[1] / (near * near) - 2.0 * covariance / (far * near);
    let unit = share / time;
    let error = unit * (square.max(0.0) / n).sqrt();
    (error > 0.0).then_some(MeasuredRate { rate: unit * decay, error })
}
