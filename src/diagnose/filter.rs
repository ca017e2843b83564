//! The Kalman filter of a run that is driven by noise and recorded with errors.

use super::likelihood::Rows;

/// Two by two, row by row.
type Matrix = [[f64; 2]; 2];

fn times(a: &Matrix, b: &Matrix) -> Matrix {
    let cell = |i: usize, j: usize| a[i][0] * b[0][j] + a[i][1] * b[1][j];
    [[cell(0, 0), cell(0, 1)], [cell(1, 0), cell(1, 1)]]
}

fn turned(a: &Matrix) -> Matrix {
    [[a[0][0], a[1][0]], [a[0][1], a[1][1]]]
}

/// From row to row: the power of the one-step map, the covariance of the pushes in between, and where a constant
/// push of 1 leads.
fn between(one: &Matrix, every: u32, push: f64) -> (Matrix, Matrix, [f64; 2]) {
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

/// The filter between two rows. The first state filters the log; the others what a start of 1, a kick of 1 and a
/// constant push of 1 would add to it, because what is unknown of the run is linear in these.
struct Filter {
    map: Matrix,
    noise: Matrix,
    drift: [f64; 2],
    /// Variance of the error of a row.
    error: f64,
    states: [[f64; 2]; 4],
    /// Covariance of the state before the row.
    p: Matrix,
    gain: [f64; 2],
    /// Expected spread of what is new.
    spread: f64,
    /// Whether gain and spread will not change any more.
    settled: bool,
}

impl Filter {
    fn new([sum, product]: [f64; 2], every: u32, share: f64) -> Filter {
        let (map, noise, drift) = between(&[[sum, -product], [1.0, 0.0]], every, share);
        Filter {
            map,
            noise,
            drift,
            error: 1.0 - share,
            states: [[0.0, 0.0], [1.0, 1.0], [0.0, -1.0], [0.0, 0.0]],
            // A start that is not known is a parameter; its own push makes the first row count like any other.
            p: [[share, 0.0], [0.0, 0.0]],
            gain: [0.0; 2],
            spread: 1.0,
            settled: false,
        }
    }

    /// What row `y` brings to every state, over its expected spread; `whole` if no row is missing.
    fn see(&mut self, y: f64, whole: bool) -> [f64; 4] {
        if !self.settled {
            let f = self.p[0][0] + self.error;
            let gain = [self.p[0][0] / f, self.p[1][0] / f];
            self.settled = whole && (0..2).all(|i| (gain[i] - self.gain[i]).abs() < SETTLED);
            (self.gain, self.spread) = (gain, f.sqrt());
            let row = self.p[0];
            for (p, gain) in self.p.iter_mut().zip(gain) {
                *p = [p[0] - gain * row[0], p[1] - gain * row[1]];
            }
        }
        let mut new = [0.0; 4];
        for (k, (state, new)) in self.states.iter_mut().zip(&mut new).enumerate() {
            let rest = if k == 0 { y - state[0] } else { -state[0] };
            *state = [state[0] + self.gain[0] * rest, state[1] + self.gain[1] * rest];
            *new = if k == 0 { rest } else { -rest } / self.spread;
        }
        new
    }

    /// Goes on to the next row.
    fn go_on(&mut self) {
        let map = self.map;
        for (k, state) in self.states.iter_mut().enumerate() {
            let push = if k == 3 { self.drift } else { [0.0; 2] };
            let moved = |i: usize| map[i][0] * state[0] + map[i][1] * state[1] + push[i];
            *state = [moved(0), moved(1)];
        }
        if !self.settled {
            let carried = times(&times(&map, &self.p), &turned(&map));
            let sum = |i: usize| [carried[i][0] + self.noise[i][0], carried[i][1] + self.noise[i][1]];
            self.p = [sum(0), sum(1)];
        }
    }
}

/// What every row that is there brings, over its expected spread: to the log, to a start of 1, to a kick and to a
/// push; and these spreads. `poles`: sum and product of the poles per step; `share`: that of the driving noise.
pub fn innovations(log: Rows<'_>, poles: [f64; 2], share: f64) -> [Vec<f64>; 5] {
    let mut filter = Filter::new(poles, log.every, share);
    let whole = log.values.iter().all(|y| !y.is_nan());
    let mut out: [Vec<f64>; 5] = std::array::from_fn(|_| Vec::with_capacity(log.values.len()));
    for y in log.values {
        if !y.is_nan() {
            let [a, b, c, d] = filter.see(*y, whole);
            out.iter_mut().zip([a, b, c, d, filter.spread]).for_each(|(column, x)| column.push(x));
        }
        filter.go_on();
    }
    out
}
