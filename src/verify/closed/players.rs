//! Section 9: games. Radii and verdicts are closed forms; linear play is its recurrence.

use nalgebra::Complex;

use super::Row;
use crate::theory::games;
use crate::verify::answer::answers;
use crate::verify::inputs::{Answered, Inputs, malformed};

pub const TABLE: &[Row] = &[
    ("09", "bilinear", bilinear),
    ("09", "ellipse", ellipse),
    ("09", "growth", growth),
    ("09", "thresholds", thresholds),
    ("09", "continuous", continuous),
    ("09", "regularised", regularised),
    ("09", "alt_two_beta", alt_two_beta),
    ("09", "dirac_gan", dirac_gan),
];

/// Descent–ascent with momentum from rest; `push(x, y)` gives both displacements of one step.
fn play(start: [f64; 2], beta: f64, alternating: bool, n: u64, push: impl Fn(f64, f64) -> [f64; 2]) -> Vec<[f64; 2]> {
    let (mut now, mut before) = (start, start);
    let mut path = vec![now];
    for _ in 0..n {
        let x = now[0] + push(now[0], now[1])[0] + beta * (now[0] - before[0]);
        let seen = if alternating { x } else { now[0] };
        let y = now[1] + push(seen, now[1])[1] + beta * (now[1] - before[1]);
        (before, now) = (now, [x, y]);
        path.push(now);
    }
    path
}

/// Extragradient, optimism or proximal point on the bilinear game.
fn play_plain(method: &str, q: f64, start: [f64; 2], n: u64) -> Vec<[f64; 2]> {
    let (mut path, mut now, mut before) = (vec![start], start, start);
    for _ in 0..n {
        let [x, y] = now;
        now = match method {
            "extragradient" => [x - q * (y + q * x), y + q * (x - q * y)],
            "optimistic" => [x - q * (2.0 * y - before[1]), y + q * (2.0 * x - before[0])],
            _ => [(x - q * y) / (1.0 + q * q), (y + q * x) / (1.0 + q * q)],
        };
        before = [x, y];
        path.push(now);
    }
    path
}

fn bilinear(i: Inputs) -> Answered {
    let ([q, beta, x, y], n, method) = (i.nums(["q", "beta", "x0", "y0"])?, i.steps("n")?, i.text("method")?);
    let push = |x: f64, y: f64| [-q * y, q * x];
    let (rho, stable, path) = match method {
        "sim" => {
            let stable = games::ellipse_is_stable(Complex::new(0.0, q), beta);
            (games::simultaneous_radius(q, beta), stable, play([x, y], beta, false, n, push))
        }
        "alt" => {
            let stable = games::alternating_is_stable(q, beta);
            (games::alternating_radius(q, beta, beta), stable, play([x, y], beta, true, n, push))
        }
        "extragradient" => {
            let stable = q.abs() < games::EXTRAGRADIENT_WALL && q != 0.0;
            (games::extragradient_radius(q), stable, play_plain(method, q, [x, y], n))
        }
        "optimistic" => {
            let stable = q.abs() < games::optimistic_wall() && q != 0.0;
            (games::optimistic_radius(q), stable, play_plain(method, q, [x, y], n))
        }
        "proximal" => (games::proximal_radius(q), q != 0.0, play_plain(method, q, [x, y], n)),
        other => return malformed(format!("there is no method “{other}”")),
    };
    Ok(answers! { "rho" => rho, "stable" => stable, "xy" => path })
}

fn ellipse(i: Inputs) -> Answered {
    let [re, im, beta] = i.nums(["qr", "qi", "beta"])?;
    let q = Complex::new(re, im);
    Ok(answers! { "rho" => games::heavy_ball_radius(q, beta), "stable" => games::ellipse_is_stable(q, beta) })
}

fn growth(i: Inputs) -> Answered {
    let beta = i.num("beta")?;
    Ok(answers! {
        "sim_over_q2_law" => games::simultaneous_growth(beta), "alt_over_q2_law" => games::alternating_growth(beta),
    })
}

fn thresholds(_: Inputs) -> Answered {
    let (best, rate) = games::EXTRAGRADIENT_BEST;
    Ok(answers! {
        "extragradient_q_max" => games::EXTRAGRADIENT_WALL, "extragradient_q_best" => best,
        "extragradient_rho_best" => rate, "optimistic_q_max" => games::optimistic_wall(),
        "alternating_beta0_q_max" => crate::theory::regime::stability_wall(0.0),
    })
}

fn continuous(i: Inputs) -> Answered {
    let [m, c, re, im] = i.nums(["m", "c", "lr", "li"])?;
    let curvature = Complex::new(re, im);
    Ok(answers! {
        "max_re" => games::rotation_growth(m, c, curvature), "stable" => games::rotation_is_stable(m, c, curvature),
    })
}

fn regularised(i: Inputs) -> Answered {
    let [eta, mu, a, beta] = i.nums(["eta", "mu", "a", "beta"])?;
    let q = games::regularised_curvature(eta, mu, a);
    Ok(answers! { "rho" => games::heavy_ball_radius(q, beta), "stable" => games::ellipse_is_stable(q, beta) })
}

fn alt_two_beta(i: Inputs) -> Answered {
    let [q, bx, by] = i.nums(["q", "beta_x", "beta_y"])?;
    let rho = games::alternating_radius(q, bx, by);
    let stable = if bx == by { games::alternating_is_stable(q, bx) } else { rho < 1.0 };
    Ok(answers! { "char_poly" => games::alternating_polynomial(q, bx, by), "rho" => rho, "stable" => stable })
}

fn dirac_gan(i: Inputs) -> Answered {
    let ([eta, beta, theta, psi], alternating) = (i.nums(["eta", "beta", "theta0", "psi0"])?, i.flag("alternating")?);
    let push = |theta: f64, psi: f64| {
        let slope = eta * games::dirac_gan_slope(psi * theta);
        [-slope * psi, slope * theta]
    };
    Ok(answers! { "theta_psi" => play([theta, psi], beta, alternating, i.steps("n")?, push) })
}
