//! Escape: the two-state law and its estimator, Kramers' order of magnitude, the better well left.

use impetus::core::Noise;
use impetus::scenes::{Lens, Probe};
use impetus::theory::escape::{measured_rate, share_beyond};

use super::{run, scene, view};

#[test]
fn the_rate_is_read_off_the_shares_it_makes() {
    for (rate, share, t1, t2) in [(0.02, 0.5, 3.0, 20.0), (0.3, 0.2, 0.1, 0.4), (1e-3, 0.9, 10.0, 300.0)] {
        let [a, b] = [t1, t2].map(|t| share_beyond(rate, share, t));
        let got = measured_rate(a, b, 1e9, share, t2 - t1).unwrap();
        assert!((got.rate / rate - 1.0).abs() <= 1e-9, "{got:?}");
    }
    assert_eq!(measured_rate(0.1, 0.5, 1e6, 0.5, 1.0), None, "settled: no rate is left to see");
    assert_eq!(measured_rate(0.0, 0.0, 100.0, 0.5, 1.0), None, "nobody moved");
    assert!((share_beyond(0.1, 0.3, 1e9) - 0.3).abs() <= 1e-12);
}

#[test]
fn the_stated_error_of_a_rate_is_its_spread() {
    // 400 populations of 500 jumping exactly; their spread is known to 3.5 %.
    let (rate, share, t1, dt, n) = (0.05, 0.4, 2.0, 5.0, 500);
    let (p1, back) = (share_beyond(rate, share, t1), share_beyond(rate * (1.0 - share) / share, 1.0 - share, dt));
    let forth = share_beyond(rate, share, dt);
    let all: Vec<[f64; 2]> = (0..400)
        .map(|seed| {
            let noise = Noise::new(seed, 5);
            let counted = (0..n).map(|p| {
                let first = noise.uniform(p, 0, 0) < p1;
                let jump = noise.uniform(p, 1, 0) < if first { back } else { forth };
                [first, first != jump]
            });
            let sums =
                counted.fold([0.0; 2], |s, c| [s[0] + f64::from(u8::from(c[0])), s[1] + f64::from(u8::from(c[1]))]);
            let measured = measured_rate(sums[0] / n as f64, sums[1] / n as f64, n as f64, share, dt).unwrap();
            [measured.rate, measured.error]
        })
        .collect();
    let mean = |k: usize| all.iter().map(|r| r[k]).sum::<f64>() / all.len() as f64;
    let spread = (all.iter().map(|r| (r[0] - mean(0)).powi(2)).sum::<f64>() / (all.len() - 1) as f64).sqrt();
    println!("rate {:.4}, spread {spread:.5}, stated {:.5}", mean(0), mean(1));
    // The mean of 400 has a standard error of spread/20, its bias is of the order of spread²/rate.
    assert!((mean(0) / rate - 1.0).abs() <= 0.04, "{}", mean(0));
    assert!((mean(1) / spread - 1.0).abs() <= 0.12, "stated {} for {spread}", mean(1));
}

#[test]
fn the_measured_rate_is_of_kramers_order() {
    // Kramers' rate is asymptotic; at five times T it is known to hold within some tens of percent.
    let run = run("escape", &[], scene("escape").meta().steps, 1);
    let rows = scene("escape").readouts(&run, view(&run));
    let row = rows.iter().find(|r| r.label.plain().starts_with("escape rate")).unwrap();
    let (kramers, measured) = (row.predicted.unwrap(), row.measured.unwrap());
    println!("Kramers {kramers:.5}, measured {measured:.5}: {}", row.note);
    assert!((0.6..1.4).contains(&(measured / kramers)), "{measured} for {kramers}");
    let figure = scene("escape").figure("escape", &run, view(&run)).unwrap();
    assert_eq!(figure.panels.len(), 3);
}

#[test]
fn momentum_leaves_the_better_well_and_friction_keeps_it() {
    let start = [("temperature", "0"), ("tilt", "0.3"), ("x1", "-1.75"), ("method", "sghmc"), ("particles", "1")];
    for (gamma, left) in [("0.4", true), ("4", false)] {
        let mut set = start.to_vec();
        set.push(("gamma", gamma));
        let run = run("escape", &set, 400, 1);
        let end = *run.lane(Lens::Optimizer).unwrap().column(Probe::Position(0)).last().unwrap();
        // The minima of (x² − 1)² + 0.3x.
        let want = if left { 0.960_150 } else { -1.035_579 };
        assert!((end - want).abs() <= 0.05, "γ = {gamma}: {end}");
        let notes = scene("escape").notes(&run, view(&run)).join(" ");
        assert_eq!(notes.contains("left the better well"), left, "γ = {gamma}: {notes}");
    }
}
