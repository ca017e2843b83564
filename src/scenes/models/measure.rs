//! Measurements on recorded traces. Nothing here knows a formula of `theory`.

use nalgebra::Complex;

/// The recurrence x₊ = a x + b x₋ that fits a trace best.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recurrence {
    /// Weight of the last value: the trace of the one-step map.
    pub a: f64,
    /// Weight of the value before: minus the determinant of the one-step map.
    pub b: f64,
}

impl Recurrence {
    /// Least squares over all triples of `x`; `None` if fewer than three independent values are
    /// above the noise of rounding or the trace follows one exponential only.
    pub fn fit(x: &[f64]) -> Option<Self> {
        let top = x.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
        if !top.is_finite() || top == 0.0 {
            return None;
        }
        // Scaled by the size of each triple, so that every part of a decay counts alike.
        let floor = top * 1e-10;
        let (mut s, mut rows) = ([0.0; 5], 0);
        for w in x.windows(3) {
            let size = w.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
            if size <= floor {
                break;
            }
            let [x0, x1, x2] = [w[0] / size, w[1] / size, w[2] / size];
            for (s, add) in s.iter_mut().zip([x1 * x1, x1 * x0, x0 * x0, x1 * x2, x0 * x2]) {
                *s += add;
            }
            rows += 1;
        }
        let det = s[0] * s[2] - s[1] * s[1];
        if rows < 2 || det <= 1e-10 * s[0] * s[2] {
            return None;
        }
        Some(Recurrence { a: (s[3] * s[2] - s[4] * s[1]) / det, b: (s[4] * s[0] - s[3] * s[1]) / det })
    }

    /// Whether every value that stands out of the rounding follows from the two before it.
    pub fn explains(&self, x: &[f64]) -> bool {
        let top = x.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
        x.windows(3).all(|w| {
            let size = w.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
            size <= 1e-9 * top || (w[2] - self.a * w[1] - self.b * w[0]).abs() <= 1e-3 * size
        })
    }

    /// Modulus of the larger root of z² − a z − b: the contraction per step.
    pub fn rate(&self) -> f64 {
        let half = 0.5 * self.a;
        let disc = half * half + self.b;
        if disc < 0.0 { (-self.b).sqrt() } else { half.abs() + disc.sqrt() }
    }

    /// Steps per turn, if the roots are complex.
    pub fn period(&self) -> Option<f64> {
        let half = 0.5 * self.a;
        let disc = half * half + self.b;
        // A double root is complex only by the error of the fit.
        (disc < -1e-8 * half * half).then(|| std::f64::consts::TAU / (-disc).sqrt().atan2(half))
    }

    /// Damping ratio of the oscillator with the same poles, if the roots are complex.
    pub fn damping_ratio(&self) -> Option<f64> {
        let turn = std::f64::consts::TAU / self.period()?;
        let decay = -0.5 * (-self.b).ln();
        Some(decay / decay.hypot(turn))
    }
}

/// The contraction per step of a trace that follows one exponential: the ratio of neighbours, if it
/// is the same all along.
pub fn single_rate(x: &[f64]) -> Option<f64> {
    let first = x.get(1)? / x.first()?;
    let floor = 1e-9 * x.first()?.abs();
    let same = x.windows(2).take_while(|w| w[0].abs() > floor).all(|w| (w[1] / w[0] - first).abs() <= 1e-6);
    (first.is_finite() && same).then_some(first.abs())
}

/// The contraction per step of the slowest part of a trace, once the faster ones have died out: the
/// ratio of neighbours at its end, if the last ones agree.
pub fn tail_rate(x: &[f64]) -> Option<f64> {
    let floor = 1e-9 * x.first()?.abs();
    let last = x.iter().rposition(|x| x.abs() > floor)?;
    let tail = x.get(last.checked_sub(4)?..=last)?;
    let ratio = tail[4] / tail[3];
    let same = tail.windows(2).all(|w| (w[1] / w[0] - ratio).abs() <= 1e-6 * ratio.abs());
    (ratio.is_finite() && same).then_some(ratio.abs())
}

/// The factor per step by which a size grows: exp of the slope of its logarithm over the last three
/// quarters of a trace. Rows weigh sin², so that what turns within them hardly counts. `None` if fewer than
/// sixteen of them are positive.
pub fn growth(x: &[f64]) -> Option<f64> {
    let rows = x.iter().take_while(|x| **x > 0.0 && x.is_finite()).count();
    let from = rows / 4;
    let tail = x.get(from..rows)?;
    let n = tail.len() as f64;
    let [mut w, mut t, mut y, mut tt, mut ty] = [0.0; 5];
    for (k, x) in tail.iter().enumerate() {
        let at = k as f64 + 0.5;
        let (weight, at, ln) = ((std::f64::consts::PI * at / n).sin().powi(2), at - 0.5 * n, x.ln());
        w += weight;
        t += weight * at;
        y += weight * ln;
        tt += weight * at * at;
        ty += weight * at * ln;
    }
    (tail.len() >= 16).then(|| ((w * ty - t * y) / (w * tt - t * t)).exp())
}

/// The modulus per step of a trace in the plane, w = x + iy: the larger root of w₊ = a w + b w₋ fitted to
/// the last four points, up to the one of index `last`, at which it is neither huge nor tiny; the ratio of
/// the last two if one root is left of it.
pub fn turning_rate(x: &[f64], y: &[f64], last: usize) -> Option<f64> {
    let w = |n: usize| Some(Complex::new(*x.get(n)?, *y.get(n)?));
    let fits = |n: &usize| (0..4).all(|k| w(n + k).is_some_and(|w| (1e-200..1e90).contains(&w.norm())));
    let n = (0..=last.min(x.len().saturating_sub(4))).rev().find(fits)?;
    let [w0, w1, w2, w3] = [w(n)?, w(n + 1)?, w(n + 2)?, w(n + 3)?];
    let det = w1 * w1 - w2 * w0;
    if det.norm() <= 1e-9 * w1.norm_sqr().max((w2 * w0).norm()) {
        return Some((w3 / w2).norm());
    }
    let (a, b) = ((w2 * w1 - w3 * w0) / det, (w3 * w1 - w2 * w2) / det);
    let root = (a * a + b * 4.0).sqrt();
    Some(((a + root) * 0.5).norm().max(((a - root) * 0.5).norm()))
}

/// The first index from which |x| stays ≤ `share`·|x₀|; `None` if the trace ends before that is
/// certain (it must hold for at least a tenth of the trace).
pub fn settles(x: &[f64], share: f64) -> Option<u64> {
    let bound = share * x.first()?.abs();
    let last_outside = x.iter().rposition(|x| !(x.abs() <= bound))?;
    let from = last_outside + 1;
    (x.len() - from > x.len() / 10 && x.len() > from).then_some(from as u64)
}

/// How far the trace goes beyond zero on the other side, as a share of |x₀|.
pub fn overshoot(x: &[f64]) -> Option<f64> {
    let start = *x.first()?;
    let far = x.iter().map(|x| -x / start).fold(f64::NEG_INFINITY, f64::max);
    (start != 0.0 && far.is_finite()).then_some(far.max(0.0))
}

/// The first index at which x has another sign than x₀.
pub fn crosses(x: &[f64]) -> Option<u64> {
    let start = *x.first()?;
    x.iter().position(|x| x * start < 0.0).map(|i| i as u64)
}

/// The first index at which |x| exceeds `bound`.
pub fn escapes(x: &[f64], bound: f64) -> Option<u64> {
    x.iter().position(|x| !(x.abs() <= bound)).map(|i| i as u64)
}

/// Mean, and mean square about the mean, of a sample.
pub fn moments(x: &[f64]) -> [f64; 2] {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    [mean, x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n]
}

#[cfg(test)]
mod tests {
    use super::{Recurrence, crosses, escapes, growth, overshoot, settles, single_rate, tail_rate};

    #[test]
    fn a_recurrence_is_recovered() {
        for (a, b) in [(1.42, -0.5), (1.87, -0.9), (-0.3, -0.49), (0.1, 0.2)] {
            let mut x = vec![1.0, 0.7];
            for n in 0..40 {
                x.push(a * x[n + 1] + b * x[n]);
            }
            let fit = Recurrence::fit(&x);
            assert!(fit.is_some_and(|f| f.explains(&x) && !f.explains(&[1.0, 0.7, 0.4, 0.9])), "{a} {b}");
            assert!(fit.is_some_and(|f| (f.a - a).abs() <= 1e-9 && (f.b - b).abs() <= 1e-9), "{a} {b}: {fit:?}");
        }
        assert_eq!(Recurrence::fit(&[1.0, 0.5, 0.25, 0.125]), None, "one exponential has no second root");
        assert_eq!(Recurrence::fit(&[0.0; 9]), None);
    }

    #[test]
    fn settling_overshoot_escape() {
        let x = [1.0, -0.5, 0.2, 0.05, -0.009, 0.002, 0.0, 0.0, 0.0, 0.0];
        assert_eq!(settles(&x, 0.01), Some(4));
        assert_eq!(settles(&x[..5], 0.001), None);
        assert_eq!(overshoot(&x), Some(0.5));
        assert_eq!((crosses(&x), crosses(&x[..1])), (Some(1), None));
        assert_eq!(single_rate(&[4.0, -2.0, 1.0, -0.5]), Some(0.5));
        assert_eq!(single_rate(&[4.0, 2.0, 1.5]), None);
        assert_eq!(escapes(&[1.0, -3.0, 9.0], 5.0), Some(2));
        let two: Vec<f64> = (0..60).map(|n| 0.9f64.powi(n) + 0.1 * 0.01f64.powi(n)).collect();
        assert!(tail_rate(&two).is_some_and(|r| (r - 0.9).abs() < 1e-12) && single_rate(&two).is_none());
        let turning: Vec<f64> = (0..600).map(|n| 1.01f64.powi(n) * (1.0 + 0.05 * (0.2 * f64::from(n)).sin())).collect();
        assert!(growth(&turning).is_some_and(|g| (g - 1.01).abs() < 1e-7) && growth(&turning[..15]).is_none());
        assert_eq!((tail_rate(&[1.0, 0.5, 0.2, 0.1, 0.01]), tail_rate(&[1.0, 0.5])), (None, None));
    }
}
