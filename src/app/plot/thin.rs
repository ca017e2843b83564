//! Long columns, prepared so that a frame reads a few numbers per pixel and loses no extreme.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use egui::{Pos2, Rect};

use super::columns::{Columns, Grid, telling};
use super::path::{Path, Seen};
use crate::figure::{Pyramid, Scale};

/// Columns up to this long are read as they are.
pub const SHORT: usize = 4096;
/// Samples by which a pair of columns is known again.
const TOKENS: usize = 16;

/// What is known of a pair of columns.
pub struct Series {
    /// Whether x never falls, so that a stretch of it is found by bisection.
    pub sorted: bool,
    scales: [Scale; 2],
    /// The stretches without a gap.
    pieces: Vec<Range<usize>>,
    /// Where the extremes of y lie.
    extremes: Pyramid,
    /// What is left of a path at the resolution last asked for.
    path: RefCell<Option<Path>>,
    /// What tells of an ascending line in the columns last asked for.
    columns: RefCell<Vec<Columns>>,
    tokens: Vec<(usize, [u64; 2])>,
}

impl Series {
    /// Reads two columns once; `scales` say which values are gaps.
    pub fn new(x: &[f64], y: &[f64], scales: [Scale; 2]) -> Self {
        let mut series = Series {
            sorted: true,
            scales,
            pieces: Vec::new(),
            extremes: Pyramid::default(),
            path: RefCell::default(),
            columns: RefCell::default(),
            tokens: Vec::new(),
        };
        series.extend(x, y);
        series
    }

    /// Reads what was added to two columns.
    fn extend(&mut self, x: &[f64], y: &[f64]) {
        let n = x.len().min(y.len());
        let (x, y, from) = (&x[..n], &y[..n], self.extremes.len());
        let shown = |k: usize| shows(self.scales[0], x[k]) && shows(self.scales[1], y[k]);
        for k in from..n {
            match self.pieces.last_mut() {
                Some(last) if last.end == k && shown(k) => last.end = k + 1,
                _ if shown(k) => self.pieces.push(k..k + 1),
                _ => {}
            }
        }
        self.sorted &= x[from.saturating_sub(1)..].windows(2).all(|w| w[0] <= w[1]);
        self.extremes.extend(y);
        self.columns.take();
        let token = |k: usize| (k, [x[k].to_bits(), y[k].to_bits()]);
        self.tokens = (1..=TOKENS).filter_map(|t| (n * t / TOKENS).checked_sub(1)).map(token).collect();
    }

    /// Whether two columns begin as those that were read.
    fn begins(&self, x: &[f64], y: &[f64], scales: [Scale; 2]) -> bool {
        let bits = |column: &[f64], k: usize| column.get(k).map(|v| v.to_bits());
        self.scales == scales
            && self.tokens.iter().all(|(k, [a, b])| bits(x, *k) == Some(*a) && bits(y, *k) == Some(*b))
    }

    /// The stretches without a gap.
    pub fn pieces(&self) -> &[Range<usize>] {
        &self.pieces
    }

    /// The samples of an ascending line that tell in the columns of pixels of `grid`, for each stretch
    /// without a gap: those that `pick`, always the same, takes of the samples of a column.
    pub fn telling(&self, x: &[f64], grid: Grid, pick: impl FnMut(Range<usize>, &mut Vec<usize>)) -> Vec<Vec<usize>> {
        telling(&mut self.columns.borrow_mut(), x, &self.pieces, grid, pick)
    }

    /// Where y is least and greatest within a stretch that is not empty.
    pub fn extremes(&self, y: &[f64], range: Range<usize>) -> [usize; 2] {
        self.extremes.within(y, range)
    }

    /// The points of a path that differ from the one kept before by more than `grain`; the first and
    /// the last of every piece are kept. `place` gives lengths on the axes.
    pub fn path(&self, grain: [f64; 2], place: impl Fn(usize) -> Option<[f64; 2]>) -> Rc<Vec<usize>> {
        self.with_path(grain, place, |path| path.kept())
    }

    /// The same points, and the stretches of them that are drawn in `window`: of a crowded path only what
    /// is seen of it.
    pub fn drawn(
        &self,
        seen: Seen,
        grain: [f64; 2],
        window: [[f64; 2]; 2],
        place: impl Fn(usize) -> Option<[f64; 2]>,
    ) -> (Rc<Vec<usize>>, Vec<Range<usize>>) {
        self.with_path(grain, &place, |path| {
            let kept = path.kept();
            if kept.len() > SHORT {
                drop(kept);
                let parts = path.uncrowded(seen, window, &self.pieces, &place);
                return (path.kept(), parts);
            }
            let mut from = 0;
            let part = |piece: &Range<usize>| {
                let part = from..kept.partition_point(|k| *k < piece.end);
                from = part.end;
                part
            };
            let parts = self.pieces.iter().map(part).collect();
            (kept, parts)
        })
    }

    /// What `ask` gives of the path at this resolution, brought up to date.
    fn with_path<T>(
        &self,
        grain: [f64; 2],
        place: impl Fn(usize) -> Option<[f64; 2]>,
        ask: impl FnOnce(&mut Path) -> T,
    ) -> T {
        let mut slot = self.path.borrow_mut();
        let mut path = slot.take().filter(|path| path.serves(grain)).unwrap_or_else(|| Path::new(grain));
        path.go_on(&self.pieces, self.extremes.len(), place);
        let answer = ask(&mut path);
        *slot = Some(path);
        answer
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
        let known = kept.remove(&(layer, part)).filter(|series| series.begins(x, y, scales));
        let series = match known {
            Some(series) if series.extremes.len() == x.len().min(y.len()) => series,
            // The columns have grown since.
            Some(series) => match Rc::try_unwrap(series) {
                Ok(mut series) => {
                    series.extend(x, y);
                    Rc::new(series)
                }
                Err(_) => Rc::new(Series::new(x, y, scales)),
            },
            None => Rc::new(Series::new(x, y, scales)),
        };
        kept.insert((layer, part), series.clone());
        Some(series)
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

#[cfg(test)]
mod tests {
    use super::{Series, seen};
    use crate::figure::Scale;

    fn wave(n: usize) -> Vec<f64> {
        (0..n).map(|k| (k as f64 * 0.7).sin() * (1.0 + (k % 97) as f64)).collect()
    }

    /// A series that is read as it grows knows what one that is read at once does, and keeps the same path.
    #[test]
    fn growing_is_reading_at_once() {
        let mut y = wave(6_000);
        (y[3], y[4_500], y[4_501], y[5_999]) = (f64::NAN, f64::INFINITY, -1.0, f64::NAN);
        let x: Vec<f64> = (0..y.len()).map(|k| (k as f64 * 0.01).cos()).collect();
        for scale in [Scale::Linear, Scale::Log] {
            let place = |k: usize| Some([x[k], scale.forward(y[k])?]);
            let mut grown = Series::new(&x[..1], &y[..1], [Scale::Linear, scale]);
            for n in [4, 5, 100, 101, 4_097, 4_500, 4_501, 4_503, 5_999, 6_000] {
                assert!(grown.begins(&x[..n], &y[..n], [Scale::Linear, scale]));
                grown.extend(&x[..n], &y[..n]);
                let whole = Series::new(&x[..n], &y[..n], [Scale::Linear, scale]);
                assert_eq!((grown.sorted, &grown.pieces), (whole.sorted, &whole.pieces), "{n}");
                let paths = [&grown, &whole].map(|s| s.path([0.02, 1.5], place));
                assert!(paths[0] == paths[1], "{n}: {} and {} points", paths[0].len(), paths[1].len());
            }
            let changed = |k: usize, v: f64| [&y[..k], &[v], &y[k + 1..]].concat();
            assert!(!grown.begins(&x, &changed(5_999, 0.0), [Scale::Linear, scale]));
            assert!(!grown.begins(&x[..5_999], &y[..5_999], [Scale::Linear, scale]), "a shorter column");
        }
    }

    #[test]
    fn gaps_split_and_bisection_finds_the_neighbours() {
        let mut y = vec![1.0; 10];
        (y[0], y[4], y[5]) = (f64::NAN, f64::INFINITY, -1.0);
        let x: Vec<f64> = (0..10).map(f64::from).collect();
        let pieces = |scale| Series::new(&x, &y, [Scale::Linear, scale]).pieces().to_vec();
        assert_eq!(pieces(Scale::Linear), vec![1..4, 5..10]);
        assert_eq!(pieces(Scale::Log), vec![1..4, 6..10]);
        assert_eq!([seen(&x, [2.5, 5.5]), seen(&x, [-9.0, -8.0]), seen(&x, [20.0, 30.0])], [2..7, 0..1, 9..10]);
    }
}
