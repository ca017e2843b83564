//! Scale: from one number to all of the chapter.

mod airfoil;
mod line_fit;
mod one_slider;

pub use airfoil::SCENE as AIRFOIL;
pub use line_fit::SCENE as LINE_FIT;
pub use one_slider::SCENE as ONE_SLIDER;
