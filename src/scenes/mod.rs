//! Scenes: the experiments of the book, one file or folder each, and the list of them.
//!
//! A scene declares its parameters and lenses, builds lanes from values, and turns a finished
//! [`Run`] into figures, read-outs and chips. It never steps, draws or opens a file. A new scene
//! is one new file (or folder) and one line in [`SCENES`].

pub mod models;
mod one_machine;
mod run;

pub use crate::core::{Probe, State};
pub use run::{Lane, LaneRun, Machine, Run, Setup};

use crate::figure::{Figure, Ink, Rich};
use crate::param::{ParamError, Spec, Values};
use crate::text::{Lang, Text, t};

/// Every scene, in the order of the chapter.
pub static SCENES: &[&dyn Scene] = &[&one_machine::OneMachine];

/// The scene with this identifier.
pub fn find(id: &str) -> Option<&'static dyn Scene> {
    SCENES.iter().copied().find(|s| s.meta().id == id)
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
}

impl Group {
    /// Title.
    pub const fn title(self) -> Text {
        match self {
            Group::Mechanics => t("Mechanics", "力学"),
        }
    }
}

/// The views of one run: whose parameters are shown and edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lens {
    /// η, β.
    #[default]
    Optimizer,
    /// m, c, k, h.
    Spring,
    /// J, kp, kd, T.
    Controller,
    /// γ, T, α.
    Sampler,
}

impl Lens {
    /// All lenses in the order of their keys 1 to 4.
    pub const ALL: [Lens; 4] = [Lens::Optimizer, Lens::Spring, Lens::Controller, Lens::Sampler];

    /// Name.
    pub const fn title(self) -> Text {
        match self {
            Lens::Optimizer => t("Optimizer", "优化器"),
            Lens::Spring => t("Spring", "弹簧"),
            Lens::Controller => t("Controller", "控制器"),
            Lens::Sampler => t("Sampler", "采样器"),
        }
    }

    /// Identifier in files and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Lens::Optimizer => "optimizer",
            Lens::Spring => "spring",
            Lens::Controller => "controller",
            Lens::Sampler => "sampler",
        }
    }

    /// The lens with this identifier.
    pub fn from_id(id: &str) -> Option<Lens> {
        Lens::ALL.into_iter().find(|l| l.id() == id)
    }

    /// Its lane's colour in every view.
    pub const fn ink(self) -> Ink {
        match self {
            Lens::Optimizer => Ink::Optimizer,
            Lens::Spring => Ink::Spring,
            Lens::Controller => Ink::Controller,
            Lens::Sampler => Ink::Sampler,
        }
    }

    /// Whether it looks at the run in seconds and metres rather than in iterations.
    pub const fn is_physical(self) -> bool {
        matches!(self, Lens::Spring | Lens::Controller)
    }
}

/// From where a run is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Language of every word.
    pub lang: Lang,
    /// Lens.
    pub lens: Lens,
    /// Eigenmode under the magnifying glass, from 0.
    pub mode: usize,
    /// Iteration that counts as now.
    pub now: u64,
}

/// A number with its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Readout {
    /// What it is.
    pub label: Rich,
    /// Unit; empty for a pure number.
    pub unit: &'static str,
    /// Computed by `theory`; `None` where no formula applies.
    pub predicted: Option<f64>,
    /// Measured from a trace; `None` where it cannot be.
    pub measured: Option<f64>,
    /// What exactly is predicted and measured.
    pub note: String,
    /// The formula behind the prediction.
    pub formula: Rich,
    /// The symbols it uses, with their present values.
    pub uses: Vec<(Rich, f64)>,
    /// Where it comes from.
    pub source: Rich,
}

/// How loud a chip is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Oscillates and converges.
    Ringing,
    /// Converges without oscillation.
    Calm,
    /// On a border, or a discrete effect without a continuous twin.
    Warning,
    /// Diverges or does not exist.
    Danger,
}

/// A regime label that names its model.
#[derive(Clone, Debug, PartialEq)]
pub struct Chip {
    /// What it says, e.g. `λ₁ overdamped · map`.
    pub text: String,
    /// Its tone.
    pub tone: Tone,
    /// Why, with the numbers it rests on.
    pub note: String,
}

/// One line of the dictionary between the lenses.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Parameter.
    pub spec: &'static Spec,
    /// Its present value; NaN where the machine does not exist.
    pub value: f64,
}

/// A figure on offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ViewInfo {
    /// Identifier.
    pub id: &'static str,
    /// Title.
    pub title: Text,
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

/// Why a scene refuses something; the old values stay.
#[derive(Clone, Debug, PartialEq)]
pub enum SceneError {
    /// A parameter does not allow the value.
    Param(ParamError),
    /// The scene cannot do it, for this reason.
    Refused(Text),
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

    /// What a reader should know of these values: corrections, limits, missing twins.
    fn notes(&self, run: &Run, view: View) -> Vec<String>;

    /// Values after a handle of a figure was dragged to `at`.
    fn drag(&self, handle: &str, at: [f64; 2], values: &mut Values) -> Result<(), SceneError>;
}

/// Looks up a parameter by identifier among the defining and the derived ones.
pub fn spec_of(scene: &dyn Scene, id: &str) -> Result<&'static Spec, ParamError> {
    let mut all = scene.params().iter().chain(scene.derived());
    all.find(|s| s.id == id).copied().ok_or_else(|| ParamError::Unknown {
        given: id.chars().take(24).collect(),
        valid: scene.params().iter().chain(scene.derived()).map(|s| s.id).collect::<Vec<_>>().join(", "),
    })
}
