//! Scale: from one number to all of the chapter.

mod airfoil;
mod one_slider;

pub use airfoil::SCENE as AIRFOIL;
pub use one_slider::SCENE as ONE_SLIDER;
