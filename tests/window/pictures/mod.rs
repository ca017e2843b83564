//! The main states of the window as pictures, drawn without a display or a GPU.
//!
//! `IMPETUS_BLESS=1 cargo test --test window` keeps the present pixels as the wanted ones.

mod painter;

use std::time::Duration;

use egui::{Key, Modifiers, Vec2, vec2};
use egui_kittest::Harness;
use image::RgbaImage;
use impetus::app::{App, Theme, install_fonts};
use impetus::scenes::SCENES;
use impetus::session::{Command, Session};
use impetus::text::Lang;
use painter::Painter;

const FRAME: Duration = Duration::from_millis(16);

/// Name, size, language, theme, and what is done first.
type State = (&'static str, Vec2, Lang, Theme, fn(&mut Window));
type Window = Harness<'static, App>;

const SMALL: Vec2 = vec2(1280.0, 800.0);
const LARGE: Vec2 = vec2(2560.0, 1440.0);

const STATES: &[State] = &[
    ("bench-dark-en", SMALL, Lang::En, Theme::Dark, |_| {}),
    ("bench-light-zh", SMALL, Lang::Zh, Theme::Light, |w| w.key_press(Key::Num2)),
    ("controller-light-en", SMALL, Lang::En, Theme::Light, |w| w.key_press(Key::Num3)),
    ("sampler-dark-zh", LARGE, Lang::Zh, Theme::Dark, |w| w.key_press(Key::Num4)),
    ("studio-light-en", SMALL, Lang::En, Theme::Light, |w| w.key_press_modifiers(Modifiers::COMMAND, Key::E)),
];

fn window((_, size, lang, theme, act): &State) -> Window {
    let mut session = Session::open(SCENES[0]).unwrap();
    session.advance(u64::MAX);
    session.apply(Command::Seek(12)).unwrap();
    let mut window = Harness::builder()
        .with_size(*size)
        .with_os(egui::os::OperatingSystem::Nix)
        .with_context_setup(install_fonts)
        .renderer(Painter::default())
        .build_ui_state(|ui, app: &mut App| app.frame(ui, FRAME), App::new(session, *lang, *theme));
    window.run_steps(3);
    act(&mut window);
    // The studio draws its preview on a thread of its own.
    for _ in 0..20 {
        window.run_steps(1);
        std::thread::sleep(Duration::from_millis(15));
    }
    window.run_steps(2);
    window
}

/// Share of the pixels that differ by more than a tenth of the range in any colour.
fn far(a: &RgbaImage, b: &RgbaImage) -> f64 {
    let differs = |(a, b): (&image::Rgba<u8>, &image::Rgba<u8>)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 25);
    a.pixels().zip(b.pixels()).filter(|pair| differs(*pair)).count() as f64 / (a.width() * a.height()) as f64
}

#[test]
fn the_window_looks_as_kept() {
    let mut faults = Vec::new();
    for state in STATES {
        let path = format!("{}/tests/snapshots/window-{}.png", env!("CARGO_MANIFEST_DIR"), state.0);
        let got = window(state).render().unwrap();
        if std::env::var_os("IMPETUS_BLESS").is_some() {
            got.save(&path).unwrap();
        }
        let want = image::open(&path).unwrap().into_rgba8();
        assert_eq!(got.dimensions(), want.dimensions(), "{}", state.0);
        let share = far(&got, &want);
        if !(share < 0.0005) {
            let kept = std::env::temp_dir().join(format!("impetus-{}.png", state.0));
            got.save(&kept).unwrap();
            faults.push(format!("{}: {share} of the pixels; now {}", state.0, kept.display()));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The bound above is one that a shift by a single pixel would break.
#[test]
fn the_bound_is_tight() {
    let path = format!("{}/tests/snapshots/window-{}.png", env!("CARGO_MANIFEST_DIR"), STATES[0].0);
    let kept = image::open(path).unwrap().into_rgba8();
    let mut moved = kept.clone();
    moved.rotate_right(4);
    assert!(far(&kept, &moved) > 0.01);
}
