//! The plots of the bench, by pointer, wheel and keyboard. No display, no GPU.

mod alone;
mod hostile;
mod tables;
mod turning;

use std::time::Duration;

use egui::accesskit::Role;
use egui::{Event, Id, Key, Modifiers, MouseWheelUnit, Pos2, Rect, TouchPhase, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_plot::PlotTransform;
use impetus::app::{App, Theme, install_fonts};
use impetus::core::Probe;
use impetus::scenes::{Lens, SCENES};
use impetus::session::{Command, Session};
use impetus::text::Lang;

type Window = Harness<'static, App>;

fn open() -> Window {
    let mut session = Session::open(SCENES[0]).unwrap();
    session.advance(20);
    let mut window = Harness::builder()
        .with_size(vec2(1280.0, 800.0))
        .with_os(egui::os::OperatingSystem::Nix)
        .with_context_setup(install_fonts)
        .build_ui_state(
            |ui, app: &mut App| app.frame(ui, Duration::from_millis(16)),
            App::new(session, Lang::En, Theme::Dark),
        );
    window.run_steps(4);
    window
}

/// The plot of a panel as it was last drawn.
fn plot(window: &Window, place: usize, view: &str, panel: &str) -> PlotTransform {
    let id = Id::unique(("plot", place, view, panel)).with("transform");
    window.ctx.data(|d| d.get_temp(id)).unwrap_or_else(|| panic!("{view} {panel} is shown"))
}

fn series(window: &Window) -> PlotTransform {
    plot(window, 0, "series", "position")
}

fn inside(plot: &PlotTransform, x: f32, y: f32) -> Pos2 {
    plot.frame().lerp_inside(vec2(x, y))
}

fn steps(window: &mut Window, events: &[Event]) {
    for event in events {
        window.event(event.clone());
        window.run_steps(1);
    }
    window.run_steps(2);
}

fn wheel(window: &mut Window, at: Pos2, delta: Vec2) {
    let (unit, modifiers, phase) = (MouseWheelUnit::Point, Modifiers::NONE, TouchPhase::Move);
    steps(
        window,
        &[
            Event::PointerMoved(at),
            Event::MouseWheel { unit, delta, modifiers, phase, source: egui::MouseWheelSource::Unknown },
        ],
    );
    // The wheel turns smoothly over some frames.
    window.run_steps(40);
}

/// The names of all plots over the clock.
fn clocks(window: &Window) -> Vec<String> {
    let plots = window.query_all_by_role(Role::Image);
    let names = plots.filter_map(|n| n.accesskit_node().label()).map(|l| l.to_string());
    names.filter(|l| l.contains("over iteration") || l.contains("over time")).collect()
}

#[test]
fn one_pointer_reads_every_clock() {
    let mut window = open();
    assert_eq!(clocks(&window).len(), 3, "{:?}", clocks(&window));
    assert!(clocks(&window).iter().all(|l| l.contains("; n = 0;")), "{:?}", clocks(&window));
    let at = inside(&series(&window), 0.53, 0.5);
    window.hover_at(at);
    window.run_steps(3);
    let moment = window.state().link().hover.expect("the pointer is over a clock");
    assert!((moment - 10.6).abs() < 0.05, "{moment}");
    let lane = window.state().session().run().lane(Lens::Spring).unwrap();
    let [q, loss] = [Probe::Position(0), Probe::Potential].map(|p| lane.between(p, moment).unwrap());
    let said = clocks(&window);
    assert!(said.iter().all(|l| l.contains("; n = 10.6")), "{said:?}");
    let number = |line: &str| -> f64 {
        let text = line.split("; spring ").nth(1).and_then(|t| t.split(';').next()).expect("the spring is read");
        text.replace('−', "-").parse().unwrap_or_else(|_| panic!("{text}"))
    };
    assert!((number(&said[0]) / q - 1.0).abs() < 2e-3, "{} against {q}", said[0]);
    // Between two samples a value on a logarithmic axis lies on the straight line drawn.
    let log = said.iter().find(|l| l.starts_with("Loss")).expect("the loss is a clock");
    assert!((number(log) / loss - 1.0).abs() < 2e-2, "{log} against {loss}");
    window.remove_cursor();
    window.run_steps(3);
    assert_eq!(window.state().link().hover, None);
    assert!(clocks(&window).iter().all(|l| l.contains("; n = 0;")));
}

#[test]
fn a_path_in_the_plane_points_at_its_moment() {
    let mut window = open();
    let phase = plot(&window, 1, "phase", "phase");
    let lane = window.state().session().run().lane(Lens::Spring).unwrap();
    let q = lane.between(Probe::Position(0), 3.5).unwrap();
    let before = lane.between(Probe::Position(0), 2.5).unwrap();
    let at = phase.position_from_point(&egui_plot::PlotPoint::new(q, q - before));
    window.hover_at(at);
    window.run_steps(3);
    let moment = window.state().link().hover.expect("the spring passes here");
    assert!((moment - 3.5).abs() < 0.1, "{moment}");
}

#[test]
fn a_moving_pointer_asks_for_no_frames_of_its_own() {
    let mut window = open();
    window.hover_at(inside(&series(&window), 0.4, 0.4));
    window.run_steps(4);
    let frames = window.try_run().expect("a resting pointer lets the window rest");
    assert!(frames <= 4, "{frames} frames");
}

#[test]
fn clocks_zoom_together_about_the_pointer_and_come_back() {
    let mut window = open();
    let at = inside(&series(&window), 0.3, 0.5);
    wheel(&mut window, at, vec2(0.0, 150.0));
    let [a, b] = window.state().link().window.expect("the wheel zooms");
    assert!(b - a < 15.0 && b - a > 4.0, "{a}..{b}");
    assert!((a + 0.3 * (b - a) - 6.0).abs() < 0.05, "the moment under the pointer stays: {a}..{b}");
    let x = |window: &Window, place, view, panel| {
        let plot = plot(window, place, view, panel);
        [plot.bounds().min()[0], plot.bounds().max()[0]]
    };
    for (place, view, panel) in [(0, "series", "position"), (0, "series", "mismatch"), (2, "loss", "loss")] {
        assert_eq!(x(&window, place, view, panel), [a, b], "{view} {panel}");
    }
    let phase = |window: &Window| plot(window, 1, "phase", "phase").bounds().range_x();
    let (usual, y) = (phase(&window), series(&window).bounds().range_y());
    // In seconds it is the same stretch.
    window.key_press(Key::Num2);
    window.run_steps(3);
    let seconds = window.state().session().run().seconds;
    for (at, want) in x(&window, 0, "series", "position").into_iter().zip([a, b]) {
        assert!((at - want * seconds).abs() < 1e-12);
    }
    window.key_press(Key::Num1);
    window.run_steps(3);
    wheel(&mut window, at, vec2(-40.0, 0.0));
    let [c, d] = window.state().link().window.expect("it pans");
    assert!((d - c - (b - a)).abs() < 1e-9 && c > a + 0.2, "{c}..{d}");
    let frame = *series(&window).frame();
    wheel(&mut window, Pos2::new(frame.left() - 30.0, frame.center().y), vec2(0.0, 100.0));
    let narrow = series(&window).bounds().range_y();
    assert!(narrow.end() - narrow.start() < 0.8 * (y.end() - y.start()), "the axis alone zooms");
    assert_eq!(window.state().link().window, Some([c, d]));
    assert_eq!(phase(&window), usual, "no other plane moves");
    steps(&mut window, &[Event::PointerMoved(at)]);
    let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
    let press = |pressed| Event::PointerButton { pos: at, button, pressed, modifiers };
    // Within one step, or the clock of the harness would tell two clicks apart.
    window.input_mut().events.extend([true, false, true, false].map(press));
    window.run_steps(3);
    assert_eq!(window.state().link().window, None);
    assert_eq!((x(&window, 0, "series", "position"), series(&window).bounds().range_y()), ([0.0, 20.0], y));
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: egui::PointerButton::Primary, pressed, modifiers: Modifiers::SHIFT }
}

#[test]
fn shift_and_drag_choose_a_stretch() {
    let mut window = open();
    let plot = series(&window);
    let (from, to) = (inside(&plot, 0.2, 0.5), inside(&plot, 0.6, 0.7));
    let brush = |window: &Window| window.state().session().look().brush;
    let shift = |on| Event::ModifiersChanged(if on { Modifiers::SHIFT } else { Modifiers::NONE });
    let choose = [
        shift(true),
        Event::PointerMoved(from),
        button(from, true),
        Event::PointerMoved(inside(&plot, 0.4, 0.5)),
        Event::PointerMoved(to),
    ];
    steps(&mut window, &choose);
    let draft = window.state().link().draft.expect("the stretch is shown while it is chosen");
    assert!((draft[0] - 4.0).abs() < 0.1 && (draft[1] - 12.0).abs() < 0.1, "{draft:?}");
    assert_eq!(brush(&window), None);
    steps(&mut window, &[button(to, false), shift(false)]);
    assert_eq!((brush(&window), window.state().link().draft), (Some([4, 12]), None));
    assert_eq!(window.state().session().playback().now, 0, "choosing does not scrub");
    window.key_press(Key::Escape);
    window.run_steps(2);
    assert_eq!(brush(&window), None);
    window.state_mut().session_mut().apply(Command::Brush(Some([2, 5]))).unwrap();
    steps(
        &mut window,
        &[shift(true), Event::PointerMoved(from), button(from, true), button(from, false), shift(false)],
    );
    assert_eq!(brush(&window), None, "Shift and a click clear it");
    assert_eq!(window.state().session().playback().now, 0);
}

/// The dot of the second mode under the keyboard: an arrow is a two-hundredth of the axis.
#[test]
fn arrows_move_a_focused_dot() {
    let mut window = open();
    let read = |window: &Window, id| window.state().session().read(id);
    let (width, height) = {
        let plot = plot(&window, 3, "atlas", "atlas");
        (plot.bounds().width(), plot.bounds().height())
    };
    let (eta, beta, now) = (read(&window, "eta"), read(&window, "beta"), window.state().session().playback().now);
    window.get_by_role_and_label(Role::Slider, "mode 2").focus();
    window.run_steps(2);
    window.key_press(Key::ArrowRight);
    window.run_steps(3);
    let lambda = {
        let session = window.state().session();
        session.scene().read("k", &session.run().values, 1)
    };
    assert!((read(&window, "eta") - eta - width / 200.0 / lambda).abs() < 1e-9, "{}", read(&window, "eta"));
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowUp);
    window.run_steps(3);
    assert!((read(&window, "beta") - beta - height / 20.0).abs() < 1e-9, "{}", read(&window, "beta"));
    assert_eq!(window.state().session().playback().now, now, "the clock keeps out of it");
    let node = window.get_by_role_and_label(Role::Slider, "mode 2");
    assert!(node.accesskit_node().value().is_some_and(|v| v.contains(',')), "it says where it is");
}

/// What was drawn stays while nothing changes, and follows when something does.
#[test]
fn drawings_are_kept_and_renewed() {
    let mut window = open();
    let shapes = |window: &Window| {
        let clipped: Vec<(Rect, Vec<egui::epaint::Vertex>)> = window
            .ctx
            .tessellate(window.output().shapes.clone(), 1.0)
            .into_iter()
            .filter_map(|p| match p.primitive {
                egui::epaint::Primitive::Mesh(mesh) => Some((p.clip_rect, mesh.vertices)),
                egui::epaint::Primitive::Callback(_) => None,
            })
            .collect();
        clipped
    };
    window.run_steps(3);
    let still = shapes(&window);
    window.run_steps(2);
    assert!(shapes(&window) == still, "a still window is drawn alike");
    window.state_mut().session_mut().apply(Command::Set { id: "beta".into(), value: 0.7 }).unwrap();
    window.run_steps(2);
    assert!(shapes(&window) != still);
    window.state_mut().session_mut().apply(Command::Undo).unwrap();
    window.run_steps(2);
    assert!(shapes(&window).len() == still.len());
}
