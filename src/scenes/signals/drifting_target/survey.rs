//! Maps of the error over momentum, rate of change, step and noise.

use super::{BETA, ETA, MOST, NOISE, RATE, best, tracker};
use crate::core::Probe;
use crate::core::{Gauge, Outcome};
use crate::figure::{Dash, Ink, Layer, Scale};
use crate::param::{Spec, Values};
use crate::scenes::exhibit::lanes::together;
use crate::scenes::models::sweep::{Quantity, STEPS, Survey, Swept, border};
use crate::scenes::{Run, SceneError, Setup, View};
use crate::text::t;
use crate::theory::tracking::Held;

/// Particles of a cell.
const PARTICLES: usize = 16;
/// Points of a border.
const POINTS: usize = 80;

const QUANTITIES: &[Quantity] = &[Quantity::new(
    "error",
    t("rms error of momentum", "动量法的均方根误差"),
    t("log₁₀ of the rms error", "均方根误差的常用对数"),
    [-1.5, 1.5],
)];

/// What can be surveyed.
pub struct Following;

impl Survey for Following {
    fn quantities(&self) -> &'static [Quantity] {
        QUANTITIES
    }

    fn swept(&self, _: &Values, _: View) -> Vec<Swept> {
        let swept = |spec: &'static Spec, range, scale| Swept { spec, range, scale };
        vec![
            swept(&BETA, [0.0, MOST], Scale::Linear),
            swept(&RATE, [0.001, 0.5], Scale::Log),
            swept(&ETA, [0.001, 0.5], Scale::Log),
            swept(&NOISE, [0.0, 3.0], Scale::Linear),
        ]
    }

    fn lanes(&self, values: &Values, seed: u64, _: View) -> Result<Setup, SceneError> {
        let coefficients = [values.get("eta"), values.get("beta")];
        let name = t("momentum", "动量法");
        let mut lane = tracker(name, Ink::Optimizer, coefficients, values, seed, PARTICLES);
        lane.probes = vec![Probe::Mean(Gauge::Potential)];
        Ok(together(vec![lane], 1.0))
    }

    fn is_decided(&self, run: &Run, _: View) -> bool {
        run.lanes.iter().all(|lane| lane.outcome != Outcome::Running)
    }

    fn measure(&self, _: usize, run: &Run, _: View) -> f64 {
        let Some(lane) = run.lanes.first() else { return f64::NAN };
        let loss = lane.column(Probe::Mean(Gauge::Potential));
        let tail = loss.get(STEPS as usize / 2..).unwrap_or(&[]);
        // Half the logarithm of the mean square error, which is twice the loss.
        0.5 * (2.0 * tail.iter().sum::<f64>() / tail.len() as f64).log10()
    }

    fn borders(&self, axes: &[Swept; 2], values: &Values, view: View) -> Vec<Layer<'static>> {
        let of = |id: &str| axes.iter().position(|axis| axis.spec.id == id);
        let (Some(across), Some(up)) = (of("beta"), of("rate")) else { return Vec::new() };
        let point = |k: usize| {
            let rate = axes[up].centre(k, POINTS);
            let beta = best(values, Held::Step(values.get("eta")), rate)?.0;
            Some(if across == 0 { [beta, rate] } else { [rate, beta] })
        };
        let name = t("best $β$ at each rate", "各速率下的最佳 $β$").get(view.lang);
        vec![border((0..POINTS).filter_map(point).collect(), name, Ink::Text, Dash::Solid)]
    }
}
