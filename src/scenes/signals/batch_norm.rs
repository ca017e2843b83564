//! Statistics that run behind a network: a minimum that moves with them, a gradient that contains them, and what
//! normalisation really does to momentum.

mod bode;
mod checks;
mod driven;
mod feedback;
mod norm;
mod story;

use std::f64::consts::{PI, TAU};
use std::sync::Arc;

use crate::core::fields::Tether;
use crate::core::methods::{Chase, Cosine, Target};
use crate::core::{Noise, Probe};
use crate::figure::Ink;
use crate::param::{Spec, Values};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Moves, Page, regimes, specs};
use crate::scenes::{Chip, Group, Lane, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::{Text, t};
use crate::theory::closed_loop::{resonance, tracking_response};
use crate::theory::matrix::Complex;
use crate::theory::regime::is_stable;
use crate::theory::toys::lagged;

/// The lane with momentum.
const MOMENTUM: usize = 0;
/// Sines of a drift with a band.
const SINES: u32 = 9;
/// The stream of their phases.
const PHASES: u32 = 7;

static ETA: Spec = specs::eta(0.1, 0.001, 3.5);
static BETA: Spec = specs::beta(0.9, 0.0, 0.99);
static PERIOD: Spec = specs::by_decades(
    "period",
    "$P$",
    t("period of the drift", "漂移周期"),
    [19.8, 2.5, 1000.0],
    t("Steps in which the statistics of the batches swing once.", "批统计量摆动一次所需的步数。"),
);
static WIDTH: Spec = specs::pure(
    "width",
    "$B$",
    t("width of the spectrum", "频谱宽度"),
    [0.0, 0.0, 0.9],
    t(
        "The drift holds the frequencies from (1 − B) to (1 + B) times that of the period; 0 is one sine.",
        "漂移包含该周期所对应频率的 (1 − B) 到 (1 + B) 倍；0 为单一正弦。",
    ),
);
static RHO: Spec = specs::pure(
    "rho",
    "$ρ$",
    t("memory of the statistic", "统计量的记忆"),
    [0.9, 0.0, 0.99],
    t("Share of the running statistic that is kept per step.", "运行统计量每步保留的比例。"),
);
static KAPPA: Spec = specs::pure(
    "kappa",
    "$κ$",
    t("share taken off", "扣除比例"),
    [0.5, -1.0, 1.0],
    t(
        "How much of its own running mean a gradient takes off the parameter; centring has κ > 0.",
        "梯度从参数中扣除多少自身的运行均值；中心化时 κ > 0。",
    ),
);
static DECAY: Spec = specs::pure(
    "decay",
    "$w$",
    t("weight decay", "权重衰减"),
    [0.0005, 0.0, 0.01],
    t("L2 decay of the weights in front of a normalisation.", "归一化之前权重的 L2 衰减。"),
);

/// The drift of the statistics: one sine, or several of one size in a band, their phases from the seed.
fn waves(values: &Values, seed: u64) -> Vec<Cosine> {
    let (omega, width) = (TAU / values.get("period"), values.get("width"));
    if width == 0.0 {
        return vec![Cosine { amplitude: 1.0, omega, phase: 0.0 }];
    }
    let noise = Noise::new(seed, PHASES);
    let amplitude = f64::from(SINES).sqrt().recip();
    let wave = |k: u32| {
        let across = 2.0 * f64::from(k) / f64::from(SINES - 1) - 1.0;
        Cosine {
            amplitude,
            omega: (omega * (1.0 + width * across)).min(PI),
            phase: TAU * noise.uniform(k as usize, 0, 0),
        }
    };
    (0..SINES).map(wave).collect()
}

fn build(values: &Values, seed: u64) -> Result<Setup, SceneError> {
    let [eta, beta, memory] = ["eta", "beta", "rho"].map(|id| values.get(id));
    let tracker = |name: Text, ink: Ink, beta: f64| -> Lane {
        let target = Target::Running { memory, waves: waves(values, seed) };
        lane(name, ink, Arc::new(Tether { curvature: 1.0 }), Chase { eta, beta, target }, [&[0.0; 2], &[]])
    };
    let lanes = vec![
        tracker(t("momentum", "动量法"), Ink::Optimizer, beta),
        tracker(t("descent", "梯度下降"), Ink::Spring, 0.0),
    ];
    Ok(together(lanes, 1.0))
}

/// From the running statistic to the parameter, at ω (rad/step).
fn following(values: &Values, omega: f64) -> Complex<f64> {
    tracking_response(values.get("eta"), values.get("beta"), omega)
}

/// Gains over the whole drift by theory, as ratios of root mean squares: statistic over batches, parameter over
/// statistic; `None` if the map diverges.
fn gains(seen: &Seen<'_>) -> Option<[f64; 2]> {
    let values = &seen.run.values;
    let power = |of: &dyn Fn(f64) -> f64| -> f64 {
        waves(values, seen.run.seed).iter().map(|wave| (wave.amplitude * of(wave.omega)).powi(2)).sum()
    };
    let rho = values.get("rho");
    let statistic = |omega: f64| lagged::transfer(rho, omega).norm();
    let (batches, behind) = (power(&|_| 1.0), power(&statistic));
    let parameter = power(&|omega| statistic(omega) * following(values, omega).norm());
    let stable = is_stable(values.get("eta"), values.get("beta"));
    stable.then(|| [(behind / batches).sqrt(), (parameter / behind).sqrt()])
}

/// The same of the last half of the run, or as many whole swings as it holds.
fn found(seen: &Seen<'_>) -> Option<[f64; 2]> {
    let lane = seen.lane(MOMENTUM)?;
    let rows = lane.column(Probe::Position(0)).len();
    let (half, period) = ((rows / 2) as f64, seen.get("period"));
    let tail = if half > period { ((half / period).floor() * period).round() } else { half };
    let first = rows - tail as usize;
    let waves = waves(&seen.run.values, seen.run.seed);
    let mean = |values: &mut dyn Iterator<Item = f64>| values.map(|x| x * x).sum::<f64>();
    let tail = |k: usize| lane.column(Probe::Position(k)).get(first..).unwrap_or(&[]).iter().copied();
    let batches = mean(&mut (first..rows).map(|n| Cosine::sum(&waves, n as f64)));
    let [parameter, statistic] = [mean(&mut tail(0)), mean(&mut tail(1))];
    let ratios = [(statistic / batches).sqrt(), (parameter / statistic).sqrt()];
    (rows > 2 && ratios.iter().all(|x| x.is_finite())).then_some(ratios)
}

/// By how many degrees an answer lags, 0 to 360.
fn lag(gain: Complex<f64>) -> f64 {
    let degrees = -gain.arg().to_degrees();
    // A rounding error must not turn no lag into a whole turn.
    if degrees < -1e-6 { degrees + 360.0 } else { degrees.max(0.0) }
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let (exact, run) = (gains(seen), found(seen));
    let note = t(
        "Root mean square of the running statistic over that of the batches. Measured: the last half of the run.",
        "运行统计量与批统计量的均方根之比。测量：运行的后半段。",
    );
    let first = number(seen, t("gain, statistic", "统计量的增益"), note).predicted(exact.map(|g| g[0]));
    let note = t(
        "Root mean square of the parameter over that of the running statistic it follows. Measured: the last half of the run.",
        "参数与其追随的运行统计量的均方根之比。测量：运行的后半段。",
    );
    let second = number(seen, t("gain, parameter", "参数的增益"), note).predicted(exact.map(|g| g[1]));
    let by = "$(1 − ρ)/|e^{iω} − ρ|$";
    let mut out = vec![
        first.measured(run.map(|g| g[0])).by(by, &["rho", "period"], "transfer function").done(),
        second
            .measured(run.map(|g| g[1]))
            .by("$|ηλz/(z^2 − (1 + β − ηλ)z + β)|$", &["eta", "beta", "period"], "closed loop")
            .done(),
    ];
    out.extend(of_the_peak(seen));
    out.extend(feedback::numbers(seen));
    out.extend(norm::numbers(seen));
    out
}

/// Lag at the period, the largest gain and its period, each beside the core driven there.
fn of_the_peak(seen: &Seen<'_>) -> [Readout; 3] {
    let values = &seen.run.values;
    let [eta, beta] = ["eta", "beta"].map(|id| values.get(id));
    let peak = resonance(eta, beta, 1.0).filter(|_| is_stable(eta, beta));
    let here = TAU / values.get("period");
    let exact = is_stable(eta, beta).then(|| lag(following(values, here)));
    let note = t(
        "By how much the parameter lags behind the running statistic at this period. Measured: the core driven by one sine.",
        "在此周期参数落后于运行统计量的角度。测量：以单一正弦驱动核心。",
    );
    let behind = number(seen, t("lag at this period", "当前周期的滞后"), note).unit("°").predicted(exact);
    let note = t(
        "Largest gain from statistic to parameter over all periods. Measured: the core driven there.",
        "所有周期中从统计量到参数的最大增益。测量：以该周期驱动核心。",
    );
    let size = number(seen, t("largest gain", "最大增益"), note).predicted(peak.map(|p| p.1));
    let size = size.measured(peak.and_then(|p| driven::kept(seen, p.0)).map(|p| p.parameter.norm()));
    let note = t("The period at which it lies, by theory.", "该增益所在的周期（理论）。");
    let period = number(seen, t("resonant period", "共振周期"), note).predicted(peak.map(|p| TAU / p.0));
    [
        behind
            .measured(driven::kept(seen, here).map(|p| lag(p.parameter)))
            .by("$−arg G$", &["eta", "beta", "period"], "closed loop")
            .done(),
        size.by("$ηλ/((1 − β) sin φ)$", &["eta", "beta"], "derived").done(),
        period.by("$cos ω = (1 + β)(1 + β − ηλ)/(4β)$", &["eta", "beta"], "derived").done(),
    ]
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    vec![regimes::chip(seen, "ηλ", seen.get("eta"), seen.get("beta"))]
}

fn notes(seen: &Seen<'_>) -> Vec<String> {
    let training = t(
        "In ordinary training a normalisation uses the statistics of the batch itself, and the gradient knows that: running statistics are kept for later use and do not enter it. The first pages show what they would do if they did.",
        "通常训练时，归一化使用当前批自身的统计量，梯度也计入这一点；运行统计量只为日后使用而保存，并不进入梯度。前几页展示的是假如它们进入梯度会怎样。",
    );
    let unstable = t("The map diverges at this ηλ: there is no steady answer.", "映射在此 ηλ 下发散：没有稳态响应。");
    let steady = !is_stable(seen.get("eta"), seen.get("beta"));
    [Some(training), steady.then_some(unstable)].into_iter().flatten().map(|text| seen.say(text).to_owned()).collect()
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "batch-norm",
        title: t("Momentum and running statistics", "动量与运行统计量"),
        group: Group::Signals,
        question: t(
            "Do the drifting statistics of batch normalisation make momentum oscillate?",
            "批归一化中漂移的统计量会让动量振荡吗？",
        ),
        rows: &[16],
        steps: 400,
    },
    params: &[&ETA, &BETA, &PERIOD, &WIDTH, &RHO, &KAPPA, &DECAY],
    presets: &[
        Preset::new(t("drift at resonance", "共振处的漂移"), &[], 400),
        Preset::new(t("slow drift", "缓慢漂移"), &[("period", "200")], 1200),
        Preset::new(t("broad drift", "宽频漂移"), &[("width", "0.6")], 1600),
        Preset::new(t("β = 0.99", "β = 0.99"), &[("beta", "0.99"), ("period", "19.9")], 3000),
        Preset::new(t("over-correction, κ < 0", "过度校正，κ < 0"), &[("kappa", "-0.5")], 400),
    ],
    modes: &["$x$"],
    build,
    pages: &[
        Page::new("series", t("Batches, statistic, parameter", "批、统计量与参数"), bode::series)
            .briefly(t("Statistic, parameter", "统计量与参数"))
            .told(bode::series_caption)
            .moving(&[Moves::Clock]),
        Page::new("bode", t("Gain and lag", "增益与滞后"), bode::page).told(bode::caption),
        Page::new("feedback", t("A gradient that contains its own mean", "含自身均值的梯度"), feedback::page)
            .briefly(t("Feedback", "反馈"))
            .told(feedback::caption),
        Page::new("norm", t("What normalisation does: the norm grows", "归一化的真实作用：范数增长"), norm::page)
            .briefly(t("Norm", "范数"))
            .told(norm::caption),
    ],
    tiles: &["series", "bode", "feedback", "norm"],
    numbers,
    chips,
    notes,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
