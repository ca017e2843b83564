//! Numbers, path data and escapes of an SVG text.

/// Appends a length with at most two decimals (0.01 pt is 0.0035 mm); never NaN, never huge.
pub(crate) fn num(out: &mut String, value: f64) {
    decimal(out, hundredths(value));
}

fn hundredths(value: f64) -> i64 {
    if value.is_nan() { 0 } else { (value.clamp(-1e7, 1e7) * 100.0).round() as i64 }
}

/// Appends hundredths as a decimal without idle digits.
fn decimal(out: &mut String, hundredths: i64) {
    // Filled from the end; 10 digits, point and sign fit well.
    let mut text = [0_u8; 24];
    let mut at = text.len();
    let mut put = |c: u8| {
        at -= 1;
        text[at] = c;
    };
    let size = hundredths.unsigned_abs();
    let (mut whole, tenths, rest) = (size / 100, size / 10 % 10, size % 10);
    if rest > 0 {
        put(b'0' + rest as u8);
    }
    if tenths + rest > 0 {
        put(b'0' + tenths as u8);
        put(b'.');
    }
    // ".5" reads as "0.5"; a lone zero is written.
    if whole == 0 && tenths + rest == 0 {
        put(b'0');
    }
    while whole > 0 {
        put(b'0' + (whole % 10) as u8);
        whole /= 10;
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

/// Writes path data in relative steps: half the characters, and not a hundredth lost, because steps
/// are differences of rounded places.
#[derive(Default)]
pub(super) struct Pen {
    at: [i64; 2],
}

impl Pen {
    /// Appends a polyline; a lone point shows as a dot of the line's width.
    pub fn polyline(&mut self, out: &mut String, points: &[[f64; 2]]) {
        let mut rest = points.iter();
        let Some(first) = rest.next() else { return };
        self.at = first.map(hundredths);
        out.push('M');
        self.pair(out, self.at);
        let start = out.len();
        out.push('l');
        for point in rest {
            let to = point.map(hundredths);
            let step = [to[0] - self.at[0], to[1] - self.at[1]];
            // Places that round to one are one.
            if step != [0, 0] {
                self.pair(out, step);
                self.at = to;
            }
        }
        if out.len() == start + 1 {
            out.truncate(start);
            out.push_str("h.01");
        }
    }

    /// Appends a dot of the line's width at each place.
    pub fn dots(&mut self, out: &mut String, at: &[[f64; 2]]) {
        for (k, point) in at.iter().enumerate() {
            let to = point.map(hundredths);
            let step = [to[0] - self.at[0], to[1] - self.at[1]];
            out.push(if k == 0 { 'M' } else { 'm' });
            self.pair(out, if k == 0 { to } else { step });
            out.push_str("h.01");
            // The next step starts where the pen is.
            self.at = [to[0] + 1, to[1]];
        }
    }

    /// Two numbers with as little between them as a reader needs.
    fn pair(&self, out: &mut String, step: [i64; 2]) {
        for value in step {
            let joined = out.ends_with(|c: char| c.is_ascii_digit()) && value >= 0;
            if joined {
                out.push(' ');
            }
            decimal(out, value);
        }
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

/// Bytes as text in the base-64 alphabet.
pub(super) fn base64(out: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    out.reserve(bytes.len() * 4 / 3 + 4);
    for group in bytes.chunks(3) {
        let word = (0..3).fold(0_u32, |word, k| word << 8 | u32::from(group.get(k).copied().unwrap_or(0)));
        for k in 0..4 {
            let digit = DIGITS[(word >> (18 - 6 * k)) as usize & 63];
            out.push(if k <= group.len() { char::from(digit) } else { '=' });
        }
    }
}
