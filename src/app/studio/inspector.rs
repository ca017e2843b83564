//! The finished files, made and held to what publishers ask, away from the window's thread.

use std::sync::Arc;

use super::darkroom::Subject;
use super::origin::Kept;
use super::press::{Fault, bytes};
use crate::export::Format;
use crate::preflight::{Report, Verdict, Wanted, inspect};
use crate::text::Lang;

/// What is to be inspected, and the language of the sentences.
#[derive(Clone, PartialEq)]
pub struct Question {
    /// The figure; its formats are the files that are made.
    pub subject: Arc<Subject>,
    /// The language of the report.
    pub lang: Lang,
}

/// One finished file.
pub struct Exhibit {
    /// Its format.
    pub format: Format,
    /// Its size in bytes.
    pub size: usize,
    /// What was found in it.
    pub report: Report,
}

/// A question and what was found.
pub type Answer = (Question, Result<Vec<Exhibit>, Fault>);

/// Makes and inspects the files of one figure after another.
#[derive(Default)]
pub struct Inspector(Kept);

impl Inspector {
    /// Answers one question.
    pub fn answer(&mut self, question: Question) -> Answer {
        let found = self.inspect(&question);
        (question, found)
    }

    fn inspect(&mut self, question: &Question) -> Result<Vec<Exhibit>, Fault> {
        let figure = &question.subject.figure;
        let session = self.0.session(&question.subject.origin)?;
        let wanted = Wanted { width_mm: Some(figure.page.width_mm), ..Wanted::default() };
        // The drawing is always looked at: everything else is made from it.
        let formats = Format::ALL.into_iter().filter(|f| *f == Format::Svg || figure.formats.contains(f));
        formats
            .map(|format| {
                let file = bytes(session, figure, format)?;
                let report = inspect(&file, format, &wanted, question.lang);
                Ok(Exhibit { format, size: file.len(), report })
            })
            .collect()
    }
}

/// How many findings of each kind there are: passes, notes, faults.
pub fn tally(exhibits: &[Exhibit]) -> [usize; 3] {
    let all = || exhibits.iter().flat_map(|e| &e.report.findings);
    [Verdict::Pass, Verdict::Note, Verdict::Fault].map(|v| all().filter(|f| f.verdict == v).count())
}
