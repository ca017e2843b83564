//! The window: the only place that names egui.
//!
//! Panels see the session read-only and push [`Command`]s; the app applies them after the frame
//! is laid out, and asks for another frame only while something moves. `desk` is what panels read and
//! may ask for; `theme`, `fonts`, `label`, `icons` and `widgets` are the look; `plot` draws figures;
//! `bench` puts the `panels` together and knows what tiles may show, `stance` which of them are open;
//! `acts` is the one list of everything that can be asked for; `reader` is how far somebody is with the
//! chapter, and what they predicted; `studio` makes figures for print, `survey` maps over parameters;
//! `open` reads files dropped on the window, `receive` takes the data among them to its scene; `keeper` knows which file a session belongs to, saves it, and
//! keeps it safe from a crash.

mod acts;
mod bench;
mod desk;
mod fonts;
mod icons;
mod keeper;
mod label;
mod launch;
mod open;
mod panels;
pub mod plot;
pub mod reader;
mod receive;
mod stance;
mod studio;
mod survey;
mod theme;
mod widgets;
mod wishes;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::files::{Claim, Preferences, Restored};
use crate::scenes::models::sweep::VIEW;
use crate::session::{Command, Session};
use crate::text::Lang;
use desk::{Ask, Desk};
pub use fonts::install as install_fonts;
use keeper::Keeper;
pub use launch::{Wish, run};
use open::Opener;
use panels::toast::Toasts;
use panels::verify::VerifyPanel;
use panels::{layouts, palette::Palette, sheet};
use reader::Reader;
pub use stance::Part;
use stance::Stance;
use studio::Studio;
use survey::Surveyor;
use theme::Dress;
pub use theme::{Skin, Theme, contrast};

/// Sizes of the window's contents on offer.
pub const SCALES: [f32; 9] = [0.75, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0];

/// A window smaller than this, in points, stays empty: there is no room for a single panel.
const LEAST: egui::Vec2 = egui::vec2(240.0, 180.0);

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
    palette: Palette,
    form: layouts::Form,
    surveyor: Surveyor,
    reader: Reader,
    toasts: Toasts,
    stance: Stance,
    sheets: plot::Sheets,
    link: plot::Link,
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
            keeper: Keeper::default(),
            claim: None,
            verify: VerifyPanel::default(),
            palette: Palette::default(),
            form: layouts::Form::default(),
            surveyor: Surveyor::default(),
            reader: Reader::default(),
            toasts: Toasts::default(),
            stance: Stance::default(),
            sheets: plot::Sheets::default(),
            link: plot::Link::default(),
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

    /// What the plots of the bench share: pointer and window of the clock.
    pub fn link(&self) -> plot::Link {
        self.link
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
        if ctx.content_rect().width() < LEAST.x || ctx.content_rect().height() < LEAST.y {
            return;
        }
        if !self.session.works_beside() {
            let waker = ctx.clone();
            self.session.work_beside(move || waker.request_repaint());
        }
        self.session.tick(wall);
        self.surveyor.deliver(&mut self.session);
        self.sheets.begin();
        self.reader.listen(&self.session, self.lang, ctx.input(|i| i.pointer.any_down()));
        let mut desk = Desk {
            session: &self.session,
            lang: self.lang,
            skin: self.theme.skin(),
            theme: self.theme,
            motion: !self.prefs.still,
            prefs: &self.prefs,
            stance: self.stance,
            size: ctx.content_rect().size(),
            survey: &self.surveyor,
            reader: &self.reader,
            sheets: &self.sheets,
            link: self.link,
            title: self.title(),
            asks: Vec::new(),
        };
        panels::keys::read(&ctx, &mut desk, self.studio.open);
        Keeper::pasted(&ctx, &mut desk);
        Opener::watch(&ctx, &mut desk);
        self.keeper.offer(ui, &mut desk);
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
        self.go_on_training(&ctx);
        self.check_claim(&ctx);
        self.toasts.show(&ctx, self.theme.skin(), self.lang, wall);
        if self.session.is_busy() || self.sheets.are_behind() {
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
            let Some(ask) = self.keep(ctx, ask) else { continue };
            let result = match ask {
                Ask::Do(command) => self.command(command),
                Ask::Read(deed) => self.read(ctx, deed),
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
    fn check_claim(&mut self, ctx: &egui::Context) {
        let (session, surveyor) = (&self.session, &mut self.surveyor);
        let mut known = |claim: &Claim| !claim.shows(VIEW) || surveyor.has_finished(ctx, session);
        let Some(claim) = self.claim.take_if(|claim| session.is_computed() && known(claim)) else { return };
        if let Some(notice) = claim.check(&self.session) {
            self.toasts.warn(notice.say(self.lang));
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
