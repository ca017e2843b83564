//! What is kept of a tile between frames, so that a frame in which nothing changes draws nothing anew.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use egui::epaint::{Mesh, Tessellator};
use egui::text::LayoutJob;
use egui::{Rect, Shape, TextureHandle, Ui};
use egui_plot::PlotTransform;

use super::bar::{self, Bar};
use super::keep;
use super::pen::Pen;
use super::queue::Queue;
use super::thin::Store;
use super::{Look, Subject};
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
        share_x(&figure, &mut self.faces);
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
    /// of one cell of the grid, and those over one clock.
    pub fn head(&self, k: usize) -> usize {
        let shares = |pair: &[Face]| {
            let clocks = [0, 1].map(|i| pair[i].panel.clock);
            pair[1].panel.below || clocks[0].is_some() && clocks[0] == clocks[1]
        };
        let joined = self.faces.windows(2).map(shares).collect::<Vec<_>>();
        (1..=k).rev().find(|i| !joined.get(i - 1).copied().unwrap_or(false)).unwrap_or(0)
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
    Face { panel: keep::bare(panel), ranges, insets, bar: bar::of(panel), plate: RefCell::default() }
}

/// Panels stacked in one cell show the same stretch of x.
fn share_x(figure: &Figure<'_>, faces: &mut [Face]) {
    for cell in figure.cells() {
        let Some(faces) = faces.get_mut(cell) else { continue };
        let ends = faces.iter().map(|f| f.ranges[0]);
        let Some([low, high]) = ends.reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1])]) else { continue };
        faces.iter_mut().for_each(|f| f.ranges[0] = [low, high]);
    }
}

/// The finished drawing of a panel's layers.
#[derive(Default)]
pub struct Plate {
    key: Option<Key>,
    shapes: Vec<Shape>,
    /// The pictures among them.
    pictures: Vec<TextureHandle>,
    /// What is known of the panel's long columns.
    pub store: Store,
}

/// What a drawing depends on beside the figure.
#[derive(Clone, Copy, PartialEq)]
struct Key {
    frame: Rect,
    bounds: [[f64; 2]; 2],
    scale: f32,
    colours: [egui::Color32; 4],
}

impl Plate {
    /// The drawing of a panel, made again if it has to be.
    pub fn draw(
        &mut self,
        ui: &Ui,
        transform: &PlotTransform,
        subject: &Subject<'_>,
        look: &Look<'_>,
        label: Option<&LayoutJob>,
        out: &mut Vec<Shape>,
    ) {
        let key = Key {
            frame: *transform.frame(),
            bounds: [transform.bounds().min(), transform.bounds().max()],
            scale: ui.ctx().pixels_per_point(),
            colours: [look.skin.card, look.skin.text, look.skin.quiet, look.skin.line],
        };
        if self.key != Some(key) || self.shapes.iter().any(|s| stale(ui, s)) {
            let mut shapes = Vec::new();
            if let Some(panel) = (subject.whole)() {
                let pen = Pen::new(ui, panel, transform, look.skin, &self.store);
                let label = label.map_or_else(Vec::new, |label| pen.label(label));
                pen.all(&mut shapes);
                shapes.extend(label);
                if panel.clock.is_some() {
                    pen.exits(subject.ranges[1], look.lang, &mut shapes);
                }
                self.pictures = pen.pictures.take();
            }
            self.shapes = pressed(ui, shapes, key.frame);
            self.key = Some(key);
        }
        out.extend(self.shapes.iter().cloned());
    }
}

/// Whether a shape's letters were set for a font texture that is no longer there.
fn stale(ui: &Ui, shape: &Shape) -> bool {
    let Shape::Text(text) = shape else { return false };
    let again = ui.fonts_mut(|f| f.layout_job((*text.galley.job).clone()));
    !std::sync::Arc::ptr_eq(&again, &text.galley)
}

/// Shapes with neighbouring strokes and fills turned into one mesh each, which costs a frame only its
/// copying. Letters and round markers depend on the font texture and stay as they are; so do pictures.
fn pressed(ui: &Ui, shapes: Vec<Shape>, frame: Rect) -> Vec<Shape> {
    let options = ui.ctx().tessellation_options(|o| *o);
    let mut tessellator = Tessellator::new(ui.ctx().pixels_per_point(), options, [1, 1], Vec::new());
    tessellator.set_clip_rect(frame.expand(2.0));
    let (mut out, mut mesh) = (Vec::new(), Mesh::default());
    for shape in shapes {
        let picture = shape.texture_id() != egui::TextureId::default();
        if picture || matches!(&shape, Shape::Text(_) | Shape::Circle(_) | Shape::Callback(_)) {
            flush(&mut mesh, &mut out);
            out.push(shape);
        } else {
            tessellator.tessellate_shape(shape, &mut mesh);
        }
    }
    flush(&mut mesh, &mut out);
    out
}

fn flush(mesh: &mut Mesh, out: &mut Vec<Shape>) {
    if !mesh.is_empty() {
        out.push(Shape::mesh(std::mem::take(mesh)));
    }
}
