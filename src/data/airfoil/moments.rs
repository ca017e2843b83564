//! Second moments of the airfoil regression.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::data::Table;

/// Parameters of the regression: five weights and a bias.
pub const PARAMETERS: usize = 6;

/// A symmetric matrix over the parameters.
pub(super) type Square = [[f64; PARAMETERS]; PARAMETERS];

/// What of a table decides its loss, and the noise of its gradients at the optimum; x̃ is a row with a 1 behind
/// it, θ* the parameters of least loss.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Moments {
    /// Hessian, mean x̃x̃ᵀ.
    pub hessian: Square,
    /// Mean of target times x̃.
    pub cross: [f64; PARAMETERS],
    /// Mean square of the target.
    pub target: f64,
    /// Covariance of the gradient of one row's loss at θ*, mean (x̃·θ* − y)² x̃x̃ᵀ.
    pub noise: Square,
}

impl Moments {
    const UNKNOWN: Moments = Moments {
        hessian: [[f64::NAN; PARAMETERS]; PARAMETERS],
        cross: [f64::NAN; PARAMETERS],
        target: f64::NAN,
        noise: [[f64::NAN; PARAMETERS]; PARAMETERS],
    };

    /// Those of a table of five features and a target; what is no such table has none (NaN).
    pub fn of(table: &Table) -> Moments {
        let n = table.rows() as f64;
        let Some((target, features)) = table.columns.split_last().filter(|(_, x)| x.len() + 1 == PARAMETERS) else {
            return Moments::UNKNOWN;
        };
        let one = vec![1.0; table.rows()];
        let x: Vec<&[f64]> = features.iter().map(Vec::as_slice).chain([one.as_slice()]).collect();
        let mean = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>() / n;
        let hessian = std::array::from_fn(|j| std::array::from_fn(|k| mean(x[j], x[k])));
        let cross = std::array::from_fn(|j| mean(target, x[j]));
        let optimum = super::stand_in::solved(&hessian, &cross);
        let miss = |r: usize| optimum.iter().zip(&x).map(|(w, x)| w * x[r]).sum::<f64>() - target[r];
        let squares: Vec<f64> = (0..table.rows()).map(|r| miss(r) * miss(r)).collect();
        let weighed: Vec<Vec<f64>> = x.iter().map(|x| x.iter().zip(&squares).map(|(x, s)| x * s).collect()).collect();
        let noise = std::array::from_fn(|j| std::array::from_fn(|k| mean(&weighed[j], x[k])));
        Moments { hessian, cross, target: mean(target, target), noise }
    }

    /// The largest difference between two sets of moments; infinite if one is unknown.
    pub fn distance(&self, other: &Moments) -> f64 {
        let all = |m: &Moments| [m.hessian.concat(), m.cross.to_vec(), vec![m.target], m.noise.concat()].concat();
        let off = all(self).into_iter().zip(all(other)).map(|(a, b)| (a - b).abs());
        off.map(|d| if d.is_nan() { f64::INFINITY } else { d }).fold(0.0, f64::max)
    }
}

/// The moments of the published table.
pub fn published() -> &'static Moments {
    static READ: OnceLock<Moments> = OnceLock::new();
    const TEXT: &str = include_str!("../../../assets/airfoil/moments.json");
    READ.get_or_init(|| serde_json::from_str(TEXT).unwrap_or(Moments::UNKNOWN))
}
