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
use crate::text::{Text, shell as words, tile as tile_words, ui};

/// Size of the buttons.
const ICON: f32 = 20.0;
/// Width of the buttons together, and of the one they fold into.
const BUTTONS: [f32; 2] = [5.0 * (ICON + 1.0) + 8.0, ICON + 4.0];

/// Shows the bar of a tile with this view.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, i: usize, id: &'static str) {
    let bar = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), 24.0));
    let grip = ui.interact(bar, Id::unique(("grip", i)), Sense::click_and_drag());
    let enlarged = desk.session.look().layout.maximised.is_some();
    if grip.drag_started() && !enlarged {
        dock::begin(ui, i);
    }
    let views = offered(desk);
    let space = Space::new(ui, desk, id, &views, bar.width());
    ui.horizontal(|ui| {
        ui.set_height(24.0);
        ui.spacing_mut().item_spacing.x = 3.0;
        ui.visuals_mut().widgets.inactive.weak_bg_fill = Color32::TRANSPARENT;
        let room = bar.width() - BUTTONS[usize::from(space.folded)];
        let twice = ui
            .scope(|ui| {
                ui.set_max_width((room - space.options).max(0.0));
                title(ui, desk, i, id, space.title, &views)
            })
            .inner;
        if twice || grip.double_clicked() {
            arrange(desk, |l| l.maximised((!enlarged).then_some(i)));
        }
        let left = room - ui.min_rect().width();
        ui.scope(|ui| options(ui, desk, id, &views, left));
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            let warm = ui.rect_contains_pointer(ui.min_rect().union(bar)) || desk.tile() == i;
            ui.scope(|ui| buttons(ui, desk, i, id, &views, warm, space.folded));
            now_text(ui, desk, id);
        });
    });
}

/// How a bar shares its width.
struct Space {
    /// The title in force: the whole one where it fits.
    title: &'static str,
    /// Whether the buttons are folded into a menu, so that the title can be read.
    folded: bool,
    /// What is kept free for options.
    options: f32,
}

impl Space {
    fn new(ui: &Ui, desk: &Desk<'_>, id: &str, views: &[ViewInfo], width: f32) -> Self {
        let Some(view) = views.iter().find(|v| v.id == id) else {
            return Space { title: "", folded: false, options: 0.0 };
        };
        let chooses = view.options.iter().any(|opt| !opt.is_direction());
        let options = if chooses { ICON + 4.0 } else { 0.0 };
        let wide = |text: &str| {
            let set = ui.painter().layout_no_wrap(text.to_owned(), bold(13.5), desk.skin.text);
            set.size().x + 2.0 * ui.spacing().button_padding.x + 1.0
        };
        let fits = |title: &str, folded: bool| wide(title) + options + BUTTONS[usize::from(folded)] <= width;
        let [long, short] = [view.title, view.short].map(|title| desk.say(title));
        let best =
            [(long, false), (long, true), (short, false)].into_iter().find(|(title, folded)| fits(title, *folded));
        let (title, folded) = best.unwrap_or((short, true));
        Space { title, folded, options }
    }
}

/// The title, a menu of all views. Whether it was clicked twice.
fn title(ui: &mut Ui, desk: &mut Desk<'_>, i: usize, id: &str, name: &str, views: &[ViewInfo]) -> bool {
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
    let whole = views.iter().find(|v| v.id == id).map_or("", |v| desk.say(v.title));
    response.on_hover_ui(|ui| about(ui, desk, id, whole));
    twice
}

/// What the view shows, in the words printed under its figure.
fn about(ui: &mut Ui, desk: &Desk<'_>, id: &str, name: &str) {
    ui.set_max_width(420.0);
    ui.label(RichText::new(name).font(bold(13.5)));
    if let Some(figure) = desk.session.figure(id, desk.lang) {
        ui.label(figure.caption);
    }
    let turns = offered(desk).iter().any(|v| v.id == id && v.options.contains(&Opt::Azimuth));
    let help = [words::TILE_HELP].into_iter().chain(turns.then_some(tile_words::TURN_HELP));
    for line in help {
        ui.label(RichText::new(desk.say(line)).small().color(desk.skin.quiet));
    }
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
        .filter(|(opt, choices)| choices.len() > 1 && !opt.is_direction())
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

/// What a button of a tile does.
struct Tool {
    icon: Icon,
    name: Text,
    on: bool,
    ask: Ask,
}

/// Close, enlarge, figure and table.
fn tools(ui: &Ui, desk: &Desk<'_>, i: usize, id: &'static str) -> Vec<Tool> {
    let layout = &desk.session.look().layout;
    let enlarged = layout.maximised.is_some();
    let tool = |icon, name, on, ask| Tool { icon, name, on, ask };
    let mut out = Vec::new();
    if layout.len() > 1 && !enlarged {
        out.push(tool(Icon::Close, words::CLOSE_TILE, false, Command::Arrange(layout.clone().closed(i)).into()));
    }
    let (icon, word) = if enlarged { (Icon::Shrink, ui::SHRINK) } else { (Icon::Expand, ui::EXPAND) };
    let other = layout.clone().maximised((!enlarged).then_some(i));
    out.push(tool(icon, word, false, Command::Arrange(other).into()));
    if id != STATE.id {
        let table = tile::table_open(ui.ctx(), i);
        out.push(tool(Icon::Figure, ui::FIGURE_OF_VIEW, false, Ask::Studio(Some(id))));
        out.push(tool(Icon::Table, words::TABLE, table, Ask::Table(i)));
    }
    out
}

/// The tools from right to left, and what adds a tile; faint until the tile is meant. `folded` they are
/// a menu.
fn buttons(ui: &mut Ui, desk: &mut Desk<'_>, i: usize, id: &'static str, views: &[ViewInfo], warm: bool, folded: bool) {
    ui.spacing_mut().item_spacing.x = 1.0;
    let layout = &desk.session.look().layout;
    let more = layout.maximised.is_none() && layout.len() < MOST_TILES;
    let tools = tools(ui, desk, i, id);
    let mut skin = desk.skin;
    if !warm {
        skin.text = skin.quiet.gamma_multiply(0.55);
    }
    if folded {
        icon_menu(ui, &skin, Icon::More, ICON, desk.say(tile_words::TOOLS), |ui| {
            for tool in tools {
                if ui.selectable_label(tool.on, desk.say(tool.name)).clicked() {
                    desk.asks.push(tool.ask);
                    ui.close();
                }
            }
            if more {
                ui.menu_button(desk.say(words::ADD_TILE), |ui| add(ui, desk, i, views));
            }
        });
        return;
    }
    for tool in tools {
        if icon_button(ui, &skin, tool.icon, ICON, tool.on, desk.say(tool.name)).clicked() {
            desk.asks.push(tool.ask);
        }
    }
    if more {
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

/// The present value beside the title, where the view has one and there is room for all of it.
fn now_text(ui: &mut Ui, desk: &Desk<'_>, id: &str) {
    if id != "series" {
        return;
    }
    let (session, mode) = (desk.session, desk.session.mode());
    let now = session.playback().now;
    let probe = crate::scenes::Probe::Position(mode);
    let Some(q) = session.run().lane(Lens::Optimizer).and_then(|l| l.at(probe, now)) else { return };
    let label = crate::figure::rich(&format!("$q_{}({now})$ = {}", mode + 1, format!("{q:.6}").replace('-', "−")));
    let text = job(&label, 12.5, desk.skin.quiet);
    if ui.painter().layout_job(text.clone()).size().x <= ui.available_width() {
        ui.label(text).on_hover_text(desk.say(ui::SCRUB));
    }
}
