//! Which cells of a map one job of many measures.

use crate::scenes::models::sweep::BLOCK;

/// One of several parts of a map. Blocks of cells are dealt to the parts in turn, so that every part
/// has cells of every kind and about the same work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which one, from 1.
    pub index: usize,
    /// Of how many.
    pub of: usize,
}

impl Shard {
    /// The whole map.
    pub const WHOLE: Shard = Shard { index: 1, of: 1 };

    /// Most parts.
    pub const MOST: usize = 100_000;

    /// The shard `i/n`; `None` unless 1 ≤ i ≤ n.
    pub fn parse(text: &str) -> Option<Shard> {
        let (index, of) = text.split_once('/')?;
        let [index, of] = [index.trim().parse().ok()?, of.trim().parse().ok()?];
        Shard { index, of }.checked()
    }

    /// Itself if there is such a shard.
    pub(super) fn checked(self) -> Option<Shard> {
        (1 <= self.index && self.index <= self.of && self.of <= Shard::MOST).then_some(self)
    }

    /// Whether it is the whole map.
    pub fn is_whole(self) -> bool {
        self.of == 1
    }

    /// How many of `total` cells are its own.
    pub fn len(self, total: usize) -> usize {
        let (whole, rest) = (total / BLOCK, total % BLOCK);
        let blocks = whole / self.of + usize::from(whole % self.of >= self.index);
        blocks * BLOCK + if whole % self.of + 1 == self.index { rest } else { 0 }
    }

    /// The cell of the map that is its `k`-th.
    pub fn cell(self, k: usize) -> usize {
        (k / BLOCK * self.of + self.index - 1) * BLOCK + k % BLOCK
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::Shard;

    #[test]
    fn every_cell_belongs_to_one_shard() {
        for total in [0, 1, 31, 32, 33, 64, 100, 1000] {
            for of in [1, 2, 3, 7, 40] {
                let mut times = vec![0; total];
                for index in 1..=of {
                    let shard = Shard { index, of };
                    (0..shard.len(total)).for_each(|k| times[shard.cell(k)] += 1);
                }
                assert!(times.iter().all(|n| *n == 1), "{total} cells in {of}");
            }
        }
        let table = [("1/1", true), ("3/7", true), ("0/2", false), ("3/2", false), ("2", false), ("-1/2", false)];
        table.iter().for_each(|(text, sound)| assert_eq!(Shard::parse(text).is_some(), *sound, "{text}"));
    }
}
