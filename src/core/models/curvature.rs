//! The largest eigenvalues of a loss's Hessian, from gradients alone.

use super::super::Noise;
use super::Model;

/// Half the distance of the two gradients of a product with the Hessian, as a share of the size of the
/// parameters: far above what double precision cannot tell apart, and so small that hardly ever a unit with a kink
/// (ReLU, a maximum) passes it in between.
const REACH: f64 = 1e-6;

/// What a few products with a Hessian tell of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spectrum {
    /// Ritz values, the largest first: the outermost ones are close to eigenvalues, and none lies beyond them.
    pub values: Vec<f64>,
    /// How far an eigenvalue at most is from each.
    pub errors: Vec<f64>,
}

/// The largest eigenvalues of the Hessian H of the mean loss over `rows` at `q`, from `products` products with
/// it, by Lanczos' method with full orthogonalisation.
///
/// A product is a central difference of two gradients, `H u ≈ (g(q + hu) − g(q − hu))/2h`, which the model has to
/// compute in double precision. Of the Ritz values θ
/// with Ritz vectors y, `|Hy − θy|` is at least the distance to an eigenvalue. The first direction is noise
/// that is always the same, so that the answer is a function of `q`.
pub fn top_eigenvalues(model: &(impl Model + ?Sized), q: &[f64], rows: &[u32], products: usize) -> Spectrum {
    let dim = model.dim();
    if q.len() != dim || dim == 0 || rows.is_empty() || !q.iter().all(|x| x.is_finite()) {
        return Spectrum::default();
    }
    let (mut basis, mut diagonal, mut beside) = (Vec::new(), Vec::new(), Vec::new());
    let mut next = vec![0.0; dim];
    Noise::new(0x4C41_4E43, 0).add(&mut next, 1, 1.0, 0, 0);
    let size = norm(&next);
    next.iter_mut().for_each(|x| *x /= size);
    while basis.len() < products.min(dim) {
        basis.push(next);
        let Some(own) = basis.last() else { break };
        let mut image = product(model, q, rows, own);
        diagonal.push(dot(own, &image));
        // Twice, because once leaves a share of rounding that grows.
        for _ in 0..2 {
            for earlier in &basis {
                let share = dot(earlier, &image);
                image.iter_mut().zip(earlier).for_each(|(x, e)| *x -= share * e);
            }
        }
        let left = norm(&image);
        beside.push(left);
        if !(left > 1e-12 * diagonal[0].abs()) {
            break;
        }
        next = image.iter().map(|x| x / left).collect();
    }
    ritz(&diagonal, &beside)
}

/// `H u` for a unit vector u.
fn product(model: &(impl Model + ?Sized), q: &[f64], rows: &[u32], u: &[f64]) -> Vec<f64> {
    let h = REACH * (1.0 + norm(q));
    let mut gradients = [vec![0.0; q.len()], vec![0.0; q.len()]];
    for (gradient, h) in gradients.iter_mut().zip([h, -h]) {
        let place: Vec<f64> = q.iter().zip(u).map(|(q, u)| q + h * u).collect();
        model.loss(&place, rows, Some(gradient));
    }
    gradients[0].iter().zip(&gradients[1]).map(|(a, b)| (a - b) / (2.0 * h)).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    libm::sqrt(dot(a, a))
}

/// Eigenvalues of the tridiagonal matrix, the largest first, by bisection with Sturm's count, and of each
/// what the last product left over times the last entry of its eigenvector.
fn ritz(diagonal: &[f64], beside: &[f64]) -> Spectrum {
    let reach = diagonal.iter().chain(beside).fold(0.0, |m: f64, x| if m >= x.abs() { m } else { x.abs() }) * 3.0;
    if !reach.is_finite() {
        return Spectrum::default();
    }
    let between = &beside[..beside.len().saturating_sub(1)];
    let below = |x: f64| {
        let (mut count, mut pivot) = (0, 1.0);
        for (i, d) in diagonal.iter().enumerate() {
            let pull = i.checked_sub(1).map_or(0.0, |k| between[k] * between[k] / pivot);
            pivot = d - x - pull;
            // A pivot of nothing is as good as a very small one.
            pivot = if pivot == 0.0 { -f64::MIN_POSITIVE } else { pivot };
            count += usize::from(pivot < 0.0);
        }
        count
    };
    let value = |k: usize| {
        let [mut low, mut high] = [-reach, reach];
        for _ in 0..80 {
            let middle = 0.5 * (low + high);
            if below(middle) > k { high = middle } else { low = middle }
        }
        0.5 * (low + high)
    };
    let values: Vec<f64> = (0..diagonal.len()).rev().map(value).collect();
    let left = beside.last().copied().unwrap_or(0.0);
    let errors = values.iter().map(|x| left * last_entry(diagonal, between, *x)).collect();
    Spectrum { values, errors }
}

/// The size of the last entry of the unit eigenvector of a tridiagonal matrix to the eigenvalue `x`.
fn last_entry(diagonal: &[f64], between: &[f64], x: f64) -> f64 {
    // From the first row on; of well-separated values, which Ritz values of few products are, that is stable.
    let (mut before, mut own, mut squares) = (0.0, 1.0, 1.0);
    for (k, side) in between.iter().enumerate() {
        let pull = k.checked_sub(1).map_or(0.0, |k| between[k] * before);
        (before, own) = (own, ((x - diagonal[k]) * own - pull) / side);
        squares += own * own;
    }
    let share = own.abs() / libm::sqrt(squares);
    if share.is_finite() { share.min(1.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `½ Σ λ q²` with known curvatures, turned by nothing.
    struct Bowl(Vec<f64>);

    impl Model for Bowl {
        fn dim(&self) -> usize {
            self.0.len()
        }

        fn rows(&self) -> usize {
            1
        }

        fn loss(&self, q: &[f64], _: &[u32], gradient: Option<&mut [f64]>) -> f64 {
            if let Some(gradient) = gradient {
                gradient.iter_mut().zip(q).zip(&self.0).for_each(|((g, q), l)| *g = l * q);
            }
            q.iter().zip(&self.0).map(|(q, l)| 0.5 * l * q * q).sum()
        }

        fn cost(&self) -> u64 {
            1
        }
    }

    #[test]
    fn all_products_give_all_eigenvalues() {
        let bowl = Bowl(vec![-2.0, 0.5, 1.0, 3.0, 7.0]);
        let found = top_eigenvalues(&bowl, &[0.3; 5], &[0], 9);
        assert_eq!(found.values.len(), 5);
        for (found, wanted) in found.values.iter().zip([7.0, 3.0, 1.0, 0.5, -2.0]) {
            // A difference of two gradients over 10⁻⁶ carries their rounding 10⁶ times.
            assert!((found - wanted).abs() < 1e-8, "{found} for {wanted}");
        }
    }

    /// Few products in many dimensions: the outermost values are found, and the errors told are true.
    #[test]
    fn few_products_give_the_largest_and_say_how_well() {
        let mut curvatures: Vec<f64> = (0..500).map(|i| f64::from(i) / 500.0).collect();
        curvatures.extend([4.0, 9.0, 20.0]);
        let found = top_eigenvalues(&Bowl(curvatures.clone()), &vec![0.1; 503], &[0], 16);
        for (k, wanted) in [20.0, 9.0, 4.0].into_iter().enumerate() {
            assert!((found.values[k] - wanted).abs() < 1e-6, "{} for {wanted}", found.values[k]);
        }
        for (value, error) in found.values.iter().zip(&found.errors) {
            let nearest = curvatures.iter().map(|l| (l - value).abs()).fold(f64::INFINITY, f64::min);
            assert!(nearest <= error + 1e-7, "{value}: {nearest} > {error}");
        }
    }

    #[test]
    fn nothing_comes_of_nothing() {
        let bowl = Bowl(vec![1.0, 2.0]);
        assert_eq!(top_eigenvalues(&bowl, &[f64::NAN, 0.0], &[0], 4), Spectrum::default());
        assert_eq!(top_eigenvalues(&bowl, &[0.0; 2], &[], 4), Spectrum::default());
        assert_eq!(top_eigenvalues(&bowl, &[0.0; 3], &[0], 4), Spectrum::default());
        assert_eq!(top_eigenvalues(&Bowl(vec![0.0; 3]), &[0.0; 3], &[0], 2).values, [0.0]);
    }
}
