//! Cells shared among threads, in blocks; told in order.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;

use super::Sweep;

/// Cells measured in one go by one thread.
pub const BLOCK: usize = 32;

/// Which cells of a map are wanted.
#[derive(Clone, Copy)]
pub struct Errand<'a> {
    /// What is measured.
    pub sweep: &'a Sweep,
    /// Cells along each side of the whole map.
    pub cells: [usize; 2],
    /// The cell that comes as the `k`-th, counted row by row from the lowest value along y.
    pub order: &'a (dyn Fn(usize) -> usize + Sync),
    /// The cells of the order that are wanted.
    pub from: usize,
    /// The end of the order.
    pub to: usize,
}

impl Errand<'_> {
    /// The block that begins with the `first` cell of the order.
    fn block(&self, first: usize) -> Vec<f64> {
        let last = (first + BLOCK).min(self.to);
        let at: Vec<[f64; 2]> = (first..last).map(|k| self.sweep.place((self.order)(k), self.cells)).collect();
        let mut out = vec![f64::NAN; at.len()];
        self.sweep.block(&at, &mut out);
        out
    }
}

/// Measures cells on `threads` threads and tells every block as soon as those before it are told, so
/// that what was told is always the beginning of the order. Returns whether it came to the end.
pub fn work(errand: Errand<'_>, threads: usize, stop: &AtomicBool, tell: &mut dyn FnMut(&[f64])) -> bool {
    let blocks = errand.to.saturating_sub(errand.from).div_ceil(BLOCK);
    let next = AtomicUsize::new(0);
    let (send, receive) = channel();
    std::thread::scope(|scope| {
        for _ in 0..threads.clamp(1, blocks.max(1)) {
            let (send, next) = (send.clone(), &next);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let block = next.fetch_add(1, Ordering::Relaxed);
                    let wanted = block < blocks;
                    if !wanted || send.send((block, errand.block(errand.from + block * BLOCK))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let (mut waiting, mut told) = (BTreeMap::new(), 0);
        for (block, values) in receive {
            waiting.insert(block, values);
            while let Some(values) = waiting.remove(&told) {
                tell(&values);
                told += 1;
            }
        }
        told == blocks
    })
}
