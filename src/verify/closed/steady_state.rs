//! Section 7: currents and entropy production.

use nalgebra::DMatrix;

use super::Row;
use crate::theory::linear_sde::{commute, even_state, inertial_covariance, inertial_entropy_production};
use crate::theory::steady_state::{Gyrator, HeatedPair, Swirl};
use crate::theory::{fluctuation, phase_space};
use crate::verify::answer::answers;
use crate::verify::inputs::{Answered, Inputs, malformed};

pub const TABLE: &[Row] = &[
    ("07", "drift_field", drift_field),
    ("07", "linear_all_even", linear_all_even),
    ("07", "underdamped_equilibrium", underdamped_equilibrium),
    ("07", "gyrator", gyrator),
    ("07", "rotational", rotational),
    ("07", "two_temperature", two_temperature),
    ("07", "sgd_noise", sgd_noise),
];

fn drift_field(i: Inputs) -> Answered {
    let [m, c, second, eta, beta] = i.nums(["m", "c", "U_second", "eta", "gamma"])?;
    Ok(answers! {
        "divergence" => phase_space::divergence(m, c), "curl" => phase_space::curl(m, second),
        "divergence_discrete" => phase_space::increment_divergence(eta, beta, second),
        "curl_discrete" => phase_space::increment_curl(eta, beta, second),
        "map_jacobian_det" => phase_space::volume_after(beta, 1),
    })
}

/// Two matrices that belong together.
fn pair(i: Inputs, keys: [&str; 2]) -> Answered<[DMatrix<f64>; 2]> {
    let [a, b] = [i.matrix(keys[0])?, i.matrix(keys[1])?];
    if a.shape() == b.shape() {
        Ok([a, b])
    } else {
        malformed(format!("`{}` and `{}` differ in size", keys[0], keys[1]))
    }
}

fn linear_all_even(i: Inputs) -> Answered {
    let [a, d] = pair(i, ["A", "D"])?;
    let state = even_state(&a, &d);
    let state = state.as_ref();
    Ok(answers! {
        "Sigma" => state.map(|s| &s.covariance), "Q" => state.map(|s| &s.circulation),
        "R" => state.map(|s| &s.rotation), "epr" => state.map(|s| s.entropy_production),
    })
}

fn underdamped_equilibrium(i: Inputs) -> Answered {
    let [m, c, k, temperature] = i.nums(["m", "c", "k", "T"])?;
    let stiffness = DMatrix::from_element(1, 1, k);
    let dv = DMatrix::from_element(1, 1, fluctuation::velocity_diffusion(m, c, temperature));
    Ok(answers! {
        "Sigma" => inertial_covariance(&stiffness, &dv, m, c).as_ref(), "R" => [[0.0, 1.0], [-k / m, 0.0]],
        "epr" => inertial_entropy_production(&stiffness, &dv, m, c),
    })
}

fn gyrator(i: Inputs) -> Answered {
    let [k1, k2, u, t1, t2, c] = i.nums(["k1", "k2", "u", "T1", "T2", "c"])?;
    let machine = Gyrator { k1, k2, u, t1, t2, c };
    let (drift, diffusion) = machine.matrices();
    Ok(answers! {
        "Sigma" => even_state(&drift, &diffusion).as_ref().map(|s| &s.covariance), "Q12" => machine.circulation(),
        "epr" => machine.entropy_production(),
    })
}

fn rotational(i: Inputs) -> Answered {
    let [m, c, k, a, temperature] = i.nums(["m", "c", "k", "a", "T"])?;
    let swirl = Swirl { m, c, k, a, temperature };
    Ok(answers! {
        "r2" => swirl.mean_square_distance(), "angular" => swirl.mean_swirl(),
        "epr_underdamped" => swirl.entropy_production(), "epr_overdamped" => swirl.entropy_production_overdamped(),
        "stable" => swirl.is_stable(), "a_max" => swirl.strongest_stable(),
    })
}

fn two_temperature(i: Inputs) -> Answered {
    let [m, c, k, kappa, t1, t2] = i.nums(["m", "c", "k", "kap", "T1", "T2"])?;
    let pair = HeatedPair { m, c, k, kappa, t1, t2 };
    Ok(answers! {
        "Sigma" => pair.covariance().as_ref(), "heat_1_to_2" => pair.heat_current(),
        "epr" => pair.entropy_production(), "T_kin" => pair.kinetic_temperatures(),
    })
}

fn sgd_noise(i: Inputs) -> Answered {
    let ([k, dv], [m, c]) = (pair(i, ["K", "Dv"])?, i.nums(["m", "c"])?);
    Ok(answers! {
        "Sigma" => inertial_covariance(&k, &dv, m, c).as_ref(), "epr" => inertial_entropy_production(&k, &dv, m, c),
        "equilibrium" => commute(&k, &dv, 1e-12),
    })
}
