//! A figure put together from views.

use super::OVERVIEW;
use crate::export::{Format, Page};
use crate::figure::{Figure, rich};
use crate::session::Session;
use crate::text::{Lang, t};

/// What is printed, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Composition {
    /// Views in reading order; one of them may be [`OVERVIEW`], which stands for those a scene
    /// counts among the ones that matter most.
    pub views: Vec<String>,
    /// Columns of the grid.
    pub columns: usize,
    /// Language of every word in it.
    pub lang: Lang,
    /// Sheet and sizes.
    pub page: Page,
    /// Resolution of PNG in dots per inch.
    pub dpi: f64,
    /// Formats saved together.
    pub formats: Vec<Format>,
    /// Whether the table of the whole run is saved too.
    pub table: bool,
}

impl Composition {
    /// Columns of a grid unless another number is asked for.
    pub const COLUMNS: usize = 2;
    /// Dots per inch of PNG unless others are asked for.
    pub const DPI: f64 = 300.0;
    /// Resolutions of PNG that make sense in print, in dots per inch.
    pub const DPI_RANGE: [f64; 2] = [36.0, 2400.0];
    /// Most views in one figure.
    pub const MOST_VIEWS: usize = 24;

    /// One view, or the overview, as the usual files.
    pub fn of(view: &str, lang: Lang) -> Self {
        Composition {
            views: vec![view.to_owned()],
            columns: Composition::COLUMNS,
            lang,
            page: Page::default(),
            dpi: Composition::DPI,
            formats: vec![Format::Svg, Format::Pdf, Format::Png],
            table: false,
        }
    }

    /// Whether it is the table of the run and nothing else.
    pub fn is_table(&self) -> bool {
        self.table && self.formats.is_empty()
    }

    /// Its name in file names: the view, or the views joined by `+`.
    pub fn name(&self) -> String {
        self.views.join("+")
    }
}

/// The figure a composition prints; `None` when a view does not exist for these values, or none is named.
pub fn compose<'a>(session: &'a Session, composition: &Composition) -> Option<Figure<'a>> {
    let lang = composition.lang;
    let ids: Vec<String> = composition.views.iter().flat_map(|v| names(session, v, lang)).collect();
    let single = |id: &String| session.finished_figure(id, lang);
    let mut figures = ids.iter().map(single).collect::<Option<Vec<_>>>()?;
    if figures.len() == 1 && composition.views != [OVERVIEW] {
        return figures.pop();
    }
    let lettered = |(k, f): (usize, &Figure<'_>)| {
        let letter = char::from(b'a' + (k % 26) as u8).to_string();
        if composition.page.letters { format!("({letter}) {}", f.caption) } else { f.caption.clone() }
    };
    let caption: Vec<String> = figures.iter().enumerate().map(lettered).collect();
    let title = rich(session.scene().meta().title.get(lang));
    let panels: Vec<_> = figures.into_iter().flat_map(stacked).collect();
    (!panels.is_empty()).then(|| Figure {
        id: OVERVIEW,
        title,
        panels,
        columns: composition.columns.max(1),
        caption: caption.join(t(" ", "").get(lang)),
    })
}

/// The panels of a figure as one cell of a grid: one column of them, sharing its height.
fn stacked(figure: Figure<'_>) -> impl Iterator<Item = crate::figure::Panel<'_>> {
    figure.panels.into_iter().enumerate().map(|(k, mut panel)| {
        panel.below = k > 0;
        panel
    })
}

fn names(session: &Session, view: &str, lang: Lang) -> Vec<String> {
    if view != OVERVIEW {
        return vec![view.to_owned()];
    }
    let views = session.scene().views(&session.run().values, session.view(lang));
    views.into_iter().filter(|v| v.overview).map(|v| v.id.to_owned()).collect()
}
