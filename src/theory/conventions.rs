//! The ways the same momentum step is written, and what changes when the learning rate does.
//!
//! All of them walk through the same points for constant parameters and a start from rest. They
//! differ in what "learning rate" means, in the unit and sign of the stored state, and under a schedule.

/// How a program writes the heavy ball.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Convention {
    /// `b = beta b + g; x -= eta b` (PyTorch, optax): the buffer is a sum of gradients.
    Pytorch,
    /// `v = beta v + eta g; x -= v` (d2l, Sutskever): the velocity points uphill.
    Seed,
    /// `v = beta v - eta g; x += v` (Keras, SGHMC): the velocity points downhill.
    Keras,
    /// `m = beta m + (1 - beta) g; x -= alpha m`: the buffer is an average of gradients.
    Ema,
}

impl Convention {
    /// Every convention.
    pub const ALL: [Convention; 4] = [Convention::Pytorch, Convention::Seed, Convention::Keras, Convention::Ema];

    /// Stable identifier in snake case.
    pub fn key(self) -> &'static str {
        match self {
            Convention::Pytorch => "pytorch",
            Convention::Seed => "seed",
            Convention::Keras => "keras",
            Convention::Ema => "ema",
        }
    }

    /// The accumulating learning rate `eta` \[L²/E\] behind a printed one; `(1 - beta) lr` for an average.
    pub fn accumulating_rate(self, lr: f64, beta: f64) -> f64 {
        if self == Convention::Ema { (1.0 - beta) * lr } else { lr }
    }

    /// The learning rate this convention prints for an accumulating `eta` \[L²/E\]; inverse of [`Self::accumulating_rate`].
    pub fn printed_rate(self, eta: f64, beta: f64) -> f64 {
        if self == Convention::Ema { eta / (1.0 - beta) } else { eta }
    }

    /// Stored state per PyTorch buffer: 1, `eta`, `-eta` or `1 - beta`.
    pub fn state_unit(self, eta: f64, beta: f64) -> f64 {
        match self {
            Convention::Pytorch => 1.0,
            Convention::Seed => eta,
            Convention::Keras => -eta,
            Convention::Ema => 1.0 - beta,
        }
    }

    /// Weight of the last displacement in the next step when the printed rate goes from `lr_before` to `lr_now`.
    ///
    /// `beta lr_now/lr_before` where the rate multiplies the whole buffer, `beta` where it was stored
    /// with the gradient. The two agree again under the momentum correction of Goyal et al. 2017.
    pub fn memory_factor(self, beta: f64, lr_before: f64, lr_now: f64) -> f64 {
        match self {
            Convention::Pytorch | Convention::Ema => beta * lr_now / lr_before,
            Convention::Seed | Convention::Keras => beta,
        }
    }
}

/// Learning rate and state factor that carry a run from one convention to another: `(lr', state'/state)`.
///
/// ```
/// use impetus::theory::conventions::{Convention, convert};
/// let (alpha, _) = convert(Convention::Pytorch, Convention::Ema, 0.05, 0.5);
/// assert_eq!(alpha, 0.1);
/// ```
pub fn convert(from: Convention, to: Convention, lr: f64, beta: f64) -> (f64, f64) {
    let eta = from.accumulating_rate(lr, beta);
    (to.printed_rate(eta, beta), to.state_unit(eta, beta) / from.state_unit(eta, beta))
}

/// Step length per unit of constant gradient after the memory has filled, `eta/(1 - beta)` \[L²/E\].
pub fn effective_rate(eta: f64, beta: f64) -> f64 {
    eta / (1.0 - beta)
}

/// PyTorch's buffer after `gradients` \[E/L\] with dampening `tau` (1): the first gradient enters undamped.
///
/// `b_n = (1 - tau) sum_s mu^(n-1-s) g_s + tau mu^(n-1) g_0`. Zero without gradients.
pub fn dampened_buffer(mu: f64, tau: f64, gradients: &[f64]) -> f64 {
    let Some((first, rest)) = gradients.split_first() else { return 0.0 };
    rest.iter().fold(*first, |buffer, g| mu * buffer + (1.0 - tau) * g)
}

/// The point PyTorch's Nesterov stores and reports: `theta + mu (theta - theta_prev)` \[L\].
pub fn lookahead_point(theta: f64, theta_prev: f64, mu: f64) -> f64 {
    theta + mu * (theta - theta_prev)
}

/// Motion from rest on a plateau of constant gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plateau {
    /// Learning rate \[L²/E\].
    pub eta: f64,
    /// Momentum (1).
    pub beta: f64,
    /// Gradient \[E/L\].
    pub gradient: f64,
}

impl Plateau {
    /// Downhill displacement per step after `n` steps, `eta g (1 - beta^n)/(1 - beta)` \[L\].
    pub fn speed(&self, n: u64) -> f64 {
        self.eta * self.gradient * geometric(self.beta, n)
    }

    /// Downhill displacement per step in the long run, `eta g/(1 - beta)` \[L\].
    pub fn terminal_speed(&self) -> f64 {
        effective_rate(self.eta, self.beta) * self.gradient
    }

    /// Downhill distance after `n` steps, `(eta g/(1 - beta)) (n - beta (1 - beta^n)/(1 - beta))` \[L\].
    pub fn distance(&self, n: u64) -> f64 {
        if self.beta == 1.0 {
            let count = n as f64;
            return self.eta * self.gradient * 0.5 * count * (count + 1.0);
        }
        self.terminal_speed() * (n as f64 - self.beta * geometric(self.beta, n))
    }

    /// Further distance if the gradient vanishes after `n` steps, `speed beta/(1 - beta)` \[L\].
    ///
    /// A gap of zero gradient is crossed if and only if it is narrower than this.
    pub fn coast(&self, n: u64) -> f64 {
        coasting(self.speed(n), self.beta)
    }
}

/// Whole distance still covered without any gradient by a displacement per step `speed` \[L\], `speed beta/(1 - beta)`.
///
/// An exactly flat plateau is crossed if and only if it is shorter than this; gradient descent covers nothing.
pub fn coasting(speed: f64, beta: f64) -> f64 {
    speed * beta / (1.0 - beta)
}

/// Steps until a distance `length` \[L\] of no gradient is covered, from a displacement per step `speed` \[L\].
///
/// The first `n` with `speed beta (1 - beta^n)/(1 - beta) > length >= 0`; `None` if it is never covered. Derived.
///
/// ```
/// use impetus::theory::conventions::crossing_steps;
/// assert_eq!((crossing_steps(3.0, 2.0, 0.5), crossing_steps(1.0, 2.0, 0.75)), (None, Some(1)));
/// ```
pub fn crossing_steps(length: f64, speed: f64, beta: f64) -> Option<u64> {
    let left = 1.0 - length / coasting(speed, beta);
    let valid = length >= 0.0 && speed > 0.0 && beta > 0.0 && beta < 1.0 && left > 0.0;
    valid.then(|| (left.ln() / beta.ln()).floor() as u64 + 1)
}

/// `1 + beta + … + beta^(n-1)`.
fn geometric(beta: f64, n: u64) -> f64 {
    if beta == 1.0 { n as f64 } else { (1.0 - beta.powf(n as f64)) / (1.0 - beta) }
}
