//! The figure studio through its accessibility tree: no display, no GPU, no file outside a
//! temporary folder.

mod files;

use std::path::Path;
use std::time::Duration;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use impetus::app::{App, Theme};
use impetus::export::{Format, Provenance, fonts};
use impetus::files::Settings;
use impetus::scenes::SCENES;
use impetus::session::Session;
use impetus::text::{Lang, studio as words};

use super::harness::{SIZE, Window, drop_files, says, until, window_on};

fn window(lang: Lang, theme: Theme, prepare: impl FnOnce(&mut App)) -> Window {
    window_on(SIZE, Session::open(SCENES[0]).unwrap(), (lang, theme), prepare)
}

fn studio_in(folder: &Path) -> Window {
    let mut window = window(Lang::En, Theme::Dark, |app| app.set_figure_folder(folder));
    window.key_press_modifiers(Modifiers::COMMAND, Key::E);
    window.run_steps(3);
    window
}

fn studio() -> Window {
    studio_in(Path::new("figures"))
}

/// As a screen reader clicks, so that what is scrolled out of sight is within reach too.
fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click_accesskit();
    window.run_steps(3);
}

/// Clicks the button of this name that is no cell of the grid.
fn press(window: &mut Window, role: Role, label: &str) {
    window.get_by_role_and_label(role, label).click_accesskit();
    window.run_steps(3);
}

fn cells(window: &Window) -> Vec<String> {
    let titles = ["Time series", "Phase portrait", "Regime atlas", "Contour map", "Loss", "Energy ledger", "Cloud and"];
    let names = window.query_all_by_role(Role::Button).filter_map(|n| n.accesskit_node().label());
    let is_cell = |n: &String| n.get(2..).is_some_and(|rest| titles.iter().any(|t| rest.starts_with(t)));
    let mut names: Vec<String> = names.filter(is_cell).collect();
    names.sort();
    names
}

fn save(window: &mut Window, last: &str) {
    click(window, "Save");
    until(window, last, |w| says(w, last));
}

fn text(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Both languages and themes lay out without a missing glyph or a nameless widget (the harness
/// panics on both), draw the sheet and come to a verdict.
#[test]
fn opens_in_both_languages_and_leaves_again() {
    for (lang, theme) in [(Lang::En, Theme::Dark), (Lang::Zh, Theme::Light)] {
        let mut window = window(lang, theme, |_| {});
        window.key_press_modifiers(Modifiers::COMMAND, Key::E);
        window.run_steps(3);
        window.get_by_label(words::TITLE.get(lang));
        until(&mut window, "the preview", |w| says(w, "183 × "));
        until(&mut window, "the preflight", |w| !says(w, words::CHECKING.get(lang)));
        assert!(says(&window, "SVG ") && says(&window, "PDF "), "the sizes of the files are shown");
        window.key_press(Key::Escape);
        window.run_steps(3);
        assert!(window.query_by_label(words::TITLE.get(lang)).is_none());
    }
}

/// Every wording can be set in the bundled faces.
#[test]
fn every_wording_has_its_glyphs() {
    for wording in words::ALL {
        for lang in Lang::ALL {
            for c in wording.get(lang).chars() {
                assert!(fonts::covers(c), "{c:?} of {:?}", wording.get(lang));
            }
        }
    }
}

#[test]
fn a_tile_opens_it_with_its_view() {
    let mut window = window(Lang::En, Theme::Dark, |_| {});
    let second = window.query_all_by_label("Make a figure of this view").nth(1).unwrap();
    second.click();
    window.run_steps(3);
    assert_eq!(cells(&window), ["1 Phase portrait"]);
}

#[test]
fn views_are_chosen_moved_and_removed() {
    let mut window = studio();
    let all = cells(&window);
    assert_eq!(all.len(), 7, "{all:?}");
    click(&mut window, "1 Time series");
    click(&mut window, "Later");
    assert_eq!(cells(&window)[..2], ["1 Phase portrait", "2 Time series"]);
    click(&mut window, "Remove");
    assert_eq!(cells(&window)[..2], ["1 Phase portrait", "2 Regime atlas"]);
    press(&mut window, Role::Button, "Add view");
    press(&mut window, Role::Button, "Time series");
    assert_eq!(cells(&window)[6], "7 Time series");
    // By keyboard: the last cell is moved up a row, to the left, and removed.
    window.get_by_label("7 Time series").focus();
    window.run_steps(2);
    for key in [Key::ArrowUp, Key::ArrowLeft] {
        window.key_press(key);
        window.run_steps(3);
    }
    assert_eq!(cells(&window)[3], "4 Time series");
    window.key_press(Key::Delete);
    window.run_steps(3);
    assert_eq!(cells(&window).len(), 6);
    click(&mut window, "All views");
    assert_eq!(cells(&window), all);
}

#[test]
fn a_cell_is_dragged_to_another_place() {
    let mut window = studio();
    let from = window.get_by_label("1 Time series").rect().center();
    let to = window.get_by_label("3 Regime atlas").rect().center();
    window.hover_at(from);
    window.run_steps(1);
    window.drag_at(from);
    window.run_steps(2);
    for share in [0.3, 0.7, 1.0] {
        window.hover_at(from + (to - from) * share);
        window.run_steps(1);
    }
    window.drop_at(to);
    window.run_steps(3);
    assert_eq!(cells(&window)[..3], ["1 Phase portrait", "2 Regime atlas", "3 Time series"]);
}

/// Every preset gives an SVG of exactly its size; the slide is read from afar.
#[test]
fn presets_are_exact() {
    let table = [("89 mm", "89"), ("120 mm", "120"), ("122 mm", "122"), ("140 mm", "140"), ("183 mm", "183")];
    for (preset, width) in table {
        let folder = tempfile::tempdir().unwrap();
        let mut window = studio_in(folder.path());
        for format in ["PDF", "PNG", "CSV of the whole run as well"] {
            click(&mut window, format);
        }
        click(&mut window, preset);
        until(&mut window, preset, |w| says(w, &format!("Preview, {width} × ")));
        save(&mut window, "Saved one-machine-overview.svg");
        let svg = text(folder.path(), "one-machine-overview.svg");
        assert!(svg.contains(&format!(" width=\"{width}mm\"")) && svg.contains("font-size=\"7\""), "{preset}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "only what was asked for");
    }
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(Lang::En, Theme::Dark, |app| app.set_figure_folder(folder.path()));
    window.query_all_by_label("Make a figure of this view").nth(1).unwrap().click();
    window.run_steps(3);
    click(&mut window, "Slide 16:9");
    until(&mut window, "the slide", |w| says(w, "Preview, 338.7 × 190.5 mm"));
    save(&mut window, "Saved one-machine-phase.svg");
    let svg = text(folder.path(), "one-machine-phase.svg");
    assert!(svg.contains("width=\"338.67mm\" height=\"190.5mm\"") && svg.contains("font-size=\"18\""));
}

/// Everything at once, in a language that is not the window's.
#[test]
fn all_formats_in_the_other_language() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = studio_in(folder.path());
    for format in Format::ALL {
        let name = format.extension().to_uppercase();
        if !Settings::default().formats.contains(&format) {
            click(&mut window, &name);
        }
    }
    press(&mut window, Role::RadioButton, "简体中文");
    window.get_by_label("Figure studio");
    save(&mut window, "Saved 7 files");
    assert!(folder.path().join("one-machine-overview-run.csv").exists());
    for format in Format::ALL {
        let file = std::fs::read(folder.path().join(format!("one-machine-overview.{}", format.extension()))).unwrap();
        assert!(file.len() > 1_000, "{format:?}");
    }
    let svg = text(folder.path(), "one-machine-overview.svg");
    assert!(svg.contains("<title>一机四面</title>") && !svg.contains("One machine"));
}

#[test]
fn nothing_is_saved_under_a_bad_name_or_without_a_format() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = studio_in(folder.path());
    let field = |window: &mut Window, text: &str| {
        window.get_by_role_and_label(Role::TextInput, "File name").focus();
        window.run_steps(2);
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.run_steps(1);
        window.get_by_role_and_label(Role::TextInput, "File name").type_text(text);
        window.run_steps(2);
    };
    field(&mut window, "../out");
    click(&mut window, "Save");
    assert!(says(&window, "cannot be a file name"));
    field(&mut window, "figure 1");
    for box_ in ["SVG", "PDF", "PNG", "CSV of the whole run as well"] {
        click(&mut window, box_);
    }
    click(&mut window, "Save");
    assert!(says(&window, "Choose at least one format."));
    click(&mut window, "SVG");
    save(&mut window, "Saved figure 1.svg");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_batch_makes_one_figure_per_value() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = studio_in(folder.path());
    for box_ in ["PDF", "PNG", "CSV of the whole run as well"] {
        click(&mut window, box_);
    }
    click(&mut window, "Batch over a parameter");
    window.run_steps(60);
    window.get_by_role_and_label(Role::TextInput, "Values").focus();
    window.run_steps(2);
    window.get_by_role_and_label(Role::TextInput, "Values").type_text("0.1:0.3:3");
    window.run_steps(3);
    assert!(says(&window, "3 figures: eta=0.1, eta=0.2, eta=0.3"));
    click(&mut window, "Save all of them");
    until(&mut window, "the batch", |w| says(w, "Saved one-machine-overview-eta=0.1.svg"));
    let files: Vec<String> = ["0.1", "0.2", "0.3"]
        .iter()
        .map(|v| {
            let svg = text(folder.path(), &format!("one-machine-overview-eta={v}.svg"));
            let values = Provenance::from_file(svg.as_bytes()).unwrap().values;
            assert!(values.contains(&("eta".into(), v.to_string())), "{values:?}");
            svg
        })
        .collect();
    assert!(files[0] != files[1] && files[1] != files[2]);
    assert_eq!(window.state().session().read("eta"), 0.4, "the bench stays as it was");
}

#[test]
fn the_picture_is_seen_through_other_eyes_and_enlarged() {
    let mut window = studio();
    until(&mut window, "the preview", |w| says(w, "Preview, "));
    for eyes in ["Greyscale", "Protanopia", "Deuteranopia", "Tritanopia", "Normal"] {
        press(&mut window, Role::RadioButton, eyes);
        until(&mut window, eyes, |w| says(w, &format!("mm, {eyes}")));
    }
    click(&mut window, "Larger");
    assert!(window.get_by_role_and_label(Role::SpinButton, "Zoom").value().is_some_and(|v| v.starts_with("125")));
    click(&mut window, "True size");
    assert!(window.get_by_role_and_label(Role::SpinButton, "Zoom").value().is_some_and(|v| v.starts_with("100")));
}

#[test]
fn both_copies_reach_the_clipboard() {
    for (button, said) in [("Copy SVG", "Copied the SVG"), ("Copy PNG", "Copied 2161 × ")] {
        let mut window = studio();
        click(&mut window, button);
        until(&mut window, said, |w| says(w, said));
    }
}
