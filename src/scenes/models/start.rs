//! The start of a large cloud, shared by runs that begin alike.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use crate::core::State;

/// Smaller clouds are made faster than they are looked up.
const LARGE: usize = 10_000;

/// The start made last, as long as somebody holds it: while a parameter is dragged that acts only later,
/// every run has the same one, and it is made once.
#[derive(Default)]
pub struct Start(Mutex<Option<(Vec<u64>, Weak<State>)>>);

impl Start {
    /// Holds nothing yet.
    pub const fn new() -> Self {
        Start(Mutex::new(None))
    }

    /// The start of so many `particles`, which depends on `numbers` and a seed alone: the one made last if
    /// it was made of the same, otherwise a new one from `make`.
    pub fn of(&self, particles: usize, seed: u64, numbers: &[f64], make: impl FnOnce() -> State) -> Arc<State> {
        if particles < LARGE {
            return make().into();
        }
        let key: Vec<u64> = [particles as u64, seed].into_iter().chain(numbers.iter().map(|x| x.to_bits())).collect();
        // What a thread that stopped left behind is a whole start or none.
        let open = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = open().as_ref().filter(|(made_of, _)| *made_of == key).and_then(|(_, start)| start.upgrade());
        known.unwrap_or_else(|| {
            let start = Arc::new(make());
            *open() = Some((key, Arc::downgrade(&start)));
            start
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{LARGE, Start};
    use crate::core::State;

    #[test]
    fn runs_that_begin_alike_share_their_start() {
        let starts = Start::new();
        let of = |n: usize, seed: u64, x: f64| starts.of(n, seed, &[x], || State::at(&[x], &[], n, seed, 0));
        let first = of(LARGE, 1, 0.5);
        assert!(Arc::ptr_eq(&first, &of(LARGE, 1, 0.5)));
        for (n, seed, x) in [(LARGE, 1, -0.5), (LARGE, 2, 0.5), (LARGE + 1, 1, 0.5), (7, 1, 0.5)] {
            let other = of(n, seed, x);
            assert_eq!(*other, State::at(&[x], &[], n, seed, 0));
            assert!(!Arc::ptr_eq(&first, &other));
        }
        assert!(!Arc::ptr_eq(&of(7, 1, 0.5), &of(7, 1, 0.5)), "small ones are not looked for");
    }

    #[test]
    fn a_start_that_nobody_holds_is_let_go() {
        let starts = Start::new();
        let held = Arc::downgrade(&starts.of(LARGE, 1, &[], || State::at(&[0.0], &[], LARGE, 1, 0)));
        assert!(held.upgrade().is_none());
    }
}
