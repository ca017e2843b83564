//! The text field: the faulty part is tinted, and under the text stand the sentence and the faulty
//! line with a mark below the place.

use egui::text::{LayoutJob, TextFormat};
use egui::{FontId, Key, Modifiers, Rect, RichText, Stroke, TextEdit, Ui, pos2, vec2};

use super::Draft;
use crate::app::Desk;
use crate::app::theme::{Skin, plain};
use crate::app::widgets::named;
use crate::figure::Ink;
use crate::formula::{Fault, MAX_BYTES};
use crate::text::world as words;

/// Lettering of the text.
const SIZE: f32 = 14.0;

/// Shows the text and what is wrong with it; whether it is to be put in force at once.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, draft: &mut Draft, now: f64) -> bool {
    let id = ui.scope_id().with("world text");
    let focused = ui.memory(|m| m.has_focus(id));
    let at_once = focused && ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Enter));
    let (before, skin, fault) = (draft.text.clone(), desk.skin, draft.fault.clone());
    let mut lay = |ui: &Ui, text: &dyn egui::TextBuffer, width: f32| {
        // A fault belongs to the text it was found in.
        let fault = fault.as_ref().filter(|_| text.as_str() == before);
        let mut job = tinted(text.as_str(), fault, &skin);
        job.wrap.max_width = width;
        ui.fonts_mut(|f| f.layout_job(job))
    };
    let edit = TextEdit::multiline(&mut draft.text)
        .id(id)
        .desired_width(f32::INFINITY)
        .desired_rows(5)
        .hint_text(desk.say(words::HINT))
        .layouter(&mut lay)
        .margin(vec2(8.0, 6.0));
    let response = ui.add(edit).on_hover_text(desk.say(words::APPLY_HELP));
    let text = draft.text.clone();
    response.widget_info(|| named(egui::WidgetInfo::text_edit(true, &text, &text, ""), desk.say(words::EDITOR)));
    if response.changed() || draft.text != before {
        shorten(&mut draft.text);
        draft.typed(now);
    }
    if let Some(fault) = &draft.fault {
        said(ui, desk, fault, &draft.text);
    }
    at_once
}

/// As much of the text as is read, to a whole character.
fn shorten(text: &mut String) {
    let end = (0..=MAX_BYTES.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    text.truncate(end);
}

fn font() -> FontId {
    plain(SIZE)
}

/// The text with its faulty part set off.
fn tinted(text: &str, fault: Option<&Fault>, skin: &Skin) -> LayoutJob {
    let usual = TextFormat::simple(font(), skin.text);
    let danger = skin.ink(Ink::Danger);
    let faulty =
        TextFormat { background: danger.gamma_multiply(0.25), underline: Stroke::new(1.5, danger), ..usual.clone() };
    let mut job = LayoutJob::default();
    let span = fault.map_or(0..0, |f| f.span.clone());
    match (text.get(..span.start), text.get(span.clone()), text.get(span.end..)) {
        (Some(head), Some(marked), Some(tail)) => {
            job.append(head, 0.0, usual.clone());
            job.append(marked, 0.0, faulty);
            job.append(tail, 0.0, usual);
        }
        _ => job.append(text, 0.0, usual),
    }
    job
}

/// The sentence, and the faulty line with a mark under the place.
fn said(ui: &mut Ui, desk: &Desk<'_>, fault: &Fault, text: &str) {
    let danger = desk.skin.ink(Ink::Danger);
    ui.label(RichText::new(fault.say(desk.lang)).font(plain(13.0)).color(danger));
    // The excerpt and the place in it, counted in columns of which a Chinese character takes two.
    let caret = fault.caret(text);
    let Some((line, mark)) = caret.split_once('\n') else { return };
    let columns = |c: char| if c.len_utf8() > 2 { 2 } else { 1 };
    let place = |wanted: usize| {
        let mut used = 0;
        let inside = |(_, c): &(usize, char)| {
            used += columns(*c);
            used > wanted
        };
        line.char_indices().find(inside).map_or(line.len(), |(i, _)| i)
    };
    let from = mark.len() - mark.trim_start().len();
    let (start, end) = (place(from), place(mark.chars().count()));
    let width = |part: &str| ui.painter().layout_no_wrap(part.to_owned(), plain(12.0), danger).size().x;
    let before = width(line.get(..start).unwrap_or_default());
    let under = width(line.get(start..end).unwrap_or_default()).max(6.0);
    let galley = ui.painter().layout_no_wrap(line.to_owned(), plain(12.0), desk.skin.quiet);
    let size = galley.size() + vec2(0.0, 8.0);
    // What lies to the right of the column is cut, the place never.
    let shift = (before + under + 8.0 - ui.available_width()).max(0.0);
    let (rect, _) = ui.allocate_exact_size(vec2(size.x.min(ui.available_width()), size.y), egui::Sense::hover());
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    painter.galley(rect.min - vec2(shift, 0.0), galley, desk.skin.quiet);
    let (left, top) = (rect.left() + before - shift, rect.bottom() - 7.0);
    let stroke = Stroke::new(1.6, danger);
    let tip = Rect::from_min_size(pos2(left, top), vec2(under, 5.0));
    let middle = tip.left() + 3.0;
    painter.line_segment([pos2(tip.left(), tip.bottom()), pos2(middle, tip.top())], stroke);
    painter.line_segment([pos2(middle, tip.top()), pos2(middle + 3.0, tip.bottom())], stroke);
    painter.line_segment([pos2(middle + 3.0, tip.bottom()), pos2(tip.right().max(middle + 3.0), tip.bottom())], stroke);
}
