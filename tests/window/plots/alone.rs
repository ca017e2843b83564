//! One panel by itself: picking, handles on any scale, readings on lines.

use egui::accesskit::Role;
use egui::{Event, Id, Key, Modifiers, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use egui_plot::PlotTransform;
use impetus::app::plot::{Look, Touch, show};
use impetus::app::{Theme, install_fonts};
use impetus::figure::{Axis, Dash, Handle, Ink, Layer, Line, Panel, Weight, rich};
use impetus::text::Lang;

pub type Alone = Harness<'static, Vec<Touch>>;

pub fn line(x: Vec<f64>, y: Vec<f64>) -> Layer<'static> {
    let (ink, dash, weight) = (Ink::Spring, Dash::Solid, Weight::Normal);
    Layer::Line(Line { x: x.into(), y: y.into(), name: Some(rich("q")), ink, dash, weight, marker: None })
}

/// A window that shows nothing but this panel and keeps all that is done to it.
pub fn window(panel: Panel<'static>, size: egui::Vec2) -> Alone {
    let skin = Theme::Light.skin();
    let mut window = Harness::builder().with_size(size).with_context_setup(install_fonts).build_ui_state(
        move |ui, done: &mut Vec<Touch>| {
            done.extend(show(ui, &panel, &Look::new(&skin, Lang::En, Id::unique("alone"))));
        },
        Vec::new(),
    );
    window.run_steps(3);
    window.state_mut().clear();
    window
}

pub fn transform(window: &Alone) -> PlotTransform {
    window.ctx.data(|d| d.get_temp(Id::unique("alone").with("transform"))).expect("it was drawn")
}

fn log_panel() -> Panel<'static> {
    let x = Axis::new(rich("$a$"), "").range(0.01, 100.0).log();
    Panel::new("p", x, Axis::new(rich("$b$"), "s").range(-1.0, 1.0))
}

fn click(window: &mut Alone, at: Pos2) {
    window.hover_at(at);
    window.run_steps(1);
    window.drag_at(at);
    window.run_steps(1);
    window.event(Event::PointerButton {
        pos: at,
        button: egui::PointerButton::Primary,
        pressed: false,
        modifiers: Modifiers::NONE,
    });
    window.run_steps(2);
}

fn moved(window: &Alone) -> Vec<(String, [f64; 2])> {
    let handle = |t: &Touch| if let Touch::Handle(id, at) = t { Some((id.clone(), *at)) } else { None };
    window.state().iter().filter_map(handle).collect()
}

#[test]
fn a_click_into_free_space_picks_a_place() {
    for (x, y) in [(0.25, 0.5), (0.75, 0.1), (0.01, 0.99)] {
        let mut panel = log_panel();
        panel.pick = Some("place");
        let mut window = window(panel, vec2(500.0, 400.0));
        let at = transform(&window).frame().lerp_inside(vec2(x, y));
        click(&mut window, at);
        let picked = moved(&window);
        let [(id, [a, b])] = &picked[..] else { panic!("one click, one pick: {picked:?}") };
        let want = [10f64.powf(4.0 * f64::from(x) - 2.0), 1.0 - 2.0 * f64::from(y)];
        assert!(id == "place" && (a / want[0] - 1.0).abs() < 0.03 && (b - want[1]).abs() < 0.01, "{picked:?}");
    }
    let mut window = window(log_panel(), vec2(500.0, 400.0));
    click(&mut window, Pos2::new(250.0, 200.0));
    assert_eq!(moved(&window), []);
}

#[test]
fn keys_move_a_handle_along_the_axes() {
    let table = [
        (Key::ArrowRight, Modifiers::NONE, [10f64.powf(0.02), 0.0]),
        (Key::ArrowLeft, Modifiers::SHIFT, [10f64.powf(-0.2), 0.0]),
        (Key::ArrowUp, Modifiers::NONE, [1.0, 0.01]),
        (Key::ArrowDown, Modifiers::SHIFT, [1.0, -0.1]),
    ];
    for (key, modifiers, want) in table {
        let mut panel = log_panel();
        let (label, name) = (rich("$m$"), "the point".to_owned());
        panel.handles.push(Handle { id: "m".into(), at: [1.0, 0.0], ink: Ink::Optimizer, label, name });
        let mut window = window(panel, vec2(500.0, 400.0));
        window.get_by_role_and_label(Role::Slider, "the point").focus();
        window.run_steps(2);
        window.key_press_modifiers(modifiers, key);
        window.run_steps(2);
        let moved = moved(&window);
        let [(id, at)] = &moved[..] else { panic!("one press, one move: {moved:?}") };
        assert!(id == "m" && (at[0] - want[0]).abs() < 1e-9 && (at[1] - want[1]).abs() < 1e-9, "{key:?}: {at:?}");
    }
}

/// The nearest place on a line lies between its samples too, on short lines and on long ones.
#[test]
fn readings_lie_on_the_line() {
    for n in [3_usize, 20_001] {
        let along = |k: usize| 2.0 * k as f64 / (n - 1) as f64;
        // A square's two sides, not ascending: right, then up.
        let x: Vec<f64> = (0..n).map(|k| along(k).min(1.0)).chain([0.9]).collect();
        let y: Vec<f64> = (0..n).map(|k| (along(k) - 1.0).max(0.0)).chain([1.0]).collect();
        let axis = |name: &str| Axis::new(rich(name), "").range(-0.5, 1.5);
        let panel = Panel { layers: vec![line(x, y)], ..Panel::new("p", axis("a"), axis("b")) };
        let mut window = window(panel, vec2(600.0, 500.0));
        let at = transform(&window).position_from_point(&egui_plot::PlotPoint::new(1.0, 0.62));
        window.hover_at(at + vec2(4.0, 0.0));
        window.run_steps(2);
        let near = window.state().iter().rev().find_map(|t| match t {
            Touch::Near(ink, sample, at) => Some((*ink, *sample, *at)),
            _ => None,
        });
        let (ink, sample, [a, b]) = near.expect("the line is near");
        assert!(ink == Ink::Spring && (a - 1.0).abs() < 1e-6 && (b - 0.62).abs() < 5e-3, "{n}: {a} {b}");
        assert!((sample / (n - 1) as f64 - 0.81).abs() < 3e-3, "{n}: {sample}");
    }
}
