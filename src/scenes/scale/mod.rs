//! Scale: from one number to all of the chapter.

mod one_slider;

pub use one_slider::SCENE as ONE_SLIDER;
