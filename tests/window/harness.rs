//! A window without a display: opened, waited for, read, and given files.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use egui::{Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use impetus::app::{App, Theme, install_fonts};
use impetus::session::Session;
use impetus::text::Lang;

/// The time of a frame.
pub const FRAME: Duration = Duration::from_millis(16);

/// A window that is drawn nowhere.
pub type Window = Harness<'static, App>;

/// The usual size, in points.
pub const SIZE: Vec2 = vec2(1280.0, 800.0);

/// A window of this size on a session, after `prepare` and the first frames.
pub fn window_on(size: Vec2, session: Session, (lang, theme): (Lang, Theme), prepare: impl FnOnce(&mut App)) -> Window {
    let mut app = App::new(session, lang, theme);
    prepare(&mut app);
    let mut window = Harness::builder()
        .with_size(size)
        .with_os(egui::os::OperatingSystem::Nix)
        .with_context_setup(install_fonts)
        .build_ui_state(|ui, app: &mut App| app.frame(ui, FRAME), app);
    window.run_steps(3);
    window
}

/// Frames until `there` holds, half a minute at most.
pub fn until(window: &mut Window, what: &str, there: impl Fn(&Window) -> bool) {
    for _ in 0..6_000 {
        if there(window) {
            return;
        }
        window.run_steps(1);
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("{what} does not come");
}

/// Whether something on the screen says `part`.
pub fn says(window: &Window, part: &str) -> bool {
    window.query_all_by_label_contains(part).next().is_some()
}

/// A file as a desktop hands it over.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|e| e.to_string())
    }
}

/// Drops files on the window at once.
pub fn drop_files(window: &mut Window, paths: &[&Path]) {
    for path in paths {
        window.input_mut().dropped_files.push(Arc::new(Dropped((*path).to_owned())));
    }
    window.run_steps(1);
    window.input_mut().dropped_files.clear();
}
