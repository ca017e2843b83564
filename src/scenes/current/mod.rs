//! Steady currents: an ensemble in its stationary state, and whether that state is equilibrium.
//!
//! `params` declares what defines a run and where to start, `setting` makes matrices of the values and
//! asks theory about them, `lanes` builds the ensemble, `measured` reads from it. `plane` draws the cloud,
//! `arrows` the counted current, `drift` the field and its two parts, `series` what grows with time. `readout`
//! sets counted against closed form, `remarks` puts the verdict into words, `story` asks and answers, `moments` looks at one moment.

mod arrows;
mod drift;
mod lanes;
mod measured;
mod moments;
mod params;
mod plane;
mod readout;
mod remarks;
mod series;
mod setting;
mod story;

use super::{
    Chip, Entry, Group, Lens, Meta, Moment, Preset, Readout, Run, Scene, SceneError, Setup, Story, Table, View,
    ViewInfo,
};
use crate::figure::{Figure, Now, Rich, rich};
use crate::param::{Spec, Values};
use crate::text::t;
use setting::Setting;

/// The scene.
pub struct Current;

static META: Meta = Meta {
    id: "current",
    title: t("Steady currents", "稳态流"),
    group: Group::NonEquilibrium,
    question: t(
        "When does noise leave a current behind, and what does the curl of the drift have to do with it?",
        "噪声何时留下概率流？漂移的旋度与此有何关系？",
    ),
    rows: &[46, 47],
    steps: 300,
};

const DRIFT: ViewInfo = ViewInfo::new("drift", t("Drift field", "漂移场"));
const SPLIT: ViewInfo =
    ViewInfo::new("split", t("The two parts of the drift", "漂移的两个部分")).briefly(t("Two parts", "两部分")).apart();
const CURRENT: ViewInfo = ViewInfo::new("current", t("Probability current", "概率流"));
const ENTROPY: ViewInfo = ViewInfo::new("entropy", t("Entropy production", "熵产生"));
const SWEPT: ViewInfo = ViewInfo::new("swept", t("Area swept", "扫过的面积")).apart();
const CLOUD: ViewInfo = ViewInfo::new("cloud", t("Cloud and exact covariance", "粒子云与精确协方差"))
    .briefly(t("Cloud", "粒子云"))
    .of_moment();

impl Scene for Current {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn params(&self) -> &'static [&'static Spec] {
        params::PARAMS
    }

    fn derived(&self) -> &'static [&'static Spec] {
        params::DERIVED
    }

    fn lenses(&self) -> &'static [Lens] {
        &[Lens::Sampler]
    }

    fn presets(&self) -> &'static [Preset] {
        params::PRESETS
    }

    fn controls(&self, _: Lens, values: &Values) -> Vec<&'static Spec> {
        params::controls(values)
    }

    fn read(&self, id: &str, values: &Values, _: usize) -> f64 {
        params::read(id, values)
    }

    fn write(&self, id: &str, value: f64, values: &mut Values, _: usize) -> Result<(), SceneError> {
        params::write(id, value, values)
    }

    fn modes(&self, _: &Values) -> Vec<Rich> {
        vec![rich("$x$")]
    }

    fn build(&self, values: &Values, seed: u64) -> Result<Setup, SceneError> {
        lanes::build(values, seed)
    }

    fn views(&self, values: &Values, _: View) -> Vec<ViewInfo> {
        let flat = Setting::of(values).drift().is_some();
        // Of positions and velocities in the plane there is no field to draw over positions alone.
        let field = if flat { &[DRIFT, SPLIT][..] } else { &[] };
        [&[CURRENT, ENTROPY][..], field, &[SWEPT, CLOUD]].concat()
    }

    fn tiles(&self, _: Lens) -> &'static [&'static str] {
        &["current", "entropy", "drift", "cloud"]
    }

    fn figure<'a>(&self, id: &str, run: &'a Run, view: View) -> Option<Figure<'a>> {
        let at = Setting::of(&run.values);
        match id {
            "current" => Some(arrows::figure(&at, run, view)),
            "entropy" => Some(series::entropy(&at, run, view)),
            "swept" => Some(series::swept(&at, run, view)),
            "drift" => drift::figure(&at, view),
            "split" => drift::split(&at, view),
            "cloud" => Some(plane::cloud(&at, run, view)),
            _ => None,
        }
    }

    fn marks(&self, id: &str, run: &Run, _: View, at: f64) -> Vec<Vec<Now>> {
        moments::marks(id, run, at)
    }

    fn moments(&self, run: &Run, view: View) -> Vec<Moment> {
        moments::list(run, view)
    }

    fn state(&self, run: &Run, view: View) -> Table {
        moments::state(run, view)
    }

    fn readouts(&self, run: &Run, view: View) -> Vec<Readout> {
        readout::numbers(&Setting::of(&run.values), run, view)
    }

    fn chips(&self, run: &Run, view: View) -> Vec<Chip> {
        remarks::chips(&Setting::of(&run.values), run, view)
    }

    fn dictionary(&self, values: &Values, view: View) -> (String, Vec<Entry>) {
        let entry = |spec: &'static Spec| Entry { spec, value: params::read(spec.id, values) };
        let title = t("The ensemble and its SGD", "系综与对应的 SGD").get(view.lang);
        (title.to_owned(), params::controls(values).into_iter().skip(1).map(entry).collect())
    }

    fn notes(&self, run: &Run, view: View) -> Vec<String> {
        remarks::notes(&Setting::of(&run.values), run, view)
    }

    fn story(&self) -> Option<&'static Story> {
        Some(&story::STORY)
    }

    fn drag(&self, _: &str, _: [f64; 2], _: &mut Values, _: View) -> Result<(), SceneError> {
        Err(SceneError::Refused(t("Nothing in this figure can be dragged.", "此图中没有可拖动的对象。")))
    }
}
