//! The Kalman filter of a run that is driven by noise and recorded with errors.

use super::likelihood::Rows;

/// Two by two, row by row.
pub type Matrix = [[f64; 2]; 2];

pub fn times(a: &Matrix, b: &Matrix) -> Matrix {
    let cell = |i: usize, j: usize| a[i][0] * b[0][j] + a[i][1] * b[1][j];
    [[cell(0, 0), cell(0, 1)], [cell(1, 0), cell(1, 1)]]
}

pub fn turned(a: &Matrix) -> Matrix {
    [[a[0][0], a[1][0]], [a[0][1], a[1][1]]]
}

/// From row to row: the power of the one-step map, the covariance of the pushes in between, and where a constant
/// push of 1 leads.
pub fn between(one: &Matrix, every: u32, push: f64) -> (Matrix, Matrix, [f64; 2]) {
    let (mut map, mut noise, mut drift): (Matrix, Matrix, [f64; 2]) =
        ([[1.0, 0.0], [0.0, 1.0]], [[0.0; 2]; 2], [0.0; 2]);
    for _ in 0..every {
        let carried = times(&times(one, &noise), &turned(one));
        noise = [[carried[0][0] + push, carried[0][1]], carried[1]];
        drift = [one[0][0] * drift[0] + one[0][1] * drift[1] + 1.0, one[1][0] * drift[0] + one[1][1] * drift[1]];
        map = times(one, &map);
    }
    (map, noise, drift)
}

/// A change of the filter's gain from row to row that counts as none.
const SETTLED: f64 = 1e-13;

/// The filter between two rows: what it expects of the deviation of the run from any run without pushes. It is linear,
/// so the same filter goes over the log and over every column that is to explain it.
struct Filter {
    map: Matrix,
    noise: Matrix,
    drift: [f64; 2],
    /// Covariance of the state before the row.
    p: Matrix,
    gain: [f64; 2],
    /// Expected spread of what is new.
    spread: f64,
    /// Whether gain and spread will not change any more.
    settled: bool,
}

impl Filter {
    /// Of poles with `sum` and `product` per step; the first row deviates by a push of the share `first`.
    fn new([sum, product]: [f64; 2], every: u32, share: f64, first: f64) -> Filter {
        let (map, noise, drift) = between(&[[sum, -product], [1.0, 0.0]], every, share);
        let p = [[first, 0.0], [0.0, 0.0]];
        Filter { map, noise, drift, p, gain: [0.0; 2], spread: 1.0, settled: false }
    }

    /// Weighs a row that shows `slope` times the deviation with an error of variance `error`; `steady` if all rows are
    /// alike and none is missing.
    fn weigh(&mut self, [slope, error]: [f64; 2], steady: bool) {
        if self.settled {
            return;
        }
        let f = slope * slope * self.p[0][0] + error;
        let gain = [slope * self.p[0][0] / f, slope * self.p[1][0] / f];
        self.settled = steady && (0..2).all(|i| (gain[i] - self.gain[i]).abs() < SETTLED);
        (self.gain, self.spread) = (gain, f.sqrt());
        let row = self.p[0];
        for (p, gain) in self.p.iter_mut().zip(gain) {
            *p = [p[0] - slope * gain * row[0], p[1] - slope * gain * row[1]];
        }
    }

    /// What the row `y` of a column brings beyond `slope` times its state, over the expected spread.
    fn see(&self, state: &mut [f64; 2], y: f64, slope: f64) -> f64 {
        let rest = y - slope * state[0];
        *state = [state[0] + self.gain[0] * rest, state[1] + self.gain[1] * rest];
        rest / self.spread
    }

    /// Takes the state of a column to the next row.
    fn carry(&self, state: &mut [f64; 2]) {
        *state = [0, 1].map(|i| self.map[i][0] * state[0] + self.map[i][1] * state[1]);
    }

    /// Goes on to the next row.
    fn go_on(&mut self) {
        if !self.settled {
            let carried = times(&times(&self.map, &self.p), &turned(&self.map));
            let sum = |i: usize| [carried[i][0] + self.noise[i][0], carried[i][1] + self.noise[i][1]];
            self.p = [sum(0), sum(1)];
        }
    }
}

/// What every row that is there brings, over its expected spread: to the log, to a start of 1, to a kick and to a
/// push; and these spreads. `poles`: sum and product of the poles per step; `share`: that of the driving noise.
pub fn innovations(log: Rows<'_>, poles: [f64; 2], share: f64) -> [Vec<f64>; 5] {
    // A start that is not known is a parameter; its own push makes the first row count like any other.
    let mut filter = Filter::new(poles, log.every, share, share);
    let steady = log.values.iter().all(|y| !y.is_nan());
    // The state of the log, and less what a start of 1, a kick of 1 and a constant push of 1 would lead to.
    let mut states = [[0.0, 0.0], [-1.0, -1.0], [0.0, 1.0], [0.0, 0.0]];
    let mut out: [Vec<f64>; 5] = std::array::from_fn(|_| Vec::with_capacity(log.values.len()));
    for y in log.values {
        if !y.is_nan() {
            filter.weigh([1.0, 1.0 - share], steady);
            let rows = [*y, 0.0, 0.0, 0.0];
            for ((state, y), column) in states.iter_mut().zip(rows).zip(&mut out) {
                column.push(filter.see(state, y, 1.0));
            }
            out[4].push(filter.spread);
        }
        states.iter_mut().for_each(|state| filter.carry(state));
        (0..2).for_each(|i| states[3][i] -= filter.drift[i]);
        filter.go_on();
    }
    out
}

/// Variance of the deviation at every row, of pushes of variance 1 since the first.
pub fn deviations(count: usize, poles: [f64; 2], every: u32) -> Vec<f64> {
    let mut filter = Filter::new(poles, every, 1.0, 0.0);
    let next = |_| {
        let variance = filter.p[0][0];
        filter.go_on();
        variance
    };
    (0..count).map(next).collect()
}
