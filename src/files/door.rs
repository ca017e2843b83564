//! From data that was read to the scene that uses it.

use std::sync::Arc;

use super::amend;
use crate::data::{Brought, Images, Note, Recognised, Tray, What, bring};
use crate::scenes::find;
use crate::session::{Command, Plan, Session};
use crate::text::{Lang, Text, data as words, fill, t};

/// Where data goes: a scene, and the value of the parameter with which it uses what was brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Door {
    /// The scene.
    pub scene: &'static str,
    /// Its parameter.
    pub parameter: &'static str,
    /// The value of it.
    pub value: &'static str,
}

const AIRFOIL: Door = Door { scene: "airfoil", parameter: "data", value: "published" };
const TABLE: Door = Door { scene: "airfoil", parameter: "data", value: "mine" };
const IMAGES: Door = Door { scene: "digits", parameter: "data", value: "own" };
const LOG: Door = Door { scene: "your-training", parameter: "log", value: "own" };

/// Most notes on a table that are told one by one.
const MOST_NOTES: usize = 3;

impl Door {
    /// The scene with its defaults, told to use what was brought; `None` if there is none that can.
    pub fn plan(self) -> Option<Plan> {
        let mut plan = Plan::new(find(self.scene)?);
        amend(&mut plan, [(self.parameter, self.value)], 0).ok()?;
        Some(plan)
    }

    /// What brings a session to use what was brought: another scene, another value, or the same run again.
    pub fn command(self, session: &Session) -> Option<Command> {
        let plan = self.plan()?;
        if session.scene().meta().id != self.scene {
            return Some(Command::Open(plan));
        }
        let value = plan.values.get(self.parameter);
        let same = session.plan().values.get(self.parameter) == value;
        Some(if same { Command::Renew } else { Command::Set { id: self.parameter.to_owned(), value } })
    }
}

/// Data that was put where scenes find it, or waits for its other part.
pub struct Delivery {
    /// The sentences that say what was read and what became of it.
    pub said: String,
    /// Where it went; nowhere while it waits.
    pub door: Option<Door>,
}

/// Puts data where scenes find it. Labels wait on the tray for their images, and images for their labels.
pub fn deliver(tray: &mut Tray, data: Recognised, lang: Lang) -> Delivery {
    let Recognised { name, what, notes } = data;
    let mut told = what.say(lang);
    let mut pair = |pair: Option<[Arc<Images>; 2]>, awaits: Text| {
        let pair = pair.ok_or(awaits)?;
        told = say_pair(&pair, lang);
        Ok((Brought::Images(pair), IMAGES))
    };
    let found = match what {
        What::Airfoil(table) => Ok((Brought::Airfoil(Arc::new(table)), AIRFOIL)),
        What::Table(table) => Ok((Brought::Table(Arc::new(table)), TABLE)),
        What::Log(table) => Ok((Brought::Log(Arc::new(table)), LOG)),
        What::Pixels(pixels) => pair(tray.add_pixels(&name, pixels), words::AWAITS_LABELS),
        What::Labels(labels) => pair(tray.add_labels(&name, labels), words::AWAITS_IMAGES),
    };
    let (text, door) = match found {
        Err(awaits) => (awaits, None),
        Ok((brought, door)) => {
            bring(brought);
            (if door.plan().is_some() { words::USED } else { words::KNOWN }, Some(door))
        }
    };
    let scene = door.and_then(|door| find(door.scene)).map_or("", |scene| scene.meta().title.get(lang));
    let first = fill(text.get(lang), &[&told, scene]);
    let said: Vec<String> = std::iter::once(first).chain(say_notes(&notes, lang)).collect();
    Delivery { said: said.join(t(" ", "").get(lang)), door }
}

fn say_pair([train, test]: &[Arc<Images>; 2], lang: Lang) -> String {
    let parts = [train.count(), test.count(), train.height, train.width].map(|n| n.to_string());
    fill(words::PAIR.get(lang), &parts.each_ref().map(String::as_str))
}

/// The first notes, and how many more there are.
fn say_notes(notes: &[Note], lang: Lang) -> Vec<String> {
    let rest = notes.len().saturating_sub(MOST_NOTES);
    let more = (rest > 0).then(|| fill(words::MORE_NOTES.get(lang), &[&rest.to_string()]));
    notes.iter().take(MOST_NOTES).map(|note| note.say(lang)).chain(more).collect()
}
