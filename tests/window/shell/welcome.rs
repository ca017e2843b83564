//! The first minute: the card, and critical damping found by dragging.

use egui::accesskit::Role;
use egui::{Key, vec2};
use egui_kittest::kittest::Queryable as _;
use impetus::app::Theme;
use impetus::files::Preferences;
use impetus::text::Lang;

use super::{NONE, Window, open, open_with, press};

fn welcomed(prefs: Preferences) -> Window {
    open_with(vec2(1280.0, 800.0), Lang::En, Theme::Dark, |app| app.prefer(prefs, None))
}

/// The card is there until it is put away, and then never again; the palette fetches it.
#[test]
fn the_card_is_shown_once() {
    let mut window = welcomed(Preferences::default());
    window.get_by_label("Three things to try");
    window.get_by_label("Got it").click();
    window.run_steps(3);
    assert!(window.query_by_label("Three things to try").is_none());
    let prefs = window.state().preferences().clone();
    assert!(prefs.welcomed);
    assert!(welcomed(prefs).query_by_label("Three things to try").is_none());
    assert!(open().query_by_label("Three things to try").is_none(), "a window that remembers nothing greets nobody");
}

/// What the card proposes exists in the scene on the bench.
#[test]
fn the_card_fits_every_scene() {
    const CRITICAL: &str = "Drag the dot λ₁ in the regime atlas onto the border line: critical damping.";
    const CHANGE: &str = "Drag a slider: the run is made again and every picture follows.";
    const SPRING: &str = "Press 2: the same run as a spring.";
    const OPTIMIZER: &str = "Press 2: the same run through the lens “Optimizer”.";
    const CLOCK: &str = "Press the space bar: the clock runs, and all pictures show the same moment.";
    let told = [
        ("one-machine", [CRITICAL, SPRING]),
        ("sampler", [CHANGE, OPTIMIZER]),
        ("current", [CHANGE, CLOCK]),
        ("typed-world", [CHANGE, SPRING]),
    ];
    for (scene, words) in told {
        let mut window = welcomed(Preferences::default());
        let plan = impetus::session::Plan::new(impetus::scenes::find(scene).unwrap());
        super::apply(&mut window, impetus::session::Command::Open(plan));
        for word in [CRITICAL, CHANGE, SPRING, OPTIMIZER, CLOCK] {
            assert_eq!(window.query_by_label(word).is_some(), words.contains(&word), "{scene}: {word}");
        }
        window.get_by_label("Press P, then change a value: both runs side by side.");
    }
}

/// A dot dragged near the border is caught by it: the chip says critical because the run is.
#[test]
fn critical_damping_is_found_by_dragging() {
    let mut window = open();
    let dot = window.get_by_role_and_label(Role::Slider, "mode 1").rect().center();
    window.hover_at(dot);
    window.run_steps(1);
    window.drag_at(dot);
    window.run_steps(1);
    let mut found = None;
    for up in 0..40 {
        window.hover_at(dot - vec2(0.0, up as f32));
        window.run_steps(2);
        if window.query_by_label("λ₁ critical · discrete map").is_some() {
            found = Some(up);
            break;
        }
    }
    window.drop_at(dot - vec2(0.0, found.unwrap_or(0) as f32));
    window.run_steps(2);
    let session = window.state().session();
    let (q, beta) = (session.read("eta") * 0.2, session.read("beta"));
    assert!(found.is_some(), "η λ₁ = {q}, β = {beta}");
    assert!((beta - (1.0 - q.sqrt()).powi(2)).abs() < 1e-9, "β = {beta}");
}

/// Typed values within 1 % of critical are called so; those beyond are not.
#[test]
fn nearly_critical_is_said() {
    // β of critical damping at η λ₁ = 0.08 is 0.514315.
    for (beta, near) in [(0.5143, true), (0.5180, true), (0.5110, true), (0.5260, false), (0.5020, false)] {
        let mut window = open();
        super::apply(&mut window, impetus::session::Command::Set { id: "beta".into(), value: beta });
        press(&mut window, NONE, Key::End);
        let said = window.query_by_label("λ₁ critical within 1 % · discrete map").is_some();
        assert_eq!(said, near, "β = {beta}");
    }
}
