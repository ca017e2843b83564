//! Whoever wants no motion sees none between two iterations.

use egui::Rect;
use egui::epaint::{Primitive, Vertex};
use impetus::app::Theme;
use impetus::files::Preferences;
use impetus::session::Command;
use impetus::text::Lang;

use super::{Window, apply, open_with};

/// What is drawn in the strip of machines.
fn strip(window: &Window) -> Vec<Vertex> {
    let place = Rect::from_min_max(egui::pos2(195.0, 50.0), egui::pos2(975.0, 190.0));
    let meshes = window.ctx.tessellate(window.output().shapes.clone(), 1.0);
    let meshes = meshes.into_iter().filter_map(|p| match p.primitive {
        Primitive::Mesh(mesh) => Some(mesh.vertices),
        Primitive::Callback(_) => None,
    });
    meshes.flatten().filter(|v| place.contains(v.pos)).collect()
}

#[test]
fn machines_keep_still_between_iterations() {
    for (still, moves) in [(true, false), (false, true)] {
        let prefs = Preferences { still, welcomed: true, ..Preferences::default() };
        let mut window = open_with(egui::vec2(1280.0, 800.0), Lang::En, Theme::Dark, |app| app.prefer(prefs, None));
        apply(&mut window, Command::Seek(2));
        apply(&mut window, Command::Speed(0.25));
        apply(&mut window, Command::Play(true));
        window.run_steps(10);
        let (before, now) = (strip(&window), window.state().session().playback().now);
        assert!(before.len() > 100);
        window.run_steps(12);
        assert_eq!(window.state().session().playback().now, now, "half a second is one iteration");
        assert_eq!(strip(&window) != before, moves, "still: {still}");
    }
}
