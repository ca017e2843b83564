//! A thread that writes for a window, so that no frame waits for a disk.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::export::ExportError;

/// Carries out the newest wish, then rests; a wish that was overtaken while it rested is forgotten.
pub(super) struct Clerk<W> {
    post: Arc<Post<W>>,
    worker: Option<JoinHandle<()>>,
}

/// Where wishes are left.
struct Post<W> {
    slot: Mutex<Slot<W>>,
    news: Condvar,
}

struct Slot<W> {
    wish: Option<W>,
    stop: bool,
    fault: Option<ExportError>,
}

impl<W> Post<W> {
    /// The slot; a worker that panicked has left it whole.
    fn slot(&self) -> MutexGuard<'_, Slot<W>> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<W: Send + 'static> Clerk<W> {
    /// One that carries out wishes like this and takes at least so long a rest after each.
    pub fn start(rest: Duration, carry_out: impl Fn(W) -> Result<(), ExportError> + Send + 'static) -> Self {
        let slot = Mutex::new(Slot { wish: None, stop: false, fault: None });
        let post = Arc::new(Post { slot, news: Condvar::new() });
        let theirs = post.clone();
        let worker = std::thread::spawn(move || work(&theirs, rest, carry_out));
        Clerk { post, worker: Some(worker) }
    }

    /// Leaves a wish, in place of one that is not carried out yet.
    pub fn ask(&self, wish: W) {
        self.amend(|_| wish);
    }

    /// Leaves a wish made from the one that is not carried out yet, if there is one.
    pub fn amend(&self, wish: impl FnOnce(Option<W>) -> W) {
        let mut slot = self.post.slot();
        slot.wish = Some(wish(slot.wish.take()));
        self.post.news.notify_all();
    }

    /// What went wrong since the last call.
    pub fn fault(&self) -> Option<ExportError> {
        self.post.slot().fault.take()
    }
}

impl<W> Drop for Clerk<W> {
    /// Carries out the last wish.
    fn drop(&mut self) {
        self.post.slot().stop = true;
        self.post.news.notify_all();
        if let Some(worker) = self.worker.take() {
            // A worker that panicked has nothing more to write.
            let _ = worker.join();
        }
    }
}

fn work<W>(post: &Post<W>, rest: Duration, carry_out: impl Fn(W) -> Result<(), ExportError>) {
    loop {
        let idle = |slot: &mut Slot<W>| slot.wish.is_none() && !slot.stop;
        let mut slot = post.news.wait_while(post.slot(), idle).unwrap_or_else(PoisonError::into_inner);
        let Some(wish) = slot.wish.take() else { return };
        drop(slot);
        let done = carry_out(wish);
        let mut slot = post.slot();
        if let Err(fault) = done {
            slot.fault = Some(fault);
        }
        let rested = post.news.wait_timeout_while(slot, rest, |slot| !slot.stop);
        drop(rested);
    }
}
