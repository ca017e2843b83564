//! How well a shape explains a log: −2 ln L of Gaussian noise, all that is linear maximized out.
//!
//! One noise has two ends. *Seen*: the run is exact, and every recorded value has an error of its own (share 0).
//! *Driven*: every step of the run is pushed at random, as minibatches do, and what is recorded is exact (share 1).
//! Between them, `share` is the part of the push in the sum of both variances. The seen end is nonlinear least
//! squares with the linear part projected out (Golub & Pereyra 1973); the rest is a Kalman filter whose unknown
//! start and level are columns of a regression (de Jong 1991).

use super::filter::innovations;
use super::least::{Projection, project};
use super::pushed::Pushed;
use super::shape::{Recursion, Shape, rows};

/// Rows of one quantity, evenly spaced; NaN where one is missing.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// The values, of order 1.
    pub values: &'a [f64],
    /// Steps from row to row.
    pub every: u32,
    /// What share (1) of a row counts where it is one of a pushed loss; all of every row if there are none.
    pub trust: &'a [f64],
}

/// A shape with its parameters and the share of the noise that drives the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// The shape.
    pub shape: Shape,
    /// Its parameters.
    pub at: Vec<f64>,
    /// Share (1) of the driving noise, 0 to 1.
    pub share: f64,
}

/// A guess held to a log.
#[derive(Clone, Debug)]
pub struct Fit {
    /// −2 ln L up to a constant that all guesses share.
    pub misfit: f64,
    /// The curve: the fitted run, or where noise drives the run, what was expected one row ahead. NaN where a row is missing.
    pub curve: Vec<f64>,
    /// What every row adds to the curve, over its expected spread: of one variance if the guess is right.
    pub rest: Vec<f64>,
    /// Variance of one unit of `rest`: of the error of a row plus that of the push of a step.
    pub variance: f64,
    /// Where the run comes to rest; NaN if it does not.
    pub centre: f64,
    /// Free numbers: parameters, start, level.
    pub free: usize,
    /// Rows that count.
    pub rows: usize,
}

/// The smallest error of a row that is believed, over the extent of the log: numbers are rounded.
const FINEST: f64 = 1e-12;

/// −2 ln L of a guess; infinite if it is none.
pub fn misfit(rows: Rows<'_>, guess: &Guess) -> f64 {
    held(rows, guess).map_or(f64::INFINITY, |held| held.misfit)
}

/// −2 ln L with everything linear integrated out (Harville 1974), and the part of it, ln |XᵀV⁻¹X|, that depends on the
/// units of what is linear; for every one of these shares.
pub fn restricted(rows: Rows<'_>, guess: &Guess, shares: &[f64]) -> Vec<Option<[f64; 2]>> {
    let pushed = Pushed::of(rows, guess.shape, &guess.at);
    let of = |share: &f64| {
        let held = held_so(rows, &Guess { share: *share, ..guess.clone() }, pushed.as_ref())?;
        let n = held.count;
        let linear = held.projection.coefficients.iter().filter(|c| **c != 0.0).count() as f64;
        let variance = (held.projection.rest / n).max(FINEST * FINEST);
        Some([held.misfit - linear * variance.ln() + held.projection.volume, held.projection.volume])
    };
    shares.iter().map(of).collect()
}

/// The fit of a guess.
pub fn fit(rows: Rows<'_>, guess: &Guess) -> Option<Fit> {
    let held = held(rows, guess)?;
    let mut rest = held.rest.iter().zip(&held.spread);
    let scaled = rows.values.iter().map(|y| {
        let of = if y.is_nan() { None } else { rest.next() };
        of.map_or([f64::NAN; 2], |(rest, spread)| [y - rest * spread, *rest])
    });
    let (curve, left) = scaled.map(|[curve, rest]| (curve, rest)).unzip();
    Some(Fit {
        misfit: held.misfit,
        curve,
        rest: left,
        variance: held.projection.rest / held.count,
        centre: held.level.unwrap_or_else(|| centre(rows, guess, &held.projection)),
        free: held.projection.coefficients.iter().filter(|c| **c != 0.0).count() + guess.shape.parameters(),
        rows: held.rest.len(),
    })
}

/// Residuals of the rows that are there, over their expected spreads.
pub struct Held {
    /// −2 ln L.
    pub misfit: f64,
    /// What is left of every row that is there, over its spread.
    pub rest: Vec<f64>,
    /// Expected spreads, in units of that of `Fit::variance`.
    pub spread: Vec<f64>,
    /// What is linear.
    pub projection: Projection,
    /// How many rows count.
    pub count: f64,
    /// Where the run comes to rest, if that is no coefficient.
    level: Option<f64>,
}

impl Held {
    /// The same, of a run that comes to rest there.
    #[must_use]
    pub fn at(mut self, level: f64) -> Held {
        self.level = Some(level);
        self
    }
}

fn held(rows: Rows<'_>, guess: &Guess) -> Option<Held> {
    let pushed = if guess.share > 0.0 { Pushed::of(rows, guess.shape, &guess.at) } else { None };
    held_so(rows, guess, pushed.as_ref())
}

/// The same with what is known of the slopes of a loss.
fn held_so(rows: Rows<'_>, guess: &Guess, pushed: Option<&Pushed<'_>>) -> Option<Held> {
    if !(guess.share > 0.0) {
        return regressed(seen(rows, guess.shape.recursion(&guess.at, rows.every)?), &[]);
    }
    if !guess.shape.is_loss() {
        return regressed(driven(rows, guess)?, &[]);
    }
    pushed?.held(guess.share)
}

/// The fit of a regression; `None` where its numbers mean nothing.
pub fn regressed((mut columns, mut rest, spread): Regression, trust: &[f64]) -> Option<Held> {
    if rest.is_empty() || !rest.iter().chain(columns.iter().flatten()).all(|x| x.is_finite()) {
        return None;
    }
    let part = |i: usize| trust.get(i).copied().unwrap_or(1.0);
    let weigh = |column: &mut Vec<f64>, power: f64| {
        column.iter_mut().enumerate().take(trust.len()).for_each(|(i, x)| *x *= part(i).powf(power));
    };
    columns.iter_mut().chain([&mut rest]).for_each(|column| weigh(column, 0.5));
    let projection = project(&mut columns, &mut rest);
    weigh(&mut rest, -0.5);
    let count: f64 = (0..rest.len()).map(part).sum();
    let variance = (projection.rest / count).max(FINEST * FINEST);
    let misfit = count * variance.ln() + 2.0 * spread.iter().enumerate().map(|(i, s)| part(i) * s.ln()).sum::<f64>();
    misfit.is_finite().then_some(Held { misfit, rest, spread, projection, count, level: None })
}

/// Where the recursion stays where it is: the last coefficient is that of the constant push.
fn centre(rows: Rows<'_>, guess: &Guess, projection: &Projection) -> f64 {
    let push = projection.coefficients.last().copied().unwrap_or(f64::NAN);
    let Some(recursion) = guess.shape.recursion(&guess.at, rows.every) else { return f64::NAN };
    let left = 1.0 - recursion.a.iter().sum::<f64>();
    if guess.share > 0.0 {
        // The filter's push comes at every step.
        let step = guess.shape.recursion(&guess.at, 1).map_or(f64::NAN, |r| 1.0 - r.a.iter().sum::<f64>());
        return push / step;
    }
    push / left
}

/// Columns of the regression, what they are to explain, and the expected spread of every row.
pub type Regression = (Vec<Vec<f64>>, Vec<f64>, Vec<f64>);

/// Exact runs of the recursion where the log has rows.
fn seen(rows: Rows<'_>, recursion: Recursion) -> Regression {
    let mut columns = runs(rows.values.len(), recursion);
    if rows.values.iter().any(|y| y.is_nan()) {
        for column in &mut columns {
            let kept = column.iter().zip(rows.values).filter(|(_, y)| !y.is_nan());
            *column = kept.map(|(x, _)| *x).collect();
        }
    }
    let y: Vec<f64> = rows.values.iter().copied().filter(|y| !y.is_nan()).collect();
    let spread = vec![1.0; y.len()];
    (columns, y, spread)
}

/// Runs of the recursion from independent starts, and from rest under a constant push.
pub fn runs(n: usize, recursion: Recursion) -> Vec<Vec<f64>> {
    let p = recursion.order;
    let mut columns: Vec<Vec<f64>> = Vec::with_capacity(p + 1);
    for k in 0..=p {
        let push = if k == p { 1.0 } else { 0.0 };
        let mut x = Vec::with_capacity(n);
        for i in 0..n {
            // Starts are polynomials, because slow runs look like them: independent however slow they are.
            x.push(if i < p {
                if k == p { 0.0 } else { binomial(i, k) }
            } else {
                let earlier = (1..=p).map(|j| recursion.a[j - 1] * x[i - j]);
                earlier.sum::<f64>() + push
            });
        }
        columns.push(x);
    }
    columns
}

fn binomial(n: usize, k: usize) -> f64 {
    (0..k).map(|j| (n as f64 - j as f64) / (j as f64 + 1.0)).product()
}

/// What a filter finds new in every row, for `x' = T x − D x₋ + g + push`; the two values the run starts from and g
/// are regressed out.
fn driven(log: Rows<'_>, guess: &Guess) -> Option<Regression> {
    let [sum, product] = match (guess.shape, guess.at.as_slice()) {
        (Shape::Pole, [pole]) if *pole >= 0.0 || log.every == 1 => [*pole, 0.0],
        (Shape::Mode, [q, beta]) => rows(*q, *beta, 1)?,
        (Shape::Held { beta, loss: false }, [q]) => rows(*q, beta, 1)?,
        _ => return None,
    };
    let [y, rest, kick, push, spread] = innovations(log, [sum, product], guess.share);
    Some((vec![rest, kick, push], y, spread))
}
