//! Numbers computed from a run, kept until it goes on.

use std::sync::OnceLock;

/// What tells derived columns apart: a name, a count such as the mode, and a number such as a unit.
pub type Key = (&'static str, usize, u64);

/// Columns that figures need again and again, each made when it is first asked for. They can be
/// borrowed as long as the run stands still; whatever makes it go on forgets them all.
#[derive(Default)]
pub struct Derived {
    first: OnceLock<Box<Node>>,
}

struct Node {
    key: Key,
    column: Vec<f64>,
    next: OnceLock<Box<Node>>,
}

impl Derived {
    /// The column of `key`, made by `make` if it is not there yet; `make` may not ask for another one of
    /// the same store.
    pub fn column(&self, key: Key, make: impl Fn() -> Vec<f64>) -> &[f64] {
        let mut slot = &self.first;
        loop {
            let node = slot.get_or_init(|| Box::new(Node { key, column: make(), next: OnceLock::new() }));
            if node.key == key {
                return &node.column;
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

    /// A number kept under `key`, if there is one.
    pub fn number(&self, key: Key, make: impl Fn() -> Option<f64>) -> Option<f64> {
        self.column(key, || make().into_iter().collect()).first().copied()
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
        derived.clear();
        get(&derived, "a", 0);
        assert_eq!(made.get(), 4);
    }
}
