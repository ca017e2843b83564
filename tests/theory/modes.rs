//! O(1) answers about one mode against plain iteration.

use impetus::theory::heavy_ball::{self, exact_steps, response, transient_peak};
use impetus::theory::regime::{alternating_border, is_stable, overdamped_border};

/// Iterates `x_0 … x_n` of the two-step recurrence.
fn iterate(q: f64, beta: f64, x0: f64, v0_seed: f64, n: usize) -> Vec<f64> {
    let (mut now, mut before) = (x0, x0 + v0_seed);
    let mut all = vec![now];
    for _ in 0..n {
        (now, before) = (now - q * now + beta * (now - before), now);
        all.push(now);
    }
    all
}

/// A grid over the stable region, with points on and within rounding of every border.
fn modes() -> Vec<(f64, f64)> {
    let mut all = Vec::new();
    for beta in [-0.95, -0.5, -0.1, 0.0, 1e-6, 0.04, 0.3, 0.5, 0.81, 0.9, 0.99, 0.995] {
        let wall = 2.0 * (1.0 + beta);
        all.extend((1..40).map(|i| (wall * (f64::from(i) + 0.5) / 40.0, beta)));
        for border in [overdamped_border(beta), alternating_border(beta), 1.0 + beta, 1.0] {
            all.extend([0.0, 1e-15, -1e-13, 1e-10, -1e-7, 1e-4].map(|shift| (border * (1.0 + shift), beta)));
        }
        all.extend([1e-3, wall - 1e-3].map(|q| (q, beta)));
    }
    all.retain(|&(q, beta)| is_stable(q, beta));
    all
}

#[test]
fn response_is_the_iteration() {
    for (q, beta) in
        modes().into_iter().chain([(0.5, 1.0), (4.1, 0.9), (0.5, 1.05), (-0.1, 0.9), (0.0, 0.9), (0.1, -1.5)])
    {
        let (x0, v0) = (1.3, -0.4);
        let run = iterate(q, beta, x0, v0, 300);
        let mut scale: f64 = 1.0;
        for (n, &x) in run.iter().enumerate() {
            scale = scale.max(x.abs());
            let got = response(q, beta, x0, v0, n as u64);
            assert!((got - x).abs() <= 1e-10 * scale, "q {q} beta {beta} n {n}: {got} {x}");
        }
    }
}

#[test]
fn exact_steps_is_the_last_excursion_of_the_iteration() {
    let (mut checked, mut skipped) = (0, 0);
    for (q, beta) in modes() {
        if heavy_ball::asymptotic_steps(q, beta, 1e-6).unwrap() > 40_000.0 {
            continue;
        }
        for eps in [0.5, 0.1, 1e-2, 1e-3, 1e-6] {
            let run = iterate(q, beta, 1.0, 0.0, 60_000);
            let Some(last) = run.iter().rposition(|x| x.abs() > eps) else { panic!("starts inside") };
            assert!(last + 1 < run.len(), "q {q} beta {beta}: run too short");
            // Rounding decides where an iterate meets the threshold exactly.
            let tie = run[last.saturating_sub(2)..last + 3].iter().any(|x| (x.abs() / eps - 1.0).abs() < 1e-9);
            if tie {
                skipped += 1;
                continue;
            }
            checked += 1;
            assert_eq!(exact_steps(q, beta, eps), Some(last as u64 + 1), "q {q} beta {beta} eps {eps}");
        }
    }
    assert!(checked > 2000 && skipped < checked / 50, "{checked} checked, {skipped} ties");
}

#[test]
fn exact_steps_answers_at_once_far_from_home() {
    assert_eq!(exact_steps(0.5, 1.0, 1e-3), None);
    assert_eq!(exact_steps(4.0, 0.5, 1e-3), None);
    assert_eq!(exact_steps(f64::NAN, 0.5, 1e-3), None);
    assert_eq!(exact_steps(0.1, 0.5, 2.0), None);
    // ln(1000)/1e-12 steps of a plain descent.
    let slow = exact_steps(1e-12, 0.0, 1e-3).unwrap() as f64;
    assert!((slow * 1e-12 / 1000f64.ln() - 1.0).abs() < 1e-9);
    for (q, beta) in [(1.9999999, 0.99999999), (0.3, 0.9999999), (1e-9, 0.99999), (3.99999, 0.999999)] {
        let steps = exact_steps(q, beta, 1e-3).unwrap() as f64;
        let rate = heavy_ball::asymptotic_steps(q, beta, 1e-3).unwrap();
        assert!((0.9..2.0).contains(&(steps / rate)), "q {q} beta {beta}: {steps} {rate}");
    }
}

#[test]
fn transient_peak_is_the_largest_iterate() {
    for (q, beta) in modes() {
        let run = iterate(q, beta, 1.0, 0.0, 20_000);
        let largest = run[1..].iter().fold(0.0f64, |a, b| a.max(b.abs()));
        let peak = transient_peak(q, beta).unwrap();
        assert!((peak.size - largest).abs() <= 1e-9 * largest, "q {q} beta {beta}: {peak:?} {largest}");
        assert!((run[peak.step as usize].abs() - largest).abs() <= 1e-9 * largest, "q {q} beta {beta}: {peak:?}");
    }
}
