//! Who lands: maps over step size, momentum, start and threshold.

use super::{BETA, CLIPPED, DESCENT, ETA, LIMIT, MOMENTUM, TARGET, W0, build, setting};
use crate::core::{Outcome, Probe};
use crate::figure::{Dash, Ink, Layer, Scale};
use crate::param::{Spec, Values};
use crate::scenes::models::sweep::{Quantity, Survey, Swept, border};
use crate::scenes::{Run, SceneError, Setup, View};
use crate::text::{Text, t};
use crate::theory::regime::stability_wall;

/// Points of a border.
const POINTS: usize = 200;
/// The last quantity, after the landings of the three lanes.
const LARGEST: usize = 3;
/// What a largest gradient beyond the colours counts as, in decades.
const MOST: f64 = 6.0;

const fn landing(id: &'static str, name: Text) -> Quantity {
    Quantity::new(id, name, t("iterations to land", "落定所需迭代数"), [0.0, 400.0])
}

const QUANTITIES: &[Quantity] = &[
    landing("momentum", t("landing, momentum", "落定，动量法")),
    landing("clipped", t("landing, clipped", "落定，裁剪")),
    landing("descent", t("landing, descent", "落定，梯度下降")),
    Quantity::new(
        "largest",
        t("largest gradient, momentum", "最大梯度，动量法"),
        t("log₁₀ of the largest gradient met", "途中最大梯度的 log₁₀"),
        [-2.0, MOST],
    ),
];

/// The lane a quantity is measured on.
const LANES: [usize; 4] = [MOMENTUM, CLIPPED, DESCENT, MOMENTUM];

/// Maps of the three lanes.
pub struct Landings;

impl Survey for Landings {
    fn quantities(&self) -> &'static [Quantity] {
        QUANTITIES
    }

    fn swept(&self, _: &Values, _: View) -> Vec<Swept> {
        let swept = |spec: &'static Spec, range, scale| Swept { spec, range, scale };
        vec![
            swept(&ETA, [1e-3, 0.1], Scale::Log),
            swept(&BETA, [0.0, 0.99], Scale::Linear),
            swept(&W0, [-1.5, 1.5], Scale::Linear),
            swept(&LIMIT, [0.01, 1000.0], Scale::Log),
            swept(&TARGET, [0.1, 3.0], Scale::Linear),
        ]
    }

    fn lanes(&self, values: &Values, seed: u64, _: View) -> Result<Setup, SceneError> {
        let mut setup = build(values, seed)?;
        setup.lanes.iter_mut().for_each(|lane| lane.probes = vec![Probe::Position(0), Probe::Potential]);
        Ok(setup)
    }

    fn lanes_of(&self, quantity: usize, values: &Values, seed: u64, view: View) -> Result<Setup, SceneError> {
        let mut setup = self.lanes(values, seed, view)?;
        let wanted = LANES.get(quantity).copied().unwrap_or(MOMENTUM);
        setup.lanes = setup.lanes.into_iter().skip(wanted).take(1).collect();
        Ok(setup)
    }

    fn is_decided(&self, run: &Run, _: View) -> bool {
        run.lanes.iter().all(|lane| lane.outcome != Outcome::Running)
    }

    fn measure(&self, quantity: usize, run: &Run, _: View) -> f64 {
        let wanted = LANES.get(quantity).copied().unwrap_or(MOMENTUM);
        // The one lane that is measured, or all of them.
        let Some(lane) = run.lanes.get(if run.lanes.len() > 1 { wanted } else { 0 }) else { return f64::NAN };
        let measured = if quantity == LARGEST {
            setting::largest(lane, &run.values).map(|g| libm::log10(g.max(1e-30)).min(MOST))
        } else {
            setting::landing(lane, &run.values).map(|n| n as f64)
        };
        measured.unwrap_or(f64::NAN)
    }

    fn borders(&self, axes: &[Swept; 2], values: &Values, view: View) -> Vec<Layer<'static>> {
        let place = |id: &str| axes.iter().position(|axis| axis.spec.id == id);
        let Some(across) = place("eta") else { return Vec::new() };
        let up = axes[1 - across];
        if !matches!(up.spec.id, "beta" | "w0") {
            return Vec::new();
        }
        let model = setting::model(values);
        let lambda = model.truncated_share(setting::back(values)) * model.sharpness();
        let wall = |at: f64| stability_wall(if up.spec.id == "beta" { at } else { values.get("beta") }) / lambda;
        let [low, high] = axes[across].range;
        let points = (0..POINTS).map(|i| up.centre(i, POINTS)).map(|at| [wall(at), at]);
        let shown = points.filter(|[eta, _]| (low..=high).contains(eta));
        let turned = shown.map(|[eta, at]| if across == 0 { [eta, at] } else { [at, eta] }).collect::<Vec<_>>();
        let name = t("$η λ(w_*)$ = 2(1 + $β$)", "$η λ(w_*)$ = 2(1 + $β$)").get(view.lang);
        if turned.is_empty() { Vec::new() } else { vec![border(turned, name, Ink::Text, Dash::Dashed)] }
    }

    fn caption(&self, quantity: usize, view: View) -> String {
        let text = match quantity {
            LARGEST => t(
                "Largest gradient momentum meets within 400 iterations, by a run per cell; the colours end at 10⁶.",
                "动量法在 400 步内遇到的最大梯度，每格一次运行；颜色上限为 10⁶。",
            ),
            1 => t(
                "Iteration from which the loss stays below 1 % of the plateau's, momentum with clipped gradients, a run of 400 iterations per cell. Ruled ground: it does not. Dashed: the stability wall at the minimum.",
                "裁剪梯度的动量法，损失此后始终低于平台 1 % 的迭代步，每格一次 400 步的运行。斜线底：未落定。虚线：极小点处的稳定界。",
            ),
            2 => t(
                "Iteration from which the loss stays below 1 % of the plateau's, gradient descent, a run of 400 iterations per cell. Ruled ground: it does not. Dashed: the stability wall of momentum at the minimum; that of descent lies at β = 0.",
                "梯度下降，损失此后始终低于平台 1 % 的迭代步，每格一次 400 步的运行。斜线底：未落定。虚线：动量法在极小点处的稳定界；梯度下降的稳定界对应 β = 0。",
            ),
            _ => t(
                "Iteration from which the loss stays below 1 % of the plateau's, momentum without clipping, a run of 400 iterations per cell. Ruled ground: it does not. Dashed: the stability wall at the minimum. Short of the wall is not enough: what arrives fast is thrown off the cliff.",
                "不裁剪的动量法，损失此后始终低于平台 1 % 的迭代步，每格一次 400 步的运行。斜线底：未落定。虚线：极小点处的稳定界。仅在界内并不够：到得太快仍会被悬崖弹回。",
            ),
        };
        text.get(view.lang).to_owned()
    }
}
