//! What a sweep of a typed loss measures: how the optimizer comes to rest, and how much of the
//! sampler's cloud leaves the basin it began in.

use std::sync::Arc;

use super::basins::{Basins, Watch, marked};
use super::{TypedWorld, lanes};
use crate::core::{Outcome, Probe, System};
use crate::figure::Scale;
use crate::param::{Kind, Spec, Spread, Values};
use crate::scenes::models::measure;
use crate::scenes::models::sweep::{Quantity, STEPS, Survey, Swept, caption};
use crate::scenes::{Lane, LaneRun, Lens, Run, SceneError, Setup, View};
use crate::text::{Lang, t};

const QUANTITIES: &[Quantity] = &[
    Quantity::new(
        "settling",
        t("steps to rest within 1 %", "到 1 % 静止的步数"),
        t("steps to rest within 1 % (200 or more: yellow)", "到 1 % 静止的步数（≥200 为黄）"),
        [0.0, 200.0],
    ),
    Quantity::new("overshoot", t("overshoot", "超调"), t("overshoot (share of the way)", "超调（占路程）"), [0.0, 1.0]),
    Quantity::new(
        "escape",
        t("escape probability", "逃逸概率"),
        t("share of the cloud that ends in another basin", "终于另一盆地的粒子比例"),
        [0.0, 1.0],
    ),
    Quantity::new(
        "crossing",
        t("crossing probability", "越垒概率"),
        t("share of the cloud that ever left its basin", "曾离开原盆地的粒子比例"),
        [0.0, 1.0],
    ),
];

/// The quantities by their places in the list.
const SETTLING: usize = 0;
const OVERSHOOT: usize = 1;
const ESCAPE: usize = 2;

/// Rows that stand still before a run counts as at rest.
const STILL: usize = 16;

impl Survey for TypedWorld {
    fn quantities(&self) -> &'static [Quantity] {
        QUANTITIES
    }

    fn swept(&self, values: &Values, _: View) -> Vec<Swept> {
        let at = self.at(values);
        let spec = |id: &str| values.spec(id).ok();
        let present = |spec: &'static Spec| values.get(spec.id);
        let beta = at.get("beta");
        let rate =
            spec("eta").map(|s| Swept::by_decades(s, [0.01 * s.default, (20.0 * s.default).min(100.0)], present(s)));
        let keep = [if beta < 0.0 { -1.0 } else { 0.0 }, if beta > 1.0 { 1.1 } else { 1.0 }];
        let keep = spec("beta").map(|spec| Swept { spec, range: keep, scale: Scale::Linear });
        let heat = spec("temperature").map(|s| Swept::by_decades(s, [1e-3, 1.0], present(s)));
        let params = &at.made.params;
        let own = params.sliders.iter().map(|s| slider(s));
        let starts = params.starts.iter().map(|s| start(s, present(s)));
        [rate, keep, heat].into_iter().flatten().chain(own).chain(starts).collect()
    }

    fn lanes(&self, values: &Values, seed: u64, _: View) -> Result<Setup, SceneError> {
        let at = self.at(values);
        Ok(Setup { lanes: vec![lanes::optimizer(&at, seed), lanes::sampler(&at, seed)], seconds: at.get("h") })
    }

    fn lanes_of(&self, quantity: usize, values: &Values, seed: u64, _: View) -> Result<Setup, SceneError> {
        let at = self.at(values);
        let lane = match quantity {
            SETTLING | OVERSHOOT => {
                let lane = lanes::optimizer(&at, seed);
                let probes = (0..lane.start.dim()).map(Probe::Position).collect();
                Lane { probes, ..lane }
            }
            ESCAPE => Lane { probes: vec![Probe::Step], ..lanes::sampler(&at, seed) },
            _ => watched(Lane { probes: vec![Probe::Step], ..lanes::sampler(&at, seed) }, Basins::of(&at)),
        };
        Ok(Setup { lanes: vec![lane], seconds: at.get("h") })
    }

    fn is_decided(&self, run: &Run, _: View) -> bool {
        run.lanes.iter().any(|l| l.outcome != Outcome::Running)
            || run.lane(Lens::Optimizer).is_some_and(|lane| is_still(lane, 1e-12))
    }

    fn is_enough(&self, quantity: usize, run: &Run, view: View) -> bool {
        match quantity {
            SETTLING | OVERSHOOT => self.is_decided(run, view),
            ESCAPE => run.lanes.iter().any(|l| l.outcome != Outcome::Running),
            _ => run.lanes.iter().any(|l| l.outcome != Outcome::Running || marked(&l.state()) == Some(1.0)),
        }
    }

    fn measure(&self, quantity: usize, run: &Run, _: View) -> f64 {
        let at = self.at(&run.values);
        match quantity {
            SETTLING | OVERSHOOT => optimizer(quantity, run),
            ESCAPE => sampler(run).and_then(|lane| Some(Basins::of(&at)?.escaped(&at, &lane.state()))),
            _ => sampler(run).filter(|_| Basins::of(&at).is_some()).and_then(|lane| marked(&lane.state())),
        }
        .unwrap_or(f64::NAN)
    }

    fn caption(&self, quantity: usize, view: View) -> String {
        let what = match quantity {
            SETTLING | OVERSHOOT => t(
                "The optimizer. Ruled ground also where it does not come to rest or diverges.",
                "测量对象为优化器；不静止或发散处亦为斜线底。",
            ),
            _ => t(
                "The sampler’s cloud over all 400 iterations; basins are told apart by the maxima of the loss, in the plane by its minima.",
                "测量对象为采样器粒子云，历时 400 步；盆地按损失的极大点（二维按极小点）区分。",
            ),
        };
        [caption(view.lang), what.get(view.lang)].join(if view.lang == Lang::En { " " } else { "" })
    }
}

/// A slider of the text over its range.
fn slider(spec: &'static Spec) -> Swept {
    let range = spec.bounds();
    let log = matches!(spec.kind, Kind::Real { min, spread: Spread::Log, .. } if min > 0.0);
    Swept { spec, range, scale: if log { Scale::Log } else { Scale::Linear } }
}

/// Where a coordinate starts: about the origin, as far as the present start by powers of two.
fn start(spec: &'static Spec, present: f64) -> Swept {
    let mut far = 2.0;
    while far < 1.1 * present.abs() {
        far *= 2.0;
    }
    let [low, high] = spec.bounds();
    Swept { spec, range: [(-far).max(low), far.min(high)], scale: Scale::Linear }
}

/// The lane with a watch on its cloud.
fn watched(lane: Lane, basins: Option<Basins>) -> Lane {
    let Some(basins) = basins else { return lane };
    let System { field, stepper } = lane.system;
    Lane { system: System { field, stepper: Arc::new(Watch::over(stepper, basins)) }, ..lane }
}

/// The sampler's lane of a run that came to its end; a watch may have let it stop before.
fn sampler(run: &Run) -> Option<&LaneRun> {
    let whole = |l: &&LaneRun| l.outcome == Outcome::Running && (l.done() >= STEPS || marked(&l.state()) == Some(1.0));
    run.lane(Lens::Sampler).filter(whole)
}

/// The distance of every row from the last one, and the part of it along the way from there to the start.
fn ways(lane: &LaneRun) -> Option<[Vec<f64>; 2]> {
    let columns: Vec<&[f64]> = (0..lane.lane.start.dim()).map(|i| lane.column(Probe::Position(i))).collect();
    let ends: Vec<[f64; 2]> = columns.iter().map(|c| Some([*c.first()?, *c.last()?])).collect::<Option<_>>()?;
    let length = ends.iter().map(|[first, last]| (first - last) * (first - last)).sum::<f64>().sqrt();
    let rows = 0..lane.trace.len();
    let each = |row: usize| columns.iter().zip(&ends).map(move |(c, end)| (c[row] - end[1], end[0] - end[1]));
    let far = rows.clone().map(|row| each(row).map(|(d, _)| d * d).sum::<f64>().sqrt()).collect();
    let along = rows.map(|row| each(row).map(|(d, way)| d * way / length).sum()).collect();
    (length > 0.0).then_some([far, along])
}

/// Whether the last rows stand still to a share of the way that was gone.
fn is_still(lane: &LaneRun, share: f64) -> bool {
    let rows = lane.trace.len();
    let columns = || (0..lane.lane.start.dim()).map(|i| lane.column(Probe::Position(i)));
    let spread = |x: &[f64]| {
        let [low, high] = x.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[l, h], x| [l.min(*x), h.max(*x)]);
        high - low
    };
    let moved = |from: usize| columns().map(|c| spread(&c[from..])).fold(0.0, f64::max);
    rows > 2 * STILL && moved(rows - STILL) <= share * moved(0)
}

fn optimizer(quantity: usize, run: &Run) -> Option<f64> {
    let rests = |l: &&LaneRun| l.outcome == Outcome::Running && is_still(l, 1e-4);
    let [far, along] = ways(run.lane(Lens::Optimizer).filter(rests)?)?;
    match quantity {
        SETTLING => measure::settles(&far, 0.01).map(|n| n as f64),
        _ => measure::overshoot(&along),
    }
}
