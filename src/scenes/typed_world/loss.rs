//! The loss of every lane over time.

use super::setting::Setting;
use super::{axes, phase};
use crate::core::Probe;
use crate::figure::{Axis, Figure, rich};
use crate::scenes::models::clock::{clock, mark_changes, panel};
use crate::scenes::{LaneRun, Lens, Run, View};
use crate::text::{Lang, t};

/// The smallest height over the minimum that is shown, as a share of the start's.
const FLOOR: f64 = 1e-12;

/// The figure: heights over the minimum nearest the start on a logarithmic axis, or the loss itself
/// where there is no such minimum or a lane is lower.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let unit = clock(run, view).1;
    let base = base(at, run);
    let word = match base {
        Some(_) => t("loss over minimum $f$ − $f^*$", "高出极小值 $f$ − $f^*$"),
        None => t("loss $f$", "损失 $f$"),
    };
    let axis = Axis::new(rich(word.get(view.lang)), "a.u.");
    let mut panel = panel("loss", run, view, if base.is_some() { axis.log() } else { axis });
    for lane in axes::lanes(run) {
        panel.layers.extend(axes::path(lane, lane.times(unit), heights(lane, base), view));
    }
    let [low, high] = run.derived.pair(("loss range", 0, 0), || range(run, base));
    panel.y = panel.y.range(low, high);
    mark_changes(&mut panel, run, view, true);
    let drawn = match base {
        Some(_) => t("Height of the loss over the lowest minimum near the start.", "损失高出起点附近最低极小值的量。"),
        None => t("The loss over time.", "损失随时间的变化。"),
    };
    let space = if view.lang == Lang::En { " " } else { "" };
    Figure {
        id: "loss",
        title: rich(t("Loss", "损失").get(view.lang)),
        columns: 1,
        caption: [drawn.get(view.lang), axes::legend(at).get(view.lang)].join(space),
        panels: vec![panel],
    }
}

/// The lowest minimum near the start, unless a lane goes lower.
fn base(at: &Setting<'_>, run: &Run) -> Option<f64> {
    let points = at.points();
    let lowest = points.iter().filter(|p| phase::is_stable(p.nature)).map(|p| p.value).fold(f64::INFINITY, f64::min);
    let values = || axes::lanes(run).flat_map(|l| l.column(Probe::Potential)).copied().filter(|f| f.is_finite());
    let seen = run.derived.pair(("loss seen", 0, 0), || {
        values().fold([f64::INFINITY, f64::NEG_INFINITY], |r, f| [r[0].min(f), r[1].max(f)])
    });
    let size = (seen[1] - lowest).abs().max(1e-300);
    (lowest.is_finite() && seen[0] >= lowest - 1e-9 * size).then_some(lowest)
}

fn heights(lane: &LaneRun, base: Option<f64>) -> &[f64] {
    let f = lane.column(Probe::Potential);
    let Some(base) = base.filter(|b| *b != 0.0) else { return f };
    lane.derived.grown(("heights", 0, base.to_bits()), |out| out.extend(f.iter().skip(out.len()).map(|f| f - base)))
}

/// What the optimizer reaches, from a little over its start on; a diverging run is followed for a while.
fn range(run: &Run, base: Option<f64>) -> [f64; 2] {
    let lane = run.lane(Lens::Optimizer);
    let all = lane.map_or(&[][..], |lane| heights(lane, base));
    let first = all.first().copied().filter(|f| f.is_finite()).unwrap_or(1.0);
    let fold = |keep: &dyn Fn(f64) -> bool| {
        let kept = all.iter().copied().filter(|f| f.is_finite() && keep(*f));
        kept.fold([first, first], |r, f| [r[0].min(f), r[1].max(f)])
    };
    if base.is_none() {
        let scale = 1e3 * first.abs().max(1.0);
        return axes::widened(fold(&|f| f.abs() <= scale), 0.08);
    }
    if !(first > 0.0) {
        return [1e-6, 1.0];
    }
    let [low, high] = fold(&|f| f > 0.0 && f <= 1e3 * first);
    [low.max(FLOOR * first) / 1.6, high * 1.6]
}
