//! The bundled faces, given to egui.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

use crate::export::fonts::{CJK_BOLD, CJK_REGULAR, MATH, SANS_BOLD, SANS_ITALIC, SANS_REGULAR};

/// Installs the families `Proportional`, `Monospace`, `bold` and `italic`.
pub fn install(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::default();
    let files = [
        ("sans", SANS_REGULAR),
        ("sans-italic", SANS_ITALIC),
        ("sans-bold", SANS_BOLD),
        ("math", MATH),
        ("cjk", CJK_REGULAR),
        ("cjk-bold", CJK_BOLD),
    ];
    for (name, bytes) in files {
        fonts.font_data.insert(name.into(), Arc::new(FontData::from_static(bytes)));
    }
    let families = [
        (FontFamily::Proportional, "sans", "cjk"),
        (FontFamily::Monospace, "sans", "cjk"),
        (FontFamily::Name("bold".into()), "sans-bold", "cjk-bold"),
        (FontFamily::Name("italic".into()), "sans-italic", "cjk"),
    ];
    for (family, latin, hanzi) in families {
        let rest = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
        let mut list: Vec<String> = [latin, "math", hanzi, "cjk"].map(String::from).to_vec();
        list.extend(rest.into_iter().filter(|name| !["sans", "math", "cjk"].contains(&name.as_str())));
        list.dedup();
        fonts.families.insert(family, list);
    }
    ctx.set_fonts(fonts);
}
