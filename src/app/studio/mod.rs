//! The figure studio: views put together into one figure, seen as it will be printed, checked,
//! saved and copied.
//!
//! It fills the window while it is open. `controls` and `cells` are the left column, `preview` the
//! sheet with its `vision`, `report` the preflight below it. Nothing here draws or writes on the
//! window's thread: an `origin` carries the run to other threads, where the `darkroom` makes
//! pictures, the `inspector` makes and checks the finished files through the `press`, and an
//! `errand` saves and copies. A `worker` answers only the newest question. What was chosen last is
//! remembered in a settings file, if the studio was given one.

mod batch;
mod cells;
mod controls;
mod darkroom;
mod errand;
mod inspector;
mod origin;
mod press;
mod preview;
mod report;
mod vision;
mod worker;

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Button, CentralPanel, DragValue, Frame, Margin, Panel, RichText, ScrollArea, Ui};

use super::panels::toast::Toast;
use super::panels::top;
use super::theme::bold;
use super::widgets::{primary, row, segmented};
use super::{Ask, Desk};
use crate::figure::Vision;
use crate::files::{Composition, OVERVIEW, Settings};
use crate::scenes::ViewInfo;
use crate::text::{Lang, fill, studio as words};
use batch::BatchForm;
use controls::{chosen_views, remembered};
use darkroom::Subject;
use errand::{Errands, Job, Order, refused};
use origin::Origin;
use preview::{Preview, ZOOMS, Zoom};
use report::Reports;

/// The studio and what was chosen in it.
#[derive(Default)]
pub struct Studio {
    /// Whether it fills the window.
    pub open: bool,
    /// How figures are made.
    pub settings: Settings,
    /// A file name typed by hand.
    name: Option<String>,
    /// The cell that the buttons act on.
    cell: usize,
    batch: BatchForm,
    preview: Preview,
    reports: Reports,
    errands: Errands,
    subject: Option<Arc<Subject>>,
    /// Where settings are kept, and as they are there.
    memory: Option<(PathBuf, Settings)>,
}

impl Drop for Studio {
    fn drop(&mut self) {
        self.remember();
    }
}

impl Studio {
    /// Takes the settings kept in a file, and keeps them there from now on.
    pub fn keep_in(&mut self, path: PathBuf) {
        self.settings = Settings::load(&path);
        self.memory = Some((path, self.settings.clone()));
    }

    /// Opens it, with one view if one is named.
    pub fn enter(&mut self, view: Option<&str>) {
        self.open = true;
        if let Some(view) = view {
            self.show_views(vec![view.to_owned()]);
        }
    }

    /// Takes over the figure of a file.
    pub fn show_figure(&mut self, figure: &Composition) {
        self.show_views(figure.views.clone());
        self.settings.take(figure);
    }

    fn show_views(&mut self, views: Vec<String>) {
        self.settings.views = if views == [OVERVIEW] { Vec::new() } else { views };
        (self.name, self.cell) = (None, 0);
    }

    /// Closes it.
    pub fn leave(&mut self) {
        self.open = false;
        self.remember();
    }

    /// Writes the settings if they changed.
    fn remember(&mut self) {
        if let Some((path, kept)) = &mut self.memory
            && *kept != self.settings
        {
            // A setting that cannot be kept is set again next time; nothing else is lost.
            let _ = self.settings.store(path);
            kept.clone_from(&self.settings);
        }
    }

    /// What errands have brought; they go on while the studio is closed.
    pub fn news(&mut self, ctx: &egui::Context, lang: Lang) -> Vec<Toast> {
        self.errands.collect(ctx, lang)
    }

    /// Shows the studio in the whole window.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) -> Vec<Toast> {
        let offered = desk.session.scene().views(&desk.session.run().values, desk.session.view(desk.lang));
        let mut said = Vec::new();
        self.bar(ui, desk);
        self.column(ui, desk, &offered, &mut said);
        let subject = self.subject(desk, &offered);
        let below = Frame::new().fill(desk.skin.panel).inner_margin(Margin::symmetric(16, 10));
        let height = (ui.ctx().content_rect().height() * 0.24).clamp(120.0, 280.0);
        Panel::bottom("preflight").frame(below).exact_size(height).show(ui, |ui| self.reports.show(ui, desk));
        let tools = Frame::new().fill(desk.skin.panel).inner_margin(Margin::symmetric(16, 6));
        Panel::top("tools").frame(tools).show(ui, |ui| self.tools(ui, desk));
        CentralPanel::default().frame(Frame::new()).show(ui, |ui| self.preview.show(ui, desk, &subject));
        if self.preview.shows(&subject) {
            self.reports.order(ui.ctx(), &subject, desk.lang);
        }
        said
    }

    /// The figure as it is chosen now; the same one as long as nothing changed.
    fn subject(&mut self, desk: &Desk<'_>, offered: &[ViewInfo]) -> Arc<Subject> {
        let views = remembered(&chosen_views(&self.settings, offered), offered);
        let settings = Settings { views, ..self.settings.clone() };
        let now = Subject { origin: Origin::of(desk.session), figure: settings.composition(desk.lang) };
        match &self.subject {
            Some(known) if **known == now => known.clone(),
            _ => self.subject.insert(Arc::new(now)).clone(),
        }
    }

    fn bar(&self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let frame = Frame::new().fill(desk.skin.panel).inner_margin(Margin::symmetric(16, 8));
        Panel::top("studio-top").frame(frame).exact_size(48.0).show(ui, |ui| {
            ui.horizontal_centered(|ui| {
                ui.label(RichText::new(desk.say(words::TITLE)).font(bold(16.0)));
                ui.add_space(8.0);
                let title = desk.session.scene().meta().title;
                ui.label(RichText::new(desk.say(title)).color(desk.skin.quiet));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if ui.button(desk.say(words::DONE)).on_hover_text(desk.say(words::DONE_HELP)).clicked() {
                        desk.asks.push(Ask::Bench);
                    }
                    ui.add_space(8.0);
                    top::look(ui, desk);
                });
            });
        });
    }

    fn column(&mut self, ui: &mut Ui, desk: &Desk<'_>, offered: &[ViewInfo], said: &mut Vec<Toast>) {
        let frame = Frame::new().fill(desk.skin.panel).inner_margin(Margin::symmetric(16, 8));
        Panel::left("studio").frame(frame).exact_size(340.0).resizable(false).show(ui, |ui| {
            let stem = self.stem(desk, offered);
            let mut runs = None;
            Panel::bottom("acts").frame(Frame::new().inner_margin(Margin { top: 8, ..Margin::ZERO })).show(ui, |ui| {
                self.acts(ui, desk, offered, &stem, said);
            });
            ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                if controls::views(ui, desk, &mut self.settings, &mut self.cell, offered) {
                    self.name = None;
                }
                controls::size(ui, desk, &mut self.settings);
                controls::language(ui, desk, &mut self.settings);
                controls::files(ui, desk, &mut self.settings, &mut self.name, &stem);
                ui.add_space(8.0);
                runs = self.batch.show(ui, desk, self.errands.progress().is_some());
                ui.add_space(8.0);
            });
            if let Some(runs) = runs {
                self.save(ui.ctx(), desk, offered, runs, &stem, said);
            }
        });
    }

    /// Save and copy, or how far it is.
    fn acts(&mut self, ui: &mut Ui, desk: &Desk<'_>, offered: &[ViewInfo], stem: &str, said: &mut Vec<Toast>) {
        if let Some((done, all)) = self.errands.progress() {
            ui.horizontal(|ui| {
                let text = fill(desk.say(words::WORKING), &[&done.to_string(), &all.to_string()]);
                let bar = egui::ProgressBar::new(done as f32 / all.max(1) as f32).desired_width(200.0);
                ui.add(bar.desired_height(30.0).corner_radius(6.0).text(text));
                if ui.button(desk.say(crate::text::ui::CANCEL)).clicked() {
                    self.errands.cancel();
                }
            });
            return;
        }
        ui.horizontal(|ui| {
            if primary(ui, &desk.skin, desk.say(words::SAVE)).clicked() {
                let run = (String::new(), Origin::of(desk.session));
                self.save(ui.ctx(), desk, offered, vec![run], stem, said);
            }
            let tall = egui::vec2(0.0, 30.0);
            let png = ui.add(Button::new(desk.say(words::COPY_PNG)).min_size(tall)).clicked();
            let svg = ui.add(Button::new(desk.say(words::COPY_SVG)).min_size(tall)).clicked();
            if png || svg {
                let subject = self.subject(desk, offered);
                let order = if png { Order::CopyPng(subject) } else { Order::CopySvg(subject) };
                self.errands.send(ui.ctx(), order, desk.lang);
            }
        });
    }

    fn save(
        &mut self,
        ctx: &egui::Context,
        desk: &Desk<'_>,
        offered: &[ViewInfo],
        runs: Vec<(String, Origin)>,
        stem: &str,
        said: &mut Vec<Toast>,
    ) {
        let figure = self.subject(desk, offered).figure.clone();
        if figure.formats.is_empty() && !figure.table {
            said.push(refused(desk.say(words::NOTHING).to_owned()));
            return;
        }
        let stem = self.name.as_deref().unwrap_or(stem).trim();
        if stem.is_empty() || stem.contains(['/', '\\', '\0']) {
            said.push(refused(fill(desk.say(words::BAD_NAME), &[stem])));
            return;
        }
        let folder = PathBuf::from(self.settings.folder.trim());
        if folder.as_os_str().is_empty() {
            said.push(refused(desk.say(words::BLANK_FOLDER).to_owned()));
            return;
        }
        let job = Job { runs, figure, folder, stem: stem.to_owned() };
        self.errands.send(ctx, Order::Save(Box::new(job)), desk.lang);
        self.remember();
    }

    /// The usual beginning of file names: scene and views.
    fn stem(&mut self, desk: &Desk<'_>, offered: &[ViewInfo]) -> String {
        format!("{}-{}", desk.session.scene().meta().id, self.subject(desk, offered).figure.name())
    }

    /// Zoom and eyes.
    fn tools(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        row(ui, |ui| {
            self.zoom(ui, desk);
            ui.add_space(12.0);
            let items: Vec<(String, String)> =
                Vision::ALL.iter().map(|v| (String::new(), desk.say(vision::name(*v)).to_owned())).collect();
            let chosen = Vision::ALL.iter().position(|v| *v == self.preview.vision).unwrap_or(0);
            if let Some(vision) = segmented(ui, &desk.skin, &items, chosen).and_then(|i| Vision::ALL.get(i)) {
                self.preview.vision = *vision;
            }
        });
    }

    fn zoom(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        let preview = &mut self.preview;
        let mut wanted = None;
        let step = |ui: &mut Ui, sign: &str, word: crate::text::Text| {
            let button = ui.add(Button::new(sign).min_size(egui::vec2(26.0, 0.0))).on_hover_text(desk.say(word));
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, desk.say(word)));
            button.clicked()
        };
        let label = ui.label(RichText::new(desk.say(words::ZOOM)).color(desk.skin.quiet));
        if step(ui, "−", words::ZOOM_OUT) {
            wanted = Some(preview.factor() * 0.8);
        }
        let mut percent = 100.0 * preview.factor();
        let low = (100.0 * ZOOMS[0]).min(percent);
        let field = DragValue::new(&mut percent).range(low..=100.0 * ZOOMS[1]).max_decimals(0).suffix(" %");
        if ui.add(field).labelled_by(label.id).on_hover_text(desk.say(words::TRUE_SIZE_HELP)).changed() {
            wanted = Some(percent / 100.0);
        }
        if step(ui, "+", words::ZOOM_IN) {
            wanted = Some(preview.factor() * 1.25);
        }
        if let Some(factor) = wanted {
            preview.set_factor(factor);
        }
        for (word, zoom) in [(words::FIT, Zoom::Fit), (words::TRUE_SIZE, Zoom::Factor(1.0))] {
            if ui.selectable_label(preview.zoom() == zoom, desk.say(word)).clicked() {
                preview.set_zoom(zoom);
            }
        }
    }
}
