//! What a run leaves behind: one column of numbers per probe.

use super::{At, Field, Gauge, Observe, State};

/// A number read from a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// A mean over all particles and coordinates.
    Mean(Gauge),
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
            Probe::Mean(gauge) => format!("mean {}", gauge.name()),
        }
    }
}

/// The columns recorded so far; row 0 is the start.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    probes: Vec<Probe>,
    columns: Vec<Vec<f64>>,
    /// Room for forces and potentials.
    scratch: Vec<f64>,
}

impl Trace {
    /// An empty trace of `probes` with room for `rows`.
    pub fn new(probes: &[Probe], rows: usize) -> Self {
        let columns = probes.iter().map(|_| Vec::with_capacity(rows)).collect();
        Trace { probes: probes.to_vec(), columns, scratch: Vec::new() }
    }

    /// The column of `probe`; empty if it was not recorded.
    pub fn column(&self, probe: Probe) -> &[f64] {
        let found = self.probes.iter().position(|p| *p == probe);
        found.map_or(&[], |i| &self.columns[i])
    }

    /// The probes, in column order.
    pub fn probes(&self) -> &[Probe] {
        &self.probes
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, Vec::len)
    }

    /// Whether nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets all rows from `rows` on.
    pub fn truncate(&mut self, rows: usize) {
        for column in &mut self.columns {
            column.truncate(rows);
        }
    }
}

impl Observe for Trace {
    fn observe(&mut self, field: &dyn Field, state: &State) {
        for (probe, column) in self.probes.iter().zip(&mut self.columns) {
            column.push(read(*probe, field, state, &mut self.scratch));
        }
    }
}

fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

fn variance(x: &[f64]) -> f64 {
    let m = mean(x);
    x.iter().map(|x| (x - m) * (x - m)).sum::<f64>() / x.len() as f64
}

fn read(probe: Probe, field: &dyn Field, s: &State, scratch: &mut Vec<f64>) -> f64 {
    match probe {
        Probe::Step => s.step as f64,
        Probe::Time => s.t,
        Probe::Position(i) => s.coordinate(i)[0],
        Probe::Velocity(i) => s.velocity(i)[0],
        Probe::Potential => first_potential(field, s),
        Probe::MeanPosition(i) => mean(s.coordinate(i)),
        Probe::SpreadPosition(i) => libm::sqrt(variance(s.coordinate(i))),
        Probe::VarianceVelocity(i) => variance(s.velocity(i)),
        Probe::Mean(gauge) => gauge.read(field, s, scratch),
    }
}

/// The first particle's potential, without looking at the others.
fn first_potential(field: &dyn Field, s: &State) -> f64 {
    const MOST: usize = 16;
    let (mut q, mut v, mut out) = ([0.0; MOST], [0.0; MOST], [f64::NAN]);
    let dim = s.dim().min(MOST);
    for i in 0..dim {
        (q[i], v[i]) = (s.coordinate(i)[0], s.velocity(i)[0]);
    }
    if dim == s.dim() && field.potential(At { t: s.t, n: 1, q: &q[..dim], v: &v[..dim] }, &mut out) {
        out[0]
    } else {
        f64::NAN
    }
}
