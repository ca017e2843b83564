//! Everything a person can do.

use super::{Layout, Plan};
use crate::scenes::{Lens, Opt};

/// Everything a person can do to a session.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Sets a parameter, derived ones included.
    Set {
        /// Identifier.
        id: String,
        /// Value.
        value: f64,
    },
    /// Sets a parameter from typed text.
    SetText {
        /// Identifier.
        id: String,
        /// What was typed.
        text: String,
    },
    /// Drags a handle of a figure.
    Drag {
        /// Handle.
        handle: String,
        /// Where to, in data units.
        at: [f64; 2],
    },
    /// Does something the scene offers ([`crate::scenes::Scene::actions`]).
    Act(String),
    /// Back to the scene's defaults, bit for bit.
    Reset,
    /// Starts from one of the scene's presets.
    Preset(usize),
    /// Another seed.
    Seed(u64),
    /// Another length of the run.
    Steps(u64),
    /// Looks through another lens.
    Lens(Lens),
    /// Looks at another eigenmode.
    Mode(usize),
    /// Starts or stops the clock.
    Play(bool),
    /// Moves now by so many iterations.
    Step(i64),
    /// Moves now to an iteration.
    Seek(u64),
    /// Speed factor of the clock.
    Speed(f64),
    /// Whether the clock starts over at the end of the run, or of the stretch under inspection.
    Loop(bool),
    /// Sets a stretch of iterations off from the rest, first and last, or none.
    Brush(Option<[u64; 2]>),
    /// Chooses for every view that leaves this choice.
    Choose(Opt, usize),
    /// Arranges the bench.
    Arrange(Layout),
    /// Keeps the present run to compare others with.
    Pin,
    /// Lets go of a pinned run.
    Unpin(usize),
    /// Lets go of all pinned runs.
    UnpinAll,
    /// Puts a pinned run's values in force.
    Recall(usize),
    /// Opens another experiment.
    Open(Plan),
    /// Makes the same runs again, because data that they read was brought anew.
    Renew,
    /// Whether a change applies from now on instead of to the whole run.
    FromNow(bool),
    /// Whether what is being computed waits as far as it is, until told to go on or something is changed.
    Hold(bool),
    /// Takes the last change back.
    Undo,
    /// Makes it again.
    Redo,
}
