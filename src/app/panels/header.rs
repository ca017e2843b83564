//! The bar of a tile: what it shows, what can be chosen about it, and the buttons.

use egui::{Align, Button, Color32, Id, Rect, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use super::views::arrange;
use super::{dock, tile};
use crate::app::bench::{STATE, beside, offered, view_of};
use crate::app::label::job;
use crate::app::theme::{bold, plain};
use crate::app::widgets::{Icon, icon_button, icon_menu};
use crate::app::{Ask, Desk};
use crate::param::Choice;
use crate::scenes::{Lens, Opt, ViewInfo};
use crate::session::{Command, MOST_TILES, Slot};
use crate::text::{shell as words, ui};

/// Size of the buttons.
const ICON: f32 = 20.0;
/// Width of the buttons together.
const BUTTONS: f32 = 5.0 * (ICON + 1.0) + 8.0;
/// Width of the present value beside a title.
const NOW: f32 = 104.0;

/// Shows the bar of a tile with this view.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, i: usize, id: &'static str) {
    let bar = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), 24.0));
    let grip = ui.interact(bar, Id::unique(("grip", i)), Sense::click_and_drag());
    let enlarged = desk.session.look().layout.maximised.is_some();
    if grip.drag_started() && !enlarged {
        dock::begin(ui, i);
    }
    let views = offered(desk);
    ui.horizontal(|ui| {
        ui.set_height(24.0);
        ui.spacing_mut().item_spacing.x = 3.0;
        ui.visuals_mut().widgets.inactive.weak_bg_fill = Color32::TRANSPARENT;
        let room = bar.width() - BUTTONS;
        let twice = ui
            .scope(|ui| {
                let chooses = views.iter().any(|v| v.id == id && !v.options.is_empty());
                ui.set_max_width((room - if chooses { ICON + 4.0 } else { 0.0 }).max(0.0));
                title(ui, desk, i, id, &views)
            })
            .inner;
        if twice || grip.double_clicked() {
            arrange(desk, |l| l.maximised((!enlarged).then_some(i)));
        }
        let left = room - ui.min_rect().width();
        ui.scope(|ui| options(ui, desk, id, &views, left));
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            let warm = ui.rect_contains_pointer(ui.min_rect().union(bar)) || desk.tile() == i;
            ui.scope(|ui| buttons(ui, desk, i, id, &views, warm));
            if ui.available_width() >= NOW {
                now_text(ui, desk, id);
            }
        });
    });
}

/// The title, a menu of all views. Whether it was clicked twice.
fn title(ui: &mut Ui, desk: &mut Desk<'_>, i: usize, id: &str, views: &[ViewInfo]) -> bool {
    let name = views.iter().find(|v| v.id == id).map_or("", |v| desk.say(v.title));
    let button = Button::new(RichText::new(name).font(bold(13.5))).truncate();
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        egui::ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            for (word, moment) in [(words::OF_RUN, false), (words::OF_MOMENT, true)] {
                let group: Vec<&ViewInfo> = views.iter().filter(|v| v.moment == moment).collect();
                if !group.is_empty() {
                    ui.label(RichText::new(desk.say(word)).font(bold(11.5)).color(desk.skin.quiet));
                }
                for view in group {
                    if ui.selectable_label(view.id == id, desk.say(view.title)).clicked() {
                        arrange(desk, |l| l.shown(i, view.id));
                        ui.close();
                    }
                }
            }
        });
    });
    let twice = response.double_clicked();
    response.on_hover_ui(|ui| about(ui, desk, id, name));
    twice
}

/// What the view shows, in the words printed under its figure.
fn about(ui: &mut Ui, desk: &Desk<'_>, id: &str, name: &str) {
    ui.set_max_width(420.0);
    ui.label(RichText::new(name).font(bold(13.5)));
    if let Some(figure) = desk.session.figure(id, desk.lang) {
        ui.label(figure.caption);
    }
    ui.label(RichText::new(desk.say(words::TILE_HELP)).small().color(desk.skin.quiet));
}

/// A compact menu for everything that can be chosen about the view; one for all where room is short.
fn options(ui: &mut Ui, desk: &mut Desk<'_>, id: &str, views: &[ViewInfo], room: f32) {
    ui.visuals_mut().widgets.inactive.weak_bg_fill = desk.skin.well;
    ui.spacing_mut().button_padding = vec2(6.0, 1.0);
    let scene = desk.session.scene();
    let opts: &[Opt] = views.iter().find(|v| v.id == id).map_or(&[], |v| v.options);
    let open: Vec<(Opt, Vec<Choice>)> = opts
        .iter()
        .map(|opt| (*opt, scene.choices(*opt, &desk.session.run().values)))
        .filter(|(_, choices)| choices.len() > 1)
        .collect();
    let chosen = |desk: &Desk<'_>, (opt, choices): &(Opt, Vec<Choice>)| {
        let now = choices.get(desk.session.look().options.get(*opt)).or(choices.first());
        now.map_or("", |c| desk.say(c.name))
    };
    let wide = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), plain(12.0), desk.skin.quiet).size().x + 16.0;
    if open.iter().map(|o| wide(chosen(desk, o))).sum::<f32>() > room {
        let names: Vec<&str> = open.iter().map(|(opt, _)| desk.say(opt.title())).collect();
        icon_menu(ui, &desk.skin.clone(), Icon::Menu, ICON, &names.join(" · "), |ui| {
            egui::ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
                open.iter().for_each(|(opt, choices)| list(ui, desk, *opt, choices));
            });
        });
        return;
    }
    for option in &open {
        let (opt, now) = (option.0, chosen(desk, option));
        let text = RichText::new(now).font(plain(12.0)).color(desk.skin.quiet);
        let menu = ui.menu_button(text, |ui| list(ui, desk, opt, &option.1));
        let name = format!("{}: {now}", desk.say(opt.title()));
        menu.response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        menu.response.on_hover_text(desk.say(opt.title()));
    }
}

/// The choices of an option under its name.
fn list(ui: &mut Ui, desk: &mut Desk<'_>, opt: Opt, choices: &[Choice]) {
    ui.label(RichText::new(desk.say(opt.title())).font(bold(11.5)).color(desk.skin.quiet));
    let chosen = desk.session.look().options.get(opt);
    for (i, choice) in choices.iter().enumerate() {
        if ui.selectable_label(i == chosen, desk.say(choice.name)).clicked() {
            desk.push(Command::Choose(opt, i));
            ui.close();
        }
    }
}

/// Close, enlarge, figure, table and add, from right to left; faint until the tile is meant.
fn buttons(ui: &mut Ui, desk: &mut Desk<'_>, i: usize, id: &'static str, views: &[ViewInfo], warm: bool) {
    ui.spacing_mut().item_spacing.x = 1.0;
    let layout = &desk.session.look().layout;
    let (enlarged, count) = (layout.maximised.is_some(), layout.len());
    let mut skin = desk.skin;
    if !warm {
        skin.text = skin.quiet.gamma_multiply(0.55);
    }
    if count > 1 && !enlarged && icon_button(ui, &skin, Icon::Close, ICON, false, desk.say(words::CLOSE_TILE)).clicked()
    {
        arrange(desk, |l| l.closed(i));
    }
    let (icon, word) = if enlarged { (Icon::Shrink, ui::SHRINK) } else { (Icon::Expand, ui::EXPAND) };
    if icon_button(ui, &skin, icon, ICON, false, desk.say(word)).clicked() {
        arrange(desk, |l| l.maximised((!enlarged).then_some(i)));
    }
    if id != STATE.id {
        if icon_button(ui, &skin, Icon::Figure, ICON, false, desk.say(ui::FIGURE_OF_VIEW)).clicked() {
            desk.asks.push(Ask::Studio(Some(id)));
        }
        let table = tile::table_open(ui.ctx(), i);
        if icon_button(ui, &skin, Icon::Table, ICON, table, desk.say(words::TABLE)).clicked() {
            desk.asks.push(Ask::Table(i));
        }
    }
    if !enlarged && count < MOST_TILES {
        icon_menu(ui, &skin, Icon::Add, ICON, desk.say(words::ADD_TILE), |ui| add(ui, desk, i, views));
    }
}

/// The views that no tile shows yet.
fn add(ui: &mut Ui, desk: &mut Desk<'_>, i: usize, views: &[ViewInfo]) {
    let layout = &desk.session.look().layout;
    let shown: Vec<&str> = (0..layout.len()).map(|k| view_of(desk, layout.slot(k))).collect();
    let missing: Vec<&ViewInfo> = views.iter().filter(|v| !shown.contains(&v.id)).collect();
    if missing.is_empty() {
        ui.label(desk.say(words::ALL_SHOWN));
    }
    for view in missing {
        if ui.button(desk.say(view.title)).clicked() {
            let side = beside(desk, i);
            arrange(desk, |l| l.added(i, side, Slot::View(view.id.to_owned())));
            ui.close();
        }
    }
}

/// The present value beside the title, where the view has one.
fn now_text(ui: &mut Ui, desk: &Desk<'_>, id: &str) {
    if id != "series" {
        return;
    }
    let (session, mode) = (desk.session, desk.session.mode());
    let now = session.playback().now;
    let probe = crate::scenes::Probe::Position(mode);
    let Some(q) = session.run().lane(Lens::Optimizer).and_then(|l| l.at(probe, now)) else { return };
    let label = crate::figure::rich(&format!("$q_{}({now})$ = {}", mode + 1, format!("{q:.6}").replace('-', "−")));
    let text = egui::Label::new(job(&label, 12.5, desk.skin.quiet)).truncate();
    ui.add(text).on_hover_text(desk.say(ui::SCRUB));
}
