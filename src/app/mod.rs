//! The window: the only place that names egui.
//!
//! Panels see the session read-only and push [`Command`]s; the app applies them after the frame
//! is laid out, and asks for another frame only while something moves. `theme`, `fonts`, `label`,
//! `icons` and `widgets` are the look; `plot` draws figures; `bench` puts the `panels` together and
//! knows what tiles may show, `stance` which of them are open; `acts` is the one list of everything
//! that can be asked for; `studio` makes figures for print; `open` takes files dropped on the window.

mod acts;
mod bench;
mod fonts;
mod icons;
mod label;
mod launch;
mod open;
mod panels;
pub mod plot;
mod stance;
mod studio;
mod theme;
mod widgets;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::files::{Claim, Preferences, Restored, restore};
use crate::session::{Command, Session};
use crate::text::{Lang, fill, shell};
pub use fonts::install as install_fonts;
pub use launch::{Wish, run};
use open::Opener;
use panels::toast::{Toast, Toasts};
use panels::verify::VerifyPanel;
use panels::{controls, layouts, palette::Palette, sheet, table_id};
pub use stance::Part;
use stance::Stance;
use studio::Studio;
use theme::Dress;
pub use theme::{Skin, Theme, contrast};

/// Sizes of the window's contents on offer.
pub const SCALES: [f32; 9] = [0.75, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0];

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
    /// Opens or closes the verify window.
    Verify(bool),
    /// Another size of everything.
    Scale(f32),
    /// Whether things glide to their places.
    Motion(bool),
    /// Shows a part of the window or puts it away.
    Part(Part, bool),
    /// Makes this the tile that keys act on.
    Tile(usize),
    /// Numbers instead of the picture in the tile at this place, or back.
    Table(usize),
    /// Leads to the field of this parameter.
    Field(&'static str),
    /// Keeps the present layout under a name.
    KeepLayout(String),
    /// Forgets the layout of this name.
    ForgetLayout(String),
    /// Copies text.
    CopyText(String),
}

/// What panels read and where they leave their wishes.
struct Desk<'a> {
    session: &'a Session,
    lang: Lang,
    skin: Skin,
    theme: Theme,
    /// Whether things glide to their places instead of jumping.
    motion: bool,
    prefs: &'a Preferences,
    stance: Stance,
    /// The size of the window, in points.
    size: egui::Vec2,
    asks: Vec<Ask>,
}

impl Desk<'_> {
    /// Whether a part of the window is on display.
    fn shows(&self, part: Part) -> bool {
        self.stance.shows(part, self.size)
    }

    /// The tile that keys act on.
    fn tile(&self) -> usize {
        let layout = &self.session.look().layout;
        layout.maximised.unwrap_or(self.stance.tile).min(layout.len().saturating_sub(1))
    }

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
    claim: Option<Claim>,
    verify: VerifyPanel,
    palette: Palette,
    form: layouts::Form,
    toasts: Toasts,
    stance: Stance,
    prefs: Preferences,
    /// Where preferences are kept, if anywhere.
    prefs_path: Option<PathBuf>,
    last: Option<Instant>,
    dressed: Option<Dress>,
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
            claim: None,
            verify: VerifyPanel::default(),
            palette: Palette::default(),
            form: layouts::Form::default(),
            toasts: Toasts::default(),
            stance: Stance::default(),
            prefs: Preferences::default(),
            prefs_path: None,
            last: None,
            dressed: None,
        }
    }

    /// Takes over what the window remembers; whoever was never welcomed is welcomed now. Changes are
    /// written to `path`, if there is one.
    pub fn prefer(&mut self, prefs: Preferences, path: Option<PathBuf>) {
        if !prefs.welcomed {
            self.stance.set(Part::Welcome, true, egui::Vec2::ZERO);
        }
        (self.prefs, self.prefs_path) = (prefs, path);
        let [low, high] = [SCALES[0], SCALES[SCALES.len() - 1]];
        self.prefs.scale = self.prefs.scale.clamp(low, high);
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

    /// The language in force.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The theme in force.
    pub fn theme(&self) -> Theme {
        self.theme
    }

    /// One frame, `wall` after the last.
    pub fn frame(&mut self, ui: &mut egui::Ui, wall: Duration) {
        let ctx = ui.ctx().clone();
        self.dress(&ctx);
        self.session.tick(wall);
        let mut desk = Desk {
            session: &self.session,
            lang: self.lang,
            skin: self.theme.skin(),
            theme: self.theme,
            motion: !self.prefs.still,
            prefs: &self.prefs,
            stance: self.stance,
            size: ctx.content_rect().size(),
            asks: Vec::new(),
        };
        panels::keys::read(&ctx, &mut desk, self.studio.open);
        Opener::watch(&ctx, &mut desk);
        if self.studio.open {
            let said = self.studio.show(ui, &mut desk);
            self.toasts.extend(said);
        } else {
            bench::show(ui, &mut desk);
            self.verify.show(&ctx, &mut desk);
        }
        self.palette.show(&ctx, &mut desk);
        self.form.show(&ctx, &mut desk);
        sheet::show(&ctx, &mut desk);
        let asks = desk.asks;
        self.toasts.extend(self.studio.news(&ctx, self.lang));
        self.answer(&ctx, asks);
        self.take_opened();
        self.check_claim();
        self.toasts.show(&ctx, self.theme.skin(), self.lang, wall);
        if self.session.is_busy() {
            ctx.request_repaint();
        }
    }

    /// Puts theme, size and motion in force if they changed.
    fn dress(&mut self, ctx: &egui::Context) {
        let dress = Dress { theme: self.theme, scale: self.prefs.scale, motion: !self.prefs.still };
        if self.dressed != Some(dress) {
            theme::apply(ctx, dress);
            self.dressed = Some(dress);
        }
    }

    fn answer(&mut self, ctx: &egui::Context, asks: Vec<Ask>) {
        if !asks.is_empty() {
            ctx.request_repaint();
        }
        let kept = self.prefs.clone();
        for ask in asks {
            let result = match ask {
                Ask::Do(command) => self.session.apply(command),
                Ask::Studio(view) => {
                    self.studio.enter(view);
                    // A figure shows one moment.
                    self.session.apply(Command::Play(false))
                }
                Ask::Open(path) => {
                    self.opener.open(ctx, path, self.lang);
                    Ok(())
                }
                other => {
                    self.turn(ctx, other);
                    Ok(())
                }
            };
            if let Err(why) = result {
                self.toasts.warn(why.say(self.lang));
            }
        }
        if let Some(path) = self.prefs_path.as_deref().filter(|_| self.prefs != kept) {
            // A preference that cannot be kept is set again next time; nothing else is lost.
            let _ = self.prefs.store(path);
        }
    }

    /// Puts the run of a file that was read in force, or says why not.
    fn take_opened(&mut self) {
        let Some((name, found)) = self.opener.opened() else { return };
        let restored = found.and_then(|saved| restore(&saved).map_err(|e| e.say(self.lang)));
        match restored {
            Ok(restored) => {
                self.say(fill(crate::text::studio::OPENED.get(self.lang), &[&name]));
                self.take(restored);
            }
            Err(why) => self.toasts.warn(why),
        }
    }

    /// Shows a restored run and its figure, with what a reader should know of them. Once the run is
    /// computed, its numbers are held to those in the file.
    pub fn take(&mut self, restored: Restored) {
        self.heed(&restored);
        self.session = restored.session;
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

    /// Wishes that concern the window alone.
    fn turn(&mut self, ctx: &egui::Context, ask: Ask) {
        match ask {
            Ask::Lang(lang) => (self.lang, self.prefs.lang) = (lang, Some(lang)),
            Ask::Theme(theme) => (self.theme, self.prefs.theme) = (theme, Some(theme.id().to_owned())),
            Ask::Scale(scale) => self.prefs.scale = scale,
            Ask::Motion(on) => self.prefs.still = !on,
            Ask::Bench => self.studio.leave(),
            Ask::Verify(open) => self.verify.open = open,
            Ask::Part(part, on) => {
                self.prefs.welcomed |= part == Part::Welcome && !on;
                self.stance.set(part, on, ctx.content_rect().size());
            }
            Ask::Tile(tile) => (self.stance.tile, self.stance.ringed) = (tile, !ctx.input(|i| i.pointer.any_down())),
            Ask::Table(tile) => ctx.data_mut(|d| {
                let on = d.get_temp_mut_or_default::<bool>(table_id(tile));
                *on = !*on;
            }),
            Ask::Field(id) => {
                self.stance.set(Part::Side, true, ctx.content_rect().size());
                ctx.data_mut(|d| d.insert_temp(controls::wanted_field(), id));
            }
            Ask::KeepLayout(name) => self.keep_layout(&name),
            Ask::ForgetLayout(name) => self.prefs.layouts.retain(|(known, _)| *known != name),
            Ask::CopyText(text) => {
                ctx.copy_text(text);
                self.say(shell::COPIED.get(self.lang).to_owned());
            }
            Ask::Do(_) | Ask::Studio(_) | Ask::Open(_) => {}
        }
    }

    fn keep_layout(&mut self, name: &str) {
        if name.is_empty() {
            self.toasts.warn(shell::LAYOUT_BLANK.get(self.lang).to_owned());
            return;
        }
        self.prefs.keep_layout(name, self.session.look().layout.clone());
        self.say(fill(shell::LAYOUT_KEPT.get(self.lang), &[name]));
    }

    fn say(&mut self, text: String) {
        self.toasts.extend([Toast { text, warning: false }]);
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        let now = Instant::now();
        let wall = self.last.replace(now).map_or(Duration::ZERO, |last| now - last);
        self.frame(ui, wall);
    }
}
