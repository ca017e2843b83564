//! Legends: in the emptiest corner of the box, or above it when every corner holds data.

use super::super::geometry::{Rect, Ruler};
use super::super::measure::{LEADING, line_height, width};
use super::super::page::Page;
use super::clutter::Clutter;
use crate::figure::{Dash, Hatch, Ink, Layer, Marker, Panel, Rich, Weight};

/// Length of a sample: of a line, of a swatch, of a marker.
const SAMPLES: [f64; 3] = [17.0, 11.0, 6.0];
/// Between sample and name.
const GAP: f64 = 4.0;
/// Between entries that stand side by side.
const BESIDE: f64 = 10.0;
/// Distance from the box.
const INSET: f64 = 4.5;

/// What stands before a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Key {
    /// A sample of a line.
    Line(Ink, Dash, Weight, Option<Marker>),
    /// A marker, with its relative size.
    Mark(Ink, Marker, f64),
    /// A swatch of a band, of bars or of a histogram.
    Fill(Ink, Option<Hatch>),
    /// A swatch of a tinted region.
    Tint(Ink, Option<Hatch>),
    /// A short arrow.
    Arrow(Ink, Weight),
    /// An error bar.
    Interval(Ink, Weight, Option<Marker>),
}

/// One line of a legend.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Left end and middle height of the sample.
    pub at: [f64; 2],
    /// Samples, drawn over one another.
    pub keys: Vec<Key>,
    /// The name.
    pub name: Rich,
}

/// A placed legend.
#[derive(Clone, Debug)]
pub struct Legend {
    /// What it covers.
    pub rect: Rect,
    /// Its entries.
    pub entries: Vec<Entry>,
    /// Length of the samples.
    pub sample: f64,
    /// Distance from the left end of a sample to its name.
    pub indent: f64,
    /// Size of the names in points.
    pub font: f64,
}

/// Named layers; layers of one name share an entry. Fewer than two names need no legend.
fn entries(panel: &Panel<'_>) -> Vec<(Rich, Vec<Key>)> {
    let mut out: Vec<(Rich, Vec<Key>)> = Vec::new();
    for layer in panel.layers.iter().filter(|_| panel.legend) {
        let Some(name) = layer.name() else { continue };
        let key = match layer {
            Layer::Line(l) => Key::Line(l.ink, l.dash, l.weight, l.marker),
            Layer::Points(p) => Key::Mark(p.ink, p.marker, p.size),
            Layer::Band(b) => Key::Fill(b.ink, b.hatch),
            Layer::Bars(b) => Key::Fill(b.ink, b.hatch),
            Layer::Histogram(h) => Key::Fill(h.ink, h.hatch),
            Layer::ErrorBars(e) => Key::Interval(e.ink, e.weight, e.marker),
            Layer::Contours(c) => Key::Line(c.ink, c.dash, c.weight, None),
            Layer::Streamlines(s) => Key::Arrow(s.ink, s.weight),
            Layer::Arrows(a) => Key::Arrow(a.ink, a.weight),
            Layer::Region(r) => Key::Tint(r.ink, r.hatch),
            Layer::HeatMap(_) | Layer::Facets(_) | Layer::Rule(_) | Layer::Text(_) | Layer::Callout(_) => continue,
        };
        match out.iter_mut().find(|(n, _)| n == name) {
            Some((_, keys)) => keys.push(key),
            None => out.push((name.clone(), vec![key])),
        }
    }
    if out.len() < 2 { Vec::new() } else { out }
}

/// Whether two panels would carry the same legend.
pub(super) fn same(a: &Panel<'_>, b: &Panel<'_>) -> bool {
    entries(a) == entries(b)
}

/// The length all samples of a legend share.
fn sample(entries: &[(Rich, Vec<Key>)]) -> f64 {
    let kind = |key: &Key| match key {
        Key::Line(..) | Key::Arrow(..) => SAMPLES[0],
        Key::Fill(..) | Key::Tint(..) => SAMPLES[1],
        Key::Mark(..) | Key::Interval(..) => SAMPLES[2],
    };
    entries.iter().flat_map(|(_, keys)| keys).map(kind).fold(0.0, f64::max)
}

/// Entries in columns, filled column by column.
struct Block {
    entries: Vec<(Rich, Vec<Key>)>,
    columns: Vec<f64>,
    sample: f64,
    rows: usize,
    line: f64,
    font: f64,
    w: f64,
    h: f64,
}

impl Block {
    fn new(entries: &[(Rich, Vec<Key>)], columns: usize, font: f64) -> Self {
        let rows = entries.len().div_ceil(columns);
        let sample = sample(entries);
        let widest = |c: &[(Rich, Vec<Key>)]| c.iter().map(|(n, _)| sample + GAP + width(n, font)).fold(0.0, f64::max);
        let columns: Vec<f64> = entries.chunks(rows).map(widest).collect();
        let w = columns.iter().sum::<f64>() + BESIDE * (columns.len() - 1) as f64;
        let line = entries.iter().map(|(name, _)| line_height(name, font)).fold(LEADING * font, f64::max);
        Block { entries: entries.to_vec(), columns, sample, rows, line, font, w, h: rows as f64 * line }
    }

    fn at(self, rect: Rect) -> Legend {
        let mut x = rect.x;
        let mut entries = Vec::new();
        let mut rest = self.entries.into_iter();
        for column in self.columns {
            for row in 0..self.rows {
                let Some((name, keys)) = rest.next() else { break };
                entries.push(Entry { at: [x, rect.y + (row as f64 + 0.5) * self.line], keys, name });
            }
            x += column + BESIDE;
        }
        Legend { rect, entries, sample: self.sample, indent: self.sample + GAP, font: self.font }
    }
}

/// The widest block that fits above a box.
fn strip(entries: &[(Rich, Vec<Key>)], font: f64, room: f64) -> Block {
    let fits = |block: &Block| block.w <= room;
    let blocks = (1..=entries.len()).rev().map(|n| Block::new(entries, n, font));
    blocks.into_iter().find(fits).unwrap_or_else(|| Block::new(entries, 1, font))
}

/// Where inside the box the legend covers at most so many squares; the position with the most air wins.
fn inside(entries: &[(Rich, Vec<Key>)], font: f64, frame: Rect, clutter: &Clutter, most: u32) -> Option<(Rect, Block)> {
    let inner = frame.grown(-INSET);
    let mut best: Option<(u32, Rect, Block)> = None;
    for columns in 1..=entries.len() {
        let block = Block::new(entries, columns, font);
        if block.w > inner.w || block.h > inner.h || block.h * block.w > 0.4 * frame.w * frame.h {
            continue;
        }
        let (free_x, free_y) = (inner.w - block.w, inner.h - block.h);
        for (rank, [sx, sy]) in
            [[1., 0.], [0., 0.], [1., 1.], [0., 1.], [0.5, 0.], [0.5, 1.], [1., 0.5]].into_iter().enumerate()
        {
            let rect = Rect { x: inner.x + sx * free_x, y: inner.y + sy * free_y, w: block.w, h: block.h };
            let covered = clutter.under(&rect.grown(2.0));
            if covered > most {
                continue;
            }
            let cost = covered.saturating_mul(100)
                + clutter.under(&rect.grown(9.0)) * 4
                + rank as u32
                + 8 * (columns as u32 - 1);
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, rect, Block::new(entries, columns, font)));
            }
        }
    }
    best.map(|(_, rect, block)| (rect, block))
}

/// Height the legend needs above a box of this size; 0 when it lies inside or there is none.
pub(super) fn above(panel: &Panel<'_>, page: &Page, ranges: &[[f64; 2]; 2], [w, h]: [f64; 2]) -> f64 {
    let entries = entries(panel);
    if entries.is_empty() {
        return 0.0;
    }
    let frame = Rect { x: 0.0, y: 0.0, w, h };
    let x = Ruler::new(ranges[0], panel.x.scale, 0.0, w);
    let y = Ruler::new(ranges[1], panel.y.scale, h, 0.0);
    match inside(&entries, page.font_pt, frame, &Clutter::of(panel, frame, &x, &y), 0) {
        Some(_) => 0.0,
        None => strip(&entries, page.font_pt, w).h + INSET / 2.0,
    }
}

/// The legend of a panel in its final box: above it if room was made there, inside if not.
pub(super) fn place(panel: &Panel<'_>, frame: Rect, page: &Page, clutter: &Clutter, above: bool) -> Option<Legend> {
    let entries = entries(panel);
    if entries.is_empty() {
        return None;
    }
    let free = || inside(&entries, page.font_pt, frame, clutter, 0);
    let least = || inside(&entries, page.font_pt, frame, clutter, u32::MAX / 200);
    if let Some((rect, block)) = if above { None } else { free().or_else(least) } {
        return Some(block.at(rect));
    }
    let block = strip(&entries, page.font_pt, frame.w);
    let rect = Rect { x: frame.x, y: frame.y - INSET / 2.0 - block.h, w: block.w, h: block.h };
    Some(block.at(rect))
}
