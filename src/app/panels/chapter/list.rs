//! The scenes of the chapter: a search field, the way back and on, groups that fold.

use egui::{Align, Button, Id, Key, Rect, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2};

use crate::app::Desk;
use crate::app::acts::{self, spell};
use crate::app::reader::{Deed, order};
use crate::app::theme::{bold, plain};
use crate::app::widgets::{Icon, fold_arrow, helped_button, icon_button, named, small_icon};
use crate::figure::Ink;
use crate::scenes::{Group, Scene};
use crate::text::{Text, chapter as words, fill};

/// Height of a line, and width of the column of marks.
const ROW: f32 = 22.0;
const MARK: f32 = 16.0;

type Part = (Group, Vec<&'static dyn Scene>);

/// Shows the list.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let mut parts = order::chapter();
    let query = bar(ui, desk, &parts);
    let searching = !query.trim().is_empty();
    if searching {
        parts.iter_mut().for_each(|(_, scenes)| scenes.retain(|scene| order::fits(&query, *scene)));
        parts.retain(|(_, scenes)| !scenes.is_empty());
    }
    ScrollArea::vertical().id_salt("scenes").auto_shrink([false, false]).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 8.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        if parts.is_empty() {
            ui.label(RichText::new(desk.say(words::SEARCH_NONE)).color(desk.skin.quiet));
        }
        let arrived = arrived(ui, desk);
        for part in &parts {
            group(ui, desk, part, searching, arrived);
        }
        ui.add_space(6.0);
    });
}

/// Whether another scene is open than in the last frame.
fn arrived(ui: &Ui, desk: &Desk<'_>) -> bool {
    let (memory, id) = (Id::unique("scene of the list"), desk.session.scene().meta().id);
    let last = ui.data(|d| d.get_temp::<&'static str>(memory));
    ui.data_mut(|d| d.insert_temp(memory, id));
    last != Some(id)
}

/// The search field and the buttons beside it; what is searched for.
fn bar(ui: &mut Ui, desk: &mut Desk<'_>, parts: &[Part]) -> String {
    let memory = Id::unique("search of the chapter");
    let mut query: String = ui.data(|d| d.get_temp(memory)).unwrap_or_default();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let name = desk.say(words::SEARCH);
        let width = ui.available_width() - 2.0 * 26.0 - 8.0;
        let field = TextEdit::singleline(&mut query)
            .hint_text(desk.say(words::SEARCH_HINT))
            .desired_width(width)
            .char_limit(80);
        let response = ui.add(field.margin(vec2(8.0, 4.0)));
        response.widget_info(|| named(WidgetInfo::text_edit(true, "", &query, name), name));
        let response = response.on_hover_text(name);
        if !query.is_empty() {
            let at = Rect::from_center_size(response.rect.right_center() - vec2(12.0, 0.0), vec2(18.0, 18.0));
            let clear = ui.scope_builder(egui::UiBuilder::new().max_rect(at), |ui| {
                icon_button(ui, &desk.skin, Icon::Close, 18.0, false, desk.say(words::SEARCH_CLEAR))
            });
            if clear.inner.clicked() {
                query.clear();
            }
        }
        let entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        if entered && !query.trim().is_empty() {
            let mut scenes = parts.iter().flat_map(|(_, scenes)| scenes);
            if let Some(scene) = scenes.find(|scene| order::fits(&query, **scene)) {
                desk.asks.push(Deed::Visit(scene.meta().id).into());
            }
        }
        steps(ui, desk);
    });
    ui.data_mut(|d| d.insert_temp(memory, query.clone()));
    ui.add_space(4.0);
    query
}

/// One scene back, one on.
fn steps(ui: &mut Ui, desk: &mut Desk<'_>) {
    let around = order::neighbours(desk.session.scene().meta().id);
    let buttons = [(Icon::Before, words::PREVIOUS, acts::PREVIOUS), (Icon::After, words::NEXT, acts::NEXT)];
    for ((icon, word, keys), to) in buttons.into_iter().zip(around) {
        let (name, keys) = (desk.say(word), keys.first().map_or_else(String::new, spell));
        let title = to.map_or("", |scene| desk.say(scene.meta().title));
        let help = format!("{name} ({keys})\n{title}");
        let words = [name, help.trim_end()];
        let button =
            ui.add_enabled_ui(to.is_some(), |ui| helped_button(ui, &desk.skin, icon, 26.0, false, words)).inner;
        if let Some(scene) = to.filter(|_| button.clicked()) {
            desk.asks.push(Deed::Visit(scene.meta().id).into());
        }
    }
}

/// The heading of a group with how much of it is done, and its scenes if it is not folded.
fn group(ui: &mut Ui, desk: &mut Desk<'_>, (group, scenes): &Part, searching: bool, arrived: bool) {
    let here = desk.session.scene().meta().group == *group;
    let memory = Id::unique(("group of the chapter", *group as usize));
    // A reader who comes to a scene finds its group unfolded.
    if here && arrived {
        ui.data_mut(|d| d.remove_temp::<bool>(memory));
    }
    let chosen = ui.data(|d| d.get_temp::<bool>(memory));
    let open = searching || chosen.unwrap_or(here);
    if heading(ui, desk, *group, open) && !searching {
        ui.data_mut(|d| d.insert_temp(memory, !open));
    }
    if open {
        for scene in scenes {
            line(ui, desk, *scene, arrived);
        }
        ui.add_space(3.0);
    }
}

/// Whether the heading was clicked.
fn heading(ui: &mut Ui, desk: &Desk<'_>, group: Group, open: bool) -> bool {
    let skin = desk.skin;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW + 2.0), Sense::click());
    let warm = response.hovered() || response.has_focus();
    let told = order::scenes().into_iter().filter(|scene| scene.meta().group == group && scene.story().is_some());
    let done: Vec<bool> = told.map(|scene| desk.reader.progress().of(scene.meta().id).is_done()).collect();
    let [count, all] = [done.iter().filter(|done| **done).count(), done.len()].map(|n| n.to_string());
    let title = desk.say(group.title());
    let colour = if warm { skin.accent } else { skin.text };
    let left = rect.left_center() + vec2(MARK, 0.0);
    ui.painter().text(left, egui::Align2::LEFT_CENTER, title, bold(13.0), colour);
    fold_arrow(ui, rect.left_center() + vec2(5.0, 0.0), open, skin.quiet);
    if !done.is_empty() {
        let right = rect.right_center() - vec2(2.0, 0.0);
        let count = format!("{count}/{all}");
        ui.painter().text(right, egui::Align2::RIGHT_CENTER, count, plain(11.5), skin.quiet);
    }
    let name = fill(desk.say(words::GROUP_DONE), &[title, &count, &all]);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, open, &name));
    response.clicked()
}

/// One scene: a mark, and its title, whole also where the column is narrow.
fn line(ui: &mut Ui, desk: &mut Desk<'_>, scene: &'static dyn Scene, arrived: bool) {
    let (meta, skin) = (scene.meta(), desk.skin);
    let open = meta.id == desk.session.scene().meta().id;
    let title = desk.say(meta.title);
    let response = ui
        .horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.set_height(ROW);
            mark(ui, desk, scene);
            let colour = if open { skin.text } else { skin.quiet };
            let button = Button::new(RichText::new(title).color(colour)).frame_when_inactive(false).wrap();
            ui.spacing_mut().button_padding = vec2(4.0, 2.0);
            ui.add(button)
        })
        .inner;
    if open {
        let bar = Rect::from_min_max(
            egui::pos2(ui.min_rect().left() - 14.0, response.rect.top()),
            egui::pos2(ui.min_rect().left() - 11.0, response.rect.bottom()),
        );
        ui.painter().with_clip_rect(ui.clip_rect().expand2(vec2(16.0, 0.0))).rect_filled(bar, 0.0, skin.accent);
        if arrived {
            response.scroll_to_me(Some(Align::Center));
        }
    }
    let response = response.on_hover_ui(|ui| {
        ui.set_max_width(360.0);
        ui.label(RichText::new(title).font(bold(13.0)));
        ui.label(desk.say(meta.question));
    });
    if response.clicked() && !open {
        desk.asks.push(Deed::Visit(meta.id).into());
    }
}

/// A tick for a scene that is done, a dot for one that was begun.
fn mark(ui: &mut Ui, desk: &Desk<'_>, scene: &dyn Scene) {
    let reading = desk.reader.progress().of(scene.meta().id);
    let (rect, response) = ui.allocate_exact_size(vec2(MARK, ROW), Sense::hover());
    let word: Option<Text> = if reading.is_done() {
        Some(words::DONE)
    } else if reading.prediction.is_some() {
        Some(words::BEGUN)
    } else {
        None
    };
    let Some(word) = word else { return };
    let name = fill(desk.say(word), &[desk.say(scene.meta().title)]);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    if reading.is_done() {
        let at = Rect::from_center_size(rect.center() - vec2(2.0, 0.0), vec2(11.0, 11.0));
        small_icon(ui, Icon::Tick, at, desk.skin.ink(Ink::Controller));
    } else {
        ui.painter().circle_stroke(
            rect.center() - vec2(2.0, 0.0),
            3.0,
            egui::Stroke::new(1.4, desk.skin.ink(Ink::Controller)),
        );
    }
}
