//! Which shape and which noise explain a log, and how clear the evidence is.

use super::least::project;
use super::likelihood::{Fit, Guess, Rows, fit, misfit};
use super::search::lowest;
use super::shape::Shape;
use super::start::starts;
use super::white::{DOUBT, FALSE, white};

/// A guess that was fitted.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// The guess.
    pub guess: Guess,
    /// How it holds.
    pub fit: Fit,
}

/// Starts that are followed downhill.
const FOLLOWED: usize = 2;
/// Differences of −2 ln L that do not matter while looking, and in the end.
const ROUGH: f64 = 0.03;
const FINE: f64 = 1e-4;
/// By how much −2 ln L must fall for a second source of noise to be believed (one more parameter, 95 %).
const SECOND: f64 = 3.84;

/// Variance of what rounding leaves of an exact log, over its extent: no noise to be shared out.
pub const EXACT: f64 = 1e-20;

/// The best fit of a shape, whatever the noise; `None` if the log has too few rows for it.
pub fn best(rows: Rows<'_>, shape: Shape) -> Option<Fitted> {
    let seen = follow(rows, shape, &candidates(rows, shape), 0.0);
    if !shape.may_be_driven() {
        return seen;
    }
    // Pushes are never all the noise of a loss.
    let alone = (!shape.is_loss()).then(|| [candidates(rows, shape), autoregression(rows, shape)].concat());
    let driven = alone.and_then(|candidates| follow(rows, shape, &candidates, 1.0));
    let better = [seen, driven].into_iter().flatten().min_by(|a, b| a.fit.misfit.total_cmp(&b.fit.misfit))?;
    // A filter that follows the log leaves little of what it gets wrong, so it is believed less easily.
    let doubt = if better.guess.share > 0.0 { DOUBT } else { FALSE };
    if better.fit.variance <= EXACT || white(&better.fit.rest, doubt) {
        return Some(better);
    }
    let both = both(rows, &better).filter(|both| both.fit.misfit < better.fit.misfit - SECOND);
    Some(both.unwrap_or(better))
}

/// The same fit with as much of either noise as is best, however little it matters.
#[must_use]
pub fn mixed(rows: Rows<'_>, fitted: &Fitted) -> Fitted {
    let may = fitted.guess.shape.may_be_driven() && fitted.fit.variance > EXACT;
    let both = if may { both(rows, fitted) } else { None };
    both.filter(|both| both.fit.misfit < fitted.fit.misfit).unwrap_or_else(|| fitted.clone())
}

/// Parameters worth trying.
fn candidates(rows: Rows<'_>, shape: Shape) -> Vec<Vec<f64>> {
    let length = (rows.values.len() as f64) * f64::from(rows.every);
    match shape {
        Shape::Level => vec![Vec::new()],
        Shape::Pole => {
            let times = (0..16).map(|k| 0.4 * (5.0 * length / 0.4).powf(f64::from(k) / 15.0));
            times.map(|time| vec![(-1.0 / time).exp()]).chain([vec![1.0 + 2.0 / length]]).collect()
        }
        Shape::Held { .. } => (0..25).map(|k| vec![4.0 * 10f64.powf(-0.3 * f64::from(k))]).collect(),
        Shape::Mode | Shape::Loss => apart(starts(rows, shape)).iter().map(|at| at.to_vec()).collect(),
        Shape::Two => {
            let modes = apart(starts(rows, Shape::Mode));
            let pair = |a: &[f64; 2], b: &[f64; 2]| vec![a[0], 0.5 * (a[1] + b[1]), b[0]];
            modes.iter().enumerate().flat_map(|(i, a)| modes[..i].iter().map(move |b| pair(a, b))).collect()
        }
    }
}

/// Parameters of modes without those that are nearly the same.
fn apart(mut modes: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    const NEAR: f64 = 0.04;
    let near = |a: &[f64; 2], b: &[f64; 2]| {
        let friction = (a[1] - b[1]).abs() <= NEAR * (1.0 - a[1]).abs();
        friction && (a[0] - b[0]).abs() <= NEAR * a[0].abs()
    };
    let mut kept: Vec<[f64; 2]> = Vec::new();
    modes.retain(|mode| {
        let new = !kept.iter().any(|own| near(own, mode));
        kept.extend(new.then_some(*mode));
        new
    });
    modes
}

/// The parameters of rows regressed on those before them: where driving noise is all there is, the answer.
fn autoregression(rows: Rows<'_>, shape: Shape) -> Vec<Vec<f64>> {
    if !matches!(shape, Shape::Pole | Shape::Mode) {
        return Vec::new();
    }
    let order = shape.parameters();
    let whole = |w: &&[f64]| w.iter().all(|x| x.is_finite());
    let windows: Vec<&[f64]> = rows.values.windows(order + 1).filter(whole).collect();
    let mut columns: Vec<Vec<f64>> = (0..order).map(|j| windows.iter().map(|w| w[order - 1 - j]).collect()).collect();
    columns.push(vec![1.0; windows.len()]);
    let mut y: Vec<f64> = windows.iter().map(|w| w[order]).collect();
    let a = project(&mut columns, &mut y).coefficients;
    match (order, a.as_slice()) {
        (1, [pole, _]) => vec![vec![pole.abs().powf(1.0 / f64::from(rows.every))]],
        (2, [sum, product, _]) if rows.every == 1 => vec![vec![1.0 - product - sum, -product]],
        _ => Vec::new(),
    }
}

/// The best of the candidates, each followed downhill.
fn follow(rows: Rows<'_>, shape: Shape, candidates: &[Vec<f64>], share: f64) -> Option<Fitted> {
    let guess = |at: &[f64]| Guess { shape, at: at.to_vec(), share };
    let mut tried: Vec<(f64, &Vec<f64>)> = candidates.iter().map(|at| (misfit(rows, &guess(at)), at)).collect();
    tried.retain(|(misfit, _)| misfit.is_finite());
    tried.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut value = |at: &[f64]| misfit(rows, &guess(at));
    let down = tried.iter().take(FOLLOWED).map(|(_, at)| lowest(at, &sides(shape, at), ROUGH, &mut value));
    let rough = down.min_by(|a, b| a.value.total_cmp(&b.value))?;
    // With a new simplex: the first may have become flat.
    let found = lowest(&rough.at, &shrunk(sides(shape, &rough.at)), FINE, &mut value);
    let guess = guess(&found.at);
    fit(rows, &guess).map(|fit| Fitted { guess, fit })
}

/// Sides of the first simplex: a share of how far the parameters are from where they would mean nothing.
fn sides(shape: Shape, at: &[f64]) -> Vec<f64> {
    let side = |(i, x): (usize, &f64)| match (shape, i) {
        (Shape::Pole, _) | (_, 1) => 0.2 * (1.0 - x).abs().clamp(1e-4, 0.5),
        _ => 0.2 * x.abs().max(1e-6),
    };
    at.iter().enumerate().map(side).collect()
}

/// Sides of a second simplex.
fn shrunk(mut sides: Vec<f64>) -> Vec<f64> {
    sides.iter_mut().for_each(|x| *x *= 0.1);
    sides
}

/// The same shape with both noises at once.
fn both(rows: Rows<'_>, better: &Fitted) -> Option<Fitted> {
    let guess = |at: &[f64]| {
        let (odds, at) = at.split_last()?;
        Some(Guess { shape: better.guess.shape, at: at.to_vec(), share: 1.0 / (1.0 + (-odds).exp()) })
    };
    let mut value = |at: &[f64]| guess(at).map_or(f64::INFINITY, |guess| misfit(rows, &guess));
    let start = |odds: f64| [better.guess.at.as_slice(), &[odds]].concat();
    let first =
        [0.0, -3.5, -7.0].map(start).into_iter().map(|at| (value(&at), at)).min_by(|a, b| a.0.total_cmp(&b.0))?;
    let mut steps = sides(better.guess.shape, &better.guess.at);
    steps.push(1.0);
    let rough = lowest(&first.1, &steps, ROUGH, &mut value);
    let found = lowest(&rough.at, &shrunk(steps), FINE, &mut value);
    let guess = guess(&found.at)?;
    fit(rows, &guess).map(|fit| Fitted { guess, fit })
}
