//! Figures that outlive the run they were read from.

use crate::figure::{
    Arrows, Band, Bars, Column, Contours, ErrorBars, Facets, Figure, HeatMap, Histogram, Inset, Layer, Line, Panel,
    Points, Region, Streamlines,
};

/// How many numbers the layers of a figure hold.
pub fn numbers(figure: &Figure<'_>) -> usize {
    figure.panels.iter().flat_map(|p| &p.layers).map(size).sum()
}

fn size(layer: &Layer<'_>) -> usize {
    match layer {
        Layer::Line(l) => 2 * l.x.len(),
        Layer::Points(p) => 2 * p.x.len(),
        Layer::Band(b) => 3 * b.x.len(),
        Layer::Bars(b) => 2 * b.x.len(),
        Layer::Histogram(h) => 2 * h.edges.len(),
        Layer::ErrorBars(e) => 4 * e.x.len(),
        Layer::HeatMap(m) => m.values.len(),
        Layer::Facets(f) => 2 * f.x.len(),
        Layer::Contours(c) => c.values.len(),
        Layer::Streamlines(s) => 2 * s.u.len(),
        Layer::Arrows(a) => 4 * a.x.len(),
        Layer::Region(r) => 2 * r.x.len(),
        Layer::Rule(_) | Layer::Text(_) | Layer::Callout(_) => 0,
    }
}

/// The same figure with columns of its own.
pub fn owned(figure: Figure<'_>) -> Figure<'static> {
    let panels = figure.panels.into_iter().map(panel).collect();
    let Figure { id, title, columns, caption, .. } = figure;
    Figure { id, title, panels, columns, caption }
}

/// A panel without its layers and insets.
pub fn bare(panel: &Panel<'_>) -> Panel<'static> {
    Panel {
        id: panel.id,
        x: panel.x.clone(),
        y: panel.y.clone(),
        layers: Vec::new(),
        handles: panel.handles.clone(),
        clock: panel.clock,
        pick: panel.pick,
        turn: panel.turn,
        share: panel.share,
        below: panel.below,
        insets: Vec::new(),
        equal: panel.equal,
        legend: panel.legend,
    }
}

fn panel(old: Panel<'_>) -> Panel<'static> {
    let bare = bare(&old);
    let insets = old.insets.into_iter().map(|i| Inset { panel: panel(i.panel), place: i.place }).collect();
    Panel { layers: old.layers.into_iter().map(layer).collect(), insets, ..bare }
}

fn own(column: Column<'_>) -> Column<'static> {
    column.into_owned().into()
}

/// A layer with its columns made its own and the rest as it is.
macro_rules! owned {
    ($kind:ident { $($column:ident),*; $($rest:ident),* } = $layer:ident) => {{
        let $kind { $($column,)* $($rest),* } = $layer;
        Layer::$kind($kind { $($column: own($column),)* $($rest),* })
    }};
}

fn layer(layer: Layer<'_>) -> Layer<'static> {
    match layer {
        Layer::Line(l) => owned!(Line { x, y; name, ink, dash, weight, marker } = l),
        Layer::Points(l) => owned!(Points { x, y; name, ink, marker, size } = l),
        Layer::Band(l) => owned!(Band { x, low, high; name, ink, hatch } = l),
        Layer::Bars(l) => owned!(Bars { x, height; width, name, ink, hatch } = l),
        Layer::Histogram(l) => owned!(Histogram { edges, height; name, ink, hatch } = l),
        Layer::ErrorBars(l) => owned!(ErrorBars { x, y, low, high; along_x, marker, name, ink, weight } = l),
        Layer::HeatMap(l) => owned!(HeatMap { values; x, y, nx, range, map, label } = l),
        Layer::Facets(l) => owned!(Facets { x, y, values, light; range, map, label } = l),
        Layer::Contours(l) => owned!(Contours { values; x, y, nx, levels, labels, name, ink, dash, weight } = l),
        Layer::Streamlines(l) => owned!(Streamlines { u, v; x, y, nx, density, name, ink, weight } = l),
        Layer::Arrows(l) => owned!(Arrows { x, y, u, v; name, ink, weight } = l),
        Layer::Region(l) => owned!(Region { x, y; name, ink, hatch } = l),
        Layer::Rule(rule) => Layer::Rule(rule),
        Layer::Text(text) => Layer::Text(text),
        Layer::Callout(callout) => Layer::Callout(callout),
    }
}
