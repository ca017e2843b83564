//! Parts that scenes share: words for regimes, the regime atlas, measurements on traces, and the views
//! that look at a mode as a linear system.
//!
//! `modal` is what those views start from: a mode of a one-step map and its twins. `zplane` draws poles
//! and the `locus` they walk; `bode` lays what a `lock_in` measures over the closed form; `spectrum` lays
//! the periodograms of `welch` over the exact ones; `step_response` reads off what a control engineer wants.

pub mod atlas;
pub mod bode;
pub mod lock_in;
pub mod locus;
pub mod measure;
pub mod modal;
pub mod spectrum;
pub mod step_response;
pub mod welch;
pub mod words;
pub mod zplane;
