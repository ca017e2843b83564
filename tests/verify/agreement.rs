//! Closed form against simulation where no file has been.

use impetus::verify::{Book, cross_check};
use serde_json::{Value, json};

use crate::{file, loose};

/// Cases of one kind over a table of numbers: `inputs(a, b)` for every pair.
fn pairs(section: u8, kind: &str, a: &[f64], b: &[f64], inputs: impl Fn(f64, f64) -> Value) -> Vec<String> {
    let each = |x: &f64| {
        b.iter().map(|y| file(section, kind, &inputs(*x, *y), &json!({ "x": 0 }), &loose())).collect::<Vec<_>>()
    };
    a.iter().flat_map(each).collect()
}

/// Closed form and simulation agree on parameters no golden file has: momenta of either sign and beyond one,
/// double roots and their neighbourhood, condition numbers to a million, step lengths at the limits.
#[test]
fn both_ways_agree_where_no_file_has_been() {
    let beta = [-0.99, -0.5, -1e-9, 0.0, 1e-12, 0.25, 0.5, 0.81, 0.9, 0.99, 0.999, 1.0, 1.05];
    let q = [-0.1, 0.0, 1e-12, 1e-6, 0.0025, 0.01, 0.25, 0.25 + 1e-13, 0.5, 1.0, 1.5, 2.0, 2.25, 3.61, 3.8, 4.0, 5.0];
    let (h, c) = ([1e-4, 0.01, 0.2, 0.9, 1.4], [0.0, 1e-6, 0.4, 2.0 * 3f64.sqrt(), 5.0]);
    let well = json!({ "type": "double_well", "E_b": 1.0, "a": 0.7 });
    let mut cases = Vec::new();
    let mut add = |more: Vec<String>| cases.extend(more);
    add(pairs(
        2,
        "hb_response",
        &q,
        &beta,
        |q, b| json!({ "q": q, "beta": b, "x0": 1.3, "v0_seed": -0.4, "t": [0, 1, 2, 3, 7, 20, 61, 200] }),
    ));
    add(pairs(2, "steps_to_eps", &q, &beta, |q, b| json!({ "q": q, "beta": b, "eps": 1.234e-3 })));
    add(pairs(2, "transient", &[1.5, 10.0, 1e3, 1e6], &[0.0], |k, _| json!({ "kappa": k })));
    add(pairs(0, "d2l", &q, &beta, |q, b| json!({ "eta": q, "gamma": b, "x0": [-5.0, -2.0], "steps": 40 })));
    add(pairs(0, "seed003", &q, &beta, |q, b| json!({ "lr": q + 2e-9, "momentum": b, "w0": 1.0, "steps": 5 })));
    add(pairs(1, "nesterov_points", &q, &beta, |q, b| {
        json!({ "objective": { "type": "diag_quadratic", "lambda": [1.0, 0.3, 0.0], "x_star": [0.0, 1.0, 2.0] },
                "x0": [1.0, -1.0, 0.5], "lr": q, "beta": b, "steps": 30 })
    }));
    add(pairs(
        1,
        "constant_gradient",
        &[0.0, 0.3, -2.0],
        &beta,
        |g, b| json!({ "eta": 0.1, "beta": b, "g": g, "N": 30 }),
    ));
    add(pairs(
        1,
        "dampening",
        &beta,
        &beta,
        |m, d| json!({ "mu": m, "dampening": d, "grads": [1.0, -0.5, 2.0, 0.0, 3.0] }),
    ));
    add(pairs(
        3,
        "msd_exact",
        &c,
        &[-1.0, 0.0, 1e-9, 1.0, 3.0, 1e6],
        |c, k| json!({ "m": 1.0, "c": c, "k": k, "x0": 1.0, "v0": -0.5, "t": [0.0, 1e-3, 0.5, 3.0] }),
    ));
    add(pairs(
        3,
        "interpolant",
        &[1e-4, 0.01, 0.3, 1.5],
        &[0.2, 0.5, 0.9, 0.999],
        |q, b| json!({ "q": q, "beta": b, "h": 0.5, "x0": 1.0, "x_minus1": 1.0, "n": 9 }),
    ));
    add(pairs(
        4,
        "continuous",
        &[0.0, 0.1, 1.0, 20.0],
        &[0.5, 20.0],
        |kd, kp| json!({ "J": 0.05, "b": 0.02, "kp": kp, "kd": kd, "t": [0.0, 0.05, 0.4, 1.5] }),
    ));
    add(pairs(
        4,
        "sampled_state",
        &[0.0, 0.1, 1.0, 20.0],
        &[0.001, 0.01, 0.1],
        |kd, t| json!({ "J": 0.05, "kp": 20.0, "kd": kd, "T": t, "q0": 1.0, "v0": -2.0, "n": 12 }),
    ));
    add(pairs(
        4,
        "saturation",
        &[0.0, 1.2, 30.0],
        &[0.0, 0.5, 5.0, 1e9],
        |kd, u| json!({ "J": 0.05, "kp": 20.0, "kd": kd, "T": 0.01, "r": 1.0, "u_max": u, "n": 25 }),
    ));
    let schemes = [
        "symplectic_euler_explicit",
        "symplectic_euler_implicit",
        "symplectic_euler_conformal",
        "baoab_T0",
        "obabo_T0",
    ];
    for scheme in schemes {
        add(pairs(
            5,
            "heavy_ball_identity",
            &h[..4],
            &c,
            |h, c| json!({ "integrator": scheme, "m": 1.5, "c": c, "h": 0.2 * h, "U": well, "x0": 0.6, "v0": -0.3, "n": 8 }),
        ));
        add(pairs(7, "volume", &h, &c, |h, c| json!({ "integrator": scheme, "m": 1.5, "c": c, "h": h, "k": 2.0 })));
        add(pairs(
            5,
            "order",
            &c,
            &[0.5, 3.0],
            |c, k| json!({ "integrator": scheme, "m": 1.5, "c": c, "k": k, "x0": 1.0, "v0": 0.5, "T": 2.0, "n": [20, 40, 80] }),
        ));
    }
    for scheme in ["euler_maruyama", "symplectic_em", "baoab", "obabo"] {
        add(pairs(
            5,
            "stationary",
            &h,
            &c,
            |h, c| json!({ "scheme": scheme, "params": { "m": 1.5, "c": c, "h": h, "T": 0.7 }, "k": 2.0 }),
        ));
    }
    for scheme in ["sghmc", "sghmc_drift_kick", "hb_ou"] {
        add(pairs(
            5,
            "stationary",
            &q,
            &[0.001, 0.1, 0.5, 1.0, 1.3],
            |q, alpha| json!({ "scheme": scheme, "params": { "eta": q, "alpha": alpha, "beta_hat": 0.3 * alpha, "T": 0.7 }, "k": 1.0 }),
        ));
    }
    add(pairs(
        5,
        "stationary",
        &q,
        &[1.0],
        |e, k| json!({ "scheme": "sgld", "params": { "eps": e, "T": 0.7 }, "k": k }),
    ));
    for kind in ["hb_noise", "nag_noise", "acf"] {
        add(pairs(
            6,
            kind,
            &q,
            &beta,
            |q, b| json!({ "eta": q, "beta": b, "lambda": 1.0, "S": 0.5, "N": 1e5, "n": 15 }),
        ));
    }
    add(pairs(6, "momentum_vs_sgd", &q, &beta, |a, b| json!({ "alpha": a, "beta": b, "lambda": 1.0, "S": 0.5 })));
    add(pairs(8, "closed_loop", &q, &beta, |q, b| json!({ "eta": q, "beta": b, "lambda": 1.0, "omega": [0.1] })));
    add(pairs(8, "ema_step", &beta, &[0.0], |b, _| json!({ "beta": b, "n": [0, 1, 5, 50] })));
    for method in ["sim", "alt", "extragradient", "optimistic", "proximal"] {
        add(pairs(
            9,
            "bilinear",
            &[1e-6, 0.1, 0.57, 0.58, 0.99, 1.01, 1.5],
            &beta,
            |q, b| json!({ "method": method, "q": q, "beta": b, "x0": 1.0, "y0": -0.5, "n": 12 }),
        ));
    }
    add(pairs(9, "ellipse", &q, &beta, |q, b| json!({ "qr": q, "qi": 0.3 * q, "beta": b })));
    add(pairs(9, "regularised", &q, &beta, |q, b| json!({ "eta": q, "mu": 0.4, "a": 1.0, "beta": b })));
    add(pairs(9, "alt_two_beta", &beta, &beta, |x, y| json!({ "q": 0.4, "beta_x": x, "beta_y": y })));
    add(pairs(
        9,
        "dirac_gan",
        &q,
        &beta,
        |q, b| json!({ "alternating": b > 0.5, "beta": b, "eta": q, "theta0": 1.0, "psi0": 0.5, "n": 9 }),
    ));
    add(pairs(
        10,
        "equilibrium",
        &[0.0, 0.5, 0.9, 0.99],
        &[0.0, 1e-4, 0.1, 10.0],
        |b, w| json!({ "lambda": 2.0, "x_star": 2.0, "w": w, "beta": b, "S": 4.0, "eps": 1e-3 }),
    ));
    add(pairs(10, "sgdw_poles", &q, &beta, |q, b| json!({ "eta": q, "lambda": 1.0, "beta": b, "w": 0.05 })));
    add(pairs(
        10,
        "first_step",
        &[-3.0, 0.0, 1e-12, 1e6],
        &[1e-8, 1e-3],
        |g, eps| json!({ "g": g, "lr": 0.01, "eps": eps }),
    ));
    add(pairs(
        11,
        "bn_lag",
        &[-1.0, 0.0, 0.5, 1.0, 2.0],
        &beta,
        |k, b| json!({ "q": 0.3, "beta": b, "rho": 0.7, "kappa": k, "n": 15 }),
    ));
    add(pairs(
        11,
        "bn_scale_run",
        &[0.0, 0.05, 1.0],
        &beta,
        |wd, b| json!({ "A": 1.0, "eta": 0.3, "beta": b, "wd": wd, "w0": [0.2, 1.0], "n": 12 }),
    ));
    add(pairs(
        11,
        "fed_fixed_point",
        &[1.0, 0.2],
        &[0.0, 0.5, 0.9],
        |s, b| json!({ "a": [1.0, 2.0, 0.5], "b": [1.0, -1.0, 3.0], "E": 4, "eta_l": 0.1, "eta_s": s, "beta": b }),
    ));
    add(pairs(
        11,
        "rnn_scalar",
        &[0.5, 0.9, 1.2],
        &[1.0, 2.0, 7.0, 40.0],
        |w, t| json!({ "w": w, "h0": 1.0, "y": 0.5, "T": t }),
    ));
    let (mut compared, mut apart) = (0, Vec::new());
    for text in &cases {
        let book = Book::parse("x", text).unwrap();
        for check in cross_check(&book, 0) {
            compared += check.values;
            if !check.pass {
                let (inputs, kind) = (&book.cases[0].inputs, &book.cases[0].kind);
                apart.push(format!(
                    "{kind} {inputs} {}{}: {} against {}",
                    check.key, check.place, check.wanted, check.got
                ));
            }
        }
    }
    println!("{compared} values of {} cases compared", cases.len());
    assert!(apart.is_empty(), "{} apart\n{}", apart.len(), apart.join("\n"));
    assert!(compared > 10_000, "{compared}");
}
