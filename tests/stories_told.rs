//! What scenes say of themselves comes out of their runs.

use impetus::param::Values;
use impetus::scenes::{self, Predict, Run, Scene, Seen, View};
use impetus::text::Lang;

const SCENES: &[&str] = &["filter", "weights", "conventions", "sampler", "sampler-plane", "escape", "current"];

fn run_of(scene: &'static dyn Scene, preset: Option<usize>) -> Run {
    let (mut values, mut steps) = (Values::defaults(scene.params()), scene.meta().steps);
    if let Some(preset) = preset {
        let preset = &scene.presets()[preset];
        for (id, text) in preset.values {
            values.set(id, scenes::spec_of(scene, id).unwrap().read(text).unwrap()).unwrap();
        }
        steps = preset.steps;
    }
    let mut run = Run::new(scene, &values, 1, steps).unwrap();
    run.compute(steps);
    run
}

fn seen(run: &Run, lang: Lang) -> Seen<'_> {
    Seen { run, view: View { now: run.done(), ..View::new(lang) } }
}

#[test]
fn every_check_holds() {
    for id in SCENES {
        let scene = scenes::find(id).unwrap();
        for check in scene.story().unwrap().checks {
            let run = run_of(scene, check.preset);
            let seen = seen(&run, Lang::En);
            let (wanted, got) = ((check.wanted)(&seen), (check.got)(&seen));
            println!("{id}: {}: {wanted} {got} ({:e})", check.what.en, (got - wanted).abs());
            assert!((got - wanted).abs() <= check.within, "{id}: {}: {got} is not {wanted}", check.what.en);
        }
    }
}

#[test]
fn stories_are_whole_in_both_languages() {
    for id in SCENES {
        let scene = scenes::find(id).unwrap();
        let story = scene.story().unwrap();
        let presets = (0..scene.presets().len()).map(Some);
        for preset in std::iter::once(None).chain(presets) {
            let run = run_of(scene, preset);
            for lang in Lang::ALL {
                let seen = seen(&run, lang);
                let findings = story.claims.iter().map(|claim| (claim.judge)(&seen));
                let said = findings.map(|f| format!("[{}] {}", f.verdict.title().get(lang), f.because));
                for text in said.chain([(story.answer)(&seen)]) {
                    println!("{id} {preset:?}: {text}");
                    let bad = text.is_empty() || text.contains("{}") || text.contains('–') || text.contains("NaN");
                    assert!(!bad, "{id} {preset:?}: {text}");
                }
                match story.predict {
                    Predict::Choose { choices, right, .. } => assert!(right(&seen) < choices.len(), "{id} {preset:?}"),
                    Predict::Sketch { truth, .. } => {
                        let [x, y] = truth(&seen);
                        assert!(x.len() == y.len() && x.len() > 1, "{id} {preset:?}");
                    }
                }
            }
        }
    }
}
