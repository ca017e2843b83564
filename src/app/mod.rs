//! The window: the only place that names egui.
//!
//! Panels see the session read-only and push [`Command`]s; the app applies them after the frame
//! is laid out, and asks for another frame only while something moves. `theme`, `fonts`, `label`
//! and `widgets` are the look; `plot` draws figures; `panels` are the parts of the bench.

mod fonts;
mod label;
mod panels;
pub mod plot;
mod theme;
mod widgets;

use std::time::{Duration, Instant};

use crate::session::{Command, Session};
use crate::text::{Lang, ui as words};
pub use fonts::install as install_fonts;
use panels::export::ExportDialog;
use panels::toast::Toasts;
use panels::verify::VerifyPanel;
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
    /// Opens or closes the export dialog.
    Export(bool),
    /// Opens or closes the verify window.
    Verify(bool),
    /// Enlarges a tile, or puts all back.
    Maximise(Option<usize>),
    /// Shows another view in a tile.
    Tile(usize, &'static str),
}

/// What panels read and where they leave their wishes.
struct Desk<'a> {
    session: &'a Session,
    lang: Lang,
    skin: Skin,
    theme: Theme,
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
    tiles: panels::views::Tiles,
    export: ExportDialog,
    verify: VerifyPanel,
    toasts: Toasts,
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
            tiles: panels::views::Tiles::default(),
            export: ExportDialog::default(),
            verify: VerifyPanel::default(),
            toasts: Toasts::default(),
            last: None,
            dressed: None,
        }
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The session, to be commanded from outside.
    pub fn session_mut(&mut self) -> &mut Session {
        &mut self.session
    }

    /// Where the export dialog saves.
    pub fn set_export_folder(&mut self, folder: &std::path::Path) {
        self.export.folder = folder.display().to_string();
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
        let mut desk = Desk {
            session: &self.session,
            lang: self.lang,
            skin: self.theme.skin(),
            theme: self.theme,
            asks: Vec::new(),
        };
        panels::keys::read(&ctx, &mut desk, self.export.open);
        panels::top::show(ui, &mut desk);
        panels::transport::show(ui, &mut desk);
        panels::chapter::show(ui, &mut desk);
        panels::side::show(ui, &mut desk);
        egui::CentralPanel::default().frame(egui::Frame::new().fill(desk.skin.ground).inner_margin(10.0)).show(
            ui,
            |ui| {
                panels::machines::show(ui, &desk);
                panels::views::show(ui, &mut desk, &self.tiles);
            },
        );
        self.verify.show(&ctx, &mut desk);
        let done = self.export.show(&ctx, &mut desk);
        let asks = desk.asks;
        self.toasts.extend(done);
        self.toasts.show(&ctx, self.theme.skin(), wall);
        self.answer(&ctx, asks);
        if self.session.is_busy() {
            ctx.request_repaint();
        }
    }

    fn answer(&mut self, ctx: &egui::Context, asks: Vec<Ask>) {
        if !asks.is_empty() {
            ctx.request_repaint();
        }
        for ask in asks {
            let result = match ask {
                Ask::Do(command) => self.session.apply(command),
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

    fn dress(&mut self, ask: Ask) {
        match ask {
            Ask::Lang(lang) => self.lang = lang,
            Ask::Theme(theme) => self.theme = theme,
            Ask::Export(open) => self.export.open = open,
            Ask::Verify(open) => self.verify.open = open,
            Ask::Maximise(tile) => self.tiles.maximised = tile,
            Ask::Tile(place, view) => self.tiles.show_view(place, view),
            Ask::Do(_) => {}
        }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        let now = Instant::now();
        let wall = self.last.replace(now).map_or(Duration::ZERO, |last| now - last);
        self.frame(ui, wall);
    }
}

/// Opens the window and runs until it is closed.
///
/// # Errors
/// One sentence when there is no display or the window cannot be opened.
pub fn run(session: Session, lang: Lang, theme: Theme) -> Result<(), String> {
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
    let opened = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let create = move |cc: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
            install_fonts(&cc.egui_ctx);
            Ok(Box::new(App::new(session, lang, theme)))
        };
        eframe::run_native("impetus", options, Box::new(create))
    }));
    let fail = |why: &str| crate::text::fill(words::NO_WINDOW.get(lang), &[why]);
    match opened {
        Ok(Ok(())) => Ok(()),
        Ok(Err(e)) => Err(fail(&e.to_string())),
        Err(_) => Err(fail("a system library is missing")),
    }
}
