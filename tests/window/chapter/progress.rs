//! Progress outlives the window; damage costs nothing else.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use impetus::files::{Outcome, Progress, Reading};
use impetus::text::{Lang, chapter as words, shell};

use super::{bowl, click, open_for, press, shows};

#[test]
fn it_survives_a_restart_and_can_be_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("impetus").join("progress.toml");
    let window = || open_for(bowl(), Lang::En, Progress::load(&path), Some(path.clone()));
    let done = words::DONE.en.replace("{}", bowl().meta().title.en);
    let mut first = window();
    assert!(first.query_by_label(&done).is_none());
    click(&mut first, words::SKIP);
    click(&mut first, words::SHOW_ANSWER);
    drop(first);
    let mut second = window();
    second.get_by_label(&done);
    assert!(shows(&second, words::EARLIER_SKIPPED) && shows(&second, words::ANSWER));
    press(&mut second, Modifiers::COMMAND, Key::P);
    second.get_by_role_and_label(Role::TextInput, shell::PALETTE.en).type_text(words::FORGET.en);
    second.run_steps(3);
    press(&mut second, Modifiers::NONE, Key::Enter);
    assert!(second.query_by_label(&done).is_none());
    drop(second);
    assert_eq!(Progress::load(&path), Progress::default());
}

#[test]
fn a_file_reads_back_as_it_was() {
    let mut progress = Progress::default();
    assert_eq!(progress.of("bowl"), Reading::default());
    for (scene, outcome) in
        [("a", Outcome::Right), ("b", Outcome::Wrong), ("c", Outcome::Drawn), ("碗", Outcome::Skipped)]
    {
        progress.predicted(scene, outcome);
        assert!(!progress.of(scene).is_done());
    }
    progress.answered("b");
    progress.answered("new");
    // To skip takes nothing back.
    progress.predicted("a", Outcome::Skipped);
    assert_eq!(progress.of("a").prediction, Some(Outcome::Right));
    assert_eq!(progress.of("new"), Reading { prediction: Some(Outcome::Skipped), answer: true });
    assert_eq!(Progress::from_toml(&progress.to_toml()), (progress, true));
}

#[test]
fn damage_is_set_aside_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("progress.toml");
    let sound = "[scenes.bowl]\nprediction = \"right\"\nanswer = true\n";
    for (text, begun) in [
        ("\u{0}\u{1}", false),
        ("scenes = 3", false),
        ("[scenes", false),
        (&format!("{sound}[scenes.other]\nprediction = \"guessed\"\n"), true),
        (&format!("{sound}[scenes]\nline = 3\n"), true),
    ] {
        std::fs::write(&path, text).unwrap();
        assert_eq!(Progress::load(&path).of("bowl").is_done(), begun, "{text:?}");
        assert_eq!(std::fs::read_to_string(folder.path().join("progress.toml.corrupt")).unwrap(), text);
        std::fs::remove_file(folder.path().join("progress.toml.corrupt")).unwrap();
    }
    assert_eq!(Progress::from_toml("colour = \"blue\"\n"), (Progress::default(), true));
}

/// A place where nothing can be written costs a reader nothing but the memory of it.
#[test]
fn an_unwritable_place_is_borne() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, "").unwrap();
    let mut window = open_for(bowl(), Lang::En, Progress::default(), Some(path.join("progress.toml")));
    click(&mut window, words::SKIP);
    assert_eq!(window.state().progress().of("bowl").prediction, Some(Outcome::Skipped));
}
