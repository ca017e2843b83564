//! Where arm and optimizer part: their largest difference over sample time and torque limit.

use super::dictionary::{angle, demand, is_linear};
use super::{LIMIT, PERIOD, build, measure};
use crate::core::{Outcome, Probe};
use crate::figure::{Dash, Handle, Ink, Layer, Marker, Panel, Scale, rich};
use crate::param::{Spec, Values};
use crate::scenes::exhibit::draw::{axis, line, panel, points, upright};
use crate::scenes::models::modal::log_spaced;
use crate::scenes::models::sweep::{Quantity, Survey, Swept};
use crate::scenes::{Run, SceneError, Seen, Setup, View};
use crate::text::{Text, t};

/// Below this a difference is rounding.
pub const ROUNDING: f64 = 1e-17;
/// Above this nothing is left of a likeness, and a lane that goes so many steps away diverges.
const HUGE: f64 = 10.0;
/// Measured points of a curve.
const POINTS: usize = 25;

/// Samples that make about two turns of the arm.
fn samples(values: &Values) -> u64 {
    let omega = (values.get("kp") / values.get("j")).sqrt();
    ((12.0 / (omega * values.get("period"))).ceil() as u64).clamp(10, 600)
}

/// The largest difference of the angle of the two lanes over all samples, as a share of the step.
fn parted(run: &Run) -> f64 {
    let (Some(arm), Some(ball)) = (run.lanes.first(), run.lanes.get(1)) else { return f64::NAN };
    let step = run.values.get("r").abs();
    let both = |n: u64| Some([arm.at(Probe::Position(0), n)?, ball.at(Probe::Position(0), n)?]);
    let (mut most, mut far) = (0.0, 0.0);
    for [q, x] in (0..=run.done()).filter_map(both) {
        (most, far) = (f64::max(most, (q - x).abs()), f64::max(far, q.abs().max(x.abs())));
    }
    let stopped = run.lanes.iter().any(|lane| lane.outcome != Outcome::Running);
    if stopped || step == 0.0 || far > HUGE * step { f64::NAN } else { most / step }
}

/// The difference a short run measures for these values.
pub fn measured(values: &Values) -> f64 {
    let Ok(setup) = build(values, 1) else { return f64::NAN };
    let samples = samples(values);
    let mut run = Run::brief(setup, values, 1, samples, &mut Vec::new());
    run.compute(samples);
    parted(&run)
}

/// The difference theory expects between a dictionary and the samples of an arm without limits.
fn expected(values: &Values) -> f64 {
    let off = |n| (angle(values, values.index("dictionary"), n) - angle(values, 1, n)).abs();
    let most = (0..=samples(values)).map(off).fold(0.0, f64::max) / values.get("r").abs();
    if most < HUGE { most } else { f64::NAN }
}

/// The values with one of them changed, and the dictionary chosen.
pub fn with(values: &Values, changes: &[(&str, f64)]) -> Values {
    let mut next = values.clone();
    for (id, value) in changes {
        // What a parameter does not allow stays as it is.
        let _ = next.set(id, *value);
    }
    next
}

const DICTIONARIES: [(Text, Ink, Marker, Dash); 2] = [
    (t("textbook $β$", "教科书 $β$"), Ink::Optimizer, Marker::Disc, Dash::Solid),
    (t("sampled $β$", "采样 $β$"), Ink::Spring, Marker::Square, Dash::Dashed),
];

/// Both curves over one parameter, between the ends of its range.
fn over<'a>(id: &'static str, spec: &'static Spec, seen: &Seen<'a>) -> Panel<'a> {
    let values = &seen.run.values;
    let [low, high] = spec.bounds();
    let x = axis(seen, spec.name, spec.unit).log().range(low / 1.2, high * 1.2);
    let y = axis(seen, t("largest difference / step", "最大差 / 阶跃"), "").log().range(ROUNDING, HUGE);
    let mut panel = panel(id, x, y);
    let at = log_spaced(low, high, POINTS);
    for (k, (name, ink, marker, dash)) in DICTIONARIES.into_iter().enumerate() {
        let changed = |x: f64| with(values, &[(spec.id, x), ("dictionary", k as f64)]);
        let column = |y: &f64| y.clamp(ROUNDING, 1e3);
        let there: Vec<f64> =
            at.iter().map(|x| if is_linear(&changed(*x)) { expected(&changed(*x)) } else { f64::NAN }).collect();
        let key = ("parting of the lanes", k, spec.default.to_bits());
        let found = seen.run.derived.column(key, || at.iter().map(|x| column(&measured(&changed(*x)))).collect());
        if k == 0 {
            panel.layers.push(line(at.clone(), there, None, ink, dash));
        }
        panel.layers.push(points(at.clone(), found, Some(seen.say(name)), ink, marker));
    }
    let here = values.get(spec.id);
    panel.handles.push(Handle {
        id: format!("{},-", spec.id),
        at: [here, measured_here(seen).clamp(ROUNDING, HUGE)],
        ink: Ink::Text,
        label: rich(spec.symbol),
        name: seen.say(spec.name).to_owned(),
    });
    panel
}

/// The difference for the present values, made once.
pub fn measured_here(seen: &Seen<'_>) -> f64 {
    let found = seen.run.derived.number(("parting here", 0, 0), || Some(measured(&seen.run.values)));
    found.filter(|x| x.is_finite()).unwrap_or(HUGE)
}

/// The page: over the sample time, over the torque limit.
pub fn draw<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let mut limits = over("limit", &LIMIT, seen);
    let wanted = demand(&seen.run.values);
    if wanted > 0.0 {
        limits.layers.push(upright(wanted, Ink::Danger, Dash::Dotted));
    }
    limits.legend = false;
    vec![over("period", &PERIOD, seen), limits]
}

/// Maps of the difference and of the overshoot.
pub struct Map;

const QUANTITIES: &[Quantity] = &[
    Quantity::new(
        "parting",
        t("difference of the lanes", "两轨道之差"),
        t("log₁₀ of largest difference / step", "最大差与阶跃之比的 log₁₀"),
        [-6.0, 1.0],
    ),
    Quantity::new("overshoot", t("overshoot", "超调"), t("overshoot / step", "超调 / 阶跃"), [0.0, 1.0]),
];

impl Survey for Map {
    fn quantities(&self) -> &'static [Quantity] {
        QUANTITIES
    }

    fn swept(&self, _: &Values, _: View) -> Vec<Swept> {
        let swept = |spec: &'static Spec, range| Swept { spec, range, scale: Scale::Log };
        vec![swept(&PERIOD, [0.002, 0.5]), swept(&LIMIT, [0.5, 200.0])]
    }

    fn lanes(&self, values: &Values, seed: u64, _: View) -> Result<Setup, SceneError> {
        build(values, seed)
    }

    fn is_decided(&self, run: &Run, _: View) -> bool {
        run.lanes.iter().any(|lane| lane.outcome != Outcome::Running) || run.done() >= samples(&run.values)
    }

    fn measure(&self, quantity: usize, run: &Run, _: View) -> f64 {
        if quantity == 0 {
            return libm::log10(parted(run).max(ROUNDING));
        }
        let arm = run.lanes.first().filter(|lane| lane.outcome == Outcome::Running);
        let read = arm.and_then(|lane| measure::step(lane.column(Probe::Position(0)), run.values.get("r")));
        read.map_or(f64::NAN, |step| step.overshoot)
    }

    fn borders(&self, axes: &[Swept; 2], values: &Values, _: View) -> Vec<Layer<'static>> {
        let limit = axes.iter().position(|axis| axis.spec.id == LIMIT.id);
        let wanted = demand(values);
        match limit {
            Some(0) => vec![upright(wanted, Ink::Ground, Dash::Dashed)],
            Some(_) => vec![crate::scenes::exhibit::draw::level(wanted, Ink::Ground, Dash::Dashed)],
            None => Vec::new(),
        }
    }

    fn caption(&self, quantity: usize, view: View) -> String {
        let text = if quantity == 0 {
            t(
                "Largest difference between arm and optimizer over about two turns, one short run per cell. Dashed: the torque asked for at the start, kp r; below it the motor clips proportional and derivative action together, and no dictionary helps.",
                "约两个周期内机械臂与优化器的最大差，每格一次短运行。虚线：起始时所需力矩 kp r；低于它时电机同时截断比例与微分作用，任何对照都不再成立。",
            )
        } else {
            t(
                "Overshoot of the arm, one short run per cell. Ruled ground: it diverges.",
                "机械臂的超调，每格一次短运行。斜线底：发散。",
            )
        };
        text.get(view.lang).to_owned()
    }
}
