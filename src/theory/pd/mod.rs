//! A joint under proportional-derivative control: the same oscillator, driven by a controller.
//!
//! Dictionary to the optimizer: proportional action is the gradient, the inertia of the *plant* is the
//! memory `beta`, derivative action plus joint friction is the lost part `1 - beta`. Constant loads
//! play the gradient bias, torque noise the gradient noise. Saturation resembles gradient clipping
//! but clips the damping too.

mod continuous;
mod noise;
mod sampled;

pub use continuous::{PdLoop, gravity_angle, pid_integral_limit, pid_is_stable, pid_poles};
pub use noise::{encoder_noise_variance, filtered_torque_noise_variance, torque_noise_variance};
pub use sampled::{
    BACKWARD_WIDEST, backward_is_stable, backward_polynomial, backward_wall, cubic_is_stable, delayed_is_stable,
    delayed_polynomial, gains_from_momentum, gains_from_normalized, held_torque_step, momentum_from_gains,
    normalized_gains, saturated_torque, state_feedback_is_stable, state_feedback_polynomial, viscous_matrix,
};
