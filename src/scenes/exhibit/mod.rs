//! An exhibit: a scene declared as one table, so that its file reads like the paragraph it illustrates.
//!
//! The file of such a scene holds its parameters, the lanes it builds, its pages (views) and what it
//! says; [`Exhibit`] is all of the rest. `page` says what a page is and where the present moment lies on
//! it, `lanes` builds machines from a field and a method, `draw` has panels and layers in few words,
//! `plane` a landscape with the paths over it,
//! `specs` declares parameters, `regimes` writes chips, `number` writes read-outs, `ground` is where balls roll,
//! `common` is what every such scene says of the state and of what happened.

mod common;
pub mod draw;
mod ground;
pub mod lanes;
pub mod number;
mod page;
pub mod plane;
pub mod regimes;
pub mod specs;

pub use page::{Moves, Page};

use super::models::sweep::{self, Survey};
use super::{
    Action, Chip, Entry, LaneRun, Lens, Meta, Moment, Opt, Preset, Readout, Run, Scene, SceneError, Seen, Setup, Stage,
    Story, Table, View, ViewInfo,
};
use crate::figure::{Figure, Now, Rich, rich};
use crate::param::{Choice, Spec, Values};
use crate::text::t;

/// A scene as one table. [`Exhibit::BLANK`] has what most of them leave out.
pub struct Exhibit {
    /// What it is.
    pub meta: &'static Meta,
    /// Its parameters, all of which are shown.
    pub params: &'static [&'static Spec],
    /// Which of them are shown for these values.
    pub shown: fn(&str, &Values) -> bool,
    /// Sets of values worth starting from.
    pub presets: &'static [Preset],
    /// The costume: whether clocks count iterations or seconds.
    pub lens: Lens,
    /// Coordinates a reader can look at one by one.
    pub modes: &'static [&'static str],
    /// The machines.
    pub build: fn(&Values, u64) -> Result<Setup, SceneError>,
    /// The views, in the order they are offered.
    pub pages: &'static [Page],
    /// The views shown at first, in reading order.
    pub tiles: &'static [&'static str],
    /// The numbers beside the figures.
    pub numbers: fn(&Seen<'_>) -> Vec<Readout>,
    /// Regimes.
    pub chips: fn(&Seen<'_>) -> Vec<Chip>,
    /// What a reader should know of these values.
    pub notes: fn(&Seen<'_>) -> Vec<String>,
    /// Moments worth a jump, beside changes by hand and divergence.
    pub moments: fn(&Seen<'_>) -> Vec<Moment>,
    /// What can be done at a press, and how.
    pub actions: &'static [(Action, Deed)],
    /// Values after a handle was dragged or a place clicked; handles named by parameters ([`drag`])
    /// need nothing.
    pub drag: fn(&str, [f64; 2], &mut Values, View) -> Result<(), SceneError>,
    /// What it offers for maps over two parameters.
    pub survey: Option<&'static dyn Survey>,
    /// What it asks before a run and answers after it.
    pub story: Option<&'static Story>,
}

/// How an [`Action`] changes the values.
pub type Deed = fn(&mut Values, View) -> Result<(), SceneError>;

impl Exhibit {
    /// An exhibit without content, to be filled in.
    pub const BLANK: Exhibit = Exhibit {
        meta: &Meta {
            id: "",
            title: t("", ""),
            group: super::Group::Mechanics,
            question: t("", ""),
            rows: &[],
            steps: 1,
        },
        params: &[],
        shown: |_, _| true,
        presets: &[],
        lens: Lens::Optimizer,
        modes: &["$x$"],
        build: |_, _| Ok(Setup { lanes: Vec::new(), seconds: 1.0 }),
        pages: &[],
        tiles: &[],
        numbers: |_| Vec::new(),
        chips: |_| Vec::new(),
        notes: |_| Vec::new(),
        moments: |_| Vec::new(),
        actions: &[],
        drag: |handle, to, values, _| drag(handle, to, values),
        survey: None,
        story: None,
    };

    fn page(&self, id: &str) -> Option<&'static Page> {
        self.pages.iter().find(|page| page.info.id == id)
    }
}

/// Sets the parameters a handle is named by, `x0,y0` or `x0,-`, to a place within their ranges.
///
/// # Errors
/// The handle names no parameter of these values.
pub fn drag(handle: &str, to: [f64; 2], values: &mut Values) -> Result<(), SceneError> {
    let mut next = values.clone();
    for (id, to) in handle.split(',').zip(to).filter(|(id, _)| *id != "-") {
        let [low, high] = next.spec(id)?.bounds();
        next.set(id, to.clamp(low, high))?;
    }
    *values = next;
    Ok(())
}

impl Scene for Exhibit {
    fn meta(&self) -> &'static Meta {
        self.meta
    }

    fn params(&self) -> &'static [&'static Spec] {
        self.params
    }

    fn lenses(&self) -> &'static [Lens] {
        match self.lens {
            Lens::Optimizer => &[Lens::Optimizer],
            Lens::Spring => &[Lens::Spring],
            Lens::Controller => &[Lens::Controller],
            Lens::Sampler => &[Lens::Sampler],
        }
    }

    fn tiles(&self, _: Lens) -> &'static [&'static str] {
        self.tiles
    }

    fn choices(&self, opt: Opt, values: &Values) -> Vec<Choice> {
        match (opt, self.survey) {
            (Opt::Across | Opt::Up | Opt::Quantity, Some(survey)) => sweep::choices(survey, opt, values),
            _ => opt.usual_choices(),
        }
    }

    fn presets(&self) -> &'static [Preset] {
        self.presets
    }

    fn controls(&self, _: Lens, values: &Values) -> Vec<&'static Spec> {
        self.params.iter().copied().filter(|spec| (self.shown)(spec.id, values)).collect()
    }

    fn modes(&self, _: &Values) -> Vec<Rich> {
        self.modes.iter().map(|name| rich(name)).collect()
    }

    fn build(&self, values: &Values, seed: u64) -> Result<Setup, SceneError> {
        (self.build)(values, seed)
    }

    fn views(&self, values: &Values, _: View) -> Vec<ViewInfo> {
        self.pages.iter().filter(|page| (page.there)(values)).map(|page| page.info).collect()
    }

    fn figure<'a>(&self, id: &str, run: &'a Run, view: View) -> Option<Figure<'a>> {
        if id == sweep::VIEW {
            self.page(id)?;
            return sweep::figure(self, run, view);
        }
        let page = self.page(id).filter(|page| (page.there)(&run.values))?;
        Some(page.figure(Seen { run, view }))
    }

    fn marks(&self, id: &str, run: &Run, view: View, at: f64) -> Vec<Vec<Now>> {
        self.page(id).map_or_else(Vec::new, |page| page.marks(Seen { run, view }, at))
    }

    fn stage<'a>(&self, run: &'a Run, lane: &LaneRun, moment: f64) -> Option<Stage<'a>> {
        ground::stage(run, lane, moment)
    }

    fn moments(&self, run: &Run, view: View) -> Vec<Moment> {
        common::moments(Seen { run, view }, (self.moments)(&Seen { run, view }))
    }

    fn state(&self, run: &Run, view: View) -> Table {
        common::state(Seen { run, view })
    }

    fn readouts(&self, run: &Run, view: View) -> Vec<Readout> {
        let numbers = (self.numbers)(&Seen { run, view });
        numbers.into_iter().filter_map(number::known).collect()
    }

    fn chips(&self, run: &Run, view: View) -> Vec<Chip> {
        (self.chips)(&Seen { run, view })
    }

    fn dictionary(&self, _: &Values, view: View) -> (String, Vec<Entry>) {
        // There is one costume only.
        (self.lens.title().get(view.lang).to_owned(), Vec::new())
    }

    fn story(&self) -> Option<&'static Story> {
        self.story
    }

    fn notes(&self, run: &Run, view: View) -> Vec<String> {
        (self.notes)(&Seen { run, view })
    }

    fn survey(&self) -> Option<&dyn Survey> {
        self.survey.map(|survey| -> &dyn Survey { survey })
    }

    fn drag(&self, handle: &str, at: [f64; 2], values: &mut Values, view: View) -> Result<(), SceneError> {
        match self.survey {
            Some(survey) if handle == sweep::VIEW => sweep::pick(survey, at, values, view),
            _ => (self.drag)(handle, at, values, view),
        }
    }

    fn actions(&self, _: &Values, _: View) -> Vec<Action> {
        self.actions.iter().map(|(action, _)| *action).collect()
    }

    fn act(&self, id: &str, values: &mut Values, view: View) -> Result<(), SceneError> {
        let unknown = SceneError::Refused(t("There is no such action.", "没有这个操作。"));
        let (_, deed) = self.actions.iter().find(|(action, _)| action.id == id).ok_or(unknown)?;
        deed(values, view)
    }
}
