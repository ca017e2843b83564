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

/// Goes downhill from `start` with a simplex of the sides `sides` (Nelder & Mead 1965) until its corners differ by
/// less than `enough`. Values that are not finite are walls.
pub fn lowest(start: &[f64], sides: &[f64], enough: f64, f: &mut dyn FnMut(&[f64]) -> f64) -> Lowest {
    let mut asked = 0;
    let mut ask = |at: &[f64]| {
        asked += 1;
        let value = f(at);
        (if value.is_nan() { f64::INFINITY } else { value }, asked >= MOST)
    };
    let corner = |k: usize| -> Vec<f64> {
        let moved = |(i, x): (usize, &f64)| x + sides.get(i).filter(|_| i + 1 == k).unwrap_or(&0.0);
        start.iter().enumerate().map(moved).collect()
    };
    let mut simplex: Vec<Lowest> = (0..=start.len()).map(corner).map(|at| Lowest { value: ask(&at).0, at }).collect();
    loop {
        simplex.sort_by(|a, b| a.value.total_cmp(&b.value));
        let (best, rest) = simplex.split_at_mut(1);
        let (Some(best), Some((worst, others))) = (best.first(), rest.split_last_mut()) else { break };
        if !(worst.value - best.value > enough) {
            break;
        }
        let second = others.last().map_or(best.value, |l| l.value);
        let mean = mean(best, others);
        let along = |share: f64| -> Vec<f64> { mean.iter().zip(&worst.at).map(|(m, w)| m + share * (w - m)).collect() };
        let mut trial = |share: f64| {
            let at = along(share);
            let (value, over) = ask(&at);
            (Lowest { at, value }, over)
        };
        let (turned, mut over) = trial(-1.0);
        let mut next = None;
        if turned.value < best.value {
            let (far, o) = trial(-2.0);
            over = o;
            next = Some(if far.value < turned.value { far } else { turned });
        } else if turned.value < second {
            next = Some(turned);
        } else {
            let (inside, o) = trial(if turned.value < worst.value { -0.5 } else { 0.5 });
            over = o;
            if inside.value < worst.value.min(turned.value) {
                next = Some(inside);
            }
        }
        match next {
            Some(next) => *worst = next,
            None => {
                let centre = best.at.clone();
                for corner in rest {
                    corner.at.iter_mut().zip(&centre).for_each(|(x, c)| *x = 0.5 * (*x + c));
                    (corner.value, over) = ask(&corner.at);
                }
            }
        }
        if over {
            break;
        }
    }
    simplex.sort_by(|a, b| a.value.total_cmp(&b.value));
    simplex.into_iter().next().unwrap_or(Lowest { at: start.to_vec(), value: f64::INFINITY })
}

/// The middle of all corners but the worst.
fn mean(best: &Lowest, others: &[Lowest]) -> Vec<f64> {
    let count = 1.0 + others.len() as f64;
    let sum = |i: usize| best.at[i] + others.iter().map(|l| l.at[i]).sum::<f64>();
    (0..best.at.len()).map(|i| sum(i) / count).collect()
}
