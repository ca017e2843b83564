//! Section 9: games. Trajectories are stepped here, radii and verdicts come from the closed forms.

use impetus::theory::games;
use nalgebra::Complex;
use serde_json::{Value, json};

use crate::harness::{Row, num, text};

pub const TABLE: &[Row] = &[
    ("09", "bilinear", 13, bilinear),
    ("09", "ellipse", 8, ellipse),
    ("09", "growth", 4, growth),
    ("09", "thresholds", 1, thresholds),
    ("09", "continuous", 3, continuous),
    ("09", "regularised", 4, regularised),
    ("09", "alt_two_beta", 7, alt_two_beta),
    ("09", "dirac_gan", 4, dirac_gan),
];

/// Descent–ascent with momentum from rest; `force(x, y)` gives both downhill directions per unit step.
fn play(
    start: [f64; 2],
    beta: f64,
    alternating: bool,
    n: usize,
    force: impl Fn(f64, f64) -> [f64; 2],
) -> Vec<[f64; 2]> {
    let (mut now, mut before) = (start, start);
    let mut path = vec![now];
    for _ in 0..n {
        let x = now[0] + force(now[0], now[1])[0] + beta * (now[0] - before[0]);
        let seen = if alternating { x } else { now[0] };
        let y = now[1] + force(seen, now[1])[1] + beta * (now[1] - before[1]);
        (before, now) = (now, [x, y]);
        path.push(now);
    }
    path
}

/// Plain iteration of one of the three methods without momentum.
fn play_plain(method: &str, q: f64, start: [f64; 2], n: usize) -> Vec<[f64; 2]> {
    let mut path = vec![start];
    let mut before = start;
    for _ in 0..n {
        let [x, y] = path[path.len() - 1];
        path.push(match method {
            "extragradient" => {
                let half = [x - q * y, y + q * x];
                [x - q * half[1], y + q * half[0]]
            }
            "optimistic" => [x - q * (2.0 * y - before[1]), y + q * (2.0 * x - before[0])],
            _ => [(x - q * y) / (1.0 + q * q), (y + q * x) / (1.0 + q * q)],
        });
        before = [x, y];
    }
    path
}

fn bilinear(i: &Value) -> Value {
    let (q, beta, start, n) = (num(i, "q"), num(i, "beta"), [num(i, "x0"), num(i, "y0")], num(i, "n") as usize);
    let method = text(i, "method");
    let (rho, stable, path) = match method {
        "sim" | "alt" => {
            let alternating = method == "alt";
            let path = play(start, beta, alternating, n, |x, y| [-q * y, q * x]);
            if alternating {
                (games::alternating_radius(q, beta, beta), games::alternating_is_stable(q, beta), path)
            } else {
                (games::simultaneous_radius(q, beta), games::ellipse_is_stable(Complex::new(0.0, q), beta), path)
            }
        }
        plain => {
            let (rho, stable) = match plain {
                "extragradient" => (games::extragradient_radius(q), q < games::EXTRAGRADIENT_WALL),
                "optimistic" => (games::optimistic_radius(q), q < games::optimistic_wall()),
                _ => (games::proximal_radius(q), true),
            };
            (rho, stable, play_plain(plain, q, start, n))
        }
    };
    json!({ "rho": rho, "stable": stable, "xy": path })
}

fn ellipse(i: &Value) -> Value {
    let q = Complex::new(num(i, "qr"), num(i, "qi"));
    json!({
        "rho": games::heavy_ball_radius(q, num(i, "beta")), "stable": games::ellipse_is_stable(q, num(i, "beta")),
    })
}

fn growth(i: &Value) -> Value {
    let (beta, q) = (num(i, "beta"), num(i, "q"));
    let measured = games::simultaneous_radius(q, beta).ln() / (q * q);
    assert!((measured / games::simultaneous_growth(beta) - 1.0).abs() < 5e-3);
    json!({ "sim_over_q2_law": games::simultaneous_growth(beta), "alt_over_q2_law": games::alternating_growth(beta) })
}

fn thresholds(_: &Value) -> Value {
    let (best, rate) = games::EXTRAGRADIENT_BEST;
    assert!((games::extragradient_radius(best) - rate).abs() < 1e-15);
    assert!((games::optimistic_radius(games::optimistic_wall()) - 1.0).abs() < 1e-15);
    assert!((games::alternating_radius(1.999, 0.0, 0.0) - 1.0).abs() < 1e-7);
    assert!(games::alternating_radius(2.001, 0.0, 0.0) > 1.01);
    json!({
        "extragradient_q_max": games::EXTRAGRADIENT_WALL, "extragradient_q_best": best, "extragradient_rho_best": rate,
        "optimistic_q_max": games::optimistic_wall(), "alternating_beta0_q_max": 2.0,
    })
}

fn continuous(i: &Value) -> Value {
    let (m, c, curvature) = (num(i, "m"), num(i, "c"), Complex::new(num(i, "lr"), num(i, "li")));
    json!({
        "max_re": games::rotation_growth(m, c, curvature), "stable": games::rotation_is_stable(m, c, curvature),
    })
}

fn regularised(i: &Value) -> Value {
    let q = games::regularised_curvature(num(i, "eta"), num(i, "mu"), num(i, "a"));
    json!({
        "rho": games::heavy_ball_radius(q, num(i, "beta")), "stable": games::ellipse_is_stable(q, num(i, "beta")),
    })
}

fn alt_two_beta(i: &Value) -> Value {
    let (q, bx, by) = (num(i, "q"), num(i, "beta_x"), num(i, "beta_y"));
    let rho = games::alternating_radius(q, bx, by);
    if bx == by {
        assert_eq!(games::alternating_is_stable(q, bx), rho < 1.0);
    }
    json!({ "char_poly": games::alternating_polynomial(q, bx, by), "rho": rho, "stable": rho < 1.0 })
}

fn dirac_gan(i: &Value) -> Value {
    let (eta, start) = (num(i, "eta"), [num(i, "theta0"), num(i, "psi0")]);
    let force = |theta: f64, psi: f64| {
        let slope = eta * games::dirac_gan_slope(psi * theta);
        [-slope * psi, slope * theta]
    };
    let alternating = i["alternating"].as_bool().unwrap();
    json!({ "theta_psi": play(start, num(i, "beta"), alternating, num(i, "n") as usize, force) })
}
