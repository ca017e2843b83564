//! Closed forms: what every run *should* do, derived on paper and computed in O(1).
//!
//! Nothing here steps anything and nothing here knows the stepping core exists: the formulas are pure
//! functions of their arguments, so a disagreement between a trace and this module is always news. No
//! argument panics; a question without an answer is a NaN, a `None` or an error that names the reason.
//!
//! Everything that is a real 2×2 one-step map, whatever it was derived from, is a heavy ball with
//! `beta = det` and `q = 1 + det - trace`; [`regime`] and [`heavy_ball`] therefore serve the Nesterov
//! mode, the integrated oscillator and the sampled joint as well.
#![warn(missing_docs)]

pub mod adaptive;
pub mod agreement;
pub mod closed_loop;
pub mod conventions;
pub mod density;
pub mod escape;
pub mod fluctuation;
pub mod games;
pub mod heavy_ball;
pub mod integrators;
pub mod linear_sde;
pub mod mapping;
pub mod matrix;
pub mod minibatch;
pub mod modified;
pub mod nesterov;
mod numeric;
pub mod oscillator;
pub mod pd;
pub mod phase_space;
pub mod regime;
pub mod regions;
pub mod rolling;
pub mod sampled_diffusion;
pub mod sampler;
pub mod signal;
pub mod steady_state;
pub mod toys;
pub mod tuning;
mod twin;
mod zeta;
