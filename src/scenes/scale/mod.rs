//! Scale: from a line through points to real data, to the server of many clients, and to all of the chapter.

mod airfoil;
mod digits;
mod federated;
mod line_fit;
mod one_slider;

pub use airfoil::SCENE as AIRFOIL;
pub use digits::SCENE as DIGITS;
pub use federated::SCENE as FEDERATED;
pub use line_fit::SCENE as LINE_FIT;
pub use one_slider::SCENE as ONE_SLIDER;
