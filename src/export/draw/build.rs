//! From a figure on its page to everything drawn on it.

use super::brush::Brush;
use super::layers::{Easel, data};
use super::{Art, Drawing, Kind, Part, Shape, axes, map, marks};
use crate::export::ExportError;
use crate::export::layout::{Clutter, Label, Placed, layout};
use crate::export::page::Page;
use crate::figure::{Axis, Figure, Ink, Layer, Panel, Rich};

/// Everything `figure` shows on `page`, placed, clipped and thinned.
///
/// # Errors
/// What [`layout`] refuses.
pub fn drawing(figure: &Figure<'_>, page: &Page) -> Result<Drawing, ExportError> {
    let sheet = layout(figure, page)?;
    let brush = Brush { page };
    let panels = figure.panels.iter().zip(sheet.panels).enumerate();
    Ok(Drawing {
        width_mm: sheet.width_mm,
        height_mm: sheet.height_mm,
        width: sheet.width,
        height: sheet.height,
        ground: (!page.transparent).then(|| brush.color(Ink::Ground)),
        font_pt: page.font_pt,
        arts: panels.map(|(k, (panel, placed))| art(format!("p{}", k + 1), panel, placed, &brush)).collect(),
    })
}

fn art(id: String, panel: &Panel<'_>, mut placed: Placed, brush: &Brush<'_>) -> Art {
    let inner = panel.insets.iter().zip(std::mem::take(&mut placed.insets)).enumerate();
    let insets =
        inner.filter_map(|(k, (inset, placed))| Some(art(format!("{id}-i{}", k + 1), &inset.panel, placed?, brush)));
    let insets = insets.collect();
    let mut parts = layers(panel, &placed, brush);
    parts.extend(placed.bar.as_ref().map(|bar| part(Kind::Bar, vec![map::bar(bar, brush.color(Ink::Ground))])));
    parts.push(part(Kind::Axes, axes::frame(&placed, brush)));
    parts.extend(words(Kind::Numbers, &placed.numbers, brush));
    parts.extend(words(Kind::LabelX, &placed.label_x, brush).map(|p| measured(p, &panel.x)));
    parts.extend(words(Kind::LabelY, &placed.label_y, brush).map(|p| measured(p, &panel.y)));
    parts.extend(words(Kind::LabelBar, &placed.label_bar, brush));
    parts.extend(words(Kind::Letter, placed.letter.as_slice(), brush));
    parts.extend(handles(panel, &placed, brush));
    parts.extend(notes(&placed, brush));
    let legend = axes::legend(&placed, brush);
    parts.extend((!legend.is_empty()).then(|| part(Kind::Legend, legend)));
    Art { id, name: panel.id.to_owned(), placed, parts, insets }
}

fn part(kind: Kind, shapes: Vec<Shape>) -> Part {
    Part { kind, name: None, data: Vec::new(), clipped: false, shapes }
}

fn words(kind: Kind, labels: &[Label], brush: &Brush<'_>) -> Option<Part> {
    let shape = |label: &Label| Shape::Words(label.clone(), brush.color(label.ink));
    (!labels.is_empty()).then(|| part(kind, labels.iter().map(shape).collect()))
}

/// An axis label that says which unit it carries.
fn measured(part: Part, axis: &Axis) -> Part {
    Part { data: vec![("unit", axis.unit.to_owned())], ..part }
}

fn layers(panel: &Panel<'_>, placed: &Placed, brush: &Brush<'_>) -> Vec<Part> {
    let (x, y, frame) = (&placed.x, &placed.y, placed.frame);
    let labelled = panel.layers.iter().any(|l| matches!(l, Layer::Contours(c) if c.labels));
    let crosses = |layer: &Layer<'_>| !matches!(layer, Layer::Contours(_) | Layer::HeatMap(_) | Layer::Facets(_));
    let busy = labelled.then(|| Clutter::of_layers(&panel.layers, frame, x, y, crosses));
    let easel = Easel { brush, x, y, frame, placed, busy };
    let one = |(k, layer): (usize, &Layer<'_>)| {
        let shapes = easel.layer(layer, k);
        (!shapes.is_empty()).then(|| Part {
            kind: Kind::Layer(k),
            name: layer.name().map(Rich::plain),
            data: data_of(layer, &shapes),
            // An ordinary marker whose centre lies in the box is drawn whole, over the frame if need be.
            clipped: !matches!(layer, Layer::Points(p) if p.size <= 2.0),
            shapes,
        })
    };
    panel.layers.iter().enumerate().filter_map(one).collect()
}

/// The attributes of a layer; a cloud that became a picture says at which resolution.
fn data_of(layer: &Layer<'_>, shapes: &[Shape]) -> Vec<(&'static str, String)> {
    let mut out = data(layer);
    if shapes.iter().any(|s| matches!(s, Shape::Picture { cells: false, .. })) {
        out.push(("dpi", Page::SCATTER_DPI.to_string()));
    }
    out
}

/// Handles as points; their names are among the notes.
fn handles(panel: &Panel<'_>, placed: &Placed, brush: &Brush<'_>) -> Option<Part> {
    let seen = |at: [f64; 2]| placed.frame.grown(0.1).contains(at).then_some(at);
    let at = |at: [f64; 2]| seen([placed.x.place(at[0])?, placed.y.place(at[1])?]);
    let shapes: Vec<Shape> =
        panel.handles.iter().filter_map(|h| Some(marks::handle(at(h.at)?, h.ink, brush))).collect();
    (!shapes.is_empty()).then(|| part(Kind::Handles, shapes))
}

/// Words inside the box, and the arrows of callouts.
fn notes(placed: &Placed, brush: &Brush<'_>) -> Option<Part> {
    let mut shapes: Vec<Shape> =
        placed.leaders.iter().flat_map(|l| axes::leader(l.tail, l.tip, l.ink, brush)).collect();
    shapes.extend(placed.notes.iter().map(|l| Shape::Words(l.clone(), brush.color(l.ink))));
    let data: Vec<(&'static str, String)> =
        (!placed.left_out.is_empty()).then(|| ("left-out", placed.left_out.join("; "))).into_iter().collect();
    (!shapes.is_empty() || !data.is_empty()).then(|| Part { data, ..part(Kind::Notes, shapes) })
}
