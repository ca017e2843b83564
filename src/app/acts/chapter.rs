//! Acts of the chapter: from scene to scene, and what its player asks.

use egui::{Key, KeyboardShortcut};

use super::chords::alt;
use super::{Act, Group};
use crate::app::Desk;
use crate::app::reader::{Deed, order};
use crate::scenes::Scene;
use crate::text::{Text, chapter as words};

type Keys = &'static [KeyboardShortcut];

/// Keys of the scene before.
pub const PREVIOUS: Keys = &[alt(Key::ArrowLeft), alt(Key::PageUp)];
/// Keys of the scene after.
pub const NEXT: Keys = &[alt(Key::ArrowRight), alt(Key::PageDown)];
const SWITCH: Keys = &[alt(Key::ArrowDown)];

/// Previous and next scene, the first not done; predict, show the bench, the answer; forget.
pub fn acts(desk: &Desk<'_>) -> Vec<Act> {
    let (reader, session) = (desk.reader, desk.session);
    let act = |name: Text, deed: Deed| Act::new(Group::Start, desk.say(name), deed);
    let [previous, next] = order::neighbours(session.scene().meta().id);
    let step = |name, to: Option<&'static dyn Scene>, keys| {
        let (id, title) = to.map_or(("", ""), |scene| (scene.meta().id, desk.say(scene.meta().title)));
        act(name, Deed::Visit(id)).note(title).keys(keys).ready(to.is_some())
    };
    let (story, veiled) = (session.scene().story().is_some(), reader.veil(session).is_some());
    let switch = if veiled { (words::SHOW_BENCH, Deed::Bench) } else { (words::PREDICT, Deed::Question) };
    let unread = reader.unread();
    vec![
        step(words::PREVIOUS, previous, PREVIOUS),
        step(words::NEXT, next, NEXT),
        act(words::UNREAD, Deed::Visit(unread.unwrap_or(""))).ready(unread.is_some()),
        act(words::BEGIN, Deed::Begin).ready(story),
        act(switch.0, switch.1).keys(SWITCH).ready(story),
        act(words::AGAIN, Deed::Again).ready(story && reader.reading(session).prediction.is_some()),
        act(words::SHOW_ANSWER, Deed::Answer).ready(story && !reader.may_tell(session)),
        act(words::FORGET, Deed::Forget).ready(!reader.progress().is_empty()),
    ]
}
