//! The last answer to a question that many views of one moment ask again.

use std::sync::{Mutex, PoisonError};

/// Keeps one answer with the numbers it depends on.
pub struct Kept<T>(Mutex<Option<(Vec<u64>, T)>>);

impl<T: Clone> Kept<T> {
    /// Keeps nothing yet.
    pub const fn new() -> Self {
        Kept(Mutex::new(None))
    }

    /// The answer for `numbers`: the one kept if it is of the same, otherwise a new one from `make`.
    pub fn get(&self, numbers: &[f64], make: impl FnOnce() -> T) -> T {
        let key: Vec<u64> = numbers.iter().map(|x| x.to_bits()).collect();
        // What a thread that stopped left behind is a whole answer or none.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, answer)) = kept.as_ref().filter(|(known, _)| *known == key) {
            return answer.clone();
        }
        let answer = make();
        *kept = Some((key, answer.clone()));
        answer
    }
}

impl<T: Clone> Default for Kept<T> {
    fn default() -> Self {
        Kept::new()
    }
}

#[cfg(test)]
mod tests {
    use super::Kept;

    #[test]
    fn an_answer_is_made_once_per_question() {
        let kept: Kept<usize> = Kept::new();
        let mut made = 0;
        let mut ask = |x: f64| {
            kept.get(&[x, 1.0], || {
                made += 1;
                made
            })
        };
        assert_eq!([ask(0.5), ask(0.5), ask(-0.5), ask(0.5)], [1, 1, 2, 3]);
    }
}
