//! What the window knows of a reader of the chapter: how far they are, what they predicted, and what the
//! open scene says of its run.
//!
//! A prediction belongs to the values it was made for; once others are in force it is no longer shown and
//! another can be made. What a scene says of its run is asked for once per change of the run, not per frame.
//! `order` is the order of the chapter, `sketch` a curve drawn by hand.

mod deed;
pub mod order;
mod sketch;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

pub use deed::Deed;
pub use sketch::{Gap, Sketch};

use crate::figure::Axis;
use crate::files::{Progress, Reading};
use crate::scenes::{Finding, Lens, Predict, Seen, Story, View};
use crate::session::{Plan, Session};
use crate::text::Lang;

/// What takes longer than this is not asked for again while something is being dragged.
const LONG: Duration = Duration::from_millis(8);

/// A run as a prediction is about it.
struct About {
    plan: Plan,
    lens: Lens,
    mode: usize,
}

impl About {
    fn of(session: &Session) -> About {
        About { plan: session.plan().clone(), lens: session.lens(), mode: session.mode() }
    }

    /// Whether it is about the run as it is.
    fn holds(&self, session: &Session) -> bool {
        self.plan == *session.plan() && (self.lens, self.mode) == (session.lens(), session.mode())
    }
}

/// What somebody said a run would do, beside what it does.
#[derive(Clone, Debug, PartialEq)]
pub enum Guess {
    /// One of several answers, and the right one.
    Chosen {
        /// The index of the one chosen.
        chosen: usize,
        /// The index of the right one.
        right: usize,
    },
    /// A curve.
    Drawn {
        /// As it was drawn.
        sketch: Sketch,
        /// The ranges of the axes it was drawn over.
        ranges: [[f64; 2]; 2],
        /// The true curve, abscissae and ordinates.
        truth: [Vec<f64>; 2],
        /// How far the sketch is from it; `None` if they have no place in common.
        gap: Option<Gap>,
    },
}

/// What the open scene says of its run.
pub struct Told {
    stamp: (u64, Lang),
    /// The answer to its question.
    pub answer: String,
    /// What became of the claims, in their order.
    pub findings: Vec<Finding>,
    /// Whether it is said of the run as it is now.
    pub fresh: bool,
    cost: Duration,
}

/// A reader of the chapter.
#[derive(Default)]
pub struct Reader {
    progress: Progress,
    path: Option<PathBuf>,
    /// The scene whose bench is veiled by its question.
    veil: Option<&'static str>,
    guesses: BTreeMap<&'static str, (About, Guess)>,
    told: Option<Told>,
}

impl Reader {
    /// Takes over how far a reader was; keeps it in `path` from now on, if there is one.
    pub fn resume(&mut self, progress: Progress, path: Option<PathBuf>) {
        (self.progress, self.path) = (progress, path);
    }

    /// How far the reader is.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// How far the reader is with the open scene.
    pub fn reading(&self, session: &Session) -> Reading {
        self.progress.of(session.scene().meta().id)
    }

    /// What the open scene asks, if its question lies over the bench.
    pub fn veil(&self, session: &Session) -> Option<&'static Story> {
        let open = self.veil == Some(session.scene().meta().id);
        session.scene().story().filter(|_| open)
    }

    /// Whether a question is open, so that nothing that gives the answer away is shown.
    pub fn is_asking(&self, session: &Session) -> bool {
        self.veil(session).is_some() && self.guess(session).is_none()
    }

    /// What was predicted of the run as it is.
    pub fn guess(&self, session: &Session) -> Option<&Guess> {
        let (about, guess) = self.guesses.get(session.scene().meta().id)?;
        about.holds(session).then_some(guess)
    }

    /// Whether something was predicted of the open scene with other values.
    pub fn is_stale(&self, session: &Session) -> bool {
        self.guesses.contains_key(session.scene().meta().id) && self.guess(session).is_none()
    }

    /// Whether the answer of the open scene may be shown.
    pub fn may_tell(&self, session: &Session) -> bool {
        session.scene().story().is_some() && self.reading(session).answer && !self.is_asking(session)
    }

    /// What the open scene says of its run, once that is computed.
    pub fn told(&self) -> Option<&Told> {
        self.told.as_ref()
    }

    /// Asks the open scene what it says of its run, if that changed; `held` while something is dragged.
    pub fn listen(&mut self, session: &Session, lang: Lang, held: bool) {
        let story = session.scene().story().filter(|_| self.may_tell(session) && session.run().is_complete());
        let Some(story) = story else {
            self.told = None;
            return;
        };
        let stamp = (session.revision(), lang);
        if let Some(told) = self.told.as_mut().filter(|told| told.stamp == stamp || held && told.cost > LONG) {
            told.fresh = told.stamp == stamp;
            return;
        }
        let (seen, start) = (seen(session, lang), Instant::now());
        let answer = (story.answer)(&seen);
        let findings = story.claims.iter().map(|claim| (claim.judge)(&seen)).collect();
        self.told = Some(Told { stamp, answer, findings, fresh: true, cost: start.elapsed() });
    }

    /// Holds the answer of this index against the run.
    fn choose(&mut self, session: &Session, chosen: usize) {
        let Some(Predict::Choose { right, choices, .. }) = predict(session) else { return };
        let right = right(&seen(session, Lang::default()));
        if right < choices.len() {
            self.keep(session, Guess::Chosen { chosen, right });
        }
    }

    /// Holds a sketch over these axes against the run.
    fn compare(&mut self, session: &Session, sketch: Sketch, axes: &[Axis; 2]) {
        let Some(Predict::Sketch { truth, .. }) = predict(session) else { return };
        let truth = truth(&seen(session, Lang::default()));
        let ranges = axes.each_ref().map(|axis| axis.range.unwrap_or([0.0, 1.0]));
        let curve: Vec<[f64; 2]> =
            truth[0].iter().zip(&truth[1]).map(|(x, y)| [share(&axes[0], *x), share(&axes[1], *y)]).collect();
        let gap = sketch.gap(&curve);
        self.keep(session, Guess::Drawn { sketch, ranges, truth, gap });
    }

    fn keep(&mut self, session: &Session, guess: Guess) {
        let id = session.scene().meta().id;
        self.progress.predicted(id, deed::outcome(&guess));
        self.progress.answered(id);
        self.guesses.insert(id, (About::of(session), guess));
    }
}

/// What is asked of the open scene, once its run can answer.
fn predict(session: &Session) -> Option<Predict> {
    session.scene().story().filter(|_| session.run().is_complete()).map(|story| story.predict)
}

/// The run as its story looks at it: from its end, all of it.
fn seen(session: &Session, lang: Lang) -> Seen<'_> {
    let run = session.run();
    Seen { run, view: View { now: run.done(), brush: None, ..session.view(lang) } }
}

/// Where a value lies between the ends of an axis, as a share of its length; NaN if nowhere.
pub fn share(axis: &Axis, value: f64) -> f64 {
    let place = |v: f64| axis.scale.forward(v).unwrap_or(f64::NAN);
    let [low, high] = axis.range.unwrap_or([0.0, 1.0]).map(place);
    (place(value) - low) / (high - low)
}

/// The value at a share of the length of an axis.
pub fn value_at(axis: &Axis, share: f64) -> f64 {
    let place = |v: f64| axis.scale.forward(v).unwrap_or(f64::NAN);
    let [low, high] = axis.range.unwrap_or([0.0, 1.0]).map(place);
    axis.scale.back(low + share * (high - low))
}
