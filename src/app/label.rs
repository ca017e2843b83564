//! Figure labels as egui text.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Color32};

use super::theme::{bold, italic, plain};
use crate::figure::{Rich, Style};

/// A label set in `size` points of `colour`, fractions on the line.
pub fn job(label: &Rich, size: f32, colour: Color32) -> LayoutJob {
    let mut job = LayoutJob::default();
    for span in &label.on_line().0 {
        let small = size * 0.72;
        let (font_id, valign) = match span.style {
            Style::Plain | Style::Fraction => (plain(size), Align::BOTTOM),
            Style::Italic => (italic(size), Align::BOTTOM),
            Style::Bold => (bold(size), Align::BOTTOM),
            Style::Sub(it) => (if it { italic(small) } else { plain(small) }, Align::BOTTOM),
            Style::Sup(it) => (if it { italic(small) } else { plain(small) }, Align::TOP),
        };
        job.append(&span.text, 0.0, TextFormat { font_id, color: colour, valign, ..Default::default() });
    }
    job
}
