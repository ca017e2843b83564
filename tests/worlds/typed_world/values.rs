//! Declarations of typed worlds: what stays when the text changes, undo, fixed points, examples.

use impetus::scenes::{EXAMPLES, Lens, Run, View};
use impetus::session::{Command, Plan, Session};
use impetus::text::Lang;

use super::scene;

#[test]
fn what_was_set_stays_when_the_text_changes() {
    let mut session = Session::open(scene("f(x) = a*x^2 + b*x\na = 1 in [0, 2]\nb = 0.5 in [0, 1]")).unwrap();
    for (id, value) in [("a", 1.5), ("b", 0.25), ("beta", 0.7), ("x0", 3.0)] {
        session.apply(Command::Set { id: id.into(), value }).unwrap();
    }
    // Another formula; b is narrower than what was set, c is new, a says something else now.
    let table = [
        (
            "f(x) = a*x^4 + b*x\na = 1 in [0, 2]\nb = 0.5 in [0, 1]",
            vec![("a", 1.5), ("b", 0.25), ("beta", 0.7), ("x0", 3.0)],
        ),
        ("f(x) = a*x^4 + b*x\na = 0.3 in [0, 2]\nb = 0.5 in [0.4, 1]", vec![("a", 0.3), ("b", 0.5), ("beta", 0.7)]),
        ("f(x) = c*x^2; c = 2 in [1, 3]; x0 = -1", vec![("c", 2.0), ("x0", -1.0), ("beta", 0.7)]),
    ];
    for (source, want) in table {
        let before = session.plan().clone();
        session.apply(Command::Open(before.rewritten(scene(source)))).unwrap();
        for (id, value) in want {
            assert_eq!(session.plan().values.get(id), value, "{source}: {id}");
        }
        let after = session.plan().clone();
        session.apply(Command::Undo).unwrap();
        assert_eq!(*session.plan(), before, "{source}: one step back");
        assert_eq!(session.scene().source(), before.scene.source());
        session.apply(Command::Redo).unwrap();
        assert_eq!(*session.plan(), after, "{source}");
        session.apply(Command::Undo).unwrap();
    }
}

#[test]
fn a_slider_never_takes_the_place_of_a_parameter() {
    let made = scene("f(x) = h*x^2; h = 2 in [0, 5]; eta = 1 in [0, 3]; x0 = 1");
    let ids: Vec<&str> = made.params().iter().map(|s| s.id).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "{ids:?}");
    assert!(ids.contains(&"my-h") && ids.contains(&"my-eta") && ids.contains(&"eta"));
    // Made again, the declarations are the same ones.
    assert!(std::ptr::eq(made.params(), scene(made.source().unwrap()).params()));
}

#[test]
fn sliders_act() {
    let mut plan = Plan::new(scene("f(x) = (x - a)^2; a = 1 in [-2, 2]; x0 = 0"));
    for a in [-1.5, 0.5, 2.0] {
        plan.values.set("a", a).unwrap();
        plan.steps = 200;
        let mut run = plan.start().unwrap();
        plan.compute(&mut run, 200);
        let end = *run.lanes[0].column(impetus::scenes::Probe::Position(0)).last().unwrap();
        assert!((end - a).abs() <= 1e-3, "{a}: {end}");
        let points = plan.scene.rest(&plan.values);
        assert_eq!(points.len(), 1);
        assert!((points[0].at[0] - a).abs() <= 1e-9);
        assert!((points[0].curvatures[0] - 2.0).abs() <= 1e-9);
    }
}

#[test]
fn every_example_runs_and_shows_everything_through_every_lens() {
    for example in EXAMPLES {
        let plan = Plan::example(example).unwrap_or_else(|e| panic!("{}: {e}", example.id));
        let mut run = plan.start().unwrap();
        plan.compute(&mut run, plan.steps);
        for lane in run.lanes.iter().filter(|l| l.lane.lens != Lens::Sampler) {
            assert_eq!(lane.diverged_at(), None, "{}: {}", example.id, lane.lane.name.en);
        }
        for lang in Lang::ALL {
            for lens in plan.scene.lenses() {
                shows(&plan, &run, View { lens: *lens, now: plan.steps / 2, ..View::new(lang) }, example.id);
            }
        }
    }
}

fn shows(plan: &Plan, run: &Run, view: View, what: &str) {
    let offered = plan.scene.views(&plan.values, view);
    for info in &offered {
        let figure = plan.scene.figure(info.id, run, view).unwrap_or_else(|| panic!("{what}: {}", info.id));
        let marks = plan.scene.marks(info.id, run, view, 3.5);
        assert!(marks.len() <= figure.panels.len(), "{what}: {}", info.id);
        assert!(figure.panels.iter().all(|p| !p.layers.is_empty()), "{what}: {} is empty", info.id);
    }
    assert!(plan.scene.tiles(view.lens).iter().all(|id| offered.iter().any(|v| v.id == *id)), "{what}");
    assert!(!plan.scene.chips(run, view).is_empty(), "{what}");
    let table = plan.scene.state(run, view);
    assert!(table.rows.iter().all(|(_, numbers)| numbers.len() == table.heads.len()), "{what}");
}

#[test]
fn fixed_points_are_drawn_where_they_are() {
    let plan = Plan::example(&EXAMPLES[0]).unwrap();
    let mut run = plan.start().unwrap();
    plan.compute(&mut run, plan.steps);
    let view = View::new(Lang::En);
    let points = plan.scene.rest(&plan.values);
    assert_eq!(points.len(), 3);
    for id in ["phase", "profile"] {
        let figure = plan.scene.figure(id, &run, view).unwrap();
        let drawn: Vec<f64> = figure.panels[0]
            .layers
            .iter()
            .filter_map(|l| match l {
                impetus::figure::Layer::Points(p) if p.x.len() == 1 => Some(p.x[0]),
                _ => None,
            })
            .collect();
        for point in &points {
            assert!(drawn.iter().any(|x| (x - point.at[0]).abs() <= 1e-12), "{id}: {:?}", point.at);
        }
    }
}
