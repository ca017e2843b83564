//! Heat maps and colour bars as embedded pictures.

use super::super::geometry::Rect;
use super::super::layout::{Bar, Placed};
use super::write::attr;
use crate::figure::{Colormap, HeatMap, Scale};

/// Samples of a colour bar.
const STEPS: usize = 128;
/// Pixels per point where a map has to be sampled anew.
const DENSITY: f64 = 3.0;
/// Largest side of an embedded picture.
const LARGEST: usize = 4096;

/// A picture of RGBA rows, the uppermost first.
struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Picture {
    fn paint(width: usize, height: usize, mut color: impl FnMut(usize, usize) -> Option<[u8; 3]>) -> Self {
        let mut pixels = Vec::with_capacity(4 * width * height);
        for iy in 0..height {
            for ix in 0..width {
                match color(ix, iy) {
                    Some([r, g, b]) => pixels.extend([r, g, b, 255]),
                    None => pixels.extend([0; 4]),
                }
            }
        }
        Picture { width, height, pixels }
    }

    fn write(&self, out: &mut String, rect: &Rect) {
        let Ok(bytes) = self.png() else { return };
        out.push_str("<image preserveAspectRatio=\"none\" image-rendering=\"optimizeSpeed\"");
        for (name, value) in [("x", rect.x), ("y", rect.y), ("width", rect.w), ("height", rect.h)] {
            attr(out, name, value);
        }
        out.push_str(" xlink:href=\"data:image/png;base64,");
        base64(out, &bytes);
        out.push_str("\"/>\n");
    }

    fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Rgba);
        encoder.write_header()?.write_image_data(&self.pixels)?;
        Ok(bytes)
    }
}

/// A heat map in its place.
pub(super) fn map(out: &mut String, map: &HeatMap<'_>, placed: &Placed) {
    let ny = map.values.len().checked_div(map.nx).unwrap_or(0);
    if map.nx == 0 || ny == 0 {
        return;
    }
    let frame = placed.frame;
    let color = |ix: usize, iy: usize| color(map, map.values[iy * map.nx + ix]);
    if let Some(rect) = plain_rect(map, placed).filter(|_| map.nx.max(ny) <= LARGEST) {
        Picture::paint(map.nx, ny, |ix, iy| color(ix, ny - 1 - iy)).write(out, &rect);
        return;
    }
    let pixels = |length: f64| ((length * DENSITY).ceil().max(1.0) as usize).min(LARGEST);
    let (width, height) = (pixels(frame.w), pixels(frame.h));
    let cell = |value: f64, [low, high]: [f64; 2], n: usize| {
        let share = (value - low) / (high - low);
        (0.0..=1.0).contains(&share).then(|| ((share * n as f64) as usize).min(n - 1))
    };
    let at = |i: usize, n: usize| (i as f64 + 0.5) / n as f64;
    let columns: Vec<Option<usize>> =
        (0..width).map(|i| cell(placed.x.value(frame.x + at(i, width) * frame.w), map.x, map.nx)).collect();
    let rows: Vec<Option<usize>> =
        (0..height).map(|i| cell(placed.y.value(frame.y + at(i, height) * frame.h), map.y, ny)).collect();
    Picture::paint(width, height, |ix, iy| color(columns[ix]?, rows[iy]?)).write(out, &frame);
}

/// Where the whole map lies when both axes are linear and it is not much larger than the box.
fn plain_rect(map: &HeatMap<'_>, placed: &Placed) -> Option<Rect> {
    if placed.x.scale != Scale::Linear || placed.y.scale != Scale::Linear {
        return None;
    }
    let (left, right) = (placed.x.place(map.x[0])?, placed.x.place(map.x[1])?);
    let (bottom, top) = (placed.y.place(map.y[0])?, placed.y.place(map.y[1])?);
    let rect = Rect { x: left, y: top, w: right - left, h: bottom - top };
    let sensible = rect.w > 0.0 && rect.h > 0.0 && rect.w < 8.0 * placed.frame.w && rect.h < 8.0 * placed.frame.h;
    sensible.then_some(rect)
}

fn color(map: &HeatMap<'_>, value: f64) -> Option<[u8; 3]> {
    let share = (value - map.range[0]) / (map.range[1] - map.range[0]);
    value.is_finite().then(|| rgb(map.map, share))
}

fn rgb(map: Colormap, share: f64) -> [u8; 3] {
    let color = map.at(share);
    [color.0, color.1, color.2]
}

/// The colours of a bar, low end at the bottom.
pub(super) fn bar(out: &mut String, bar: &Bar) {
    let share = |iy: usize| 1.0 - iy as f64 / (STEPS - 1) as f64;
    Picture::paint(1, STEPS, |_, iy| Some(rgb(bar.map, share(iy)))).write(out, &bar.rect);
}

fn base64(out: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for group in bytes.chunks(3) {
        let word = (0..3).fold(0_u32, |word, k| word << 8 | u32::from(group.get(k).copied().unwrap_or(0)));
        for k in 0..4 {
            let digit = DIGITS[(word >> (18 - 6 * k)) as usize & 63];
            out.push(if k <= group.len() { char::from(digit) } else { '=' });
        }
    }
}
