//! How the page is shared out among rows and columns of panels.

use std::ops::Range;

use super::super::ExportError;
use super::super::geometry::Rect;
use super::super::measure::{ASCENT, DESCENT};
use super::super::page::{PT_PER_MM, Page};
use super::cell::Cell;
use crate::figure::{Figure, Panel, Scale};

/// Left free around the artwork so that no stroke is cut.
const EDGE: f64 = 1.0;
/// A plot box narrower or lower than this many ems is refused.
const SMALLEST: f64 = 4.0;

/// Where a column begins, where its y labels end, and where its boxes begin.
#[derive(Clone, Copy, Default)]
struct Column {
    start: f64,
    labels: f64,
    boxes: f64,
}

/// Columns and rows in points.
pub(super) struct Grid {
    columns: usize,
    /// The panels of each cell.
    cells: Vec<Range<usize>>,
    lefts: Vec<Column>,
    width: f64,
    /// Upper end and height of each panel's box.
    boxes: Vec<[f64; 2]>,
    /// Height of the whole artwork.
    pub height: f64,
}

impl Grid {
    /// A first guess, before anything is measured.
    pub fn new(figure: &Figure<'_>, page: &Page) -> Self {
        let cells = figure.cells();
        let columns = figure.columns.clamp(1, cells.len().max(1));
        let width = page.width_mm * PT_PER_MM / columns as f64 * 0.8;
        let lefts = vec![Column::default(); columns];
        let boxes = vec![[0.0, width * 0.6]; figure.panels.len()];
        Grid { columns, cells, lefts, width, boxes, height: 0.0 }
    }

    /// The column of a panel.
    fn column(&self, k: usize) -> usize {
        self.cell(k) % self.columns
    }

    /// The cell of a panel.
    fn cell(&self, k: usize) -> usize {
        self.cells.iter().position(|c| c.contains(&k)).unwrap_or(0)
    }

    fn rows(&self) -> usize {
        self.cells.len().div_ceil(self.columns)
    }

    /// Size of a panel's box.
    pub fn size(&self, k: usize) -> [f64; 2] {
        [self.width, self.boxes[k][1]]
    }

    /// The number of the letter a panel carries: the first of each cell has one.
    pub fn lettered(&self, k: usize) -> Option<usize> {
        self.cells.iter().position(|c| c.start == k)
    }

    /// Left end of a panel's column, where letters align, and the right end of its y labels; both
    /// follow a box that moved.
    pub fn left(&self, k: usize, frame: Rect) -> [f64; 2] {
        let column = &self.lefts[self.column(k)];
        [column.start, column.labels].map(|x| x + frame.x - column.boxes)
    }

    /// Gives columns equal boxes, rows their heights, and everything its place.
    pub fn share_out(&mut self, figure: &Figure<'_>, page: &Page, cells: &[Cell]) -> Result<(), ExportError> {
        let font = page.font_pt;
        let most = |pick: &dyn Fn(&Cell) -> f64, keep: &dyn Fn(usize) -> bool| {
            cells.iter().enumerate().filter(|(k, _)| keep(*k)).map(|(_, c)| pick(c)).fold(0.0, f64::max)
        };
        let (columns, gutter) = (self.columns, 1.4 * font);
        let of: Vec<usize> = (0..cells.len()).map(|k| self.column(k)).collect();
        let margins: Vec<[f64; 2]> = (0..columns)
            .map(|c| [most(&|x| x.needs.left, &|k| of[k] == c), most(&|x| x.needs.right, &|k| of[k] == c)])
            .collect();
        let taken: f64 = margins.iter().flatten().sum::<f64>() + gutter * (columns - 1) as f64 + 2.0 * EDGE;
        let whole = page.width_mm * PT_PER_MM;
        self.width = (whole - taken) / columns as f64;
        if self.width < SMALLEST * font {
            return Err(too_small("width", (taken + SMALLEST * font * columns as f64) / PT_PER_MM, page.width_mm));
        }
        let mut x = EDGE;
        for (c, [before, after]) in margins.iter().enumerate() {
            let labels = x + most(&|x| x.needs.label, &|k| of[k] == c);
            self.lefts[c] = Column { start: x, labels, boxes: x + before };
            x += before + self.width + after + gutter;
        }
        self.stack_rows(figure, page, cells)
    }

    fn stack_rows(&mut self, figure: &Figure<'_>, page: &Page, cells: &[Cell]) -> Result<(), ExportError> {
        let font = page.font_pt;
        let rows: Vec<&[Range<usize>]> = self.cells.chunks(self.columns).collect();
        let first = |c: &Range<usize>| &cells[c.start];
        let last = |c: &Range<usize>| &cells[c.end - 1];
        let most = |row: &[Range<usize>], pick: &dyn Fn(&Range<usize>) -> f64| row.iter().map(pick).fold(0.0, f64::max);
        // What lies above each row of boxes, and below the last.
        let above = |row: &[Range<usize>]| most(row, &|c| first(c).needs.above);
        let mut gaps = vec![above(rows[0]) + EDGE];
        for (upper, lower) in rows.iter().zip(&rows[1..]) {
            let labels = most(upper, &|c| if last(c).joined { 0.0 } else { last(c).needs.below });
            gaps.push(between(labels, above(lower), font));
        }
        gaps.push(most(rows[rows.len() - 1], &|c| last(c).needs.below) + EDGE);
        let labels: f64 = gaps.iter().sum();
        let mut heights = self.natural(figure, cells);
        let inner = most(&self.cells, &|c| self.gaps(c, cells, font).iter().sum());
        let wanted: f64 = heights.iter().sum();
        let room = page.height_mm.unwrap_or(Page::TALLEST) * PT_PER_MM - labels;
        let least = (SMALLEST * font + inner) * self.rows() as f64;
        if room < least {
            let need = (labels + least) / PT_PER_MM;
            return Err(too_small("height", need, page.height_mm.unwrap_or(Page::TALLEST)));
        }
        if page.height_mm.is_some() || wanted > room {
            heights.iter_mut().for_each(|h| *h *= room / wanted);
        }
        let mut y = 0.0;
        for (row, height) in heights.iter().enumerate() {
            y += gaps[row];
            for c in row * self.columns..((row + 1) * self.columns).min(self.cells.len()) {
                self.stack(c, [y, *height], figure, cells, font);
            }
            y += height;
        }
        self.height = y + gaps[heights.len()];
        Ok(())
    }

    /// Between the boxes of a cell.
    fn gaps(&self, cell: &Range<usize>, cells: &[Cell], font: f64) -> Vec<f64> {
        let pairs = cell.clone().zip(cell.clone().skip(1));
        let gap = |(a, b): (usize, usize)| {
            let labels = if cells[a].joined { 0.0 } else { cells[a].needs.below };
            let words = cells[b].needs.legend;
            between(labels, words, font)
        };
        pairs.map(gap).collect()
    }

    /// Shares the height of a cell out among its panels.
    fn stack(&mut self, c: usize, [top, height]: [f64; 2], figure: &Figure<'_>, cells: &[Cell], font: f64) {
        let cell = self.cells[c].clone();
        let mut gaps = self.gaps(&cell, cells, font);
        gaps.push(0.0);
        let shares: f64 = figure.panels[cell.clone()].iter().map(share).sum();
        let boxes = height - gaps.iter().sum::<f64>();
        let mut y = top;
        for (k, gap) in cell.zip(gaps) {
            let own = boxes * share(&figure.panels[k]) / shares;
            self.boxes[k] = [y, own];
            y += own + gap;
        }
    }

    /// Heights of the rows that look right at this width, before they must fit a page.
    fn natural(&self, figure: &Figure<'_>, cells: &[Cell]) -> Vec<f64> {
        // A stack shares one height, and is given a little more than a single panel.
        let whole =
            |c: &Range<usize>| if c.len() == 1 { share(&figure.panels[c.start]) } else { 1.0 + 0.15 * c.len() as f64 };
        let shares: Vec<f64> = self.cells.iter().map(whole).collect();
        let rows: Vec<f64> = shares.chunks(self.columns).map(|row| row.iter().copied().fold(0.0, f64::max)).collect();
        let largest = rows.iter().copied().fold(0.0, f64::max);
        // A stack of many panels in one column stays on the page by getting flatter.
        let ratio = if self.columns == 1 { (1.1 / rows.len() as f64).clamp(0.3, 0.5) } else { 0.68 };
        let ratio = if rows.len() == 1 { 0.68 } else { ratio };
        let plain = (self.width * ratio).min(64.0 * PT_PER_MM);
        let row_height = |row: usize| {
            let end = ((row + 1) * self.columns).min(self.cells.len());
            let single = self.cells[row * self.columns..end].iter().filter(|c| c.len() == 1).map(|c| c.start);
            let equal = single.filter_map(|k| aspect(&figure.panels[k], &cells[k]));
            let square = equal.map(|a| (a.clamp(0.35, 1.25) * self.width).min(100.0 * PT_PER_MM)).fold(0.0, f64::max);
            if square > 0.0 { square } else { plain * rows[row] / largest }
        };
        (0..rows.len()).map(row_height).collect()
    }

    /// The box and the ranges of a panel; equal units narrow the box or widen a fitted range.
    pub fn frame(&self, k: usize, cell: &Cell, panel: &Panel<'_>) -> (Rect, [[f64; 2]; 2]) {
        let [w, h] = self.size(k);
        let mut frame = Rect { x: self.lefts[self.column(k)].boxes, y: self.boxes[k][0], w, h };
        let mut ranges = cell.ranges;
        let Some(aspect) = aspect(panel, cell) else { return (frame, ranges) };
        let wide = h < w * aspect;
        let (axis, factor) = if wide { (0, w * aspect / h) } else { (1, h / (w * aspect)) };
        let free = [panel.x.range, panel.y.range][axis].is_none();
        if free && factor < 1e6 {
            let [low, high] = ranges[axis];
            let (middle, half) = ((low + high) / 2.0, (high - low) / 2.0 * factor);
            ranges[axis] = [middle - half, middle + half];
        } else if wide {
            frame.w = (h / aspect).max(1.0);
            if self.rows() == 1 {
                frame.x += (w - frame.w) / 2.0;
            }
        } else {
            frame.h = (w * aspect).max(1.0);
            frame.y += h - frame.h;
        }
        (frame, ranges)
    }
}

/// The gap that labels above and words below need between two boxes.
fn between(labels: f64, words: f64, font: f64) -> f64 {
    if labels > 0.0 { labels + words + 0.9 * font } else { words.max(0.8 * (ASCENT + DESCENT) * font) }
}

/// The share of a panel, 1 if it states a senseless one.
fn share(panel: &Panel<'_>) -> f64 {
    if panel.share.is_finite() && panel.share > 0.0 { panel.share } else { 1.0 }
}

/// Height over width of a box with equal units; `None` when the panel does not ask for one.
fn aspect(panel: &Panel<'_>, cell: &Cell) -> Option<f64> {
    let linear = panel.x.scale == Scale::Linear && panel.y.scale == Scale::Linear;
    let [x, y] = cell.ranges.map(|[low, high]| high - low);
    let ratio = y / x;
    (panel.equal && linear && ratio.is_finite() && (1e-3..1e3).contains(&ratio)).then_some(ratio)
}

fn too_small(what: &str, need: f64, have: f64) -> ExportError {
    ExportError::Page(format!(
        "a {what} of {have:.0} mm is too small for its lettering, it needs {:.0} mm",
        need.ceil()
    ))
}
