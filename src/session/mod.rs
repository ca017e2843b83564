//! The whole application without a window.
//!
//! A [`Session`] is a [`Plan`] (scene, values, events, seed, length: what defines a run to the
//! last bit), the [`Run`] computed from it, and how it is looked at and played. Everything a
//! person can do is a [`Command`]; the window, the command line and the tests push the same ones.
//! It owns no clock: time is passed to [`Session::tick`]. A window may let it compute large clouds on
//! threads of their own ([`Session::work_beside`]); everybody else finds all done when a call returns.

mod beside;
mod command;
mod document;
mod history;
mod layout;
mod pins;
mod plan;
mod playback;
mod read;
mod sweep;
mod work;

use std::sync::Mutex;

pub use command::Command;
pub use document::{Document, Look};
pub use layout::{Layout, MOST_TILES, Row, Side, Slot, Tile};
pub use pins::Pin;
pub use plan::{Event, Plan};
pub use playback::Playback;

use crate::scenes::{Lens, Opt, Run, Scene, SceneError, SceneRef, View};
use crate::text::Lang;
use beside::Beside;
use history::History;

/// The longest run.
pub const MOST_STEPS: u64 = 100_000;

/// One open experiment.
pub struct Session {
    document: Document,
    run: Run,
    pins: Vec<Pin>,
    playback: Playback,
    from_now: bool,
    /// Whether computing waits.
    held: bool,
    history: History<Document>,
    revision: u64,
    /// How many of the revisions only brought more of the same run.
    grown: u64,
    shelf: sweep::Shelf,
    /// Locked by nobody: it only lets a session be looked at from several threads.
    beside: Option<Mutex<Beside>>,
}

impl Session {
    /// Opens a scene with its defaults.
    pub fn open(scene: impl Into<SceneRef>) -> Result<Self, SceneError> {
        Session::resume(Plan::new(scene))
    }

    /// Opens a plan; its events are replayed as the run is computed.
    pub fn resume(plan: Plan) -> Result<Self, SceneError> {
        Session::load(Document::new(plan))
    }

    /// Opens a document with nothing to take back.
    pub fn load(document: Document) -> Result<Self, SceneError> {
        let run = document.plan.start()?;
        let mut pins = Vec::new();
        pins::follow(&mut pins, &document.pins)?;
        let (playback, history) = (Playback::default(), History::new());
        Ok(Session {
            document,
            run,
            pins,
            playback,
            from_now: false,
            held: false,
            history,
            revision: 0,
            grown: 0,
            shelf: sweep::Shelf::default(),
            beside: None,
        })
    }

    /// Goes over to another document as one change that can be taken back; the clock is kept as far as
    /// it goes.
    pub fn adopt(&mut self, document: Document) -> Result<(), SceneError> {
        self.history.seal();
        self.replace("open", document)
    }

    /// Ends the gesture under way: the next change is taken back on its own.
    pub fn seal(&mut self) {
        self.history.seal();
    }

    /// Carries out a command, or says why not and changes nothing.
    pub fn apply(&mut self, command: Command) -> Result<(), SceneError> {
        match command {
            Command::Set { id, value } => {
                let tag = id.clone();
                self.edit(&tag, |scene, values, view| scene.write(&id, value, values, view.mode))
            }
            Command::SetText { id, text } => {
                let value = crate::scenes::spec_of(self.scene(), &id)?.read(&text)?;
                self.apply(Command::Set { id, value })
            }
            Command::Drag { handle, at } => {
                let tag = format!("handle {handle}");
                self.edit(&tag, |scene, values, view| scene.drag(&handle, at, values, view))
            }
            Command::Act(id) => {
                self.history.seal();
                self.edit(&format!("act {id}"), |scene, values, view| scene.act(&id, values, view))
            }
            Command::Reset => self.start_over("reset", Plan::new(self.document.plan.scene.clone()), 0),
            Command::Preset(i) => self.start_from(i),
            Command::Open(plan) => self.open_plan(plan),
            Command::Renew => self.renew(),
            Command::Seed(seed) => self.replan("seed", Plan { seed, ..self.plan().clone() }),
            Command::Steps(steps) => {
                Plan::allows(steps)?;
                self.replan("steps", Plan { steps, ..self.plan().clone() })
            }
            Command::Pin => self.pin(),
            Command::Unpin(i) => self.repin("unpin", |pins| {
                if i < pins.len() {
                    pins.remove(i);
                }
            }),
            Command::UnpinAll => self.repin("unpin all", Vec::clear),
            Command::Recall(i) => {
                let Some(plan) = self.document.pins.get(i).cloned() else { return Ok(()) };
                self.history.seal();
                self.replan("recall", plan)
            }
            Command::Undo => self.travel(true),
            Command::Redo => self.travel(false),
            other => {
                self.turn(other);
                Ok(())
            }
        }
    }

    /// Commands that change how the run is looked at or played, and cannot be refused.
    fn turn(&mut self, command: Command) {
        let mut look = self.document.look.clone();
        match command {
            Command::Lens(lens) if self.scene().lenses().contains(&lens) => look.lens = lens,
            Command::Mode(mode) => look.mode = mode.min(self.modes().saturating_sub(1)),
            Command::Choose(opt, index) => look.options.set(opt, self.chosen(opt, index)),
            Command::Arrange(layout) => look.layout = layout.sound(),
            Command::Brush(brush) => look.brush = brush.and_then(|b| self.brushed(b)),
            other => return self.play(other),
        }
        if look != self.document.look {
            let tag = if look.layout == self.document.look.layout { "look" } else { "layout" };
            if tag == "layout" {
                // A tile is dragged in one command, so that each one is a step.
                self.history.seal();
            }
            self.history.record(tag, &self.document);
            self.document.look = look;
            self.revision += 1;
        }
    }

    fn chosen(&self, opt: Opt, index: usize) -> usize {
        let choices = self.scene().choices(opt, &self.run.values).len();
        if index < choices { index } else { 0 }
    }

    /// A stretch within the run, in order; none if it is empty.
    fn brushed(&self, [a, b]: [u64; 2]) -> Option<[u64; 2]> {
        let [first, last] = [a.min(b), a.max(b)].map(|n| n.min(self.run.horizon));
        (first < last).then_some([first, last])
    }

    /// The stretch the clock runs through.
    fn stretch(&self) -> [u64; 2] {
        self.document.look.brush.filter(|_| self.playback.looped).unwrap_or([0, self.run.horizon])
    }

    fn play(&mut self, command: Command) {
        let (stretch, horizon) = (self.stretch(), self.run.horizon);
        let play = &mut self.playback;
        match command {
            Command::Play(on) => play.play(on, stretch),
            Command::Step(by) => {
                play.playing = false;
                play.now = play.now.saturating_add_signed(by).min(horizon);
            }
            Command::Seek(to) => play.now = to.min(horizon),
            Command::Speed(speed) => play.set_speed(speed),
            Command::Loop(on) => play.looped = on,
            Command::FromNow(on) => self.from_now = on,
            Command::Hold(on) => self.held = on,
            _ => {}
        }
    }

    fn start_from(&mut self, preset: usize) -> Result<(), SceneError> {
        let Some(preset) = self.scene().presets().get(preset).copied() else { return Ok(()) };
        let mut plan = Plan { steps: preset.steps, ..Plan::new(self.document.plan.scene.clone()) };
        for (id, text) in preset.values {
            let value = plan.values.spec(id)?.read(text)?;
            plan.values.set(id, value)?;
        }
        self.start_over("preset", plan, preset.mode)
    }

    /// Another plan from its first iteration, as a change of its own.
    fn start_over(&mut self, tag: &str, plan: Plan, mode: usize) -> Result<(), SceneError> {
        self.history.seal();
        let look = Look { mode, brush: None, ..self.document.look.clone() };
        let pins = self.document.pins.iter().map(|pin| pins::rebased(pin, &plan)).collect();
        self.replace(tag, Document { plan, pins, look })?;
        self.playback.now = 0;
        Ok(())
    }

    /// Another experiment: the arrangement stays, what was compared goes.
    fn open_plan(&mut self, plan: Plan) -> Result<(), SceneError> {
        self.history.seal();
        let same = plan.scene == self.document.plan.scene;
        let old = self.document.look.clone();
        let lens = if plan.scene.lenses().contains(&old.lens) { old.lens } else { usual_lens(&*plan.scene) };
        // A text that was changed is looked at as before.
        let rewritten = plan.scene.meta().id == self.scene().meta().id;
        let look = if rewritten {
            Look { lens, brush: None, ..old }
        } else {
            Look { lens, layout: old.layout, ..Look::default() }
        };
        let pins = if same { self.document.pins.clone() } else { Vec::new() };
        self.replace("open", Document { plan, pins, look })?;
        self.playback.now = 0;
        Ok(())
    }

    fn pin(&mut self) -> Result<(), SceneError> {
        let plan = self.plan().clone();
        if self.document.pins.contains(&plan) {
            return Ok(());
        }
        pins::allows(self.pins.len())?;
        self.repin("pin", |pins| pins.push(plan))
    }

    fn repin(&mut self, tag: &str, change: impl FnOnce(&mut Vec<Plan>)) -> Result<(), SceneError> {
        self.history.seal();
        let mut next = self.document.clone();
        change(&mut next.pins);
        self.replace(tag, next)
    }

    fn modes(&self) -> usize {
        self.scene().modes(&self.run.values).len()
    }

    /// Changes values through `change`: of the whole run, or from now on.
    fn edit(
        &mut self,
        tag: &str,
        change: impl FnOnce(&dyn Scene, &mut crate::param::Values, View) -> Result<(), SceneError>,
    ) -> Result<(), SceneError> {
        let at = self.playback.now.min(self.run.done());
        let before = if self.from_now { self.plan().values_at(at) } else { self.run.values.clone() };
        let mut values = before.clone();
        change(self.scene(), &mut values, self.view(Lang::default()))?;
        if values == before {
            return Ok(());
        }
        if self.from_now && at > 0 && self.plan().is_live(&before, &values) {
            self.run.change(&*self.document.plan.scene, at, &values)?;
            self.history.record(tag, &self.document);
            self.document.plan.branch(at, &values);
            self.revision += 1;
            return Ok(());
        }
        self.replan(tag, Plan { values, events: Vec::new(), ..self.plan().clone() })
    }

    /// Puts another plan of the same scene in force, pinned runs with it.
    fn replan(&mut self, tag: &str, plan: Plan) -> Result<(), SceneError> {
        let pins = self.document.pins.iter().map(|pin| pins::rebased(pin, &plan)).collect();
        self.replace(tag, Document { plan, pins, look: self.document.look.clone() })
    }

    /// Puts another document in force as a change; the old one stays if it cannot be built.
    fn replace(&mut self, tag: &str, document: Document) -> Result<(), SceneError> {
        if document == self.document {
            return Ok(());
        }
        let before = self.document.clone();
        self.enforce(document)?;
        self.history.record(tag, &before);
        Ok(())
    }

    fn enforce(&mut self, document: Document) -> Result<(), SceneError> {
        self.held = false;
        let longer = Plan { steps: document.plan.steps, ..self.document.plan.clone() };
        if document.plan != self.document.plan && !(longer == document.plan && self.run.resize(longer.steps)) {
            let old = std::mem::replace(&mut self.run, document.plan.start()?);
            if old.lanes.len() == self.run.lanes.len() && document.plan.scene == self.document.plan.scene {
                self.run.inherit(&old);
            }
            self.let_go(old);
        }
        pins::follow(&mut self.pins, &document.pins)?;
        self.document = document;
        self.share_out();
        self.settle();
        Ok(())
    }

    /// The same document with all that was computed of it made again.
    fn renew(&mut self) -> Result<(), SceneError> {
        let (run, mut pins) = (self.document.plan.start()?, Vec::new());
        pins::follow(&mut pins, &self.document.pins)?;
        let old = std::mem::replace(&mut self.run, run);
        self.let_go(old);
        (self.pins, self.shelf) = (pins, sweep::Shelf::default());
        self.share_out();
        self.settle();
        Ok(())
    }

    fn travel(&mut self, back: bool) -> Result<(), SceneError> {
        let step = if back { self.history.undo(&self.document) } else { self.history.redo(&self.document) };
        step.map_or(Ok(()), |document| self.enforce(document))
    }

    /// Computes the first stretch at once, so that a change is never answered by an empty plot.
    fn settle(&mut self) {
        self.revision += 1;
        self.playback.now = self.playback.now.min(self.run.horizon);
        let modes = self.modes().saturating_sub(1);
        let look = &mut self.document.look;
        look.mode = look.mode.min(modes);
        look.brush = look.brush.filter(|b| b[1] <= self.run.horizon);
        self.work();
    }
}

fn usual_lens(scene: &dyn Scene) -> Lens {
    scene.lenses().first().copied().unwrap_or_default()
}
