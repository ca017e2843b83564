//! A figure's panel on the screen, by egui_plot.
//!
//! egui_plot owns the axes, zooming and panning; everything inside them is drawn by one item
//! ([`item`]) from the same layers the exporter prints. Ranges are computed by `figure`, so
//! nothing that is not finite ever reaches egui.

mod item;
mod shapes;

pub use shapes::arrow;

use egui::{Color32, Id, Pos2, Response, Sense, Ui, Vec2b};
use egui_plot::{AxisHints, GridMark, Plot, PlotBounds, PlotTransform};

use super::label::job;
use super::theme::{Skin, plain};
use crate::figure::{Axis, Panel, Scale, fit_ranges, ticks};
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
    match axis.scale {
        Scale::Linear => value,
        Scale::Log => value.log10(),
    }
}

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

fn plot<'a>(panel: &'a Panel<'_>, look: &Look<'a>, drag: bool) -> Plot<'a> {
    let skin = look.skin;
    let marks = |axis: &'a Axis, most: usize| {
        move |input: egui_plot::GridInput| {
            let range =
                [input.bounds.0, input.bounds.1].map(|v| if axis.scale == Scale::Log { 10f64.powf(v) } else { v });
            let marks = ticks(range, axis.scale, most).major;
            let step = (input.bounds.1 - input.bounds.0).abs() / most as f64;
            marks.iter().map(|t| GridMark { value: place(axis, t.at), step_size: step }).take(40).collect::<Vec<_>>()
        }
    };
    let format =
        |axis: &'a Axis| move |mark: GridMark, range: &std::ops::RangeInclusive<f64>| tick_text(axis, mark, range);
    let hints = |hint: AxisHints<'a>, axis: &'a Axis, label: bool| {
        let hint = hint.formatter(format(axis)).tick_label_color(skin.quiet).tick_label_font(plain(11.5));
        if label { hint.label(job(&axis.full_label(), 12.0, skin.quiet)) } else { hint.label("") }
    };
    let x_hints = if look.x_axis {
        vec![hints(AxisHints::new_x(), &panel.x, true).label_spacing(egui::Rangef::new(18.0, 24.0))]
    } else {
        Vec::new()
    };
    let y_hints = vec![
        hints(AxisHints::new_y(), &panel.y, true).min_thickness(52.0).label_spacing(egui::Rangef::new(14.0, 18.0)),
    ];
    let plot = Plot::new(look.id)
        .custom_x_axes(x_hints)
        .custom_y_axes(y_hints)
        .x_grid_spacer(marks(&panel.x, 6))
        .y_grid_spacer(marks(&panel.y, 5))
        .grid_color(skin.line)
        .grid_spacing(8.0..=10.0)
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

/// The number at a mark, as the exporter would print it.
fn tick_text(axis: &Axis, mark: GridMark, range: &std::ops::RangeInclusive<f64>) -> String {
    let back = |v: f64| if axis.scale == Scale::Log { 10f64.powf(v) } else { v };
    let span = [back(*range.start()), back(*range.end())];
    let all = ticks(span, axis.scale, 6).major;
    let at = back(mark.value);
    let near = |t: &&crate::figure::Tick| {
        (place(axis, t.at) - place(axis, at)).abs() <= 1e-6 * (range.end() - range.start()).abs()
    };
    all.iter().find(near).map_or_else(|| crate::param::show_number(at), |t| superscript(&t.label))
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
    let back = |axis: &Axis, v: f64| if axis.scale == Scale::Log { 10f64.powf(v) } else { v };
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
