//! Maps over two parameters of a quantity measured on short real runs.
//!
//! A scene that can be surveyed says which parameters and quantities there are ([`Survey`]). `plan`
//! holds all that a map depends on ([`Sweep`]) and makes the run of a cell, each a [`Run`] of its own
//! through the one loop; `work` shares cells among threads, `order` says which comes first; `map` draws
//! what was measured. A map depends on its [`Sweep`] and its cells only, never on how many threads
//! shared the work, in which order it was done or how often it was stopped.

mod map;
mod order;
mod plan;
mod work;

use crate::figure::{Axis, Colormap, Layer, Scale, along, rich};
use crate::param::{Choice, Spec, Values};
use crate::scenes::{Opt, Run, SceneError, Setup, View};
use crate::text::{Lang, Text, t};

pub use map::{SweepMap, border, caption, figure, panel};
pub use order::{FINEST, LEVELS, coarse_first};
pub use plan::Sweep;
pub use work::{BLOCK, Errand, work};

/// The view a sweep is shown in; also what a click into it is called.
pub const VIEW: &str = "sweep";

/// Its title.
pub const TITLE: Text = t("Sweep", "参数扫描");

/// Iterations of a cell's run at most.
pub const STEPS: u64 = 400;

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
        let [low, high] = self.range.map(|v| self.scale.forward(v).unwrap_or(0.0));
        let share = self.scale.forward(value).map_or(0.0, |v| (v - low) / (high - low));
        let [least, most] = self.spec.bounds();
        self.centre(((share * FINEST as f64).max(0.0) as usize).min(FINEST - 1), FINEST).clamp(least, most)
    }

    /// The parameter with this range, or whole decades more of it where the present value lies outside.
    /// It changes by decades only, so that a drag keeps the map.
    pub fn by_decades(spec: &'static Spec, [mut low, mut high]: [f64; 2], present: f64) -> Swept {
        let [least, most] = spec.bounds();
        while low > present && low > least && present > 0.0 {
            low /= 10.0;
        }
        while high < present && high < most {
            high *= 10.0;
        }
        let range = [low.clamp(least, most / 10.0), high.clamp(least * 10.0, most)];
        Swept { spec, range, scale: Scale::Log }
    }

    fn axis(&self, lang: Lang) -> Axis {
        let (name, symbol) = (self.spec.name.get(lang), rich(self.spec.symbol));
        // A slider is called as it is written.
        let label = if symbol.plain() == name { symbol } else { rich(&format!("{name} {}", self.spec.symbol)) };
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

impl Quantity {
    /// A quantity from its parts.
    pub const fn new(id: &'static str, name: Text, label: Text, range: [f64; 2]) -> Self {
        Quantity { choice: Choice { id, name }, label, range }
    }
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

    /// The lanes one quantity is measured on, recording no more than it needs.
    fn lanes_of(&self, quantity: usize, values: &Values, seed: u64, view: View) -> Result<Setup, SceneError> {
        let _ = quantity;
        self.lanes(values, seed, view)
    }

    /// Whether one quantity of a run can change no more.
    fn is_enough(&self, quantity: usize, run: &Run, view: View) -> bool {
        let _ = quantity;
        self.is_decided(run, view)
    }

    /// The colours of a quantity; [`Colormap::Classes`] are for the numbers of classes, 1 to 4.
    fn colours(&self, quantity: usize) -> Colormap {
        let _ = quantity;
        Colormap::Viridis
    }

    /// Writes the quantity at every point of a block of cells into `out`.
    ///
    /// A scene with a faster way for some of its cells takes it here; the numbers are those of
    /// [`Sweep::runs`] to the last bit.
    fn block(&self, sweep: &Sweep, at: &[[f64; 2]], out: &mut [f64]) {
        sweep.runs(at, out);
    }

    /// What is known of a map over these axes before it is measured, as lines over it.
    fn borders(&self, axes: &[Swept; 2], values: &Values, view: View) -> Vec<Layer<'static>> {
        let _ = (axes, values, view);
        Vec::new()
    }

    /// What stands under a map.
    fn caption(&self, quantity: usize, view: View) -> String {
        let _ = quantity;
        caption(view.lang).to_owned()
    }
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
