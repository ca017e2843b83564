//! Layers as `\addplot` in data units.

use super::Script;
use super::limits::coarser;
use super::scale::Tracks;
use crate::export::draw::{Art, Fill, Kind, Part, Shape, Stroke};
use crate::export::geometry::Rect;
use crate::export::layout::{Anchor, Label, Leader, Placed};
use crate::export::measure;
use crate::export::path::Point;
use crate::figure::{Layer, Panel, Points};

/// Ends a piece of a plot; an empty line would do too, but pgfplots then litters the log.
const GAP: &str = "(nan,nan)\n";
/// Coordinates on one line of the file.
const ABREAST: usize = 6;

impl Script<'_> {
    /// A part drawn inside the axis.
    pub fn layer(&mut self, part: &Part, panel: &Panel<'_>, art: &Art, tracks: &Tracks<'_>) {
        let layer = if let Kind::Layer(k) = part.kind { panel.layers.get(k) } else { None };
        let name = part.name.as_ref().map(|name| format!(" {}", super::one_line(name))).unwrap_or_default();
        self.out.push_str(&format!("% {}{name}\n", part.kind.suffix()));
        for shape in &part.shapes {
            match (shape, layer) {
                (Shape::Path { runs, closed, fill, stroke }, _) => {
                    self.path(runs, *closed, fill.as_ref(), stroke.as_ref(), tracks);
                }
                (Shape::Marks { at, marker, radius, color, rim }, _) => {
                    let style = self.mark_style(*marker, *radius, *color, *rim);
                    self.marks(at, &style, tracks);
                }
                (Shape::Words(label, color), _) => {
                    let label = held(label, &art.placed);
                    let place = tracks.at(label.at);
                    self.words(&label, *color, &place.replacen('(', "(axis cs:", 1));
                }
                (Shape::Picture { .. }, Some(Layer::HeatMap(map))) => self.map(map, art, tracks),
                (Shape::Picture { rect, .. }, Some(Layer::Points(points))) => self.cloud(points, rect, art, tracks),
                (Shape::Picture { .. }, _) => {}
            }
        }
    }

    /// Lines or areas, all in one plot.
    fn path(
        &mut self,
        runs: &[Vec<Point>],
        closed: bool,
        fill: Option<&Fill>,
        stroke: Option<&Stroke>,
        tracks: &Tracks<'_>,
    ) {
        let style = self.path_style(fill, stroke);
        self.out.push_str(&format!("\\addplot[{style}] coordinates {{\n"));
        for (k, run) in runs.iter().enumerate() {
            let mut run = coarser(run, self.limits.coarser);
            if closed {
                run.extend(run.first().copied());
            }
            self.out.push_str(if k > 0 { GAP } else { "" });
            self.coordinates(&run, tracks);
        }
        self.out.push_str("};\n");
    }

    fn marks(&mut self, at: &[Point], style: &str, tracks: &Tracks<'_>) {
        let stride = if at.len() > 50 { self.limits.stride } else { 1 };
        if stride > 1 {
            self.out.push_str(&format!("% one of every {stride} markers, to be quick to compile\n"));
        }
        let few: Vec<Point> = at.iter().step_by(stride).copied().collect();
        self.out.push_str(&format!("\\addplot[{style}] coordinates {{\n"));
        self.coordinates(&few, tracks);
        self.out.push_str("};\n");
    }

    /// Points that print shows as a picture, as markers.
    fn cloud(&mut self, points: &Points<'_>, picture: &Rect, art: &Art, tracks: &Tracks<'_>) {
        let frame = art.placed.frame;
        let place = |(x, y): (&f64, &f64)| Some([tracks.x.ruler.place(*x)?, tracks.y.ruler.place(*y)?]);
        let at = points.x.iter().zip(points.y.iter()).filter_map(place);
        let seen: Vec<Point> = at.filter(|p| frame.grown(0.01).contains(*p)).collect();
        // The picture is larger than the frame by the radius of a marker.
        let color = points.ink.on(self.page.medium);
        let style = self.mark_style(points.marker, frame.x - picture.x, color, None);
        self.marks(&seen, &style, tracks);
    }

    fn coordinates(&mut self, run: &[Point], tracks: &Tracks<'_>) {
        for row in run.chunks(ABREAST) {
            let row: Vec<String> = row.iter().map(|p| tracks.at(*p)).collect();
            self.out.push_str(&row.join(" "));
            self.out.push('\n');
        }
    }
}

/// The same line held where a book's wider or narrower font does least harm: at its middle, or at
/// the end where the arrow of a callout begins.
fn held(label: &Label, placed: &Placed) -> Label {
    let width = measure::width(&label.text, label.size);
    let left = match label.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => -width / 2.0,
        Anchor::End => -width,
    };
    let beside = |x: f64| {
        let from = |l: &Leader| (l.tail[0] - label.at[0] - x).hypot(l.tail[1] - label.at[1]);
        placed.leaders.iter().any(|l| from(l) < label.size)
    };
    let (anchor, shift) = if beside(left) {
        (Anchor::Start, left)
    } else if beside(left + width) {
        (Anchor::End, left + width)
    } else {
        (Anchor::Middle, left + width / 2.0)
    };
    let turn = if label.turned { -90.0 } else { label.slant }.to_radians();
    let at = [label.at[0] + shift * turn.cos(), label.at[1] + shift * turn.sin()];
    Label { at, anchor, ..label.clone() }
}
