//! One figure per value of a parameter.

use egui::{CollapsingHeader, ComboBox, RichText, TextEdit, Ui};

use super::origin::Origin;
use crate::app::Desk;
use crate::param::{Kind, Spec};
use crate::scenes::SceneError;
use crate::session::Session;
use crate::text::{Lang, fill, studio as words};

/// Most figures of one batch.
const MOST: usize = 200;

/// What is typed into the section.
#[derive(Default)]
pub struct Batch {
    parameter: Option<&'static str>,
    values: String,
}

/// Why a batch is refused.
#[derive(Debug, PartialEq)]
pub enum BatchError {
    /// No value.
    None,
    /// A text in place of first, last and count that is none.
    Range(String),
    /// Too many values.
    Many(usize),
    /// A value is refused.
    Value(SceneError),
}

impl<E: Into<SceneError>> From<E> for BatchError {
    fn from(e: E) -> Self {
        BatchError::Value(e.into())
    }
}

impl BatchError {
    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        let most = MOST.to_string();
        match self {
            BatchError::None => words::BATCH_NONE.get(lang).to_owned(),
            BatchError::Range(text) => {
                let text: String = text.chars().take(40).collect();
                fill(words::BATCH_RANGE.get(lang), &[&text, &most])
            }
            BatchError::Many(count) => fill(words::BATCH_MANY.get(lang), &[&count.to_string(), &most]),
            BatchError::Value(e) => e.say(lang),
        }
    }
}

impl Batch {
    /// Shows the section; the runs to be saved when the button is pressed.
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk<'_>, busy: bool) -> Option<Vec<(String, Origin)>> {
        let title = RichText::new(desk.say(words::BATCH));
        let shown = CollapsingHeader::new(title).id_salt("batch").show(ui, |ui| self.contents(ui, desk, busy));
        shown.body_returned.flatten()
    }

    fn contents(&mut self, ui: &mut Ui, desk: &Desk<'_>, busy: bool) -> Option<Vec<(String, Origin)>> {
        let spec = self.parameter(ui, desk)?;
        let label = ui.label(desk.say(words::BATCH_VALUES));
        let field = TextEdit::singleline(&mut self.values).desired_width(f32::INFINITY).char_limit(4096);
        ui.add(field).labelled_by(label.id);
        ui.label(RichText::new(desk.say(words::BATCH_HINT)).small().color(desk.skin.quiet));
        let runs = runs(desk.session, spec, &self.values);
        match &runs {
            Ok(runs) => {
                let shown: Vec<&str> = runs.iter().map(|(v, _)| v.as_str()).collect();
                let list = if shown.len() > 8 { format!("{} …", shown[..8].join(", ")) } else { shown.join(", ") };
                ui.label(fill(desk.say(words::BATCH_COUNT), &[&runs.len().to_string(), &list]));
            }
            Err(BatchError::None) => {}
            Err(e) => {
                ui.label(RichText::new(e.say(desk.lang)).color(desk.skin.ink(crate::figure::Ink::Danger)));
            }
        }
        let button = egui::Button::new(desk.say(words::BATCH_SAVE));
        let pressed = ui.add_enabled(runs.is_ok() && !busy, button).clicked();
        let named = |(value, origin): (String, Origin)| (format!("-{}-{value}", spec.id), origin);
        runs.ok().filter(|_| pressed).map(|runs| runs.into_iter().map(named).collect())
    }

    fn parameter(&mut self, ui: &mut Ui, desk: &Desk<'_>) -> Option<&'static Spec> {
        let specs = desk.session.scene().controls(desk.session.lens(), &desk.session.run().values);
        let number = |s: &&&Spec| !matches!(s.kind, Kind::Choice(_));
        let named = specs.iter().find(|s| Some(s.id) == self.parameter);
        let known = named.or(specs.iter().find(number)).or(specs.first()).copied();
        let name = |spec: &Spec| format!("{} ({})", desk.say(spec.name), spec.id);
        let label = ui.label(desk.say(words::BATCH_PARAMETER));
        let combo = ComboBox::from_id_salt("batch-parameter").width(ui.available_width()).truncate();
        let shown = combo.selected_text(known.map(name).unwrap_or_default()).show_ui(ui, |ui| {
            for spec in &specs {
                if ui.selectable_label(known == Some(spec), name(spec)).clicked() {
                    self.parameter = Some(spec.id);
                }
            }
        });
        shown.response.labelled_by(label.id);
        known
    }
}

/// One run per value, each with the value as file names write it. What the session looks at, its
/// seed, length and changes in mid-run stay.
pub fn runs(session: &Session, spec: &'static Spec, text: &str) -> Result<Vec<(String, Origin)>, BatchError> {
    let origin = Origin::of(session);
    let mut out: Vec<(String, Origin)> = Vec::new();
    for value in values(spec, text)? {
        let name = spec.text(value);
        if out.iter().any(|(known, _)| *known == name) {
            continue;
        }
        let mut plan = origin.plan.clone();
        plan.scene.write(spec.id, value, &mut plan.values, session.mode())?;
        out.push((name, origin.with(plan)));
    }
    Ok(out)
}

/// The values of a list such as `0.1, 0.2` or `0.1:0.5:5`.
fn values(spec: &Spec, text: &str) -> Result<Vec<f64>, BatchError> {
    let mut out = Vec::new();
    for piece in text.split([',', '，', '、', ';', '；']).map(str::trim).filter(|p| !p.is_empty()) {
        if piece.contains([':', '：']) {
            out.extend(range(spec, piece)?);
        } else {
            out.push(spec.read(piece).map_err(SceneError::from)?);
        }
    }
    match out.len() {
        0 => Err(BatchError::None),
        n if n > MOST => Err(BatchError::Many(n)),
        _ => Ok(out),
    }
}

/// Evenly spaced values, to twelve digits so that their names stay short.
fn range(spec: &Spec, piece: &str) -> Result<Vec<f64>, BatchError> {
    let wrong = || BatchError::Range(piece.to_owned());
    let parts: Vec<&str> = piece.split([':', '：']).collect();
    let [first, last, count] = parts[..] else { return Err(wrong()) };
    let count: usize = count.trim().parse().map_err(|_| wrong())?;
    if !(2..=MOST).contains(&count) {
        return Err(wrong());
    }
    let read = |text: &str| spec.read(text).map_err(SceneError::from);
    let (first, last) = (read(first)?, read(last)?);
    let at = |k: usize| {
        let value = first + (last - first) * (k as f64 / (count - 1) as f64);
        format!("{value:.11e}").parse().unwrap_or(value)
    };
    (0..count).map(|k| Ok(spec.check(at(k)).map_err(SceneError::from)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::{BatchError, runs};
    use crate::scenes::{SCENES, spec_of};
    use crate::session::Session;

    #[test]
    fn lists_and_ranges() {
        let session = Session::open(SCENES[0]).unwrap();
        let spec = spec_of(session.scene(), "eta").unwrap();
        let table: [(&str, &[&str]); 5] = [
            ("0.1, 0.2,0.4", &["0.1", "0.2", "0.4"]),
            ("0.1:0.5:5", &["0.1", "0.2", "0.3", "0.4", "0.5"]),
            ("0.3，0.1:0.2:2", &["0.3", "0.1", "0.2"]),
            ("0.2;0.2; 0.2", &["0.2"]),
            ("0.5:0.1:3", &["0.5", "0.3", "0.1"]),
        ];
        for (text, want) in table {
            let runs = runs(&session, spec, text).unwrap();
            let names: Vec<&str> = runs.iter().map(|(n, _)| n.as_str()).collect();
            assert_eq!(names, want, "{text}");
            let values: Vec<f64> = runs.iter().map(|(_, o)| o.open().unwrap().read("eta")).collect();
            assert_eq!(values, want.iter().map(|w| w.parse::<f64>().unwrap()).collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn refusals() {
        let session = Session::open(SCENES[0]).unwrap();
        let spec = spec_of(session.scene(), "eta").unwrap();
        let refuse = |text: &str| runs(&session, spec, text).err().unwrap();
        assert_eq!(refuse("  , "), BatchError::None);
        for text in ["0.1:0.2", "0.1:0.2:1", "0.1:0.2:1e3", "0.1:0.2:201", "::", "1:2:3:4"] {
            assert_eq!(refuse(text), BatchError::Range(text.into()));
        }
        for text in ["abc", "nan", "0.1, 1e9", "0.1:1e9:3"] {
            assert!(matches!(refuse(text), BatchError::Value(_)), "{text}");
        }
        assert_eq!(refuse("0.1:0.2:200, 0.3"), BatchError::Many(201));
    }
}
