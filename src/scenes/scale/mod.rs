//! Scale: from one number to all of the chapter.

mod digits;
mod one_slider;

pub use digits::SCENE as DIGITS;
pub use one_slider::SCENE as ONE_SLIDER;
