//! What defines a run to the last bit.

use super::MOST_STEPS;
use crate::param::Values;
use crate::scenes::{Example, Run, SceneError, SceneRef, Snapshot, TYPED_WORLD, carried, made};
use crate::text::t;

/// A change of one parameter in mid-run.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Iteration after which it holds.
    pub at: u64,
    /// Parameter.
    pub id: &'static str,
    /// Its new value.
    pub value: f64,
}

/// Scene, values, events, seed and length. Equal plans give equal bits.
#[derive(Clone, PartialEq)]
pub struct Plan {
    /// The scene.
    pub scene: SceneRef,
    /// Values at the start.
    pub values: Values,
    /// Changes in mid-run, by iteration.
    pub events: Vec<Event>,
    /// Seed of all noise.
    pub seed: u64,
    /// Iterations.
    pub steps: u64,
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Plan { scene, values, events, seed, steps } = self;
        let id = scene.meta().id;
        write!(f, "Plan {{ {id}, {:?}, {events:?}, seed {seed}, {steps} steps }}", values.texts())
    }
}

impl Plan {
    /// The defaults of a scene.
    pub fn new(scene: impl Into<SceneRef>) -> Self {
        let scene = scene.into();
        let (values, steps) = (Values::defaults(scene.params()), scene.meta().steps);
        Plan { scene, values, events: Vec::new(), seed: 1, steps }
    }

    /// A world to start from.
    ///
    /// # Errors
    /// A fault of its text, or a value it refuses.
    pub fn example(example: &Example) -> Result<Plan, SceneError> {
        let mut plan = Plan { steps: example.steps, ..Plan::new(made(TYPED_WORLD, Some(example.source))?) };
        for (id, text) in example.values {
            let value = plan.values.spec(id)?.read(text)?;
            plan.values.set(id, value)?;
        }
        Ok(plan)
    }

    /// The same run of a scene whose text was changed: what a reader had set stays as far as the new
    /// text knows and allows it ([`carried`]); changes in mid-run are forgotten.
    #[must_use]
    pub fn rewritten(&self, scene: SceneRef) -> Plan {
        let values = carried(&self.values, scene.params());
        let usual = self.steps == self.scene.meta().steps;
        let steps = if usual { scene.meta().steps } else { self.steps };
        Plan { scene, values, events: Vec::new(), seed: self.seed, steps }
    }

    /// Refuses a length no run may have.
    pub fn allows(steps: u64) -> Result<(), SceneError> {
        if (1..=MOST_STEPS).contains(&steps) {
            return Ok(());
        }
        Err(SceneError::Refused(t(
            "A run has 1 to 100000 iterations; the length stays as it was.",
            "迭代次数须在 1 到 100000 之间；长度保持不变。",
        )))
    }

    /// The run before its first iteration.
    pub fn start(&self) -> Result<Run, SceneError> {
        Run::new(&*self.scene, &self.values, self.seed, self.steps)
    }

    /// Computes up to `iterations` more, applying every event on its way.
    pub fn compute(&self, run: &mut Run, iterations: u64) {
        let end = run.done().saturating_add(iterations).min(self.steps);
        while run.done() < end {
            let next = self.next_stop(run).min(end);
            run.compute(next - run.done());
        }
        self.apply_events(run, end);
    }

    /// Applies the events that are due where the run stands, and says how far it may go on from there.
    pub(super) fn next_stop(&self, run: &mut Run) -> u64 {
        let from = run.done();
        self.apply_events(run, from);
        self.events.iter().map(|e| e.at).filter(|at| *at > from).min().unwrap_or(self.steps).min(self.steps)
    }

    /// Applies the events of iteration `at`. They were accepted when they happened, so they are again.
    pub(super) fn apply_events(&self, run: &mut Run, at: u64) {
        let mut values = run.values.clone();
        let mut due = self.events.iter().filter(|e| e.at == at);
        if due.all(|e| values.set(e.id, e.value).is_ok()) && values != run.values {
            let _ = run.change(&*self.scene, at, &values);
        }
    }

    /// The run as far as `snapshot` goes, if that is one of this plan ([`Run::revived`]).
    pub fn revive(&self, snapshot: Snapshot) -> Option<Run> {
        let mut run = self.start().ok()?;
        let mut changes: Vec<u64> = self.events.iter().map(|e| e.at).filter(|at| *at < snapshot.done()).collect();
        changes.sort_unstable();
        changes.into_iter().for_each(|at| self.apply_events(&mut run, at));
        run.revived(snapshot)
    }

    /// Whether every value that differs may change in mid-run.
    pub fn is_live(&self, old: &Values, new: &Values) -> bool {
        old.specs().iter().all(|s| s.live || old.get(s.id) == new.get(s.id))
    }

    /// The values in force at iteration `at`, the events of that iteration included.
    pub fn values_at(&self, at: u64) -> Values {
        let mut values = self.values.clone();
        for e in self.events.iter().filter(|e| e.at <= at) {
            // Accepted once, accepted again.
            let _ = values.set(e.id, e.value);
        }
        values
    }

    /// Records that `values` hold from iteration `at` on; later events are forgotten.
    pub fn branch(&mut self, at: u64, values: &Values) {
        self.events.retain(|e| e.at < at);
        let before = self.values_at(at);
        for spec in values.specs() {
            let value = values.get(spec.id);
            if value != before.get(spec.id) {
                self.events.push(Event { at, id: spec.id, value });
            }
        }
    }
}
