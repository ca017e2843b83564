//! Numbers read off the whole state of a lane at a moment.
//!
//! A state is rebuilt by stepping from the last one kept, which for a small cloud takes no time worth
//! speaking of, and for a large one longer than a frame may last. So what a figure reads is kept by
//! name, and of a large cloud, while somebody reads for it on another thread, an answer may be that of
//! another moment until its own is there.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::track::Track;
use crate::core::State;
use crate::scenes::Key;

/// Most names under which answers are kept.
const MOST: usize = 24;

/// What reads numbers off a state.
pub type Read = Arc<dyn Fn(&State) -> Vec<f64> + Send + Sync>;

/// A reading that somebody has to make.
#[derive(Clone)]
pub struct Wish {
    /// Its name.
    pub key: Key,
    /// Tells readings of one name apart that may stand in for one another.
    pub mark: u64,
    /// The iteration it is of.
    pub at: u64,
    /// How it is made.
    pub read: Read,
}

/// Answers by name, and wishes for more.
#[derive(Default)]
pub struct Glances(Mutex<Shelf>);

#[derive(Default)]
struct Shelf {
    found: BTreeMap<Key, Found>,
    wishes: Vec<Wish>,
    /// The state rebuilt last.
    last: Option<(u64, Arc<State>)>,
    /// Whether wishes are fulfilled by another thread.
    beside: bool,
}

struct Found {
    /// The iteration; none if it belongs to a way that is no longer gone.
    at: Option<u64>,
    mark: u64,
    numbers: Arc<Vec<f64>>,
}

impl Glances {
    fn open(&self) -> MutexGuard<'_, Shelf> {
        // Every change of the shelf is made in one piece.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says whether another thread fulfils wishes.
    pub fn set_beside(&self, on: bool) {
        let mut shelf = self.open();
        shelf.beside = on;
        shelf.wishes.clear();
    }

    /// The answer of this name at iteration `at`, made from `rebuild`'s state unless another thread does
    /// so; then the newest one there is.
    pub fn read(&self, wish: Wish, heavy: bool, rebuild: impl FnOnce() -> Arc<State>) -> Option<Arc<Vec<f64>>> {
        let mut shelf = self.open();
        let found =
            shelf.found.get(&wish.key).map(|f| (f.at == Some(wish.at) && f.mark == wish.mark, f.numbers.clone()));
        if let Some((_, numbers)) = found.as_ref().filter(|(exact, _)| *exact) {
            return Some(numbers.clone());
        }
        if heavy && shelf.beside {
            shelf.wishes.retain(|w| w.key != wish.key);
            shelf.wishes.push(wish);
            return found.map(|(_, numbers)| numbers);
        }
        let known = shelf.last.take().filter(|(at, _)| *at == wish.at);
        let (at, state) = known.unwrap_or_else(|| (wish.at, rebuild()));
        let numbers = Arc::new((wish.read)(&state));
        shelf.last = Some((at, state));
        shelf.keep(at, (wish.key, wish.mark), numbers.clone());
        Some(numbers)
    }

    /// Takes the wishes.
    pub fn take(&self) -> Vec<Wish> {
        std::mem::take(&mut self.open().wishes)
    }

    /// Keeps what was answered.
    pub fn answer(&self, answer: Answer) {
        let mut shelf = self.open();
        answer.found.into_iter().for_each(|(name, numbers)| shelf.keep(answer.at, name, Arc::new(numbers)));
    }

    /// What was read of moments after iteration `n` no longer holds, but may be shown until there is better.
    pub fn branch(&self, n: u64) {
        let mut shelf = self.open();
        shelf.last = None;
        shelf.wishes.clear();
        shelf.found.values_mut().filter(|f| f.at.is_some_and(|at| at > n)).for_each(|f| f.at = None);
    }

    /// Takes over what was read of another way, to be shown until there is better.
    pub fn inherit(&self, other: &Glances) {
        let old = std::mem::take(&mut other.open().found);
        self.open().found.extend(old.into_iter().map(|(key, found)| (key, Found { at: None, ..found })));
    }
}

impl Shelf {
    fn keep(&mut self, at: u64, (key, mark): (Key, u64), numbers: Arc<Vec<f64>>) {
        if self.found.len() >= MOST && !self.found.contains_key(&key) {
            let oldest = self.found.iter().min_by_key(|(_, found)| found.at).map(|(key, _)| *key);
            oldest.map(|key| self.found.remove(&key));
        }
        self.found.insert(key, Found { at: Some(at), mark, numbers });
    }
}

/// A question to the whole state of a lane, to be answered on any thread.
pub struct Question {
    /// The iteration asked about.
    pub at: u64,
    pub(super) wishes: Vec<Wish>,
    pub(super) track: Track,
    /// A state kept before.
    pub(super) kept: (u64, Arc<State>),
    /// Tells the way of one lane from that of any other.
    pub(super) way: Arc<()>,
}

/// What was read off a state.
pub struct Answer {
    pub(super) at: u64,
    found: Vec<((Key, u64), Vec<f64>)>,
    pub(super) way: Arc<()>,
}

/// The state of the last question, from which the way to the next may be shorter.
#[derive(Default)]
pub struct Cursor(Option<(Arc<()>, u64, State)>);

impl Question {
    /// Rebuilds the state and reads it; `None` if it was stopped.
    pub fn answer(self, cursor: &mut Cursor, stop: &AtomicBool) -> Option<Answer> {
        let (kept_at, kept) = self.kept;
        if kept_at == self.at {
            return Some(Answer { at: self.at, found: read_all(&self.wishes, &kept), way: self.way });
        }
        let near =
            |(way, at, _): &(Arc<()>, u64, State)| Arc::ptr_eq(way, &self.way) && (kept_at..=self.at).contains(at);
        let (from, mut state) = match cursor.0.take().filter(near) {
            Some((_, at, state)) => (at, state),
            None => (kept_at, (*kept).clone()),
        };
        if !self.track.go(&mut state, from, self.at, stop) {
            return None;
        }
        let found = read_all(&self.wishes, &state);
        cursor.0 = Some((self.way.clone(), self.at, state));
        Some(Answer { at: self.at, found, way: self.way })
    }
}

/// What every wish reads off a state, under its name.
fn read_all(wishes: &[Wish], state: &State) -> Vec<((Key, u64), Vec<f64>)> {
    wishes.iter().map(|wish| ((wish.key, wish.mark), (wish.read)(state))).collect()
}
