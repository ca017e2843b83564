//! From a figure in data units to a sheet in points.
//!
//! [`layout`] measures every label with the faces it will be printed in, gives each column of
//! panels the same left and right edges and each row the same height, then places ticks, labels,
//! notes and legends. Nothing is drawn here; [`crate::export::svg`] walks the finished [`Sheet`].
//! `cell` measures what a panel needs around its box, `grid` shares out the page, `clutter` knows
//! where data lie, `legend` and `notes` stay out of their way.

mod cell;
mod clutter;
mod grid;
mod legend;
mod notes;

use super::geometry::{Rect, Ruler};
use super::page::{PT_PER_MM, Page};
use super::{ExportError, measure};
use crate::figure::{Colormap, Figure, Ink, Layer, Panel, Rich, Style};
use cell::Cell;
pub use legend::{Entry, Key, Legend};

/// A figure laid out on its page; lengths in points unless the name says otherwise.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Width in millimetres, exactly as asked.
    pub width_mm: f64,
    /// Height in millimetres, to a hundredth.
    pub height_mm: f64,
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// One per panel of the figure, in its order.
    pub panels: Vec<Placed>,
}

/// A panel on the sheet.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The plot box.
    pub frame: Rect,
    /// Horizontal axis.
    pub x: Ruler,
    /// Vertical axis.
    pub y: Ruler,
    /// Ticks point outwards, because a heat map covers the inside.
    pub outward: bool,
    /// Tick numbers, axis labels and the panel letter.
    pub labels: Vec<Label>,
    /// Texts and handle names inside the box.
    pub notes: Vec<Label>,
    /// The legend, if the panel needs one.
    pub legend: Option<Legend>,
    /// The colour bar of its heat map.
    pub bar: Option<Bar>,
}

/// A colour bar on the sheet.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Its box.
    pub rect: Rect,
    /// Its axis.
    pub axis: Ruler,
    /// Its colours.
    pub map: Colormap,
}

/// Which point of a line of text its position means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// A line of text on the sheet.
#[derive(Clone, Debug)]
pub struct Label {
    /// The anchor on the baseline.
    pub at: [f64; 2],
    /// What `at` means.
    pub anchor: Anchor,
    /// Reads from below.
    pub turned: bool,
    /// Size in points.
    pub size: f64,
    /// Colour role.
    pub ink: Ink,
    /// A thin rim of the ground's colour keeps it legible over data.
    pub rim: bool,
    /// The text.
    pub text: Rich,
}

impl Label {
    fn new(at: [f64; 2], anchor: Anchor, size: f64, text: Rich) -> Self {
        Label { at, anchor, turned: false, size, ink: Ink::Text, rim: false, text }
    }
}

/// Lays `figure` out on `page`.
///
/// # Errors
/// [`ExportError::Empty`] without panels, [`ExportError::Page`] when the page is too small.
pub fn layout(figure: &Figure<'_>, page: &Page) -> Result<Sheet, ExportError> {
    page.check()?;
    if figure.panels.is_empty() {
        return Err(ExportError::Empty(figure.id.to_owned()));
    }
    let page = &Page { letters: page.letters && figure.panels.len() > 1, ..page.clone() };
    let mut cells = cell::cells(figure);
    let mut grid = grid::Grid::new(figure, page);
    // Margins depend on tick labels, ticks on the box, the box on the margins: three rounds settle.
    for round in 0..3 {
        for (k, (cell, panel)) in cells.iter_mut().zip(&figure.panels).enumerate() {
            if round == 1 {
                cell.measure_legend(panel, page, grid.size(k));
            }
            cell.measure(panel, page, grid.size(k));
        }
        grid.share_out(figure, page, &cells)?;
    }
    let height_mm = page.height_mm.unwrap_or((grid.height / PT_PER_MM * 100.0).ceil() / 100.0);
    let place = |(k, (cell, panel)): (usize, (&Cell, &Panel<'_>))| place(&grid, k, cell, panel, page);
    let panels = cells.iter().zip(&figure.panels).enumerate().map(place).collect();
    let (width, height) = (page.width_mm * PT_PER_MM, height_mm * PT_PER_MM);
    Ok(Sheet { width_mm: page.width_mm, height_mm, width, height, panels })
}

fn place(grid: &grid::Grid, k: usize, cell: &Cell, panel: &Panel<'_>, page: &Page) -> Placed {
    let (frame, ranges) = grid.frame(k, cell, panel);
    let mut cell = cell.clone();
    cell.ranges = ranges;
    cell.measure(panel, page, [frame.w, frame.h]);
    let mut x = Ruler::new(cell.ranges[0], panel.x.scale, frame.x, frame.right());
    let mut y = Ruler::new(cell.ranges[1], panel.y.scale, frame.bottom(), frame.y);
    (x.ticks, y.ticks) = (cell.ticks[0].clone(), cell.ticks[1].clone());
    let mut clutter = clutter::Clutter::of(panel, frame, &x, &y);
    let notes = notes::place(panel, frame, &x, &y, page, &mut clutter);
    let legend = if cell.legend { legend::place(panel, frame, page, &clutter) } else { None };
    let [left, label] = grid.left(k, frame);
    let mut labels = cell.labels(frame, &x, &y, page, label);
    if page.letters {
        labels.push(letter(k, page, frame, left));
    }
    let bar = cell.bar(panel, frame, page, &mut labels);
    let outward = panel.layers.iter().any(|l| matches!(l, Layer::HeatMap(_)));
    Placed { frame, x, y, outward, labels, notes, legend, bar }
}

/// a … z, then aa, ab …
fn letter(k: usize, page: &Page, frame: Rect, left: f64) -> Label {
    let one = |k: usize| char::from(b'a' + (k % 26) as u8);
    let mut name = String::new();
    if k >= 26 {
        name.push(one(k / 26 - 1));
    }
    name.push(one(k));
    let mut text = Rich::default();
    text.push(&name, Style::Bold);
    Label::new([left, frame.y - LETTER_GAP], Anchor::Start, page.letter_pt(), text)
}

/// Between a panel letter and the box below it.
const LETTER_GAP: f64 = 3.5;

/// The rectangle a label covers (unturned labels only).
fn extent(label: &Label) -> Rect {
    let w = measure::width(&label.text, label.size);
    let x = match label.anchor {
        Anchor::Start => label.at[0],
        Anchor::Middle => label.at[0] - w / 2.0,
        Anchor::End => label.at[0] - w,
    };
    let h = (measure::ASCENT + measure::DESCENT) * label.size;
    Rect { x, y: label.at[1] - measure::ASCENT * label.size, w, h }
}
