//! What the ensemble says: rates with their standard errors, and the current box by box.

use super::setting::Setting;
use crate::core::Probe;
use crate::core::methods::Books;
use crate::scenes::{LaneRun, Lens, Run};

/// Of the distribution of (J/σ)² summed over two components, with 15 degrees of freedom behind σ, the
/// value that 99 % stay below: 2 F(0.99; 2, 15).
const SIGNIFICANT: f64 = 12.72;
/// Standard errors from zero beyond which a rate counts as another number.
const CLEAR: f64 = 3.0;
/// Share of the groups that must have been in a box for their spread to tell an error.
const VISITED: f64 = 0.75;

/// A number per second, with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Mean over the particles.
    pub mean: f64,
    /// Standard error: particles are independent.
    pub error: f64,
}

impl Rate {
    /// Half the width of its 95 % interval.
    pub fn half_width(&self) -> f64 {
        1.96 * self.error
    }

    /// Whether it is more than three standard errors from zero.
    pub fn is_clear(&self) -> bool {
        self.mean.abs() > CLEAR * self.error
    }
}

/// The ensemble's lane.
pub fn lane(run: &Run) -> Option<&LaneRun> {
    run.lane(Lens::Sampler)
}

/// The rate at which a booked sum grows, over the whole run so far.
pub fn rate(run: &Run, slot: usize) -> Option<Rate> {
    let lane = lane(run)?;
    let [mean, spread] = [Probe::MeanBooked(slot), Probe::SpreadBooked(slot)].map(|p| lane.column(p).last().copied());
    let time = lane.column(Probe::Time).last().copied().filter(|t| *t > 0.0)?;
    let freedom = lane.lane.start.n().saturating_sub(1).max(1) as f64;
    let rate = Rate { mean: mean? / time, error: spread? / freedom.sqrt() / time };
    (rate.mean.is_finite() && rate.error > 0.0 && rate.error.is_finite()).then_some(rate)
}

/// The current counted in one box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counted {
    /// Left and right edge.
    pub x: [f64; 2],
    /// Lower and upper edge.
    pub y: [f64; 2],
    /// Net displacement per particle, second and area.
    pub current: [f64; 2],
    /// Standard error of both components, from independent groups of particles; infinite in a box that
    /// few of them have visited.
    pub error: [f64; 2],
}

impl Counted {
    /// Its centre.
    pub fn centre(&self) -> [f64; 2] {
        [0.5 * (self.x[0] + self.x[1]), 0.5 * (self.y[0] + self.y[1])]
    }

    /// Whether no current is refused at the 1 % level.
    pub fn is_significant(&self) -> bool {
        let square = |i: usize| (self.current[i] / self.error[i]).powi(2);
        self.error.iter().all(|e| *e > 0.0) && square(0) + square(1) > SIGNIFICANT
    }
}

/// The current in every box, row by row from the lowest; empty before the first step and after the
/// ensemble has diverged.
pub fn boxes(run: &Run) -> Vec<Counted> {
    let Some(lane) = lane(run) else { return Vec::new() };
    let books = Setting::of(&run.values).books();
    let numbers = run.derived.column(("boxes", 0, 0), || counted(lane, &books));
    let edge = |range: [f64; 2], i: usize| range[0] + (range[1] - range[0]) * i as f64 / books.cells as f64;
    let made = |(i, b): (usize, &[f64])| {
        let (row, column) = (i / books.cells, i % books.cells);
        Counted {
            x: [edge(books.x, column), edge(books.x, column + 1)],
            y: [edge(books.y, row), edge(books.y, row + 1)],
            current: [b[0], b[1]],
            error: [b[2], b[3]],
        }
    };
    numbers.chunks_exact(4).enumerate().map(made).collect()
}

/// Current and standard error of every box, four numbers each.
fn counted(lane: &LaneRun, books: &Books) -> Vec<f64> {
    let state = lane.state_at(lane.done());
    let area = (books.x[1] - books.x[0]) * (books.y[1] - books.y[0]) / (books.cells * books.cells) as f64;
    if !(state.t > 0.0) || lane.diverged_at().is_some() {
        return Vec::new();
    }
    let (n, state) = (state.n(), &state);
    let groups: Vec<(usize, f64)> = (0..Books::GROUPS)
        .map(|g| (g, Books::members(g, n) as f64 * state.t * area))
        .filter(|(_, share)| *share > 0.0)
        .collect();
    let count = groups.len() as f64;
    let cell = |i: usize| {
        let (row, column) = (i / books.cells, i % books.cells);
        let each = |part: usize| groups.iter().map(move |(g, share)| books.net(state, *g, row, column)[part] / share);
        let mean = [0, 1].map(|part| each(part).sum::<f64>() / count);
        let visited = each(0).filter(|j| *j != 0.0).count() as f64 >= VISITED * count;
        let error = [0, 1].map(|part| {
            if !visited {
                return f64::INFINITY;
            }
            let square: f64 = each(part).map(|j| (j - mean[part]).powi(2)).sum();
            (square / (count * (count - 1.0).max(1.0))).sqrt()
        });
        [mean, error].concat()
    };
    (0..books.cells * books.cells).flat_map(cell).collect()
}
