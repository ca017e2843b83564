//! Views across runs and inside one update: every cell of a sweep is a real run, every arrow of the
//! inspector a recorded number, every facet in every file.

use std::sync::atomic::{AtomicBool, Ordering};

use impetus::export::{Format, Page, Provenance, render};
use impetus::figure::{Figure, Layer, Rule, along};
use impetus::files::{Composition, compose};
use impetus::param::Values;
use impetus::scenes::models::sweep::{FINEST, LEVELS, STEPS, Sweep, VIEW, chosen};
use impetus::scenes::{Lens, Opt, Probe, Run, SCENES, Scene, View};
use impetus::session::{Command, Session};
use impetus::text::Lang;
use impetus::theory::heavy_ball::{exact_steps, spectral_radius};
use impetus::theory::regime::classify;

fn scene() -> &'static dyn Scene {
    SCENES[0]
}

/// Parameters and their values as text.
type Set<'s> = &'s [(&'s str, &'s str)];

fn values(set: Set<'_>) -> Values {
    let mut values = Values::defaults(scene().params());
    for (id, text) in set {
        let value = values.spec(id).unwrap().read(text).unwrap();
        values.set(id, value).unwrap();
    }
    values
}

fn view(quantity: usize, lens: Lens, mode: usize) -> View {
    let mut view = View { lens, mode, ..View::new(Lang::En) };
    view.options.set(Opt::Quantity, quantity);
    view
}

fn sweep(values: &Values, view: View) -> Sweep {
    Sweep::of(&scene().into(), values, 1, view).unwrap()
}

/// The whole experiment with these values, to the length of a cell's run, measured.
fn whole_run(values: &Values, quantity: usize, view: View) -> f64 {
    let mut run = Run::new(scene(), values, 1, STEPS).unwrap();
    run.compute(STEPS);
    scene().survey().unwrap().measure(quantity, &run, view)
}

#[test]
fn a_cell_is_the_run_it_stands_for() {
    let table: &[(Set<'_>, Lens, usize)] = &[
        (&[], Lens::Optimizer, 0),
        (&[], Lens::Optimizer, 1),
        (&[("problem", "one"), ("lambda1", "3"), ("convention", "average")], Lens::Sampler, 0),
        (&[("problem", "two"), ("lambda2", "0.02"), ("x2", "0")], Lens::Optimizer, 1),
        (&[("mapping", "central"), ("h", "0.3")], Lens::Controller, 1),
        (&[("r1", "2.5"), ("v1", "0.3")], Lens::Controller, 0),
        (&[("r2", "-1"), ("v2", "-0.2")], Lens::Optimizer, 1),
    ];
    for (set, lens, mode) in table {
        let base = values(set);
        let mut found = [0; 2];
        for quantity in 0..5 {
            let view = view(quantity, *lens, *mode);
            let axes = chosen(scene().survey().unwrap(), &base, view).unwrap();
            let sweep = sweep(&base, view);
            for (ix, iy) in [(1, 2), (5, 9), (9, 4), (10, 10), (3, 11), (7, 7), (11, 0)] {
                let at = [axes[0].centre(ix, 12), axes[1].centre(iy, 12)];
                let mut there = base.clone();
                axes.iter().zip(at).for_each(|(axis, at)| there.set(axis.spec.id, at).unwrap());
                let (cell, want) = (sweep.cell(at), whole_run(&there, quantity, view));
                assert_eq!(cell.to_bits(), want.to_bits(), "{set:?} {lens:?} {quantity} at {at:?}: {cell} for {want}");
                found[usize::from(cell.is_finite())] += 1;
            }
        }
        assert!(
            *mode == 1 && set.len() == 3 || found[0] > 0 && found[1] >= 8,
            "{set:?}: both kinds of cells, {found:?}"
        );
    }
}

#[test]
fn the_map_is_what_theory_says() {
    let base = values(&[("problem", "one")]);
    let n = 40;
    let axes = chosen(scene().survey().unwrap(), &base, view(0, Lens::Optimizer, 0)).unwrap();
    let maps = [0, 1].map(|q| sweep(&base, view(q, Lens::Optimizer, 0)).map(n, 2, &AtomicBool::new(false)).unwrap());
    let (mut compared, mut counted) = (0, 0);
    for (k, rate) in maps[0].values.iter().enumerate() {
        let (eta, beta) = (axes[0].centre(k % n, n), axes[1].centre(k / n, n));
        let want = spectral_radius(eta, beta);
        assert_eq!(rate.is_finite(), classify(eta, beta).is_stable(), "{eta}, {beta}: {rate}, theory {want}");
        if rate.is_finite() {
            assert!((rate - want).abs() <= 1e-3, "{eta}, {beta}: {rate} for {want}");
            compared += 1;
        }
        let steps = maps[1].values[k];
        match exact_steps(eta, beta, 0.01).filter(|n| *n < 350) {
            Some(want) => {
                assert_eq!(steps, want as f64, "{eta}, {beta}");
                counted += 1;
            }
            None => assert!(!(steps < 350.0), "{eta}, {beta}: {steps}"),
        }
    }
    assert!(compared > 1000 && counted > 700, "{compared} rates, {counted} counts");
}

#[test]
fn regimes_and_overshoot_are_measured() {
    let base = values(&[("problem", "one")]);
    let [over, regime] = [2, 3].map(|q| sweep(&base, view(q, Lens::Optimizer, 0)));
    for (eta, beta, class, overshoot) in [
        (0.05, 0.5, 1.0, 0.0),
        (0.6, 0.85, 2.0, f64::NAN),
        (1.5, 0.25, 2.0, 0.5),
        (2.2, 0.15, 3.0, 1.2),
        (0.5, -0.2, 4.0, 0.0),
        (1.4, 0.0, 3.0, 0.4),
    ] {
        assert_eq!(regime.cell([eta, beta]), class, "{eta}, {beta}");
        let found = over.cell([eta, beta]);
        assert!(overshoot.is_nan() || (found - overshoot).abs() < 1e-12, "{eta}, {beta}: {found}");
    }
}

#[test]
fn a_joint_that_its_motor_keeps_going_round_does_not_contract() {
    let base = values(&[]);
    for limit in [1e6, 1.0] {
        let mut base = base.clone();
        base.set("torque_limit", limit).unwrap();
        let rate = sweep(&base, view(0, Lens::Controller, 1));
        let blank = (0..40).filter(|i| rate.cell([1.3 + 0.07 * f64::from(*i), 0.3]).is_nan()).count();
        assert!(blank == 40, "limit {limit}: {blank} of 40 beyond the wall are blank");
    }
    let rate = sweep(&base, view(0, Lens::Controller, 1)).cell([0.4, 0.5]);
    assert!((rate - spectral_radius(1.6, 0.5)).abs() < 1e-6, "{rate}");
}

#[test]
fn threads_do_not_matter_and_a_stopped_map_is_none() {
    for lens in [Lens::Optimizer, Lens::Controller] {
        let sweep = sweep(&values(&[]), view(0, lens, 1));
        let go = AtomicBool::new(false);
        let bits = |threads| -> Vec<u64> {
            sweep.map(LEVELS[0], threads, &go).unwrap().values.iter().map(|v| v.to_bits()).collect()
        };
        let one = bits(1);
        assert!([2, 3, 5, 12, 99].into_iter().all(|threads| bits(threads) == one), "{lens:?}");
        go.store(true, Ordering::Relaxed);
        assert!(sweep.map(LEVELS[0], 2, &go).is_none());
    }
}

#[test]
fn a_printed_map_is_finished_whatever_was_shown_before() {
    let mut session = Session::open(scene()).unwrap();
    session.advance(session.plan().steps);
    let of_figure = |figure: &Figure<'_>| -> Option<(usize, Vec<u64>)> {
        figure.panels[0].layers.iter().find_map(|l| match l {
            Layer::HeatMap(m) => Some((m.nx, m.values.iter().map(|v| v.to_bits()).collect())),
            _ => None,
        })
    };
    let composition = Composition::of(VIEW, Lang::En);
    assert_eq!(of_figure(&session.figure(VIEW, Lang::En).unwrap()), None, "nothing was measured yet");
    let coarse = session.sweep().unwrap().map(LEVELS[0], 2, &AtomicBool::new(false)).unwrap();
    let revision = session.revision();
    session.attach(coarse.into());
    assert_ne!(session.revision(), revision);
    assert_eq!(of_figure(&session.figure(VIEW, Lang::En).unwrap()).map(|m| m.0), Some(12));
    let printed = of_figure(&compose(&session, &composition).unwrap()).unwrap();
    assert_eq!(printed.0, FINEST);
    // What is swept does not matter to the map, another start does.
    session.apply(Command::Set { id: "eta".into(), value: 0.7 }).unwrap();
    assert_eq!(of_figure(&session.figure(VIEW, Lang::En).unwrap()).as_ref(), Some(&printed));
    assert!(session.sweep_map().unwrap().sweep == session.sweep().unwrap());
    session.apply(Command::Set { id: "x1".into(), value: 2.0 }).unwrap();
    assert!(session.sweep_map().unwrap().sweep != session.sweep().unwrap());
    session.apply(Command::Choose(Opt::Across, 1)).unwrap();
    assert_eq!(of_figure(&session.figure(VIEW, Lang::En).unwrap()), None, "other axes, no map");
}

#[test]
fn a_click_opens_the_cell() {
    let mut session = Session::open(scene()).unwrap();
    session.advance(1);
    let before = session.sweep().unwrap();
    session.apply(Command::Drag { handle: VIEW.into(), at: [2.0, 0.3] }).unwrap();
    let [eta, beta] = ["eta", "beta"].map(|id| session.read(id));
    // Half a cell of 3.2 decades, and of 1.3.
    let half = 0.5 / FINEST as f64;
    assert!((eta / 2.0).log10().abs() <= 3.3 * half && (beta - 0.3).abs() <= 1.3 * half, "{eta}, {beta}");
    assert!(session.sweep().unwrap() == before, "the map stays");
    let axes = chosen(scene().survey().unwrap(), &session.run().values, session.view(Lang::En)).unwrap();
    let is_centre = |axis: usize, value: f64| (0..FINEST).any(|i| axes[axis].centre(i, FINEST) == value);
    assert!(is_centre(0, eta) && is_centre(1, beta));
    session.apply(Command::Undo).unwrap();
    assert_eq!([session.read("eta"), session.read("beta")], [0.4, 0.5]);
    for far in [[1e300, -1e300], [f64::NAN, f64::INFINITY], [-3.0, 0.0]] {
        session.apply(Command::Drag { handle: VIEW.into(), at: far }).unwrap();
        assert!(session.read("eta") > 0.0 && session.read("beta").is_finite(), "{far:?}");
    }
}

#[test]
fn sweeps_over_other_parameters_and_every_border_lies_in_its_place() {
    let base = values(&[("problem", "two")]);
    for (across, up) in [(0, 0), (1, 1), (2, 0), (0, 2), (1, 3), (2, 2), (3, 3)] {
        let mut view = view(0, Lens::Optimizer, 0);
        view.options.set(Opt::Across, across);
        view.options.set(Opt::Up, up);
        let axes = chosen(scene().survey().unwrap(), &base, view).unwrap();
        assert_ne!(axes[0].spec.id, axes[1].spec.id, "{across} {up}");
        let mut run = Run::new(scene(), &base, 1, 5).unwrap();
        run.compute(5);
        let figure = scene().figure(VIEW, &run, view).unwrap();
        let q = |at: [f64; 2]| {
            let of = |id: &str| axes.iter().zip(at).find(|(a, _)| a.spec.id == id).map_or(base.get(id), |(_, v)| v);
            (of("eta") * of("lambda1"), of("beta"))
        };
        for line in figure.panels[0].layers.iter().filter_map(|l| if let Layer::Line(l) = l { Some(l) } else { None }) {
            for (x, y) in line.x.iter().zip(line.y.iter()).filter(|(x, _)| x.is_finite()) {
                let (q, beta) = q([*x, *y]);
                let name = line.name.as_ref().unwrap().plain();
                let off =
                    if name.contains("wall") { q - 2.0 * (1.0 + beta) } else { (1.0 + beta - q).powi(2) - 4.0 * beta };
                assert!(off.abs() < 1e-9, "{name} at {x}, {y}");
            }
        }
    }
    assert_eq!(along([1.0, 100.0], impetus::figure::Scale::Log, 0.5), 10.0);
}

/// The arrows of a panel by their components.
fn arrows(figure: &Figure<'_>) -> Vec<[f64; 2]> {
    let one = |l: &Layer<'_>| if let Layer::Arrows(a) = l { Some([a.u[0], a.v[0]]) } else { None };
    figure.panels[0].layers.iter().filter_map(one).collect()
}

#[test]
fn arrows_add_up_to_the_recorded_step() {
    let near = |a: f64, b: f64, size: f64| (a - b).abs() <= 1e-15 * size.max(f64::MIN_POSITIVE);
    for convention in ["displacement", "accumulating", "average"] {
        for (lens, temperature, terms) in
            [(Lens::Optimizer, "0.05", 2), (Lens::Sampler, "0.05", 3), (Lens::Sampler, "0", 2)]
        {
            let values = values(&[
                ("convention", convention),
                ("temperature", temperature),
                ("particles", "3"),
                ("r2", "0.25"),
                ("v1", "0.5"),
            ]);
            let mut run = Run::new(scene(), &values, 1, 20).unwrap();
            run.compute(20);
            let lane = run.lane(lens).unwrap();
            for now in [0, 1, 7, 19, 20] {
                let n = now.min(19);
                let figure = scene().figure("step-inspector", &run, View { lens, now, ..View::new(Lang::En) }).unwrap();
                let found = arrows(&figure);
                assert_eq!(found.len(), terms + 1, "{convention} {lens:?}");
                for k in 0..2 {
                    let q = |at| lane.at(Probe::Position(k), at).unwrap();
                    let sum: f64 = found[..terms].iter().map(|a| a[k]).sum();
                    let size = found.iter().map(|a| a[k].abs()).fold(0.0, f64::max);
                    assert!(near(sum, found[terms][k], size), "{convention} {n}: {found:?}");
                    // The recorded step is rounded with the position it leads to.
                    let step = q(n + 1) - q(n);
                    assert!(
                        near(sum, step, size.max(q(n).abs()).max(q(n + 1).abs())),
                        "{convention} {n}: {sum} for {step}"
                    );
                    let pull = -0.4 * [0.2, 4.0][k] * (q(n) - [0.0, 0.25][k]);
                    assert!(near(found[1][k], pull, 2.0 * pull.abs()), "{convention} {n}: η∇f");
                    let sum = found[terms][k].to_string().replace('-', "−");
                    assert!(figure.caption.contains(&sum), "{sum} in {}", figure.caption);
                }
            }
        }
    }
}

#[test]
fn forces_are_mass_times_acceleration() {
    let values = values(&[("mapping", "central"), ("torque_limit", "0.5")]);
    let mut run = Run::new(scene(), &values, 1, 20).unwrap();
    run.compute(20);
    for mode in [0, 1] {
        for now in [1, 4, 11] {
            let figure =
                |lens| scene().figure("step-inspector", &run, View { lens, now, mode, ..View::new(Lang::En) }).unwrap();
            let inertia = scene().read("inertia", &values, mode);
            let found = arrows(&figure(Lens::Controller));
            let v = |at| run.lane(Lens::Controller).unwrap().at(Probe::Velocity(mode), at).unwrap();
            let want = inertia * (v(now + 1) - v(now)) / run.seconds;
            let got = found.last().unwrap()[0];
            assert!((got - want).abs() <= 1e-12 * (1.0 + want.abs()) && got.abs() <= 0.5 + 1e-15, "{got} for {want}");
            let spring = run.lane(Lens::Spring).unwrap();
            let (speed, row) = (spring.column(Probe::Velocity(mode)), now as usize * 8);
            let want = scene().read("m", &values, mode) * (speed[row + 1] - speed[row - 1]) * 4.0 / run.seconds;
            let got = arrows(&figure(Lens::Spring)).last().unwrap()[0];
            assert!((got - want).abs() < 0.02 * (1.0 + want.abs()), "m a = {got}, from the curve {want}");
        }
    }
}

fn relief() -> Session {
    let mut session = Session::open(scene()).unwrap();
    session.advance(session.plan().steps);
    session
}

#[test]
fn facets_reach_every_file() {
    let session = relief();
    let figure = session.figure("relief", Lang::En).unwrap();
    let facets =
        figure.panels[0].layers.iter().find_map(|l| if let Layer::Facets(f) = l { Some(f) } else { None }).unwrap();
    let n = facets.values.len();
    assert_eq!((n, facets.x.len(), facets.light.len()), (1296, 4 * 1296, 1296));
    let file = |format| {
        String::from_utf8(render(format, &figure, &Page::new(89.0), 300.0, &Provenance::default(), "relief").unwrap())
            .unwrap()
    };
    let svg = file(Format::Svg);
    let tree = roxmltree::Document::parse(&svg).unwrap();
    let surface = tree.descendants().find(|n| n.attribute("data-kind") == Some("surface")).unwrap();
    let corners: usize = surface.descendants().filter_map(|n| n.attribute("d")).map(|d| d.matches('Z').count()).sum();
    assert_eq!(corners, n, "every facet is drawn");
    let fills: std::collections::BTreeSet<_> = surface.descendants().filter_map(|n| n.attribute("fill")).collect();
    assert!(fills.len() > 100, "{} colours", fills.len());
    let csv = file(Format::Csv);
    let rows: Vec<&str> = csv.lines().filter(|l| !l.starts_with('#')).collect();
    let column = rows[0].split(',').position(|h| h.contains("surface") && h.ends_with("light")).unwrap();
    let light: Vec<f64> = rows[1..].iter().filter_map(|r| r.split(',').nth(column)?.parse().ok()).collect();
    assert_eq!(light, facets.light.to_vec());
    let json: serde_json::Value = serde_json::from_str(&file(Format::Json)).unwrap();
    let layers = json["figure"]["panels"][0]["layers"].as_array().unwrap();
    let layer = layers.iter().find(|l| l["kind"] == "surface").unwrap();
    assert_eq!(layer["values"].as_array().unwrap().len(), n);
    assert!(file(Format::Pgf).matches("fill=").count() > 100);
}

#[test]
fn the_ball_rolls_where_the_path_is() {
    let session = relief();
    let (run, view) = (session.run(), View::new(Lang::En));
    let figure = session.figure("relief", Lang::En).unwrap();
    let discs =
        figure.panels[0].layers.iter().find_map(|l| if let Layer::Points(p) = l { Some(p) } else { None }).unwrap();
    let marks = scene().marks("relief", run, view, 0.0);
    let impetus::figure::Now::At(ball, _) = marks[0][0] else { panic!("the optimizer's ball comes first") };
    assert_eq!(ball, [discs.x[0], discs.y[0]]);
    assert_ne!(scene().marks("relief", run, view, 0.5), marks, "between two iterations it is in between");
    let one = Run::new(scene(), &values(&[("problem", "one")]), 1, 5).unwrap();
    assert!(scene().figure("relief", &one, view).is_none());
}

#[test]
fn modes_carry_the_rates_of_theory() {
    let session = relief();
    let mut view = View::new(Lang::En);
    view.now = 3;
    let figure = scene().figure("modes", session.run(), view).unwrap();
    let bars = |k: usize| -> Vec<f64> {
        let layers = figure.panels[k].layers.iter();
        layers.filter_map(|l| if let Layer::Bars(b) = l { Some(b.height[0]) } else { None }).collect()
    };
    let rates = bars(0);
    for mode in 0..2 {
        let want = spectral_radius(0.4 * [0.2, 4.0][mode], 0.5);
        assert!((rates[2 * mode] - want).abs() < 1e-6 && rates[2 * mode + 1] == want, "{rates:?}");
    }
    assert!((bars(2).iter().sum::<f64>() - 1.0).abs() < 1e-12);
    let at = |i, n| session.run().lane(Lens::Optimizer).unwrap().at(Probe::Position(i), n).unwrap();
    for (i, lambda) in [0.2, 4.0].into_iter().enumerate() {
        let energy =
            |n: u64| 0.5 * lambda * at(i, n).powi(2) + 0.5 * (at(i, n) - at(i, n.saturating_sub(1))).powi(2) / 0.4;
        assert!((bars(1)[i] / (energy(3) / energy(0)) - 1.0).abs() < 1e-12);
    }
    assert!(figure.panels.iter().all(|p| !p.layers.iter().any(|l| matches!(l, Layer::Rule(Rule::X(..))))));
}
