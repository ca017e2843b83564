//! The typed world: a loss, a force or differential equations that a reader typed, as an experiment.
//!
//! `bench` has worlds to start from, `params` makes declarations of a text's sliders and starts,
//! `setting` reads a world at one set of values, `field` hands it to the core and `lanes` builds the
//! machines. `axes` says what is drawn over what; `series`, `phase`, `line`, `profile`, `map`,
//! `relief`, `loss`, `ledger` (by the `books`), `inspector` and `cloud` draw, `handles` are what can be
//! dragged there; `stage` has the machines' pictures. `moments` looks at one moment, `readout` measures,
//! `remarks` puts regimes and fixed points into words; `survey` measures maps over two parameters, for
//! which `basins` tells which particles have left.
//!
//! The scene of the list is the usual world; [`made`] makes one from any other text. Everything here
//! stays within a bound of work per picture whatever was typed: grids shrink with the length of the
//! formula, and what is costly is kept with the run.

mod axes;
mod basins;
mod bench;
mod books;
mod cloud;
mod field;
mod handles;
mod inspector;
mod lanes;
mod ledger;
mod line;
mod loss;
mod map;
mod moments;
mod params;
mod phase;
mod profile;
mod readout;
mod relief;
mod remarks;
mod series;
mod setting;
mod stage;
mod survey;

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::models::{atlas, sweep};
use super::{
    Chip, Entry, Group, LaneRun, Lens, Meta, Moment, Opt, Readout, Run, Scene, SceneError, SceneRef, Setup, Stage,
    Story, Table, View, ViewInfo,
};
use crate::figure::{Figure, Now, Rich};
use crate::formula::{Fault, FixedPoint, Kind, World, fixed_points};
use crate::param::{Choice, Spec, Values};
use crate::text::t;
pub use bench::{EXAMPLES, Example};
use params::Params;
pub use params::carried;
use setting::Setting;

/// Identifier of every typed world.
pub const ID: &str = "typed-world";

/// The usual world.
pub static USUAL: TypedWorld = TypedWorld { made: OnceLock::new() };

/// A scene made from a reader's text.
pub struct TypedWorld {
    /// Set from the start but for the usual world.
    made: OnceLock<Made>,
}

/// Sliders and start, and the points at rest there.
type Found = (Vec<f64>, Arc<Vec<FixedPoint>>);

/// A world with its declarations.
pub struct Made {
    world: Arc<World>,
    params: Params,
    /// The points at rest that were asked for last, with sliders and start.
    points: Mutex<Option<Found>>,
}

/// The scene of a typed world.
///
/// # Errors
/// The first fault of the text.
pub fn made(source: &str) -> Result<SceneRef, Fault> {
    let world = World::parse(source)?;
    Ok(SceneRef::Made(Arc::new(TypedWorld { made: OnceLock::from(Made::new(world)) })))
}

/// The box around a start that is searched for points at rest.
fn reach(start: &[f64]) -> Vec<[f64; 2]> {
    let far = start.iter().fold(2.0, |far: f64, x| far.max(x.abs()));
    start.iter().map(|_| [-2.5 * far, 2.5 * far]).collect()
}

impl Made {
    fn new(world: World) -> Made {
        let sliders = world.defaults();
        let start = world.start(&sliders);
        let eta = usual_rate(&world, &sliders, &start);
        let params = Params::new(world.kind(), world.states(), &start, world.sliders(), eta);
        Made { world: Arc::new(world), params, points: Mutex::new(None) }
    }

    fn points(&self, sliders: &[f64], start: &[f64]) -> Arc<Vec<FixedPoint>> {
        let points = self.points_aside(sliders, start);
        *self.kept() = Some(([sliders, start].concat(), points.clone()));
        points
    }

    /// The same, of which only the first is kept.
    fn points_aside(&self, sliders: &[f64], start: &[f64]) -> Arc<Vec<FixedPoint>> {
        let key = [sliders, start].concat();
        if let Some((_, points)) = self.kept().as_ref().filter(|(known, _)| *known == key) {
            return points.clone();
        }
        // Nobody waits while another looks for them.
        let points = Arc::new(fixed_points(&self.world, sliders, 0.0, &reach(start)));
        self.kept().get_or_insert((key, points.clone()));
        points
    }

    fn kept(&self) -> MutexGuard<'_, Option<Found>> {
        self.points.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A learning rate to begin with: a fifth of what the largest curvature at any minimum near the start
/// allows gradient descent, to one digit.
fn usual_rate(world: &World, sliders: &[f64], start: &[f64]) -> f64 {
    if !matches!(world.kind(), Kind::Loss1 | Kind::Loss2) {
        return 0.1;
    }
    let points = fixed_points(world, sliders, 0.0, &reach(start));
    let steepest = points.iter().flat_map(|p| &p.curvatures).fold(0.0, |most: f64, c| most.max(*c));
    let rate = if steepest > 0.0 { 0.2 / steepest } else { 0.1 };
    let digit = libm::pow(10.0, libm::floor(libm::log10(rate)));
    ((rate / digit).round() * digit).clamp(1e-6, 1.0)
}

impl TypedWorld {
    fn made(&self) -> &Made {
        self.made.get_or_init(|| Made::new(World::parse(bench::USUAL).unwrap_or_default()))
    }

    fn at<'a>(&'a self, values: &'a Values) -> Setting<'a> {
        Setting { made: self.made(), values }
    }
}

const fn meta(steps: u64) -> Meta {
    Meta {
        id: ID,
        title: t("Typed world", "自定义世界"),
        group: Group::Yours,
        question: t(
            "How does momentum move on a loss, under a force or along equations of your own?",
            "在你自己写下的损失、力或方程中，动量会怎样运动？",
        ),
        rows: &[],
        steps,
    }
}

static LOSS: Meta = meta(80);
static MOTION: Meta = meta(300);

const SERIES: ViewInfo = ViewInfo::new("series", t("Time series", "时间序列"));
const PHASE: ViewInfo = ViewInfo::new("phase", t("Phase portrait", "相图"));
const PROFILE: ViewInfo = ViewInfo::new("profile", t("Loss profile", "损失剖面"));
const MAP: ViewInfo = ViewInfo::new("map", t("Contour map", "等高线图"));
const RELIEF: ViewInfo = ViewInfo::new("relief", t("Relief", "立体图")).with(&[Opt::Azimuth, Opt::Elevation]).apart();
const LOSS_OVER: ViewInfo = ViewInfo::new("loss", t("Loss", "损失"));
const ENERGY: ViewInfo = ViewInfo::new("energy", t("Energy ledger", "能量账本"));
const INSPECTOR: ViewInfo = ViewInfo::new("step-inspector", t("Step inspector", "单步剖析")).of_moment().apart();
const ATLAS: ViewInfo = ViewInfo::new("atlas", t("Regime atlas", "阻尼图谱")).of_moment();
const SWEEP: ViewInfo = ViewInfo::new(sweep::VIEW, sweep::TITLE).with(&[Opt::Across, Opt::Up, Opt::Quantity]).apart();
const CLOUD: ViewInfo = ViewInfo::new("histogram", t("Cloud and exact density", "粒子云与精确密度"))
    .briefly(t("Cloud", "粒子云"))
    .of_moment();

impl Scene for TypedWorld {
    fn meta(&self) -> &'static Meta {
        let kind = self.made().world.kind();
        if matches!(kind, Kind::Loss1 | Kind::Loss2) { &LOSS } else { &MOTION }
    }

    fn params(&self) -> &'static [&'static Spec] {
        self.made().params.all
    }

    fn source(&self) -> Option<&str> {
        Some(self.made().world.source())
    }

    fn rest(&self, values: &Values) -> Vec<FixedPoint> {
        self.at(values).points().to_vec()
    }

    fn lenses(&self) -> &'static [Lens] {
        match self.made().world.kind() {
            Kind::Loss1 | Kind::Loss2 => &[Lens::Optimizer, Lens::Spring, Lens::Sampler],
            Kind::Force1 | Kind::Force2 => &[Lens::Spring, Lens::Optimizer],
            Kind::Ode { .. } => &[Lens::Spring],
        }
    }

    fn controls(&self, lens: Lens, _: &Values) -> Vec<&'static Spec> {
        self.made().params.controls(lens)
    }

    fn modes(&self, values: &Values) -> Vec<Rich> {
        axes::modes(&self.at(values))
    }

    fn build(&self, values: &Values, seed: u64) -> Result<Setup, SceneError> {
        Ok(lanes::build(&self.at(values), seed))
    }

    fn views(&self, _: &Values, view: View) -> Vec<ViewInfo> {
        // Through the sampler's lens the map shows the cloud of the moment.
        let map = if view.lens == Lens::Sampler { MAP.of_moment() } else { MAP };
        match self.made().world.kind() {
            Kind::Loss1 => vec![SERIES, PROFILE, PHASE, LOSS_OVER, ENERGY, INSPECTOR, ATLAS, CLOUD, SWEEP],
            Kind::Loss2 => vec![SERIES, map, RELIEF, PHASE, LOSS_OVER, ENERGY, INSPECTOR, ATLAS, SWEEP],
            Kind::Force1 | Kind::Force2 => vec![SERIES, PHASE, ENERGY, INSPECTOR],
            _ => vec![SERIES, PHASE],
        }
    }

    fn tiles(&self, lens: Lens) -> &'static [&'static str] {
        match (self.made().world.kind(), lens) {
            (Kind::Loss1, Lens::Sampler) => &["series", "profile", "phase", "histogram"],
            (Kind::Loss1, Lens::Spring) => &["series", "profile", "phase", "energy"],
            (Kind::Loss1, _) => &["series", "profile", "phase", "atlas"],
            (Kind::Loss2, Lens::Spring) => &["series", "map", "phase", "energy"],
            (Kind::Loss2, _) => &["series", "map", "loss", "atlas"],
            (Kind::Force1 | Kind::Force2, _) => &["series", "phase", "energy", "step-inspector"],
            _ => &["series", "phase"],
        }
    }

    fn figure<'a>(&self, id: &str, run: &'a Run, view: View) -> Option<Figure<'a>> {
        let at = self.at(&run.values);
        if !self.views(&run.values, view).iter().any(|v| v.id == id) {
            return None;
        }
        match id {
            "series" => Some(series::figure(&at, run, view)),
            "phase" => Some(phase::figure(&at, run, view)),
            "profile" => Some(profile::figure(&at, run, view)),
            "map" => Some(map::figure(&at, run, view)),
            "relief" => Some(relief::figure(&at, run, view)),
            "loss" => Some(loss::figure(&at, run, view)),
            "energy" => Some(ledger::figure(&at, run, view)),
            "step-inspector" => Some(inspector::figure(&at, run, view)),
            "histogram" => Some(cloud::figure(&at, run, view)),
            sweep::VIEW => sweep::figure(self, run, view),
            "atlas" => {
                let beta = run.values.get("beta");
                Some(atlas::figure(&remarks::dots(&at, run, view), beta, at.mapping(), view.lang))
            }
            _ => None,
        }
    }

    fn marks(&self, id: &str, run: &Run, view: View, at: f64) -> Vec<Vec<Now>> {
        moments::marks(id, &self.at(&run.values), run, view, at)
    }

    fn stage<'a>(&self, run: &'a Run, lane: &LaneRun, moment: f64) -> Option<Stage<'a>> {
        stage::stage(&self.at(&run.values), run, lane, moment)
    }

    fn moments(&self, run: &Run, view: View) -> Vec<Moment> {
        moments::list(&self.at(&run.values), run, view)
    }

    fn state(&self, run: &Run, view: View) -> Table {
        moments::state(&self.at(&run.values), run, view)
    }

    fn readouts(&self, run: &Run, view: View) -> Vec<Readout> {
        readout::numbers(&self.at(&run.values), run, view)
    }

    fn chips(&self, run: &Run, view: View) -> Vec<Chip> {
        remarks::chips(&self.at(&run.values), run, view)
    }

    fn dictionary(&self, values: &Values, view: View) -> (String, Vec<Entry>) {
        remarks::dictionary(&self.at(values), view)
    }

    fn notes(&self, run: &Run, view: View) -> Vec<String> {
        remarks::notes(&self.at(&run.values), run, view)
    }

    fn choices(&self, opt: Opt, values: &Values) -> Vec<Choice> {
        match (opt, self.survey()) {
            (Opt::Across | Opt::Up | Opt::Quantity, Some(survey)) => sweep::choices(survey, opt, values),
            _ => opt.usual_choices(),
        }
    }

    fn story(&self) -> Option<&'static Story> {
        // Nobody can know beforehand what a reader's own text asks.
        None
    }

    fn survey(&self) -> Option<&dyn sweep::Survey> {
        matches!(self.made().world.kind(), Kind::Loss1 | Kind::Loss2).then_some(self)
    }

    fn drag(&self, handle: &str, to: [f64; 2], values: &mut Values, view: View) -> Result<(), SceneError> {
        if handle == sweep::VIEW {
            return sweep::pick(self, to, values, view);
        }
        handles::drag(handle, to, self.made(), values)
    }
}
