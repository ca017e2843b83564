//! A session as a value that can go to another thread and be made again there.

use std::sync::Arc;

use crate::scenes::SceneError;
use crate::scenes::models::sweep::SweepMap;
use crate::session::{Command, Document, Layout, Plan, Session};

/// A run, those it is compared with, and how it is looked at. Equal origins give equal figures to the
/// last bit.
#[derive(Clone)]
pub struct Origin {
    document: Document,
    now: u64,
    /// A finished map, so that it is not measured again.
    map: Option<Arc<SweepMap>>,
}

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        // A map is what the rest makes of it.
        self.document == other.document && self.now == other.now
    }
}

impl Origin {
    /// That of a session.
    pub fn of(session: &Session) -> Self {
        let mut document = session.document().clone();
        // No figure shows how the bench is arranged.
        document.look.layout = Layout::default();
        let map = session.sweep_map().filter(|map| map.is_finished());
        Origin { document, now: session.playback().now, map }
    }

    /// The same look at another run, compared with none.
    pub fn with(&self, plan: Plan) -> Self {
        let document = Document { plan, pins: Vec::new(), look: self.document.look.clone() };
        Origin { document, now: self.now, map: None }
    }

    /// The session, computed to its end.
    pub fn open(&self) -> Result<Session, SceneError> {
        let mut session = Session::load(self.document.clone())?;
        session.advance(self.document.plan.steps);
        session.apply(Command::Seek(self.now))?;
        if let Some(map) = &self.map {
            session.attach(map.clone());
        }
        Ok(session)
    }
}

/// The session of the last origin, kept so that another look at the same run costs nothing.
#[derive(Default)]
pub struct Kept(Option<Session>);

impl Kept {
    /// The session of `origin`.
    pub fn session(&mut self, origin: &Origin) -> Result<&Session, SceneError> {
        let same =
            |known: &Session| known.plan() == &origin.document.plan && known.document().pins == origin.document.pins;
        let session = match self.0.take() {
            Some(mut known) if same(&known) => {
                known.adopt(origin.document.clone())?;
                known.apply(Command::Seek(origin.now))?;
                if let Some(map) = &origin.map {
                    known.attach(map.clone());
                }
                known
            }
            _ => origin.open()?,
        };
        Ok(self.0.insert(session))
    }
}
