//! The sampler bench: one method as an optimizer, as a sampler and as Hamiltonian flow.
//!
//! `params` declares, `setting` reads the values, `landscape` and `method` are what is chosen,
//! `lanes` builds the machines. `gauges` measures with honest errors. `series`, `density`, `map`,
//! `phase`, `thermometers`, `correlation`, `bias`, `shells`, `energy` and `escape` draw, from the small
//! parts in `draw`; `handles` are what can be dragged. `moments` looks at one moment, `readout` puts
//! numbers beside the figures, `remarks` verdicts and claims into words, `survey` maps two parameters.
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
mod survey;
mod thermometers;

use super::models::sweep::{self, Survey};
use super::{
    Chip, Entry, Group, Lens, Meta, Moment, Opt, Preset, Readout, Run, Scene, SceneError, Setup, Table, View, ViewInfo,
};
use crate::figure::{Figure, Now, Rich, rich};
use crate::param::{Choice, Spec, Values};
use crate::text::t;
use setting::Setting;

/// The scene.
pub struct Sampler;

static META: Meta = Meta {
    id: "sampler",
    title: t("From optimizer to sampler", "从优化器到采样器"),
    group: Group::Sampling,
    question: t(
        "What does a momentum optimizer sample once noise matches its friction, and how can you tell?",
        "噪声与摩擦匹配后，动量优化器采样什么分布？又如何检验？",
    ),
    rows: &[30, 41, 42, 43, 44, 45],
    steps: 600,
};

const SERIES: ViewInfo = ViewInfo::new("series", t("Time series", "时间序列"));
const DENSITY: ViewInfo = ViewInfo::new("density", t("Cloud and exact density", "粒子云与精确密度")).of_moment();
const THERMOMETERS: ViewInfo = ViewInfo::new("temperature", t("Thermometers", "温度计"));
const ENERGY: ViewInfo = ViewInfo::new("energy", t("Energy ledger", "能量账本"));
const PHASE: ViewInfo = ViewInfo::new("phase", t("Phase portrait", "相图")).of_moment();
const MAP: ViewInfo = ViewInfo::new("map", t("Cloud on the landscape", "势能面上的粒子云")).of_moment();
const CORRELATION: ViewInfo = ViewInfo::new("correlation", t("Autocorrelation", "自相关")).apart();
const BIAS: ViewInfo = ViewInfo::new("bias", t("Bias of every scheme", "各格式的偏差"));
const SHELLS: ViewInfo = ViewInfo::new("shells", t("HMC on energy shells", "能量壳上的 HMC")).apart();
const ESCAPE: ViewInfo = ViewInfo::new("escape", t("Escape over the barrier", "越过势垒")).apart();
const SWEEP: ViewInfo =
    ViewInfo::new(sweep::VIEW, t("Parameter map", "参数扫描图")).with(&[Opt::Across, Opt::Up, Opt::Quantity]).apart();

impl Scene for Sampler {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn params(&self) -> &'static [&'static Spec] {
        params::ALL
    }

    fn lenses(&self) -> &'static [Lens] {
        &[Lens::Sampler, Lens::Optimizer, Lens::Spring]
    }

    fn tiles(&self, lens: Lens) -> &'static [&'static str] {
        match lens {
            Lens::Sampler => &["density", "map", "temperature", "series", "escape"],
            Lens::Spring => &["phase", "map", "energy", "shells", "series"],
            Lens::Optimizer | Lens::Controller => &["series", "energy", "density", "bias"],
        }
    }

    fn choices(&self, opt: Opt, values: &Values) -> Vec<Choice> {
        match opt {
            Opt::Across | Opt::Up | Opt::Quantity => sweep::choices(&survey::Bench, opt, values),
            Opt::Ordinate | Opt::Locus => opt.usual_choices(),
        }
    }

    fn presets(&self) -> &'static [Preset] {
        presets::PRESETS
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
        let mut out = vec![SERIES, DENSITY];
        out.push(if at.dim() == 1 { PHASE } else { MAP });
        out.extend([THERMOMETERS, ENERGY, BIAS, CORRELATION, SHELLS]);
        out.extend(at.landscape().barrier(&at).map(|_| ESCAPE));
        out.push(SWEEP);
        out
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
            sweep::VIEW => survey::figure(run, view),
            _ => None,
        }
    }

    fn marks(&self, id: &str, run: &Run, view: View, at: f64) -> Vec<Vec<Now>> {
        moments::marks(id, &Setting::new(&run.values), run, view, at)
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
