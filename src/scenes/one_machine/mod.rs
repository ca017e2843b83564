//! One machine, four costumes: optimizer, spring, PD joint and sampler on one clock.
//!
//! `params` declares what defines a run and `presets` where to start, `problem` reads the loss and the
//! start from it, `twin` is the dictionary between the lenses, `lanes` builds the machines. `series`,
//! `phase`, `map`, `loss`, `ledger` and `cloud` draw them, `handles` are what can be dragged there and
//! `actions` what can be done at a press; `readout` measures (what each number is stands in `facts`),
//! `moments` looks at one moment, `remarks` puts regimes and warnings into words, `story` asks and answers.

mod actions;
mod cloud;
mod facts;
mod handles;
mod lanes;
mod ledger;
mod loss;
mod map;
mod moments;
mod params;
mod phase;
mod presets;
mod problem;
mod readout;
mod remarks;
mod response;
mod series;
mod story;
mod survey;
mod twin;

use super::models::{atlas, sweep};
use super::{
    Action, Chip, Entry, Group, Lens, Meta, Moment, Opt, Preset, Readout, Run, Scene, SceneError, Setup, Story, Table,
    View, ViewInfo,
};
use crate::figure::{Figure, Now, Rich, rich};
use crate::param::{Choice, Spec, Values};
use crate::text::t;
use params as p;

/// The scene.
pub struct OneMachine;

static META: Meta = Meta {
    id: "one-machine",
    title: t("One machine, four costumes", "一机四面"),
    group: Group::Mechanics,
    question: t(
        "Are a momentum optimizer, a spring with a damper, a PD joint and a Langevin sampler one machine?",
        "动量优化器、带阻尼的弹簧、PD 关节与朗之万采样器，是同一台机器吗？",
    ),
    rows: &[1, 2, 5, 10, 42],
    steps: 20,
};

const VIEWS: [ViewInfo; 6] = [
    ViewInfo::new("series", t("Time series", "时间序列")).with(&[Opt::Ordinate]),
    ViewInfo::new("phase", t("Phase portrait", "相图")),
    ViewInfo::new("atlas", t("Regime atlas", "阻尼图谱")),
    ViewInfo::new("loss", t("Loss", "损失")),
    ViewInfo::new("energy", t("Energy ledger", "能量账本")),
    ViewInfo::new("histogram", t("Cloud and exact density", "粒子云与精确密度"))
        .briefly(t("Cloud", "粒子云"))
        .of_moment(),
];
const MAP: ViewInfo = ViewInfo::new("map", t("Contour map", "等高线图"));

impl Scene for OneMachine {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn params(&self) -> &'static [&'static Spec] {
        p::PARAMS
    }

    fn derived(&self) -> &'static [&'static Spec] {
        p::DERIVED
    }

    fn presets(&self) -> &'static [Preset] {
        presets::PRESETS
    }

    fn controls(&self, lens: Lens, values: &Values) -> Vec<&'static Spec> {
        p::controls(lens, values)
    }

    fn read(&self, id: &str, values: &Values, mode: usize) -> f64 {
        twin::read(id, values, mode)
    }

    fn write(&self, id: &str, value: f64, values: &mut Values, mode: usize) -> Result<(), SceneError> {
        twin::write(id, value, values, mode)
    }

    fn modes(&self, values: &Values) -> Vec<Rich> {
        (1..=problem::curvatures(values).len()).map(|i| rich(&format!("$λ_{i}$"))).collect()
    }

    fn build(&self, values: &Values, seed: u64) -> Result<Setup, SceneError> {
        Ok(lanes::build(values, seed))
    }

    fn views(&self, values: &Values, view: View) -> Vec<ViewInfo> {
        let mut views = [&VIEWS[..], response::VIEWS, survey::VIEWS].concat();
        if problem::curvatures(values).len() == 2 {
            views.insert(3, MAP);
            views.push(survey::OF_TWO);
        }
        // Through the sampler's lens portrait and map show the cloud of the moment.
        let of_cloud = |v: &&mut ViewInfo| ["phase", "map"].contains(&v.id) && view.lens == Lens::Sampler;
        views.iter_mut().filter(of_cloud).for_each(|v| v.moment = true);
        views
    }

    fn figure<'a>(&self, id: &str, run: &'a Run, view: View) -> Option<Figure<'a>> {
        match id {
            "series" => Some(series::figure(run, view)),
            "phase" => Some(phase::figure(run, view)),
            "atlas" => {
                let mapping = twin::mapping(&run.values);
                Some(atlas::figure(&remarks::dots(run, view), run.values.get("beta"), mapping, view.lang))
            }
            "map" => map::figure(run, view),
            "loss" => Some(loss::figure(run, view)),
            "energy" => Some(ledger::energy(run, view)),
            "histogram" => Some(cloud::histogram(run, view)),
            _ => response::figure(id, run, view).or_else(|| survey::figure(id, run, view)),
        }
    }

    fn tiles(&self, lens: Lens) -> &'static [&'static str] {
        match lens {
            Lens::Optimizer => &["series", "phase", "loss", "atlas"],
            Lens::Spring | Lens::Controller => &["series", "phase", "energy", "atlas"],
            Lens::Sampler => &["series", "phase", "histogram", "atlas"],
        }
    }

    fn choices(&self, opt: Opt, values: &Values) -> Vec<Choice> {
        match opt {
            Opt::Locus => response::choices(values),
            Opt::Across | Opt::Up | Opt::Quantity => survey::choices(opt, values),
            Opt::Ordinate | Opt::Azimuth | Opt::Elevation => opt.usual_choices(),
        }
    }

    fn marks(&self, id: &str, run: &Run, view: View, at: f64) -> Vec<Vec<Now>> {
        let others = || response::marks(id, run, view, at).or_else(|| survey::marks(id, run, view, at));
        moments::marks(id, run, view, at).or_else(others).unwrap_or_default()
    }

    fn moments(&self, run: &Run, view: View) -> Vec<Moment> {
        moments::list(run, view)
    }

    fn state(&self, run: &Run, view: View) -> Table {
        moments::state(run, view)
    }

    fn readouts(&self, run: &Run, view: View) -> Vec<Readout> {
        readout::numbers(run, view)
    }

    fn chips(&self, run: &Run, view: View) -> Vec<Chip> {
        remarks::chips(run, view)
    }

    fn dictionary(&self, values: &Values, view: View) -> (String, Vec<Entry>) {
        twin::dictionary(values, view)
    }

    fn story(&self) -> Option<&'static Story> {
        Some(&story::STORY)
    }

    fn notes(&self, run: &Run, view: View) -> Vec<String> {
        remarks::notes(run, view)
    }

    fn survey(&self) -> Option<&dyn sweep::Survey> {
        Some(self)
    }

    fn drag(&self, handle: &str, at: [f64; 2], values: &mut Values, view: View) -> Result<(), SceneError> {
        if handle == sweep::VIEW {
            return sweep::pick(self, at, values, view);
        }
        handles::drag(handle, at, values, view)
    }

    fn actions(&self, values: &Values, view: View) -> Vec<Action> {
        actions::list(values, view)
    }

    fn act(&self, id: &str, values: &mut Values, view: View) -> Result<(), SceneError> {
        actions::act(id, values, view)
    }
}
