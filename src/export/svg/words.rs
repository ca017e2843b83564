//! Lettering: lines of text with indices and fractions.

use super::super::fonts::Cut;
use super::super::layout::{Anchor, Label};
use super::super::measure::{self, kern, part_size, setting, span_width};
use super::super::page::Page;
use super::write::escaped;
use super::{attr, num};
use crate::figure::{Rgb, Rich, Style};

/// Appends a line of text in `color`, with a rim of `ground` if it asks for one.
pub(super) fn words(out: &mut String, label: &Label, color: Rgb, ground: Rgb) {
    if label.text.is_empty() {
        return;
    }
    if label.text.0.iter().any(|span| span.style == Style::Fraction) {
        built_up(out, label, color, ground);
        return;
    }
    open(out, label, "text");
    match label.anchor {
        Anchor::Start => {}
        Anchor::Middle => out.push_str(" text-anchor=\"middle\""),
        Anchor::End => out.push_str(" text-anchor=\"end\""),
    }
    attr(out, "font-size", label.size);
    paint(out, label, color, ground);
    out.push('>');
    spans(out, &label.text, label.size);
    out.push_str("</text>\n");
}

/// Opens an element at the label's place, turned as it is.
fn open(out: &mut String, label: &Label, element: &str) {
    let turn = if label.turned { -90.0 } else { label.slant };
    out.push_str(&format!("<{element}"));
    if turn == 0.0 && element == "text" {
        attr(out, "x", label.at[0]);
        attr(out, "y", label.at[1]);
        return;
    }
    out.push_str(" transform=\"translate(");
    num(out, label.at[0]);
    out.push(' ');
    num(out, label.at[1]);
    out.push(')');
    if turn != 0.0 {
        out.push_str(" rotate(");
        num(out, turn);
        out.push(')');
    }
    out.push('"');
}

fn paint(out: &mut String, label: &Label, color: Rgb, ground: Rgb) {
    if label.rim {
        out.push_str(&format!(" paint-order=\"stroke\" stroke=\"{}\" stroke-linejoin=\"round\"", ground.hex()));
        attr(out, "stroke-width", 0.25 * label.size);
    }
    out.push_str(&format!(" fill=\"{}\"", color.hex()));
}

/// A line with fractions, piece by piece: flowing text cannot stack.
fn built_up(out: &mut String, label: &Label, color: Rgb, ground: Rgb) {
    let whole = measure::width(&label.text, label.size);
    open(out, label, "g");
    paint(out, label, color, ground);
    out.push_str(">\n");
    let mut x = match label.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => -whole / 2.0,
        Anchor::End => -whole,
    };
    let mut flow = Rich::default();
    for span in &label.text.0 {
        let Some((above, below)) = span.fraction() else {
            flow.push(&span.text, span.style);
            continue;
        };
        piece(out, [x, 0.0], "", label.size, &flow);
        x += measure::width(&flow, label.size);
        flow = Rich::default();
        x = fraction(out, x, label.size, &above, &below, span_width(span, label.size), color);
    }
    piece(out, [x, 0.0], "", label.size, &flow);
    out.push_str("</g>\n");
}

fn piece(out: &mut String, [x, y]: [f64; 2], anchor: &str, size: f64, text: &Rich) {
    if text.is_empty() {
        return;
    }
    out.push_str("<text");
    attr(out, "x", x);
    attr(out, "y", y);
    attr(out, "font-size", size);
    out.push_str(anchor);
    out.push('>');
    spans(out, text, size);
    out.push_str("</text>\n");
}

/// Numerator, bar and denominator over the width `w` from `x` on; returns where they end.
fn fraction(out: &mut String, x: f64, size: f64, above: &Rich, below: &Rich, w: f64, color: Rgb) -> f64 {
    let part = part_size(size);
    let axis = -measure::AXIS * size;
    let middle = " text-anchor=\"middle\"";
    let clear = 0.08 * size;
    piece(out, [x + w / 2.0, axis - measure::reach(above, part)[1] * 0.8 - clear], middle, part, above);
    piece(out, [x + w / 2.0, axis + measure::CAP * part + 1.6 * clear], middle, part, below);
    let inset = 0.06 * size;
    out.push_str(&format!("<path stroke=\"{}\"", color.hex()));
    attr(out, "stroke-width", (0.055 * size).max(Page::HAIRLINE));
    out.push_str(" d=\"M");
    num(out, x + inset);
    out.push(' ');
    num(out, axis);
    out.push('h');
    num(out, w - 2.0 * inset);
    out.push_str("\"/>\n");
    x + w
}

fn spans(out: &mut String, label: &Rich, font: f64) {
    let mut raised = 0.0;
    for (k, span) in label.0.iter().enumerate() {
        let (cut, size, shift) = setting(span.style, font);
        let air = if k > 0 { kern(&label.0[k - 1], span, font) } else { 0.0 };
        if cut == Cut::Regular && size == font && shift == raised {
            out.push_str(&escaped(&span.text));
            continue;
        }
        out.push_str("<tspan");
        if shift != raised {
            attr(out, "dy", shift - raised);
            raised = shift;
        }
        if air > 0.0 {
            attr(out, "dx", air);
        }
        if size != font {
            attr(out, "font-size", size);
        }
        match cut {
            Cut::Regular => {}
            Cut::Italic => out.push_str(" font-style=\"italic\""),
            Cut::Bold => out.push_str(" font-weight=\"bold\""),
        }
        out.push('>');
        out.push_str(&escaped(&span.text));
        out.push_str("</tspan>");
    }
}
