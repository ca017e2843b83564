//! A run that starts with a velocity and goes towards a set point: all machines, predictions and handles.

use impetus::core::Probe;
use impetus::figure::{Figure, Layer};
use impetus::param::Values;
use impetus::scenes::{self, Lens, Run, Scene, View};
use impetus::session::{Command, Event, Plan, Session};
use impetus::text::Lang;
use impetus::theory::mapping::{Mapping, momentum_from_oscillator};

const MAPPINGS: [&str; 6] = ["explicit", "qian", "conformal", "splitting", "central", "exact"];

fn scene() -> &'static dyn Scene {
    scenes::find("one-machine").unwrap()
}

fn values(numbers: &[(&str, f64)], mapping: &str) -> Values {
    let mut values = Values::defaults(scene().params());
    for (id, value) in numbers {
        values.set(id, *value).unwrap();
    }
    values.set("mapping", scenes::spec_of(scene(), "mapping").unwrap().read(mapping).unwrap()).unwrap();
    values
}

fn run(values: &Values, steps: u64) -> Run {
    let mut run = Run::new(scene(), values, 1, steps).unwrap();
    run.compute(steps);
    run
}

fn path(run: &Run, lens: Lens, mode: usize) -> Vec<f64> {
    let lane = run.lane(lens).unwrap();
    lane.column(Probe::Position(mode)).iter().step_by(lane.lane.substeps as usize).copied().collect()
}

fn apart(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

const MOVING: [(&str, f64); 6] = [("x1", -5.0), ("x2", 1.5), ("v1", 0.7), ("v2", -2.0), ("r1", 1.25), ("r2", -0.5)];

#[test]
fn the_optimizer_walks_its_two_step_form_in_every_convention() {
    let (eta, beta, lambda) = (0.4, 0.5, [0.2, 4.0]);
    for convention in 0..3 {
        let run = run(&values(&[&MOVING[..], &[("convention", f64::from(convention))]].concat(), "exact"), 40);
        for mode in 0..2 {
            let [x0, v, r] = [[-5.0, 0.7, 1.25], [1.5, -2.0, -0.5]][mode];
            let mut x = vec![x0 - v, x0];
            for n in 1..=40 {
                x.push(x[n] - eta * lambda[mode] * (x[n] - r) + beta * (x[n] - x[n - 1]));
            }
            let off = apart(&path(&run, Lens::Optimizer, mode), &x[1..]);
            assert!(off <= 1e-12, "convention {convention}, mode {mode}: off by {off:e}");
        }
    }
}

#[test]
fn matched_poles_pass_through_every_iterate_of_a_moving_start() {
    for (eta, beta) in [(0.0015, 0.9), (0.6, 0.85), (0.3, 0.2), (2.2, 0.6)] {
        let numbers = [&MOVING[..], &[("problem", 0.0), ("eta", eta), ("beta", beta), ("h", 0.3)]].concat();
        let run = run(&values(&numbers, "exact"), 200);
        let iterates = path(&run, Lens::Optimizer, 0);
        for lens in [Lens::Spring, Lens::Controller] {
            let off = apart(&path(&run, lens, 0), &iterates);
            assert!(off <= 1e-9, "η = {eta}, β = {beta}, {lens:?}: off by {off:e}");
        }
    }
}

/// Halving the step quarters the distance of the second-order twins, so the velocity they start with is
/// right to second order too; with the velocity of a start from rest it would only halve.
#[test]
fn second_order_twins_start_with_a_second_order_velocity() {
    for (name, mapping) in [("central", Mapping::Central), ("splitting", Mapping::Splitting)] {
        let off = |h: f64| {
            let (eta, beta) = momentum_from_oscillator(mapping, 1.0, 0.6, 1.0, h).unwrap();
            let own = [("problem", 0.0), ("eta", eta), ("beta", beta), ("h", h), ("v1", 1.7 * h)];
            let run = run(&values(&[&MOVING[..], &own].concat(), name), (8.0 / h) as u64);
            apart(&path(&run, Lens::Spring, 0), &path(&run, Lens::Optimizer, 0))
        };
        let ratio = off(0.04) / off(0.02);
        assert!((3.6..4.4).contains(&ratio), "{name}: halving the step divides the distance by {ratio}");
    }
}

/// Moving start and set point together moves everything else along, under every mapping.
#[test]
fn only_the_distance_from_the_set_point_counts() {
    let shift = 3.5;
    for mapping in MAPPINGS {
        let still = run(&values(&[("v1", 0.7), ("temperature", 0.3), ("spread", 0.2)], mapping), 60);
        let moved = [("v1", 0.7), ("temperature", 0.3), ("spread", 0.2), ("x1", -5.0 + shift), ("r1", shift)];
        let moved = run(&values(&moved, mapping), 60);
        for lens in Lens::ALL {
            let shifted: Vec<f64> = path(&still, lens, 0).iter().map(|x| x + shift).collect();
            let off = apart(&path(&moved, lens, 0), &shifted);
            assert!(off <= 1e-11, "{mapping}, {lens:?}: off by {off:e}");
            let loss = |run: &Run| run.lane(lens).unwrap().column(Probe::Potential).to_vec();
            assert!(apart(&loss(&moved), &loss(&still)) <= 1e-10, "{mapping}, {lens:?}: another loss");
        }
    }
}

#[test]
fn predictions_are_what_is_measured() {
    for (eta, beta, mapping) in [(0.4, 0.5, "exact"), (0.1, 0.9, "central"), (0.05, 0.25, "explicit")] {
        let run = run(&values(&[&MOVING[..], &[("eta", eta), ("beta", beta)]].concat(), mapping), 400);
        for mode in 0..2 {
            let view = View { mode, now: 17, ..View::new(Lang::En) };
            let rows = scene().readouts(&run, view);
            let mut seen = 0;
            for label in ["now", "rate", "period", "steps to 1", "overshoot", " twin"] {
                let row = rows.iter().find(|r| r.label.plain().contains(label));
                let Some((predicted, measured)) = row.and_then(|r| Some((r.predicted?, r.measured?))) else { continue };
                let off = (predicted - measured).abs() / predicted.abs().max(1e-9);
                assert!(off <= 1e-6, "η = {eta}, mode {mode}, {label}: {predicted} against {measured}");
                seen += 1;
            }
            assert!(seen >= 4, "{rows:?}");
            let residual = rows.iter().find(|r| r.label.plain() == "energy residual").and_then(|r| r.measured);
            assert!(residual.is_some_and(|r| r < 1e-3), "{residual:?}");
        }
    }
}

fn resumed(events: &[(u64, &'static str, f64)], steps: u64) -> Session {
    let mut plan = Plan::new(scenes::SCENES[0]);
    plan.steps = steps;
    plan.events.extend(events.iter().map(|(at, id, value)| Event { at: *at, id, value: *value }));
    let mut session = Session::resume(plan).unwrap();
    session.advance(steps);
    session
}

/// Moving the set point puts ½k(Δ) energy in: the ledger says how much, and its residual stays small.
#[test]
fn a_set_point_moved_in_mid_run_is_followed_and_accounted_for() {
    let session = resumed(&[(10, "r1", 2.0)], 40);
    let x = path(session.run(), Lens::Optimizer, 0);
    let step = x[10] - 0.4 * 0.2 * (x[10] - 2.0) + 0.5 * (x[10] - x[9]);
    assert!((x[11] - step).abs() <= 1e-14, "{} is not {step}", x[11]);
    let figure = scene().figure("energy", session.run(), session.view(Lang::En)).unwrap();
    assert_eq!(figure.panels.len(), 2);
    let line =
        |k: usize| figure.panels[k].layers.iter().find_map(|l| if let Layer::Line(l) = l { Some(l) } else { None });
    let (top, residual) = (line(0).unwrap(), line(1).unwrap());
    // ½ λ₁ (x − 2)² − ½ λ₁ x² at the spring's position, over ½ m v² + ½ k x² of both modes at the start.
    let lane = session.run().lane(Lens::Spring).unwrap();
    let (q, start) = (lane.at(Probe::Position(0), 10).unwrap(), {
        let twin = |mode: usize, id: &str| scene().read(id, &session.run().values, mode);
        let part = |m: usize| {
            let at = |p: Probe| lane.at(p, 0).unwrap();
            0.5 * twin(m, "m") * at(Probe::Velocity(m)).powi(2) + 0.5 * twin(m, "k") * at(Probe::Position(m)).powi(2)
        };
        part(0) + part(1)
    });
    let given = 0.5 * 0.2 * ((q - 2.0).powi(2) - q * q) / start;
    let said = top.y.last().unwrap() - 1.0;
    assert!((said - given).abs() <= 1e-9, "put in {said}, not {given}");
    assert!(residual.y.iter().all(|r| *r < 1e-4), "{:?}", residual.y.iter().copied().fold(0.0, f64::max));
}

fn figure<'a>(id: &str, run: &'a Run, view: View) -> Figure<'a> {
    scene().figure(id, run, view).unwrap()
}

#[test]
fn handles_set_what_they_stand_for() {
    let base = values(&MOVING, "exact");
    let run = run(&base, 20);
    // View, lens, handle, where to, and what it sets.
    type Row = (&'static str, Lens, &'static str, [f64; 2], &'static [(&'static str, f64)]);
    let table: [Row; 7] = [
        ("series", Lens::Optimizer, "start:series", [0.0, 2.5], &[("x2", 2.5)]),
        ("series", Lens::Spring, "target:series", [20.0, -7.0], &[("r2", -7.0)]),
        ("phase", Lens::Optimizer, "start", [0.5, -0.25], &[("x2", 0.5), ("v2", -0.25)]),
        ("phase", Lens::Sampler, "start", [1e9, 0.0], &[("x2", 100.0), ("v2", 0.0)]),
        ("map", Lens::Optimizer, "start:map", [3.0, 4.0], &[("x1", 3.0), ("x2", 4.0)]),
        ("map", Lens::Optimizer, "target:map", [-1.0, 2.0], &[("r1", -1.0), ("r2", 2.0)]),
        ("atlas", Lens::Optimizer, "mode:1", [1.0, 0.75], &[("eta", 0.25), ("beta", 0.75)]),
    ];
    for (id, lens, handle, to, sets) in table {
        let view = View { lens, mode: 1, ..View::new(Lang::En) };
        let found = figure(id, &run, view).panels[0].handles.iter().find(|h| h.id == handle).cloned();
        let at = found.unwrap_or_else(|| panic!("{id} has no handle {handle}")).at;
        let mut next = base.clone();
        scene().drag(handle, at, &mut next, view).unwrap();
        for (own, was) in next.texts().iter().zip(base.texts()) {
            let close = own.1 == was.1 || (next.get(&own.0) - base.get(&own.0)).abs() <= 1e-12;
            assert!(close, "{handle} put where it is: {own:?} was {was:?}");
        }
        scene().drag(handle, to, &mut next, view).unwrap();
        let mut want = base.clone();
        sets.iter().for_each(|(id, value)| want.set(id, *value).unwrap());
        assert_eq!(next.texts(), want.texts(), "{id} {handle}");
    }
    let mut next = base.clone();
    assert!(scene().drag("start:nowhere", [0.0, 0.0], &mut next, View::new(Lang::En)).is_err());
    assert_eq!(next, base);
}

/// In seconds the height of the start is a velocity: its step per iteration is h times that.
#[test]
fn the_start_of_a_portrait_in_seconds_is_a_velocity() {
    let base = values(&[("h", 0.25)], "exact");
    let mut next = base.clone();
    scene().drag("start", [1.0, 8.0], &mut next, View { lens: Lens::Spring, ..View::new(Lang::En) }).unwrap();
    assert_eq!([next.get("x1"), next.get("v1")], [1.0, 2.0]);
}

#[test]
fn a_dragged_start_is_one_change_to_take_back() {
    let mut session = Session::open(scenes::SCENES[0]).unwrap();
    for i in 0..5 {
        session.apply(Command::Drag { handle: "start".into(), at: [f64::from(i), 0.5] }).unwrap();
    }
    assert_eq!([session.plan().values.get("x1"), session.plan().values.get("v1")], [4.0, 0.5]);
    session.apply(Command::Undo).unwrap();
    assert_eq!([session.plan().values.get("x1"), session.plan().values.get("v1")], [-5.0, 0.0]);
}

/// The ellipse of one standard deviation is as wide as the cloud, and centred where its mean is.
#[test]
fn the_clouds_exact_law_is_that_of_the_cloud() {
    let numbers = [("temperature", 0.8), ("particles", 20_000.0), ("spread", 0.5), ("v1", 0.6), ("r1", 1.0)];
    let run = run(&values(&numbers, "exact"), 40);
    let lane = run.lane(Lens::Sampler).unwrap();
    for now in [1, 4, 13, 40] {
        let view = View { lens: Lens::Sampler, now, ..View::new(Lang::En) };
        let figure = figure("phase", &run, view);
        let ellipse = figure.panels[0].layers.iter().find_map(|l| match l {
            Layer::Line(l) if l.x.len() == 97 => Some(l),
            _ => None,
        });
        let x = &ellipse.unwrap().x;
        let (low, high) = x.iter().fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(*x), b.max(*x)));
        let at = |probe| lane.at(probe, now).unwrap();
        let (mean, spread) = (at(Probe::MeanPosition(0)), at(Probe::SpreadPosition(0)));
        let (centre, radius) = (0.5 * (low + high), 0.5 * (high - low));
        assert!((radius / spread - 1.0).abs() <= 0.02, "n = {now}: {radius} against {spread}");
        assert!((centre - mean).abs() <= 4.0 * spread / 20_000f64.sqrt(), "n = {now}: {centre} against {mean}");
        let densities = figure.panels[0].layers.iter().filter(|l| matches!(l, Layer::HeatMap(_)));
        assert_eq!(densities.count(), 1);
        assert!(figure.caption.contains("density of the 20000 particles"), "{}", figure.caption);
    }
}
