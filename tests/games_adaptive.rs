//! Games and adaptive methods: the numbers of their stories come out of runs, and every sentence is whole.

use impetus::param::Values;
use impetus::scenes::{self, Predict, Run, Scene, Seen, View};
use impetus::text::Lang;

const SCENES: [&str; 4] = ["game", "effective-mass", "weight-decay", "fair"];

/// The defaults or a preset of a scene, run to its end.
fn finished(scene: &'static dyn Scene, preset: Option<usize>) -> Run {
    let (mut values, mut steps) = (Values::defaults(scene.params()), scene.meta().steps);
    if let Some(preset) = preset.map(|k| &scene.presets()[k]) {
        for (id, text) in preset.values {
            values.set(id, values.spec(id).unwrap().read(text).unwrap()).unwrap();
        }
        steps = preset.steps;
    }
    let mut run = Run::new(scene, &values, 1, steps).unwrap();
    run.compute(steps);
    run
}

#[test]
fn every_check_comes_out() {
    let mut wrong = Vec::new();
    for id in SCENES {
        let scene = scenes::find(id).unwrap();
        for check in scene.story().unwrap().checks {
            let run = finished(scene, check.preset);
            let seen = Seen { run: &run, view: View { now: run.done(), ..View::new(Lang::En) } };
            let (wanted, got) = ((check.wanted)(&seen), (check.got)(&seen));
            if !((got - wanted).abs() <= check.within) {
                wrong.push(format!("{id}: {}: {got} is not {wanted} within {}", check.what.en, check.within));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_story_is_whole() {
    for id in SCENES {
        let scene = scenes::find(id).unwrap();
        let story = scene.story().unwrap();
        for preset in std::iter::once(None).chain((0..scene.presets().len()).map(Some)) {
            let run = finished(scene, preset);
            for lang in Lang::ALL {
                let seen = Seen { run: &run, view: View { now: run.done(), ..View::new(lang) } };
                let findings = story.claims.iter().map(|claim| (claim.judge)(&seen));
                let said = findings.map(|f| format!("{:?}: {}", f.verdict, f.because)).chain([(story.answer)(&seen)]);
                for text in said.chain(scene.notes(&run, seen.view)) {
                    println!("{id} {preset:?}: {text}");
                    assert!(
                        !text.is_empty() && !text.contains("{}") && !text.contains("NaN"),
                        "{id} {preset:?}: {text}"
                    );
                }
                let Predict::Choose { choices, right, .. } = story.predict else { continue };
                assert!(right(&seen) < choices.len(), "{id} {preset:?}");
            }
        }
    }
}
