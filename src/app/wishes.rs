//! Wishes that concern the window alone: looks, panels, tiles, layouts.

use egui::Context;

use super::panels::{controls, tile};
use super::{App, Ask, Part};
use crate::text::{fill, shell, world};

impl App {
    /// Fulfils a wish that no command of the session is.
    pub(super) fn turn(&mut self, ctx: &Context, ask: Ask) {
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
            Ask::Table(place) => tile::toggle_table(ctx, place),
            Ask::Field(id) => {
                self.stance.set(Part::Side, true, ctx.content_rect().size());
                ctx.data_mut(|d| d.insert_temp(controls::wanted_field(), id));
            }
            Ask::KeepLayout(name) => self.keep_layout(&name),
            Ask::ForgetLayout(name) => self.prefs.layouts.retain(|(known, _)| *known != name),
            Ask::KeepWorld(name, source) => self.keep_world(&name, &source),
            Ask::ForgetWorld(name) => self.prefs.worlds.retain(|(known, _)| *known != name),
            Ask::CopyText(text) => {
                ctx.copy_text(text);
                self.say(shell::COPIED.get(self.lang).to_owned());
            }
            // The others are carried out before.
            _ => {}
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

    fn keep_world(&mut self, name: &str, source: &str) {
        if name.is_empty() {
            self.toasts.warn(world::BLANK.get(self.lang).to_owned());
            return;
        }
        self.prefs.keep_world(name, source);
        self.say(fill(world::KEPT.get(self.lang), &[name]));
    }
}
