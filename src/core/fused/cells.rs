//! Many small systems side by side, each with coefficients of its own: the cells of a map.

use rayon::prelude::*;

use super::super::Splitting;
use super::super::lanes::{Floats, Lanes, Work, with_wide};
use super::Program;
use super::words::{Cell, DRAWS, Kernel, MOST, Task, Word, with_word};

/// How a cell ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ending {
    /// It made all its steps.
    #[default]
    Undecided,
    /// q² + v² fell below the lower bound.
    Settled,
    /// q² + v² rose above the upper bound.
    Escaped,
}

/// How a cell ended, and at which step, counted from 1; for an undecided one, the steps it made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fate {
    /// How.
    pub ending: Ending,
    /// When.
    pub step: u32,
}

/// When a cell need not be watched any longer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// q² + v² below which it has settled.
    pub low: f64,
    /// q² + v² above which it has escaped.
    pub high: f64,
    /// Steps at most.
    pub most: u32,
}

/// A method without noise on the bowl ½ q², many times, each time with coefficients of its own.
///
/// The cells are started and stepped as [`advance`](super::super::advance) would step a
/// [`Splitting`] of these coefficients, bit for bit. A bowl of curvature λ is the same as one of
/// curvature 1 whose forces all count λ times.
#[derive(Clone, Copy, Debug)]
pub struct Cells {
    program: Program,
    /// Where every cell starts, and how fast.
    start: [f64; 2],
}

/// The coefficients of one cell's method, in the order of its moves; a drift by exactly 1 has none.
pub type Coefficients = [f64; MOST];

/// Cells that one thread looks after at a time.
const BAND: usize = 8192;

/// Steps between two looks at where the cells are.
const CHUNK: usize = 8;

/// Registers of cells that step side by side.
const SIDE_BY_SIDE: usize = 4;

/// Places for cells: a whole number of times as many as step side by side.
const WIDTH: usize = 32;

impl Cells {
    /// Cells that make the moves of `word` from position `q` and velocity `v`; `None` if the word
    /// draws noise or is not one of the usual ones.
    pub fn new(word: &Splitting, [q, v]: [f64; 2]) -> Option<Self> {
        struct Known;
        impl Task for Known {
            type Output = bool;

            fn run<W: Word>(self, _: W) -> bool {
                W::DRAWS == 0
            }
        }
        let program = Program::of(&word.moves)?;
        let known = program.with_letters(|letters| with_word(letters, Known))?;
        known.then_some(Cells { program, start: [q, v] })
    }

    /// How every cell of a map of `columns` × `rows` ends, row by row. `set` is given the column and the
    /// row of a cell and the coefficients of the word to change; the result does not depend on the number
    /// of threads.
    pub fn map(
        &self,
        [columns, rows]: [usize; 2],
        bounds: Bounds,
        set: impl Fn(usize, usize, &mut Coefficients) + Sync,
    ) -> Vec<Fate> {
        let mut fates = vec![Fate::default(); columns * rows];
        let task = All { cells: self, fates: &mut fates, columns, bounds, set };
        self.program.with_letters(|letters| with_word(letters, task));
        fates
    }
}

/// All cells of a map.
struct All<'a, S> {
    cells: &'a Cells,
    fates: &'a mut [Fate],
    columns: usize,
    bounds: Bounds,
    set: S,
}

impl<S: Fn(usize, usize, &mut Coefficients) + Sync> Task for All<'_, S> {
    type Output = ();

    fn run<W: Word>(self, _: W) {
        let All { cells, fates, columns, bounds, set } = self;
        let rows = BAND.div_ceil(columns.max(1));
        fates.par_chunks_mut((rows * columns).max(1)).enumerate().for_each(|(band, fates)| {
            let seats = Seats::new(cells, fates, columns, band * rows, bounds, &set);
            with_wide(Watched::<W, _>(std::marker::PhantomData, seats));
        });
    }
}

/// The bowl ½ q².
#[derive(Clone, Copy)]
struct Bowl;

impl Kernel<1> for Bowl {
    #[inline(always)]
    fn force<L: Lanes>(&self, [q]: [L; 1]) -> [L; 1] {
        [-q]
    }

    #[inline(always)]
    fn value<L: Lanes>(&self, [q]: [L; 1]) -> L {
        L::splat(0.5) * q * q
    }

    #[inline(always)]
    fn curvatures<L: Lanes>(&self, _: [L; 1]) -> [L; 1] {
        [L::splat(1.0)]
    }
}

/// A cell at its place: which one it is, and in which chunk it sat down.
#[derive(Clone, Copy)]
struct Guest {
    cell: usize,
    since: u32,
}

/// The cells one thread looks after: [`WIDTH`] of them step, the others are done or wait for a place.
struct Seats<'a, S> {
    fates: &'a mut [Fate],
    bounds: Bounds,
    set: &'a S,
    usual: Coefficients,
    /// How many coefficients the word has.
    used: usize,
    start: [f64; 2],
    /// The first cell that has not started, with its column and row.
    next: usize,
    place: [usize; 2],
    columns: usize,
    /// Chunks made.
    clock: u32,
    /// The chunk in which the next guest has made all its steps.
    ripe: u32,
    guests: [Option<Guest>; WIDTH],
    q: [f64; WIDTH],
    v: [f64; WIDTH],
    f: [f64; WIDTH],
    coefficients: [[f64; WIDTH]; MOST],
    /// q² + v² after every step of the last chunk.
    size: [[f64; WIDTH]; CHUNK],
}

impl<'a, S: Fn(usize, usize, &mut Coefficients)> Seats<'a, S> {
    fn new(cells: &Cells, fates: &'a mut [Fate], columns: usize, row: usize, bounds: Bounds, set: &'a S) -> Self {
        let zero = [0.0; WIDTH];
        let mut seats = Seats {
            fates,
            bounds,
            set,
            usual: cells.program.coefficients,
            used: cells.program.used,
            start: cells.start,
            next: 0,
            place: [0, row],
            columns,
            clock: 0,
            ripe: chunks(bounds.most),
            guests: [None; WIDTH],
            q: zero,
            v: zero,
            f: zero,
            coefficients: [zero; MOST],
            size: [zero; CHUNK],
        };
        for seat in 0..WIDTH {
            seats.seat(seat);
        }
        seats
    }

    /// Gives a seat to the next cell, or leaves it empty.
    fn seat(&mut self, seat: usize) {
        self.guests[seat] = (self.next < self.fates.len()).then_some(Guest { cell: self.next, since: self.clock });
        let mut own = self.usual;
        if self.guests[seat].is_some() {
            let [column, row] = self.place;
            (self.set)(column, row, &mut own);
            self.next += 1;
            self.place = if column + 1 < self.columns { [column + 1, row] } else { [0, row + 1] };
        }
        [self.q[seat], self.v[seat]] = self.start;
        self.f[seat] = -self.start[0];
        for (all, own) in self.coefficients.iter_mut().zip(own).take(self.used) {
            all[seat] = own;
        }
    }

    /// Looks at one seat after a chunk: has its cell ended, the next one sits down.
    fn look(&mut self, seat: usize) {
        let Some(Guest { cell, since }) = self.guests[seat] else { return };
        let Bounds { low, high, most } = self.bounds;
        let made = (self.clock - since) * CHUNK as u32;
        for (k, sizes) in self.size.iter().enumerate() {
            let (size, step) = (sizes[seat], made + k as u32 + 1);
            let ending = match size {
                _ if size < low => Ending::Settled,
                _ if !(size <= high) => Ending::Escaped,
                _ if step >= most => Ending::Undecided,
                _ => continue,
            };
            self.fates[cell] = Fate { ending, step };
            // The next one makes its first step in the chunk that follows.
            self.seat_later(seat);
            return;
        }
    }

    /// As [`Seats::seat`], for a guest that joins with the next chunk.
    fn seat_later(&mut self, seat: usize) {
        self.clock += 1;
        self.seat(seat);
        self.clock -= 1;
    }

    /// Looks at all who have made their steps with this chunk.
    fn see_off(&mut self) {
        let whole = chunks(self.bounds.most);
        for seat in 0..WIDTH {
            if self.guests[seat].is_some_and(|guest| guest.since + whole <= self.clock + 1) {
                self.look(seat);
            }
        }
        self.ripe = self.guests.iter().flatten().map(|guest| guest.since + whole).min().unwrap_or(u32::MAX);
    }
}

/// Chunks that hold this many steps.
fn chunks(steps: u32) -> u32 {
    steps.div_ceil(CHUNK as u32)
}

/// Cells that are stepped to their end by one word.
struct Watched<'a, W, S>(std::marker::PhantomData<W>, Seats<'a, S>);

impl<W: Word, S: Fn(usize, usize, &mut Coefficients)> Work for Watched<'_, W, S> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes, F: Floats>(self) {
        let mut seats = self.1;
        while seats.guests.iter().any(Option::is_some) {
            let mut first = 0;
            while first < WIDTH {
                let mut suspects = chunk::<L, W, S>(&mut seats, first);
                while suspects != 0 {
                    seats.look(first + suspects.trailing_zeros() as usize);
                    suspects &= suspects - 1;
                }
                first += SIDE_BY_SIDE * L::COUNT;
            }
            if seats.clock + 1 >= seats.ripe {
                seats.see_off();
            }
            seats.clock += 1;
        }
    }
}

/// Makes the steps of a chunk for the seats from `first` on; which of them may have ended in it.
#[inline(always)]
fn chunk<L: Lanes, W: Word, S>(seats: &mut Seats<'_, S>, first: usize) -> u32 {
    let mut cells = [Cell::<L, 1>::origin(); SIDE_BY_SIDE];
    let mut coefficients = [[L::splat(0.0); MOST]; SIDE_BY_SIDE];
    for u in 0..SIDE_BY_SIDE {
        let load = |array: &[f64; WIDTH]| L::load(array, first + u * L::COUNT);
        cells[u] = Cell { q: [load(&seats.q)], v: [load(&seats.v)], f: [load(&seats.f)] };
        for (own, all) in coefficients[u].iter_mut().zip(&seats.coefficients) {
            *own = load(all);
        }
    }
    let mut least = [L::splat(f64::INFINITY); SIDE_BY_SIDE];
    let mut sum = [L::splat(0.0); SIDE_BY_SIDE];
    for sizes in &mut seats.size {
        for u in 0..SIDE_BY_SIDE {
            let cell = &mut cells[u];
            W::step(&Bowl, &coefficients[u], &[[L::splat(0.0); 1]; DRAWS], cell);
            let size = cell.v[0].mul_add(cell.v[0], cell.q[0] * cell.q[0]);
            size.store(sizes, first + u * L::COUNT);
            least[u] = least[u].min(size);
            // No size can be above the bound while their sum is below it.
            sum[u] = sum[u] + size;
        }
    }
    let (low, high, mut suspects) = (seats.bounds.low, seats.bounds.high, 0);
    for u in 0..SIDE_BY_SIDE {
        let at = first + u * L::COUNT;
        cells[u].q[0].store(&mut seats.q, at);
        cells[u].v[0].store(&mut seats.v, at);
        if W::CARRIES_FORCE {
            cells[u].f[0].store(&mut seats.f, at);
        }
        let fine = (-least[u]).within(-low) & sum[u].within(high);
        suspects |= (!fine & ((1 << L::COUNT) - 1)) << (u * L::COUNT);
    }
    suspects
}
