//! Parts that scenes share: words for regimes, the regime atlas, views over a clock, phase portraits,
//! landscapes, measurements on traces.

pub mod atlas;
pub mod clock;
pub mod histogram;
pub mod landscape;
pub mod measure;
pub mod phase;
pub mod words;
