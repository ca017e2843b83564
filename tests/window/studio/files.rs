//! Settings, dropped files, and rest.

use super::*;

/// Settings survive the window; a hostile file is as good as none.
#[test]
fn settings_are_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("impetus").join("studio.json");
    let mut window = window(Lang::En, Theme::Dark, |app| app.remember_in(Some(path.clone())));
    window.key_press_modifiers(Modifiers::COMMAND, Key::E);
    window.run_steps(3);
    for label in ["122 mm", "CSV", "Remove"] {
        click(&mut window, label);
    }
    press(&mut window, Role::RadioButton, "3");
    click(&mut window, "Done");
    let kept = Settings::load(&path);
    assert_eq!((kept.width_mm, kept.columns, kept.views.len()), (122.0, 3, 6));
    assert!(kept.formats.contains(&Format::Csv));
    assert_eq!(Settings::from_json(&kept.to_json()), kept);
    let again = self::window(Lang::En, Theme::Dark, |app| app.remember_in(Some(path.clone())));
    drop(again);
    assert_eq!(Settings::load(&path), kept, "opening the window changes nothing");
    let hostile = ["", "{", "[]", "\0\u{1}", "{\"width_mm\": 1e999}", "{\"columns\": -1}", "{\"formats\": 7}"];
    for text in hostile {
        std::fs::write(&path, text).unwrap();
        assert_eq!(Settings::load(&path), Settings::default(), "{text:?}");
    }
    std::fs::write(&path, vec![b' '; 1 << 20]).unwrap();
    assert_eq!(Settings::load(&path), Settings::default());
    let odd = r#"{"width_mm": -3, "columns": 99, "dpi": 1e9, "folder": " ", "formats": ["svg", "exe"], "font_pt": 8}"#;
    let sound = Settings { columns: 4, formats: vec![Format::Svg], font_pt: 8.0, ..Settings::default() };
    assert_eq!(Settings::from_json(odd), sound);
}

/// A file of ours opens its run; any other is refused in one sentence that names it.
#[test]
fn files_are_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::open(SCENES[0]).unwrap();
    session.apply(impetus::session::Command::Set { id: "eta".into(), value: 0.25 }).unwrap();
    session.advance(1_000);
    let ours = folder.path().join("ours.svg");
    let page = impetus::export::Page::default();
    impetus::files::save(&session, "phase", &ours, &page, 300.0, Lang::En).unwrap();
    let foreign = folder.path().join("foreign.png");
    std::fs::write(&foreign, b"\x89PNG\r\n\x1a\n and nothing else").unwrap();
    let table = [(foreign.as_path(), "foreign.png"), (folder.path(), "cannot read"), (&ours, "Opened “ours.svg”")];
    let mut window = window(Lang::En, Theme::Dark, |_| {});
    for (path, sentence) in table {
        drop_files(&mut window, &[path]);
        until(&mut window, sentence, |w| says(w, sentence));
    }
    assert_eq!(window.state().session().read("eta"), 0.25);
    window.input_mut().hovered_files = vec![egui::HoveredFile::default()];
    window.run_steps(2);
    assert!(says(&window, words::DROP.en));
}

/// A sheet too small for its panels says so where the picture would be, and saves nothing.
#[test]
fn a_figure_that_does_not_fit_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("studio.json");
    std::fs::write(&path, r#"{"width_mm": 20, "height_mm": 20, "table": false}"#).unwrap();
    let mut window = window(Lang::En, Theme::Dark, |app| {
        app.remember_in(Some(path));
        app.set_figure_folder(&folder.path().join("figures"));
    });
    window.key_press_modifiers(Modifiers::COMMAND, Key::E);
    until(&mut window, "the sentence", |w| says(w, "the page does not fit"));
    click(&mut window, "Save");
    until(&mut window, "the end of saving", |w| says(w, "Copy PNG"));
    assert_eq!(std::fs::read_dir(folder.path().join("figures")).map(Iterator::count).unwrap_or(0), 0);
    click(&mut window, "89 mm");
    until(&mut window, "the preview", |w| says(w, "Preview, 89 × "));
}

/// When the picture and the preflight are there, nothing asks for another frame.
#[test]
fn it_rests_when_all_is_done() {
    let mut window = studio();
    until(&mut window, "the preview", |w| says(w, "Preview, "));
    until(&mut window, "the preflight", |w| !says(w, words::CHECKING.en));
    window.run_steps(60);
    let delay = window.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
    assert!(delay > Duration::from_secs(1), "another frame was asked for in {delay:?}");
}
