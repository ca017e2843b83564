//! Text that wants to stop the program: it is answered within bounds of time, and nothing panics.

use std::time::{Duration, Instant};

use impetus::scenes::{TYPED_WORLD, View, made};
use impetus::session::{Plan, Session};
use impetus::text::Lang;

/// A sum of sines that comes near the longest formula.
fn long() -> String {
    let terms: Vec<String> = (1..110).map(|k| format!("sin({k}x)*cos({k}y)*exp(-x^2/{k})")).collect();
    format!("f(x,y) = {}", terms.join("+"))
}

#[test]
fn no_picture_of_any_world_takes_long() {
    let stiff = "f(x) = 1e8 x^2 + sin(1000x); x0 = 1";
    let wild = [
        "f(x) = 1/x",
        "f(x) = ln(x)",
        "f(x) = x^-9",
        "f(x, y) = exp(exp(x*y))",
        "x' = x^3; x0 = 10",
        "x' = 1/0",
        "F(x, v, t) = tan(1e9 t)*v",
        "f(x) = 0",
        "f(x) = 0/0",
        "f(x, y) = 1e300 x - 1e-300 y",
    ];
    let sources: Vec<String> = [long(), stiff.to_owned()].into_iter().chain(wild.map(str::to_owned)).collect();
    let mut shown = 0;
    for source in sources {
        let Ok(scene) = made(TYPED_WORLD, Some(&source)) else { continue };
        shown += 1;
        let mut plan = Plan::new(scene);
        plan.values.set("method", 1.0).unwrap();
        let mut session = Session::resume(plan).unwrap();
        let worst =
            |what: &str, took: Duration| assert!(took < Duration::from_millis(2000), "{source}: {what} {took:?}");
        for _ in 0..3 {
            let start = Instant::now();
            session.tick(Duration::from_millis(16));
            worst("a tick", start.elapsed());
        }
        session.advance(20);
        let view = View { now: 5, ..session.view(Lang::En) };
        for info in session.scene().views(&session.run().values, view) {
            let start = Instant::now();
            let figure = session.scene().figure(info.id, session.run(), view);
            worst(info.id, start.elapsed());
            assert!(figure.is_some(), "{source}: {}", info.id);
        }
        session.scene().chips(session.run(), view);
        session.scene().notes(session.run(), view);
        session.scene().readouts(session.run(), view);
    }
    assert!(shown >= 9, "only {shown} worlds were read");
}

#[test]
fn worlds_that_blow_up_stop_with_an_outcome() {
    let run = super::run("x' = x^2; x0 = 5", &[("h", 1.0)], 50);
    assert!(run.lanes[0].diverged_at().is_some_and(|n| n < 10));
    let run = super::run("f(x) = -x^4; x0 = 2", &[("eta", 0.5)], 200);
    assert!(run.lanes[0].diverged_at().is_some());
}
