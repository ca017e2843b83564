//! Whose turn it is to be drawn anew while runs grow: one tile in a frame, so that a frame costs no more
//! with many tiles than with one.

use std::cell::{Cell, RefCell};

/// The tiles that wait to be drawn anew, first come, first served.
#[derive(Default)]
pub struct Queue {
    waiting: RefCell<Vec<usize>>,
    /// Those that asked in this frame; who no longer asks does not wait.
    asked: RefCell<Vec<usize>>,
    /// Whether somebody had the turn of this frame.
    served: Cell<bool>,
}

impl Queue {
    /// A new frame begins.
    pub fn begin(&self) {
        let asked = self.asked.take();
        self.waiting.borrow_mut().retain(|place| asked.contains(place));
        self.served.set(false);
    }

    /// Asks for the turn of this frame; whoever does not get it waits in line.
    pub fn ask(&self, place: usize) -> bool {
        let mut waiting = self.waiting.borrow_mut();
        self.asked.borrow_mut().push(place);
        if !waiting.contains(&place) {
            waiting.push(place);
        }
        if self.served.get() || waiting.first() != Some(&place) {
            return false;
        }
        waiting.remove(0);
        self.served.set(true);
        true
    }

    /// Whether somebody waits for another frame.
    pub fn is_waited_in(&self) -> bool {
        !self.waiting.borrow().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::Queue;

    /// The places served, frame by frame, when the same ones ask in every frame.
    fn served(queue: &Queue, frames: &[&[usize]]) -> Vec<Option<usize>> {
        let frame = |asking: &&[usize]| {
            queue.begin();
            asking.iter().filter(|place| queue.ask(**place)).copied().last()
        };
        frames.iter().map(frame).collect()
    }

    #[test]
    fn everybody_has_a_turn() {
        let queue = Queue::default();
        let all: &[usize] = &[0, 1, 2, 3];
        let first = [0, 1, 2, 3, 0, 1].map(Some);
        assert_eq!(served(&queue, &[all; 6]), first);
        assert!(queue.is_waited_in());
        // Tiles that are closed, or that nothing changes in any more, hold the others up for one frame.
        assert_eq!(served(&queue, &[&[1, 3], &[1, 3], &[1], &[]]), [None, Some(3), Some(1), None]);
        assert!(!queue.is_waited_in());
    }
}
