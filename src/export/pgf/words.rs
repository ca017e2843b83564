//! Lettering: nodes on their baselines, in the font of the book.

use super::Script;
use super::scale::length;
use crate::export::draw::{Part, Shape};
use crate::export::layout::{Anchor, Label};
use crate::export::measure::LEADING;
use crate::export::tex::rich_to_tex;
use crate::figure::{Ink, Rgb, Style};

/// The command for text of a size in points.
pub(super) fn size(points: f64) -> String {
    format!("\\fontsize{{{}}}{{{}}}\\selectfont", length(points), length(LEADING * points))
}

/// Styles every node of the picture can name: a plain one, and one with some ground under it.
pub(super) fn styles(ground: &str) -> String {
    format!(
        "impetus label/.style={{inner sep=0pt, outer sep=0pt, align=center}},\n  \
         impetus rim/.style={{fill={ground}, fill opacity=0.8, text opacity=1, inner sep=1bp, outer sep=-1bp}}"
    )
}

/// The lines of a part as one text, and the last of them, whose baseline TikZ calls its base.
pub(super) fn lines(part: &Part) -> Option<(&Label, String)> {
    let labels = part.shapes.iter().filter_map(|s| if let Shape::Words(label, _) = s { Some(label) } else { None });
    let labels: Vec<&Label> = labels.collect();
    let lines: Vec<String> = labels.iter().map(|label| rich_to_tex(&label.text)).collect();
    // The empty group keeps a line that begins with a bracket from being read as an option.
    Some((labels.last()?, lines.join(r"\\{}")))
}

impl Script<'_> {
    /// The font option of lettering of a size, empty for the ordinary one.
    pub fn font(&self, points: f64, bold: bool) -> String {
        let weight = if bold { "\\bfseries" } else { "" };
        let ordinary = (points - self.drawing.font_pt).abs() < 0.01;
        match (ordinary, bold) {
            (true, false) => String::new(),
            (true, true) => format!(", font=\\impetusfont{weight}"),
            // Half points, for many books have their fonts in few sizes.
            (false, _) => format!(", font={}{weight}", size((2.0 * points).round() / 2.0)),
        }
    }

    /// A line of text; `at` is the place of its anchor as TikZ reads it.
    pub fn words(&mut self, label: &Label, color: Rgb, at: &str) {
        if label.text.is_empty() {
            return;
        }
        let anchor = match label.anchor {
            Anchor::Start => "base west",
            Anchor::Middle => "base",
            Anchor::End => "base east",
        };
        let mut style = format!("impetus label, anchor={anchor}");
        if label.rim {
            style.push_str(", impetus rim");
        }
        let turn = if label.turned { 90.0 } else { -label.slant };
        if turn != 0.0 {
            style.push_str(&format!(", rotate={}", length(turn)));
        }
        let bold = label.text.0.iter().all(|span| span.style == Style::Bold);
        style.push_str(&self.font(label.size, bold));
        if color != Ink::Text.on(self.page.medium) {
            style.push_str(&format!(", text={}", self.palette.name(color)));
        }
        self.out.push_str(&format!("\\node[{style}] at {at} {{{}}};\n", rich_to_tex(&label.text)));
    }
}
