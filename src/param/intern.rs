//! Declarations made while the program runs.
//!
//! [`Values`](super::Values) and everything that reads them hold declarations for good, as those of
//! the built-in scenes are. A declaration made from a reader's text is therefore kept until the
//! program ends, once however often it is made: what is kept grows with the number of different
//! declarations a reader opens (some hundred bytes each), never with time or with the number of runs.

use std::sync::{Mutex, PoisonError};

use super::Spec;

static WORDS: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
static SPECS: Mutex<Vec<&'static Spec>> = Mutex::new(Vec::new());
static LISTS: Mutex<Vec<&'static [&'static Spec]>> = Mutex::new(Vec::new());

/// The one that is kept and equals what is asked for, made by `leak` if there is none.
fn kept<T: ?Sized>(
    all: &Mutex<Vec<&'static T>>,
    same: impl Fn(&T) -> bool,
    leak: impl FnOnce() -> &'static T,
) -> &'static T {
    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = all.iter().copied().find(|known| same(known)) {
        return found;
    }
    let made = leak();
    all.push(made);
    made
}

/// `word` for good.
pub fn intern_word(word: &str) -> &'static str {
    kept(&WORDS, |known| known == word, || Box::leak(word.into()))
}

/// `spec` for good.
pub fn intern(spec: Spec) -> &'static Spec {
    kept(&SPECS, |known| *known == spec, || Box::leak(Box::new(spec)))
}

/// `specs` for good.
pub fn intern_all(specs: &[&'static Spec]) -> &'static [&'static Spec] {
    kept(&LISTS, |known| known == specs, || Box::leak(specs.into()))
}

#[cfg(test)]
mod tests {
    use super::{Spec, intern, intern_all, intern_word};
    use crate::param::{Kind, Spread};
    use crate::text::t;

    #[test]
    fn equal_declarations_are_one() {
        let make = |default| Spec {
            id: intern_word(&["a", "1"].concat()),
            symbol: "",
            name: t("a", "a"),
            unit: "",
            kind: Kind::Real { min: 0.0, max: 1.0, spread: Spread::Linear },
            default,
            live: true,
            help: t("", ""),
        };
        let [one, again, other] = [intern(make(0.5)), intern(make(0.5)), intern(make(0.25))];
        assert!(std::ptr::eq(one, again) && !std::ptr::eq(one, other));
        assert!(std::ptr::eq(intern_word("a1"), one.id));
        assert!(std::ptr::eq(intern_all(&[one, other]), intern_all(&[again, other])));
        assert_ne!(intern_all(&[one]).len(), intern_all(&[one, other]).len());
    }
}
