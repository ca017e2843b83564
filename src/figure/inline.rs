//! Labels that interrupt the line they belong to.

/// Where a label stands on a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Its centre.
    pub at: [f64; 2],
    /// Slope of the line there in radians, between −π/2 and π/2 so that the label is not upside down.
    pub angle: f64,
    /// Where along the line, in the line's own unit of length, the label begins and ends.
    pub gap: [f64; 2],
}

/// Places along a line that are compared.
const TRIED: usize = 32;
/// A stretch whose ends are nearer than this share of its length is too bent for a label.
const STRAIGHT: f64 = 0.92;

/// The straightest stretch of `line` that takes a label of this length, among those that `free`
/// accepts; of equals the one nearest to the middle. All in the unit the line is drawn in.
///
/// `None` when the line is not at least two and a half times as long as the label, or bends too much.
pub fn label_spot(line: &[[f64; 2]], length: f64, free: impl Fn(&Spot) -> bool) -> Option<Spot> {
    let arcs = arcs(line);
    let total = arcs.last().copied().filter(|t| t.is_finite() && length > 0.0 && *t >= 2.5 * length)?;
    let room = total - 1.5 * length;
    let mut best: Option<(f64, Spot)> = None;
    for k in 0..TRIED {
        let share = (k as f64 + 0.5) / TRIED as f64;
        let from = 0.25 * length + room * share;
        let gap = [from, from + length];
        let [a, b] = gap.map(|s| point(line, &arcs, s));
        let chord = [b[0] - a[0], b[1] - a[1]];
        let straight = chord[0].hypot(chord[1]) / length;
        let middle = point(line, &arcs, from + length / 2.0);
        let angle = (chord[1] / chord[0]).atan();
        let spot = Spot { at: middle, angle: if angle.is_nan() { 0.0 } else { angle }, gap };
        let score = straight - 0.05 * (share - 0.5).abs();
        if straight >= STRAIGHT && best.is_none_or(|(most, _)| score > most) && free(&spot) {
            best = Some((score, spot));
        }
    }
    best.map(|(_, spot)| spot)
}

/// The pieces of `line` on both sides of a gap.
pub fn around(line: &[[f64; 2]], gap: [f64; 2]) -> [Vec<[f64; 2]>; 2] {
    let arcs = arcs(line);
    let known = || line.iter().copied().zip(arcs.iter().copied());
    let mut before: Vec<[f64; 2]> = known().filter(|(_, s)| *s < gap[0]).map(|(p, _)| p).collect();
    before.push(point(line, &arcs, gap[0]));
    let mut after = vec![point(line, &arcs, gap[1])];
    after.extend(known().filter(|(_, s)| *s > gap[1]).map(|(p, _)| p));
    [before, after]
}

/// Length from the start of a line to each of its points.
fn arcs(line: &[[f64; 2]]) -> Vec<f64> {
    let mut sum = 0.0;
    let steps = line.windows(2).map(|w| (w[1][0] - w[0][0]).hypot(w[1][1] - w[0][1]));
    let rest = steps.map(|step| {
        sum += step;
        sum
    });
    std::iter::once(0.0).chain(rest).take(line.len()).collect()
}

/// The point this far along a line.
fn point(line: &[[f64; 2]], arcs: &[f64], at: f64) -> [f64; 2] {
    let next = arcs.partition_point(|s| *s <= at).clamp(1, line.len().max(2) - 1);
    let (Some([a, b]), Some([from, to])) = (line.get(next - 1..=next), arcs.get(next - 1..=next)) else {
        return line.first().copied().unwrap_or_default();
    };
    let share = if to > from { ((at - from) / (to - from)).clamp(0.0, 1.0) } else { 0.0 };
    [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
}

#[cfg(test)]
mod tests {
    use super::{around, label_spot};

    #[test]
    fn a_label_takes_the_straight_and_free_stretch() {
        // An L whose long arm runs along x: the label belongs on that arm, level with it.
        let bent = [[0.0, 10.0], [0.0, 0.0], [40.0, 0.0]];
        let spot = label_spot(&bent, 8.0, |_| true).unwrap();
        assert!(spot.at[1] == 0.0 && spot.at[0] > 4.0 && spot.angle == 0.0, "{spot:?}");
        assert!((spot.gap[1] - spot.gap[0] - 8.0).abs() < 1e-12);
        let right = label_spot(&bent, 8.0, |s| s.at[0] > 25.0).unwrap();
        assert!(right.at[0] > 25.0);
        let [before, after] = around(&bent, spot.gap);
        let ends = [before.last().unwrap()[0], after[0][0]];
        assert!((ends[1] - ends[0] - 8.0).abs() < 1e-12 && (before.len(), after.len()) == (3, 2), "{ends:?}");
        let steep = label_spot(&[[0.0, 0.0], [-1.0, 30.0]], 5.0, |_| true).unwrap();
        assert!((steep.angle + 1.5374753).abs() < 1e-6, "{steep:?}");
        let circle: Vec<[f64; 2]> = (0..=60).map(|k| (f64::from(k) * 0.1048).sin_cos().into()).collect();
        assert!(label_spot(&circle, 1.0, |_| true).is_some() && label_spot(&circle, 2.4, |_| true).is_none());
        for line in [&[][..], &[[1.0, 1.0]], &[[f64::NAN, 0.0], [1.0, 1.0]], &[[1.0, 1.0], [1.0, 1.0]]] {
            assert!(label_spot(line, 1.0, |_| true).is_none(), "{line:?}");
            around(line, [0.0, 1.0]);
        }
    }
}
