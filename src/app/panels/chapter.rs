//! The chapter: groups, scenes, and where a scene can start from.

use egui::{Frame, Margin, Panel, RichText, ScrollArea, Ui};

use super::world;
use crate::app::Desk;
use crate::app::theme::bold;
use crate::app::widgets::heading;
use crate::scenes::SCENES;
use crate::session::{Command, Plan};
use crate::text::ui as words;

/// Shows the list.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let frame = Frame::new().fill(desk.skin.panel).inner_margin(Margin::symmetric(14, 10));
    // A column with an editor is wider.
    let typed = desk.session.scene().source().is_some();
    let column = if typed {
        Panel::left("chapter of a world").default_size(290.0).size_range(220.0..=460.0)
    } else {
        Panel::left("chapter").default_size(190.0).size_range(150.0..=260.0)
    };
    column.frame(frame).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            scenes(ui, desk);
            if typed {
                world::show(ui, desk);
                return;
            }
            heading(ui, &desk.skin, desk.say(words::START_FROM));
            for (i, preset) in desk.session.scene().presets().iter().enumerate() {
                let text = RichText::new(desk.say(preset.title)).color(desk.skin.quiet);
                let button = egui::Button::new(text).frame_when_inactive(false).wrap();
                if ui.add(button).clicked() {
                    desk.push(Command::Preset(i));
                }
            }
        });
    });
}

fn scenes(ui: &mut Ui, desk: &mut Desk<'_>) {
    let mut last = None;
    for scene in SCENES {
        let meta = scene.meta();
        if last != Some(meta.group) {
            ui.add_space(4.0);
            ui.label(RichText::new(desk.say(meta.group.title())).font(bold(13.5)));
            last = Some(meta.group);
        }
        let open = meta.id == desk.session.scene().meta().id;
        let colour = if open { desk.skin.text } else { desk.skin.quiet };
        let title =
            egui::Button::new(RichText::new(desk.say(meta.title)).color(colour)).frame_when_inactive(false).wrap();
        let response = ui.add(title).on_hover_text(desk.say(meta.question));
        if response.clicked() && !open {
            desk.push(Command::Open(Plan::new(*scene)));
        }
        if open {
            let bar = egui::Rect::from_min_max(
                egui::pos2(ui.min_rect().left() - 14.0, response.rect.top() - 2.0),
                egui::pos2(ui.min_rect().left() - 11.0, response.rect.bottom() + 2.0),
            );
            ui.painter().with_clip_rect(ui.clip_rect().expand(16.0)).rect_filled(bar, 0.0, desk.skin.accent);
        }
    }
    ui.add_space(2.0);
    let question = desk.say(desk.session.scene().meta().question);
    ui.label(RichText::new(question).small().color(desk.skin.quiet));
}
