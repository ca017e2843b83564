//! How far the measuring is, on a terminal.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use crate::text::{Lang, fill, t};

/// How often it is said.
const OFTEN: Duration = Duration::from_millis(200);

/// Says how far it is; nothing where nobody looks.
pub struct Progress {
    /// Cells in all, and those there were at the start.
    all: usize,
    first: usize,
    since: Instant,
    said: Option<Instant>,
    loud: bool,
    lang: Lang,
}

impl Progress {
    /// Of `all` cells the `first` are there already.
    pub fn new(all: usize, first: usize, quiet: bool, lang: Lang) -> Self {
        let loud = !quiet && std::io::stderr().is_terminal();
        Progress { all, first, since: Instant::now(), said: None, loud, lang }
    }

    /// So many cells are there.
    pub fn show(&mut self, done: usize) {
        if !self.loud || self.said.is_some_and(|at| at.elapsed() < OFTEN) {
            return;
        }
        self.said = Some(Instant::now());
        eprint!("\r\x1b[K{}", line([self.first, done, self.all], self.since.elapsed(), self.lang));
    }

    /// Clears the line.
    pub fn end(&self) {
        if self.loud {
            eprint!("\r\x1b[K");
        }
    }
}

/// Share, cells and time left, from cells at the start, now and in all.
fn line([first, done, all]: [usize; 3], took: Duration, lang: Lang) -> String {
    let share = 100 * done / all.max(1);
    let per = took.as_secs_f64() / (done - first).max(1) as f64;
    let left = (per * (all - done) as f64).ceil() as u64;
    let text = t("{} % · {} of {} cells · {} left", "{} % · {} / {} 格 · 剩余 {}");
    let time = match left {
        0..3600 => format!("{}:{:02}", left / 60, left % 60),
        _ => format!("{}:{:02}:{:02}", left / 3600, left / 60 % 60, left % 60),
    };
    fill(text.get(lang), &[&share.to_string(), &done.to_string(), &all.to_string(), &time])
}

#[cfg(test)]
mod tests {
    use super::{Duration, Lang, line};

    #[test]
    fn the_time_left_counts_what_this_run_measured() {
        let table = [
            ([0, 100, 400], 10, Lang::En, "25 % · 100 of 400 cells · 0:30 left"),
            ([200, 300, 400], 10, Lang::En, "75 % · 300 of 400 cells · 0:10 left"),
            ([0, 1, 2001], 9, Lang::Zh, "0 % · 1 / 2001 格 · 剩余 5:00:00"),
            ([0, 400, 400], 10, Lang::Zh, "100 % · 400 / 400 格 · 剩余 0:00"),
        ];
        for (cells, seconds, lang, want) in table {
            assert_eq!(line(cells, Duration::from_secs(seconds), lang), want);
        }
    }
}
