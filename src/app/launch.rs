//! Opening the window.

use super::{App, Theme, install_fonts};
use crate::files::keep::Recovery;
use crate::files::{Preferences, Progress, Settings};
use crate::session::Session;
use crate::text::{Lang, fill, ui as words};

/// How the window is wanted; what is left open is as it was last, or as usual.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// Language asked for.
    pub lang: Option<Lang>,
    /// Language of the system.
    pub system: Lang,
    /// Theme asked for.
    pub theme: Option<Theme>,
}

/// Opens the window with a session, after `prepare` has put in force what it is to show, and runs
/// until it is closed.
///
/// # Errors
/// One sentence when there is no display or the window cannot be opened.
pub fn run(session: Session, prepare: impl FnOnce(&mut App), wish: Wish) -> Result<(), String> {
    let path = Preferences::usual_path();
    let prefs = path.as_deref().map_or_else(Preferences::default, Preferences::load);
    let lang = wish.lang.or(prefs.lang).unwrap_or(wish.system);
    let theme = wish.theme.or(prefs.theme.as_deref().and_then(Theme::from_id)).unwrap_or(Theme::Dark);
    let has = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    if cfg!(target_os = "linux") && !has("DISPLAY") && !has("WAYLAND_DISPLAY") && !has("WAYLAND_SOCKET") {
        return Err(words::NO_DISPLAY.get(lang).into());
    }
    let options = eframe::NativeOptions { viewport: viewport(), ..Default::default() };
    // A missing system library is a panic in its loader, not an error.
    let shown = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let there = shown.clone();
    let opened = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let create = move |cc: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
            there.store(true, std::sync::atomic::Ordering::Relaxed);
            install_fonts(&cc.egui_ctx);
            let mut app = App::new(session, lang, theme);
            app.remember_in(Settings::usual_path());
            app.prefer(prefs, path);
            app.keep_in(Recovery::usual_folder());
            let path = Progress::usual_path();
            app.resume_reading(path.as_deref().map_or_else(Progress::default, Progress::load), path);
            prepare(&mut app);
            Ok(Box::new(app))
        };
        eframe::run_native("impetus", options, Box::new(create))
    }));
    let fail = |why: &str| fill(words::NO_WINDOW.get(lang), &[why]);
    match opened {
        Ok(Ok(())) => Ok(()),
        Ok(Err(e)) => Err(fail(&e.to_string())),
        // A fault of the program itself is not blamed on the system.
        Err(fault) if shown.load(std::sync::atomic::Ordering::Relaxed) => std::panic::resume_unwind(fault),
        Err(_) => Err(fail("a system library is missing")),
    }
}

fn viewport() -> egui::ViewportBuilder {
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")).unwrap_or_default();
    egui::ViewportBuilder::default()
        .with_title("Impetus")
        .with_app_id("impetus")
        .with_inner_size([1360.0, 860.0])
        .with_min_inner_size([900.0, 600.0])
        .with_icon(icon)
}
