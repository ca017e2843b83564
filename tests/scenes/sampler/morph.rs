//! One slider from optimizer to sampler, one to Hamiltonian flow, and the two that an optimizer names.

use impetus::scenes::{Lens, Probe, SceneError};

use super::{run, scene, values};

const METHODS: [&str; 8] =
    ["sghmc", "heavy-ball-ou", "euler-maruyama", "overdamped", "baoab", "obabo", "leimkuhler-matthews", "hmc"];

/// The first particle of a lane.
fn path(run: &impetus::scenes::Run, lens: Lens) -> Vec<f64> {
    run.lane(lens).unwrap().column(Probe::Position(0)).to_vec()
}

#[test]
fn without_temperature_the_sampler_is_the_optimizer_to_the_last_bit() {
    for method in METHODS {
        let run = run("sampler", &[("method", method), ("temperature", "0"), ("particles", "3")], 60, 1);
        assert_eq!(path(&run, Lens::Sampler), path(&run, Lens::Optimizer), "{method}");
        let moved = path(&run, Lens::Optimizer);
        assert!((moved[60] + 1.0).abs() < (moved[0] + 1.0).abs(), "{method}: no descent");
    }
}

#[test]
fn the_way_from_optimizer_to_sampler_is_continuous() {
    // Departure from the optimizer grows with √T as long as it is small.
    for method in METHODS.into_iter().filter(|m| *m != "hmc") {
        let away = |temperature| {
            let run = run("sampler", &[("method", method), ("temperature", temperature), ("particles", "1")], 40, 3);
            let pairs = path(&run, Lens::Sampler).into_iter().zip(path(&run, Lens::Optimizer));
            pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
        };
        let [near, far] = [away("1e-10"), away("1e-8")];
        assert!((far / near - 10.0).abs() <= 0.02, "{method}: {far} over {near}");
    }
}

#[test]
fn without_friction_the_sampler_is_the_flow() {
    let set = |method| [("method", method), ("gamma", "0"), ("x1", "-1.6"), ("particles", "2")];
    for method in ["baoab", "obabo"] {
        let run = run("sampler", &set(method), 200, 1);
        let pairs = path(&run, Lens::Sampler).into_iter().zip(path(&run, Lens::Spring));
        let apart = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(apart <= 1e-9, "{method}: {apart}");
    }
    // SGHMC is then symplectic Euler: it keeps the energy, though on a path of its own.
    let run = run("sampler", &set("sghmc"), 400, 1);
    let chips = scene("sampler").chips(&run, super::view(&run));
    assert!(chips[0].text.contains("Hamiltonian"), "{chips:?}");
    let lane = run.lane(Lens::Sampler).unwrap();
    let (u, v) = (lane.column(Probe::Potential), lane.column(Probe::Velocity(0)));
    let energy = |i: usize| u[i] + 0.5 * (v[i] / 0.1).powi(2);
    let mean = |rows: std::ops::Range<usize>| rows.clone().map(energy).sum::<f64>() / rows.len() as f64;
    let (first, last) = (mean(0..100), mean(300..400));
    assert!((last / first - 1.0).abs() <= 0.02, "{first} then {last}");
}

#[test]
fn eta_and_beta_are_read_back_as_set() {
    let scene = scene("sampler");
    for method in METHODS {
        let mut values = values(scene, &[("method", method)]);
        for (eta, beta) in [(0.01, 0.9), (0.3, 0.5), (1e-4, 0.999)] {
            scene.write("eta", eta, &mut values, 0).unwrap();
            scene.write("beta", beta, &mut values, 0).unwrap();
            let got = ["eta", "beta"].map(|id| scene.read(id, &values, 0));
            assert!((got[0] / eta - 1.0).abs() <= 1e-12 && (got[1] - beta).abs() <= 1e-12, "{method}: {got:?}");
        }
        let before = values.clone();
        let refused = scene.write("beta", 3.0, &mut values, 0);
        assert!(matches!(refused, Err(SceneError::Param(_))) && values == before);
    }
}

#[test]
fn a_start_is_dragged_within_its_range() {
    let (scene, mut values) = (scene("sampler-plane"), values(scene("sampler-plane"), &[]));
    let view = impetus::scenes::View::new(impetus::text::Lang::En);
    scene.drag("start:plane", [0.7, -99.0], &mut values, view).unwrap();
    assert_eq!([values.get("x1"), values.get("x2")], [0.7, -20.0]);
    scene.drag("start:1", [5.0, 1.5], &mut values, view).unwrap();
    assert_eq!(values.get("x2"), 1.5);
    for strange in ["", "start:", "start:7", "start:-1", "nobody"] {
        let before = values.clone();
        assert!(scene.drag(strange, [0.0, 0.0], &mut values, view).is_err() && values == before, "{strange}");
    }
}
