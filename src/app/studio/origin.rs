//! A session as a value that can go to another thread and be made again there.

use crate::scenes::{Lens, Opt, Options, SceneError};
use crate::session::{Command, Plan, Session};

/// A run and how it is looked at. Equal origins give equal figures to the last bit.
#[derive(Clone, PartialEq)]
pub struct Origin {
    /// What defines the run.
    pub plan: Plan,
    lens: Lens,
    mode: usize,
    now: u64,
    options: Options,
}

impl Origin {
    /// That of a session.
    pub fn of(session: &Session) -> Self {
        Origin {
            plan: session.plan().clone(),
            lens: session.lens(),
            mode: session.mode(),
            now: session.playback().now,
            options: session.look().options,
        }
    }

    /// The same look at another run.
    pub fn with(&self, plan: Plan) -> Self {
        Origin { plan, ..self.clone() }
    }

    /// The session, computed to its end.
    pub fn open(&self) -> Result<Session, SceneError> {
        let mut session = Session::resume(self.plan.clone())?;
        session.advance(self.plan.steps);
        self.look(&mut session)?;
        Ok(session)
    }

    fn look(&self, session: &mut Session) -> Result<(), SceneError> {
        let choices = Opt::ALL.map(|opt| Command::Choose(opt, self.options.get(opt)));
        let look = [Command::Lens(self.lens), Command::Mode(self.mode), Command::Seek(self.now)];
        for command in look.into_iter().chain(choices) {
            session.apply(command)?;
        }
        Ok(())
    }
}

/// The session of the last origin, kept so that another look at the same run costs nothing.
#[derive(Default)]
pub struct Kept(Option<Session>);

impl Kept {
    /// The session of `origin`.
    pub fn session(&mut self, origin: &Origin) -> Result<&Session, SceneError> {
        let session = match self.0.take() {
            Some(mut known) if *known.plan() == origin.plan => {
                origin.look(&mut known)?;
                known
            }
            _ => origin.open()?,
        };
        Ok(self.0.insert(session))
    }
}
