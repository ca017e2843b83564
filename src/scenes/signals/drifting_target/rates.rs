//! The best momentum over the rate of change, and what choosing it is worth.

use super::{RATE, best, best_mean, ensemble, predicted_at, steps};
use crate::figure::{Axis, Dash, Handle, Ink, Marker, Panel, rich};
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{axis, level, line, measured, panel, points, upright};
use crate::scenes::models::modal::log_spaced;
use crate::text::t;
use crate::theory::tracking::Held;

/// Rates along a curve, and those at which ensembles are run.
const FINE: usize = 60;
const RUN: [f64; 4] = [0.004, 0.02, 0.1, 0.3];

fn rates(seen: &Seen<'_>) -> Axis {
    let [low, high] = RATE.bounds();
    axis(seen, t("rate of change $s$ (per step)", "变化速率 $s$（每步）"), "").log().range(low, high)
}

/// Columns over the rates, of [`FINE`] numbers each: the best momentum with η, the best running mean, and the best
/// error over that without momentum, with η and with the effective step.
fn curves<'a>(seen: &Seen<'a>) -> [&'a [f64]; 4] {
    let [eta, beta, alpha] = steps(&seen.run.values);
    let key = ("best momenta", FINE, eta.to_bits() ^ beta.to_bits().rotate_left(9));
    let all = seen.run.derived.once(key, || {
        let [low, high] = RATE.bounds();
        let values = &seen.run.values;
        let rates = log_spaced(low, high, FINE);
        let worth = |held: Held, rate: f64| {
            let without = predicted_at(values, [held.eta(0.0), 0.0], rate).total();
            best(values, held, rate).map_or(f64::NAN, |b| (b.1 / without).sqrt())
        };
        let columns: [&dyn Fn(f64) -> f64; 4] = [
            &|s| best(values, Held::Step(eta), s).map_or(f64::NAN, |b| b.0),
            &|s| best_mean(values, s).unwrap_or(f64::NAN),
            &|s| worth(Held::Step(eta), s),
            &|s| worth(Held::EffectiveStep(alpha), s),
        ];
        columns.iter().flat_map(|of| rates.iter().map(|s| of(*s))).collect()
    });
    std::array::from_fn(|k| all.get(k * FINE..(k + 1) * FINE).unwrap_or(&[]))
}

pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let [low, high] = RATE.bounds();
    let x = log_spaced(low, high, FINE);
    let [memory, mean, step, effective] = curves(seen);
    let name = |text| Some(seen.say(text));
    let mut first = panel("memory", rates(seen), axis(seen, t("best $β$", "最佳 $β$"), "").range(-0.03, 1.03));
    let same = name(t("momentum, same $η$", "动量，相同 $η$"));
    first.layers.push(line(x.clone(), memory, same, Ink::Optimizer, Dash::Solid));
    let average = name(t("running mean", "滑动平均"));
    first.layers.push(line(x.clone(), mean, average, Ink::Controller, Dash::Dashed));
    first.layers.push(upright(seen.get("rate"), Ink::Faint, Dash::Dotted));
    if let Some((beta, _)) = best(&seen.run.values, Held::Step(seen.get("eta")), seen.get("rate")) {
        first.layers.push(points(vec![seen.get("rate")], vec![beta], None, Ink::Text, Marker::Diamond));
    }
    first.handles.push(Handle {
        id: "rate,beta".into(),
        at: [seen.get("rate"), seen.get("beta")],
        ink: Ink::Text,
        label: rich("$s$, $β$"),
        name: seen.say(t("rate of change and momentum", "变化速率与动量系数")).to_owned(),
    });
    let label = t("best error over that at $β = 0$", "最佳误差与 $β = 0$ 时之比");
    let mut second = panel("worth", rates(seen), axis(seen, label, "").range(0.0, 1.12));
    second.layers.push(level(1.0, Ink::Faint, Dash::Solid));
    let same = name(t("same $η$", "相同 $η$"));
    second.layers.push(line(x.clone(), step, same, Ink::Optimizer, Dash::Solid));
    let same = name(t("same $η/(1 − β)$", "相同 $η/(1 − β)$"));
    second.layers.push(line(x, effective, same, Ink::Spring, Dash::DashDot));
    second.layers.extend(marks(seen));
    second.below = true;
    vec![first, second]
}

/// Ratios of measured errors at the same η, with two standard errors.
fn marks<'a>(seen: &Seen<'a>) -> Option<crate::figure::Layer<'a>> {
    let eta = seen.get("eta");
    let found: Vec<[f64; 3]> = RUN
        .iter()
        .filter_map(|rate| {
            let beta = best(&seen.run.values, Held::Step(eta), *rate)?.0;
            let [with, without] = [[eta, beta], [eta, 0.0]].map(|c| ensemble::total(seen, c, *rate));
            let (with, without) = with.zip(without)?;
            let ratio = (with.mean / without.mean).sqrt();
            // Half the relative errors of the squares, as if they were independent.
            let error = ratio * 0.5 * (with.error / with.mean).hypot(without.error / without.mean);
            Some([*rate, ratio, error]).filter(|row| row.iter().all(|x| x.is_finite()))
        })
        .collect();
    let read = |of: &dyn Fn(&[f64; 3]) -> f64| found.iter().map(of).collect::<Vec<f64>>();
    let ends = [read(&|r| (r[1] - 2.0 * r[2]).max(0.0)), read(&|r| r[1] + 2.0 * r[2])];
    (!found.is_empty()).then(|| measured(read(&|r| r[0]), read(&|r| r[1]), ends, None, Ink::Optimizer))
}

pub fn caption(seen: &Seen<'_>) -> String {
    let [eta, _, alpha] = steps(&seen.run.values);
    let text = t(
        "Above: the β of the least error over the rate of change. As momentum with η = {} fixed it rises, because more momentum means a larger step; as the memory of a running mean it falls (dashed). Below: what choosing the best β is worth, by theory (lines) and by ensembles (marks, two standard errors): much with η fixed, next to nothing with the effective step fixed at {}. The mark can be dragged.",
        "上图：误差最小的 β 随变化速率的变化。固定 η = {} 作动量时，它上升，因为动量越大步长越大；作滑动平均的记忆时，它下降（虚线）。下图：选最佳 β 的收益，理论（线）与系综（标记，两倍标准误差）：固定 η 时很大，等效步长固定为 {} 时几乎没有。标记可拖动。",
    );
    seen.tell(text, &[eta, alpha])
}
