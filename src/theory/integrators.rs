//! Deterministic one-step schemes on the linear oscillator: matrix, order, stability, conserved forms.

use nalgebra::{Complex, Matrix2};

use super::mapping::{Mapping, MappingError, momentum_from_oscillator};
use super::numeric::bisect;
use super::oscillator::{Exponents, Oscillator};
use super::regime::{Regime, classify_map};

/// A scheme for `m x'' = -U'(x) - c x'`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Integrator {
    /// Both updates from the old state.
    ExplicitEuler,
    /// Kick with explicit friction, then drift.
    SymplecticEulerExplicit,
    /// Kick with implicit friction, then drift.
    SymplecticEulerImplicit,
    /// Exact decay, kick, then drift.
    SymplecticEulerConformal,
    /// Half kick, drift, half kick; ignores friction.
    VelocityVerlet,
    /// Kick, drift, decay, drift, kick (Leimkuhler & Matthews 2013), no noise.
    BaoabT0,
    /// Decay, kick, drift, kick, decay, no noise.
    ObaboT0,
    /// Classical Runge–Kutta of order four.
    Rk4,
    /// The flow itself.
    Exact,
}

impl Integrator {
    /// Every scheme.
    pub const ALL: [Integrator; 9] = [
        Integrator::ExplicitEuler,
        Integrator::SymplecticEulerExplicit,
        Integrator::SymplecticEulerImplicit,
        Integrator::SymplecticEulerConformal,
        Integrator::VelocityVerlet,
        Integrator::BaoabT0,
        Integrator::ObaboT0,
        Integrator::Rk4,
        Integrator::Exact,
    ];

    /// Stable identifier in snake case.
    pub fn key(self) -> &'static str {
        match self {
            Integrator::ExplicitEuler => "explicit_euler",
            Integrator::SymplecticEulerExplicit => "symplectic_euler_explicit",
            Integrator::SymplecticEulerImplicit => "symplectic_euler_implicit",
            Integrator::SymplecticEulerConformal => "symplectic_euler_conformal",
            Integrator::VelocityVerlet => "velocity_verlet",
            Integrator::BaoabT0 => "baoab_T0",
            Integrator::ObaboT0 => "obabo_T0",
            Integrator::Rk4 => "rk4",
            Integrator::Exact => "exact",
        }
    }

    /// Order of the global error in `h`; `None` for the exact flow.
    pub fn order(self) -> Option<u32> {
        match self {
            Integrator::ExplicitEuler
            | Integrator::SymplecticEulerExplicit
            | Integrator::SymplecticEulerImplicit
            | Integrator::SymplecticEulerConformal => Some(1),
            Integrator::VelocityVerlet | Integrator::BaoabT0 | Integrator::ObaboT0 => Some(2),
            Integrator::Rk4 => Some(4),
            Integrator::Exact => None,
        }
    }

    /// One step of length `h` (s) as a matrix on `(x, v)`.
    pub fn step_matrix(self, osc: &Oscillator, h: f64) -> Matrix2<f64> {
        let (rate, stiffness) = (osc.c / osc.m, osc.k / osc.m);
        let drift = |t: f64| Matrix2::new(1.0, t, 0.0, 1.0);
        let kick = |t: f64| Matrix2::new(1.0, 0.0, -t * stiffness, 1.0);
        let keep = |factor: f64| Matrix2::new(1.0, 0.0, 0.0, factor);
        let decay = |t: f64| keep((-rate * t).exp());
        match self {
            Integrator::ExplicitEuler => Matrix2::new(1.0, h, -h * stiffness, 1.0 - h * rate),
            Integrator::SymplecticEulerExplicit => drift(h) * Matrix2::new(1.0, 0.0, -h * stiffness, 1.0 - h * rate),
            Integrator::SymplecticEulerImplicit => drift(h) * keep(1.0 / (1.0 + h * rate)) * kick(h),
            Integrator::SymplecticEulerConformal => drift(h) * kick(h) * decay(h),
            Integrator::VelocityVerlet => kick(0.5 * h) * drift(h) * kick(0.5 * h),
            Integrator::BaoabT0 => kick(0.5 * h) * drift(0.5 * h) * decay(h) * drift(0.5 * h) * kick(0.5 * h),
            Integrator::ObaboT0 => decay(0.5 * h) * kick(0.5 * h) * drift(h) * kick(0.5 * h) * decay(0.5 * h),
            Integrator::Rk4 => {
                let step = Matrix2::new(0.0, h, -h * stiffness, -h * rate);
                let one = Matrix2::identity();
                // Horner form of the exponential series to fourth order.
                one + step * (one + step * (one + step * (one + step / 4.0) / 3.0) / 2.0)
            }
            Integrator::Exact => osc.flow_matrix(h),
        }
    }

    /// Regime of the *discretised* oscillator, which need not be that of the oscillator.
    pub fn regime(self, osc: &Oscillator, h: f64) -> Regime {
        let step = self.step_matrix(osc, h);
        classify_map(step.trace(), step.determinant())
    }

    /// Factor on phase volume per step (1): the determinant of the step.
    pub fn volume_factor(self, osc: &Oscillator, h: f64) -> f64 {
        self.step_matrix(osc, h).determinant()
    }

    /// Step length (s) above which the scheme diverges on a stable oscillator; infinite for the exact flow.
    ///
    /// With `g = c/m`, `w = omega0`: explicit Euler `g/w²` ringing, `-2/fast` overdamped; symplectic
    /// `(∓g + sqrt(g² + 4 w²))/w²` (explicit, implicit); conformal the root of `h² w² = 2 (1 + e^(-g h))`;
    /// Verlet, BAOAB and OBABO `2/w` whatever the friction; RK4 where `|R(h s)| = 1`. NaN for a saddle
    /// or negative friction. Source: Hairer, Lubich & Wanner; derived.
    pub fn stability_limit(self, osc: &Oscillator) -> f64 {
        let (g, w) = (osc.c / osc.m, osc.omega0());
        if !(w > 0.0 && g >= 0.0) {
            return f64::NAN;
        }
        let root = g.hypot(2.0 * w);
        match self {
            Integrator::ExplicitEuler => match osc.exponents() {
                Exponents::Pair { .. } => g / (w * w),
                Exponents::Real { fast, .. } => -2.0 / fast,
            },
            // (root - g)/w² without cancellation under strong friction.
            Integrator::SymplecticEulerExplicit => 4.0 / (root + g),
            Integrator::SymplecticEulerImplicit => (g + root) / (w * w),
            Integrator::SymplecticEulerConformal => {
                bisect(|h| (h * w).powi(2) - 2.0 * (1.0 + (-g * h).exp()), 0.0, 2.0 / w)
            }
            Integrator::VelocityVerlet | Integrator::BaoabT0 | Integrator::ObaboT0 => 2.0 / w,
            Integrator::Rk4 => rk4_limit(osc),
            Integrator::Exact => f64::INFINITY,
        }
    }

    /// The dictionary under which positions of this scheme are a heavy ball for *any* potential.
    pub fn heavy_ball_map(self) -> Option<Mapping> {
        match self {
            Integrator::SymplecticEulerExplicit => Some(Mapping::Explicit),
            Integrator::SymplecticEulerImplicit => Some(Mapping::Qian),
            Integrator::SymplecticEulerConformal => Some(Mapping::Conformal),
            Integrator::BaoabT0 | Integrator::ObaboT0 => Some(Mapping::Splitting),
            _ => None,
        }
    }

    /// Position before the start (m) that makes the heavy ball reproduce this scheme from `(x0, v0)`.
    ///
    /// `grad0 = U'(x0)` (N). The three symplectic Eulers `x0 - h v0`; BAOAB
    /// `x0 - (h (1 + beta)/(2 beta))(v0 + (h/2m) grad0)`; OBABO `x0 - h v0/sqrt beta - (h²/2m) grad0`.
    ///
    /// # Errors
    /// The arguments are outside the dictionary. `Ok(None)` if the scheme is not a heavy ball.
    pub fn position_before(
        self,
        [m, c, h]: [f64; 3],
        x0: f64,
        v0: f64,
        grad0: f64,
    ) -> Result<Option<f64>, MappingError> {
        let Some(map) = self.heavy_ball_map() else { return Ok(None) };
        let (_, beta) = momentum_from_oscillator(map, m, c, 0.0, h)?;
        let half_kick = 0.5 * h / m * grad0;
        let step = match self {
            Integrator::BaoabT0 => 0.5 * h * (1.0 + beta) / beta * (v0 + half_kick),
            Integrator::ObaboT0 => h * (v0 / beta.sqrt() + half_kick),
            _ => h * v0,
        };
        Ok(Some(x0 - step))
    }
}

/// First `h` at which a characteristic exponent leaves the stability region of RK4.
fn rk4_limit(osc: &Oscillator) -> f64 {
    let poles = match osc.exponents() {
        Exponents::Pair { re, im } => [Complex::new(re, im), Complex::new(re, im)],
        Exponents::Real { slow, fast } => [Complex::from(slow), Complex::from(fast)],
    };
    let growth = |h: f64| {
        let amplification = |s: Complex<f64>| {
            let z = s * h;
            (Complex::from(1.0) + z * (Complex::from(1.0) + z / 2.0 * (Complex::from(1.0) + z / 3.0 * (1.0 + z / 4.0))))
                .norm()
        };
        amplification(poles[0]).max(amplification(poles[1])) - 1.0
    };
    // The region is contained in |z| < 3 and its border is met once along a ray into the left half plane.
    let unit = 1.0 / poles[0].norm().max(poles[1].norm());
    bisect(growth, 2.5 * unit, 3.0 * unit)
}

/// Quadratic form kept exactly by kick–drift symplectic Euler without friction: `m v² + k x² - h k x v` (J).
pub fn shadow_energy_euler(osc: &Oscillator, h: f64, x: f64, v: f64) -> f64 {
    osc.m * v * v + osc.k * x * x - h * osc.k * x * v
}

/// Quadratic form kept exactly by Verlet without friction: `m v² + k x² (1 - h² k/(4 m))` (J).
pub fn shadow_energy_verlet(osc: &Oscillator, h: f64, x: f64, v: f64) -> f64 {
    osc.m * v * v + osc.k * x * x * (1.0 - 0.25 * h * h * osc.k / osc.m)
}
