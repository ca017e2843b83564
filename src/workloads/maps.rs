//! Maps over parameters, and ensembles of springs.

use super::measure::{Meter, Spent, Variant};
use super::spec::{Size, uniform};
use crate::core::methods::{Convention, heavy_ball};
use crate::core::{Bounds, Cells, Ending, Springs};

/// W4: heavy ball on a bowl over ηλ and β, until x² + v² has fallen below 10⁻¹⁸ or risen above 10¹².
pub(super) fn w4(meter: &mut Meter<'_>, size: Size) {
    let side = size.w4();
    let bounds = Bounds { low: 1e-18, high: 1e12, most: 1000 };
    let Some(cells) = Cells::new(&heavy_ball(0.5, 0.5, Convention::Displacement), [1.0, 0.0]) else { return };
    let along = |most: f64| -> Vec<f64> { (0..side).map(|i| most * (i as f64 + 0.5) / side as f64).collect() };
    let (rates, betas) = (along(4.4), along(1.1));
    let variant = Variant { who: "", units: (side * side) as f64, key: side.to_string() };
    meter.repeat(variant, || {
        let (spent, fates) =
            Spent::on(|| cells.map([side, side], bounds, |column, row, c| (c[0], c[1]) = (betas[row], rates[column])));
        let count = |ending| fates.iter().filter(|fate| fate.ending == ending).count() as f64;
        let steps = fates.iter().map(|fate| f64::from(fate.step)).sum();
        let endings = [Ending::Undecided, Ending::Settled, Ending::Escaped].map(count);
        (spent, vec![("n0", endings[0]), ("n1", endings[1]), ("n2", endings[2]), ("steps", steps)])
    });
}

/// W5: 10⁵ damped springs by the classical Runge–Kutta method, h = 0.01.
pub(super) fn w5(meter: &mut Meter<'_>, size: Size) {
    let (n, steps) = size.cloud();
    let mass = |i: usize| 0.5 + 1.5 * uniform(501, i);
    let friction: Vec<f64> = (0..n).map(|i| (0.05 + 1.95 * uniform(502, i)) / mass(i)).collect();
    let stiffness: Vec<f64> = (0..n).map(|i| (0.5 + 19.5 * uniform(503, i)) / mass(i)).collect();
    let springs = Springs { stiffness: &stiffness, friction: &friction };
    let (mut q, mut v) = (vec![0.0; n], vec![0.0; n]);
    let variant = Variant { who: "", units: n as f64 * steps as f64, key: format!("{n},{steps}") };
    meter.repeat(variant, || {
        q.fill(1.0);
        v.fill(0.0);
        let (spent, ()) = Spent::on(|| springs.advance(&mut q, &mut v, 0.01, steps));
        (spent, vec![("sx", q.iter().sum()), ("sx2", q.iter().map(|x| x * x).sum()), ("x0", q[0])])
    });
}
