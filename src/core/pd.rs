//! A sampled proportional–derivative controller driving a joint.

use super::exact::per_coordinate;
use super::{Field, State, Stepper};

/// A joint of inertia J under a controller that holds its torque over one sample time T.
///
/// The field is the proportional action, `f = kp (r − q)` in the linear case. At every sample
/// `u = clip(f − kd q̇, ±limit)`; between samples the joint moves exactly under constant torque:
/// `q ← q + T q̇ + T² u / (2J)`, `q̇ ← q̇ + T u / J` (zero-order hold, full state feedback). One
/// joint per coordinate; the last entry of a list serves any coordinate beyond it.
#[derive(Clone, Debug, PartialEq)]
pub struct SampledPd {
    /// Sample time T.
    pub period: f64,
    /// Inertia J of every joint.
    pub inertia: Vec<f64>,
    /// Derivative gain kd of every joint.
    pub kd: Vec<f64>,
    /// Largest torque the motor gives; infinite for an ideal one.
    pub torque_limit: f64,
}

impl Stepper for SampledPd {
    fn dt(&self) -> f64 {
        self.period
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        s.evaluate(field);
        let (period, n) = (self.period, s.n());
        for joint in 0..s.dim() {
            let (inertia, kd) = (per_coordinate(&self.inertia, joint, 1.0), per_coordinate(&self.kd, joint, 0.0));
            for i in joint * n..(joint + 1) * n {
                let torque = s.f[i] - kd * s.v[i];
                let u = if torque.abs() > self.torque_limit { self.torque_limit.copysign(torque) } else { torque };
                s.q[i] += period * s.v[i] + 0.5 * period * period * u / inertia;
                s.v[i] += period * u / inertia;
            }
        }
    }
}
