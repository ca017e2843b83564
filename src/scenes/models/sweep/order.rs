//! In which order the cells of a finished map are measured: coarse first, and nothing twice.

use std::sync::OnceLock;

/// Cells along each side, from the first impression to the finished map. Each is three times the one
/// before, so that a coarse cell has the middle of the finer cell in its own middle.
pub const LEVELS: [usize; 3] = [12, 36, 108];

/// Cells along each side of the finished map.
pub const FINEST: usize = LEVELS[LEVELS.len() - 1];

/// The cells of the finished map, row by row from the lowest value along y, in the order they are
/// measured: first those that stand in the middle of the coarsest cells, row by row.
pub fn coarse_first() -> &'static [usize] {
    static ORDER: OnceLock<Vec<usize>> = OnceLock::new();
    ORDER.get_or_init(|| {
        let mut taken = vec![false; FINEST * FINEST];
        let mut order = Vec::with_capacity(FINEST * FINEST);
        for level in LEVELS {
            let side = FINEST / level;
            let middles = || (0..level).map(move |k| k * side + side / 2);
            for cell in middles().flat_map(|y| middles().map(move |x| y * FINEST + x)) {
                if !std::mem::replace(&mut taken[cell], true) {
                    order.push(cell);
                }
            }
        }
        order
    })
}

/// A map of which the first cells of [`coarse_first`] are measured: every other cell shows the coarser
/// one it lies in, NaN if that is missing too.
pub fn spread(measured: &[f64]) -> Vec<f64> {
    let mut out = vec![f64::NAN; FINEST * FINEST];
    let mut there = vec![false; FINEST * FINEST];
    for (cell, value) in coarse_first().iter().zip(measured) {
        (out[*cell], there[*cell]) = (*value, true);
    }
    let sides = || LEVELS.iter().rev().skip(1).map(|level| FINEST / level);
    let own = there.clone();
    for cell in (0..FINEST * FINEST).filter(|cell| !own[*cell]) {
        let (x, y) = (cell % FINEST, cell / FINEST);
        let middle = |side: usize| (y - y % side + side / 2) * FINEST + x - x % side + side / 2;
        if let Some(coarse) = sides().map(middle).find(|coarse| own[*coarse]) {
            out[cell] = out[coarse];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{FINEST, LEVELS, coarse_first, spread};

    #[test]
    fn every_cell_comes_once_and_the_coarse_ones_first() {
        let order = coarse_first();
        let mut sorted = order.to_vec();
        sorted.sort_unstable();
        assert!(sorted.iter().enumerate().all(|(k, cell)| k == *cell) && sorted.len() == FINEST * FINEST);
        for level in LEVELS {
            let middle = |k: usize| (k as f64 + 0.5) / level as f64;
            let places: Vec<f64> = (0..level).map(middle).collect();
            for cell in &order[..level * level] {
                for k in [cell % FINEST, cell / FINEST] {
                    assert!(places.contains(&((k as f64 + 0.5) / FINEST as f64)), "{level}: {cell}");
                }
            }
        }
    }

    #[test]
    fn what_is_missing_shows_the_coarser_cell() {
        let value = |cell: usize| (cell % FINEST) as f64 + 1e3 * (cell / FINEST) as f64;
        let all: Vec<f64> = coarse_first().iter().map(|c| value(*c)).collect();
        let side = FINEST / LEVELS[0];
        let coarse = spread(&all[..LEVELS[0] * LEVELS[0]]);
        for (cell, shown) in coarse.iter().enumerate() {
            let [x, y] = [cell % FINEST, cell / FINEST].map(|k| k - k % side + side / 2);
            assert_eq!(*shown, value(y * FINEST + x));
        }
        let half = LEVELS[0] * LEVELS[0] / 2;
        assert_eq!(spread(&all[..half]).iter().filter(|v| v.is_nan()).count(), FINEST * FINEST / 2);
        assert!(spread(&all).iter().enumerate().all(|(cell, shown)| *shown == value(cell)));
        assert!(spread(&[]).iter().all(|v| v.is_nan()));
    }
}
