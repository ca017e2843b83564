//! The run as a linear system: poles, locus, response in time and frequency.

use super::remarks::mode_name;
use super::series::clock;
use super::{lanes, params as p, problem, twin};
use crate::figure::{Figure, Now, rich};
use crate::param::{Choice, Spec, Values};
use crate::scenes::models::bode::{self, Bode};
use crate::scenes::models::locus::Locus;
use crate::scenes::models::modal::LinearMode;
use crate::scenes::models::spectrum::{self, Spectrum};
use crate::scenes::models::step_response::{self, Step};
use crate::scenes::models::words;
use crate::scenes::models::zplane::{self, Walk};
use crate::scenes::{Lens, Opt, Run, SceneError, View, ViewInfo};
use crate::text::t;
use crate::theory::fluctuation::sghmc_noise;
use crate::theory::heavy_ball;
use crate::theory::matrix::Complex;

/// What is on offer here.
pub const VIEWS: &[ViewInfo] = &[
    ViewInfo::new("zplane", t("Poles and root locus", "极点与根轨迹")).with(&[Opt::Locus]).apart(),
    ViewInfo::new("bode", t("Frequency response", "频率响应")).apart(),
    ViewInfo::new("step", t("Step response", "阶跃响应")).apart(),
    ViewInfo::new("spectrum", t("Spectrum", "频谱")).apart(),
];

/// The parameters that move poles, in the order they are offered.
static WALKED: [&Spec; 17] = [
    &p::ETA,
    &p::BETA,
    &p::LAMBDA_1,
    &p::LAMBDA_2,
    &p::ALPHA,
    &p::ETA_EFF,
    &p::FRICTION,
    &p::MASS,
    &p::STIFFNESS,
    &p::ZETA,
    &p::OMEGA,
    &p::DT,
    &p::KD,
    &p::KP,
    &p::INERTIA,
    &p::PERIOD,
    &p::GAMMA,
];

/// What can be chosen for a view: every parameter whose locus is more than a point.
pub fn choices(values: &Values) -> Vec<Choice> {
    walked(values).map(|s| Choice { id: s.id, name: s.name }).collect()
}

fn walked(values: &Values) -> impl Iterator<Item = &'static Spec> {
    let problem = values.index("problem");
    let free = move |spec: &&&Spec| match spec.id {
        "lambda1" | "k" | "kp" | "omega0" => problem != p::D2L,
        "lambda2" => problem == p::TWO,
        _ => true,
    };
    WALKED.iter().filter(free).copied()
}

/// One figure of a run.
pub fn figure<'a>(id: &str, run: &'a Run, view: View) -> Option<Figure<'a>> {
    let values = &run.values;
    Some(match id {
        "zplane" => {
            let modes: Vec<LinearMode> = (0..problem::curvatures(values).len()).map(|i| mode(values, i)).collect();
            let walk = locus(values, view).map(|(walk, _)| walk);
            zplane::figure(&modes, walk.as_ref(), view.lang)
        }
        "bode" => bode::figure(&Bode {
            mode: &mode(values, view.mode),
            curvature: curvature(values, view.mode),
            stepper: Some(lanes::optimizer(values, run.seed).system.stepper),
            mapping: words::mapping(twin::mapping(values)),
            seconds: seconds(run, view),
            lang: view.lang,
        }),
        "step" => step_response::figure(&Step {
            mode: &mode(values, view.mode),
            curvature: curvature(values, view.mode),
            stepper: lanes::optimizer(values, run.seed).system.stepper,
            start_velocity: twin::spring(values, view.mode)
                .and_then(|s| lanes::start_velocity(values, &s, curvature(values, view.mode), [1.0, 0.0])),
            mapping: words::mapping(twin::mapping(values)),
            clock: clock(run, view),
            lang: view.lang,
        }),
        "spectrum" => {
            let trace = |lens: Lens| run.lane(lens).map_or(&[][..], |l| problem::away(run, l, view.mode));
            let noise = sghmc_noise(1.0 - values.get("beta"), values.get("eta"), values.get("temperature"));
            spectrum::figure(&Spectrum {
                mode: &mode(values, view.mode),
                noisy: trace(Lens::Sampler),
                // Negative friction brings no noise.
                noise: if noise.is_finite() { noise * noise } else { 0.0 },
                ringing: trace(Lens::Optimizer),
                step: problem::mode(values, view.mode).map_or(0.0, |m| m.step),
                steady: run.is_steady(),
                seconds: seconds(run, view),
                lang: view.lang,
            })
        }
        _ => return None,
    })
}

/// The marks of iteration `at` on every panel of a figure of this file's kinds.
pub fn marks(id: &str, run: &Run, view: View, at: f64) -> Option<Vec<Vec<Now>>> {
    match id {
        "step" => {
            let unit = clock(run, view).1;
            let place = step_response::place(&mode(&run.values, view.mode), at);
            let ring = place.map(|x| [Now::X(at * unit), Now::At([at * unit, x], Lens::Optimizer.ink())]);
            Some(vec![ring.into_iter().flatten().collect()])
        }
        _ => None,
    }
}

/// Sets the parameter of the locus to where a pole comes nearest to `at`.
pub fn pick(at: [f64; 2], values: &mut Values, view: View) -> Result<(), SceneError> {
    let none = SceneError::Refused(t(
        "The poles do not move with this parameter here; choose another one for the locus.",
        "此处极点不随该参数移动；请为根轨迹另选参数。",
    ));
    let Some((walk, spec)) = locus(values, view) else { return Err(none) };
    let nearest = walk.locus.nearest(at, |value| poles_at(spec, value, values, walk.mode));
    twin::write(spec.id, nearest.ok_or(none)?, values, walk.mode)
}

/// The locus chosen and its parameter.
fn locus(values: &Values, view: View) -> Option<(Walk, &'static Spec)> {
    let chosen = walked(values).nth(view.options.get(Opt::Locus)).or_else(|| walked(values).next())?;
    // A curvature of its own moves the poles of its own mode.
    let mode = match chosen.id {
        "lambda1" => 0,
        "lambda2" => 1,
        _ => view.mode,
    };
    let locus = Locus::walk(chosen, |value| poles_at(chosen, value, values, mode));
    Some((Walk { locus, mode, value: twin::read(chosen.id, values, mode) }, chosen))
}

/// The poles of a mode after one parameter was set, if it can be.
fn poles_at(spec: &Spec, value: f64, values: &Values, mode: usize) -> Option<[Complex<f64>; 2]> {
    let mut next = values.clone();
    twin::write(spec.id, value, &mut next, mode).ok()?;
    let lambda = problem::curvatures(&next).get(mode).copied()?;
    Some(heavy_ball::poles(next.get("eta") * lambda, next.get("beta")))
}

fn curvature(values: &Values, mode: usize) -> f64 {
    problem::curvatures(values).get(mode).copied().unwrap_or(f64::NAN)
}

/// A mode with its twins.
fn mode(values: &Values, i: usize) -> LinearMode {
    let h = values.get("h");
    LinearMode {
        symbol: rich(&format!("$λ_{}$", i + 1)),
        name: mode_name(i),
        q: values.get("eta") * curvature(values, i),
        beta: values.get("beta"),
        spring: twin::spring(values, i),
        joint: twin::joint(values, i).map(|joint| twin::joint_poles(joint, h)),
        h,
    }
}

/// Seconds per step, where the lens looks at a physical machine.
fn seconds(run: &Run, view: View) -> Option<f64> {
    view.lens.is_physical().then_some(run.seconds)
}
