//! Buffers that are used again, so that a step allocates nothing once there are enough of them.

use std::any::Any;
use std::sync::{Mutex, PoisonError};

/// Buffers of any kind that nobody uses now.
#[derive(Debug, Default)]
pub(super) struct Store(Mutex<Vec<Box<dyn Any + Send>>>);

impl Store {
    /// A buffer of kind `B` that was given back, or a new one. Its contents are arbitrary.
    pub fn take<B: Any + Send>(&self, new: impl FnOnce() -> B) -> Box<B> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = all.iter().position(|buffer| buffer.is::<B>()).map(|place| all.swap_remove(place));
        drop(all);
        found.and_then(|buffer| buffer.downcast().ok()).unwrap_or_else(|| Box::new(new()))
    }

    /// Gives a buffer back.
    pub fn give<B: Any + Send>(&self, buffer: Box<B>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(buffer);
    }
}
