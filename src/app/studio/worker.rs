//! A thread that answers the newest question and lets the older ones go.

use std::sync::mpsc::{Receiver, Sender, channel};

use egui::Context;

/// Questions in, answers out; a frame is asked for when an answer is there.
pub struct Worker<Q, A> {
    questions: Sender<Q>,
    answers: Receiver<A>,
}

impl<Q: Send + 'static, A: Send + 'static> Worker<Q, A> {
    /// Starts the thread. `make` runs on it, so that what it keeps need not travel. It ends when
    /// the worker is dropped.
    pub fn new<F: FnMut(Q) -> A>(ctx: &Context, make: impl FnOnce() -> F + Send + 'static) -> Self {
        let (questions, asked) = channel::<Q>();
        let (tell, answers) = channel();
        let ctx = ctx.clone();
        std::thread::spawn(move || {
            let mut answer = make();
            while let Ok(first) = asked.recv() {
                let newest = asked.try_iter().last().unwrap_or(first);
                if tell.send(answer(newest)).is_err() {
                    return;
                }
                ctx.request_repaint();
            }
        });
        Worker { questions, answers }
    }

    /// Asks; a question not yet begun is forgotten for this one.
    pub fn ask(&self, question: Q) {
        // The thread ends only with the program or by a fault of a library; the picture then stays.
        let _ = self.questions.send(question);
    }

    /// What was answered since the last call.
    pub fn answers(&self) -> impl Iterator<Item = A> + '_ {
        self.answers.try_iter()
    }
}
