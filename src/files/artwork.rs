//! A figure ready to be printed, and the table of a run.

use std::path::Path;

use super::keep::{chosen, differing};
use super::plan::event_texts;
use super::{Composition, OVERVIEW, compose};
use crate::export::{
    ExportError, Format, Page, Pinned, Provenance, Sizes, atomic_write, data_hash, render, render_all, table_csv,
    table_hash,
};
use crate::figure::Figure;
use crate::preflight::{Check, Report, Wanted, inspect};
use crate::session::{Plan, Session};
use crate::text::Lang;

/// One composed figure with all that goes into its files.
pub struct Artwork<'a> {
    /// The figure.
    pub figure: Figure<'a>,
    /// What its files say about where they came from.
    pub provenance: Provenance,
    /// The title of its files; not drawn.
    pub title: String,
    page: Page,
    dpi: f64,
}

impl<'a> Artwork<'a> {
    /// Composes the figure of a session.
    ///
    /// # Errors
    /// [`ExportError::Empty`] when a view does not exist for these values.
    pub fn new(session: &'a Session, composition: &Composition) -> Result<Self, ExportError> {
        let empty = || ExportError::Empty(composition.name());
        let figure = compose(session, composition).ok_or_else(empty)?;
        let scene = session.scene().meta().title.get(composition.lang);
        let title = if figure.id == OVERVIEW { scene.to_owned() } else { format!("{scene}: {}", figure.title.plain()) };
        let provenance = Provenance {
            views: composition.views.clone(),
            columns: composition.columns,
            page: Sizes::new(&composition.page, composition.dpi),
            ..provenance(session, composition.lang, data_hash(&figure))
        };
        Ok(Artwork { figure, provenance, title, page: composition.page.clone(), dpi: composition.dpi })
    }

    /// The bytes of its files in all of `formats`, in that order; laid out once.
    ///
    /// # Errors
    /// What [`render_all`] refuses.
    pub fn all(&self, formats: &[Format]) -> Result<Vec<Vec<u8>>, ExportError> {
        render_all(formats, &self.figure, &self.page, self.dpi, &self.provenance, &self.title)
    }

    /// The bytes of its file in `format`.
    ///
    /// # Errors
    /// What [`render`] refuses.
    pub fn bytes(&self, format: Format) -> Result<Vec<u8>, ExportError> {
        render(format, &self.figure, &self.page, self.dpi, &self.provenance, &self.title)
    }

    /// What preflight finds in its file, in the language of the figure. What a PDF or a PNG cannot
    /// tell of its words and series, its SVG twin of the same drawing does.
    pub fn inspect(&self, bytes: &[u8], format: Format) -> Report {
        let wanted = Wanted { width_mm: Some(self.page.width_mm), ..Wanted::default() };
        let lang = self.provenance.lang;
        let mut report = inspect(bytes, format, &wanted, lang);
        if matches!(format, Format::Pdf | Format::Png)
            && let Ok(twin) = self.bytes(Format::Svg)
        {
            let twin = inspect(&twin, Format::Svg, &wanted, lang).findings;
            let told = [Check::Labels, Check::Grey, Check::ColourBlind, Check::Overlap];
            let known = |check: Check, report: &Report| report.findings.iter().any(|f| f.check == check);
            let more: Vec<_> =
                twin.into_iter().filter(|f| told.contains(&f.check) && !known(f.check, &report)).collect();
            report.findings.extend(more);
            report.findings.sort_by_key(|f| f.check);
        }
        report
    }
}

/// The run behind a figure or a table.
fn provenance(session: &Session, lang: Lang, data: String) -> Provenance {
    let (plan, look) = (session.plan(), session.look());
    Provenance {
        scene: plan.scene.meta().id.into(),
        source: plan.scene.source().map(str::to_owned),
        values: plan.values.texts(),
        events: event_texts(plan),
        seed: plan.seed,
        steps: plan.steps,
        pins: session.document().pins.iter().map(|pin| pinned(pin, plan)).collect(),
        options: chosen(plan, look).into_iter().map(|(opt, id)| (opt.id().to_owned(), id.to_owned())).collect(),
        brush: look.brush,
        lens: session.lens().id().into(),
        mode: session.mode() + 1,
        at: session.playback().now,
        lang,
        version: env!("CARGO_PKG_VERSION").into(),
        data,
        ..Provenance::default()
    }
}

/// What of a pinned run differs from the run it is compared with.
fn pinned(pin: &Plan, plan: &Plan) -> Pinned {
    let values = differing(pin, plan).map(|(spec, value)| (spec.id.to_owned(), spec.text(value)));
    Pinned { values: values.collect(), events: event_texts(pin) }
}

/// The provenance of the table of the whole run, which shows no view.
pub fn run_provenance(session: &Session, lang: Lang) -> Provenance {
    provenance(session, lang, table_hash(&run_table(session, lang)))
}

/// Every recorded column of every lane, on the lanes' own clocks, with its name.
fn run_table(session: &Session, lang: Lang) -> Vec<(String, &[f64])> {
    let lanes = session.run().lanes.iter();
    let columns = lanes.flat_map(|l| l.trace.probes().iter().map(move |p| (l, p)));
    columns.map(|(l, p)| (format!("{} {}", l.lane.name.get(lang), p.name()), l.column(*p))).collect()
}

/// Saves one figure in the format its file name ends in.
///
/// # Errors
/// What the exporter refuses, as one sentence.
pub fn save(session: &Session, id: &str, path: &Path, page: &Page, dpi: f64, lang: Lang) -> Result<(), ExportError> {
    let format = Format::from_path(path)?;
    let composition = Composition { page: page.clone(), dpi, ..Composition::of(id, lang) };
    atomic_write(path, &Artwork::new(session, &composition)?.bytes(format)?)
}

/// Saves the table of the whole run.
///
/// # Errors
/// What writing refuses.
pub fn save_run(session: &Session, path: &Path, lang: Lang) -> Result<(), ExportError> {
    let title = session.scene().meta().title.get(lang);
    atomic_write(path, table_csv(&run_table(session, lang), &run_provenance(session, lang), title).as_bytes())
}
