//! The loss of every lane.

use super::series::{clock, stretch};
use crate::core::Probe;
use crate::figure::{Axis, Dash, Figure, Layer, Line, Marker, Points, Rich, Weight, rich};
use crate::scenes::models::clock::{brushed, mark_changes, panel};
use crate::scenes::{Lens, Run, View};
use crate::text::t;

/// The loss of every lane on a logarithmic axis.
pub fn figure<'a>(run: &'a Run, view: View) -> Figure<'a> {
    let unit = clock(run, view).1;
    let y = Axis::new(rich(t("loss $f$", "损失 $f$").get(view.lang)), "a.u.").log();
    let mut panel = panel("loss", run, view, y);
    let mut top = f64::NEG_INFINITY;
    for lane in run.lanes.iter().rev().filter(|l| l.lane.present.iter().all(|p| *p)) {
        let (x, y) = (lane.times(unit), lane.column(Probe::Potential));
        top = top.max(y.first().copied().unwrap_or(top));
        let (name, ink) = (Some(Rich::from(lane.lane.name.get(view.lang))), lane.lane.lens.ink());
        let (dash, weight) = match lane.lane.lens {
            Lens::Spring => (Dash::Solid, Weight::Normal),
            Lens::Controller => (Dash::Dashed, Weight::Thin),
            _ => (Dash::Dotted, Weight::Thin),
        };
        if let Some(rows) = brushed(lane, view) {
            panel.layers.push(stretch(x, y, rows, lane.lane.lens));
        }
        panel.layers.push(match lane.lane.lens {
            Lens::Optimizer => {
                Layer::Points(Points { x: x.into(), y: y.into(), name, ink, marker: Marker::Disc, size: 1.0 })
            }
            _ => Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker: None }),
        });
    }
    if top > 0.0 && top.is_finite() {
        let ends = || [top * loss_floor(run, top), top * loss_ceiling(run, top)];
        let [low, high] = run.derived.pair(("loss range", 0, top.to_bits()), ends);
        panel.y = panel.y.range(low, high);
    }
    mark_changes(&mut panel, run, view, true);
    Figure {
        id: "loss",
        title: rich(t("Loss", "损失").get(view.lang)),
        columns: 1,
        caption: t(
            "Loss of every lane over its minimum: optimizer (discs), spring (solid), PD joint (dashed) and the first particle of the sampler (dotted). Dashed rules, if any: parameters changed in mid-run.",
            "各通道高出极小值的损失：优化器（圆点）、弹簧（实线）、PD 关节（虚线）与采样器的第一个粒子（点线）。竖虚线（若有）：运行中途改变了参数。",
        )
        .get(view.lang)
        .into(),
        panels: vec![panel],
    }
}

fn optimizer_loss(run: &Run) -> &[f64] {
    run.lane(Lens::Optimizer).map_or(&[], |l| l.column(Probe::Potential))
}

/// The smallest share of the start's loss worth showing: what the optimizer reaches, 10⁻¹² at most.
fn loss_floor(run: &Run, top: f64) -> f64 {
    let least = optimizer_loss(run).iter().copied().fold(top, |a, b| if b > 0.0 { a.min(b) } else { a });
    10f64.powf((least / top).log10().floor().clamp(-12.0, -2.0))
}

/// And the largest: a diverging run is followed for three decades.
fn loss_ceiling(run: &Run, top: f64) -> f64 {
    let most = optimizer_loss(run).iter().copied().fold(top, f64::max);
    10f64.powf((most / top).log10().ceil().clamp(0.0, 3.0)) * 2.0
}
