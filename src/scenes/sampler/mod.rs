//! The sampler bench: one method as an optimizer, as a sampler and as Hamiltonian flow.
//!
//! `kinds` are the scenes of it: on a line, in the plane, over a barrier, the same bench with values and
//! views of their own. `params` declares, `setting` reads the values, `landscape` and `method` are what is chosen,
//! `lanes` builds the machines, `stage` puts them on their landscape. `gauges` measures with honest
//! errors. `series`, `density`, `map`, `phase`, `thermometers`, `correlation`, `bias`, `shells`, `energy`
//! and `escape` draw, from the small parts in `draw`; `handles` are what can be dragged. `moments` looks
//! at one moment, `readout` puts numbers beside the figures, `remarks` verdicts and claims into words,
//! `story` asks and answers, `survey` maps two parameters.
//!
//! The noise is made for the temperature T(1 + δ) and everything is held against T, so that δ = 0 is a
//! sampler, T = 0 an optimizer and, for methods with inertia, friction 0 Hamiltonian flow.

mod bias;
mod correlation;
mod density;
mod draw;
mod energy;
mod escape;
mod gauges;
mod handles;
mod kinds;
mod landscape;
mod lanes;
mod map;
mod method;
mod moments;
mod params;
mod phase;
mod presets;
mod readout;
mod remarks;
mod series;
mod setting;
mod shells;
mod stage;
mod story;
mod survey;
mod thermometers;

use super::models::sweep::{self, Survey};
use super::{
    Chip, Entry, LaneRun, Lens, Meta, Moment, Opt, Preset, Readout, Run, Scene, SceneError, Setup, Stage, Story, Table,
    View, ViewInfo,
};
use crate::figure::{Figure, Now, Rich, rich};
use crate::param::{Choice, Spec, Values};
use kinds::Kind;
use setting::Setting;
use std::sync::OnceLock;

/// One of the benches.
pub struct Sampler {
    kind: &'static Kind,
    /// The declarations with this bench's defaults, once they were asked for.
    params: OnceLock<&'static [&'static Spec]>,
}

impl Sampler {
    const fn of(kind: &'static Kind) -> Self {
        Sampler { kind, params: OnceLock::new() }
    }
}

/// On a line.
pub static LINE: Sampler = Sampler::of(&kinds::LINE);
/// In the plane.
pub static PLANE: Sampler = Sampler::of(&kinds::PLANE);
/// Over a barrier.
pub static ESCAPE: Sampler = Sampler::of(&kinds::ESCAPE_BENCH);

impl Scene for Sampler {
    fn meta(&self) -> &'static Meta {
        &self.kind.meta
    }

    fn params(&self) -> &'static [&'static Spec] {
        self.params.get_or_init(|| self.kind.params(params::ALL))
    }

    fn lenses(&self) -> &'static [Lens] {
        &[Lens::Sampler, Lens::Optimizer, Lens::Spring]
    }

    fn tiles(&self, lens: Lens) -> &'static [&'static str] {
        self.kind.tiles(lens)
    }

    fn choices(&self, opt: Opt, values: &Values) -> Vec<Choice> {
        match opt {
            Opt::Across | Opt::Up | Opt::Quantity => sweep::choices(&survey::Bench, opt, values),
            _ => opt.usual_choices(),
        }
    }

    fn presets(&self) -> &'static [Preset] {
        self.kind.presets
    }

    fn controls(&self, lens: Lens, values: &Values) -> Vec<&'static Spec> {
        params::controls(lens, values)
    }

    fn derived(&self) -> &'static [&'static Spec] {
        params::DERIVED
    }

    fn read(&self, id: &str, values: &Values, _: usize) -> f64 {
        params::read(id, values)
    }

    fn write(&self, id: &str, value: f64, values: &mut Values, _: usize) -> Result<(), SceneError> {
        params::write(id, value, values)
    }

    fn modes(&self, values: &Values) -> Vec<Rich> {
        ["$x$", "$y$"].into_iter().take(Setting::new(values).dim()).map(rich).collect()
    }

    fn build(&self, values: &Values, seed: u64) -> Result<Setup, SceneError> {
        Ok(lanes::build(&Setting::new(values), seed))
    }

    fn views(&self, values: &Values, _: View) -> Vec<ViewInfo> {
        let at = Setting::new(values);
        let line = at.dim() == 1;
        let fits = |id: &str| match id {
            "phase" | "shells" => line,
            "map" => !line,
            "escape" => at.landscape().barrier(&at).is_some(),
            _ => true,
        };
        self.kind.views.iter().copied().filter(|v| fits(v.id)).collect()
    }

    fn figure<'a>(&self, id: &str, run: &'a Run, view: View) -> Option<Figure<'a>> {
        let at = Setting::new(&run.values);
        if !self.views(&run.values, view).iter().any(|v| v.id == id) {
            return None;
        }
        match id {
            "series" => Some(series::figure(&at, run, view)),
            "density" => Some(density::figure(&at, run, view)),
            "temperature" => Some(thermometers::figure(&at, run, view)),
            "energy" => Some(energy::figure(&at, run, view)),
            "phase" => Some(phase::figure(&at, run, view)),
            "map" => Some(map::figure(&at, run, view)),
            "correlation" => Some(correlation::figure(&at, run, view)),
            "bias" => Some(bias::figure(&at, run, view)),
            "shells" => Some(shells::figure(&at, run, view)),
            "escape" => escape::figure(&at, run, view),
            sweep::VIEW => survey::figure(self, run, view),
            _ => None,
        }
    }

    fn marks(&self, id: &str, run: &Run, view: View, at: f64) -> Vec<Vec<Now>> {
        moments::marks(id, &Setting::new(&run.values), run, view, at)
    }

    fn stage<'a>(&self, run: &'a Run, lane: &LaneRun, moment: f64) -> Option<Stage<'a>> {
        stage::stage(&Setting::new(&run.values), run, lane, moment)
    }

    fn moments(&self, run: &Run, view: View) -> Vec<Moment> {
        moments::list(&Setting::new(&run.values), run, view)
    }

    fn state(&self, run: &Run, view: View) -> Table {
        moments::state(&Setting::new(&run.values), run, view)
    }

    fn readouts(&self, run: &Run, view: View) -> Vec<Readout> {
        readout::numbers(&Setting::new(&run.values), run, view)
    }

    fn chips(&self, run: &Run, view: View) -> Vec<Chip> {
        remarks::chips(&Setting::new(&run.values), run, view)
    }

    fn dictionary(&self, values: &Values, view: View) -> (String, Vec<Entry>) {
        remarks::dictionary(values, view)
    }

    fn notes(&self, run: &Run, view: View) -> Vec<String> {
        remarks::notes(&Setting::new(&run.values), run, view)
    }

    fn story(&self) -> Option<&'static Story> {
        story::of(self.kind.meta.id)
    }

    fn survey(&self) -> Option<&dyn Survey> {
        Some(&survey::Bench)
    }

    fn drag(&self, handle: &str, to: [f64; 2], values: &mut Values, view: View) -> Result<(), SceneError> {
        if handle == sweep::VIEW {
            return sweep::pick(&survey::Bench, to, values, view);
        }
        handles::drag(handle, to, values, view.mode)
    }
}
