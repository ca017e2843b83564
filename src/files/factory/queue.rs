//! Work shared out to all processors.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Does `work` on every job and returns the results in the order of the jobs. `progress` is told
/// how many are done, of how many, and the `name` of the last.
///
/// # Errors
/// That of the first job, in their order, that fails; no further job is begun then.
pub fn in_parallel<T: Sync, R: Send, E: Send>(
    jobs: &[T],
    work: impl Fn(&T) -> Result<R, E> + Sync,
    name: impl Fn(&T) -> &str,
    mut progress: impl FnMut(usize, usize, &str),
) -> Result<Vec<R>, E> {
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let workers = thread::available_parallelism().map_or(1, usize::from).min(jobs.len());
    let mut results: Vec<Option<Result<R, E>>> = jobs.iter().map(|_| None).collect();
    thread::scope(|scope| {
        let (send, receive) = mpsc::channel();
        for _ in 0..workers {
            let send = send.clone();
            scope.spawn(|| {
                let send = send;
                while !stop.load(Ordering::Relaxed) {
                    let k = next.fetch_add(1, Ordering::Relaxed);
                    let Some(job) = jobs.get(k) else { break };
                    let result = work(job);
                    stop.fetch_or(result.is_err(), Ordering::Relaxed);
                    // The receiver outlives the workers.
                    let _ = send.send((k, result));
                }
            });
        }
        drop(send);
        for (done, (k, result)) in receive.into_iter().enumerate() {
            progress(done + 1, jobs.len(), jobs.get(k).map_or("", &name));
            if let Some(place) = results.get_mut(k) {
                *place = Some(result);
            }
        }
    });
    // Jobs are begun in order, so whatever is missing comes after a failure.
    results.into_iter().flatten().collect()
}
