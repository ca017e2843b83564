//! Acts on the window itself: panels, theme, language, size, figures and files.

use egui::{Key, KeyboardShortcut};

use super::chords::{ctrl, ctrl_shift, key};
use super::{Act, Group};
use crate::app::theme::Theme;
use crate::app::{Ask, Desk, Part, SCALES};
use crate::files::sweep::Order;
use crate::files::sweep_command;
use crate::scenes::models::sweep::FINEST;
use crate::session::Command;
use crate::text::{Lang, keep, shell as words, survey, ui};

type Keys = &'static [KeyboardShortcut];

const PALETTE: Keys = &[ctrl(Key::P), key(Key::F1), ctrl(Key::K)];
const SHEET: Keys = &[key(Key::F2), key(Key::Questionmark)];
const CHAPTER: Keys = &[key(Key::C)];
const SIDE: Keys = &[key(Key::S)];
const MACHINES: Keys = &[key(Key::A)];
const EXPLAIN: Keys = &[key(Key::H)];
const THEME: Keys = &[ctrl_shift(Key::T)];
const LANGUAGE: Keys = &[ctrl_shift(Key::L)];
const LARGER: Keys = &[ctrl(Key::Plus), ctrl(Key::Equals)];
const SMALLER: Keys = &[ctrl(Key::Minus)];
const USUAL: Keys = &[ctrl(Key::Num0)];
const STUDIO: Keys = &[ctrl(Key::E)];
const NEW: Keys = &[ctrl(Key::N)];
const OPEN: Keys = &[ctrl(Key::O)];
const SAVE: Keys = &[ctrl(Key::S)];
const SAVE_AS: Keys = &[ctrl_shift(Key::S)];
const COPY: Keys = &[ctrl_shift(Key::C)];
const PASTE: Keys = &[ctrl_shift(Key::V)];

/// Panels, theme, language, size; the figure studio, verify and files.
pub fn acts(desk: &Desk<'_>) -> Vec<Act> {
    [panels(desk), looks(desk), files(desk)].concat()
}

fn act(desk: &Desk<'_>, name: crate::text::Text, ask: Ask) -> Act {
    Act::new(Group::Window, desk.say(name), ask)
}

fn panels(desk: &Desk<'_>) -> Vec<Act> {
    let part = |name, part: Part, keys| {
        let on = desk.shows(part);
        act(desk, name, Ask::Part(part, !on)).keys(keys).on(on)
    };
    vec![
        part(words::PALETTE, Part::Palette, PALETTE),
        part(words::SHEET, Part::Sheet, SHEET),
        part(words::CHAPTER_PANEL, Part::Chapter, CHAPTER),
        part(words::SIDE_PANEL, Part::Side, SIDE),
        part(words::MACHINES_STRIP, Part::Machines, MACHINES),
        part(words::EXPLAIN, Part::Explain, EXPLAIN),
        part(words::WELCOME, Part::Welcome, &[]),
    ]
}

fn looks(desk: &Desk<'_>) -> Vec<Act> {
    let themes = Theme::ALL.iter().map(|theme| {
        let name = format!("{}: {}", desk.say(words::THEME), desk.say(theme.title()));
        Act::new(Group::Window, name, Ask::Theme(*theme)).on(*theme == desk.theme)
    });
    let langs = Lang::ALL.iter().map(|lang| {
        let name = format!("{}: {}", desk.say(ui::LANGUAGE), lang.own_name());
        Act::new(Group::Window, name, Ask::Lang(*lang)).on(*lang == desk.lang).alias(lang.tag())
    });
    let scale = desk.prefs.scale;
    let sized = |name, to: Option<f32>, keys| {
        act(desk, name, Ask::Scale(to.unwrap_or(scale))).keys(keys).ready(to.is_some()).note(percent(scale))
    };
    let larger = SCALES.iter().find(|s| **s > scale + 0.001).copied();
    let smaller = SCALES.iter().rev().find(|s| **s < scale - 0.001).copied();
    let fixed = [
        act(desk, words::NEXT_THEME, Ask::Theme(desk.theme.next())).keys(THEME),
        act(desk, words::OTHER_LANGUAGE, Ask::Lang(other(desk.lang))).keys(LANGUAGE).alias("language 语言"),
        sized(words::LARGER, larger, LARGER),
        sized(words::SMALLER, smaller, SMALLER),
        sized(words::USUAL_SIZE, (scale != 1.0).then_some(1.0), USUAL),
        act(desk, words::MOTION, Ask::Motion(!desk.motion)).on(desk.motion),
    ];
    let each = SCALES.iter().map(|s| {
        let name = format!("{} {}", desk.say(words::SIZE), percent(*s));
        Act::new(Group::Window, name, Ask::Scale(*s)).on(*s == scale)
    });
    themes.chain(langs).chain(fixed).chain(each).collect()
}

/// The other language.
pub fn other(lang: Lang) -> Lang {
    if lang == Lang::En { Lang::Zh } else { Lang::En }
}

fn percent(scale: f32) -> String {
    format!("{:.0} %", 100.0 * scale)
}

fn files(desk: &Desk<'_>) -> Vec<Act> {
    let act = |name, ask: Ask| Act::new(Group::Files, desk.say(name), ask);
    let copy = Ask::CopyText(crate::files::command(desk.session));
    let order = desk.session.sweep().map(|sweep| Order::new(sweep, [FINEST; 2]));
    let sweep = order.map(|order| {
        let command = format!("{} --out map.json --out map.svg", sweep_command(&order));
        Act::new(Group::Files, desk.say(survey::COPY_COMMAND), Ask::CopyText(command))
    });
    let recent = desk.prefs.recent.iter().map(|path| {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let folder = path.parent().map(|p| p.display().to_string()).unwrap_or_default();
        Act::new(Group::Files, name, Ask::OpenRecent(path.clone())).note(folder)
    });
    let fixed = vec![
        act(keep::NEW, Ask::New).keys(NEW),
        act(keep::OPEN, Ask::OpenDialog).keys(OPEN),
        act(keep::SAVE, Ask::Save).keys(SAVE),
        act(keep::SAVE_AS, Ask::SaveAs).keys(SAVE_AS),
        act(keep::COPY, Ask::Copy).keys(COPY),
        act(keep::PASTE, Ask::Paste).keys(PASTE),
        act(words::STUDIO, Ask::Studio(None)).keys(STUDIO),
        act(ui::VERIFY, Ask::Verify(true)),
        act(words::COPY_COMMAND, copy),
        act(
            if desk.session.is_held() { words::GO_ON_COMPUTING } else { words::HOLD_COMPUTING },
            Command::Hold(!desk.session.is_held()).into(),
        )
        .ready(!desk.session.is_computed()),
        act(words::STOP_COMPUTING, Command::Steps(desk.session.run().done().max(1)).into())
            .ready(!desk.session.run().is_complete()),
    ];
    fixed.into_iter().chain(sweep).chain(recent).collect()
}
