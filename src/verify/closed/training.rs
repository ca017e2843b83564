//! The articles' training runs: least-squares bowls, mode by mode.

use nalgebra::{DMatrix, DVector, SymmetricEigen};

use super::Row;
use crate::theory::conventions::{dampened_buffer, lookahead_point};
use crate::theory::minibatch::{LeastSquares, Training};
use crate::theory::regime::{Regime, classify, critical_beta};
use crate::theory::{fluctuation, heavy_ball, nesterov};
use crate::verify::airfoil::rows;
use crate::verify::answer::{Answer, answers};
use crate::verify::inputs::{Answered, Fault, Inputs, MOST_STEPS, malformed};

pub const TABLE: &[Row] = &[
    ("training", "quadratic", quadratic),
    ("training", "modes", modes),
    ("training", "airfoil_modes", modes),
    ("training", "airfoil_modes_minibatch", modes),
    ("training", "two_steps", two_steps),
    ("training", "two_steps_otherwise", two_steps_otherwise),
    ("training", "airfoil_moments", moments),
    ("training", "airfoil_noise", noise),
    ("training", "airfoil_thermal", thermal),
    ("training", "airfoil_full_batch", full_batch),
    ("training", "line", line),
    ("training", "line_band", random_runs),
    ("training", "convnet_band", random_runs),
    ("training", "airfoil_thermal_exact", thermal_exact),
    ("training", "convnet_fixed", digits),
];

fn random_runs(_: Inputs) -> Answered {
    Err(Fault::NotCovered("a band of random runs: a statement about an ensemble, not one number".into()))
}

fn digits(_: Inputs) -> Answered {
    Err(Fault::NotCovered("needs the images of handwritten digits, which do not come with the program".into()))
}

/// The loss `(x^T H x - 2 c x + yy)/2`, along the axes of `H`.
pub struct Bowl {
    /// Curvatures, ascending.
    pub lambda: Vec<f64>,
    /// Axes as columns, in the same order.
    axes: DMatrix<f64>,
    /// The minimum.
    pub centre: DVector<f64>,
    /// Loss there.
    pub floor: f64,
}

impl Bowl {
    /// From the moments; a Hessian that is not positive has no minimum and is refused.
    pub fn new(hessian: &DMatrix<f64>, c: &DVector<f64>, yy: f64) -> Answered<Bowl> {
        let even = (hessian + hessian.transpose()) * 0.5;
        let eigen = SymmetricEigen::try_new(even.clone(), f64::EPSILON, 10_000);
        let (Some(eigen), Some(centre)) = (eigen, even.cholesky().map(|factor| factor.solve(c))) else {
            return malformed("`H` is not positive definite".into());
        };
        let mut order: Vec<usize> = (0..c.len()).collect();
        order.sort_by(|a, b| eigen.eigenvalues[*a].total_cmp(&eigen.eigenvalues[*b]));
        let axes = DMatrix::from_fn(c.len(), c.len(), |i, j| eigen.eigenvectors[(i, order[j])]);
        let lambda = order.iter().map(|k| eigen.eigenvalues[*k]).collect();
        Ok(Bowl { lambda, axes, floor: 0.5 * (yy - c.dot(&centre)), centre })
    }

    /// From the inputs `H`, `c` and `yy`.
    pub fn read(i: Inputs) -> Answered<Bowl> {
        let (hessian, c) = (i.matrix("H")?, i.point("c")?);
        if c.len() != hessian.nrows() {
            return malformed("`c` and `H` differ in size".into());
        }
        Bowl::new(&hessian, &DVector::from_vec(c), i.num("yy")?)
    }

    /// Point after `n` steps from the origin, and the loss there.
    pub fn after(&self, eta: f64, beta: f64, n: u64) -> (DVector<f64>, f64) {
        let start = -self.axes.tr_mul(&self.centre);
        let along = DVector::from_iterator(
            start.len(),
            self.lambda.iter().zip(start.iter()).map(|(l, x0)| heavy_ball::response(eta * l, beta, *x0, 0.0, n)),
        );
        let excess: f64 = self.lambda.iter().zip(along.iter()).map(|(l, x)| 0.5 * l * x * x).sum();
        (&self.centre + &self.axes * along, self.floor + excess)
    }
}

fn quadratic(i: Inputs) -> Answered {
    let ([eta, beta], start, at) = (i.nums(["eta", "beta"])?, i.point_of::<2>("start")?, i.counts("at", MOST_STEPS)?);
    let lambda = [0.2, 4.0];
    let x = |n: u64| [0, 1].map(|d| heavy_ball::response(eta * lambda[d], beta, start[d], 0.0, n));
    let row = |n: u64| {
        let ([x1, x2], before) = (x(n), if n == 0 { x(0) } else { x(n - 1) });
        vec![x1, x2, before[0] - x1, before[1] - x2, 0.1 * x1 * x1 + 2.0 * x2 * x2]
    };
    Ok(answers! {
        "rows" => at.into_iter().map(row).collect::<Vec<_>>(),
        "printed" => x(i.steps("steps")?).map(|x| format!("{x:.6}")),
    })
}

/// The words of the file for the regimes of the exact map.
fn word(regime: Regime) -> &'static str {
    match regime {
        Regime::AlternatingOverdamped => "alternating",
        regime if regime.diverges() => "unstable",
        regime => regime.key(),
    }
}

fn modes(i: Inputs) -> Answered {
    let (hessian, [eta, beta]) = (i.matrix("H")?, i.nums(["eta", "beta"])?);
    let lambda = Bowl::new(&hessian, &DVector::zeros(hessian.nrows()), 0.0)?.lambda;
    let each = |f: &dyn Fn(f64) -> f64| lambda.iter().map(|l| f(eta * l)).collect::<Vec<f64>>();
    let some = |f: &dyn Fn(f64) -> Option<f64>| -> Vec<Answer> { lambda.iter().map(|l| f(eta * l).into()).collect() };
    let critical = |q: f64| matches!(classify(q, beta), Regime::Critical | Regime::AlternatingCritical);
    let e_fold = |q: f64| {
        let rho = heavy_ball::spectral_radius(q, beta);
        (rho < 1.0).then(|| -1.0 / rho.ln())
    };
    let regimes: Vec<&str> =
        lambda.iter().map(|l| if critical(eta * l) { "critical" } else { word(classify(eta * l, beta)) }).collect();
    let period = |q: f64| if critical(q) { None } else { heavy_ball::period_steps(q, beta) };
    Ok(answers! {
        "eta_lambda" => each(&|q| q), "discriminant" => each(&|q| heavy_ball::discriminant(q, beta)),
        "regime" => regimes, "spectral_radius" => each(&|q| heavy_ball::spectral_radius(q, beta)),
        "e_fold_steps" => some(&e_fold), "period_steps" => some(&period), "beta_critical" => each(&critical_beta),
        "lambda" => lambda,
    })
}

fn two_steps(i: Inputs) -> Answered {
    let ([eta, beta, w0], steps) = (i.nums(["lr", "momentum", "w0"])?, i.steps("steps")?);
    let w = |n: u64| heavy_ball::response(eta, beta, w0, 0.0, n);
    Ok(answers! {
        "gradient_used" => (0..steps).map(w).collect::<Vec<_>>(), "w_after" => (1..=steps).map(w).collect::<Vec<_>>(),
    })
}

/// The same two steps in other conventions, and the lines the article's program prints.
fn two_steps_otherwise(i: Inputs) -> Answered {
    let [eta, beta, tau, w0] = i.nums(["lr", "momentum", "dampening", "w0"])?;
    let w = |n: u64| heavy_ball::response(eta, beta, w0, 0.0, n);
    let first = w0 - eta * w0;
    let print = |n: u64| format!("Step {n}: gradient {:.6}, w {:.6}", w(n - 1), w(n));
    let theta = |n: u64| nesterov::response(eta, beta, w0, 0.0, n);
    Ok(answers! {
        "ema_v=0.9v+0.1g" => heavy_ball::response(eta * (1.0 - beta), beta, w0, 0.0, 2),
        "torch_dampening_0.9_(first_step_undamped)" => first - eta * dampened_buffer(beta, tau, &[w0, first]),
        "torch_nesterov" => lookahead_point(theta(2), theta(1), beta), "would_print" => [print(1), print(2)],
    })
}

fn moments(i: Inputs) -> Answered {
    let bowl = Bowl::read(i)?;
    let axis = |k: usize| {
        let axis = bowl.axes.column(k);
        let sign = axis[axis.iamax()].signum();
        axis.iter().map(|x| sign * x).collect::<Vec<f64>>()
    };
    let (low, high) = (bowl.lambda.first().copied(), bowl.lambda.last().copied());
    Ok(answers! {
        "optimum" => bowl.centre.as_slice().to_vec(), "loss_at_optimum" => bowl.floor,
        "loss_at_zero" => 0.5 * i.num("yy")?, "condition_number" => low.zip(high).map(|(low, high)| high / low),
        "hessian_eigenvectors" => (0..bowl.lambda.len()).map(axis).collect::<Vec<_>>(),
        "hessian_eigenvalues" => bowl.lambda,
    })
}

/// Noise of one row's gradient along each axis.
fn axis_noise(i: Inputs, bowl: &Bowl) -> Answered<Vec<f64>> {
    let c = i.matrix("C")?;
    if c.shape() != bowl.axes.shape() {
        return malformed("`C` and `H` differ in size".into());
    }
    Ok((bowl.axes.transpose() * c * &bowl.axes).diagonal().as_slice().to_vec())
}

fn noise(i: Inputs) -> Answered {
    let bowl = Bowl::read(i)?;
    let along = axis_noise(i, &bowl)?;
    let ratio = along.iter().zip(&bowl.lambda).map(|(c, l)| c / (2.0 * bowl.floor * l)).collect::<Vec<_>>();
    Ok(answers! {
        "trace" => i.matrix("C")?.trace(), "C_diagonal_in_eigenbasis" => along, "C_eig_over_2Lmin_lambda" => ratio,
    })
}

fn thermal(i: Inputs) -> Answered {
    let (bowl, [eta, beta, batch]) = (Bowl::read(i)?, i.nums(["eta", "beta", "batch"])?);
    let along = axis_noise(i, &bowl)?;
    let of = |(l, c): (&f64, &f64)| fluctuation::effective_temperature(eta, beta, *l, c / batch);
    let temperatures: Vec<f64> = bowl.lambda.iter().zip(&along).map(of).collect();
    Ok(answers! {
        "stationary_mean_loss_simple" => bowl.floor + 0.5 * temperatures.iter().sum::<f64>(),
        "temperature_per_mode_simple" => temperatures,
    })
}

/// The stationary state and the way to it with the noise of the rows themselves, drawn with replacement.
fn thermal_exact(i: Inputs) -> Answered {
    let ([eta, beta, batch], at) = (i.nums(["eta", "beta", "batch"])?, i.counts("at", MOST_STEPS / 1000)?);
    let data = rows()?;
    let Some(problem) = LeastSquares::of(data.width, &data.features, &data.targets) else {
        return malformed("the rows have no one best plane".into());
    };
    let how = Training { eta, beta, batch, lookahead: false };
    let start = [0, 1, 2, 3, 4, 5].map(|j| if j < data.width { 1e-4 } else { 0.0 });
    let most = at.iter().copied().max().unwrap_or(0) as usize;
    let losses = problem.mean_losses(&how, &[0.0; 6], &start, most);
    let temperatures = problem.temperatures(&how);
    Ok(answers! {
        "stationary_mean_loss_exact_with_replacement" =>
            temperatures.as_ref().map(|all| problem.floor() + 0.5 * all.iter().sum::<f64>()),
        "temperature_per_mode_exact" => temperatures,
        "mean_losses" => at.iter().filter_map(|n| losses.get(*n as usize).copied()).collect::<Vec<_>>(),
    })
}

fn full_batch(i: Inputs) -> Answered {
    let (bowl, [eta, beta], at) = (Bowl::read(i)?, i.nums(["eta", "beta"])?, i.counts("at", MOST_STEPS)?);
    let row = |n: u64| {
        let (x, loss) = bowl.after(eta, beta, n);
        [vec![loss], x.as_slice().to_vec()].concat()
    };
    Ok(answers! { "rows" => at.into_iter().map(row).collect::<Vec<_>>() })
}

/// A line through a hundred points, `x = -2 + 4 i/99`, `y = 2 x + 1 + 0.1 cos 7 i`: mean squared error.
pub fn line_data() -> impl Iterator<Item = (f64, f64)> {
    (0..100).map(|i| {
        let x = -2.0 + 4.0 * f64::from(i) / 99.0;
        (x, 2.0 * x + 1.0 + 0.1 * f64::from(7 * i).cos())
    })
}

fn line(i: Inputs) -> Answered {
    if i.flag_or_no("nesterov")? {
        return Err(Fault::NotCovered("Nesterov on the line has no closed form here".into()));
    }
    let ([eta, beta], at) = (i.nums(["eta", "beta"])?, i.counts("at", MOST_STEPS)?);
    let mean = |f: &dyn Fn(f64, f64) -> f64| line_data().map(|(x, y)| f(x, y)).sum::<f64>() / 100.0;
    let (xx, x, xy, y, yy) =
        (mean(&|x, _| x * x), mean(&|x, _| x), mean(&|x, y| x * y), mean(&|_, y| y), mean(&|_, y| y * y));
    let hessian = DMatrix::from_row_slice(2, 2, &[2.0 * xx, 2.0 * x, 2.0 * x, 2.0]);
    let bowl = Bowl::new(&hessian, &DVector::from_vec(vec![2.0 * xy, 2.0 * y]), 2.0 * yy)?;
    let row = |n: u64| {
        let (point, loss) = (bowl.after(eta, beta, n).0, bowl.after(eta, beta, n.saturating_sub(1)).1);
        vec![loss, point[0], point[1]]
    };
    Ok(answers! { "rows" => at.into_iter().map(row).collect::<Vec<_>>() })
}
