//! Level lines of a sampled function.
/// Level line
pub fn contour_lines() {}
