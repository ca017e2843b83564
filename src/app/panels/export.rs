//! The export dialog.

use std::path::{Path, PathBuf};

use egui::{Context, DragValue, Grid, TextEdit, Ui, Window};

use super::toast::Toast;
use crate::app::widgets::primary;
use crate::app::{Ask, Desk};
use crate::export::{Format, Page};
use crate::files;
use crate::text::{Lang, fill, ui as words};

/// What the dialog remembers.
pub struct ExportDialog {
    /// Whether it is on display.
    pub open: bool,
    /// Where it saves.
    pub folder: String,
    figure: &'static str,
    name: Option<String>,
    formats: [bool; Format::ALL.len()],
    width_mm: f64,
    dpi: f64,
    lang: Option<Lang>,
    trace: bool,
}

impl Default for ExportDialog {
    fn default() -> Self {
        ExportDialog {
            open: false,
            folder: "figures".into(),
            figure: files::OVERVIEW,
            name: None,
            formats: [true, true, true, false],
            width_mm: Page::DOUBLE,
            dpi: 300.0,
            lang: None,
            trace: true,
        }
    }
}

impl ExportDialog {
    /// Shows the dialog if it is open; what it has done comes back as messages.
    pub fn show(&mut self, ctx: &Context, desk: &mut Desk<'_>) -> Vec<Toast> {
        if !self.open {
            return Vec::new();
        }
        let mut done = Vec::new();
        let (mut save, mut open) = (false, true);
        Window::new(desk.say(words::EXPORT_TITLE))
            .open(&mut open)
            .collapsible(false)
            .resizable(false)
            .anchor(egui::Align2::CENTER_CENTER, egui::Vec2::ZERO)
            .show(ctx, |ui| {
                Grid::new("export").num_columns(2).spacing([16.0, 8.0]).show(ui, |ui| self.fields(ui, desk));
                ui.add_space(8.0);
                ui.horizontal(|ui| {
                    save = primary(ui, &desk.skin, desk.say(words::EXPORT_SAVE)).clicked();
                    if ui.button(desk.say(words::CANCEL)).clicked() {
                        desk.asks.push(Ask::Export(false));
                    }
                });
            });
        if save {
            done.extend(self.save(desk));
        }
        if !open {
            desk.asks.push(Ask::Export(false));
        }
        done
    }

    fn fields(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        let row = |ui: &mut Ui, name: crate::text::Text| ui.label(desk.say(name)).id;
        let label = row(ui, words::EXPORT_WHICH);
        self.which(ui, desk, label);
        ui.end_row();
        let label = row(ui, words::EXPORT_FOLDER);
        ui.add(TextEdit::singleline(&mut self.folder).desired_width(300.0).char_limit(4096)).labelled_by(label);
        ui.end_row();
        let label = row(ui, words::EXPORT_NAME);
        let mut name = self.stem(desk);
        if ui.add(TextEdit::singleline(&mut name).desired_width(300.0).char_limit(200)).labelled_by(label).changed() {
            self.name = Some(name);
        }
        ui.end_row();
        row(ui, words::EXPORT_FORMATS);
        ui.horizontal(|ui| {
            for (format, on) in Format::ALL.into_iter().zip(&mut self.formats) {
                ui.checkbox(on, format.extension().to_uppercase());
            }
        });
        ui.end_row();
        let label = row(ui, words::EXPORT_WIDTH);
        self.width(ui, label);
        ui.end_row();
        let label = row(ui, words::EXPORT_DPI);
        ui.add(DragValue::new(&mut self.dpi).range(72.0..=1200.0).speed(5.0)).labelled_by(label);
        ui.end_row();
        row(ui, words::EXPORT_LANGUAGE);
        ui.horizontal(|ui| {
            for lang in Lang::ALL {
                let now = self.lang.unwrap_or(desk.lang);
                if ui.selectable_label(lang == now, lang.own_name()).clicked() {
                    self.lang = Some(lang);
                }
            }
        });
        ui.end_row();
        ui.label("");
        ui.checkbox(&mut self.trace, desk.say(words::EXPORT_TRACE));
        ui.end_row();
    }

    fn which(&mut self, ui: &mut Ui, desk: &Desk<'_>, label: egui::Id) {
        let views = desk.session.scene().views(&desk.session.run().values, desk.session.view(desk.lang));
        let title = |id: &str| match views.iter().find(|v| v.id == id) {
            Some(view) => desk.say(view.title),
            None => desk.say(words::EXPORT_ALL),
        };
        let combo = egui::ComboBox::from_id_salt("figure").width(300.0).selected_text(title(self.figure));
        let shown = combo.show_ui(ui, |ui| {
            for id in files::figure_ids(desk.session, desk.lang) {
                if ui.selectable_label(self.figure == id, title(id)).clicked() {
                    (self.figure, self.name) = (id, None);
                }
            }
        });
        shown.response.labelled_by(label);
    }

    fn width(&mut self, ui: &mut Ui, label: egui::Id) {
        ui.horizontal(|ui| {
            ui.add(DragValue::new(&mut self.width_mm).range(40.0..=400.0).speed(0.5)).labelled_by(label);
            for preset in [Page::SINGLE, Page::BOOK, Page::DOUBLE] {
                if ui.selectable_label(self.width_mm == preset, format!("{preset}")).clicked() {
                    self.width_mm = preset;
                }
            }
        });
    }

    fn stem(&self, desk: &Desk<'_>) -> String {
        let usual = || format!("{}-{}", desk.session.scene().meta().id, self.figure);
        self.name.clone().unwrap_or_else(usual)
    }

    fn save(&mut self, desk: &mut Desk<'_>) -> Vec<Toast> {
        let warning = |text: String| Toast { text, warning: true };
        let run = desk.session.run();
        if !run.is_complete() {
            let parts = [run.done().to_string(), run.horizon.to_string()];
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            return vec![warning(fill(desk.say(words::EXPORT_EARLY), &parts))];
        }
        let lang = self.lang.unwrap_or(desk.lang);
        let page = Page::new(self.width_mm);
        let folder = PathBuf::from(self.folder.trim());
        if let Err(e) = std::fs::create_dir_all(&folder) {
            let parts = [folder.display().to_string(), e.to_string()];
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            return vec![warning(fill(desk.say(words::EXPORT_NO_FOLDER), &parts))];
        }
        let (stem, mut names, mut out) = (self.stem(desk), Vec::new(), Vec::new());
        let mut keep = |file: String, result: Result<(), crate::export::ExportError>| match result {
            Ok(()) => names.push(file),
            // One sentence is enough when every file fails for the same reason.
            Err(e) if out.is_empty() => out.push(warning(e.say(lang))),
            Err(_) => {}
        };
        for (format, _) in Format::ALL.into_iter().zip(self.formats).filter(|(_, on)| *on) {
            let file = format!("{stem}.{}", format.extension());
            let result = files::save(desk.session, self.figure, &folder.join(&file), &page, self.dpi, lang);
            keep(file, result);
        }
        if self.trace {
            let file = format!("{stem}-run.csv");
            let result = files::save_run(desk.session, &folder.join(&file), lang);
            keep(file, result);
        }
        if names.is_empty() && out.is_empty() {
            out.push(warning(desk.say(words::EXPORT_NOTHING).into()));
        }
        if !names.is_empty() {
            out.push(Toast { text: files::saved(&names, &shown(&folder), desk.lang), warning: false });
            desk.asks.push(Ask::Export(false));
        }
        out
    }
}

/// The folder as a person finds it again.
fn shown(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}
