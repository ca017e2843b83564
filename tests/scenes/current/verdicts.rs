//! What the scene says: divergence and curl as finite differences find them, chips and claim cards that
//! follow from the numbers, and figures for whatever is set.

use impetus::core::{At, Field};
use impetus::figure::Layer;
use impetus::scenes::{Readout, Run, Tone, View};
use impetus::text::Lang;

use super::{machines, run, scene, values};

fn readout(run: &Run, label: &str) -> Readout {
    let all = scene().readouts(run, View::new(Lang::En));
    all.into_iter().find(|r| r.label.plain().starts_with(label)).unwrap_or_else(|| panic!("no {label}"))
}

/// Derivatives ∂b_i/∂z_j of the drift in the plane, by central differences on the lane's own field.
fn slopes(run: &Run, c: f64, m: Option<f64>) -> [[f64; 2]; 2] {
    let field: &dyn Field = &*run.lanes[0].lane.system.field;
    let drift = |z: [f64; 2]| {
        let mut f = [0.0; 2];
        let dim = field.dim();
        field.force(At { t: 0.0, n: 1, q: &z[..dim], v: &[0.0; 2][..dim] }, &mut f[..dim]);
        match m {
            None => f.map(|f| f / c),
            Some(m) => [z[1], (f[0] - c * z[1]) / m],
        }
    };
    let (z, s) = ([0.7, -0.4], 1e-5);
    let along = |j: usize| {
        let (mut up, mut down) = (z, z);
        (up[j], down[j]) = (z[j] + s, z[j] - s);
        let (up, down) = (drift(up), drift(down));
        [0, 1].map(|i| (up[i] - down[i]) / (2.0 * s))
    };
    let [x, y] = [along(0), along(1)];
    [[x[0], y[0]], [x[1], y[1]]]
}

#[test]
fn divergence_and_curl_are_those_of_the_field() {
    let mut seen = 0;
    for machine in machines().into_iter().filter(|m| m.m.is_none() || m.k.nrows() == 1) {
        let run = run(machine.values, 1, 1);
        let [[xx, xy], [yx, yy]] = slopes(&run, machine.c, machine.m);
        let div = readout(&run, "divergence").predicted.unwrap();
        assert!((div - xx - yy).abs() < 1e-8, "{}: {div}", machine.name);
        let curl = readout(&run, "curl").predicted.unwrap();
        // Of (x, v) it is told in units of √(m/k), in which v counts in √(k/m) of x.
        let want = match machine.m {
            None => yx - xy,
            Some(m) => yx * m / machine.k[0] - xy,
        };
        assert!((curl - want).abs() < 1e-8, "{}: {curl} against {want}", machine.name);
        seen += 1;
    }
    assert_eq!(seen, 6);
}

#[test]
fn verdicts_follow_from_the_numbers() {
    for machine in machines() {
        let run = run(machine.values, 5, 200);
        for lang in Lang::ALL {
            let view = View::new(lang);
            let chip = scene().chips(&run, view).remove(0);
            let tone = if machine.balanced { Tone::Calm } else { Tone::Ringing };
            assert_eq!(chip.tone, tone, "{}: {chip:?}", machine.name);
            let claim = scene().notes(&run, view).remove(0);
            let turns = !matches!(machine.values[0].1, "baths" | "gradient" | "matched");
            let words = match (lang, turns, machine.balanced) {
                (Lang::En, true, true) => "wrong here. The drift turns",
                (Lang::En, true, false) => "this state is, with",
                (Lang::En, false, false) => "wrong here. The force is a gradient",
                (Lang::En, false, true) => "it is here",
                (Lang::Zh, true, true) => "此处不成立。漂移在旋转",
                (Lang::Zh, true, false) => "此状态确实偏离",
                (Lang::Zh, false, false) => "此处不成立。力是梯度",
                (Lang::Zh, false, true) => "此处确实平衡",
            };
            assert!(claim.contains(words), "{}: {claim}", machine.name);
        }
        let entropy = readout(&run, "entropy rate");
        let [predicted, measured] = [entropy.predicted, entropy.measured].map(Option::unwrap);
        assert!((predicted - measured).abs() < 0.1 * predicted.abs().max(0.3), "{}: {entropy:?}", machine.name);
    }
}

/// Arrows of a layer of the current's figure, by its name.
fn arrows(run: &Run, name: &str) -> usize {
    let figure = scene().figure("current", run, View::new(Lang::En)).unwrap();
    let named = |l: &&Layer<'_>| l.name().is_some_and(|n| n.plain() == name);
    match figure.panels[0].layers.iter().find(named) {
        Some(Layer::Arrows(a)) => a.x.len(),
        _ => 0,
    }
}

#[test]
fn arrows_stand_out_only_where_something_flows() {
    for machine in machines() {
        let run = run(machine.values, 5, 200);
        let (clear, flows) = (arrows(&run, "counted"), machine.name == "mass in one bath" || !machine.balanced);
        println!("{:28} {clear} boxes stand out", machine.name);
        // One box in a hundred does so by chance.
        assert!(if flows { clear >= 30 } else { clear <= 6 }, "{}: {clear}", machine.name);
        assert_eq!(arrows(&run, "exact") > 0, flows, "{}", machine.name);
    }
}

#[test]
fn the_learning_rate_and_gradient_noise_can_be_set() {
    let mut set = values(&[("case", "gradient"), ("c", "2"), ("eta", "0.02"), ("s1", "50"), ("s2", "5")]);
    for (id, want) in [("h", 0.04), ("t1", 0.5), ("t2", 0.05), ("eta", 0.02), ("s1", 50.0), ("s2", 5.0)] {
        assert!((scene().read(id, &set, 0) - want).abs() < 1e-12, "{id}");
    }
    let before = set.clone();
    for (id, value) in [("eta", 0.9), ("s1", 1e-9), ("s2", f64::NAN), ("nothing", 1.0)] {
        assert!(scene().write(id, value, &mut set, 0).is_err(), "{id}");
        assert_eq!(set, before, "{id}");
    }
}

#[test]
fn a_machine_that_flies_apart_says_so() {
    let list = [("case", "swirl"), ("kappa", "5"), ("c", "0.1"), ("h", "0.1"), ("k2", "10")];
    let run = run(&list, 1, 300);
    for lang in Lang::ALL {
        let view = View { now: 300, ..View::new(lang) };
        assert_eq!(scene().chips(&run, view)[0].tone, Tone::Danger);
        let figures = scene().figures(&run, view);
        assert_eq!(figures.len(), scene().views(&run.values, view).len());
        assert!(scene().notes(&run, view)[0].contains(&run.lanes[0].diverged_at().unwrap().to_string()));
    }
}
