//! Energy ledgers against closed forms, and the step inspector against the trace.

use impetus::figure::{Figure, Layer};
use impetus::scenes::{EXAMPLES, Lens, Probe, Run, SceneRef, View};
use impetus::session::{Command, Event, Plan, Session};
use impetus::text::Lang;

use super::{run, scene};

fn line(figure: &Figure<'_>, panel: &str, name: &str) -> Vec<f64> {
    let layers = figure.panels.iter().filter(|p| p.id == panel).flat_map(|p| &p.layers);
    let named = |l: &Layer<'_>| match l {
        Layer::Line(l) if l.name.as_ref().is_none_or(|n| n.plain() == name) => Some(l.y.to_vec()),
        _ => None,
    };
    layers.filter_map(named).next().unwrap_or_else(|| panic!("no {name}"))
}

fn energy<'a>(scene: &SceneRef, run: &'a Run) -> Figure<'a> {
    scene.figure("energy", run, View { lens: Lens::Spring, ..View::new(Lang::En) }).expect("a ledger")
}

fn worst(figure: &Figure<'_>) -> f64 {
    line(figure, "residual", "").into_iter().fold(0.0, f64::max)
}

/// The work of a force is what the kinetic energy gained, whatever the force reads; for x″ = −4x from 1 it
/// is 2 sin² 2t, for a drag alone ½(e^(−2ct) − 1).
#[test]
fn work_is_booked_for_forces() {
    type Exact = fn(f64) -> f64;
    let table: [(&str, Option<Exact>, f64); 5] = [
        ("F(x) = -4x; x0 = 1", Some(|t| 2.0 * (2.0 * t).sin().powi(2)), 1e-6),
        ("F(x, v) = -0.5 v; x0 = 0; v0 = 1", Some(|t| 0.5 * ((-t).exp() - 1.0)), 1e-9),
        ("F(x, v, t) = -sin(x) - 0.2 v + cos(t); x0 = 2", None, 1e-6),
        (
            "F(x, y) = (-x, -3y); x0 = 1; y0 = -1",
            Some(|t| 0.5 * (t.sin().powi(2) + 3.0 * (3f64.sqrt() * t).sin().powi(2))),
            1e-6,
        ),
        ("F(x, y) = (-y, x); x0 = 1; y0 = 0", None, 1e-6),
    ];
    for (source, exact, tolerance) in table {
        let run = run(source, &[("h", 0.1)], 60);
        let figure = energy(&scene(source), &run);
        assert!(worst(&figure) < tolerance, "{source}: {}", worst(&figure));
        let work = line(&figure, "energy", "work of the force");
        let kinetic = line(&figure, "energy", "kinetic");
        for (i, (w, k)) in work.iter().zip(&kinetic).enumerate() {
            assert!((k - w - kinetic[0]).abs() < tolerance * 10.0, "{source}, row {i}");
            if let Some(exact) = exact {
                let t = i as f64 * 0.1 / 8.0;
                assert!((w - exact(t)).abs() < 1e-5, "{source}, t = {t}: {w} against {}", exact(t));
            }
        }
    }
}

/// A change by hand puts in the step of the potential at unchanged place, and the books stay closed.
#[test]
fn changes_in_mid_run_are_booked() {
    let source = "f(x) = a*x^2/2; a = 1 in [0.5, 9]; x0 = 2";
    let world = scene(source);
    let mut plan = Plan { steps: 80, ..Plan::new(world.clone()) };
    for (id, value) in [("eta", 0.04), ("beta", 0.96), ("h", 0.2)] {
        plan.values.set(id, value).unwrap();
    }
    plan.events = vec![Event { at: 20, id: "a", value: 3.0 }, Event { at: 45, id: "eta", value: 0.02 }];
    let mut run = plan.start().unwrap();
    plan.compute(&mut run, 80);
    assert!(!run.is_steady());
    let figure = energy(&world, &run);
    assert!(worst(&figure) < 1e-5, "{}", worst(&figure));
    let owed = line(&figure, "energy", "start + put in by hand");
    let spring = run.lane(Lens::Spring).unwrap();
    let q = spring.at(Probe::Position(0), 20).unwrap();
    let (before, after) = (owed[20 * 8 - 1], owed[20 * 8]);
    assert!((before - owed[0]).abs() < 1e-12, "nothing before the change");
    assert!((after - before - (3.0 - 1.0) * q * q / 2.0).abs() < 1e-12, "{after} {before} {q}");
    assert!((owed[44 * 8] - after).abs() < 1e-12);
    // Half the learning rate is twice the mass h²/η.
    let v = spring.at(Probe::Velocity(0), 45).unwrap();
    let put_in = 0.5 * (0.04 / 0.02 - 0.04 / 0.04) * v * v;
    assert!((owed[45 * 8] - after - put_in).abs() < 1e-12, "{} {put_in}", owed[45 * 8] - after);
    // The sum follows the line.
    let sum = line(&figure, "energy", "sum");
    assert!(sum.iter().zip(&owed).all(|(a, b)| (a - b).abs() < 1e-4));
}

/// The arrows of the inspector from the first to the last: components of every term, then of the sum.
fn arrows(figure: &Figure<'_>) -> Vec<[f64; 2]> {
    let layers = figure.panels.iter().flat_map(|p| &p.layers);
    layers.filter_map(|l| if let Layer::Arrows(a) = l { Some([a.u[0], a.v[0]]) } else { None }).collect()
}

/// What the inspector adds up is the step that the trace holds, in every storage and dimension.
#[test]
fn an_update_adds_up_to_the_recorded_step() {
    let sources = [
        "f(x) = x^4/4 - x^2/2 + 0.1 x; x0 = 1.8",
        "f(x, y) = (1 - x)^2 + 5 (y - x^2)^2; x0 = -1.2; y0 = 1",
        "F(x, v) = -sin(x) - 0.3 v; x0 = 2",
    ];
    for source in sources {
        let world = scene(source);
        let loss = source.starts_with('f');
        for convention in if loss { 0..3 } else { 0..1 } {
            let mut set = vec![("eta", 0.01), ("beta", 0.8)];
            set.extend(loss.then_some(("convention", f64::from(convention))));
            let run = run(source, &set, 30);
            for lens in world.lenses() {
                for now in [0, 7, 29] {
                    let view = View { lens: *lens, now, ..View::new(Lang::En) };
                    let figure = world.figure("step-inspector", &run, view).unwrap();
                    let arrows = arrows(&figure);
                    let (sum, terms) = arrows.split_last().unwrap();
                    assert!(!terms.is_empty(), "{source} {lens:?}");
                    let total = terms.iter().fold([0.0; 2], |s, t| [s[0] + t[0], s[1] + t[1]]);
                    assert!((total[0] - sum[0]).abs() + (total[1] - sum[1]).abs() < 1e-12);
                    if lens.is_physical() {
                        continue;
                    }
                    let lane = run.lane(*lens).unwrap();
                    let step = |i: usize| {
                        let at = |n| lane.at(Probe::Position(i), n);
                        Some(at(now + 1)? - at(now)?)
                    };
                    assert!((sum[0] - step(0).unwrap()).abs() < 1e-12, "{source} {lens:?} {convention} at {now}");
                    if source.contains("x, y") {
                        assert!((sum[1] - step(1).unwrap()).abs() < 1e-12, "{source} {lens:?}, second");
                    }
                }
            }
        }
    }
}

/// Through the spring's lens the terms are mass times acceleration: the change of the recorded velocity.
#[test]
fn forces_add_up_to_the_acceleration() {
    let source = "F(x, v) = -sin(x) - 0.3 v; x0 = 2";
    let (world, run) = (scene(source), run(source, &[("h", 0.05)], 40));
    let motion = run.lane(Lens::Spring).unwrap();
    for now in [3, 20, 35] {
        let view = View { lens: Lens::Spring, now, ..View::new(Lang::En) };
        let figure = world.figure("step-inspector", &run, view).unwrap();
        let sum = arrows(&figure).last().unwrap()[0];
        let v = motion.column(Probe::Velocity(0));
        let row = now as usize * 8;
        let rate = (v[row + 1] - v[row - 1]) / (2.0 * 0.05 / 8.0);
        assert!((sum - rate).abs() < 1e-4 * (1.0 + rate.abs()), "{now}: {sum} against {rate}");
    }
}

/// The period of a pendulum let go at 2.5 is not that of small turns: 4 K(sin 1.25), by the arithmetic and
/// geometric mean.
#[test]
fn the_period_is_measured_at_its_amplitude() {
    let mut session = Session::open(scene("F(x) = -sin(x); x0 = 2.5")).unwrap();
    session.apply(Command::Steps(900)).unwrap();
    session.advance(900);
    let view = session.view(Lang::En);
    let rows = session.scene().readouts(session.run(), view);
    let period = rows.iter().find(|r| r.label.plain() == "period").unwrap();
    let (mut a, mut g) = (1.0, 1.25f64.cos());
    for _ in 0..8 {
        (a, g) = (0.5 * (a + g), (a * g).sqrt());
    }
    let exact = std::f64::consts::TAU / a;
    assert!((period.measured.unwrap() / exact - 1.0).abs() < 1e-4, "{:?} against {exact}", period.measured);
    assert!((period.predicted.unwrap() - std::f64::consts::TAU).abs() < 1e-6, "of small turns");
}

/// Every machine of every example stands on its ground, and equations have none.
#[test]
fn machines_stand_on_their_ground() {
    for example in EXAMPLES {
        let plan = Plan::example(example).unwrap();
        let mut run = plan.start().unwrap();
        plan.compute(&mut run, 20);
        for lane in &run.lanes {
            let stage = plan.scene.stage(&run, lane, 10.0);
            let Some(stage) = stage else {
                assert!(example.source.contains("'"), "{}: {:?}", example.id, lane.lane.lens);
                continue;
            };
            let x = lane.at(Probe::Position(0), 10).unwrap();
            assert_eq!(stage.at[0], x, "{}", example.id);
            if example.source.starts_with("f(x)") || example.id == "plateau-cliff" {
                let height = lane.at(Probe::Potential, 10).unwrap();
                let off = (stage.at[1] - height).abs() / (stage.window[1][1] - stage.window[1][0]);
                assert!(off < 2e-3, "{}: {off}", example.id);
            }
            let step = x - lane.at(Probe::Position(0), 9).unwrap();
            assert!(stage.arrows[0][0] * step >= 0.0, "the arrow points where it went");
        }
    }
}
