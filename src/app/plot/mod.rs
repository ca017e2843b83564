//! A figure's panel on the screen, by egui_plot.
//!
//! egui_plot owns the axes, zooming and panning; everything inside them is drawn by one item
//! ([`item`]) from the same layers the exporter prints. Ranges are computed by `figure`, so
//! nothing that is not finite ever reaches egui.

mod item;
mod shapes;

pub use shapes::arrow;

use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::rc::Rc;

use egui::{Color32, Id, Pos2, Response, Sense, Ui, Vec2b};
use egui_plot::{AxisHints, GridInput, GridMark, Plot, PlotBounds, PlotTransform};

use super::label::job;
use super::theme::{Skin, plain};
use crate::figure::{Axis, Panel, fit_ranges, ticks};
use item::Canvas;

/// What a person did to a plot.
pub enum Touch {
    /// Dragged a handle to a place in data units.
    Handle(String, [f64; 2]),
    /// Clicked or dragged over the clock axis: wants this x to be now.
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
    /// Whether clicking sets the present moment.
    pub clock: bool,
    /// Plots that share an x axis and a cursor.
    pub group: Option<Id>,
}

/// A value's place on an axis as egui_plot sees it: itself, or its decimal logarithm.
fn place(axis: &Axis, value: f64) -> f64 {
    axis.scale.forward(value).unwrap_or(f64::NAN)
}

/// Closest grid lines in pixels.
const GRID: f64 = 8.0;

/// Draws `panel` into the space left in `ui`.
pub fn show(ui: &mut Ui, panel: &Panel<'_>, look: &Look<'_>) -> Option<Touch> {
    let ranges = fit_ranges(panel);
    let [[x0, x1], [y0, y1]] = [ranges[0].map(|v| place(&panel.x, v)), ranges[1].map(|v| place(&panel.y, v))];
    let free_id = look.id.with("free");
    let free = ui.data(|d| d.get_temp::<bool>(free_id)).unwrap_or(false);
    let over_handle = handle_under_pointer(ui, panel, look);
    let plot = plot(panel, look, over_handle.is_none() && !look.clock);
    let skin = *look.skin;
    let shown = plot.show(ui, |p| {
        if !free {
            p.set_plot_bounds(PlotBounds::from_min_max([x0, y0], [x1, y1]));
        }
        p.add(Canvas::new(panel, skin));
    });
    let response = shown.response;
    remember_freedom(ui, &response, free_id, free, over_handle.is_some() || look.clock);
    ui.data_mut(|d| d.insert_temp(look.id.with("transform"), shown.transform));
    shapes::hover(ui, panel, look.skin, &response, &shown.transform);
    handles(ui, panel, look, &shown.transform).or_else(|| clock(panel, look, &response, &shown.transform))
}

/// Labelled marks of an axis, shared by what places them and what prints them.
type Marks = Rc<RefCell<Vec<(f64, String)>>>;

/// Places the marks of an axis, at least `apart` pixels from one another.
fn spacer<'a>(axis: &'a Axis, marks: Marks, apart: f64) -> impl Fn(GridInput) -> Vec<GridMark> + 'a {
    move |input: GridInput| {
        let span = (input.bounds.1 - input.bounds.0).abs();
        let pixels = span / input.base_step_size * GRID;
        let most = (pixels / apart).clamp(2.0, 8.0) as usize;
        let back = |v: f64| axis.scale.back(v);
        let range = [back(input.bounds.0), back(input.bounds.1)];
        let found = ticks(range, axis.scale, most).major;
        let mut found: Vec<(f64, String)> =
            found.iter().take(40).map(|t| (place(axis, t.at), superscript(&t.label))).collect();
        // A low panel keeps every second mark, zero among them, until the numbers fit.
        while found.len() > 1 && (found[1].0 - found[0].0) / span * pixels < 0.65 * apart {
            let zero = found.iter().position(|(v, _)| *v == 0.0).unwrap_or(0);
            let keep = |i: usize| i.abs_diff(zero).is_multiple_of(2);
            found = found.into_iter().enumerate().filter(|(i, _)| keep(*i)).map(|(_, m)| m).collect();
        }
        let step = found.windows(2).map(|w| w[1].0 - w[0].0).fold(span, f64::min);
        let out = found.iter().map(|(value, _)| GridMark { value: *value, step_size: step }).collect();
        *marks.borrow_mut() = found;
        out
    }
}

/// Prints the number of a mark as the exporter would.
fn printer<'a>(marks: Marks) -> impl Fn(GridMark, &RangeInclusive<f64>) -> String + 'a {
    move |mark: GridMark, range: &RangeInclusive<f64>| {
        let near = 1e-6 * (range.end() - range.start()).abs();
        let marks = marks.borrow();
        marks.iter().find(|(at, _)| (at - mark.value).abs() <= near).map_or_else(String::new, |(_, text)| text.clone())
    }
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
    match look.group {
        Some(group) => plot.link_cursor(group, Vec2b::new(true, false)),
        None => plot,
    }
}

/// A tick label in plain characters, raised digits as Unicode superscripts.
fn superscript(label: &crate::figure::Rich) -> String {
    let raise = |c: char| match c {
        '−' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32(0x2070 + c as u32 - '0' as u32).unwrap_or(c),
        other => other,
    };
    let spans = label.0.iter().map(|s| match s.style {
        crate::figure::Style::Sup(_) => s.text.chars().map(raise).collect(),
        _ => s.text.clone(),
    });
    spans.collect()
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

fn clock(panel: &Panel<'_>, look: &Look<'_>, response: &Response, transform: &PlotTransform) -> Option<Touch> {
    let pressed = response.clicked() || response.dragged();
    let pointer = response.interact_pointer_pos().filter(|_| pressed && look.clock)?;
    Some(Touch::Now(data_at(panel, transform, pointer)[0]))
}
