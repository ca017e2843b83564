//! Heat maps and colour bars as pictures.

use super::Shape;
use crate::export::geometry::{Rect, Ruler};
use crate::export::layout::{Bar, Placed};
use crate::figure::{HeatMap, Rgb};

/// Samples of a colour bar.
const STEPS: usize = 128;
/// Pixels per point where a map has to be sampled anew: 432 dpi.
const DENSITY: f64 = 6.0;
/// Largest side of a picture.
const LARGEST: usize = 4096;

/// A picture painted pixel by pixel; `None` leaves one clear.
fn paint(rect: Rect, [width, height]: [usize; 2], mut color: impl FnMut(usize, usize) -> Option<[u8; 3]>) -> Shape {
    let mut pixels = Vec::with_capacity(4 * width * height);
    for iy in 0..height {
        for ix in 0..width {
            match color(ix, iy) {
                Some([r, g, b]) => pixels.extend([r, g, b, 255]),
                None => pixels.extend([0; 4]),
            }
        }
    }
    Shape::Picture { rect, width, height, pixels, cells: true }
}

/// A heat map in its place.
pub(super) fn cells(map: &HeatMap<'_>, placed: &Placed) -> Option<Shape> {
    let ny = map.values.len().checked_div(map.nx).unwrap_or(0);
    if map.nx == 0 || ny == 0 {
        return None;
    }
    let frame = placed.frame;
    let color = |ix: usize, iy: usize| color(map, map.values[iy * map.nx + ix]);
    if let Some(rect) = plain_rect(map, placed).filter(|_| map.nx.max(ny) <= LARGEST) {
        return Some(paint(rect, [map.nx, ny], |ix, iy| color(ix, ny - 1 - iy)));
    }
    let pixels = |length: f64| ((length * DENSITY).ceil().max(1.0) as usize).min(LARGEST);
    let (width, height) = (pixels(frame.w), pixels(frame.h));
    let cell = |position: f64, [low, high]: [f64; 2], n: usize| {
        let share = (position - low) / (high - low);
        (0.0..=1.0).contains(&share).then(|| ((share * n as f64) as usize).min(n - 1))
    };
    let ends = |ruler: &Ruler, range: [f64; 2]| Some([ruler.place(range[0])?, ruler.place(range[1])?]);
    let (across, up) = (ends(&placed.x, map.x)?, ends(&placed.y, map.y)?);
    let at = |i: usize, n: usize| (i as f64 + 0.5) / n as f64;
    let columns: Vec<Option<usize>> =
        (0..width).map(|i| cell(frame.x + at(i, width) * frame.w, across, map.nx)).collect();
    let rows: Vec<Option<usize>> = (0..height).map(|i| cell(frame.y + at(i, height) * frame.h, up, ny)).collect();
    Some(paint(frame, [width, height], |ix, iy| color(columns[ix]?, rows[iy]?)))
}

/// Where the whole map lies when it is not much larger than the box.
fn plain_rect(map: &HeatMap<'_>, placed: &Placed) -> Option<Rect> {
    let (left, right) = (placed.x.place(map.x[0])?, placed.x.place(map.x[1])?);
    let (bottom, top) = (placed.y.place(map.y[0])?, placed.y.place(map.y[1])?);
    let rect = Rect { x: left, y: top, w: right - left, h: bottom - top };
    let sensible = rect.w > 0.0 && rect.h > 0.0 && rect.w < 8.0 * placed.frame.w && rect.h < 8.0 * placed.frame.h;
    sensible.then_some(rect)
}

fn color(map: &HeatMap<'_>, value: f64) -> Option<[u8; 3]> {
    let share = (value - map.range[0]) / (map.range[1] - map.range[0]);
    let color = map.map.at(share);
    value.is_finite().then_some([color.0, color.1, color.2])
}

/// The colours of a bar on `ground`, low end at the bottom.
pub(super) fn bar(bar: &Bar, ground: Rgb) -> Shape {
    let share = |iy: usize| 1.0 - iy as f64 / (STEPS - 1) as f64;
    paint(bar.rect, [1, STEPS], |_, iy| {
        let color = bar.key.at(share(iy), ground);
        Some([color.0, color.1, color.2])
    })
}
