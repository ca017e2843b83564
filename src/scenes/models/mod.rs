//! Parts that scenes share: words for regimes, the regime atlas, measurements on traces, sweeps over
//! parameters, updates as vector sums, surfaces in projection, bars per eigenmode.

pub mod atlas;
pub mod inspector;
pub mod measure;
pub mod mode_bars;
pub mod relief;
pub mod sweep;
pub mod words;
