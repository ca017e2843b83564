//! Work without fear in the window: saved, opened, dropped, pasted, taken back, recovered. No display,
//! no GPU, no file outside a temporary folder.

use std::path::Path;
use std::time::Duration;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use impetus::app::{App, Theme};
use impetus::export::fonts;
use impetus::files::Preferences;
use impetus::files::keep::{Kept, Leftover, Opened, RunShelf};
use impetus::scenes::SCENES;
use impetus::session::{Command, Plan, Session};
use impetus::text::{Lang, keep as words};

use super::harness::{SIZE, Window, drop_files, says, until, window_on};

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

fn window_in(lang: Lang, prepare: impl FnOnce(&mut App)) -> Window {
    window_on(SIZE, Session::open(SCENES[0]).unwrap(), (lang, Theme::Dark), prepare)
}

fn window() -> Window {
    window_in(Lang::En, |_| {})
}

fn set(window: &mut Window, id: &str, value: f64) {
    window.state_mut().session_mut().apply(Command::Set { id: id.into(), value }).unwrap();
    window.run_steps(2);
}

fn value(window: &Window, id: &str) -> f64 {
    window.state().session().read(id)
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(3);
}

fn click(window: &mut Window, label: &str) {
    window.get_by_role_and_label(Role::Button, label).click_accesskit();
    window.run_steps(3);
}

/// Writes a path over what the panel has in its field.
fn type_path(window: &mut Window, path: &Path) {
    window.get_by_role_and_label(Role::TextInput, "File").focus();
    window.run_steps(2);
    press(window, CTRL, Key::A);
    window.get_by_role_and_label(Role::TextInput, "File").type_text(&path.display().to_string());
    window.run_steps(2);
}

fn store(path: &Path, id: &str, value: f64) {
    let mut session = Session::open(SCENES[0]).unwrap();
    session.apply(Command::Set { id: id.into(), value }).unwrap();
    session.apply(Command::Seek(7)).unwrap();
    Kept { note: "keep me".into(), ..Kept::of(&session) }.store(path).unwrap();
}

#[test]
fn every_wording_has_its_glyphs() {
    for wording in words::ALL {
        for c in Lang::ALL.iter().flat_map(|l| wording.get(*l).chars()) {
            assert!(fonts::covers(c), "{c:?} of {:?}", wording.en);
        }
    }
}

#[test]
fn a_session_is_saved_changed_saved_again_and_opened() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lecture");
    let there = file.with_extension("impetus");
    let path = folder.path().join("preferences.toml");
    let mut window = window_in(Lang::En, |app| app.prefer(Preferences::default(), Some(path.clone())));
    assert_eq!(window.state().title(), "");
    set(&mut window, "eta", 0.17);
    assert_eq!(window.state().title(), "not saved yet •");
    press(&mut window, CTRL, Key::S);
    type_path(&mut window, &file);
    click(&mut window, "Save");
    until(&mut window, "the save", |w| says(w, "Saved “lecture.impetus”."));
    assert_eq!(window.state().title(), "lecture.impetus");
    assert!(says(&window, "· lecture.impetus"), "the bar at the top names it");
    let first = std::fs::read(&there).unwrap();
    set(&mut window, "eta", 0.18);
    assert_eq!(window.state().title(), "lecture.impetus •");
    press(&mut window, CTRL, Key::S);
    until(&mut window, "the second save", |w| w.state().title() == "lecture.impetus");
    assert!(std::fs::read(&there).unwrap() != first);
    assert_eq!(Preferences::load(&path).recent, std::slice::from_ref(&there));
    // Another window opens it from the list of recent files.
    let mut other = window_in(Lang::En, |app| app.prefer(Preferences::load(&path), None));
    press(&mut other, CTRL, Key::O);
    click(&mut other, "lecture.impetus");
    until(&mut other, "the session", |w| value(w, "eta") == 0.18);
    assert_eq!(other.state().session().document(), window.state().session().document());
    assert_eq!(other.state().title(), "lecture.impetus");
}

#[test]
fn a_file_in_the_way_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.impetus");
    std::fs::write(&file, "precious").unwrap();
    let mut window = window();
    press(&mut window, CTRL_SHIFT, Key::S);
    type_path(&mut window, &file);
    click(&mut window, "Save");
    assert!(says(&window, "“mine.impetus” exists already."));
    click(&mut window, "Cancel");
    assert_eq!(std::fs::read(&file).unwrap(), b"precious");
    click(&mut window, "Save");
    click(&mut window, "Replace it");
    until(&mut window, "the save", |w| says(w, "Saved “mine.impetus”."));
    assert!(matches!(Opened::read(&file), Ok(Opened::Session(_))));
    // A folder that does not exist is one sentence.
    press(&mut window, CTRL_SHIFT, Key::S);
    type_path(&mut window, &folder.path().join("none").join("x.impetus"));
    click(&mut window, "Save");
    until(&mut window, "the sentence", |w| says(w, "its folder does not exist"));
    assert_eq!(window.state().title(), "mine.impetus");
}

/// Opening is one step back, and the file goes back with it.
#[test]
fn opening_can_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one.impetus"), folder.path().join("two.toml"));
    store(&one, "eta", 0.21);
    store(&two, "eta", 0.22);
    let mut window = window();
    set(&mut window, "eta", 0.2);
    for (path, eta) in [(&one, 0.21), (&two, 0.22)] {
        drop_files(&mut window, &[path]);
        until(&mut window, "the session", |w| value(w, "eta") == eta);
        assert_eq!(window.state().session().playback().now, 7);
    }
    let walk = [
        (CTRL, "one.impetus", 0.21),
        (CTRL, "not saved yet •", 0.2),
        (CTRL_SHIFT, "one.impetus", 0.21),
        (CTRL_SHIFT, "two.toml", 0.22),
    ];
    for (keys, title, eta) in walk {
        press(&mut window, keys, Key::Z);
        assert_eq!((window.state().title().as_str(), value(&window, "eta")), (title, eta));
    }
    press(&mut window, CTRL, Key::N);
    assert_eq!((window.state().title().as_str(), value(&window, "eta")), ("", 0.4));
    press(&mut window, CTRL, Key::Z);
    assert_eq!((window.state().title().as_str(), value(&window, "eta")), ("two.toml", 0.22));
    press(&mut window, CTRL, Key::S);
    until(&mut window, "the save", |w| says(w, "Saved “two.toml”."));
    let Ok(Opened::Session(found)) = Opened::read(&two) else { panic!("not a session any more") };
    assert_eq!(found.kept.note, "keep me", "the note travels with the file");
}

#[test]
fn a_faulty_file_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bad.impetus");
    store(&file, "eta", 0.3);
    let text = std::fs::read_to_string(&file).unwrap().replace("eta = 0.3", "eta = 3e9");
    std::fs::write(&file, &text).unwrap();
    let mut window = window();
    set(&mut window, "beta", 0.31);
    drop_files(&mut window, &[&file]);
    until(&mut window, "the sentence", |w| says(w, "“bad.impetus”: Line 17, column 7: learning rate (eta)"));
    assert_eq!((value(&window, "beta"), value(&window, "eta")), (0.31, 0.4));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn share_text_is_copied_and_pasted() {
    let mut window = window();
    set(&mut window, "eta", 0.27);
    window.state_mut().session_mut().apply(Command::Pin).unwrap();
    set(&mut window, "beta", 0.7);
    // One event, so that its frame is the one looked at.
    let (key, modifiers) = (Key::C, CTRL_SHIFT);
    window.event(Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers });
    let copied = (0..4).find_map(|_| {
        window.step();
        window.output().platform_output.commands.iter().find_map(|c| match c {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    });
    let line = copied.expect("something was copied");
    assert_eq!(line, "impetus:one-machine?eta=0.27&beta=0.7&pin=beta=0.5");
    let mut other = self::window();
    for (text, eta) in [("hello", 0.4), ("impetus:moon", 0.4), (line.as_str(), 0.27)] {
        other.event(Event::Paste(text.into()));
        other.run_steps(3);
        assert_eq!(value(&other, "eta"), eta, "{text}");
    }
    assert!(says(&other, "There is no scene “moon” here"));
    assert_eq!(other.state().session().document(), window.state().session().document());
    assert_eq!(other.state().title(), "not saved yet •");
    press(&mut other, CTRL, Key::Z);
    assert_eq!((value(&other, "eta"), other.state().title().as_str()), (0.4, ""));
}

/// A window that dies leaves its work; the next one gives it back, once.
#[test]
fn recovered_work_is_offered() {
    let folder = tempfile::tempdir().unwrap();
    let keep = |app: &mut App| app.keep_in(Some(folder.path().to_owned()));
    let mut dying = window_in(Lang::En, keep);
    set(&mut dying, "eta", 0.29);
    set(&mut dying, "eta", 0.31);
    let mut other = window_in(Lang::En, keep);
    assert!(!says(&other, "Unsaved work on"), "the first window lives");
    set(&mut other, "eta", 0.1);
    other.state_mut().session_mut().apply(Command::Undo).unwrap();
    other.run_steps(2);
    drop(other);
    drop(dying);
    let mut next = window_in(Lang::En, keep);
    assert!(says(&next, "Unsaved work on “") && says(&next, "left moments ago."));
    click(&mut next, "Later");
    assert!(!says(&next, "Unsaved work on") && value(&next, "eta") == 0.4);
    drop(next);
    let mut next = window_in(Lang::Zh, keep);
    assert!(says(&next, "有未保存的工作"));
    click(&mut next, "恢复");
    assert_eq!((value(&next, "eta"), next.state().title().as_str()), (0.31, "尚未保存 •"));
    let file = folder.path().join("safe.impetus");
    press(&mut next, CTRL, Key::S);
    next.get_by_role_and_label(Role::TextInput, "文件").focus();
    next.run_steps(2);
    press(&mut next, CTRL, Key::A);
    next.get_by_role_and_label(Role::TextInput, "文件").type_text(&file.display().to_string());
    next.run_steps(2);
    click(&mut next, "保存");
    until(&mut next, "the save", |w| says(w, "已保存“safe.impetus”。"));
    drop(next);
    let mut left: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    left.sort();
    assert_eq!(left, ["safe.impetus"]);
    let left = Leftover::all(folder.path());
    assert_eq!(left.len(), 1);
    drop(left);
    let mut last = window_in(Lang::En, keep);
    click(&mut last, "Discard");
    assert!(!says(&last, "Unsaved work on"));
    drop(last);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// A long run that another window had begun is gone on with, and said to be.
#[test]
fn a_long_run_is_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let mut plan = Plan { steps: 100_000, ..Plan::new(SCENES[0]) };
    plan.values.set("particles", 1e5).unwrap();
    let mut run = plan.start().unwrap();
    assert!(run.is_long() && !Plan::new(SCENES[0]).start().unwrap().is_long());
    plan.compute(&mut run, 100);
    RunShelf::start(folder.path()).unwrap().keep(plan.clone(), run.snapshot().unwrap());
    let mut window = window_on(SIZE, Session::resume(plan).unwrap(), (Lang::En, Theme::Dark), |app| {
        app.keep_in(Some(folder.path().to_owned()));
        app.session_mut().apply(Command::Hold(true)).unwrap();
    });
    until(&mut window, "the run", |w| says(w, "This run was made before up to iteration 96;"));
    assert!(window.state().session().run().done() >= 96);
}

/// The offer stands above the bar and the card of the first minute, and covers neither.
#[test]
fn the_offer_covers_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut dying = window_in(Lang::En, |app| app.keep_in(Some(folder.path().to_owned())));
    set(&mut dying, "eta", 0.29);
    drop(dying);
    let next = window_in(Lang::En, |app| {
        app.keep_in(Some(folder.path().to_owned()));
        app.prefer(Preferences::default(), None);
    });
    let (offer, bar) = (next.get_by_label("Restore").rect(), next.get_by_label("Menu").rect());
    let card = next.get_by_label("Three things to try").rect();
    assert!(offer.bottom() < bar.top() && bar.bottom() < card.top(), "{offer:?}, {bar:?}, {card:?}");
}

/// With nothing to keep and nothing open, nothing asks for another frame.
#[test]
fn it_rests() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window_in(Lang::En, |app| app.keep_in(Some(folder.path().to_owned())));
    set(&mut window, "eta", 0.29);
    window.run_steps(60);
    let delay = window.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
    assert!(delay > Duration::from_secs(1), "another frame was asked for in {delay:?}");
}
