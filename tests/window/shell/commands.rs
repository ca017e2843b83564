//! The palette and the shortcut sheet: one list, found by typing, obeyed by keys, printed whole.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use impetus::app::Theme;
use impetus::scenes::Lens;
use impetus::text::Lang;

use super::{CTRL, NONE, Window, open, order, press};

/// Opens the palette, types, and presses Enter.
fn order_by_name(window: &mut Window, text: &str) {
    press(window, CTRL, Key::P);
    window.get_by_role_and_label(Role::TextInput, "Command palette").type_text(text);
    window.run_steps(2);
    press(window, NONE, Key::Enter);
    assert!(window.query_by_role_and_label(Role::TextInput, "Command palette").is_none(), "{text}: it closes");
}

/// Every kind of act is found by a few letters and done, without the mouse.
#[test]
fn the_palette_reaches_everything() {
    type Check = fn(&Window) -> bool;
    let table: [(&str, Check); 13] = [
        ("spring lens", |w| w.state().session().lens() == Lens::Spring),
        ("eta 0.3", |w| w.state().session().read("eta") == 0.3),
        ("η=0,25", |w| w.state().session().read("eta") == 0.25),
        ("mapping explicit", |w| w.state().session().read("mapping") == 0.0),
        ("high contr", |w| w.state().theme() == Theme::Contrast),
        ("简体", |w| w.state().lang() == Lang::Zh),
        ("one big", |w| order(w) == "0"),
        ("show energy", |w| order(w).starts_with("energy")),
        ("pin this", |w| w.state().session().pins().len() == 1),
        ("to the end", |w| w.state().session().playback().now == 20),
        ("ringing", |w| w.state().session().plan().steps == 60),
        ("150 %", |w| w.state().preferences().scale == 1.5),
        ("smooth mot", |w| w.state().preferences().still),
    ];
    for (text, done) in table {
        let mut window = open();
        assert!(!done(&window), "{text} changes something");
        order_by_name(&mut window, text);
        assert!(done(&window), "{text}");
    }
}

/// A parameter's name leads to its field, through the lens that shows it; nonsense is said to be so.
#[test]
fn a_parameter_is_led_to() {
    let mut window = open();
    order_by_name(&mut window, "derivative gain");
    window.run_steps(3);
    assert_eq!(window.state().session().lens(), Lens::Controller);
    assert!(window.get_by_role_and_label(Role::TextInput, "kd  derivative gain").is_focused());
    press(&mut window, NONE, Key::Escape);
    press(&mut window, NONE, Key::F1);
    window.get_by_role_and_label(Role::TextInput, "Command palette").type_text("qqzzx");
    window.run_steps(2);
    window.get_by_label("Nothing fits; try fewer letters.");
    press(&mut window, NONE, Key::Escape);
    assert!(window.query_by_role_and_label(Role::TextInput, "Command palette").is_none());
}

/// The sheet prints the keys the palette shows beside an act's name.
#[test]
fn the_sheet_and_the_palette_agree() {
    let table = [
        ("Ctrl+P  F1  Ctrl+K", "Command palette"),
        ("Space", "Play"),
        ("]", "To the next event"),
        ("Ctrl+W", "Close tile"),
        ("Ctrl+Enter", "Enlarge tile, or back"),
        ("P", "Pin this run"),
        ("Ctrl+Shift+Z  Ctrl+Y", "Redo"),
        ("F2  ?", "Shortcuts"),
        ("C", "Chapter panel"),
    ];
    let mut window = open();
    press(&mut window, NONE, Key::F2);
    for (keys, name) in table {
        assert!(window.query_all_by_label(keys).next().is_some(), "{name}: {keys}");
        assert!(window.query_all_by_label(name).next().is_some(), "{name}");
    }
    press(&mut window, NONE, Key::F2);
    assert!(window.query_by_label("Ctrl+W").is_none(), "the same key closes it");
}
