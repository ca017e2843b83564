//! A curve drawn by hand, one height over every place, and how far it is from the true one.

/// Places across the width at which a height is kept.
const PLACES: usize = 192;
/// The least share of the width that is worth comparing.
const LEAST: f64 = 0.25;

/// A curve y(x) in shares of the width and the height of its axes, from the lower left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch(Vec<Option<f64>>);

/// How far a sketch is from a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// √⟨(y − y*)²⟩ over the places where both are, as a share of the height.
    pub off: f64,
    /// The share of the width where both are.
    pub width: f64,
}

impl Default for Sketch {
    fn default() -> Self {
        Sketch(vec![None; PLACES])
    }
}

impl Sketch {
    /// Draws a straight stroke; what was drawn over the same places is forgotten. Outside of the axes it
    /// is drawn along their edge.
    pub fn draw(&mut self, from: [f64; 2], to: [f64; 2]) {
        if ![from, to].iter().flatten().all(|v| v.is_finite()) {
            return;
        }
        let last = PLACES - 1;
        let [a, b] = [from[0], to[0]].map(|x| (x.clamp(0.0, 1.0) * last as f64).round() as usize);
        for place in a.min(b)..=a.max(b) {
            let share = if a == b { 1.0 } else { (place as f64 - a as f64) / (b as f64 - a as f64) };
            if let Some(height) = self.0.get_mut(place) {
                *height = Some((from[1] + share * (to[1] - from[1])).clamp(0.0, 1.0));
            }
        }
    }

    /// Whether nothing was drawn.
    pub fn is_blank(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// Whether enough of the width was drawn over to be compared.
    pub fn is_enough(&self) -> bool {
        self.0.iter().flatten().count() as f64 >= LEAST * PLACES as f64
    }

    /// The places and heights, with gaps where nothing was drawn.
    pub fn points(&self) -> impl Iterator<Item = [f64; 2]> + '_ {
        self.0.iter().enumerate().map(|(i, height)| [x_of(i), height.unwrap_or(f64::NAN)])
    }

    /// How far it is from a curve in the same shares whose abscissae ascend; `None` if they have nothing
    /// in common. What the curve does above or below the axes counts as if it ran along their edge.
    pub fn gap(&self, curve: &[[f64; 2]]) -> Option<Gap> {
        let both = self.0.iter().enumerate().filter_map(|(i, height)| Some((*height)? - height_at(curve, x_of(i))?));
        let (mut count, mut squares) = (0_usize, 0.0);
        both.for_each(|d| (count, squares) = (count + 1, squares + d * d));
        (count > 0).then(|| Gap { off: (squares / count as f64).sqrt(), width: count as f64 / PLACES as f64 })
    }
}

fn x_of(place: usize) -> f64 {
    place as f64 / (PLACES - 1) as f64
}

/// The height of a curve over a place, on straight lines between its points; none in a gap.
fn height_at(curve: &[[f64; 2]], x: f64) -> Option<f64> {
    let after = curve.partition_point(|point| point[0] < x);
    let b = curve.get(after)?;
    let a = curve.get(after.saturating_sub(1))?;
    if b[0] - x > 0.0 && after == 0 {
        return None;
    }
    let share = if b[0] > a[0] { (x - a[0]) / (b[0] - a[0]) } else { 1.0 };
    let height = a[1] + share * (b[1] - a[1]);
    height.is_finite().then(|| height.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::{Gap, Sketch};

    #[test]
    fn a_sketch_is_one_height_over_every_place() {
        let mut sketch = Sketch::default();
        assert!(sketch.is_blank() && !sketch.is_enough());
        sketch.draw([0.0, 0.2], [1.0, 0.2]);
        assert!(sketch.points().all(|[_, y]| y == 0.2));
        sketch.draw([1.0, 7.0], [0.5, -7.0]);
        let ends: Vec<f64> = sketch.points().map(|[_, y]| y).collect();
        assert_eq!([ends[0], ends[191]], [0.2, 1.0]);
        assert!(sketch.points().all(|[_, y]| (0.0..=1.0).contains(&y)));
        sketch.draw([f64::NAN, 0.0], [0.0, 0.0]);
        assert_eq!(sketch.points().next(), Some([0.0, 0.2]));
    }

    #[test]
    fn the_gap_is_the_root_mean_square() {
        let mut sketch = Sketch::default();
        sketch.draw([0.0, 0.5], [1.0, 0.5]);
        let straight = |y: f64| vec![[0.0, y], [0.4, y], [1.0, y]];
        for (y, off) in [(0.5, 0.0), (0.6, 0.1), (0.2, 0.3), (9.0, 0.5)] {
            let gap = sketch.gap(&straight(y)).unwrap();
            assert!((gap.off - off).abs() < 1e-12 && gap.width == 1.0, "{y}: {gap:?}");
        }
        // A slope from 0 to 1 against the middle: √(1/12), up to the places it is read at.
        let Gap { off, .. } = sketch.gap(&[[0.0, 0.0], [1.0, 1.0]]).unwrap();
        assert!((off - (1.0_f64 / 12.0).sqrt()).abs() < 2e-3, "{off}");
        assert_eq!(sketch.gap(&[]), None);
        assert_eq!(sketch.gap(&straight(f64::NAN)), None);
        let half = sketch.gap(&[[0.0, 0.5], [0.5, 0.5]]).unwrap();
        assert!((half.width - 0.5).abs() < 0.01 && half.off == 0.0, "{half:?}");
    }
}
