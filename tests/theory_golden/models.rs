//! Section 11: toy models. Short runs are stepped here around the gradients of the closed forms.

use impetus::theory::toys::{federated, lagged, recurrent, scale_invariant};
use serde_json::{Value, json};

use crate::harness::{Row, list, num};

pub const TABLE: &[Row] = &[
    ("11", "bn_lag", 8, bn_lag),
    ("11", "bn_lag_phase", 3, bn_lag_phase),
    ("11", "bn_scale_run", 3, bn_scale_run),
    ("11", "bn_norm_gd", 1, bn_norm_gd),
    ("11", "bn_equilibrium", 2, bn_equilibrium),
    ("11", "fed_fixed_point", 2, fed_fixed_point),
    ("11", "fed_variance", 2, fed_variance),
    ("11", "rnn_scalar", 3, rnn_scalar),
    ("11", "rnn_run", 6, rnn_run),
    ("11", "rnn_jacobian", 2, rnn_jacobian),
];

fn bn_lag(i: &Value) -> Value {
    let (q, beta, rho, kappa) = (num(i, "q"), num(i, "beta"), num(i, "rho"), num(i, "kappa"));
    let (mut x, mut statistic) = (vec![1.0, 1.0], 0.0);
    for n in 1..=num(i, "n") as usize {
        x.push((1.0 + beta) * x[n] - beta * x[n - 1] - q * (x[n] - kappa * statistic));
        statistic = rho * statistic + (1.0 - rho) * x[n];
    }
    json!({
        "char_poly": lagged::polynomial(q, beta, rho, kappa), "x": x[1..],
        "spectral_radius": lagged::spectral_radius(q, beta, rho, kappa), "stable": lagged::is_stable(q, beta, rho, kappa),
    })
}

fn bn_lag_phase(i: &Value) -> Value {
    let transfer = lagged::transfer(num(i, "rho"), num(i, "omega"));
    json!({ "gain": transfer.norm(), "phase_lag": -transfer.arg() })
}

fn bn_scale_run(i: &Value) -> Value {
    let (eta, beta, wd, start) = (num(i, "eta"), num(i, "beta"), num(i, "wd"), list(i, "w0"));
    let (mut w, mut buffer) = ([start[0], start[1]], [0.0; 2]);
    let (mut path, mut buffers) = (vec![w], Vec::new());
    for _ in 0..num(i, "n") as usize {
        let g = scale_invariant::gradient(num(i, "A"), [1.0, 0.0], w);
        buffer = [0, 1].map(|d| beta * buffer[d] + g[d] + wd * w[d]);
        w = [0, 1].map(|d| w[d] - eta * buffer[d]);
        path.push(w);
        buffers.push(buffer);
    }
    if wd == 0.0 {
        let first = start[0] * start[0] + start[1] * start[1];
        let predicted = scale_invariant::norm_squared_after_momentum(first, eta, beta, &buffers);
        assert!((predicted - w[0].hypot(w[1]).powi(2)).abs() < 1e-12 * predicted);
    }
    json!({
        "w": path, "norm": path.iter().map(|w| w[0].hypot(w[1])).collect::<Vec<_>>(),
        "angle": path.iter().map(|w| w[1].atan2(w[0])).collect::<Vec<_>>(),
    })
}

fn bn_norm_gd(i: &Value) -> Value {
    let (w, eta) = (list(i, "w0"), num(i, "eta"));
    let g = scale_invariant::gradient(num(i, "A"), [1.0, 0.0], [w[0], w[1]]);
    let (before, grad_sq) = (w[0] * w[0] + w[1] * w[1], g[0] * g[0] + g[1] * g[1]);
    json!({
        "norm_sq_before": before, "grad_sq": grad_sq,
        "norm_sq_after": scale_invariant::norm_squared_after(before, eta, grad_sq),
    })
}

fn bn_equilibrium(i: &Value) -> Value {
    let (eta, beta, wd) = (num(i, "eta"), num(i, "beta"), num(i, "wd"));
    let angle = scale_invariant::equilibrium_angle(eta, beta, wd);
    json!({
        "r_star": scale_invariant::equilibrium_radius(eta, beta, wd, num(i, "G")), "cos_angle": angle.cos(),
        "angle": angle, "angle_small": scale_invariant::equilibrium_angle_small(eta, beta, wd),
    })
}

fn pulls(i: &Value) -> Vec<f64> {
    let (rate, steps) = (num(i, "eta_l"), num(i, "E") as u32);
    list(i, "a").iter().map(|a| federated::client_pull(*a, rate, steps)).collect()
}

fn fed_fixed_point(i: &Value) -> Value {
    let (pulls, centres) = (pulls(i), list(i, "b"));
    let rest = federated::weighted_centre(&pulls, &centres);
    let best = federated::weighted_centre(&list(i, "a"), &centres);
    json!({ "alpha": pulls, "x_inf": rest, "x_opt": best, "bias": rest - best })
}

fn fed_variance(i: &Value) -> Value {
    let (pulls, centres, taking_part) = (pulls(i), list(i, "b"), num(i, "M") as usize);
    let state = federated::sampled_state(&pulls, &centres, taking_part, num(i, "eta_s"), num(i, "beta")).unwrap();
    json!({
        "mean": state.mean, "alpha_bar": state.mean_pull, "s_A_sq": state.pull_variance,
        "s_e_sq": state.force_variance, "var": state.variance,
    })
}

fn rnn(i: &Value) -> recurrent::ScalarRnn {
    recurrent::ScalarRnn { h0: num(i, "h0"), y: num(i, "y"), length: num(i, "T") as u32 }
}

fn rnn_scalar(i: &Value) -> Value {
    let (rnn, w) = (rnn(i), num(i, "w"));
    json!({
        "loss": rnn.loss(w), "grad": rnn.gradient(w), "hess": rnn.curvature(w), "w_star": rnn.solution(),
        "sharpness": rnn.sharpness(), "eta_max_beta0": rnn.rate_limit(0.0), "eta_max_beta0.9": rnn.rate_limit(0.9),
    })
}

fn rnn_run(i: &Value) -> Value {
    let (rnn, clip) = (rnn(i), i["clip"].as_f64().unwrap_or(f64::INFINITY));
    let (mut w, mut v, mut path) = (num(i, "w0"), 0.0, Vec::new());
    for _ in 0..num(i, "n") as usize {
        v = num(i, "beta") * v + num(i, "eta") * rnn.gradient(w).clamp(-clip, clip);
        w -= v;
        path.push(w);
    }
    json!({ "w": path })
}

fn rnn_jacobian(i: &Value) -> Value {
    let (r, g, n) = (num(i, "r"), num(i, "g"), num(i, "n") as u32);
    let (largest, at) = recurrent::jordan_peak(r, g, n).unwrap();
    json!({
        "rotation_norm_n": recurrent::rotation_norm(r, n), "jordan_norm_n": recurrent::jordan_norm(r, g, n),
        "jordan_max": largest, "jordan_argmax": at,
    })
}
