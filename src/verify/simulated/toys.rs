//! Section 11: the toy models, as runs.

use std::sync::Arc;

use super::machine::{
    after, characteristic, firsts, gradient, hessian, map, points, potential, radius, run, states, verdict,
};
use crate::core::fields::{Clipped, Quadratic, RnnLoss, ScaleInvariant, stationary_points};
use crate::core::methods::{FedAvg, LaggedStatistic, Momentum, Participation, gradient_descent};
use crate::core::{Field, System};
use crate::verify::answer::answers;
use crate::verify::closed::Row;
use crate::verify::inputs::{Answered, Inputs, MOST_STEPS, malformed};

pub const TABLE: &[Row] = &[
    ("11", "bn_lag", bn_lag),
    ("11", "bn_scale_run", bn_scale_run),
    ("11", "bn_norm_gd", bn_norm_gd),
    ("11", "fed_run", fed_run),
    ("11", "fed_fixed_point", fed_fixed_point),
    ("11", "rnn_scalar", rnn_scalar),
    ("11", "rnn_run", rnn_run),
];

fn bn_lag(i: Inputs) -> Answered {
    let [eta, beta, rho, kappa] = i.nums(["q", "beta", "rho", "kappa"])?;
    let system = System::new(Arc::new(Quadratic::diagonal(&[1.0])), LaggedStatistic { eta, beta, rho, kappa });
    let path = states(&system, &[1.0], &[], i.steps("n")?)?;
    // The second slot is scratch: its row and column carry nothing.
    let matrix = map(&system, 1, 1)?;
    let mut out = answers! { "x" => firsts(&path), "char_poly" => characteristic(&matrix) };
    if let Some(radius) = radius(&matrix) {
        out.extend(answers! { "spectral_radius" => radius });
        if let Some(stable) = verdict(radius) {
            out.extend(answers! { "stable" => stable });
        }
    }
    Ok(out)
}

fn bn_scale_run(i: Inputs) -> Answered {
    let ([height, eta, beta, wd], w0) = (i.nums(["A", "eta", "beta", "wd"])?, i.point_of::<2>("w0")?);
    let system = System::new(Arc::new(ScaleInvariant { height }), Momentum::sgd_l2(eta, beta, wd));
    let path = states(&system, &w0, &[], i.steps("n")?)?;
    Ok(answers! {
        "w" => points(&path), "norm" => path.iter().map(|s| s.q[0].hypot(s.q[1])).collect::<Vec<_>>(),
        "angle" => path.iter().map(|s| s.q[1].atan2(s.q[0])).collect::<Vec<_>>(),
    })
}

/// One step lengthens its weights by exactly its own square.
fn bn_norm_gd(i: Inputs) -> Answered {
    let (field, w0) = (ScaleInvariant { height: i.num("A")? }, i.point_of::<2>("w0")?);
    let square = |x: &[f64]| x.iter().map(|x| x * x).sum::<f64>();
    let slope = square(&gradient(&field, &w0));
    let end = after(&System::new(Arc::new(field), gradient_descent(i.num("eta")?)), &w0, &[], 1)?;
    Ok(answers! { "norm_sq_before" => square(&w0), "grad_sq" => slope, "norm_sq_after" => square(&end.q) })
}

/// The server of the inputs; the work of its clients is held to the limit of steps.
fn server(i: Inputs, rounds: u64, participation: Participation) -> Answered<FedAvg> {
    let (a, b) = (i.point("a")?, i.point("b")?);
    if a.len() != b.len() {
        return malformed("`a` and `b` differ in length".into());
    }
    let most = MOST_STEPS * 10 / (rounds.max(1) * a.len() as u64);
    Ok(FedAvg {
        clients: a.into_iter().zip(b).map(|(a, b)| [a, b]).collect(),
        local_steps: i.count("E", most)? as u32,
        eta_local: i.num("eta_l")?,
        eta_server: i.num("eta_s")?,
        beta: i.num("beta")?,
        participation,
    })
}

/// The clients bring their forces; the field is not looked at.
fn federated(method: FedAvg) -> System {
    System::new(Arc::new(Quadratic::diagonal(&[0.0])), method)
}

fn fed_run(i: Inputs) -> Answered {
    let (rows, clients) = (i.rows("rounds")?, i.point("a")?.len());
    let known = |i: &f64| *i >= 0.0 && i.fract() == 0.0 && *i < clients as f64;
    if !rows.iter().flatten().all(known) {
        return malformed(format!("`rounds` names a client that is not one of 0 to {}", clients - 1));
    }
    let rounds: Vec<Vec<usize>> = rows.iter().map(|round| round.iter().map(|i| *i as usize).collect()).collect();
    let steps = rounds.len() as u64;
    let system = federated(server(i, steps, Participation::Listed(rounds))?);
    Ok(answers! { "x" => firsts(&states(&system, &[i.num("x0")?], &[], steps)?) })
}

/// Where full participation ends, and how far one client alone goes.
fn fed_fixed_point(i: Inputs) -> Answered {
    const LONG: u64 = 5_000;
    let all = server(i, 2 * LONG, Participation::All)?;
    let alone = |client: &[f64; 2]| -> Answered<f64> {
        let one = FedAvg { clients: vec![*client], beta: 0.0, eta_server: 1.0, ..all.clone() };
        Ok(client[1] + 1.0 - after(&federated(one), &[client[1] + 1.0], &[], 1)?.q[0])
    };
    let mut out = answers! { "alpha" => all.clients.iter().map(alone).collect::<Answered<Vec<_>>>()? };
    let system = federated(all);
    let settled = after(&system, &[0.0], &[], LONG).and_then(|late| Ok((run(&system, late.clone(), LONG)?, late)));
    if let Ok((later, late)) = settled {
        // What still moves has not arrived.
        if (later.q[0] - late.q[0]).abs() <= 1e-13 * later.q[0].abs() {
            out.extend(answers! { "x_inf" => later.q[0] });
        }
    }
    Ok(out)
}

fn recurrence(i: Inputs) -> Answered<RnnLoss> {
    let [h0, target] = i.nums(["h0", "y"])?;
    Ok(RnnLoss { h0, target, length: i.count("T", u64::from(u32::MAX))? as u32 })
}

fn rnn_scalar(i: Inputs) -> Answered {
    let (loss, w) = (recurrence(i)?, [i.num("w")?]);
    let best = stationary_points(&loss).into_iter().next();
    let mut out = answers! {
        "loss" => potential(&loss, &w), "grad" => gradient(&loss, &w)[0],
        "hess" => hessian(&loss, &w).map(|h| h[0][0]),
    };
    if let Some(best) = best {
        out.extend(answers! { "w_star" => best.at[0], "sharpness" => best.curvatures[0] });
    }
    Ok(out)
}

fn rnn_run(i: Inputs) -> Answered {
    let ([w0, eta, beta], n, loss) = (i.nums(["w0", "eta", "beta"])?, i.steps("n")?, Arc::new(recurrence(i)?));
    let field: Arc<dyn Field> = if i.has("clip") { Arc::new(Clipped::value(loss, i.num("clip")?)) } else { loss };
    let path = states(&System::new(field, Momentum::seed(eta, beta)), &[w0], &[], n)?;
    Ok(answers! { "w" => firsts(&path)[1..].to_vec() })
}
