//! Scale: from one number to all of the chapter.

mod federated;
mod one_slider;

pub use federated::SCENE as FEDERATED;
pub use one_slider::SCENE as ONE_SLIDER;
