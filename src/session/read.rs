//! What can be read of a session.

use super::{Document, Look, Pin, Plan, Playback, Session, pins};
use crate::figure::Figure;
use crate::scenes::{Lens, Rival, Run, Scene, View};
use crate::text::Lang;

impl Session {
    /// The scene.
    pub fn scene(&self) -> &dyn Scene {
        &*self.document.plan.scene
    }

    /// All that can be taken back.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What defines the run.
    pub fn plan(&self) -> &Plan {
        &self.document.plan
    }

    /// The run.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// The run and those it is compared with, each with its plan.
    pub fn runs(&self) -> impl Iterator<Item = (&Plan, &Run)> {
        std::iter::once((self.plan(), &self.run)).chain(self.pins.iter().map(|pin| (&pin.plan, &pin.run)))
    }

    /// The runs it is compared with.
    pub fn pins(&self) -> &[Pin] {
        &self.pins
    }

    /// The pinned runs under the names that tell them apart.
    pub fn rivals(&self, lang: Lang) -> Vec<Rival<'_>> {
        let labels = pins::labels(&self.pins, &self.run.values, lang);
        labels.into_iter().zip(&self.pins).map(|(label, pin)| Rival { label, run: &pin.run }).collect()
    }

    /// How the run is looked at.
    pub fn look(&self) -> &Look {
        &self.document.look
    }

    /// The lens.
    pub fn lens(&self) -> Lens {
        self.document.look.lens
    }

    /// The eigenmode looked at.
    pub fn mode(&self) -> usize {
        self.document.look.mode
    }

    /// The clock.
    pub fn playback(&self) -> Playback {
        self.playback
    }

    /// Whether a change applies from now on.
    pub fn is_from_now(&self) -> bool {
        self.from_now
    }

    /// Whether what is being computed waits.
    pub fn is_held(&self) -> bool {
        self.held && !self.is_computed()
    }

    /// Whether there is something to take back or to make again.
    pub fn can_undo_redo(&self) -> [bool; 2] {
        [self.history.can_undo(), self.history.can_redo()]
    }

    /// A number that is another one whenever figures may look different, the moment shown apart.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// A number that stays the same as long as nothing happens but that the same run goes on.
    pub fn way(&self) -> u64 {
        self.revision - self.grown
    }

    /// From where the run is looked at.
    pub fn view(&self, lang: Lang) -> View {
        let Look { lens, mode, options, brush, .. } = self.document.look;
        View { lang, lens, mode, now: self.playback.now, brush, options }
    }

    /// The figures of the run as computed so far.
    pub fn figures(&self, lang: Lang) -> Vec<Figure<'_>> {
        let ids = self.scene().views(&self.run.values, self.view(lang));
        ids.iter().filter_map(|v| self.figure(v.id, lang)).collect()
    }

    /// The value of a parameter as the present lens sees it.
    pub fn read(&self, id: &str) -> f64 {
        self.scene().read(id, &self.run.values, self.mode())
    }

    /// Whether anything moves, so that another frame is worth drawing. Who computes on other threads is
    /// woken when there is something to see.
    pub fn is_busy(&self) -> bool {
        let mut runs = std::iter::once(&self.run).chain(self.pins.iter().map(|p| &p.run));
        let next = runs.find(|run| !run.is_complete());
        let waits = |run: &Run| self.held || self.works_beside() && run.is_lent();
        self.playback.playing || next.is_some_and(|run| !waits(run))
    }

    /// Whether the run and all that are pinned are computed to their ends.
    pub fn is_computed(&self) -> bool {
        self.run.is_complete() && self.pins.iter().all(|p| p.run.is_complete())
    }
}
