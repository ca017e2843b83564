//! Long columns, prepared so that a frame reads a few numbers per pixel and loses no extreme.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use egui::{Pos2, Rect};

use crate::figure::Scale;

/// Columns up to this long are read as they are.
pub const SHORT: usize = 4096;
/// Values per block, and blocks per block of the next level.
const BLOCK: usize = 8;

/// What is known of a pair of columns.
pub struct Series {
    /// Whether x never falls, so that a stretch of it is found by bisection.
    pub sorted: bool,
    /// The stretches without a gap.
    pieces: Vec<Range<usize>>,
    /// Where the extremes of y lie.
    extremes: Extremes,
    /// What is left of a path at the resolution last asked for.
    path: RefCell<Option<(Grain, Rc<Vec<usize>>)>>,
}

/// A resolution: powers of two along x and y, in lengths on the axes.
type Grain = [i32; 2];

impl Series {
    /// Reads two columns once; `scales` say which values are gaps.
    pub fn new(x: &[f64], y: &[f64], scales: [Scale; 2]) -> Self {
        let n = x.len().min(y.len());
        let (x, y) = (&x[..n], &y[..n]);
        let shown = |k: usize| shows(scales[0], x[k]) && shows(scales[1], y[k]);
        let mut pieces: Vec<Range<usize>> = Vec::new();
        let mut open = false;
        for k in 0..n {
            let there = shown(k);
            match pieces.last_mut() {
                Some(last) if there && open => last.end = k + 1,
                _ if there => pieces.push(k..k + 1),
                _ => {}
            }
            open = there;
        }
        let sorted = x.windows(2).all(|w| w[0] <= w[1]);
        Series { sorted, pieces, extremes: Extremes::new(y), path: RefCell::default() }
    }

    /// The stretches without a gap that meet `range`, cut to it.
    pub fn pieces(&self, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
        let first = self.pieces.partition_point(|p| p.end <= range.start);
        let rest = self.pieces[first..].iter().take_while({
            let end = range.end;
            move |p| p.start < end
        });
        rest.map(move |p| p.start.max(range.start)..p.end.min(range.end))
    }

    /// Where y is least and greatest within a stretch that is not empty.
    pub fn extremes(&self, y: &[f64], range: Range<usize>) -> [usize; 2] {
        self.extremes.within(y, range)
    }

    /// The points of a path that differ from the one kept before by more than `grain`; the first and
    /// the last of every piece are kept. `place` gives lengths on the axes.
    pub fn path(&self, grain: [f64; 2], place: impl Fn(usize) -> Option<[f64; 2]>) -> Rc<Vec<usize>> {
        let key = grain.map(|g| g.max(1e-300).log2().floor().clamp(-1000.0, 1000.0) as i32);
        if let Some((_, kept)) = self.path.borrow().as_ref().filter(|(old, _)| *old == key) {
            return kept.clone();
        }
        let apart = key.map(|k| 2f64.powi(k));
        let mut kept = Vec::new();
        for piece in &self.pieces {
            let (mut last, end) = ([f64::INFINITY; 2], piece.end - 1);
            for k in piece.clone() {
                let Some(at) = place(k) else { continue };
                let far = !((at[0] - last[0]).abs() < apart[0] && (at[1] - last[1]).abs() < apart[1]);
                if far || k == end {
                    kept.push(k);
                    last = at;
                }
            }
        }
        let kept = Rc::new(kept);
        *self.path.borrow_mut() = Some((key, kept.clone()));
        kept
    }
}

fn shows(scale: Scale, value: f64) -> bool {
    value.is_finite() && (scale != Scale::Log || value > 0.0)
}

/// The part of an ascending column that `window` shows, with one neighbour on either side.
pub fn seen(x: &[f64], window: [f64; 2]) -> Range<usize> {
    let first = x.partition_point(|v| *v < window[0]).saturating_sub(1);
    let after = (x.partition_point(|v| *v <= window[1]) + 1).min(x.len());
    first.min(after)..after
}

/// The series of the layers of one panel, by layer and part.
#[derive(Default)]
pub struct Store(RefCell<HashMap<(usize, u8), Rc<Series>>>);

impl Store {
    /// What is known of part `part` of layer `layer`; short columns are not worth it.
    pub fn series(&self, layer: usize, part: u8, x: &[f64], y: &[f64], scales: [Scale; 2]) -> Option<Rc<Series>> {
        if x.len().min(y.len()) <= SHORT {
            return None;
        }
        let mut kept = self.0.borrow_mut();
        Some(kept.entry((layer, part)).or_insert_with(|| Rc::new(Series::new(x, y, scales))).clone())
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.0.borrow_mut().clear();
    }
}

/// The cells of a part of the screen that were visited.
pub struct Cells {
    frame: Rect,
    side: f32,
    wide: usize,
    visited: Vec<bool>,
}

impl Cells {
    /// None visited yet; the cells of a very large frame are larger.
    pub fn new(frame: Rect, side: f32) -> Self {
        let frame = if frame.is_finite() && frame.is_positive() { frame } else { Rect::ZERO };
        let side = side.max((frame.area() / 4e6).sqrt()).max(1e-3);
        let [wide, tall] = [frame.width(), frame.height()].map(|length| (length / side) as usize + 1);
        Cells { frame, side, wide, visited: vec![false; wide * tall] }
    }

    /// Visits the cell of a point; whether it lies in the frame and was not visited before.
    pub fn insert(&mut self, p: Pos2) -> bool {
        if !self.frame.contains(p) {
            return false;
        }
        let [x, y] = [p.x - self.frame.left(), p.y - self.frame.top()].map(|length| (length / self.side) as usize);
        self.visited.get_mut(y * self.wide + x).is_some_and(|cell| !std::mem::replace(cell, true))
    }
}

/// Indices of the least and greatest value of every block, of every block of blocks, and so on.
struct Extremes {
    levels: Vec<Vec<[u32; 2]>>,
}

impl Extremes {
    fn new(values: &[f64]) -> Self {
        let fold = |a: [u32; 2], b: [u32; 2]| better(values, a, b);
        let blocks = values.chunks(BLOCK).enumerate().map(|(b, chunk)| {
            let first = (b * BLOCK) as u32;
            (0..chunk.len() as u32).map(|i| [first + i; 2]).reduce(fold).unwrap_or([first; 2])
        });
        let mut levels = vec![blocks.collect::<Vec<_>>()];
        while let Some(last) = levels.last().filter(|l| l.len() > BLOCK) {
            let next = last.chunks(BLOCK).filter_map(|c| c.iter().copied().reduce(fold)).collect();
            levels.push(next);
        }
        Extremes { levels }
    }

    fn within(&self, values: &[f64], range: Range<usize>) -> [usize; 2] {
        let mut best = [range.start as u32; 2];
        let (mut a, mut b) = (range.start, range.end.min(values.len()));
        let mut take = |found: [u32; 2]| best = better(values, best, found);
        // Single values up to the next block edge, blocks up to the next edge of theirs, and so on.
        while a < b && !a.is_multiple_of(BLOCK) {
            take([a as u32; 2]);
            a += 1;
        }
        while a < b && !b.is_multiple_of(BLOCK) {
            b -= 1;
            take([b as u32; 2]);
        }
        for (depth, level) in self.levels.iter().enumerate() {
            (a, b) = (a / BLOCK, b / BLOCK);
            let last = depth + 1 == self.levels.len();
            while a < b && (last || !a.is_multiple_of(BLOCK)) {
                level.get(a).copied().into_iter().for_each(&mut take);
                a += 1;
            }
            while a < b && !b.is_multiple_of(BLOCK) {
                b -= 1;
                level.get(b).copied().into_iter().for_each(&mut take);
            }
            if a >= b {
                break;
            }
        }
        best.map(|i| i as usize)
    }
}

/// The lesser of two least and the greater of two greatest values, the earlier if they are equal; what
/// is not a number loses.
fn better(values: &[f64], a: [u32; 2], b: [u32; 2]) -> [u32; 2] {
    let at = |i: u32| values.get(i as usize).copied().unwrap_or(f64::NAN);
    let pick = |a: u32, b: u32, wins: fn(f64, f64) -> bool| {
        let (x, y) = (at(a), at(b));
        let first = if x.is_nan() != y.is_nan() {
            y.is_nan()
        } else if x == y {
            a <= b
        } else {
            wins(x, y)
        };
        if first { a } else { b }
    };
    [pick(a[0], b[0], |x, y| x < y), pick(a[1], b[1], |x, y| x > y)]
}

#[cfg(test)]
mod tests {
    use super::{Series, seen};
    use crate::figure::Scale;

    fn wave(n: usize) -> Vec<f64> {
        (0..n).map(|k| (k as f64 * 0.7).sin() * (1.0 + (k % 97) as f64)).collect()
    }

    #[test]
    fn extremes_are_those_a_scan_finds() {
        let y = wave(5_000);
        let x: Vec<f64> = (0..y.len()).map(|k| k as f64).collect();
        let series = Series::new(&x, &y, [Scale::Linear; 2]);
        for (a, b) in [(0, 5_000), (1, 2), (7, 9), (8, 64), (63, 65), (511, 4_097), (4_999, 5_000), (3, 4_988)] {
            let [low, high] = series.extremes(&y, a..b);
            let scan = y[a..b].iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[l, h], v| [l.min(*v), h.max(*v)]);
            assert_eq!([y[low], y[high]], scan, "{a}..{b}");
            assert!((a..b).contains(&low) && (a..b).contains(&high));
        }
    }

    #[test]
    fn gaps_split_and_bisection_finds_the_neighbours() {
        let mut y = vec![1.0; 10];
        (y[0], y[4], y[5]) = (f64::NAN, f64::INFINITY, -1.0);
        let x: Vec<f64> = (0..10).map(f64::from).collect();
        let pieces = |scale, range| Series::new(&x, &y, [Scale::Linear, scale]).pieces(range).collect::<Vec<_>>();
        assert_eq!(pieces(Scale::Linear, 0..10), vec![1..4, 5..10]);
        assert_eq!(pieces(Scale::Log, 2..8), vec![2..4, 6..8]);
        assert_eq!([seen(&x, [2.5, 5.5]), seen(&x, [-9.0, -8.0]), seen(&x, [20.0, 30.0])], [2..7, 0..1, 9..10]);
    }
}
