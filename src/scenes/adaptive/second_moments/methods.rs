//! The methods on the menu.

use std::sync::Arc;

use crate::core::Stepper;
use crate::core::methods::{AdaDelta, AdaGrad, Adam, RmsProp};
use crate::figure::Ink;
use crate::param::{Choice, Values};
use crate::scenes::models::declare::choice;
use crate::text::{Text, t};
use crate::theory::second_moment::Memory;

/// The methods by their places.
pub const ADAGRAD: usize = 0;
pub const RMSPROP: usize = 1;
pub const ADADELTA: usize = 2;
pub const HYBRID: usize = 3;
pub const ADAM: usize = 4;
/// How many there are.
pub const COUNT: usize = 5;

/// As a parameter offers them.
pub static CHOICES: [Choice; COUNT] = [
    choice("adagrad", "AdaGrad", "AdaGrad"),
    choice("rmsprop", "RMSProp", "RMSProp"),
    choice("adadelta", "AdaDelta", "AdaDelta"),
    choice("rmsprop-momentum", "RMSProp + momentum", "RMSProp + 动量"),
    choice("adam", "Adam", "Adam"),
];

/// Their names.
pub const NAMES: [Text; COUNT] = [
    t("AdaGrad", "AdaGrad"),
    t("RMSProp", "RMSProp"),
    t("AdaDelta", "AdaDelta"),
    t("RMSProp + momentum", "RMSProp + 动量"),
    t("Adam", "Adam"),
];

/// Their names where there is little room.
pub const SHORT: [Text; COUNT] = [
    t("AdaGrad", "AdaGrad"),
    t("RMSProp", "RMSProp"),
    t("AdaDelta", "AdaDelta"),
    t("RMSProp + $β$", "RMSProp + $β$"),
    t("Adam", "Adam"),
];

/// Their colours.
pub const INKS: [Ink; COUNT] = [Ink::Spring, Ink::Amber, Ink::Controller, Ink::Optimizer, Ink::Sampler];

/// What is added to the root.
const EPS: f64 = 1e-8;

/// Coefficients of all methods.
#[derive(Clone, Copy)]
pub struct Coefficients {
    /// Rate of all but AdaDelta.
    pub alpha: f64,
    /// Memory ρ of the second moment.
    pub memory: f64,
    /// Momentum of the hybrids.
    pub beta: f64,
    /// AdaDelta's ε.
    pub eps: f64,
}

impl Coefficients {
    /// Those of these values.
    pub fn of(values: &Values) -> Coefficients {
        let [alpha, memory, beta, eps] = ["alpha", "memory", "beta", "eps"].map(|id| values.get(id));
        Coefficients { alpha, memory, beta, eps }
    }
}

/// Method `i`.
pub fn made(i: usize, c: Coefficients) -> Arc<dyn Stepper> {
    let Coefficients { alpha, memory, beta, eps } = c;
    match i {
        ADAGRAD => Arc::new(AdaGrad::new(alpha, 0.0, 0.0, EPS)),
        RMSPROP => Arc::new(RmsProp::new(alpha, memory, EPS, 0.0, false)),
        ADADELTA => Arc::new(AdaDelta::new(1.0, memory, eps)),
        HYBRID => Arc::new(RmsProp::new(alpha, memory, EPS, beta, false)),
        _ => Arc::new(Adam::new(alpha, beta, memory, EPS)),
    }
}

/// Method `i` with these values.
pub fn stepper(i: usize, values: &Values) -> Arc<dyn Stepper> {
    made(i, Coefficients::of(values))
}

/// How many arrays it keeps beside a buffer; the first is the second moment.
pub fn slots(i: usize) -> usize {
    1 + usize::from(i == ADADELTA)
}

/// How it remembers squared gradients.
pub fn memory(i: usize, rho: f64) -> Memory {
    match i {
        ADAGRAD => Memory::Sum,
        ADAM => Memory::Corrected(rho),
        _ => Memory::Average(rho),
    }
}

/// What one unit of gradient moves after step `t` (from 1), by the second moment `w` and AdaDelta's `u`.
pub fn rate(i: usize, c: Coefficients, t: u64, w: f64, u: f64) -> f64 {
    match i {
        ADADELTA => ((u + c.eps) / (w + c.eps)).sqrt(),
        ADAM => c.alpha / ((w / (1.0 - c.memory.powf(t as f64))).sqrt() + EPS),
        _ => c.alpha / (w.sqrt() + EPS),
    }
}
