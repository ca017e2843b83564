//! Parts that scenes share: words for regimes, measurements on traces, and builders of views.
//!
//! Over a clock: `clock`. Of a cloud: `histogram` along a line, `density` in a plane, `start` where it
//! begins. In a plane: `phase`, `landscape`, `ellipse`, `atlas`. As a linear system: `modal` is what such
//! views start from, `zplane` draws poles and the `locus` they walk, `bode` lays what a `lock_in` measures
//! over the closed form, `spectrum` the periodograms of `welch` over the exact ones, and `step_response`
//! reads off what a control engineer wants. Across runs and inside one: `sweep` maps two parameters,
//! `inspector` draws an update as a vector sum (`writing` has the heavy ball's terms), `relief` a surface in
//! projection, `mode_bars` the eigenmodes side by side. `measure` and `reach` read traces, `kept` remembers
//! a costly answer for the views of one moment.

pub mod atlas;
pub mod bode;
pub mod clock;
pub mod declare;
pub mod density;
pub mod ellipse;
pub mod histogram;
pub mod inspector;
pub mod kept;
pub mod landscape;
pub mod lock_in;
pub mod locus;
pub mod measure;
pub mod modal;
pub mod mode_bars;
pub mod phase;
pub mod reach;
pub mod relief;
pub mod spectrum;
pub mod start;
pub mod step_response;
pub mod sweep;
pub mod welch;
pub mod words;
pub mod writing;
pub mod zplane;
