//! Methods that divide by the root of a second moment, under a gradient that does not change: how long their
//! steps are, and what a change of the gradient's size does to them.
//!
//! The gradient is 1 before a change and `factor` after it; steps are in units of the rate. Everything here is
//! for a smallest denominator that is small against the gradient. Derived, and held against plain
//! recurrences.

/// How a method remembers squared gradients.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Memory {
    /// As a sum: AdaGrad.
    Sum,
    /// As a moving average with this share kept per step, not corrected: RMSProp, AdaDelta.
    Average(f64),
    /// As a moving average over what is known of it: Adam.
    Corrected(f64),
}

impl Memory {
    /// Weight of a squared gradient `age` steps after it came, in step `t` (from 1) (1): `1`, `(1 - b) b^age`, and that over `1 - b^t`.
    pub fn weight(self, age: u64, t: u64) -> f64 {
        let average = |b: f64| (1.0 - b) * b.powf(age as f64);
        match self {
            Memory::Sum => 1.0,
            Memory::Average(b) => average(b),
            Memory::Corrected(b) => average(b) / (1.0 - b.powf(t as f64)),
        }
    }

    /// Second moment in step `t` (from 1) under a gradient of size 1 up to step `until` and `factor` from the next on (1).
    ///
    /// Sum: `min(t, T) + c² (t - T)`; average: `(1 - b^t) + (c² - 1)(1 - b^(t - T))`.
    pub fn moment(self, t: u64, until: u64, factor: f64) -> f64 {
        let late = t.saturating_sub(until) as f64;
        let change = factor * factor - 1.0;
        let average = |b: f64| (1.0 - b.powf(t as f64)) + change * (1.0 - b.powf(late));
        match self {
            Memory::Sum => t as f64 + change * late,
            Memory::Average(b) => average(b),
            Memory::Corrected(b) => average(b) / (1.0 - b.powf(t as f64)),
        }
    }

    /// Length of step `t` without momentum in units of the rate, the gradient over the root of [`Memory::moment`] (1).
    ///
    /// AdaGrad: `1/sqrt(t)`. RMSProp: `1/sqrt(1 - b^t)`, from `1/sqrt(1 - b)` down to 1.
    pub fn step(self, t: u64, until: u64, factor: f64) -> f64 {
        let g = if t > until { factor } else { 1.0 };
        g / self.moment(t, until, factor).sqrt()
    }

    /// Steps from a change by `factor` until steps are half as long (twice, if `factor > 1`) as before it, long
    /// after the start (1): `ln(3 c²/(1 - c²))/ln b`, or `ln(3 c²/(4 (c² - 1)))/ln b`. `None` where they never are
    /// shorter or longer than that, and for a sum, which recovers from no smaller gradient.
    pub fn recovery(self, factor: f64) -> Option<f64> {
        let (Memory::Average(b) | Memory::Corrected(b)) = self else { return None };
        let c2 = factor * factor;
        // What the old moment still weighs when the step passes a half (or two).
        let left = if c2 < 1.0 { 3.0 * c2 / (1.0 - c2) } else { 0.75 * c2 / (c2 - 1.0) };
        (left > 0.0 && left < 1.0 && b > 0.0 && b < 1.0).then(|| left.ln() / b.ln())
    }
}

/// Length of step `t` of RMSProp with momentum `mu`, `sum mu^(t-s) g_s/sqrt(w_s)` in units of the rate (1).
pub fn rmsprop_momentum_step(memory: f64, mu: f64, t: u64, until: u64, factor: f64) -> f64 {
    (1..=t).fold(0.0, |buffer, s| mu * buffer + Memory::Average(memory).step(s, until, factor))
}

/// Length of step `t` of Adam in units of the rate, 1 before the change:
/// `sum (1 - b1) b1^(t-s) g_s/(1 - b1^t)` over the root of the corrected moment (1).
pub fn adam_step(b1: f64, b2: f64, t: u64, until: u64, factor: f64) -> f64 {
    let late = t.saturating_sub(until) as f64;
    let mean = 1.0 + (factor - 1.0) * (1.0 - b1.powf(late)) / (1.0 - b1.powf(t as f64));
    mean / Memory::Corrected(b2).moment(t, until, factor).sqrt()
}

/// Length of step `t` of AdaDelta (rate 1) under a gradient that does not change, whatever its size \[L\].
///
/// `d_t² = eps (1 - rho) (1/(1 - rho)² + sum_(j=2)^t 1/(1 - rho^j))`: the first is `sqrt(eps/(1 - rho))`, and they grow as
/// `sqrt(eps (1 - rho) t)` without end.
pub fn adadelta_step(rho: f64, eps: f64, t: u64) -> f64 {
    let sum: f64 = (2..=t).map(|j| 1.0 / (1.0 - rho.powf(j as f64))).sum();
    (eps * (1.0 - rho) * (1.0 / ((1.0 - rho) * (1.0 - rho)) + sum)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(what: &str, got: f64, want: f64, bound: f64) {
        assert!((got - want).abs() <= bound * (1.0 + want.abs()), "{what}: {got} {want}");
    }

    /// Every closed form against its recurrence, written out.
    #[test]
    fn steps_are_those_of_the_recurrences() {
        for (b, b1, until, c) in [(0.9, 0.9, 30, 0.1), (0.99, 0.5, 5, 10.0), (0.5, 0.0, 10, 0.01)] {
            let (mut sum, mut w, mut m, mut buffer) = (0.0_f64, 0.0_f64, 0.0, 0.0);
            for t in 1..=80 {
                let g = if t > until { c } else { 1.0 };
                let power = |b: f64| 1.0 - b.powf(t as f64);
                sum += g * g;
                w = b * w + (1.0 - b) * g * g;
                m = b1 * m + (1.0 - b1) * g;
                buffer = b1 * buffer + g / w.sqrt();
                near("sum", Memory::Sum.step(t, until, c), g / sum.sqrt(), 1e-12);
                near("average", Memory::Average(b).step(t, until, c), g / w.sqrt(), 1e-9);
                near("corrected", Memory::Corrected(b).moment(t, until, c), w / power(b), 1e-12);
                near("momentum", rmsprop_momentum_step(b, b1, t, until, c), buffer, 1e-9);
                near("adam", adam_step(b1, b, t, until, c), m / power(b1) / (w / power(b)).sqrt(), 1e-9);
            }
        }
    }

    #[test]
    fn adadelta_grows_as_the_root_of_time() {
        for (rho, eps, g) in [(0.9, 1e-6, 1e3), (0.95, 1e-8, 1.0), (0.5, 1e-6, 30.0)] {
            let (mut w, mut u) = (0.0_f64, 0.0_f64);
            for t in 1..=300 {
                w = rho * w + (1.0 - rho) * g * g;
                let d = ((u + eps) / (w + eps)).sqrt() * g;
                u = rho * u + (1.0 - rho) * d * d;
                near("adadelta", adadelta_step(rho, eps, t) / d, 1.0, 1e-6);
            }
        }
        near("long run", adadelta_step(0.9, 1e-6, 100_000) / (1e-7_f64 * 1e5).sqrt(), 1.0, 1e-3);
    }

    #[test]
    fn weights_add_up_to_the_moment() {
        for memory in [Memory::Sum, Memory::Average(0.9), Memory::Corrected(0.99)] {
            for (t, until, c) in [(1, 5, 3.0), (20, 7, 0.2), (40, 40, 2.0)] {
                let squared = |s: u64| if s > until { c * c } else { 1.0 };
                let sum: f64 = (1..=t).map(|s| memory.weight(t - s, t) * squared(s)).sum();
                near("moment", memory.moment(t, until, c), sum, 1e-12);
            }
        }
    }

    #[test]
    fn recovery_is_where_a_step_is_half_or_twice() {
        for (b, c) in [(0.9, 0.1), (0.99, 0.01), (0.9, 10.0), (0.95, 3.0)] {
            let memory = Memory::Average(b);
            let n = memory.recovery(c).unwrap();
            let late = n.floor() as u64;
            let [before, after] = [late, late + 1].map(|n| memory.step(5000 + n, 5000, c));
            let passed = if c < 1.0 { before <= 0.5 && after >= 0.5 } else { before >= 2.0 && after <= 2.0 };
            assert!(passed, "{b} {c}: {n}, {before} {after}");
        }
        assert_eq!((Memory::Sum.recovery(0.1), Memory::Average(0.9).recovery(0.9)), (None, None));
    }
}
