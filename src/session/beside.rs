//! Work on threads of their own: runs of large clouds, and what figures read off their states.
//!
//! One thread makes the next stretch of a heavy or long run and sends home what it has, another rebuilds the
//! states that are looked at. Neither decides a number: what is made is the same bits as if the session
//! had made it itself. Both only wait when there is nothing to do, and end with the session.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use super::Plan;
use super::work::is_for_beside;
use crate::scenes::{Answer, Cursor, Part, Question, Run};

/// Tells somebody that there is something new.
pub(super) type Wake = Arc<dyn Fn() + Send + Sync>;

/// The threads of a session.
pub(super) struct Beside {
    wake: Wake,
    making: Option<Making>,
    viewer: Option<Viewer>,
}

/// A stretch of a run being made.
struct Making {
    parts: Receiver<Part>,
    stop: Arc<AtomicBool>,
    /// Ends the stretch where it is.
    rest: Arc<AtomicBool>,
    /// Whether the part before was taken, so that what is on its way stays little.
    wanted: Arc<AtomicBool>,
}

impl Drop for Making {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Beside {
    pub fn new(wake: Wake) -> Self {
        Beside { wake, making: None, viewer: None }
    }

    /// Brings home what was made and goes on with the first of `runs` that is not complete, if it is
    /// heavy and does not have to wait (`held`). Whether anything is new.
    pub fn make(&mut self, runs: &mut [(&Plan, &mut Run)], held: bool) -> bool {
        let lent = runs.iter().position(|(_, run)| run.is_lent());
        let new = match lent.and_then(|k| runs.get_mut(k)) {
            Some((plan, run)) => self.deliver(plan, run),
            None => {
                // Whoever it was for is gone or goes another way.
                self.making = None;
                false
            }
        };
        match &self.making {
            Some(making) => making.rest.store(held, Ordering::Relaxed),
            None => {
                let next = runs.iter_mut().find(|(_, run)| !run.is_complete());
                if let Some((plan, run)) = next.filter(|(_, run)| is_for_beside(run) && !held) {
                    self.begin(plan, run);
                }
            }
        }
        new
    }

    fn deliver(&mut self, plan: &Plan, run: &mut Run) -> bool {
        let Some(making) = &self.making else { return false };
        let (mut new, mut last) = (false, false);
        for part in making.parts.try_iter() {
            (new, last) = (true, part.is_last());
            run.take(part);
        }
        making.wanted.store(true, Ordering::Relaxed);
        if last {
            self.making = None;
            plan.apply_events(run, run.done());
        }
        new
    }

    fn begin(&mut self, plan: &Plan, run: &mut Run) {
        let until = plan.next_stop(run);
        let (errand, wake) = (run.lend(until), self.wake.clone());
        let (tell, parts) = channel();
        let [stop, rest, wanted] = [false, false, true].map(|on| Arc::new(AtomicBool::new(on)));
        let (stopped, resting, taken) = (stop.clone(), rest.clone(), wanted.clone());
        std::thread::spawn(move || {
            let wanted = || taken.load(Ordering::Relaxed);
            errand.make([&stopped, &resting], wanted, |part| {
                taken.store(false, Ordering::Relaxed);
                // Nobody listens any more if it was stopped in this moment.
                let _ = tell.send(part);
                wake();
            });
        });
        self.making = Some(Making { parts, stop, rest, wanted });
    }

    /// Brings home what was read of states and asks the next question. Whether anything is new.
    pub fn view(&mut self, runs: &mut [(&Plan, &mut Run)]) -> bool {
        let mut new = false;
        if let Some(viewer) = &mut self.viewer {
            for answer in viewer.answers.try_iter() {
                viewer.asked = None;
                let mut answer = answer;
                new |= runs.iter().any(|(_, run)| run.hear(&mut answer));
            }
        }
        if self.viewer.as_ref().is_none_or(|v| v.asked.is_none())
            && let Some(question) = runs.iter().find_map(|(_, run)| run.question())
        {
            self.viewer.get_or_insert_with(|| Viewer::new(self.wake.clone())).ask(question);
        }
        new
    }

    /// The runs are others from now on: what is asked about the old ones matters no more.
    pub fn turn(&mut self) {
        if let Some(stop) = self.viewer.as_ref().and_then(|v| v.asked.as_ref()) {
            stop.store(true, Ordering::Relaxed);
        }
    }
}

/// The thread that rebuilds states, one question at a time.
struct Viewer {
    questions: Sender<(Question, Arc<AtomicBool>)>,
    answers: Receiver<Option<Answer>>,
    /// Stops the question that is being answered.
    asked: Option<Arc<AtomicBool>>,
}

impl Viewer {
    fn new(wake: Wake) -> Self {
        let (questions, asked) = channel::<(Question, Arc<AtomicBool>)>();
        let (tell, answers) = channel();
        std::thread::spawn(move || {
            let mut cursor = Cursor::default();
            for (question, stop) in asked {
                if tell.send(question.answer(&mut cursor, &stop)).is_err() {
                    return;
                }
                wake();
            }
        });
        Viewer { questions, answers, asked: None }
    }

    fn ask(&mut self, question: Question) {
        let stop = Arc::new(AtomicBool::new(false));
        // The thread ends only with the session or by a fault of a library; the picture then stays.
        if self.questions.send((question, stop.clone())).is_ok() {
            self.asked = Some(stop);
        }
    }
}

impl Drop for Viewer {
    fn drop(&mut self) {
        if let Some(stop) = &self.asked {
            stop.store(true, Ordering::Relaxed);
        }
    }
}
