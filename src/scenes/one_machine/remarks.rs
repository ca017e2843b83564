//! Sentences and labels about a run: regime chips, dots of the atlas, what is worth knowing.

use super::{problem, twin};
use crate::figure::rich;
use crate::param::show_number;
use crate::scenes::models::{atlas, measure, words};
use crate::scenes::{Chip, LaneRun, Lens, Run, Tone, View};
use crate::text::{fill, t};
use crate::theory::heavy_ball;
use crate::theory::mapping::{NoTwin, pole_match, predicted_zeta};
use crate::theory::regime::{Regime, classify, classify_zeta, critical_beta, overdamped_border};

/// ηλ and β of a mode.
pub fn mode_numbers(run: &Run, mode: usize) -> (f64, f64) {
    let lambda = problem::curvatures(&run.values).get(mode).copied().unwrap_or(f64::NAN);
    (run.values.get("eta") * lambda, run.values.get("beta"))
}

/// How near in ηλ or in β, relatively, a mode counts as critical in words.
const NEARLY: f64 = 0.01;

/// Whether a mode is on the critical border of the exact map, or within [`NEARLY`] of it.
pub fn is_nearly_critical(q: f64, beta: f64) -> bool {
    let close = |x: f64, border: f64| (x - border).abs() <= NEARLY * border.abs();
    let (border_q, border_beta) = (overdamped_border(beta), critical_beta(q));
    (0.0..1.0).contains(&beta) && (0.0..1.0).contains(&q) && (close(q, border_q) || close(beta, border_beta))
}

/// The name of a mode in plain characters, e.g. λ₁.
pub fn mode_name(mode: usize) -> String {
    format!("λ{}", ["₁", "₂"].get(mode).unwrap_or(&""))
}

/// How the handle of a mode's dot begins; its number from 0 follows.
const DOT: &str = "mode:";

/// The mode whose dot in the atlas has this handle.
pub fn dot_mode(handle: &str) -> Option<usize> {
    handle.strip_prefix(DOT)?.parse().ok()
}

/// One dot per mode for the atlas.
pub fn dots(run: &Run, view: View) -> Vec<atlas::Dot> {
    let modes = 0..problem::curvatures(&run.values).len();
    modes
        .map(|i| atlas::Dot {
            id: format!("{DOT}{i}"),
            q: mode_numbers(run, i).0,
            symbol: rich(&format!("$λ_{}$", i + 1)),
            name: fill(t("mode {}", "模态 {}").get(view.lang), &[&(i + 1).to_string()]),
        })
        .collect()
}

/// Two chips per mode: the exact map and the continuous twin.
pub fn chips(run: &Run, view: View) -> Vec<Chip> {
    (0..problem::curvatures(&run.values).len())
        .flat_map(|i| [map_chip(run, view, i), twin_chip(run, view, i)])
        .collect()
}

fn map_chip(run: &Run, view: View, mode: usize) -> Chip {
    let (q, beta) = mode_numbers(run, mode);
    let regime = classify(q, beta);
    let [a, b] = heavy_ball::poles(q, beta);
    let pole = |z: nalgebra::Complex<f64>| {
        let sign = if z.im < 0.0 { "−" } else { "+" };
        if z.im == 0.0 {
            show_number(z.re)
        } else {
            format!("{} {sign} {}i", show_number(z.re), show_number(z.im.abs()))
        }
    };
    let note = t(
        "Exact one-step map at ηλ = {}, β = {}: poles {} and {}, modulus {} per step.",
        "精确的一步映射，ηλ = {}，β = {}：极点 {} 与 {}，每步模 {}。",
    );
    let parts =
        [show_number(q), show_number(beta), pole(a), pole(b), show_number(heavy_ball::spectral_radius(q, beta))];
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let off = matches!(regime, Regime::Overdamped | Regime::Underdamped);
    let word = if off && is_nearly_critical(q, beta) {
        t("critical within 1 %", "临界（1 % 以内）")
    } else {
        words::regime(regime)
    };
    Chip {
        text: fill(
            t("{} {} · discrete map", "{} {} · 离散映射").get(view.lang),
            &[&mode_name(mode), word.get(view.lang)],
        ),
        tone: words::tone(regime),
        note: fill(note.get(view.lang), &parts),
    }
}

fn twin_chip(run: &Run, view: View, mode: usize) -> Chip {
    let (q, beta) = mode_numbers(run, mode);
    let mapping = twin::mapping(&run.values);
    let name = words::mapping(mapping).get(view.lang);
    if let Err(why) = pole_match(q, beta, 1.0) {
        let reason = words::no_twin(why).get(view.lang);
        let (text, zeta) = match twin::spring(&run.values, mode) {
            None => (t("{} no twin", "{} 无连续孪生"), String::new()),
            // The mapping still names a spring, but not one with the poles of the map.
            Some(spring) => (t("{} no true twin; drawn: ζ {}", "{} 无真孪生；所画 ζ {}"), show_number(spring.zeta())),
        };
        let text = fill(text.get(view.lang), &[&mode_name(mode), &zeta]);
        return Chip { text, tone: Tone::Warning, note: reason.to_owned() };
    }
    let zeta = predicted_zeta(mapping, q, beta);
    let (word, tone) = words::continuous(classify_zeta(zeta));
    let note = t("Continuous twin under the mapping “{}”: ζ = {}. {}", "映射“{}”下的连续孪生：ζ = {}。{}");
    Chip {
        text: fill(
            t("{} {} · twin, ζ {}", "{} {} · 孪生 ζ {}").get(view.lang),
            &[&mode_name(mode), word.get(view.lang), &show_number(zeta)],
        ),
        tone,
        note: fill(note.get(view.lang), &[name, &show_number(zeta), words::mapping_error(mapping).get(view.lang)]),
    }
}

/// Sentences a reader of these values should see.
pub fn notes(run: &Run, view: View) -> Vec<String> {
    let modes = problem::curvatures(&run.values).len();
    let regime_of = |mode: usize| {
        let (q, beta) = mode_numbers(run, mode);
        classify(q, beta)
    };
    // What goes wrong comes first.
    let mut out: Vec<String> = (0..modes).filter_map(|i| divergence(run, view, i, regime_of(i))).collect();
    if !run.is_steady() {
        let text = t(
            "Parameters changed in mid-run: every machine goes on from where it was, so a twin matched to the new values need not pass through the iterates.",
            "运行中途改变了参数：各机器从原状态继续，按新值匹配的孪生不一定经过迭代点。",
        );
        out.push(text.get(view.lang).into());
    }
    for mode in 0..modes {
        let (q, beta) = mode_numbers(run, mode);
        let regime = regime_of(mode);
        match pole_match(q, beta, 1.0) {
            Err(NoTwin::Undefined) => {}
            Err(why) => {
                let text = t("{}: {}.", "{}：{}。").get(view.lang);
                out.push(fill(text, &[&mode_name(mode), words::no_twin(why).get(view.lang)]));
            }
            Ok(_) => out.extend(disagreement(run, view, mode, regime)),
        }
        out.extend(joint_instability(run, view, mode, regime));
    }
    if run.values.get("beta") == 1.0 {
        out.push(
            t(
                "β = 1 keeps all velocity: no friction, nothing converges, and η/(1 − β) does not exist.",
                "β = 1 保留全部速度：没有摩擦，不会收敛，η/(1 − β) 不存在。",
            )
            .get(view.lang)
            .into(),
        );
    }
    if run.values.get("temperature") == 0.0 {
        out.push(t("T = 0: the sampler is the optimizer.", "T = 0：采样器就是优化器。").get(view.lang).into());
    }
    out
}

/// The first iteration beyond ten times the size of the start.
fn escapes(run: &Run, lane: &LaneRun, mode: usize) -> Option<u64> {
    let size = problem::mode(run.values_at(0), mode)?.size();
    let away = problem::away(run, lane, mode);
    measure::escapes(away, 10.0 * size).map(|row| row.div_ceil(lane.lane.substeps))
}

/// The lanes that diverge on a mode by their own map, each with the iteration at which it is seen: the
/// optimizer, and a joint that sampling makes unstable.
pub fn diverging(run: &Run, mode: usize) -> Vec<(Lens, u64)> {
    let (q, beta) = mode_numbers(run, mode);
    let joint = twin::joint(&run.values, mode).map(|joint| twin::joint_poles(joint, run.seconds));
    let maps = [(Lens::Optimizer, Some((q, beta))), (Lens::Controller, joint)];
    let unstable = maps.into_iter().filter(|(_, map)| map.is_some_and(|(q, beta)| classify(q, beta).diverges()));
    let mut out: Vec<(Lens, u64)> =
        unstable.filter_map(|(lens, _)| Some((lens, escapes(run, run.lane(lens)?, mode)?))).collect();
    // One word is enough where they leave together.
    out.dedup_by_key(|(_, n)| *n);
    out
}

/// Where a mode leaves, measured, with the reason from the map.
fn divergence(run: &Run, view: View, mode: usize, regime: Regime) -> Option<String> {
    if !regime.diverges() {
        return None;
    }
    let lane = run.lane(Lens::Optimizer)?;
    let (q, beta) = mode_numbers(run, mode);
    let rho = show_number(heavy_ball::spectral_radius(q, beta));
    let word = words::regime(regime).get(view.lang);
    let at = escapes(run, lane, mode);
    let text = match (lane.diverged_at(), at) {
        (Some(n), _) => fill(
            t(
                "{} diverges ({}, ×{} per step): beyond 10¹⁰⁰ at iteration {}, where the lane stopped.",
                "{} 发散（{}，每步 ×{}）：在第 {} 步超过 10¹⁰⁰，通道停在那里。",
            )
            .get(view.lang),
            &[&mode_name(mode), word, &rho, &n.to_string()],
        ),
        (None, Some(n)) => fill(
            t(
                "{} diverges ({}, ×{} per step): beyond ten times its start at iteration {}.",
                "{} 发散（{}，每步 ×{}）：在第 {} 步超过初值的十倍。",
            )
            .get(view.lang),
            &[&mode_name(mode), word, &rho, &n.to_string()],
        ),
        (None, None) => fill(
            t("{} diverges ({}, ×{} per step).", "{} 发散（{}，每步 ×{}）。").get(view.lang),
            &[&mode_name(mode), word, &rho],
        ),
    };
    Some(text)
}

/// Sampling can make a joint unstable whose optimizer converges.
fn joint_instability(run: &Run, view: View, mode: usize, optimizer: Regime) -> Option<String> {
    let (q, beta) = twin::joint_poles(twin::joint(&run.values, mode)?, run.seconds);
    let regime = classify(q, beta);
    if !regime.diverges() || optimizer.diverges() {
        return None;
    }
    let text = t(
        "The sampled PD joint on {} is unstable ({}): it holds its torque for a whole sample time, the optimizer does not.",
        "{} 上的采样 PD 关节不稳定（{}）：它在整个采样周期内保持力矩，优化器则不然。",
    );
    Some(fill(text.get(view.lang), &[&mode_name(mode), words::regime(regime).get(view.lang)]))
}

/// The textbook ratio and the exact poles name different regimes.
fn disagreement(run: &Run, view: View, mode: usize, regime: Regime) -> Option<String> {
    let (q, beta) = mode_numbers(run, mode);
    let zeta = predicted_zeta(crate::theory::mapping::Mapping::Explicit, q, beta);
    let textbook = words::continuous(classify_zeta(zeta)).0;
    let exact = words::regime(regime);
    if !matches!(regime, Regime::Overdamped | Regime::Underdamped | Regime::Critical) || textbook == exact {
        return None;
    }
    let matched = pole_match(q, beta, 1.0).ok()?;
    let text = t(
        "{} is {} by the exact map (ζ of its poles {}); the textbook ζ = {} would say {}.",
        "{} 按精确映射是{}（其极点的 ζ 为 {}）；教科书 ζ = {} 却说是{}。",
    );
    let parts = [
        &mode_name(mode),
        exact.get(view.lang),
        &show_number(matched.zeta),
        &show_number(zeta),
        textbook.get(view.lang),
    ];
    Some(fill(text.get(view.lang), &parts))
}
