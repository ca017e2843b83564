//! What a run leaves behind: one column of numbers per probe.

use super::methods::Books;
use super::{At, Field, Gauge, Interest, Moments, Observe, State};

/// A number read from a state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Probe {
    /// Steps made.
    Step,
    /// Time in the lane's clock.
    Time,
    /// Coordinate `i` of the first particle.
    Position(usize),
    /// Velocity along coordinate `i` of the first particle.
    Velocity(usize),
    /// Potential of the first particle (NaN if the field has none).
    Potential,
    /// Mean of coordinate `i` over the particles.
    MeanPosition(usize),
    /// Standard deviation of coordinate `i` over the particles.
    SpreadPosition(usize),
    /// Variance of the velocity along coordinate `i` over the particles.
    VarianceVelocity(usize),
    /// What the method remembers of coordinate `i` of the first particle in its scratch array `slot`
    /// ([`State::slots`]), such as Adam's second moment; NaN if there is none.
    Remembered(usize, usize),
    /// Mean over the particles of one of the sums a step keeps ([`Books`]).
    MeanBooked(usize),
    /// Standard deviation over the particles of one of the sums a step keeps ([`Books`]).
    SpreadBooked(usize),
    /// What the field measures of the first particle ([`Field::measure`]).
    Measured(usize),
    /// A mean over all particles and coordinates.
    Mean(Gauge),
    /// The potential that so many thousandths of the particles have at most, between two of them by their
    /// distance.
    Quantile(u16),
}

impl Probe {
    /// Its name in tables; coordinates count from 1.
    pub fn name(self) -> String {
        match self {
            Probe::Step => "step".into(),
            Probe::Time => "t".into(),
            Probe::Position(i) => format!("q{}", i + 1),
            Probe::Velocity(i) => format!("v{}", i + 1),
            Probe::Potential => "U".into(),
            Probe::MeanPosition(i) => format!("mean q{}", i + 1),
            Probe::SpreadPosition(i) => format!("sd q{}", i + 1),
            Probe::VarianceVelocity(i) => format!("var v{}", i + 1),
            Probe::Remembered(slot, i) => format!("s{} q{}", slot + 1, i + 1),
            Probe::MeanBooked(slot) => format!("mean {}", booked(slot)),
            Probe::SpreadBooked(slot) => format!("sd {}", booked(slot)),
            Probe::Measured(which) => format!("measured {}", which + 1),
            Probe::Mean(gauge) => format!("mean {}", gauge.name()),
            Probe::Quantile(thousandths) => format!("U {}%", f64::from(thousandths) / 10.0),
        }
    }
}

/// The symbol of a sum a step keeps.
fn booked(slot: usize) -> &'static str {
    if slot == Books::AREA { "A" } else { "S" }
}

/// The columns recorded so far; row 0 is the start.
#[derive(Debug)]
pub struct Trace {
    probes: Vec<Probe>,
    /// As long as there is room for rows; what lies behind the last row means nothing.
    columns: Vec<Vec<f64>>,
    rows: usize,
    /// Room for forces and potentials.
    scratch: Vec<f64>,
}

impl Trace {
    /// An empty trace of `probes` with room for `rows`.
    pub fn new(probes: &[Probe], rows: usize) -> Self {
        // Zeroed memory costs nothing until it is touched.
        let columns = probes.iter().map(|_| vec![0.0; rows]).collect();
        Trace { probes: probes.to_vec(), columns, rows: 0, scratch: Vec::new() }
    }

    /// A trace that was recorded elsewhere; `None` if the columns are not one of equal length for each of
    /// `probes`.
    pub fn of(probes: &[Probe], columns: Vec<Vec<f64>>) -> Option<Self> {
        let rows = columns.first()?.len();
        let fits = columns.len() == probes.len() && columns.iter().all(|column| column.len() == rows);
        fits.then(|| Trace { probes: probes.to_vec(), columns, rows, scratch: Vec::new() })
    }

    /// Whether the first row is that of `other`, bit for bit.
    pub fn begins(&self, other: &Trace) -> bool {
        let first =
            |trace: &Trace| trace.columns.iter().map(|c| c.first().copied().map(f64::to_bits)).collect::<Vec<_>>();
        self.probes == other.probes && first(self) == first(other)
    }

    /// The column of `probe`; empty if it was not recorded.
    pub fn column(&self, probe: Probe) -> &[f64] {
        let found = self.probes.iter().position(|p| *p == probe);
        found.map_or(&[], |i| &self.columns[i][..self.rows])
    }

    /// The probes, in column order.
    pub fn probes(&self) -> &[Probe] {
        &self.probes
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        if self.probes.is_empty() { 0 } else { self.rows }
    }

    /// Whether nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds the rows of another trace of the same probes.
    pub fn append(&mut self, rows: &Trace) {
        self.reserve(rows.rows);
        for ((_, place), more) in self.blank(rows.rows).zip(&rows.columns) {
            place.copy_from_slice(&more[..rows.rows]);
        }
        self.keep(rows.rows);
    }

    /// Forgets all rows from `rows` on.
    pub fn truncate(&mut self, rows: usize) {
        self.rows = self.rows.min(rows);
    }

    /// Makes room for `more` rows, which are written through [`Trace::blank`].
    pub(super) fn reserve(&mut self, more: usize) {
        let wanted = self.rows + more;
        for column in &mut self.columns {
            if column.len() < wanted {
                let mut longer = vec![0.0; wanted.max(2 * column.len())];
                longer[..self.rows].copy_from_slice(&column[..self.rows]);
                *column = longer;
            }
        }
    }

    /// The next `count` places of every column, for which there is room.
    pub(super) fn blank(&mut self, count: usize) -> impl Iterator<Item = (Probe, &mut [f64])> {
        let rows = self.rows;
        let places = self.columns.iter_mut().map(move |column| &mut column[rows..rows + count]);
        self.probes.iter().copied().zip(places)
    }

    /// Counts `count` rows that were written.
    pub(super) fn keep(&mut self, count: usize) {
        self.rows += count;
    }
}

impl Clone for Trace {
    fn clone(&self) -> Self {
        let columns = self.columns.iter().map(|column| column[..self.rows].to_vec()).collect();
        Trace { probes: self.probes.clone(), columns, rows: self.rows, scratch: Vec::new() }
    }
}

impl PartialEq for Trace {
    fn eq(&self, other: &Self) -> bool {
        self.probes == other.probes && self.probes.iter().all(|probe| self.column(*probe) == other.column(*probe))
    }
}

impl Observe for Trace {
    fn interest(&mut self) -> Interest<'_> {
        Interest::Rows(self)
    }

    fn observe(&mut self, field: &dyn Field, state: &State) {
        self.reserve(1);
        // Taken out, because the places borrow the whole trace.
        let mut scratch = std::mem::take(&mut self.scratch);
        for (probe, place) in self.blank(1) {
            place[0] = read(probe, field, state, &mut scratch);
        }
        self.scratch = scratch;
        self.keep(1);
    }
}

fn read(probe: Probe, field: &dyn Field, s: &State, scratch: &mut Vec<f64>) -> f64 {
    match probe {
        Probe::Step => s.step as f64,
        Probe::Time => s.t,
        Probe::Position(i) => s.coordinate(i)[0],
        Probe::Velocity(i) => s.velocity(i)[0],
        Probe::Potential => first_potential(field, s),
        Probe::MeanPosition(i) => Moments::of(s.coordinate(i)).mean,
        Probe::SpreadPosition(i) => libm::sqrt(Moments::of(s.coordinate(i)).variance()),
        Probe::VarianceVelocity(i) => Moments::of(s.velocity(i)).variance(),
        Probe::Remembered(slot, i) => s.slots.get(slot).and_then(|all| all.get(i * s.n())).copied().unwrap_or(f64::NAN),
        Probe::MeanBooked(slot) => s.slots.get(slot).map_or(f64::NAN, |sums| Moments::of(sums).mean),
        Probe::SpreadBooked(slot) => {
            s.slots.get(slot).map_or(f64::NAN, |sums| libm::sqrt(Moments::of(sums).variance()))
        }
        Probe::Measured(which) => of_first(s, |q, _| field.measure(which, s.t, q)),
        Probe::Mean(gauge) => gauge.read(field, s, scratch),
        Probe::Quantile(thousandths) => quantile(field, s, thousandths, scratch),
    }
}

/// A quantile of the potential over the particles; NaN if one of them has none.
fn quantile(field: &dyn Field, s: &State, thousandths: u16, scratch: &mut Vec<f64>) -> f64 {
    let n = s.n();
    scratch.resize(n.max(scratch.len()), 0.0);
    let all = &mut scratch[..n];
    if !field.potential(At { t: s.t, n, q: &s.q, v: &s.v }, all) || all.iter().any(|u| u.is_nan()) {
        return f64::NAN;
    }
    let place = f64::from(thousandths.min(1000)) / 1000.0 * (n - 1) as f64;
    let (_, low, above) = all.select_nth_unstable_by(place as usize, f64::total_cmp);
    let (low, high) = (*low, above.iter().copied().fold(f64::INFINITY, f64::min));
    if high.is_finite() { low + place.fract() * (high - low) } else { low }
}

/// The first particle's potential, without looking at the others.
fn first_potential(field: &dyn Field, s: &State) -> f64 {
    of_first(s, |q, v| {
        let mut out = [f64::NAN];
        if field.potential(At { t: s.t, n: 1, q, v }, &mut out) { out[0] } else { f64::NAN }
    })
}

/// What `look` says of the position and velocity of the first particle. A particle of many coordinates
/// (a network's weights) can only be looked at where it is alone: copying it would allocate.
fn of_first(s: &State, look: impl FnOnce(&[f64], &[f64]) -> f64) -> f64 {
    const MOST: usize = 16;
    if s.n() == 1 {
        return look(&s.q, &s.v);
    }
    let (mut q, mut v) = ([0.0; MOST], [0.0; MOST]);
    let dim = s.dim();
    if dim > MOST {
        return f64::NAN;
    }
    for i in 0..dim {
        (q[i], v[i]) = (s.coordinate(i)[0], s.velocity(i)[0]);
    }
    look(&q[..dim], &v[..dim])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::fields::Quadratic;

    #[test]
    fn quantiles_of_a_known_cloud() {
        // Potentials ½ q² of q = √2, 2, √6, √8: 1, 2, 3, 4.
        let field = Quadratic::diagonal(&[1.0]);
        let mut state = State::at(&[0.0], &[], 4, 0, 0);
        state.q = [3.0, 1.0, 4.0, 2.0].map(|u: f64| (2.0 * u).sqrt()).to_vec();
        for (thousandths, want) in [(0, 1.0), (250, 1.75), (500, 2.5), (1000, 4.0), (u16::MAX, 4.0)] {
            let got = read(Probe::Quantile(thousandths), &field, &state, &mut Vec::new());
            assert!((got - want).abs() <= 1e-14, "{thousandths}: {got}");
        }
        state.q[2] = f64::NAN;
        assert!(read(Probe::Quantile(500), &field, &state, &mut Vec::new()).is_nan());
    }
}
