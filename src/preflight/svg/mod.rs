//! The check of a finished SVG.
//!
//! `guard` refuses what would take too long and finds what a file needs from outside, `walk` reads
//! the drawing into a [`sheet`], and each other file holds one check or two to it: `lettering` and
//! lines, `faces`, `labels`, `series` in grey and to the colour-blind, `overlap` with the `ink` that
//! lies beneath words, `pictures`.

mod faces;
mod guard;
mod ink;
mod labels;
mod lettering;
mod overlap;
mod pictures;
mod quad;
mod series;
mod sheet;
mod walk;

use roxmltree::{Document, ParsingOptions};

use super::report::{self, Check, Desk};
use crate::export::fonts;
use crate::text::t;

/// Most nodes a document may have.
const NODES: u32 = 500_000;
/// Millimetres of one unit of a laid-out drawing (a CSS pixel).
const MM: f64 = 25.4 / 96.0;

/// Hands in all that is found in `bytes`.
pub(super) fn inspect(bytes: &[u8], desk: &mut Desk<'_>) {
    let damaged = t("The file cannot be read as SVG: {}", "无法作为 SVG 读取：{}");
    let Ok(source) = std::str::from_utf8(bytes) else {
        desk.fault(Check::Readable, damaged, &[&"UTF-8"]);
        return;
    };
    let options = ParsingOptions { allow_dtd: true, nodes_limit: NODES, ..ParsingOptions::default() };
    let document = match Document::parse_with_options(source, options) {
        Ok(document) => document,
        Err(reason) => return desk.fault(Check::Readable, damaged, &[&reason.to_string()]),
    };
    if guard::too_much(&document) {
        let text = t(
            "The file cannot be read: it is nested or repeated beyond all measure",
            "无法读取文件：嵌套或重复层数过多",
        );
        return desk.fault(Check::Readable, text, &[]);
    }
    let tree = match usvg::Tree::from_xmltree(&document, &options_without_files()) {
        Ok(tree) => tree,
        Err(reason) => return desk.fault(Check::Readable, damaged, &[&reason.to_string()]),
    };
    guard::outside(&document, desk);
    report::width(f64::from(tree.size().width()) * MM, desk);
    let sheet = walk::sheet(&document, &tree);
    if sheet.is_empty() {
        desk.fault(Check::Readable, t("The drawing is empty", "图形没有内容"), &[]);
    }
    if sheet.cut {
        let text = t(
            "The file draws more than a figure does; only its beginning was checked",
            "文件内容远多于一幅插图；只检查了开头部分",
        );
        desk.note(Check::Readable, text, &[]);
    }
    let text = t("The file can be read and needs nothing outside itself", "文件可读，且不依赖外部内容");
    desk.else_pass(Check::Readable, text, &[]);
    lettering::lettering(&sheet, desk);
    lettering::lines(&sheet, desk);
    faces::faces(&document, &sheet, &tree, desk);
    labels::labels(&sheet, desk);
    series::series(&sheet, desk);
    overlap::overlap(&sheet, desk);
    pictures::pictures(&sheet, desk);
}

/// Our faces, and pictures only from within the file: looking at a figure opens no other file.
fn options_without_files() -> usvg::Options<'static> {
    let mut options = fonts::options();
    options.image_href_resolver.resolve_data = Box::new(|kind, data, _| match kind {
        "image/png" => Some(usvg::ImageKind::PNG(data)),
        "image/jpeg" | "image/jpg" => Some(usvg::ImageKind::JPEG(data)),
        _ => None,
    });
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    options
}
