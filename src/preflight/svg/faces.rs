//! Whether every face the text needs travels inside the file.

use std::collections::BTreeSet;

use roxmltree::Document;
use ttf_parser::Face;
use usvg::fontdb::{self, Database, FaceInfo};

use super::super::report::{Check, Desk};
use super::sheet::{Place, Sheet};
use crate::text::t;

/// Hands in faces that are not embedded and characters no face has.
pub(super) fn faces(document: &Document<'_>, sheet: &Sheet<'_>, tree: &usvg::Tree, desk: &mut Desk<'_>) {
    if sheet.words.is_empty() {
        let text = t("There is no text: lettering has been drawn as shapes", "没有文字：文字已被转为轮廓");
        return match sheet.panels.is_empty() {
            true => desk.note(Check::Fonts, text, &[]),
            false => desk.fault(Check::Fonts, text, &[]),
        };
    }
    let embedded = embedded(document);
    let needs = needs(sheet, tree.fontdb());
    let mut absent = BTreeSet::new();
    for need in &needs {
        let here = sheet.whereabouts(need.place, desk.lang);
        let of_style = || embedded.iter().filter(|e| e.italic == need.italic && e.bold == need.bold);
        let mut asked = of_style().filter(|e| need.asked.contains(&e.family));
        if need.missing {
            let text = t("No face has the character “{}” ({})", "没有字体含有字符“{}”（{}）");
            desk.fault(Check::Fonts, text, &[&need.character.to_string(), &here]);
        } else if asked.any(|e| e.has(need.character)) {
            continue;
        } else if of_style().any(|e| e.family == need.family) {
            let text = t("The embedded {} lacks the character “{}” ({})", "嵌入的 {} 缺少字符“{}”（{}）");
            desk.fault(Check::Fonts, text, &[&need.family, &need.character.to_string(), &here]);
        } else {
            absent.insert(need.name());
        }
    }
    if !absent.is_empty() {
        let text =
            t("Not embedded: {}; the reader's machine must have these faces", "未嵌入：{}；读者的设备须装有这些字体");
        desk.note(Check::Fonts, text, &[&absent.into_iter().collect::<Vec<_>>().join(", ")]);
    }
    let text = t("All {} faces are embedded and all text is text", "全部 {} 个字体均已嵌入，文字均为文字");
    desk.else_pass(Check::Fonts, text, &[&embedded.len().to_string()]);
}

/// A face inside the file.
struct Embedded {
    family: String,
    italic: bool,
    bold: bool,
    data: Vec<u8>,
}

impl Embedded {
    /// Whether it has a glyph for `c`; a packed face (WOFF) is trusted.
    fn has(&self, c: char) -> bool {
        Face::parse(&self.data, 0).map_or(self.data.starts_with(b"wOF"), |face| face.glyph_index(c).is_some())
    }
}

/// The faces in the style sheets of `document`.
fn embedded(document: &Document<'_>) -> Vec<Embedded> {
    let sheets = document.descendants().filter(|n| n.has_tag_name("style"));
    let text: String = sheets.flat_map(|n| n.children().filter_map(|c| c.text())).collect();
    let blocks = text.split("@font-face").skip(1).filter_map(|b| b.split_once('{')?.1.split('}').next());
    blocks.filter_map(embedded_face).collect()
}

fn embedded_face(block: &str) -> Option<Embedded> {
    let property = |name: &str| {
        let value = block.split_once(name)?.1.trim_start().strip_prefix(':')?;
        Some(value.split(';').next().unwrap_or(value).trim().trim_matches(['"', '\'']).to_owned())
    };
    let data = block.split_once("base64,")?.1;
    let data = unpacked(data.split([')', '"', '\'']).next().unwrap_or(data));
    let heavy = |w: &str| w == "bold" || w.parse::<u16>().is_ok_and(|w| w >= 600);
    let italic = property("font-style").is_some_and(|s| s == "italic" || s == "oblique");
    let bold = property("font-weight").is_some_and(|w| heavy(&w));
    Some(Embedded { family: property("font-family")?, italic, bold, data })
}

/// Bytes of a base64 text; characters outside the alphabet are skipped.
fn unpacked(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut word, mut bits) = (0_u32, 0);
    for c in text.bytes() {
        let digit = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        word = word << 6 | u32::from(digit);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((word >> bits) as u8);
        }
    }
    out
}

/// A character set in one face.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Need {
    family: String,
    italic: bool,
    bold: bool,
    character: char,
    missing: bool,
    asked: Vec<String>,
    place: Place,
}

impl Need {
    fn name(&self) -> String {
        let italic = if self.italic { " Italic" } else { "" };
        let bold = if self.bold { " Bold" } else { "" };
        format!("{}{bold}{italic}", self.family)
    }
}

/// Every character of the text once per face, list of families and place.
fn needs(sheet: &Sheet<'_>, faces: &Database) -> BTreeSet<Need> {
    let mut out = BTreeSet::new();
    for word in &sheet.words {
        let spans = word.text.chunks().iter().flat_map(usvg::TextChunk::spans);
        let named = spans.flat_map(|s| s.font().families()).map(|f| f.to_string().trim_matches('"').to_owned());
        let mut asked: Vec<String> = named.collect();
        asked.dedup();
        for glyph in word.text.layouted().iter().flat_map(|s| &s.positioned_glyphs) {
            let Some(face) = faces.face(glyph.font) else { continue };
            let family = family(face, &asked);
            let (italic, bold) = (face.style != fontdb::Style::Normal, face.weight.0 >= 600);
            for character in glyph.text.chars().filter(|c| !c.is_whitespace()) {
                let (family, asked, missing) = (family.clone(), asked.clone(), glyph.id.0 == 0);
                out.insert(Need { family, italic, bold, character, missing, asked, place: word.place });
            }
        }
    }
    out
}

/// The name under which `asked` means `face`: one of its own, or else the first asked for, which a
/// reader's machine would have to supply.
fn family(face: &FaceInfo, asked: &[String]) -> String {
    let own = face.families.iter().map(|(name, _)| name);
    let known = own.into_iter().find(|name| asked.contains(name));
    known.or(asked.first()).cloned().unwrap_or_default()
}
