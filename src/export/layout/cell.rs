//! What one panel needs around its plot box: numbers, axis labels, colour bar.

use super::super::geometry::{Rect, Ruler};
use super::super::measure::{CAP, SMALLEST, line_height, reach, width, wrap};
use super::super::page::Page;
use super::{Anchor, Bar, LETTER_GAP, Label, legend};
use crate::figure::{Axis, ColorKey, Figure, Panel, Rich, Scale, Tick, Ticks, axis_ticks};

/// Between the box (or an outward tick) and its numbers.
const GAP: f64 = 3.0;
/// Between numbers and the axis label.
const LABEL_GAP: f64 = 3.5;
/// Width of a colour bar and its distance from the box.
const BAR_SIZE: [f64; 2] = [6.0, 5.0];
/// Left of a box whose neighbour carries its y numbers, in em.
const BESIDE: f64 = 0.6;
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
    /// Part of `above` that is not the panel letter's.
    pub legend: f64,
    pub below: f64,
}

/// A panel being measured.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub ranges: [[f64; 2]; 2],
    pub ticks: [Ticks; 2],
    /// Whether the next panel below carries this one's x numbers and label.
    pub joined: bool,
    /// Whether the panel to the left carries this one's y numbers and label.
    pub beside: bool,
    /// Whether it carries a legend: not when the panel it hangs below shows the very same one.
    pub legend: bool,
    pub needs: Needs,
    labels: [Vec<Rich>; 2],
    bar: Option<(Ticks, Vec<Rich>)>,
    /// Widest y number.
    widest: f64,
    pub legend_above: f64,
}

/// One cell per panel, ranges fitted and shared where panels stand over one x or beside one y axis.
pub(super) fn cells(figure: &Figure<'_>) -> Vec<Cell> {
    let mut cells: Vec<Cell> = figure.panels.iter().map(|p| Cell::new(crate::figure::fit_ranges(p))).collect();
    share_x(figure, &mut cells);
    share_y(figure, &mut cells);
    cells
}

/// Least room on the right of a box, in points: beside the margin of the page, half a mark on its edge.
const HALF_MARK: f64 = 1.25;

/// Pairs of panels, the second right below the first.
fn over(figure: &Figure<'_>) -> Vec<[usize; 2]> {
    let (grid, columns) = (figure.cells(), figure.columns.max(1));
    let inner = grid.iter().flat_map(|c| c.clone().zip(c.clone().skip(1))).map(|(a, b)| [a, b]);
    let outer = grid.iter().zip(grid.iter().skip(columns)).map(|(a, b)| [a.end - 1, b.start]);
    let mut pairs: Vec<[usize; 2]> = inner.chain(outer).collect();
    pairs.sort_unstable();
    pairs
}

fn share_x(figure: &Figure<'_>, cells: &mut [Cell]) {
    let panels = &figure.panels;
    let pairs: Vec<[usize; 2]> = over(figure).into_iter().filter(|[a, b]| stacked(&panels[*a], &panels[*b])).collect();
    let fitted = |[a, b]: &[usize; 2]| panels[*a].x.range.is_none() && panels[*b].x.range.is_none();
    for [a, b] in pairs.iter().filter(|p| fitted(p)) {
        let ([low, high], [c, d]) = (cells[*a].ranges[0], cells[*b].ranges[0]);
        cells[*b].ranges[0] = [low.min(c), high.max(d)];
    }
    for pair in pairs.iter().rev() {
        let [a, b] = *pair;
        if fitted(pair) {
            cells[a].ranges[0] = cells[b].ranges[0];
        }
        cells[a].joined = cells[a].ranges[0] == cells[b].ranges[0];
        cells[b].legend = !(cells[a].joined && legend::same(&panels[a], &panels[b]));
    }
}

/// Neighbours that show one quantity over one range share its numbers, where their whole column does.
fn share_y(figure: &Figure<'_>, cells: &mut [Cell]) {
    let (grid, columns) = (figure.cells(), figure.columns.max(1));
    for column in 1..columns.min(grid.len()) {
        let right: Vec<usize> = (column..grid.len()).step_by(columns).collect();
        let pairs: Vec<[usize; 2]> =
            right.iter().flat_map(|c| grid[c - 1].clone().zip(grid[*c].clone())).map(|(a, b)| [a, b]).collect();
        let whole = right.iter().all(|c| grid[c - 1].len() == grid[*c].len());
        let same = |[a, b]: &[usize; 2]| {
            let (left, right) = (&figure.panels[*a], &figure.panels[*b]);
            left.y.is_like(&right.y) && !left.equal && !right.equal && cells[*a].ranges[1] == cells[*b].ranges[1]
        };
        if whole && pairs.iter().all(same) {
            pairs.iter().for_each(|[_, b]| cells[*b].beside = true);
        }
    }
}

/// Whether two panels, one above the other, can have one axis along x.
fn stacked(above: &Panel<'_>, below: &Panel<'_>) -> bool {
    above.x.is_like(&below.x) && !above.equal && !below.equal
}

impl Cell {
    pub(super) fn new(ranges: [[f64; 2]; 2]) -> Self {
        Cell {
            ranges,
            ticks: Default::default(),
            joined: false,
            beside: false,
            legend: true,
            needs: Needs::default(),
            labels: Default::default(),
            bar: None,
            widest: 0.0,
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
        self.ticks = [across(self.ranges[0], &panel.x, w, font), upright(self.ranges[1], &panel.y, h, font)];
        self.labels = [wrap(&panel.x.full_label(), font, w), wrap(&panel.y.full_label(), font, h)];
        self.widest = self.ticks[1].major.iter().map(|t| width(&t.label, font)).fold(0.0, f64::max);
        let scale = Axis::new(Rich::default(), "");
        let bar = |key: ColorKey| (upright(key.range, &scale, h, font), wrap(&key.label, font, h));
        self.bar = ColorKey::of(panel).map(bar);
        let outward = self.outward();
        let gap = |lines: &[Rich]| if lines.is_empty() { 0.0 } else { LABEL_GAP };
        let left = outward + GAP + self.widest + gap(&self.labels[1]) + block(&self.labels[1], font);
        self.needs = Needs {
            label: block(&self.labels[1], font),
            left: if self.beside { BESIDE * font } else { left },
            right: self.overhang(panel.x.scale, w, font).max(self.bar_width(font)),
            above: self.legend_above.max(CAP * font / 2.0).max(self.letter_height(page)),
            legend: self.legend_above.max(CAP * font / 2.0),
            below: outward + GAP + CAP * font + gap(&self.labels[0]) + block(&self.labels[0], font),
        };
    }

    fn letter_height(&self, page: &Page) -> f64 {
        if page.letters { CAP * page.letter_pt() + LETTER_GAP } else { 0.0 }
    }

    /// How far the rightmost x number reaches beyond the box.
    fn overhang(&self, scale: Scale, w: f64, font: f64) -> f64 {
        let ruler = Ruler::new(self.ranges[0], scale, 0.0, w);
        let reach = |t: &crate::figure::Tick| ruler.place(t.at).map(|x| x + width(&t.label, font) / 2.0 - w);
        self.ticks[0].major.iter().filter_map(reach).fold(HALF_MARK, f64::max)
    }

    fn bar_width(&self, font: f64) -> f64 {
        self.bar.as_ref().map_or(0.0, |(ticks, lines)| {
            let numbers = ticks.major.iter().map(|t| width(&t.label, font)).fold(0.0, f64::max);
            BAR_SIZE[0] + BAR_SIZE[1] + OUTWARD + GAP + numbers + LABEL_GAP + block(lines, font)
        })
    }

    /// Tick numbers of both axes.
    pub fn numbers(&self, frame: Rect, x: &Ruler, y: &Ruler, page: &Page) -> Vec<Label> {
        let font = page.font_pt;
        let line = frame.bottom() + self.outward() + GAP + CAP * font;
        let left = frame.x - self.outward() - GAP;
        let up = |t: &Tick| {
            let at = [left, y.place(t.at)? + CAP * font / 2.0];
            Some(Label::new(at, Anchor::End, font, t.label.clone()))
        };
        let across = |t: &Tick| Some(Label::new([x.place(t.at)?, line], Anchor::Middle, font, t.label.clone()));
        let ups = self.ticks[1].major.iter().filter(|_| !self.beside).filter_map(up);
        ups.chain(self.ticks[0].major.iter().filter(|_| !self.joined).filter_map(across)).collect()
    }

    /// Lines of the x and of the y label; the y label ends at `label`, in line with its column.
    pub fn axis_labels(&self, frame: Rect, page: &Page, label: f64) -> [Vec<Label>; 2] {
        let font = page.font_pt;
        let below = frame.bottom() + self.outward() + GAP + CAP * font + LABEL_GAP;
        let x = [frame.x + frame.w / 2.0, below];
        let y = [label - self.needs.label, frame.y + frame.h / 2.0];
        [
            if self.joined { Vec::new() } else { stack(&self.labels[0], x, false, font, frame.w) },
            if self.beside { Vec::new() } else { stack(&self.labels[1], y, true, font, frame.h) },
        ]
    }

    /// How far ticks stand out of the box: where colours fill it they would not be seen inside.
    pub fn outward(&self) -> f64 {
        if self.bar.is_some() { OUTWARD } else { 0.0 }
    }

    /// The colour bar beside the box and the lines of its label; its numbers go to `numbers`.
    pub fn bar(
        &self,
        panel: &Panel<'_>,
        frame: Rect,
        page: &Page,
        numbers: &mut Vec<Label>,
    ) -> Option<(Bar, Vec<Label>)> {
        let (ticks, lines) = self.bar.as_ref()?;
        let font = page.font_pt;
        let rect = Rect { x: frame.right() + BAR_SIZE[1], w: BAR_SIZE[0], ..frame };
        let key = ColorKey::of(panel)?;
        let mut ruler = Ruler::new(key.range, Scale::Linear, rect.bottom(), rect.y);
        ruler.ticks = ticks.clone();
        let start = rect.right() + OUTWARD + GAP;
        let mut widest: f64 = 0.0;
        for tick in &ruler.ticks.major {
            widest = widest.max(width(&tick.label, font));
            let at = ruler.place(tick.at).unwrap_or(rect.y) + CAP * font / 2.0;
            numbers.push(Label::new([start, at], Anchor::Start, font, tick.label.clone()));
        }
        let edge = [start + widest + LABEL_GAP, rect.y + rect.h / 2.0];
        Some((Bar { rect, axis: ruler, key }, stack(lines, edge, true, font, frame.h)))
    }
}

/// Height of the lines of a label.
fn block(lines: &[Rich], font: f64) -> f64 {
    lines.iter().map(|line| line_height(line, font)).sum()
}

/// Lines of one axis label from the edge `at` on, each centred; when a word is longer than its `room`
/// all are set smaller, down to the smallest lettering.
fn stack(lines: &[Rich], at: [f64; 2], turned: bool, font: f64, room: f64) -> Vec<Label> {
    let widest = lines.iter().map(|line| width(line, font)).fold(0.0, f64::max);
    let size = (font * (room / widest).min(1.0)).max(SMALLEST.min(font));
    let mut down = 0.0;
    let one = |line: &Rich| {
        let base = down + reach(line, font)[0];
        down += line_height(line, font);
        let at = if turned { [at[0] + base, at[1]] } else { [at[0], at[1] + base] };
        Label { turned, ..Label::new(at, Anchor::Middle, size, line.clone()) }
    };
    lines.iter().map(one).collect()
}

/// Ticks of a horizontal axis: as many as stand apart by two thirds of an em.
fn across(range: [f64; 2], axis: &Axis, length: f64, font: f64) -> Ticks {
    let ruler = Ruler::new(range, axis.scale, 0.0, length);
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
    fitting(axis, range, most, apart)
}

/// Ticks of a vertical axis: as many as stand apart by a third of a line.
fn upright(range: [f64; 2], axis: &Axis, length: f64, font: f64) -> Ticks {
    let ruler = Ruler::new(range, axis.scale, 0.0, length);
    let apart = |ticks: &Ticks| {
        let at = ticks.major.iter().map(|t| ruler.place(t.at).unwrap_or(0.0));
        at.clone().zip(at.skip(1)).all(|(a, b)| b - a > 1.3 * font)
    };
    let most = ((length / (2.9 * font)) as usize).clamp(2, 5);
    fitting(axis, range, most, apart)
}

/// The most ticks that stand `apart`; where not even two do, every second or third of those.
fn fitting(axis: &Axis, range: [f64; 2], most: usize, apart: impl Fn(&Ticks) -> bool) -> Ticks {
    let found = (2..=most).rev().map(|n| axis_ticks(axis, range, n)).find(&apart);
    found.unwrap_or_else(|| {
        let few = axis_ticks(axis, range, 2);
        let zero = few.major.iter().position(|t| t.at == 0.0).unwrap_or(0);
        let every = |n: usize| {
            let kept = few.major.iter().enumerate().filter(|(i, _)| i.abs_diff(zero).is_multiple_of(n));
            Ticks { major: kept.map(|(_, t)| t.clone()).collect(), minor: few.minor.clone() }
        };
        (2..=few.major.len().max(2)).map(every).find(apart).unwrap_or_default()
    })
}
