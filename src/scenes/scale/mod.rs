//! Scale: from a line through points to real data, and from one number to all of the chapter.

mod airfoil;
mod digits;
mod line_fit;
mod one_slider;

pub use airfoil::SCENE as AIRFOIL;
pub use digits::SCENE as DIGITS;
pub use line_fit::SCENE as LINE_FIT;
pub use one_slider::SCENE as ONE_SLIDER;
