//! Which samples of a long ascending line tell in every column of pixels.
//!
//! Columns stand at whole multiples of their width on the axis, so that they move with the picture: it does
//! not flicker while it is dragged, and only the columns that come into sight have to be found.

use std::ops::Range;

use super::thin::seen;
use crate::figure::Scale;

/// Most columns of a plot.
const MOST: f64 = 16_384.0;
/// Share of the width by which columns that are kept may be too wide or too narrow.
const SLACK: f64 = 0.01;

/// What a plot shows of an axis, in columns.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    /// From values to lengths.
    pub scale: Scale,
    /// The least and the greatest length shown.
    pub window: [f64; 2],
    /// Length that a column takes.
    pub width: f64,
}

impl Grid {
    /// Number of the first column shown, and how many there are; numbers may be too large for integers.
    fn columns(&self) -> (f64, usize) {
        let [low, high] = self.window.map(|end| (end / self.width).floor());
        (low, (high - low + 1.0).clamp(1.0, MOST) as usize)
    }

    /// The value at the left edge of a column.
    fn edge(&self, column: f64) -> f64 {
        self.scale.back(column * self.width)
    }
}

/// The samples kept of a stretch of a line.
#[derive(Debug, Default)]
pub struct Columns {
    piece: Range<usize>,
    width: f64,
    first: f64,
    /// Of every column, the samples and the kept samples up to its end.
    ends: Vec<[usize; 2]>,
    kept: Vec<usize>,
}

impl Columns {
    /// The end of a column's samples, and those kept of them.
    fn column(&self, number: f64) -> Option<(usize, &[usize])> {
        let k = number - self.first;
        let [end, to] = *(0.0..self.ends.len() as f64).contains(&k).then(|| &self.ends[k as usize])?;
        let from = if k == 0.0 { 0 } else { self.ends[k as usize - 1][1] };
        Some((end, &self.kept[from..to]))
    }

    /// The same stretch in the columns that `grid` shows now, from the sample `from` on.
    fn moved(
        &self,
        x: &[f64],
        mut from: usize,
        grid: &Grid,
        pick: &mut impl FnMut(Range<usize>, &mut Vec<usize>),
    ) -> Self {
        let (first, count) = grid.columns();
        let (piece, width) = (self.piece.clone(), grid.width);
        let mut new = Columns { piece, width, first, ends: Vec::with_capacity(count), kept: Vec::new() };
        let mut guess = 1;
        for k in 0..count {
            let number = first + k as f64;
            if let Some((end, kept)) = self.column(number) {
                new.kept.extend_from_slice(kept);
                from = end;
            } else {
                let to = first_from(x, from..self.piece.end, grid.edge(number + 1.0), guess);
                if to > from {
                    pick(from..to, &mut new.kept);
                }
                (from, guess) = (to, (to - from).max(1));
            }
            new.ends.push([from, new.kept.len()]);
        }
        new
    }
}

/// The samples of an ascending line that tell, for each of `pieces`, its stretches without a gap: those
/// that `pick` takes of the samples in every column, and of the neighbours on either side. What was found
/// is `kept` and serves as long as the line stays the same.
pub fn telling(
    kept: &mut Vec<Columns>,
    x: &[f64],
    pieces: &[Range<usize>],
    grid: Grid,
    mut pick: impl FnMut(Range<usize>, &mut Vec<usize>),
) -> Vec<Vec<usize>> {
    let near = |c: &&Columns| (c.width - grid.width).abs() <= SLACK * grid.width;
    let width = kept.iter().find(near).map_or(grid.width, |c| c.width);
    let grid = Grid { width, ..grid };
    let (first, count) = grid.columns();
    // Of a window too far out for columns to be told apart, numbers and edges are none.
    let [low, high] = grid.window.map(|end| grid.scale.back(end));
    let visible = seen(x, [grid.edge(first).min(low), grid.edge(first + count as f64).max(high)]);
    let old = std::mem::take(kept);
    let mut out = Vec::new();
    for piece in pieces.iter().filter(|p| p.start < visible.end && p.end > visible.start) {
        let part = piece.start.max(visible.start)..piece.end.min(visible.end);
        let mut run = Vec::new();
        if part.len() <= count {
            part.for_each(|k| pick(k..k + 1, &mut run));
        } else {
            let same = old.iter().find(|c| c.piece == *piece && c.width == width);
            let empty = Columns { piece: piece.clone(), ..Columns::default() };
            let start = first_from(x, part.clone(), grid.edge(first), 1);
            let columns = same.unwrap_or(&empty).moved(x, start, &grid, &mut pick);
            let end = columns.ends.last().map_or(start, |ends| ends[0]);
            for (beside, inside) in [(part.start..start, &columns.kept[..]), (end..part.end, &[])] {
                if !beside.is_empty() {
                    pick(beside, &mut run);
                }
                run.extend_from_slice(inside);
            }
            kept.push(columns);
        }
        out.push(run);
    }
    out
}

/// Where an ascending column reaches `value` within `range`: about `guess` from its start, as a rule.
fn first_from(x: &[f64], range: Range<usize>, value: f64, guess: usize) -> usize {
    let (mut low, mut high) = (range.start, range.end);
    for k in [range.start + guess - guess / 64 - 1, range.start + guess + guess / 64 + 2] {
        if (low..high).contains(&k) {
            if x[k] < value { low = k + 1 } else { high = k }
        }
    }
    low + x[low..high].partition_point(|v| *v < value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes the first and the last sample, and counts those it was asked about.
    fn ends(asked: &mut usize) -> impl FnMut(Range<usize>, &mut Vec<usize>) {
        |range, out| {
            *asked += range.len();
            out.extend([range.start, range.end - 1]);
        }
    }

    /// What is kept while a window moves is what would be found in it anew, and less is asked for.
    #[test]
    fn moving_columns_are_those_found_anew() {
        let x: Vec<f64> = (0..20_000).map(|k| 0.01 * f64::from(k) + 0.004 * f64::from(k).sin()).collect();
        let pieces = [0..9_000, 9_003..9_010, 9_500..20_000];
        for scale in [Scale::Linear, Scale::Log, Scale::SymLog(3.0)] {
            let (mut kept, mut asked) = (Vec::new(), [0, 0]);
            let end = |v: f64| scale.forward(v).unwrap();
            let (mut low, length) = (end(20.0), end(140.0) - end(20.0));
            let width = length / 300.0;
            for (k, step) in [0.0, 0.3, 7.0, -2.5, 40.2, -60.9, 500.0, -500.0].into_iter().enumerate() {
                low += step * width;
                let off = if k % 2 == 0 { 1.0 } else { 1.0 + 1e-4 };
                let grid = |width| Grid { scale, window: [low, low + length], width };
                let moved = telling(&mut kept, &x, &pieces, grid(width * off), ends(&mut asked[0]));
                let width = kept.first().map_or(width * off, |c| c.width);
                let anew = telling(&mut Vec::new(), &x, &pieces, grid(width), ends(&mut asked[1]));
                assert_eq!(moved, anew, "{scale:?}, step {k}");
            }
            assert!(2 * asked[0] < asked[1], "{asked:?}");
        }
    }

    /// Every column shown has what was picked of its samples, and beyond them stands one neighbour on
    /// either side; windows no column fits into lose nothing.
    #[test]
    fn columns_hold_their_samples() {
        let x: Vec<f64> = (0..1_000).map(f64::from).collect();
        let grid = |low: f64, high: f64, width: f64| Grid { scale: Scale::Linear, window: [low, high], width };
        let first = |range: Range<usize>, out: &mut Vec<usize>| out.push(range.start);
        let found = |grid| telling(&mut Vec::new(), &x, std::slice::from_ref(&(0..1_000)), grid, first).concat();
        assert_eq!(found(grid(100.0, 149.9, 10.0)), [99, 100, 110, 120, 130, 140, 150]);
        assert_eq!(found(grid(-50.0, 30.0, 20.0)), [0, 20, 40]);
        assert_eq!(found(grid(3.2, 5.1, 0.5)), [2, 3, 4, 5, 6]);
        let still = vec![7e300; 50];
        for width in [1e-9, 1e300, f64::INFINITY, f64::NAN] {
            let grid = grid(6.9e300, 7.1e300, width);
            let run = telling(&mut Vec::new(), &still, std::slice::from_ref(&(0..50)), grid, first).concat();
            assert!(run.contains(&0), "columns of {width}: {run:?}");
        }
    }
}
