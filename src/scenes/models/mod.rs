//! Parts that scenes share: words for regimes, the regime atlas, measurements on traces.

pub mod atlas;
pub mod measure;
pub mod words;
