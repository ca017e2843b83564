//! The list: every scene in its order, found by words and numbers.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use impetus::scenes::SCENES;
use impetus::text::chapter as words;

use super::{Window, bowl, click, id, in_order, open, press};

#[test]
fn the_way_on_and_back_leads_through_every_scene() {
    let ids: Vec<&str> = in_order().iter().map(|scene| scene.meta().id).collect();
    let mut window = open(in_order()[0]);
    let mut walk = |keys: [Key; 2], order: &[&str]| {
        for (wanted, key) in order.iter().zip(keys.into_iter().cycle()) {
            press(&mut window, Modifiers::ALT, key);
            assert_eq!(id(&window), *wanted);
        }
        // Beyond the ends there is nothing.
        press(&mut window, Modifiers::ALT, keys[0]);
        assert_eq!(id(&window), *order.last().unwrap());
    };
    let back: Vec<&str> = ids.iter().rev().copied().collect();
    walk([Key::ArrowRight, Key::PageDown], &ids[1..]);
    walk([Key::ArrowLeft, Key::PageUp], &back[1..]);
    click(&mut window, words::NEXT);
    assert_eq!(id(&window), ids[1]);
    click(&mut window, words::PREVIOUS);
    assert_eq!(id(&window), ids[0]);
}

/// What the list shows; a place to start from, further down, may have the name of a scene.
fn listed(window: &Window) -> Vec<&'static str> {
    let there =
        |title| window.query_all_by_role_and_label(Role::Button, title).any(|node| node.rect().center().y < 360.0);
    SCENES.iter().map(|scene| scene.meta()).filter(|meta| there(meta.title.en)).map(|meta| meta.id).collect()
}

#[test]
fn a_search_shows_what_fits_and_enter_opens_it() {
    for query in ["ill-conditioned bowl", "carry BREAKS gradient minimum", "病态的二次碗", "#9 ill-conditioned"] {
        let mut window = open(SCENES[0]);
        let field = window.get_by_role_and_label(Role::TextInput, words::SEARCH.en);
        field.focus();
        field.type_text(query);
        window.run_steps(3);
        assert_eq!(listed(&window), ["bowl"], "{query}");
        press(&mut window, Modifiers::NONE, Key::Enter);
        assert_eq!(id(&window), "bowl", "{query}");
    }
    let mut window = open(SCENES[0]);
    let field = window.get_by_role_and_label(Role::TextInput, words::SEARCH.en);
    field.focus();
    field.type_text("no such thing");
    window.run_steps(3);
    assert!(listed(&window).is_empty());
    window.get_by_label(words::SEARCH_NONE.en);
    click(&mut window, words::SEARCH_CLEAR);
    assert!(window.query_by_label(words::SEARCH_NONE.en).is_none());
}

/// The group of the open scene is unfolded, the others when they are asked for.
#[test]
fn groups_fold() {
    let mut window = open(bowl());
    let (group, title) = (bowl().meta().group, bowl().meta().title.en);
    let all = SCENES.iter().filter(|scene| scene.meta().group == group && scene.story().is_some()).count();
    let heading = format!("{}: 0 of {all} done", group.title().en);
    assert!(listed(&window).contains(&"bowl"));
    for unfolded in [false, true] {
        window.get_by_label(&heading).click();
        window.run_steps(3);
        assert_eq!(window.query_all_by_role_and_label(Role::Button, title).next().is_some(), unfolded);
    }
}
