//! The four bodies on one curve.

use std::sync::Arc;

use crate::core::fields::{Creep, OnCurve, Quadratic, TiltedDoubleWell};
use crate::core::methods::{Friction, spring};
use crate::core::{At, Field, RungeKutta4, RungeKuttaFlow, Stepper};
use crate::figure::Ink;
use crate::param::Values;
use crate::scenes::{LaneRun, Probe, Seen};
use crate::text::{Text, t};
use crate::theory::rolling::SOLID_BALL;

/// Gravity, m/s².
pub const G: f64 = 9.81;
/// Seconds per iteration.
pub const SECONDS: f64 = 0.02;
/// Steps of the bodies on the curve per iteration.
pub const PARTS: u64 = 4;

/// What moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// A solid ball that rolls without slipping.
    Ball,
    /// A block that slides.
    Block,
    /// A bead without mass in a thick liquid.
    Bead,
    /// The optimizer.
    HeavyBall,
}

impl Body {
    /// All, in the order of lanes.
    pub const ALL: [Body; 4] = [Body::Ball, Body::Block, Body::Bead, Body::HeavyBall];

    /// Its name.
    pub const fn name(self) -> Text {
        match self {
            Body::Ball => t("rolling ball", "滚动的球"),
            Body::Block => t("sliding block", "滑动的块"),
            Body::Bead => t("massless bead", "无质量小珠"),
            Body::HeavyBall => t("heavy ball (optimizer)", "重球法（优化器）"),
        }
    }

    /// Its colour.
    pub const fn ink(self) -> Ink {
        match self {
            Body::Ball => Ink::Spring,
            Body::Block => Ink::Amber,
            Body::Bead => Ink::Controller,
            Body::HeavyBall => Ink::Optimizer,
        }
    }

    /// Moment of inertia over m r².
    pub const fn inertia(self) -> f64 {
        if matches!(self, Body::Ball) { SOLID_BALL } else { 0.0 }
    }

    /// What acts on it.
    pub fn field(self, values: &Values) -> Arc<dyn Field> {
        let profile = profile(values, 1.0);
        match self {
            Body::Ball | Body::Block => Arc::new(OnCurve { profile, gravity: G, inertia: self.inertia() }),
            Body::Bead => Arc::new(Creep { profile, mobility: G / values.get("drag") }),
            Body::HeavyBall => self::profile(values, G),
        }
    }

    /// How it steps, and how often per iteration.
    pub fn stepper(self, values: &Values) -> (Arc<dyn Stepper>, u64) {
        let (c, dt) = (values.get("friction"), SECONDS / PARTS as f64);
        match self {
            Body::Ball | Body::Block => {
                (Arc::new(RungeKutta4 { dt, mass: 1.0, friction: c / (1.0 + self.inertia()) }), PARTS)
            }
            Body::Bead => (Arc::new(RungeKuttaFlow { dt }), PARTS),
            Body::HeavyBall => (Arc::new(spring(1.0, c, SECONDS, Friction::Explicit)), 1),
        }
    }
}

/// The height of the curve, `scale` times.
pub fn profile(values: &Values, scale: f64) -> Arc<dyn Field> {
    let k = values.get("steep");
    if values.index("shape") == 0 {
        return Arc::new(Quadratic::diagonal(&[scale * k]));
    }
    Arc::new(TiltedDoubleWell { barrier: 0.5 * scale * k, half_width: 1.5, tilt: 0.15 * scale * k })
}

/// Heights and slopes of the curve at these places.
pub fn shape(values: &Values, x: &[f64]) -> [Vec<f64>; 2] {
    let (profile, v) = (profile(values, 1.0), vec![0.0; x.len()]);
    let at = At { t: 0.0, n: x.len(), q: x, v: &v };
    let (mut height, mut slope) = (vec![f64::NAN; x.len()], vec![f64::NAN; x.len()]);
    if profile.potential(at, &mut height) {
        profile.force(at, &mut slope);
    }
    slope.iter_mut().for_each(|f| *f = -*f);
    [height, slope]
}

/// Energies per mass of a body over its rows: potential, of its motion, of its turning, and heat.
pub struct Ledger {
    /// g f.
    pub potential: Vec<f64>,
    /// ½ (1 + f′²) ẋ².
    pub sliding: Vec<f64>,
    /// ½ κ (1 + f′²) ẋ².
    pub turning: Vec<f64>,
    /// ∫ c (1 + f′²) ẋ² dt, by trapezia.
    pub heat: Vec<f64>,
}

impl Ledger {
    /// The ledger of a body that keeps to the curve, or, if it does not, of the optimizer: then the metric
    /// is 1.
    pub fn of(body: Body, seen: &Seen<'_>, lane: &LaneRun) -> Ledger {
        let values = &seen.run.values;
        let (x, v) = (lane.column(Probe::Position(0)), lane.column(Probe::Velocity(0)));
        let [height, slope] = shape(values, x);
        let metric = |s: f64| if body == Body::HeavyBall { 1.0 } else { 1.0 + s * s };
        let twice: Vec<f64> = slope.iter().zip(v).map(|(s, v)| metric(*s) * v * v).collect();
        let (c, dt) = (values.get("friction"), SECONDS / lane.lane.substeps as f64);
        let mut heat = vec![0.0; twice.len().min(1)];
        for w in twice.windows(2) {
            heat.push(heat.last().copied().unwrap_or(0.0) + 0.5 * c * dt * (w[0] + w[1]));
        }
        Ledger {
            potential: height.iter().map(|y| G * y).collect(),
            sliding: twice.iter().map(|e| 0.5 * e).collect(),
            turning: twice.iter().map(|e| 0.5 * body.inertia() * e).collect(),
            heat,
        }
    }

    /// The sum of all of them.
    pub fn sum(&self) -> Vec<f64> {
        let pairs = self.potential.iter().zip(&self.sliding).zip(self.turning.iter().zip(&self.heat));
        pairs.map(|((a, b), (c, d))| a + b + c + d).collect()
    }
}
