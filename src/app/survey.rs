//! The maps of sweeps while the window is open: measured on threads of their own, coarse cells first.
//! What is measured is kept, so that a map that was stopped or left goes on where it was.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use egui::{Align2, Button, Context, Label, Rect, RichText, Ui, vec2};

use super::theme::plain;
use super::{Ask, Desk};
use crate::scenes::models::sweep::{Errand, FINEST, LEVELS, Sweep, SweepMap, coarse_first, work};
use crate::session::Session;
use crate::text::{fill, survey as words};

/// Cells of a finished map.
const ALL: usize = FINEST * FINEST;

/// Cells of the first impression.
const FIRST: usize = LEVELS[0] * LEVELS[0];

/// How many maps are kept.
const MOST: usize = 8;

/// How often the window is asked to show what came.
const OFTEN: Duration = Duration::from_millis(100);

/// A map as far as it is measured: the first cells, coarse ones first.
struct Growing {
    sweep: Sweep,
    values: Vec<f64>,
}

/// Threads at work on the last of the maps.
struct Job {
    news: Receiver<Vec<f64>>,
    stop: Arc<AtomicBool>,
}

/// Measures the map that is looked at, one at a time.
#[derive(Default)]
pub struct Surveyor {
    /// The newest last.
    maps: Vec<Growing>,
    job: Option<Job>,
    /// What was stopped by hand and is not begun again by itself.
    stopped: Option<Sweep>,
    /// Whether the session has not seen all there is.
    news: bool,
}

impl Surveyor {
    /// Begins a map, or goes on with it, and lets the one before rest.
    pub fn begin(&mut self, ctx: &Context, sweep: Sweep) {
        self.rest();
        self.stopped = None;
        let map = match self.maps.iter().position(|map| map.sweep == sweep) {
            Some(place) => self.maps.remove(place),
            None => Growing { sweep, values: Vec::new() },
        };
        let (sweep, from) = (map.sweep.clone(), map.values.len());
        self.maps.push(map);
        self.maps.drain(..self.maps.len().saturating_sub(MOST));
        self.news = true;
        if from < ALL {
            let (tell, news) = channel();
            let stop = Arc::new(AtomicBool::new(false));
            let (ctx, stopped) = (ctx.clone(), stop.clone());
            std::thread::spawn(move || measure(&sweep, from, &stopped, &tell, &ctx));
            self.job = Some(Job { news, stop });
        }
    }

    /// Stops what is being measured; what is there stays.
    pub fn stop(&mut self) {
        if self.job.is_some() {
            self.rest();
            self.stopped = self.maps.last().map(|map| map.sweep.clone());
        }
    }

    fn rest(&mut self) {
        self.collect();
        if let Some(job) = self.job.take() {
            job.stop.store(true, Ordering::Relaxed);
        }
    }

    /// Takes in what was measured since the last call.
    fn collect(&mut self) {
        let (Some(job), Some(map)) = (&self.job, self.maps.last_mut()) else { return };
        for block in job.news.try_iter() {
            map.values.extend(block);
            self.news = true;
        }
        if map.values.len() >= ALL {
            self.job = None;
        }
    }

    /// Hands the newest map to the session, as far as it is measured.
    pub fn deliver(&mut self, session: &mut Session) {
        self.collect();
        if let Some(map) = self.maps.last().filter(|map| self.news && map.values.len() >= FIRST) {
            session.attach(Arc::new(SweepMap::growing(map.sweep.clone(), &map.values)));
        }
        self.news = false;
    }

    /// Whether the finished map of a session is there. Begins it where it is not, unless it was stopped.
    pub fn has_finished(&mut self, ctx: &Context, session: &Session) -> bool {
        let Some(sweep) = session.sweep() else { return true };
        if session.sweep_map().is_some_and(|map| map.is_finished() && map.sweep == sweep) {
            return true;
        }
        let begun = self.job.is_some() && self.maps.last().is_some_and(|map| map.sweep == sweep);
        if !begun && self.stopped.as_ref() != Some(&sweep) {
            self.begin(ctx, sweep);
        }
        false
    }

    /// Percent of a map that are measured, and whether more are being measured now.
    fn progress(&self, sweep: &Sweep) -> (usize, bool) {
        let done = self.maps.iter().find(|map| map.sweep == *sweep).map_or(0, |map| map.values.len());
        let now = self.job.is_some() && self.maps.last().is_some_and(|map| map.sweep == *sweep);
        (100 * done / ALL, now)
    }
}

impl Drop for Surveyor {
    fn drop(&mut self) {
        self.rest();
    }
}

/// The work aside of the window: tells every block, and asks for a frame now and then.
fn measure(sweep: &Sweep, from: usize, stop: &AtomicBool, tell: &Sender<Vec<f64>>, ctx: &Context) {
    // One processor is left to the window.
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = threads.saturating_sub(1).max(1);
    let order = |k: usize| coarse_first().get(k).copied().unwrap_or(0);
    let errand = Errand { sweep, cells: [FINEST; 2], order: &order, from, to: ALL };
    let mut asked = Instant::now();
    work(errand, threads, stop, &mut |block| {
        if tell.send(block.to_vec()).is_err() {
            stop.store(true, Ordering::Relaxed);
        }
        if asked.elapsed() >= OFTEN {
            asked = Instant::now();
            ctx.request_repaint();
        }
    });
    ctx.request_repaint();
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
    let (percent, now) = desk.survey.progress(&sweep);
    if !now && !stopped {
        desk.asks.push(Ask::Survey(Some(Box::new(sweep))));
        return;
    }
    let [said, button, help] = match now {
        true => [words::MEASURING, words::STOP, words::STOP_HELP],
        false => [words::STOPPED, words::GO_ON, words::GO_ON_HELP],
    };
    let corner = plot.right_bottom() - vec2(14.0, 52.0);
    let place = Align2::RIGHT_BOTTOM.anchor_size(corner, vec2(72.0, 24.0));
    let back = Rect::from_min_max(place.min - vec2(152.0, 6.0), place.max + vec2(6.0, 6.0));
    ui.painter().rect_filled(back, 6.0, desk.skin.card);
    let bar = Rect::from_min_size(back.left_bottom() + vec2(10.0, -8.0), vec2(132.0, 3.0));
    ui.painter().rect_filled(bar, 1.5, desk.skin.line);
    let done = bar.with_max_x(bar.left() + bar.width() * percent as f32 / 100.0);
    ui.painter().rect_filled(done, 1.5, desk.skin.accent);
    let text = RichText::new(fill(desk.say(said), &[&percent.to_string()])).font(plain(12.0)).color(desk.skin.text);
    ui.put(Rect::from_min_max(back.min + vec2(10.0, 4.0), bar.right_top() - vec2(0.0, 2.0)), Label::new(text));
    let text = RichText::new(desk.say(button)).font(plain(12.0));
    if ui.put(place, Button::new(text)).on_hover_text(desk.say(help)).clicked() {
        desk.asks.push(Ask::Survey((!now).then(|| Box::new(sweep))));
    }
}
