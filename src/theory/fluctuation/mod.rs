//! Noise, friction and temperature: how hot a noisy run is, and how much noise makes it so hot.
//!
//! Temperature is in energy units (Boltzmann's constant is 1). Gradient noise has variance `S` per
//! step, white; the displacement noise it causes has variance `eta² S`.

mod calibration;
mod chain;
mod correlation;
mod estimators;
mod several;
mod spectrum;
mod stationary;
mod thermal;

pub use calibration::{
    baoab_kick_std, euler_maruyama_kick_std, force_noise_strength, obabo_kick_std, position_noise, position_noise_flat,
    position_temperature, sghmc_noise, sghmc_noise_share, sghmc_rates, sghmc_temperatures, velocity_diffusion,
    velocity_noise,
};
pub use chain::{Estimate, geyer_tau, mean_with_error, measured_autocorrelation, ratio_with_error, windowed_tau};
pub use correlation::{
    autocorrelation, autocorrelation_after, effective_samples, lag_one, tau_int, tau_int_after, tau_int_squared,
};
pub use estimators::{MeasuredTau, configurational_temperature, kinetic_temperature, sokal_tau, virial_temperature};
pub use several::{leading_order_covariance, moment_radius, position_covariance};
pub use spectrum::position_spectrum;
pub use stationary::{
    effective_temperature, increment_variance, leading_order_variance, momentum_variance_ratio, multiplicative_margin,
    multiplicative_variance, nesterov_variance, position_variance, variance_gain,
};
pub use thermal::{
    correlation_time, double_well_frequencies, kramers_rate, position_correlation, velocity_correlation,
};
