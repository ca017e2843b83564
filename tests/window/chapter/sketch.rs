//! Sketching a curve: drawn by the pointer, compared with the run.

use egui::accesskit::Role;
use egui::{Pos2, Rect, pos2};
use egui_kittest::kittest::Queryable as _;
use impetus::app::reader::Guess;
use impetus::core::Probe;
use impetus::figure::{Figure, Now, Rich};
use impetus::files::Outcome;
use impetus::param::{Spec, Values};
use impetus::scenes::{
    Chip, Entry, Lens, Meta, Moment, Predict, Readout, Run, Scene, SceneError, Setup, Story, Table, View, ViewInfo,
};
use impetus::text::{chapter as words, t};

use super::{Window, bowl, click, open};

/// The bowl, of which a coordinate is to be sketched.
struct Sketched;

static STORY: Story = Story {
    predict: Predict::Sketch {
        question: t("How does the first coordinate move?", "第一坐标如何运动？"),
        place: ["coordinates", "x1"],
        truth: |seen| {
            let steps = 0..=seen.run.done();
            [steps.clone().map(|n| n as f64).collect(), steps.map(|n| seen.at(1, Probe::Position(0), n)).collect()]
        },
    },
    answer: |_| String::new(),
    claims: &[],
    reading: &[],
    checks: &[],
};

impl Scene for Sketched {
    fn meta(&self) -> &'static Meta {
        bowl().meta()
    }
    fn params(&self) -> &'static [&'static Spec] {
        bowl().params()
    }
    fn lenses(&self) -> &'static [Lens] {
        bowl().lenses()
    }
    fn tiles(&self, lens: Lens) -> &'static [&'static str] {
        bowl().tiles(lens)
    }
    fn controls(&self, lens: Lens, values: &Values) -> Vec<&'static Spec> {
        bowl().controls(lens, values)
    }
    fn modes(&self, values: &Values) -> Vec<Rich> {
        bowl().modes(values)
    }
    fn build(&self, values: &Values, seed: u64) -> Result<Setup, SceneError> {
        bowl().build(values, seed)
    }
    fn views(&self, values: &Values, view: View) -> Vec<ViewInfo> {
        bowl().views(values, view)
    }
    fn figure<'a>(&self, id: &str, run: &'a Run, view: View) -> Option<Figure<'a>> {
        bowl().figure(id, run, view)
    }
    fn marks(&self, id: &str, run: &Run, view: View, at: f64) -> Vec<Vec<Now>> {
        bowl().marks(id, run, view, at)
    }
    fn moments(&self, run: &Run, view: View) -> Vec<Moment> {
        bowl().moments(run, view)
    }
    fn state(&self, run: &Run, view: View) -> Table {
        bowl().state(run, view)
    }
    fn readouts(&self, run: &Run, view: View) -> Vec<Readout> {
        bowl().readouts(run, view)
    }
    fn chips(&self, run: &Run, view: View) -> Vec<Chip> {
        bowl().chips(run, view)
    }
    fn dictionary(&self, values: &Values, view: View) -> (String, Vec<Entry>) {
        bowl().dictionary(values, view)
    }
    fn story(&self) -> Option<&'static Story> {
        Some(&STORY)
    }
    fn notes(&self, run: &Run, view: View) -> Vec<String> {
        bowl().notes(run, view)
    }
    fn drag(&self, handle: &str, at: [f64; 2], values: &mut Values, view: View) -> Result<(), SceneError> {
        bowl().drag(handle, at, values, view)
    }
}

fn paper(window: &Window) -> Rect {
    window.get_by_role_and_label(Role::Image, "Sketch: coordinate x1 over iteration n").rect()
}

/// The ranges of the axes, and the true curve.
fn truth(window: &Window) -> ([[f64; 2]; 2], Vec<[f64; 2]>) {
    let session = window.state().session();
    let figure = session.figure("coordinates", impetus::text::Lang::En).unwrap();
    let panel = figure.panels.iter().find(|panel| panel.id == "x1").unwrap();
    let lane = &session.run().lanes[1];
    let curve = (0..=session.run().done()).map(|n| [n as f64, lane.at(Probe::Position(0), n).unwrap()]).collect();
    (impetus::figure::fit_ranges(panel), curve)
}

fn draw(window: &mut Window, points: &[Pos2]) {
    window.hover_at(points[0]);
    window.run_steps(1);
    window.drag_at(points[0]);
    window.run_steps(1);
    for point in points {
        window.hover_at(*point);
        window.run_steps(1);
    }
    window.drop_at(points[points.len() - 1]);
    window.run_steps(2);
}

fn begun() -> Window {
    let mut window = open(&Sketched);
    click(&mut window, words::PREDICT);
    window
}

fn drawn(window: &Window) -> (f64, f64) {
    match window.state().guess() {
        Some(Guess::Drawn { gap: Some(gap), .. }) => (gap.off, gap.width),
        other => panic!("{other:?}"),
    }
}

/// The true curve followed with the pointer is off by less than the width of a line.
#[test]
fn the_curve_of_the_run_is_drawn_by_hand() {
    let mut window = begun();
    let (rect, ([[x0, x1], [y0, y1]], curve)) = (paper(&window), truth(&window));
    let place = |[x, y]: [f64; 2]| {
        let share = [(x - x0) / (x1 - x0), (y - y0) / (y1 - y0)].map(|s| s as f32);
        pos2(rect.left() + share[0] * rect.width(), rect.bottom() - share[1] * rect.height())
    };
    draw(&mut window, &curve.iter().map(|p| place(*p)).collect::<Vec<_>>());
    click(&mut window, words::COMPARE);
    let (off, width) = drawn(&window);
    assert!(off < 0.01 && width > 0.98, "{off} over {width}");
    assert_eq!(window.state().progress().of("bowl").prediction, Some(Outcome::Drawn));
    click(&mut window, words::SHOW_BENCH);
    click(&mut window, words::REVIEW);
    assert!(super::shows(&window, words::SHOW_BENCH));
}

/// A level line is off by the root mean square of what the run does about it.
#[test]
fn the_measure_is_the_root_mean_square() {
    let mut window = begun();
    let (rect, ([_, [y0, y1]], curve)) = (paper(&window), truth(&window));
    draw(&mut window, &[rect.left_center(), rect.right_center()]);
    click(&mut window, words::COMPARE);
    let (off, _) = drawn(&window);
    // Along the straight lines between iterations, where the sketch is held against them.
    let fine = (0..=10_000).map(|i| {
        let at = (curve.len() - 1) as f64 * f64::from(i) / 10_000.0;
        let k = (at as usize).min(curve.len() - 2);
        let y = curve[k][1] + (at - k as f64) * (curve[k + 1][1] - curve[k][1]);
        ((y - y0) / (y1 - y0) - 0.5).powi(2)
    });
    let wanted = (fine.sum::<f64>() / 10_001.0).sqrt();
    assert!((off - wanted).abs() < 0.005, "{off} against {wanted}");
}

/// Too little is not compared, and what is drawn can be erased.
#[test]
fn too_little_is_not_compared() {
    let mut window = begun();
    let rect = paper(&window);
    draw(&mut window, &[rect.left_center(), rect.left_center() + egui::vec2(0.1 * rect.width(), 0.0)]);
    assert!(super::shows(&window, words::DRAW_MORE));
    window.get_by_label(words::COMPARE.en).click();
    window.run_steps(2);
    assert!(window.state().guess().is_none());
    click(&mut window, words::ERASE);
    assert!(super::shows(&window, words::DRAW) && !super::shows(&window, words::DRAW_MORE));
}
