//! Computing: at once, under a budget at every tick, or beside on other threads.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::beside::Beside;
use super::{Pin, Plan, Session};
use crate::scenes::Run;

/// Particle-steps computed per call of [`Session::tick`]: a few milliseconds of work, so that a
/// long run never holds up a frame.
const WORK_PER_TICK: u64 = 60_000;
/// What takes longer than so many ticks is left to another thread once it has begun, if there is one.
const MANY_TICKS: u64 = 20;

/// Whether what is missing of a run is made on a thread of its own: its iterations take long, or there are many
/// of them. The first of many are made at once, so that a change is never answered by an empty plot.
pub(super) fn is_for_beside(run: &Run) -> bool {
    run.is_heavy() || run.done() > 0 && run.left() > MANY_TICKS * WORK_PER_TICK
}

impl Session {
    /// From now on computes runs of large clouds, and reads their states for figures, on threads of their
    /// own, so that no tick waits for one; `wake` is called from there when a tick would bring news. Numbers
    /// stay the same to the last bit; figures of a moment may show the one before until it is there.
    pub fn work_beside(&mut self, wake: impl Fn() + Send + Sync + 'static) {
        self.beside = Some(Mutex::new(Beside::new(Arc::new(wake))));
        self.share_out();
    }

    /// Gives back the memory of a run that is over; of a large cloud that takes a while, so beside, if it can.
    pub(super) fn let_go(&self, old: Run) {
        if self.works_beside() && old.is_heavy() {
            std::thread::spawn(move || drop(old));
        }
    }

    /// Goes on with a run that was made elsewhere, the session's own or a pinned one, if it is one of its plans,
    /// begins with the same numbers (data may have changed since) and is farther than what is there; whether it was.
    pub fn take_over(&mut self, plan: &Plan, made: Run) -> bool {
        let fits = |run: &Run| run.done() < made.done() && run.begins(&made);
        let place = runs(&self.document.plan, &mut self.run, &mut self.pins)
            .find_map(|(own, run)| (own == plan && fits(run)).then_some(run));
        let Some(place) = place else { return false };
        let old = std::mem::replace(place, made);
        self.let_go(old);
        self.share_out();
        self.revision += 1;
        true
    }

    /// Whether it computes on threads of its own.
    pub fn works_beside(&self) -> bool {
        self.beside.is_some()
    }

    /// Tells all runs whether there are other threads.
    pub(super) fn share_out(&mut self) {
        let on = self.beside.is_some();
        if let Some(beside) = self.beside.as_mut().map(unlocked) {
            beside.turn();
        }
        self.run.set_beside(on);
        self.pins.iter_mut().for_each(|pin| pin.run.set_beside(on));
    }

    /// Makes `steps` more iterations right away, of the run and of those pinned beside it.
    pub fn advance(&mut self, steps: u64) {
        for (plan, run) in runs(&self.document.plan, &mut self.run, &mut self.pins) {
            plan.compute(run, steps);
            run.measure();
        }
        self.grow(true);
    }

    /// Lets `wall` pass: computes what is missing under a budget of work and moves now.
    pub fn tick(&mut self, wall: Duration) {
        self.work();
        self.history.tick(wall);
        self.playback.tick(wall, self.stretch(), self.run.done());
    }

    /// Computes under a budget: the run first, then the pinned ones. What takes longer is left to other
    /// threads, if there are any.
    pub(super) fn work(&mut self) {
        let mut runs: Vec<_> = runs(&self.document.plan, &mut self.run, &mut self.pins).collect();
        let mut new = false;
        if let Some(beside) = self.beside.as_mut().map(unlocked) {
            new |= beside.make(&mut runs, self.held);
            // A state that was read shows another picture of the same run.
            self.revision += u64::from(beside.view(&mut runs));
        }
        let next = runs.into_iter().find(|(_, run)| !run.is_complete());
        if let Some((plan, run)) =
            next.filter(|(_, run)| !self.held && (self.beside.is_none() || !run.is_lent() && !is_for_beside(run)))
        {
            plan.compute(run, (WORK_PER_TICK / run.cost().max(1)).max(1));
            new = true;
        }
        self.grow(new);
    }

    /// Notes that there may be more of the same run.
    fn grow(&mut self, new: bool) {
        self.revision += u64::from(new);
        self.grown += u64::from(new);
    }
}

fn unlocked(beside: &mut Mutex<Beside>) -> &mut Beside {
    beside.get_mut().unwrap_or_else(PoisonError::into_inner)
}

/// The run and those pinned beside it, each with its plan.
fn runs<'s>(plan: &'s Plan, run: &'s mut Run, pins: &'s mut [Pin]) -> impl Iterator<Item = (&'s Plan, &'s mut Run)> {
    let pinned = pins.iter_mut().map(|p| (&p.plan, &mut p.run));
    std::iter::once((plan, run)).chain(pinned)
}
