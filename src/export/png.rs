//! A figure as pixels.

use resvg::tiny_skia::{Color, Pixmap, Transform};

use super::page::Page;
use super::provenance::KEY;
use super::{ExportError, Provenance};
use crate::figure::Ink;

/// Most pixels an image may have (1.6 GB while it is drawn).
const MOST: f64 = 4e8;

/// Renders a drawing at `dpi` dots per inch: `width_mm · dpi / 25.4` pixels wide.
pub(super) fn png(
    tree: &usvg::Tree,
    page: &Page,
    dpi: f64,
    provenance: &Provenance,
    title: &str,
) -> Result<Vec<u8>, ExportError> {
    let fail = |reason: String| ExportError::Encode { format: "PNG", reason };
    if !(10.0..=5000.0).contains(&dpi) {
        return Err(fail(format!("{dpi} dots per inch is outside 10 to 5000")));
    }
    let width = (page.width_mm / 25.4 * dpi).round();
    let scale = width / f64::from(tree.size().width());
    let height = (f64::from(tree.size().height()) * scale).round().max(1.0);
    if width * height > MOST {
        return Err(fail(format!("{width} × {height} pixels are too many; ask for fewer dots per inch")));
    }
    let too_large = || fail(format!("{width} × {height} pixels cannot be held in memory"));
    let mut pixels = Pixmap::new(width as u32, height as u32).ok_or_else(too_large)?;
    if !page.transparent {
        let ground = Ink::Ground.on(page.medium);
        pixels.fill(Color::from_rgba8(ground.0, ground.1, ground.2, 255));
    }
    resvg::render(tree, Transform::from_scale(scale as f32, scale as f32), &mut pixels.as_mut());
    encode(pixels, page.transparent, dpi, provenance, title).map_err(|e| fail(e.to_string()))
}

/// RGBA rows as a PNG without words, for pictures inside a drawing.
pub(super) fn plain_png([width, height]: [usize; 2], pixels: &[u8]) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_compression(png::Compression::Fast);
    match shades(pixels) {
        Some(color) => {
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_palette(color.repeat(256));
            encoder.set_trns((0..=255).collect::<Vec<u8>>());
            let shades: Vec<u8> = pixels.chunks_exact(4).map(|p| p[3]).collect();
            encoder.write_header()?.write_image_data(&shades)?;
        }
        None => {
            encoder.set_color(png::ColorType::Rgba);
            encoder.write_header()?.write_image_data(pixels)?;
        }
    }
    Ok(bytes)
}

/// The colour of pixels that differ in opacity only.
fn shades(pixels: &[u8]) -> Option<[u8; 3]> {
    let color: [u8; 3] = pixels.get(..3)?.try_into().ok()?;
    let uneven = pixels.chunks_exact(4).any(|p| p[3] != 255);
    (uneven && pixels.chunks_exact(4).all(|p| p[..3] == color)).then_some(color)
}

fn encode(
    pixels: Pixmap,
    transparent: bool,
    dpi: f64,
    provenance: &Provenance,
    title: &str,
) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(if transparent { png::ColorType::Rgba } else { png::ColorType::Rgb });
    let per_metre = (dpi / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }));
    encoder.add_itxt_chunk("Title".to_owned(), title.to_owned())?;
    encoder.add_itxt_chunk("Software".to_owned(), format!("Impetus {}", provenance.version))?;
    encoder.add_itxt_chunk(KEY.to_owned(), provenance.to_json())?;
    let data = if transparent { pixels.take_demultiplied() } else { colours(pixels) };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&data)?;
    writer.finish()?;
    Ok(bytes)
}

/// The colours of pixels whose ground is opaque.
fn colours(pixels: Pixmap) -> Vec<u8> {
    let opaque = pixels.data().chunks_exact(4).all(|p| p[3] == 255);
    // What is opaque has been multiplied by one.
    let data = if opaque { pixels.take() } else { pixels.take_demultiplied() };
    let mut colours = vec![0; data.len() / 4 * 3];
    for (to, from) in colours.chunks_exact_mut(3).zip(data.chunks_exact(4)) {
        to.copy_from_slice(&from[..3]);
    }
    colours
}
