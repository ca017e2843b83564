//! What a step writes down about a current: entropy, area swept, net displacement box by box.

use super::super::State;

/// The plane in which a current is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plane {
    /// The first two coordinates.
    Positions,
    /// The first coordinate and its velocity.
    Phase,
}

/// A grid of boxes in a plane, and the sums kept there.
///
/// The sums live in the state's scratch arrays, so a checkpoint holds them. Per particle: the entropy
/// it has given to its bath and the area its radius has swept. Per box: the displacements whose
/// midpoints lay in it, separately for [`Books::GROUPS`] groups of particles, which are independent
/// and so tell the standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Books {
    /// What is counted as x and y.
    pub plane: Plane,
    /// Lowest and highest x of the grid.
    pub x: [f64; 2],
    /// Lowest and highest y of the grid.
    pub y: [f64; 2],
    /// Boxes along each side.
    pub cells: usize,
}

impl Books {
    /// Groups of particles.
    pub const GROUPS: usize = 16;
    /// Scratch arrays in all.
    pub const SLOTS: usize = 5;
    /// Scratch of the step.
    pub(super) const SCRATCH: usize = 0;
    /// Entropy given to the bath, one number per particle.
    pub const ENTROPY: usize = 1;
    /// Area swept, one number per particle.
    pub const AREA: usize = 2;
    /// The point of the plane before the step: every particle's x, then every y.
    const OLD: usize = 3;
    /// Net displacement `[group][iy][ix][2]`.
    const BOXES: usize = 4;

    /// Opens empty books in a state that has not stepped yet.
    pub fn open(&self, state: &mut State) {
        let n = state.n();
        let boxes = 2 * Books::GROUPS * self.cells * self.cells;
        state.slots = [state.q.len(), n, n, 2 * n, boxes].map(|len| vec![0.0; len]).to_vec();
    }

    /// The point of every particle in the plane.
    pub fn points<'s>(&self, state: &'s State) -> [&'s [f64]; 2] {
        match self.plane {
            Plane::Positions => [state.coordinate(0), state.coordinate(1)],
            Plane::Phase => [state.coordinate(0), state.velocity(0)],
        }
    }

    /// Remembers where every particle is.
    pub(super) fn before(&self, state: &mut State) {
        let n = state.n();
        let mut old = std::mem::take(&mut state.slots[Books::OLD]);
        let [x, y] = self.points(state);
        old[..n].copy_from_slice(x);
        old[n..2 * n].copy_from_slice(y);
        state.slots[Books::OLD] = old;
    }

    /// Books the step that every particle has made.
    pub(super) fn after(&self, state: &mut State) {
        let n = state.n();
        let mut area = std::mem::take(&mut state.slots[Books::AREA]);
        let mut boxes = std::mem::take(&mut state.slots[Books::BOXES]);
        let [x, y] = self.points(state);
        let (x0, y0) = state.slots[Books::OLD].split_at(n);
        let scale = [self.x, self.y].map(|[low, high]| self.cells as f64 / (high - low));
        for p in 0..n {
            area[p] += 0.5 * (x0[p] * y[p] - y0[p] * x[p]);
            let at = [0.5 * (x0[p] + x[p]) - self.x[0], 0.5 * (y0[p] + y[p]) - self.y[0]];
            let [column, row] = [at[0] * scale[0], at[1] * scale[1]];
            let inside = |k: f64| k >= 0.0 && k < self.cells as f64;
            if inside(column) && inside(row) {
                let first = self.place(p * Books::GROUPS / n, row as usize, column as usize);
                if let Some(sum) = boxes.get_mut(first..first + 2) {
                    sum[0] += x[p] - x0[p];
                    sum[1] += y[p] - y0[p];
                }
            }
        }
        state.slots[Books::AREA] = area;
        state.slots[Books::BOXES] = boxes;
    }

    fn place(&self, group: usize, row: usize, column: usize) -> usize {
        2 * ((group * self.cells + row) * self.cells + column)
    }

    /// Net displacement of a group of particles in a box, since the books were opened.
    pub fn net(&self, state: &State, group: usize, row: usize, column: usize) -> [f64; 2] {
        let first = self.place(group, row, column);
        let sum = state.slots.get(Books::BOXES).and_then(|boxes| boxes.get(first..first + 2));
        sum.map_or([0.0; 2], |sum| [sum[0], sum[1]])
    }

    /// How many of `n` particles a group holds.
    pub fn members(group: usize, n: usize) -> usize {
        let first = |group: usize| (group * n).div_ceil(Books::GROUPS);
        first(group + 1) - first(group)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::State;
    use super::{Books, Plane};

    #[test]
    fn a_walk_around_a_square_is_booked() {
        let books = Books { plane: Plane::Positions, x: [-2.0, 2.0], y: [-2.0, 2.0], cells: 2 };
        let mut state = State::at(&[1.0, 1.0], &[], 1, 0, 0);
        books.open(&mut state);
        let corners = [[-1.0, 1.0], [-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [9.0, 9.0]];
        for corner in corners {
            books.before(&mut state);
            state.q = corner.to_vec();
            books.after(&mut state);
        }
        assert_eq!(state.slots[Books::AREA], [4.0]);
        // A midpoint on a border counts for the box above or to the right; the last step ends outside.
        let net = [[0, 0], [0, 1], [1, 0], [1, 1]].map(|[row, column]| books.net(&state, 0, row, column));
        assert_eq!(net, [[0.0, 0.0], [2.0, 0.0], [0.0, -2.0], [-2.0, 2.0]]);
    }

    #[test]
    fn groups_share_the_particles() {
        for n in [1, 15, 16, 17, 100, 2000] {
            let mut count = vec![0; Books::GROUPS];
            (0..n).for_each(|p| count[p * Books::GROUPS / n] += 1);
            let members: Vec<usize> = (0..Books::GROUPS).map(|g| Books::members(g, n)).collect();
            assert_eq!(members, count, "{n}");
        }
    }
}
