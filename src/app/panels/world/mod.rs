//! The editor of a typed world: its text, what is wrong with it, its fixed points, examples and the
//! reader's own library.
//!
//! The text is read at every change. While it has a fault, the last correct world keeps running and a
//! sentence with the faulty line says what is wrong; a correct text is put in force a moment after the
//! last change, or at once with Ctrl+Enter, as one step that undo takes back. The draft lives in the
//! window's memory, not in the session. `field` is the text with its fault, `library` the rest.

mod field;
mod library;

use egui::{Id, RichText, Ui};

use crate::app::Desk;
use crate::app::theme::plain;
use crate::app::widgets::heading;
use crate::formula::{Fault, World};
use crate::param::show_number;
use crate::scenes::made;
use crate::session::Command;
use crate::text::world as words;

/// How long a correct text rests before it is put in force, in seconds.
const PAUSE: f64 = 0.6;

/// A text in the making.
#[derive(Clone, Default)]
pub struct Draft {
    /// The text as typed.
    text: String,
    /// The text in force when the draft was last in step with it.
    source: String,
    /// What is wrong with the text.
    fault: Option<Fault>,
    /// When it was changed last, on the window's clock; `None` once it was put in force.
    changed: Option<f64>,
    /// The name it would be saved under.
    name: String,
}

impl Draft {
    /// Follows a text that came in force by other ways: undo, an example, another session.
    fn follow(&mut self, source: &str) {
        if self.source != source {
            if self.text != source {
                (self.text, self.fault, self.changed) = (source.to_owned(), None, None);
            }
            source.clone_into(&mut self.source);
        }
    }

    /// Takes a new text over.
    fn typed(&mut self, now: f64) {
        self.fault = World::parse(&self.text).err();
        self.changed = Some(now);
    }

    /// Whether the text is to be put in force now.
    fn is_due(&self, now: f64, at_once: bool) -> bool {
        let rested = self.changed.is_some_and(|at| now - at >= PAUSE);
        self.fault.is_none() && self.text != self.source && (rested || at_once)
    }
}

/// Shows the editor of the world that is open.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some(source) = desk.session.scene().source().map(str::to_owned) else { return };
    let id = Id::unique("world editor");
    let mut draft: Draft = ui.data(|d| d.get_temp(id)).unwrap_or_default();
    draft.follow(&source);
    heading(ui, &desk.skin, desk.say(words::TITLE));
    let now = ui.input(|i| i.time);
    let at_once = field::show(ui, desk, &mut draft, now);
    if draft.is_due(now, at_once) {
        draft.changed = None;
        apply(desk, &draft.text);
    } else if draft.changed.is_some() && draft.fault.is_none() && draft.text != draft.source {
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(PAUSE));
    }
    points(ui, desk);
    library::show(ui, desk, &mut draft);
    ui.data_mut(|d| d.insert_temp(id, draft));
}

/// Puts a correct text in force; what the reader had set stays as far as the new one knows it.
fn apply(desk: &mut Desk<'_>, text: &str) {
    let plan = desk.session.plan();
    if let Ok(scene) = made(plan.scene.meta().id, Some(text)) {
        desk.push(Command::Open(plan.rewritten(scene)));
    }
}

/// The points where nothing moves: kind, place, eigenvalues of the flow.
fn points(ui: &mut Ui, desk: &Desk<'_>) {
    heading(ui, &desk.skin, desk.say(words::POINTS));
    let points = desk.session.scene().rest(&desk.session.run().values);
    if points.is_empty() {
        ui.label(RichText::new(desk.say(words::NO_POINTS)).small().color(desk.skin.quiet));
    }
    let list = |numbers: Vec<String>| numbers.join(", ");
    for point in &points {
        let at = list(point.at.iter().map(|x| show_number(*x)).collect());
        let name = format!("{} ({at})", desk.say(point.nature.name()));
        ui.label(RichText::new(name).font(plain(13.0)));
        let eigenvalues = list(point.eigenvalues.iter().map(complex).collect());
        ui.label(RichText::new(format!("μ = {eigenvalues}")).small().color(desk.skin.quiet));
    }
}

fn complex([re, im]: &[f64; 2]) -> String {
    let sign = if *im < 0.0 { '−' } else { '+' };
    if *im == 0.0 { show_number(*re) } else { format!("{} {sign} {}i", show_number(*re), show_number(im.abs())) }
}
