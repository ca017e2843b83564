//! Sections 9 and 13: two players, stepped, and their growth read from the matrix of one step.

use std::sync::Arc;

use super::machine::{characteristic, map, points, radius, states, verdict};
use crate::core::fields::{BilinearGame, DiracGan};
use crate::core::methods::{Convention, Extragradient, GameMomentum, Optimistic, ProximalPoint, heavy_ball};
use crate::core::{Field, Stepper, System};
use crate::verify::answer::{Answers, answers};
use crate::verify::closed::Row;
use crate::verify::inputs::{Answered, Inputs, malformed};

pub const TABLE: &[Row] = &[
    ("09", "bilinear", bilinear),
    ("09", "ellipse", ellipse),
    ("09", "regularised", regularised),
    ("09", "alt_two_beta", alt_two_beta),
    ("09", "dirac_gan", dirac_gan),
    ("13", "game", game),
];

/// A game, and how many slots its method remembers from step to step.
struct Play {
    system: System,
    slots: usize,
}

impl Play {
    fn new(field: impl Field + 'static, stepper: impl Stepper + 'static, slots: usize) -> Self {
        Play { system: System::new(Arc::new(field), stepper), slots }
    }

    fn bilinear(stepper: impl Stepper + 'static, slots: usize) -> Self {
        Play::new(BilinearGame::bilinear(1.0), stepper, slots)
    }

    /// Growth per step and whether it is none, where the matrix of a step tells.
    fn judge(&self) -> Answered<Answers> {
        let rho = radius(&map(&self.system, 2, self.slots)?);
        let mut out = Answers::new();
        if let Some(rho) = rho {
            out.extend(answers! { "rho" => rho });
        }
        if let Some(stable) = rho.and_then(verdict) {
            out.extend(answers! { "stable" => stable });
        }
        Ok(out)
    }
}

fn bilinear(i: Inputs) -> Answered {
    let ([eta, beta, x, y], n) = (i.nums(["q", "beta", "x0", "y0"])?, i.steps("n")?);
    let play = match i.text("method")? {
        "sim" => Play::bilinear(GameMomentum::simultaneous(eta, beta), 0),
        "alt" => Play::bilinear(GameMomentum::alternating(eta, beta), 0),
        "extragradient" => Play::bilinear(Extragradient { eta }, 0),
        "optimistic" => Play::bilinear(Optimistic { eta }, 1),
        "proximal" => Play::bilinear(ProximalPoint { eta }, 0),
        other => return malformed(format!("there is no method “{other}”")),
    };
    let mut out = play.judge()?;
    out.extend(answers! { "xy" => points(&states(&play.system, &[x, y], &[], n)?) });
    Ok(out)
}

/// Heavy ball under a complex curvature is a game with a pull.
fn ellipse(i: Inputs) -> Answered {
    let [re, im, beta] = i.nums(["qr", "qi", "beta"])?;
    Play::new(BilinearGame::regularised(re, im), heavy_ball(1.0, beta, Convention::Displacement), 0).judge()
}

fn regularised(i: Inputs) -> Answered {
    let [eta, mu, a, beta] = i.nums(["eta", "mu", "a", "beta"])?;
    Play::new(BilinearGame::regularised(mu, a), GameMomentum::simultaneous(eta, beta), 0).judge()
}

fn alt_two_beta(i: Inputs) -> Answered {
    let [q, bx, by] = i.nums(["q", "beta_x", "beta_y"])?;
    let play = Play::bilinear(GameMomentum::alternating(q, 0.0).with_betas(bx, by), 0);
    let mut out = play.judge()?;
    out.extend(answers! { "char_poly" => characteristic(&map(&play.system, 2, 0)?) });
    Ok(out)
}

fn dirac_gan(i: Inputs) -> Answered {
    let ([eta, beta, theta, psi], n) = (i.nums(["eta", "beta", "theta0", "psi0"])?, i.steps("n")?);
    let method = match i.flag("alternating")? {
        true => GameMomentum::alternating(eta, beta),
        false => GameMomentum::simultaneous(eta, beta),
    };
    let run = states(&System::new(Arc::new(DiracGan), method), &[theta, psi], &[], n)?;
    Ok(answers! { "theta_psi" => points(&run) })
}

fn game(i: Inputs) -> Answered {
    let [eta, beta] = i.nums(["q", "beta"])?;
    let play = match i.text("play")? {
        "simultaneous" => Play::bilinear(GameMomentum::simultaneous(eta, beta), 0),
        "alternating" => Play::bilinear(GameMomentum::alternating(eta, beta), 0),
        "extragradient" => Play::bilinear(Extragradient { eta }, 0),
        other => return malformed(format!("there is no play “{other}”")),
    };
    Ok(radius(&map(&play.system, 2, play.slots)?).map_or_else(Answers::new, |rho| answers! { "modulus" => rho }))
}
