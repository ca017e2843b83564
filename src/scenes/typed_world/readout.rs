//! Numbers beside the figures: computed by formulas of the world's own numbers, or measured from a trace.

use super::cloud::density;
use super::setting::Setting;
use super::{axes, ledger, moments};
use crate::core::Probe;
use crate::figure::{Rich, rich};
use crate::scenes::models::measure;
use crate::scenes::{Lens, Readout, Run, View};
use crate::text::{Text, t};
use crate::theory::heavy_ball;

/// A read-out before it is worded.
struct Fact {
    label: Text,
    unit: &'static str,
    note: Text,
    formula: &'static str,
    source: Text,
}

const DERIVED: Text = t("derived", "推导");
const TRACE: Text = t("measured", "测量");

const POSITION: Fact = Fact {
    label: t("end of the way", "终点"),
    unit: "a.u.",
    note: t(
        "The coordinate looked at of the minimum the optimizer ends at, and of the optimizer at the present iteration.",
        "优化器终止处极小点的坐标，与优化器当前迭代步的坐标。",
    ),
    formula: "$∇f(x^*) = 0$",
    source: t("Newton’s method with exact derivatives", "精确导数的牛顿法"),
};

const RATE: Fact = Fact {
    label: t("rate $ρ$ per step", "每步收缩率 $ρ$"),
    unit: "",
    note: t(
        "Largest pole modulus over the modes of the Hessian at the minimum nearest the start; measured over the last half of the way to it.",
        "起点附近极小点处黑塞矩阵各模态的最大极点模；由趋近它的后半程测得。",
    ),
    formula: "$ρ = max |z|$,  $z^2 − (1 + β − ηλ) z + β = 0$",
    source: t("Polyak 1964", "Polyak 1964"),
};

const SPREAD: Fact = Fact {
    label: t("spread of the cloud", "粒子云散布"),
    unit: "a.u.",
    note: t(
        "Standard deviation of e^(−f/T)/Z by quadrature, and of the sampler’s cloud at the present iteration.",
        "e^(−f/T)/Z 的标准差（求积），与当前迭代步采样器粒子云的标准差。",
    ),
    formula: "$σ^2 = ∫ (x − μ)^2 e^{−f/T} dx / Z$",
    source: t("Boltzmann’s density", "玻尔兹曼密度"),
};

const PERIOD: Fact = Fact {
    label: t("period", "周期"),
    unit: "s",
    note: t(
        "Of small turns about the nearest focus or centre, from its eigenvalues; measured between the last rises of the motion through its own mean.",
        "最近焦点或中心附近小幅转动的周期（由特征值得到）；测量值取运动最后几次上穿自身均值的间隔。",
    ),
    formula: "$2π / |Im μ|$",
    source: DERIVED,
};

const RESIDUAL: Fact = Fact {
    label: t("energy residual", "能量残差"),
    unit: "",
    note: t(
        "Largest departure of potential + kinetic + dissipated energy from the start, as a share of what was exchanged.",
        "势能、动能、耗散能之和与初值的最大偏差，占交换能量的比例。",
    ),
    formula: "$|E_p + E_k + E_d − E_0|$",
    source: TRACE,
};

const BALANCE: Fact = Fact {
    label: t("energy residual", "能量残差"),
    unit: "",
    note: t(
        "Largest departure of kinetic energy minus the work of the force from the start, as a share of what was exchanged.",
        "动能减去力所做的功与初值的最大偏差，占交换能量的比例。",
    ),
    formula: "$|E_k − ∫F·v dt − E_0|$",
    source: TRACE,
};

/// The read-outs.
pub fn numbers(at: &Setting<'_>, run: &Run, view: View) -> Vec<Readout> {
    let mut out = Vec::new();
    let mut add = |fact: &Fact, predicted: Option<f64>, measured: Option<f64>| {
        let finite = |x: Option<f64>| x.filter(|x| x.is_finite());
        let (predicted, measured) = (finite(predicted), finite(measured));
        if predicted.is_some() || measured.is_some() {
            out.push(worded(fact, predicted, measured, at, view));
        }
    };
    if at.is_loss() {
        let lane = run.lane(Lens::Optimizer);
        let end = moments::arrival(at, run).and_then(|(_, m)| m.get(view.mode).copied());
        add(&POSITION, end, lane.and_then(|l| l.at(Probe::Position(view.mode), view.now)));
        add(&RATE, rate(at), measured_rate(at, run));
        add(&SPREAD, spread(at, run), cloud_spread(at, run, view));
        add(&RESIDUAL, None, ledger::residual(at, run));
    } else {
        add(&PERIOD, turn(at), period(at, run));
        add(&BALANCE, None, ledger::residual(at, run).filter(|_| at.is_force()));
    }
    out
}

fn worded(fact: &Fact, predicted: Option<f64>, measured: Option<f64>, at: &Setting<'_>, view: View) -> Readout {
    let ids = ["eta", "beta", "h", "temperature"];
    let used = at.values.specs().iter().filter(|s| ids.contains(&s.id));
    let uses: Vec<(Rich, f64)> = used.map(|s| (rich(s.symbol), at.get(s.id))).collect();
    Readout {
        label: rich(fact.label.get(view.lang)),
        unit: fact.unit,
        predicted,
        measured,
        note: fact.note.get(view.lang).to_owned(),
        formula: rich(fact.formula),
        uses,
        source: rich(fact.source.get(view.lang)),
    }
}

fn rate(at: &Setting<'_>) -> Option<f64> {
    let minimum = at.minimum(&at.start())?;
    let (eta, beta) = (at.get("eta"), at.get("beta"));
    minimum.curvatures.iter().map(|l| heavy_ball::spectral_radius(eta * l, beta)).reduce(f64::max)
}

/// From the way to the minimum, where it is the one nearest the start; over a line only.
fn measured_rate(at: &Setting<'_>, run: &Run) -> Option<f64> {
    let (arrived, minimum) = moments::arrival(at, run)?;
    let near = at.minimum(&at.start())?.at;
    let [target] = minimum[..] else { return None };
    let column = run.lane(Lens::Optimizer)?.column(Probe::Position(0));
    let tail: Vec<f64> = column.iter().skip(usize::try_from(arrived).ok()?).map(|x| x - target).collect();
    let fit = || measure::Recurrence::fit(&tail).map(|f| f.rate()).or_else(|| measure::single_rate(&tail));
    if near == minimum { fit() } else { None }
}

fn spread(at: &Setting<'_>, run: &Run) -> Option<f64> {
    if at.world().kind().dim() != 1 {
        return None;
    }
    let [_, variance] =
        run.derived.pair(("density moments", 0, 0), || density(at).map_or([f64::NAN; 2], |d| d.moments()));
    Some(variance.sqrt())
}

fn cloud_spread(at: &Setting<'_>, run: &Run, view: View) -> Option<f64> {
    let lane = run.lane(Lens::Sampler).filter(|l| l.lane.start.n() > 1 && at.get("temperature") > 0.0)?;
    let spread = lane.at(Probe::SpreadPosition(view.mode), view.now)?;
    let size = lane.at(Probe::MeanPosition(view.mode), view.now)?.abs();
    // What rounding leaves of a cloud in one point is no spread.
    Some(if spread <= 1e-12 * size { 0.0 } else { spread })
}

/// The period of small turns about the turning point at rest nearest the start.
fn turn(at: &Setting<'_>) -> Option<f64> {
    let (points, start) = (at.points(), at.start());
    let far = |p: &[f64]| p.iter().zip(&start).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
    let turning = points.iter().filter(|p| p.eigenvalues.iter().any(|[_, im]| *im != 0.0));
    let nearest = turning.min_by(|a, b| far(&a.at).total_cmp(&far(&b.at)))?;
    nearest
        .eigenvalues
        .iter()
        .map(|[_, im]| im.abs())
        .filter(|im| *im > 0.0)
        .map(|im| std::f64::consts::TAU / im)
        .next()
}

/// The mean time between the last rises of the motion through its mean over the second half of the run.
fn period(at: &Setting<'_>, run: &Run) -> Option<f64> {
    let lane = run.lane(Lens::Spring)?;
    let column = axes::column(at, run, lane, 0);
    let half = column.get(column.len() / 2..)?;
    let [mean, variance] = measure::moments(half);
    if !(variance > 1e-12 * (1.0 + mean * mean)) {
        return None;
    }
    let rises = half.windows(2).enumerate().filter(|(_, w)| w[0] < mean && w[1] >= mean);
    let rises: Vec<f64> = rises.map(|(i, w)| i as f64 + (mean - w[0]) / (w[1] - w[0])).collect();
    let (first, last) = (rises.first()?, rises.last()?);
    let rows = (rises.len() > 1).then(|| (last - first) / (rises.len() - 1) as f64)?;
    Some(rows * run.seconds / lane.lane.substeps as f64)
}
