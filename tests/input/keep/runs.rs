//! Long runs on disk: what is found again goes on with the same bits, and nothing else is believed.

use std::path::Path;

use impetus::files::keep::RunShelf;
use impetus::scenes::{Run, find, spec_of};
use impetus::session::{Event, Plan, Session};

const STEPS: u64 = 400;

fn plan(scene: &str, values: &[(&str, &str)], events: &[(u64, &'static str, f64)]) -> Plan {
    let scene = find(scene).unwrap();
    let mut plan = Plan { steps: STEPS, ..Plan::new(scene) };
    for (id, text) in values {
        plan.values.set(id, spec_of(scene, id).unwrap().read(text).unwrap()).unwrap();
    }
    plan.events = events.iter().map(|(at, id, value)| Event { at: *at, id, value: *value }).collect();
    plan
}

/// Runs of every kind: changed on the way, noisy, trained, and diverging within what is kept.
fn plans() -> Vec<Plan> {
    vec![
        plan("one-machine", &[("temperature", "0.3"), ("particles", "40")], &[(50, "beta", 0.8), (210, "eta", 0.1)]),
        plan("one-machine", &[("eta", "2"), ("beta", "0.99")], &[]),
        plan("sampler", &[("particles", "100"), ("method", "hmc")], &[]),
        plan("airfoil", &[], &[]),
        plan("digits", &[("data", "8x8")], &[]),
        plan("federated", &[], &[]),
    ]
}

/// The run of a plan on the shelf of a folder, waited for.
fn found(folder: &Path, plan: &Plan) -> Option<Run> {
    let shelf = RunShelf::start(folder).unwrap();
    shelf.find(plan, || ()).and_then(|found| found.recv().unwrap())
}

fn keep(folder: &Path, plan: &Plan, iterations: u64) {
    let mut run = plan.start().unwrap();
    plan.compute(&mut run, iterations);
    let shelf = RunShelf::start(folder).unwrap();
    shelf.keep(plan.clone(), run.snapshot().unwrap());
    // To let go of a shelf waits for what it was asked.
}

fn file(folder: &Path) -> std::path::PathBuf {
    let mut all: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

#[test]
fn a_run_goes_on_with_the_same_bits() {
    for plan in plans() {
        let folder = tempfile::tempdir().unwrap();
        let mut whole = plan.start().unwrap();
        plan.compute(&mut whole, STEPS);
        keep(folder.path(), &plan, 300);
        let mut again = found(folder.path(), &plan).unwrap_or_else(|| panic!("{plan:?}"));
        // A lane that diverges keeps states only up to there.
        assert!((100..=300).contains(&again.done()), "{plan:?}: {}", again.done());
        plan.compute(&mut again, STEPS);
        assert_eq!(again.done(), STEPS);
        for (a, b) in again.lanes.iter().zip(&whole.lanes) {
            assert_eq!(a.outcome, b.outcome, "{plan:?}");
            for probe in a.trace.probes() {
                let bits = |x: &[f64]| x.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
                assert!(bits(a.column(*probe)) == bits(b.column(*probe)), "{plan:?}: {}", probe.name());
            }
            for n in [0, 120, 300, STEPS] {
                let [a, b] = [a, b].map(|lane| lane.state_at(n));
                assert!((a.step, &a.q, &a.v) == (b.step, &b.q, &b.v), "{plan:?} at {n}");
            }
        }
    }
}

#[test]
fn only_the_same_run_is_believed() {
    let folder = tempfile::tempdir().unwrap();
    let [plan, other] = [1, 2].map(|seed| Plan { seed, ..plan("sampler", &[("particles", "100")], &[]) });
    keep(folder.path(), &plan, 300);
    assert!(found(folder.path(), &plan).is_some());
    assert!(found(folder.path(), &other).is_none(), "its file has another name");
    let path = file(folder.path());
    let whole = std::fs::read(&path).unwrap();
    // The run of another seed under the name of this one: its states do not follow from one another.
    let mut run = other.start().unwrap();
    other.compute(&mut run, 300);
    assert!(plan.revive(run.snapshot().unwrap()).is_none());
    for (what, bytes) in [
        ("cut", whole[..whole.len() - 1].to_vec()),
        ("empty", Vec::new()),
        ("a bit", whole.iter().enumerate().map(|(k, b)| if k == whole.len() / 2 { b ^ 1 } else { *b }).collect()),
        ("another form", whole.iter().enumerate().map(|(k, b)| if k == 18 { b'9' } else { *b }).collect()),
    ] {
        std::fs::write(&path, bytes).unwrap();
        assert!(found(folder.path(), &plan).is_none(), "{what}");
    }
    std::fs::write(&path, whole).unwrap();
    assert!(found(folder.path(), &plan).is_some());
}

#[test]
fn a_beginning_is_not_kept() {
    for plan in plans() {
        let mut run = plan.start().unwrap();
        assert!(run.snapshot().is_none(), "{plan:?}");
        plan.compute(&mut run, 20);
        assert!(run.snapshot().is_none(), "{plan:?}");
    }
}

/// Several that are asked for while the writer rests are all written, each as it was asked for last.
#[test]
fn no_run_crowds_out_another() {
    let folder = tempfile::tempdir().unwrap();
    let plans: Vec<Plan> = (0..4).map(|seed| Plan { seed, ..plan("one-machine", &[], &[]) }).collect();
    let shelf = RunShelf::start(folder.path()).unwrap();
    for iterations in [100, 200] {
        for plan in &plans {
            let mut run = plan.start().unwrap();
            plan.compute(&mut run, iterations);
            shelf.keep(plan.clone(), run.snapshot().unwrap());
        }
    }
    drop(shelf);
    for plan in &plans {
        assert_eq!(found(folder.path(), plan).map(|run| run.done()), Some(192), "{plan:?}");
    }
}

/// A session goes on with what is farther, and with nothing that begins otherwise.
#[test]
fn a_session_takes_over_what_fits() {
    let [plan, other] = [1, 2].map(|seed| Plan { seed, ..plan("airfoil", &[], &[]) });
    let made = |plan: &Plan, iterations| {
        let mut run = plan.start().unwrap();
        plan.compute(&mut run, iterations);
        run
    };
    let mut session = Session::resume(plan.clone()).unwrap();
    session.advance(100);
    assert!(!session.take_over(&plan, made(&plan, 50)), "it is farther itself");
    assert!(!session.take_over(&other, made(&other, 200)), "another plan");
    assert!(session.take_over(&plan, made(&plan, 200)) && session.run().done() == 200);
    let stranger = Plan { values: self::plan("airfoil", &[("start", "uniform")], &[]).values, ..plan.clone() };
    assert!(!session.take_over(&plan, made(&stranger, 300)), "it begins otherwise");
}

/// Of many runs the newest stay, beside whatever else lies there; what was never finished goes after an hour.
#[test]
fn a_shelf_does_not_grow_without_end() {
    let folder = tempfile::tempdir().unwrap();
    let stranger = folder.path().join("mine.impetus");
    std::fs::write(&stranger, "x").unwrap();
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(7200);
    for (name, is_old) in [(".a.run.1-0.part", true), (".b.run.1-1.part", false)] {
        let file = std::fs::File::create(folder.path().join(name)).unwrap();
        if is_old {
            file.set_modified(old).unwrap();
        }
    }
    let plans: Vec<Plan> = (0..30).map(|seed| Plan { seed, ..plan("one-machine", &[], &[]) }).collect();
    plans.iter().for_each(|plan| keep(folder.path(), plan, 100));
    let kept: Vec<bool> = plans.iter().map(|plan| found(folder.path(), plan).is_some()).collect();
    let newest: Vec<bool> = (0..30).map(|k| k >= 6).collect();
    assert_eq!(kept, newest);
    let there = |name: &str| folder.path().join(name).exists();
    assert!(stranger.exists() && !there(".a.run.1-0.part") && there(".b.run.1-1.part"));
}
