//! Acts on the tiles: which there are, where they stand and what they show.

use egui::{Key, KeyboardShortcut};

use super::chords::{ctrl, ctrl_shift, key};
use super::{Act, Group};
use crate::app::bench::{beside, builtin, offered, view_of, wider};
use crate::app::{Ask, Desk, Part};
use crate::scenes::Opt;
use crate::scenes::turn::{FIRST, nearest};
use crate::session::{Command, Layout, MOST_TILES, Slot};
use crate::text::{Text, fill, shell as words, tile, ui};

type Keys = &'static [KeyboardShortcut];

const NEXT: Keys = &[ctrl(Key::PageDown)];
const PREVIOUS: Keys = &[ctrl(Key::PageUp)];
const CLOSE: Keys = &[ctrl(Key::W)];
const MAXIMISE: Keys = &[ctrl(Key::Enter)];
const RESTORE: Keys = &[key(Key::Escape)];
const ADD: Keys = &[ctrl(Key::T)];
const TABLE: Keys = &[key(Key::T)];
const FIGURE: Keys = &[ctrl_shift(Key::E)];
const SWAP: [Keys; 2] = [&[ctrl_shift(Key::PageUp)], &[ctrl_shift(Key::PageDown)]];
const GROW: [Keys; 4] = [
    &[ctrl_shift(Key::ArrowLeft)],
    &[ctrl_shift(Key::ArrowRight)],
    &[ctrl_shift(Key::ArrowUp)],
    &[ctrl_shift(Key::ArrowDown)],
];

/// Focus, close, enlarge, add, move, widen; views; layouts.
pub fn acts(desk: &Desk<'_>) -> Vec<Act> {
    [tiles(desk), moves(desk), views(desk), choices(desk), layouts(desk)].concat()
}

fn act(desk: &Desk<'_>, name: Text, layout: Layout, keys: Keys) -> Act {
    let ready = layout != desk.session.look().layout;
    Act::new(Group::Tiles, desk.say(name), Command::Arrange(layout)).keys(keys).ready(ready)
}

fn tiles(desk: &Desk<'_>) -> Vec<Act> {
    let layout = desk.session.look().layout.clone();
    let (tile, count) = (desk.tile(), layout.len());
    let full = layout.maximised.is_some();
    let focus =
        |name, to, keys| Act::new(Group::Tiles, desk.say(name), Ask::Tile(to)).keys(keys).ready(count > 1 && !full);
    let view = view_of(desk, layout.slot(tile));
    let mut out = vec![
        focus(words::NEXT_TILE, (tile + 1) % count, NEXT),
        focus(words::PREVIOUS_TILE, (tile + count - 1) % count, PREVIOUS),
        act(desk, words::MAXIMISE, layout.clone().maximised((!full).then_some(tile)), MAXIMISE).on(full),
        act(desk, ui::SHRINK, layout.clone().maximised(None), RESTORE).ready(full),
        act(desk, words::CLOSE_TILE, layout.clone().closed(tile), CLOSE),
        Act::new(Group::Tiles, desk.say(words::TABLE), Ask::Table(tile)).keys(TABLE),
        Act::new(Group::Tiles, desk.say(ui::FIGURE_OF_VIEW), Ask::Studio(Some(view)))
            .keys(FIGURE)
            .ready(!view.is_empty()),
    ];
    if let Some(info) = offered(desk).into_iter().find(|v| !shown(desk).contains(&v.id)) {
        let added = layout.added(tile, beside(desk, tile), Slot::View(info.id.to_owned()));
        out.push(act(desk, words::ADD_TILE, added, ADD).note(desk.say(info.title)));
    }
    out
}

fn moves(desk: &Desk<'_>) -> Vec<Act> {
    let layout = desk.session.look().layout.clone();
    let (tile, count) = (desk.tile(), layout.len());
    let others = [(tile + count - 1) % count, (tile + 1) % count];
    let names = [words::SWAP_BACK, words::SWAP_ON];
    let swaps =
        names.into_iter().zip(SWAP).zip(others).map(|((name, keys), other)| {
            act(desk, name, layout.clone().swapped(tile, other), keys).then(Ask::Tile(other))
        });
    let names = [words::NARROWER, words::WIDER, words::LOWER, words::TALLER];
    let shifts = [(-0.04, 0.0), (0.04, 0.0), (0.0, -0.04), (0.0, 0.04)];
    let grows = names
        .into_iter()
        .zip(GROW)
        .zip(shifts)
        .map(|((name, keys), (x, y))| act(desk, name, wider(layout.clone(), tile, x, y), keys));
    swaps.chain(grows).collect()
}

/// The views that stand in a tile.
fn shown(desk: &Desk<'_>) -> Vec<&'static str> {
    let layout = &desk.session.look().layout;
    (0..layout.len()).map(|i| view_of(desk, layout.slot(i))).collect()
}

fn views(desk: &Desk<'_>) -> Vec<Act> {
    let layout = &desk.session.look().layout;
    let (tile, shown) = (desk.tile(), shown(desk));
    let room = layout.len() < MOST_TILES;
    let show = |info: &crate::scenes::ViewInfo| {
        let name = fill(desk.say(words::SHOW_VIEW), &[desk.say(info.title)]);
        let here = layout.clone().shown(tile, info.id);
        Act::new(Group::Views, name, Command::Arrange(here)).alias(info.id).on(shown.get(tile) == Some(&info.id))
    };
    let add = |info: &crate::scenes::ViewInfo| {
        let name = fill(desk.say(words::ADD_VIEW), &[desk.say(info.title)]);
        let more = layout.clone().added(tile, beside(desk, tile), Slot::View(info.id.to_owned()));
        Act::new(Group::Views, name, Command::Arrange(more)).alias(info.id).ready(room)
    };
    let offered = offered(desk);
    let missing = offered.iter().filter(|v| !shown.contains(&v.id));
    offered.iter().map(show).chain(missing.map(add)).collect()
}

/// What can be chosen for the views that leave a choice.
fn choices(desk: &Desk<'_>) -> Vec<Act> {
    let session = desk.session;
    let mut opts: Vec<Opt> = offered(desk).iter().flat_map(|v| v.options).copied().collect();
    opts.sort_by_key(|o| o.id());
    opts.dedup();
    let turns = if opts.contains(&Opt::Azimuth) { turns(desk) } else { Vec::new() };
    opts.retain(|opt| !opt.is_direction());
    let each = |opt: Opt| {
        let now = session.look().options.get(opt);
        session.scene().choices(opt, &session.run().values).into_iter().enumerate().map(move |(i, choice)| {
            let name = format!("{}: {}", desk.say(opt.title()), desk.say(choice.name));
            Act::new(Group::Views, name, Command::Choose(opt, i)).alias(choice.id).on(i == now)
        })
    };
    opts.into_iter().flat_map(each).chain(turns).collect()
}

/// Ways to turn a surface by fifteen degrees, and back to how it was drawn at first.
fn turns(desk: &Desk<'_>) -> Vec<Act> {
    let view = desk.session.view(desk.lang);
    let [azimuth, elevation] = view.turned().unwrap_or(FIRST);
    let act = |name: Text, [azimuth, elevation]: [usize; 2]| {
        let act = Act::new(Group::Views, desk.say(name), Command::Choose(Opt::Azimuth, azimuth));
        act.then(Command::Choose(Opt::Elevation, elevation))
    };
    let by = |across: f64, up: f64| nearest([azimuth + across, elevation + up]);
    vec![
        act(tile::TURN_LEFT, by(15.0, 0.0)),
        act(tile::TURN_RIGHT, by(-15.0, 0.0)),
        act(tile::TURN_UP, by(0.0, 15.0)),
        act(tile::TURN_DOWN, by(0.0, -15.0)),
        act(tile::TURN_BACK, [0, 0]).ready(view.turned().is_some()),
    ]
}

fn layouts(desk: &Desk<'_>) -> Vec<Act> {
    let now = &desk.session.look().layout;
    let act = |name: &str, layout: Layout| {
        let on = layout == *now;
        Act::new(Group::Layouts, fill(desk.say(words::LAYOUT_NAMED), &[name]), Command::Arrange(layout)).on(on)
    };
    let built = builtin().into_iter().map(|(name, layout)| act(desk.say(name), layout));
    let own = desk.prefs.layouts.iter().map(|(name, layout)| act(name, layout.clone()));
    let keep = Act::new(Group::Layouts, desk.say(words::LAYOUT_KEEP), Ask::Part(Part::Layouts, true));
    built.chain(own).chain([keep]).collect()
}
