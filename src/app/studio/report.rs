//! The preflight report below the preview.

use std::sync::Arc;

use egui::{Color32, Context, RichText, ScrollArea, Stroke, Ui, vec2};

use super::darkroom::Subject;
use super::inspector::{Answer, Exhibit, Inspector, Question, tally};
use super::worker::Worker;
use crate::app::Desk;
use crate::app::theme::bold;
use crate::app::widgets::chip;
use crate::export::Format;
use crate::figure::Ink;
use crate::preflight::{Finding, Verdict};
use crate::scenes::{Chip, Tone};
use crate::text::{Lang, Text, fill, studio as words};

/// Reports on the finished files, and the thread that makes them.
#[derive(Default)]
pub struct Reports {
    worker: Option<Worker<Question, Answer>>,
    asked: Option<Question>,
    answer: Option<Answer>,
}

impl Reports {
    /// Has the files of `subject` inspected unless they have been.
    pub fn order(&mut self, ctx: &Context, subject: &Arc<Subject>, lang: Lang) {
        let question = Question { subject: subject.clone(), lang };
        if self.asked.as_ref() == Some(&question) {
            return;
        }
        let worker = self.worker.get_or_insert_with(|| {
            Worker::new(ctx, || {
                let mut inspector = Inspector::default();
                move |question| inspector.answer(question)
            })
        });
        worker.ask(question.clone());
        self.asked = Some(question);
    }

    /// Shows what was found, and that more is being found.
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        if let Some(answer) = self.worker.iter().flat_map(Worker::answers).last() {
            self.answer = Some(answer);
        }
        let exhibits: &[Exhibit] = match &self.answer {
            Some((_, Ok(exhibits))) => exhibits,
            _ => &[],
        };
        let current = self.answer.as_ref().is_some_and(|(question, _)| Some(question) == self.asked.as_ref());
        let failed = matches!(self.answer, Some((_, Err(_))));
        ui.horizontal(|ui| {
            ui.label(RichText::new(desk.say(words::PREFLIGHT)).font(bold(13.5)));
            if !current {
                chip(ui, &desk.skin, &plain_chip(desk.say(words::CHECKING), Tone::Calm));
            } else if !failed {
                overall(ui, desk, tally(exhibits));
            }
            ui.label(RichText::new(sizes(exhibits)).small().color(desk.skin.quiet));
        });
        ScrollArea::vertical().id_salt("preflight").auto_shrink([false, false]).show(ui, |ui| {
            let listed: Vec<&Exhibit> = exhibits.iter().filter(|e| worth_listing(e)).collect();
            if !listed.is_empty() {
                ui.columns(listed.len(), |columns| {
                    for (ui, exhibit) in columns.iter_mut().zip(listed) {
                        list(ui, desk, exhibit);
                    }
                });
            }
        });
    }
}

/// Artwork is gone through check by check; files of numbers only where something is to be said.
fn worth_listing(exhibit: &Exhibit) -> bool {
    let findings = &exhibit.report.findings;
    match exhibit.format {
        Format::Svg | Format::Pdf | Format::Png => !findings.is_empty(),
        _ => findings.iter().any(|f| f.verdict > Verdict::Pass),
    }
}

fn plain_chip(text: &str, tone: Tone) -> Chip {
    Chip { text: text.to_owned(), tone, note: text.to_owned() }
}

fn overall(ui: &mut Ui, desk: &Desk<'_>, [_, notes, faults]: [usize; 3]) {
    let count = |text: Text, n: usize| fill(desk.say(text), &[&n.to_string()]);
    let verdict = if faults > 0 {
        plain_chip(&count(words::FAULTS, faults), Tone::Danger)
    } else {
        plain_chip(desk.say(words::NO_FAULT), Tone::Ringing)
    };
    chip(ui, &desk.skin, &verdict);
    if notes > 0 {
        chip(ui, &desk.skin, &plain_chip(&count(words::NOTES, notes), Tone::Warning));
    }
}

/// `SVG 84 kB · PDF 41 kB`.
fn sizes(exhibits: &[Exhibit]) -> String {
    let one = |e: &Exhibit| format!("{} {}", name(e.format), show_size(e.size));
    exhibits.iter().map(one).collect::<Vec<_>>().join(" · ")
}

/// A format as people call it.
pub fn name(format: Format) -> String {
    format.extension().to_uppercase()
}

/// Bytes as kB or MB.
pub fn show_size(bytes: usize) -> String {
    let kilo = bytes as f64 / 1e3;
    if kilo < 999.5 { format!("{kilo:.0} kB") } else { format!("{:.1} MB", kilo / 1e3) }
}

fn list(ui: &mut Ui, desk: &Desk<'_>, exhibit: &Exhibit) {
    ui.label(RichText::new(name(exhibit.format)).font(bold(12.0)).color(desk.skin.quiet));
    ui.spacing_mut().item_spacing = vec2(6.0, 3.0);
    // What does not hold comes first.
    let mut findings: Vec<&Finding> = exhibit.report.findings.iter().collect();
    findings.sort_by_key(|f| std::cmp::Reverse(f.verdict));
    for finding in findings {
        let (word, ink) = match finding.verdict {
            Verdict::Pass => (words::PASS, Ink::Controller),
            Verdict::Note => (words::NOTE, Ink::Amber),
            Verdict::Fault => (words::FAULT, Ink::Danger),
        };
        let colour = desk.skin.ink(ink);
        ui.horizontal_top(|ui| {
            mark(ui, finding.verdict, colour);
            ui.label(RichText::new(desk.say(word)).small().color(colour));
            ui.add(egui::Label::new(RichText::new(&finding.detail).small()).wrap());
        });
    }
}

/// A tick, a dot or a cross.
fn mark(ui: &mut Ui, verdict: Verdict, colour: Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(10.0, 14.0), egui::Sense::hover());
    let (c, stroke) = (rect.center(), Stroke::new(1.6, colour));
    let line = |a: [f32; 2], b: [f32; 2]| ui.painter().line_segment([c + a.into(), c + b.into()], stroke);
    match verdict {
        Verdict::Pass => {
            line([-4.0, 0.0], [-1.0, 3.0]);
            line([-1.0, 3.0], [4.0, -3.5]);
        }
        Verdict::Note => {
            ui.painter().circle_filled(c, 2.5, colour);
        }
        Verdict::Fault => {
            line([-3.5, -3.5], [3.5, 3.5]);
            line([-3.5, 3.5], [3.5, -3.5]);
        }
    }
}
