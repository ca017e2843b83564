//! The paper to sketch on: the empty axes of a panel, the curve drawn by hand, and the true one over it.

use egui::{CursorIcon, Id, Label, Pos2, Rect, RichText, Role, Sense, Ui, WidgetInfo, vec2};
use egui_plot::{PlotPoint, PlotTransform};

use crate::app::Desk;
use crate::app::plot::{self, Look};
use crate::app::reader::{Deed, Guess, Sketch, value_at};
use crate::app::theme::plain;
use crate::app::widgets::primary;
use crate::figure::{Axis, Column, Dash, Ink, Layer, Line, Panel, Weight, rich};
use crate::text::{Text, chapter as words, fill};

/// The sheet of the figure whose axes are shown; tiles count from 0.
const SHEET: usize = usize::MAX;
/// Height of the paper.
const HEIGHT: f32 = 340.0;

/// Where the sketch of a scene lies until it is compared.
pub fn memory(scene: &'static str) -> Id {
    Id::unique(("sketch", scene))
}

/// Shows the paper for a panel of a view, with what has become of a sketch.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, place: [&'static str; 2], guess: Option<&Guess>) {
    let Some(axes) = axes(desk, place) else {
        ui.add(Label::new(RichText::new(desk.say(words::NO_PAPER)).color(desk.skin.quiet)).wrap());
        return;
    };
    if let Some(Guess::Drawn { sketch, ranges, truth, .. }) = guess {
        let [mut x, mut y] = axes;
        (x.range, y.range) = (Some(ranges[0]), Some(ranges[1]));
        let mut paper = paper(desk, [x, y], sketch);
        let truth = truth.each_ref().map(|column| Column::from(column.as_slice()));
        paper.layers.push(line(desk, words::RUN, truth, Ink::Optimizer, Dash::Solid));
        draw(ui, desk, &paper);
        return;
    }
    let memory = memory(desk.session.scene().meta().id);
    let mut sketch: Sketch = ui.data(|d| d.get_temp(memory)).unwrap_or_default();
    let sheet = paper(desk, axes.clone(), &sketch);
    let transform = draw(ui, desk, &sheet);
    drop(sheet);
    if let Some(transform) = transform {
        stroke(ui, desk, &axes, &transform, &mut sketch);
    }
    buttons(ui, desk, axes, &mut sketch);
    ui.data_mut(|d| d.insert_temp(memory, sketch));
}

/// The axes of a panel with the ranges they show.
fn axes(desk: &Desk<'_>, [view, panel]: [&'static str; 2]) -> Option<[Axis; 2]> {
    let look = desk.session.view(desk.lang);
    let sheet = desk.sheets.refreshed(SHEET, desk.session, view, look, false)?;
    let sheet = sheet.borrow();
    let face = sheet.faces.iter().find(|face| face.panel.id == panel)?;
    let [x, y] = face.ranges;
    Some([face.panel.x.clone().range(x[0], x[1]), face.panel.y.clone().range(y[0], y[1])])
}

/// The axes with the sketch on them.
fn paper<'a>(desk: &Desk<'_>, axes: [Axis; 2], sketch: &Sketch) -> Panel<'a> {
    let points = sketch.points().map(|[x, y]| [value_at(&axes[0], x), value_at(&axes[1], y)]);
    let (x, y): (Vec<f64>, Vec<f64>) = points.map(|[x, y]| (x, y)).unzip();
    let [across, up] = axes;
    let mut panel = Panel::new("sketch", across, up);
    if !sketch.is_blank() {
        panel.layers.push(line(desk, words::YOURS, [x.into(), y.into()], Ink::Amber, Dash::Dashed));
    }
    panel
}

fn line<'a>(desk: &Desk<'_>, name: Text, [x, y]: [Column<'a>; 2], ink: Ink, dash: Dash) -> Layer<'a> {
    let name = Some(rich(desk.say(name)));
    Layer::Line(Line { x, y, name, ink, dash, weight: Weight::Bold, marker: None })
}

/// Draws the paper; where everything lies on it.
fn draw(ui: &mut Ui, desk: &Desk<'_>, paper: &Panel<'_>) -> Option<PlotTransform> {
    let id = Id::unique(("paper", desk.session.scene().meta().id));
    let mut look = Look::new(&desk.skin, desk.lang, id);
    look.title = desk.say(desk.session.scene().meta().title);
    let size = vec2(ui.available_width(), HEIGHT);
    ui.allocate_ui(size, |ui| plot::show(ui, paper, &look));
    ui.data(|d| d.get_temp(id.with("transform")))
}

/// Lets the pointer draw: a stroke from where it was in the last frame to where it is.
fn stroke(ui: &Ui, desk: &Desk<'_>, axes: &[Axis; 2], transform: &PlotTransform, sketch: &mut Sketch) {
    let id = Id::unique("pencil");
    let response = ui.interact(*transform.frame(), id, Sense::click_and_drag());
    let labels = axes.each_ref().map(|axis| axis.full_label().plain());
    let name = fill(desk.say(words::PAPER), &[&labels[1], &labels[0]]);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    }
    let last = id.with("last");
    let here = response.interact_pointer_pos().filter(|_| response.is_pointer_button_down_on());
    let Some(here) = here.map(|at| shares(axes, transform, at)) else {
        ui.data_mut(|d| d.remove_temp::<[f64; 2]>(last));
        return;
    };
    let from = ui.data(|d| d.get_temp(last)).unwrap_or(here);
    sketch.draw(from, here);
    ui.data_mut(|d| d.insert_temp(last, here));
    ui.ctx().request_repaint();
}

/// A place on the screen in shares of the ranges of the axes.
fn shares(axes: &[Axis; 2], transform: &PlotTransform, at: Pos2) -> [f64; 2] {
    let corner = |end: fn([f64; 2]) -> f64| -> Pos2 {
        let [x, y] = axes.each_ref().map(|axis| axis.scale.forward(end(axis.range.unwrap_or([0.0, 1.0]))));
        transform.position_from_point(&PlotPoint::new(x.unwrap_or(f64::NAN), y.unwrap_or(f64::NAN)))
    };
    let whole = Rect::from_two_pos(corner(|range| range[0]), corner(|range| range[1]));
    let share = |v: f32, low: f32, high: f32| f64::from((v - low) / (high - low));
    [share(at.x, whole.left(), whole.right()), share(at.y, whole.bottom(), whole.top())]
}

/// Compare, erase, and what is still missing.
fn buttons(ui: &mut Ui, desk: &mut Desk<'_>, axes: [Axis; 2], sketch: &mut Sketch) {
    let ready = sketch.is_enough() && desk.session.run().is_complete();
    let hint = if sketch.is_blank() || sketch.is_enough() { words::DRAW } else { words::DRAW_MORE };
    ui.label(RichText::new(desk.say(hint)).font(plain(12.5)).color(desk.skin.quiet));
    ui.horizontal(|ui| {
        let compare = ui.add_enabled_ui(ready, |ui| primary(ui, &desk.skin, desk.say(words::COMPARE))).inner;
        if compare.clicked() {
            desk.asks.push(Deed::Compare(sketch.clone(), Box::new(axes)).into());
        }
        let erase = ui.add_enabled_ui(!sketch.is_blank(), |ui| {
            ui.add(egui::Button::new(desk.say(words::ERASE)).min_size(vec2(0.0, 30.0)))
        });
        if erase.inner.clicked() {
            *sketch = Sketch::default();
        }
    });
}
