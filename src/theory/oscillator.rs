//! The mass on a spring with a dashpot, `m x'' + c x' + k x = 0`: motion and textbook metrics.

use std::f64::consts::{PI, TAU};

use nalgebra::Matrix2;

use super::numeric::{bisect, double_until};
use super::regime::{ContinuousRegime, ZETA_TOLERANCE, classify_zeta};

/// A linear oscillator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Oscillator {
    /// Mass (kg).
    pub m: f64,
    /// Viscous friction (N s/m).
    pub c: f64,
    /// Stiffness (N/m); negative for a saddle.
    pub k: f64,
}

/// Roots of the characteristic polynomial (1/s).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Exponents {
    /// Two real roots, `slow >= fast`.
    Real {
        /// The algebraically larger root.
        slow: f64,
        /// The other one.
        fast: f64,
    },
    /// A conjugate pair `re ± i im`, `im > 0`.
    Pair {
        /// Growth rate.
        re: f64,
        /// Ringing frequency (rad/s).
        im: f64,
    },
}

/// `e^(-sigma t)` times the two even/odd fundamental solutions of the undamped part.
struct Basis {
    cos: f64,
    sin: f64,
}

impl Oscillator {
    /// Natural frequency `sqrt(k/m)` (rad/s); NaN for a saddle.
    pub fn omega0(&self) -> f64 {
        (self.k / self.m).sqrt()
    }

    /// Damping ratio `c / (2 sqrt(k m))` (1); NaN for a saddle.
    pub fn zeta(&self) -> f64 {
        0.5 * self.c / self.m / self.omega0()
    }

    /// Decay rate of the amplitude `c / (2 m)` (1/s).
    pub fn sigma(&self) -> f64 {
        0.5 * self.c / self.m
    }

    /// Damping regime; a negative `k/m` is a saddle.
    pub fn regime(&self) -> ContinuousRegime {
        if self.k / self.m < 0.0 { ContinuousRegime::Saddle } else { classify_zeta(self.zeta()) }
    }

    /// Quality factor `1 / (2 zeta) = sqrt(m k) / c` (1).
    pub fn quality(&self) -> f64 {
        0.5 / self.zeta()
    }

    /// Ringing frequency `omega0 sqrt(1 - zeta²)` (rad/s); `None` if it does not ring.
    pub fn omega_d(&self) -> Option<f64> {
        let zeta = self.zeta();
        let rings = zeta.abs() < 1.0 - ZETA_TOLERANCE;
        rings.then(|| self.omega0() * ((1.0 - zeta) * (1.0 + zeta)).sqrt())
    }

    /// Ringing period `2 pi / omega_d` (s).
    pub fn period(&self) -> Option<f64> {
        self.omega_d().map(|omega| TAU / omega)
    }

    /// Logarithm of the amplitude ratio of successive periods, `2 pi zeta / sqrt(1 - zeta²)` (1).
    pub fn log_decrement(&self) -> Option<f64> {
        self.period().map(|period| self.sigma() * period)
    }

    /// Overshoot of a step response, `exp(-pi zeta / sqrt(1 - zeta²))` (fraction of the step).
    pub fn overshoot(&self) -> Option<f64> {
        self.log_decrement().map(|delta| (-0.5 * delta).exp())
    }

    /// Time of the first overshoot, `pi / omega_d` (s).
    pub fn peak_time(&self) -> Option<f64> {
        self.period().map(|period| 0.5 * period)
    }

    /// Time constant of the amplitude `2 m / c` (s); `None` where two exponentials compete.
    pub fn tau_amplitude(&self) -> Option<f64> {
        let single = matches!(self.exponents(), Exponents::Pair { .. }) || self.regime() == ContinuousRegime::Critical;
        single.then(|| 1.0 / self.sigma())
    }

    /// Time constant of the energy `m / c` (s); `None` where two exponentials compete.
    pub fn tau_energy(&self) -> Option<f64> {
        self.tau_amplitude().map(|tau| 0.5 * tau)
    }

    /// Slow and fast time constant of an overdamped oscillator, `1 / (omega0 (zeta ∓ sqrt(zeta² - 1)))` (s).
    pub fn tau_slow_fast(&self) -> Option<[f64; 2]> {
        match (self.regime(), self.exponents()) {
            (ContinuousRegime::Overdamped, Exponents::Real { slow, fast }) => Some([-1.0 / slow, -1.0 / fast]),
            _ => None,
        }
    }

    /// Rule of thumb for the 2 % settling time, `4 / (zeta omega0)` (s); only the envelope, only for `zeta < 1`.
    pub fn settling_rule_of_thumb(&self) -> Option<f64> {
        self.decays_ringing().then(|| 4.0 / self.sigma())
    }

    /// Time for the envelope to fall to `frac` (1), `-ln(frac sqrt(1 - zeta²)) / (zeta omega0)` (s); ringing only.
    pub fn settling_envelope(&self, frac: f64) -> Option<f64> {
        let zeta = self.zeta();
        self.decays_ringing().then(|| -(frac * ((1.0 - zeta) * (1.0 + zeta)).sqrt()).ln() / self.sigma())
    }

    /// Last time `|x / x_0|` equals `frac` after a start from rest (s): the exact settling time.
    ///
    /// Jumps where an extremum passes through the band. `None` if the motion does not decay or `frac`
    /// is outside `(0, 1)`. Source: extrema at `n pi / omega_d`; derived.
    pub fn settling_exact(&self, frac: f64) -> Option<f64> {
        if !(frac > 0.0 && frac < 1.0) {
            return None;
        }
        match self.regime() {
            ContinuousRegime::Underdamped => {
                let (omega, half) = (self.omega_d()?, 0.5 * self.log_decrement()?);
                // Extremum n has magnitude e^(-n half); the last one outside the band starts the final half turn.
                let n = ((1.0 / frac).ln() / half).ceil() - 1.0;
                let side = if n % 2.0 == 0.0 { 1.0 } else { -1.0 };
                Some(bisect(|t| side * self.released(t) - frac, n * PI / omega, (n + 1.0) * PI / omega))
            }
            ContinuousRegime::Critical | ContinuousRegime::Overdamped => self.first_fall_to(frac),
            _ => None,
        }
    }

    /// Time from 10 % to 90 % of a step response (s); `None` if the motion does not approach its target.
    pub fn rise_time(&self) -> Option<f64> {
        match self.regime() {
            ContinuousRegime::Undamped
            | ContinuousRegime::Underdamped
            | ContinuousRegime::Critical
            | ContinuousRegime::Overdamped => Some(self.first_fall_to(0.1)? - self.first_fall_to(0.9)?),
            _ => None,
        }
    }

    /// State at time `t` (s) from `x0` (m), `v0` (m/s): the exact flow, also for negative `t`, `k` or `c`.
    ///
    /// `x = e^(-sigma t) (x0 C + (v0 + sigma x0) S)`, `v = e^(-sigma t) (v0 C - (sigma v0 + (k/m) x0) S)`
    /// with `(C, S)` trigonometric, `(1, t)` or hyperbolic. Continuous through critical damping.
    pub fn flow(&self, t: f64, x0: f64, v0: f64) -> (f64, f64) {
        let (sigma, stiffness, b) = (self.sigma(), self.k / self.m, self.basis(t));
        (x0 * b.cos + (v0 + sigma * x0) * b.sin, v0 * b.cos - (sigma * v0 + stiffness * x0) * b.sin)
    }

    /// Flow over `h` (s) as a matrix on `(x, v)`: `e^(A h)` with `A = [[0, 1], [-k/m, -c/m]]`.
    pub fn flow_matrix(&self, h: f64) -> Matrix2<f64> {
        let (x_x, v_x) = self.flow(h, 1.0, 0.0);
        let (x_v, v_v) = self.flow(h, 0.0, 1.0);
        Matrix2::new(x_x, x_v, v_x, v_v)
    }

    /// Mechanical energy `m v²/2 + k x²/2` (J); it decays at the rate `c v²` (W).
    pub fn energy(&self, x: f64, v: f64) -> f64 {
        0.5 * self.m * v * v + 0.5 * self.k * x * x
    }

    /// Characteristic exponents, the roots of `m s² + c s + k`.
    pub fn exponents(&self) -> Exponents {
        let (sigma, disc) = (self.sigma(), self.discriminant());
        if disc < 0.0 {
            return Exponents::Pair { re: -sigma, im: (-disc).sqrt() };
        }
        let far = -sigma - disc.sqrt().copysign(sigma);
        let near = if far == 0.0 { 0.0 } else { self.k / self.m / far };
        if sigma < 0.0 { Exponents::Real { slow: far, fast: near } } else { Exponents::Real { slow: near, fast: far } }
    }

    /// `sigma² - k/m`, factored where that keeps the sign of the difference from critical.
    fn discriminant(&self) -> f64 {
        let (sigma, stiffness) = (self.sigma(), self.k / self.m);
        if stiffness < 0.0 {
            return sigma * sigma - stiffness;
        }
        (sigma - stiffness.sqrt()) * (sigma + stiffness.sqrt())
    }

    fn basis(&self, t: f64) -> Basis {
        let (slow, fast) = match self.exponents() {
            Exponents::Pair { re, im } => {
                let decay = (re * t).exp();
                return Basis { cos: decay * (im * t).cos(), sin: decay * (im * t).sin() / im };
            }
            Exponents::Real { slow, fast } => (slow, fast),
        };
        // From the root, not from slow - fast, which cancels near critical.
        let gap = 2.0 * self.discriminant().sqrt();
        let (e_slow, e_fast) = ((slow * t).exp(), (fast * t).exp());
        let sin = if gap == 0.0 {
            t * e_slow
        } else if t >= 0.0 {
            e_slow * -(-gap * t).exp_m1() / gap
        } else {
            e_fast * (gap * t).exp_m1() / gap
        };
        Basis { cos: 0.5 * (e_slow + e_fast), sin }
    }

    fn decays_ringing(&self) -> bool {
        self.regime() == ContinuousRegime::Underdamped
    }

    fn released(&self, t: f64) -> f64 {
        self.flow(t, 1.0, 0.0).0
    }

    /// First time a start from rest at 1 has come down to `frac`, before any ringing.
    fn first_fall_to(&self, frac: f64) -> Option<f64> {
        let end = match self.peak_time() {
            Some(peak) => peak,
            None => double_until(1.0 / self.omega0(), |t| self.released(t) < frac)?,
        };
        Some(bisect(|t| self.released(t) - frac, 0.0, end))
    }
}

/// Damping ratio (1) that settles within `frac` of a start from rest first, and its `omega0 T` (1).
///
/// `zeta = L/sqrt(pi² + L²)`, `L = ln(1/frac)`: the overshoot just fills the band, and less damping would leave
/// it again. NaN unless `0 < frac < 1`. Derived.
///
/// ```
/// let [zeta, time] = impetus::theory::oscillator::fastest_settling(0.02);
/// assert!((zeta - 0.77970).abs() < 5e-6 && (time - 3.6025).abs() < 5e-5);
/// ```
pub fn fastest_settling(frac: f64) -> [f64; 2] {
    let log = -frac.ln();
    let zeta = log / log.hypot(PI);
    // At the ratio itself the extremum touches the band; a rounding error more keeps it inside.
    let spring = Oscillator { m: 1.0, c: 2.0 * zeta * (1.0 + 1e-9), k: 1.0 };
    spring.settling_exact(frac).map_or([f64::NAN; 2], |time| [zeta, time])
}
