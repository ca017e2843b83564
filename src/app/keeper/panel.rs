//! The small window that opens and saves: a typed path, recent files, and what a folder has.

use std::path::{Path, PathBuf};

use egui::{Align2, Button, Context, Key, RichText, ScrollArea, TextEdit, Ui, Window, vec2};

use crate::app::open::short;
use crate::app::widgets::{heading, primary};
use crate::app::{Ask, Desk};
use crate::files::keep::{Item, listing, save_path};
use crate::text::{fill, keep as words, ui};

/// The window while it is open.
pub struct Panel {
    saves: bool,
    typed: String,
    folder: PathBuf,
    items: Vec<Item>,
    /// Recent files and whether they are still there.
    recent: Vec<(PathBuf, bool)>,
    /// A file in the way of saving.
    exists: Option<PathBuf>,
    blank: bool,
    fresh: bool,
}

/// What was chosen in one frame.
enum Choice {
    Folder(PathBuf),
    File(PathBuf),
    Recent(PathBuf),
}

impl Panel {
    /// The window in a folder, with a name to begin with.
    pub fn new(saves: bool, folder: PathBuf, name: String, recent: &[PathBuf]) -> Self {
        let recent = recent.iter().map(|p| (p.clone(), p.is_file())).collect();
        let items = listing(&folder);
        Panel { saves, typed: name, folder, items, recent, exists: None, blank: false, fresh: true }
    }

    /// Shows it; whether it stays open.
    pub fn show(&mut self, ctx: &Context, desk: &mut Desk<'_>) -> bool {
        let mut open = true;
        let title = if self.saves { words::SAVE_TITLE } else { words::OPEN_TITLE };
        let window = Window::new(desk.say(title)).id(egui::Id::unique("keeper")).open(&mut open);
        let window = window.collapsible(false).resizable(false).fixed_size(vec2(460.0, 420.0));
        let done = window.anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0)).show(ctx, |ui| self.contents(ui, desk));
        let done = done.and_then(|r| r.inner).unwrap_or(false);
        // A field in which something is typed lets go of the key first.
        let escaped = !self.fresh && ctx.input(|i| i.key_pressed(Key::Escape));
        self.fresh = false;
        open && !done && !escaped
    }

    /// The inside; whether all is done.
    fn contents(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) -> bool {
        let mut done = self.line(ui, desk);
        if let Some(path) = self.exists.clone() {
            done |= self.in_the_way(ui, desk, &path);
        }
        if self.blank {
            ui.label(RichText::new(desk.say(words::BLANK_NAME)).color(desk.skin.ink(crate::figure::Ink::Amber)));
        }
        let mut chosen = None;
        if !self.saves && !self.recent.is_empty() {
            heading(ui, &desk.skin, desk.say(words::RECENT));
            self.recent(ui, desk, &mut chosen);
        }
        heading(ui, &desk.skin, desk.say(words::FOLDER));
        self.folder(ui, desk, &mut chosen);
        match chosen {
            Some(Choice::Folder(folder)) => {
                self.items = listing(&folder);
                self.folder = folder;
            }
            Some(Choice::File(path)) if self.saves => self.typed = short(&path),
            Some(Choice::File(path)) => {
                desk.asks.push(Ask::Open(path));
                done = true;
            }
            Some(Choice::Recent(path)) => {
                desk.asks.push(Ask::OpenRecent(path));
                done = true;
            }
            None => {}
        }
        done
    }

    /// The typed path and the button; whether all is done.
    fn line(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) -> bool {
        let mut go = false;
        ui.horizontal(|ui| {
            let label = ui.label(desk.say(words::FILE));
            let edit = TextEdit::singleline(&mut self.typed).desired_width(320.0).char_limit(4096);
            let field = ui.add(edit).labelled_by(label.id);
            if self.fresh {
                field.request_focus();
            }
            if field.changed() {
                (self.exists, self.blank) = (None, false);
            }
            go = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            let word = if self.saves { words::SAVE } else { words::OPEN_BUTTON };
            go |= primary(ui, &desk.skin, desk.say(word)).clicked();
        });
        go && if self.saves { self.save(desk) } else { self.open(desk) }
    }

    fn open(&mut self, desk: &mut Desk<'_>) -> bool {
        self.blank = self.typed.trim().is_empty();
        if self.blank {
            return false;
        }
        let path = self.folder.join(self.typed.trim());
        if path.is_dir() {
            self.items = listing(&path);
            (self.folder, self.typed) = (path, String::new());
            return false;
        }
        desk.asks.push(Ask::Open(path));
        true
    }

    fn save(&mut self, desk: &mut Desk<'_>) -> bool {
        let path = save_path(&self.folder, &self.typed);
        self.blank = path.is_none();
        let Some(path) = path else { return false };
        if path.exists() {
            self.exists = Some(path);
            return false;
        }
        desk.asks.push(Ask::SaveTo(path));
        true
    }

    /// Asks before a file is written over; whether all is done.
    fn in_the_way(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, path: &Path) -> bool {
        let mut done = false;
        ui.horizontal(|ui| {
            ui.label(fill(desk.say(words::EXISTS), &[&short(path)]));
            if ui.button(desk.say(words::REPLACE)).clicked() {
                desk.asks.push(Ask::SaveTo(path.to_owned()));
                done = true;
            }
            if ui.button(desk.say(ui::CANCEL)).clicked() {
                self.exists = None;
            }
        });
        done
    }

    fn recent(&self, ui: &mut Ui, desk: &Desk<'_>, chosen: &mut Option<Choice>) {
        ScrollArea::vertical().id_salt("recent").max_height(110.0).auto_shrink([false, true]).show(ui, |ui| {
            for (path, there) in &self.recent {
                let button = Button::new(RichText::new(short(path))).frame(false);
                let full = path.display().to_string();
                let response = ui.add_enabled(*there, button).on_hover_text(&full);
                if response.on_disabled_hover_text(fill(desk.say(words::MISSING_FILE), &[&full])).clicked() {
                    *chosen = Some(Choice::Recent(path.clone()));
                }
            }
        });
    }

    fn folder(&self, ui: &mut Ui, desk: &Desk<'_>, chosen: &mut Option<Choice>) {
        ui.horizontal(|ui| {
            let up = self.folder.parent();
            if ui.add_enabled(up.is_some(), Button::new("↑")).on_hover_text(desk.say(words::UP)).clicked() {
                *chosen = up.map(|p| Choice::Folder(p.to_owned()));
            }
            let shown = RichText::new(self.folder.display().to_string()).color(desk.skin.quiet);
            ui.add(egui::Label::new(shown).truncate());
        });
        if self.items.is_empty() {
            ui.label(RichText::new(desk.say(words::NOTHING_HERE)).color(desk.skin.quiet));
        }
        ScrollArea::vertical().id_salt("folder").auto_shrink([false, false]).show(ui, |ui| {
            for item in &self.items {
                let name = if item.is_file { item.name.clone() } else { format!("{}/", item.name) };
                if ui.add(Button::new(name).frame(false)).clicked() {
                    let choice = if item.is_file { Choice::File } else { Choice::Folder };
                    *chosen = Some(choice(item.path.clone()));
                }
            }
        });
    }
}
