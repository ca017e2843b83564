//! The frame of a panel: place, ends, ticks, numbers and labels.

use super::Script;
use super::scale::{Track, Tracks, length};
use super::words::lines;
use crate::export::draw::{Art, Kind, Shape, Stroke};
use crate::export::geometry::Rect;
use crate::export::layout::{Anchor, Label};
use crate::export::path::Point;
use crate::export::tex::number_to_tex;

/// From the middle of digits down to their baseline, in em of the font: half their height.
pub(super) const HALF_DIGIT: f64 = 0.33;

impl Script<'_> {
    /// Opens the axis of a panel on exactly its frame.
    pub fn open_axis(&mut self, art: &Art, tracks: &Tracks<'_>) {
        for (name, track) in [("x", &tracks.x), ("y", &tracks.y)] {
            if let Some(note) = track.note() {
                self.out.push_str(&format!("% {name} {note}\n"));
            }
        }
        let frame = art.placed.frame;
        // With units, because inside the axis bare numbers are already data.
        let [x, y, w, h] = [frame.x, self.drawing.height - frame.bottom(), frame.w, frame.h].map(length);
        self.out.push_str(&format!("\\begin{{axis}}[at={{({x}bp,{y}bp)}}, anchor=south west, scale only axis,\n"));
        self.out.push_str(&format!(
            "  width={w}bp, height={h}bp, clip mode=individual, axis on top, scaled ticks=false,\n"
        ));
        self.out.push_str("  unbounded coords=jump,\n");
        let out = self.strokes(art);
        self.scale("x", &tracks.x);
        self.scale("y", &tracks.y);
        self.numbers(art, tracks, out);
        self.axis_label("x", art, Kind::LabelX, &frame);
        self.axis_label("y", art, Kind::LabelY, &frame);
        self.color_bar(art, out);
        self.out.push_str("]\n");
    }

    /// Ends, marks and mode of one axis.
    fn scale(&mut self, name: &str, track: &Track<'_>) {
        let [low, high] = track.ends();
        let ticks = &track.ruler.ticks;
        let places = |values: &mut dyn Iterator<Item = f64>| {
            let list = values.filter_map(|v| track.of(v)).collect::<Vec<_>>().join(",");
            if list.is_empty() { r"\empty".to_owned() } else { format!("{{{list}}}") }
        };
        let major = places(&mut ticks.major.iter().map(|t| t.at));
        let minor = places(&mut ticks.minor.iter().copied());
        let mode = track.mode();
        self.out.push_str(&format!("  {name}mode={mode}, {name}min={low}, {name}max={high},\n"));
        self.out.push_str(&format!("  {name}tick={major}, minor {name}tick={minor},\n"));
    }

    /// Weight of the frame; length and direction of its ticks. Returns how far ticks stand out.
    fn strokes(&mut self, art: &Art) -> f64 {
        let shapes = art.parts.iter().filter(|p| p.kind == Kind::Axes).flat_map(|p| &p.shapes);
        let mut ticks: Vec<f64> = Vec::new();
        let mut stroke: Option<&Stroke> = None;
        for shape in shapes {
            let Shape::Path { runs, closed, stroke: Some(found), .. } = shape else { continue };
            stroke = Some(found);
            let lengths = runs.iter().filter(|run| !closed && run.len() == 2).map(|run| distance(run[0], run[1]));
            ticks.extend(lengths);
        }
        let major = ticks.iter().copied().fold(0.0, f64::max);
        let minor = ticks.iter().copied().filter(|t| *t < 0.9 * major).fold(0.0, f64::max);
        let style = match stroke {
            Some(s) => format!("draw={}, line width={}bp", self.palette.name(s.color), length(s.width)),
            None => "draw=none".to_owned(),
        };
        let (align, out) = if art.placed.outward { ("outside", major) } else { ("inside", 0.0) };
        let [major, minor] = [major, minor].map(length);
        self.out.push_str(&format!("  axis line style={{{style}}}, every tick/.style={{{style}}}, tick pos=left,\n"));
        let lengths = format!("major tick length={major}bp, minor tick length={minor}bp");
        self.out.push_str(&format!("  tick align={align}, {lengths},\n"));
        out
    }

    /// Numbers of both axes, where the layout put them; pgfplots moves them by `out` itself.
    fn numbers(&mut self, art: &Art, tracks: &Tracks<'_>, out: f64) {
        let frame = art.placed.frame;
        let find = |anchor| labels_of(art, Kind::Numbers).find(move |l| l.anchor == anchor);
        let below = find(Anchor::Middle)
            .map(|l| (format!("anchor=base, yshift=-{}bp", length(l.at[1] - frame.bottom() - out)), l.size));
        let beside = find(Anchor::End).map(|l| {
            let gap = length(frame.x - l.at[0] - out);
            (format!("anchor=base east, xshift=-{gap}bp, yshift=-{HALF_DIGIT}em"), l.size)
        });
        self.tick_labels("x", &tracks.x, below);
        self.tick_labels("y", &tracks.y, beside);
    }

    /// The numbers of one axis in a style and a size; none without.
    pub fn tick_labels(&mut self, name: &str, track: &Track<'_>, style: Option<(String, f64)>) {
        let shown = track.ruler.ticks.major.iter().filter(|t| track.of(t.at).is_some());
        let list: Vec<String> = shown.map(|t| format!("{{{}}}", number_to_tex(&t.label))).collect();
        match style.filter(|_| !list.is_empty()) {
            Some((style, size)) => {
                let (list, font) = (list.join(","), self.font(size, false));
                self.out.push_str(&format!("  {name}ticklabels={{{list}}},\n"));
                self.out.push_str(&format!("  every {name} tick label/.style={{impetus label, {style}{font}}},\n"));
            }
            None => self.out.push_str(&format!("  {name}ticklabels=\\empty,\n")),
        }
    }

    /// The label of one axis, where the layout put it relative to `frame`.
    pub fn axis_label(&mut self, name: &str, art: &Art, kind: Kind, frame: &Rect) {
        let Some((last, text)) = art.parts.iter().find(|p| p.kind == kind).and_then(lines) else { return };
        let at = described(last.at, frame);
        let turn = if last.turned { ", rotate=90" } else { "" };
        let font = self.font(last.size, false);
        let style = format!("impetus label, at={{{at}}}, anchor=base{turn}{font}");
        self.out.push_str(&format!("  {name}label={{{text}}},\n  every axis {name} label/.style={{{style}}},\n"));
    }
}

/// The words of one kind of a panel.
pub(super) fn labels_of(art: &Art, kind: Kind) -> impl Iterator<Item = &Label> {
    art.parts.iter().filter(move |part| part.kind == kind).flat_map(|part| &part.shapes).filter_map(|shape| match shape
    {
        Shape::Words(label, _) => Some(label),
        _ => None,
    })
}

/// A place relative to a box: (0,0) is its lower left corner and (1,1) its upper right one.
fn described([x, y]: Point, frame: &Rect) -> String {
    let share = |v: f64| super::scale::printed(v, 5);
    format!("(axis description cs:{},{})", share((x - frame.x) / frame.w), share((frame.bottom() - y) / frame.h))
}

fn distance(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}
