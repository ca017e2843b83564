//! The methods whose regions are compared, on a mode of complex curvature q = ηλ.
//!
//! Such a mode is two coordinates with the force −(Re q x + Im q y, −Im q x + Re q y), for instance two
//! players who pull around each other; w = x + iy then follows w ← w − q w.

use std::sync::Arc;

use nalgebra::Complex;

use crate::core::fields::BilinearGame;
use crate::core::methods::{Adam, Convention, gradient_descent, heavy_ball, nesterov};
use crate::core::{Field, Probe, RungeKuttaFlow, State, Stepper, System, Trace, advance};
use crate::figure::Ink;
use crate::text::{Text, t};
use crate::theory::games::heavy_ball_radius;
use crate::theory::regions;

/// Steps after which it is clear whether a run grows.
const STEPS: usize = 160;

/// A method of the plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Gradient descent: explicit Euler on the gradient flow.
    Descent,
    /// Heavy ball: semi-implicit Euler of a damped mass.
    HeavyBall,
    /// Nesterov's method.
    Nesterov,
    /// Adam while its gradients are small against ε = 1, so that its denominator is frozen.
    Adam,
    /// The classical Runge–Kutta method on the gradient flow.
    RungeKutta,
}

impl Method {
    /// All, in the order of lanes and panels.
    pub const ALL: [Method; 5] =
        [Method::Descent, Method::HeavyBall, Method::Nesterov, Method::Adam, Method::RungeKutta];

    /// Its name.
    pub const fn name(self) -> Text {
        match self {
            Method::Descent => t("descent = Euler", "梯度下降 = 欧拉"),
            Method::HeavyBall => t("heavy ball", "重球法"),
            Method::Nesterov => t("Nesterov", "Nesterov"),
            Method::Adam => t("Adam, frozen", "Adam（冻结）"),
            Method::RungeKutta => t("Runge–Kutta 4", "四阶龙格－库塔"),
        }
    }

    /// Its colour.
    pub const fn ink(self) -> Ink {
        match self {
            Method::Descent => Ink::Spring,
            Method::HeavyBall => Ink::Optimizer,
            Method::Nesterov => Ink::Controller,
            Method::Adam => Ink::Sampler,
            Method::RungeKutta => Ink::Text,
        }
    }

    /// Its modulus per step by theory.
    pub fn radius(self, q: Complex<f64>, beta: f64) -> f64 {
        match self {
            Method::Descent => (Complex::from(1.0) - q).norm(),
            Method::HeavyBall => heavy_ball_radius(q, beta),
            Method::Nesterov => regions::nesterov_radius(q, beta),
            Method::Adam => regions::adam_radius(q, beta),
            Method::RungeKutta => regions::runge_kutta_radius(q),
        }
    }

    /// A point of its border by theory, for an angle from 0 to 2π.
    pub fn border(self, beta: f64, theta: f64) -> Complex<f64> {
        match self {
            Method::Descent => regions::heavy_ball_border(0.0, theta),
            Method::HeavyBall => regions::heavy_ball_border(beta, theta),
            Method::Nesterov => regions::nesterov_border(beta, theta),
            Method::Adam => regions::heavy_ball_border(beta, theta) / (1.0 - beta),
            Method::RungeKutta => regions::runge_kutta_border(theta),
        }
    }

    /// How it steps, with η = 1.
    pub fn stepper(self, beta: f64) -> Arc<dyn Stepper> {
        match self {
            Method::Descent => Arc::new(gradient_descent(1.0)),
            Method::HeavyBall => Arc::new(heavy_ball(1.0, beta, Convention::Displacement)),
            Method::Nesterov => Arc::new(nesterov(1.0, beta)),
            Method::Adam => Arc::new(Adam::new(1.0, beta, 0.999, 1.0)),
            Method::RungeKutta => Arc::new(RungeKuttaFlow { dt: 1.0 }),
        }
    }

    /// Where it starts: Adam so close to the solution that its gradients stay small while its first steps,
    /// which its correction of bias enlarges, go astray.
    pub const fn start(self) -> [f64; 2] {
        let size = if matches!(self, Method::Adam) { 1e-40 } else { 1.0 };
        [size, 0.3 * size]
    }

    /// Whether a run on curvature `q` shrinks.
    pub fn shrinks(self, q: Complex<f64>, beta: f64) -> bool {
        let field: Arc<dyn Field> = Arc::new(BilinearGame::regularised(q.re, q.im));
        shrinks(&System { field, stepper: self.stepper(beta) }, &self.start())
    }

    /// The real curvature at which runs begin to grow, by halving an interval.
    pub fn wall(self, beta: f64) -> f64 {
        let (mut low, mut high) = (1e-3, 8.0 / (1.0 - beta).max(1e-3));
        for _ in 0..24 {
            let middle = 0.5 * (low + high);
            *(if self.shrinks(Complex::from(middle), beta) { &mut low } else { &mut high }) = middle;
        }
        0.5 * (low + high)
    }
}

/// Whether a run of `system` is smaller in its last quarter than in its second one, and never grew by
/// thirty decades.
pub fn shrinks(system: &System, start: &[f64]) -> bool {
    let probes: Vec<Probe> = (0..start.len()).map(Probe::Position).collect();
    let mut trace = Trace::new(&probes, STEPS);
    advance(system, &mut State::at(start, &[], 1, 0, 0), STEPS as u64, &mut trace);
    let size =
        |n: usize| probes.iter().map(|p| trace.column(*p).get(n).copied().unwrap_or(f64::INFINITY).abs()).sum::<f64>();
    let most = |from: usize| (from..from + STEPS / 4).map(size).fold(0.0, f64::max);
    let [early, late] = [most(STEPS / 4), most(3 * STEPS / 4)];
    late < early && early.max(late) < 1e30 * size(0)
}
