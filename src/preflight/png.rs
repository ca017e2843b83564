//! The check of a finished PNG: its header, its stated resolution, and whether it shows anything.

use std::fmt::Display;

use std::io::Cursor;

use png::{ColorType, Decoder, Info, Limits, Transformations, Unit};

use super::report::{self, Check, Desk, Verdict};
use crate::text::{Text, t};

/// The last chunk of every whole file.
const END: &[u8] = b"IEND\xaeB`\x82";
/// Memory a decoder may take in bytes.
const MEMORY: usize = 512 << 20;
/// Most pixels looked at before a picture counts as blank.
const PIXELS: u64 = 400_000_000;
/// Millimetres in an inch.
const INCH: f64 = 25.4;

/// Hands in all that is found in `bytes`.
pub(super) fn inspect(bytes: &[u8], desk: &mut Desk<'_>) {
    let damaged = t("The file cannot be read as PNG: {}", "无法作为 PNG 读取：{}");
    if !bytes.ends_with(END) {
        return desk.fault(
            Check::Readable,
            t("The file ends before the picture does", "文件不完整：图像尚未结束"),
            &[],
        );
    }
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: MEMORY });
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = match decoder.read_info() {
        Ok(reader) => reader,
        Err(reason) => return desk.fault(Check::Readable, damaged, &[&reason.to_string()]),
    };
    let blank = blank(&mut reader);
    let info = reader.info();
    match blank {
        Err(reason) => return desk.fault(Check::Readable, damaged, &[&reason.to_string()]),
        Ok(true) => desk.fault(
            Check::Readable,
            t("The picture is blank: all its pixels are alike", "图像空白：所有像素相同"),
            &[],
        ),
        Ok(false) => kind(info, desk),
    }
    resolution(info, desk);
}

/// Whether all pixels are alike.
fn blank(reader: &mut png::Reader<Cursor<&[u8]>>) -> Result<bool, png::DecodingError> {
    let samples = reader.output_color_type().0.samples();
    let (mut first, mut left): (Option<Vec<u8>>, _) = (None, PIXELS);
    while let Some(row) = reader.next_row()? {
        for pixel in row.data().chunks_exact(samples.max(1)) {
            match &first {
                Some(first) if first.as_slice() != pixel => return Ok(false),
                Some(_) => {}
                None => first = Some(pixel.to_vec()),
            }
        }
        left = left.saturating_sub((row.data().len() / samples.max(1)) as u64);
        if left == 0 {
            break;
        }
    }
    Ok(true)
}

/// Hands in how colour is stored.
fn kind(info: &Info<'_>, desk: &mut Desk<'_>) {
    let (depth, name) = ((info.bit_depth as u8).to_string(), name(info.color_type).get(desk.lang));
    let clear = matches!(info.color_type, ColorType::Rgba | ColorType::GrayscaleAlpha) || info.trns.is_some();
    if clear {
        let text = t(
            "The picture is {} with {} bits and may be transparent: what lies behind shows through",
            "图像为 {}、{} 位，可能透明：背景会透出",
        );
        desk.note(Check::Readable, text, &[&name, &depth]);
    } else {
        desk.pass(
            Check::Readable,
            t("The picture is {} with {} bits per channel", "图像为 {}，每通道 {} 位"),
            &[&name, &depth],
        );
    }
}

fn name(color: ColorType) -> Text {
    match color {
        ColorType::Grayscale | ColorType::GrayscaleAlpha => t("grey", "灰度"),
        ColorType::Indexed => t("of indexed colours", "索引色"),
        ColorType::Rgb | ColorType::Rgba => t("RGB", "RGB"),
    }
}

/// Hands in the stated resolution and the width that follows from it.
fn resolution(info: &Info<'_>, desk: &mut Desk<'_>) {
    let Some(dims) = info.pixel_dims.filter(|d| d.unit == Unit::Meter && d.xppu > 0 && d.yppu > 0) else {
        return unstated(info.width, desk);
    };
    width(info.width, f64::from(dims.xppu), desk);
    let dpi = f64::from(dims.xppu.min(dims.yppu)) * INCH / 1000.0;
    let parts: [&dyn Display; 2] = [&format!("{dpi:.0}"), &format!("{:.0}", desk.wanted.dpi)];
    if fine(dpi, desk) {
        let text = t("The picture has {} dpi, at least {} dpi wanted", "图像为 {} dpi，要求至少 {} dpi");
        desk.pass(Check::Resolution, text, &parts);
    } else {
        let text = t("The picture has {} dpi; at least {} dpi wanted", "图像为 {} dpi；要求至少 {} dpi");
        desk.fault(Check::Resolution, text, &parts);
    }
}

/// Hands in what `pixels` across amount to when the file does not say.
fn unstated(pixels: u32, desk: &mut Desk<'_>) {
    let Some(wanted) = desk.wanted.width_mm else {
        let text = t(
            "The picture states no resolution, so its {} pixels have no width in print",
            "图像未注明分辨率，{} 像素无法换算为印刷宽度",
        );
        return desk.note(Check::Resolution, text, &[&pixels]);
    };
    let dpi = f64::from(pixels) / wanted * INCH;
    let text = t(
        "The picture states no resolution; at the wanted width it has {} dpi, {} dpi wanted",
        "图像未注明分辨率；按要求的宽度为 {} dpi，要求 {} dpi",
    );
    let verdict = if fine(dpi, desk) { Verdict::Note } else { Verdict::Fault };
    desk.hand_in(Check::Resolution, verdict, text, &[&format!("{dpi:.0}"), &format!("{:.0}", desk.wanted.dpi)]);
}

/// Whether a resolution is the wanted one; whole dots per metre leave it a little off.
fn fine(dpi: f64, desk: &Desk<'_>) -> bool {
    dpi >= desk.wanted.dpi - 0.5
}

/// Hands in the width in print; half a pixel of rounding is not an error.
fn width(pixels: u32, per_metre: f64, desk: &mut Desk<'_>) {
    let found = f64::from(pixels) / per_metre * 1000.0;
    let rounding = 600.0 / per_metre;
    let near = desk.wanted.width_mm.filter(|wanted| (found - wanted).abs() <= rounding);
    report::width(near.unwrap_or(found), desk);
}
