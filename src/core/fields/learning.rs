//! Losses small enough to be written down, each for one effect of training a network.

use super::pointwise::{Line, Plane, line, plane};

/// The loss of a linear recurrence: `h_T = w·…·w h₀` (T factors) and `L = ½ (h_T − y)²`. Its
/// gradient vanishes for |w| < 1 and explodes for |w| > 1 (Pascanu, Mikolov and Bengio 2013).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RnnLoss {
    /// Start h₀.
    pub h0: f64,
    /// Target y.
    pub target: f64,
    /// Sequence length T.
    pub length: u32,
}

impl Line for RnnLoss {
    fn value(&self, w: f64) -> f64 {
        let r = libm::pow(w, f64::from(self.length)) * self.h0 - self.target;
        0.5 * r * r
    }

    fn force(&self, w: f64) -> f64 {
        let t = f64::from(self.length);
        let r = libm::pow(w, t) * self.h0 - self.target;
        -r * t * libm::pow(w, t - 1.0) * self.h0
    }

    fn curvature(&self, w: f64) -> f64 {
        let t = f64::from(self.length);
        let r = libm::pow(w, t) * self.h0 - self.target;
        let slope = t * libm::pow(w, t - 1.0) * self.h0;
        slope * slope + r * t * (t - 1.0) * libm::pow(w, t - 2.0) * self.h0
    }

    /// The weight (y/h₀)^{1/T}, where that is a positive number.
    fn near(&self) -> Vec<f64> {
        let ratio = self.target / self.h0;
        if ratio > 0.0 && self.length > 0 { vec![libm::pow(ratio, 1.0 / f64::from(self.length))] } else { vec![] }
    }
}

line!(RnnLoss);

/// The same loss with its gradient propagated back through the last `back` steps only, as truncated
/// backpropagation through time does (Williams and Peng 1990): `Σ (h_T − y) wᵏ h_{T−1−k}` over `k < back`.
/// The potential is the loss; the Hessian is the derivative of the truncated gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TruncatedRnn {
    /// The loss.
    pub loss: RnnLoss,
    /// Steps back, at most its length.
    pub back: u32,
}

impl TruncatedRnn {
    /// How many steps the gradient goes back.
    fn steps(&self) -> u32 {
        self.back.min(self.loss.length)
    }
}

impl Line for TruncatedRnn {
    fn value(&self, w: f64) -> f64 {
        self.loss.value(w)
    }

    fn force(&self, w: f64) -> f64 {
        let RnnLoss { h0, target, length } = self.loss;
        let mut signal = libm::pow(w, f64::from(length)) * h0 - target;
        let mut slope = 0.0;
        for k in 0..self.steps() {
            slope += signal * libm::pow(w, f64::from(length - 1 - k)) * h0;
            signal *= w;
        }
        -slope
    }

    fn curvature(&self, w: f64) -> f64 {
        // Every step back adds the same to the gradient.
        let share = if self.loss.length == 0 { 0.0 } else { f64::from(self.steps()) / f64::from(self.loss.length) };
        share * self.loss.curvature(w)
    }

    fn near(&self) -> Vec<f64> {
        self.loss.near()
    }
}

line!(TruncatedRnn);

/// A loss that sees only the direction of its weights, as a normalised layer does:
/// `L = A (1 − cos ∠(w, x-axis))`. Its force is A/‖w‖ long at most and always at a right angle to w,
/// so every step lengthens w.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleInvariant {
    /// Height A.
    pub height: f64,
}

impl Plane for ScaleInvariant {
    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        self.height * (1.0 - x / libm::sqrt(x * x + y * y))
    }

    fn force(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let norm = libm::sqrt(x * x + y * y);
        let cosine = x / norm;
        let a = self.height / norm;
        [a * (1.0 - cosine * x / norm), -a * cosine * y / norm]
    }

    fn curvature(&self, [x, y]: [f64; 2]) -> [f64; 3] {
        let n2 = x * x + y * y;
        let n3 = n2 * libm::sqrt(n2);
        let a = self.height / n3;
        let c = 3.0 * x / n2;
        [a * (3.0 * x - c * x * x), a * (y - c * x * y), a * (x - c * y * y)]
    }

    /// Every point of the x-axis is stationary; none of them is alone.
    fn near(&self) -> Vec<[f64; 2]> {
        Vec::new()
    }
}

plane!(ScaleInvariant);

#[cfg(test)]
mod tests {
    use super::{Line, RnnLoss, TruncatedRnn};

    #[test]
    fn a_truncated_gradient_has_a_share_of_the_whole() {
        let loss = RnnLoss { h0: 1.3, target: 0.7, length: 6 };
        for w in [-1.1, -0.4, 0.0, 0.3, 0.9, 1.2] {
            for back in [0, 1, 4, 6, 9] {
                let truncated = TruncatedRnn { loss, back };
                let share = f64::from(back.min(6)) / 6.0;
                let want = share * loss.force(w);
                assert!((truncated.force(w) - want).abs() <= 1e-14 * want.abs().max(1.0), "{w} {back}");
                let slope = -(truncated.force(w + 1e-6) - truncated.force(w - 1e-6)) / 2e-6;
                assert!((truncated.curvature(w) - slope).abs() <= 1e-7 * slope.abs().max(1.0), "{w} {back}");
                assert_eq!(truncated.value(w), loss.value(w));
            }
        }
    }
}
