//! The sweep in the window: measured aside of it, stopped, gone on with, and a cell clicked.

use std::cell::Cell;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::vec2;
use egui_kittest::{Harness, kittest::Queryable};
use impetus::app::{App, Theme, install_fonts};
use impetus::files::restore;
use impetus::files::{Artwork, Composition};
use impetus::scenes::models::sweep::{FINEST, LEVELS, VIEW};
use impetus::scenes::{Opt, SCENES};
use impetus::session::{Command, Layout, Session, Slot};
use impetus::text::{Lang, fill, survey as words};

const FRAME: Duration = Duration::from_millis(16);

type Window = Harness<'static, App>;

thread_local! {
    /// Whether there was a map after the first frame.
    static EARLY: Cell<Option<bool>> = const { Cell::new(None) };
}

/// The window with a sweep in its only enlarged tile.
fn open(commands: &[Command]) -> Window {
    let mut session = Session::open(SCENES[0]).unwrap();
    let mut layout = Layout::default();
    layout.rows[0].tiles[0].slot = Slot::View(VIEW.into());
    commands.iter().for_each(|c| session.apply(c.clone()).unwrap());
    session.apply(Command::Arrange(layout.maximised(Some(0)))).unwrap();
    show(App::new(session, Lang::En, Theme::Dark))
}

fn show(app: App) -> Window {
    EARLY.set(None);
    let frame = |ui: &mut egui::Ui, app: &mut App| {
        app.frame(ui, FRAME);
        EARLY.set(EARLY.get().or(Some(app.session().sweep_map().is_some())));
    };
    let mut window =
        Harness::builder().with_size(vec2(1280.0, 800.0)).with_context_setup(install_fonts).build_ui_state(frame, app);
    window.run_steps(2);
    window
}

/// Frames until something holds.
fn wait(window: &mut Window, what: &str, holds: impl Fn(&Window) -> bool) {
    let since = Instant::now();
    while !holds(window) {
        assert!(since.elapsed() < Duration::from_secs(60), "{what} never comes");
        std::thread::sleep(Duration::from_millis(5));
        window.run_steps(1);
    }
}

fn set(id: &str, value: f64) -> Command {
    Command::Set { id: id.into(), value }
}

/// Percent measured, as the window says.
fn percent(window: &Window) -> Option<usize> {
    (0..=100).find(|share| {
        let said = [words::MEASURING, words::STOPPED].map(|text| fill(text.en, &[&share.to_string()]));
        said.iter().any(|said| window.query_by_label(said).is_some())
    })
}

fn measured(window: &Window) -> usize {
    window.state().session().sweep_map().map_or(0, |map| map.measured)
}

fn press(window: &mut Window, name: &str) {
    window.get_by_role_and_label(Role::Button, name).click();
    window.run_steps(2);
}

#[test]
fn a_map_is_stopped_and_goes_on_to_the_same_bits() {
    // A cloud of many, so that it takes a while.
    let quantity = |index| Command::Choose(Opt::Quantity, index);
    let mut window = open(&[set("particles", 400.0), quantity(5)]);
    wait(&mut window, "the first impression", |w| measured(w) >= LEVELS[0] * LEVELS[0]);
    assert!(window.query_by_label_contains("measuring · ").is_some(), "how far it is");
    press(&mut window, words::STOP.en);
    assert!(window.query_by_label_contains("stopped at ").is_some());
    window.run_steps(20);
    let (there, share) = (measured(&window), percent(&window));
    std::thread::sleep(Duration::from_millis(150));
    window.run_steps(5);
    assert_eq!(measured(&window), there, "nothing is measured any more");
    assert!(there < FINEST * FINEST && share == Some(100 * there / (FINEST * FINEST)), "{there}: {share:?}");
    let before = window.state().session().sweep_map().unwrap();
    press(&mut window, words::GO_ON.en);
    wait(&mut window, "more cells", |w| measured(w) > there);
    // What was there is still there, to the last bit.
    let after = window.state().session().sweep_map().unwrap();
    let coarse = |k: usize| (FINEST / LEVELS[0]) * k + FINEST / LEVELS[0] / 2;
    for (x, y) in (0..LEVELS[0]).flat_map(|x| (0..LEVELS[0]).map(move |y| (x, y))) {
        let cell = coarse(y) * FINEST + coarse(x);
        assert_eq!(before.values[cell].to_bits(), after.values[cell].to_bits(), "{x}, {y}");
    }
    // Another quantity in between, and the first is gone on with where it was left.
    let left = measured(&window);
    window.state_mut().session_mut().apply(quantity(0)).unwrap();
    wait(&mut window, "a quick map", |w| w.state().session().sweep_map().is_some_and(|m| m.is_finished()));
    let quick = window.state().session().sweep_map().unwrap();
    let bits = |values: &[f64]| values.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(&quick.values), bits(&quick.sweep.finished().unwrap().values), "coarse first or row by row");
    assert!(window.query_by_label(words::STOP.en).is_none(), "nothing more to stop");
    window.state_mut().session_mut().apply(quantity(5)).unwrap();
    window.run_steps(3);
    assert!(measured(&window) >= left && measured(&window) < FINEST * FINEST, "{left}: {}", measured(&window));
}

#[test]
fn a_click_on_a_cell_opens_its_run() {
    let mut window = open(&[]);
    wait(&mut window, "the map", |w| w.state().session().sweep_map().is_some_and(|m| m.is_finished()));
    let before = [window.state().session().read("eta"), window.state().session().read("beta")];
    let map = window.state().session().sweep_map().unwrap();
    let at = egui::pos2(620.0, 420.0);
    window.hover_at(at);
    window.run_steps(2);
    window.drag_at(at);
    window.run_steps(1);
    window.drop_at(at);
    window.run_steps(3);
    let session = window.state().session();
    let now = [session.read("eta"), session.read("beta")];
    assert_ne!(now, before);
    for (value, axis) in now.iter().zip(map.sweep.axes()) {
        assert!((0..FINEST).any(|i| axis.centre(i, FINEST) == *value), "{} = {value} is a cell", axis.spec.id);
    }
    assert!(session.sweep().unwrap() == map.sweep && measured(&window) == FINEST * FINEST, "the map stays");
}

#[test]
fn the_map_of_a_saved_figure_is_measured_aside() {
    let mut session = Session::open(SCENES[0]).unwrap();
    session.advance(session.plan().steps);
    let composition = Composition::of(VIEW, Lang::En);
    let saved = Artwork::new(&session, &composition).unwrap().provenance;
    let map = session.sweep_map().unwrap();
    for data in [saved.data.clone(), "0123456789abcdef".into()] {
        let forged = data != saved.data;
        let restored = restore(&impetus::export::Provenance { data, ..saved.clone() }).unwrap();
        let mut app = App::new(Session::open(SCENES[0]).unwrap(), Lang::En, Theme::Dark);
        app.take(restored);
        let mut window = show(app);
        let complains = |w: &Window| w.query_by_label_contains("differ from those in the file").is_some();
        assert_eq!(EARLY.get(), Some(false), "no frame waits for it");
        wait(&mut window, "the map", |w| w.state().session().sweep_map().is_some_and(|m| m.is_finished()));
        window.run_steps(3);
        assert_eq!(complains(&window), forged, "the numbers are compared once they are there");
        let found = window.state().session().sweep_map().unwrap();
        assert!(found.values.iter().zip(&map.values).all(|(a, b)| a.to_bits() == b.to_bits()));
    }
}
