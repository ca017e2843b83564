//! Shapes a log can have, as linear recursions from row to row.

/// What the values of a log follow, apart from a constant and from noise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Nothing: a level.
    Level,
    /// One real pole σ per step: `[σ]`.
    Pole,
    /// A coordinate of a heavy-ball mode, poles σ₁, σ₂ per step: `[q, β]`.
    Mode,
    /// The loss of such a mode, poles σ₁², σ₂² and σ₁σ₂ per step: `[q, β]`.
    Loss,
    /// A mode, or the loss of one, whose momentum is known: `[q]`.
    Held {
        /// The momentum.
        beta: f64,
        /// Whether the log is a loss.
        loss: bool,
    },
    /// A coordinate that two modes of one momentum share: `[q₁, β, q₂]`.
    Two,
}

/// The largest modulus of a pole that is tried: a run that grows faster is over before it is a log.
const WILDEST: f64 = 1.6;

/// `x_n = a₁ x_(n−1) + … + a_p x_(n−p) + g`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recursion {
    /// Number of earlier rows it looks at.
    pub order: usize,
    /// Their coefficients.
    pub a: [f64; 4],
}

impl Shape {
    /// Number of parameters.
    pub fn parameters(self) -> usize {
        match self {
            Shape::Level => 0,
            Shape::Pole | Shape::Held { .. } => 1,
            Shape::Mode | Shape::Loss => 2,
            Shape::Two => 3,
        }
    }

    /// Whether noise may drive a run of this shape.
    pub fn may_be_driven(self) -> bool {
        !matches!(self, Shape::Level | Shape::Two)
    }

    /// Whether it is a loss: no linear function of the pushes, so they cannot be all the noise there is.
    pub fn is_loss(self) -> bool {
        matches!(self, Shape::Loss | Shape::Held { loss: true, .. })
    }

    /// The recursion of rows that lie `every` steps apart: the poles to that power. `None` outside of what is tried.
    pub fn recursion(self, at: &[f64], every: u32) -> Option<Recursion> {
        let (order, a) = match (self, at) {
            (Shape::Level, _) => (0, [0.0; 4]),
            (Shape::Pole, [pole]) => {
                let sane = pole.abs() <= WILDEST && (*pole >= 0.0 || every == 1);
                (1, [sane.then(|| power(*pole, every))?, 0.0, 0.0, 0.0])
            }
            (Shape::Mode, [q, beta]) => {
                let [sum, product] = rows(*q, *beta, every)?;
                (2, [sum, -product, 0.0, 0.0])
            }
            (Shape::Loss, [q, beta]) => {
                let [sum, d] = rows(*q, *beta, every)?;
                let b = sum * sum - 2.0 * d;
                (3, [b + d, -d * (d + b), d * d * d, 0.0])
            }
            (Shape::Held { beta, loss }, [q]) => {
                let shape = if loss { Shape::Loss } else { Shape::Mode };
                return shape.recursion(&[*q, beta], every);
            }
            (Shape::Two, [q, beta, other]) => {
                let ([s, d], [r, _]) = (rows(*q, *beta, every)?, rows(*other, *beta, every)?);
                (4, [s + r, -2.0 * d - s * r, d * (s + r), -d * d])
            }
            _ => return None,
        };
        a.iter().all(|a| a.is_finite()).then_some(Recursion { order, a })
    }
}

/// `pole` to a whole power.
fn power(pole: f64, every: u32) -> f64 {
    pole.powi(i32::try_from(every).unwrap_or(i32::MAX))
}

/// Sum and product of the poles of a mode over `every` steps: `z² − (1 + β − q) z + β` with its roots to that power.
pub fn rows(q: f64, beta: f64, every: u32) -> Option<[f64; 2]> {
    let (sum, product) = (1.0 + beta - q, beta);
    let sane = sum.abs() <= 2.0 * WILDEST && product.abs() <= WILDEST * WILDEST;
    if !sane {
        return None;
    }
    // z₁ᵏ + z₂ᵏ obeys the recursion of the mode itself.
    let (mut before, mut now) = (2.0, sum);
    for _ in 1..every {
        (before, now) = (now, sum * now - product * before);
    }
    Some([now, power(product, every)])
}
