//! How much of a dense figure LaTeX is given to read.
//!
//! TeX keeps every coordinate of an axis in memory and needs about a third of a millisecond for
//! each. Beyond these numbers lines are thinned more, markers and cells of maps become fewer.

use crate::export::draw::{Art, Drawing, Shape};
use crate::export::path::{self, Point};
use crate::figure::{Figure, Layer, Panel};

/// Most corners of all lines and areas of a figure.
const CORNERS: usize = 6000;
/// Most markers.
const MARKS: usize = 5000;
/// Most cells of one heat map, and of all.
const CELLS: [usize; 2] = [4096, 8192];
/// Lines are not thinned beyond so many times the tolerance of print: 0.16 mm.
const COARSEST: f64 = 16.0;

/// What the figure at hand is allowed.
pub(super) struct Limits {
    /// How much coarser than in print lines are thinned.
    pub coarser: f64,
    /// Every how many-th marker is drawn.
    pub stride: usize,
    /// Cells of one map.
    pub cells: usize,
}

impl Limits {
    pub fn of(drawing: &Drawing, figure: &Figure<'_>) -> Self {
        let mut runs: Vec<&[Point]> = Vec::new();
        let mut marks = 0;
        let mut maps = 0;
        for (art, panel) in drawing.arts.iter().zip(&figure.panels) {
            gather(art, &mut runs, &mut marks, &mut maps);
            marks += clouds(panel);
        }
        let count = |factor: f64| runs.iter().map(|run| coarser(run, factor).len()).sum::<usize>();
        let mut factor = 1.0;
        while factor < COARSEST && count(factor) > CORNERS {
            factor *= 2.0;
        }
        Limits {
            coarser: factor,
            stride: marks.div_ceil(MARKS).max(1),
            cells: (CELLS[1] / maps.max(1)).clamp(1, CELLS[0]),
        }
    }
}

fn gather<'a>(art: &'a Art, runs: &mut Vec<&'a [Point]>, marks: &mut usize, maps: &mut usize) {
    for shape in art.parts.iter().flat_map(|part| &part.shapes) {
        match shape {
            Shape::Path { runs: more, .. } => runs.extend(more.iter().map(Vec::as_slice)),
            Shape::Marks { at, .. } => *marks += at.len(),
            Shape::Picture { cells: true, .. } => *maps += 1,
            Shape::Picture { .. } | Shape::Words(..) => {}
        }
    }
    art.insets.iter().for_each(|inset| gather(inset, runs, marks, maps));
}

/// Points that print shows as a picture.
fn clouds(panel: &Panel<'_>) -> usize {
    let dense = |layer: &Layer<'_>| match layer {
        Layer::Points(p) if p.x.len() > MARKS => p.x.len(),
        _ => 0,
    };
    panel.layers.iter().map(dense).sum()
}

/// A run thinned to `factor` times the tolerance of print.
pub(super) fn coarser(run: &[Point], factor: f64) -> Vec<Point> {
    if factor <= 1.0 {
        return run.to_vec();
    }
    let shrunk: Vec<Point> = run.iter().map(|p| p.map(|v| v / factor)).collect();
    path::thinned(&shrunk, 1.0).into_iter().map(|p| p.map(|v| v * factor)).collect()
}
