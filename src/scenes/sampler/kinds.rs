//! The benches there are: one machine from three sides, each with values, views and presets of its own.

use super::presets;
use crate::param::{Spec, intern, intern_all};
use crate::scenes::models::sweep;
use crate::scenes::{Group, Lens, Meta, Opt, Preset, ViewInfo};
use crate::text::t;

/// What one bench shows first.
#[derive(Clone, Copy)]
pub struct Kind {
    /// What it is.
    pub meta: Meta,
    /// Defaults that differ from those of the declarations.
    pub defaults: &'static [(&'static str, f64)],
    /// Its views, in the order they are offered, as far as the values allow them.
    pub views: &'static [ViewInfo],
    /// The tiles of the sampler's, the flow's and the optimizer's lens.
    pub tiles: [&'static [&'static str]; 3],
    /// Its presets.
    pub presets: &'static [Preset],
}

const SERIES: ViewInfo = ViewInfo::new("series", t("Time series", "时间序列"));
const DENSITY: ViewInfo = ViewInfo::new("density", t("Cloud and exact density", "粒子云与精确密度"))
    .briefly(t("Density", "密度"))
    .of_moment();
const TEMPERATURE: ViewInfo = ViewInfo::new("temperature", t("Thermometers", "温度计"));
const ENERGY: ViewInfo = ViewInfo::new("energy", t("Energy ledger", "能量账本")).apart();
const PHASE: ViewInfo = ViewInfo::new("phase", t("Phase portrait", "相图")).of_moment();
const MAP: ViewInfo =
    ViewInfo::new("map", t("Cloud on the landscape", "势能面上的粒子云")).briefly(t("Cloud", "粒子云")).of_moment();
const CORRELATION: ViewInfo = ViewInfo::new("correlation", t("Autocorrelation", "自相关")).apart();
const BIAS: ViewInfo = ViewInfo::new("bias", t("Bias of every scheme", "各格式的偏差")).apart();
const SHELLS: ViewInfo = ViewInfo::new("shells", t("HMC on energy shells", "能量壳上的 HMC")).apart();
const ESCAPE: ViewInfo = ViewInfo::new("escape", t("Escape over the barrier", "越过势垒")).briefly(t("Escape", "逃逸"));
const SWEEP: ViewInfo =
    ViewInfo::new(sweep::VIEW, t("Parameter map", "参数扫描图")).with(&[Opt::Across, Opt::Up, Opt::Quantity]).apart();

const fn meta(id: &'static str, rows: &'static [u32], steps: u64) -> Meta {
    Meta {
        id,
        title: t("From optimizer to sampler", "从优化器到采样器"),
        group: Group::Sampling,
        question: t(
            "What does a momentum optimizer sample once noise matches its friction, and how can you tell?",
            "噪声与摩擦匹配后，动量优化器采样什么分布？又如何检验？",
        ),
        rows,
        steps,
    }
}

/// On a line: thermometers, biases, shells and energies.
pub static LINE: Kind = Kind {
    meta: meta("sampler", &[41, 42, 43, 44, 45], 1000),
    defaults: &[],
    views: &[SERIES, DENSITY, PHASE, MAP, TEMPERATURE, ENERGY, BIAS, CORRELATION, SHELLS, SWEEP],
    tiles: [
        &["density", "series", "temperature", "bias"],
        &["phase", "series", "energy", "shells"],
        &["series", "energy", "density", "phase"],
    ],
    presets: presets::LINE,
};

/// In the plane.
pub static PLANE: Kind = Kind {
    meta: Meta {
        title: t("Sampling in the plane", "平面上的采样"),
        question: t(
            "Does a cloud find every well and the right share in each, and how long does that take?",
            "粒子云能否找到每个势阱并得到正确的比例？需要多久？",
        ),
        ..meta("sampler-plane", &[44], 400)
    },
    defaults: &[
        ("landscape", 4.0),
        ("temperature", 0.4),
        ("particles", 4000.0),
        ("x1", 0.0),
        ("x2", 0.0),
        ("spread", 0.5),
    ],
    views: &[MAP, SERIES.apart(), DENSITY, PHASE, TEMPERATURE, CORRELATION, SWEEP],
    tiles: [
        &["map", "phase", "temperature", "density", "series"],
        &["map", "phase", "series"],
        &["map", "phase", "series", "density"],
    ],
    presets: presets::PLANE,
};

/// Over a barrier.
pub static ESCAPE_BENCH: Kind = Kind {
    meta: Meta {
        title: t("Escape over a barrier", "越过势垒"),
        question: t(
            "When does momentum, and when does noise, leave a well, and is it the right one to leave?",
            "动量何时离开势阱？噪声何时离开？离开的是否正是该离开的阱？",
        ),
        ..meta("escape", &[30], 1500)
    },
    defaults: &[("landscape", 2.0), ("tilt", 0.1), ("temperature", 0.2), ("gamma", 1.5), ("x1", -1.0)],
    views: &[ESCAPE, SERIES, DENSITY, PHASE, MAP, TEMPERATURE, ENERGY, SWEEP],
    tiles: [
        &["escape", "density", "series", "temperature"],
        &["escape", "phase", "energy", "series"],
        &["escape", "series", "phase", "density"],
    ],
    presets: presets::ESCAPE,
};

impl Kind {
    /// The declarations with the defaults of this bench.
    pub fn params(&self, all: &[&'static Spec]) -> &'static [&'static Spec] {
        let own = |spec: &&'static Spec| {
            let changed = self.defaults.iter().find(|(id, _)| *id == spec.id);
            changed.map_or(*spec, |(_, default)| intern(Spec { default: *default, ..**spec }))
        };
        intern_all(&all.iter().map(own).collect::<Vec<_>>())
    }

    /// The tiles of a lens.
    pub fn tiles(&self, lens: Lens) -> &'static [&'static str] {
        let [sampler, flow, optimizer] = self.tiles;
        match lens {
            Lens::Sampler => sampler,
            Lens::Spring => flow,
            Lens::Optimizer | Lens::Controller => optimizer,
        }
    }
}
