//! The dictionary between the lenses: every costume's parameters from (η, β, λ, h) and back.

use super::params as p;
use super::problem::curvatures;
use crate::param::Values;
use crate::scenes::models::words;
use crate::scenes::{Entry, Lens, SceneError, View};
use crate::text::{fill, t};
use crate::theory::mapping::{Mapping, momentum_from_oscillator, oscillator_from_momentum};
use crate::theory::oscillator::Oscillator;
use crate::theory::pd::{PdLoop, gains_from_momentum, gains_from_normalized, momentum_from_gains, normalized_gains};

/// Mappings in the order of the choice that selects them.
const MAPPINGS: [Mapping; 6] =
    [Mapping::Explicit, Mapping::Qian, Mapping::Conformal, Mapping::Splitting, Mapping::Central, Mapping::Exact];

/// The mapping these values choose.
pub fn mapping(values: &Values) -> Mapping {
    MAPPINGS[values.index("mapping").min(MAPPINGS.len() - 1)]
}

/// The spring that counts as mode `mode`, if there is one.
pub fn spring(values: &Values, mode: usize) -> Option<Oscillator> {
    let lambda = curvatures(values).get(mode).copied()?;
    let (eta, beta, h) = (values.get("eta"), values.get("beta"), values.get("h"));
    let twin = oscillator_from_momentum(mapping(values), eta, beta, lambda, h).ok()?;
    (twin.m > 0.0 && twin.m.is_finite() && twin.c.is_finite() && twin.k.is_finite()).then_some(twin)
}

/// The PD joint of mode `mode`: J, kp, kd.
///
/// Under [`Mapping::Exact`] it is the sampled loop whose own poles are the optimizer's
/// (J = T²/η, kd = (1 − β)T/η + kp T/2); otherwise it is the spring's m, k, c under a sampled law.
pub fn joint(values: &Values, mode: usize) -> Option<[f64; 3]> {
    let lambda = curvatures(values).get(mode).copied()?;
    if mapping(values) == Mapping::Exact {
        let (eta, beta, h) = (values.get("eta"), values.get("beta"), values.get("h"));
        let (a, d) = gains_from_momentum(eta * lambda, beta);
        let inertia = h * h / eta;
        let (_, kd) = gains_from_normalized(a, d, inertia, h);
        return Some([inertia, lambda, kd]);
    }
    spring(values, mode).map(|s| [s.m, s.k, s.c])
}

/// (ηλ, β) of the heavy ball with the same poles as the sampled joint (J, kp, kd).
pub fn joint_poles([inertia, kp, kd]: [f64; 3], period: f64) -> (f64, f64) {
    let (a, d) = normalized_gains(&PdLoop { inertia, friction: 0.0, kp, kd }, period);
    momentum_from_gains(a, d)
}

/// The value of any parameter; NaN where its machine does not exist.
pub fn read(id: &str, values: &Values, mode: usize) -> f64 {
    let (eta, beta, h) = (values.get("eta"), values.get("beta"), values.get("h"));
    let of_spring = |f: fn(&Oscillator) -> f64| spring(values, mode).map_or(f64::NAN, |s| f(&s));
    let of_joint = |i: usize| joint(values, mode).map_or(f64::NAN, |j| j[i]);
    match id {
        "m" => of_spring(|s| s.m),
        "c" => of_spring(|s| s.c),
        "k" => curvatures(values).get(mode).copied().unwrap_or(f64::NAN),
        "zeta" => of_spring(Oscillator::zeta),
        "omega0" => of_spring(Oscillator::omega0),
        "gamma" => of_spring(|s| s.c / s.m),
        "inertia" => of_joint(0),
        "kp" => of_joint(1),
        "kd" => of_joint(2),
        "period" | "dt" => h,
        "alpha" => 1.0 - beta,
        "eta_eff" => eta / (1.0 - beta),
        other => values.get(other),
    }
}

const NO_TWIN: SceneError = SceneError::Refused(t(
    "There is no such machine for these η and β, so it cannot be edited; change η, β or the mapping first.",
    "当前的 η、β 没有对应的机器，无法编辑；请先改变 η、β 或映射。",
));
const FIXED: SceneError = SceneError::Refused(t(
    "The curvatures of the d2l bowl are fixed; choose another problem to change them.",
    "d2l 碗的曲率是固定的；要改变它请换一个问题。",
));
const UNREACHED: SceneError = SceneError::Refused(t(
    "No optimizer with η and β in their ranges is that machine; the old values stay.",
    "在允许范围内没有 η 和 β 对应这台机器；保持原值。",
));

/// Sets any parameter. What the lens shows beside it stays; η, β (and λ, h) follow.
pub fn write(id: &str, value: f64, values: &mut Values, mode: usize) -> Result<(), SceneError> {
    let spec = p::DERIVED.iter().find(|s| s.id == id);
    if let Some(spec) = spec {
        spec.check(value)?;
    }
    let mut next = values.clone();
    match id {
        "alpha" => next.set("beta", 1.0 - value)?,
        "gamma" => {
            // The sampler shows η beside γ, and γ h fixes β under every mapping.
            let (m, h) = (1.0, values.get("h"));
            let (_, beta) = momentum_from_oscillator(mapping(values), m, value * m, 0.0, h).map_err(|_| UNREACHED)?;
            set_momentum(&mut next, values.get("eta"), beta)?;
        }
        "eta_eff" => set_momentum(&mut next, value * (1.0 - values.get("beta")), values.get("beta"))?,
        "inertia" | "kp" | "kd" | "period" => write_joint(id, value, &mut next, mode)?,
        _ if spec.is_some() => write_spring(id, value, &mut next, mode)?,
        _ => next.set(id, value)?,
    }
    *values = next;
    Ok(())
}

fn set_momentum(values: &mut Values, eta: f64, beta: f64) -> Result<(), SceneError> {
    values.set("eta", eta).and_then(|()| values.set("beta", beta)).map_err(|_| UNREACHED)
}

fn set_curvature(values: &mut Values, mode: usize, lambda: f64) -> Result<(), SceneError> {
    match values.index("problem") {
        p::D2L => Err(FIXED),
        _ => Ok(values.set(if mode == 0 { "lambda1" } else { "lambda2" }, lambda)?),
    }
}

fn write_spring(id: &str, value: f64, values: &mut Values, mode: usize) -> Result<(), SceneError> {
    let Some(Oscillator { mut m, mut c, mut k }) = spring(values, mode) else { return Err(NO_TWIN) };
    let mut h = values.get("h");
    match id {
        "m" => m = value,
        "c" => c = value,
        "k" => k = value,
        "dt" => h = value,
        "zeta" => c = 2.0 * value * (k * m).sqrt(),
        "omega0" => k = m * value * value,
        _ => {}
    }
    if matches!(id, "k" | "omega0") {
        set_curvature(values, mode, k)?;
    }
    values.set("h", h)?;
    let (eta, beta) = momentum_from_oscillator(mapping(values), m, c, k, h).map_err(|_| UNREACHED)?;
    set_momentum(values, eta, beta)
}

fn write_joint(id: &str, value: f64, values: &mut Values, mode: usize) -> Result<(), SceneError> {
    if mapping(values) != Mapping::Exact {
        let same = [("inertia", "m"), ("kp", "k"), ("kd", "c"), ("period", "dt")];
        let spring_id = same.iter().find(|(joint, _)| *joint == id).map_or(id, |(_, spring)| spring);
        return write_spring(spring_id, value, values, mode);
    }
    let Some([mut inertia, mut kp, mut kd]) = joint(values, mode) else { return Err(NO_TWIN) };
    let mut period = values.get("h");
    match id {
        "inertia" => inertia = value,
        "kp" => kp = value,
        "kd" => kd = value,
        _ => period = value,
    }
    if id == "kp" {
        set_curvature(values, mode, kp)?;
    }
    values.set("h", period)?;
    let (_, beta) = joint_poles([inertia, kp, kd], period);
    set_momentum(values, period * period / inertia, beta)
}

/// The same run in the terms of the lens a reader does not look through.
pub fn dictionary(values: &Values, view: View) -> (String, Vec<Entry>) {
    let word = words::mapping(mapping(values)).get(view.lang);
    let (title, specs): (_, Vec<&'static crate::param::Spec>) = match view.lens {
        Lens::Optimizer => (
            t("The same run as a spring · {}", "同一运行 · 弹簧（{}）"),
            vec![&p::MASS, &p::FRICTION, &p::STIFFNESS, &p::H, &p::ZETA, &p::OMEGA],
        ),
        Lens::Sampler => (
            t("The same run as optimizer and spring · {}", "同一运行 · 优化器与弹簧（{}）"),
            vec![&p::ETA, &p::BETA, &p::MASS, &p::FRICTION, &p::STIFFNESS, &p::H],
        ),
        Lens::Spring | Lens::Controller => (
            t("The same run as an optimizer · {}", "同一运行 · 优化器（{}）"),
            vec![&p::ETA, &p::BETA, &p::ETA_EFF, &p::ALPHA],
        ),
    };
    let entries = specs.into_iter().map(|spec| Entry { spec, value: read(spec.id, values, view.mode) });
    (fill(title.get(view.lang), &[word]), entries.collect())
}
