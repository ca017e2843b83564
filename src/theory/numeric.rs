//! Scalar equations shared by the closed forms: bracketing, counting, least values, Lambert's function.

/// Root of a continuous `f` with a sign change on `[lo, hi]`, to the last bit (bisection).
///
/// Returns NaN without a sign change, so a NaN argument cannot pass for a root.
pub(super) fn bisect(f: impl Fn(f64) -> f64, mut lo: f64, mut hi: f64) -> f64 {
    let (f_lo, f_hi) = (f(lo), f(hi));
    if f_lo == 0.0 {
        return lo;
    }
    if f_hi == 0.0 {
        return hi;
    }
    if f_lo.is_nan() || f_hi.is_nan() || (f_lo < 0.0) == (f_hi < 0.0) {
        return f64::NAN;
    }
    // A double has 2^11 exponents and 52 bits: interval halving ends long before 2200 rounds.
    for _ in 0..2200 {
        let mid = 0.5 * lo + 0.5 * hi;
        if mid <= lo.min(hi) || mid >= lo.max(hi) {
            break;
        }
        if (f(mid) < 0.0) == (f_lo < 0.0) { lo = mid } else { hi = mid }
    }
    0.5 * lo + 0.5 * hi
}

/// First of `start, 2 start, 4 start, …` at which `done` holds; `None` if none does below infinity.
pub(super) fn double_until(start: f64, done: impl Fn(f64) -> bool) -> Option<f64> {
    let mut x = start;
    while x.is_finite() && x > 0.0 {
        if done(x) {
            return Some(x);
        }
        x *= 2.0;
    }
    None
}

/// Number of leading indices `0, 1, …` for which a predicate that turns false once and for all holds.
///
/// `None` if it still holds at 2^62.
pub(super) fn count_while(holds: impl Fn(u64) -> bool) -> Option<u64> {
    if !holds(0) {
        return Some(0);
    }
    let (mut lo, mut hi) = (0, 1);
    while holds(hi) {
        if hi >= 1 << 62 {
            return None;
        }
        (lo, hi) = (hi, hi * 2);
    }
    while hi - lo > 1 {
        let mid = lo + (hi - lo) / 2;
        if holds(mid) { lo = mid } else { hi = mid }
    }
    Some(hi)
}

/// Lower real branch of Lambert's function, `w e^w = x` with `w <= -1`, for `-1/e <= x < 0`; else NaN.
///
/// Source: Corless et al. 1996 (branch-point series and asymptotics as a start, then Halley).
pub(super) fn lambert_w_lower(x: f64) -> f64 {
    let above_branch = x.mul_add(std::f64::consts::E, 1.0);
    if !(x < 0.0 && above_branch >= -1e-15) {
        return f64::NAN;
    }
    let mut w = if x < -0.25 {
        let p = -(2.0 * above_branch.max(0.0)).sqrt();
        -1.0 + p - p * p / 3.0 + 11.0 / 72.0 * p * p * p
    } else {
        let (log, log_log) = ((-x).ln(), (-(-x).ln()).ln());
        log - log_log + log_log / log
    };
    for _ in 0..40 {
        let residual = w - x * (-w).exp();
        let slope = 1.0 + w;
        let step = residual / (slope - 0.5 * residual * (2.0 + w) / slope);
        if !step.is_finite() || step.abs() <= f64::EPSILON * w.abs() {
            break;
        }
        w -= step;
    }
    w
}

/// Where `f` is least on `[lo, hi]`, and that value: the best of a grid, then golden sections around it. Places
/// without a number do not count; `None` if there is no other.
pub(super) fn least(f: impl Fn(f64) -> f64, lo: f64, hi: f64) -> Option<(f64, f64)> {
    const NODES: u32 = 240;
    const SECTIONS: u32 = 60;
    let known = |x: f64| Some(f(x)).filter(|y| !y.is_nan()).unwrap_or(f64::INFINITY);
    let node = |k: u32| lo + (hi - lo) * f64::from(k.min(NODES)) / f64::from(NODES);
    let nodes = (0..=NODES).map(|k| (k, known(node(k))));
    let (k, value) = nodes.filter(|(_, y)| y.is_finite()).min_by(|a, b| a.1.total_cmp(&b.1))?;
    let (mut low, mut high) = (node(k.saturating_sub(1)), node(k + 1));
    let ratio = 0.5 * (5f64.sqrt() - 1.0);
    for _ in 0..SECTIONS {
        let [a, b] = [high - ratio * (high - low), low + ratio * (high - low)];
        if known(a) <= known(b) { high = b } else { low = a }
    }
    let x = 0.5 * (low + high);
    Some(if known(x) < value { (x, known(x)) } else { (node(k), value) })
}
