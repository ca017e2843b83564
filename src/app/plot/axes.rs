//! Where egui_plot's axes carry their numbers: where the exporter's would; and which labels have room.

use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::rc::Rc;

use egui::text::LayoutJob;
use egui::{Rect, Shape, Stroke, Ui, pos2};
use egui_plot::{GridInput, GridMark, PlotTransform};

use super::{Look, OVERHANG, place};
use crate::app::label::job;
use crate::app::theme::Skin;
use crate::figure::{Axis, Panel, Rich, Scale, Style, axis_ticks};

/// What the numbers and the label of a horizontal axis take, in pixels.
pub const X_AXIS: f32 = 34.0;

/// What those of a vertical one take.
pub const Y_AXIS: f32 = 66.0;

/// Closest grid lines in pixels.
pub const GRID: f64 = 8.0;

/// Labelled marks of an axis, shared by what places them and what prints them.
pub type Marks = Rc<RefCell<Vec<(f64, String)>>>;

/// Places the marks of an axis, at least `apart` pixels from one another and `free` from its upper end.
pub fn spacer<'a>(axis: &'a Axis, marks: Marks, apart: f64, free: f64) -> impl Fn(GridInput) -> Vec<GridMark> + 'a {
    move |input: GridInput| {
        let span = (input.bounds.1 - input.bounds.0).abs();
        let pixels = span / input.base_step_size * GRID;
        let most = (pixels / apart).clamp(2.0, 8.0) as usize;
        let back = |v: f64| axis.scale.back(v);
        let range = [back(input.bounds.0), back(input.bounds.1 - free / pixels * span)];
        let found = axis_ticks(axis, range, most).major;
        let mut found: Vec<(f64, String)> =
            found.iter().take(40).map(|t| (place(axis, t.at), in_a_row(&t.label))).collect();
        let closest = |found: &[(f64, String)]| found.windows(2).map(|w| w[1].0 - w[0].0).fold(span, f64::min);
        // A low panel keeps every second mark, zero among them, until the numbers fit.
        while found.len() > 1 && closest(&found) / span * pixels < 0.65 * apart {
            let zero = found.iter().position(|(v, _)| *v == 0.0).unwrap_or(0);
            let keep = |i: usize| i.abs_diff(zero).is_multiple_of(2);
            found = found.into_iter().enumerate().filter(|(i, _)| keep(*i)).map(|(_, m)| m).collect();
        }
        let step = closest(&found);
        let out = found.iter().map(|(value, _)| GridMark { value: *value, step_size: step }).collect();
        *marks.borrow_mut() = found;
        out
    }
}

/// Prints the number of a mark as the exporter would.
pub fn printer<'a>(marks: Marks) -> impl Fn(GridMark, &RangeInclusive<f64>) -> String + 'a {
    move |mark: GridMark, range: &RangeInclusive<f64>| {
        let near = 1e-6 * (range.end() - range.start()).abs();
        let marks = marks.borrow();
        marks.iter().find(|(at, _)| (at - mark.value).abs() <= near).map_or_else(String::new, |(_, text)| text.clone())
    }
}

/// What Unicode has below the line beside digits.
const LOWERED: [(char, char); 14] = [
    ('+', '₊'),
    ('−', '₋'),
    ('a', 'ₐ'),
    ('e', 'ₑ'),
    ('h', 'ₕ'),
    ('k', 'ₖ'),
    ('l', 'ₗ'),
    ('m', 'ₘ'),
    ('n', 'ₙ'),
    ('o', 'ₒ'),
    ('p', 'ₚ'),
    ('s', 'ₛ'),
    ('t', 'ₜ'),
    ('x', 'ₓ'),
];

/// A label in plain characters: raised and lowered digits as Unicode has them, fractions on the line.
fn in_a_row(label: &Rich) -> String {
    let digit = |c: char, zero: u32| char::from_u32(zero + c as u32 - '0' as u32).unwrap_or(c);
    let raise = |c: char| match c {
        '−' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => digit(c, 0x2070),
        other => other,
    };
    let lower = |c: char| match c {
        '0'..='9' => digit(c, 0x2080),
        other => LOWERED.iter().find(|(plain, _)| *plain == other).map_or(other, |(_, low)| *low),
    };
    let spans = label.on_line();
    let set = spans.0.iter().map(|s| match s.style {
        Style::Sup(_) => s.text.chars().map(raise).collect(),
        Style::Sub(_) => s.text.chars().map(lower).collect(),
        _ => s.text.clone(),
    });
    set.collect()
}

/// Short unlabelled marks along the edges where lengths are logarithms.
pub fn minor(panel: &Panel<'_>, transform: &PlotTransform, skin: &Skin, out: &mut Vec<Shape>) {
    let (frame, stroke) = (*transform.frame(), Stroke::new(1.0, skin.quiet.gamma_multiply(0.7)));
    let bounds = [transform.bounds().min(), transform.bounds().max()];
    let range = |axis: &Axis, k: usize| [axis.scale.back(bounds[0][k]), axis.scale.back(bounds[1][k])];
    let logarithmic = |axis: &Axis| axis.scale != Scale::Linear && axis.marks.is_empty();
    let most = |length: f32, apart: f32| ((length / apart) as usize).clamp(2, 8);
    if logarithmic(&panel.x) {
        for value in axis_ticks(&panel.x, range(&panel.x, 0), most(frame.width(), 58.0)).minor {
            let x = transform.position_from_point_x(place(&panel.x, value));
            out.push(Shape::line_segment([pos2(x, frame.bottom()), pos2(x, frame.bottom() - 4.0)], stroke));
        }
    }
    if logarithmic(&panel.y) {
        for value in axis_ticks(&panel.y, range(&panel.y, 1), most(frame.height(), 27.0)).minor {
            let y = transform.position_from_point_y(place(&panel.y, value));
            out.push(Shape::line_segment([pos2(frame.left(), y), pos2(frame.left() + 4.0, y)], stroke));
        }
    }
}

/// Sizes of a label, tried in turn.
const SIZES: [f32; 3] = [12.0, 10.5, 9.5];
/// How much longer than its axis a label may be, tried in turn: shorter over another panel, whose label
/// may be longer as the numbers of the axis below leave it room; alone a little, as the space between two
/// axes is free.
const ABOVE: &[f32] = &[-14.0];
const BELOW: &[f32] = &[0.0, 10.0, 20.0];
const ALONE: &[f32] = &[12.0];

/// The labels of both axes as far as there is room for them.
pub struct Labels {
    /// Below, in the middle.
    pub x: LayoutJob,
    /// Below where there is room, as the middle has too little; then the other is blank.
    pub aside: Option<LayoutJob>,
    /// Upright at the left.
    pub y: LayoutJob,
    /// That of a plot too low for it, to stand inside.
    pub inside: Option<LayoutJob>,
}

impl Labels {
    /// The labels of a plot that fills the space left in `ui`.
    pub fn new(ui: &Ui, panel: &Panel<'_>, look: &Look<'_>) -> Self {
        let free = match (look.x_axis, panel.below) {
            (false, _) => ABOVE,
            (true, true) => BELOW,
            (true, false) => ALONE,
        };
        let tall = ui.available_height() - if look.x_axis { X_AXIS } else { 0.0 };
        let below = label(ui, &panel.x, look.skin, ui.available_width(), ALONE).unwrap_or_default();
        let middle = ui.available_width() - Y_AXIS + ALONE[0];
        let aside = (ui.painter().layout_job(below.clone()).size().x > middle).then(|| below.clone());
        let blank = || job(&Rich::from(" "), SIZES[0], look.skin.quiet);
        let x = if aside.is_some() { blank() } else { below };
        let y = label(ui, &panel.y, look.skin, tall, free);
        let lost = y.is_none() && !panel.y.label.is_empty();
        let inside = lost.then(|| job(&panel.y.label, 11.0, look.skin.quiet));
        Labels { x, aside, y: y.unwrap_or_default(), inside }
    }

    /// Writes the label that has no room in the middle below a plot that fills `whole`.
    pub fn write_aside(&self, ui: &Ui, skin: &Skin, whole: Rect, frame: Rect) {
        if let Some(label) = &self.aside {
            let galley = ui.painter().layout_job(label.clone());
            let most = whole.right() + OVERHANG - galley.size().x;
            let left = (frame.center().x - galley.size().x / 2.0).min(most).max(whole.left());
            ui.painter().galley(pos2(left, whole.bottom() - galley.size().y), galley, skin.quiet);
        }
    }
}

/// The label of an axis with its unit; without, or smaller, or not at all, where it is longer than the axis.
fn label(ui: &Ui, axis: &Axis, skin: &Skin, length: f32, free: &[f32]) -> Option<LayoutJob> {
    let words = [axis.full_label(), axis.label.clone()];
    let set = |size: f32| words.iter().map(move |text| job(text, size, skin.quiet));
    let set: Vec<LayoutJob> = SIZES.into_iter().flat_map(set).collect();
    let wide = |job: &LayoutJob| ui.painter().layout_job(job.clone()).size().x;
    free.iter().find_map(|free| set.iter().find(|job| wide(job) <= length + free)).cloned()
}
