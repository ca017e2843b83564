//! The methods whose memory is counted, and the count: an array counts if the run goes on otherwise without it.

use std::sync::{Arc, OnceLock};

use crate::core::fields::{Quadratic, Rescaled};
use crate::core::methods::{
    AdaDelta, AdaGrad, Adam, Convention, NAdam, RmsProp, gradient_descent, heavy_ball, nesterov,
};
use crate::core::{Field, State, Stepper, System, advance};
use crate::param::{Choice, Values};
use crate::scenes::models::declare::choice;
use crate::text::{Text, t};

/// The methods by their places.
pub const DESCENT: usize = 0;
pub const MOMENTUM: usize = 1;
pub const NESTEROV: usize = 2;
pub const ADAGRAD: usize = 3;
pub const RMSPROP: usize = 4;
pub const ADADELTA: usize = 5;
pub const HYBRID: usize = 6;
pub const ADAM: usize = 7;
pub const NADAM: usize = 8;
pub const AMSGRAD: usize = 9;
pub const CENTRED: usize = 10;
/// How many there are.
pub const COUNT: usize = 11;

/// As a parameter offers them.
pub static CHOICES: [Choice; COUNT] = [
    choice("descent", "gradient descent", "梯度下降"),
    choice("momentum", "momentum", "动量法"),
    choice("nesterov", "Nesterov", "Nesterov"),
    choice("adagrad", "AdaGrad", "AdaGrad"),
    choice("rmsprop", "RMSProp", "RMSProp"),
    choice("adadelta", "AdaDelta", "AdaDelta"),
    choice("rmsprop-momentum", "RMSProp + momentum", "RMSProp + 动量"),
    choice("adam", "Adam", "Adam"),
    choice("nadam", "NAdam", "NAdam"),
    choice("amsgrad", "AMSGrad", "AMSGrad"),
    choice("rmsprop-centred", "centred RMSProp + mom.", "中心化 RMSProp + 动量"),
];

/// Memory of squares, and smallest denominator.
const MEMORY: f64 = 0.99;
const EPS: f64 = 1e-8;

/// Method `i` with these coefficients.
fn made(i: usize, eta: f64, beta: f64) -> Arc<dyn Stepper> {
    match i {
        MOMENTUM => Arc::new(heavy_ball(eta, beta, Convention::Displacement)),
        NESTEROV => Arc::new(nesterov(eta, beta)),
        ADAGRAD => Arc::new(AdaGrad::new(10.0 * eta, 0.0, 0.0, EPS)),
        RMSPROP => Arc::new(RmsProp::new(eta, MEMORY, EPS, 0.0, false)),
        ADADELTA => Arc::new(AdaDelta::new(1.0, 0.9, 1e-3)),
        HYBRID => Arc::new(RmsProp::new(0.1 * eta, MEMORY, EPS, beta, false)),
        ADAM => Arc::new(Adam::new(3.0 * eta, beta, MEMORY, EPS)),
        NADAM => Arc::new(NAdam::new(3.0 * eta, beta, MEMORY, EPS, 0.004)),
        AMSGRAD => Arc::new(Adam::amsgrad(3.0 * eta, beta, MEMORY, EPS)),
        CENTRED => Arc::new(RmsProp::new(0.1 * eta, MEMORY, 1e-2, beta, true)),
        _ => Arc::new(gradient_descent(eta)),
    }
}

/// Method `i` with these values; rates of adaptive methods are lengths and stand in a fixed ratio to η.
pub fn stepper(i: usize, values: &Values) -> Arc<dyn Stepper> {
    made(i, values.get("eta"), values.get("beta"))
}

/// What the arrays beside the weights are, the velocity first and then the scratch arrays.
pub fn names(i: usize) -> [Text; 3] {
    const VELOCITY: Text = t("velocity $v$", "速度 $v$");
    const MEAN: Text = t("mean $m$", "均值 $m$");
    const SQUARES: Text = t("squares $w$", "平方 $w$");
    const NOTHING: Text = t("nothing", "无");
    match i {
        ADADELTA => [VELOCITY, SQUARES, t("squared steps $u$", "步长平方 $u$")],
        CENTRED => [VELOCITY, SQUARES, t("mean $a$", "均值 $a$")],
        ADAM => [MEAN, SQUARES, NOTHING],
        NADAM => [MEAN, SQUARES, t("product $1 − P$", "乘积 $1 − P$")],
        AMSGRAD => [MEAN, SQUARES, t("largest $w$", "最大的 $w$")],
        _ => [VELOCITY, SQUARES, NOTHING],
    }
}

/// Which arrays a method needs to go on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keeps {
    /// Whether it needs the velocity.
    pub velocity: bool,
    /// Which of the scratch arrays it needs, one number per parameter each.
    pub slots: Vec<bool>,
    /// How many scratch arrays it needs that hold one number for all parameters.
    pub shared: usize,
}

impl Keeps {
    /// Numbers per parameter.
    pub fn count(&self) -> usize {
        usize::from(self.velocity) + self.slots.iter().filter(|needed| **needed).count()
    }
}

/// What method `i` needs, found once by erasing; no coefficient changes it but β = 0, which leaves a buffer idle.
pub fn keeps(i: usize) -> &'static Keeps {
    static FOUND: OnceLock<Vec<Keeps>> = OnceLock::new();
    static NONE: Keeps = Keeps { velocity: false, slots: Vec::new(), shared: 0 };
    FOUND.get_or_init(|| (0..COUNT).map(|i| found(&made(i, 0.03, 0.9))).collect()).get(i).unwrap_or(&NONE)
}

/// Steps before arrays are erased, and after.
const BEFORE: u64 = 5;
const AFTER: u64 = 5;

/// Erases one array after another and looks whether the weights come out otherwise. It is tried under gradients
/// that grow and that shrink afterwards, because a largest square matters only in the one case and the newest
/// only in the other.
fn found(method: &Arc<dyn Stepper>) -> Keeps {
    let (mut velocity, mut needed, mut alike) = (false, vec![false; method.slots()], vec![true; method.slots()]);
    for factor in [10.0, 0.1] {
        let bowl: Arc<dyn Field> = Arc::new(Quadratic::diagonal(&[1.0, 2.5]));
        let field = Arc::new(Rescaled { field: bowl, factor, from: BEFORE as f64 });
        let system = System { field, stepper: method.clone() };
        let mut half = State::at(&[1.0, -2.0], &[], 1, 0, 0);
        advance(&system, &mut half, BEFORE, &mut ());
        let end = |mut state: State| {
            advance(&system, &mut state, AFTER, &mut ());
            state.q.iter().map(|x| x.to_bits()).collect::<Vec<_>>()
        };
        let whole = end(half.clone());
        let without = |erase: &dyn Fn(&mut State)| {
            let mut state = half.clone();
            erase(&mut state);
            end(state) != whole
        };
        velocity |= without(&|state| state.v.fill(0.0));
        for (slot, kept) in half.slots.iter().enumerate() {
            needed[slot] |= without(&|state| state.slots[slot].fill(0.0));
            alike[slot] &= kept.windows(2).all(|w| w[0] == w[1]);
        }
    }
    let both = || needed.iter().zip(&alike);
    let slots = both().map(|(needed, alike)| *needed && !alike).collect();
    Keeps { velocity, slots, shared: both().filter(|(needed, alike)| **needed && **alike).count() }
}

/// A state made of nothing but what `from` keeps: weights, and on wish velocity, scratch arrays and count.
pub fn fresh(from: &State, everything: bool) -> State {
    if !everything {
        return State::at(&from.q, &[], 1, 0, 0);
    }
    let mut state = State::at(&from.q, &from.v, 1, 0, 0);
    (state.slots, state.step, state.t) = (from.slots.clone(), from.step, from.t);
    state
}
