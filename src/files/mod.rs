//! From a session to files: what the window and the command line both save.
//!
//! The provenance that travels in every file, the table of a run, and [`compose()`], which puts views
//! together into one figure.

mod compose;
mod settings;

use std::path::{Path, PathBuf};

use crate::export::{ExportError, Format, Page, Provenance, atomic_write, table_csv, write_figure};
use crate::figure::Figure;
use crate::session::Session;
use crate::text::{Lang, fill, t};

pub use compose::{Composition, compose};
pub use settings::Settings;

/// The name of the figure that shows all views.
pub const OVERVIEW: &str = "overview";

/// Everything needed to make this run again.
pub fn provenance(session: &Session, view: &str, lang: Lang) -> Provenance {
    let plan = session.plan();
    let spec_text =
        |id: &'static str, value: f64| plan.values.spec(id).map_or_else(|_| value.to_string(), |s| s.text(value));
    Provenance {
        scene: plan.scene.meta().id.into(),
        values: plan.values.texts(),
        events: plan.events.iter().map(|e| (e.at, e.id.to_owned(), spec_text(e.id, e.value))).collect(),
        view: format!("{view} {} mode={} at={}", session.lens().id(), session.mode() + 1, session.playback().now),
        seed: plan.seed,
        steps: plan.steps,
        version: env!("CARGO_PKG_VERSION").into(),
        lang,
    }
}

/// The command that makes this run again and prints its read-outs.
pub fn command(session: &Session) -> String {
    let plan = session.plan();
    let mut out = format!("impetus run {}", plan.scene.meta().id);
    for spec in plan.values.specs() {
        let value = plan.values.get(spec.id);
        if value != spec.default {
            out.push_str(&format!(" --set {}={}", spec.id, spec.text(value)));
        }
    }
    for e in &plan.events {
        let text = plan.values.spec(e.id).map_or_else(|_| e.value.to_string(), |s| s.text(e.value));
        out.push_str(&format!(" --event {}:{}={text}", e.at, e.id));
    }
    let (lens, mode, now) = (session.lens().id(), session.mode() + 1, session.playback().now);
    out.push_str(&format!(" --steps {} --seed {} --lens {lens} --mode {mode} --at {now}", plan.steps, plan.seed));
    out
}

/// The figure of this name, or the overview; `None` if the scene has no such view.
pub fn figure<'a>(session: &'a Session, id: &str, lang: Lang) -> Option<Figure<'a>> {
    compose(session, &Composition::of(id, lang))
}

/// The names of all figures, the overview first.
pub fn figure_ids(session: &Session, lang: Lang) -> Vec<&'static str> {
    let views = session.scene().views(&session.run().values, session.view(lang));
    std::iter::once(OVERVIEW).chain(views.into_iter().map(|v| v.id)).collect()
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
    let Some(figure) = figure(session, id, lang) else {
        return Err(ExportError::Empty(id.to_owned()));
    };
    let scene = session.scene().meta().title.get(lang);
    let title = if id == OVERVIEW { scene.to_owned() } else { format!("{scene}: {}", figure.title.plain()) };
    write_figure(path, &figure, page, dpi, &provenance(session, id, lang), &title)
}

/// Saves the table of the whole run.
///
/// # Errors
/// What writing refuses.
pub fn save_run(session: &Session, path: &Path, lang: Lang) -> Result<(), ExportError> {
    let text =
        table_csv(&run_table(session, lang), &provenance(session, "run", lang), session.scene().meta().title.get(lang));
    atomic_write(path, text.as_bytes())
}

/// A file name for a figure of a session.
pub fn file_name(session: &Session, id: &str, format: Format) -> PathBuf {
    PathBuf::from(format!("{}-{id}.{}", session.scene().meta().id, format.extension()))
}

/// The sentence that says what was saved where.
pub fn saved(names: &[String], folder: &Path, lang: Lang) -> String {
    let text = t("Saved {} in {}.", "已保存 {}，位置：{}。");
    fill(text.get(lang), &[&names.join(", "), &folder.display().to_string()])
}
