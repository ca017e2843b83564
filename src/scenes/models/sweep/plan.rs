//! All that a map depends on, and the run of one cell.

use std::sync::atomic::AtomicBool;

use super::{Errand, FINEST, Quantity, STEPS, SweepMap, Swept, chosen, measured, work};
use crate::param::Values;
use crate::scenes::{Run, SceneRef, View};
use crate::text::Lang;

/// Iterations between two looks at whether a run is decided.
const STRETCH: u64 = 16;

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
        Sweep::over(scene, values, seed, view, chosen(survey, values, view)?, measured(survey, view))
    }

    /// The sweep of a quantity over any two parameters; `None` if the scene cannot be surveyed, does not
    /// measure it, or does not know them.
    pub fn over(
        scene: &SceneRef,
        values: &Values,
        seed: u64,
        view: View,
        axes: [Swept; 2],
        quantity: usize,
    ) -> Option<Self> {
        scene.survey()?.quantities().get(quantity)?;
        // What is swept, and how it is looked at, does not matter.
        let mut values = values.clone();
        for axis in &axes {
            values.set(axis.spec.id, axis.spec.default).ok()?;
        }
        let view = View { lens: view.lens, mode: view.mode, ..View::new(Lang::default()) };
        Some(Sweep { scene: scene.clone(), values, seed, view, axes, quantity })
    }

    /// The scene.
    pub fn scene(&self) -> &SceneRef {
        &self.scene
    }

    /// The values around which it is made; what is swept stands at its default.
    pub fn values(&self) -> &Values {
        &self.values
    }

    /// The seed of every cell.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The lens and the mode it looks through.
    pub fn view(&self) -> View {
        self.view
    }

    /// What is swept along x and along y.
    pub fn axes(&self) -> &[Swept; 2] {
        &self.axes
    }

    /// The index of what is measured.
    pub fn index(&self) -> usize {
        self.quantity
    }

    /// What is measured.
    pub fn quantity(&self) -> Option<&'static Quantity> {
        self.scene.survey()?.quantities().get(self.quantity)
    }

    /// Whether a map of `other` has its cells at the same places.
    pub fn is_over(&self, other: &Sweep) -> bool {
        self.axes == other.axes
    }

    /// The values of the swept parameters in one cell, counted row by row from the lowest along y.
    pub fn place(&self, cell: usize, [nx, ny]: [usize; 2]) -> [f64; 2] {
        [self.axes[0].centre(cell % nx.max(1), nx), self.axes[1].centre(cell / nx.max(1), ny)]
    }

    /// The quantity at one point.
    pub fn cell(&self, at: [f64; 2]) -> f64 {
        let mut out = [f64::NAN];
        self.block(&[at], &mut out);
        out[0]
    }

    /// Writes the quantity at every point into `out`; NaN where there is nothing to measure.
    pub fn block(&self, at: &[[f64; 2]], out: &mut [f64]) {
        let Some(survey) = self.scene.survey() else { return out.fill(f64::NAN) };
        survey.block(self, at, out);
        // Every way of having no number is one.
        out.iter_mut().filter(|v| !v.is_finite()).for_each(|v| *v = f64::NAN);
    }

    /// The same by a run of its own for every point.
    pub fn runs(&self, at: &[[f64; 2]], out: &mut [f64]) {
        let (mut values, mut spare) = (self.values.clone(), Vec::new());
        for (at, out) in at.iter().zip(out) {
            *out = self.measured(*at, &mut values, &mut spare).unwrap_or(f64::NAN);
        }
    }

    fn measured(&self, at: [f64; 2], values: &mut Values, spare: &mut Vec<crate::core::Trace>) -> Option<f64> {
        let survey = self.scene.survey()?;
        for (axis, at) in self.axes.iter().zip(at) {
            values.set(axis.spec.id, at).ok()?;
        }
        let setup = survey.lanes_of(self.quantity, values, self.seed, self.view).ok()?;
        let mut run = Run::brief(setup, values, self.seed, STEPS, spare);
        while !run.is_complete() && !survey.is_enough(self.quantity, &run, self.view) {
            run.compute(STRETCH);
        }
        let measured = survey.measure(self.quantity, &run, self.view);
        *spare = run.spare();
        Some(measured)
    }

    /// The map of `cells` by `cells`, shared among `threads`; `None` if it was stopped.
    pub fn map(&self, cells: usize, threads: usize, stop: &AtomicBool) -> Option<SweepMap> {
        let mut values = Vec::with_capacity(cells * cells);
        let errand = Errand { sweep: self, cells: [cells; 2], order: &|k| k, from: 0, to: cells * cells };
        let whole = work(errand, threads, stop, &mut |block| values.extend_from_slice(block));
        whole.then(|| SweepMap::whole(self.clone(), [cells; 2], values))
    }

    /// The finished map, on all processors.
    pub fn finished(&self) -> Option<SweepMap> {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        self.map(FINEST, threads, &AtomicBool::new(false))
    }
}
