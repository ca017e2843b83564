//! What a sweep of this scene measures, and how it is known when a run has shown it.

use super::super::{OneMachine, lanes, params as p, problem};
use super::borders;
use super::temperature::{self, Thermometer};
use crate::core::{Outcome, Probe};
use crate::figure::{Colormap, Layer, Scale};
use crate::param::Values;
use crate::scenes::models::measure::{self, Recurrence};
use crate::scenes::models::sweep::{Quantity, Survey, Swept};
use crate::scenes::{Lens, Run, SceneError, Setup, View};
use crate::text::{fill, t};

/// What is measured.
const QUANTITIES: &[Quantity] = &[
    Quantity::new("rate", t("contraction per step", "每步收缩率"), t("contraction per step", "每步收缩率"), [0.0, 1.0]),
    Quantity::new(
        "steps",
        t("steps to 1 %", "到 1 % 的步数"),
        t("steps to 1 % (100 or more: yellow)", "到 1 % 的步数（≥100 为黄）"),
        [0.0, 100.0],
    ),
    Quantity::new("overshoot", t("overshoot", "超调"), t("overshoot (share of start)", "超调（占初值）"), [0.0, 1.0]),
    Quantity::new(
        "regime",
        t("regime", "阻尼区"),
        t("1 over-, 2 underdamped, 3 alternating, 4 mixed", "1 过阻尼，2 欠阻尼，3 交替，4 混合"),
        [0.5, 4.5],
    ),
    Quantity::new(
        "decades",
        t("decades per step", "每步数量级"),
        t("decades gained per step (0.5 or more: yellow)", "每步缩小的数量级（≥0.5 为黄）"),
        [0.0, 0.5],
    ),
    Quantity::new(
        "kinetic",
        t("kinetic temperature", "动能温度"),
        t("kinetic temperature / T", "动能温度 / T"),
        temperature::RANGE,
    ),
    Quantity::new(
        "configurational",
        t("configurational temperature", "构型温度"),
        t("configurational temperature / T", "构型温度 / T"),
        temperature::RANGE,
    ),
];

/// The quantities by their places in the list.
const STEPS: usize = 1;
const OVERSHOOT: usize = 2;
const REGIME: usize = 3;
const DECADES: usize = 4;

/// Rows from which rate and class of a linear map are known.
const ENOUGH: usize = 64;

/// The thermometer of a quantity that is a temperature.
fn thermometer(quantity: usize) -> Option<Thermometer> {
    match quantity {
        5 => Some(Thermometer::Kinetic),
        6 => Some(Thermometer::Configurational),
        _ => None,
    }
}

impl Survey for OneMachine {
    fn quantities(&self) -> &'static [Quantity] {
        QUANTITIES
    }

    fn swept(&self, values: &Values, view: View) -> Vec<Swept> {
        swept(values, view)
    }

    /// The one lane that is measured: the joint through its own lens, otherwise the optimizer.
    fn lanes(&self, values: &Values, seed: u64, view: View) -> Result<Setup, SceneError> {
        let lane = match view.lens {
            Lens::Controller => lanes::controller(values, seed),
            Lens::Optimizer | Lens::Spring | Lens::Sampler => lanes::optimizer(values, seed),
        };
        Ok(Setup { lanes: vec![lane], seconds: values.get("h") })
    }

    fn lanes_of(&self, quantity: usize, values: &Values, seed: u64, view: View) -> Result<Setup, SceneError> {
        if let Some(meter) = thermometer(quantity) {
            let lane = temperature::lane(meter, lanes::sampler(values, seed), view.mode);
            return Ok(Setup { lanes: vec![lane], seconds: values.get("h") });
        }
        let mut setup = self.lanes(values, seed, view)?;
        setup.lanes.iter_mut().for_each(|lane| lane.probes = vec![Probe::Position(view.mode)]);
        Ok(setup)
    }

    fn is_decided(&self, run: &Run, view: View) -> bool {
        decided(run, view)
    }

    fn is_enough(&self, quantity: usize, run: &Run, view: View) -> bool {
        let known = |x: &[f64]| x.len() >= ENOUGH && view.lens != Lens::Controller;
        match quantity {
            STEPS | OVERSHOOT => decided(run, view),
            _ if thermometer(quantity).is_some() => run.lanes.iter().any(|l| l.outcome != Outcome::Running),
            _ => known(positions(run, view)) || decided(run, view),
        }
    }

    fn measure(&self, quantity: usize, run: &Run, view: View) -> f64 {
        match thermometer(quantity) {
            Some(meter) => temperature::measure(meter, run, view.mode),
            None => measured(quantity, run, view),
        }
        .unwrap_or(f64::NAN)
    }

    fn colours(&self, quantity: usize) -> Colormap {
        match quantity {
            REGIME => Colormap::Classes,
            // White is as hot as it should be.
            _ if thermometer(quantity).is_some() => Colormap::Vik,
            _ => Colormap::Viridis,
        }
    }

    fn borders(&self, axes: &[Swept; 2], values: &Values, view: View) -> Vec<Layer<'static>> {
        borders::borders(axes, values, view)
    }

    fn caption(&self, quantity: usize, view: View) -> String {
        let text = match (thermometer(quantity), view.lens) {
            (Some(_), _) => temperature::CAPTION,
            (None, Lens::Controller) => t(
                "Measured on short runs of the sampled PD joint, one per cell, at most 400 iterations: mode {}. Ruled ground: it does not contract, or there is no such joint.",
                "由采样 PD 关节的短运行逐格测得，每格至多 400 步：模态 {}。斜线底：不收缩或没有这样的关节。",
            ),
            _ => t(
                "Measured on short runs of the optimizer, one per cell, at most 400 iterations: mode {}. Ruled ground: it does not contract. Lines: exact borders of the discrete map.",
                "由优化器的短运行逐格测得，每格至多 400 步：模态 {}。斜线底：不收缩。线：离散映射的精确边界。",
            ),
        };
        fill(text.get(view.lang), &[&(view.mode + 1).to_string()])
    }
}

/// η, β and the free curvatures.
fn swept(values: &Values, view: View) -> Vec<Swept> {
    let lambda = problem::curvatures(values).get(view.mode).copied().unwrap_or(1.0);
    let [eta, beta] = ["eta", "beta"].map(|id| values.get(id));
    let low = if beta < -0.2 { -1.0 } else { -0.25 };
    let high = if beta > 1.04 { 1.1 } else { 1.05 };
    let mut out = vec![
        Swept::by_decades(&p::ETA, products(lambda), eta),
        Swept { spec: &p::BETA, range: [low, high], scale: Scale::Linear },
    ];
    let free: &[_] = match values.index("problem") {
        p::ONE => &[&p::LAMBDA_1],
        p::TWO => &[&p::LAMBDA_1, &p::LAMBDA_2],
        _ => &[],
    };
    out.extend(free.iter().map(|spec| Swept::by_decades(spec, products(eta), values.get(spec.id))));
    out
}

/// A range for one factor of ηλ with the other: products from nearly nothing to beyond every wall.
fn products(other: f64) -> [f64; 2] {
    let unit = 10f64.powf(other.log10().floor());
    [0.003 / unit, 5.0 / unit]
}

/// The distances from the minimum that are measured, of the lens's machine.
fn positions(run: &Run, view: View) -> &[f64] {
    let wanted = if view.lens == Lens::Controller { Lens::Controller } else { Lens::Optimizer };
    let there = |lane: &&crate::scenes::LaneRun| lane.lane.present.get(view.mode) == Some(&true);
    run.lane(wanted).filter(there).map_or(&[], |l| problem::away(run, l, view.mode))
}

/// Whether a run has come to rest below all that is measured, or has left for good.
fn decided(run: &Run, view: View) -> bool {
    let x = positions(run, view);
    let top = |x: &[f64]| x.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
    // Nothing rests that is still as large as a trillionth of how it began.
    let small = x.len() > 3 && top(&x[x.len() - 3..]) <= 1e-12 * top(&x[..x.len().min(ENOUGH)]);
    let rests = small && top(&x[x.len() - 3..]) <= 1e-13 * top(x);
    let size = || problem::mode(&run.values, view.mode).map_or(1.0, |m| m.size());
    // Only what has grown far is worth another look.
    let far = |last: f64| !(last.abs() <= 1e6 * top(&x[..x.len().min(4)])) && !(last.abs() <= 1e9 * size());
    let left = x.last().is_none_or(|last| far(*last));
    rests || left || run.lanes.iter().any(|l| l.outcome != Outcome::Running)
}

/// The quantity of this index; `None` for a run that does not contract.
fn measured(quantity: usize, run: &Run, view: View) -> Option<f64> {
    let whole = positions(run, view);
    // Of a linear map the first rows say it all.
    let short = view.lens != Lens::Controller && !matches!(quantity, STEPS | OVERSHOOT);
    let x = if short { &whole[..whole.len().min(ENOUGH)] } else { whole };
    let fit = Recurrence::fit(x);
    let slow = || measure::single_rate(x).or_else(|| measure::tail_rate(x));
    let rate = fit.map(|f| f.rate()).or_else(slow).filter(|rate| *rate < 1.0 && contracts(x, fit))?;
    match quantity {
        STEPS => measure::settles(x, 0.01).map(|n| n as f64),
        OVERSHOOT => measure::overshoot(x),
        REGIME => Some(f64::from(class(fit, x))),
        DECADES => Some(-rate.log10()),
        _ => Some(rate),
    }
}

/// Whether a trace is what its recurrence makes of it, or comes to rest all the same: a motor at its
/// limit can keep a joint going round, which no linear recurrence describes.
fn contracts(x: &[f64], fit: Option<Recurrence>) -> bool {
    let top = |x: &[f64]| x.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
    let (first, last) = x.split_at(x.len() / 2);
    fit.is_none_or(|f| f.explains(x)) || top(last) <= 1e-3 * top(first)
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
