//! The methods: how each steps, what it keeps of a velocity, and what its thermometers read on a bowl.

use std::sync::Arc;

use super::setting::Setting;
use crate::core::Stepper;
use crate::core::methods::{Hmc, LeimkuhlerMatthews, baoab, euler_maruyama, hb_ou, obabo, sghmc, ula};
use crate::text::{Text, t};
use crate::theory::fluctuation::lag_one;
use crate::theory::oscillator::Oscillator;
use crate::theory::sampler;

/// A way to sample; at temperature 0 a way to descend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Heavy ball with the noise of Chen, Fox and Guestrin 2014.
    Sghmc,
    /// Heavy ball with the noise of an exact velocity decay.
    HeavyBallOu,
    /// Underdamped Langevin by Euler–Maruyama.
    EulerMaruyama,
    /// Overdamped Langevin by Euler–Maruyama.
    Overdamped,
    /// Leimkuhler and Matthews 2013.
    Baoab,
    /// Bussi and Parrinello 2007.
    Obabo,
    /// The overdamped limit of BAOAB.
    LeimkuhlerMatthews,
    /// Hamiltonian Monte Carlo.
    Hmc,
}

/// What the two thermometers read (E).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Readings {
    /// k var x.
    pub position: f64,
    /// m var v; NaN without a velocity.
    pub kinetic: f64,
}

impl Method {
    /// Every method, in the order of the parameter.
    pub const ALL: [Method; 8] = [
        Method::Sghmc,
        Method::HeavyBallOu,
        Method::EulerMaruyama,
        Method::Overdamped,
        Method::Baoab,
        Method::Obabo,
        Method::LeimkuhlerMatthews,
        Method::Hmc,
    ];

    /// A short name.
    pub const fn name(self) -> Text {
        match self {
            Method::Sghmc => t("SGHMC", "SGHMC"),
            Method::HeavyBallOu => t("HB-OU", "HB-OU"),
            Method::EulerMaruyama => t("Euler", "Euler"),
            Method::Overdamped => t("ULA", "ULA"),
            Method::Baoab => t("BAOAB", "BAOAB"),
            Method::Obabo => t("OBABO", "OBABO"),
            Method::LeimkuhlerMatthews => t("L–M", "L–M"),
            Method::Hmc => t("HMC", "HMC"),
        }
    }

    /// Whether it has a velocity that lives on between two steps.
    pub const fn has_inertia(self) -> bool {
        !matches!(self, Method::Overdamped | Method::LeimkuhlerMatthews)
    }

    /// Whether friction plays a part.
    pub const fn has_friction(self) -> bool {
        self.has_inertia() && !matches!(self, Method::Hmc)
    }

    /// Velocity (1/s) per unit of what the method stores: SGHMC and heavy ball store a displacement.
    pub fn speed(self, h: f64) -> f64 {
        if matches!(self, Method::Sghmc | Method::HeavyBallOu) { 1.0 / h } else { 1.0 }
    }

    /// The method with noise for `temperature`; without any it descends, so HMC accepts every step.
    pub fn stepper(self, at: &Setting<'_>, temperature: f64) -> Arc<dyn Stepper> {
        let (h, gamma) = (at.get("h"), at.get("gamma"));
        let (eta, leaps) = (h * h, at.get("leaps") as u32);
        match self {
            Method::Sghmc => Arc::new(sghmc(eta, gamma * h, temperature)),
            Method::HeavyBallOu => Arc::new(hb_ou(eta, -(-gamma * h).exp_m1(), temperature)),
            Method::EulerMaruyama => Arc::new(euler_maruyama(1.0, gamma, h, temperature)),
            Method::Overdamped => Arc::new(ula(0.5 * eta, temperature)),
            Method::Baoab => Arc::new(baoab(1.0, gamma, h, temperature)),
            Method::Obabo => Arc::new(obabo(1.0, gamma, h, temperature)),
            Method::LeimkuhlerMatthews => Arc::new(LeimkuhlerMatthews { eps: 0.5 * eta, temperature }),
            Method::Hmc => Arc::new(Hmc { metropolis: temperature > 0.0, ..Hmc::new(1.0, h, leaps, temperature) }),
        }
    }

    /// What its thermometers read in the stationary state on a bowl of stiffness `k`, exactly; `None`
    /// where there is none.
    pub fn readings(self, at: &Setting<'_>, k: f64, temperature: f64) -> Option<Readings> {
        let (h, gamma) = (at.get("h"), at.get("gamma"));
        let bowl = Oscillator { m: 1.0, c: gamma, k };
        let eta = h * h;
        let from = |moments: sampler::Moments, unit: f64| Readings {
            position: k * moments.var_x,
            kinetic: moments.var_v * unit * unit,
        };
        let still = |var_x: f64| Readings { position: k * var_x, kinetic: f64::NAN };
        let out = match self {
            Method::Sghmc => from(sampler::sghmc(eta, gamma * h, 0.0, k, temperature), 1.0 / h),
            Method::HeavyBallOu => from(sampler::heavy_ball_ou(eta, -(-gamma * h).exp_m1(), k, temperature), 1.0 / h),
            Method::EulerMaruyama => from(sampler::euler_maruyama(&bowl, h, temperature), 1.0),
            Method::Overdamped => still(sampler::ula_variance(0.5 * eta, k, temperature)),
            Method::Baoab => from(sampler::baoab(&bowl, h, temperature), 1.0),
            Method::Obabo => from(sampler::obabo(&bowl, h, temperature), 1.0),
            Method::LeimkuhlerMatthews => still(sampler::leimkuhler_matthews_variance(0.5 * eta, k, temperature)),
            Method::Hmc => {
                sampler::hmc_gaussian(k, 1.0, h, at.get("leaps") as u64)?;
                Readings { position: temperature, kinetic: temperature }
            }
        };
        (out.position.is_finite() && out.position > 0.0).then_some(out)
    }

    /// The recurrence x₊ = (1 + β − q) x − β x₋ + noise that its positions follow on a bowl of stiffness
    /// `k`, and their correlation at lag one: q, β, ρ₁. `None` for HMC, which refuses.
    pub fn memory(self, at: &Setting<'_>, k: f64) -> Option<[f64; 3]> {
        let (h, gamma) = (at.get("h"), at.get("gamma"));
        let (w, loss) = (h * h * k, gamma * h);
        let keep = (-loss).exp();
        let white = |q: f64, beta: f64| [q, beta, lag_one(q, beta)];
        let split = 0.5 * w * (1.0 + keep);
        Some(match self {
            Method::Sghmc => white(w, 1.0 - loss),
            Method::HeavyBallOu => white(w, keep),
            Method::EulerMaruyama => white(w, 1.0 - loss + w),
            Method::Overdamped => white(0.5 * w, 0.0),
            Method::Baoab => [split, keep, 1.0 - 0.5 * split],
            Method::Obabo => white(split, keep),
            Method::LeimkuhlerMatthews => [0.5 * w, 0.0, 1.0 - 0.25 * w],
            Method::Hmc => return None,
        })
    }
}
