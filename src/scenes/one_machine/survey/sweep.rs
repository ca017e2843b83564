//! The sweep of this scene: what is swept, what is measured, and the borders known exactly.

use super::super::{lanes, params as p, problem};
use crate::core::Outcome;
use crate::figure::{Dash, Figure, Ink, Layer, Scale, rich};
use crate::param::{Choice, Values};
use crate::scenes::models::measure::{self, Recurrence};
use crate::scenes::models::sweep::{self, Quantity, Swept};
use crate::scenes::{Lens, Run, Setup, View};
use crate::text::{Text, t};
use crate::theory::regime::{alternating_border, overdamped_border, stability_wall};

/// What is measured.
pub const QUANTITIES: &[Quantity] = &[
    quantity("rate", t("contraction per step", "每步收缩率"), t("contraction per step", "每步收缩率"), [0.0, 1.0]),
    quantity(
        "steps",
        t("steps to 1 %", "到 1 % 的步数"),
        t("steps to 1 % (100 or more: yellow)", "到 1 % 的步数（≥100 为黄）"),
        [0.0, 100.0],
    ),
    quantity("overshoot", t("overshoot", "超调"), t("overshoot (share of start)", "超调（占初值）"), [0.0, 1.0]),
    quantity(
        "regime",
        t("regime", "阻尼区"),
        t("1 over-, 2 underdamped, 3 alternating, 4 mixed", "1 过阻尼，2 欠阻尼，3 交替，4 混合"),
        [0.5, 4.5],
    ),
];

const fn quantity(id: &'static str, name: Text, label: Text, range: [f64; 2]) -> Quantity {
    Quantity { choice: Choice { id, name }, label, range }
}

/// η, β and the free curvatures.
pub fn swept(values: &Values, view: View) -> Vec<Swept> {
    let lambda = problem::curvatures(values).get(view.mode).copied().unwrap_or(1.0);
    let [eta, beta] = ["eta", "beta"].map(|id| values.get(id));
    let low = if beta < -0.2 { -1.0 } else { -0.25 };
    let high = if beta > 1.04 { 1.1 } else { 1.05 };
    let mut out = vec![
        Swept { spec: &p::ETA, range: decades(lambda, eta, p::ETA.bounds()), scale: Scale::Log },
        Swept { spec: &p::BETA, range: [low, high], scale: Scale::Linear },
    ];
    let free: &[_] = match values.index("problem") {
        p::ONE => &[&p::LAMBDA_1],
        p::TWO => &[&p::LAMBDA_1, &p::LAMBDA_2],
        _ => &[],
    };
    out.extend(free.iter().map(|spec| {
        let range = decades(eta, values.get(spec.id), spec.bounds());
        Swept { spec, range, scale: Scale::Log }
    }));
    out
}

/// A range for one factor of ηλ with the other: products from nearly nothing to beyond every wall,
/// and the present value. It changes by whole decades only, so that a drag keeps the map.
fn decades(other: f64, present: f64, [least, most]: [f64; 2]) -> [f64; 2] {
    let unit = 10f64.powf(other.log10().floor());
    let [mut low, mut high] = [0.003 / unit, 5.0 / unit];
    while low > present && low > least {
        low /= 10.0;
    }
    while high < present && high < most {
        high *= 10.0;
    }
    [low.clamp(least, most / 10.0), high.clamp(least * 10.0, most)]
}

/// The one lane that is measured: the joint through its own lens, otherwise the optimizer.
pub fn lanes(values: &Values, seed: u64, view: View) -> Setup {
    let lane = match view.lens {
        Lens::Controller => lanes::controller(values, seed),
        Lens::Optimizer | Lens::Spring | Lens::Sampler => lanes::optimizer(values, seed),
    };
    Setup { lanes: vec![lane], seconds: values.get("h") }
}

/// The distances from the minimum that are measured, of the lens's machine.
fn positions(run: &Run, view: View) -> &[f64] {
    let wanted = if view.lens == Lens::Controller { Lens::Controller } else { Lens::Optimizer };
    let there = |lane: &&crate::scenes::LaneRun| lane.lane.present.get(view.mode) == Some(&true);
    run.lane(wanted).filter(there).map_or(&[], |l| problem::away(run, l, view.mode))
}

/// Whether a run has come to rest below all that is measured, or has left for good.
pub fn decided(run: &Run, view: View) -> bool {
    let x = positions(run, view);
    let top = x.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
    let rests = x.len() > 3 && x.iter().rev().take(3).all(|x| x.abs() <= 1e-13 * top);
    let size = problem::mode(&run.values, view.mode).map_or(1.0, |m| m.size());
    let left = x.last().is_none_or(|last| !(last.abs() <= 1e9 * size));
    rests || left || run.lanes.iter().any(|l| l.outcome != Outcome::Running)
}

/// The quantity of this index; `None` for a run that does not contract.
pub fn measure(quantity: usize, run: &Run, view: View) -> Option<f64> {
    let x = positions(run, view);
    let fit = Recurrence::fit(x);
    let slow = || measure::single_rate(x).or_else(|| measure::tail_rate(x));
    let rate = fit.map(|f| f.rate()).or_else(slow).filter(|rate| *rate < 1.0)?;
    match quantity {
        0 => Some(rate),
        1 => measure::settles(x, 0.01).map(|n| n as f64),
        2 => measure::overshoot(x),
        _ => Some(f64::from(class(fit, x))),
    }
}

/// What the roots of the measured recurrence are: 1 both positive, 2 complex, 3 both negative, 4 of
/// either sign.
fn class(fit: Option<Recurrence>, x: &[f64]) -> u8 {
    match fit {
        None if x.first().zip(x.get(1)).is_some_and(|(a, b)| a * b < 0.0) => 3,
        None => 1,
        Some(f) if f.b > 0.0 => 4,
        Some(f) if f.a * f.a + 4.0 * f.b < 0.0 => 2,
        Some(f) if f.a < 0.0 => 3,
        Some(_) => 1,
    }
}

/// The figure without its map.
pub fn figure<'a>(run: &'a Run, view: View) -> Option<Figure<'a>> {
    let panel = sweep::panel(&super::super::OneMachine, run, view, borders(run, view))?;
    let caption = match view.lens {
        Lens::Controller => t(
            "Measured on short runs of the sampled PD joint, one per cell, at most 400 iterations: mode {}. Ruled ground: it does not contract, or there is no such joint. Diamond: present values.",
            "由采样 PD 关节的短运行逐格测得，每格至多 400 步：模态 {}。斜线底：不收缩或没有这样的关节。菱形：当前值。",
        ),
        _ => t(
            "Measured on short runs of the optimizer, one per cell, at most 400 iterations: mode {}. Ruled ground: it does not contract. Lines: exact borders of the discrete map. Diamond: present values.",
            "由优化器的短运行逐格测得，每格至多 400 步：模态 {}。斜线底：不收缩。线：离散映射的精确边界。菱形：当前值。",
        ),
    };
    Some(Figure {
        id: sweep::VIEW,
        title: rich(super::SWEEP_TITLE.get(view.lang)),
        columns: 1,
        caption: crate::text::fill(caption.get(view.lang), &[&(view.mode + 1).to_string()]),
        panels: vec![panel],
    })
}

/// Points per border.
const N: usize = 200;

/// Critical damping and the stability wall of the discrete map, where these axes cut across them.
fn borders<'a>(run: &Run, view: View) -> Vec<Layer<'a>> {
    if view.lens == Lens::Controller {
        return Vec::new();
    }
    let values = run.values_at(0);
    let Some(axes) = sweep::chosen(&super::super::OneMachine, values, view) else { return Vec::new() };
    let plane = Plane { axes, values, mode: view.mode };
    let mut critical = plane.curve(overdamped_border, [0.0, 1.0]);
    critical.push([f64::NAN; 2]);
    critical.extend(plane.curve(alternating_border, [0.0, 1.0]));
    let wall = plane.curve(stability_wall, [-1.0, 1.0]);
    [
        (critical, t("critical, exact", "临界（精确）"), Ink::Amber, Dash::Dashed),
        (wall, t("stability wall", "稳定边界"), Ink::Danger, Dash::Solid),
    ]
    .into_iter()
    .filter(|(points, ..)| points.iter().any(|p| p[0].is_finite()))
    .map(|(points, name, ink, dash)| sweep::border(points, name.get(view.lang), ink, dash))
    .collect()
}

/// Two axes with what the others are.
struct Plane<'v> {
    axes: [Swept; 2],
    values: &'v Values,
    mode: usize,
}

impl Plane<'_> {
    /// The curve ηλ = `border`(β) for β within its ends and the axes; empty where it does not depend
    /// on both axes.
    fn curve(&self, border: fn(f64) -> f64, [from, to]: [f64; 2]) -> Vec<[f64; 2]> {
        let lambda = ["lambda1", "lambda2"].get(self.mode).copied().unwrap_or("");
        let factor = |axis: &Swept| axis.spec.id == "eta" || axis.spec.id == lambda;
        let grid = (0..=N).map(|i| i as f64 / N as f64);
        let points: Vec<[f64; 2]> = match &self.axes {
            [x, y] if factor(x) && factor(y) => {
                let product = border(self.values.get("beta"));
                let low_high = x.range;
                grid.map(|s| crate::figure::along(low_high, x.scale, s)).map(|at| [at, product / at]).collect()
            }
            [x, y] if factor(x) && y.spec.id == "beta" => {
                self.over_beta(grid, border, [from, to], x).map(|(s, b)| [s, b]).collect()
            }
            [x, y] if x.spec.id == "beta" && factor(y) => {
                self.over_beta(grid, border, [from, to], y).map(|(s, b)| [b, s]).collect()
            }
            _ => Vec::new(),
        };
        let inside = |p: &[f64; 2]| (0..2).all(|k| (self.axes[k].range[0]..=self.axes[k].range[1]).contains(&p[k]));
        points.into_iter().filter(inside).collect()
    }

    /// (factor, β) along a border; finer towards both ends, where square roots are steep.
    fn over_beta(
        &self,
        grid: impl Iterator<Item = f64>,
        border: fn(f64) -> f64,
        [from, to]: [f64; 2],
        factor: &Swept,
    ) -> impl Iterator<Item = (f64, f64)> {
        let lambda = problem::curvatures(self.values).get(self.mode).copied().unwrap_or(f64::NAN);
        let other = if factor.spec.id == "eta" { lambda } else { self.values.get("eta") };
        grid.map(move |s| {
            let beta = from + (to - from) * s * s * (3.0 - 2.0 * s);
            (border(beta) / other, beta)
        })
    }
}
