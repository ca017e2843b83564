//! Level lines of a sampled function: marching squares.

use super::{Contours, Rich, ticks::value_label};

impl Contours<'_> {
    /// The lines of one level, as [`contour_lines`] gives them.
    pub fn lines(&self, level: f64) -> Vec<Vec<[f64; 2]>> {
        let ny = self.values.len().checked_div(self.nx).unwrap_or(0);
        contour_lines(self.x, self.y, self.nx, ny, &self.values, level)
    }

    /// The number a line of this level carries: as few digits as tell the levels apart and stay
    /// within a twentieth of their smallest distance.
    pub fn label(&self, level: f64) -> Rich {
        let gap =
            self.levels.windows(2).map(|w| (w[1] - w[0]).abs()).filter(|g| *g > 0.0).fold(f64::INFINITY, f64::min);
        let rounded = |digits: usize| format!("{level:.digits$e}").parse().unwrap_or(level);
        let near = |v: &f64| (v - level).abs() <= (0.05 * gap).min(0.005 * level.abs());
        value_label((0..15).map(rounded).find(near).unwrap_or(level))
    }
}

/// The lines on which a sampled function equals `level`, as joined polylines in data units.
///
/// `values[iy * nx + ix]` is the value at the node `x[0] + ix (x[1] − x[0]) / (nx − 1)`, likewise
/// in y: values sit on the corners of the grid, the ends of `x` and `y` are its outermost nodes.
/// Crossings are found by linear interpolation along grid edges. A saddle cell is joined the way
/// its mean value says. Cells with a non-finite corner carry no line. A closed line repeats its
/// first point at the end. Too small a grid or too few values give no lines.
///
/// ```
/// use impetus::figure::contour_lines;
/// let lines = contour_lines([0.0, 1.0], [0.0, 1.0], 2, 2, &[0.0, 1.0, 0.0, 1.0], 0.25);
/// assert_eq!(lines, [[[0.25, 0.0], [0.25, 1.0]]]);
/// ```
pub fn contour_lines(x: [f64; 2], y: [f64; 2], nx: usize, ny: usize, values: &[f64], level: f64) -> Vec<Vec<[f64; 2]>> {
    if nx < 2 || ny < 2 || !level.is_finite() || nx.checked_mul(ny).is_none_or(|n| n > values.len()) {
        return Vec::new();
    }
    let grid = Grid { x, y, nx, ny, values, level };
    let mut web = Web { links: vec![[NONE; 2]; 2 * nx * ny] };
    for iy in 0..ny - 1 {
        for ix in 0..nx - 1 {
            grid.cell(ix, iy, &mut web);
        }
    }
    web.trace(|edge| grid.crossing(edge))
}

/// No neighbour.
const NONE: usize = usize::MAX;

struct Grid<'a> {
    x: [f64; 2],
    y: [f64; 2],
    nx: usize,
    ny: usize,
    values: &'a [f64],
    level: f64,
}

impl Grid<'_> {
    /// Joins the crossed edges of one cell. Edge `2 n` runs from node `n` to the right, `2 n + 1` up.
    fn cell(&self, ix: usize, iy: usize, web: &mut Web) {
        let node = iy * self.nx + ix;
        let corners = [node, node + 1, node + self.nx + 1, node + self.nx].map(|n| self.values[n]);
        if corners.iter().any(|v| !v.is_finite()) {
            return;
        }
        let [bottom, right, top, left] = [2 * node, 2 * (node + 1) + 1, 2 * (node + self.nx), 2 * node + 1];
        let case = (0..4).fold(0, |bits, k| bits | usize::from(corners[k] >= self.level) << k);
        let middle = corners.iter().map(|v| v / 4.0).sum::<f64>() >= self.level;
        match case {
            1 | 14 => web.join(left, bottom),
            2 | 13 => web.join(bottom, right),
            3 | 12 => web.join(left, right),
            4 | 11 => web.join(right, top),
            6 | 9 => web.join(bottom, top),
            7 | 8 => web.join(left, top),
            5 | 10 if (case == 5) == middle => {
                web.join(left, top);
                web.join(bottom, right);
            }
            5 | 10 => {
                web.join(left, bottom);
                web.join(right, top);
            }
            _ => {}
        }
    }

    /// Where the level crosses an edge.
    fn crossing(&self, edge: usize) -> [f64; 2] {
        let (node, up) = (edge / 2, edge % 2 == 1);
        let (ix, iy) = ((node % self.nx) as f64, (node / self.nx) as f64);
        let (a, b) = (self.values[node], self.values[if up { node + self.nx } else { node + 1 }]);
        let share = ((self.level / 2.0 - a / 2.0) / (b / 2.0 - a / 2.0)).clamp(0.0, 1.0);
        let at = |range: [f64; 2], i: f64, n: usize| {
            let share = i / (n - 1) as f64;
            range[0] * (1.0 - share) + range[1] * share
        };
        let (dx, dy) = if up { (0.0, share) } else { (share, 0.0) };
        [at(self.x, ix + dx, self.nx), at(self.y, iy + dy, self.ny)]
    }
}

/// Which crossed edges follow each other; at most two neighbours each.
struct Web {
    links: Vec<[usize; 2]>,
}

impl Web {
    fn join(&mut self, a: usize, b: usize) {
        for (from, to) in [(a, b), (b, a)] {
            let free = usize::from(self.links[from][0] != NONE);
            self.links[from][free] = to;
        }
    }

    /// Walks every line once: open ones from an end, then the closed ones.
    fn trace(mut self, point: impl Fn(usize) -> [f64; 2]) -> Vec<Vec<[f64; 2]>> {
        let mut lines = Vec::new();
        for open in [true, false] {
            for start in 0..self.links.len() {
                let [a, b] = self.links[start];
                if a == NONE && b == NONE || open && a != NONE && b != NONE {
                    continue;
                }
                let mut line = vec![point(start)];
                let mut here = start;
                while let Some(next) = self.leave(here) {
                    line.push(point(next));
                    here = next;
                }
                lines.push(line);
            }
        }
        lines
    }

    /// Takes one link away from `here` and says where it led.
    fn leave(&mut self, here: usize) -> Option<usize> {
        let side = self.links[here].iter().position(|n| *n != NONE)?;
        let next = std::mem::replace(&mut self.links[here][side], NONE);
        if let Some(back) = self.links[next].iter_mut().find(|n| **n == here) {
            *back = NONE;
        }
        Some(next)
    }
}
