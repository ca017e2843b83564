//! A pendulum, alone or held by a spring.

use super::pointwise::Line;

/// A pendulum under gravity with a spring that pulls it to an angle:
/// `U = mgl (1 − cos q) + ½ k (q − r)²`, the force of which is `−mgl sin q + k (r − q)`.
///
/// Without the spring it is the link of an arm; with k = kp it is the loss a proportional controller
/// descends, gravity being the bias of its gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pendulum {
    /// Weight times lever mgl, N·m.
    pub weight: f64,
    /// Stiffness k of the spring, N·m/rad.
    pub stiffness: f64,
    /// Where the spring is at rest, rad.
    pub rest: f64,
}

impl Pendulum {
    /// A pendulum without a spring.
    pub fn free(weight: f64) -> Self {
        Pendulum { weight, stiffness: 0.0, rest: 0.0 }
    }
}

impl Line for Pendulum {
    fn value(&self, q: f64) -> f64 {
        let (half, off) = (libm::sin(0.5 * q), q - self.rest);
        2.0 * self.weight * half * half + 0.5 * self.stiffness * off * off
    }

    fn force(&self, q: f64) -> f64 {
        self.stiffness * (self.rest - q) - self.weight * libm::sin(q)
    }

    fn curvature(&self, q: f64) -> f64 {
        self.weight * libm::cos(q) + self.stiffness
    }

    fn near(&self) -> Vec<f64> {
        vec![if self.stiffness == 0.0 { 0.0 } else { self.rest }]
    }
}

super::pointwise::line!(Pendulum);
