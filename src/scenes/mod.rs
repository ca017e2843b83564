//! Scenes: the experiments of the book, one file or folder each, and the list of them.
//!
//! A scene declares its parameters and lenses, builds lanes from values, and turns a finished
//! [`Run`] into figures, read-outs and chips. It never draws or opens a file, and the run it shows is
//! stepped by others; the many short runs behind a measured curve go through [`advance`] too, and are
//! kept with the run that is shown. A new scene is one new file (or folder) and one line in [`SCENES`].
//!
//! [`advance`]: crate::core::advance

mod adaptive;
mod answer;
mod compare;
mod control;
mod current;
mod derived;
mod exhibit;
mod games;
mod landscapes;
mod lens;
mod mechanics;
pub mod models;
mod one_machine;
mod reference;
mod run;
mod sampler;
mod scale;
mod signals;
mod stage;
mod story;
pub mod turn;
mod typed_world;
mod view;
mod your_training;

pub use crate::core::{Linear, Probe, State};
pub use answer::{Chip, Entry, Readout, Tone};
pub use compare::{Rival, compared};
pub use derived::{Derived, Key};
pub use lens::Lens;
pub use reference::SceneRef;
pub use run::{
    Answer, BUDGET, Checkpoints, Cursor, Errand, Lane, LaneRun, Machine, Part, Question, Run, Setup, Snapshot,
};
pub use stage::Stage;
pub use story::{Check, Claim, Finding, Predict, Seen, Story, Verdict};
pub use typed_world::{EXAMPLES, Example, ID as TYPED_WORLD, carried};
pub use view::{Moment, Opt, Options, Table, View, ViewInfo};

use crate::figure::{Figure, Now, Rich};
use crate::formula::{Fault, FixedPoint};
use crate::param::{Choice, ParamError, Spec, Values};
use crate::text::{Lang, Text, t};

/// Every scene, in the order of the chapter.
pub static SCENES: &[&dyn Scene] = &[
    &one_machine::OneMachine,
    &mechanics::DAMPING,
    &mechanics::TWO_STEPS,
    &mechanics::PUSHES,
    &mechanics::ICE_BOX,
    &mechanics::ROLLING,
    &mechanics::RESONANCE,
    &control::ARM,
    &control::STABILITY_REGIONS,
    &landscapes::BOWL,
    &landscapes::CONDITION,
    &landscapes::PLATEAU,
    &landscapes::SADDLE,
    &landscapes::NESTEROV,
    &landscapes::RECURRENT,
    &adaptive::EFFECTIVE_MASS,
    &adaptive::WEIGHT_DECAY,
    &adaptive::GENERALISATION,
    &adaptive::FAIR,
    &adaptive::SPARSE,
    &adaptive::SECOND_MOMENTS,
    &adaptive::MEMORY,
    &signals::FILTER,
    &signals::WEIGHTS,
    &signals::CONVENTIONS,
    &signals::DRIFTING_TARGET,
    &signals::BATCH_NORM,
    &games::GAME,
    &sampler::LINE,
    &sampler::PLANE,
    &sampler::ESCAPE,
    &current::Current,
    &scale::LINE_FIT,
    &scale::AIRFOIL,
    &scale::DIGITS,
    &scale::FEDERATED,
    &scale::ONE_SLIDER,
    &typed_world::USUAL,
    &your_training::SCENE,
];

/// The scene with this identifier.
pub fn find(id: &str) -> Option<&'static dyn Scene> {
    SCENES.iter().copied().find(|s| s.meta().id == id)
}

/// The scene of this identifier, made from `source` if a reader typed one.
///
/// # Errors
/// There is no such scene, it takes no text, or the text has a fault.
pub fn made(id: &str, source: Option<&str>) -> Result<SceneRef, SceneError> {
    match source {
        Some(source) if id == TYPED_WORLD => Ok(typed_world::made(source)?),
        Some(_) if find(id).is_some() => {
            Err(SceneError::Refused(t("Only a typed world is made from text.", "只有自定义世界由文本生成。")))
        }
        _ => find(id).map(SceneRef::from).ok_or(SceneError::Refused(t("There is no such scene.", "没有这个场景。"))),
    }
}

/// What a scene is.
#[derive(Clone, Copy, Debug)]
pub struct Meta {
    /// Identifier on the command line and in files.
    pub id: &'static str,
    /// Title.
    pub title: Text,
    /// Part of the chapter.
    pub group: Group,
    /// The question it answers, in one sentence.
    pub question: Text,
    /// Rows of the book's list of experiments that it serves.
    pub rows: &'static [u32],
    /// Iterations shown at first.
    pub steps: u64,
}

/// The parts of the chapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Springs, dampers, balls.
    Mechanics,
    /// Arms, set points, stability regions.
    Control,
    /// Valleys, plateaus, cliffs, saddles.
    Landscapes,
    /// Steps that follow the size of gradients; weight decay.
    Adaptive,
    /// Averages, filters, what a name hides.
    Signals,
    /// Two players on one saddle.
    Games,
    /// From optimizer to sampler: temperature, thermometers, exact densities.
    Sampling,
    /// Broken balance: steady currents and the entropy they produce.
    NonEquilibrium,
    /// From one number to all of the chapter.
    Scale,
    /// What a reader typed.
    Yours,
}

impl Group {
    /// Title.
    pub const fn title(self) -> Text {
        match self {
            Group::Mechanics => t("Mechanics", "力学"),
            Group::Control => t("Control", "控制"),
            Group::Landscapes => t("Landscapes", "地形"),
            Group::Adaptive => t("Adaptive methods", "自适应方法"),
            Group::Signals => t("Signals", "信号"),
            Group::Games => t("Games", "博弈"),
            Group::Sampling => t("Sampling", "采样"),
            Group::NonEquilibrium => t("Non-equilibrium", "非平衡"),
            Group::Scale => t("Scale", "规模"),
            Group::Yours => t("Your own", "自己动手"),
        }
    }
}

/// A set of values worth starting from.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Name.
    pub title: Text,
    /// Parameters that differ from the defaults, as text.
    pub values: &'static [(&'static str, &'static str)],
    /// Iterations.
    pub steps: u64,
    /// Eigenmode to look at, from 0.
    pub mode: usize,
}

impl Preset {
    /// Values that differ from the defaults, run for so many iterations.
    pub const fn new(title: Text, values: &'static [(&'static str, &'static str)], steps: u64) -> Preset {
        Preset { title, values, steps, mode: 0 }
    }
}

/// Something a scene can do with its values at a press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    /// Identifier.
    pub id: &'static str,
    /// What the button says.
    pub title: Text,
    /// What it sets, with the formula.
    pub help: Text,
}

/// Why a scene refuses something; the old values stay.
#[derive(Clone, Debug, PartialEq)]
pub enum SceneError {
    /// A parameter does not allow the value.
    Param(ParamError),
    /// The scene cannot do it, for this reason.
    Refused(Text),
    /// The text it is made from has a fault.
    World(Fault),
}

impl From<Fault> for SceneError {
    fn from(fault: Fault) -> Self {
        SceneError::World(fault)
    }
}

impl From<ParamError> for SceneError {
    fn from(e: ParamError) -> Self {
        SceneError::Param(e)
    }
}

impl SceneError {
    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            SceneError::Param(e) => e.say(lang),
            SceneError::Refused(why) => why.get(lang).to_owned(),
            SceneError::World(fault) => fault.say(lang),
        }
    }
}

impl std::fmt::Display for SceneError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for SceneError {}

/// One experiment of the book.
pub trait Scene: Sync {
    /// What it is.
    fn meta(&self) -> &'static Meta;

    /// The parameters that define a run.
    fn params(&self) -> &'static [&'static Spec];

    /// The text this scene was made from, if a reader typed it.
    fn source(&self) -> Option<&str> {
        None
    }

    /// The points where nothing moves, for a scene made from text.
    fn rest(&self, values: &Values) -> Vec<FixedPoint> {
        let _ = values;
        Vec::new()
    }

    /// The lenses this scene can be looked at through, in the order of their keys.
    fn lenses(&self) -> &'static [Lens] {
        &Lens::ALL
    }

    /// The views shown at first through a lens, in reading order.
    fn tiles(&self, lens: Lens) -> &'static [&'static str];

    /// What can be chosen for an option of a view; the first is the usual one.
    fn choices(&self, opt: Opt, values: &Values) -> Vec<Choice> {
        let _ = values;
        opt.usual_choices()
    }

    /// Sets of values worth starting from.
    fn presets(&self) -> &'static [Preset] {
        &[]
    }

    /// The parameters a lens shows and edits, of [`Scene::params`] or derived from them.
    fn controls(&self, lens: Lens, values: &Values) -> Vec<&'static Spec>;

    /// Every derived parameter, so that the command line can set and list it.
    fn derived(&self) -> &'static [&'static Spec] {
        &[]
    }

    /// The value of a parameter, derived ones included; NaN where it does not exist.
    fn read(&self, id: &str, values: &Values, mode: usize) -> f64 {
        let _ = mode;
        values.get(id)
    }

    /// Sets a parameter, derived ones included, or says why not and leaves `values` alone.
    fn write(&self, id: &str, value: f64, values: &mut Values, mode: usize) -> Result<(), SceneError> {
        let _ = mode;
        Ok(values.set(id, value)?)
    }

    /// The names of the eigenmodes, in order; one at least.
    fn modes(&self, values: &Values) -> Vec<Rich>;

    /// The lanes for these values.
    fn build(&self, values: &Values, seed: u64) -> Result<Setup, SceneError>;

    /// The figures this scene can show from `view`, in the order they are offered.
    fn views(&self, values: &Values, view: View) -> Vec<ViewInfo>;

    /// One figure of a run; `None` if there is none of this name for these values.
    fn figure<'a>(&self, id: &str, run: &'a Run, view: View) -> Option<Figure<'a>>;

    /// The marks of one moment, `at` iterations into the run, on every panel of a figure, in their
    /// order. Between two iterations it is interpolated.
    fn marks(&self, id: &str, run: &Run, view: View, at: f64) -> Vec<Vec<Now>>;

    /// A lane's machine `moment` iterations into the run on ground of this scene's own; `None` where it
    /// moves in a bowl, or there is nothing to see.
    fn stage<'a>(&self, run: &'a Run, lane: &LaneRun, moment: f64) -> Option<Stage<'a>> {
        let _ = (run, lane, moment);
        None
    }

    /// What happened in a run, by iteration.
    fn moments(&self, run: &Run, view: View) -> Vec<Moment>;

    /// The state of every lane at a moment, in numbers.
    fn state(&self, run: &Run, view: View) -> Table;

    /// All figures of a run.
    fn figures<'a>(&self, run: &'a Run, view: View) -> Vec<Figure<'a>> {
        let ids = self.views(&run.values, view);
        ids.iter().filter_map(|v| self.figure(v.id, run, view)).collect()
    }

    /// The numbers beside the figures.
    fn readouts(&self, run: &Run, view: View) -> Vec<Readout>;

    /// Regime chips of every mode.
    fn chips(&self, run: &Run, view: View) -> Vec<Chip>;

    /// The same run in the terms of another lens, with a title.
    fn dictionary(&self, values: &Values, view: View) -> (String, Vec<Entry>);

    /// What the player of the chapter asks before a run and answers after it.
    fn story(&self) -> Option<&'static Story> {
        None
    }

    /// What a reader should know of these values: corrections, limits, missing twins.
    fn notes(&self, run: &Run, view: View) -> Vec<String>;

    /// What this scene declares for maps over two of its parameters; `None` if it offers none.
    fn survey(&self) -> Option<&dyn models::sweep::Survey> {
        None
    }

    /// Values after a handle of a figure was dragged to `at`, or after a click into the free space of a
    /// panel that names what it picks ([`crate::figure::Panel::pick`]).
    fn drag(&self, handle: &str, at: [f64; 2], values: &mut Values, view: View) -> Result<(), SceneError>;

    /// What can be done to these values at a press.
    fn actions(&self, values: &Values, view: View) -> Vec<Action> {
        let _ = (values, view);
        Vec::new()
    }

    /// Does one of [`Scene::actions`], or says why not and leaves `values` alone.
    fn act(&self, id: &str, values: &mut Values, view: View) -> Result<(), SceneError> {
        let _ = (id, values, view);
        Err(SceneError::Refused(t("There is no such action.", "没有这个操作。")))
    }
}

/// Looks up a parameter by identifier among the defining and the derived ones.
pub fn spec_of(scene: &dyn Scene, id: &str) -> Result<&'static Spec, ParamError> {
    let mut all = scene.params().iter().chain(scene.derived());
    all.find(|s| s.id == id).copied().ok_or_else(|| ParamError::Unknown {
        given: id.chars().take(24).collect(),
        valid: scene.params().iter().chain(scene.derived()).map(|s| s.id).collect::<Vec<_>>().join(", "),
    })
}
