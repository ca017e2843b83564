//! A gradient that contains the running mean of the parameter itself: whether the loop it closes damps or feeds.

use std::sync::Arc;

use crate::core::fields::Quadratic;
use crate::core::methods::LaggedStatistic;
use crate::core::{Outcome, Probe, State, System, Trace, advance};
use crate::figure::{Dash, Handle, Ink, Marker, Panel, rich};
use crate::scenes::exhibit::draw::{axis, level, line, panel, points, spanning, thin};
use crate::scenes::exhibit::number::number;
use crate::scenes::{Readout, Seen};
use crate::text::t;
use crate::theory::matrix::{Complex, polynomial_roots};
use crate::theory::toys::lagged::{damping_shift, ringing_pole, spectral_radius};

/// Shares at which the core is run, and points along a curve.
const SHARES: [f64; 10] = [-1.0, -0.8, -0.6, -0.4, -0.2, 0.2, 0.4, 0.6, 0.8, 0.97];
const FINE: i32 = 120;
/// Iterations shown, and iterates by which poles are read.
const SHOWN: u64 = 120;
const READ: u64 = 5;
/// A determinant below this share of its terms says that a pole does not show; an imaginary part below this, that
/// it is real.
const FLAT: f64 = 1e-10;
const REAL: f64 = 1e-6;
/// How far a diverging run is followed.
const FAR: f64 = 3.0;

/// ηλ, β and ρ of the run.
fn machine(seen: &Seen<'_>) -> [f64; 3] {
    ["eta", "beta", "rho"].map(|id| seen.get(id))
}

/// The iterates of the core from x = 1 at rest.
fn iterates([eta, beta, rho]: [f64; 3], kappa: f64, steps: u64) -> Vec<f64> {
    let system = System::new(Arc::new(Quadratic::diagonal(&[1.0])), LaggedStatistic { eta, beta, rho, kappa });
    let mut trace = Trace::new(&[Probe::Position(0)], steps as usize + 1);
    let mut state = State::at(&[1.0], &[], 1, 0, 0);
    let outcome = advance(&system, &mut state, steps, &mut trace);
    let all = trace.column(Probe::Position(0)).iter().copied();
    let rows = if outcome == Outcome::Running { usize::MAX } else { trace.len().saturating_sub(1) };
    [1.0].into_iter().chain(all).take(rows).collect()
}

/// The determinant of three columns, and the sum of the sizes of its terms.
fn determinant([a, b, c]: [[f64; 3]; 3]) -> (f64, f64) {
    let terms = [
        a[0] * b[1] * c[2],
        b[0] * c[1] * a[2],
        c[0] * a[1] * b[2],
        -c[0] * b[1] * a[2],
        -b[0] * a[1] * c[2],
        -a[0] * c[1] * b[2],
    ];
    (terms.iter().sum(), terms.iter().map(|term| term.abs()).sum())
}

/// The modulus of the oscillating pole of a run, read off its iterates: they obey a recurrence of three steps,
/// whose coefficients follow from six of them (Prony). `None` if nothing oscillates, or less than three poles show.
pub fn ringing(machine: [f64; 3], kappa: f64) -> Option<f64> {
    let x = iterates(machine, kappa, READ);
    let columns: [&[f64]; 4] = [x.get(0..3)?, x.get(1..4)?, x.get(2..5)?, x.get(3..6)?];
    let [a, b, c, right] = columns.map(|column| std::array::from_fn(|i| column[i]));
    let (whole, size) = determinant([a, b, c]);
    if !(whole.abs() > FLAT * size) {
        return None;
    }
    let [first, second, third] =
        [[right, b, c], [a, right, c], [a, b, right]].map(|columns| determinant(columns).0 / whole);
    let roots = polynomial_roots(&[1.0, -third, -second, -first])?;
    roots.into_iter().find(|z| z.im > REAL).map(Complex::norm)
}

/// The ringing of the core at one share, kept with the run.
fn kept(seen: &Seen<'_>, kappa: f64) -> Option<f64> {
    let key = ("ringing pole", 0, kappa.to_bits());
    seen.run.derived.once(key, || ringing(machine(seen), kappa).into_iter().collect()).first().copied()
}

/// Three runs over time, and the poles over the share that is taken off.
pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    vec![motion(seen), poles(seen)]
}

fn motion<'a>(seen: &Seen<'a>) -> Panel<'a> {
    let x = axis(seen, t("iteration $n$", "迭代步 $n$"), "").range(0.0, SHOWN as f64);
    let mut out = panel("motion", x, axis(seen, t("position", "位置"), ""));
    let share = seen.get("kappa").abs();
    let lanes = [
        (-share, t("$κ = {}$: over-corrected", "$κ = {}$：过度校正"), Ink::Danger, Dash::Dashed),
        (0.0, t("$κ = {}$: no statistic", "$κ = {}$：无统计量"), Ink::Muted, Dash::Dotted),
        (share, t("$κ = {}$: centred", "$κ = {}$：中心化"), Ink::Optimizer, Dash::Solid),
    ];
    let mut all = vec![-1.0, 1.0];
    for (k, (kappa, name, ink, dash)) in lanes.into_iter().enumerate() {
        if k != 1 && share == 0.0 {
            continue;
        }
        let y = seen.run.derived.once(("feedback", k, 0), || iterates(machine(seen), kappa, SHOWN));
        all.extend(y.iter().map(|y| y.clamp(-FAR, FAR)));
        let x: Vec<f64> = (0..y.len()).map(|n| n as f64).collect();
        out.layers.push(line(x, y, Some(&seen.tell(name, &[kappa])), ink, dash));
    }
    out.y = spanning(out.y, all);
    out
}

fn poles<'a>(seen: &Seen<'a>) -> Panel<'a> {
    let [eta, beta, rho] = machine(seen);
    let x = axis(seen, t("share taken off $κ$", "扣除比例 $κ$"), "").range(-1.05, 1.05);
    let mut out = panel("poles", x, axis(seen, t("modulus per step", "每步模长"), ""));
    let shares: Vec<f64> = (-FINE..=FINE).map(|k| f64::from(k) / f64::from(FINE)).collect();
    let ring: Vec<f64> =
        shares.iter().map(|k| ringing_pole(eta, beta, rho, *k).map_or(f64::NAN, Complex::norm)).collect();
    let slowest: Vec<f64> = shares.iter().map(|k| spectral_radius(eta, beta, rho, *k)).collect();
    let found = SHARES.iter().filter_map(|k| Some((*k, kept(seen, *k)?)));
    let (x, y): (Vec<f64>, Vec<f64>) = found.unzip();
    out.y = spanning(out.y, ring.iter().chain(&slowest).chain(&y).copied().chain([1.0]));
    out.layers.push(level(1.0, Ink::Danger, Dash::Solid));
    let name = |text| Some(seen.say(text));
    out.layers.push(line(shares.clone(), slowest, name(t("slowest pole", "最慢的极点")), Ink::Muted, Dash::Dashed));
    let oscillating = name(t("oscillating pole", "振荡极点"));
    out.layers.push(line(shares.clone(), ring, oscillating, Ink::Optimizer, Dash::Solid));
    if let Some(slope) = damping_shift(eta, beta, rho) {
        let tangent: Vec<f64> = shares.iter().map(|k| beta.sqrt() * (slope * k).exp()).collect();
        out.layers.push(thin(shares, tangent, Ink::Text, Dash::Dotted));
    }
    out.layers.push(points(x, y, name(t("measured", "测量")), Ink::Optimizer, Marker::Disc));
    let kappa = seen.get("kappa");
    let height = ringing_pole(eta, beta, rho, kappa).map_or(spectral_radius(eta, beta, rho, kappa), Complex::norm);
    out.handles.push(Handle {
        id: "kappa,-".into(),
        at: [kappa, if height.is_finite() { height } else { 1.0 }],
        ink: Ink::Text,
        label: rich("$κ$"),
        name: seen.say(t("share taken off", "扣除比例")).to_owned(),
    });
    out
}

pub fn caption(seen: &Seen<'_>) -> String {
    let [eta, beta, rho] = machine(seen);
    let first = seen.say(t(
        "Heavy ball whose gradient takes the share κ of the parameter’s own running mean off it. Above: three runs from one start. Below: modulus of the poles over κ, by theory (lines) and read off runs of the core (discs); dotted: first order in κ.",
        "梯度从参数中扣除其自身运行均值的 κ 倍时的重球法。上图：同一起点的三次运行。下图：极点的模随 κ 的变化，理论（线）与从核心运行中读出的值（圆点）；点线：κ 的一阶近似。",
    ));
    let second = match damping_shift(eta, beta, rho) {
        Some(slope) => seen.tell(
            t(
                " The logarithm of the oscillating modulus changes by {} per unit of κ: a mean that follows the parameter adds damping, and only over-correction feeds the oscillation. At κ = 1 a pole stands at 1: nothing pulls back any more.",
                "振荡极点模的对数随 κ 每单位变化 {}：跟随参数的均值增加阻尼，只有过度校正才助长振荡。κ = 1 时有一个极点在 1 处：不再有恢复力。",
            ),
            &[slope],
        ),
        None => seen.say(t(" With these values nothing oscillates at κ = 0.", "在这些取值下，κ = 0 时没有振荡。")).to_owned(),
    };
    format!("{first}{second}")
}

/// Poles with and without the statistic.
pub fn numbers(seen: &Seen<'_>) -> [Readout; 2] {
    let [eta, beta, rho] = machine(seen);
    let kappa = seen.get("kappa");
    let note = t(
        "Modulus per step of the oscillating pole with the running mean in the gradient. Measured: read off a run of the core (Prony).",
        "梯度含运行均值时振荡极点的每步模长。测量：从核心的运行中读出（普罗尼法）。",
    );
    let with = number(seen, t("oscillation with $κ$", "有 $κ$ 时的振荡"), note);
    let with = with.predicted(ringing_pole(eta, beta, rho, kappa).map(Complex::norm)).measured(kept(seen, kappa));
    let note = t("The same without it.", "没有它时的同一数值。");
    let without = number(seen, t("oscillation without", "无 $κ$ 时的振荡"), note);
    [
        with.by("$(z^2 − (1 + β − ηλ)z + β)(z − ρ) = ηλκ(1 − ρ)z$", &["eta", "beta", "rho", "kappa"], "derived").done(),
        without.predicted(damping_shift(eta, beta, rho).map(|_| beta.sqrt())).by("$√β$", &["beta"], "poles").done(),
    ]
}
