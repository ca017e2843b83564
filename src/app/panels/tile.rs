//! The inside of a tile: one view of the run, with the moment shown and the one under the pointer
//! marked in it, or the same in a table.

use std::cell::OnceCell;
use std::ops::Range;

use egui::{Context, Id, Rect, Ui, UiBuilder, Vec2, vec2};

use crate::app::bench::STATE;
use crate::app::plot::{self, Look, Subject, Touch, table};
use crate::app::{Desk, survey};
use crate::figure::{Figure, Ink, Now};
use crate::scenes::Opt;
use crate::scenes::models::sweep;
use crate::scenes::turn::nearest;
use crate::session::Command;

/// In less space than this nothing is drawn.
const LEAST: Vec2 = vec2(48.0, 40.0);

/// Whether the tile at this place shows its numbers in a table.
pub fn table_open(ctx: &Context, place: usize) -> bool {
    ctx.data(|d| d.get_temp(Id::unique(("table", place)))).unwrap_or(false)
}

/// Turns the tile at this place into a table of its numbers, or back.
pub fn toggle_table(ctx: &Context, place: usize) {
    let open = table_open(ctx, place);
    ctx.data_mut(|d| d.insert_temp(Id::unique(("table", place)), !open));
}

/// Draws a view into the space left; `place` tells tiles of the same view apart.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, place: usize, view: &str) {
    let room = ui.available_size();
    if room.x < LEAST.x || room.y < LEAST.y {
        ui.allocate_space(room.max(Vec2::ZERO));
        return;
    }
    if view == STATE.id {
        state(ui, desk, place);
        return;
    }
    let session = desk.session;
    let present = session.view(desk.lang);
    let offered = session.scene().views(&session.run().values, present);
    let moment = offered.iter().any(|v| v.id == view && v.moment);
    let Some(sheet) = desk.sheets.refreshed(place, session, view, present, moment) else { return };
    let (sheet, fresh) = (sheet.borrow(), OnceCell::new());
    let figure = || sheet.figure(&fresh, || session.figure(view, desk.lang));
    if table_open(ui.ctx(), place) {
        if let Some(figure) = figure() {
            table::show(ui, &desk.skin, desk.lang, Id::unique(("table", place)), &table::of_figure(figure, desk.lang));
        }
        return;
    }
    let all = ui.available_rect_before_wrap();
    let touches = panels(ui, desk, place, view, &sheet, &figure);
    for touch in touches {
        answer(desk, view, touch);
    }
    if view == sweep::VIEW {
        survey::overlay(ui, desk, all);
    }
}

/// A column of a grid is at least so wide; where there is less room, there are fewer columns, unless a row of
/// one column would be lower than rows are at least.
const COLUMN: f32 = 230.0;
const ROW: f32 = 75.0;
/// In a narrower column no label is whole.
const NARROWEST: f32 = 140.0;

/// A figure with what marks it at a moment.
struct Drawn<'d, 'f> {
    desk: &'d Desk<'d>,
    place: usize,
    view: &'d str,
    sheet: &'f plot::Sheet,
    figure: &'d dyn Fn() -> Option<&'f Figure<'f>>,
    now: Vec<Vec<Now>>,
    ghosts: Vec<Vec<Now>>,
}

/// Draws the panels of a figure.
fn panels<'f>(
    ui: &mut Ui,
    desk: &Desk<'_>,
    place: usize,
    view: &str,
    sheet: &'f plot::Sheet,
    figure: &dyn Fn() -> Option<&'f Figure<'f>>,
) -> Vec<Touch> {
    let (session, present) = (desk.session, desk.session.view(desk.lang));
    let marks = |at: f64| session.scene().marks(view, session.run(), present, at);
    let now = marks(session.playback().now as f64);
    let ghosts = desk.link.hover.map(marks).unwrap_or_default();
    Drawn { desk, place, view, sheet, figure, now, ghosts }.grid(ui)
}

impl Drawn<'_, '_> {
    /// The cells of the figure in its columns if there is room for them, else one under another.
    fn grid(&self, ui: &mut Ui) -> Vec<Touch> {
        let all = ui.available_rect_before_wrap();
        let cells = self.sheet.cells();
        let is_high = all.height() / (cells.len().max(1) as f32) >= ROW;
        let least = if is_high { COLUMN } else { NARROWEST };
        let columns = self.sheet.columns.min(cells.len()).min((all.width() / least) as usize);
        if columns < 2 {
            return self.stack(ui, 0..self.sheet.faces.len());
        }
        let rows = cells.len().div_ceil(columns);
        let size = vec2(all.width() / columns as f32, all.height() / rows as f32);
        let mut touches = Vec::new();
        for (i, cell) in cells.into_iter().enumerate() {
            let corner = all.min + vec2(size.x * (i % columns) as f32, size.y * (i / columns) as f32);
            let room = UiBuilder::new().max_rect(Rect::from_min_size(corner, size)).id_salt(("cell", i));
            touches.extend(ui.scope_builder(room, |ui| self.stack(ui, cell)).inner);
        }
        touches
    }

    /// Some panels one under another.
    fn stack(&self, ui: &mut Ui, some: Range<usize>) -> Vec<Touch> {
        let faces = self.sheet.faces.get(some.clone()).unwrap_or(&[]);
        let total: f64 = faces.iter().map(|f| f.panel.share).sum();
        let last = some.end.saturating_sub(1);
        let numbered = |k: usize| k == last || self.sheet.head(k + 1) == k + 1;
        let below = |k: usize| if numbered(k) { plot::X_AXIS } else { 0.0 };
        // The numbers of an axis are no part of the height that is shared.
        let height = ui.available_height() - some.clone().map(below).sum::<f32>();
        let mut touches = Vec::new();
        for (k, face) in some.zip(faces) {
            let own = (height * (face.panel.share / total) as f32 - 2.0).max(1.0) + below(k);
            let space = vec2(ui.available_width(), own);
            let space = if k == last { ui.available_size() } else { space }.max(Vec2::ZERO);
            let look = self.look(k, numbered(k));
            let whole = || (self.figure)()?.panels.get(k);
            let subject = Subject::new(face, &whole);
            touches.extend(ui.allocate_ui(space, |ui| plot::show_subject(ui, &subject, &look)).inner);
        }
        touches
    }

    /// How panel `k` is drawn, with or without numbers along x.
    fn look(&self, k: usize, x_axis: bool) -> Look<'_> {
        let Drawn { desk, place, view, sheet, .. } = self;
        let id = |k: usize| {
            let panel = sheet.faces.get(k).map_or("", |f| f.panel.id);
            Id::unique(("plot", *place, *view, panel))
        };
        let (run, session) = (desk.session.run(), desk.session);
        let mut look = Look::new(&desk.skin, desk.lang, id(k));
        look.x_id = id(sheet.head(k));
        look.x_axis = x_axis;
        look.title = &sheet.title;
        look.now = self.now.get(k).map_or(&[], Vec::as_slice);
        look.ghosts = self.ghosts.get(k).map_or(&[], Vec::as_slice);
        look.link = desk.link;
        look.brush = session.look().brush.map(|b| b.map(|n| n as f64));
        look.moment = session.playback().now as f64;
        look.clock = [run.horizon as f64, run.seconds];
        look
    }
}

fn answer(desk: &mut Desk<'_>, view: &str, touch: Touch) {
    let whole = |n: f64| n.round().max(0.0) as u64;
    match touch {
        Touch::Handle(handle, at) => desk.push(Command::Drag { handle, at }),
        Touch::Now(n) => desk.push(Command::Seek(whole(n))),
        Touch::Brush(stretch) => {
            desk.link.draft = None;
            desk.push(Command::Brush(stretch.map(|s| s.map(whole))));
        }
        Touch::Draft(stretch) => desk.link.draft = Some(stretch),
        Touch::Window(window) => desk.link.window = window,
        Touch::Turn(angles) => turn(desk, angles),
        Touch::Hover(moment) => desk.link.point_at(moment),
        Touch::Near(ink, sample, at) => {
            if let Some(moment) = moment_of(desk, view, ink, sample, at) {
                desk.link.point_at(moment);
            }
        }
    }
}

/// Looks at a surface from azimuth and elevation in degrees, or as at first.
fn turn(desk: &mut Desk<'_>, angles: Option<[f64; 2]>) {
    let chosen = angles.map_or([0, 0], nearest);
    for (opt, index) in [Opt::Azimuth, Opt::Elevation].into_iter().zip(chosen) {
        desk.push(Command::Choose(opt, index));
    }
}

/// The moment that a place on a lane's path belongs to: rows of a trace, counted from the start or from
/// the first whole iteration, if the scene's own mark of that moment lies there.
fn moment_of(desk: &Desk<'_>, view: &str, ink: Ink, sample: f64, at: [f64; 2]) -> Option<f64> {
    let (session, present) = (desk.session, desk.session.view(desk.lang));
    let run = session.run();
    let lane = run.lanes.iter().find(|l| l.lane.ink == ink)?;
    let candidates = [0.0, 1.0].map(|first| first + sample / lane.lane.substeps as f64);
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-3 * (a.abs() + b.abs()) + 1e-9;
    let lies = |moment: &f64| {
        let marks = session.scene().marks(view, run, present, *moment);
        let hit = |mark: &Now| matches!(mark, Now::At(p, i) if *i == ink && near(p[0], at[0]) && near(p[1], at[1]));
        marks.iter().flatten().any(hit)
    };
    candidates.into_iter().filter(|n| *n <= run.horizon as f64).find(lies)
}

fn state(ui: &mut Ui, desk: &Desk<'_>, place: usize) {
    let (session, view) = (desk.session, desk.session.view(desk.lang));
    let title = desk.say(STATE.title);
    let numbers = session.scene().state(session.run(), view);
    table::show(ui, &desk.skin, desk.lang, Id::unique(("state", place)), &table::of_state(title.to_owned(), &numbers));
}
