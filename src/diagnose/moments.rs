//! The filter of a loss: pushes drive a run, and a row shows the square of where it is.
//!
//! The loss is y = c + x² + e. Of x normal with mean m and variance P a row has the mean c + m² + P, the variance
//! 4m²P + 2P² + r and the covariance 2mP with the run. The filter takes a row for normal with these moments (the second-order
//! filter of Jazwinski 1970): exact as long as pushes are small, and cautious where they are not, because P² counts
//! as an error. Where m passes 0 a row tells nothing of the run.

use super::filter::{Matrix, between, times, turned};

/// Where a run starts, and the loss at rest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Origin {
    /// The run at the first row and one step before it.
    pub run: [f64; 2],
    /// The loss without any deviation.
    pub level: f64,
}

impl Origin {
    /// The origin moved along all it is made of.
    pub fn moved(&self, by: &[f64]) -> Origin {
        let of = |i: usize| by.get(i).copied().unwrap_or(0.0);
        Origin { run: [self.run[0] + of(0), self.run[1] + of(1)], level: self.level + of(2) }
    }
}

/// How a run goes on: the sum and the product of its poles per step, the steps between two rows, and the variances of
/// the push of a step and of the error of a row.
#[derive(Clone, Copy, Debug)]
pub struct Course {
    /// Sum and product of the poles.
    pub poles: [f64; 2],
    /// Steps from row to row.
    pub every: u32,
    /// Variance of a push.
    pub push: f64,
    /// Variance of an error.
    pub error: f64,
}

/// What a filter finds new in the rows that are there.
#[derive(Debug)]
pub struct News {
    /// The rise of what is expected with either number of the start and with the level, over its spread.
    pub columns: [Vec<f64>; 3],
    /// What is new, over its spread.
    pub rest: Vec<f64>,
    /// The expected spread.
    pub spread: Vec<f64>,
}

/// Follows a log from an origin.
pub fn follow(values: &[f64], course: &Course, origin: &Origin) -> News {
    let [sum, product] = course.poles;
    let (map, noise, _) = between(&[[sum, -product], [1.0, 0.0]], course.every, course.push);
    let room = || Vec::with_capacity(values.len());
    let mut news = News { columns: [room(), room(), room()], rest: room(), spread: room() };
    let (mut m, mut p): ([f64; 2], Matrix) = (origin.run, [[0.0; 2]; 2]);
    let mut slopes: [[f64; 2]; 3] = [[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]];
    for y in values {
        if !y.is_nan() {
            let (slope, second) = (2.0 * m[0], 2.0 * p[0][0] * p[0][0]);
            let variance = slope * slope * p[0][0] + second + course.error;
            let (spread, gain) = (variance.sqrt(), [slope * p[0][0] / variance, slope * p[1][0] / variance]);
            let rest = y - origin.level - m[0] * m[0] - p[0][0];
            for (k, (state, column)) in slopes.iter_mut().zip(&mut news.columns).enumerate() {
                let rise = slope * state[0] + if k == 2 { 1.0 } else { 0.0 };
                column.push(rise / spread);
                *state = [state[0] - gain[0] * rise, state[1] - gain[1] * rise];
            }
            news.rest.push(rest / spread);
            news.spread.push(spread);
            m = [m[0] + gain[0] * rest, m[1] + gain[1] * rest];
            let row = p[0];
            for (p, gain) in p.iter_mut().zip(gain) {
                *p = [p[0] - slope * gain * row[0], p[1] - slope * gain * row[1]];
            }
        }
        m = carried(&map, m);
        slopes = slopes.map(|state| carried(&map, state));
        let moved = times(&times(&map, &p), &turned(&map));
        p = [0, 1].map(|i| [moved[i][0] + noise[i][0], moved[i][1] + noise[i][1]]);
    }
    news
}

fn carried(map: &Matrix, state: [f64; 2]) -> [f64; 2] {
    [0, 1].map(|i| map[i][0] * state[0] + map[i][1] * state[1])
}
