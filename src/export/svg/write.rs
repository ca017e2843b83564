//! Numbers, escapes and lettering of an SVG text.

use super::super::fonts::Cut;
use super::super::layout::{Anchor, Label};
use super::super::measure::{kern, setting};
use crate::figure::Rich;

/// Appends a length with at most two decimals (0.01 pt is 0.0035 mm); never NaN, never huge.
pub(crate) fn num(out: &mut String, value: f64) {
    let hundredths = if value.is_nan() { 0 } else { (value.clamp(-1e7, 1e7) * 100.0).round() as i64 };
    // Filled from the end; 9 digits, point and sign fit well.
    let mut text = [0_u8; 16];
    let mut at = text.len();
    let mut put = |c: u8| {
        at -= 1;
        text[at] = c;
    };
    let size = hundredths.unsigned_abs() as u32;
    let (mut whole, tenths, rest) = (size / 100, size / 10 % 10, size % 10);
    if rest > 0 {
        put(b'0' + rest as u8);
    }
    if tenths + rest > 0 {
        put(b'0' + tenths as u8);
        put(b'.');
    }
    loop {
        put(b'0' + (whole % 10) as u8);
        whole /= 10;
        if whole == 0 {
            break;
        }
    }
    if hundredths < 0 {
        put(b'-');
    }
    out.push_str(std::str::from_utf8(&text[at..]).unwrap_or("0"));
}

/// Appends ` name="value"`.
pub(super) fn attr(out: &mut String, name: &str, value: f64) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    num(out, value);
    out.push('"');
}

/// Appends `x y`.
pub(super) fn pair(out: &mut String, [x, y]: [f64; 2]) {
    num(out, x);
    out.push(' ');
    num(out, y);
}

/// Appends a polyline as path data.
pub(super) fn polyline(out: &mut String, points: &[[f64; 2]]) {
    let mut lead = 'M';
    for point in points {
        out.push(lead);
        pair(out, *point);
        lead = ' ';
    }
    if points.len() == 1 {
        // A lone point between gaps shows as a dot of the line's width.
        out.push_str("h.01");
    }
}

/// XML text without what XML forbids.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Appends a line of text in `fill`, with a rim of `ground` if it asks for one.
pub(super) fn text(out: &mut String, label: &Label, fill: &str, ground: &str) {
    if label.text.is_empty() {
        return;
    }
    out.push_str("<text");
    if label.turned {
        out.push_str(" transform=\"translate(");
        pair(out, label.at);
        out.push_str(") rotate(-90)\"");
    } else {
        attr(out, "x", label.at[0]);
        attr(out, "y", label.at[1]);
    }
    match label.anchor {
        Anchor::Start => {}
        Anchor::Middle => out.push_str(" text-anchor=\"middle\""),
        Anchor::End => out.push_str(" text-anchor=\"end\""),
    }
    attr(out, "font-size", label.size);
    if label.rim {
        out.push_str(&format!(" paint-order=\"stroke\" stroke=\"{ground}\" stroke-linejoin=\"round\""));
        attr(out, "stroke-width", 0.25 * label.size);
    }
    out.push_str(&format!(" fill=\"{fill}\">"));
    spans(out, &label.text, label.size);
    out.push_str("</text>\n");
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
