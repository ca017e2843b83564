//! Temporary.
use super::{Axis, Contours, Rich, Streamlines, Ticks, contour_lines, ticks};
/// Ticks.
pub fn axis_ticks(axis: &Axis, range: [f64; 2], target: usize) -> Ticks {
    ticks(range, axis.scale, target)
}
/// Stream.
pub struct Stream {
    /// Points.
    pub points: Vec<[f64; 2]>,
    /// Heads.
    pub heads: Vec<usize>,
}
impl Contours<'_> {
    /// Lines.
    pub fn lines(&self) -> Vec<(f64, Vec<Vec<[f64; 2]>>)> {
        let ny = self.values.len() / self.nx.max(1);
        self.levels.iter().map(|l| (*l, contour_lines(self.x, self.y, self.nx, ny, &self.values, *l))).collect()
    }
    /// Text.
    pub fn text(&self, level: f64) -> Rich {
        Rich::from(level.to_string().as_str())
    }
}
impl Streamlines<'_> {
    /// Lines.
    pub fn lines(&self) -> Vec<Stream> {
        Vec::new()
    }
}
