//! From a figure in data units to a sheet in points.
//!
//! [`layout`] measures every label with the faces it will be printed in, gives each column of
//! panels the same left and right edges and each row the same height, then places ticks, labels,
//! notes and legends. Nothing is drawn here; [`crate::export::draw`] walks the finished [`Sheet`].
//! `cell` measures what a panel needs around its box, `grid` shares out the page, `clutter` knows
//! where data lie, `inset`, `legend` and `notes` stay out of their way.

mod cell;
mod clutter;
mod grid;
mod inset;
mod legend;
mod notes;

use super::geometry::{Rect, Ruler};
use super::page::{PT_PER_MM, Page};
use super::{ExportError, measure};
use crate::figure::{ColorKey, Figure, Ink, Panel, Rich, Style};
use cell::Cell;
pub(crate) use clutter::Clutter;
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
    /// Ticks point outwards, because a heat map or a surface covers the inside.
    pub outward: bool,
    /// Tick numbers of both axes and of the colour bar.
    pub numbers: Vec<Label>,
    /// Lines of the horizontal axis label; none when the panel below carries it.
    pub label_x: Vec<Label>,
    /// Lines of the vertical axis label.
    pub label_y: Vec<Label>,
    /// Lines of the colour bar's label.
    pub label_bar: Vec<Label>,
    /// The panel letter.
    pub letter: Option<Label>,
    /// Texts, callouts and handle names inside the box.
    pub notes: Vec<Label>,
    /// Arrows from callouts to what they speak of.
    pub leaders: Vec<Leader>,
    /// Texts and callouts inside the box there was no room for.
    pub left_out: Vec<String>,
    /// Insets, as many as the panel has; `None` where there was no room.
    pub insets: Vec<Option<Placed>>,
    /// The ground laid under an inset: all it covers.
    pub backing: Option<Rect>,
    /// The legend, if the panel needs one.
    pub legend: Option<Legend>,
    /// The colour bar of its heat map or surface.
    pub bar: Option<Bar>,
}

impl Placed {
    /// Every line of text but the legend's.
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        let axes = [&self.numbers, &self.label_x, &self.label_y, &self.label_bar, &self.notes];
        axes.into_iter().flatten().chain(&self.letter)
    }
}

/// The arrow of a callout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leader {
    /// Where it leaves the words.
    pub tail: [f64; 2],
    /// Where it ends.
    pub tip: [f64; 2],
    /// Colour role.
    pub ink: Ink,
}

/// A colour bar on the sheet.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Its box.
    pub rect: Rect,
    /// Its axis.
    pub axis: Ruler,
    /// What its colours stand for.
    pub key: ColorKey,
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
    /// Turned clockwise by so many degrees about its anchor.
    pub slant: f64,
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
    /// An upright line in the colour of text.
    pub fn new(at: [f64; 2], anchor: Anchor, size: f64, text: Rich) -> Self {
        Label { at, anchor, turned: false, slant: 0.0, size, ink: Ink::Text, rim: false, text }
    }
}

/// Most rounds of measuring and sharing out; two or three are usual.
const ROUNDS: usize = 8;

/// Lays `figure` out on `page`.
///
/// # Errors
/// [`ExportError::Empty`] without panels, [`ExportError::Page`] when the page is too small.
pub fn layout(figure: &Figure<'_>, page: &Page) -> Result<Sheet, ExportError> {
    page.check()?;
    if figure.panels.is_empty() {
        return Err(ExportError::Empty(figure.id.to_owned()));
    }
    let page = &Page { letters: page.letters && figure.cells().len() > 1, ..page.clone() };
    let mut cells = cell::cells(figure);
    let mut grid = grid::Grid::new(figure, page);
    // Margins depend on tick labels, ticks on the box, the box on the margins: a few rounds settle.
    for round in 0..ROUNDS {
        let before: Vec<[f64; 2]> = (0..cells.len()).map(|k| grid.size(k)).collect();
        for (k, (cell, panel)) in cells.iter_mut().zip(&figure.panels).enumerate() {
            if round == 1 {
                cell.measure_legend(panel, page, grid.size(k));
            }
            cell.measure(panel, page, grid.size(k));
        }
        grid.share_out(figure, page, &cells)?;
        let still = |(k, was): (usize, &[f64; 2])| (0..2).all(|i| (grid.size(k)[i] - was[i]).abs() < 0.01);
        if round > 1 && before.iter().enumerate().all(still) {
            break;
        }
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
    // What was measured last is what the page made room for, unless equal units changed the box.
    if ranges != cell.ranges || [frame.w, frame.h] != grid.size(k) {
        cell.ranges = ranges;
        cell.measure(panel, page, [frame.w, frame.h]);
    }
    let [left, label] = grid.left(k, frame);
    let mut placed = furnish(&cell, panel, frame, page, label);
    placed.letter = page.letters.then(|| grid.lettered(k)).flatten().map(|n| letter(n, page, frame, left));
    placed
}

/// A panel in its box, with everything in and around it; its y label ends at `label`.
fn furnish(cell: &Cell, panel: &Panel<'_>, frame: Rect, page: &Page, label: f64) -> Placed {
    let mut x = Ruler::new(cell.ranges[0], panel.x.scale, frame.x, frame.right());
    let mut y = Ruler::new(cell.ranges[1], panel.y.scale, frame.bottom(), frame.y);
    (x.ticks, y.ticks) = (cell.ticks[0].clone(), cell.ticks[1].clone());
    let mut clutter = clutter::Clutter::of(panel, frame, &x, &y);
    let wanted = if cell.legend { legend::place(panel, frame, page, &clutter, cell.legend_above > 0.0) } else { None };
    wanted.iter().for_each(|legend| clutter.cover(&legend.rect));
    let insets = inset::place(panel, frame, page, &mut clutter);
    let notes = notes::place(panel, frame, &x, &y, page, &mut clutter);
    let outward = cell.outward() > 0.0;
    let mut numbers = cell.numbers(frame, &x, &y, page);
    let [label_x, label_y] = cell.axis_labels(frame, page, label);
    let (bar, label_bar) = cell.bar(panel, frame, page, &mut numbers).unzip();
    Placed {
        frame,
        x,
        y,
        outward,
        numbers,
        label_x,
        label_y,
        label_bar: label_bar.unwrap_or_default(),
        letter: None,
        notes: notes.words,
        leaders: notes.leaders,
        left_out: notes.left_out,
        insets,
        backing: None,
        legend: wanted,
        bar,
    }
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
    let [rise, drop] = measure::reach(&label.text, label.size);
    Rect { x, y: label.at[1] - rise, w, h: rise + drop }
}
