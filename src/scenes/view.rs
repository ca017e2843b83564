//! How a run is looked at: through which lens, at which moment, with which options.

use super::{Lens, turn};
use crate::param::Choice;
use crate::text::{Lang, Text, t};

/// From where a run is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Language of every word.
    pub lang: Lang,
    /// Lens.
    pub lens: Lens,
    /// Eigenmode under the magnifying glass, from 0.
    pub mode: usize,
    /// Iteration that counts as now.
    pub now: u64,
    /// A stretch of iterations under inspection, first and last; views set it off from the rest.
    pub brush: Option<[u64; 2]>,
    /// What was chosen for views that leave a choice.
    pub options: Options,
}

impl View {
    /// The start of a run through the first lens.
    pub fn new(lang: Lang) -> Self {
        View { lang, lens: Lens::default(), mode: 0, now: 0, brush: None, options: Options::default() }
    }
}

/// A figure on offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ViewInfo {
    /// Identifier.
    pub id: &'static str,
    /// Title.
    pub title: Text,
    /// A shorter title for where the whole one has no room.
    pub short: Text,
    /// What a reader may choose about it.
    pub options: &'static [Opt],
    /// Whether it shows the state of one moment, so that it changes as the clock runs.
    pub moment: bool,
    /// Whether it is part of the overview, the one figure of a run that shows what matters most.
    pub overview: bool,
}

impl ViewInfo {
    /// A view of the whole run without options, part of the overview.
    pub const fn new(id: &'static str, title: Text) -> Self {
        ViewInfo { id, title, short: title, options: &[], moment: false, overview: true }
    }

    /// The same view with a shorter title for narrow places.
    #[must_use]
    pub const fn briefly(mut self, short: Text) -> Self {
        self.short = short;
        self
    }

    /// The same view with options.
    #[must_use]
    pub const fn with(mut self, options: &'static [Opt]) -> Self {
        self.options = options;
        self
    }

    /// The same view, too special for the overview.
    #[must_use]
    pub const fn apart(mut self) -> Self {
        self.overview = false;
        self
    }

    /// The same view, of one moment.
    #[must_use]
    pub const fn of_moment(mut self) -> Self {
        self.moment = true;
        self
    }
}

/// Something about views that a reader may choose. A choice holds in every view that offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Opt {
    /// Whether a time series has a linear or a logarithmic ordinate.
    Ordinate,
    /// The parameter a root locus runs over.
    Locus,
    /// The parameter along x of a sweep.
    Across,
    /// The parameter along y of a sweep.
    Up,
    /// The quantity a sweep shows.
    Quantity,
    /// How far a surface is turned.
    Azimuth,
    /// From how high a surface is seen.
    Elevation,
}

/// The scale of a time series' ordinate, in the order of [`Opt::Ordinate`].
static ORDINATES: [Choice; 2] =
    [Choice { id: "linear", name: t("linear", "线性") }, Choice { id: "log", name: t("logarithmic", "对数") }];

impl Opt {
    /// Every option.
    pub const ALL: [Opt; 7] =
        [Opt::Ordinate, Opt::Locus, Opt::Across, Opt::Up, Opt::Quantity, Opt::Azimuth, Opt::Elevation];

    /// Identifier in files and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Opt::Ordinate => "ordinate",
            Opt::Locus => "locus",
            Opt::Across => "across",
            Opt::Up => "up",
            Opt::Quantity => "quantity",
            Opt::Azimuth => "azimuth",
            Opt::Elevation => "elevation",
        }
    }

    /// Name in words.
    pub const fn title(self) -> Text {
        match self {
            Opt::Ordinate => t("Ordinate", "纵轴"),
            Opt::Locus => t("Locus over", "根轨迹参数"),
            Opt::Across => t("Across", "横轴参数"),
            Opt::Up => t("Up", "纵轴参数"),
            Opt::Quantity => t("Shows", "显示量"),
            Opt::Azimuth => t("Turned by", "转角"),
            Opt::Elevation => t("Seen from", "俯角"),
        }
    }

    /// What can be chosen in every scene alike; empty where the scene decides.
    pub fn usual_choices(self) -> Vec<Choice> {
        match self {
            Opt::Ordinate => ORDINATES.to_vec(),
            Opt::Azimuth | Opt::Elevation => turn::choices(self),
            Opt::Locus | Opt::Across | Opt::Up | Opt::Quantity => Vec::new(),
        }
    }

    /// Whether it is a direction, chosen by turning what is shown and not from a list.
    pub const fn is_direction(self) -> bool {
        matches!(self, Opt::Azimuth | Opt::Elevation)
    }
}

/// The index of what is chosen for every [`Opt`]; the first choice is the usual one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Options([u8; Opt::ALL.len()]);

impl Options {
    /// The index of what is chosen.
    pub fn get(&self, opt: Opt) -> usize {
        usize::from(self.0[opt as usize])
    }

    /// Chooses another; what is beyond the list counts as the first.
    pub fn set(&mut self, opt: Opt, index: usize) {
        self.0[opt as usize] = u8::try_from(index).unwrap_or(0);
    }
}

/// Something that happened in a run, to jump to.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// Iteration.
    pub at: u64,
    /// What happened, in a few words.
    pub what: String,
}

/// Rows of numbers under headings: the state of a run, or a figure as a screen reader reads it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What the columns hold, with units.
    pub heads: Vec<String>,
    /// Name and numbers of every row; NaN is an empty cell.
    pub rows: Vec<(String, Vec<f64>)>,
}
