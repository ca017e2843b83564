//! The window: the only place that names egui.
//!
//! Panels see the session read-only and push [`Command`]s; the app applies them after the frame
//! is laid out, and asks for another frame only while something moves. `theme`, `fonts`, `label`
//! and `widgets` are the look; `plot` draws figures; `panels` are the parts of the bench; `studio`
//! makes figures for print, `survey` maps over parameters; `open` reads files dropped on the
//! window; `keeper` knows which file a
//! session belongs to, saves it, and keeps it safe from a crash.

mod fonts;
mod keeper;
mod label;
mod open;
mod panels;
pub mod plot;
mod studio;
mod survey;
mod theme;
mod widgets;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::files::keep::Recovery;
use crate::files::{Claim, Preferences, Restored};
use crate::scenes::models::sweep::Sweep;
use crate::session::{Command, Session};
use crate::text::{Lang, ui as words};
pub use fonts::install as install_fonts;
use keeper::Keeper;
use open::Opener;
use panels::toast::Toasts;
use panels::verify::VerifyPanel;
use studio::Studio;
use survey::Surveyor;
pub use theme::{Skin, Theme};

/// What a panel may ask of the app beside session commands.
#[derive(Clone, Debug, PartialEq)]
enum Ask {
    /// A session command.
    Do(Command),
    /// Another language.
    Lang(Lang),
    /// Another theme.
    Theme(Theme),
    /// Opens the figure studio, with this view if one is named.
    Studio(Option<&'static str>),
    /// Back to the bench.
    Bench,
    /// Opens the run a file shows.
    Open(std::path::PathBuf),
    /// Measures the map of a sweep, or stops.
    Survey(Option<Box<Sweep>>),
    /// Opens or closes the verify window.
    Verify(bool),
    /// A session from its defaults.
    New,
    /// Saves the session in its file, or asks for one.
    Save,
    /// Asks for a file to save in.
    SaveAs,
    /// Saves the session in this file.
    SaveTo(PathBuf),
    /// Asks for a file to open.
    OpenDialog,
    /// Opens a recent file.
    OpenRecent(PathBuf),
    /// Opens what a share text describes.
    OpenText(String),
    /// Copies the session as share text.
    Copy,
    /// Opens the share text in the clipboard.
    Paste,
    /// Puts recovered work in force.
    Restore,
    /// Lets go of recovered work.
    Discard,
    /// Leaves recovered work for the next time.
    Later,
}

/// What panels read and where they leave their wishes.
struct Desk<'a> {
    session: &'a Session,
    lang: Lang,
    skin: Skin,
    theme: Theme,
    survey: &'a Surveyor,
    sheets: &'a plot::Sheets,
    link: plot::Link,
    /// The name of the session's file, with a dot if something is not saved in it.
    title: String,
    asks: Vec<Ask>,
}

impl Desk<'_> {
    fn say(&self, text: crate::text::Text) -> &'static str {
        text.get(self.lang)
    }

    fn push(&mut self, command: Command) {
        self.asks.push(Ask::Do(command));
    }
}

/// The application.
pub struct App {
    session: Session,
    lang: Lang,
    theme: Theme,
    studio: Studio,
    opener: Opener,
    keeper: Keeper,
    claim: Option<Claim>,
    verify: VerifyPanel,
    surveyor: Surveyor,
    toasts: Toasts,
    sheets: plot::Sheets,
    link: plot::Link,
    prefs: Preferences,
    /// Where preferences are kept, if anywhere.
    prefs_path: Option<PathBuf>,
    last: Option<Instant>,
    dressed: Option<Theme>,
}

impl App {
    /// The application with a session, in a language and a theme. Its context needs
    /// [`install_fonts`] once.
    pub fn new(session: Session, lang: Lang, theme: Theme) -> Self {
        App {
            session,
            lang,
            theme,
            studio: Studio::default(),
            opener: Opener::default(),
            keeper: Keeper::default(),
            claim: None,
            verify: VerifyPanel::default(),
            surveyor: Surveyor::default(),
            toasts: Toasts::default(),
            sheets: plot::Sheets::default(),
            link: plot::Link::default(),
            prefs: Preferences::default(),
            prefs_path: None,
            last: None,
            dressed: None,
        }
    }

    /// Takes over what the window remembers. Changes are written to `path`, if there is one.
    pub fn prefer(&mut self, prefs: Preferences, path: Option<PathBuf>) {
        (self.prefs, self.prefs_path) = (prefs, path);
    }

    /// What the window remembers.
    pub fn preferences(&self) -> &Preferences {
        &self.prefs
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The session, to be commanded from outside.
    pub fn session_mut(&mut self) -> &mut Session {
        &mut self.session
    }

    /// Where the figure studio saves.
    pub fn set_figure_folder(&mut self, folder: &std::path::Path) {
        self.studio.settings.folder = folder.display().to_string();
    }

    /// Where the figure studio remembers how figures were made; nowhere unless this is called.
    pub fn remember_in(&mut self, path: Option<std::path::PathBuf>) {
        if let Some(path) = path {
            self.studio.keep_in(path);
        }
    }

    /// What the plots of the bench share: pointer and window of the clock.
    pub fn link(&self) -> plot::Link {
        self.link
    }

    /// The language in force.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// One frame, `wall` after the last.
    pub fn frame(&mut self, ui: &mut egui::Ui, wall: Duration) {
        let ctx = ui.ctx().clone();
        if self.dressed != Some(self.theme) {
            theme::apply(&ctx, self.theme);
            self.dressed = Some(self.theme);
        }
        self.session.tick(wall);
        self.surveyor.deliver(&mut self.session);
        let mut desk = Desk {
            session: &self.session,
            lang: self.lang,
            skin: self.theme.skin(),
            theme: self.theme,
            survey: &self.surveyor,
            sheets: &self.sheets,
            link: self.link,
            title: self.title(),
            asks: Vec::new(),
        };
        panels::keys::read(&ctx, &mut desk, self.studio.open);
        Keeper::keys(&ctx, &mut desk);
        Opener::watch(&ctx, &mut desk);
        if self.studio.open {
            let said = self.studio.show(ui, &mut desk);
            self.toasts.extend(said);
        } else {
            bench(ui, &mut desk);
            self.verify.show(&ctx, &mut desk);
        }
        self.keeper.show(&ctx, &mut desk);
        let (asks, link) = (desk.asks, desk.link);
        if self.link.turn(link) {
            ctx.request_repaint();
        }
        self.toasts.extend(self.studio.news(&ctx, self.lang));
        self.answer(&ctx, asks);
        self.take_opened();
        let faults = self.keeper.watch(&ctx, &self.session, self.lang);
        faults.into_iter().for_each(|fault| self.toasts.warn(fault));
        self.check_claim();
        self.toasts.show(&ctx, self.theme.skin(), wall);
        if self.session.is_busy() {
            ctx.request_repaint();
        }
    }

    fn answer(&mut self, ctx: &egui::Context, asks: Vec<Ask>) {
        if !asks.is_empty() {
            ctx.request_repaint();
        }
        for ask in asks {
            let Some(ask) = self.keep(ctx, ask) else { continue };
            let result = match ask {
                Ask::Do(command) => self.command(command),
                Ask::Studio(view) => {
                    self.studio.enter(view);
                    // A figure shows one moment.
                    self.session.apply(Command::Play(false))
                }
                Ask::Survey(sweep) => {
                    match sweep {
                        Some(sweep) => self.surveyor.begin(ctx, *sweep),
                        None => self.surveyor.stop(),
                    }
                    Ok(())
                }
                other => {
                    self.dress(other);
                    Ok(())
                }
            };
            if let Err(why) = result {
                self.toasts.warn(why.say(self.lang));
            }
        }
    }

    fn heed(&mut self, restored: &Restored) {
        for notice in &restored.notices {
            self.toasts.warn(notice.say(self.lang));
        }
        if !restored.composition.is_table() {
            self.studio.show_figure(&restored.composition);
        }
        self.claim = Some(restored.claim());
    }

    /// Says so if the numbers of a restored figure are not those in its file.
    fn check_claim(&mut self) {
        let Some(claim) = self.claim.take_if(|_| self.session.run().is_complete()) else { return };
        if let Some(notice) = claim.check(&self.session) {
            self.toasts.warn(notice.say(self.lang));
        }
    }

    fn dress(&mut self, ask: Ask) {
        match ask {
            Ask::Lang(lang) => self.lang = lang,
            Ask::Theme(theme) => self.theme = theme,
            Ask::Bench => self.studio.leave(),
            Ask::Verify(open) => self.verify.open = open,
            // The others are carried out before.
            _ => {}
        }
    }
}

/// The bench: everything but the figure studio.
fn bench(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    panels::top::show(ui, desk);
    panels::transport::show(ui, desk);
    panels::chapter::show(ui, desk);
    panels::side::show(ui, desk);
    let ground = egui::Frame::new().fill(desk.skin.ground).inner_margin(10.0);
    egui::CentralPanel::default().frame(ground).show(ui, |ui| {
        panels::machines::show(ui, desk);
        panels::views::show(ui, desk);
    });
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        let now = Instant::now();
        let wall = self.last.replace(now).map_or(Duration::ZERO, |last| now - last);
        self.frame(ui, wall);
    }
}

/// Opens the window with a session, after `prepare` has put in force what it is to show, and runs
/// until it is closed.
///
/// # Errors
/// One sentence when there is no display or the window cannot be opened.
pub fn run(session: Session, prepare: impl FnOnce(&mut App), lang: Lang, theme: Theme) -> Result<(), String> {
    let has = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    if cfg!(target_os = "linux") && !has("DISPLAY") && !has("WAYLAND_DISPLAY") && !has("WAYLAND_SOCKET") {
        return Err(words::NO_DISPLAY.get(lang).into());
    }
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")).unwrap_or_default();
    let viewport = egui::ViewportBuilder::default()
        .with_title("Impetus")
        .with_app_id("impetus")
        .with_inner_size([1360.0, 860.0])
        .with_min_inner_size([1180.0, 700.0])
        .with_icon(icon);
    let options = eframe::NativeOptions { viewport, ..Default::default() };
    // A missing system library is a panic in its loader, not an error.
    let shown = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let there = shown.clone();
    let opened = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let create = move |cc: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
            there.store(true, std::sync::atomic::Ordering::Relaxed);
            install_fonts(&cc.egui_ctx);
            let mut app = App::new(session, lang, theme);
            app.remember_in(crate::files::Settings::usual_path());
            let path = Preferences::usual_path();
            app.prefer(path.as_deref().map_or_else(Preferences::default, Preferences::load), path);
            app.keep_in(Recovery::usual_folder());
            prepare(&mut app);
            Ok(Box::new(app))
        };
        eframe::run_native("impetus", options, Box::new(create))
    }));
    let fail = |why: &str| crate::text::fill(words::NO_WINDOW.get(lang), &[why]);
    match opened {
        Ok(Ok(())) => Ok(()),
        Ok(Err(e)) => Err(fail(&e.to_string())),
        // A fault of the program itself is not blamed on the system.
        Err(fault) if shown.load(std::sync::atomic::Ordering::Relaxed) => std::panic::resume_unwind(fault),
        Err(_) => Err(fail("a system library is missing")),
    }
}
