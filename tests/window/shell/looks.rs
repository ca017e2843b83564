//! Themes, sizes, languages, panels and layouts, and that they are remembered.

use egui::accesskit::Role;
use egui::{Color32, Key, vec2};
use egui_kittest::kittest::Queryable as _;
use impetus::app::{Skin, Theme, contrast};
use impetus::figure::Ink;
use impetus::files::Preferences;
use impetus::scenes::Tone;
use impetus::text::Lang;

use super::{CTRL, CTRL_SHIFT, NONE, Window, open, open_with, order, press};

/// The formula itself, on the pairs WCAG gives.
#[test]
fn contrast_is_that_of_wcag() {
    let grey = |g| Color32::from_gray(g);
    for (a, b, want) in [(grey(0), grey(255), 21.0), (grey(0x77), grey(255), 4.478), (grey(9), grey(9), 1.0)] {
        assert!((contrast(a, b) - want).abs() < 0.01, "{a:?} {b:?} {}", contrast(a, b));
    }
}

/// Words stand out from every ground they are written on: 7 : 1 in high contrast, 4.5 : 1 elsewhere.
#[test]
fn words_stand_out() {
    for theme in Theme::ALL {
        let skin: Skin = theme.skin();
        let least = if theme == Theme::Contrast { 7.0 } else { 4.5 };
        let mut pairs = vec![(skin.on_accent, skin.accent), (skin.accent, skin.panel)];
        for ground in [skin.ground, skin.panel, skin.card, skin.well] {
            pairs.extend([(skin.text, ground), (skin.quiet, ground)]);
        }
        for tone in [Tone::Ringing, Tone::Calm, Tone::Warning, Tone::Danger] {
            let [ground, text] = skin.chip(tone);
            pairs.push((text, ground));
        }
        for (text, ground) in pairs {
            let found = contrast(text, ground);
            assert!(found >= least, "{theme:?}: {text:?} on {ground:?} is {found:.2}");
        }
    }
    for ink in [Ink::Optimizer, Ink::Spring, Ink::Controller, Ink::Sampler, Ink::Amber, Ink::Danger, Ink::Muted] {
        let skin = Theme::Contrast.skin();
        assert!(contrast(skin.ink(ink), skin.card) >= 7.0, "{ink:?}");
    }
}

/// What was chosen comes back with the next window.
#[test]
fn choices_are_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("preferences.toml");
    let size = vec2(1280.0, 800.0);
    let mut window =
        open_with(size, Lang::En, Theme::Dark, |app| app.prefer(Preferences::default(), Some(path.clone())));
    press(&mut window, CTRL_SHIFT, Key::T);
    press(&mut window, CTRL, Key::Plus);
    press(&mut window, CTRL_SHIFT, Key::L);
    let kept = Preferences::load(&path);
    assert_eq!(kept.theme.as_deref(), Some("contrast"));
    assert_eq!((kept.lang, kept.scale), (Some(Lang::Zh), 1.1));
    press(&mut window, CTRL, Key::Num0);
    assert_eq!(Preferences::load(&path).scale, 1.0);
}

/// A layout is kept under a name, chosen again, and forgotten.
#[test]
fn layouts_are_kept_and_forgotten() {
    let mut window = open();
    press(&mut window, CTRL, Key::W);
    let mine = order(&window);
    window.get_by_label("Layout").click();
    window.run_steps(3);
    window.get_by_label("Keep this layout…").click();
    window.run_steps(3);
    window.get_by_role_and_label(Role::TextInput, "Name of the layout").type_text("three");
    window.run_steps(2);
    window.get_by_label("Save").click();
    window.run_steps(3);
    assert_eq!(window.state().preferences().layouts.len(), 1);
    press(&mut window, CTRL, Key::Z);
    assert_ne!(order(&window), mine);
    let menu = |window: &mut Window, name: &str| {
        window.get_by_label("Layout").click();
        window.run_steps(3);
        window.get_by_label(name).click();
        window.run_steps(3);
    };
    menu(&mut window, "three");
    assert_eq!(order(&window), mine);
    menu(&mut window, "Forget three");
    assert!(window.state().preferences().layouts.is_empty());
}

/// Panels come and go with the room there is, and by hand.
#[test]
fn panels_make_room() {
    for (width, chapter, side) in [(1280.0, true, true), (1000.0, false, true), (800.0, false, false)] {
        let mut window = open_with(vec2(width, 700.0), Lang::En, Theme::Light, |_| {});
        let there = |window: &Window| {
            let side = window.query_by_label("Read-outs").is_some();
            [window.query_by_label("Start from").is_some(), side]
        };
        assert_eq!(there(&window), [chapter, side], "{width}");
        press(&mut window, NONE, Key::C);
        press(&mut window, NONE, Key::S);
        assert_eq!(there(&window), [!chapter, !side], "{width}");
        press(&mut window, NONE, Key::C);
        press(&mut window, NONE, Key::S);
        assert_eq!(there(&window), [chapter, side], "{width}");
    }
}

/// Nothing of the clock and of the top bar is cut off or overlaps, in either language, at every size.
#[test]
fn bars_hold_all_they_have() {
    let names = |lang| {
        let en = ["Play", "Reset", "Figure…", "Theme", "Layout", "Command palette", "Iteration shown", "Pin this run"];
        let zh = ["播放", "重置", "图形…", "主题", "布局", "命令面板", "当前迭代步", "固定此运行"];
        if lang == Lang::En { en } else { zh }
    };
    for size in [vec2(900.0, 600.0), vec2(1280.0, 800.0), vec2(2560.0, 1440.0)] {
        for lang in Lang::ALL {
            for theme in Theme::ALL {
                let window = open_with(size, lang, theme, |_| {});
                let screen = window.ctx.content_rect();
                let rects: Vec<_> = names(lang).map(|n| (n, window.get_by_label(n).rect())).to_vec();
                for (i, (name, rect)) in rects.iter().enumerate() {
                    assert!(screen.contains_rect(*rect), "{name} at {rect:?} in {size:?} {theme:?}");
                    for (other, place) in &rects[..i] {
                        assert!(
                            !rect.shrink(1.0).intersects(place.shrink(1.0)),
                            "{name} over {other}, {size:?} {theme:?}"
                        );
                    }
                }
            }
        }
    }
}
