//! The chapter player, driven through its accessibility tree: list and search, predictions, answers,
//! progress.

mod list;
mod machines;
mod predict;
mod progress;
mod sketch;
mod words;

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use impetus::app::Theme;
use impetus::files::Progress;
use impetus::scenes::{SCENES, Scene, SceneRef, find};
use impetus::session::{Command, Session};
use impetus::text::{Lang, Text};

use super::harness::{SIZE, Window, window_on};

/// A window on a scene, for a reader who is so far; what they read is kept in `path`.
fn open_for(scene: impl Into<SceneRef>, lang: Lang, progress: Progress, path: Option<PathBuf>) -> Window {
    let session = Session::open(scene).unwrap();
    window_on(SIZE, session, (lang, Theme::Dark), |app| app.resume_reading(progress, path))
}

fn open(scene: &'static dyn Scene) -> Window {
    open_for(scene, Lang::En, Progress::default(), None)
}

fn bowl() -> &'static dyn Scene {
    find("bowl").unwrap()
}

/// The scenes in the order of the chapter.
fn in_order() -> Vec<&'static dyn Scene> {
    let mut scenes = SCENES.to_vec();
    scenes.sort_by_key(|scene| scene.meta().group as usize);
    scenes
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(3);
}

fn apply(window: &mut Window, command: Command) {
    window.state_mut().session_mut().apply(command).unwrap();
    window.run_steps(3);
}

/// A press as a screen reader gives it: of a button that is scrolled out of sight too.
fn click(window: &mut Window, word: Text) {
    window.get_by_role_and_label(Role::Button, word.en).click_accesskit();
    window.run_steps(3);
}

fn shows(window: &Window, word: Text) -> bool {
    window.query_all_by_label(word.en).next().is_some()
}

fn id(window: &Window) -> &'static str {
    window.state().session().scene().meta().id
}
