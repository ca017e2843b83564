//! Where the extremes of a long column lie, found without reading it again.

use std::ops::Range;

/// Values per block, and blocks per block of the next level.
const BLOCK: usize = 8;

/// The indices of the least and of the greatest value of every full block of a column, of every full
/// block of blocks, and so on. A column of n values that grows costs O(1) per value, a question
/// O(log n); the pyramid takes a seventh more room than a block in eight.
#[derive(Clone, Debug, Default)]
pub struct Pyramid {
    /// Values read so far.
    len: usize,
    levels: Vec<Vec<[u32; 2]>>,
}

impl Pyramid {
    /// The pyramid of a column.
    pub fn new(values: &[f64]) -> Self {
        let mut pyramid = Pyramid::default();
        pyramid.extend(values);
        pyramid
    }

    /// How many values were read.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing was read yet.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Reads what was added to the column; `values` is all of it, unchanged as far as it was read.
    pub fn extend(&mut self, values: &[f64]) {
        let fold = |a: [u32; 2], b: [u32; 2]| better(values, a, b);
        let mut below = values.len();
        for depth in 0.. {
            let full = below / BLOCK;
            if full == 0 {
                break;
            }
            if self.levels.len() <= depth {
                self.levels.push(Vec::with_capacity(full));
            }
            let (done, rest) = self.levels.split_at_mut(depth);
            let (Some(level), source) = (rest.first_mut(), done.last()) else { break };
            for block in level.len()..full {
                let inside = block * BLOCK..(block + 1) * BLOCK;
                let found = match source {
                    Some(source) => source.get(inside).and_then(|s| s.iter().copied().reduce(fold)),
                    None => inside.map(|i| [i as u32; 2]).reduce(fold),
                };
                level.extend(found);
            }
            below = full;
        }
        self.len = self.len.max(values.len());
    }

    /// Where the least and the greatest value of a stretch lie, the first of each; what is not a number
    /// counts only where there is nothing else. Of an empty stretch its start.
    pub fn within(&self, values: &[f64], range: Range<usize>) -> [usize; 2] {
        let mut best = [range.start as u32; 2];
        let (mut a, mut b) = (range.start, range.end.min(values.len()));
        let mut take = |found: [u32; 2]| best = better(values, best, found);
        let values_alone = self.levels.first().map_or(a, |level| level.len() * BLOCK);
        // What lies behind the last full block is read as it is.
        while b > a && b > values_alone {
            b -= 1;
            take([b as u32; 2]);
        }
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
            let next = self.levels.get(depth + 1).map_or(0, |next| next.len() * BLOCK);
            while a < b && (b > next || !b.is_multiple_of(BLOCK)) {
                b -= 1;
                level.get(b).copied().into_iter().for_each(&mut take);
            }
            while a < b && !a.is_multiple_of(BLOCK) {
                level.get(a).copied().into_iter().for_each(&mut take);
                a += 1;
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
        } else if x == y || x.is_nan() {
            a <= b
        } else {
            wins(x, y)
        };
        if first { a } else { b }
    };
    [pick(a[0], b[0], |x, y| x < y), pick(a[1], b[1], |x, y| x > y)]
}

/// What stands for a stretch of samples in one column of pixels: its first and its last, and those with
/// the least and the greatest value, in order and each once.
pub fn telling(range: &Range<usize>, extremes: [usize; 2]) -> impl Iterator<Item = usize> {
    let mut keep = [range.start, extremes[0], extremes[1], range.end.saturating_sub(1)];
    keep.sort_unstable();
    (0..keep.len()).filter(move |i| *i == 0 || keep[*i] != keep[i - 1]).map(move |i| keep[i])
}
