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
        let (name, ink) = (Some(Rich::from(lane.lane.name.get(view.lang))), lane.lane.ink);
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
        let [low, high] = range(run, top);
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

/// The losses worth showing: down to what the optimizer reaches, 10⁻¹² of the start's at most; up a
/// diverging run is followed for three decades.
fn range(run: &Run, top: f64) -> [f64; 2] {
    let losses = optimizer_loss(run);
    let reached = run.derived.grown(("loss reached", 0, top.to_bits()), |kept| {
        let [rows, least, most] = match kept[..] {
            [rows, least, most] => [rows, least, most],
            _ => [0.0, top, top],
        };
        let new = losses.get(rows as usize..).unwrap_or(&[]).iter().copied();
        let ends = new.fold([least, most], |[a, b], f| [if f > 0.0 { a.min(f) } else { a }, b.max(f)]);
        *kept = vec![losses.len() as f64, ends[0], ends[1]];
    });
    let [_, least, most] = reached else { return [1e-2 * top, 2.0 * top] };
    let floor = 10f64.powf((least / top).log10().floor().clamp(-12.0, -2.0));
    let ceiling = 10f64.powf((most / top).log10().ceil().clamp(0.0, 3.0)) * 2.0;
    [top * floor, top * ceiling]
}
