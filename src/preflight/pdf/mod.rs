//! The check of a finished PDF, by a reader that did not write it.
//!
//! `content` follows the drawing of the page down to every line, letter and picture, `faces` looks
//! at the fonts. What PDF does not record (axes, series, names) is answered by the SVG of the same
//! figure, so those checks are left out here.

mod content;
mod faces;

use std::fmt::Display;

use lopdf::{Document, LoadOptions, Object};

use super::report::{self, Check, Desk, decimal, quoted};
use crate::text::t;
use content::Drawn;

/// Most bytes any stream may unfold to.
const UNFOLDED: usize = 64 << 20;
/// Longest chain of parents that is followed for an inherited entry.
const PARENTS: usize = 32;

/// Hands in all that is found in `bytes`.
pub(super) fn inspect(bytes: &[u8], desk: &mut Desk<'_>) {
    let damaged = t("The file cannot be read as PDF: {}", "无法作为 PDF 读取：{}");
    let document = match Document::load_mem_with_options(bytes, LoadOptions::with_max_decompressed_size(UNFOLDED)) {
        Ok(document) => document,
        Err(reason) => return desk.fault(Check::Readable, damaged, &[&reason.to_string()]),
    };
    if document.is_encrypted() {
        return desk.fault(Check::Readable, t("The file is locked by a password", "文件有密码保护"), &[]);
    }
    let pages: Vec<_> = document.page_iter().take(1000).collect();
    let Some(page) = pages.first().and_then(|id| document.get_dictionary(*id).ok()) else {
        return desk.fault(Check::Readable, t("The file has no page", "文件没有页面"), &[]);
    };
    if pages.len() > 1 {
        let text = t("The file has {} pages; a figure has one", "文件有 {} 页；插图应为一页");
        desk.fault(Check::Readable, text, &[&pages.len().to_string()]);
    }
    if acts(&document) {
        desk.fault(
            Check::Readable,
            t("The file contains a program; figures contain none", "文件含有脚本；插图不应含脚本"),
            &[],
        );
    }
    desk.else_pass(Check::Readable, t("The file can be read and has one page", "文件可读，共一页"), &[]);
    match page_width(&document, page) {
        Some(mm) => report::width(mm, desk),
        None => desk.fault(Check::Width, t("The page states no width", "页面未注明宽度"), &[]),
    }
    let drawn = content::drawn(&document, pages.first().copied().unwrap_or_default(), page);
    lettering(&drawn, desk);
    lines(&drawn, desk);
    faces::faces(&document, &drawn, desk);
    pictures(&drawn, desk);
}

/// Whether opening or viewing the file would start something.
fn acts(document: &Document) -> bool {
    let starts = |object: &Object| {
        let Ok(dictionary) = object.as_dict() else { return false };
        let action = dictionary.get(b"S").and_then(Object::as_name);
        dictionary.has(b"JS") || action.is_ok_and(|s| s == b"JavaScript" || s == b"Launch")
    };
    document.objects.values().any(starts)
}

/// An entry of a page or of the nodes it inherits from.
fn inherited<'d>(document: &'d Document, page: &'d lopdf::Dictionary, key: &[u8]) -> Option<&'d Object> {
    let mut node = page;
    for _ in 0..PARENTS {
        if let Ok(found) = node.get_deref(key, document) {
            return Some(found);
        }
        node = node.get_deref(b"Parent", document).and_then(Object::as_dict).ok()?;
    }
    None
}

/// Width of the page as it is shown, in millimetres.
fn page_width(document: &Document, page: &lopdf::Dictionary) -> Option<f64> {
    let sides = |key: &[u8]| {
        let corners = inherited(document, page, key)?.as_array().ok()?;
        let [l, b, r, u] =
            corners.iter().map(|c| number(document, c)).collect::<Option<Vec<f64>>>()?.try_into().ok()?;
        Some([(r - l).abs(), (u - b).abs()])
    };
    let [wide, high]: [f64; 2] = sides(b"CropBox").or_else(|| sides(b"MediaBox"))?;
    let turned = inherited(document, page, b"Rotate").and_then(|o| o.as_i64().ok()).unwrap_or(0).rem_euclid(180) == 90;
    let unit = page.get_deref(b"UserUnit", document).ok().and_then(|o| number(document, o)).unwrap_or(1.0);
    Some(if turned { high } else { wide } * unit * 25.4 / 72.0)
}

/// A number, direct or referred to.
fn number(document: &Document, object: &Object) -> Option<f64> {
    let (_, object) = document.dereference(object).ok()?;
    object.as_float().ok().map(f64::from).filter(|v| v.is_finite())
}

fn lettering(drawn: &Drawn<'_>, desk: &mut Desk<'_>) {
    let Some((size, run)) = &drawn.smallest else {
        return desk.note(Check::Lettering, t("There is no lettering to measure", "没有可测量的文字"), &[]);
    };
    let parts: [&dyn Display; 3] = [&decimal(*size), &quoted(run), &decimal(desk.wanted.font_pt)];
    if size + 0.005 < desk.wanted.font_pt {
        let text =
            t("Smallest lettering {} pt (“{}”); at least {} pt wanted", "最小字号 {} pt（“{}”）；要求至少 {} pt");
        desk.fault(Check::Lettering, text, &parts);
    } else {
        let text =
            t("Smallest lettering {} pt (“{}”), at least {} pt wanted", "最小字号 {} pt（“{}”），要求至少 {} pt");
        desk.pass(Check::Lettering, text, &parts);
    }
}

fn lines(drawn: &Drawn<'_>, desk: &mut Desk<'_>) {
    let Some(width) = drawn.thinnest else {
        return desk.note(Check::Lines, t("There are no lines to measure", "没有可测量的线条"), &[]);
    };
    let parts: [&dyn Display; 2] = [&decimal(width), &decimal(desk.wanted.line_pt)];
    if width + 0.005 < desk.wanted.line_pt {
        desk.fault(
            Check::Lines,
            t("Thinnest line {} pt; at least {} pt wanted", "最细线条 {} pt；要求至少 {} pt"),
            &parts,
        );
    } else {
        desk.pass(
            Check::Lines,
            t("Thinnest line {} pt, at least {} pt wanted", "最细线条 {} pt，要求至少 {} pt"),
            &parts,
        );
    }
}

fn pictures(drawn: &Drawn<'_>, desk: &mut Desk<'_>) {
    let mut least = f64::INFINITY;
    for picture in &drawn.pictures {
        least = least.min(picture.dpi);
        let parts: [&dyn Display; 2] = [&format!("{:.0}", picture.dpi), &format!("{:.0}", desk.wanted.dpi)];
        if picture.dpi >= 0.98 * desk.wanted.dpi {
            continue;
        }
        if picture.smooth {
            let text = t("A picture has only {} dpi; at least {} dpi wanted", "图像只有 {} dpi；要求至少 {} dpi");
            desk.fault(Check::Resolution, text, &parts);
        } else {
            let text = t(
                "A map of sharp squares has {} dpi; smooth pictures want {} dpi",
                "由清晰方格组成的图像为 {} dpi；平滑图像要求 {} dpi",
            );
            desk.note(Check::Resolution, text, &parts);
        }
    }
    if least.is_finite() {
        let text = t("The coarsest picture has {} dpi, {} dpi wanted", "最粗的图像为 {} dpi，要求 {} dpi");
        desk.else_pass(Check::Resolution, text, &[&format!("{least:.0}"), &format!("{:.0}", desk.wanted.dpi)]);
    } else {
        desk.else_pass(
            Check::Resolution,
            t("All is drawn as vectors; there are no pictures", "全部为矢量图形，没有位图"),
            &[],
        );
    }
}
