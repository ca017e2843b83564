//! Momentum where the gradient of a weight comes at some steps only: what happens in between.
//!
//! The clock of these formulas is the gradient, not the step: from one gradient to the next a weight makes
//! one two-by-two map, and that map is a heavy ball of other coefficients. All of it is derived,
//! and held against plain recurrences.

use super::heavy_ball;

/// What a method does at the steps without a gradient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// The buffer fades and moves the weight: the dense method, which takes a missing gradient for 0.
    Coasts,
    /// Neither changes.
    Waits,
    /// The buffer fades, the weight stays.
    Fades,
}

/// `1 + beta + … + beta^(n-1)`.
fn geometric(beta: f64, n: f64) -> f64 {
    if beta == 1.0 { n } else { (1.0 - beta.powf(n)) / (1.0 - beta) }
}

/// The heavy ball `(gain, beta)` that a method with momentum `beta` is from one gradient to the next, `gap`
/// steps apart; its step is `gain eta` (1, 1).
///
/// Coasts: `((1 - beta^k)/(1 - beta), beta^k)`; waits: `(1, beta)`; fades: `(1, beta^k)`.
pub fn per_gradient(idle: Idle, beta: f64, gap: u64) -> [f64; 2] {
    let k = gap.max(1) as f64;
    match idle {
        Idle::Coasts => [geometric(beta, k), beta.powf(k)],
        Idle::Waits => [1.0, beta],
        Idle::Fades => [1.0, beta.powf(k)],
    }
}

/// Modulus per gradient on a mode with `q = eta lambda` (1).
pub fn modulus(idle: Idle, q: f64, beta: f64, gap: u64) -> f64 {
    let [gain, beta] = per_gradient(idle, beta, gap);
    heavy_ball::spectral_radius(gain * q, beta)
}

/// Largest stable `q = eta lambda`, `2 (1 + beta_k)/gain_k` with the coefficients of [`per_gradient`] (1).
pub fn wall(idle: Idle, beta: f64, gap: u64) -> f64 {
    let [gain, beta] = per_gradient(idle, beta, gap);
    2.0 * (1.0 + beta) / gain
}

/// Way after a first gradient until the next, `gap` steps later, in units of the push `eta g`:
/// `beta (1 - beta^(k-1))/(1 - beta)` where the buffer coasts, else 0 (1).
pub fn stale_drift(idle: Idle, beta: f64, gap: u64) -> f64 {
    if idle == Idle::Coasts { beta * geometric(beta, gap.max(1) as f64 - 1.0) } else { 0.0 }
}

/// Way per gradient in the long run under gradients that are all alike, in units of the push `eta g` (1).
///
/// `1/(1 - beta)` where the buffer coasts or waits, `1/(1 - beta^k)` where it only fades: `gain_k/(1 - beta_k)`.
pub fn way_per_gradient(idle: Idle, beta: f64, gap: u64) -> f64 {
    let [gain, beta] = per_gradient(idle, beta, gap);
    gain / (1.0 - beta)
}

/// Weight in the buffer that a gradient still has when the next one comes: `beta^k`, or `beta` where it waits (1).
pub fn staleness(idle: Idle, beta: f64, gap: u64) -> f64 {
    per_gradient(idle, beta, gap)[1]
}

/// Way of dense Adam per gradient in the long run, in units of its rate: gradients alike, `gap` steps apart, no epsilon (1).
///
/// `sqrt((1 - b2^k)/(1 - b2)) (1 - b1)/(1 - b1^k) (1 - r^k)/(1 - r)` with `r = b1/sqrt(b2)`: about `sqrt(k)` for gaps
/// within the memory of squares. Lazy Adam goes 1.
pub fn adam_way_per_gradient(b1: f64, b2: f64, gap: u64) -> f64 {
    let k = gap.max(1) as f64;
    (geometric(b2, k)).sqrt() / geometric(b1, k) * geometric(b1 / b2.sqrt(), k)
}

/// Mean of `x²` after `n` steps from `x = 1` at rest, where at every step the gradient of a mode with
/// `q = eta lambda` comes with probability `p` (1).
///
/// Exact: the second moments `(xx, xv, vv)` of a linear map that is drawn anew at every step make a linear map.
pub fn mean_square(idle: Idle, q: f64, beta: f64, p: f64, n: u64) -> f64 {
    // x' = a x + b v, v' = c x + d v.
    let with = [1.0 - q, beta, -q, beta];
    let without = match idle {
        Idle::Coasts => [1.0, beta, 0.0, beta],
        Idle::Waits => [1.0, 0.0, 0.0, 1.0],
        Idle::Fades => [1.0, 0.0, 0.0, beta],
    };
    let moved = |[a, b, c, d]: [f64; 4], [xx, xv, vv]: [f64; 3]| {
        let cross = a * c * xx + (a * d + b * c) * xv + b * d * vv;
        [a * a * xx + 2.0 * a * b * xv + b * b * vv, cross, c * c * xx + 2.0 * c * d * xv + d * d * vv]
    };
    let mut moments = [1.0, 0.0, 0.0];
    for _ in 0..n {
        let [come, gone] = [moved(with, moments), moved(without, moments)];
        moments = std::array::from_fn(|i| p * come[i] + (1.0 - p) * gone[i]);
    }
    moments[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDLE: [Idle; 3] = [Idle::Coasts, Idle::Waits, Idle::Fades];

    /// One step in plain numbers.
    fn step(idle: Idle, [x, v]: [f64; 2], push: Option<f64>, beta: f64) -> [f64; 2] {
        match (push, idle) {
            (Some(push), _) => [x + beta * v + push, beta * v + push],
            (None, Idle::Coasts) => [x + beta * v, beta * v],
            (None, Idle::Waits) => [x, v],
            (None, Idle::Fades) => [x, beta * v],
        }
    }

    /// On a bowl, positions at the gradients are those of the heavy ball it is said to be.
    #[test]
    fn a_gap_makes_another_heavy_ball() {
        for idle in IDLE {
            for (q, beta, gap) in [(0.1, 0.9, 1), (0.1, 0.9, 7), (0.3, 0.5, 3), (0.02, 0.99, 50), (0.2, 0.0, 4)] {
                let [gain, slow] = per_gradient(idle, beta, gap);
                let mut at = [1.0, 0.0];
                for n in 0..40 * gap {
                    if n.is_multiple_of(gap) {
                        let want = heavy_ball::response(gain * q, slow, 1.0, 0.0, n / gap);
                        let error = (at[0] - want).abs();
                        assert!(error <= 1e-9 * (1.0 + want.abs()), "{idle:?} {q} {beta} {gap}: {} {want}", at[0]);
                    }
                    let push = n.is_multiple_of(gap).then(|| -q * at[0]);
                    at = step(idle, at, push, beta);
                }
            }
        }
    }

    #[test]
    fn ways_are_sums() {
        for idle in IDLE {
            for (beta, gap) in [(0.9, 1_u64), (0.9, 5), (0.5, 20), (0.99, 30), (0.0, 3)] {
                let (mut at, mut first, mut last) = ([0.0, 0.0], 0.0, 0.0);
                for n in 0..gap * 4000 {
                    last = if n.is_multiple_of(gap) { at[0] } else { last };
                    at = step(idle, at, n.is_multiple_of(gap).then_some(1.0), beta);
                    first = if n + 1 == gap { at[0] - 1.0 } else { first };
                }
                let (drift, way) = (stale_drift(idle, beta, gap), way_per_gradient(idle, beta, gap));
                assert!((first - drift).abs() <= 1e-9 * (1.0 + drift), "{idle:?} {beta} {gap}: {first} {drift}");
                assert!((at[0] - last - way).abs() <= 1e-9 * way, "{idle:?} {beta} {gap}: {} {way}", at[0] - last);
            }
        }
    }

    /// All 2¹⁰ ways in which gradients can come in ten steps.
    #[test]
    fn a_mean_square_is_the_mean_over_all_chances() {
        for idle in IDLE {
            for (q, beta, p) in [(0.3, 0.9, 0.25_f64), (1.5, 0.5, 0.7)] {
                let mut sum = 0.0;
                for chance in 0..1024u32 {
                    let came = |n: u32| chance >> n & 1 == 1;
                    let end = (0..10).fold([1.0, 0.0], |at, n| step(idle, at, came(n).then(|| -q * at[0]), beta));
                    let weight = (0..10).map(|n| if came(n) { p } else { 1.0 - p }).product::<f64>();
                    sum += weight * end[0] * end[0];
                }
                let want = mean_square(idle, q, beta, p, 10);
                assert!((sum - want).abs() <= 1e-11 * want, "{idle:?} {q} {beta} {p}: {sum} {want}");
            }
        }
    }

    #[test]
    fn dense_adam_goes_as_the_root_of_the_gap() {
        for (b1, b2, gap) in [(0.9, 0.99, 1_u64), (0.9, 0.999, 10), (0.5, 0.999, 40), (0.9, 0.99, 30)] {
            let (mut x, mut m, mut w, mut last) = (0.0, 0.0, 0.0_f64, 0.0);
            for n in 0..gap * (40_000 / gap) {
                let g = f64::from(u8::from(n.is_multiple_of(gap)));
                last = if g > 0.0 { x } else { last };
                (m, w) = (b1 * m + (1.0 - b1) * g, b2 * w + (1.0 - b2) * g * g);
                x += m / w.sqrt();
            }
            let want = adam_way_per_gradient(b1, b2, gap);
            assert!((x - last - want).abs() <= 1e-6 * want, "{b1} {b2} {gap}: {} {want}", x - last);
            assert!((want / (gap as f64).sqrt() - 1.0).abs() < 0.1);
        }
    }
}
