//! Maps over two parameters of a game, or over where it starts.

use super::{A, ALTERNATING, BETA, DIRAC, ETA, MU, SIMULTANEOUS, X0, Y0, build, play};
use crate::core::{Outcome, Probe};
use crate::figure::{Colormap, Scale};
use crate::param::{Spec, Values};
use crate::scenes::models::sweep::{Quantity, Survey, Swept};
use crate::scenes::{Run, SceneError, Setup, View};
use crate::text::t;

const SHOWN: [f64; 2] = [0.95, 1.05];

const QUANTITIES: &[Quantity] = &[
    Quantity::new(
        "simultaneous",
        t("modulus, simultaneous", "模长（同时更新）"),
        t("modulus per step, simultaneous", "每步模长，同时更新"),
        SHOWN,
    ),
    Quantity::new(
        "alternating",
        t("modulus, alternating", "模长（交替更新）"),
        t("modulus per step, alternating", "每步模长，交替更新"),
        SHOWN,
    ),
];

/// What can be surveyed: growth over coefficients, and, where the game is not linear, over starts.
pub struct Chase;

impl Survey for Chase {
    fn quantities(&self) -> &'static [Quantity] {
        QUANTITIES
    }

    fn swept(&self, values: &Values, _: View) -> Vec<Swept> {
        let swept = |spec: &'static Spec, range, scale| Swept { spec, range, scale };
        let mut out = vec![
            swept(&BETA, [-0.95, 0.95], Scale::Linear),
            swept(&ETA, [0.01, 1.0], Scale::Log),
            swept(&X0, [-3.0, 3.0], Scale::Linear),
            swept(&Y0, [-3.0, 3.0], Scale::Linear),
        ];
        if values.index("game") != DIRAC {
            let own = [swept(&MU, [-0.5, 3.0], Scale::Linear), swept(&A, [0.1, 10.0], Scale::Log)];
            out.splice(2..2, own);
        }
        out
    }

    fn lanes(&self, values: &Values, seed: u64, _: View) -> Result<Setup, SceneError> {
        let mut setup = build(values, seed)?;
        setup.lanes.iter_mut().for_each(|lane| lane.probes = vec![Probe::Position(0), Probe::Position(1)]);
        Ok(setup)
    }

    fn lanes_of(&self, quantity: usize, values: &Values, seed: u64, view: View) -> Result<Setup, SceneError> {
        let mut setup = self.lanes(values, seed, view)?;
        let wanted = if quantity == 0 { SIMULTANEOUS } else { ALTERNATING };
        setup.lanes = setup.lanes.into_iter().skip(wanted).take(1).collect();
        Ok(setup)
    }

    fn is_decided(&self, run: &Run, _: View) -> bool {
        run.lanes.iter().all(|lane| lane.outcome != Outcome::Running)
    }

    fn measure(&self, quantity: usize, run: &Run, _: View) -> f64 {
        // The one lane that is measured, or all of them.
        let lane = if run.lanes.len() > 1 { run.lanes.get(quantity) } else { run.lanes.first() };
        lane.and_then(play::measured).unwrap_or(f64::NAN)
    }

    fn colours(&self, _: usize) -> Colormap {
        Colormap::Vik
    }
}
