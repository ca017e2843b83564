//! The whole application without a window.
//!
//! A [`Session`] is a [`Plan`] (scene, values, events, seed, length: what defines a run to the
//! last bit), the [`Run`] computed from it, and how it is looked at and played. Everything a
//! person can do is a [`Command`]; the window, the command line and the tests push the same ones.
//! It owns no clock: time is passed to [`Session::tick`].

mod history;
mod plan;

use std::time::Duration;

pub use plan::{Event, Plan};

use crate::figure::Figure;
use crate::scenes::{Lens, Run, Scene, SceneError, View};
use crate::text::Lang;
use history::History;

/// Particle-steps computed per call of [`Session::tick`]: a few milliseconds of work, so that a
/// long run never holds up a frame.
const WORK_PER_TICK: u64 = 60_000;

/// Iterations per second at speed ×1.
const PACE: f64 = 8.0;

/// The longest run.
pub const MOST_STEPS: u64 = 100_000;

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
    /// Whether the clock starts over at the end.
    Loop(bool),
    /// Whether a change applies from now on instead of to the whole run.
    FromNow(bool),
    /// Takes the last change back.
    Undo,
    /// Makes it again.
    Redo,
}

/// The clock of a session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playback {
    /// Whether it runs.
    pub playing: bool,
    /// Speed factor, 0.01 to 100.
    pub speed: f64,
    /// Whether it starts over at the end.
    pub looped: bool,
    /// The iteration that counts as now.
    pub now: u64,
    fraction: f64,
}

/// One open experiment.
pub struct Session {
    scene: &'static dyn Scene,
    plan: Plan,
    run: Run,
    lens: Lens,
    mode: usize,
    playback: Playback,
    from_now: bool,
    history: History<Plan>,
}

impl Session {
    /// Opens a scene with its defaults.
    pub fn open(scene: &'static dyn Scene) -> Result<Self, SceneError> {
        Session::resume(Plan::new(scene))
    }

    /// Opens a plan; its events are replayed as the run is computed.
    pub fn resume(plan: Plan) -> Result<Self, SceneError> {
        let run = plan.start()?;
        Ok(Session {
            scene: plan.scene,
            run,
            lens: Lens::default(),
            mode: 0,
            playback: Playback { playing: false, speed: 1.0, looped: false, now: 0, fraction: 0.0 },
            from_now: false,
            history: History::new(),
            plan,
        })
    }

    /// The scene.
    pub fn scene(&self) -> &'static dyn Scene {
        self.scene
    }

    /// What defines the run.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The run.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// The lens.
    pub fn lens(&self) -> Lens {
        self.lens
    }

    /// The eigenmode looked at.
    pub fn mode(&self) -> usize {
        self.mode
    }

    /// The clock.
    pub fn playback(&self) -> Playback {
        self.playback
    }

    /// Whether a change applies from now on.
    pub fn is_from_now(&self) -> bool {
        self.from_now
    }

    /// Whether there is something to take back or to make again.
    pub fn can_undo_redo(&self) -> [bool; 2] {
        [self.history.can_undo(), self.history.can_redo()]
    }

    /// From where the run is looked at.
    pub fn view(&self, lang: Lang) -> View {
        View { lang, lens: self.lens, mode: self.mode, now: self.playback.now }
    }

    /// The figures of the run as computed so far.
    pub fn figures(&self, lang: Lang) -> Vec<Figure<'_>> {
        self.scene.figures(&self.run, self.view(lang))
    }

    /// The value of a parameter as the present lens sees it.
    pub fn read(&self, id: &str) -> f64 {
        self.scene.read(id, &self.run.values, self.mode)
    }

    /// Carries out a command, or says why not and changes nothing.
    pub fn apply(&mut self, command: Command) -> Result<(), SceneError> {
        match command {
            Command::Set { id, value } => {
                let tag = id.clone();
                self.edit(&tag, |scene, values, mode| scene.write(&id, value, values, mode))
            }
            Command::SetText { id, text } => {
                let value = crate::scenes::spec_of(self.scene, &id)?.read(&text)?;
                self.apply(Command::Set { id, value })
            }
            Command::Drag { handle, at } => {
                let tag = format!("handle {handle}");
                self.edit(&tag, |scene, values, _| scene.drag(&handle, at, values))
            }
            Command::Reset => {
                self.history.seal();
                self.replan("reset", Plan::new(self.scene))?;
                self.playback.now = 0;
                Ok(())
            }
            Command::Preset(i) => self.start_from(i),
            Command::Seed(seed) => self.replan("seed", Plan { seed, ..self.plan.clone() }),
            Command::Steps(steps) => self.set_steps(steps),
            Command::Undo => self.travel(true),
            Command::Redo => self.travel(false),
            other => {
                self.look(other);
                Ok(())
            }
        }
    }

    /// Commands that change how the run is looked at, and nothing else.
    fn look(&mut self, command: Command) {
        let play = &mut self.playback;
        match command {
            Command::Lens(lens) => self.lens = lens,
            Command::Mode(mode) => self.mode = mode.min(self.modes().saturating_sub(1)),
            Command::Play(on) => {
                if on && play.now >= self.run.horizon {
                    play.now = 0;
                }
                (play.playing, play.fraction) = (on, 0.0);
            }
            Command::Step(by) => {
                play.playing = false;
                play.now = play.now.saturating_add_signed(by).min(self.run.horizon);
            }
            Command::Seek(to) => play.now = to.min(self.run.horizon),
            Command::Speed(speed) if speed.is_finite() => play.speed = speed.clamp(0.01, 100.0),
            Command::Loop(on) => play.looped = on,
            Command::FromNow(on) => self.from_now = on,
            _ => {}
        }
    }

    fn start_from(&mut self, preset: usize) -> Result<(), SceneError> {
        let Some(preset) = self.scene.presets().get(preset) else { return Ok(()) };
        let mut plan = Plan { steps: preset.steps, ..Plan::new(self.scene) };
        for (id, text) in preset.values {
            let value = plan.values.spec(id)?.read(text)?;
            plan.values.set(id, value)?;
        }
        self.history.seal();
        self.replan("preset", plan)?;
        self.mode = preset.mode.min(self.modes().saturating_sub(1));
        self.playback.now = 0;
        Ok(())
    }

    fn modes(&self) -> usize {
        self.scene.modes(&self.run.values).len()
    }

    fn set_steps(&mut self, steps: u64) -> Result<(), SceneError> {
        Plan::allows(steps)?;
        self.replan("steps", Plan { steps, ..self.plan.clone() })
    }

    /// Changes values through `change`: of the whole run, or from now on.
    fn edit(
        &mut self,
        tag: &str,
        change: impl FnOnce(&dyn Scene, &mut crate::param::Values, usize) -> Result<(), SceneError>,
    ) -> Result<(), SceneError> {
        let at = self.playback.now.min(self.run.done());
        let before = if self.from_now { self.plan.values_at(at) } else { self.run.values.clone() };
        let mut values = before.clone();
        change(self.scene, &mut values, self.mode)?;
        if values == before {
            return Ok(());
        }
        if self.from_now && at > 0 && self.plan.is_live(&before, &values) {
            self.run.change(self.scene, at, &values)?;
            self.history.record(tag, &self.plan);
            self.plan.branch(at, &values);
            return Ok(());
        }
        self.replan(tag, Plan { values, events: Vec::new(), ..self.plan.clone() })
    }

    /// Puts another plan in force; the old one stays if it cannot be built.
    fn replan(&mut self, tag: &str, plan: Plan) -> Result<(), SceneError> {
        if plan == self.plan {
            return Ok(());
        }
        self.run = plan.start()?;
        self.history.record(tag, &self.plan);
        self.plan = plan;
        self.settle();
        Ok(())
    }

    fn travel(&mut self, back: bool) -> Result<(), SceneError> {
        let step = if back { self.history.undo(&self.plan) } else { self.history.redo(&self.plan) };
        if let Some(plan) = step {
            self.run = plan.start()?;
            self.plan = plan;
            self.settle();
        }
        Ok(())
    }

    /// Computes the first stretch at once, so that a change is never answered by an empty plot.
    fn settle(&mut self) {
        self.playback.now = self.playback.now.min(self.run.horizon);
        self.mode = self.mode.min(self.modes().saturating_sub(1));
        self.work(WORK_PER_TICK);
    }

    /// Makes `steps` more iterations right away.
    pub fn advance(&mut self, steps: u64) {
        self.plan.compute(&mut self.run, steps);
    }

    /// Lets `wall` pass: computes what is missing under a budget of work and moves now.
    pub fn tick(&mut self, wall: Duration) {
        self.work(WORK_PER_TICK);
        self.history.tick(wall);
        if !self.playback.playing {
            return;
        }
        let play = &mut self.playback;
        play.fraction += wall.as_secs_f64().min(0.25) * PACE * play.speed;
        let whole = play.fraction.floor();
        play.fraction -= whole;
        play.now = play.now.saturating_add(whole as u64);
        if play.now >= self.run.horizon {
            if play.looped {
                play.now = 0;
            } else {
                (play.now, play.playing) = (self.run.horizon, false);
            }
        }
        play.now = play.now.min(self.run.done());
    }

    /// Whether anything moves, so that another frame is worth drawing.
    pub fn is_busy(&self) -> bool {
        self.playback.playing || !self.run.is_complete()
    }

    fn work(&mut self, budget: u64) {
        let per: u64 = self.run.lanes.iter().map(|l| l.lane.substeps * l.lane.start.n() as u64).sum();
        self.plan.compute(&mut self.run, (budget / per.max(1)).max(1));
    }
}
