//! Section 5: stochastic steps with given deviates.

use std::sync::Arc;

use super::machine::{firsts, visit};
use super::springs::{slope, well};
use crate::core::methods::{
    LeimkuhlerMatthews, baoab, euler_maruyama, hb_ou, obabo, sghmc_corrected, sghmc_drift_kick, symplectic_em, ula,
};
use crate::core::{Noise, Splitting, State, Stepper, System};
use crate::theory::mapping::{Mapping, momentum_from_oscillator};
use crate::verify::answer::answers;
use crate::verify::closed::Row;
use crate::verify::inputs::{Answered, Inputs, malformed};

pub const TABLE: &[Row] = &[("05", "sde_step", sde_step), ("05", "baoab_noise", baoab_noise)];

/// A sampler of the core.
pub struct Sampler {
    /// The method.
    pub stepper: Arc<dyn Stepper>,
    /// Deviates one step takes up.
    pub per_step: usize,
    /// Whether it has a velocity.
    pub inertial: bool,
    /// Whether the noise of one step is independent of the next.
    pub white: bool,
}

/// The sampler the inputs name.
pub fn sampler(i: Inputs) -> Answered<Sampler> {
    let (p, scheme) = (i.part("params")?, i.text("scheme")?);
    let temperature = p.num("T")?;
    let springy = |make: fn(f64, f64, f64, f64) -> Splitting| -> Answered<Arc<dyn Stepper>> {
        let [m, c, h] = p.nums(["m", "c", "h"])?;
        Ok(Arc::new(make(m, c, h, temperature)))
    };
    let counted = |make: fn(f64, f64, f64, f64) -> Splitting| -> Answered<Arc<dyn Stepper>> {
        let [eta, alpha] = p.nums(["eta", "alpha"])?;
        Ok(Arc::new(make(eta, alpha, p.num_or("beta_hat", 0.0)?, temperature)))
    };
    let white = |stepper: Arc<dyn Stepper>| Sampler { stepper, per_step: 1, inertial: true, white: true };
    Ok(match scheme {
        "euler_maruyama" => white(springy(euler_maruyama)?),
        "symplectic_em" => white(springy(symplectic_em)?),
        "baoab" => white(springy(baoab)?),
        "obabo" => Sampler { per_step: 2, ..white(springy(obabo)?) },
        "sghmc" => white(counted(sghmc_corrected)?),
        "sghmc_drift_kick" => white(counted(sghmc_drift_kick)?),
        "hb_ou" => white(Arc::new(hb_ou(p.num("eta")?, p.num("alpha")?, temperature))),
        "sgld" => Sampler { inertial: false, ..white(Arc::new(ula(p.num("eps")?, temperature))) },
        "leimkuhler_matthews" => {
            let method = LeimkuhlerMatthews { eps: p.num("eps")?, temperature };
            Sampler { inertial: false, white: false, ..white(Arc::new(method)) }
        }
        other => return malformed(format!("there is no scheme “{other}”")),
    })
}

/// Where steps share deviates, each row begins with the last of the row before.
fn sde_step(i: Inputs) -> Answered {
    let (sampler, field, rows) = (sampler(i)?, well(i)?, i.rows("xi")?);
    let wanted = if sampler.white { sampler.per_step } else { sampler.per_step + 1 };
    if rows.iter().any(|row| row.len() != wanted) {
        return malformed(format!("`xi` is to have {wanted} deviates in every row"));
    }
    let mut xi: Vec<f64> = rows.iter().flat_map(|row| row[..sampler.per_step].to_vec()).collect();
    xi.extend(rows.last().map_or(&[][..], |row| &row[sampler.per_step..]));
    let v0 = if sampler.inertial { i.num("v0")? } else { 0.0 };
    let mut start = State::at(&[i.num("x0")?], &[v0], 1, 1, 0);
    start.noise = Noise::scripted(&xi, sampler.per_step);
    let system = System { field, stepper: sampler.stepper };
    let run = visit(&system, start, &(1..=rows.len() as u64).collect::<Vec<_>>())?;
    Ok(answers! { "states" => run.iter().map(|s| [s.q[0], s.v[0]]).collect::<Vec<_>>() })
}

/// What BAOAB's positions leave of the heavy ball's recurrence is noise that remembers one step.
fn baoab_noise(i: Inputs) -> Answered {
    let ([m, c, h], [x0, v0, temperature]) = (i.nums(["m", "c", "h"])?, i.nums(["x0", "v0", "T"])?);
    let (xi, field) = (i.list("xi")?, well(i)?);
    let mut start = State::at(&[x0], &[v0], 1, 1, 0);
    start.noise = Noise::scripted(&xi, 1);
    let system = System::new(field.clone(), baoab(m, c, h, temperature));
    let x = firsts(&visit(&system, start, &(0..=xi.len() as u64).collect::<Vec<_>>())?);
    let (eta, beta) = match momentum_from_oscillator(Mapping::Splitting, m, c, 0.0, h) {
        Ok(pair) => pair,
        Err(reason) => return malformed(format!("the dictionary has no entry here: {reason}")),
    };
    let left = |w: &[f64]| w[2] - (1.0 + beta) * w[1] + beta * w[0] + eta * slope(&*field, w[1]);
    Ok(answers! { "residual" => x.windows(3).map(left).collect::<Vec<_>>(), "x" => x })
}
