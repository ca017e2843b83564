//! The chapter as a whole: every scene tells a story, every row of the list is served, every number
//! that a scene promises comes out, and nothing is in the wrong language.

use std::collections::BTreeSet;

use impetus::param::Values;
use impetus::scenes::{Predict, Run, SCENES, Scene, Seen, Story, TYPED_WORLD, View};
use impetus::text::{Lang, Text};
use impetus::verify::{Verdict, run_scenes, scene_jobs};

fn told() -> impl Iterator<Item = (&'static dyn Scene, &'static Story)> {
    SCENES.iter().copied().filter(|s| s.meta().id != TYPED_WORLD).map(|scene| {
        let story = scene.story().unwrap_or_else(|| panic!("{} tells nothing", scene.meta().id));
        (scene, story)
    })
}

#[test]
fn every_row_is_served() {
    let served: BTreeSet<u32> = SCENES.iter().flat_map(|s| s.meta().rows.iter().copied()).collect();
    for row in 1..=50 {
        assert!(served.contains(&row), "no scene serves row {row}");
    }
    let groups: Vec<_> = SCENES.iter().map(|s| s.meta().group).collect();
    let changes = groups.windows(2).filter(|pair| pair[0] != pair[1]).count() + 1;
    let names: BTreeSet<&str> = groups.iter().map(|g| g.title().en).collect();
    assert_eq!(changes, names.len(), "a part of the chapter is torn apart");
}

/// Every preset of every scene, run to its end and looked at in both languages.
#[test]
fn stories_are_whole_for_every_preset() {
    for (scene, story) in told() {
        for (what, run) in runs(scene) {
            for lang in Lang::ALL {
                let seen = Seen { run: &run, view: View { now: run.done(), ..View::new(lang) } };
                let what = format!("{}, {what}, {lang:?}", scene.meta().id);
                whole(&(story.answer)(&seen), lang, &what);
                predicted(scene, story, &seen, &what);
                for claim in story.claims {
                    let finding = (claim.judge)(&seen);
                    whole(&finding.because, lang, &what);
                    assert!(claim.source.parse::<u32>().is_ok_and(|n| n <= 4), "{what}: source {}", claim.source);
                }
            }
        }
        spoken(story, scene.meta().id);
    }
}

fn runs(scene: &'static dyn Scene) -> Vec<(String, Run)> {
    let mut out = Vec::new();
    let presets = scene.presets().iter().map(|p| (p.title.en.to_owned(), p.values, p.steps));
    for (name, values, steps) in presets.chain([("defaults".to_owned(), &[][..], scene.meta().steps)]) {
        let mut at = Values::defaults(scene.params());
        for (id, text) in values {
            let value = impetus::scenes::spec_of(scene, id).and_then(|s| s.read(text)).unwrap();
            scene.write(id, value, &mut at, 0).unwrap();
        }
        let mut run = Run::new(scene, &at, 1, steps).unwrap();
        run.compute(steps);
        out.push((name, run));
    }
    out
}

fn predicted(scene: &dyn Scene, story: &Story, seen: &Seen<'_>, what: &str) {
    match story.predict {
        Predict::Choose { choices, right, .. } => {
            assert!(choices.len() >= 2 && right(seen) < choices.len(), "{what}: choice {}", right(seen));
        }
        Predict::Sketch { place: [view, panel], truth, .. } => {
            let figure = scene.figure(view, seen.run, seen.view).unwrap_or_else(|| panic!("{what}: no view {view}"));
            assert!(figure.panels.iter().any(|p| p.id == panel), "{what}: no panel {panel}");
            let [x, y] = truth(seen);
            assert!(x.len() == y.len() && x.len() > 1 && x.is_sorted(), "{what}: {} and {} points", x.len(), y.len());
            assert!(x.iter().chain(&y).any(|v| v.is_finite()), "{what}");
        }
    }
}

/// All fixed wording of a story, in both languages.
fn spoken(story: &Story, id: &str) {
    let mut all: Vec<Text> = story.claims.iter().map(|c| c.says).collect();
    all.extend(story.checks.iter().map(|c| c.what));
    match story.predict {
        Predict::Choose { question, choices, .. } => all.extend([question].iter().chain(choices)),
        Predict::Sketch { question, .. } => all.push(question),
    }
    for text in all {
        assert!(!text.en.trim().is_empty() && !text.zh.trim().is_empty(), "{id}: {text:?}");
        assert!(!han(text.en), "{id}: {}", text.en);
    }
    assert!(!story.reading.is_empty() && !story.checks.is_empty(), "{id}");
    for line in story.reading {
        let year = line
            .split(|c: char| !c.is_ascii_digit())
            .any(|w| w.len() == 4 && matches!(&w[..2], "16" | "17" | "18" | "19" | "20"));
        assert!(year, "{id}: no year in {line}");
    }
}

fn han(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// A sentence with nothing missing, in its language.
fn whole(text: &str, lang: Lang, what: &str) {
    let bad = text.trim().is_empty() || text.contains("{}") || text.contains("NaN") || text.contains('–');
    assert!(!bad, "{what}: {text:?}");
    assert_eq!(han(text), lang == Lang::Zh, "{what}: {text:?}");
}

#[test]
fn every_number_promised_comes_out() {
    let jobs = scene_jobs();
    assert!(jobs.len() >= told().count());
    for result in run_scenes(&jobs) {
        assert_eq!(result.verdict, Verdict::Pass, "{}: {:?}", result.id, result.checks);
    }
}
