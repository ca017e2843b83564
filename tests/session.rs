//! The session: equal plans give equal bits however they are computed, nothing bad gets in, and
//! every change can be taken back.

use std::time::Duration;

use impetus::core::Probe;
use impetus::param::Values;
use impetus::scenes::{self, Lens, Run, Scene, SceneError};
use impetus::session::{Command, Plan, Session};
use impetus::text::Lang;

fn scene() -> &'static dyn Scene {
    scenes::find("one-machine").unwrap()
}

fn set(id: &str, value: f64) -> Command {
    Command::Set { id: id.into(), value }
}

/// A plan with other values and length.
fn plan(changes: &[(&str, &str)], steps: u64, seed: u64) -> Plan {
    let mut values = Values::defaults(scene().params());
    for (id, text) in changes {
        let value = scenes::spec_of(scene(), id).unwrap().read(text).unwrap();
        values.set(id, value).unwrap();
    }
    Plan { values, steps, seed, ..Plan::new(scene()) }
}

fn plans() -> Vec<Plan> {
    vec![
        plan(&[], 20, 1),
        plan(&[("temperature", "0.4"), ("particles", "37"), ("spread", "0.3")], 101, 7),
        plan(&[("problem", "one"), ("mapping", "exact"), ("beta", "0.9"), ("convention", "average")], 333, 2),
        plan(&[("problem", "two"), ("eta", "0.02"), ("torque_limit", "0.5"), ("temperature", "0")], 97, u64::MAX),
        plan(&[("eta", "0.6"), ("beta", "0"), ("particles", "3")], 1_500, 1),
    ]
}

/// Everything a run has recorded, bit for bit.
fn bits(run: &Run) -> Vec<u64> {
    let lanes = run.lanes.iter().flat_map(|lane| {
        let columns = lane.trace.probes().iter().flat_map(|p| lane.column(*p));
        let end = [lane.done(), lane.diverged_at().unwrap_or(u64::MAX)];
        columns.map(|x| x.to_bits()).chain(end).collect::<Vec<_>>()
    });
    lanes.chain(run.values.texts().iter().map(|(_, text)| text.parse().unwrap_or(0.5f64).to_bits())).collect()
}

fn finish(session: &mut Session) -> Vec<u64> {
    session.advance(u64::MAX);
    assert!(session.run().is_complete());
    bits(session.run())
}

/// Ticks of odd lengths, playing at odd speeds and jumping about, until the run is complete.
fn play(session: &mut Session) -> Vec<u64> {
    let _ = session.apply(Command::Play(true));
    let mut clock = 1;
    while !session.run().is_complete() {
        clock = (clock * 7 + 3) % 101;
        session.tick(Duration::from_millis(clock * clock % 137));
        session.apply(Command::Seek(clock % 23)).unwrap();
        session.apply(Command::Speed(clock as f64 * 0.3)).unwrap();
        if clock % 5 == 0 {
            session.advance(clock % 4);
        }
    }
    bits(session.run())
}

#[test]
fn equal_plans_give_equal_bits() {
    for (i, plan) in plans().into_iter().enumerate() {
        let want = finish(&mut Session::resume(plan.clone()).unwrap());
        assert_eq!(play(&mut Session::resume(plan.clone()).unwrap()), want, "plan {i}, played");
        let mut run = Run::new(scene(), &plan.values, plan.seed, plan.steps).unwrap();
        for chunk in (0..).map(|n| n * n % 13) {
            run.compute(chunk);
            if run.is_complete() {
                break;
            }
        }
        assert_eq!(bits(&run), want, "plan {i}, in odd chunks");
        let other = Plan { seed: plan.seed ^ 2, ..plan.clone() };
        let noisy = plan.values.get("temperature") > 0.0;
        assert_eq!(finish(&mut Session::resume(other).unwrap()) != want, noisy, "plan {i}, another seed");
    }
}

#[test]
fn a_state_is_what_the_trace_recorded() {
    for plan in plans() {
        let mut session = Session::resume(plan.clone()).unwrap();
        finish(&mut session);
        for lane in &session.run().lanes {
            for n in (0..=plan.steps).step_by(7).chain([31, 32, 33, plan.steps]).filter(|n| *n <= plan.steps) {
                let (state, dim) = (lane.state_at(n), lane.lane.start.dim());
                for i in 0..dim {
                    let want = [Probe::Position(i), Probe::Velocity(i)].map(|p| lane.at(p, n).unwrap().to_bits());
                    assert_eq!([state.coordinate(i)[0].to_bits(), state.velocity(i)[0].to_bits()], want, "at {n}");
                }
            }
        }
    }
}

/// Changes from now on, also two at once and one made after going back, replay from the plan.
#[test]
fn live_changes_replay() {
    let script: [(u64, &str, f64); 10] = [
        (7, "eta", 0.1),
        (7, "beta", 0.8),
        (13, "mapping", 4.0),
        (33, "temperature", 0.7),
        (64, "convention", 1.0),
        (80, "eta", 0.3),
        (50, "m", 4.0),
        (51, "torque_limit", 0.2),
        (97, "convention", 2.0),
        (150, "eta", 0.33),
    ];
    let mut session = Session::resume(plan(&[("particles", "21")], 150, 5)).unwrap();
    session.advance(150);
    session.apply(Command::FromNow(true)).unwrap();
    for (now, id, value) in script {
        session.advance(u64::MAX);
        session.apply(Command::Seek(now)).unwrap();
        session.apply(set(id, value)).unwrap();
        let plan = session.plan().clone();
        assert!(plan.events.iter().all(|e| e.at <= now) && plan.events.iter().any(|e| e.at == now), "{id}");
        let want = finish(&mut session);
        assert_eq!(finish(&mut Session::resume(plan.clone()).unwrap()), want, "after {id} at {now}");
        assert_eq!(play(&mut Session::resume(plan).unwrap()), want, "after {id} at {now}, played");
    }
    assert!(!session.run().is_steady());
    let mut plain = Session::resume(plan(&[("particles", "21")], 150, 5)).unwrap();
    finish(&mut plain);
    let past = |s: &Session| s.run().lane(Lens::Optimizer).unwrap().column(Probe::Position(0))[..8].to_vec();
    assert_eq!(past(&session), past(&plain), "the past changed");
}

fn pause(session: &mut Session) {
    session.tick(Duration::from_secs(1));
}

#[test]
fn changes_are_taken_back_and_made_again() {
    let commands = [
        set("eta", 0.2),
        set("mapping", 4.0),
        Command::Seed(9),
        Command::Steps(44),
        set("m", 3.0),
        Command::FromNow(true),
        set("beta", 0.7),
        Command::Drag { handle: "mode:0".into(), at: [0.05, 0.6] },
        Command::FromNow(false),
        set("x1", 2.0),
        Command::Reset,
        set("alpha", 0.05),
    ];
    let mut session = Session::open(scene()).unwrap();
    let mut plans = vec![session.plan().clone()];
    for command in commands {
        session.apply(Command::Seek(11)).unwrap();
        session.apply(command).unwrap();
        pause(&mut session);
        if session.plan() != &plans[plans.len() - 1] {
            plans.push(session.plan().clone());
        }
    }
    assert_eq!(plans.len(), 11);
    let end = finish(&mut session);
    for plan in plans.iter().rev().skip(1) {
        session.apply(Command::Undo).unwrap();
        assert!(session.plan() == plan);
        let fresh = finish(&mut Session::resume(plan.clone()).unwrap());
        assert_eq!(finish(&mut session), fresh);
    }
    assert_eq!(session.can_undo_redo(), [false, true]);
    session.apply(Command::Undo).unwrap();
    for plan in &plans[1..] {
        session.apply(Command::Redo).unwrap();
        assert!(session.plan() == plan);
    }
    assert_eq!((session.can_undo_redo(), finish(&mut session)), ([true, false], end));
}

#[test]
fn a_gesture_is_one_step_back() {
    let mut session = Session::open(scene()).unwrap();
    let undo_until_clean = |session: &mut Session| {
        let mut n = 0;
        while session.can_undo_redo()[0] {
            session.apply(Command::Undo).unwrap();
            n += 1;
        }
        n
    };
    let drag = |session: &mut Session, id: &str| {
        for i in 1..20 {
            session.apply(set(id, 0.01 * f64::from(i))).unwrap();
            session.tick(Duration::from_millis(16));
        }
    };
    drag(&mut session, "eta");
    assert_eq!(undo_until_clean(&mut session), 1, "one drag");
    drag(&mut session, "eta");
    pause(&mut session);
    drag(&mut session, "eta");
    drag(&mut session, "beta");
    assert_eq!(undo_until_clean(&mut session), 3, "a pause and another slider part gestures");
    drag(&mut session, "eta");
    session.apply(Command::Undo).unwrap();
    session.apply(set("eta", 0.3)).unwrap();
    assert_eq!(session.can_undo_redo(), [true, false], "a new change forgets what was taken back");
}

#[test]
fn reset_is_exact() {
    let fresh = finish(&mut Session::open(scene()).unwrap());
    let mut session = Session::resume(plans().remove(1)).unwrap();
    session.apply(Command::FromNow(true)).unwrap();
    session.advance(50);
    session.apply(Command::Seek(31)).unwrap();
    session.apply(set("eta", 0.013)).unwrap();
    session.apply(Command::Reset).unwrap();
    assert!(session.plan() == &Plan::new(scene()));
    assert_eq!(session.playback().now, 0);
    assert_eq!(finish(&mut session), fresh);
}

/// Looks at everything a window would show.
fn look(session: &mut Session) {
    for lens in Lens::ALL {
        session.apply(Command::Lens(lens)).unwrap();
        for lang in Lang::ALL {
            let (scene, run, view) = (session.scene(), session.run(), session.view(lang));
            assert!(!session.figures(lang).is_empty());
            let _ = (scene.readouts(run, view), scene.chips(run, view), scene.notes(run, view));
            let _ = (scene.dictionary(&run.values, view), scene.controls(lens, &run.values));
        }
    }
}

#[test]
fn bad_input_is_refused_and_changes_nothing() {
    let mut session = Session::open(scene()).unwrap();
    session.advance(20);
    let (plan, before) = (session.plan().clone(), bits(session.run()));
    let text = |id: &str, text: &str| Command::SetText { id: id.into(), text: text.into() };
    let mut bad = vec![Command::Steps(0), Command::Steps(100_001), Command::Steps(u64::MAX)];
    for id in ["eta", "beta", "m", "c", "zeta", "inertia", "period", "particles", "mapping", "alpha", "eta_eff"] {
        bad.extend([f64::NAN, f64::INFINITY, -f64::INFINITY, -3.0, 1e300].map(|x| set(id, x)));
        bad.extend(["", "nan", "inf", "1e999", "one two", "0x10", "−"].map(|t| text(id, t)));
    }
    bad.extend([set("", 1.0), set("Eta", 1.0), set("nonsense", 1.0), text("nonsense", "1"), set("particles", 2.5)]);
    bad.extend([set("k", 1.0), set("lambda1", 0.0), set("temperature", -1e-9), set("problem", 3.0)]);
    let drag = |handle: &str, at| Command::Drag { handle: handle.into(), at };
    bad.extend([drag("", [0.1, 0.1]), drag("mode:7", [0.1, 0.1]), drag("mode:-1", [0.1, 0.1])]);
    bad.extend([drag("mode:0", [f64::NAN, 0.1]), drag("mode:1", [0.1, f64::NAN])]);
    for command in bad {
        let error: SceneError = session.apply(command.clone()).expect_err(&format!("{command:?} was accepted"));
        assert!(Lang::ALL.iter().all(|l| error.say(*l).chars().count() > 5), "{command:?}: {error}");
        assert!(session.plan() == &plan && bits(session.run()) == before, "{command:?} changed something");
        assert_eq!(session.can_undo_redo(), [false, false], "{command:?}");
    }
    for odd in [Command::Speed(f64::NAN), Command::Seek(u64::MAX), Command::Step(i64::MIN), Command::Mode(99)] {
        session.apply(odd).unwrap();
        session.tick(Duration::MAX);
    }
    assert_eq!((session.playback().now, session.playback().speed, session.mode()), (0, 1.0, 1));
}

#[test]
fn borders_are_allowed_and_looked_at() {
    let table: [&[(&str, f64)]; 8] = [
        &[("beta", 1.0)],
        &[("beta", -1.0)],
        &[("beta", -0.4), ("mapping", 5.0)],
        &[("beta", 0.0), ("eta", 0.25)],
        &[("eta", 0.75)], // ηλ₂ = 2(1 + β)
        &[("temperature", 0.0), ("particles", 1.0)],
        &[("eta", 100.0), ("beta", 1.1), ("particles", 2.0)],
        &[("x1", 0.0), ("x2", 0.0), ("spread", 0.0), ("temperature", 0.0)],
    ];
    for changes in table {
        let mut session = Session::open(scene()).unwrap();
        for (id, value) in changes {
            session.apply(set(id, *value)).unwrap_or_else(|e| panic!("{changes:?}: {e}"));
        }
        for mapping in 0..6 {
            session.apply(set("mapping", f64::from(mapping))).unwrap();
            session.advance(20);
            session.apply(Command::Seek(13)).unwrap();
            look(&mut session);
        }
    }
}
