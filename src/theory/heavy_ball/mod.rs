//! Heavy ball on one quadratic mode: `x' = (1 + beta - q) x - beta x_prev`, `q = eta lambda`.
//!
//! From rest means `x_prev = x`. A velocity handed in is in seed sign: it points uphill and
//! `x_prev = x + v`.

mod leaving;
mod poles;
mod response;
mod step;
mod steps;
mod transform;
mod transient;

pub use leaving::{growth, leaving_steps, leaving_time};
pub use poles::{
    discriminant, envelope_steps, log_decrement, period_steps, phase, poles, q_range_at_rate, spectral_radius,
};
pub use response::{companion_power, response};
pub use step::{StepMetrics, step_metrics};
pub use steps::{asymptotic_steps, critical_steps, exact_steps};
pub use transform::ringing_transform;
pub use transient::{TransientPeak, companion_sup_norm, transient_peak};
