//! Adaptive methods: steps that follow the size of gradients, and what weight decay becomes under them.

mod effective_mass;
mod fair;
mod generalisation;
mod weight_decay;

pub use effective_mass::SCENE as EFFECTIVE_MASS;
pub use fair::SCENE as FAIR;
pub use generalisation::SCENE as GENERALISATION;
pub use weight_decay::SCENE as WEIGHT_DECAY;
