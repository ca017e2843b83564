//! What the pointer is told: one tooltip at a time, and the keys where there are some.

use egui::accesskit::Role;
use egui::{Order, Pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use impetus::app::Theme;
use impetus::session::Command;
use impetus::text::{Lang, keep, shell as words};

use super::{CTRL_SHIFT, NONE, Window, apply, open, open_with, press};

/// How many tooltips are open.
fn tooltips(window: &Window) -> usize {
    window.ctx.memory(|m| m.areas().visible_layer_ids().iter().filter(|l| l.order == Order::Tooltip).count())
}

/// Every button of the bench has one tooltip at most, and those that are pictures have one.
#[test]
fn one_tooltip_at_a_time() {
    let mut window = open();
    let centres: Vec<(String, Pos2)> = window
        .query_all_by_role(Role::Button)
        .map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect().center()))
        .collect();
    assert!(centres.len() > 30, "{}", centres.len());
    let mut told = 0;
    for (name, at) in &centres {
        window.hover_at(*at);
        window.run_steps(40);
        let count = tooltips(&window);
        assert!(count <= 1, "{name}: {count} tooltips");
        told += count;
        // Away, so that the next one waits as long.
        window.hover_at(egui::pos2(2.0, 400.0));
        window.run_steps(10);
    }
    assert!(told > 15, "{told} of {} buttons say what they are", centres.len());
}

/// A pin with the values of the present run says so, in both languages.
#[test]
fn a_pin_like_the_present_run_is_named() {
    for (lang, said) in [(Lang::En, "same as the present run"), (Lang::Zh, "与当前运行相同")] {
        let mut window = open_with(vec2(1280.0, 800.0), lang, Theme::Dark, |_| {});
        press(&mut window, NONE, egui::Key::P);
        let recall = words::RECALL.get(lang).replace("{}", said);
        window.get_by_label(&recall);
        apply(&mut window, Command::Set { id: "beta".into(), value: 0.7 });
        assert!(window.query_by_label(&recall).is_none(), "it differs now");
        window.get_by_label(&words::RECALL.get(lang).replace("{}", "β = 0.5"));
    }
}

/// The sheet lists the way to open share text, and the keys ask for the clipboard; what is no share
/// text is refused in a sentence then, and only then.
#[test]
fn share_text_is_pasted_by_keys() {
    let mut window = open();
    press(&mut window, NONE, egui::Key::F2);
    window.get_by_label(keep::PASTE.en);
    window.get_by_label("Ctrl+Shift+V");
    press(&mut window, NONE, egui::Key::Escape);
    let refused = |window: &Window| window.query_by_label_contains("This is no share text").is_some();
    window.event(egui::Event::Paste("hello".into()));
    window.run_steps(3);
    assert!(!refused(&window), "pasting beside a field asks for nothing");
    press(&mut window, CTRL_SHIFT, egui::Key::V);
    window.event(egui::Event::Paste("hello".into()));
    window.run_steps(3);
    assert!(refused(&window));
    press(&mut window, CTRL_SHIFT, egui::Key::V);
    window.event(egui::Event::Paste("impetus:one-machine?beta=0.75".into()));
    window.run_steps(3);
    assert_eq!(window.state().session().read("beta"), 0.75);
}

/// A message is as high as its words, and lies in the window with all of them.
#[test]
fn messages_are_as_high_as_their_words() {
    for size in [vec2(1280.0, 800.0), vec2(900.0, 600.0)] {
        let mut window = open_with(size, Lang::En, Theme::Light, |_| {});
        let place = |window: &Window| window.ctx.memory(|m| m.area_rect(egui::Id::unique("toasts")));
        press(&mut window, CTRL_SHIFT, egui::Key::C);
        window.run_steps(4);
        let said = place(&window).expect("a message");
        assert!(said.height() < 60.0, "{said:?}");
        press(&mut window, CTRL_SHIFT, egui::Key::V);
        let long = format!("impetus:one-machine?{}=1", "nonsense".repeat(30));
        window.event(egui::Event::Paste(long));
        window.run_steps(4);
        let both = place(&window).expect("two messages");
        assert!(both.height() > said.height() && both.height() < 260.0, "{both:?}");
        assert!(both.left() >= 0.0 && both.right() <= size.x, "{both:?}");
    }
}
