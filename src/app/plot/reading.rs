//! Values read off layers: between two samples as the line is drawn, straight on the axes.

use egui::Pos2;

use super::pen::Pen;
use super::thin::seen;
use crate::figure::{Ink, Layer, Panel, Rich, Scale};
use crate::param::show_number;

/// How near to a point the pointer reads it, in pixels.
pub const REACH: f32 = 12.0;
/// Samples looked at between two points of a thinned path.
const MOST: usize = 4096;

/// A reading: how far from the pointer, where, and what it says.
pub struct Reading {
    pub distance: f32,
    pub at: Pos2,
    pub text: String,
    /// Colour, sample (between two as a fraction) and place of a path.
    pub path: Option<(Ink, f64, [f64; 2])>,
}

/// A value of a named layer at some x.
pub struct Value<'p> {
    pub name: &'p Rich,
    pub ink: Ink,
    pub text: String,
    /// The ordinate.
    pub y: f64,
}

/// The values of the named lines, points and bands of a panel at `x`, in order.
pub fn values<'p>(panel: &'p Panel<'_>, x: f64) -> Vec<Value<'p>> {
    let scales = [panel.x.scale, panel.y.scale];
    let read = |layer: &'p Layer<'_>| {
        let one = |xs: &[f64], ys: &[f64]| between(xs, ys, x, scales);
        let (ink, y, low) = match layer {
            Layer::Line(l) => (l.ink, one(&l.x, &l.y)?, None),
            Layer::Points(p) => (p.ink, one(&p.x, &p.y)?, None),
            Layer::Band(b) => (b.ink, one(&b.x, &b.high)?, Some(one(&b.x, &b.low)?)),
            _ => return None,
        };
        let text = low.map_or_else(|| show_number(y), |low| format!("{}…{}", show_number(low), show_number(y)));
        Some(Value { name: layer.name()?, ink, text, y })
    };
    panel.layers.iter().filter_map(read).collect()
}

/// The ordinate of an ascending column of points at `at`, straight between two samples on the axes;
/// `None` outside it and in gaps.
fn between(x: &[f64], y: &[f64], at: f64, scales: [Scale; 2]) -> Option<f64> {
    let n = x.len().min(y.len());
    let after = x[..n].partition_point(|v| *v < at);
    let number = |k: usize| y.get(k).copied().filter(|v| v.is_finite());
    if after < n && x[after] == at {
        return number(after);
    }
    let before = after.checked_sub(1).filter(|_| after < n)?;
    let lengths = |k: usize| Some([scales[0].forward(x[k])?, scales[1].forward(y[k])?]);
    let (a, b, here) = (lengths(before)?, lengths(after)?, scales[0].forward(at)?);
    let share = (here - a[0]) / (b[0] - a[0]);
    share.is_finite().then(|| scales[1].back(a[1] + (b[1] - a[1]) * share))
}

impl Pen<'_, '_> {
    /// What the layer `k`, if it has a name, has to say at the pointer.
    pub(super) fn reading(&self, k: usize, layer: &Layer<'_>, pointer: Pos2) -> Option<Reading> {
        let point = |[x, y]: [f64; 2]| format!("({}, {})", show_number(x), show_number(y));
        let said = |name: &Rich, found: (f32, f64, Pos2, [f64; 2]), path: Option<Ink>| {
            let (distance, index, at, value) = found;
            // Places on the picture of a surface are not its numbers.
            let numbers = if self.panel.turn.is_some() { String::new() } else { format!("  {}", point(value)) };
            let text = format!("{}{numbers}", name.plain());
            Reading { distance, at, text, path: path.map(|ink| (ink, index, value)) }
        };
        let name = layer.name();
        match layer {
            Layer::Line(l) => Some(said(name?, self.on_path(k, &l.x, &l.y, true, pointer)?, Some(l.ink))),
            Layer::Points(p) => Some(said(name?, self.on_path(k, &p.x, &p.y, false, pointer)?, Some(p.ink))),
            Layer::Bars(b) => Some(said(name?, self.on_path(k, &b.x, &b.height, false, pointer)?, None)),
            Layer::ErrorBars(e) => {
                let found = self.on_path(k, &e.x, &e.y, false, pointer)?;
                let ends = e.low.get(found.1 as usize).zip(e.high.get(found.1 as usize));
                let mut reading = said(name?, found, None);
                let ends = ends.map(|(a, b)| format!("  {}…{}", show_number(*a), show_number(*b)));
                reading.text.push_str(&ends.unwrap_or_default());
                Some(reading)
            }
            Layer::Histogram(h) => {
                let (at, text) = self.bin(&h.edges, &h.height, pointer)?;
                Some(Reading { distance: REACH, at, text: format!("{}  {text}", name?.plain()), path: None })
            }
            Layer::Contours(c) => Some(self.field(name?, c.value(self.data(pointer))?, pointer)),
            Layer::HeatMap(m) => {
                let scales = [self.panel.x.scale, self.panel.y.scale];
                Some(self.field(&m.label, m.value(self.data(pointer), scales)?, pointer))
            }
            _ => None,
        }
    }

    /// The value of a field right under the pointer, which yields to any point near it.
    fn field(&self, name: &Rich, value: f64, pointer: Pos2) -> Reading {
        let text = format!("{}  {}", name.plain(), show_number(value));
        Reading { distance: REACH, at: pointer, text, path: None }
    }

    /// Distance, sample, place and value of the point nearest to the pointer, if near enough: among
    /// the samples, or anywhere on the `line` through them.
    fn on_path(&self, k: usize, x: &[f64], y: &[f64], line: bool, pointer: Pos2) -> Option<(f32, f64, Pos2, [f64; 2])> {
        let n = x.len().min(y.len());
        let best = match self.store.series(k, 0, x, y, self.scales()) {
            Some(series) if series.sorted => {
                let ends = [-REACH, REACH].map(|d| self.data(pointer + egui::vec2(d, 0.0))[0]);
                let range = seen(&x[..n], ends);
                let step = range.len().div_ceil(MOST).max(1);
                self.nearest(x, y, range.step_by(step), line, pointer)
            }
            Some(series) => {
                let kept = self.kept(x, y, &series);
                let (_, index, ..) = self.nearest(x, y, kept.iter().copied(), line, pointer)?;
                // Of the samples left out there, the nearest.
                let place = kept.partition_point(|k| (*k as f64) <= index);
                let from = place.checked_sub(1).and_then(|p| kept.get(p)).copied().unwrap_or(0);
                let to = kept.get(place).copied().unwrap_or(n - 1);
                self.nearest(x, y, (from..=to).take(MOST), line, pointer)
            }
            None => self.nearest(x, y, 0..n, line, pointer),
        };
        best.filter(|found| found.0 < REACH)
    }

    fn nearest(
        &self,
        x: &[f64],
        y: &[f64],
        samples: impl Iterator<Item = usize>,
        line: bool,
        pointer: Pos2,
    ) -> Option<(f32, f64, Pos2, [f64; 2])> {
        let mut best: Option<(f32, f64, Pos2)> = None;
        let mut last: Option<(usize, Pos2)> = None;
        for k in samples {
            let here = self.place(x[k], y[k]);
            let found = here.map(|p| match last.filter(|_| line) {
                Some((before, from)) => {
                    let share = nearest_share(from, p, pointer);
                    (from.lerp(p, share), before as f64 + f64::from(share) * (k - before) as f64)
                }
                None => (p, k as f64),
            });
            if let Some((p, index)) = found.filter(|(p, _)| best.is_none_or(|b| p.distance(pointer) < b.0)) {
                best = Some((p.distance(pointer), index, p));
            }
            last = here.map(|p| (k, p));
        }
        best.map(|(distance, index, p)| (distance, index, p, self.value(x, y, index)))
    }

    /// The value at a sample, or between two as the line is drawn.
    fn value(&self, x: &[f64], y: &[f64], index: f64) -> [f64; 2] {
        let (k, share) = (index.floor() as usize, index.fract());
        let scales = self.scales();
        let along = |axis: usize, column: &[f64]| {
            let here = column.get(k).copied().unwrap_or(f64::NAN);
            let next = column.get(k + 1).and_then(|v| scales[axis].forward(*v)).filter(|_| share > 0.0);
            let length = scales[axis].forward(here).zip(next);
            length.map_or(here, |(a, b)| scales[axis].back(a + (b - a) * share))
        };
        [along(0, x), along(1, y)]
    }

    /// The bin of a histogram that stands under the pointer: the middle of its top, and its numbers.
    fn bin(&self, edges: &[f64], height: &[f64], pointer: Pos2) -> Option<(Pos2, String)> {
        let inside = |a: f32, b: f32| pointer.x >= a.min(b) && pointer.x < a.max(b);
        let mut bins =
            edges.windows(2).zip(height).filter(|(e, h)| e[0].is_finite() && e[1].is_finite() && h.is_finite());
        let (edges, height) = bins.find(|(e, _)| inside(self.across(e[0]), self.across(e[1])))?;
        let (top, floor) = (self.height(*height), self.height(0.0));
        let stands = pointer.y >= top.min(floor) - REACH && pointer.y <= top.max(floor);
        let at = Pos2::new((self.across(edges[0]) + self.across(edges[1])) / 2.0, top);
        let [a, b, h] = [edges[0], edges[1], *height].map(show_number);
        stands.then(|| (at, format!("{a}…{b}: {h}")))
    }
}

/// How far along a segment the point nearest to another lies, 0 to 1.
fn nearest_share(from: Pos2, to: Pos2, pointer: Pos2) -> f32 {
    let along = to - from;
    let share = (pointer - from).dot(along) / along.length_sq();
    if share.is_finite() { share.clamp(0.0, 1.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::between;
    use crate::figure::Scale;

    #[test]
    fn values_lie_on_the_line_as_it_is_drawn() {
        let (linear, log) = (Scale::Linear, Scale::Log);
        let (x, y) = ([0.0, 2.0, 4.0, 5.0], [1.0, 100.0, f64::NAN, 3.0]);
        let table = [
            (0.0, [linear; 2], Some(1.0)),
            (1.0, [linear; 2], Some(50.5)),
            (1.0, [linear, log], Some(10.0)),
            (1.0, [linear, Scale::SymLog(1e-9)], Some(10.0)),
            (2.0, [linear; 2], Some(100.0)),
            (3.0, [linear; 2], None),
            (5.0, [linear; 2], Some(3.0)),
            (5.1, [linear; 2], None),
            (-0.1, [linear; 2], None),
            (f64::NAN, [linear; 2], None),
        ];
        for (at, scales, want) in table {
            let got = between(&x, &y, at, scales);
            let near = got.zip(want).is_some_and(|(a, b)| (a - b).abs() <= 1e-6 * b);
            assert!(near || got.is_none() && want.is_none(), "{at} {scales:?}: {got:?}");
        }
        assert_eq!(between(&[1.0, 4.0], &[0.0, 2.0], 2.0, [log, linear]).map(|v| (v * 1e9).round()), Some(1e9));
    }
}
