//! Acts on the run: lenses, modes, history, scenes, presets, parameters.

use egui::{Key, KeyboardShortcut};

use super::chords::{ctrl, ctrl_shift, key};
use super::{Act, Group};
use crate::app::{Ask, Desk};
use crate::figure::rich;
use crate::param::{Spec, show_number};
use crate::scenes::{Lens, SCENES};
use crate::session::{Command, Plan};
use crate::text::{fill, shell as words, ui};

type Keys = &'static [KeyboardShortcut];

const UNDO: Keys = &[ctrl(Key::Z)];
const REDO: Keys = &[ctrl_shift(Key::Z), ctrl(Key::Y)];
const RESET: Keys = &[ctrl(Key::R)];
const NEXT_MODE: Keys = &[key(Key::M)];
const LENSES: [Keys; 4] = [&[key(Key::Num1)], &[key(Key::Num2)], &[key(Key::Num3)], &[key(Key::Num4)]];

/// Lenses, modes, undo, reset; scenes and presets; every parameter.
pub fn acts(desk: &Desk<'_>) -> Vec<Act> {
    [run(desk), starts(desk), parameters(desk)].concat()
}

fn run(desk: &Desk<'_>) -> Vec<Act> {
    let session = desk.session;
    // A scene of one costume has nothing to choose.
    let offered = Some(session.scene().lenses()).filter(|all| all.len() > 1).unwrap_or(&[]);
    let lenses = offered.iter().enumerate().map(|(i, lens)| {
        let name = fill(desk.say(ui::LENS_OF), &[desk.say(lens.title())]);
        let keys = LENSES.get(i).copied().unwrap_or(&[]);
        Act::new(Group::Run, name, Command::Lens(*lens)).keys(keys).on(*lens == session.lens())
    });
    let modes = session.scene().modes(&session.run().values);
    let next = (session.mode() + 1) % modes.len().max(1);
    let each = modes.iter().enumerate().filter(|_| modes.len() > 1).map(|(i, m)| {
        let name = format!("{} {}", desk.say(ui::MODE), m.plain());
        Act::new(Group::Run, name, Command::Mode(i)).on(i == session.mode())
    });
    let [undo, redo] = session.can_undo_redo();
    let plain = |name, command| Act::new(Group::Run, desk.say(name), command);
    let fixed = [
        plain(words::NEXT_MODE, Command::Mode(next)).keys(NEXT_MODE).ready(modes.len() > 1),
        plain(ui::UNDO, Command::Undo).keys(UNDO).ready(undo),
        plain(ui::REDO, Command::Redo).keys(REDO).ready(redo),
        plain(ui::RESET, Command::Reset).keys(RESET),
    ];
    let view = session.view(desk.lang);
    let actions = session.scene().actions(&session.run().values, view).into_iter().map(|action| {
        Act::new(Group::Run, desk.say(action.title), Command::Act(action.id.to_owned())).note(desk.say(action.help))
    });
    lenses.chain(each).chain(actions).chain(fixed).collect()
}

fn starts(desk: &Desk<'_>) -> Vec<Act> {
    let open = desk.session.scene().meta().id;
    let scenes = SCENES.iter().map(|scene| {
        let meta = scene.meta();
        Act::new(Group::Start, desk.say(meta.title), Command::Open(Plan::new(*scene)))
            .on(meta.id == open)
            .alias(meta.id)
            .note(desk.say(meta.group.title()))
    });
    let presets = desk.session.scene().presets().iter().enumerate().map(|(i, preset)| {
        Act::new(Group::Start, desk.say(preset.title), Command::Preset(i)).note(desk.say(ui::START_FROM))
    });
    scenes.chain(presets).collect()
}

fn parameters(desk: &Desk<'_>) -> Vec<Act> {
    let mut seen: Vec<&str> = Vec::new();
    let mut out = Vec::new();
    for lens in lenses_from(desk) {
        for spec in desk.session.scene().controls(lens, &desk.session.run().values) {
            if !seen.contains(&spec.id) {
                seen.push(spec.id);
                out.push(parameter(desk, lens, spec));
            }
        }
    }
    out
}

/// The lenses, the present one first, so that a parameter it shows is found there.
fn lenses_from(desk: &Desk<'_>) -> Vec<Lens> {
    let now = desk.session.lens();
    let others = desk.session.scene().lenses().iter().copied().filter(|l| *l != now);
    std::iter::once(now).chain(others).collect()
}

/// Leads to the field of a parameter, through the lens that shows it.
fn parameter(desk: &Desk<'_>, lens: Lens, spec: &'static Spec) -> Act {
    let value = desk.session.read(spec.id);
    let shown = match spec.kind {
        crate::param::Kind::Choice(list) => list.get(value as usize).map_or("", |c| desk.say(c.name)).to_owned(),
        _ => format!("{} {}", show_number(value), spec.unit),
    };
    let name = title(desk, spec);
    Act::new(Group::Parameters, name, Command::Lens(lens)).then(Ask::Field(spec.id)).alias(spec.id).note(shown)
}

/// Symbol and name: `η learning rate`.
fn title(desk: &Desk<'_>, spec: &Spec) -> String {
    format!("{} {}", rich(spec.symbol).plain(), desk.say(spec.name)).trim().to_owned()
}

/// What a query such as `eta 0.3`, `η=0.3` or `mapping exact` sets, if it names a parameter and a value.
pub fn assignment(desk: &Desk<'_>, query: &str) -> Option<Act> {
    let (name, text) = query.trim().split_once(|c: char| c == '=' || c == ':' || c.is_whitespace())?;
    let text = text.trim_start_matches(['=', ':', ' ']).trim();
    let scene = desk.session.scene();
    let specs = || scene.params().iter().chain(scene.derived());
    let named = |s: &&&'static Spec| {
        let symbol = rich(s.symbol).plain();
        [s.id, symbol.as_str(), desk.say(s.name)].iter().any(|n| n.eq_ignore_ascii_case(name))
    };
    let spec = specs().find(named).filter(|_| !text.is_empty())?;
    let shown = format!("{} = {text}", title(desk, spec));
    let command = Command::SetText { id: spec.id.into(), text: text.to_owned() };
    Some(Act::new(Group::Parameters, shown, command).note(spec.unit))
}
