//! Numbers beside the figures: every one computed by `theory` or measured from a trace.

use super::facts::{self, Fact};
use super::remarks::mode_numbers;
use super::{lanes, ledger, params, problem, twin};
use crate::core::Probe;
use crate::figure::{Rich, rich};
use crate::param::Values;
use crate::scenes::models::measure;
use crate::scenes::{Lens, Readout, Run, View};
use crate::theory::fluctuation::sghmc_temperatures;
use crate::theory::heavy_ball;
use crate::theory::mapping::pole_match;
use crate::theory::oscillator::Oscillator;
use crate::theory::regime::{Regime, classify};

struct Rows<'a> {
    run: &'a Run,
    view: View,
    out: Vec<Readout>,
}

impl Rows<'_> {
    /// Adds a read-out unless neither side of it is a number.
    fn add(&mut self, fact: &Fact, predicted: Option<f64>, measured: Option<f64>) {
        let finite = |x: Option<f64>| x.filter(|x| x.is_finite());
        let (predicted, measured) = (finite(predicted), finite(measured));
        if predicted.is_none() && measured.is_none() {
            return;
        }
        self.out.push(Readout {
            label: rich(fact.label.get(self.view.lang)),
            unit: fact.unit.get(self.view.lang),
            predicted,
            measured,
            note: fact.note.get(self.view.lang).to_owned(),
            formula: rich(fact.formula),
            uses: fact.uses.iter().filter_map(|id| ingredient(id, &self.run.values, self.view.mode)).collect(),
            source: rich(fact.source),
        });
    }
}

/// The symbol and value of a parameter a formula uses.
fn ingredient(id: &str, values: &Values, mode: usize) -> Option<(Rich, f64)> {
    let id = match id {
        "start" => ["x1", "x2"].get(mode)?,
        "step" => ["v1", "v2"].get(mode)?,
        "target" => ["r1", "r2"].get(mode)?,
        other => other,
    };
    let spec = params::PARAMS.iter().chain(params::DERIVED).find(|s| s.id == id)?;
    let symbol = if id == "k" { format!("$λ_{} = k$", mode + 1) } else { spec.symbol.to_owned() };
    Some((rich(&symbol), twin::read(id, values, mode)))
}

/// The read-outs of the chosen mode.
pub fn numbers(run: &Run, view: View) -> Vec<Readout> {
    let mut rows = Rows { run, view, out: Vec::new() };
    optimizer_rows(&mut rows);
    twin_rows(&mut rows);
    temperature_rows(&mut rows);
    rows.out
}

fn optimizer_rows(rows: &mut Rows<'_>) {
    let (run, view) = (rows.run, rows.view);
    let (q, beta) = mode_numbers(run, view.mode);
    let Some(lane) = run.lane(Lens::Optimizer) else { return };
    let Some(mode) = problem::mode(run.values_at(0), view.mode) else { return };
    let x = problem::away(run, lane, view.mode);
    let x0 = mode.away();
    // After a change in mid-run no single closed form holds, and nothing is fitted across it.
    let steady = run.is_steady();
    let response = |n: u64| heavy_ball::response(q, beta, x0, -mode.step, n);
    let closed = steady.then(|| mode.target + response(view.now));
    rows.add(&facts::POSITION, closed, lane.at(Probe::Position(view.mode), view.now));
    // What is measured over the whole trace is measured once.
    let kept = |name, make: &dyn Fn() -> Option<f64>| run.derived.number((name, view.mode, 0), make);
    let measured = |name, make: &dyn Fn() -> Option<f64>| kept(name, make).filter(|_| steady);
    let fit = || measure::Recurrence::fit(x);
    let rate = measured("rate", &|| fit().map(|f| f.rate()).or_else(|| measure::single_rate(x)));
    rows.add(&facts::RATE, Some(heavy_ball::spectral_radius(q, beta)), rate);
    let period = measured("period", &|| fit()?.period());
    // On the border the poles are a pair by rounding alone.
    let border = matches!(classify(q, beta), Regime::Critical | Regime::AlternatingCritical);
    rows.add(&facts::PERIOD, heavy_ball::period_steps(q, beta).filter(|_| !border), period);
    if x0 == 0.0 {
        return;
    }
    let exact = match mode.step {
        0.0 => heavy_ball::exact_steps(q, beta, 0.01).map(|n| n as f64),
        // No formula for a moving start: counted on the closed form, as far as the run goes.
        _ => kept("steps of the closed form", &|| {
            let closed: Vec<f64> = (0..x.len() as u64).map(response).collect();
            measure::settles(&closed, 0.01).map(|n| n as f64)
        }),
    };
    let settled = measured("settles", &|| measure::settles(x, 0.01).map(|n| n as f64));
    rows.add(&facts::STEPS_TO, exact, settled);
    let over = measured("map overshoot", &|| Some(map_overshoot(q, beta, x.len(), |n| response(n) / x0)));
    rows.add(&facts::OVERSHOOT, over, measured("overshoot", &|| measure::overshoot(x)));
}

/// The overshoot of the closed-form response over the iterations of the run. A converging mode
/// passes furthest within its first turn.
fn map_overshoot(q: f64, beta: f64, rows: usize, response: impl Fn(u64) -> f64) -> f64 {
    let turn = heavy_ball::period_steps(q, beta).map_or(f64::INFINITY, |p| p.ceil() + 1.0);
    let last = if classify(q, beta).is_stable() { turn.min(rows as f64) as u64 } else { rows as u64 };
    (0..last).map(|n| -response(n)).fold(0.0, f64::max)
}

fn twin_rows(rows: &mut Rows<'_>) {
    let (run, view) = (rows.run, rows.view);
    let (q, beta) = mode_numbers(run, view.mode);
    let spring = twin::spring(&run.values, view.mode);
    let lane = run.lane(Lens::Spring).filter(|l| l.lane.present.get(view.mode) == Some(&true));
    let curve = lane.map(|l| problem::away(run, l, view.mode)).filter(|_| run.is_steady());
    let fit = || curve.and_then(measure::Recurrence::fit);
    let kept = |name, make: &dyn Fn() -> Option<f64>| run.derived.number((name, view.mode, 0), make);
    let ratio = kept("spring damping", &|| fit()?.damping_ratio());
    rows.add(&facts::ZETA_TWIN, spring.as_ref().map(Oscillator::zeta), ratio);
    rows.add(&facts::ZETA_EXACT, pole_match(q, beta, 1.0).ok().map(|m| m.zeta), None);
    let per_row = run.seconds / lanes::SUBSTEPS as f64;
    let period = kept("spring period", &|| fit()?.period());
    let measured = period.map(|p| std::f64::consts::TAU / (p * per_row));
    rows.add(&facts::OMEGA_TWIN, spring.and_then(|s| s.omega_d()), measured);
    rows.add(&facts::RESIDUAL, None, ledger::energy_residual(run));
}

fn temperature_rows(rows: &mut Rows<'_>) {
    let (run, view) = (rows.run, rows.view);
    let (q, beta) = mode_numbers(run, view.mode);
    let (eta, temperature) = (run.values.get("eta"), run.values.get("temperature"));
    let Some(lane) = run.lane(Lens::Sampler).filter(|l| temperature > 0.0 && l.lane.start.n() > 1) else { return };
    let lambda = q / eta;
    let stable = classify(q, beta).is_stable();
    let predicted = stable.then(|| sghmc_temperatures(1.0 - beta, 0.0, q, temperature));
    let spread = lane.at(Probe::SpreadPosition(view.mode), view.now);
    rows.add(&facts::T_POSITION, predicted.map(|t| t.0), spread.map(|s| lambda * s * s));
    let variance = lane.at(Probe::VarianceVelocity(view.mode), view.now);
    rows.add(&facts::T_VELOCITY, predicted.map(|t| t.1), variance.map(|v2| v2 / eta));
}
