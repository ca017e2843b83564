//! The fixed points of a typed world: where they are, and what flows do around them.
//!
//! Newton's method with exact derivatives starts from every node of a grid over the box asked for;
//! what it finds is polished to rounding, told apart and sorted. At rest every velocity is 0, so
//! only positions are searched.

use super::World;
use super::eigen::{eigenvalues, solve};
use super::nature::{Nature, nature};

/// Nodes of the grid along one side, by the number of coordinates from 1.
const GRID: [usize; 4] = [401, 25, 9, 6];
/// Most steps of one search; a flat point is approached by a constant factor each step.
const STEPS: usize = 120;
/// Instructions the whole search may take, so that the longest formula is answered as fast as a picture
/// is drawn; what is not found within them is not named.
const WORK: usize = 8_000_000;
/// Instructions of rates and Jacobian that a search from one node ordinarily takes, in evaluations.
const ORDINARY: usize = 12;
/// Points nearer than this share of the box are one.
const SAME: f64 = 1e-6;
/// Flat points nearer than this are one: rounding spreads them wider, and a curve of them is sampled.
const SAME_FLAT: f64 = 0.02;

/// A point where nothing moves.
#[derive(Clone, Debug, PartialEq)]
pub struct FixedPoint {
    /// Its coordinates, `[dim]`; every velocity is 0.
    pub at: Vec<f64>,
    /// The eigenvalues [Re, Im] of the Jacobian of [`World::rates`] there, by rising real part.
    pub eigenvalues: Vec<[f64; 2]>,
    /// For a loss the eigenvalues of the Hessian, rising; else empty.
    pub curvatures: Vec<f64>,
    /// The loss there; NaN if this is no loss.
    pub value: f64,
    /// What it is.
    pub nature: Nature,
}

/// The fixed points of `world` in the box of `[low, high]` for each of its coordinates, at the
/// given sliders and time, sorted by coordinates. A curve of fixed points gives a sample of it, all
/// degenerate. Empty if the box is, or does not fit the world.
pub fn fixed_points(world: &World, sliders: &[f64], time: f64, bounds: &[[f64; 2]]) -> Vec<FixedPoint> {
    let fits = bounds.len() == world.kind().dim() && bounds.len() <= GRID.len();
    if !fits || bounds.iter().any(|[low, high]| !(high - low > 0.0) || !(high - low).is_finite()) {
        return Vec::new();
    }
    let mut search = Search::new(world, sliders, time, bounds);
    let mut found: Vec<Vec<f64>> = Vec::new();
    let side = side(world, bounds.len());
    for start in grid(bounds, side) {
        let Some(point) = search.newton(start) else { continue };
        if !found.iter().any(|other| search.near(other, &point, SAME)) {
            found.push(point);
        }
    }
    let ordinary = search.ordinary(bounds, side);
    let mut out: Vec<FixedPoint> = Vec::new();
    for point in found {
        let Some(point) = search.describe(point, ordinary) else { continue };
        let flat = |p: &FixedPoint| p.nature == Nature::Degenerate;
        if !flat(&point) || !out.iter().any(|o| flat(o) && search.near(&o.at, &point.at, SAME_FLAT)) {
            out.push(point);
        }
    }
    let key = |p: &FixedPoint| -> Vec<i64> {
        p.at.iter().zip(&search.widths).map(|(x, width)| (x / width / SAME).round() as i64).collect()
    };
    out.sort_by_key(key);
    out
}

/// Nodes along one side: fewer for formulas so long that a search from each would take too long.
fn side(world: &World, dim: usize) -> usize {
    let most = GRID.get(dim.saturating_sub(1)).copied().unwrap_or(2);
    let each = ORDINARY * (1 + world.work().iter().sum::<usize>());
    (2..=most).rev().find(|side| side.pow(dim as u32).saturating_mul(each) <= WORK).unwrap_or(2)
}

/// The nodes of the grid over the box.
fn grid(bounds: &[[f64; 2]], side: usize) -> impl Iterator<Item = Vec<f64>> {
    (0..side.pow(bounds.len() as u32)).map(move |node| {
        let mut rest = node;
        let along = bounds.iter().map(|[low, high]| {
            let place = rest % side;
            rest /= side;
            low + (high - low) * place as f64 / (side - 1) as f64
        });
        along.collect()
    })
}

/// A search for points at rest, with its work space.
struct Search<'a> {
    world: &'a World,
    sliders: &'a [f64],
    time: f64,
    bounds: &'a [[f64; 2]],
    widths: Vec<f64>,
    rates: Vec<f64>,
    jacobian: Vec<f64>,
    /// Instructions left.
    left: usize,
}

impl<'a> Search<'a> {
    fn new(world: &'a World, sliders: &'a [f64], time: f64, bounds: &'a [[f64; 2]]) -> Self {
        let states = world.states().len();
        let widths = bounds.iter().map(|[low, high]| high - low).collect();
        let (rates, jacobian) = (vec![0.0; states], vec![0.0; states * states]);
        Search { world, sliders, time, bounds, widths, rates, jacobian, left: 2 * WORK }
    }

    fn near(&self, a: &[f64], b: &[f64], share: f64) -> bool {
        self.length(a.iter().zip(b).map(|(a, b)| a - b)) <= share
    }

    /// The largest component as a share of the box.
    fn length(&self, step: impl Iterator<Item = f64>) -> f64 {
        step.zip(&self.widths).fold(0.0, |most: f64, (d, width)| most.max(d.abs() / width))
    }

    /// Writes the rates that must vanish at `q` into `out`; their size, or infinity.
    fn residual(&mut self, q: &[f64], out: &mut [f64]) -> f64 {
        let rest = [0.0; super::MAX_STATES];
        let columns = self.world.columns(q, &rest[..self.rates.len() - q.len()], &self.time);
        self.world.rates(&columns, self.sliders, &mut self.rates);
        self.left = self.left.saturating_sub(1 + self.world.work()[0]);
        out.iter_mut().zip(self.world.rests()).for_each(|(out, row)| *out = self.rates[*row]);
        let square: f64 = out.iter().map(|r| r * r).sum();
        if square.is_nan() { f64::INFINITY } else { libm::sqrt(square) }
    }

    /// Updates the whole Jacobian of the flow at `q`.
    fn differentiate(&mut self, q: &[f64]) {
        let rest = [0.0; super::MAX_STATES];
        let columns = self.world.columns(q, &rest[..self.rates.len() - q.len()], &self.time);
        self.world.jacobian(&columns, self.sliders, &mut self.jacobian);
        self.left = self.left.saturating_sub(1 + self.world.work()[1]);
    }

    /// The derivatives of the vanishing rates by the coordinates.
    fn small_jacobian(&self, dim: usize) -> Vec<f64> {
        let states = self.rates.len();
        let rows = self.world.rests().iter();
        rows.flat_map(|row| self.jacobian[row * states..row * states + dim].iter().copied()).collect()
    }

    /// Newton's step from `q`, of which `rates` is the residual; along the steepest fall, damped, where
    /// the Jacobian is singular. At most half the box.
    fn step(&mut self, q: &[f64], rates: &[f64]) -> Option<Vec<f64>> {
        let dim = q.len();
        self.differentiate(q);
        let matrix = self.small_jacobian(dim);
        let mut step: Vec<f64> = rates.iter().map(|r| -r).collect();
        if !solve(&mut matrix.clone(), &mut step) {
            let column = |i: usize| (0..dim).map(move |k| k * dim + i);
            let dot =
                |i: usize, j: usize| -> f64 { column(i).zip(column(j)).map(|(a, b)| matrix[a] * matrix[b]).sum() };
            let damping = 1e-10 * (0..dim).map(|i| dot(i, i)).sum::<f64>();
            let mut square: Vec<f64> = (0..dim * dim).map(|k| dot(k / dim, k % dim)).collect();
            (0..dim).for_each(|i| square[i * dim + i] += damping);
            step = (0..dim).map(|i| -column(i).zip(rates).map(|(a, r)| matrix[a] * r).sum::<f64>()).collect();
            if !solve(&mut square, &mut step) {
                return None;
            }
        }
        let far = self.length(step.iter().copied());
        if far > 0.5 {
            step.iter_mut().for_each(|d| *d *= 0.5 / far);
        }
        far.is_finite().then_some(step)
    }

    /// The fixed point Newton's method reaches from `q`, if it does and it lies in the box.
    fn newton(&mut self, mut q: Vec<f64>) -> Option<Vec<f64>> {
        let mut rates = vec![0.0; q.len()];
        let mut size = self.residual(&q, &mut rates);
        for _ in 0..STEPS {
            if self.left == 0 {
                return None;
            }
            if size == 0.0 {
                return self.inside(q);
            }
            let step = self.step(&q, &rates).filter(|_| size.is_finite())?;
            let far = self.length(step.iter().copied());
            let Some((next, lower)) = self.descend(&q, &step, &mut rates, size) else {
                // No way leads lower: rounding, if the step is small.
                return if far <= 1e-9 && self.at_rest(size) { self.inside(q) } else { None };
            };
            (q, size) = (next, lower);
            if far <= 1e-15 {
                return if self.at_rest(size) { self.inside(q) } else { None };
            }
            let lost = |(x, [low, high]): (&f64, &[f64; 2])| *x < low - (high - low) || *x > high + (high - low);
            if q.iter().zip(self.bounds).any(lost) {
                return None;
            }
        }
        None
    }

    /// Whether a residual of this size is next to none: a way of no length for the last Jacobian.
    /// It is not where the residual is only smallest, which a singular Jacobian cannot tell.
    fn at_rest(&self, size: f64) -> bool {
        let steepest = self.jacobian.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
        size <= 1e-6 * steepest * self.widths.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// The first of ever shorter steps that makes the residual smaller, and its size.
    fn descend(&mut self, q: &[f64], step: &[f64], rates: &mut [f64], size: f64) -> Option<(Vec<f64>, f64)> {
        let mut share = 1.0;
        for _ in 0..12 {
            let next: Vec<f64> = q.iter().zip(step).map(|(q, d)| q + share * d).collect();
            let lower = self.residual(&next, rates);
            if lower < size * (1.0 - 1e-4 * share) {
                return Some((next, lower));
            }
            share *= 0.5;
        }
        None
    }

    /// The point if it lies in the box, with coordinates that are 0 but for rounding made 0.
    fn inside(&self, q: Vec<f64>) -> Option<Vec<f64>> {
        let edges = q.iter().zip(self.bounds).zip(&self.widths);
        let inside = edges.into_iter().all(|((x, [low, high]), width)| {
            let slack = 1e-9 * width;
            (low - slack..=high + slack).contains(x)
        });
        let tidy = |(x, width): (&f64, &f64)| if x.abs() <= 1e-14 * width { 0.0 } else { *x };
        inside.then(|| q.iter().zip(&self.widths).map(tidy).collect())
    }

    /// The size an entry of the Jacobian ordinarily has in the box: the median over the grid.
    fn ordinary(&mut self, bounds: &[[f64; 2]], side: usize) -> f64 {
        let mut sizes: Vec<f64> = Vec::new();
        for q in grid(bounds, side).step_by(7) {
            self.differentiate(&q);
            let size = self.small_jacobian(q.len()).iter().fold(0.0, |most: f64, x| most.max(x.abs()));
            sizes.extend(Some(size).filter(|s| s.is_finite()));
        }
        sizes.sort_by(f64::total_cmp);
        sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
    }

    fn describe(&mut self, at: Vec<f64>, ordinary: f64) -> Option<FixedPoint> {
        self.differentiate(&at);
        let eigenvalues = eigenvalues(&self.jacobian, self.rates.len())?;
        let columns = self.world.columns(&at, &[], &self.time);
        let mut value = [f64::NAN];
        let loss = self.world.potential(&columns, self.sliders, &mut value);
        let flow = nature(&eigenvalues, ordinary);
        let nature = match flow {
            Nature::StableNode if loss => Nature::Minimum,
            Nature::UnstableNode if loss => Nature::Maximum,
            other => other,
        };
        let curvatures = if loss { eigenvalues.iter().rev().map(|[re, _]| 0.0 - re).collect() } else { Vec::new() };
        Some(FixedPoint { at, eigenvalues, curvatures, value: value[0], nature })
    }
}
