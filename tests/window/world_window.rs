//! The editor of typed worlds, driven through its accessibility tree.

use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;
use impetus::app::Theme;
use impetus::formula::MAX_BYTES;
use impetus::scenes::{EXAMPLES, find};
use impetus::session::{Command, Session};
use impetus::text::{Lang, world as words};

use super::harness::{Window, window_on};

fn open(lang: Lang) -> Window {
    let session = Session::open(find("typed-world").unwrap()).unwrap();
    window_on(vec2(1280.0, 1200.0), session, (lang, Theme::Dark), |_| {})
}

fn source(window: &Window) -> String {
    window.state().session().scene().source().unwrap().to_owned()
}

/// Replaces the whole text of the editor.
fn replace(window: &mut Window, text: &str) {
    window.get_by_label(words::EDITOR.en).focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.get_by_label(words::EDITOR.en).type_text(text);
    window.run_steps(2);
}

#[test]
fn a_text_is_typed_refused_mended_applied_and_taken_back() {
    let mut window = open(Lang::En);
    let first = source(&window);
    replace(&mut window, "f(x) = x^2 + sinn(x)");
    window.run_steps(90);
    // The last good world runs on, and one sentence says why.
    assert_eq!(source(&window), first);
    let said = window.query_by_label_contains("Line 1, column 14");
    assert!(said.is_some(), "no sentence");
    replace(&mut window, "f(x) = x^2 + k*sin(x); k = 0.5 in [0, 1]");
    assert!(window.query_by_label_contains("Line 1").is_none());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.run_steps(4);
    assert_eq!(source(&window), "f(x) = x^2 + k*sin(x); k = 0.5 in [0, 1]");
    assert_eq!(window.state().session().plan().values.get("k"), 0.5);
    assert!(window.query_by_label_contains("minimum (").is_some(), "no fixed point is listed");
    // Without Ctrl+Enter it applies after a pause.
    replace(&mut window, "f(x) = 3x^2");
    assert_ne!(source(&window), "f(x) = 3x^2");
    window.run_steps(90);
    assert_eq!(source(&window), "f(x) = 3x^2");
    for wanted in ["f(x) = x^2 + k*sin(x); k = 0.5 in [0, 1]", first.as_str()] {
        window.state_mut().session_mut().apply(Command::Undo).unwrap();
        window.run_steps(3);
        assert_eq!(source(&window), wanted);
        let shown = window.get_by_label(words::EDITOR.en).value();
        assert_eq!(shown.as_deref(), Some(wanted), "the field follows");
    }
}

#[test]
fn the_field_holds_no_more_than_is_read() {
    let mut window = open(Lang::En);
    replace(&mut window, &"字".repeat(MAX_BYTES));
    let held = window.get_by_label(words::EDITOR.en).value().unwrap();
    assert!(held.len() <= MAX_BYTES && held.len() > MAX_BYTES - 3, "{}", held.len());
}

#[test]
fn worlds_are_kept_opened_and_deleted() {
    let mut window = open(Lang::En);
    window.get_by_label(words::NAME.en).focus();
    window.run_steps(1);
    window.get_by_label(words::NAME.en).type_text("mine");
    window.run_steps(2);
    window.get_by_label(words::KEEP.en).click();
    window.run_steps(3);
    let kept = window.state().preferences().worlds.clone();
    assert_eq!(kept, [("mine".to_owned(), source(&window))]);
    window.get_by_label(words::EXAMPLES.en).click();
    window.run_steps(3);
    window.get_by_label(EXAMPLES[4].title.en).click();
    window.run_steps(4);
    assert_eq!(source(&window), EXAMPLES[4].source);
    window.get_by_label("mine").click();
    window.run_steps(4);
    assert_eq!(source(&window), kept[0].1);
    window.get_by_label("Delete the world mine").click();
    window.run_steps(3);
    assert!(window.state().preferences().worlds.is_empty());
}

#[test]
fn every_example_shows_in_both_languages() {
    for lang in Lang::ALL {
        let mut window = open(lang);
        for example in EXAMPLES {
            let plan = impetus::session::Plan::example(example).unwrap();
            window.state_mut().session_mut().apply(Command::Open(plan)).unwrap();
            window.run_steps(6);
            assert_eq!(source(&window), example.source);
        }
    }
}

/// A ball stands on the reader's own profile and is dragged there at its start; equations have no strip.
#[test]
fn the_ball_of_a_typed_loss_is_dragged() {
    let mut window = open(Lang::En);
    let grip = window.get_by_role_and_label(egui::accesskit::Role::Slider, "optimizer: drag to set the start");
    let from = grip.rect().center();
    let before = window.state().session().read("x0");
    window.hover_at(from);
    window.run_steps(1);
    window.drag_at(from);
    window.run_steps(1);
    for way in [10.0, 20.0, 30.0] {
        window.hover_at(from - vec2(way, 0.0));
        window.run_steps(2);
    }
    window.drop_at(from - vec2(30.0, 0.0));
    window.run_steps(3);
    let after = window.state().session().read("x0");
    assert!(after < before - 0.2 && after > before - 3.0, "{before} to {after}");
    window.state_mut().session_mut().apply(Command::Undo).unwrap();
    window.run_steps(3);
    assert_eq!(window.state().session().read("x0"), before, "one step back");
    window.key_press(Key::End);
    window.run_steps(3);
    let grips = window.query_all_by_label_contains("drag to set the start").count();
    assert_eq!(grips, 0, "only the start is dragged");
    let equation = EXAMPLES.iter().find(|e| e.id == "lotka-volterra").unwrap();
    let plan = impetus::session::Plan::example(equation).unwrap();
    window.state_mut().session_mut().apply(Command::Open(plan)).unwrap();
    window.run_steps(4);
    assert!(window.query_by_label_contains("drag to set the start").is_none());
}
