//! Long runs: looked for on disk when they begin, kept there while they are made.

use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::{Duration, Instant};

use egui::Context;

use crate::export::ExportError;
use crate::files::keep::RunShelf;
use crate::scenes::Run;
use crate::session::{Plan, Session};

/// What is lost at most of a run that is computed.
const EVERY: Duration = Duration::from_secs(5);

/// The long runs of a window.
pub(super) struct Training {
    shelf: RunShelf,
    known: Vec<Known>,
}

/// A run that is watched.
struct Known {
    plan: Plan,
    /// What is on disk of it, while that is looked for.
    found: Option<Receiver<Option<Run>>>,
    /// How far it was when it was last looked at, and when that was.
    seen: u64,
    at: Instant,
}

impl Training {
    pub fn new(shelf: RunShelf) -> Self {
        Training { shelf, known: Vec::new() }
    }

    /// What went wrong with keeping them since the last call.
    pub fn fault(&self) -> Option<ExportError> {
        self.shelf.fault()
    }

    /// Looks at the runs once a frame; gives those that were found on disk.
    pub fn watch(&mut self, ctx: &Context, session: &Session) -> Vec<(Plan, Run)> {
        self.known.retain(|known| session.runs().any(|(plan, _)| *plan == known.plan));
        let mut found = Vec::new();
        for (plan, run) in session.runs().filter(|(_, run)| run.is_long()) {
            match self.known.iter_mut().find(|known| known.plan == *plan) {
                Some(known) => found.extend(known.look(&self.shelf, run, session.is_held())),
                None => {
                    let waker = ctx.clone();
                    let found = self.shelf.find(plan, move || waker.request_repaint());
                    self.known.push(Known { plan: plan.clone(), found, seen: run.done(), at: Instant::now() });
                }
            }
        }
        found
    }
}

impl Known {
    /// Brings home what was on disk, or hands over what was made since the last time.
    fn look(&mut self, shelf: &RunShelf, run: &Run, held: bool) -> Option<(Plan, Run)> {
        if let Some(found) = &self.found {
            let answer = match found.try_recv() {
                Err(TryRecvError::Empty) => return None,
                answer => answer.ok().flatten(),
            };
            self.found = None;
            return answer.map(|made| (self.plan.clone(), made));
        }
        // One that was begun again, because its data are others, is less far.
        self.seen = self.seen.min(run.done());
        // A run that rests brings no more frames in which to look again.
        if run.done() > self.seen && (held || run.is_complete() || self.at.elapsed() >= EVERY) {
            (self.seen, self.at) = (run.done(), Instant::now());
            if let Some(snapshot) = run.snapshot() {
                shelf.keep(self.plan.clone(), snapshot);
            }
        }
        None
    }
}
