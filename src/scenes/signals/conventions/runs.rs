//! The three runs of the article, as they are printed and at one effective rate.

use std::sync::Arc;

use crate::core::fields::{Quadratic, Signal, Tone, Wave};
use crate::core::methods::{Convention, Momentum};
use crate::core::{Probe, State, System, advance};
use crate::figure::{Ink, Panel, Tick, rich};
use crate::scenes::exhibit::draw::{DASHES, axis, bars, decades, hatched, line, over_time, panel};
use crate::scenes::exhibit::lanes::lane;
use crate::scenes::exhibit::number::number;
use crate::scenes::{Lane, Readout, Seen};
use crate::text::{Text, t};
use crate::theory::conventions::effective_rate;

/// The extreme curvatures of the article's regression on standardised airfoil data.
const CURVATURES: [f64; 2] = [0.174, 2.098];
/// Printed rate and momentum of the runs, and how they are called.
const PRINTED: [(f64, f64, Text); 3] =
    [(0.02, 0.5, t("run 1", "运行 1")), (0.02, 0.9, t("run 2", "运行 2")), (0.004, 0.9, t("run 3", "运行 3"))];
const INKS: [Ink; 3] = [Ink::Sampler, Ink::Amber, Ink::Text];
/// The lane of the first run.
const FIRST: usize = 3;
/// Steps after which the effective rate is reached to all digits.
const LONG: u64 = 400;

/// Rate and momentum of run `i`.
fn rate(i: usize, matched: bool) -> [f64; 2] {
    let (eta, beta, _) = PRINTED[i % PRINTED.len()];
    let (first, memory, _) = PRINTED[0];
    [if matched { effective_rate(first, memory) * (1.0 - beta) } else { eta }, beta]
}

/// The lanes of the runs, in the spelling of the article.
pub fn lanes(matched: bool) -> impl Iterator<Item = Lane> {
    let field = Arc::new(Quadratic::diagonal(&CURVATURES));
    PRINTED.iter().enumerate().map(move |(i, (_, _, name))| {
        let [eta, beta] = rate(i, matched);
        let method = Momentum::new(eta, beta, Convention::Displacement);
        lane(*name, INKS[i], field.clone(), method, [&[1.0, 1.0], &[]])
    })
}

/// Displacement per step of `method` under a constant gradient of 1, after many steps.
pub fn terminal(method: Momentum) -> f64 {
    let tone = Tone { wave: Wave::Level, amplitude: 1.0, noise: 0.0 };
    let system = System::new(Arc::new(Signal::new(&[tone], 0.0, 0)), method);
    let mut state = State::at(&[0.0], &[], 1, 0, 0);
    let mut at = |steps: u64| {
        advance(&system, &mut state, steps, &mut ());
        state.coordinate(0).first().copied().unwrap_or(f64::NAN)
    };
    let before = at(LONG);
    at(1) - before
}

/// The measured effective rate of run `i`.
pub fn measured(i: usize, matched: bool) -> f64 {
    let [eta, beta] = rate(i, matched);
    terminal(Momentum::new(eta, beta, Convention::Displacement))
}

pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let mut loss = over_time("loss", seen, axis(seen, t("loss", "损失"), ""));
    let mut all = Vec::new();
    for (i, lane) in seen.run.lanes.iter().skip(FIRST).enumerate() {
        let y = lane.column(Probe::Potential);
        let x: Vec<f64> = (0..y.len()).map(|n| n as f64).collect();
        all.extend(y);
        loss.layers.push(line(x, y, Some(seen.say(lane.lane.name)), lane.lane.ink, DASHES[i % DASHES.len()]));
    }
    loss.y = decades(loss.y, 1e-12, all);
    vec![loss, rates(seen)]
}

/// Printed and effective rates side by side.
fn rates<'a>(seen: &Seen<'a>) -> Panel<'a> {
    let matched = seen.index("match") == 1;
    let x = axis(seen, t("run: $η$, $γ$", "运行：$η$，$γ$"), "").range(0.4, 3.6);
    let mut out = panel("rates", x, axis(seen, t("rate", "学习率"), "").range(0.0, 0.24));
    let places = |shift: f64| (1..=3).map(|i| f64::from(i) + shift).collect::<Vec<f64>>();
    let printed = (0..3).map(|i| rate(i, matched)[0]).collect();
    let effective = seen
        .run
        .derived
        .column(("effective", 0, u64::from(matched)), || (0..3).map(|i| measured(i, matched)).collect());
    out.layers.push(hatched(bars(places(-0.17), printed, 0.3, Some("$η$"), Ink::Muted)));
    out.layers.push(bars(places(0.17), effective.to_vec(), 0.3, Some("$η/(1 − γ)$"), Ink::Optimizer));
    let tick = |i: usize| {
        let [eta, beta] = rate(i, matched);
        Tick { at: i as f64 + 1.0, label: rich(&format!("{}: {eta:.3}, {beta}", i + 1)) }
    };
    out.x.marks = (0..3).map(tick).collect();
    out.below = true;
    out
}

pub fn caption(seen: &Seen<'_>) -> String {
    let matched = seen.index("match") == 1;
    let text = t(
        "The article’s three pairs of rate and momentum on a bowl with the extreme curvatures {} and {} of its regression. Effective rates η/(1 − γ), measured as the long-run step per unit of constant gradient: {}, {}, {}.",
        "原文的三组学习率与动量，用于具有其回归问题两个极端曲率 {} 与 {} 的碗。等效学习率 η/(1 − γ)（以常梯度下长期每步位移测得）：{}、{}、{}。",
    );
    let [a, b, c] = [0, 1, 2].map(|i| measured(i, matched));
    let more = match matched {
        true => t(
            " At one effective rate the curves fall together after the first steps; the second and the third run are then the same.",
            "等效学习率相同时，三条曲线在最初若干步之后重合；第二、第三次运行此时完全相同。",
        ),
        false => {
            t(" The second run is five times as fast because its step is.", "第二次运行快五倍，只因其步长大五倍。")
        }
    };
    seen.tell(text, &[CURVATURES[0], CURVATURES[1], a, b, c]) + seen.say(more)
}

pub fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let matched = seen.index("match") == 1;
    let labels = [
        t("rate of run 1", "运行 1 的等效学习率"),
        t("rate of run 2", "运行 2 的等效学习率"),
        t("rate of run 3", "运行 3 的等效学习率"),
    ];
    let note = t(
        "Effective rate η/(1 − γ); measured: step per unit of constant gradient after 400 steps.",
        "等效学习率 η/(1 − γ)；测量：常梯度下 400 步后每步位移与梯度之比。",
    );
    let entry = |(i, label): (usize, Text)| {
        let [eta, beta] = rate(i, matched);
        number(seen, label, note)
            .predicted(effective_rate(eta, beta))
            .measured(measured(i, matched))
            .by("$η/(1 − γ)$", &[], "geometric series")
            .done()
    };
    labels.into_iter().enumerate().map(entry).collect()
}
