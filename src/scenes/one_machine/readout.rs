//! Numbers beside the figures: every one computed by `theory` or measured from a trace.

use super::{lanes, ledger, twin};
use crate::core::Probe;
use crate::figure::rich;
use crate::param::show_number;
use crate::scenes::models::{atlas, measure, words};
use crate::scenes::{Chip, Lens, Readout, Run, Tone, View};
use crate::text::{Text, fill, t};
use crate::theory::fluctuation::sghmc_temperatures;
use crate::theory::heavy_ball;
use crate::theory::mapping::{NoTwin, pole_match, predicted_zeta};
use crate::theory::oscillator::Oscillator;
use crate::theory::regime::{Regime, classify, classify_zeta};

/// ηλ and β of a mode.
fn mode_numbers(run: &Run, mode: usize) -> (f64, f64) {
    let lambda = lanes::curvatures(&run.values).get(mode).copied().unwrap_or(f64::NAN);
    (run.values.get("eta") * lambda, run.values.get("beta"))
}

/// The name of a mode in plain characters, e.g. λ₁.
fn mode_name(mode: usize) -> String {
    format!("λ{}", ["₁", "₂"].get(mode).unwrap_or(&""))
}

/// One dot per mode for the atlas.
pub fn dots(run: &Run, view: View) -> Vec<atlas::Dot> {
    let modes = 0..lanes::curvatures(&run.values).len();
    modes
        .map(|i| atlas::Dot {
            id: format!("mode:{i}"),
            q: mode_numbers(run, i).0,
            symbol: rich(&format!("$λ_{}$", i + 1)),
            name: fill(t("mode {}", "模态 {}").get(view.lang), &[&(i + 1).to_string()]),
            chosen: i == view.mode,
        })
        .collect()
}

/// Two chips per mode: the exact map and the continuous twin.
pub fn chips(run: &Run, view: View) -> Vec<Chip> {
    (0..lanes::curvatures(&run.values).len()).flat_map(|i| [map_chip(run, view, i), twin_chip(run, view, i)]).collect()
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
    Chip {
        text: fill(
            t("{} {} · discrete map", "{} {} · 离散映射").get(view.lang),
            &[&mode_name(mode), words::regime(regime).get(view.lang)],
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
        let text = t("{} no twin", "{} 无连续孪生").get(view.lang);
        let note = words::no_twin(why).get(view.lang).to_owned();
        return Chip { text: fill(text, &[&mode_name(mode)]), tone: Tone::Warning, note };
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

struct Row<'v> {
    view: View,
    out: &'v mut Vec<Readout>,
}

impl Row<'_> {
    fn add(&mut self, label: Text, unit: &'static str, predicted: Option<f64>, measured: Option<f64>, note: Text) {
        let finite = |x: Option<f64>| x.filter(|x| x.is_finite());
        if finite(predicted).is_none() && finite(measured).is_none() {
            return;
        }
        self.out.push(Readout {
            label: rich(label.get(self.view.lang)),
            unit,
            predicted: finite(predicted),
            measured: finite(measured),
            note: note.get(self.view.lang).to_owned(),
        });
    }
}

/// The read-outs of the chosen mode.
pub fn numbers(run: &Run, view: View) -> Vec<Readout> {
    let mut out = Vec::new();
    let mut rows = Row { view, out: &mut out };
    optimizer_rows(run, view, &mut rows);
    twin_rows(run, view, &mut rows);
    temperature_rows(run, view, &mut rows);
    out
}

fn optimizer_rows(run: &Run, view: View, rows: &mut Row<'_>) {
    let (q, beta) = mode_numbers(run, view.mode);
    let Some(lane) = run.lane(Lens::Optimizer) else { return };
    let x = lane.column(Probe::Position(view.mode));
    let now = lane.at(Probe::Position(view.mode), view.now);
    let x0 = x.first().copied().unwrap_or(f64::NAN);
    let live = run.is_steady();
    let closed = live.then(|| heavy_ball::response(q, beta, x0, 0.0, view.now));
    rows.add(
        t("$q$ now", "当前 $q$"),
        "a.u.",
        closed,
        now,
        t(
            "Position of the optimizer at the present iteration: closed form, and the trace.",
            "当前迭代步优化器的位置：闭式解与轨迹。",
        ),
    );
    let fit = measure::Recurrence::fit(x).filter(|_| live);
    rows.add(
        t("rate $ρ$ per step", "每步收缩率 $ρ$"),
        "",
        Some(heavy_ball::spectral_radius(q, beta)),
        fit.map(|f| f.rate()),
        t(
            "Modulus of the leading pole; measured by fitting the recurrence to the trace.",
            "主导极点的模；测量值由轨迹拟合递推式得到。",
        ),
    );
    rows.add(
        t("period", "周期"),
        t("steps", "步").get(view.lang),
        heavy_ball::period_steps(q, beta),
        fit.and_then(|f| f.period()),
        t("Iterations per turn of the complex poles.", "复极点转一圈所需的迭代数。"),
    );
    let exact = heavy_ball::exact_steps(q, beta, 0.01).map(|n| n as f64);
    let measured = measure::settles(x, 0.01).filter(|_| live).map(|n| n as f64);
    rows.add(
        t("steps to 1 %", "到 1 % 步数"),
        t("steps", "步").get(view.lang),
        exact,
        measured,
        t(
            "First iteration after which |q| stays below 1 % of the start; measured only if the run is long enough.",
            "此后 |q| 一直小于初值 1 % 的第一个迭代步；运行足够长时才有测量值。",
        ),
    );
    let over = (x0 != 0.0 && live).then(|| map_overshoot(q, beta, x.len()));
    rows.add(
        t("overshoot", "超调"),
        "",
        over,
        measure::overshoot(x).filter(|_| live),
        t("How far the iterates pass the minimum, as a share of the start.", "迭代点越过极小点的幅度，占初值的比例。"),
    );
}

/// The overshoot of the closed-form response over the iterations of the run.
fn map_overshoot(q: f64, beta: f64, rows: usize) -> f64 {
    (0..rows as u64).map(|n| -heavy_ball::response(q, beta, 1.0, 0.0, n)).fold(0.0, f64::max)
}

fn twin_rows(run: &Run, view: View, rows: &mut Row<'_>) {
    let (q, beta) = mode_numbers(run, view.mode);
    let spring = twin::spring(&run.values, view.mode);
    let lane = run.lane(Lens::Spring).filter(|l| l.lane.present.get(view.mode) == Some(&true));
    let fit =
        lane.and_then(|l| measure::Recurrence::fit(l.column(Probe::Position(view.mode)))).filter(|_| run.is_steady());
    rows.add(
        t("$ζ$ twin", "孪生 $ζ$"),
        "",
        spring.as_ref().map(Oscillator::zeta),
        fit.and_then(|f| f.damping_ratio()),
        t(
            "Damping ratio of the spring under the chosen mapping; measured on the spring's curve where it rings.",
            "所选映射下弹簧的阻尼比；弹簧振荡时由其曲线测得。",
        ),
    );
    rows.add(
        t("$ζ$ exact poles", "精确极点 $ζ$"),
        "",
        pole_match(q, beta, 1.0).ok().map(|m| m.zeta),
        None,
        t(
            "Damping ratio of the one oscillator that passes through every iterate.",
            "经过每个迭代点的那个振子的阻尼比。",
        ),
    );
    rows.add(
        t("$ω_d$ twin", "孪生 $ω_d$"),
        "rad/s",
        spring.and_then(|s| s.omega_d()),
        fit.and_then(|f| f.period()).map(|p| std::f64::consts::TAU / (p * run.seconds / lanes::SUBSTEPS as f64)),
        t("Ringing frequency of the spring.", "弹簧的振荡频率。"),
    );
    rows.add(
        t("energy residual", "能量残差"),
        "",
        None,
        ledger::energy_residual(run).filter(|_| run.is_steady()),
        t(
            "Largest departure of potential + kinetic + dissipated energy from the start; the error of the quadrature.",
            "势能 + 动能 + 耗散与初始值的最大偏差，即数值积分误差。",
        ),
    );
}

fn temperature_rows(run: &Run, view: View, rows: &mut Row<'_>) {
    let (q, beta) = mode_numbers(run, view.mode);
    let (eta, temperature) = (run.values.get("eta"), run.values.get("temperature"));
    let Some(lane) = run.lane(Lens::Sampler).filter(|_| temperature > 0.0) else { return };
    let lambda = q / eta;
    let stable = classify(q, beta).is_stable();
    let spread = lane.at(Probe::SpreadPosition(view.mode), view.now);
    let predicted = stable.then(|| sghmc_temperatures(1.0 - beta, 0.0, q, temperature));
    let position = predicted.map(|t| t.0);
    rows.add(
        t("$T$ from positions", "位置温度 $T$"),
        "a.u.",
        position,
        spread.map(|s| lambda * s * s),
        t(
            "λ times the variance: stationary closed form, and the cloud at the present iteration.",
            "λ 乘以方差：平稳闭式解与当前粒子云。",
        ),
    );
    let kinetic = predicted.map(|t| t.1);
    let square = lane.at(Probe::MeanSquareVelocity(view.mode), view.now);
    rows.add(
        t("$T$ from velocities", "速度温度 $T$"),
        "a.u.",
        kinetic,
        square.map(|v2| v2 / eta),
        t(
            "Mean square displacement per step over η: stationary closed form, and the cloud at the present iteration.",
            "每步位移均方除以 η：平稳闭式解与当前粒子云。",
        ),
    );
}

/// Sentences a reader of these values should see.
pub fn notes(run: &Run, view: View) -> Vec<String> {
    let mut out = Vec::new();
    for mode in 0..lanes::curvatures(&run.values).len() {
        let (q, beta) = mode_numbers(run, mode);
        let regime = classify(q, beta);
        out.extend(divergence(run, view, mode, regime));
        match pole_match(q, beta, 1.0) {
            Err(NoTwin::Undefined) => {}
            Err(why) => out.push(format!("{}: {}.", mode_name(mode), words::no_twin(why).get(view.lang))),
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

/// Where a mode leaves, measured, with the reason from the map.
fn divergence(run: &Run, view: View, mode: usize, regime: Regime) -> Option<String> {
    if !regime.diverges() {
        return None;
    }
    let lane = run.lane(Lens::Optimizer)?;
    let (q, beta) = mode_numbers(run, mode);
    let rho = show_number(heavy_ball::spectral_radius(q, beta));
    let word = words::regime(regime).get(view.lang);
    let at = measure::escapes(lane.column(Probe::Position(mode)), 10.0);
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
