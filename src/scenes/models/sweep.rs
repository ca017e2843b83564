//! Maps over two parameters of a quantity measured on short real runs.
//!
//! A scene that can be surveyed says which parameters and quantities there are ([`Survey`]); this
//! file makes the runs, cell by cell, each a [`Run`] of its own through the one loop. A map depends
//! on its [`Sweep`] and the number of cells only, never on how many threads shared the work.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::figure::{
    Axis, Colormap, Dash, Figure, Hatch, HeatMap, Ink, Layer, Marker, Panel, Points, Region, Rich, Scale, along, rich,
};
use crate::param::{Choice, Spec, Values};
use crate::scenes::{Opt, Run, Scene, SceneError, SceneRef, Setup, View};
use crate::text::{Lang, Text, t};

/// The view a sweep is shown in; also what a click into it is called.
pub const VIEW: &str = "sweep";

/// Iterations of a cell's run at most.
pub const STEPS: u64 = 400;

/// Cells along each side, from the first impression to the finished map.
pub const LEVELS: [usize; 4] = [12, 24, 48, 96];

/// Iterations between two looks at whether a run is decided.
const STRETCH: u64 = 16;

/// A parameter with the range a sweep gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swept {
    /// The parameter.
    pub spec: &'static Spec,
    /// First and last value.
    pub range: [f64; 2],
    /// How values spread over the range.
    pub scale: Scale,
}

impl Swept {
    /// The value in the middle of cell `i` of `cells`.
    pub fn centre(&self, i: usize, cells: usize) -> f64 {
        along(self.range, self.scale, (i as f64 + 0.5) / cells as f64)
    }

    /// The value of the finished map's cell that holds `value`, within what the parameter allows.
    pub fn snapped(&self, value: f64) -> f64 {
        let cells = LEVELS[LEVELS.len() - 1];
        let [low, high] = self.range.map(|v| self.scale.forward(v).unwrap_or(0.0));
        let share = self.scale.forward(value).map_or(0.0, |v| (v - low) / (high - low));
        let [least, most] = self.spec.bounds();
        self.centre(((share * cells as f64).max(0.0) as usize).min(cells - 1), cells).clamp(least, most)
    }

    fn axis(&self, lang: Lang) -> Axis {
        let label = rich(&format!("{} {}", self.spec.name.get(lang), self.spec.symbol));
        let axis = Axis::new(label, self.spec.unit).range(self.range[0], self.range[1]);
        Axis { scale: self.scale, ..axis }
    }
}

/// Something measured on a run.
#[derive(Clone, Copy, Debug)]
pub struct Quantity {
    /// Identifier and name.
    pub choice: Choice,
    /// What stands beside the colour bar.
    pub label: Text,
    /// Values at the two ends of the colours.
    pub range: [f64; 2],
}

/// What a scene declares so that it can be surveyed.
pub trait Survey: Sync {
    /// What can be measured; the first is the usual one.
    fn quantities(&self) -> &'static [Quantity];

    /// The parameters that can be swept, two at least, in the order they are offered.
    fn swept(&self, values: &Values, view: View) -> Vec<Swept>;

    /// The lanes that are measured: bit for bit those of the whole experiment.
    fn lanes(&self, values: &Values, seed: u64, view: View) -> Result<Setup, SceneError>;

    /// Whether nothing that is measured can change any more.
    fn is_decided(&self, run: &Run, view: View) -> bool;

    /// The quantity of this index, measured on a run; NaN where it does not exist.
    fn measure(&self, quantity: usize, run: &Run, view: View) -> f64;
}

/// What can be chosen for an option of a sweep.
pub fn choices(survey: &dyn Survey, opt: Opt, values: &Values) -> Vec<Choice> {
    let named = |s: &Swept| Choice { id: s.spec.id, name: s.spec.name };
    match opt {
        Opt::Across => survey.swept(values, View::new(Lang::default())).iter().map(named).collect(),
        Opt::Up => upright(survey.swept(values, View::new(Lang::default()))).iter().map(named).collect(),
        Opt::Quantity => survey.quantities().iter().map(|q| q.choice).collect(),
        _ => Vec::new(),
    }
}

/// The same parameters in the order they are offered along y: the usual one is another than along x.
fn upright(mut swept: Vec<Swept>) -> Vec<Swept> {
    if swept.len() > 1 {
        swept.swap(0, 1);
    }
    swept
}

/// The parameters chosen along x and y; two of one kind become two different ones.
pub fn chosen(survey: &dyn Survey, values: &Values, view: View) -> Option<[Swept; 2]> {
    let swept = survey.swept(values, view);
    let pick = |list: &[Swept], opt| list.get(view.options.get(opt)).or(list.first()).copied();
    let across = pick(&swept, Opt::Across)?;
    let up = upright(swept);
    let wanted = pick(&up, Opt::Up)?;
    let other = up.into_iter().find(|s| s.spec.id != across.spec.id)?;
    Some([across, if wanted.spec.id == across.spec.id { other } else { wanted }])
}

/// The index of the quantity chosen.
fn measured(survey: &dyn Survey, view: View) -> usize {
    let wanted = view.options.get(Opt::Quantity);
    if wanted < survey.quantities().len() { wanted } else { 0 }
}

/// Sets both parameters to the cell that holds `at`.
pub fn pick(survey: &dyn Survey, at: [f64; 2], values: &mut Values, view: View) -> Result<(), SceneError> {
    let Some(axes) = chosen(survey, values, view) else {
        return Err(SceneError::Refused(t("There is nothing to sweep here.", "这里没有可扫描的参数。")));
    };
    let mut next = values.clone();
    for (axis, at) in axes.iter().zip(at) {
        next.set(axis.spec.id, axis.snapped(at))?;
    }
    *values = next;
    Ok(())
}

/// All that a map depends on. Equal sweeps give equal maps to the last bit.
#[derive(Clone, PartialEq)]
pub struct Sweep {
    scene: SceneRef,
    values: Values,
    seed: u64,
    view: View,
    axes: [Swept; 2],
    quantity: usize,
}

impl std::fmt::Debug for Sweep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Sweep { scene, values, seed, view, axes: [x, y], quantity } = self;
        let (id, lens) = (scene.meta().id, view.lens.id());
        let values = values.texts();
        write!(
            f,
            "Sweep {{ {id}, {lens}, {} by {}, quantity {quantity}, {values:?}, seed {seed} }}",
            x.spec.id, y.spec.id
        )
    }
}

impl Sweep {
    /// The sweep chosen in `view` around `values`; `None` if the scene cannot be surveyed.
    pub fn of(scene: &SceneRef, values: &Values, seed: u64, view: View) -> Option<Self> {
        let survey = scene.survey()?;
        let axes = chosen(survey, values, view)?;
        let quantity = measured(survey, view);
        // What is swept, and how it is looked at, does not matter.
        let mut values = values.clone();
        for axis in &axes {
            values.set(axis.spec.id, axis.spec.default).ok()?;
        }
        let view = View { lens: view.lens, mode: view.mode, ..View::new(Lang::default()) };
        Some(Sweep { scene: scene.clone(), values, seed, view, axes, quantity })
    }

    /// Whether a map of `other` has its cells at the same places.
    pub fn is_over(&self, other: &Sweep) -> bool {
        self.axes == other.axes
    }

    /// The quantity at one point, on a run of its own.
    pub fn cell(&self, at: [f64; 2]) -> f64 {
        self.measured(at).unwrap_or(f64::NAN)
    }

    fn measured(&self, at: [f64; 2]) -> Option<f64> {
        let survey = self.scene.survey()?;
        let mut values = self.values.clone();
        for (axis, at) in self.axes.iter().zip(at) {
            values.set(axis.spec.id, at).ok()?;
        }
        let setup = survey.lanes(&values, self.seed, self.view).ok()?;
        let mut run = Run::of(setup, &values, self.seed, STEPS);
        while !run.is_complete() && !survey.is_decided(&run, self.view) {
            run.compute(STRETCH);
        }
        Some(survey.measure(self.quantity, &run, self.view))
    }

    /// The map of `cells` by `cells`, shared among `threads`; `None` if it was stopped.
    pub fn map(&self, cells: usize, threads: usize, stop: &AtomicBool) -> Option<SweepMap> {
        let row = |iy: usize| -> Option<Vec<f64>> {
            let y = self.axes[1].centre(iy, cells);
            let cell = |ix| (!stop.load(Ordering::Relaxed)).then(|| self.cell([self.axes[0].centre(ix, cells), y]));
            (0..cells).map(cell).collect()
        };
        let threads = threads.clamp(1, cells.max(1));
        let share = |first: usize| -> Option<Vec<Vec<f64>>> { (first..cells).step_by(threads).map(row).collect() };
        let shares: Vec<Vec<Vec<f64>>> = std::thread::scope(|scope| {
            let jobs: Vec<_> = (0..threads).map(|first| scope.spawn(move || share(first))).collect();
            jobs.into_iter().map(|job| job.join().ok().flatten()).collect::<Option<_>>()
        })?;
        let values = (0..cells).flat_map(|iy| shares[iy % threads][iy / threads].iter().copied()).collect();
        Some(SweepMap { sweep: self.clone(), cells, values })
    }

    /// The finished map, on all processors.
    pub fn finished(&self) -> Option<SweepMap> {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        self.map(LEVELS[LEVELS.len() - 1], threads, &AtomicBool::new(false))
    }
}

/// A measured map.
pub struct SweepMap {
    /// What it is of.
    pub sweep: Sweep,
    /// Cells along each side.
    pub cells: usize,
    /// Row by row from the lowest value along y; NaN where there is nothing to measure.
    pub values: Vec<f64>,
}

impl SweepMap {
    /// Whether it has as many cells as it is going to have.
    pub fn is_finished(&self) -> bool {
        self.cells >= LEVELS[LEVELS.len() - 1]
    }

    /// Lays the map under what a figure shows of a sweep.
    pub fn under(&self, figure: &mut Figure<'_>, lang: Lang) {
        let panels = figure.panels.iter_mut().filter(|p| p.pick == Some(VIEW));
        for panel in panels {
            let place = panel.layers.iter().take_while(|l| matches!(l, Layer::Region(_))).count();
            panel.layers.splice(place..place, self.layer(lang));
        }
    }

    fn layer(&self, lang: Lang) -> Option<Layer<'static>> {
        let Sweep { axes: [x, y], scene, quantity, .. } = &self.sweep;
        let quantity = scene.survey()?.quantities().get(*quantity)?;
        Some(Layer::HeatMap(HeatMap {
            x: x.range,
            y: y.range,
            nx: self.cells,
            values: self.values.clone().into(),
            range: quantity.range,
            map: Colormap::Viridis,
            label: rich(quantity.label.get(lang)),
        }))
    }
}

/// The panel a map is laid in: axes, ruled ground where the map will be blank, the present values.
pub fn panel<'a>(scene: &dyn Scene, run: &Run, view: View, borders: Vec<Layer<'a>>) -> Option<Panel<'a>> {
    let axes = chosen(scene.survey()?, run.values_at(0), view)?;
    let mut panel = Panel::new(VIEW, axes[0].axis(view.lang), axes[1].axis(view.lang));
    let [[left, right], [low, high]] = axes.map(|a| a.range);
    panel.layers.push(Layer::Region(Region {
        x: vec![left, right, right, left].into(),
        y: vec![low, low, high, high].into(),
        name: Some(Rich::from(t("nothing to measure", "无可测量").get(view.lang))),
        ink: Ink::Danger,
        hatch: Some(Hatch::Rising),
    }));
    panel.layers.extend(borders);
    let values = run.values_at(view.now);
    let at = axes.map(|a| values.get(a.spec.id));
    panel.layers.push(Layer::Points(Points {
        x: vec![at[0]].into(),
        y: vec![at[1]].into(),
        name: Some(Rich::from(t("present values", "当前值").get(view.lang))),
        ink: view.lens.ink(),
        marker: Marker::Diamond,
        size: 2.2,
    }));
    panel.pick = Some(VIEW);
    Some(panel)
}

/// A border known from theory, as a named line over a map.
pub fn border<'a>(points: Vec<[f64; 2]>, name: &str, ink: Ink, dash: Dash) -> Layer<'a> {
    let (x, y): (Vec<f64>, Vec<f64>) = points.into_iter().map(|[x, y]| (x, y)).unzip();
    let weight = crate::figure::Weight::Normal;
    Layer::Line(crate::figure::Line {
        x: x.into(),
        y: y.into(),
        name: Some(rich(name)),
        ink,
        dash,
        weight,
        marker: None,
    })
}
