//! A map of the settling steps over step × curvature and momentum.

use std::sync::Arc;

use super::{BETA, Q};
use crate::core::Probe;
use crate::core::fields::Quadratic;
use crate::core::methods::{Convention, heavy_ball};
use crate::figure::{Dash, Ink, Layer, Scale};
use crate::param::Values;
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::models::measure::settles;
use crate::scenes::models::sweep::{self, Quantity, Survey, Swept};
use crate::scenes::{Run, SceneError, Setup, View};
use crate::text::t;
use crate::theory::regime::{alternating_border, overdamped_border};

const QUANTITIES: &[Quantity] = &[Quantity::new(
    "steps",
    t("steps to settle", "稳定步数"),
    t("steps to settle (100 or more: yellow)", "稳定所需步数（≥100 为黄）"),
    [0.0, 100.0],
)];

/// What can be surveyed: your lane.
pub struct Settling;

impl Survey for Settling {
    fn quantities(&self) -> &'static [Quantity] {
        QUANTITIES
    }

    fn swept(&self, _: &Values, _: View) -> Vec<Swept> {
        vec![
            Swept { spec: &Q, range: [0.001, 3.9], scale: Scale::Log },
            Swept { spec: &BETA, range: [0.0, 0.99], scale: Scale::Linear },
        ]
    }

    fn lanes(&self, values: &Values, _: u64, _: View) -> Result<Setup, SceneError> {
        let field = Arc::new(Quadratic::diagonal(&[values.get("q")]));
        let ball = heavy_ball(1.0, values.get("beta"), Convention::Displacement);
        let mut own = lane(super::LANES[3].0, Ink::Optimizer, field, ball, [&[1.0], &[]]);
        own.probes = vec![Probe::Position(0)];
        Ok(together(vec![own], 1.0))
    }

    fn is_decided(&self, run: &Run, view: View) -> bool {
        // Quiet for as long as it took to settle; before that a slow swing may come back.
        let quiet = self.measure(0, run, view);
        run.lanes.iter().all(|lane| lane.diverged_at().is_some()) || run.done() as f64 > 3.0 * quiet + 16.0
    }

    fn measure(&self, _: usize, run: &Run, _: View) -> f64 {
        let share = 0.01 * run.values.get("share");
        let own = run.lanes.first().filter(|lane| lane.diverged_at().is_none());
        let Some(x) = own.map(|lane| lane.column(Probe::Position(0))) else { return f64::NAN };
        match (settles(x, share), x.last()) {
            (Some(n), _) => n as f64,
            // It has shrunk, but would take longer than the run.
            (None, Some(last)) if last.abs() < 1.0 => run.done() as f64,
            _ => f64::NAN,
        }
    }

    fn borders(&self, axes: &[Swept; 2], _: &Values, view: View) -> Vec<Layer<'static>> {
        let sides = [overdamped_border, alternating_border].map(|border: fn(f64) -> f64| {
            let points = (0..=200).map(|i| 0.99 * f64::from(i) / 200.0).map(|beta| [border(beta), beta]);
            points.filter(|[q, _]| (0.001..=3.9).contains(q)).collect::<Vec<_>>()
        });
        let mut critical = sides.join(&[f64::NAN; 2]);
        match axes {
            [x, y] if x.spec.id == "q" && y.spec.id == "beta" => {}
            [x, y] if x.spec.id == "beta" && y.spec.id == "q" => critical.iter_mut().for_each(|p| p.reverse()),
            _ => return Vec::new(),
        }
        let name = t("critical, exact", "临界（精确）").get(view.lang);
        vec![sweep::border(critical, name, Ink::Amber, Dash::Dashed)]
    }
}
