//! Machines that never come to equilibrium: the honest examples of broken detailed balance.

use nalgebra::DMatrix;

use super::matrix::continuous_lyapunov;

/// Overdamped Brownian gyrator: two coupled coordinates at two temperatures (Filliger & Reimann 2007).
///
/// `c x' = -[[k1, u], [u, k2]] x + noise`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gyrator {
    /// Stiffness of the first coordinate (N/m).
    pub k1: f64,
    /// Stiffness of the second coordinate (N/m).
    pub k2: f64,
    /// Coupling (N/m).
    pub u: f64,
    /// Temperature of the first bath (J).
    pub t1: f64,
    /// Temperature of the second bath (J).
    pub t2: f64,
    /// Friction (N s/m).
    pub c: f64,
}

impl Gyrator {
    /// Circulation `Q12 = u (T1 - T2)/(c (k1 + k2))` (m²/s).
    pub fn circulation(&self) -> f64 {
        self.u * (self.t1 - self.t2) / (self.c * (self.k1 + self.k2))
    }

    /// Entropy production `u² (T1 - T2)²/(c T1 T2 (k1 + k2))` (1/s).
    pub fn entropy_production(&self) -> f64 {
        (self.u * (self.t1 - self.t2)).powi(2) / (self.c * self.t1 * self.t2 * (self.k1 + self.k2))
    }

    /// Drift and diffusion matrices for [`super::linear_sde::even_state`].
    pub fn matrices(&self) -> (DMatrix<f64>, DMatrix<f64>) {
        let drift = DMatrix::from_row_slice(2, 2, &[self.k1, self.u, self.u, self.k2]) / -self.c;
        (drift, DMatrix::from_row_slice(2, 2, &[self.t1, 0.0, 0.0, self.t2]) / self.c)
    }
}

/// Isotropic trap with a swirl force, `F = -k r + a (-y, x)`, at one temperature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swirl {
    /// Mass (kg).
    pub m: f64,
    /// Friction (N s/m).
    pub c: f64,
    /// Stiffness (N/m).
    pub k: f64,
    /// Swirl strength (N/m).
    pub a: f64,
    /// Temperature (J).
    pub temperature: f64,
}

impl Swirl {
    /// Does inertia stay in the trap? `m a² < k c²`.
    pub fn is_stable(&self) -> bool {
        self.softened_stiffness() > 0.0
    }

    /// Swirl at which the trap fails, `c sqrt(k/m)` (N/m).
    pub fn strongest_stable(&self) -> f64 {
        self.c * (self.k / self.m).sqrt()
    }

    /// Stiffness left after the centrifugal part, `k - m a²/c²` (N/m).
    pub fn softened_stiffness(&self) -> f64 {
        self.k - self.m * (self.a / self.c).powi(2)
    }

    /// Mean squared distance `2 T/k'` (m²), `k'` the softened stiffness; NaN if unstable.
    pub fn mean_square_distance(&self) -> f64 {
        if self.is_stable() { 2.0 * self.temperature / self.softened_stiffness() } else { f64::NAN }
    }

    /// Mean of `x v_y - y v_x`, `a <r²>/c` (m²/s).
    pub fn mean_swirl(&self) -> f64 {
        self.a / self.c * self.mean_square_distance()
    }

    /// Entropy production `2 a²/(c k')` (1/s); NaN if unstable. Derived.
    pub fn entropy_production(&self) -> f64 {
        self.a * self.mean_swirl() / self.temperature
    }

    /// Entropy production without inertia, `2 a²/(c k)` (1/s).
    pub fn entropy_production_overdamped(&self) -> f64 {
        2.0 * self.a * self.a / (self.c * self.k)
    }
}

/// Two equal masses, each pinned and at its own temperature, joined by a spring (Rieder, Lebowitz & Lieb 1967).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeatedPair {
    /// Mass (kg).
    pub m: f64,
    /// Friction (N s/m).
    pub c: f64,
    /// Pinning stiffness (N/m).
    pub k: f64,
    /// Coupling stiffness (N/m).
    pub kappa: f64,
    /// Temperature of the first bath (J).
    pub t1: f64,
    /// Temperature of the second bath (J).
    pub t2: f64,
}

impl HeatedPair {
    /// Heat current from the first to the second mass, `kappa² c (T1 - T2)/(2 (kappa² m + c² (k + kappa)))` (W).
    pub fn heat_current(&self) -> f64 {
        let squared = self.kappa * self.kappa;
        squared * self.c * (self.t1 - self.t2) / (2.0 * (squared * self.m + self.c * self.c * (self.k + self.kappa)))
    }

    /// Entropy production `J (1/T2 - 1/T1)` (1/s).
    pub fn entropy_production(&self) -> f64 {
        self.heat_current() * (1.0 / self.t2 - 1.0 / self.t1)
    }

    /// Kinetic temperatures of the two masses (J): each bath's, less the heat that passes, `T1 - J m/c` and `T2 + J m/c`.
    pub fn kinetic_temperatures(&self) -> [f64; 2] {
        let passing = self.heat_current() * self.m / self.c;
        [self.t1 - passing, self.t2 + passing]
    }

    /// Covariance of `(x1, x2, v1, v2)`; `None` if unstable.
    pub fn covariance(&self) -> Option<DMatrix<f64>> {
        let (on, off, rate) = (-(self.k + self.kappa) / self.m, self.kappa / self.m, -self.c / self.m);
        #[rustfmt::skip]
        let drift = DMatrix::from_row_slice(4, 4, &[
            0.0, 0.0, 1.0,  0.0,
            0.0, 0.0, 0.0,  1.0,
            on,  off, rate, 0.0,
            off, on,  0.0,  rate,
        ]);
        let heat = |t: f64| super::fluctuation::velocity_diffusion(self.m, self.c, t);
        let diffusion = DMatrix::from_diagonal(&[0.0, 0.0, heat(self.t1), heat(self.t2)].to_vec().into());
        continuous_lyapunov(&drift, &diffusion)
    }
}
