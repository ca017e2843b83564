//! The parts scenes draw with: phase portraits, landscapes, the atlas, marks on a clock; and actions.

use impetus::figure::{Layer, Line, Rule, Scale, Weight};
use impetus::scenes::models::landscape::{Landscape, Window};
use impetus::scenes::models::phase::{FixedPoint, Kind, Motion, heads, nullclines};
use impetus::scenes::{self, Lens, Opt, SCENES, Scene};
use impetus::session::{Command, Event, Plan, Session};
use impetus::text::Lang;
use impetus::theory::heavy_ball::spectral_radius;
use impetus::theory::regime::{Regime, classify};
use nalgebra::Complex;

const WINDOW: Window = Window { x: [-2.0, 2.0], y: [-1.5, 1.5] };

fn lines<'a>(layers: &'a [Layer<'_>]) -> impl Iterator<Item = &'a Line<'a>> {
    layers.iter().filter_map(|l| if let Layer::Line(l) = l { Some(l) } else { None })
}

#[test]
fn fixed_points_are_named_by_their_eigenvalues() {
    use Kind::{
        Centre, DegenerateNode, Marginal, Saddle, StableFlip, StableFocus, StableNode, UnstableFocus, UnstableNode,
    };
    let real = |a: f64, b: f64| [Complex::from(a), Complex::from(b)];
    let pair = |re: f64, im: f64| [Complex::new(re, im), Complex::new(re, -im)];
    let table = [
        (Motion::Flow, pair(-0.1, 1.0), StableFocus),
        (Motion::Flow, pair(0.1, 1.0), UnstableFocus),
        (Motion::Flow, pair(0.0, 1.0), Centre),
        (Motion::Flow, real(-1.0, -2.0), StableNode),
        (Motion::Flow, real(-1.0, -1.0), DegenerateNode),
        (Motion::Flow, real(1.0, 2.0), UnstableNode),
        (Motion::Flow, real(-1.0, 0.5), Saddle),
        (Motion::Flow, real(0.0, -1.0), Marginal),
        (Motion::Map, pair(0.5, 0.5), StableFocus),
        (Motion::Map, pair(0.9, 0.9), UnstableFocus),
        (Motion::Map, pair(0.6, 0.8), Centre),
        (Motion::Map, real(0.9, 0.2), StableNode),
        (Motion::Map, real(-0.9, 0.2), StableFlip),
        (Motion::Map, real(0.7, 0.7), DegenerateNode),
        (Motion::Map, real(-1.4, 0.2), Saddle),
        (Motion::Map, real(1.4, 1.2), UnstableNode),
        (Motion::Map, real(1.0, 0.2), Marginal),
    ];
    for (motion, eigenvalues, kind) in table {
        let point = FixedPoint { at: [0.0, 0.0], eigenvalues, motion };
        assert_eq!(point.kind(), kind, "{motion:?} {eigenvalues:?}");
        assert!(!kind.name().en.is_empty() && !kind.name().zh.is_empty());
    }
}

#[test]
fn the_separatrices_of_duffing_keep_its_energy() {
    // x″ = x − x³: through the saddle at the origin run the loops of energy zero.
    let rate = |[x, y]: [f64; 2]| [y, x - x * x * x];
    let saddle =
        FixedPoint { at: [0.0, 0.0], eigenvalues: [Complex::from(1.0), Complex::from(-1.0)], motion: Motion::Flow };
    let layers = saddle.invariant_lines(&rate, WINDOW);
    assert_eq!(layers.len(), 4);
    for line in lines(&layers) {
        let energy = |(x, y): (&f64, &f64)| 0.5 * y * y - 0.5 * x * x + 0.25 * x.powi(4);
        let off = line.x.iter().zip(line.y.iter()).map(|p| energy(p).abs()).fold(0.0, f64::max);
        assert!(line.x.len() > 200 && off < 2e-4, "{} points, energy off by {off:e}", line.x.len());
    }
    let focus = FixedPoint { at: [1.0, 0.0], eigenvalues: [Complex::new(0.0, 1.4), Complex::new(0.0, -1.4)], ..saddle };
    assert!(focus.invariant_lines(&rate, WINDOW).is_empty());
}

#[test]
fn nullclines_are_where_a_component_vanishes() {
    let rate = |[x, y]: [f64; 2]| [y - x * x, x - 0.5];
    let layers = nullclines(&rate, WINDOW);
    let of = |part: usize, line: &Line<'_>| {
        line.x.iter().zip(line.y.iter()).map(|(x, y)| rate([*x, *y])[part].abs()).fold(0.0, f64::max)
    };
    let found: Vec<[f64; 2]> = lines(&layers).map(|l| [of(0, l), of(1, l)]).collect();
    assert_eq!(found.len(), 2);
    assert!(found[0][0] < 2e-3 && found[1][1] < 1e-12, "{found:?}");
}

#[test]
fn heads_point_along_an_orbit() {
    let turn = |i: usize| (i as f64 * 0.02).sin_cos();
    let (y, x): (Vec<f64>, Vec<f64>) = (0..=300).map(turn).unzip();
    let Layer::Arrows(arrows) = heads(&x, &y, 3, WINDOW, Lens::Spring.ink()) else { panic!("no arrows") };
    assert_eq!(arrows.x.len(), 3);
    for i in 0..3 {
        let (tip_x, tip_y) = (arrows.x[i] + arrows.u[i], arrows.y[i] + arrows.v[i]);
        assert!((tip_x.hypot(tip_y) - 1.0).abs() < 1e-3, "the tip lies on the orbit");
        assert!(tip_x * arrows.v[i] - tip_y * arrows.u[i] > 0.0, "it turns with the orbit");
    }
}

#[test]
fn a_landscape_knows_its_minimum_and_its_axes() {
    let value = |[x, y]: [f64; 2]| (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2);
    let gradient = |[x, y]: [f64; 2]| [-2.0 * (1.0 - x) - 400.0 * x * (y - x * x), 200.0 * (y - x * x)];
    let hessian = |[x, y]: [f64; 2]| [2.0 - 400.0 * (y - 3.0 * x * x), -400.0 * x, 200.0];
    let valley = Landscape { value: &value, gradient: &gradient, hessian: &hessian };
    let minimum = valley.minimum([-1.2, 1.0]).unwrap();
    assert!(minimum.iter().all(|x| (x - 1.0).abs() < 1e-9), "{minimum:?}");
    let mut lambda = valley.principal(minimum).map(|p| p.lambda);
    lambda.sort_by(f64::total_cmp);
    assert!((lambda[0] - 0.39936).abs() < 1e-4 && (lambda[1] - 1001.6006).abs() < 1e-3, "{lambda:?}");
    let layers = valley.axes(minimum, WINDOW);
    let length: Vec<f64> = lines(&layers).map(|l| (l.x[1] - l.x[0]).hypot(l.y[1] - l.y[0])).collect();
    let ratio = length.iter().copied().fold(0.0, f64::max) / length.iter().copied().fold(f64::MAX, f64::min);
    assert!((ratio / (lambda[1] / lambda[0]).sqrt() - 1.0).abs() < 1e-9, "{length:?}");
    let saddle = Landscape {
        value: &|[x, y]| x * x - y * y,
        gradient: &|[x, y]| [2.0 * x, -2.0 * y],
        hessian: &|_| [2.0, 0.0, -2.0],
    };
    assert_eq!(saddle.minimum([0.3, 0.2]), None);
    assert!(saddle.axes([0.0, 0.0], WINDOW).is_empty());
}

fn session(events: &[(u64, &'static str, f64)]) -> Session {
    let mut plan = Plan::new(SCENES[0]);
    plan.steps = 60;
    plan.events.extend(events.iter().map(|(at, id, value)| Event { at: *at, id, value: *value }));
    let mut session = Session::resume(plan).unwrap();
    session.advance(60);
    session
}

fn scene() -> &'static dyn Scene {
    scenes::find("one-machine").unwrap()
}

/// The thin triangles are where the leading pole has the modulus they are named by.
#[test]
fn lines_of_equal_rate_have_that_rate() {
    let session = session(&[]);
    let figure = scene().figure("atlas", session.run(), session.view(Lang::En)).unwrap();
    let triangles: Vec<&Line<'_>> =
        lines(&figure.panels[0].layers).filter(|l| l.x.len() == 4 && l.x[0] == l.x[3]).collect();
    let rates: Vec<f64> = triangles.iter().map(|l| l.y[0].sqrt()).collect();
    assert_eq!(rates.iter().map(|r| format!("{r:.2}")).collect::<Vec<_>>(), ["0.50", "0.70", "0.90"]);
    for (line, rate) in triangles.iter().zip(rates) {
        for (i, share) in (0..3).flat_map(|i| [0.0, 0.25, 0.5, 0.9].map(|s| (i, s))) {
            let at = |c: &[f64]| c[i] + share * (c[i + 1] - c[i]);
            let found = spectral_radius(at(&line.x), at(&line.y));
            assert!((found - rate).abs() < 1e-7, "{found} on the line of {rate}");
        }
    }
}

#[test]
fn actions_tune_and_can_be_taken_back() {
    let mut session = session(&[]);
    let lambda = [0.2, 4.0];
    let ids: Vec<&str> = scene().actions(&session.plan().values, session.view(Lang::En)).iter().map(|a| a.id).collect();
    assert_eq!(ids, ["critical", "best"]);
    for (mode, curvature) in lambda.into_iter().enumerate() {
        session.apply(Command::Mode(mode)).unwrap();
        session.apply(Command::Act("critical".into())).unwrap();
        let values = &session.plan().values;
        let q = values.get("eta") * curvature;
        let regime = classify(q, values.get("beta"));
        let want = if q < 1.0 { Regime::Critical } else { Regime::AlternatingCritical };
        assert_eq!((values.get("eta"), regime), (0.4, want), "mode {mode}");
        session.apply(Command::Undo).unwrap();
        assert_eq!(session.plan().values.get("beta"), 0.5);
    }
    session.apply(Command::Act("best".into())).unwrap();
    let values = &session.plan().values;
    let rates = lambda.map(|l| spectral_radius(values.get("eta") * l, values.get("beta")));
    let best = (20f64.sqrt() - 1.0) / (20f64.sqrt() + 1.0);
    assert!(rates.iter().all(|r| (r - best).abs() < 1e-6), "{rates:?} against {best}");
    session.apply(Command::Undo).unwrap();
    assert_eq!([session.plan().values.get("eta"), session.plan().values.get("beta")], [0.4, 0.5]);
    assert!(session.apply(Command::Act("nothing".into())).is_err());
    session.apply(Command::Set { id: "eta".into(), value: 1.0 }).unwrap();
    let before = session.plan().values.clone();
    assert!(session.apply(Command::Act("critical".into())).is_err(), "ηλ = 4");
    assert_eq!(session.plan().values, before);
}

#[test]
fn a_logarithmic_series_shows_the_distance_from_the_minimum() {
    let mut session = session(&[(20, "r1", 1.5)]);
    session.apply(Command::Choose(Opt::Ordinate, 1)).unwrap();
    let figure = scene().figure("series", session.run(), session.view(Lang::En)).unwrap();
    let panel = &figure.panels[0];
    assert_eq!(panel.y.scale, Scale::Log);
    assert!(panel.handles.is_empty());
    let spring = lines(&panel.layers).find(|l| l.name.as_ref().is_some_and(|n| n.plain() == "spring")).unwrap();
    let lane = session.run().lane(Lens::Spring).unwrap();
    let q = lane.column(impetus::core::Probe::Position(0));
    for (row, shown) in spring.y.iter().enumerate() {
        let target = if row < 20 * 8 { 0.0 } else { 1.5 };
        assert_eq!(*shown, (q[row] - target).abs(), "row {row}");
    }
}

#[test]
fn changes_by_hand_are_marked_on_every_clock_and_some_named() {
    let many: Vec<(u64, &'static str, f64)> = (1..=20).map(|i| (2 * i, "beta", 0.5 + 0.01 * i as f64)).collect();
    for (events, words) in [(&[][..], 0), (&[(8, "beta", 0.9)][..], 1), (&many[..], 7)] {
        let session = session(events);
        for (id, panels) in [("series", 2), ("loss", 1), ("energy", 2)] {
            let figure = scene().figure(id, session.run(), session.view(Lang::En)).unwrap();
            assert_eq!(figure.panels.len(), panels, "{id}");
            for (k, panel) in figure.panels.iter().enumerate() {
                let at: Vec<f64> = panel
                    .layers
                    .iter()
                    .filter_map(|l| match l {
                        Layer::Rule(Rule::X(x, ..)) => Some(*x),
                        _ => None,
                    })
                    .collect();
                assert_eq!(at, events.iter().map(|(n, ..)| *n as f64).collect::<Vec<_>>(), "{id} {k}");
                let said: Vec<String> = panel
                    .layers
                    .iter()
                    .filter_map(|l| match l {
                        Layer::Text(t) => Some(t.text.plain()),
                        _ => None,
                    })
                    .collect();
                assert_eq!(said.len(), if k == 0 { words } else { 0 }, "{id} {k}: {said:?}");
                if k == 0 && events.len() == 1 {
                    assert_eq!(said, ["β = 0.9"]);
                }
            }
        }
    }
}

#[test]
fn a_brushed_stretch_is_set_off_in_every_path() {
    let mut session = session(&[]);
    session.apply(Command::Brush(Some([5, 12]))).unwrap();
    for id in ["series", "phase", "map", "loss"] {
        let figure = scene().figure(id, session.run(), session.view(Lang::En)).unwrap();
        let bold = lines(&figure.panels[0].layers).filter(|l| l.weight == Weight::Bold).map(|l| (l.ink, l.x.len()));
        let bold: Vec<_> = bold.collect();
        for lens in Lens::ALL {
            let rows = if lens == Lens::Spring { 7 * 8 + 1 } else { 8 };
            assert!(bold.contains(&(lens.ink(), rows)), "{id}, {lens:?}: {bold:?}");
        }
    }
}
