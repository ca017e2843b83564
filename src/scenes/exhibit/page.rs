//! A page of an exhibit: a view, how it is drawn, and where the present moment lies on it.

use crate::core::Probe;
use crate::figure::{Figure, Now, Panel, rich};
use crate::param::Values;
use crate::scenes::models::clock::clock;
use crate::scenes::{LaneRun, Seen, ViewInfo};
use crate::text::{Text, t};

/// A view of an exhibit.
pub struct Page {
    /// What it is.
    pub info: ViewInfo,
    /// Its panels.
    pub draw: for<'a> fn(&Seen<'a>) -> Vec<Panel<'a>>,
    /// What they show, in whole sentences.
    pub caption: Caption,
    /// Cells side by side.
    pub columns: usize,
    /// Where the moment lies on every panel, in their order; beyond the list it lies nowhere.
    pub moves: &'static [Moves],
    /// Whether it exists for these values.
    pub there: fn(&Values) -> bool,
}

/// What a page shows, in whole sentences.
#[derive(Clone, Copy)]
pub enum Caption {
    /// Whatever the numbers are.
    Fixed(Text),
    /// With numbers of the run.
    Told(fn(&Seen<'_>) -> String),
}

/// Where the present moment lies on a panel.
#[derive(Clone, Copy)]
pub enum Moves {
    /// Along a clock, whose length of an iteration the panel has.
    Clock,
    /// At two numbers every lane records.
    Plane(Probe, Probe),
    /// Where this says for a lane so many iterations into the run.
    At(fn(&Seen<'_>, &LaneRun, f64) -> Option<[f64; 2]>),
}

impl Page {
    /// A page of one column, without a moment.
    pub const fn new(id: &'static str, title: Text, draw: for<'a> fn(&Seen<'a>) -> Vec<Panel<'a>>) -> Page {
        let info = ViewInfo::new(id, title);
        Page { info, draw, caption: Caption::Fixed(title), columns: 1, moves: &[], there: |_| true }
    }

    /// The same page with what it shows, in whole sentences of both languages.
    #[must_use]
    pub const fn showing(mut self, en: &'static str, zh: &'static str) -> Page {
        self.caption = Caption::Fixed(t(en, zh));
        self
    }

    /// A page that the scene's survey fills; see [`crate::scenes::models::sweep`].
    pub const fn sweep() -> Page {
        use crate::scenes::{Opt, models::sweep};
        let page = Page::new(sweep::VIEW, sweep::TITLE, |_| Vec::new());
        let info = page.info.with(&[Opt::Across, Opt::Up, Opt::Quantity]).apart();
        Page { info, ..page }
    }

    /// The same page where the moment lies there.
    #[must_use]
    pub const fn moving(mut self, moves: &'static [Moves]) -> Page {
        self.moves = moves;
        self
    }

    /// The same page, told with the numbers of the run.
    #[must_use]
    pub const fn told(mut self, caption: fn(&Seen<'_>) -> String) -> Page {
        self.caption = Caption::Told(caption);
        self
    }

    /// The same page with a shorter title for narrow places.
    #[must_use]
    pub const fn briefly(mut self, short: Text) -> Page {
        self.info = self.info.briefly(short);
        self
    }

    /// The same page, too special for the overview.
    #[must_use]
    pub const fn apart(mut self) -> Page {
        self.info = self.info.apart();
        self
    }

    /// The same page, which changes as the clock runs.
    #[must_use]
    pub const fn of_moment(mut self) -> Page {
        self.info = self.info.of_moment();
        self
    }

    /// The same page with its cells in so many columns.
    #[must_use]
    pub const fn columns(mut self, columns: usize) -> Page {
        self.columns = columns;
        self
    }

    /// The same page, for some values only.
    #[must_use]
    pub const fn only(mut self, there: fn(&Values) -> bool) -> Page {
        self.there = there;
        self
    }

    pub(super) fn figure<'a>(&self, seen: Seen<'a>) -> Figure<'a> {
        let title: Text = self.info.title;
        Figure {
            id: self.info.id,
            title: rich(seen.say(title)),
            panels: (self.draw)(&seen),
            columns: self.columns,
            caption: match self.caption {
                Caption::Fixed(text) => seen.say(text).to_owned(),
                Caption::Told(told) => told(&seen),
            },
        }
    }

    pub(super) fn marks(&self, seen: Seen<'_>, moment: f64) -> Vec<Vec<Now>> {
        self.moves.iter().map(|moves| moves.marks(&seen, moment)).collect()
    }
}

impl Moves {
    fn marks(&self, seen: &Seen<'_>, moment: f64) -> Vec<Now> {
        let ring = |place: &dyn Fn(&LaneRun) -> Option<[f64; 2]>| -> Vec<Now> {
            let finite = |p: &[f64; 2]| p.iter().all(|x| x.is_finite());
            let lanes = seen.run.lanes.iter();
            lanes.filter_map(|lane| Some(Now::At(place(lane).filter(finite)?, lane.lane.ink))).collect()
        };
        match *self {
            Moves::Clock => vec![Now::X(moment * clock(seen.run, seen.view).1)],
            Moves::Plane(x, y) => ring(&|lane| Some([lane.between(x, moment)?, lane.between(y, moment)?])),
            Moves::At(place) => ring(&|lane| place(seen, lane, moment)),
        }
    }
}
