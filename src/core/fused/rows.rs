//! One run of a linear regression whose batches come again and again: many steps without leaving the registers.
//!
//! Rows lie across the lanes while their misses are made, parameters while the misses pull at them, so that
//! nothing has to be summed up across a register. The order of every sum is that of
//! [`LinearRegression`](super::super::models::LinearRegression), and so are the bits.

use super::super::State;
use super::super::lanes::{Floats, Lanes, Work, only_wide};
use super::super::models::CHAINS;
use super::words::{Cell, DRAWS, Force, Letter, Task, Word, with_word};
use super::{CAUTION, Call, tick};

/// Parameters at most: those of one wide register.
pub(in super::super) const PARAMETERS: usize = 8;

/// Rows of a batch at most.
pub(in super::super) const ROWS: usize = 64;

/// Steps between two looks at the size of the state.
const SEGMENT: u64 = 128;

/// Features and rows of a batch that are unrolled: those of the airfoil data and of the article.
const USUAL: [usize; 2] = [5, 10];

/// Batches of equal size, ready to be worked on.
#[derive(Clone, Debug)]
pub(in super::super) struct PackedRows {
    width: usize,
    size: usize,
    batches: usize,
    /// Of every batch `−y` and then the features, each for all its rows.
    columns: Vec<f64>,
    /// Of every row `−x̃` over the number of rows in a batch.
    pulls: Vec<f64>,
}

impl PackedRows {
    /// Rows (features, target) in the order in which they come, `size` to a batch; `None` if they do not fit.
    pub fn new(width: usize, size: usize, rows: &[(&[f64], f64)]) -> Option<PackedRows> {
        let fits =
            width < PARAMETERS && (1..=ROWS).contains(&size) && !rows.is_empty() && rows.len().is_multiple_of(size);
        if !fits || rows.iter().any(|(x, _)| x.len() != width) {
            return None;
        }
        let (mut columns, mut pulls) = (Vec::new(), Vec::new());
        let share = -1.0 / size as f64;
        for batch in rows.chunks(size) {
            columns.extend(batch.iter().map(|(_, y)| -y));
            for j in 0..width {
                columns.extend(batch.iter().map(|(x, _)| x[j]));
            }
            pulls.extend(batch.iter().flat_map(|(x, _)| x.iter().copied().chain([1.0])).map(|x| share * x));
        }
        // A register that begins in the last place reaches beyond it.
        columns.extend([0.0; PARAMETERS]);
        pulls.extend([0.0; PARAMETERS]);
        Some(PackedRows { width, size, batches: rows.len() / size, columns, pulls })
    }
}

impl Call<'_> {
    /// Makes the steps of one particle over these batches, one after the other, if the method is a known word
    /// without noise that counts iterations.
    pub(in super::super) fn with_rows(&mut self, rows: &PackedRows) {
        let state = &self.state;
        let fits = state.n() == 1 && state.dim() == rows.width + 1 && self.record.is_none();
        let counts = self.dt == 1.0 && state.t == state.t.trunc() && (0.0..2f64.powi(50)).contains(&state.t);
        let program = self.program;
        if !fits || !counts || program.letters.contains(&Some(Letter::RungeKutta)) {
            return;
        }
        self.made = program.with_letters(|letters| with_word(letters, Run { call: self, rows })).unwrap_or(0);
        self.state.stats.evaluations += program.evaluations * self.made;
    }
}

struct Run<'a, 'b> {
    call: &'a mut Call<'b>,
    rows: &'a PackedRows,
}

impl Task for Run<'_, '_> {
    type Output = u64;

    fn run<W: Word>(self, _: W) -> u64 {
        if W::IS_NOISY {
            return 0;
        }
        let word = std::marker::PhantomData::<W>;
        let made = if [self.rows.width, self.rows.size] == USUAL {
            only_wide(Steps::<W, { USUAL[0] }, { USUAL[1] }> { word, run: self })
        } else {
            only_wide(Steps::<W, 0, 0> { word, run: self })
        };
        made.unwrap_or(0)
    }
}

/// All steps by one word; `WIDTH` features and `SIZE` rows to a batch, or any number of them if both are 0.
struct Steps<'a, 'b, W, const WIDTH: usize, const SIZE: usize> {
    word: std::marker::PhantomData<W>,
    run: Run<'a, 'b>,
}

impl<W: Word, const WIDTH: usize, const SIZE: usize> Work for Steps<'_, '_, W, WIDTH, SIZE> {
    type Output = u64;

    #[inline(always)]
    fn run<L: Lanes, F: Floats>(self) -> u64 {
        if L::COUNT == 8 {
            self.steps::<L, 1>()
        } else if L::COUNT == 4 {
            self.steps::<L, 2>()
        } else {
            self.steps::<f64, PARAMETERS>()
        }
    }
}

impl<W: Word, const WIDTH: usize, const SIZE: usize> Steps<'_, '_, W, WIDTH, SIZE> {
    /// Parameters lie in `K` registers.
    #[inline(always)]
    fn steps<L: Lanes, const K: usize>(self) -> u64 {
        let Run { call, rows } = self.run;
        let coefficients = call.program.coefficients.map(L::splat);
        let (width, size) = if SIZE > 0 { (WIDTH, SIZE) } else { (rows.width, rows.size) };
        let length = (width + 1) * size;
        let mut cell = taken::<L, K>(call.state);
        let (mut batch, mut made) = (call.state.t as u64 as usize % rows.batches, 0);
        while made < call.steps {
            let steps = (call.steps - made).min(SEGMENT);
            let before = cell;
            for _ in 0..steps {
                let now = Batch::<WIDTH, SIZE> {
                    width,
                    size,
                    columns: &rows.columns[batch * length..][..length + PARAMETERS],
                    pulls: &rows.pulls[batch * length..][..length + PARAMETERS],
                };
                W::step(&now, &coefficients, &[[L::splat(0.0); K]; DRAWS], &mut cell);
                batch = if batch + 1 == rows.batches { 0 } else { batch + 1 };
            }
            if !cell.is_within(CAUTION) {
                cell = before;
                break;
            }
            tick(call.state, call.dt, steps);
            made += steps;
        }
        put(&cell, call.state);
        made
    }
}

/// The batch a step sees.
#[derive(Clone, Copy)]
struct Batch<'a, const WIDTH: usize, const SIZE: usize> {
    width: usize,
    size: usize,
    columns: &'a [f64],
    pulls: &'a [f64],
}

impl<L: Lanes, const K: usize, const WIDTH: usize, const SIZE: usize> Force<L, K> for Batch<'_, WIDTH, SIZE> {
    #[inline(always)]
    fn at(&self, q: [L; K]) -> [L; K] {
        let (width, size) = if SIZE > 0 { (WIDTH, SIZE) } else { (self.width, self.size) };
        let mut w = [0.0; PARAMETERS];
        for (k, q) in q.iter().enumerate() {
            q.store(&mut w, k * L::COUNT);
        }
        let mut misses = [0.0; ROWS + PARAMETERS];
        let mut row = 0;
        while row < size {
            let column = |j: usize| L::load(self.columns, j * size + row);
            let (mut even, mut odd) = (column(0), L::splat(w[width % PARAMETERS]));
            for (j, w) in w.iter().enumerate().take(width) {
                if j % 2 == 0 {
                    even = L::splat(*w).mul_add(column(j + 1), even);
                } else {
                    odd = L::splat(*w).mul_add(column(j + 1), odd);
                }
            }
            (even + odd).store(&mut misses, row);
            row += L::COUNT;
        }
        let mut chains = [[L::splat(0.0); K]; CHAINS];
        for (row, miss) in misses.iter().enumerate().take(size) {
            for (k, sum) in chains[row % CHAINS].iter_mut().enumerate() {
                *sum = L::splat(*miss).mul_add(L::load(self.pulls, row * (width + 1) + k * L::COUNT), *sum);
            }
        }
        let [a, b, c, d] = chains;
        std::array::from_fn(|k| (a[k] + b[k]) + (c[k] + d[k]))
    }
}

/// The one particle of a state, its coordinates across the lanes. Lanes without a coordinate are driven by
/// the misses as the others are, and pull at nothing.
fn taken<L: Lanes, const K: usize>(state: &State) -> Cell<L, K> {
    let from = |array: &[f64]| {
        let mut all = [0.0; PARAMETERS];
        all.iter_mut().zip(array).for_each(|(to, x)| *to = *x);
        std::array::from_fn(|k| L::load(&all, k * L::COUNT))
    };
    Cell { q: from(&state.q), v: from(&state.v), f: from(&state.f) }
}

/// Puts it back.
fn put<L: Lanes, const K: usize>(cell: &Cell<L, K>, state: &mut State) {
    let to = |array: &mut [f64], from: &[L; K]| {
        let mut all = [0.0; PARAMETERS];
        from.iter().enumerate().for_each(|(k, lanes)| lanes.store(&mut all, k * L::COUNT));
        array.iter_mut().zip(all).for_each(|(to, x)| *to = x);
    };
    to(&mut state.q, &cell.q);
    to(&mut state.v, &cell.v);
    to(&mut state.f, &cell.f);
}
