//! Arrangements under names: a menu to choose from, and a form to keep one.

use egui::{Context, Frame, Id, Key, Modal, RichText, Stroke, TextEdit, Ui, WidgetInfo};

use crate::app::bench::builtin;
use crate::app::theme::bold;
use crate::app::widgets::{Icon, icon_button, named, primary};
use crate::app::{Ask, Desk, Part};
use crate::session::{Command, Layout};
use crate::text::{fill, shell as words, ui};

/// Shows the menu: those that come with the program, the reader's own, and the way to keep another.
pub fn menu(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.menu_button(desk.say(words::LAYOUT), |ui| {
        ui.set_min_width(190.0);
        for (name, layout) in builtin() {
            choice(ui, desk, desk.say(name), layout);
        }
        if !desk.prefs.layouts.is_empty() {
            ui.separator();
            ui.label(RichText::new(desk.say(words::LAYOUT_OWN)).font(bold(11.5)).color(desk.skin.quiet));
        }
        for (name, layout) in &desk.prefs.layouts {
            ui.horizontal(|ui| {
                let forget = fill(desk.say(words::LAYOUT_FORGET), &[name]);
                if icon_button(ui, &desk.skin, Icon::Close, 18.0, false, &forget).clicked() {
                    desk.asks.push(Ask::ForgetLayout(name.clone()));
                }
                choice(ui, desk, name, layout.clone());
            });
        }
        ui.separator();
        if ui.button(desk.say(words::LAYOUT_KEEP)).clicked() {
            desk.asks.push(Ask::Part(Part::Layouts, true));
            ui.close();
        }
    });
}

fn choice(ui: &mut Ui, desk: &mut Desk<'_>, name: &str, layout: Layout) {
    if ui.selectable_label(layout == desk.session.look().layout, name).clicked() {
        desk.push(Command::Arrange(layout));
        ui.close();
    }
}

/// The form that names the present arrangement.
#[derive(Default)]
pub struct Form {
    name: String,
    shown: bool,
}

impl Form {
    /// Shows the form if it is open.
    pub fn show(&mut self, ctx: &Context, desk: &mut Desk<'_>) {
        if !desk.shows(Part::Layouts) {
            *self = Form::default();
            return;
        }
        let skin = desk.skin;
        let frame =
            Frame::new().fill(skin.panel).corner_radius(10.0).stroke(Stroke::new(1.0, skin.line)).inner_margin(16.0);
        let shown = Modal::new(Id::unique("keep layout")).frame(frame).show(ctx, |ui| {
            ui.set_width(320.0);
            ui.label(RichText::new(desk.say(words::LAYOUT_KEEP)).font(bold(14.0)));
            let edit = TextEdit::singleline(&mut self.name).hint_text(desk.say(words::LAYOUT_NAME)).char_limit(80);
            let field = ui.add(edit.desired_width(f32::INFINITY));
            field.widget_info(|| named(WidgetInfo::text_edit(true, "", &self.name, ""), desk.say(words::LAYOUT_NAME)));
            if !self.shown {
                field.request_focus();
                self.shown = true;
            }
            let entered = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            ui.add_space(4.0);
            ui.horizontal(|ui| {
                let save = primary(ui, &skin, desk.say(words::SAVE)).clicked() || entered;
                (save, ui.button(desk.say(ui::CANCEL)).clicked())
            })
            .inner
        });
        let (save, cancel) = shown.inner;
        if save {
            desk.asks.push(Ask::KeepLayout(self.name.trim().to_owned()));
        }
        if cancel || (save && !self.name.trim().is_empty()) || shown.should_close() {
            desk.asks.push(Ask::Part(Part::Layouts, false));
        }
    }
}
