//! The numbers that scenes have to give, each held on a whole run of it.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::outcome::{CaseResult, Check, Verdict, Way};
use crate::param::Values;
use crate::scenes::{self, Check as Wanted, Run, SCENES, Scene, Seen, View, spec_of};
use crate::text::Lang;

/// The section of these cases.
pub const SECTION: &str = "scenes";

/// A scene with the values of one of its presets, and what has to come out.
#[derive(Clone)]
pub struct SceneJob {
    scene: &'static dyn Scene,
    preset: Option<usize>,
    checks: Vec<&'static Wanted>,
}

/// Every run that the checks of the scenes ask for, in the order of the chapter.
pub fn scene_jobs() -> Vec<SceneJob> {
    let mut out: Vec<SceneJob> = Vec::new();
    for scene in SCENES {
        for check in scene.story().map_or(&[][..], |story| story.checks) {
            let same = |job: &&mut SceneJob| job.scene.meta().id == scene.meta().id && job.preset == check.preset;
            match out.iter_mut().find(same) {
                Some(job) => job.checks.push(check),
                None => out.push(SceneJob { scene: *scene, preset: check.preset, checks: vec![check] }),
            }
        }
    }
    out
}

/// All of them on all processors; the results come in order.
pub fn run_scenes(jobs: &[SceneJob]) -> Vec<CaseResult> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(jobs.len().max(1));
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((at, job)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    jobs.get(at).map(|job| (at, job))
                } {
                    let results = job.run();
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((at, results));
                }
            });
        }
    });
    let mut all = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().flat_map(|(_, results)| results).collect()
}

impl SceneJob {
    /// Identifier of the scene.
    pub fn scene(&self) -> &'static str {
        self.scene.meta().id
    }

    /// How many numbers it holds.
    pub fn len(&self) -> usize {
        self.checks.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.checks.is_empty()
    }

    /// What is run, for a reader.
    pub fn inputs(&self) -> Value {
        json!({ "scene": self.scene.meta().id, "preset": self.preset.map(|k| k + 1) })
    }

    /// The values of the preset, and how long they are run.
    fn setting(&self) -> Result<(Values, u64), String> {
        let mut values = Values::defaults(self.scene.params());
        let Some(k) = self.preset else { return Ok((values, self.scene.meta().steps)) };
        let preset = self.scene.presets().get(k).ok_or_else(|| format!("there is no preset {}", k + 1))?;
        for (id, text) in preset.values {
            let read = spec_of(self.scene, id).and_then(|spec| spec.read(text)).map_err(|e| e.to_string())?;
            self.scene.write(id, read, &mut values, 0).map_err(|e| e.to_string())?;
        }
        Ok((values, preset.steps))
    }

    /// Runs the scene to its end and holds every number.
    pub fn run(&self) -> Vec<CaseResult> {
        let made = self.setting().and_then(|(values, steps)| {
            let mut run = Run::new(self.scene, &values, 1, steps).map_err(|e| e.say(Lang::En))?;
            run.compute(steps);
            Ok(run)
        });
        match made {
            Ok(run) => {
                let seen = Seen { run: &run, view: View { now: run.done(), ..View::new(Lang::En) } };
                self.checks.iter().map(|check| self.hold(check, &seen)).collect()
            }
            Err(why) => {
                self.checks.iter().map(|c| self.result(c, Verdict::Malformed(why.clone()), Vec::new())).collect()
            }
        }
    }

    fn hold(&self, check: &Wanted, seen: &Seen<'_>) -> CaseResult {
        let (wanted, got) = ((check.wanted)(seen), (check.got)(seen));
        let difference = (got - wanted).abs();
        // Written so that a NaN fails.
        let pass = difference <= check.within;
        let held = Check {
            way: Way::Simulation,
            key: check.what.en.to_owned(),
            place: String::new(),
            values: 1,
            wanted: format!("{wanted:?} ± {:?}", check.within),
            got: format!("{got:?}"),
            difference: Some(difference),
            pass,
        };
        self.result(check, if pass { Verdict::Pass } else { Verdict::Fail }, vec![held])
    }

    fn result(&self, check: &Wanted, verdict: Verdict, checks: Vec<Check>) -> CaseResult {
        let meta = self.scene.meta();
        let preset = self.preset.map_or_else(String::new, |k| format!(", preset {}", k + 1));
        CaseResult {
            section: SECTION.to_owned(),
            id: format!("{}{preset}: {}", meta.id, check.what.en),
            kind: meta.id.to_owned(),
            source: format!("rows {:?} of the chapter", meta.rows),
            verdict,
            checks,
        }
    }
}

/// The scene a case of this section is about, with the values and the length of its run.
pub fn scene_of(inputs: &Value) -> Option<(&'static dyn Scene, Values, u64)> {
    let scene = scenes::find(inputs.get("scene")?.as_str()?)?;
    let preset = inputs.get("preset").and_then(Value::as_u64).and_then(|k| usize::try_from(k).ok()?.checked_sub(1));
    let (values, steps) = SceneJob { scene, preset, checks: Vec::new() }.setting().ok()?;
    Some((scene, values, steps))
}
