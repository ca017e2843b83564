//! Where a machine is seen to move when it is not in the usual bowl: on a curve, or over level lines.

/// A lane's machine at a moment, with the ground it moves on. A curve is seen from the side, height over
/// position; a plane from above.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage<'a> {
    /// The curve, or level lines with gaps between them: abscissae and ordinates.
    pub lines: [&'a [f64]; 2],
    /// What of it is shown.
    pub window: [[f64; 2]; 2],
    /// Whether it is a curve, which a ball rolls on.
    pub curve: bool,
    /// Where the machine is.
    pub at: [f64; 2],
    /// Its last displacement, what the force adds to the next and what friction takes, long enough to be
    /// seen: in one common scale.
    pub arrows: [[f64; 2]; 3],
    /// What takes hold of it, while it is at its start.
    pub handle: Option<&'static str>,
}

impl Stage<'_> {
    /// The height of the curve over a place; of a plane the second coordinate stays.
    pub fn on_ground(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        if !self.curve {
            return [x, y];
        }
        let [places, heights] = self.lines;
        let after = places.partition_point(|place| *place < x).clamp(1, places.len().max(2) - 1);
        let (Some([a, b]), Some([from, to])) = (places.get(after - 1..=after), heights.get(after - 1..=after)) else {
            return [x, y];
        };
        [x, from + (to - from) * ((x - a) / (b - a)).clamp(0.0, 1.0)]
    }
}
