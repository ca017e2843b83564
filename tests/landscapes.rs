//! What the landscape scenes tell: every number that has to come out does, and every sentence is whole.

use impetus::param::Values;
use impetus::scenes::{self, Predict, Run, Scene, Seen, View};
use impetus::text::Lang;

const SCENES: [&str; 5] = ["bowl", "plateau", "saddle", "nesterov", "condition"];

/// A preset of a scene run to its end; the defaults if there is none.
fn finished(scene: &dyn Scene, preset: Option<usize>) -> Run {
    let mut values = Values::defaults(scene.params());
    let preset = preset.map(|i| scene.presets()[i]);
    for (id, text) in preset.map_or(&[][..], |preset| preset.values) {
        values.set(id, scenes::spec_of(scene, id).unwrap().read(text).unwrap()).unwrap();
    }
    let steps = preset.map_or(scene.meta().steps, |preset| preset.steps);
    let mut run = Run::new(scene, &values, 1, steps).unwrap();
    run.compute(steps);
    run
}

#[test]
fn every_number_comes_out() {
    for id in SCENES {
        let scene = scenes::find(id).unwrap();
        for check in scene.story().unwrap().checks {
            let run = finished(scene, check.preset);
            let view = View { now: run.done(), ..View::new(Lang::En) };
            let seen = Seen { run: &run, view };
            let (wanted, got) = ((check.wanted)(&seen), (check.got)(&seen));
            assert!((got - wanted).abs() <= check.within, "{id}, {}: {got} is not {wanted}", check.what.en);
        }
    }
}

#[test]
fn every_sentence_is_whole() {
    let whole = |text: &str| !text.trim().is_empty() && !["{}", "NaN", "inf"].iter().any(|bad| text.contains(bad));
    for id in SCENES {
        let scene = scenes::find(id).unwrap();
        let story = scene.story().unwrap();
        for preset in 0..scene.presets().len() {
            let run = finished(scene, Some(preset));
            for lang in Lang::ALL {
                let seen = Seen { run: &run, view: View { now: run.done(), ..View::new(lang) } };
                let answer = (story.answer)(&seen);
                assert!(whole(&answer), "{id}, preset {preset}: {answer}");
                for claim in story.claims {
                    let finding = (claim.judge)(&seen);
                    println!("{id} {preset}: {:?} {}", finding.verdict, finding.because);
                    assert!(whole(&finding.because), "{id}, preset {preset}: {}", finding.because);
                }
                match story.predict {
                    Predict::Choose { choices, right, .. } => assert!(right(&seen) < choices.len(), "{id}"),
                    Predict::Sketch { truth, .. } => {
                        let [x, y] = truth(&seen);
                        let finite = x.iter().chain(&y).all(|v| v.is_finite());
                        assert!(x.len() == y.len() && x.len() > 2 && finite, "{id}, preset {preset}: {x:?} {y:?}");
                    }
                }
            }
        }
    }
}
