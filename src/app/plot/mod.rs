//! A figure's panel on the screen, by egui_plot.
//!
//! egui_plot owns the axes; everything inside them is drawn by one item (`item`) from the same layers
//! the exporter prints, and what part of the plane they show is decided here (`window`), so that
//! nothing that is not finite ever reaches egui. `pen` holds what all layers share; `lines`, `areas`,
//! `heat`, `fields` and `words` draw one kind each, with `strokes` and `hatch` as their tools; `legend`,
//! `inset` and `exits` go on top, the `bar` of a colour map beside. `thin` prepares long columns, `path`
//! those that turn back; `ribbon` makes areas of lines that fill them; `sheet` keeps figures and `plate`
//! what was drawn of them, `queue` says whose turn it is to be drawn anew. `hover` reads values (by
//! `reading`), `handles` are dragged, `clock` scrubs and brushes, `turn` turns surfaces;
//! `link` is what all plots share. `table` is the same in rows of numbers.

mod areas;
mod axes;
mod bar;
mod clock;
mod columns;
mod exits;
mod facets;
mod fields;
mod handles;
mod hatch;
mod heat;
mod hover;
mod inset;
mod item;
mod keep;
mod legend;
mod lines;
mod link;
mod path;
mod pen;
mod plate;
mod queue;
mod reading;
mod ribbon;
mod sheet;
mod strokes;
pub mod table;
mod thin;
mod turn;
mod window;
mod words;

pub(super) use axes::X_AXIS;
pub use link::Link;
pub(super) use sheet::Sheet;
pub use sheet::Sheets;
pub(super) use strokes::arrow;

use std::cell::RefCell;

use egui::text::LayoutJob;
use egui::{Id, Pos2, Rect, Ui, UiBuilder, vec2};
use egui_plot::{AxisHints, Plot, PlotBounds, PlotTransform};

use super::theme::{Skin, plain};
use crate::figure::{Axis, Ink, Now, Panel, fit_ranges};
use crate::text::Lang;
use axes::{GRID, Marks, printer, spacer};
use item::Canvas;
use legend::Legend;
use plate::{Inside, Plate};

/// What a person did to a plot.
#[derive(Clone, Debug, PartialEq)]
pub enum Touch {
    /// Dragged a handle, or clicked into free space that means something, at a place in data units.
    Handle(String, [f64; 2]),
    /// Clicked or dragged over a clock axis: wants this iteration to be now.
    Now(f64),
    /// Points at this iteration.
    Hover(f64),
    /// Points at this place of a path of this colour: its sample, between two as a fraction.
    Near(Ink, f64, [f64; 2]),
    /// Is choosing a stretch of iterations.
    Draft([f64; 2]),
    /// Chose a stretch of iterations, or none.
    Brush(Option<[f64; 2]>),
    /// Wants clock axes to show these iterations, or all.
    Window(Option<[f64; 2]>),
    /// Turns what is shown to this azimuth and elevation in degrees, or back to how it was at first.
    Turn(Option<[f64; 2]>),
}

/// How a plot is shown.
pub struct Look<'a> {
    /// Colours.
    pub skin: &'a Skin,
    /// Language.
    pub lang: Lang,
    /// Identity; keeps zoom between frames.
    pub id: Id,
    /// Identity of the x axis; that of stacked panels is one.
    pub x_id: Id,
    /// Whether the x axis carries numbers and a label.
    pub x_axis: bool,
    /// What it shows, for a screen reader.
    pub title: &'a str,
    /// Marks of the present moment.
    pub now: &'a [Now],
    /// Marks of the moment under the pointer.
    pub ghosts: &'a [Now],
    /// What all plots share.
    pub link: Link,
    /// The stretch of iterations set off from the rest.
    pub brush: Option<[f64; 2]>,
    /// The present iteration.
    pub moment: f64,
    /// The last iteration, and how many seconds one lasts.
    pub clock: [f64; 2],
}

impl<'a> Look<'a> {
    /// A plot by itself.
    pub fn new(skin: &'a Skin, lang: Lang, id: Id) -> Self {
        Look {
            skin,
            lang,
            id,
            x_id: id,
            x_axis: true,
            title: "",
            now: &[],
            ghosts: &[],
            link: Link::default(),
            brush: None,
            moment: 0.0,
            clock: [f64::INFINITY, 1.0],
        }
    }
}

/// A panel to be shown, its layers asked for only when they are needed.
pub struct Subject<'s> {
    /// All but the layers.
    face: &'s Panel<'s>,
    /// What its axes show unless they are moved.
    ranges: [[f64; 2]; 2],
    /// Whether smaller panels lie inside it.
    insets: bool,
    /// What its colours stand for.
    bar: Option<&'s bar::Bar>,
    /// The names of its layers.
    legend: &'s Legend,
    /// What was drawn of it.
    plate: &'s RefCell<Plate>,
    /// With the layers.
    whole: &'s dyn Fn() -> Option<&'s Panel<'s>>,
}

impl<'s> Subject<'s> {
    /// A panel without its layers, and how to get at them.
    pub(super) fn new(face: &'s sheet::Face, whole: &'s dyn Fn() -> Option<&'s Panel<'s>>) -> Self {
        let (ranges, insets, bar) = (face.ranges, face.insets, face.bar.as_ref());
        Subject { face: &face.panel, ranges, insets, bar, legend: &face.legend, plate: &face.plate, whole }
    }
}

/// Room at the right for half of the last number of a horizontal axis.
const OVERHANG: f32 = 6.0;

/// A value's place on an axis as egui_plot sees it; NaN for what its scale cannot show.
fn place(axis: &Axis, value: f64) -> f64 {
    axis.scale.forward(value).unwrap_or(f64::NAN)
}

/// Draws `panel` into the space left in `ui`.
pub fn show<'a>(ui: &mut Ui, panel: &'a Panel<'a>, look: &'a Look<'a>) -> Vec<Touch> {
    show_kept(ui, panel, look, &Kept::default())
}

/// What is kept of a panel's drawing from frame to frame.
#[derive(Default)]
pub struct Kept(RefCell<Plate>);

/// Draws `panel`, which is the same as long as `kept` is, into the space left in `ui`.
pub fn show_kept<'a>(ui: &mut Ui, panel: &'a Panel<'a>, look: &'a Look<'a>, kept: &'a Kept) -> Vec<Touch> {
    let whole = || Some(panel);
    let (ranges, insets, bar, legend) =
        (fit_ranges(panel), !panel.insets.is_empty(), bar::of(panel), Legend::of(panel));
    let (bar, legend) = (bar.as_ref(), &legend);
    let subject = Subject { face: panel, ranges, insets, bar, legend, plate: &kept.0, whole: &whole };
    show_subject(ui, &subject, look)
}

/// Draws a panel into the space left in `ui`.
pub(super) fn show_subject<'a>(ui: &mut Ui, subject: &'a Subject<'_>, look: &'a Look<'a>) -> Vec<Touch> {
    let whole = ui.available_rect_before_wrap();
    let bar = subject.bar.map_or(0.0, |bar| bar.room(ui, look.skin, whole.size()));
    let beside = vec2(axes::Y_AXIS + bar.max(OVERHANG), if look.x_axis { X_AXIS } else { 0.0 });
    let row = subject.legend.above(ui, look.skin, whole.size() - beside);
    let above = row.as_ref().map_or(0.0, |row| row.height);
    let area = Rect::from_min_max(whole.min + vec2(0.0, above), whole.max - vec2(bar.max(OVERHANG), 0.0));
    let inside = |label| Inside { label, legend: row.is_none() };
    let drawn = ui.scope_builder(UiBuilder::new().max_rect(area), |ui| draw(ui, subject, look, inside));
    let (frame, touches) = drawn.inner;
    if let Some(row) = row {
        row.show(ui, look.skin, frame, whole.top());
    }
    if let Some(shown) = subject.bar.filter(|_| bar > 0.0) {
        shown.show(ui, look.skin, frame, whole.height());
    }
    ui.advance_cursor_after_rect(whole);
    touches
}

/// Draws a panel into all of `ui`; where its inside is, and what was done to it.
fn draw<'a>(
    ui: &mut Ui,
    subject: &'a Subject<'_>,
    look: &'a Look<'a>,
    inside: impl FnOnce(Option<LayoutJob>) -> Inside,
) -> (Rect, Vec<Touch>) {
    let whole = ui.available_rect_before_wrap();
    let [[x0, x1], [y0, y1]] = window::bounds(ui, subject, look);
    let held = handles::under_pointer(ui, subject.face, look).is_some();
    let labels = axes::Labels::new(ui, subject.face, look);
    let shown = plot(subject.face, look, &labels).show(ui, |p| {
        p.set_plot_bounds(PlotBounds::from_min_max([x0, y0], [x1, y1]));
        p.add(Canvas::new(subject, look, inside(labels.inside.clone())));
    });
    let (response, transform) = (shown.response, shown.transform);
    if look.x_axis {
        labels.write_aside(ui, look.skin, whole, *transform.frame());
    }
    window::settle(ui, subject, look, &transform);
    let with_insets = if subject.insets { (subject.whole)() } else { None };
    if let Some(panel) = with_insets {
        inset::insets(ui, panel, &transform, look.skin);
    }
    let mut touches = Vec::new();
    touches.extend(hover::hover(ui, subject, look, &response, &transform));
    touches.extend(turn::steer(ui, subject.face, look, &response));
    touches.extend(window::steer(ui, subject, look, &response, &transform, whole, held));
    let dragged = handles::show(ui, subject.face, look, &transform);
    if dragged.is_none() && !held {
        touches.extend(clock::press(ui, subject.face, look, &response, &transform));
    }
    touches.extend(dragged);
    (*transform.frame(), touches)
}

fn plot<'a>(panel: &'a Panel<'_>, look: &Look<'a>, labels: &axes::Labels) -> Plot<'a> {
    let skin = look.skin;
    let (x_marks, y_marks) = (Marks::default(), Marks::default());
    let hints = |hint: AxisHints<'a>, marks: &Marks, label: &LayoutJob| {
        let hint = hint.formatter(printer(marks.clone())).tick_label_color(skin.quiet).tick_label_font(plain(11.5));
        hint.label(label.clone()).label_spacing(egui::Rangef::new(10.0, 12.0))
    };
    let x_hints = look.x_axis.then(|| hints(AxisHints::new_x(), &x_marks, &labels.x));
    let y_hints = vec![hints(AxisHints::new_y(), &y_marks, &labels.y).min_thickness(axes::Y_AXIS)];
    // The lowest number of the panel above stands at the upper end of one below it.
    let free = if panel.below { 7.0 } else { 0.0 };
    Plot::new(look.id)
        .min_size(egui::Vec2::ZERO)
        .custom_x_axes(x_hints.into_iter().collect())
        .custom_y_axes(y_hints)
        .x_grid_spacer(spacer(&panel.x, x_marks, 58.0, 0.0))
        .y_grid_spacer(spacer(&panel.y, y_marks, 27.0, free))
        .grid_color(skin.line)
        .grid_spacing(GRID as f32..=10.0)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .show_crosshair(false)
        .set_margin_fraction(egui::Vec2::ZERO)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_axis_zoom_drag(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .cursor_color(skin.quiet)
}

/// Screen position of a point in data units.
fn at(panel: &Panel<'_>, transform: &PlotTransform, [x, y]: [f64; 2]) -> Pos2 {
    let point = egui_plot::PlotPoint::new(place(&panel.x, x), place(&panel.y, y));
    let p = transform.position_from_point(&point);
    Pos2::new(limited(p.x.into()), limited(p.y.into()))
}

/// A place along a side of the screen, no farther away than drawing can bear.
fn limited(v: f64) -> f32 {
    if v.is_finite() { v.clamp(-1e5, 1e5) as f32 } else { -1e5 }
}

fn data_at(panel: &Panel<'_>, transform: &PlotTransform, pos: Pos2) -> [f64; 2] {
    let point = transform.value_from_position(pos);
    let back = |axis: &Axis, v: f64| axis.scale.back(v);
    [back(&panel.x, point.x), back(&panel.y, point.y)]
}
