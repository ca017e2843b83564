//! The map of a sweep while the window is open: measured on a thread of its own, coarse first.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};

use egui::{Align2, Button, Context, Rect, RichText, Ui, vec2};

use super::theme::plain;
use super::{Ask, Desk};
use crate::scenes::models::sweep::{LEVELS, Sweep, SweepMap};
use crate::session::Session;
use crate::text::{fill, survey as words};

/// A map being measured.
struct Job {
    sweep: Sweep,
    maps: Receiver<SweepMap>,
    stop: Arc<AtomicBool>,
    /// Levels that are there.
    done: usize,
}

/// Measures the map that is looked at, one at a time.
#[derive(Default)]
pub struct Surveyor {
    job: Option<Job>,
    /// What was stopped by hand and is not begun again by itself.
    stopped: Option<Sweep>,
}

impl Surveyor {
    /// Begins a map and lets the one before go.
    pub fn begin(&mut self, ctx: &Context, sweep: Sweep) {
        self.stop();
        self.stopped = None;
        let (tell, maps) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let (ctx, work, stopped) = (ctx.clone(), sweep.clone(), stop.clone());
        std::thread::spawn(move || {
            // One processor is left to the window.
            let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
            let threads = threads.saturating_sub(1).max(1);
            for cells in LEVELS {
                let Some(map) = work.map(cells, threads, &stopped) else { return };
                if tell.send(map).is_err() {
                    return;
                }
                ctx.request_repaint();
            }
        });
        self.job = Some(Job { sweep, maps, stop, done: 0 });
    }

    /// Stops what is being measured; what is there stays.
    pub fn stop(&mut self) {
        if let Some(job) = self.job.take() {
            job.stop.store(true, Ordering::Relaxed);
            self.stopped = Some(job.sweep);
        }
    }

    /// Hands the newest map to the session.
    pub fn deliver(&mut self, session: &mut Session) {
        let Some(job) = &mut self.job else { return };
        let new: Vec<SweepMap> = job.maps.try_iter().collect();
        job.done += new.len();
        if let Some(map) = new.into_iter().last() {
            session.attach(Arc::new(map));
        }
        if job.done >= LEVELS.len() {
            self.job = None;
        }
    }

    /// Cells along each side of the map being measured.
    fn measuring(&self, sweep: &Sweep) -> Option<usize> {
        self.job.as_ref().filter(|job| job.sweep == *sweep).and_then(|job| LEVELS.get(job.done).copied())
    }
}

impl Drop for Surveyor {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What lies over the tile of a sweep: a veil while its map is that of other values, how far the
/// measuring is, and a button to stop it or go on. Asks for a map where there is none.
pub fn overlay(ui: &mut Ui, desk: &mut Desk<'_>, plot: Rect) {
    let Some(sweep) = desk.session.sweep() else { return };
    let map = desk.session.sweep_map();
    let fresh = map.as_ref().is_some_and(|map| map.sweep == sweep);
    if fresh && map.as_ref().is_some_and(|map| map.is_finished()) {
        return;
    }
    if !fresh {
        ui.painter().rect_filled(plot, 0.0, desk.skin.card.gamma_multiply(0.55));
    }
    let stopped = desk.survey.stopped.as_ref() == Some(&sweep);
    let (said, button) = match desk.survey.measuring(&sweep) {
        Some(cells) => {
            let n = cells.to_string();
            (fill(desk.say(words::MEASURING), &[&n, &n]), words::STOP)
        }
        None if stopped => (desk.say(words::STOPPED).to_owned(), words::GO_ON),
        None => {
            desk.asks.push(Ask::Survey(Some(Box::new(sweep))));
            return;
        }
    };
    let corner = plot.right_bottom() - vec2(14.0, 52.0);
    let place = Align2::RIGHT_BOTTOM.anchor_size(corner, vec2(72.0, 22.0));
    let text = RichText::new(desk.say(button)).font(plain(12.0));
    if ui.put(place, Button::new(text)).on_hover_text(desk.say(words::STOP_HELP)).clicked() {
        desk.asks.push(Ask::Survey(stopped.then(|| Box::new(sweep))));
    }
    let galley = ui.painter().layout_no_wrap(said, plain(12.0), desk.skin.text);
    let back = Align2::RIGHT_CENTER.anchor_size(place.left_center() - vec2(10.0, 0.0), galley.size());
    ui.painter().rect_filled(back.expand2(vec2(6.0, 2.0)), 4.0, desk.skin.card.gamma_multiply(0.85));
    ui.painter().galley(back.min, galley, desk.skin.text);
}
