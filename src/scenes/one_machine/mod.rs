//! One machine, four costumes: optimizer, spring, PD joint and sampler on one clock.
//!
//! `params` declares what defines a run, `twin` is the dictionary between the lenses, `lanes`
//! builds the machines, `series`, `plane` and `ledger` draw them, `readout` measures them (what each number
//! is stands in `facts`), `remarks` puts regimes and warnings into words.

mod facts;
mod lanes;
mod ledger;
mod moments;
mod params;
mod plane;
mod problem;
mod readout;
mod remarks;
mod response;
mod series;
mod survey;
mod twin;

use super::models::{atlas, sweep};
use super::{
    Chip, Entry, Group, Lens, Meta, Moment, Opt, Preset, Readout, Run, Scene, SceneError, Setup, Table, View, ViewInfo,
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

static PRESETS: &[Preset] = &[
    Preset { title: t("d2l: η = 0.4, β = 0.5", "d2l：η = 0.4，β = 0.5"), values: &[], steps: 20, mode: 0 },
    Preset {
        title: t("The textbook spring, and what it misses", "教科书弹簧及其偏差"),
        values: &[("mapping", "explicit")],
        steps: 20,
        mode: 0,
    },
    Preset {
        title: t("d2l: η = 0.4, no momentum", "d2l：η = 0.4，无动量"),
        values: &[("beta", "0")],
        steps: 20,
        mode: 0,
    },
    Preset {
        title: t("d2l: η = 0.6, no momentum (diverges)", "d2l：η = 0.6，无动量（发散）"),
        values: &[("eta", "0.6"), ("beta", "0")],
        steps: 20,
        mode: 1,
    },
    Preset {
        title: t("d2l: η = 0.6, β = 0.5", "d2l：η = 0.6，β = 0.5"),
        values: &[("eta", "0.6")],
        steps: 20,
        mode: 1,
    },
    Preset {
        title: t("A ringing spring", "振荡的弹簧"),
        values: &[
            ("problem", "one"),
            ("eta", "0.12"),
            ("beta", "0.88"),
            ("x1", "1"),
            ("h", "0.34641"),
            ("mapping", "central"),
            ("temperature", "0.002"),
        ],
        steps: 60,
        mode: 0,
    },
    Preset {
        title: t("Matched poles: the curve through every dot", "极点匹配：曲线经过每个点"),
        values: &[
            ("problem", "one"),
            ("eta", "0.6"),
            ("beta", "0.85"),
            ("x1", "1"),
            ("mapping", "exact"),
            ("temperature", "0"),
        ],
        steps: 40,
        mode: 0,
    },
    Preset {
        title: t("From optimizer to sampler", "从优化器到采样器"),
        values: &[
            ("problem", "one"),
            ("eta", "0.05"),
            ("beta", "0.9"),
            ("x1", "3"),
            ("temperature", "0.5"),
            ("particles", "2000"),
        ],
        steps: 200,
        mode: 0,
    },
];

const VIEWS: [ViewInfo; 6] = [
    ViewInfo::new("series", t("Time series", "时间序列")),
    ViewInfo::new("phase", t("Phase portrait", "相图")),
    ViewInfo::new("atlas", t("Regime atlas", "阻尼图谱")),
    ViewInfo::new("loss", t("Loss", "损失")),
    ViewInfo::new("energy", t("Energy ledger", "能量账本")),
    ViewInfo::new("histogram", t("Cloud and exact density", "粒子云与精确密度")).of_moment(),
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
        PRESETS
    }

    fn controls(&self, lens: Lens, values: &Values) -> Vec<&'static Spec> {
        let mut list: Vec<&'static Spec> = match lens {
            Lens::Optimizer => vec![&p::PROBLEM, &p::ETA, &p::BETA, &p::TEMPERATURE],
            Lens::Spring => vec![&p::MAPPING, &p::MASS, &p::FRICTION, &p::STIFFNESS, &p::DT, &p::ZETA, &p::OMEGA],
            Lens::Controller => vec![&p::MAPPING, &p::INERTIA, &p::KP, &p::KD, &p::PERIOD, &p::TORQUE],
            Lens::Sampler => vec![&p::TEMPERATURE, &p::ALPHA, &p::GAMMA, &p::ETA, &p::PARTICLES, &p::SPREAD],
        };
        if lens == Lens::Optimizer {
            let problem = values.index("problem");
            if problem != p::D2L {
                list.push(&p::LAMBDA_1);
            }
            if problem == p::TWO {
                list.push(&p::LAMBDA_2);
            }
            list.push(&p::START_1);
            if problem != p::ONE {
                list.push(&p::START_2);
            }
            list.extend([&p::CONVENTION, &p::ETA_EFF] as [&Spec; 2]);
        }
        list
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

    fn views(&self, values: &Values, _: View) -> Vec<ViewInfo> {
        let mut views = [&VIEWS[..], response::VIEWS, survey::VIEWS].concat();
        if problem::curvatures(values).len() == 2 {
            views.insert(3, MAP);
            views.push(survey::OF_TWO);
        }
        views
    }

    fn figure<'a>(&self, id: &str, run: &'a Run, view: View) -> Option<Figure<'a>> {
        match id {
            "series" => Some(series::figure(run, view)),
            "phase" => Some(plane::phase(run, view)),
            "atlas" => {
                let mapping = twin::mapping(&run.values);
                Some(atlas::figure(&remarks::dots(run, view), run.values.get("beta"), mapping, view.lang))
            }
            "map" => plane::map(run, view),
            "loss" => Some(ledger::loss(run, view)),
            "energy" => Some(ledger::energy(run, view)),
            "histogram" => Some(ledger::histogram(run, view)),
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
            Opt::Ordinate => opt.usual_choices(),
        }
    }

    fn marks(&self, id: &str, run: &Run, view: View, at: f64) -> Vec<Vec<Now>> {
        let others = || response::marks(id, run, view, at).or_else(|| survey::marks(id, run, at));
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
        let mode = handle.strip_prefix("mode:").and_then(|i| i.parse::<usize>().ok());
        let lambda = mode.and_then(|i| problem::curvatures(values).get(i).copied());
        let Some(lambda) = lambda else {
            return Err(SceneError::Refused(t("There is no such handle.", "没有这个拖动点。")));
        };
        let mut next = values.clone();
        let [low, high] = p::ETA.bounds();
        next.set("eta", (at[0] / lambda).clamp(low, high))?;
        let [low, high] = p::BETA.bounds();
        next.set("beta", at[1].clamp(low, high))?;
        *values = next;
        Ok(())
    }
}

impl sweep::Survey for OneMachine {
    fn quantities(&self) -> &'static [sweep::Quantity] {
        survey::QUANTITIES
    }

    fn swept(&self, values: &Values, view: View) -> Vec<sweep::Swept> {
        survey::swept(values, view)
    }

    fn lanes(&self, values: &Values, seed: u64, view: View) -> Result<Setup, SceneError> {
        Ok(survey::lanes(values, seed, view))
    }

    fn is_decided(&self, run: &Run, view: View) -> bool {
        survey::decided(run, view)
    }

    fn measure(&self, quantity: usize, run: &Run, view: View) -> f64 {
        survey::measure(quantity, run, view).unwrap_or(f64::NAN)
    }
}
