//! The run as a linear system: poles, locus, response in time and frequency.

use crate::figure::{Figure, Now};
use crate::param::{Choice, Values};
use crate::scenes::{Run, View, ViewInfo};

/// What is on offer here.
pub const VIEWS: &[ViewInfo] = &[];

/// One figure of a run.
pub fn figure<'a>(id: &str, run: &'a Run, view: View) -> Option<Figure<'a>> {
    let _ = (id, run, view);
    None
}

/// The marks of iteration `at` on every panel of a figure of this file's kinds.
pub fn marks(id: &str, run: &Run, view: View, at: f64) -> Option<Vec<Vec<Now>>> {
    let _ = (id, run, view, at);
    None
}

/// What can be chosen for a view.
pub fn choices(values: &Values) -> Vec<Choice> {
    let _ = values;
    Vec::new()
}
