//! Numbers beside the figures: closed forms and quadratures beside what the run measured.

use super::draw::said;
use super::energy;
use super::gauges::{Thermometer, cloud, distance, path, proposals};
use super::setting::Setting;
use crate::core::{Gauge, Probe};
use crate::figure::{Rich, rich};
use crate::param::show_number;
use crate::scenes::{Readout, Run, View};
use crate::text::{Text, fill, t};
use crate::theory::agreement::{band_half_width, kolmogorov_p};
use crate::theory::fluctuation::{Estimate, mean_with_error};
use crate::theory::sampler::hmc_gaussian;

/// A read-out before it has numbers.
struct Fact {
    label: Text,
    note: Text,
    formula: &'static str,
    source: Text,
}

const KINETIC: Fact = Fact {
    label: t("kinetic $T_{kin}$", "动能温度 $T_{kin}$"),
    note: t(
        "With matched noise: the closed form of the scheme on the harmonic well, elsewhere T. Measured: mean over the settled part. {}",
        "噪声匹配时：谐振势上为该格式的闭式解，其他势上为 T。测量：平稳段均值。{}",
    ),
    formula: "$T_{kin} = m⟨v^2⟩$",
    source: t("equipartition", "能量均分"),
};

const CONFIGURATIONAL: Fact = Fact {
    label: t("configurational $T_{conf}$", "构型温度 $T_{conf}$"),
    note: KINETIC.note,
    formula: "$T_{conf} = ⟨|∇U|^2⟩ / ⟨∇^2U⟩$",
    source: t("Rugh 1997", "Rugh 1997"),
};

const ENERGY: Fact = Fact {
    label: t("mean potential $⟨U⟩$", "平均势能 $⟨U⟩$"),
    note: t(
        "By quadrature of e^(−U/T)/Z; measured: the cloud over the settled part. {}",
        "由 e^(−U/T)/Z 求积；测量：平稳段的粒子云均值。{}",
    ),
    formula: "$⟨U⟩ = ∫ U e^{−U/T} dx / Z$",
    source: t("Boltzmann’s density", "玻尔兹曼密度"),
};

const DISTANCE: Fact = Fact {
    label: t("distance from exact $D$", "与精确分布的距离 $D$"),
    note: t(
        "Kolmogorov–Smirnov distance of the cloud now; 95 % band ±{}, p = {} for {} independent particles.",
        "粒子云此刻的 Kolmogorov–Smirnov 距离；95 % 带 ±{}，p = {}（{} 个独立粒子）。",
    ),
    formula: "$D = max |F_n − F|$",
    source: t("Kolmogorov 1933", "Kolmogorov 1933"),
};

const TIME: Fact = Fact {
    label: t("correlation time $τ_x$", "相关时间 $τ_x$"),
    note: t(
        "Iterations per independent sample of x on the path of one particle, by Sokal’s window; its {} settled iterations are worth {}.",
        "单个粒子轨迹上每个独立 x 样本所需的步数（Sokal 窗）；其 {} 个平稳步相当于 {} 个独立样本。",
    ),
    formula: "$τ = 1 + 2 Σ ρ_k$",
    source: t("Sokal 1997", "Sokal 1997"),
};

const ACCEPTANCE: Fact = Fact {
    label: t("acceptance", "接受率"),
    note: t(
        "Exact on the harmonic well; measured: proposals accepted so far by all particles.",
        "谐振势上为精确值；测量：迄今全部粒子的接受比例。",
    ),
    formula: "$1 − (2/π) atan(|sin Lϑ| (χ − 1/χ) / 2)$",
    source: t("Calvo, Sanz-Alonso & Sanz-Serna 2021", "Calvo, Sanz-Alonso & Sanz-Serna 2021"),
};

const RESIDUAL: Fact = Fact {
    label: t("ledger residual", "账本残差"),
    note: t(
        "Largest departure of energy + dissipated − injected of one particle, as a share of what friction took.",
        "单个粒子“能量 + 耗散 − 注入”的最大偏差，占摩擦耗散的比例。",
    ),
    formula: "$|E + E_d − E_i − E_0|$",
    source: t("measured", "测量"),
};

/// The read-outs.
pub fn numbers(at: &Setting<'_>, run: &Run, view: View) -> Vec<Readout> {
    let mut out = Vec::new();
    for (fact, which) in [(&KINETIC, Thermometer::Kinetic), (&CONFIGURATIONAL, Thermometer::Configurational)] {
        let reading = which.reading(at, run, run.done());
        let note = fill(fact.note.get(view.lang), &[&spread(reading, view)]);
        let expected = which.expected(at).filter(|_| reading.is_some());
        out.push((fact, expected, reading.map(|r| r.mean), note));
    }
    let energy = potential(run);
    let note = fill(ENERGY.note.get(view.lang), &[&spread(energy, view)]);
    out.push((&ENERGY, at.exact().map(|e| e.potential), energy.map(|e| e.mean), note));
    out.extend(law(at, run, view));
    out.extend(hmc(at, run, view));
    if let Some((_, [.., residual])) = energy::books(at, run) {
        let most = residual.iter().copied().filter(|r| r.is_finite()).fold(0.0, f64::max);
        out.push((&RESIDUAL, None, Some(most), RESIDUAL.note.get(view.lang).to_owned()));
    }
    let finite = |x: Option<f64>| x.filter(|x| x.is_finite());
    let known = out.into_iter().map(|(fact, p, m, note)| (fact, finite(p), finite(m), note));
    let known: Vec<Readout> = known
        .filter(|(_, p, m, _)| p.is_some() || m.is_some())
        .map(|(fact, p, m, note)| worded(fact, p, m, note, at, view))
        .collect();
    known.into_iter().chain(super::escape::readout(at, run, view)).collect()
}

type Row = (&'static Fact, Option<f64>, Option<f64>, String);

/// How far from the exact law, and how correlated.
fn law(at: &Setting<'_>, run: &Run, view: View) -> Vec<Row> {
    let mut out = Vec::new();
    if let Some([d, n]) = distance(at, run, view.mode.min(at.dim() - 1), view.now) {
        let parts = [band_half_width(n), kolmogorov_p(d, n), n].map(show_number);
        let note = fill(DISTANCE.note.get(view.lang), &[&parts[0], &parts[1], &parts[2]]);
        out.push((&DISTANCE, None, Some(d), note));
    }
    if let Some((path, estimate)) = path(run, view.mode.min(at.dim() - 1), run.done()) {
        let parts = [path.len() as f64, estimate.effective].map(show_number);
        let note = fill(TIME.note.get(view.lang), &[&parts[0], &parts[1]]);
        out.push((&TIME, super::correlation::expected_tau(at), Some(estimate.tau), note));
    }
    out
}

fn hmc(at: &Setting<'_>, run: &Run, view: View) -> Option<Row> {
    if at.method() != super::method::Method::Hmc || !(at.temperature() > 0.0) {
        return None;
    }
    let harmonic = at.landscape() == super::landscape::Landscape::Harmonic;
    let exact = hmc_gaussian(at.get("stiffness"), 1.0, at.get("h"), at.get("leaps") as u64).filter(|_| harmonic);
    let measured = proposals(run, view.now).map(|[proposed, accepted]| accepted as f64 / proposed as f64);
    Some((&ACCEPTANCE, exact.map(|e| e.acceptance), measured, ACCEPTANCE.note.get(view.lang).to_owned()))
}

/// The mean potential of the cloud over the settled part.
fn potential(run: &Run) -> Option<Estimate> {
    let column = cloud(run)?.column(Probe::Mean(Gauge::Potential));
    mean_with_error(column.get(super::gauges::settled(run, run.done()))?).filter(|e| e.mean.is_finite())
}

/// `± 1.2e-3 (standard error; worth 310 independent moments)`.
fn spread(estimate: Option<Estimate>, view: View) -> String {
    let Some(e) = estimate else { return String::new() };
    let text = t(
        "Standard error {}, corrected for an autocorrelation time of {} iterations.",
        "标准误 {}，已按 {} 步的自相关时间修正。",
    );
    fill(text.get(view.lang), &[&show_number(e.error), &show_number(e.tau)])
}

fn worded(
    fact: &Fact,
    predicted: Option<f64>,
    measured: Option<f64>,
    note: String,
    at: &Setting<'_>,
    view: View,
) -> Readout {
    let ids = ["h", "gamma", "temperature", "mismatch"];
    let used = at.values.specs().iter().filter(|s| ids.contains(&s.id));
    let uses: Vec<(Rich, f64)> = used.map(|s| (rich(s.symbol), at.get(s.id))).collect();
    Readout {
        label: said(fact.label, view),
        unit: "",
        predicted,
        measured,
        note,
        formula: rich(fact.formula),
        uses,
        source: said(fact.source, view),
    }
}
