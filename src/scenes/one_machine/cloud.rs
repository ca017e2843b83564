//! The sampler's cloud: its exact law at any iteration, its histogram now against the stationary density.

use super::problem;
use crate::figure::{Axis, Dash, Figure, Ink, Layer, Line, Panel, Rich, Weight, rich};
use crate::param::Values;
use crate::scenes::models::ellipse::ellipse;
use crate::scenes::models::histogram::of_lane;
use crate::scenes::{Lens, Run, View};
use crate::text::{fill, t};
use crate::theory::fluctuation::sghmc_temperatures;
use crate::theory::regime::classify;

/// The law of position and displacement per step of one particle on one mode.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gaussian {
    /// Means.
    pub mean: [f64; 2],
    /// Variance of the position, covariance, variance of the displacement.
    pub covariance: [f64; 3],
}

impl Gaussian {
    /// One step of SGHMC: v ← βv − ηλ(q − x*) + √(2αηT) ξ, q ← q + v.
    fn stepped(self, values: &Values, mode: &problem::Mode) -> Self {
        let (eta, beta) = (values.get("eta"), values.get("beta"));
        let q = eta * mode.lambda;
        let noise = (2.0 * (1.0 - beta) * eta * values.get("temperature")).max(0.0);
        let step = beta * self.mean[1] - q * (self.mean[0] - mode.target);
        // Rows of the map on (q − x*, v).
        let (a, b) = ([1.0 - q, beta], [-q, beta]);
        let [xx, xv, vv] = self.covariance;
        let product = |r: [f64; 2], s: [f64; 2]| r[0] * s[0] * xx + (r[0] * s[1] + r[1] * s[0]) * xv + r[1] * s[1] * vv;
        Gaussian {
            mean: [self.mean[0] + step, step],
            covariance: [product(a, a), product(a, b), product(b, b)].map(|c| c + noise),
        }
    }

    fn numbers(&self) -> [f64; 5] {
        let ([q, v], [xx, xv, vv]) = (self.mean, self.covariance);
        [q, v, xx, xv, vv]
    }

    /// The law that these numbers begin with.
    fn read(numbers: &[f64]) -> Option<Self> {
        let [q, v, xx, xv, vv, ..] = numbers else { return None };
        Some(Gaussian { mean: [*q, *v], covariance: [*xx, *xv, *vv] })
    }

    /// Points of the curve `radius` standard deviations from the mean.
    pub fn ellipse(&self, radius: f64) -> Vec<[f64; 2]> {
        ellipse(self.mean, self.covariance, radius)
    }
}

/// The exact law at iteration `n`, changes in mid-run included; `None` where it is a point or not finite.
pub fn gaussian(run: &Run, index: usize, n: u64) -> Option<Gaussian> {
    let start = problem::mode(run.values_at(0), index)?;
    let spread = run.values_at(0).get("spread");
    let first = Gaussian { mean: [start.start, start.step], covariance: [spread * spread, 0.0, 0.0] };
    let laws = run.derived.grown(("laws", index, 0), |laws| extend(laws, first, run, index));
    let row = 5 * usize::try_from(n).ok()?;
    let law = Gaussian::read(laws.get(row..)?)?;
    let numbers = law.mean.into_iter().chain(law.covariance);
    (law.covariance[0] > 0.0 && numbers.into_iter().all(f64::is_finite)).then_some(law)
}

/// Adds the laws of the iterations that were computed since, five numbers each.
fn extend(laws: &mut Vec<f64>, first: Gaussian, run: &Run, index: usize) {
    let last = laws.len().checked_sub(5).and_then(|from| Gaussian::read(laws.get(from..)?));
    let mut law = last.unwrap_or(first);
    if laws.is_empty() {
        laws.extend(law.numbers());
    }
    let changes: Vec<u64> = run.changes().map(|(at, _)| at).chain([run.done()]).collect();
    let mut at = (laws.len() / 5 - 1) as u64;
    for end in changes {
        let values = run.values_at(at);
        let Some(mode) = problem::mode(values, index) else { return };
        while at < end.min(run.done()) {
            law = law.stepped(values, &mode);
            laws.extend(law.numbers());
            at += 1;
        }
    }
}

/// The cloud's histogram at the present moment against its exact stationary density.
pub fn histogram<'a>(run: &'a Run, view: View) -> Figure<'a> {
    let position = format!("{} $q_{}$", t("position", "位置").get(view.lang), view.mode + 1);
    let density = Axis::new(rich(t("probability density", "概率密度").get(view.lang)), "1/a.u.");
    let mut panel = Panel::new("histogram", Axis::new(rich(&position), "a.u."), density);
    if let Some(lane) = run.lane(Lens::Sampler) {
        of_lane(lane, view.mode, view, &mut panel);
        stationary(run, view, &mut panel);
    }
    Figure {
        id: "histogram",
        title: rich(t("Cloud and exact density", "粒子云与精确密度").get(view.lang)),
        columns: 1,
        caption: fill(
            t(
                "Histogram of the cloud at iteration {} (normalised) against the exact stationary density of the sampler on this mode.",
                "第 {} 步的粒子云直方图（已归一化）与该模态上采样器的精确平稳密度。",
            )
            .get(view.lang),
            &[&view.now.to_string()],
        ),
        panels: vec![panel],
    }
}

fn stationary(run: &Run, view: View, panel: &mut Panel<'_>) {
    let (eta, beta, temperature) = (run.values.get("eta"), run.values.get("beta"), run.values.get("temperature"));
    let Some(lambda) = problem::curvatures(&run.values).get(view.mode).copied() else { return };
    if temperature <= 0.0 || !classify(eta * lambda, beta).is_stable() {
        return;
    }
    let target = problem::mode(&run.values, view.mode).map_or(0.0, |m| m.target);
    let variance = sghmc_temperatures(1.0 - beta, 0.0, eta * lambda, temperature).0 / lambda;
    if !(variance > 0.0 && variance.is_finite()) {
        return;
    }
    let sd = variance.sqrt();
    let away: Vec<f64> = (-100..=100).map(|i| f64::from(i) * 0.04 * sd).collect();
    let norm = 1.0 / (sd * std::f64::consts::TAU.sqrt());
    let y: Vec<f64> = away.iter().map(|x| norm * (-0.5 * x * x / variance).exp()).collect();
    let x: Vec<f64> = away.iter().map(|x| target + x).collect();
    let name = Some(Rich::from(t("exact, stationary", "精确平稳密度").get(view.lang)));
    let (ink, dash, weight) = (Ink::Text, Dash::Solid, Weight::Normal);
    panel.layers.push(Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker: None }));
}
