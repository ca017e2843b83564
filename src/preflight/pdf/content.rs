//! Follows the drawing of a page: every line, every letter, every picture, at the size of print.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};

use super::{UNFOLDED, inherited, number};

/// Deepest nesting of forms.
const FORMS: usize = 12;
/// Deepest nesting of saved states.
const SAVED: usize = 1000;
/// Most operations that are followed.
const STEPS: usize = 3_000_000;
/// Operations that reading another font counts for.
const FONT: usize = 3000;

/// What a page draws.
#[derive(Default)]
pub(super) struct Drawn<'d> {
    /// Size of the smallest lettering in points, and what it says.
    pub smallest: Option<(f64, String)>,
    /// Width of the thinnest line in points; 0 is a hairline.
    pub thinnest: Option<f64>,
    pub pictures: Vec<Picture>,
    /// Fonts in the order they are first chosen.
    pub fonts: Vec<Used<'d>>,
}

/// A picture on the page.
pub(super) struct Picture {
    /// The lesser resolution of its two directions, in dots per inch.
    pub dpi: f64,
    /// Whether it is a photograph or smoothed, rather than sharp squares.
    pub smooth: bool,
}

/// A font, and what it shows.
pub(super) struct Used<'d> {
    pub font: &'d Dictionary,
    encoding: Option<Encoding<'d>>,
    /// The letters shown, as they would be copied.
    pub text: String,
}

/// Follows the content of `page`, at most [`STEPS`] operations of it.
pub(super) fn drawn<'d>(document: &'d Document, id: ObjectId, page: &'d Dictionary) -> Drawn<'d> {
    let mut walker = Walker { document, drawn: Drawn::default(), steps: 0, depth: 0 };
    let resources = inherited(document, page, b"Resources").and_then(|r| r.as_dict().ok());
    let content = document.get_page_content_with_limit(id, UNFOLDED).unwrap_or_default();
    walker.run(&content, resources, State::default());
    walker.drawn
}

/// A transform `[a b c d e f]` of which only the linear part matters here.
type Linear = [f64; 4];

/// `first`, then `second`.
fn then(first: Linear, second: Linear) -> Linear {
    let ([a, b, c, d], [e, f, g, h]) = (first, second);
    [a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h]
}

/// The root of the factor by which areas grow.
fn scale([a, b, c, d]: Linear) -> f64 {
    (a * d - b * c).abs().sqrt()
}

/// What `q` saves, and the text matrix.
#[derive(Clone)]
struct State {
    matrix: Linear,
    width: f64,
    /// Which of the fonts in use.
    font: Option<usize>,
    size: f64,
    /// Text that is only there to be found, not seen.
    hidden: bool,
    text: Linear,
}

impl Default for State {
    fn default() -> Self {
        let one = [1.0, 0.0, 0.0, 1.0];
        State { matrix: one, width: 1.0, font: None, size: 0.0, hidden: false, text: one }
    }
}

struct Walker<'d> {
    document: &'d Document,
    drawn: Drawn<'d>,
    steps: usize,
    depth: usize,
}

impl<'d> Walker<'d> {
    fn run(&mut self, content: &[u8], resources: Option<&'d Dictionary>, mut state: State) {
        let mut saved = Vec::new();
        for operation in Content::decode_iter(content) {
            let Ok(Operation { operator, operands }) = operation else { return };
            self.steps += 1;
            if self.steps > STEPS {
                return;
            }
            match operator.as_str() {
                "q" if saved.len() < SAVED => saved.push(state.clone()),
                "Q" => state = saved.pop().unwrap_or(state),
                "Do" => self.object(&operands, resources, &state),
                "BI" => self.inline(&operands, &state),
                "Tf" => self.font(&operands, resources, &mut state),
                "Tj" | "TJ" | "'" | "\"" => self.show(&operands, &state),
                "S" | "s" | "B" | "B*" | "b" | "b*" => {
                    let width = state.width * scale(state.matrix);
                    self.drawn.thinnest = Some(self.drawn.thinnest.map_or(width, |least| least.min(width)));
                }
                "gs" => self.settings(&operands, resources, &mut state),
                other => self.set(other, &operands, &mut state),
            }
        }
    }

    /// Operators that only change numbers of the state.
    fn set(&self, operator: &str, operands: &[Object], state: &mut State) {
        let number = |k: usize| operands.get(k).and_then(|o| number(self.document, o));
        let matrix = || Some([number(0)?, number(1)?, number(2)?, number(3)?]);
        match operator {
            "cm" => state.matrix = matrix().map_or(state.matrix, |m| then(m, state.matrix)),
            "w" => state.width = number(0).map_or(state.width, f64::abs),
            "BT" => state.text = State::default().text,
            "Tm" => state.text = matrix().unwrap_or(state.text),
            "Tr" => state.hidden = number(0) == Some(3.0),
            _ => {}
        }
    }

    /// A width set by a dictionary of the graphics state.
    fn settings(&self, operands: &[Object], resources: Option<&Dictionary>, state: &mut State) {
        let Some(settings) = self.resource(resources, b"ExtGState", operands).and_then(|o| o.as_dict().ok()) else {
            return;
        };
        let width = settings.get(b"LW").ok().and_then(|o| number(self.document, o));
        state.width = width.unwrap_or(state.width);
    }

    /// The resource of a kind named by the first operand.
    fn resource<'r>(&self, resources: Option<&'r Dictionary>, kind: &[u8], operands: &[Object]) -> Option<&'r Object>
    where
        'd: 'r,
    {
        let names = resources?.get_deref(kind, self.document).and_then(Object::as_dict).ok()?;
        names.get_deref(operands.first()?.as_name().ok()?, self.document).ok()
    }

    fn font(&mut self, operands: &[Object], resources: Option<&'d Dictionary>, state: &mut State) {
        state.size = operands.get(1).and_then(|o| number(self.document, o)).unwrap_or(0.0);
        let Some(font) = self.resource(resources, b"Font", operands).and_then(|o| o.as_dict().ok()) else { return };
        let known = self.drawn.fonts.iter().position(|used| std::ptr::eq(used.font, font));
        state.font = known.or_else(|| {
            let encoding = font.get_font_encoding_with_limit(self.document, UNFOLDED).ok();
            self.drawn.fonts.push(Used { font, encoding, text: String::new() });
            Some(self.drawn.fonts.len() - 1)
        });
        self.steps += known.map_or(FONT, |_| 1);
    }

    /// Notes the size and the letters of shown text.
    fn show(&mut self, operands: &[Object], state: &State) {
        let Some(used) = state.font.filter(|_| !state.hidden).and_then(|k| self.drawn.fonts.get_mut(k)) else { return };
        let mut bytes = Vec::new();
        for operand in operands.iter().chain(operands.iter().filter_map(|o| o.as_array().ok()).flatten()) {
            bytes.extend_from_slice(operand.as_str().unwrap_or_default());
        }
        if bytes.is_empty() {
            return;
        }
        let encoding = used.encoding.as_ref();
        let text = encoding.and_then(|e| Document::decode_text(e, &bytes).ok()).unwrap_or_default();
        used.text.push_str(if text.is_empty() { "\u{fffd}" } else { &text });
        let size = state.size.abs() * scale(then(state.text, state.matrix));
        let smaller = self.drawn.smallest.as_ref().is_none_or(|(least, _)| size < *least);
        if smaller && (text.is_empty() || !text.trim().is_empty()) {
            self.drawn.smallest = Some((size, text.clone()));
        }
    }

    /// A picture, or a form that draws further.
    fn object(&mut self, operands: &[Object], resources: Option<&'d Dictionary>, state: &State) {
        let Some(stream) = self.resource(resources, b"XObject", operands).and_then(|o| o.as_stream().ok()) else {
            return;
        };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") => self.picture(&stream.dict, state),
            Ok(b"Form") if self.depth < FORMS => {
                let own = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
                let mut state = state.clone();
                let matrix = stream.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array).ok();
                if let Some(matrix) = matrix {
                    self.set("cm", matrix, &mut state);
                }
                let content = stream.decompressed_content_with_limit(UNFOLDED).unwrap_or_default();
                // A wide tree of forms unfolds its streams over and over; that is work, too.
                self.steps += 1 + content.len() / 64;
                self.depth += 1;
                self.run(&content, own.or(resources), state);
                self.depth -= 1;
            }
            _ => {}
        }
    }

    fn inline(&mut self, operands: &[Object], state: &State) {
        if let Some(stream) = operands.first().and_then(|o| o.as_stream().ok()) {
            self.picture(&stream.dict, state);
        }
    }

    /// Notes the resolution of a picture, which fills the unit square.
    fn picture(&mut self, dictionary: &Dictionary, state: &State) {
        let entry = |long: &[u8], short: &[u8]| {
            dictionary.get_deref(long, self.document).or_else(|_| dictionary.get_deref(short, self.document)).ok()
        };
        let side = |long: &[u8], short: &[u8]| entry(long, short).and_then(|o| number(self.document, o));
        let (Some(wide), Some(high)) = (side(b"Width", b"W"), side(b"Height", b"H")) else { return };
        let [a, b, c, d] = state.matrix;
        // A ramp one pixel across, such as a colour bar, has no detail in that direction.
        let across = if wide > 1.0 { wide / a.hypot(b) } else { f64::INFINITY };
        let down = if high > 1.0 { high / c.hypot(d) } else { f64::INFINITY };
        let dpi = 72.0 * across.min(down);
        let photograph = entry(b"Filter", b"F").is_some_and(|f| format!("{f:?}").contains("DCT"));
        let smooth = photograph || matches!(entry(b"Interpolate", b"I"), Some(Object::Boolean(true)));
        let ramp = wide == 1.0 || high == 1.0;
        if dpi.is_finite() && !ramp {
            self.drawn.pictures.push(Picture { dpi, smooth });
        }
    }
}
