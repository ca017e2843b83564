//! The table twin: headings with units, rows as the figure has them, by keyboard.

use std::time::Duration;

use egui::accesskit::Role;
use egui::{Id, Key, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use impetus::app::plot::table;
use impetus::app::{Theme, install_fonts};
use impetus::figure::{Axis, Figure, Panel, rich};
use impetus::scenes::SCENES;
use impetus::session::{Command, Session};
use impetus::text::Lang;

use super::alone::line;

type Window = Harness<'static, ()>;

fn figure(rows: usize) -> Figure<'static> {
    let x: Vec<f64> = (0..rows).map(|k| 0.5 * k as f64).collect();
    let y: Vec<f64> = (0..rows).map(|k| if k == 2 { f64::NAN } else { -(k as f64) }).collect();
    let axes = (Axis::new(rich("time $t$"), "s"), Axis::new(rich("position $q$"), "m"));
    let layers = vec![line(x.clone(), y.clone()), line(x, y[..rows / 2].to_vec())];
    let panel = Panel { layers, ..Panel::new("p", axes.0, axes.1) };
    Figure { id: "f", title: rich("Run"), panels: vec![panel], columns: 1, caption: String::new() }
}

fn window(figure: Figure<'static>) -> Window {
    let skin = Theme::Dark.skin();
    let mut window =
        Harness::builder().with_size(vec2(500.0, 300.0)).with_context_setup(install_fonts).build_ui(move |ui| {
            let rows = table::of_figure(&figure, Lang::En);
            table::show(ui, &skin, Lang::En, Id::unique("twin"), &rows);
        });
    window.run_steps(3);
    window
}

/// What the rows on the screen say, the heading first.
fn rows(window: &Window) -> Vec<String> {
    let rows = window.query_all_by_role(Role::Row);
    rows.filter_map(|n| n.accesskit_node().label()).map(|l| l.to_string()).collect()
}

#[test]
fn rows_stand_under_headings_with_units() {
    let window = window(figure(6));
    let want = ["row; time t (s); q (m); q (m)", "0; 0; 0; 0", "1; 0.5; −1; −1", "2; 1; –; –", "3; 1.5; −3; –"];
    assert_eq!(rows(&window)[..5], want);
    assert_eq!(rows(&window).len(), 7);
}

#[test]
fn a_long_table_holds_what_is_seen_and_scrolls_by_keys() {
    let mut window = window(figure(table::MOST_ROWS + 5));
    window.get_by_label("The first 100000 of 100005 rows.");
    assert!(rows(&window).len() < 30, "{} rows are laid out", rows(&window).len());
    window.get_by_role(Role::Table).focus();
    window.run_steps(2);
    let first = |window: &Window| -> usize { rows(window)[1].split(';').next().unwrap().parse().unwrap() };
    let mut last = first(&window);
    for (key, least) in [(Key::ArrowDown, 1), (Key::PageDown, 8), (Key::End, 99_000)] {
        window.key_press(key);
        window.run_steps(3);
        assert!(first(&window) >= last + least.min(99_970 - last), "{key:?}: from {last} to {}", first(&window));
        last = first(&window);
    }
    assert!(rows(&window).last().unwrap().starts_with("99999;"));
    window.key_press(Key::Home);
    window.run_steps(3);
    assert_eq!(first(&window), 0);
}

#[test]
fn a_state_is_a_table_too() {
    let mut session = Session::open(SCENES[0]).unwrap();
    session.advance(20);
    session.apply(Command::Seek(20)).unwrap();
    session.tick(Duration::ZERO);
    let state = session.scene().state(session.run(), session.view(Lang::En));
    let rows = table::of_state("State".into(), &state);
    assert_eq!((rows.count, rows.heads.len()), (4, 1 + state.heads.len()));
    let optimizer = (rows.row)(0);
    assert_eq!((optimizer[0].as_str(), optimizer[1].as_str()), ("optimizer", "20"));
    let q = rows.heads.iter().position(|h| h == "q1").unwrap();
    assert_eq!(optimizer[q], "−0.06284");
    assert!((rows.row)(99).is_empty());
}

/// Every wording of the plots can be set in the bundled faces.
#[test]
fn every_wording_has_its_glyphs() {
    for wording in impetus::text::plot::ALL {
        for lang in Lang::ALL {
            for c in wording.get(lang).chars() {
                assert!(impetus::export::fonts::covers(c), "{c:?} of {:?}", wording.get(lang));
            }
        }
    }
}
