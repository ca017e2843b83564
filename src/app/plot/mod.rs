//! A figure's panel on the screen, by egui_plot.
//!
//! egui_plot owns the axes, zooming and panning; everything inside them is drawn by one item
//! (`item`) from the same layers the exporter prints. Ranges are computed by `figure`, so nothing
//! that is not finite ever reaches egui. `pen` holds what all layers share; `lines`, `areas`,
//! `fields` and `words` draw one kind each, with `strokes` and `hatch` as their tools; `legend`,
//! `inset` and `hover` go on top.

mod areas;
mod axes;
mod fields;
mod hatch;
mod hover;
mod inset;
mod item;
mod legend;
mod lines;
mod pen;
mod strokes;
mod words;

pub(super) use strokes::arrow;

use egui::{Color32, Id, Pos2, Response, Sense, Ui, Vec2b};
use egui_plot::{AxisHints, Plot, PlotBounds, PlotTransform};

use super::label::job;
use super::theme::{Skin, plain};
use crate::figure::{Axis, Now, Panel, fit_ranges};
use axes::{GRID, Marks, printer, spacer};
use item::Canvas;

/// What a person did to a plot.
pub enum Touch {
    /// Dragged a handle to a place in data units.
    Handle(String, [f64; 2]),
    /// Clicked or dragged over a clock axis: wants this iteration to be now.
    Now(f64),
}

/// How a plot is shown.
pub struct Look<'a> {
    /// Colours.
    pub skin: &'a Skin,
    /// Identity; keeps zoom between frames.
    pub id: Id,
    /// Whether the x axis carries numbers and a label.
    pub x_axis: bool,
    /// Marks of the present moment.
    pub now: &'a [Now],
}

/// A value's place on an axis as egui_plot sees it; NaN for what its scale cannot show.
fn place(axis: &Axis, value: f64) -> f64 {
    axis.scale.forward(value).unwrap_or(f64::NAN)
}

/// Draws `panel` into the space left in `ui`.
pub fn show(ui: &mut Ui, panel: &Panel<'_>, look: &Look<'_>) -> Option<Touch> {
    let ranges = fit_ranges(panel);
    let [[x0, x1], [y0, y1]] = [ranges[0].map(|v| place(&panel.x, v)), ranges[1].map(|v| place(&panel.y, v))];
    let free_id = look.id.with("free");
    let free = ui.data(|d| d.get_temp::<bool>(free_id)).unwrap_or(false);
    let over_handle = handle_under_pointer(ui, panel, look);
    let plot = plot(panel, look, over_handle.is_none() && panel.clock.is_none());
    let skin = *look.skin;
    // What is dragged may decide the range, so that the range rests as long as it moves.
    let held = (0..panel.handles.len()).any(|i| ui.ctx().is_being_dragged(handle_id(look, i)));
    let shown = plot.show(ui, |p| {
        if !free && !held {
            p.set_plot_bounds(PlotBounds::from_min_max([x0, y0], [x1, y1]));
        }
        p.add(Canvas::new(panel, look.now, skin));
    });
    let response = shown.response;
    remember_freedom(ui, &response, free_id, free, over_handle.is_some() || panel.clock.is_some());
    ui.data_mut(|d| d.insert_temp(look.id.with("transform"), shown.transform));
    inset::insets(ui, panel, &shown.transform, look.skin);
    hover::hover(ui, panel, look.skin, &response, &shown.transform);
    handles(ui, panel, look, &shown.transform).or_else(|| clock(panel, &response, &shown.transform))
}

fn plot<'a>(panel: &'a Panel<'_>, look: &Look<'a>, drag: bool) -> Plot<'a> {
    let skin = look.skin;
    let (x_marks, y_marks) = (Marks::default(), Marks::default());
    let hints = |hint: AxisHints<'a>, axis: &Axis, marks: &Marks| {
        let hint = hint.formatter(printer(marks.clone())).tick_label_color(skin.quiet).tick_label_font(plain(11.5));
        hint.label(job(&axis.full_label(), 12.0, skin.quiet)).label_spacing(egui::Rangef::new(10.0, 12.0))
    };
    let x_hints = look.x_axis.then(|| hints(AxisHints::new_x(), &panel.x, &x_marks));
    let y_hints = vec![hints(AxisHints::new_y(), &panel.y, &y_marks).min_thickness(58.0)];
    let plot = Plot::new(look.id)
        .custom_x_axes(x_hints.into_iter().collect())
        .custom_y_axes(y_hints)
        .x_grid_spacer(spacer(&panel.x, x_marks, 58.0))
        .y_grid_spacer(spacer(&panel.y, y_marks, 27.0))
        .grid_color(skin.line)
        .grid_spacing(GRID as f32..=10.0)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .show_crosshair(false)
        .set_margin_fraction(egui::Vec2::ZERO)
        .allow_scroll(false)
        .allow_axis_zoom_drag(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .allow_drag(Vec2b::new(drag, drag))
        .cursor_color(skin.quiet);
    match panel.clock {
        Some(_) => plot.link_cursor(Id::unique("clock"), Vec2b::new(true, false)),
        None => plot,
    }
}

/// A plot that was panned or zoomed keeps its frame until it is double-clicked.
fn remember_freedom(ui: &Ui, response: &Response, id: Id, free: bool, held: bool) {
    let zoomed = response.hovered() && ui.input(|i| i.zoom_delta() != 1.0);
    let panned = response.dragged() && response.drag_delta() != egui::Vec2::ZERO && !held;
    let next = (free || zoomed || panned) && !response.double_clicked();
    if next != free {
        ui.data_mut(|d| d.insert_temp(id, next));
    }
}

const REACH: f32 = 14.0;

/// The handle near the pointer, by last frame's transform.
fn handle_under_pointer(ui: &Ui, panel: &Panel<'_>, look: &Look<'_>) -> Option<usize> {
    let transform = ui.data(|d| d.get_temp::<PlotTransform>(look.id.with("transform")))?;
    let pointer = ui.input(|i| i.pointer.interact_pos())?;
    let distance = |i: &usize| at(panel, &transform, panel.handles[*i].at).distance(pointer);
    let held = (0..panel.handles.len()).find(|i| ui.ctx().is_being_dragged(handle_id(look, *i)));
    held.or_else(|| {
        (0..panel.handles.len()).filter(|i| distance(i) <= REACH).min_by(|a, b| distance(a).total_cmp(&distance(b)))
    })
}

fn handle_id(look: &Look<'_>, i: usize) -> Id {
    look.id.with(("handle", i))
}

/// Screen position of a point in data units.
fn at(panel: &Panel<'_>, transform: &PlotTransform, [x, y]: [f64; 2]) -> Pos2 {
    let point = egui_plot::PlotPoint::new(place(&panel.x, x), place(&panel.y, y));
    let limit = |v: f32| if v.is_finite() { v.clamp(-1e5, 1e5) } else { -1e5 };
    let p = transform.position_from_point(&point);
    Pos2::new(limit(p.x), limit(p.y))
}

fn data_at(panel: &Panel<'_>, transform: &PlotTransform, pos: Pos2) -> [f64; 2] {
    let point = transform.value_from_position(pos);
    let back = |axis: &Axis, v: f64| axis.scale.back(v);
    [back(&panel.x, point.x), back(&panel.y, point.y)]
}

fn handles(ui: &mut Ui, panel: &Panel<'_>, look: &Look<'_>, transform: &PlotTransform) -> Option<Touch> {
    let mut touched = None;
    for (i, handle) in panel.handles.iter().enumerate() {
        let centre = at(panel, transform, handle.at);
        let rect = egui::Rect::from_center_size(centre, egui::Vec2::splat(2.0 * REACH));
        let response = ui.interact(rect, handle_id(look, i), Sense::click_and_drag());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Slider, true, &handle.name));
        let warm = response.hovered() || response.dragged();
        let colour = look.skin.ink(handle.ink);
        let painter = ui.painter();
        if warm {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Grab);
            painter.circle_filled(centre, 11.0, colour.gamma_multiply(0.25));
        }
        painter.circle(centre, 6.0, colour, egui::Stroke::new(2.0, look.skin.card));
        let galley = painter.layout_job(job(&handle.label, 13.0, look.skin.text));
        let side =
            if centre.x + 14.0 + galley.size().x > transform.frame().right() { -galley.size().x - 11.0 } else { 11.0 };
        painter.galley(centre + egui::vec2(side, -galley.size().y / 2.0), galley, Color32::PLACEHOLDER);
        if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) {
            touched = Some(Touch::Handle(handle.id.clone(), data_at(panel, transform, pointer)));
        }
    }
    touched
}

fn clock(panel: &Panel<'_>, response: &Response, transform: &PlotTransform) -> Option<Touch> {
    let pressed = response.clicked() || response.dragged();
    let iteration = panel.clock.filter(|_| pressed)?;
    let pointer = response.interact_pointer_pos()?;
    Some(Touch::Now(data_at(panel, transform, pointer)[0] / iteration))
}
