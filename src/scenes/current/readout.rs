//! Numbers beside the figures, predicted and counted.

use super::measured::{Rate, lane, rate};
use super::setting::{Case, Setting};
use super::{drift, params};
use crate::core::Probe;
use crate::core::methods::Books;
use crate::figure::rich;
use crate::param::show_number;
use crate::scenes::{Readout, Run, View};
use crate::text::{Text, fill, t};

/// The declaration of one read-out.
struct Fact {
    label: Text,
    unit: &'static str,
    note: Text,
    formula: &'static str,
    uses: &'static [&'static str],
    source: &'static str,
}

static ENTROPY: Fact = Fact {
    label: t("entropy rate", "熵产生率"),
    unit: "1/s",
    note: t(
        "Entropy production: exact for this scheme and step, against the entropy the particles gave to their baths{}; in units of Boltzmann’s constant.",
        "熵产生率：该格式与步长的精确值，对照粒子交给热浴的熵{}；以玻尔兹曼常数为单位。",
    ),
    formula: "$dS/dt = tr(A^T D^{−1} Q)$,  $Q = (MS − SM^T)/2h$",
    uses: &["c", "h"],
    source: "derived; Risken, ch. 6",
};

static ENTROPY_OF_MASS: Fact = Fact {
    formula: "$dS/dt = (1 − e^{−2ch/m})/2h · (tr B^{−1}⟨vv^T⟩ − d)$",
    uses: &["c", "m", "h"],
    source: "derived; Spinney & Ford 2012",
    ..ENTROPY
};

static LIMIT: Fact = Fact {
    label: t("for $h → 0$", "$h → 0$ 时"),
    note: t(
        "Entropy production of the continuous motion; the difference is the bias of the step.",
        "连续运动的熵产生率；其差即步长引起的偏差。",
    ),
    formula: "$dS/dt = tr(A^T D^{−1} A S) + tr A$",
    uses: &[],
    source: "Risken, ch. 6",
    ..ENTROPY
};

static LIMIT_OF_MASS: Fact =
    Fact { formula: "$dS/dt = (c/m)^2 tr(D_v^{−1} S_{vv}) − d c/m$", source: "Spinney & Ford 2012", ..LIMIT };

static SWEPT: Fact = Fact {
    label: t("area rate", "面积速率"),
    unit: "m²/s",
    note: t(
        "½⟨xẏ − yẋ⟩, positive counter-clockwise: exact for this scheme and step, against the ensemble{}.",
        "½⟨xẏ − yẋ⟩，逆时针为正：该格式与步长的精确值，对照系综{}。",
    ),
    formula: "$Q_{21}$,  $Q = (MS − SM^T)/2h$",
    uses: &["h"],
    source: "derived",
};

static WINDING: Fact = Fact {
    label: t("turning rate", "流的转速"),
    unit: "rad/s",
    note: t(
        "Angular velocity with which every loop of the mean current turns; the mean rate of the polar angle. Measured: area swept over the cloud’s √det S.",
        "平均流每个环的角速度，也是极角的平均变化率。测量值：面积速率除以粒子云的 √det S。",
    ),
    formula: "$Q_{21}/√(det S)$",
    uses: &[],
    source: "derived",
};

static DIVERGENCE: Fact = Fact {
    label: t("divergence", "散度"),
    unit: "1/s",
    note: t("How fast the drift alone shrinks the plane.", "仅由漂移引起的平面收缩率。"),
    formula: "$div b = tr A$",
    uses: &["c"],
    source: "derived",
};

static CURL: Fact = Fact {
    label: t("curl", "旋度"),
    unit: "1/s",
    note: t(
        "Of the drift. It tells whether the drift is a gradient, not whether there is equilibrium.",
        "漂移的旋度：说明漂移是否为梯度，而不说明是否平衡。",
    ),
    formula: "$A_{21} − A_{12}$",
    uses: &["kappa", "c"],
    source: "derived",
};

static CURL_OF_PHASE: Fact = Fact {
    label: t("curl", "旋度"),
    unit: "",
    note: t(
        "Curl of the drift with time in units of √(m/k): minus two whatever the friction, none included.",
        "漂移的旋度，时间以 √(m/k) 为单位：无论摩擦多大（包括无摩擦）恒为 −2。",
    ),
    formula: "$∂_x b_v − ∂_v b_x$",
    ..CURL
};

static COMMUTATOR: Fact = Fact {
    label: t("$|KΘ − ΘK|$", "$|KΘ − ΘK|$"),
    unit: "J·N/m",
    note: t(
        "Largest entry of KΘ − ΘK; for a force with a potential, balance holds if and only if it is zero.",
        "KΘ − ΘK 的最大元素；对有势力，当且仅当它为零时平衡成立。",
    ),
    formula: "$max |KΘ − ΘK|$",
    uses: &["angle", "t1", "t2"],
    source: "Chaudhari & Soatto 2018",
};

static VARIANCE: Fact = Fact {
    label: t("variance $x$", "$x$ 的方差"),
    unit: "m²",
    note: t(
        "Stationary variance of the scheme, against the cloud at the moment shown.",
        "格式的平稳方差，对照所示时刻的粒子云。",
    ),
    formula: "$S = MSM^T + N$",
    uses: &["k1", "k2", "t1"],
    source: "Lyapunov equation",
};

/// Adds ± to a note that has room for it.
fn note(fact: &Fact, rate: Option<Rate>, view: View) -> String {
    let half = rate.map(|r| {
        let text = t(" (95 % interval ±{})", "（95 % 区间 ±{}）");
        fill(text.get(view.lang), &[&show_number(r.half_width())])
    });
    let text = fact.note.get(view.lang);
    if text.contains("{}") { fill(text, &[&half.unwrap_or_default()]) } else { text.to_owned() }
}

struct Rows<'a> {
    run: &'a Run,
    view: View,
    out: Vec<Readout>,
}

impl Rows<'_> {
    /// Adds a read-out unless neither side of it is a number.
    fn add(&mut self, fact: &Fact, predicted: Option<f64>, measured: Option<f64>, rate: Option<Rate>) {
        let finite = |x: Option<f64>| x.filter(|x| x.is_finite());
        let (predicted, measured) = (finite(predicted), finite(measured));
        if predicted.is_none() && measured.is_none() {
            return;
        }
        let known = params::PARAMS.iter().filter(|s| fact.uses.contains(&s.id));
        self.out.push(Readout {
            label: rich(fact.label.get(self.view.lang)),
            unit: fact.unit,
            predicted,
            measured,
            note: note(fact, rate, self.view),
            formula: rich(fact.formula),
            uses: known.map(|s| (rich(s.symbol), self.run.values.get(s.id))).collect(),
            source: rich(fact.source),
        });
    }
}

/// The read-outs.
pub fn numbers(at: &Setting, run: &Run, view: View) -> Vec<Readout> {
    let mut rows = Rows { run, view, out: Vec::new() };
    let mass = at.case.has_mass();
    let given = rate(run, Books::ENTROPY);
    let (entropy, limit) = if mass { (&ENTROPY_OF_MASS, &LIMIT_OF_MASS) } else { (&ENTROPY, &LIMIT) };
    rows.add(entropy, at.entropy().map(clean), given.map(|r| r.mean), given);
    rows.add(limit, at.continuous_entropy().map(clean), None, None);
    let swept = rate(run, Books::AREA);
    let area = Fact { unit: if at.case == Case::Inertia { "m²/s²" } else { SWEPT.unit }, ..SWEPT };
    rows.add(&area, at.loops().map(|l| clean(l.swept)), swept.map(|r| r.mean), swept);
    rows.add(&WINDING, at.loops().map(|l| clean(l.winding())), winding(at, run, swept), None);
    rows.add(&DIVERGENCE, at.drift().map(|a| drift::numbers(&a)[0]), None, None);
    let curl = if at.case == Case::Inertia { &CURL_OF_PHASE } else { &CURL };
    rows.add(curl, drift::curl(at), None, None);
    if at.dim() == 2 && at.kappa == 0.0 {
        rows.add(&COMMUTATOR, Some(clean(at.commutator())), None, None);
    }
    let spread = lane(run).and_then(|l| l.at(Probe::SpreadPosition(0), view.now));
    rows.add(&VARIANCE, at.covariance().map(|c| c[0]), spread.map(|s| s * s), None);
    rows.out
}

/// Zero instead of what rounding leaves of it.
fn clean(x: f64) -> f64 {
    if x.abs() < 1e-12 { 0.0 } else { x }
}

/// Area swept over √det of the covariance of all particles at the end of what is computed.
fn winding(at: &Setting, run: &Run, swept: Option<Rate>) -> Option<f64> {
    let lane = lane(run)?;
    let root = run.derived.number(("root", 0, 0), || {
        let state = lane.state_at(lane.done());
        let [x, y] = at.books().points(&state);
        let n = x.len() as f64;
        let mean = |f: &dyn Fn(f64, f64) -> f64| x.iter().zip(y).map(|(x, y)| f(*x, *y)).sum::<f64>() / n;
        let (mx, my) = (mean(&|x, _| x), mean(&|_, y| y));
        let [xx, xy, yy] =
            [mean(&|x, _| (x - mx).powi(2)), mean(&|x, y| (x - mx) * (y - my)), mean(&|_, y| (y - my).powi(2))];
        Some((xx * yy - xy * xy).max(0.0).sqrt()).filter(|r| *r > 0.0)
    })?;
    Some(swept?.mean / root)
}
