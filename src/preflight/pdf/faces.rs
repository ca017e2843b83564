//! Whether the fonts of a PDF travel with it, and whether its text can be read back.

use lopdf::{Dictionary, Document, Object};

use super::super::report::{Check, Desk, quoted};
use super::content::Drawn;
use crate::text::t;

/// Hands in fonts that are missing, drawn by programs or cannot be copied from.
pub(super) fn faces(document: &Document, drawn: &Drawn<'_>, desk: &mut Desk<'_>) {
    let shown: Vec<_> = drawn.fonts.iter().filter(|used| !used.text.is_empty()).collect();
    if shown.is_empty() {
        let text = t("There is no text: lettering has been drawn as shapes", "没有文字：文字已被转为轮廓");
        return desk.fault(Check::Fonts, text, &[]);
    }
    for used in &shown {
        let name = name(document, used.font);
        if used.font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"Type3") {
            desk.fault(
                Check::Fonts,
                t("The face {} is of Type 3, which publishers refuse", "字体 {} 为 Type 3，出版社不接受"),
                &[&name],
            );
        } else if !embedded(document, used.font) {
            desk.fault(Check::Fonts, t("The face {} is not embedded", "字体 {} 未嵌入"), &[&name]);
        } else if !used.font.has(b"ToUnicode") {
            let text =
                t("Text in {} cannot be copied: its characters are not named", "{} 的文字无法复制：未注明对应字符");
            desk.fault(Check::Fonts, text, &[&name]);
        } else if used.text.contains('\u{fffd}') {
            let text = t("Some characters of {} have no meaning (“{}”)", "{} 的部分字符没有含义（“{}”）");
            desk.fault(Check::Fonts, text, &[&name, &quoted(&used.text)]);
        } else if !subset(&name) {
            desk.note(
                Check::Fonts,
                t("The face {} is embedded whole, not as a subset", "字体 {} 整体嵌入，而非子集"),
                &[&name],
            );
        }
    }
    let text = t(
        "All {} faces are embedded as subsets and all text can be copied",
        "全部 {} 个字体均以子集嵌入，文字均可复制",
    );
    desk.else_pass(Check::Fonts, text, &[&shown.len().to_string()]);
}

/// The font itself, or the one a composite font is made of.
fn simple<'d>(document: &'d Document, font: &'d Dictionary) -> Option<&'d Dictionary> {
    match font.get_deref(b"DescendantFonts", document).and_then(Object::as_array) {
        Ok(parts) => document.dereference(parts.first()?).ok()?.1.as_dict().ok(),
        Err(_) => Some(font),
    }
}

fn name(document: &Document, font: &Dictionary) -> String {
    let named = |f: &Dictionary| f.get_deref(b"BaseFont", document).and_then(Object::as_name).map(<[u8]>::to_vec).ok();
    let bytes = named(font).or_else(|| named(simple(document, font)?)).unwrap_or_else(|| b"?".to_vec());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether the outlines are inside the file.
fn embedded(document: &Document, font: &Dictionary) -> bool {
    let descriptor = simple(document, font).and_then(|f| f.get_deref(b"FontDescriptor", document).ok()?.as_dict().ok());
    let outlines = |d: &Dictionary| {
        let keys: [&[u8]; 3] = [b"FontFile", b"FontFile2", b"FontFile3"];
        keys.iter()
            .any(|key| d.get_deref(key, document).and_then(Object::as_stream).is_ok_and(|s| !s.content.is_empty()))
    };
    descriptor.is_some_and(outlines)
}

/// Whether a name carries the six capitals of a subset.
fn subset(name: &str) -> bool {
    name.split_once('+').is_some_and(|(tag, _)| tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()))
}
