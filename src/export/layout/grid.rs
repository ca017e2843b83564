//! How the page is shared out among rows and columns of panels.

use super::super::ExportError;
use super::super::geometry::Rect;
use super::super::page::{PT_PER_MM, Page};
use super::cell::{Cell, line_height};
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
    rows: usize,
    lefts: Vec<Column>,
    /// Upper end of each row's boxes.
    tops: Vec<f64>,
    width: f64,
    heights: Vec<f64>,
    /// Height of the whole artwork.
    pub height: f64,
}

impl Grid {
    /// A first guess, before anything is measured.
    pub fn new(figure: &Figure<'_>, page: &Page) -> Self {
        let columns = figure.columns.clamp(1, figure.panels.len());
        let rows = figure.panels.len().div_ceil(columns);
        let width = page.width_mm * PT_PER_MM / columns as f64 * 0.8;
        Grid {
            columns,
            rows,
            lefts: vec![Column::default(); columns],
            tops: vec![0.0; rows],
            width,
            heights: vec![width * 0.6; rows],
            height: 0.0,
        }
    }

    /// Size of a panel's box.
    pub fn size(&self, k: usize) -> [f64; 2] {
        [self.width, self.heights[k / self.columns]]
    }

    /// Left end of a panel's column, where letters align, and the right end of its y labels; both
    /// follow a box that moved.
    pub fn left(&self, k: usize, frame: Rect) -> [f64; 2] {
        let column = &self.lefts[k % self.columns];
        [column.start, column.labels].map(|x| x + frame.x - column.boxes)
    }

    /// Gives columns equal boxes, rows their heights, and everything its place.
    pub fn share_out(&mut self, figure: &Figure<'_>, page: &Page, cells: &[Cell]) -> Result<(), ExportError> {
        let font = page.font_pt;
        let most = |pick: &dyn Fn(&Cell) -> f64, keep: &dyn Fn(usize) -> bool| {
            cells.iter().enumerate().filter(|(k, _)| keep(*k)).map(|(_, c)| pick(c)).fold(0.0, f64::max)
        };
        let (columns, gutter) = (self.columns, 1.4 * font);
        let margins: Vec<[f64; 2]> = (0..columns)
            .map(|c| [most(&|x| x.needs.left, &|k| k % columns == c), most(&|x| x.needs.right, &|k| k % columns == c)])
            .collect();
        let taken: f64 = margins.iter().flatten().sum::<f64>() + gutter * (columns - 1) as f64 + 2.0 * EDGE;
        let whole = page.width_mm * PT_PER_MM;
        self.width = (whole - taken) / columns as f64;
        if self.width < SMALLEST * font {
            return Err(too_small("width", (taken + SMALLEST * font * columns as f64) / PT_PER_MM, page.width_mm));
        }
        let mut x = EDGE;
        for (c, [before, after]) in margins.iter().enumerate() {
            let labels = x + most(&|x| x.needs.label, &|k| k % columns == c);
            self.lefts[c] = Column { start: x, labels, boxes: x + before };
            x += before + self.width + after + gutter;
        }
        self.stack_rows(figure, page, cells)
    }

    fn stack_rows(&mut self, figure: &Figure<'_>, page: &Page, cells: &[Cell]) -> Result<(), ExportError> {
        let font = page.font_pt;
        let rows: Vec<&[Cell]> = cells.chunks(self.columns).collect();
        let most = |row: &[Cell], pick: fn(&Cell) -> f64| row.iter().map(pick).fold(0.0, f64::max);
        // What lies above each row of boxes, and below the last.
        let mut gaps = vec![most(rows[0], |c| c.needs.above) + EDGE];
        for (above, below) in rows.iter().zip(&rows[1..]) {
            let labels = most(above, |c| if c.joined { 0.0 } else { c.needs.below });
            let rest = most(below, |c| c.needs.above);
            gaps.push(if labels > 0.0 { labels + rest + 0.9 * font } else { rest.max(0.8 * line_height(font)) });
        }
        gaps.push(most(rows[rows.len() - 1], |c| c.needs.below) + EDGE);
        let labels: f64 = gaps.iter().sum();
        self.heights = self.natural(figure, cells);
        let wanted: f64 = self.heights.iter().sum();
        let room = page.height_mm.unwrap_or(Page::TALLEST) * PT_PER_MM - labels;
        if room < SMALLEST * font * self.rows as f64 {
            let need = (labels + SMALLEST * font * self.rows as f64) / PT_PER_MM;
            return Err(too_small("height", need, page.height_mm.unwrap_or(Page::TALLEST)));
        }
        if page.height_mm.is_some() || wanted > room {
            self.heights.iter_mut().for_each(|h| *h *= room / wanted);
        }
        let mut y = 0.0;
        for (row, gap) in gaps[..self.rows].iter().enumerate() {
            self.tops[row] = y + gap;
            y = self.tops[row] + self.heights[row];
        }
        self.height = y + gaps[self.rows];
        Ok(())
    }

    /// Heights that look right at this width, before they must fit a page.
    fn natural(&self, figure: &Figure<'_>, cells: &[Cell]) -> Vec<f64> {
        let share = |p: &Panel<'_>| if p.share.is_finite() && p.share > 0.0 { p.share } else { 1.0 };
        let panels: Vec<&[Panel<'_>]> = figure.panels.chunks(self.columns).collect();
        let shares: Vec<f64> = panels.iter().map(|row| row.iter().map(share).fold(0.0, f64::max)).collect();
        let largest = shares.iter().copied().fold(0.0, f64::max);
        // A stack of many panels in one column stays on the page by getting flatter.
        let ratio = if self.columns == 1 { (1.1 / self.rows as f64).clamp(0.3, 0.5) } else { 0.68 };
        let ratio = if self.rows == 1 { 0.68 } else { ratio };
        let plain = (self.width * ratio).min(64.0 * PT_PER_MM);
        let row_height = |row: usize| {
            let first = row * self.columns;
            let equal = panels[row].iter().enumerate().filter_map(|(i, p)| aspect(p, &cells[first + i]));
            let square = equal.map(|a| (a.clamp(0.35, 1.25) * self.width).min(100.0 * PT_PER_MM)).fold(0.0, f64::max);
            let height = plain * shares[row] / largest;
            if square > 0.0 { square } else { height }
        };
        (0..self.rows).map(row_height).collect()
    }

    /// The box and the ranges of a panel; equal units narrow the box or widen a fitted range.
    pub fn frame(&self, k: usize, cell: &Cell, panel: &Panel<'_>) -> (Rect, [[f64; 2]; 2]) {
        let [w, h] = self.size(k);
        let mut frame = Rect { x: self.lefts[k % self.columns].boxes, y: self.tops[k / self.columns], w, h };
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
            if self.rows == 1 {
                frame.x += (w - frame.w) / 2.0;
            }
        } else {
            frame.h = (w * aspect).max(1.0);
            frame.y += h - frame.h;
        }
        (frame, ranges)
    }
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
