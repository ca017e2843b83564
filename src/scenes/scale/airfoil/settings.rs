//! The settings of the article and two without momentum, each over many seeds, beside what was printed.

use super::curves::height;
use super::how::{How, ensemble};
use super::problem;
use crate::core::{At, System, advance};
use crate::figure::{ErrorBars, Ink, Layer, Marker, Panel, Tick, Weight, rich};
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{axis, panel, points};
use crate::text::{fill, t};

/// A setting: step size, momentum, whether the library starts it, and what the article prints, if it does.
struct Setting {
    eta: f64,
    beta: f64,
    library: bool,
    printed: Option<f64>,
}

const fn setting(eta: f64, beta: f64, library: bool, printed: Option<f64>) -> Setting {
    Setting { eta, beta, library, printed }
}

const SETTINGS: [Setting; 6] = [
    setting(0.02, 0.5, false, Some(0.245518)),
    setting(0.02, 0.9, false, Some(0.252046)),
    setting(0.004, 0.9, false, Some(0.242905)),
    setting(0.004, 0.9, true, Some(0.253280)),
    setting(0.02, 0.0, false, None),
    setting(0.04, 0.0, false, None),
];
/// The runs of the article, by their places above.
pub const FIRST: usize = 0;
pub const SECOND: usize = 1;
pub const THIRD: usize = 2;
pub const LIBRARY: usize = 3;

/// Rows in a batch, steps, and rows seen in the end: two epochs.
const BATCH: usize = 10;
pub const STEPS: u64 = 300;
pub const ROWS_SEEN: f64 = 3000.0;
/// Seeds of every setting.
pub const SEEDS: usize = 64;

/// What the article prints for the values of the run, if it does.
pub fn printed_here(seen: &Seen<'_>) -> Option<f64> {
    let how = How::of(&seen.run.values);
    let same = |s: &&Setting| (s.eta, s.beta, s.library) == (how.eta, how.beta, how.library);
    let usual = how.batch == BATCH
        && how.order == 0
        && !how.lookahead
        && problem::is_airfoil(&seen.run.values)
        && seen.run.is_steady();
    SETTINGS.iter().find(same).filter(|_| usual)?.printed
}

/// Final losses of the seeds of a setting, in rising order.
pub fn losses<'a>(seen: &Seen<'a>, place: usize) -> &'a [f64] {
    let run = seen.run;
    let all = run.derived.grown(("settings", SEEDS, 0), |column| {
        if column.is_empty() {
            let problem = problem::of(&run.values);
            SETTINGS.iter().for_each(|s| column.extend(raced(s, &problem.model, run.seed)));
        }
    });
    all.get(place * SEEDS..(place + 1) * SEEDS).unwrap_or(&[])
}

fn raced(s: &Setting, model: &std::sync::Arc<crate::core::models::LinearRegression>, seed: u64) -> Vec<f64> {
    let how = How { eta: s.eta, beta: s.beta, lookahead: false, batch: BATCH, order: 0, library: s.library };
    let (field, mut state) = ensemble(model, &how, SEEDS, seed);
    let system = System { field: std::sync::Arc::new(field), stepper: how.stepper() };
    advance(&system, &mut state, STEPS, &mut ());
    let mut out = vec![f64::NAN; SEEDS];
    system.field.potential(At { t: state.t, n: SEEDS, q: &state.q, v: &state.v }, &mut out);
    out.sort_by(f64::total_cmp);
    out
}

/// The loss that this share of the seeds of a setting has at most.
pub fn quantile(seen: &Seen<'_>, place: usize, share: f64) -> f64 {
    let all = losses(seen, place);
    let at = share * all.len().saturating_sub(1) as f64;
    let of = |k: f64| all.get(k as usize).copied().unwrap_or(f64::NAN);
    of(at.floor()) + at.fract() * (of(at.ceil()) - of(at.floor()))
}

/// The mean over the seeds of a setting.
pub fn mean(seen: &Seen<'_>, place: usize) -> f64 {
    let all = losses(seen, place);
    all.iter().sum::<f64>() / all.len() as f64
}

/// The share of the seeds of a setting at or below what the article prints for it.
pub fn below(seen: &Seen<'_>, place: usize) -> f64 {
    let all = losses(seen, place);
    let printed = SETTINGS.get(place).and_then(|s| s.printed).unwrap_or(f64::NAN);
    all.partition_point(|u| *u <= printed) as f64 / all.len().max(1) as f64
}

/// Step size and momentum; the library's run has a star.
fn name(seen: &Seen<'_>, s: &Setting) -> String {
    let numbers = [s.eta, s.beta].map(|x| x.to_string());
    let star = if s.library { "*" } else { "" };
    fill(seen.say(t("{}, {}{}", "{}，{}{}")), &[&numbers[0], &numbers[1], star])
}

/// Median and band of every setting, and what was printed.
pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let floor = problem::floor(seen);
    let airfoil = problem::is_airfoil(&seen.run.values);
    let rows: Vec<f64> = (0..SETTINGS.len()).map(|k| (SETTINGS.len() - k) as f64).collect();
    let of = |share: f64| (0..SETTINGS.len()).map(|k| quantile(seen, k, share) - floor).collect::<Vec<f64>>();
    let [low, middle, high] = [0.05, 0.5, 0.95].map(of);
    let printed: Vec<f64> =
        SETTINGS.iter().map(|s| s.printed.filter(|_| airfoil).map_or(f64::NAN, |v| v - floor)).collect();
    let hold = low.iter().chain(&high).chain(&printed).copied().filter(|x| x.is_finite());
    let mut y = axis(seen, t("$η$, $β$", "$η$，$β$"), "").range(0.4, SETTINGS.len() as f64 + 1.6);
    y.marks = SETTINGS.iter().zip(&rows).map(|(s, at)| Tick { at: *at, label: rich(&name(seen, s)) }).collect();
    let mut panel = panel("settings", height(seen, hold), y);
    panel.layers.push(Layer::ErrorBars(ErrorBars {
        x: middle.into(),
        y: rows.clone().into(),
        low: low.into(),
        high: high.into(),
        along_x: true,
        marker: Some(Marker::Disc),
        name: Some(rich(seen.say(t("median, 5–95 %", "中位数，5–95 %")))),
        ink: Ink::Optimizer,
        weight: Weight::Normal,
    }));
    if airfoil {
        let name = seen.say(t("printed", "印刷值"));
        panel.layers.push(points(printed, rows, Some(name), Ink::Danger, Marker::Diamond));
    }
    vec![panel]
}

pub fn caption(seen: &Seen<'_>) -> String {
    let text = t(
        "Excess loss after two epochs of batches of 10, median and 5 to 95 % over {} seeds for each setting, whatever the sliders say. The starred one starts as the library does. The share of seeds at or below the printed value is, from above, {}, {}, {} and {} %.",
        "批大小 10、两轮之后的超额损失：中位数与 5 % 至 95 % 区间，每个设定 {} 个种子，与滑块无关。带星号者按库的方式初始化。不高于印刷值的种子比例自上而下依次为 {}、{}、{} 和 {} %。",
    );
    let shares = [FIRST, SECOND, THIRD, LIBRARY].map(|k| 100.0 * below(seen, k));
    let [a, b, c, d] = shares;
    seen.tell(text, &[SEEDS as f64, a, b, c, d])
}
