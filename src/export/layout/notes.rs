//! Words inside the box: texts of the figure and names of its handles.

use super::super::geometry::{Rect, Ruler};
use super::super::measure::{CAP, reach, width};
use super::super::page::Page;
use super::clutter::Clutter;
use super::{Anchor, Label, Leader, extent};
use crate::figure::{Callout, Handle, Ink, Layer, Panel, Rich, Text};

/// Least distance of words from the box.
const INSET: f64 = 2.5;
/// Distance of a handle's name from its point.
const REACH: f64 = 4.0;
/// A callout that costs more than this lies on other words and is left out.
const CROWDED: f64 = 400.0;
/// Sides of a point, the most usual first.
const SIDES: [[f64; 2]; 8] =
    [[1.0, -0.6], [1.0, 0.0], [-1.0, -0.6], [1.0, 0.6], [-1.0, 0.6], [-1.0, 0.0], [0.0, -1.0], [0.0, 1.0]];

/// Distances of a callout from its point, in points: as near as room allows.
const RINGS: [f64; 5] = [12.0, 17.0, 23.0, 30.0, 40.0];
/// Between the end of a callout's arrow and its point, and between its words and the arrow's start.
const CLEAR: [f64; 2] = [1.6, 1.0];

/// Places texts (kept inside the box, moved apart), handle names (on the freest side) and callouts
/// (where nothing lies, near their points).
pub(super) fn place(panel: &Panel<'_>, frame: Rect, x: &Ruler, y: &Ruler, page: &Page, clutter: &mut Clutter) -> Notes {
    let board = Board { frame, x, y, font: page.font_pt, grounds: Grounds::of(panel, x, y) };
    let mut out = Notes::default();
    let mut taken: Vec<Rect> = Vec::new();
    for layer in &panel.layers {
        let Layer::Text(text) = layer else { continue };
        match board.note(text, &taken, clutter) {
            Some(label) => {
                taken.push(extent(&label));
                out.words.push(label);
            }
            None => out.left_out.extend(board.at(text.at).map(|_| text.text.plain())),
        }
    }
    taken.iter().for_each(|rect| clutter.cover(rect));
    for handle in &panel.handles {
        if let Some(label) = board.name(handle, clutter) {
            clutter.cover(&extent(&label));
            out.words.push(label);
        }
    }
    for layer in &panel.layers {
        let Layer::Callout(callout) = layer else { continue };
        match board.callout(callout, clutter) {
            Some((label, leader)) => {
                clutter.cover(&extent(&label));
                out.words.push(label);
                out.leaders.push(leader);
            }
            None => out.left_out.extend(board.at(callout.at).map(|_| callout.text.plain())),
        }
    }
    out
}

/// Words inside the box, placed.
#[derive(Default)]
pub(super) struct Notes {
    pub words: Vec<Label>,
    pub leaders: Vec<Leader>,
    /// What there was no room for.
    pub left_out: Vec<String>,
}

/// The box words are placed in.
struct Board<'a> {
    frame: Rect,
    x: &'a Ruler,
    y: &'a Ruler,
    font: f64,
    grounds: Grounds,
}

impl Board<'_> {
    /// A position inside the box.
    fn at(&self, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
        let at = [self.x.place(x)?, self.y.place(y)?];
        self.frame.grown(1.0).contains(at).then_some(at)
    }

    /// A text of the figure: where it is wanted, or nearby if that keeps it off the data; `None` where
    /// it would lie on another or in a region it does not speak of.
    fn note(&self, text: &Text, taken: &[Rect], clutter: &Clutter) -> Option<Label> {
        let at = self.at(text.at).filter(|_| !text.text.is_empty())?;
        let line = [at[0], at[1] + CAP / 2.0 * self.font];
        let wanted = extent(&Label::new(line, Anchor::Middle, self.font, text.text.clone()));
        let inner = self.frame.grown(-INSET);
        let ground = |r: &Rect| self.grounds.at([r.x + r.w / 2.0, r.y + r.h / 2.0]);
        // A text names the region it was put into, so it may not stray into another.
        let home = self.grounds.at(at);
        let apart = |rect: &Rect| !taken.iter().any(|t| t.overlaps(rect));
        let free = |rect: &Rect| apart(rect) && clutter.under(rect) == 0 && ground(rect) == home;
        let nearby = || around(&wanted).map(|rect| rect.inside(&inner));
        let corners = |r: &Rect| [[r.x, r.y], [r.right(), r.y], [r.x, r.bottom()], [r.right(), r.bottom()]];
        let within = |rect: &Rect| corners(rect).into_iter().all(|corner| self.grounds.at(corner) == home);
        let near = |rect: &Rect| apart(rect) && within(rect);
        let rect = nearby().find(free).or_else(|| nearby().find(near))?;
        Some(self.written(rect, clutter, text.text.clone(), text.ink))
    }

    /// The name of a handle, on the side of its point where it covers least.
    fn name(&self, handle: &Handle, clutter: &Clutter) -> Option<Label> {
        let at = self.at(handle.at).filter(|_| !handle.label.is_empty())?;
        let (w, h) = (width(&handle.label, self.font), reach(&handle.label, self.font).iter().sum::<f64>());
        let mut best = (u32::MAX, Rect::default());
        for [sx, sy] in SIDES {
            let x = at[0] + sx * REACH - w * (1.0 - sx) / 2.0;
            let y = at[1] + sy * (REACH + h / 2.0) - h / 2.0;
            let rect = Rect { x, y, w, h }.inside(&self.frame.grown(-INSET));
            let shifted = (rect.x - x).abs() + (rect.y - y).abs();
            let cost = clutter.under(&rect) * 4 + (shifted * 10.0) as u32;
            if cost < best.0 {
                best = (cost, rect);
            }
        }
        // The point shows the colour; its name must be legible on any tint.
        Some(self.written(best.1, clutter, handle.label.clone(), Ink::Text))
    }

    /// A callout where its words and its arrow cover least, as near as room allows.
    fn callout(&self, callout: &Callout, clutter: &Clutter) -> Option<(Label, Leader)> {
        let at = self.at(callout.at).filter(|_| !callout.text.is_empty())?;
        let [rise, drop] = reach(&callout.text, self.font);
        let (w, h) = (width(&callout.text, self.font), rise + drop);
        let mut best: Option<(f64, Rect)> = None;
        for (ring, distance) in RINGS.into_iter().enumerate() {
            for k in 0..16 {
                let (sin, cos) = (f64::from(k) * std::f64::consts::TAU / 16.0 - 0.6).sin_cos();
                let x = at[0] + cos * (distance + 0.5 * w) - w / 2.0;
                let y = at[1] + sin * (distance + 0.5 * h) - h / 2.0;
                let wanted = Rect { x, y, w, h };
                let rect = wanted.inside(&self.frame.grown(-INSET));
                let shifted = (rect.x - x).abs() + (rect.y - y).abs();
                let tail = nearest(&rect, at);
                let crossed: u32 = (2..9).map(|i| clutter.under(&speck(at, tail, f64::from(i) / 10.0))).sum();
                let covered = clutter.under(&rect.grown(1.0));
                let cost = 40.0 * f64::from(covered) + 9.0 * f64::from(crossed) + 6.0 * ring as f64 + shifted;
                let clear = !rect.grown(4.0).contains(at);
                if clear && best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, rect));
                }
            }
        }
        let (_, rect) = best.filter(|(cost, _)| *cost < CROWDED)?;
        let label = self.written(rect, clutter, callout.text.clone(), callout.ink);
        let tail = nearest(&rect.grown(CLEAR[1]), at);
        let length = (at[0] - tail[0]).hypot(at[1] - tail[1]).max(1e-9);
        let tip = [0, 1].map(|i| at[i] - CLEAR[0] * (at[i] - tail[i]) / length);
        Some((label, Leader { tail, tip, ink: callout.ink }))
    }

    /// A label that fills `rect`, rimmed where it covers data.
    fn written(&self, rect: Rect, clutter: &Clutter, text: Rich, ink: Ink) -> Label {
        let rim = clutter.under(&rect.grown(-1.0)) > 0;
        let at = [rect.x, rect.y + reach(&text, self.font)[0]];
        Label { ink, rim, ..Label::new(at, Anchor::Start, self.font, text) }
    }
}

/// Where the arrow of words in `rect` starts: the nearest end of their middle line, or straight above
/// or below the point.
fn nearest(rect: &Rect, at: [f64; 2]) -> [f64; 2] {
    let x = at[0].clamp(rect.x, rect.right());
    [x, if x == at[0] { at[1].clamp(rect.y, rect.bottom()) } else { (rect.y + rect.bottom()) / 2.0 }]
}

/// A small square on the way from `a` to `b`.
fn speck(a: [f64; 2], b: [f64; 2], share: f64) -> Rect {
    let [x, y] = [0, 1].map(|i| a[i] + share * (b[i] - a[i]));
    Rect { x: x - 0.5, y: y - 0.5, w: 1.0, h: 1.0 }
}

/// A rectangle where it is wanted, then ever farther away, up to two lines and half its width.
fn around(wanted: &Rect) -> impl Iterator<Item = Rect> + '_ {
    (0..=6_i32).flat_map(move |ring| {
        let moves = (-ring..=ring).flat_map(move |i| (-ring..=ring).map(move |j| (i, j)));
        moves.filter(move |(i, j)| i.abs().max(j.abs()) == ring).map(move |(i, j)| Rect {
            x: wanted.x + f64::from(i) * wanted.w / 12.0,
            y: wanted.y + f64::from(j) * wanted.h / 3.0,
            ..*wanted
        })
    })
}

/// The tinted regions of a panel: a text that names one must not move into another.
struct Grounds {
    polygons: Vec<Vec<[f64; 2]>>,
}

impl Grounds {
    fn of(panel: &Panel<'_>, x: &Ruler, y: &Ruler) -> Self {
        let polygon = |layer: &Layer<'_>| match layer {
            Layer::Region(r) => {
                let corners = r.x.iter().zip(r.y.iter()).filter_map(|(a, b)| Some([x.place(*a)?, y.place(*b)?]));
                Some(corners.collect())
            }
            _ => None,
        };
        Grounds { polygons: panel.layers.iter().filter_map(polygon).collect() }
    }

    /// Which regions hold a point, by the parity of crossings to its right.
    fn at(&self, [px, py]: [f64; 2]) -> Vec<bool> {
        let holds = |corners: &Vec<[f64; 2]>| {
            let edges = corners.iter().zip(corners.iter().cycle().skip(1));
            let crossed = |(a, b): &(&[f64; 2], &[f64; 2])| {
                (a[1] > py) != (b[1] > py) && px < a[0] + (py - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
            };
            edges.filter(crossed).count() % 2 == 1
        };
        self.polygons.iter().map(holds).collect()
    }
}
