//! Weight decay, and the force every optimizer starts its step with.

use super::super::{Field, State};
use super::{AdaDelta, AdaGrad, Adam, Momentum, NAdam, RmsProp, Schedule};

/// How a method shrinks its parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Decay {
    /// Not at all.
    #[default]
    None,
    /// L2: the force gets −w q, so the method scales the decay as it scales every gradient.
    Coupled(f64),
    /// q ← (1 − ηw) q before the step, with the force of the undecayed point
    /// (Loshchilov and Hutter 2019; PyTorch's η is the scheduled rate).
    Decoupled(f64),
}

impl Decay {
    /// Evaluates the force, with this decay, for a step with rate `eta`.
    pub(super) fn evaluate(self, eta: f64, field: &dyn Field, s: &mut State) {
        s.evaluate(field);
        match self {
            Decay::None => {}
            Decay::Coupled(w) => {
                for (f, q) in s.f.iter_mut().zip(&s.q) {
                    *f -= w * q;
                }
            }
            Decay::Decoupled(w) => {
                let keep = 1.0 - eta * w;
                for q in &mut s.q {
                    *q *= keep;
                }
            }
        }
    }
}

/// Gives a method with the fields `decay` and `schedule` its two builders.
macro_rules! trimmings {
    ($($method:ty),*) => {$(
        impl $method {
            /// The same method with weight decay.
            #[must_use]
            pub fn with_decay(self, decay: Decay) -> Self {
                Self { decay, ..self }
            }

            /// The same method with a schedule.
            #[must_use]
            pub fn with_schedule(self, schedule: Schedule) -> Self {
                Self { schedule, ..self }
            }
        }
    )*};
}

trimmings!(Momentum, Adam, NAdam, AdaGrad, AdaDelta, RmsProp);
