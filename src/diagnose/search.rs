//! The smallest value of a function of a few numbers.

/// Where the function is smallest, and how small.
#[derive(Clone, Debug, PartialEq)]
pub struct Lowest {
    /// The place.
    pub at: Vec<f64>,
    /// The value.
    pub value: f64,
}

/// Values asked for at most.
const MOST: usize = 400;

/// A function, and how often it was asked.
struct Ask<'f> {
    f: &'f mut dyn FnMut(&[f64]) -> f64,
    asked: usize,
}

impl Ask<'_> {
    fn at(&mut self, at: Vec<f64>) -> Lowest {
        self.asked += 1;
        let value = (self.f)(&at);
        Lowest { value: if value.is_nan() { f64::INFINITY } else { value }, at }
    }
}

/// Goes downhill from `start` with a simplex of the sides `sides` (Nelder & Mead 1965) until its corners differ by
/// less than `enough`. Values that are not finite are walls.
pub fn lowest(start: &[f64], sides: &[f64], enough: f64, f: &mut dyn FnMut(&[f64]) -> f64) -> Lowest {
    let mut ask = Ask { f, asked: 0 };
    let corner = |k: usize| -> Vec<f64> {
        let moved = |(i, x): (usize, &f64)| x + sides.get(i).filter(|_| i + 1 == k).unwrap_or(&0.0);
        start.iter().enumerate().map(moved).collect()
    };
    let mut simplex: Vec<Lowest> = (0..=start.len()).map(|k| ask.at(corner(k))).collect();
    loop {
        simplex.sort_by(|a, b| a.value.total_cmp(&b.value));
        let ends = simplex.first().zip(simplex.last());
        let apart = ends.is_some_and(|(best, worst)| worst.value - best.value > enough);
        if !apart || ask.asked >= MOST {
            break;
        }
        step(&mut simplex, &mut ask);
    }
    simplex.into_iter().next().unwrap_or(Lowest { at: start.to_vec(), value: f64::INFINITY })
}

/// Moves the last corner, the worst, or draws all others to the first, the best.
fn step(simplex: &mut [Lowest], ask: &mut Ask<'_>) {
    let Some((worst, others)) = simplex.split_last() else { return };
    let (Some(best), Some(second)) = (others.first(), others.last()) else { return };
    let count = others.len() as f64;
    let mean = |i: usize| others.iter().map(|corner| corner.at[i]).sum::<f64>() / count;
    let along = |share: f64| worst.at.iter().enumerate().map(|(i, w)| mean(i) + share * (w - mean(i))).collect();
    let turned = ask.at(along(-1.0));
    let next = if turned.value < best.value {
        let far = ask.at(along(-2.0));
        Some(if far.value < turned.value { far } else { turned })
    } else if turned.value < second.value {
        Some(turned)
    } else {
        let inside = ask.at(along(if turned.value < worst.value { -0.5 } else { 0.5 }));
        (inside.value < worst.value.min(turned.value)).then_some(inside)
    };
    if let Some(next) = next {
        simplex.last_mut().into_iter().for_each(|worst| worst.clone_from(&next));
    } else if let Some((best, rest)) = simplex.split_first_mut() {
        let halfway = |at: &[f64]| at.iter().zip(&best.at).map(|(x, b)| 0.5 * (x + b)).collect();
        rest.iter_mut().for_each(|corner| *corner = ask.at(halfway(&corner.at)));
    }
}
