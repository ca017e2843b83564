//! Undo and redo.
//!
//! What is kept are documents: the experiment, what it is compared with, how the bench is arranged and
//! what is chosen in it. Not kept is what leaves no trace there and goes back at the same press or the
//! same drag that made it: theme, language, size and open panels, which belong to the window and not to
//! the work; and the clock, its moment, its speed and whether it runs. Who looks through a run jumps in
//! time more often than anything is changed, so steps of the clock among the changes would push the
//! changes out of reach; undo leaves the moment where it is, as far as the run goes.

use std::time::Duration;

/// Changes of the same thing closer together than this are one step back.
const GESTURE: Duration = Duration::from_millis(800);

/// The most steps back that are kept.
const DEPTH: usize = 500;

/// What can be taken back and made again.
pub struct History<T> {
    past: Vec<T>,
    future: Vec<T>,
    gesture: Option<(String, Duration)>,
}

impl<T: Clone> History<T> {
    /// Nothing yet.
    pub fn new() -> Self {
        History { past: Vec::new(), future: Vec::new(), gesture: None }
    }

    /// Remembers `before`, unless this change continues a gesture on the same `tag`.
    pub fn record(&mut self, tag: &str, before: &T) {
        self.future.clear();
        let continues = self.gesture.as_ref().is_some_and(|(last, _)| last == tag);
        if !continues {
            self.past.push(before.clone());
            if self.past.len() > DEPTH {
                self.past.remove(0);
            }
        }
        self.gesture = Some((tag.to_owned(), Duration::ZERO));
    }

    /// Ends a gesture, so that the next change is a step of its own.
    pub fn seal(&mut self) {
        self.gesture = None;
    }

    /// Lets time pass; a gesture ends when nothing has changed for a while.
    pub fn tick(&mut self, wall: Duration) {
        if let Some((_, idle)) = &mut self.gesture {
            *idle += wall;
            if *idle >= GESTURE {
                self.gesture = None;
            }
        }
    }

    /// The state before the last change; `now` can be made again.
    pub fn undo(&mut self, now: &T) -> Option<T> {
        self.seal();
        let back = self.past.pop()?;
        self.future.push(now.clone());
        Some(back)
    }

    /// The state after the change taken back last; `now` can be taken back again.
    pub fn redo(&mut self, now: &T) -> Option<T> {
        self.seal();
        let on = self.future.pop()?;
        self.past.push(now.clone());
        Some(on)
    }

    /// Whether there is a step back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step forward.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}
