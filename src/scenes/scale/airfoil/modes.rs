//! The modes of the Hessian: where they lie in the atlas, and how hot the noise of batches keeps them.

use std::sync::Arc;

use super::how::How;
use super::{OWN, problem};
use crate::core::State;
use crate::figure::{Dash, Handle, Ink, Layer, Line, Marker, Panel, Tick, Weight, rich};
use crate::param::Values;
use crate::scenes::exhibit::draw::{axis, callout, decades, level, line, measured, panel, points, words};
use crate::scenes::exhibit::number::number;
use crate::scenes::models::modal::log_spaced;
use crate::scenes::{Readout, SceneError, Seen};
use crate::text::t;
use crate::theory::fluctuation::{effective_temperature, nesterov_variance};
use crate::theory::regime::{alternating_border, overdamped_border, stability_wall};

/// What theory says of the rows, as one column: curvatures, noise of one row along every axis, exact
/// temperatures, optimum, and the axes one after the other; empty if there is no one best plane.
fn known<'a>(seen: &Seen<'a>) -> &'a [f64] {
    let run = seen.run;
    run.derived.grown(("modes", 0, 0), |column| {
        let problem = problem::of(&run.values);
        let Some(theory) = problem.theory.as_ref().filter(|_| column.is_empty()) else { return };
        let rows = problem.model.data().rows();
        let d = theory.curvatures().len();
        let exact = theory.temperatures(&How::of(&run.values).training(rows)).unwrap_or_else(|| vec![f64::NAN; d]);
        *column = [theory.curvatures(), &theory.axis_noise(), &exact, theory.optimum()].concat();
        (0..d).for_each(|k| column.extend(theory.axis(k)));
    })
}

/// How many parameters there are, from the length of that column, d (d + 4).
fn count(known: &[f64]) -> usize {
    (1..=16).find(|d| d * (d + 4) == known.len()).unwrap_or(0)
}

fn part<'a>(seen: &Seen<'a>, which: usize) -> &'a [f64] {
    let all = known(seen);
    let d = count(all);
    all.get(which * d..(which + 1) * d).unwrap_or(&[])
}

/// Eigenvalues of the Hessian, rising.
pub fn curvatures<'a>(seen: &Seen<'a>) -> &'a [f64] {
    part(seen, 0)
}

/// Temperatures by the closed form of one mode with the noise at the optimum.
pub fn simple(seen: &Seen<'_>) -> Vec<f64> {
    let rows = problem::of(&seen.run.values).model.data().rows();
    let how = How::of(&seen.run.values);
    let one = |(l, c): (&f64, &f64)| {
        let s = c / how.training(rows).batch;
        match how.lookahead {
            true => l * nesterov_variance(how.eta, how.beta, *l, s),
            false => effective_temperature(how.eta, how.beta, *l, s),
        }
    };
    curvatures(seen).iter().zip(part(seen, 1)).map(one).collect()
}

/// Exact temperatures of the stationary state, rows drawn with replacement.
pub fn exact<'a>(seen: &Seen<'a>) -> &'a [f64] {
    part(seen, 2)
}

/// λ ⟨δ²⟩ of every mode over the seeds at a moment, and its standard error; nothing while it is being read.
fn heat(seen: &Seen<'_>, n: u64, key: &'static str) -> Option<Arc<Vec<f64>>> {
    let (all, d) = (known(seen).to_vec(), curvatures(seen).len());
    let read = move |state: &State| {
        let (optimum, axes) = (&all[3 * d..4 * d], &all[4 * d..]);
        let one = |k: usize| {
            let axis = &axes[k * d..(k + 1) * d];
            let along = |p: usize| (0..d).map(|j| axis[j] * (state.coordinate(j)[p] - optimum[j])).sum::<f64>();
            let seeds = state.n() as f64;
            let squares: Vec<f64> = (0..state.n()).map(|p| all[k] * along(p) * along(p)).collect();
            let mean = squares.iter().sum::<f64>() / seeds;
            let variance = squares.iter().map(|s| (s - mean) * (s - mean)).sum::<f64>() / seeds;
            [mean, (variance / seeds).sqrt()]
        };
        (0..d).flat_map(one).collect()
    };
    let lane = seen.lane(OWN).filter(|lane| d > 0 && lane.lane.start.dim() == d)?;
    lane.glance(n, (key, d, 0), 0, read)
}

/// Measured temperatures and their standard errors.
pub fn temperatures(seen: &Seen<'_>, n: u64, key: &'static str) -> [Vec<f64>; 2] {
    let all = heat(seen, n, key);
    let every = |from: usize| all.iter().flat_map(|all| all.iter().skip(from).step_by(2).copied()).collect();
    [every(0), every(1)]
}

/// Temperatures of all modes: closed form, exact, measured.
pub fn temperature<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let modes: Vec<f64> = (1..=curvatures(seen).len()).map(|k| k as f64).collect();
    let [mean, error] = temperatures(seen, seen.view.now, "heat now");
    let end = |sign: f64| mean.iter().zip(&error).map(|(m, e)| (m + sign * 1.96 * e).max(0.02 * m)).collect::<Vec<_>>();
    let (low, high, simple) = (end(-1.0), end(1.0), simple(seen));
    let hold = low.iter().chain(&high).chain(&simple).chain(exact(seen)).copied();
    let y = decades(axis(seen, t("$T_k$", "$T_k$"), ""), 1e-14, hold);
    let mut x = axis(seen, t("mode, by curvature", "模态（按曲率）"), "").range(0.5, modes.len().max(1) as f64 + 0.5);
    let label = |at: &f64| Tick { at: *at, label: rich(&format!("$λ_{at}$")) };
    x.marks = modes.iter().map(label).collect();
    let mut panel = panel("temperature", x, y);
    let shifted = |by: f64| modes.iter().map(|x| x + by).collect::<Vec<f64>>();
    let name = seen.say(t("closed form", "闭式解"));
    panel.layers.push(points(shifted(-0.14), simple, Some(name), Ink::Text, Marker::Ring));
    let name = seen.say(t("exact, drawn", "精确（有放回）"));
    panel.layers.push(points(shifted(0.14), exact(seen).to_vec(), Some(name), Ink::Text, Marker::Cross));
    let name = seen.say(t("measured", "测得"));
    panel.layers.push(measured(modes, mean, [low, high], Some(name), Ink::Optimizer));
    vec![panel]
}

pub fn temperature_caption(seen: &Seen<'_>) -> String {
    let text = t(
        "$T_k$ = $λ_k$⟨$δ_k$²⟩ over the seeds after {} steps, with 95 % intervals. Rings: η$C_{kk}$/(2B(1 − β)) over 1 − ηλ/(2(1 + β)), with the noise C at the optimum. Crosses: exact stationary values for rows drawn with replacement, whose noise grows with the distance. Half the sum is the loss above the least one: {} against {} measured. A mode that has not come to rest yet reads high.",
        "{} 步之后各种子的 $T_k$ = $λ_k$⟨$δ_k$²⟩，附 95 % 区间。圆环：η$C_{kk}$/(2B(1 − β)) 除以 1 − ηλ/(2(1 + β))，C 为最优点处的噪声。叉号：有放回抽取时的精确平稳值，其噪声随距离增大。总和之半即高出最低值的损失：{}，测得 {}。尚未平稳的模态读数偏高。",
    );
    let half = |all: &[f64]| 0.5 * all.iter().sum::<f64>();
    let [mean, _] = temperatures(seen, seen.view.now, "heat now");
    seen.tell(text, &[seen.view.now as f64, half(exact(seen)), half(&mean)])
}

/// Numbers of the problem itself, and the heat of all modes.
pub fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let all = curvatures(seen);
    let kappa = all.first().zip(all.last()).map(|(low, high)| high / low);
    let note =
        t("Largest over smallest eigenvalue of the Hessian of the rows.", "数据的海森矩阵最大与最小特征值之比。");
    let condition = number(seen, t("condition number", "条件数"), note).predicted(kappa).done();
    let note = t(
        "Least loss of any plane: from the misses of the rows at the optimum, and the potential where nothing pulls.",
        "任何平面的最低损失：由最优点处各行的误差算得，对照无力处的势能。",
    );
    let floor = number(seen, t("least loss", "最低损失"), note)
        .predicted(problem::theory_floor(seen))
        .measured(problem::floor(seen))
        .done();
    let note = t(
        "Half the sum of the temperatures: what the noise of batches keeps the loss above its least in the long run.",
        "温度总和之半：长期而言，小批量噪声使损失高出最低值的量。",
    );
    let [mean, _] = temperatures(seen, seen.run.done(), "heat at the end");
    let heat = number(seen, t("loss kept up by noise", "噪声维持的损失"), note)
        .predicted(0.5 * exact(seen).iter().sum::<f64>())
        .measured((!mean.is_empty()).then(|| 0.5 * mean.iter().sum::<f64>()))
        .by("$½ Σ T_k$", &["eta", "beta", "batch"], "Mandt, Hoffman & Blei 2017; Liu, Ziyin & Ueda 2021")
        .done();
    vec![condition, floor, heat]
}

/// The largest curvature of the rows these values ask for.
fn steepest(values: &Values) -> Option<f64> {
    problem::of(values).theory.as_ref()?.curvatures().last().copied()
}

/// Takes hold of the steepest mode: its place says η and β.
pub fn drag(handle: &str, to: [f64; 2], values: &mut Values) -> Result<(), SceneError> {
    if handle != STEEPEST {
        return crate::scenes::exhibit::drag(handle, to, values);
    }
    match steepest(values) {
        Some(lambda) => crate::scenes::exhibit::drag("eta,beta", [to[0] / lambda, to[1]], values),
        None => Ok(()),
    }
}

/// The handle of the steepest mode.
const STEEPEST: &str = "steepest";
/// What of ηλ is drawn.
const REACH: [f64; 2] = [1e-4, 10.0];

/// The borders of the regimes with every mode as a dot, ηλ by decades.
pub fn atlas<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let x = axis(seen, t("step × curvature $ηλ$", "步长 × 曲率 $ηλ$"), "").log().range(REACH[0], REACH[1]);
    let label = match How::of(&seen.run.values).lookahead {
        true => t("product of the poles, $β(1 − ηλ)$", "极点之积 $β(1 − ηλ)$"),
        false => t("momentum $β$", "动量 $β$"),
    };
    let y = axis(seen, label, "").range(-0.05, 1.05);
    let mut panel = panel("atlas", x, y);
    let lower: Vec<f64> = log_spaced(REACH[0], 0.999, 200);
    let critical = lower.iter().map(|q| (1.0 - q.sqrt()).powi(2)).collect::<Vec<_>>();
    let name = seen.say(t("critical, exact map", "临界（精确映射）"));
    panel.layers.push(line(lower, critical, Some(name), Ink::Text, Dash::Solid));
    let betas: Vec<f64> = (0..=100).map(|k| f64::from(k * k) / 1e4).collect();
    let along = |f: fn(f64) -> f64| betas.iter().map(|b| f(*b)).collect::<Vec<f64>>();
    panel.layers.push(line(along(alternating_border), betas.clone(), None, Ink::Text, Dash::Solid));
    let (x, y, name) = (along(stability_wall).into(), betas.clone().into(), seen.say(t("stability wall", "稳定边界")));
    let (ink, dash, weight) = (Ink::Danger, Dash::Solid, Weight::Bold);
    panel.layers.push(Layer::Line(Line { x, y, name: Some(rich(name)), ink, dash, weight, marker: None }));
    panel.layers.push(level(0.0, Ink::Faint, Dash::Solid));
    let places = [
        ([1e-3, 0.3], t("overdamped", "过阻尼")),
        ([0.25, 0.75], t("underdamped", "欠阻尼")),
        ([6.5, 0.4], t("diverges", "发散")),
    ];
    panel.layers.extend(places.map(|(at, text)| words(at, seen.say(text), Ink::Muted)));
    panel.layers.push(callout([1.9, 0.08], seen.say(t("alternating", "交替")), Ink::Muted));
    dots(seen, &mut panel);
    vec![panel]
}

/// Every mode as a dot at its ηλ and the product of its poles, the steepest one as a handle.
fn dots(seen: &Seen<'_>, panel: &mut Panel<'_>) {
    let how = How::of(&seen.run.values);
    let place = |lambda: &f64| {
        let q = (how.eta * lambda).clamp(REACH[0], REACH[1]);
        // Nesterov's poles have this product.
        [q, if how.lookahead { how.beta * (1.0 - q) } else { how.beta }.clamp(-0.05, 1.05)]
    };
    let all: Vec<[f64; 2]> = curvatures(seen).iter().map(place).collect();
    let (x, y) = (all.iter().map(|p| p[0]).collect::<Vec<_>>(), all.iter().map(|p| p[1]).collect::<Vec<_>>());
    let name = seen.say(t("modes of the Hessian", "海森矩阵的模态"));
    panel.layers.push(points(x, y, Some(name), Ink::Optimizer, Marker::Disc));
    panel.handles.extend(all.last().map(|at| Handle {
        id: STEEPEST.into(),
        at: *at,
        ink: Ink::Text,
        label: rich(&format!("$λ_{}$", all.len())),
        name: seen.say(t("steepest mode: step size and momentum", "最陡的模态：步长与动量")).to_owned(),
    }));
}

pub fn atlas_caption(seen: &Seen<'_>) -> String {
    let how = How::of(&seen.run.values);
    let regime = |lambda: &f64| {
        let beta = if how.lookahead { how.beta * (1.0 - how.eta * lambda) } else { how.beta };
        how.eta * lambda < overdamped_border(beta)
    };
    let (all, slow) = (curvatures(seen), curvatures(seen).iter().filter(|l| regime(l)).count());
    let text = t(
        "Every eigenvalue λ of the Hessian as a dot at ηλ, in the regimes of the exact one-step map: {} of {} modes are overdamped at these values. The steepest can be dragged.",
        "海森矩阵的每个特征值 λ 画作 ηλ 处的一点，区域按精确的一步映射划分：当前取值下 {} 个模态过阻尼（共 {} 个）。最陡的一点可拖动。",
    );
    seen.tell(text, &[slow as f64, all.len() as f64])
}
