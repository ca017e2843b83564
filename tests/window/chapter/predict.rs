//! Choosing an answer: the right one is the run's, for the values in force.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use impetus::app::reader::Guess;
use impetus::files::Outcome;
use impetus::scenes::{Predict, Seen};
use impetus::session::Command;
use impetus::text::{Lang, Text, chapter as words, ui};

use super::{Window, apply, bowl, click, id, in_order, open, press, shows};

fn choices() -> &'static [Text] {
    match bowl().story().unwrap().predict {
        Predict::Choose { choices, .. } => choices,
        Predict::Sketch { .. } => &[],
    }
}

fn choose(window: &mut Window, i: usize) {
    window.get_by_role_and_label(Role::RadioButton, choices()[i].en).click();
    window.run_steps(3);
}

fn eta(value: f64) -> Command {
    Command::Set { id: "eta".into(), value }
}

/// A window that came to the bowl through the chapter, its question over the bench.
fn arrived() -> Window {
    let order = in_order();
    let at = order.iter().position(|scene| scene.meta().id == "bowl").unwrap();
    let (from, key) = if at > 0 { (at - 1, Key::ArrowRight) } else { (1, Key::ArrowLeft) };
    let mut window = open(order[from]);
    press(&mut window, Modifiers::ALT, key);
    assert_eq!(id(&window), "bowl");
    window
}

/// Gradient descent is stable below η = 0.5, momentum 0.5 below η = 0.75.
#[test]
fn the_right_answer_is_that_of_the_run() {
    for (step, right) in [(0.4, 0), (0.6, 1), (0.9, 3)] {
        for chosen in 0..choices().len() {
            let mut window = arrived();
            apply(&mut window, eta(step));
            choose(&mut window, chosen);
            assert_eq!(window.state().guess(), Some(&Guess::Chosen { chosen, right }), "η = {step}");
            let word = if chosen == right { words::RIGHT } else { words::WRONG };
            assert!(window.query_all_by_label(&word.en.replace("{}", choices()[right].en)).next().is_some());
            let outcome = if chosen == right { Outcome::Right } else { Outcome::Wrong };
            assert_eq!(window.state().progress().of("bowl").prediction, Some(outcome));
            assert!(window.state().progress().of("bowl").is_done());
        }
    }
}

/// A prediction holds for the values it was made for, also when they come back.
#[test]
fn other_values_want_another_prediction() {
    let mut window = arrived();
    choose(&mut window, 0);
    click(&mut window, words::SHOW_BENCH);
    apply(&mut window, eta(0.6));
    assert!(window.state().guess().is_none() && shows(&window, words::STALE));
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(window.state().guess(), Some(&Guess::Chosen { chosen: 0, right: 0 }));
    apply(&mut window, eta(0.6));
    click(&mut window, words::AGAIN);
    choose(&mut window, 1);
    assert_eq!(window.state().guess(), Some(&Guess::Chosen { chosen: 1, right: 1 }));
}

/// Nothing that gives the answer away is shown before, everything after; nobody is held up.
#[test]
fn the_bench_is_veiled_but_never_locked() {
    let told = |window: &Window| {
        let readouts = window.query_by_label(ui::READOUTS.en).is_some();
        [readouts, shows(window, words::ANSWER) || shows(window, words::SHOW_ANSWER)]
    };
    let mut window = arrived();
    assert_eq!(told(&window), [false, false]);
    click(&mut window, words::SHOW_BENCH);
    assert_eq!(told(&window), [true, true]);
    assert!(shows(&window, words::SHOW_ANSWER), "the answer waits to be asked for");
    assert_eq!(window.state().progress().of("bowl").prediction, None);
    click(&mut window, words::SHOW_ANSWER);
    assert!(!shows(&window, words::SHOW_ANSWER) && window.state().progress().of("bowl").is_done());

    let mut window = arrived();
    click(&mut window, words::SKIP);
    assert_eq!(told(&window), [true, true]);
    let reading = window.state().progress().of("bowl");
    assert!(reading.prediction == Some(Outcome::Skipped) && !reading.is_done());
    // A scene that was read opens on its bench.
    press(&mut window, Modifiers::ALT, Key::ArrowLeft);
    press(&mut window, Modifiers::ALT, Key::ArrowRight);
    assert_eq!((id(&window), told(&window)), ("bowl", [true, true]));
    press(&mut window, Modifiers::ALT, Key::ArrowDown);
    assert_eq!(told(&window), [false, false]);
}

/// Answer and verdicts are those that the story gives of the run that is shown, at every change.
#[test]
fn answers_and_verdicts_follow_the_run() {
    let story = bowl().story().unwrap();
    let mut window = arrived();
    choose(&mut window, 0);
    click(&mut window, words::SHOW_BENCH);
    for step in [0.4, 0.6, 0.2] {
        apply(&mut window, eta(step));
        let session = window.state().session();
        let seen = Seen { run: session.run(), view: session.view(Lang::En) };
        let answer = (story.answer)(&seen);
        assert!(window.query_all_by_label(&answer).next().is_some(), "{answer}");
        // Verdicts and sources repeat: each is said as often as the claims have it.
        let mut heads = Vec::new();
        for claim in story.claims {
            let finding = (claim.judge)(&seen);
            window.get_by_label(&finding.because);
            heads.push(finding.verdict.title().en.to_owned());
            heads.push(words::ARTICLE.en.replace("{}", claim.source));
        }
        for head in &heads {
            let wanted = heads.iter().filter(|other| *other == head).count();
            assert_eq!(window.query_all_by_label(head).count(), wanted, "{head}");
        }
        for entry in story.reading {
            window.get_by_label(entry);
        }
    }
}

/// One press leads to the figure of the whole scene.
#[test]
fn the_figure_is_one_press_away() {
    let mut window = open(bowl());
    click(&mut window, words::FIGURE);
    window.get_by_label(impetus::text::studio::TITLE.en);
}
