//! Nesterov's look-ahead: the gradient is read where momentum is about to be, which brakes stiff directions.

mod measure;
mod pages;
mod story;

use std::sync::Arc;

use crate::core::fields::Quadratic;
use crate::core::methods::{Convention, heavy_ball, nesterov_look_ahead};
use crate::core::{ExactFlow, Linear, Probe};
use crate::figure::Ink;
use crate::param::{Spec, Values};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, specs};
use crate::scenes::models::declare::restart;
use crate::scenes::models::words;
use crate::scenes::{Chip, Group, Lane, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::{Text, fill, t};
use crate::theory::modified::hessian_damping;
use crate::theory::nesterov::{classify, equivalent_beta, spectral_radius};
use crate::theory::regime::{nesterov_wall, stability_wall};

/// The steeper curvature, so that η is its ηλ.
const STEEP: f64 = 1.0;
/// Points of a differential equation per iteration.
const FINE: u32 = 8;

// A run with other equations beside it is another run.
static ETA: Spec = restart(specs::eta(0.3, 0.001, 4.0));
static BETA: Spec = specs::beta(0.9, 0.0, 0.99);
static KAPPA: Spec = specs::by_decades(
    "kappa",
    "$κ$",
    t("condition number", "条件数"),
    [20.0, 1.0, 1000.0],
    t("Ratio of the two curvatures; the steeper one is 1.", "两个曲率之比；较陡的一个为 1。"),
);
static X0: Spec = specs::start("x0", "$x_1^{(0)}$", -4.0);
static Y0: Spec = specs::start("y0", "$x_2^{(0)}$", 2.0);

fn curvatures(values: &Values) -> [f64; 2] {
    [STEEP / values.get("kappa"), STEEP]
}

/// A differential equation of second order in the time √η per iteration: mass and friction along each axis.
struct Equation {
    name: Text,
    ink: Ink,
    mass: [f64; 2],
    friction: [f64; 2],
}

/// The equations that Nesterov's method follows with and without its Hessian-dependent terms:
/// ½ (1 + β − βη∇²f) ẍ + ((1 − β)/h + hβ∇²f) ẋ + ∇f = 0 with h = √η; without them it is heavy ball's.
fn equations(values: &Values) -> [Equation; 2] {
    let [eta, beta] = ["eta", "beta"].map(|id| values.get(id));
    let h = libm::sqrt(eta);
    let of = |name, ink, share: f64| Equation {
        name,
        ink,
        mass: curvatures(values).map(|l| 0.5 * (1.0 + beta - share * beta * eta * l)),
        friction: curvatures(values).map(|l| (1.0 - beta) / h + share * hessian_damping(h, beta) * l),
    };
    [
        of(t("ODE with Hessian", "方程，含黑塞项"), Ink::Controller, 1.0),
        of(t("ODE without", "方程，不含"), Ink::Amber, 0.0),
    ]
}

impl Equation {
    /// The lane that solves it from where a run from rest starts: its velocity was zero half a step ago.
    fn lane(&self, values: &Values) -> Lane {
        let lambda = curvatures(values);
        let start = ["x0", "y0"].map(|id| values.get(id));
        let h = libm::sqrt(values.get("eta"));
        let speed = [0, 1].map(|i| -0.5 * h / self.mass[i] * lambda[i] * start[i]);
        let matrix = [lambda[0], 0.0, 0.0, lambda[1]];
        let linear = Linear { matrix: &matrix, centre: &[0.0; 2] };
        let flow = ExactFlow::new(linear, &self.mass, &self.friction, h / f64::from(FINE));
        lane(self.name, self.ink, Arc::new(Quadratic::diagonal(&lambda)), flow, [&start, &speed])
            .steps_per_iteration(u64::from(FINE))
    }
}

fn build(values: &Values, _: u64) -> Result<Setup, SceneError> {
    let [eta, beta] = ["eta", "beta"].map(|id| values.get(id));
    let field = Arc::new(Quadratic::diagonal(&curvatures(values)));
    let start = ["x0", "y0"].map(|id| values.get(id));
    let ball = heavy_ball(eta, beta, Convention::Displacement);
    let mut lanes = vec![
        lane(t("Nesterov", "Nesterov"), Ink::Optimizer, field.clone(), nesterov_look_ahead(eta, beta), [&start, &[]]),
        lane(t("heavy ball", "重球"), Ink::Spring, field, ball, [&start, &[]]),
    ];
    // Beyond ηλ = 1 the poles have opposite signs: no equation of second order does that.
    if eta * STEEP < 1.0 {
        lanes.extend(equations(values).iter().map(|equation| equation.lane(values)));
    }
    Ok(together(lanes, libm::sqrt(eta)))
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let [eta, beta] = ["eta", "beta"].map(|id| seen.get(id));
    let note = t(
        "Product of the two poles of a mode: β(1 − ηλ) against the recurrence that fits the run.",
        "一个模态两极点之积：β(1 − ηλ) 对照由运行拟合的递推。",
    );
    let mut out = Vec::new();
    let labels = [t("pole product, $λ_1$", "极点之积，$λ_1$"), t("pole product, $λ_2$", "极点之积，$λ_2$")];
    for ((k, lambda), label) in curvatures(&seen.run.values).into_iter().enumerate().zip(labels) {
        let fit = seen.lane(0).and_then(|lane| measure::product(lane.column(Probe::Position(k))));
        let row = number(seen, label, note).predicted(equivalent_beta(eta * lambda, beta)).measured(fit);
        out.push(row.by("$β(1 − ηλ)$", &["eta", "beta"], "Lessard, Recht & Packard 2016").done());
    }
    let note = t("Largest ηλ that still converges, by bisection of runs.", "仍能收敛的最大 ηλ，由运行二分求得。");
    let [here, ball] = measure::walls(seen);
    let row = number(seen, t("wall, Nesterov", "稳定界，Nesterov"), note).predicted(nesterov_wall(beta)).measured(here);
    out.push(row.by("$2(1 + β)/(1 + 2β)$", &["beta"], "Lessard, Recht & Packard 2016").done());
    let row = number(seen, t("wall, heavy ball", "稳定界，重球"), note).predicted(stability_wall(beta)).measured(ball);
    out.push(row.by("$2(1 + β)$", &["beta"], "Polyak 1964").done());
    let note =
        t("Largest distance of the iterates from the solution, along $x_2$.", "迭代点与方程解沿 $x_2$ 的最大距离。");
    let labels = [t("off, with Hessian terms", "偏差，含黑塞项"), t("off, without them", "偏差，不含")];
    for (k, label) in labels.into_iter().enumerate() {
        out.push(number(seen, label, note).measured(measure::off(seen, 2 + k)).done());
    }
    out
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    let [eta, beta] = ["eta", "beta"].map(|id| seen.get(id));
    let of = |(name, lambda): (&str, f64)| {
        let q = eta * lambda;
        let regime = classify(q, beta);
        let text = fill(seen.say(t("{} {} · map", "{} {} · 映射")), &[name, seen.say(words::regime(regime))]);
        let note = t("Nesterov at ηλ = {}, β = {}: modulus per step {}.", "Nesterov，ηλ = {}，β = {}：每步模长 {}。");
        Chip { text, tone: words::tone(regime), note: seen.tell(note, &[q, beta, spectral_radius(q, beta)]) }
    };
    ["λ₁", "λ₂"].into_iter().zip(curvatures(&seen.run.values)).map(of).collect()
}

fn notes(seen: &Seen<'_>) -> Vec<String> {
    let none = t(
        "With ηλ₂ ≥ 1 the poles of the steep mode have opposite signs; no differential equation of second order follows that.",
        "ηλ₂ ≥ 1 时陡峭模态的两极点异号，没有二阶微分方程与之对应。",
    );
    if seen.get("eta") * STEEP < 1.0 { Vec::new() } else { vec![seen.say(none).to_owned()] }
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "nesterov",
        title: t("Nesterov's look-ahead", "Nesterov 前瞻"),
        group: Group::Landscapes,
        question: t(
            "What does it change to read the gradient where momentum is about to be?",
            "在动量即将到达之处读取梯度，会改变什么？",
        ),
        rows: &[32],
        steps: 60,
    },
    params: &[&ETA, &BETA, &KAPPA, &X0, &Y0],
    presets: &[
        Preset::new(t("braked in the steep direction", "陡峭方向受到制动"), &[], 60),
        Preset::new(t("beyond its wall", "越过稳定界"), &[("eta", "1.5")], 60),
        Preset::new(t("small steps", "小步长"), &[("eta", "0.02")], 200),
    ],
    modes: &["$x_1$", "$x_2$"],
    build,
    pages: pages::PAGES,
    tiles: &["arrows", "equation", "friction", "walls"],
    numbers,
    chips,
    notes,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
