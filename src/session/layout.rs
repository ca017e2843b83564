//! The tiles of the bench: rows of views, as a value that can be saved, undone and rearranged.

use serde::{Deserialize, Serialize};

/// Most tiles at a time.
pub const MOST_TILES: usize = 12;

/// Smallest share of a row or a tile, so that nothing vanishes by dragging.
const LEAST: f64 = 0.08;

/// What a tile shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Slot {
    /// The lens's own view of this place, from 0.
    Usual(usize),
    /// This view.
    View(String),
}

/// One tile of a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tile {
    /// What it shows.
    pub slot: Slot,
    /// Its share of the row's width, relative to its neighbours.
    pub share: f64,
}

/// Tiles side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its share of the height, relative to the other rows.
    pub share: f64,
    /// From left to right; at least one.
    pub tiles: Vec<Tile>,
}

/// The arrangement of the bench. Tiles are counted in reading order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// From top to bottom; at least one.
    pub rows: Vec<Row>,
    /// The tile that fills everything, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximised: Option<usize>,
}

/// On which side of a tile another is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To its left.
    Left,
    /// To its right.
    Right,
    /// In a row above.
    Above,
    /// In a row below.
    Below,
}

impl Default for Layout {
    /// Two rows of two, the upper left a little larger.
    fn default() -> Self {
        let row = |share, places: [usize; 2]| {
            let shares = [0.52, 0.48];
            let tiles = places.iter().zip(shares).map(|(p, share)| Tile { slot: Slot::Usual(*p), share });
            Row { share, tiles: tiles.collect() }
        };
        Layout { rows: vec![row(0.56, [0, 1]), row(0.44, [2, 3])], maximised: None }
    }
}

impl Layout {
    /// One row of these views.
    pub fn of(views: &[&str]) -> Self {
        let tiles = views.iter().map(|v| Tile { slot: Slot::View((*v).to_owned()), share: 1.0 }).collect();
        Layout { rows: vec![Row { share: 1.0, tiles }], maximised: None }.sound()
    }

    /// Number of tiles.
    pub fn len(&self) -> usize {
        self.rows.iter().map(|r| r.tiles.len()).sum()
    }

    /// Whether there is no tile; never after [`Layout::sound`].
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Row and column of a tile.
    pub fn place(&self, tile: usize) -> Option<(usize, usize)> {
        let mut left = tile;
        for (r, row) in self.rows.iter().enumerate() {
            if left < row.tiles.len() {
                return Some((r, left));
            }
            left -= row.tiles.len();
        }
        None
    }

    /// What a tile shows.
    pub fn slot(&self, tile: usize) -> Option<&Slot> {
        let (r, c) = self.place(tile)?;
        Some(&self.rows[r].tiles[c].slot)
    }

    /// The same layout with another view in a tile.
    #[must_use]
    pub fn shown(mut self, tile: usize, view: &str) -> Self {
        if let Some((r, c)) = self.place(tile) {
            self.rows[r].tiles[c].slot = Slot::View(view.to_owned());
        }
        self
    }

    /// The same layout without a tile; the last one stays.
    #[must_use]
    pub fn closed(mut self, tile: usize) -> Self {
        if let Some((r, c)) = self.place(tile).filter(|_| self.len() > 1) {
            self.rows[r].tiles.remove(c);
            self.rows.retain(|row| !row.tiles.is_empty());
            self.maximised = None;
        }
        self
    }

    /// The same layout with a new tile beside another; unchanged when there are as many as may be.
    #[must_use]
    pub fn added(mut self, tile: usize, side: Side, slot: Slot) -> Self {
        let Some((r, c)) = self.place(tile).filter(|_| self.len() < MOST_TILES) else { return self };
        match side {
            Side::Left | Side::Right => {
                let half = self.rows[r].tiles[c].share / 2.0;
                self.rows[r].tiles[c].share = half;
                let at = c + usize::from(side == Side::Right);
                self.rows[r].tiles.insert(at, Tile { slot, share: half });
            }
            Side::Above | Side::Below => {
                let half = self.rows[r].share / 2.0;
                self.rows[r].share = half;
                let at = r + usize::from(side == Side::Below);
                self.rows.insert(at, Row { share: half, tiles: vec![Tile { slot, share: 1.0 }] });
            }
        }
        self.maximised = None;
        self
    }

    /// The same layout with two tiles' views exchanged.
    #[must_use]
    pub fn swapped(mut self, a: usize, b: usize) -> Self {
        if let (Some((ra, ca)), Some((rb, cb))) = (self.place(a), self.place(b)) {
            let other = self.rows[rb].tiles[cb].slot.clone();
            let one = std::mem::replace(&mut self.rows[ra].tiles[ca].slot, other);
            self.rows[rb].tiles[cb].slot = one;
        }
        self
    }

    /// The same layout with a tile taken from its place and put beside another.
    #[must_use]
    pub fn moved(self, tile: usize, beside: usize, side: Side) -> Self {
        let Some(slot) = self.slot(tile).cloned().filter(|_| tile != beside && self.len() > 1) else { return self };
        let kept = self.place(tile).is_some_and(|(r, _)| self.rows[r].tiles.len() > 1);
        let same_row = self.place(tile).map(|p| p.0) == self.place(beside).map(|p| p.0);
        if !kept && same_row {
            return self;
        }
        let target = if beside > tile { beside - 1 } else { beside };
        self.closed(tile).added(target, side, slot)
    }

    /// The same layout with a tile filling everything, or none.
    #[must_use]
    pub fn maximised(mut self, tile: Option<usize>) -> Self {
        self.maximised = tile.filter(|t| *t < self.len());
        self
    }

    /// The same layout with the border after tile `c` of row `r` moved by a share of the row's width.
    #[must_use]
    pub fn widened(mut self, r: usize, c: usize, by: f64) -> Self {
        if let Some(row) = self.rows.get_mut(r) {
            let mut shares: Vec<f64> = row.tiles.iter().map(|t| t.share).collect();
            shift(&mut shares, c, by);
            row.tiles.iter_mut().zip(shares).for_each(|(t, s)| t.share = s);
        }
        self
    }

    /// The same layout with the border after row `r` moved by a share of the height.
    #[must_use]
    pub fn heightened(mut self, r: usize, by: f64) -> Self {
        let mut shares: Vec<f64> = self.rows.iter().map(|row| row.share).collect();
        shift(&mut shares, r, by);
        self.rows.iter_mut().zip(shares).for_each(|(row, s)| row.share = s);
        self
    }

    /// With every share a sensible number, at least one tile and no more than may be; whatever was read
    /// from a file becomes something that can be shown.
    #[must_use]
    pub fn sound(mut self) -> Self {
        let good = |share: f64| if share.is_finite() { share.clamp(LEAST, 100.0) } else { 1.0 };
        self.rows.retain(|r| !r.tiles.is_empty());
        let mut left = MOST_TILES;
        for row in &mut self.rows {
            row.share = good(row.share);
            row.tiles.truncate(left);
            left -= row.tiles.len();
            row.tiles.iter_mut().for_each(|t| t.share = good(t.share));
        }
        self.rows.retain(|r| !r.tiles.is_empty());
        if self.rows.is_empty() {
            return Layout::default();
        }
        let most = self.len();
        self.maximised = self.maximised.filter(|t| *t < most);
        self
    }
}

/// Moves the border after entry `i` by a share of the sum of all, as far as both sides allow.
fn shift(shares: &mut [f64], i: usize, by: f64) {
    let total: f64 = shares.iter().sum();
    let [Some(a), Some(b)] = [shares.get(i).copied(), shares.get(i + 1).copied()] else { return };
    let least = LEAST * total;
    if by.is_finite() && a + b > 2.0 * least {
        let moved = (a + by * total).clamp(least, a + b - least);
        (shares[i], shares[i + 1]) = (moved, a + b - moved);
    }
}

#[cfg(test)]
mod tests {
    use super::{Layout, MOST_TILES, Side, Slot};

    fn order(layout: &Layout) -> String {
        let row = |r: &super::Row| {
            let name = |t: &super::Tile| match &t.slot {
                Slot::Usual(i) => i.to_string(),
                Slot::View(v) => v.clone(),
            };
            r.tiles.iter().map(name).collect::<Vec<_>>().join(" ")
        };
        layout.rows.iter().map(row).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn every_act_does_what_it_says() {
        let base = Layout::default;
        let view = || Slot::View("map".into());
        let table = [
            (base(), "0 1 / 2 3"),
            (base().shown(2, "map"), "0 1 / map 3"),
            (base().closed(1), "0 / 2 3"),
            (base().closed(1).closed(0), "2 3"),
            (base().closed(0).closed(0).closed(0).closed(0), "3"),
            (base().swapped(0, 3), "3 1 / 2 0"),
            (base().added(0, Side::Right, view()), "0 map 1 / 2 3"),
            (base().added(3, Side::Below, view()), "0 1 / 2 3 / map"),
            (base().moved(0, 3, Side::Right), "1 / 2 3 0"),
            (base().moved(3, 0, Side::Above), "3 / 0 1 / 2"),
            (base().moved(2, 2, Side::Left), "0 1 / 2 3"),
        ];
        for (layout, want) in table {
            assert_eq!(order(&layout), want);
            assert_eq!(layout.clone().sound(), layout, "{want}");
        }
        let full = (0..40).fold(base(), |l, _| l.added(0, Side::Left, view()));
        assert_eq!(full.len(), MOST_TILES);
        assert_eq!(Layout { rows: Vec::new(), maximised: Some(3) }.sound(), base());
    }

    #[test]
    fn borders_move_and_stop() {
        let wide = Layout::default().widened(0, 0, 0.2);
        assert!((wide.rows[0].tiles[0].share - 0.72).abs() < 1e-12);
        let far = Layout::default().heightened(0, 9.0);
        assert!((far.rows[1].share - 0.08).abs() < 1e-12 && (far.rows[0].share - 0.92).abs() < 1e-12);
        assert_eq!(Layout::default().widened(0, 1, 0.1), Layout::default(), "no border after the last");
        assert_eq!(Layout::default().heightened(0, f64::NAN), Layout::default());
    }
}
