//! What one panel needs around its plot box: numbers, axis labels, colour bar.

use super::super::geometry::{Rect, Ruler};
use super::super::measure::{self, ASCENT, CAP, DESCENT, LEADING, width, wrap};
use super::super::page::Page;
use super::{Anchor, Bar, LETTER_GAP, Label, legend};
use crate::figure::{Figure, HeatMap, Layer, Panel, Rich, Scale, Ticks, ticks};

/// Between the box (or an outward tick) and its numbers.
const GAP: f64 = 3.0;
/// Between numbers and the axis label.
const LABEL_GAP: f64 = 3.5;
/// Width of a colour bar and its distance from the box.
const BAR_SIZE: [f64; 2] = [6.0, 5.0];
/// Length of outward ticks.
pub(super) const OUTWARD: f64 = 2.2;

/// Room needed beyond the box.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Needs {
    pub left: f64,
    /// Part of `left` that the axis label takes.
    pub label: f64,
    pub right: f64,
    pub above: f64,
    pub below: f64,
}

/// A panel being measured.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub ranges: [[f64; 2]; 2],
    pub ticks: [Ticks; 2],
    /// Whether the next panel below carries this one's x numbers and label.
    pub joined: bool,
    /// Whether it carries a legend: not when the panel it hangs below shows the very same one.
    pub legend: bool,
    pub needs: Needs,
    labels: [Vec<Rich>; 2],
    bar: Option<(Ticks, Vec<Rich>)>,
    /// Widest y number.
    numbers: f64,
    legend_above: f64,
}

/// One cell per panel, ranges fitted and shared where panels are stacked over one x axis.
pub(super) fn cells(figure: &Figure<'_>) -> Vec<Cell> {
    let mut cells: Vec<Cell> = figure.panels.iter().map(|p| Cell::new(crate::figure::fit_ranges(p))).collect();
    let columns = figure.columns.max(1);
    let stacked = |k: usize| stacked(&figure.panels[k - columns], &figure.panels[k]);
    let fitted = |k: usize| figure.panels[k].x.range.is_none() && figure.panels[k - columns].x.range.is_none();
    for k in (columns..cells.len()).filter(|k| stacked(*k) && fitted(*k)) {
        let ([a, b], [c, d]) = (cells[k - columns].ranges[0], cells[k].ranges[0]);
        cells[k].ranges[0] = [a.min(c), b.max(d)];
    }
    for k in (columns..cells.len()).rev().filter(|k| stacked(*k)) {
        if fitted(k) {
            cells[k - columns].ranges[0] = cells[k].ranges[0];
        }
        cells[k - columns].joined = cells[k - columns].ranges[0] == cells[k].ranges[0];
        cells[k].legend = !(cells[k - columns].joined && legend::same(&figure.panels[k - columns], &figure.panels[k]));
    }
    cells
}

/// Whether two panels, one above the other, show the same quantity along x.
fn stacked(above: &Panel<'_>, below: &Panel<'_>) -> bool {
    let same = above.x.full_label() == below.x.full_label() && above.x.scale == below.x.scale;
    same && !above.equal && !below.equal
}

impl Cell {
    fn new(ranges: [[f64; 2]; 2]) -> Self {
        Cell {
            ranges,
            ticks: Default::default(),
            joined: false,
            legend: true,
            needs: Needs::default(),
            labels: Default::default(),
            bar: None,
            numbers: 0.0,
            legend_above: 0.0,
        }
    }

    /// Decides, for a box of about this size, whether the legend needs room above it.
    pub fn measure_legend(&mut self, panel: &Panel<'_>, page: &Page, size: [f64; 2]) {
        if self.legend {
            self.legend_above = legend::above(panel, page, &self.ranges, size);
        }
    }

    /// Chooses ticks for a box of this size and adds up the room around it.
    pub fn measure(&mut self, panel: &Panel<'_>, page: &Page, [w, h]: [f64; 2]) {
        let font = page.font_pt;
        self.ticks = [across(self.ranges[0], panel.x.scale, w, font), upright(self.ranges[1], panel.y.scale, h, font)];
        self.labels = [wrap(&panel.x.full_label(), font, w), wrap(&panel.y.full_label(), font, h)];
        self.numbers = self.ticks[1].major.iter().map(|t| width(&t.label, font)).fold(0.0, f64::max);
        let map = heat_map(panel);
        let outward = if map.is_some() { OUTWARD } else { 0.0 };
        self.bar = map.map(|m| (upright(m.range, Scale::Linear, h, font), wrap(&m.label, font, h)));
        let block = |lines: &[Rich]| lines.len() as f64 * LEADING * font;
        let gap = |lines: &[Rich]| if lines.is_empty() { 0.0 } else { LABEL_GAP };
        self.needs = Needs {
            label: block(&self.labels[1]),
            left: outward + GAP + self.numbers + gap(&self.labels[1]) + block(&self.labels[1]),
            right: self.overhang(panel.x.scale, w, font).max(self.bar_width(font)),
            above: self.legend_above.max(CAP * font / 2.0).max(self.letter_height(page)),
            below: outward + GAP + CAP * font + gap(&self.labels[0]) + block(&self.labels[0]),
        };
    }

    fn letter_height(&self, page: &Page) -> f64 {
        if page.letters { CAP * page.letter_pt() + LETTER_GAP } else { 0.0 }
    }

    /// How far the rightmost x number reaches beyond the box.
    fn overhang(&self, scale: Scale, w: f64, font: f64) -> f64 {
        let ruler = Ruler::new(self.ranges[0], scale, 0.0, w);
        let reach = |t: &crate::figure::Tick| ruler.place(t.at).map(|x| x + width(&t.label, font) / 2.0 - w);
        self.ticks[0].major.iter().filter_map(reach).fold(0.5, f64::max)
    }

    fn bar_width(&self, font: f64) -> f64 {
        self.bar.as_ref().map_or(0.0, |(ticks, lines)| {
            let numbers = ticks.major.iter().map(|t| width(&t.label, font)).fold(0.0, f64::max);
            BAR_SIZE[0] + BAR_SIZE[1] + OUTWARD + GAP + numbers + LABEL_GAP + lines.len() as f64 * LEADING * font
        })
    }

    /// Tick numbers and axis labels; the y label ends at `label`, in line with its column.
    pub fn labels(&self, frame: Rect, x: &Ruler, y: &Ruler, page: &Page, label: f64) -> Vec<Label> {
        let font = page.font_pt;
        let outward = if self.bar.is_some() { OUTWARD } else { 0.0 };
        let mut out = Vec::new();
        for tick in &self.ticks[1].major {
            if let Some(at) = y.place(tick.at) {
                let at = [frame.x - outward - GAP, at + CAP * font / 2.0];
                out.push(Label::new(at, Anchor::End, font, tick.label.clone()));
            }
        }
        let middle = frame.y + frame.h / 2.0;
        stack(&mut out, &self.labels[1], [label - self.needs.label + ASCENT * font, middle], true, font);
        if !self.joined {
            let line = frame.bottom() + outward + GAP + CAP * font;
            for tick in &self.ticks[0].major {
                if let Some(at) = x.place(tick.at) {
                    out.push(Label::new([at, line], Anchor::Middle, font, tick.label.clone()));
                }
            }
            let below = line + LABEL_GAP + ASCENT * font;
            stack(&mut out, &self.labels[0], [frame.x + frame.w / 2.0, below], false, font);
        }
        out
    }

    /// The colour bar beside the box; its numbers and label go to `labels`.
    pub fn bar(&self, panel: &Panel<'_>, frame: Rect, page: &Page, labels: &mut Vec<Label>) -> Option<Bar> {
        let (ticks, lines) = self.bar.as_ref()?;
        let font = page.font_pt;
        let rect = Rect { x: frame.right() + BAR_SIZE[1], w: BAR_SIZE[0], ..frame };
        let map = heat_map(panel)?;
        let [low, high] = map.range;
        let sound = low.is_finite() && high.is_finite() && high > low;
        let mut ruler = Ruler::new(if sound { [low, high] } else { [0.0, 1.0] }, Scale::Linear, rect.bottom(), rect.y);
        ruler.ticks = if sound { ticks.clone() } else { Ticks::default() };
        let start = rect.right() + OUTWARD + GAP;
        let mut widest: f64 = 0.0;
        for tick in &ruler.ticks.major {
            widest = widest.max(width(&tick.label, font));
            let at = ruler.place(tick.at).unwrap_or(rect.y) + CAP * font / 2.0;
            labels.push(Label::new([start, at], Anchor::Start, font, tick.label.clone()));
        }
        let edge = start + widest + LABEL_GAP;
        stack(labels, lines, [edge + ASCENT * font, rect.y + rect.h / 2.0], true, font);
        Some(Bar { rect, axis: ruler, map: map.map })
    }
}

/// Lines of one axis label, the first at `at`; set smaller when a word is longer than its room.
fn stack(out: &mut Vec<Label>, lines: &[Rich], at: [f64; 2], turned: bool, font: f64) {
    for (i, line) in lines.iter().enumerate() {
        let shift = i as f64 * LEADING * font;
        let at = if turned { [at[0] + shift, at[1]] } else { [at[0], at[1] + shift] };
        out.push(Label { turned, ..Label::new(at, Anchor::Middle, font, line.clone()) });
    }
}

fn heat_map<'p>(panel: &'p Panel<'_>) -> Option<&'p HeatMap<'p>> {
    panel.layers.iter().find_map(|l| if let Layer::HeatMap(m) = l { Some(m) } else { None })
}

/// Ticks of a horizontal axis: as many as stand apart by two thirds of an em.
fn across(range: [f64; 2], scale: Scale, length: f64, font: f64) -> Ticks {
    let ruler = Ruler::new(range, scale, 0.0, length);
    let apart = |ticks: &Ticks| {
        let mut end = f64::NEG_INFINITY;
        ticks.major.iter().all(|t| {
            let (at, half) = (ruler.place(t.at).unwrap_or(0.0), width(&t.label, font) / 2.0);
            let clear = at - half > end;
            end = at + half + 0.7 * font;
            clear
        })
    };
    let most = ((length / (5.0 * font)) as usize).clamp(2, 7);
    (2..=most).rev().map(|n| ticks(range, scale, n)).find(apart).unwrap_or_default()
}

/// Ticks of a vertical axis.
fn upright(range: [f64; 2], scale: Scale, length: f64, font: f64) -> Ticks {
    let most = ((length / (2.9 * font)) as usize).clamp(2, 5);
    let fits = |t: &Ticks| t.major.len() as f64 * 1.3 * font <= length + 1.3 * font;
    (2..=most).rev().map(|n| ticks(range, scale, n)).find(fits).unwrap_or_default()
}

/// Room for lettering of one line, used where a row has no labels of its own.
pub(super) fn line_height(font: f64) -> f64 {
    (measure::ASCENT + DESCENT) * font
}
