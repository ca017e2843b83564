//! A measured map as the files of a figure.

use super::{Order, Part};
use crate::export::{ExportError, Format, Page, Provenance, Sizes, data_hash, render_all};
use crate::files::sweep_command;
use crate::scenes::models::sweep::VIEW;
use crate::text::Lang;

/// How a map is printed.
pub struct Print {
    /// Sheet and sizes.
    pub page: Page,
    /// Resolution of PNG in dots per inch.
    pub dpi: f64,
    /// Language of every word.
    pub lang: Lang,
}

/// The bytes of the figure of a finished part, in every format asked for.
///
/// # Errors
/// What [`render_all`] refuses.
pub fn print(part: &Part, formats: &[Format], print: &Print) -> Result<Vec<Vec<u8>>, ExportError> {
    let Print { page, dpi, lang } = print;
    let map = part.order.map(part.values.clone());
    let figure = map.figure(*lang).ok_or_else(|| ExportError::Empty(VIEW.to_owned()))?;
    let title = format!("{}: {}", part.order.sweep.scene().meta().title.get(*lang), figure.title.plain());
    let provenance = provenance(&part.order, print, data_hash(&figure));
    render_all(formats, &figure, page, *dpi, &provenance, &title)
}

fn provenance(order: &Order, print: &Print, data: String) -> Provenance {
    let sweep = &order.sweep;
    let meta = sweep.scene().meta();
    let options = [
        ("across", sweep.axes()[0].spec.id),
        ("up", sweep.axes()[1].spec.id),
        ("quantity", sweep.quantity().map_or("", |q| q.choice.id)),
    ];
    Provenance {
        scene: meta.id.into(),
        source: sweep.scene().source().map(str::to_owned),
        values: sweep.values().texts(),
        seed: sweep.seed(),
        steps: meta.steps,
        options: options.map(|(opt, id)| (opt.to_owned(), id.to_owned())).into(),
        lens: sweep.view().lens.id().into(),
        mode: sweep.view().mode + 1,
        views: vec![VIEW.into()],
        columns: 1,
        page: Sizes::new(&print.page, print.dpi),
        lang: print.lang,
        version: order.version.clone(),
        sweep: Some(sweep_command(order)),
        data,
        ..Provenance::default()
    }
}
