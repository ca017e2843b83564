//! Room to work in that comes back.

use std::sync::{Mutex, PoisonError};

/// Arrays that were let go, for those who need one next: taking one allocates only while more are in use at
/// once than ever before.
#[derive(Debug, Default)]
pub struct Spare(Mutex<Vec<Vec<f64>>>);

impl Spare {
    /// Lets `work` use `len` zeros.
    pub fn with<T>(&self, len: usize, work: impl FnOnce(&mut [f64]) -> T) -> T {
        let mut array = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        array.clear();
        array.resize(len, 0.0);
        let out = work(&mut array);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(array);
        out
    }
}

impl Clone for Spare {
    fn clone(&self) -> Self {
        Spare::default()
    }
}
