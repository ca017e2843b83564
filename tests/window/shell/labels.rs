//! Nothing written in the window is cut off: every scene, lens and language, at the smallest size the
//! window is made for.

use egui::epaint::Shape;
use egui::{Rect, vec2};
use impetus::app::Theme;
use impetus::scenes::{EXAMPLES, SCENES};
use impetus::session::{Command, Layout, Plan, Row, Slot, Tile};
use impetus::text::Lang;

use super::{Window, apply, open_with};

const SMALL: egui::Vec2 = vec2(1280.0, 800.0);

/// Every text on the screen that ends in an ellipsis, or that the edge of its place cuts at the side.
fn cut(window: &Window) -> Vec<String> {
    let mut out = Vec::new();
    for clipped in &window.output().shapes {
        walk(&clipped.shape, clipped.clip_rect, &mut out);
    }
    out.sort();
    out.dedup();
    out
}

fn walk(shape: &Shape, clip: Rect, out: &mut Vec<String>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|s| walk(s, clip, out)),
        Shape::Text(text) => {
            let place = text.galley.rect.translate(text.pos.to_vec2());
            let upright = text.angle == 0.0;
            let seen = place.y_range().intersection(clip.y_range()).span() > 6.0;
            let beyond = place.left() < clip.left() - 2.0 || place.right() > clip.right() + 2.0;
            let inside = place.left() < clip.right() && place.right() > clip.left();
            if text.galley.elided || upright && seen && inside && beyond {
                out.push(text.galley.job.text.clone());
            }
        }
        _ => {}
    }
}

/// Opens a plan and looks through every lens, at the start and at the end.
fn faults(window: &mut Window, plan: Plan, what: &str) -> Vec<String> {
    let mut out = Vec::new();
    apply(window, Command::Open(plan));
    for lens in window.state().session().scene().lenses() {
        apply(window, Command::Lens(*lens));
        for now in [0, u64::MAX] {
            apply(window, Command::Seek(now));
            out.extend(cut(window).into_iter().map(|text| format!("{what}, {lens:?}: {text:?}")));
        }
    }
    out
}

#[test]
fn no_word_is_cut_off() {
    let mut out = Vec::new();
    for lang in Lang::ALL {
        let mut window = open_with(SMALL, lang, Theme::Light, |_| {});
        for scene in SCENES {
            out.extend(faults(&mut window, Plan::new(*scene), &format!("{} {}", scene.meta().id, lang.tag())));
        }
        for example in EXAMPLES {
            let plan = Plan::example(example).unwrap();
            out.extend(faults(&mut window, plan, &format!("{} {}", example.id, lang.tag())));
        }
    }
    out.dedup();
    assert!(out.is_empty(), "{} are cut off:\n{}", out.len(), out.join("\n"));
}

/// Three tiles in a row leave each title a third: the buttons fold away, and the title is whole.
#[test]
fn titles_are_whole_three_in_a_row() {
    let mut out = Vec::new();
    for lang in Lang::ALL {
        let mut window = open_with(SMALL, lang, Theme::Dark, |_| {});
        for scene in SCENES {
            apply(&mut window, Command::Open(Plan::new(*scene)));
            let session = window.state().session();
            let views = session.scene().views(&session.run().values, session.view(lang));
            for three in views.chunks(3) {
                let tile = |id: &str| Tile { slot: Slot::View(id.to_owned()), share: 1.0 };
                let ids: Vec<&str> = three.iter().map(|v| v.id).cycle().take(3).collect();
                let rows = vec![Row { share: 1.0, tiles: ids.iter().map(|id| tile(id)).collect() }];
                apply(&mut window, Command::Arrange(Layout { rows, maximised: None }));
                window.run_steps(2);
                let what = format!("{} {} {ids:?}", scene.meta().id, lang.tag());
                out.extend(cut(&window).into_iter().map(|text| format!("{what}: {text:?}")));
            }
            apply(&mut window, Command::Arrange(Layout::default()));
        }
    }
    assert!(out.is_empty(), "{} are cut off:\n{}", out.len(), out.join("\n"));
}
