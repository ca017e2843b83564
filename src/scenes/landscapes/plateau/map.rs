//! Who arrives: maps over momentum and entry speed.

use super::{BETA, ETA, LENGTH, SPEED, build, crossing, ground, is_flat};
use crate::core::{Outcome, Probe, State};
use crate::figure::{Dash, Ink, Layer, Scale};
use crate::param::{Spec, Values};
use crate::scenes::models::sweep::{Quantity, Survey, Swept, border};
use crate::scenes::{LaneRun, Run, SceneError, Setup, View};
use crate::text::t;

/// Particles of a cell whose starts are spread, and how far around the start of the scene.
const STARTS: usize = 16;
const SPREAD: f64 = 0.25;
/// When they are counted, and how close to the minimum they have to be.
const WITHIN: u64 = 96;
const CLOSE: f64 = 0.05;
const CROSSING: usize = 0;
const SHARE: usize = 1;
/// Points of a border.
const POINTS: usize = 200;

const QUANTITIES: &[Quantity] = &[
    Quantity::new(
        "crossing",
        t("crossing time", "越过时间"),
        t("iterations to the edge", "到边缘的迭代数"),
        [0.0, 100.0],
    ),
    Quantity::new(
        "arrivals",
        t("arrival share", "到达比例"),
        t("share of starts that have landed", "已落定的起点比例"),
        [0.0, 1.0],
    ),
    Quantity::new(
        "overshoot",
        t("overshoot", "飞越距离"),
        t("farthest beyond the minimum", "越过极小点的最远距离"),
        [0.0, 1.5],
    ),
];

/// Maps of the momentum lane.
pub struct Arrivals;

impl Survey for Arrivals {
    fn quantities(&self) -> &'static [Quantity] {
        QUANTITIES
    }

    fn swept(&self, values: &Values, _: View) -> Vec<Swept> {
        let even = |spec: &'static Spec, range| Swept { spec, range, scale: Scale::Linear };
        let eta = Swept::by_decades(&ETA, [0.01, 1.0], values.get("eta"));
        vec![even(&BETA, [0.0, 0.99]), even(&SPEED, [0.0, 1.0]), even(&LENGTH, [0.1, 5.0]), eta]
    }

    fn lanes(&self, values: &Values, seed: u64, _: View) -> Result<Setup, SceneError> {
        let mut setup = build(values, seed)?;
        setup.lanes.drain(..1);
        setup.lanes.iter_mut().for_each(|lane| lane.probes = vec![Probe::Position(0)]);
        Ok(setup)
    }

    fn lanes_of(&self, quantity: usize, values: &Values, seed: u64, view: View) -> Result<Setup, SceneError> {
        let mut setup = self.lanes(values, seed, view)?;
        if quantity == SHARE {
            setup.lanes.iter_mut().for_each(|lane| lane.start = scattered(values).into());
        }
        Ok(setup)
    }

    fn is_decided(&self, run: &Run, _: View) -> bool {
        run.lanes.iter().any(|lane| lane.outcome != Outcome::Running)
    }

    fn is_enough(&self, quantity: usize, run: &Run, view: View) -> bool {
        let crossed = || run.lanes.first().and_then(crossing).is_some();
        let enough = match quantity {
            CROSSING => crossed(),
            SHARE => run.done() >= WITHIN,
            _ => false,
        };
        enough || self.is_decided(run, view)
    }

    fn measure(&self, quantity: usize, run: &Run, _: View) -> f64 {
        let Some(lane) = run.lanes.first() else { return f64::NAN };
        let measured = match quantity {
            CROSSING => crossing(lane).map(|n| n as f64),
            SHARE => Some(arrived(lane, &run.values)),
            _ => beyond(lane, &run.values),
        };
        measured.unwrap_or(f64::NAN)
    }

    fn borders(&self, axes: &[Swept; 2], values: &Values, view: View) -> Vec<Layer<'static>> {
        let [x, y] = axes.map(|axis| axis.spec.id);
        if !is_flat(values) || [x, y] != ["beta", "speed"] {
            return Vec::new();
        }
        let beta = |i: usize| axes[0].centre(i, POINTS);
        let needed = |beta: f64| values.get("length") * (1.0 - beta) / beta;
        let curve = (0..POINTS).map(|i| [beta(i), needed(beta(i))]).filter(|[_, v]| *v <= axes[1].range[1]).collect();
        let name = t("$v_0 β/(1 − β)$ = length", "$v_0 β/(1 − β)$ = 平台长度").get(view.lang);
        vec![border(curve, name, Ink::Text, Dash::Dashed)]
    }

    fn caption(&self, quantity: usize, view: View) -> String {
        let text = match quantity {
            SHARE => t(
                "Sixteen starts spread over half a unit around the start: the share that stands within 0.05 of the minimum after 96 iterations. Little momentum is still on its way, much is still swinging.",
                "起点附近半个单位内均匀取十六个起点：96 步之后与极小点相距不足 0.05 的比例。动量太小则仍在途中，太大则仍在摆动。",
            ),
            CROSSING => t(
                "Iterations until momentum passes the edge, by a run per cell. Ruled ground: not within 400 iterations. Dashed, on exactly flat ground: the closed form.",
                "动量法越过边缘所需的迭代数，每格一次运行。斜线底：400 步内未越过。虚线（完全平坦时）：闭式解。",
            ),
            _ => t(
                "How far beyond the minimum momentum flies, by a run of 400 iterations per cell. Ruled ground: it never comes so far.",
                "动量法飞越极小点的最远距离，每格一次 400 步的运行。斜线底：从未到达极小点。",
            ),
        };
        text.get(view.lang).to_owned()
    }
}

/// Starts spread evenly around the start of the scene.
fn scattered(values: &Values) -> State {
    let mut state = State::at(&[-values.get("length")], &[values.get("speed")], STARTS, 0, 0);
    for (i, q) in state.q.iter_mut().enumerate() {
        *q += SPREAD * (2.0 * (i as f64 + 0.5) / STARTS as f64 - 1.0);
    }
    state
}

/// The share of particles that have landed.
fn arrived(lane: &LaneRun, values: &Values) -> f64 {
    let (state, minimum) = (lane.state_at(WITHIN), ground::minimum(values));
    let all = state.coordinate(0);
    all.iter().filter(|x| (**x - minimum).abs() <= CLOSE).count() as f64 / all.len().max(1) as f64
}

/// How far beyond the minimum a lane ever gets, if it gets there.
fn beyond(lane: &LaneRun, values: &Values) -> Option<f64> {
    let most = lane.column(Probe::Position(0)).iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Some(most - ground::minimum(values)).filter(|past| *past >= 0.0)
}
