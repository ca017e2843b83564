//! Numbers computed from a run, kept and added to as it goes on.

use std::sync::{Mutex, OnceLock, PoisonError};

/// What tells derived columns apart: a name, a count such as the mode, and a number such as a unit.
pub type Key = (&'static str, usize, u64);

/// Columns that figures need again and again, each made when it is first asked for. They can be
/// borrowed as long as the run stands still. When it goes on, those that grow with it are added to, and
/// the others are made anew.
#[derive(Default)]
pub struct Derived {
    first: OnceLock<Box<Node>>,
    /// How often the run went on.
    turn: u64,
}

struct Node {
    key: Key,
    kind: Kind,
    made: OnceLock<Made>,
    /// What there was before the run went on, to be added to.
    old: Mutex<Vec<f64>>,
    next: OnceLock<Box<Node>>,
}

struct Made {
    column: Vec<f64>,
    turn: u64,
}

/// What becomes of a column when the run goes on.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// It is made anew.
    Whole,
    /// It is made anew, but not at every step if time is short.
    Measured,
    /// More is added to it.
    Grown,
}

impl Derived {
    /// The column of `key`, made by `make` if it is not there yet; `make` may ask for others, but not for
    /// itself.
    pub fn column(&self, key: Key, make: impl Fn() -> Vec<f64>) -> &[f64] {
        self.kept(key, Kind::Whole, |column| *column = make())
    }

    /// The column of `key`, which `extend` is given as it was when the run had not gone so far (empty at
    /// first), to add to it or correct it.
    pub fn grown(&self, key: Key, extend: impl Fn(&mut Vec<f64>)) -> &[f64] {
        self.kept(key, Kind::Grown, extend)
    }

    /// The column of `key`, made by `make` and kept while the run goes on: for what depends on its values alone.
    pub fn once(&self, key: Key, make: impl Fn() -> Vec<f64>) -> &[f64] {
        self.grown(key, |column| {
            if column.is_empty() {
                *column = make();
            }
        })
    }

    /// The column of `key`, measured by `make` over all of the run. While a run is being computed it may
    /// stand for a little less of it, so that measuring does not hold it up.
    pub fn measured(&self, key: Key, make: impl Fn() -> Vec<f64>) -> &[f64] {
        self.kept(key, Kind::Measured, |column| *column = make())
    }

    fn kept(&self, key: Key, kind: Kind, make: impl Fn(&mut Vec<f64>)) -> &[f64] {
        let mut slot = &self.first;
        loop {
            let new = || Node { key, kind, made: OnceLock::new(), old: Mutex::default(), next: OnceLock::new() };
            let node = slot.get_or_init(|| Box::new(new()));
            if node.key == key {
                let made = node.made.get_or_init(|| {
                    let mut column = std::mem::take(&mut *node.old.lock().unwrap_or_else(PoisonError::into_inner));
                    make(&mut column);
                    Made { column, turn: self.turn }
                });
                return &made.column;
            }
            slot = &node.next;
        }
    }

    /// Two numbers kept under `key`.
    pub fn pair(&self, key: Key, make: impl Fn() -> [f64; 2]) -> [f64; 2] {
        match self.column(key, || make().to_vec()) {
            [a, b] => [*a, *b],
            _ => make(),
        }
    }

    /// A number kept under `key`, if there is one: measured over all of a run.
    pub fn number(&self, key: Key, make: impl Fn() -> Option<f64>) -> Option<f64> {
        self.measured(key, || make().into_iter().collect()).first().copied()
    }

    /// The run has gone on. A `thrifty` one measures anew only after so many turns that all of the
    /// measuring stays in proportion to its length.
    pub fn go_on(&mut self, thrifty: bool) {
        self.turn += 1;
        let mut slot = &mut self.first;
        while let Some(node) = slot.get_mut() {
            let fresh = node.made.get().is_some_and(|made| 8 * self.turn < 9 * made.turn + 8);
            if !(thrifty && node.kind == Kind::Measured && fresh) {
                let made = node.made.take();
                if let (Kind::Grown, Some(made)) = (node.kind, made) {
                    node.old = Mutex::new(made.column);
                }
            }
            slot = &mut node.next;
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.first = OnceLock::new();
    }
}

#[cfg(test)]
mod tests {
    use super::Derived;
    use std::cell::Cell;

    #[test]
    fn columns_are_made_once_and_told_apart() {
        let (mut derived, made) = (Derived::default(), Cell::new(0));
        let get = |d: &Derived, name, mode| {
            d.column((name, mode, 0), || {
                made.set(made.get() + 1);
                vec![mode as f64]
            })[0]
        };
        for _ in 0..3 {
            assert_eq!([get(&derived, "a", 0), get(&derived, "a", 1), get(&derived, "b", 7)], [0.0, 1.0, 7.0]);
        }
        assert_eq!(made.get(), 3);
        assert_eq!(derived.pair(("c", 0, 0), || [1.0, 2.0]), [1.0, 2.0]);
        assert_eq!(
            [derived.number(("d", 0, 0), || None), derived.number(("e", 0, 0), || Some(3.0))],
            [None, Some(3.0)]
        );
        for _ in 0..3 {
            assert_eq!(derived.once(("f", 0, 0), || vec![made.replace(made.get() + 1) as f64]), [3.0]);
            derived.go_on(false);
        }
        derived.clear();
        get(&derived, "a", 0);
        assert_eq!(made.get(), 5);
    }

    #[test]
    fn columns_grow_and_measured_numbers_may_wait() {
        let (mut derived, rows) = (Derived::default(), Cell::new(3_usize));
        let grow = |d: &Derived, rows: usize| {
            let added = Cell::new(0);
            let extend = |column: &mut Vec<f64>| {
                added.set(rows - column.len());
                column.extend((column.len()..rows).map(|k| k as f64));
            };
            assert_eq!(d.grown(("a", 0, 0), extend).len(), rows);
            added.get()
        };
        let measure = |d: &Derived| d.number(("m", 0, 0), || Some(rows.get() as f64));
        assert_eq!([grow(&derived, 3), grow(&derived, 3)], [3, 0]);
        assert_eq!(measure(&derived), Some(3.0));
        for turn in 1..200 {
            rows.set(3 + turn);
            derived.go_on(true);
            assert_eq!(grow(&derived, rows.get()), 1, "{turn}");
            let lag = rows.get() as f64 - measure(&derived).unwrap_or(f64::NAN);
            assert!((0.0..=(turn as f64 / 8.0 + 1.0)).contains(&lag), "{turn}: {lag}");
        }
        derived.go_on(false);
        assert_eq!(measure(&derived), Some(202.0));
    }
}
