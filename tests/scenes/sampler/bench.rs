//! The bench's own thermometers: quiet where noise matches friction, loud at a mismatch of 5 %.

use impetus::core::Outcome;
use impetus::scenes::{Run, Tone};

use super::{run, scene, values, view};

/// Steps of the default run.
fn horizon(id: &str) -> u64 {
    scene(id).meta().steps
}

/// The tones of the chips that speak of a thermometer.
fn verdicts(run: &Run) -> Vec<(Tone, String)> {
    let chips = scene("sampler").chips(run, view(run));
    chips.into_iter().filter(|c| c.text.contains("thermometer")).map(|c| (c.tone, c.text)).collect()
}

/// Measured read-outs whose label starts so: predicted and measured.
fn numbers(run: &Run, label: &str) -> [f64; 2] {
    let all = scene("sampler").readouts(run, view(run));
    let row = all.iter().find(|r| r.label.plain().starts_with(label)).unwrap();
    [row.predicted.unwrap_or(f64::NAN), row.measured.unwrap_or(f64::NAN)]
}

#[test]
fn a_mismatch_of_five_percent_is_seen_in_the_default_run() {
    // A run of 2·10⁶ particle steps, a second of work; the stated standard error is about 0.4 %, so a
    // matched run is off by 3 of them in 0.3 % of all runs, and a mismatch of 5 % lies 12 away.
    let work = horizon("sampler") as f64 * values(scene("sampler"), &[]).get("particles");
    assert!(work <= 4e6, "{work} particle steps");
    for seed in 1..=4 {
        for (mismatch, loud) in [("0", false), ("0.05", true), ("-0.05", true)] {
            let run = run("sampler", &[("mismatch", mismatch)], horizon("sampler"), seed);
            let said = verdicts(&run);
            assert_eq!(said.len(), 1, "{said:?}");
            let warned = said[0].0 == Tone::Warning;
            assert_eq!(warned, loud, "seed {seed}, δ = {mismatch}: {said:?}");
            assert_eq!(said[0].1.contains("off"), loud);
        }
    }
}

#[test]
fn thermometers_read_the_closed_form_of_every_method() {
    // Two thermometers of eight methods: 14 looks, none beyond 4.5 standard errors; steps large enough
    // that SGHMC reads 9 % and Euler 30 % too hot.
    for method in
        ["sghmc", "heavy-ball-ou", "euler-maruyama", "overdamped", "baoab", "obabo", "leimkuhler-matthews", "hmc"]
    {
        let set = [
            ("method", method),
            ("landscape", "harmonic"),
            ("h", "0.5"),
            ("gamma", "1.2"),
            ("x1", "0"),
            ("spread", "0.7"),
        ];
        let run = run("sampler", &set, 900, 5);
        assert!(run.lanes.iter().all(|l| l.outcome == Outcome::Running), "{method}");
        for (tone, said) in verdicts(&run) {
            println!("{method}: {said}");
            let z: f64 = said.rsplit("z = ").next().unwrap().replace('−', "-").parse().unwrap();
            assert!(z.abs() <= 4.5 && (tone == Tone::Calm || z.abs() > 3.0), "{method}: {said}");
        }
        let [wanted, measured] = numbers(&run, "configurational");
        assert!((measured / wanted - 1.0).abs() <= 0.04, "{method}: {measured} for {wanted}");
    }
}

#[test]
fn a_mismatch_moves_both_thermometers_by_as_much() {
    let set = |mismatch| [("landscape", "harmonic"), ("x1", "0"), ("spread", "0.7"), ("mismatch", mismatch)];
    let runs = ["0", "0.5"].map(|mismatch| run("sampler", &set(mismatch), 1000, 8));
    for label in ["kinetic", "configurational"] {
        let [[wanted, cool], [same, hot]] = [0, 1].map(|i| numbers(&runs[i], label));
        assert_eq!(wanted, same, "what is expected takes the noise for matched");
        // Seeds and therefore deviates are the same, so the ratio is exact up to the bowl's own start.
        assert!((hot / cool - 1.5).abs() <= 0.02, "{label}: {hot} over {cool}");
    }
}

#[test]
fn the_cloud_agrees_with_quadrature_and_a_wrong_one_does_not() {
    for (mismatch, agrees) in [("0", true), ("1", false)] {
        let run = run("sampler", &[("mismatch", mismatch)], horizon("sampler"), 2);
        let [_, d] = numbers(&run, "distance");
        // The 99.9 % point of Kolmogorov's distribution over √2000.
        assert_eq!(d < 1.95 / 2000f64.sqrt(), agrees, "δ = {mismatch}: D = {d}");
        let [exact, measured] = numbers(&run, "mean potential");
        assert_eq!((measured / exact - 1.0).abs() <= 0.05, agrees, "⟨U⟩ {measured} for {exact}");
    }
}

#[test]
fn landscapes_of_the_plane_are_sampled_right() {
    let banana = [("landscape", "banana"), ("temperature", "0.7"), ("x2", "-0.7"), ("h", "0.1"), ("spread", "0.2")];
    let run = run("sampler-plane", &banana, 600, 4);
    let [exact, measured] = numbers(&run, "mean potential");
    assert!((measured / exact - 1.0).abs() <= 0.03, "⟨U⟩ {measured} for {exact}");
    // Equipartition: a bent Gaussian in two coordinates has ⟨U⟩ = T.
    assert!((exact - 0.7).abs() <= 1e-4, "{exact}");
    let state = run.lanes[2].state_at(600);
    let mean = |f: &dyn Fn(usize) -> f64| (0..state.n()).map(f).sum::<f64>() / state.n() as f64;
    let x2 = mean(&|p| state.coordinate(0)[p].powi(2));
    // √(2/4000) is 2.2 % of the variance: within 4 of them.
    assert!((x2 / 0.7 - 1.0).abs() <= 0.09, "{x2}");
}

#[test]
fn the_ledger_closes_up_to_the_integrator() {
    // With noise and friction booked exactly, what is left is the error of the splitting, of second order
    // for BAOAB and OBABO: a quarter of the step leaves less than a sixth of it.
    for method in ["baoab", "obabo"] {
        let residual = |h, steps| {
            let set = [("method", method), ("h", h), ("landscape", "harmonic"), ("x1", "1")];
            numbers(&run("sampler", &set, steps, 6), "ledger residual")[1]
        };
        let [coarse, fine] = [residual("0.4", 200), residual("0.1", 800)];
        println!("{method}: {coarse:.2e}, {fine:.2e}");
        assert!(fine < coarse / 6.0 && fine > 0.0, "{method}: {coarse} then {fine}");
    }
}
