//! A sampled controller with proportional, integral and derivative action, driving a joint that other
//! forces act on too.

use super::{Field, State, Stepper};

/// Where the controller has the speed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derivative {
    /// A sensor of its own.
    Measured,
    /// The difference of the last two angles over the sample time.
    Difference,
}

/// A joint of inertia J under a PID controller that holds its torque over one sample time T.
///
/// At every sample the angle is read as y = q + s ξ and, with e = r − y,
///
/// ```text
/// u = clip(kp e + I − kd ẏ, ±limit)        I ← I + ki T e, unless u is clipped and e would clip it more
/// ```
///
/// (anti-windup by conditional integration, Åström and Hägglund 2006). The field is what else acts on
/// the joint, gravity for one. Between samples J q̈ = u + f is stepped by leapfrog in `parts` steps of
/// T/parts, exact where f = 0. One step of the stepper is one of these, so the motion between samples
/// is recorded. Slot 0 holds I, slot 1 the torque u, slots 2 and 3 the last two
/// readings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampledPid {
    /// Sample time T, s.
    pub period: f64,
    /// Steps per sample, 1 at least.
    pub parts: u64,
    /// Inertia J, kg·m².
    pub inertia: f64,
    /// Gains kp (N·m/rad), ki (N·m/(rad·s)) and kd (N·m·s/rad).
    pub gains: [f64; 3],
    /// Set point r, rad.
    pub set_point: f64,
    /// Largest torque the motor gives, N·m; infinite for an ideal one.
    pub torque_limit: f64,
    /// Standard deviation s of the angle sensor, rad.
    pub noise: f64,
    /// Where the speed comes from.
    pub derivative: Derivative,
}

impl SampledPid {
    /// Reads the sensors and sets the torque of every joint.
    fn sample(&self, s: &mut State) {
        let ([kp, ki, kd], first) = (self.gains, s.step == 0);
        let (n, step) = (s.n(), s.step);
        let [integral, torque, reading, last] = s.slots.as_mut_slice() else { return };
        last.copy_from_slice(reading);
        reading.copy_from_slice(&s.q);
        if self.noise != 0.0 {
            s.noise.add(reading, n, self.noise, step, 0);
        }
        for i in 0..s.q.len() {
            let error = self.set_point - reading[i];
            let speed = match self.derivative {
                Derivative::Measured => s.v[i],
                Derivative::Difference if first => 0.0,
                Derivative::Difference => (reading[i] - last[i]) / self.period,
            };
            let wanted = kp * error + integral[i] - kd * speed;
            let clipped = wanted.abs() > self.torque_limit;
            torque[i] = if clipped { self.torque_limit.copysign(wanted) } else { wanted };
            if !(clipped && wanted * error > 0.0) {
                integral[i] += ki * self.period * error;
            }
        }
    }

    /// v ← v + t (u + f)/J.
    fn kick(&self, s: &mut State, t: f64) {
        let Some(torque) = s.slots.get(1) else { return };
        for ((v, u), f) in s.v.iter_mut().zip(torque).zip(&s.f) {
            *v += t * (u + f) / self.inertia;
        }
    }
}

impl Stepper for SampledPid {
    fn dt(&self) -> f64 {
        self.period / self.parts.max(1) as f64
    }

    fn slots(&self) -> usize {
        4
    }

    fn wants_force(&self) -> bool {
        true
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        let h = self.dt();
        if s.step.is_multiple_of(self.parts.max(1)) {
            self.sample(s);
        }
        self.kick(s, 0.5 * h);
        for (q, v) in s.q.iter_mut().zip(&s.v) {
            *q += h * v;
        }
        s.evaluate(field);
        self.kick(s, 0.5 * h);
    }
}
