//! Section 10: the Adam family.

use super::Row;
use crate::theory::adaptive as a;
use crate::theory::oscillator::Oscillator;
use crate::verify::answer::{answers, poles};
use crate::verify::inputs::{Answered, Inputs, malformed};

pub const TABLE: &[Row] = &[
    ("10", "first_step", first_step),
    ("10", "equilibrium", equilibrium),
    ("10", "frozen_threshold", frozen_threshold),
    ("10", "effective_mass", effective_mass),
    ("10", "sgdw_poles", sgdw_poles),
];

fn first_step(i: Inputs) -> Answered {
    let [lr, g, eps] = i.nums(["lr", "g", "eps"])?;
    Ok(answers! { "dx" => a::adam_first_step(lr, g, eps) })
}

fn equilibrium(i: Inputs) -> Answered {
    let [lambda, target, w, beta, s, eps] = i.nums(["lambda", "x_star", "w", "beta", "S", "eps"])?;
    Ok(answers! {
        "l2" => a::l2_equilibrium(lambda, w, target), "sgdw_raw" => a::sgdw_equilibrium(lambda, w, beta, target),
        "ema_decoupled" => a::l2_equilibrium(lambda, w, target),
        "adamw_noiseless" => a::adamw_equilibrium(lambda, w, eps, target), "adamw_box" => a::adamw_box(w, target),
        "adamw_noise_dominated" => a::adamw_noisy_equilibrium(lambda, w, s, target),
    })
}

fn frozen_threshold(i: Inputs) -> Answered {
    Ok(answers! { "lambda_over_P_max" => a::frozen_wall(i.num("beta1")?) / i.num("lr")? })
}

fn effective_mass(i: Inputs) -> Answered {
    let ([alpha, beta, h], p, lambda) = (i.nums(["alpha", "beta", "h"])?, i.list("P")?, i.list("lambda")?);
    if p.len() != lambda.len() {
        return malformed("`P` and `lambda` differ in length".into());
    }
    let of = |(p, lambda): (f64, f64)| a::effective_oscillator(alpha, beta, p, lambda, h);
    let springs: Vec<_> = p.into_iter().zip(lambda).map(of).collect();
    Ok(answers! {
        "m" => springs.iter().map(|s| s.m).collect::<Vec<_>>(), "c" => springs.iter().map(|s| s.c).collect::<Vec<_>>(),
        "c_over_m" => springs.iter().map(|s| s.c / s.m).collect::<Vec<_>>(),
        "zeta" => springs.iter().map(Oscillator::zeta).collect::<Vec<_>>(),
    })
}

fn sgdw_poles(i: Inputs) -> Answered {
    let [eta, lambda, beta, w] = i.nums(["eta", "lambda", "beta", "w"])?;
    Ok(answers! {
        "sgdw" => poles(a::sgdw_poles(eta, lambda, beta, w)), "l2" => poles(a::l2_poles(eta, lambda, beta, w)),
    })
}
