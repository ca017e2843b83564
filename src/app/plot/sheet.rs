//! What is kept of a tile between frames, so that a frame in which nothing changes draws nothing anew.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::bar::{self, Bar};
use super::keep;
use super::legend::Legend;
use super::plate::Plate;
use super::queue::Queue;
use crate::figure::{Figure, Panel, cells, fit_ranges};
use crate::scenes::View;
use crate::session::{Document, Session};

/// A run that is being computed is drawn anew when it has grown by one part in so many, so that all the
/// drawing stays in proportion to its length.
const LAG: u64 = 64;
/// Figures of up to this many numbers are kept whole; longer ones are borrowed from the run again.
const MOST_KEPT: usize = 400_000;
/// And while the run is being computed, when they change at every frame.
const MOST_KEPT_GROWING: usize = 40_000;

/// The sheets of all tiles, by place.
#[derive(Default)]
pub struct Sheets {
    all: RefCell<BTreeMap<usize, Rc<RefCell<Sheet>>>>,
    queue: Queue,
}

impl Sheets {
    /// A new frame begins.
    pub fn begin(&self) {
        self.queue.begin();
    }

    /// Whether a sheet waits for another frame to be brought up to date in.
    pub fn are_behind(&self) -> bool {
        self.queue.is_waited_in()
    }

    /// The sheet of a place, brought up to date; `None` if there is no such figure.
    pub fn refreshed(
        &self,
        place: usize,
        session: &Session,
        id: &str,
        view: View,
        moment: bool,
    ) -> Option<Rc<RefCell<Sheet>>> {
        let sheet = self.all.borrow_mut().entry(place).or_default().clone();
        let there = sheet.borrow_mut().refresh(session, id, view, moment, || self.queue.ask(place));
        there.then_some(sheet)
    }
}

/// A figure as a tile shows it.
#[derive(Default)]
pub struct Sheet {
    stamp: Option<Stamp>,
    /// The panels without their layers, and what was drawn of them.
    pub faces: Vec<Face>,
    /// Title of the figure, in plain characters.
    pub title: String,
    /// Cells side by side on paper.
    pub columns: usize,
    kept: Option<Figure<'static>>,
}

/// What a figure depends on.
#[derive(PartialEq)]
struct Stamp {
    revision: u64,
    way: u64,
    done: u64,
    document: Document,
    id: String,
    view: View,
}

impl Stamp {
    /// Whether a figure of this stamp and one of a later one differ at most by how far the run has gone and
    /// the moment shown.
    fn grows_into(&self, later: &Stamp) -> bool {
        let view = View { now: later.view.now, ..self.view };
        (self.way, self.id.as_str(), view) == (later.way, later.id.as_str(), later.view)
            && self.document == later.document
    }

    /// Whether there is only more of the same run, seen at the same moment, so that the figure may wait
    /// for a frame or two.
    fn may_wait_for(&self, later: &Stamp) -> bool {
        self.view == later.view && self.grows_into(later)
    }

    /// Whether there is very little more.
    fn is_nearly(&self, later: &Stamp) -> bool {
        later.done.saturating_sub(self.done) * LAG < self.done
    }
}

/// A panel without its layers.
pub struct Face {
    /// Axes, handles and all that is said of the panel.
    pub panel: Panel<'static>,
    /// What its axes show unless they are moved.
    pub ranges: [[f64; 2]; 2],
    /// Whether smaller panels lie inside it.
    pub insets: bool,
    /// What its colours stand for.
    pub bar: Option<Bar>,
    /// The names of its layers.
    pub legend: Legend,
    /// What was drawn of it.
    pub plate: RefCell<Plate>,
}

impl Face {
    /// Takes over what is known of the long columns of an older face of the same panel.
    fn inherit(&self, old: &Face) {
        if self.panel.id == old.panel.id {
            self.plate.borrow_mut().store = std::mem::take(&mut old.plate.borrow_mut().store);
        }
    }
}

impl Sheet {
    /// Brings the sheet up to date, of a run that only went on when it is its `turn`; whether there is such
    /// a figure.
    fn refresh(&mut self, session: &Session, id: &str, view: View, moment: bool, turn: impl FnOnce() -> bool) -> bool {
        let view = if moment { view } else { View { now: 0, ..view } };
        let done = session.pins().iter().map(|p| p.run.done()).sum::<u64>() + session.run().done();
        let revision = session.revision();
        let same = |s: &Stamp| {
            (s.revision, s.done, s.id.as_str(), s.view) == (revision, done, id, view)
                && s.document == *session.document()
        };
        if self.stamp.as_ref().is_some_and(same) {
            return !self.faces.is_empty();
        }
        let (document, way) = (session.document().clone(), session.way());
        let stamp = Stamp { revision, way, done, document, id: id.into(), view };
        if let Some(old) = self.stamp.as_ref().filter(|old| old.may_wait_for(&stamp) && !self.faces.is_empty())
            && (!session.is_computed() && old.is_nearly(&stamp) || !turn())
        {
            return true;
        }
        let old = std::mem::take(self);
        // What is known of long columns still holds if the same run only went on.
        let grown = old.stamp.as_ref().is_some_and(|s| s.grows_into(&stamp));
        self.stamp = Some(stamp);
        let Some(figure) = session.figure(id, view.lang) else { return false };
        (self.title, self.columns) = (figure.title.plain(), figure.columns);
        self.faces = figure.panels.iter().map(face).collect();
        if grown {
            self.faces.iter().zip(&old.faces).for_each(|(new, old)| new.inherit(old));
        }
        share_x(&mut self.faces);
        let most = if session.is_computed() { MOST_KEPT } else { MOST_KEPT_GROWING };
        if keep::numbers(&figure) <= most {
            self.kept = Some(keep::owned(figure));
        }
        true
    }

    /// The panels of each cell of the grid.
    pub fn cells(&self) -> Vec<Range<usize>> {
        cells(self.faces.iter().map(|face| face.panel.below))
    }

    /// The first of the panels one under another, `k` among them, that show the same stretch of x: those
    /// of one cell of the grid over one quantity, and those over one clock.
    pub fn head(&self, k: usize) -> usize {
        let shares = |pair: &[Face]| {
            let clocks = [0, 1].map(|i| pair[i].panel.clock);
            joined(&pair[0], &pair[1]) || clocks[0].is_some() && clocks[0] == clocks[1]
        };
        let shared = self.faces.windows(2).map(shares).collect::<Vec<_>>();
        (1..=k).rev().find(|i| !shared.get(i - 1).copied().unwrap_or(false)).unwrap_or(0)
    }

    /// The figure with all its layers.
    pub fn figure<'a>(
        &'a self,
        fresh: &'a OnceCell<Option<Figure<'a>>>,
        make: impl FnOnce() -> Option<Figure<'a>>,
    ) -> Option<&'a Figure<'a>> {
        self.kept.as_ref().or_else(|| fresh.get_or_init(make).as_ref())
    }
}

fn face(panel: &Panel<'_>) -> Face {
    let ranges = fit_ranges(panel);
    let insets = !panel.insets.is_empty();
    let (bar, legend) = (bar::of(panel), Legend::of(panel));
    Face { panel: keep::bare(panel), ranges, insets, bar, legend, plate: RefCell::default() }
}

/// Whether a face lies under another in the same cell and shows the same quantity along x.
fn joined(above: &Face, below: &Face) -> bool {
    below.panel.below && above.panel.x.is_like(&below.panel.x)
}

/// Joined panels show the same stretch of x.
fn share_x(faces: &mut [Face]) {
    for faces in faces.chunk_by_mut(joined) {
        let ends = faces.iter().map(|f| f.ranges[0]);
        let Some([low, high]) = ends.reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1])]) else { continue };
        faces.iter_mut().for_each(|f| f.ranges[0] = [low, high]);
    }
}

#[cfg(test)]
mod tests {
    use super::Sheet;
    use crate::scenes::{View, find};
    use crate::session::Session;
    use crate::text::Lang;

    /// Panels under one another share their axis along x if it is one axis, and only then.
    #[test]
    fn only_like_axes_are_shared() {
        for (scene, view, heads) in [("conventions", "rates", [0, 1]), ("filter", "signal", [0, 0])] {
            let mut session = Session::open(find(scene).unwrap()).unwrap();
            session.advance(u64::MAX);
            let mut sheet = Sheet::default();
            assert!(sheet.refresh(&session, view, View::new(Lang::En), false, || true), "{scene}: no {view}");
            assert_eq!([0, 1].map(|k| sheet.head(k)), heads, "{scene}");
            let [above, below] = [0, 1].map(|k| sheet.faces[k].ranges[0]);
            assert_eq!(above == below, heads == [0, 0], "{scene}: {above:?} over {below:?}");
        }
    }
}
