//! What threads of their own compute is what the session would have computed itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use impetus::core::State;
use impetus::scenes::{self, Lens};
use impetus::session::{Command, Session};

use super::{bits, session};

const CLOUD: [(&str, f64); 2] = [("particles", 6000.0), ("spread", 0.4)];

/// Lets a session work beside, and counts how often it is woken.
fn beside(session: &mut Session) -> Arc<AtomicUsize> {
    let woken = Arc::new(AtomicUsize::new(0));
    let count = woken.clone();
    session.work_beside(move || {
        count.fetch_add(1, Ordering::Relaxed);
    });
    woken
}

/// Ticks until `done`, a minute at most.
fn until(session: &mut Session, done: impl Fn(&Session) -> bool) {
    let start = Instant::now();
    while !done(session) {
        assert!(start.elapsed() < Duration::from_secs(60), "nothing comes of it");
        std::thread::sleep(Duration::from_millis(1));
        session.tick(Duration::from_millis(16));
    }
}

fn computed(session: &Session) -> bool {
    session.is_computed()
}

/// Live changes that come while a thread is at work, one of them back in time.
fn changes(session: &mut Session, wait: impl Fn(&mut Session, u64)) {
    session.apply(Command::FromNow(true)).expect("can be chosen");
    for (at, id, value) in [(90, "temperature", 0.3), (150, "eta", 0.11), (60, "beta", 0.7), (61, "r1", 0.5)] {
        wait(session, at);
        session.apply(Command::Seek(at)).expect("within the run");
        session.apply(Command::Set { id: id.into(), value }).expect("in range");
    }
}

#[test]
fn a_heavy_run_is_the_same_to_the_last_bit() {
    let mut here = session(&CLOUD, 300);
    let mut there = session(&CLOUD, 300);
    let woken = beside(&mut there);
    here.advance(300);
    until(&mut there, computed);
    assert!(bits(&here) == bits(&there), "made at once and made beside");
    assert!(woken.load(Ordering::Relaxed) > 0, "nobody was woken");
    changes(&mut here, |s, at| s.advance(at.saturating_sub(s.run().done())));
    here.advance(300);
    changes(&mut there, |s, at| until(s, |s| s.run().done() >= at));
    until(&mut there, computed);
    assert_eq!(here.plan(), there.plan());
    assert!(bits(&here) == bits(&there), "after changes in mid-run");
    for n in [0, 59, 60, 61, 150, 299, 300] {
        for (a, b) in here.run().lanes.iter().zip(&there.run().lanes) {
            assert!(a.state_at(n).q == b.state_at(n).q, "the state at {n}");
        }
    }
}

/// A light run that is long begins at once, without a thread, and is the same to the last bit when a thread goes on.
#[test]
fn a_long_run_is_the_same_to_the_last_bit() {
    let (mut here, mut there) = (session(&[], 20_000), session(&[], 20_000));
    assert!(!here.run().is_heavy());
    let woken = beside(&mut there);
    there.apply(Command::Seed(7)).expect("any seed");
    here.apply(Command::Seed(7)).expect("any seed");
    assert!(there.run().done() > 0, "an empty plot");
    here.advance(20_000);
    until(&mut there, computed);
    assert!(bits(&here) == bits(&there));
    assert!(woken.load(Ordering::Relaxed) > 0, "made by the window itself");
    changes(&mut here, |s, at| s.advance(at.saturating_sub(s.run().done())));
    here.advance(20_000);
    changes(&mut there, |s, at| until(s, |s| s.run().done() >= at));
    until(&mut there, computed);
    assert!(bits(&here) == bits(&there), "after changes in mid-run");
}

/// What is computed is not computed again when a run is stopped, shortened or made longer.
#[test]
fn a_run_that_is_stopped_keeps_what_it_has_and_goes_on() {
    for heavy in [false, true] {
        let mut there = session(if heavy { &CLOUD } else { &[] }, 300);
        let mut here = session(if heavy { &CLOUD } else { &[] }, 300);
        if heavy {
            beside(&mut there);
        }
        until(&mut there, |s| s.run().done() >= 100);
        for steps in [there.run().done(), 90, 400] {
            let before = there.run().done();
            there.apply(Command::Steps(steps)).expect("a length");
            assert!(there.run().done() >= before.min(steps), "{heavy}, {steps}: begun anew");
            assert_eq!(there.run().horizon, steps);
        }
        there.apply(Command::Undo).expect("taken back");
        there.apply(Command::Redo).expect("done again");
        until(&mut there, computed);
        here.apply(Command::Steps(400)).expect("a length");
        here.advance(400);
        assert!(bits(&here) == bits(&there), "{heavy}");
    }
}

/// A run that is told to wait stays where it is, whatever time passes, and then goes on to the same bits; a change
/// lets it go on by itself.
#[test]
fn a_run_waits_when_it_is_told_to() {
    for heavy in [false, true] {
        let open = || session(if heavy { &CLOUD } else { &[("particles", 1.0)] }, 30_000);
        let mut there = open();
        if heavy {
            beside(&mut there);
        }
        until(&mut there, |s| s.run().done() >= 100);
        there.apply(Command::Hold(true)).expect("can always be told");
        until(&mut there, |s| !s.run().is_lent());
        let done = there.run().done();
        assert!(there.is_held() && !there.is_busy() && done < 30_000, "{heavy}");
        for _ in 0..20 {
            std::thread::sleep(Duration::from_millis(1));
            there.tick(Duration::from_millis(16));
        }
        assert_eq!(there.run().done(), done, "{heavy}");
        there.apply(Command::Hold(false)).expect("can always be told");
        let enough = done + 300;
        until(&mut there, |s| s.run().done() > enough);
        let mut here = open();
        for session in [&mut here, &mut there] {
            session.apply(Command::Steps(enough)).expect("a length");
        }
        until(&mut there, computed);
        here.advance(enough);
        assert!(bits(&here) == bits(&there), "{heavy}");
        there.apply(Command::Hold(true)).expect("can always be told");
        there.apply(Command::Set { id: "beta".into(), value: 0.6 }).expect("in range");
        until(&mut there, computed);
    }
}

/// The benches of samplers, whose thermometers read every particle: by a method made many steps at a time
/// and by one that is not.
#[test]
fn gauges_are_the_same_to_the_last_bit() {
    for (scene, method) in [("sampler", "baoab"), ("sampler", "hmc"), ("sampler-plane", "sghmc"), ("escape", "obabo")] {
        let open = || {
            let mut session = Session::open(scenes::find(scene).expect("a scene")).expect("it opens");
            for (id, text) in [("method", method), ("spread", "0.3"), ("particles", "6000")] {
                session.apply(Command::SetText { id: id.into(), text: text.into() }).expect("in range");
            }
            session.apply(Command::Steps(130)).expect("a length in range");
            session
        };
        let (mut here, mut there) = (open(), open());
        here.advance(130);
        beside(&mut there);
        until(&mut there, computed);
        assert!(bits(&here) == bits(&there), "{scene}, {method}");
    }
}

#[test]
fn recall_and_pins_lose_nothing() {
    let mut plain = session(&CLOUD, 200);
    plain.advance(200);
    // What is lent and asked for at once is computed here, from where it was lent.
    let mut recalled = session(&CLOUD, 200);
    beside(&mut recalled);
    until(&mut recalled, |s| s.run().is_lent());
    recalled.advance(70);
    until(&mut recalled, computed);
    assert!(bits(&plain) == bits(&recalled), "computed here in the middle of it");
    // A pinned run has its turn after the present one.
    let mut pinned = session(&CLOUD, 200);
    beside(&mut pinned);
    pinned.apply(Command::Pin).expect("the first pin");
    pinned.apply(Command::Set { id: "beta".into(), value: 0.6 }).expect("in range");
    until(&mut pinned, computed);
    let [pin] = pinned.pins() else { panic!("one pin") };
    let want = &plain.run().lanes;
    let same = pin.run.lanes.iter().zip(want).all(|(a, b)| a.trace == b.trace);
    assert!(same, "the pinned run is the plain one");
}

#[test]
fn a_change_cancels_what_is_under_way() {
    let mut session = session(&[("particles", 200_000.0)], 20_000);
    let woken = beside(&mut session);
    until(&mut session, |s| s.run().done() > 0);
    let start = Instant::now();
    for k in 0..5 {
        session.apply(Command::Set { id: "eta".into(), value: 0.1 + 0.01 * f64::from(k) }).expect("in range");
        session.tick(Duration::from_millis(16));
    }
    // Far less than the minutes that the run takes, however slow the machine.
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert!(session.run().done() < 20_000 && !session.run().is_complete());
    drop(session);
    // Whoever worked for it comes to an end; after that nobody is woken.
    std::thread::sleep(Duration::from_millis(1500));
    let before = woken.load(Ordering::Relaxed);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(woken.load(Ordering::Relaxed), before, "a thread goes on");
}

#[test]
fn what_is_read_of_a_state_is_that_of_its_moment_in_the_end() {
    let read = |state: &State| vec![state.step as f64, state.q.iter().sum()];
    let mut session = session(&CLOUD, 120);
    let glance =
        |s: &Session, n: u64| s.run().lane(Lens::Sampler).expect("a sampler").glance(n, ("sum", 0, 0), 0, read);
    session.advance(120);
    let want: Vec<Vec<f64>> = [0, 31, 77, 120].map(|n| glance(&session, n).expect("here and now").to_vec()).into();
    beside(&mut session);
    session.apply(Command::Seed(1)).expect("the same");
    for (n, want) in [120, 0, 77, 31].into_iter().zip([3, 0, 2, 1].map(|k| &want[k])) {
        until(&mut session, |s| glance(s, n).is_some_and(|found| *found == *want));
    }
    assert_eq!(want.iter().map(|w| w[0]).collect::<Vec<_>>(), [0.0, 31.0, 77.0, 120.0]);
    // A figure that is finished does not wait for anybody.
    let finished = |s: &mut Session| {
        s.apply(Command::Seek(44)).expect("within the run");
        s.finished_figure("histogram", impetus::text::Lang::En).map(|f| format!("{:?}", f.panels))
    };
    let mut here = super::session(&CLOUD, 120);
    here.advance(120);
    assert!(finished(&mut here).is_some() && finished(&mut here) == finished(&mut session));
    // Of a small cloud it is there at once.
    let mut small = super::session(&[("particles", 40.0)], 50);
    beside(&mut small);
    small.advance(50);
    assert_eq!(glance(&small, 33).map(|found| found[0]), Some(33.0));
}

/// A paused window asks for nothing: no tick finds news, and the session is not busy.
#[test]
fn nothing_moves_when_all_is_done() {
    let mut session = session(&CLOUD, 40);
    let woken = beside(&mut session);
    until(&mut session, computed);
    // Asks for a state once; what comes of it is the last news.
    let _ = session.figure("histogram", impetus::text::Lang::En);
    for _ in 0..40 {
        std::thread::sleep(Duration::from_millis(10));
        session.tick(Duration::ZERO);
    }
    let (revision, count) = (session.revision(), woken.load(Ordering::Relaxed));
    std::thread::sleep(Duration::from_millis(200));
    (0..5).for_each(|_| session.tick(Duration::ZERO));
    assert!(!session.is_busy());
    assert_eq!((session.revision(), woken.load(Ordering::Relaxed)), (revision, count));
}
