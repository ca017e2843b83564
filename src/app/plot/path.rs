//! Paths that may turn back, thinned to what the pixels there are can tell apart. What was found is kept
//! while the window moves about, and added to when a path goes on.

use std::ops::Range;
use std::rc::Rc;

/// A resolution: powers of two along x and y, in lengths on the axes.
type Grain = [i32; 2];

/// How many grains, each between an eighth and a quarter of a pixel, are the side of a cell.
const CELL: f64 = 10.0;
/// How far beyond the window cells are kept, relative to it.
const MARGIN: f64 = 0.25;

/// The resolution of which a quarter of a pixel, `lengths` on the axes, is the next power of two.
fn grain(lengths: [f64; 2]) -> Grain {
    lengths.map(|g| g.max(1e-300).log2().floor().clamp(-1000.0, 1000.0) as i32)
}

/// What of a crowded path is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seen {
    /// The lines from sample to sample.
    Lines,
    /// The samples.
    Samples,
}

/// The samples of a path that tell at some resolution.
pub struct Path {
    grain: Grain,
    kept: Rc<Vec<usize>>,
    /// Samples looked at, and where the last one lies that was kept for its own sake.
    seen: usize,
    last: [f64; 2],
    /// Whether the last index is kept only as the end so far.
    end: bool,
    crowd: Option<Crowd>,
}

impl Path {
    /// Nothing yet, at a resolution of `lengths` on the axes.
    pub fn new(lengths: [f64; 2]) -> Self {
        Path { grain: grain(lengths), kept: Rc::default(), seen: 0, last: [f64::INFINITY; 2], end: false, crowd: None }
    }

    /// Whether it serves a resolution of `lengths` on the axes.
    pub fn serves(&self, lengths: [f64; 2]) -> bool {
        self.grain == grain(lengths)
    }

    /// The samples kept: the first and the last of every piece, and those that lie apart from the one before.
    pub fn kept(&self) -> Rc<Vec<usize>> {
        self.kept.clone()
    }

    /// Looks at the samples of `pieces` up to `n` that were not seen yet; `place` gives lengths on the axes.
    pub fn go_on(&mut self, pieces: &[Range<usize>], n: usize, place: impl Fn(usize) -> Option<[f64; 2]>) {
        if self.seen >= n {
            return;
        }
        let apart = self.grain.map(|k| 2f64.powi(k));
        let kept = Rc::make_mut(&mut self.kept);
        let first = pieces.partition_point(|p| p.end < self.seen.max(1));
        for piece in &pieces[first..] {
            let from = piece.start.max(self.seen);
            if from == piece.start {
                self.last = [f64::INFINITY; 2];
            } else if from < piece.end && std::mem::take(&mut self.end) {
                kept.pop();
            }
            for k in from..piece.end {
                let Some(at) = place(k) else { continue };
                let far = !((at[0] - self.last[0]).abs() < apart[0] && (at[1] - self.last[1]).abs() < apart[1]);
                if far {
                    self.last = at;
                }
                self.end = !far && k + 1 == piece.end;
                if far || self.end {
                    kept.push(k);
                }
            }
        }
        self.seen = n;
    }

    /// What is drawn of a path so long that it fills areas, as stretches of [`Path::kept`]: of all that
    /// reaches a cell of the screen in `window` one piece at least. Cells are a few pixels wide at most.
    pub fn uncrowded(
        &mut self,
        seen: Seen,
        window: [[f64; 2]; 2],
        pieces: &[Range<usize>],
        place: impl Fn(usize) -> Option<[f64; 2]>,
    ) -> Vec<Range<usize>> {
        let known = self.crowd.take().filter(|crowd| crowd.seen == seen && crowd.covers(window));
        let mut crowd = known.unwrap_or_else(|| Crowd::new(seen, window, self.grain));
        // The end so far may still be given up for a later one.
        let settled = self.kept.len() - usize::from(self.end);
        crowd.go_on(&self.kept[..settled], pieces, place);
        let mut drawn = crowd.drawn.clone();
        if settled < self.kept.len() {
            let from = if seen == Seen::Lines { settled.saturating_sub(1) } else { settled };
            drawn.push(from..self.kept.len());
        }
        self.crowd = Some(crowd);
        drawn
    }
}

/// The cells that a path has reached.
struct Crowd {
    seen: Seen,
    /// Ends of the cells along x and y, and their sides.
    region: [[f64; 2]; 2],
    cell: [f64; 2],
    /// Cells along x.
    wide: usize,
    /// A bit for every cell.
    reached: Vec<u64>,
    drawn: Vec<Range<usize>>,
    /// Samples of the path looked at.
    done: usize,
}

impl Crowd {
    fn new(seen: Seen, window: [[f64; 2]; 2], grain: Grain) -> Self {
        let region = window.map(|[a, b]| [a - MARGIN * (b - a), b + MARGIN * (b - a)]);
        let fine = grain.map(|k| CELL * 2f64.powi(k));
        // No screen has more cells along a side.
        let cell = [0, 1].map(|i| fine[i].max((region[i][1] - region[i][0]) / 16_384.0).max(f64::MIN_POSITIVE));
        let [wide, tall] = [0, 1].map(|i| ((region[i][1] - region[i][0]) / cell[i]) as usize + 1);
        let reached = vec![0; (wide * tall).div_ceil(64)];
        Crowd { seen, region, cell, wide, reached, drawn: Vec::new(), done: 0 }
    }

    fn covers(&self, window: [[f64; 2]; 2]) -> bool {
        window.iter().zip(&self.region).all(|(w, r)| w[0] >= r[0] && w[1] <= r[1])
    }

    /// Reaches the cell of a point within the region; whether it is the first to.
    fn reach(&mut self, at: [f64; 2]) -> bool {
        let [x, y] = [0, 1].map(|i| ((at[i] - self.region[i][0]) / self.cell[i]) as usize);
        let (cell, old) = (y * self.wide + x, self.reached.get(y.saturating_mul(self.wide).saturating_add(x) / 64));
        let Some(old) = old.copied().filter(|_| x < self.wide) else { return false };
        let bit = 1 << (cell % 64);
        self.reached[cell / 64] = old | bit;
        old & bit == 0
    }

    fn go_on(&mut self, kept: &[usize], pieces: &[Range<usize>], place: impl Fn(usize) -> Option<[f64; 2]>) {
        let mut piece = kept.get(self.done).map_or(0, |k| pieces.partition_point(|p| p.end <= *k));
        let mut before = self.done.checked_sub(1).and_then(|i| place(kept[i]));
        for (i, k) in kept.iter().enumerate().skip(self.done) {
            let here = place(*k);
            while pieces.get(piece).is_some_and(|p| p.end <= *k) {
                piece += 1;
            }
            let joined = i > 0 && pieces.get(piece).is_some_and(|p| p.start <= kept[i - 1]);
            let new = match (self.seen, before, here) {
                (Seen::Samples, _, Some(here)) => self.is_inside(here) && self.reach(here),
                (Seen::Lines, Some(before), Some(here)) => joined && self.reach_along(before, here),
                _ => false,
            };
            if new {
                self.draw(i);
            }
            before = here;
        }
        self.done = kept.len();
    }

    /// Notes that the sample at place `i`, or the line that leads to it, is drawn.
    fn draw(&mut self, i: usize) {
        let back = usize::from(self.seen == Seen::Lines);
        match self.drawn.last_mut().filter(|last| last.end == i) {
            Some(last) => last.end = i + 1,
            None => self.drawn.push(i - back..i + 1),
        }
    }

    fn is_inside(&self, at: [f64; 2]) -> bool {
        at.iter().zip(&self.region).all(|(v, [low, high])| v >= low && v <= high)
    }

    /// Reaches the cells along a line; whether it is the first to in one of them.
    fn reach_along(&mut self, a: [f64; 2], b: [f64; 2]) -> bool {
        let Some([from, to]) = clipped(a, b, &self.region) else { return false };
        let way = |t: f64| [0, 1].map(|i| a[i] + t * (b[i] - a[i]));
        let far = [0, 1].map(|i| ((b[i] - a[i]) * (to - from) / self.cell[i]).abs());
        let steps = far[0].max(far[1]).ceil().clamp(1.0, 65_536.0) as usize;
        let mut new = false;
        for k in 0..=steps {
            new |= self.reach(way(from + (to - from) * k as f64 / steps as f64));
        }
        new
    }
}

/// From which share of the way from `a` to `b` to which it lies in a region, if it meets it at all.
fn clipped(a: [f64; 2], b: [f64; 2], region: &[[f64; 2]; 2]) -> Option<[f64; 2]> {
    let mut inside = [0.0, 1.0];
    for i in 0..2 {
        let (way, ends) = (b[i] - a[i], region[i].map(|end| end - a[i]));
        if way == 0.0 {
            if ends[0] > 0.0 || ends[1] < 0.0 {
                return None;
            }
            continue;
        }
        let [s, t] = ends.map(|end| end / way);
        inside = [f64::max(inside[0], s.min(t)), f64::min(inside[1], s.max(t))];
    }
    (inside[0] <= inside[1]).then_some(inside)
}

#[cfg(test)]
mod tests {
    use super::{Path, Seen};

    /// A spiral that fills a disc of radius 1 many times over.
    fn point(k: usize) -> [f64; 2] {
        let (angle, radius) = (k as f64 * 2.39, 1.0 - 0.9 * (k % 5_000) as f64 / 5_000.0);
        [radius * angle.cos(), radius * angle.sin()]
    }

    fn drawn(path: &mut Path, seen: Seen, window: [[f64; 2]; 2], n: usize) -> Vec<std::ops::Range<usize>> {
        let (pieces, place) = ([0..7_000, 7_001..n], |k| Some(point(k)));
        path.go_on(&pieces, n, place);
        path.uncrowded(seen, window, &pieces, place)
    }

    /// Every cell of the window that the path reaches is reached by what is drawn, and little else is.
    #[test]
    fn no_pixel_is_lost() {
        const N: usize = 60_000;
        let (window, lengths) = ([[-0.6, 0.6], [-0.5, 0.5]], [0.0008, 0.0008]);
        for seen in [Seen::Lines, Seen::Samples] {
            let mut path = Path::new(lengths);
            let parts = drawn(&mut path, seen, window, N);
            let kept = path.kept();
            let side = 10.0 * 2f64.powi(-11);
            let cells = |from: [f64; 2], to: [f64; 2]| {
                (0..=4000).map(move |s| {
                    let at = [0, 1].map(|i| from[i] + f64::from(s) / 4000.0 * (to[i] - from[i]));
                    [0, 1].map(|i| ((at[i] - window[i][0]) / side).floor() as i64)
                })
            };
            let inside = |c: &[i64; 2]| (0..240).contains(&c[0]) && (0..200).contains(&c[1]);
            let mut reached = std::collections::HashSet::new();
            let back = usize::from(seen == Seen::Lines);
            for part in &parts {
                for i in part.start + back..part.end {
                    let ends = [point(kept[i - back]), point(kept[i])];
                    reached.extend(cells(ends[0], ends[1]).filter(inside));
                }
            }
            // Neighbours count: cells are not those of the drawing.
            let near = |c: [i64; 2]| (-1..=1).any(|i| (-1..=1).any(|j| reached.contains(&[c[0] + i, c[1] + j])));
            for k in (1..N).step_by(97).filter(|k| ![7_000, 7_001].contains(k)) {
                let from = if seen == Seen::Lines { point(k - 1) } else { point(k) };
                assert!(cells(from, point(k)).filter(inside).all(near), "{seen:?}: sample {k} is lost");
            }
            let count = parts.iter().map(|p| p.len() - back).sum::<usize>();
            assert!(count < N / 2, "{seen:?}: {count}");
        }
    }

    /// A path read as it grows, while the window moves a little, is drawn as one read at once.
    #[test]
    fn growing_and_panning_are_reading_at_once() {
        let lengths = [0.004, 0.004];
        for seen in [Seen::Lines, Seen::Samples] {
            let mut path = Path::new(lengths);
            let window = [[-0.6, 0.6], [-0.5, 0.5]];
            for (n, shift) in [(8_000, 0.0), (8_001, 0.1), (20_000, -0.1), (45_000, 0.2)] {
                let moved = window.map(|ends| ends.map(|v| v + shift));
                let grown = drawn(&mut path, seen, moved, n);
                let mut fresh = Path::new(lengths);
                assert_eq!(grown, drawn(&mut fresh, seen, window, n), "{seen:?}: {n}");
            }
            let far = drawn(&mut path, seen, window.map(|ends| ends.map(|v| v + 0.9)), 45_000);
            let mut fresh = Path::new(lengths);
            assert_eq!(far, drawn(&mut fresh, seen, window.map(|ends| ends.map(|v| v + 0.9)), 45_000));
        }
    }
}
