//! Maps over two parameters: the error of the temperature, and the share beyond the barrier.

use super::gauges::{Thermometer, cloud};
use super::params as p;
use super::setting::Setting;
use super::{escape, lanes};
use crate::core::Outcome;
use crate::figure::{Figure, Scale};
use crate::param::{Choice, Spec, Values};
use crate::scenes::models::sweep::{self, Quantity, Survey, Swept};
use crate::scenes::{Run, SceneError, Setup, View};
use crate::text::{Text, t};

/// Particles of a cell at most; the first of those of the whole experiment.
const MOST: usize = 64;

const QUANTITIES: &[Quantity] = &[
    quantity(
        "temperature-error",
        t("temperature error", "温度误差"),
        t("configurational temperature over T, minus 1", "构型温度与 T 之比减 1"),
        [-0.5, 0.5],
    ),
    quantity("escape", t("escape share", "逃逸比例"), t("share beyond the barrier", "越过势垒的比例"), [0.0, 0.6]),
];

const fn quantity(id: &'static str, name: Text, label: Text, range: [f64; 2]) -> Quantity {
    Quantity { choice: Choice { id, name }, label, range }
}

/// What can be surveyed.
pub struct Bench;

impl Survey for Bench {
    fn quantities(&self) -> &'static [Quantity] {
        QUANTITIES
    }

    fn swept(&self, _: &Values, _: View) -> Vec<Swept> {
        let swept = |spec: &'static Spec, range, scale| Swept { spec, range, scale };
        vec![
            swept(&p::H, [0.02, 2.0], Scale::Log),
            swept(&p::GAMMA, [0.05, 50.0], Scale::Log),
            swept(&p::TEMPERATURE, [0.05, 5.0], Scale::Log),
            swept(&p::MISMATCH, [-0.5, 1.0], Scale::Linear),
        ]
    }

    fn lanes(&self, values: &Values, seed: u64, _: View) -> Result<Setup, SceneError> {
        let at = Setting::new(values);
        let lane = lanes::sampler(&at, values.index("particles").min(MOST), seed);
        Ok(Setup { lanes: vec![lane], seconds: at.get("h") })
    }

    fn is_decided(&self, run: &Run, _: View) -> bool {
        run.lanes.iter().any(|l| l.outcome != Outcome::Running)
    }

    fn measure(&self, quantity: usize, run: &Run, _: View) -> f64 {
        let at = Setting::new(&run.values);
        let measured = if quantity == 0 {
            let reading = Thermometer::Configurational.reading(&at, run, run.done());
            reading.map(|r| r.mean / at.temperature() - 1.0)
        } else {
            let barrier = at.landscape().barrier(&at);
            barrier.and_then(|b| Some(escape::beyond(cloud(run)?.state_at(run.done()).coordinate(0), &b)))
        };
        measured.unwrap_or(f64::NAN)
    }
}

/// The figure without its map.
pub fn figure<'a>(scene: &super::Sampler, run: &'a Run, view: View) -> Option<Figure<'a>> {
    let panel = sweep::panel(scene, run, view, Vec::new())?;
    let text = t(
        "Measured on short runs of the sampler, one per cell: at most 64 particles and 400 iterations, the first quarter left out. Ruled ground: it diverges, or there is nothing to measure. Diamond: present values.",
        "由采样器的短运行逐格测得：每格至多 64 个粒子、400 步，略去前四分之一。斜线底：发散或无可测量。菱形：当前值。",
    );
    Some(Figure {
        id: sweep::VIEW,
        title: super::draw::said(t("Map over two parameters", "两个参数的扫描图"), view),
        columns: 1,
        caption: text.get(view.lang).into(),
        panels: vec![panel],
    })
}
