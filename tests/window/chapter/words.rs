//! Every scene through the player in both languages, and every wording in both.

use egui_kittest::kittest::Queryable as _;
use impetus::export::fonts;
use impetus::files::{Outcome, Progress};
use impetus::scenes::SCENES;
use impetus::text::{Lang, chapter as words};

use super::open_for;

#[test]
fn every_wording_is_in_both_languages() {
    for wording in words::ALL {
        assert!(!wording.en.is_empty() && !wording.zh.is_empty());
        let zh = wording.zh.replace("{}", "");
        assert!(!zh.contains(|c: char| c.is_ascii_alphabetic() || ",.;:?!\"".contains(c)), "{zh}");
        assert!(Lang::ALL.iter().flat_map(|lang| wording.get(*lang).chars()).all(fonts::covers), "{}", wording.en);
        assert_eq!(wording.en.matches("{}").count(), wording.zh.matches("{}").count(), "{}", wording.en);
    }
}

/// Before the prediction and after the answer everything is laid out: no missing glyph, no widget without
/// a name (the harness panics on both).
#[test]
fn every_scene_is_told_in_both_languages() {
    for scene in SCENES {
        let id = scene.meta().id;
        let mut done = Progress::default();
        done.predicted(id, Outcome::Wrong);
        done.answered(id);
        for lang in Lang::ALL {
            for progress in [Progress::default(), done.clone()] {
                let window = open_for(*scene, lang, progress.clone(), None);
                let story = scene.story().is_some();
                let answer = window.query_all_by_label(words::ANSWER.get(lang)).next().is_some();
                let asked = window.query_by_label(words::PREDICT.get(lang)).is_some();
                assert_eq!(
                    [answer, asked],
                    [story && !progress.is_empty(), story && progress.is_empty()],
                    "{id} {lang:?}"
                );
            }
        }
    }
}
