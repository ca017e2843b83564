//! Control: arms and set points, and which steps stay stable.

mod arm;
mod stability_regions;

pub use arm::SCENE as ARM;
pub use stability_regions::SCENE as STABILITY_REGIONS;
