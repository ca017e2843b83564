//! All that can be taken back: the experiment, what it is compared with, how it is looked at.

use super::{Layout, Plan};
use crate::scenes::{Lens, Options};

/// How a run is looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    /// Lens.
    pub lens: Lens,
    /// Eigenmode looked at, from 0.
    pub mode: usize,
    /// What was chosen for views that leave a choice.
    pub options: Options,
    /// A stretch of iterations set off from the rest, first and last.
    pub brush: Option<[u64; 2]>,
    /// The tiles of the bench.
    pub layout: Layout,
}

/// The state of a session that undo, redo and session files hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What defines the run.
    pub plan: Plan,
    /// What defines the runs it is compared with, at most [`Document::MOST_PINS`].
    pub pins: Vec<Plan>,
    /// How it is looked at.
    pub look: Look,
}

impl Document {
    /// Most runs pinned at a time.
    pub const MOST_PINS: usize = 8;

    /// A plan with nothing to compare it with, looked at in the usual way.
    pub fn new(plan: Plan) -> Self {
        let look = Look { lens: super::usual_lens(&*plan.scene), ..Look::default() };
        Document { plan, pins: Vec::new(), look }
    }
}
