//! The methods that are compared. Each evaluates one gradient per step.

use std::sync::Arc;

use crate::core::Stepper;
use crate::core::methods::{Adam, Convention, RmsProp, gradient_descent, heavy_ball, nesterov};
use crate::figure::Ink;
use crate::param::Choice;
use crate::scenes::models::declare::choice;
use crate::text::{Text, t};

/// The methods by their places.
pub const DESCENT: usize = 0;
pub const MOMENTUM: usize = 1;
pub const NESTEROV: usize = 2;
pub const RMSPROP: usize = 3;
pub const ADAM: usize = 4;
/// How many there are.
pub const COUNT: usize = 5;

/// As a parameter offers them.
pub static CHOICES: [Choice; COUNT] = [
    choice("descent", "gradient descent", "梯度下降"),
    choice("momentum", "momentum", "动量法"),
    choice("nesterov", "Nesterov", "Nesterov"),
    choice("rmsprop", "RMSProp", "RMSProp"),
    choice("adam", "Adam", "Adam"),
];

/// Their names.
pub const NAMES: [Text; COUNT] = [
    t("gradient descent", "梯度下降"),
    t("momentum", "动量法"),
    t("Nesterov", "Nesterov"),
    t("RMSProp", "RMSProp"),
    t("Adam", "Adam"),
];

/// Their colours.
pub const INKS: [Ink; COUNT] = [Ink::Spring, Ink::Optimizer, Ink::Controller, Ink::Amber, Ink::Sampler];

/// Memory of squares: of RMSProp and Adam; smallest denominator of both.
pub const SQUARES: [f64; 2] = [0.99, 0.999];
pub const EPS: f64 = 1e-8;

/// Method `i` with step size η and momentum β (Adam's β₁).
pub fn stepper(i: usize, eta: f64, beta: f64) -> Arc<dyn Stepper> {
    match i {
        MOMENTUM => Arc::new(heavy_ball(eta, beta, Convention::Displacement)),
        NESTEROV => Arc::new(nesterov(eta, beta)),
        RMSPROP => Arc::new(RmsProp::new(eta, SQUARES[0], EPS, 0.0, false)),
        ADAM => Arc::new(Adam::new(eta, beta, SQUARES[1], EPS)),
        _ => Arc::new(gradient_descent(eta)),
    }
}

/// The step size that gives a method the effective rate `rate`; `None` if it has no such rate.
pub fn at_rate(i: usize, rate: f64, beta: f64) -> Option<f64> {
    match i {
        DESCENT => Some(rate),
        MOMENTUM | NESTEROV => Some(rate * (1.0 - beta)),
        _ => None,
    }
}
