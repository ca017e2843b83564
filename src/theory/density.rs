//! Boltzmann's density `e^(-U/T)/Z` by quadrature, over a line and over a plane.
//!
//! The trapezoidal rule on evenly spaced nodes converges faster than any power of the spacing for a
//! smooth density that vanishes at both ends, so a few thousand nodes give its moments to rounding.

/// Nodes over a line.
const LINE: usize = 4001;
/// Nodes along each side of a plane.
const PLANE: usize = 201;
/// The exponent `(U - min U)/T` beyond which nothing counts.
const NOTHING: f64 = 45.0;
/// How often a range is doubled to hold all of a density.
const DOUBLED: usize = 12;

/// A normalised density over evenly spaced nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct LineDensity {
    x: Vec<f64>,
    p: Vec<f64>,
    /// Integral from the first node to each one.
    below: Vec<f64>,
}

impl LineDensity {
    /// The density of `potential` (E) at `temperature` (E); `near` is a range that holds a minimum.
    ///
    /// The potential is asked for all nodes at once. `None` without a positive temperature, or where the
    /// integral is not finite as far as can be seen.
    ///
    /// ```
    /// use impetus::theory::density::LineDensity;
    /// let well = |x: &[f64]| x.iter().map(|x| (x * x - 1.0) * (x * x - 1.0)).collect();
    /// let density = LineDensity::new([-2.0, 2.0], 0.5, well).unwrap();
    /// assert!((density.mean_of(|x| x * x) - 0.852136).abs() < 1e-6);
    /// ```
    pub fn new(near: [f64; 2], temperature: f64, potential: impl Fn(&[f64]) -> Vec<f64>) -> Option<Self> {
        if !(temperature > 0.0) {
            return None;
        }
        let depths = |ends: [f64; 2]| {
            let x = nodes(ends, LINE);
            depth(&potential(&x), temperature).map(|depth| (x, depth))
        };
        let mut ends = near;
        for _ in 0..DOUBLED {
            let (x, depth) = depths(ends)?;
            let outside = |k: Option<&f64>| k.is_none_or(|d| !(*d < NOTHING));
            if outside(depth.first()) && outside(depth.last()) {
                let step = (ends[1] - ends[0]) / (LINE - 1) as f64;
                let inside = || x.iter().zip(&depth).filter(|(_, d)| **d < NOTHING).map(|(x, _)| *x);
                let [low, high] = extent(inside());
                let (x, depth) = depths([low - step, high + step])?;
                return LineDensity::of(x, depth.into_iter().map(weight).collect());
            }
            ends = doubled(ends);
        }
        None
    }

    /// Normalises weights over evenly spaced nodes.
    fn of(x: Vec<f64>, mut p: Vec<f64>) -> Option<Self> {
        let step = (x.last()? - x.first()?) / (x.len().checked_sub(1)?) as f64;
        let whole = p.iter().sum::<f64>() * step;
        if !(whole > 0.0 && whole.is_finite()) {
            return None;
        }
        p.iter_mut().for_each(|p| *p /= whole);
        let mut sum = 0.0;
        let trapezia = p.windows(2).map(|w| 0.5 * step * (w[0] + w[1]));
        let below = std::iter::once(0.0)
            .chain(trapezia.map(|area| {
                sum += area;
                sum
            }))
            .collect();
        Some(LineDensity { x, p, below })
    }

    /// The nodes, rising.
    pub fn nodes(&self) -> &[f64] {
        &self.x
    }

    /// The density at the nodes (1 over the unit of x).
    pub fn values(&self) -> &[f64] {
        &self.p
    }

    /// The mean of a function.
    pub fn mean_of(&self, f: impl Fn(f64) -> f64) -> f64 {
        let seen = self.x.iter().zip(&self.p).filter(|(_, p)| **p > 0.0);
        seen.map(|(x, p)| f(*x) * p).sum::<f64>() / self.p.iter().sum::<f64>()
    }

    /// Mean and variance.
    pub fn moments(&self) -> [f64; 2] {
        let mean = self.mean_of(|x| x);
        [mean, self.mean_of(|x| (x - mean) * (x - mean))]
    }

    /// The share of the density below `x` (1), the density being linear between nodes.
    pub fn below(&self, x: f64) -> f64 {
        let (Some(first), Some(last)) = (self.x.first(), self.x.last()) else { return f64::NAN };
        let place = (x - first) / (last - first) * (self.x.len() - 1) as f64;
        if !(place > 0.0) {
            return if place.is_nan() { f64::NAN } else { 0.0 };
        }
        if place >= (self.x.len() - 1) as f64 {
            return 1.0;
        }
        let (low, part) = (place as usize, place.fract());
        let Some([start, end]) = self.p.get(low..=low + 1).and_then(|p| p.first_chunk::<2>()) else { return 1.0 };
        let step = (last - first) / (self.x.len() - 1) as f64;
        let within = step * part * (start + 0.5 * part * (end - start));
        (self.below.get(low).copied().unwrap_or(1.0) + within).min(1.0)
    }
}

/// A normalised density over an evenly spaced grid of nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaneDensity {
    /// First and last node along x and along y.
    pub window: [[f64; 2]; 2],
    /// Density at the nodes, row by row from the lowest y (1 over the unit of area).
    pub values: Vec<f64>,
}

impl PlaneDensity {
    /// Nodes along each side.
    pub const SIDE: usize = PLANE;

    /// The density of `potential` (E) at `temperature` (E); `near` holds a minimum.
    ///
    /// The potential is asked for the x and the y of all nodes at once. `None` as for a line.
    pub fn new(near: [[f64; 2]; 2], temperature: f64, potential: impl Fn(&[f64], &[f64]) -> Vec<f64>) -> Option<Self> {
        if !(temperature > 0.0) {
            return None;
        }
        let depths = |[x, y]: [[f64; 2]; 2]| {
            let (x, y) = (nodes(x, PLANE), nodes(y, PLANE));
            let all = |pick: &dyn Fn(usize) -> f64| (0..PLANE * PLANE).map(pick).collect::<Vec<_>>();
            depth(&potential(&all(&|i| x[i % PLANE]), &all(&|i| y[i / PLANE])), temperature)
        };
        let mut window = near;
        for _ in 0..DOUBLED {
            let depth = depths(window)?;
            let inside = || (0..PLANE * PLANE).filter(|i| depth.get(*i).is_some_and(|d| *d < 0.5 * NOTHING));
            let edge = |i: usize| i == 0 || i == PLANE - 1;
            if !inside().any(|i| edge(i % PLANE) || edge(i / PLANE)) {
                let place = |[low, high]: [f64; 2], i: f64| low + (high - low) * i / (PLANE - 1) as f64;
                let [left, right] = extent(inside().map(|i| (i % PLANE) as f64));
                let [low, high] = extent(inside().map(|i| (i / PLANE) as f64));
                let [x, y] = window;
                let closer =
                    [[place(x, left - 1.0), place(x, right + 1.0)], [place(y, low - 1.0), place(y, high + 1.0)]];
                return PlaneDensity::of(closer, depths(closer)?.into_iter().map(weight).collect());
            }
            window = window.map(doubled);
        }
        None
    }

    fn of(window: [[f64; 2]; 2], mut values: Vec<f64>) -> Option<Self> {
        let cell: f64 = window.iter().map(|[low, high]| (high - low) / (PLANE - 1) as f64).product();
        let whole = values.iter().sum::<f64>() * cell;
        values.iter_mut().for_each(|p| *p /= whole);
        (whole > 0.0 && whole.is_finite()).then_some(PlaneDensity { window, values })
    }

    /// The density of one coordinate, 0 for x and 1 for y.
    pub fn marginal(&self, coordinate: usize) -> Option<LineDensity> {
        let mut sums = vec![0.0; PLANE];
        for (i, p) in self.values.iter().enumerate() {
            sums[if coordinate == 0 { i % PLANE } else { i / PLANE }] += p;
        }
        LineDensity::of(nodes(self.window[coordinate.min(1)], PLANE), sums)
    }

    /// The mean of a function of x and y.
    pub fn mean_of(&self, f: impl Fn(f64, f64) -> f64) -> f64 {
        let [x, y] = self.window.map(|ends| nodes(ends, PLANE));
        let seen = self.values.iter().enumerate().filter(|(_, p)| **p > 0.0);
        seen.map(|(i, p)| f(x[i % PLANE], y[i / PLANE]) * p).sum::<f64>() / self.values.iter().sum::<f64>()
    }
}

fn nodes([low, high]: [f64; 2], n: usize) -> Vec<f64> {
    (0..n).map(|i| low + (high - low) * i as f64 / (n - 1) as f64).collect()
}

fn doubled([low, high]: [f64; 2]) -> [f64; 2] {
    let (centre, half) = (0.5 * (low + high), high - low);
    [centre - half, centre + half]
}

fn extent(values: impl Iterator<Item = f64>) -> [f64; 2] {
    values.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], x| [low.min(x), high.max(x)])
}

/// `(U - min U)/T`; `None` where no value is finite.
fn depth(potential: &[f64], temperature: f64) -> Option<Vec<f64>> {
    let lowest = potential.iter().copied().filter(|u| !u.is_nan()).fold(f64::INFINITY, f64::min);
    lowest.is_finite().then(|| potential.iter().map(|u| (u - lowest) / temperature).collect())
}

fn weight(depth: f64) -> f64 {
    if depth.is_nan() { 0.0 } else { (-depth).exp() }
}
