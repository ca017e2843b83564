//! Buttons with a drawn icon.

use egui::{
    Color32, Painter, Popup, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, lerp,
    pos2, vec2,
};

use super::theme::Skin;

/// The shapes of the buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// To the start.
    First,
    /// One back.
    Back,
    /// Run.
    Play,
    /// Stop.
    Pause,
    /// One on.
    Forward,
    /// Over and over.
    Loop,
    /// Bigger.
    Expand,
    /// Smaller.
    Shrink,
    /// A sheet with a curve on it.
    Figure,
    /// A cross.
    Close,
    /// A plus.
    Add,
    /// Rows and columns.
    Table,
    /// Back to a mark.
    Previous,
    /// On to a mark.
    Next,
    /// A pin.
    Pin,
    /// A magnifying glass.
    Search,
    /// Three lines.
    Menu,
    /// Three dots.
    More,
    /// An arrow bent back.
    Undo,
    /// An arrow bent on.
    Redo,
    /// Opens a list.
    Down,
    /// Done.
    Tick,
    /// To what comes before.
    Before,
    /// To what comes after.
    After,
}

/// A flat button with a drawn icon, named for people who cannot see it.
pub fn icon_button(ui: &mut Ui, skin: &Skin, icon: Icon, size: f32, on: bool, name: &str) -> Response {
    helped_button(ui, skin, icon, size, on, [name, name])
}

/// The same with a name and, for the pointer, more than a name.
pub fn helped_button(ui: &mut Ui, skin: &Skin, icon: Icon, size: f32, on: bool, [name, help]: [&str; 2]) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), Sense::click());
    let colour = if on || response.hovered() { skin.accent } else { skin.text };
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 6.0, skin.well);
    }
    draw_icon(ui, icon, rect.shrink(size * 0.28), colour);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, name));
    response.on_hover_text(help).on_disabled_hover_text(help)
}

/// An icon that opens a menu.
pub fn icon_menu(ui: &mut Ui, skin: &Skin, icon: Icon, size: f32, name: &str, contents: impl FnOnce(&mut Ui)) {
    let response = icon_button(ui, skin, icon, size, false, name);
    Popup::menu(&response).show(contents);
}

/// A tick as large as a letter.
pub fn tick(ui: &mut Ui, colour: Color32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(13.0), Sense::hover());
    small_icon(ui, Icon::Tick, rect, colour);
}

/// An icon that is no button, in this place.
pub fn small_icon(ui: &Ui, icon: Icon, place: Rect, colour: Color32) {
    draw_icon(ui, icon, place, colour);
}

/// Points in a square from 0 to 1, y downwards.
type Points = &'static [(f32, f32)];

fn draw_icon(ui: &Ui, icon: Icon, r: Rect, colour: Color32) {
    let painter = ui.painter();
    let place = |points: Points| -> Vec<Pos2> {
        points.iter().map(|(x, y)| pos2(lerp(r.x_range(), *x), lerp(r.y_range(), *y))).collect()
    };
    let stroke = Stroke::new(1.6, colour);
    for points in fills(icon) {
        painter.add(Shape::convex_polygon(place(points), colour, Stroke::NONE));
    }
    for points in lines(icon) {
        painter.add(Shape::line(place(points), stroke));
    }
    match icon {
        Icon::Figure | Icon::Table => {
            painter.rect_stroke(r, 1.5, stroke, StrokeKind::Middle);
        }
        Icon::Search => {
            painter.circle_stroke(r.min + 0.4 * r.size(), 0.36 * r.width(), stroke);
        }
        Icon::Loop => turn(painter, r, stroke),
        Icon::More => {
            for x in [0.1, 0.5, 0.9] {
                painter.circle_filled(pos2(lerp(r.x_range(), x), r.center().y), 1.6, colour);
            }
        }
        _ => {}
    }
}

/// A circle that bites its tail.
fn turn(painter: &Painter, r: Rect, stroke: Stroke) {
    let (centre, radius) = (r.center(), r.width() * 0.44);
    let on = |a: f32| centre + radius * vec2(a.cos(), a.sin());
    painter.add(Shape::line((0..=20).map(|i| on(-1.0 + i as f32 / 20.0 * 5.2)).collect(), stroke));
    let tip = on(-1.0);
    painter.line_segment([tip, tip + vec2(-4.5, -0.5)], stroke);
    painter.line_segment([tip, tip + vec2(0.8, -4.5)], stroke);
}

fn fills(icon: Icon) -> &'static [Points] {
    match icon {
        Icon::Play => &[&[(0.1, 0.0), (1.0, 0.5), (0.1, 1.0)]],
        Icon::Pause => &[
            &[(0.12, 0.0), (0.38, 0.0), (0.38, 1.0), (0.12, 1.0)],
            &[(0.62, 0.0), (0.88, 0.0), (0.88, 1.0), (0.62, 1.0)],
        ],
        Icon::Forward => {
            &[&[(0.0, 0.05), (0.68, 0.5), (0.0, 0.95)], &[(0.76, 0.05), (0.96, 0.05), (0.96, 0.95), (0.76, 0.95)]]
        }
        Icon::Back => {
            &[&[(1.0, 0.05), (1.0, 0.95), (0.32, 0.5)], &[(0.04, 0.05), (0.24, 0.05), (0.24, 0.95), (0.04, 0.95)]]
        }
        Icon::First => &[&[(1.0, 0.05), (1.0, 0.95), (0.55, 0.5)], &[(0.56, 0.05), (0.56, 0.95), (0.12, 0.5)]],
        Icon::Next => &[&[(0.56, 0.5), (0.78, 0.14), (1.0, 0.5), (0.78, 0.86)]],
        Icon::Down => &[&[(0.1, 0.3), (0.9, 0.3), (0.5, 0.8)]],
        Icon::Previous => &[&[(0.44, 0.5), (0.22, 0.14), (0.0, 0.5), (0.22, 0.86)]],
        _ => &[],
    }
}

fn lines(icon: Icon) -> &'static [Points] {
    match icon {
        Icon::First => &[&[(0.06, 0.05), (0.06, 0.95)]],
        Icon::Next => &[&[(0.0, 0.14), (0.36, 0.5), (0.0, 0.86)]],
        Icon::Previous => &[&[(1.0, 0.14), (0.64, 0.5), (1.0, 0.86)]],
        Icon::Figure => &[&[(0.18, 0.78), (0.42, 0.38), (0.6, 0.6), (0.84, 0.24)]],
        Icon::Table => &[&[(0.0, 0.36), (1.0, 0.36)], &[(0.42, 0.0), (0.42, 1.0)]],
        Icon::Close => &[&[(0.12, 0.12), (0.88, 0.88)], &[(0.88, 0.12), (0.12, 0.88)]],
        Icon::Add => &[&[(0.5, 0.05), (0.5, 0.95)], &[(0.05, 0.5), (0.95, 0.5)]],
        Icon::Menu => &[&[(0.0, 0.15), (1.0, 0.15)], &[(0.0, 0.5), (1.0, 0.5)], &[(0.0, 0.85), (1.0, 0.85)]],
        Icon::Tick => &[&[(0.05, 0.55), (0.38, 0.9), (0.95, 0.15)]],
        Icon::Search => &[&[(0.67, 0.67), (1.0, 1.0)]],
        Icon::Before => &[&[(0.68, 0.05), (0.26, 0.5), (0.68, 0.95)]],
        Icon::After => &[&[(0.32, 0.05), (0.74, 0.5), (0.32, 0.95)]],
        Icon::Pin => &[
            &[(0.28, 0.04), (0.72, 0.04)],
            &[(0.36, 0.04), (0.36, 0.4), (0.16, 0.62), (0.84, 0.62), (0.64, 0.4), (0.64, 0.04)],
            &[(0.5, 0.62), (0.5, 1.0)],
        ],
        Icon::Undo => &[
            &[(0.32, 0.08), (0.04, 0.36), (0.32, 0.64)],
            &[(0.06, 0.36), (0.62, 0.36), (0.86, 0.5), (0.9, 0.68), (0.8, 0.84), (0.58, 0.92)],
        ],
        Icon::Redo => &[
            &[(0.68, 0.08), (0.96, 0.36), (0.68, 0.64)],
            &[(0.94, 0.36), (0.38, 0.36), (0.14, 0.5), (0.1, 0.68), (0.2, 0.84), (0.42, 0.92)],
        ],
        Icon::Expand => &[
            &[(0.0, 0.36), (0.0, 0.0), (0.36, 0.0)],
            &[(0.64, 0.0), (1.0, 0.0), (1.0, 0.36)],
            &[(1.0, 0.64), (1.0, 1.0), (0.64, 1.0)],
            &[(0.36, 1.0), (0.0, 1.0), (0.0, 0.64)],
        ],
        Icon::Shrink => &[
            &[(0.0, 0.34), (0.34, 0.34), (0.34, 0.0)],
            &[(0.66, 0.0), (0.66, 0.34), (1.0, 0.34)],
            &[(1.0, 0.66), (0.66, 0.66), (0.66, 1.0)],
            &[(0.34, 1.0), (0.34, 0.66), (0.0, 0.66)],
        ],
        _ => &[],
    }
}
