//! The map over two parameters that belongs to a session.
//!
//! The window makes it coarse first and finer later, on a thread of its own, and attaches what is
//! there; a figure that is printed waits for the finished one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Session;
use crate::figure::Figure;
use crate::scenes::compared;
use crate::scenes::models::sweep::{Sweep, SweepMap, VIEW};
use crate::text::Lang;

/// Holds the newest map.
#[derive(Default)]
pub(super) struct Shelf(Mutex<Option<Arc<SweepMap>>>);

impl Shelf {
    fn open(&self) -> MutexGuard<'_, Option<Arc<SweepMap>>> {
        // A map is put in whole, so what a thread that stopped left behind is whole too.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    /// The sweep chosen now; `None` if the scene cannot be surveyed.
    pub fn sweep(&self) -> Option<Sweep> {
        let plan = self.plan();
        Sweep::of(&plan.scene, self.run.values_at(0), plan.seed, self.view(Lang::default()))
    }

    /// The map made last, perhaps of another sweep.
    pub fn sweep_map(&self) -> Option<Arc<SweepMap>> {
        self.shelf.open().clone()
    }

    /// Keeps a map and shows it from now on.
    pub fn attach(&mut self, map: Arc<SweepMap>) {
        *self.shelf.open() = Some(map);
        self.revision += 1;
    }

    /// One figure of the run and of those pinned beside it, over the map made last where it is a sweep.
    pub fn figure(&self, id: &str, lang: Lang) -> Option<Figure<'_>> {
        let mut figure = compared(self.scene(), id, &self.run, &self.rivals(lang), self.view(lang))?;
        if id == VIEW
            && let (Some(map), Some(sweep)) = (self.sweep_map(), self.sweep())
            && map.sweep.is_over(&sweep)
        {
            map.under(&mut figure, lang);
        }
        Some(figure)
    }

    /// The same figure with nothing left to compute: a sweep that is not finished is finished here, and
    /// states are those of their moment.
    pub fn finished_figure(&self, id: &str, lang: Lang) -> Option<Figure<'_>> {
        if id == VIEW
            && let Some(sweep) = self.sweep()
            && !self.sweep_map().is_some_and(|map| map.is_finished() && map.sweep == sweep)
        {
            *self.shelf.open() = sweep.finished().map(Arc::new);
        }
        let runs = || std::iter::once(&self.run).chain(self.pins().iter().map(|p| &p.run));
        runs().for_each(|run| run.answer_beside(false));
        let figure = self.figure(id, lang);
        runs().for_each(|run| run.answer_beside(self.works_beside()));
        figure
    }
}
