//! One figure per value of a parameter.

use egui::{CollapsingHeader, ComboBox, RichText, TextEdit, Ui};

use super::origin::Origin;
use crate::app::Desk;
use crate::files::{Batch, BatchError};
use crate::param::{Kind, Spec};
use crate::session::Plan;
use crate::text::{fill, studio as words};

/// What is typed into the section.
#[derive(Default)]
pub struct BatchForm {
    parameter: Option<&'static str>,
    values: String,
    /// What was last read, and from what: a batch is not made again for every frame.
    read: Option<(Source, Result<Batch, BatchError>)>,
}

/// Run, mode, parameter and typed values.
type Source = (Plan, usize, &'static str, String);

impl BatchForm {
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
        let typed = !self.values.trim().is_empty();
        let source = (desk.session.plan().clone(), desk.session.mode(), spec.id, self.values.clone());
        let (_, batch) = match self.read.take() {
            Some(read) if read.0 == source => self.read.insert(read),
            _ => self.read.insert((source, Batch::new(desk.session, spec.id, &self.values))),
        };
        match &*batch {
            Ok(batch) => {
                let shown: Vec<&str> = batch.plans().map(|(label, _)| label).collect();
                let list = if shown.len() > 8 { format!("{} …", shown[..8].join(", ")) } else { shown.join(", ") };
                ui.label(fill(desk.say(words::BATCH_COUNT), &[&shown.len().to_string(), &list]));
            }
            Err(e) if typed => {
                ui.label(RichText::new(e.say(desk.lang)).color(desk.skin.ink(crate::figure::Ink::Danger)));
            }
            Err(_) => {}
        }
        let button = egui::Button::new(desk.say(words::BATCH_SAVE));
        let pressed = ui.add_enabled(batch.is_ok() && !busy, button).clicked();
        let origin = Origin::of(desk.session);
        let run = |(label, plan): (&str, &Plan)| (format!("-{label}"), origin.with(plan.clone()));
        batch.as_ref().ok().filter(|_| pressed).map(|batch| batch.plans().map(run).collect())
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
