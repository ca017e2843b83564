//! The window through its accessibility tree, as a screen reader drives it. No display, no GPU.

use std::time::Duration;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2, vec2};
use egui_kittest::kittest::Queryable as _;
use impetus::app::Theme;
use impetus::core::Probe;
use impetus::export::Page;
use impetus::scenes::{Lens, SCENES};
use impetus::session::{Command, Session};
use impetus::text::{Lang, ui as words};

use super::harness::{SIZE, Window, window_on};

fn open_at(size: Vec2, lang: Lang, theme: Theme) -> Window {
    window_on(size, Session::open(SCENES[0]).unwrap(), (lang, theme), |_| {})
}

fn open() -> Window {
    open_at(SIZE, Lang::En, Theme::Dark)
}

fn value(window: &Window, id: &str) -> f64 {
    window.state().session().read(id)
}

fn slider<'a>(window: &'a Window, name: &'a str) -> egui_kittest::Node<'a> {
    window.get_by_role_and_label(Role::Slider, name)
}

/// Every lens in every language and theme at two sizes lays out: no missing glyph, no widget
/// without a name (the harness panics on both), and the four machines are there.
#[test]
fn opens_everywhere() {
    for size in [vec2(1280.0, 800.0), vec2(2560.0, 1440.0), vec2(900.0, 600.0)] {
        for lang in Lang::ALL {
            for theme in [Theme::Dark, Theme::Light] {
                let mut window = open_at(size, lang, theme);
                for key in [Key::Num1, Key::Num2, Key::Num3, Key::Num4] {
                    window.key_press(key);
                    window.run_steps(2);
                }
                // On the smallest window the strip makes room for the plots.
                if size.y < 700.0 {
                    window.key_press(Key::A);
                    window.run_steps(2);
                }
                for machine in [words::MACHINE_BALL, words::MACHINE_BLOCK, words::MACHINE_ARM, words::MACHINE_CLOUD] {
                    window.get_by_label(machine.get(lang));
                }
            }
        }
    }
}

#[test]
fn lenses_switch_by_key_and_by_click() {
    let mut window = open();
    for (key, lens) in [Key::Num1, Key::Num2, Key::Num3, Key::Num4].into_iter().zip(Lens::ALL) {
        window.key_press(key);
        window.run_steps(2);
        assert_eq!(window.state().session().lens(), lens);
    }
    window.get_by_role_and_label(Role::RadioButton, "Controller").click();
    window.run_steps(3);
    assert_eq!(window.state().session().lens(), Lens::Controller);
    slider(&window, "kd  derivative gain");
}

/// More derivative gain is less momentum: one run, two costumes.
#[test]
fn the_controller_moves_the_optimizer() {
    let mut window = open();
    let before = value(&window, "beta");
    window.key_press(Key::Num3);
    window.run_steps(2);
    let kd = value(&window, "kd");
    slider(&window, "kd  derivative gain").set_value_accesskit(kd * 1.2);
    window.run_steps(3);
    assert!(value(&window, "beta") < before - 0.05, "β = {}", value(&window, "beta"));
    assert!((value(&window, "eta") - 0.4).abs() <= 1e-12);
}

#[test]
fn a_slider_is_dragged_while_playing() {
    let mut window = open();
    window.get_by_label("Play").click();
    window.run_steps(2);
    let rect = slider(&window, "β  momentum").rect();
    let at = |share: f32| egui::pos2(rect.left() + share * rect.width(), rect.center().y);
    window.hover_at(at(0.7));
    window.drag_at(at(0.7));
    window.run_steps(2);
    window.hover_at(at(0.9));
    window.run_steps(2);
    window.drop_at(at(0.9));
    window.run_steps(2);
    assert!((value(&window, "beta") - 0.9).abs() < 0.08, "β = {}", value(&window, "beta"));
    assert!(window.state().session().playback().playing);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_steps(3);
    assert_eq!(value(&window, "beta"), 0.5, "one undo takes the whole drag back");
}

#[test]
fn the_clock_runs_steps_and_scrubs() {
    let mut window = open();
    let now = |window: &Window| window.state().session().playback().now;
    window.get_by_label("Play").click();
    window.run_steps(100);
    assert!((8..=14).contains(&now(&window)), "8 iterations a second: {}", now(&window));
    window.get_by_label("Pause").click();
    window.run_steps(2);
    let here = now(&window);
    window.get_by_label("One iteration forward").click();
    window.run_steps(2);
    assert_eq!(now(&window), here + 1);
    window.get_by_label("One iteration back").click();
    window.run_steps(2);
    assert_eq!(now(&window), here);
    slider(&window, "Iteration shown").set_value_accesskit(17.0);
    window.run_steps(2);
    assert_eq!(now(&window), 17);
    window.get_by_label("To the start").click();
    window.run_steps(2);
    assert_eq!(now(&window), 0);
}

#[test]
fn the_printed_result_is_on_screen() {
    let mut window = open();
    for _ in 0..20 {
        window.state_mut();
        window.get_by_label("One iteration forward").click();
        window.run_steps(2);
    }
    window.get_by_label("q1(20) = −0.062843");
    window.get_by_label("λ₁ overdamped · discrete map");
    window.get_by_role_and_label(Role::RadioButton, "λ₂").click();
    window.run_steps(3);
    window.get_by_label("q2(20) = 0.001202");
}

/// Typed values: what is read, what is refused and what then stays.
#[test]
fn typed_values() {
    let table = [("0,75", 0.75), ("-0.2", -0.2), ("1", 1.0), ("nan", 0.5), ("7", 0.5), ("1e999", 0.5), ("abc", 0.5)];
    for (text, want) in table {
        let mut window = open();
        let field = window.get_by_role_and_label(Role::TextInput, "β  momentum");
        field.focus();
        window.run_steps(2);
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.run_steps(1);
        window.get_by_role_and_label(Role::TextInput, "β  momentum").type_text(text);
        window.run_steps(1);
        window.key_press(Key::Enter);
        window.run_steps(3);
        assert_eq!(value(&window, "beta"), want, "{text:?}");
        let refused = window.query_by_label_contains("beta").is_some();
        assert_eq!(refused, want == 0.5, "{text:?} is refused in a sentence that names it");
    }
}

/// The mode's dot in the atlas is dragged: η and β follow.
#[test]
fn an_atlas_dot_is_dragged() {
    let mut window = open();
    let dot = window.get_by_role_and_label(Role::Slider, "mode 2").rect().center();
    window.hover_at(dot);
    window.run_steps(1);
    window.drag_at(dot);
    window.run_steps(2);
    window.hover_at(dot + vec2(-30.0, -20.0));
    window.run_steps(2);
    window.drop_at(dot + vec2(-30.0, -20.0));
    window.run_steps(2);
    assert!(
        value(&window, "eta") < 0.35 && value(&window, "beta") > 0.55,
        "{} {}",
        value(&window, "eta"),
        value(&window, "beta")
    );
}

/// Every preset, both languages, with the clock at the end: nothing panics, divergence is named.
#[test]
fn presets_open() {
    let scene = SCENES[0];
    for lang in Lang::ALL {
        for preset in scene.presets() {
            let mut window = open_at(vec2(1280.0, 1400.0), lang, Theme::Light);
            // A scene of the list may have the same title; presets come after it.
            window.get_all_by_label(preset.title.get(lang)).last().expect("a button").click_accesskit();
            window.run_steps(3);
            window.key_press(Key::End);
            window.run_steps(3);
            assert_eq!(window.state().session().plan().steps, preset.steps, "{:?}", preset.title);
            if preset.title.en.contains("diverges") {
                let said = if lang == Lang::En { "diverges" } else { "发散" };
                assert!(window.query_all_by_label_contains(said).next().is_some());
            }
        }
    }
}

/// What the window saves is what the library saves, byte for byte.
#[test]
fn figures_from_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open();
    window.state_mut().set_figure_folder(folder.path());
    window.key_press_modifiers(Modifiers::COMMAND, Key::E);
    window.run_steps(3);
    window.get_by_label("Save").click();
    let mut frames = 0;
    while window.query_by_label_contains("one-machine-overview-run.csv").is_none() {
        window.run_steps(1);
        std::thread::sleep(Duration::from_millis(20));
        frames += 1;
        assert!(frames < 2_000, "saving does not come to an end");
    }
    let mut session = Session::open(SCENES[0]).unwrap();
    session.advance(session.plan().steps);
    session.apply(Command::Seek(0)).unwrap();
    for ending in ["svg", "pdf", "png"] {
        let saved = std::fs::read(folder.path().join(format!("one-machine-overview.{ending}"))).unwrap();
        let path = folder.path().join(format!("again.{ending}"));
        let page = Page::new(Page::DOUBLE);
        impetus::files::save(&session, impetus::files::OVERVIEW, &path, &page, 300.0, Lang::En).unwrap();
        assert!(saved == std::fs::read(path).unwrap(), "{ending}");
    }
    let csv = std::fs::read_to_string(folder.path().join("one-machine-overview-run.csv")).unwrap();
    let q = session.run().lane(Lens::Optimizer).unwrap().at(Probe::Position(0), 20).unwrap();
    assert!(csv.contains(&q.to_string()));
}

/// The verify window runs every case, shows one, and brings it to the bench.
#[test]
fn verify_runs_and_jumps_to_the_bench() {
    let mut window = open();
    window.get_by_label("Verify").click();
    let mut frames = 0;
    while window.query_by_label_contains("not covered").is_none() || frames < 10 {
        window.run_steps(1);
        std::thread::sleep(Duration::from_millis(20));
        frames += 1;
        assert!(frames < 2_000, "verify does not come to an end");
    }
    let field = window.get_by_role_and_label(Role::TextInput, "Filter");
    field.focus();
    window.run_steps(1);
    window.get_by_role_and_label(Role::TextInput, "Filter").type_text("eta0.6_gamma0.0");
    window.run_steps(2);
    window.get_by_label("00.d2l.eta0.6_gamma0.0   d2l").click();
    window.run_steps(2);
    window.get_by_label("Show it on the bench").click();
    window.run_steps(3);
    assert_eq!((value(&window, "eta"), value(&window, "beta")), (0.6, 0.0));
}
