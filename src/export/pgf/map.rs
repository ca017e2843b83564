//! Heat maps as matrix plots.

use super::Script;
use super::scale::{Tracks, printed};
use crate::export::draw::Art;
use crate::export::geometry::Ruler;
use crate::export::layout::Placed;
use crate::figure::HeatMap;

/// Cells on one line of the file.
const ABREAST: usize = 5;

impl Script<'_> {
    /// The cells of a map, or means of neighbouring ones where there are too many.
    pub fn map(&mut self, map: &HeatMap<'_>, art: &Art, tracks: &Tracks<'_>) {
        let ny = map.values.len().checked_div(map.nx).unwrap_or(0);
        if map.nx == 0 || ny == 0 {
            return;
        }
        let Some(grid) = Grid::new(map, ny, &art.placed, self.limits.cells) else { return };
        if [grid.x.cells, grid.y.cells] != [map.nx, ny] {
            self.out.push_str(&format!("% means of {} by {ny} cells\n", map.nx));
        }
        let columns = grid.x.cells;
        self.out.push_str(&format!(
            "\\addplot[matrix plot*, mesh/cols={columns}, point meta=explicit, forget plot] coordinates {{\n"
        ));
        let span = (map.range[1] - map.range[0]).abs();
        let decimals = if span > 0.0 && span.is_finite() { (3.0 - span.log10()).ceil() as i32 } else { 3 };
        let xs: Vec<String> = (0..columns).map(|i| tracks.x.at(grid.x.middle(i))).collect();
        for j in 0..grid.y.cells {
            let y = tracks.y.at(grid.y.middle(j));
            for (i, x) in xs.iter().enumerate() {
                let value = grid.mean(i, j).map_or_else(|| "nan".to_owned(), |v| printed(v, decimals));
                let end = if (i + 1) % ABREAST == 0 || i + 1 == columns { '\n' } else { ' ' };
                self.out.push_str(&format!("({x},{y}) [{value}]{end}"));
            }
        }
        self.out.push_str("};\n");
    }
}

/// A map as it is written: cells of equal size on the page.
struct Grid<'a> {
    map: &'a HeatMap<'a>,
    x: Side,
    y: Side,
}

/// One direction of a grid.
struct Side {
    /// Ends in points.
    ends: [f64; 2],
    /// Cells written.
    cells: usize,
    /// Which cells of the map each of them covers, first and one past the last.
    covers: Vec<[usize; 2]>,
}

impl<'a> Grid<'a> {
    fn new(map: &'a HeatMap<'a>, ny: usize, placed: &Placed, most: usize) -> Option<Self> {
        let share = (most as f64 / (map.nx * ny) as f64).sqrt().min(1.0);
        let fewer = |n: usize| ((n as f64 * share) as usize).clamp(1, most);
        let (x, y) = (Side::new(&placed.x, map.x, map.nx, fewer(map.nx))?, Side::new(&placed.y, map.y, ny, fewer(ny))?);
        Some(Grid { map, x, y })
    }

    /// The mean of the finite values under a cell; `None` where there are none.
    fn mean(&self, i: usize, j: usize) -> Option<f64> {
        let ([left, right], [low, high]) = (self.x.covers[i], self.y.covers[j]);
        let rows = self.map.values.chunks(self.map.nx).take(high).skip(low);
        let cells = rows.flat_map(|row| row.iter().take(right).skip(left));
        let (sum, count) = cells.filter(|v| v.is_finite()).fold((0.0, 0), |(s, n), v| (s + v, n + 1));
        (count > 0).then(|| sum / f64::from(count))
    }
}

impl Side {
    /// The cells of the map or blocks of them; `None` when the axis cannot show its ends.
    fn new(ruler: &Ruler, range: [f64; 2], n: usize, cells: usize) -> Option<Self> {
        let ends = [ruler.place(range[0])?, ruler.place(range[1])?];
        let covers = (0..cells).map(|i| [i * n / cells, ((i + 1) * n / cells).max(i * n / cells + 1)]).collect();
        Some(Side { ends, cells, covers })
    }

    /// The middle of a cell in points.
    fn middle(&self, i: usize) -> f64 {
        self.ends[0] + (self.ends[1] - self.ends[0]) * (i as f64 + 0.5) / self.cells as f64
    }
}
