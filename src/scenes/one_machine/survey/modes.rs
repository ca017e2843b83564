//! The eigenmodes of the optimizer side by side.

use super::super::problem;
use super::super::remarks::mode_numbers;
use crate::core::Probe;
use crate::figure::{Figure, Ink, rich};
use crate::scenes::models::measure::{self, Recurrence};
use crate::scenes::models::mode_bars::{self, Mode};
use crate::scenes::{Lens, Run, View};
use crate::text::{fill, t};
use crate::theory::heavy_ball::spectral_radius;
use crate::theory::regime::{Regime, classify};

/// The figure.
pub fn figure<'a>(run: &'a Run, view: View) -> Figure<'a> {
    let caption = t(
        "Eigenmodes of the optimizer. Top: contraction per step, measured on the trace (first bar) and from the poles of the exact map (second). Middle: energy ½λ(q − x*)² + ½Δ²/η at iteration {}, relative to the start. Bottom: share of the loss there. Colours are those of the regimes in the atlas.",
        "优化器的各特征模态。上：每步收缩率，由轨迹实测（第一柱）与精确映射的极点（第二柱）得到。中：第 {} 步的能量 ½λ(q − x*)² + ½Δ²/η，相对初值。下：该处的损失占比。颜色与阻尼图谱的区域一致。",
    );
    let modes: Vec<Mode> = (0..problem::curvatures(&run.values).len()).map(|i| mode(run, view, i)).collect();
    Figure {
        id: super::MODES,
        title: rich(super::MODES_TITLE.get(view.lang)),
        columns: 1,
        caption: fill(caption.get(view.lang), &[&view.now.to_string()]),
        panels: mode_bars::panels(&modes, view.lang),
    }
}

fn mode(run: &Run, view: View, i: usize) -> Mode {
    let (q, beta) = mode_numbers(run, i);
    let x = run.lane(Lens::Optimizer).map_or(&[][..], |l| problem::away(run, l, i));
    let fit =
        Recurrence::fit(x).map(|f| f.rate()).or_else(|| measure::single_rate(x)).or_else(|| measure::tail_rate(x));
    let steady = run.is_steady();
    Mode {
        symbol: format!("$λ_{}$", i + 1),
        ink: ink(classify(q, beta)),
        measured: fit.filter(|_| steady).unwrap_or(f64::NAN),
        predicted: if steady { spectral_radius(q, beta) } else { f64::NAN },
        energy: energy(run, i, view.now) / energy(run, i, 0),
        share: loss(run, i, view.now)
            / (0..problem::curvatures(&run.values).len()).map(|k| loss(run, k, view.now)).sum::<f64>(),
    }
}

/// ½λ(q − x*)² of a mode at iteration `n`.
fn loss(run: &Run, mode: usize, n: u64) -> f64 {
    let Some(of) = problem::mode(run.values_at(n), mode) else { return f64::NAN };
    let away = position(run, mode, n) - of.target;
    0.5 * of.lambda * away * away
}

/// ½λ(q − x*)² + ½Δ²/η of a mode at iteration `n`, Δ being the displacement of the last one.
fn energy(run: &Run, mode: usize, n: u64) -> f64 {
    let step = match n.checked_sub(1) {
        Some(last) => position(run, mode, n) - position(run, mode, last),
        None => problem::mode(run.values_at(0), mode).map_or(f64::NAN, |m| m.step),
    };
    loss(run, mode, n) + 0.5 * step * step / run.values_at(n).get("eta")
}

/// Where a mode of the optimizer is at iteration `n`.
fn position(run: &Run, mode: usize, n: u64) -> f64 {
    run.lane(Lens::Optimizer).and_then(|l| l.at(Probe::Position(mode), n)).unwrap_or(f64::NAN)
}

/// The colour of a regime in the atlas.
fn ink(regime: Regime) -> Ink {
    match regime {
        Regime::Overdamped | Regime::Critical | Regime::Deadbeat => Ink::Optimizer,
        Regime::Underdamped => Ink::Controller,
        Regime::AlternatingCritical | Regime::AlternatingOverdamped => Ink::Amber,
        Regime::MixedPositive | Regime::MixedBalanced => Ink::Spring,
        Regime::MixedNegative => Ink::Sampler,
        Regime::Free | Regime::Undamped | Regime::FlipMarginal => Ink::Muted,
        Regime::Escape
        | Regime::UndampedEdge
        | Regime::DivergentFlip
        | Regime::DivergentMonotone
        | Regime::Antidamped
        | Regime::Undefined => Ink::Danger,
    }
}
