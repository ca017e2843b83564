//! A drawing spelled as SVG: one unit is one point, text stays text, faces travel along.
//!
//! `write` holds numbers and escapes, `words` lettering, `shapes` paths, marks and pictures. PNG and
//! PDF are made from the same text without its faces, so the three always agree. Identifiers follow
//! [`super::draw`], so that the check before printing can read the finished file.

mod shapes;
mod words;
mod write;

use super::draw::{Art, Drawing, Part, Shape, drawing};
use super::fonts::FAMILIES;
use super::page::Page;
use super::provenance::KEY;
use super::subset::Used;
use super::{ExportError, Provenance};
use crate::figure::{Figure, Rgb};
pub(crate) use write::escaped;
use write::{attr, num};

/// Draws `figure` as an SVG document of exactly `page.width_mm` with `title`, the figure's caption,
/// the provenance and the characters it uses of the bundled faces inside.
///
/// # Errors
/// What [`super::layout()`] refuses.
pub fn svg(figure: &Figure<'_>, page: &Page, provenance: &Provenance, title: &str) -> Result<String, ExportError> {
    Ok(spelled(&drawing(figure, page)?, &figure.caption, provenance, title, true))
}

/// Spells a drawing, with its faces inside if `embed`.
pub(super) fn spelled(drawing: &Drawing, caption: &str, provenance: &Provenance, title: &str, embed: bool) -> String {
    let mut out = String::with_capacity(1 << 16);
    head(&mut out, drawing, caption, provenance, title);
    if embed {
        faces(&mut out, drawing);
    }
    ground(&mut out, drawing);
    drawing.arts.iter().for_each(|a| art(&mut out, a, drawing));
    out.push_str("</svg>\n");
    out
}

fn head(out: &mut String, drawing: &Drawing, caption: &str, provenance: &Provenance, title: &str) {
    let (width, height) = (drawing.width_mm, drawing.height_mm);
    out.push_str(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         xml:space=\"preserve\" width=\"{width}mm\" height=\"{height}mm\" viewBox=\"0 0 "
    ));
    // Six decimals keep the scale true over the whole width.
    out.push_str(&format!("{:.6} {:.6}\" font-family=\"{FAMILIES}\" font-size=\"", drawing.width, drawing.height));
    num(out, drawing.font_pt);
    let (title, caption, json) = (escaped(title), escaped(caption), escaped(&provenance.to_json()));
    out.push_str(&format!("\">\n<title>{title}</title>\n<desc>{caption}</desc>\n"));
    out.push_str(&format!("<metadata id=\"{KEY}\">{json}</metadata>\n"));
}

fn ground(out: &mut String, drawing: &Drawing) {
    if let Some(ground) = drawing.ground {
        out.push_str(&format!("<rect id=\"ground\" width=\"100%\" height=\"100%\" fill=\"{}\"/>\n", ground.hex()));
    }
}

/// The characters in use, as faces any reader can show.
fn faces(out: &mut String, drawing: &Drawing) {
    let mut used = Used::default();
    drawing.arts.iter().for_each(|art| gather(art, &mut used));
    let faces = used.faces();
    if faces.is_empty() {
        return;
    }
    out.push_str("<style>\n");
    for face in faces {
        let (family, style, weight, format) = (face.family, face.style, face.weight, face.format);
        out.push_str(&format!(
            "@font-face{{font-family:\"{family}\";font-style:{style};font-weight:{weight};src:url(data:font/{format};base64,"
        ));
        write::base64(out, &face.bytes);
        out.push_str(&format!(") format(\"{}\")}}\n", if format == "ttf" { "truetype" } else { "opentype" }));
    }
    out.push_str("</style>\n");
}

fn gather(art: &Art, used: &mut Used) {
    for shape in art.parts.iter().flat_map(|p| &p.shapes) {
        if let Shape::Words(label, _) = shape {
            used.add(&label.text);
        }
    }
    art.insets.iter().for_each(|inset| gather(inset, used));
}

fn art(out: &mut String, art: &Art, drawing: &Drawing) {
    let id = &art.id;
    out.push_str(&format!("<g id=\"{id}\" class=\"panel\" data-name=\"{}\">\n", escaped(&art.name)));
    out.push_str(&format!("<clipPath id=\"{id}-box\">"));
    shapes::rect(out, &art.placed.frame, "");
    out.push_str("</clipPath>\n");
    if let Some(rect) = &art.placed.backing {
        let fill = drawing.ground.unwrap_or(Rgb(255, 255, 255)).hex();
        shapes::rect(out, rect, &format!(" fill=\"{fill}\""));
        out.push('\n');
    }
    art.parts.iter().for_each(|p| part(out, p, id, drawing));
    art.insets.iter().for_each(|inset| self::art(out, inset, drawing));
    out.push_str("</g>\n");
}

fn part(out: &mut String, part: &Part, panel: &str, drawing: &Drawing) {
    out.push_str(&format!("<g id=\"{panel}-{}\"", part.kind.suffix()));
    if let Some(name) = &part.name {
        out.push_str(&format!(" data-name=\"{}\"", escaped(name)));
    }
    for (key, value) in &part.data {
        out.push_str(&format!(" data-{key}=\"{}\"", escaped(value)));
    }
    if part.clipped {
        out.push_str(&format!(" clip-path=\"url(#{panel}-box)\""));
    }
    out.push_str(">\n");
    let ground = drawing.ground.unwrap_or(Rgb(255, 255, 255));
    part.shapes.iter().for_each(|s| shapes::shape(out, s, ground));
    out.push_str("</g>\n");
}
