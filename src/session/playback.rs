//! The clock of a session.

use std::time::Duration;

/// Iterations per second at speed ×1.
const PACE: f64 = 8.0;

/// The clock of a session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playback {
    /// Whether it runs.
    pub playing: bool,
    /// Speed factor, 0.01 to 1000.
    pub speed: f64,
    /// Whether it starts over at the end.
    pub looped: bool,
    /// The iteration that counts as now.
    pub now: u64,
    fraction: f64,
}

impl Default for Playback {
    fn default() -> Self {
        Playback { playing: false, speed: 1.0, looped: false, now: 0, fraction: 0.0 }
    }
}

impl Playback {
    /// Slowest and fastest clock; the fastest makes 133 iterations in a sixtieth of a second.
    pub const SPEEDS: [f64; 2] = [0.01, 1000.0];

    /// Starts or stops the clock; at the end of `stretch` it starts over.
    pub(super) fn play(&mut self, on: bool, [first, last]: [u64; 2]) {
        if on && self.now >= last {
            self.now = first;
        }
        (self.playing, self.fraction) = (on, 0.0);
    }

    /// Takes a speed factor if it is a number.
    pub(super) fn set_speed(&mut self, speed: f64) {
        if speed.is_finite() {
            self.speed = speed.clamp(Self::SPEEDS[0], Self::SPEEDS[1]);
        }
    }

    /// Lets `wall` pass within a stretch of iterations of which those up to `done` are computed.
    pub(super) fn tick(&mut self, wall: Duration, [first, last]: [u64; 2], done: u64) {
        if !self.playing {
            return;
        }
        self.fraction += wall.as_secs_f64().min(0.25) * PACE * self.speed;
        let whole = self.fraction.floor();
        self.fraction -= whole;
        self.now = self.now.saturating_add(whole as u64);
        if self.now >= last {
            if self.looped {
                self.now = first;
            } else {
                (self.now, self.playing) = (last, false);
            }
        }
        self.now = self.now.min(done);
    }

    /// How far the clock has gone from now towards the next iteration, 0 to 1.
    pub fn fraction(&self) -> f64 {
        self.fraction
    }
}
