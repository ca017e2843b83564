//! Views across runs and inside one update: sweep, step inspector, relief, mode bars.
//!
//! What is general about them lives in `scenes::models`; here stands what this scene measures,
//! which terms its updates have, and what is known of its borders.

mod borders;
mod inspector;
mod modes;
mod relief;
mod sweep;
mod temperature;

use crate::figure::{Figure, Now};
use crate::param::{Choice, Values};
use crate::scenes::models::sweep as survey;
use crate::scenes::{Opt, Run, View, ViewInfo};
use crate::text::{Text, t};

const INSPECTOR: &str = "step-inspector";
const RELIEF: &str = "relief";
const MODES: &str = "modes";

const INSPECTOR_TITLE: Text = t("Step inspector", "单步剖析");
const RELIEF_TITLE: Text = t("Relief", "损失地形");
const MODES_TITLE: Text = t("Modes", "模态");

/// What is on offer for every problem.
pub const VIEWS: &[ViewInfo] = &[
    ViewInfo::new(INSPECTOR, INSPECTOR_TITLE).of_moment().apart(),
    ViewInfo::new(MODES, MODES_TITLE).of_moment().apart(),
    ViewInfo::new(survey::VIEW, survey::TITLE).with(&[Opt::Across, Opt::Up, Opt::Quantity]).apart(),
];

/// What is on offer for problems of two coordinates.
pub const OF_TWO: ViewInfo = ViewInfo::new(RELIEF, RELIEF_TITLE).with(&[Opt::Azimuth, Opt::Elevation]).apart();

/// One figure of a run.
pub fn figure<'a>(id: &str, run: &'a Run, view: View) -> Option<Figure<'a>> {
    match id {
        survey::VIEW => survey::figure(&super::OneMachine, run, view),
        INSPECTOR => inspector::figure(run, view),
        RELIEF => relief::figure(run, view),
        MODES => Some(modes::figure(run, view)),
        _ => None,
    }
}

/// The marks of iteration `at` on every panel of a figure of this file's kinds.
pub fn marks(id: &str, run: &Run, view: View, at: f64) -> Option<Vec<Vec<Now>>> {
    match id {
        RELIEF => relief::marks(run, view, at),
        INSPECTOR | MODES | survey::VIEW => Some(Vec::new()),
        _ => None,
    }
}

/// What can be chosen for a view.
pub fn choices(opt: Opt, values: &Values) -> Vec<Choice> {
    survey::choices(&super::OneMachine, opt, values)
}
