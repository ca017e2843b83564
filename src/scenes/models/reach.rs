//! How far the values of a growing column reach, found once for every row.

use crate::scenes::{Derived, Key};

/// The reach of a column about a centre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// Least and greatest number; +∞ and −∞ if there is none.
    pub all: [f64; 2],
    /// The same of those no farther from the centre than the limit.
    pub near: [f64; 2],
    /// Whether anything lies farther from the centre, or is no number.
    pub far: bool,
}

impl Reach {
    /// The reach of `column` kept under `key`; values farther than `limit` from `centre` are far. A column
    /// may only have grown since it was asked for last under the same key.
    pub fn of(derived: &Derived, key: Key, column: &[f64], centre: f64, limit: f64) -> Self {
        let kept = derived.grown(key, |kept| Reach::extend(kept, column, centre, limit));
        match kept {
            [_, a, b, c, d, far] => Reach { all: [*a, *b], near: [*c, *d], far: *far != 0.0 },
            _ => Reach::none(),
        }
    }

    /// Rows read so far, and what they reached.
    fn extend(kept: &mut Vec<f64>, column: &[f64], centre: f64, limit: f64) {
        let (from, mut reach) = match kept[..] {
            [rows, a, b, c, d, far] => (rows as usize, Reach { all: [a, b], near: [c, d], far: far != 0.0 }),
            _ => (0, Reach::none()),
        };
        for x in column.get(from..).unwrap_or(&[]) {
            reach.all = [reach.all[0].min(*x), reach.all[1].max(*x)];
            if (x - centre).abs() <= limit {
                reach.near = [reach.near[0].min(*x), reach.near[1].max(*x)];
            } else {
                reach.far = true;
            }
        }
        let Reach { all: [a, b], near: [c, d], far } = reach;
        *kept = vec![column.len().max(from) as f64, a, b, c, d, f64::from(u8::from(far))];
    }

    fn none() -> Self {
        let none = [f64::INFINITY, f64::NEG_INFINITY];
        Reach { all: none, near: none, far: false }
    }

    /// What is worth showing: all, or of a column that goes far what is near.
    pub fn readable(&self) -> [f64; 2] {
        if self.far { self.near } else { self.all }
    }

    /// Holds what both hold.
    #[must_use]
    pub fn and(self, other: Reach) -> Self {
        let hold = |a: [f64; 2], b: [f64; 2]| [a[0].min(b[0]), a[1].max(b[1])];
        Reach { all: hold(self.all, other.all), near: hold(self.near, other.near), far: self.far || other.far }
    }
}

#[cfg(test)]
mod tests {
    use super::Reach;
    use crate::scenes::Derived;

    #[test]
    fn a_growing_column_is_read_once_and_as_a_whole() {
        let x: Vec<f64> = (0..300).map(|k| (f64::from(k) * 0.7).sin() * f64::from(k % 41)).collect();
        for (rows, odd) in [(90, None), (300, Some(f64::NAN)), (300, None), (1, Some(f64::INFINITY)), (0, None)] {
            let mut column = x[..rows].to_vec();
            column.extend(odd);
            let mut derived = Derived::default();
            for end in [0, 1, 7, 8, 100, 250, column.len()].into_iter().filter(|end| *end <= column.len()) {
                Reach::of(&derived, ("x", 0, 0), &column[..end], 1.0, 12.0);
                derived.go_on(false);
            }
            let got = Reach::of(&derived, ("x", 0, 0), &column, 1.0, 12.0);
            let ends = |keep: &dyn Fn(f64) -> bool| {
                let kept = column.iter().copied().filter(|x| keep(*x));
                kept.fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], x| [a.min(x), b.max(x)])
            };
            let near = |x: f64| (x - 1.0).abs() <= 12.0;
            let far = column.iter().any(|x| !near(*x));
            assert_eq!(got, Reach { all: ends(&|_| true), near: ends(&near), far }, "{rows} rows, {odd:?}");
        }
    }
}
