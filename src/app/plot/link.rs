//! What all plots of the bench share: the moment under the pointer and the stretch of the clock shown.

/// What all plots share, in iterations. It is not part of a session: it goes with the pointer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Link {
    /// The moment under the pointer, as of the frame before.
    pub hover: Option<f64>,
    /// The stretch that clock axes show; all of the run if none.
    pub window: Option<[f64; 2]>,
    /// A stretch that is being chosen.
    pub draft: Option<[f64; 2]>,
    /// The moment found under the pointer in this frame.
    found: Option<f64>,
}

impl Link {
    /// Says which moment lies under the pointer.
    pub fn point_at(&mut self, moment: f64) {
        self.found = Some(moment);
    }

    /// Ends a frame; whether plots look different in the next one.
    pub fn turn(&mut self, after: Link) -> bool {
        let next = Link { hover: after.found, found: None, ..after };
        let changed = next != *self;
        *self = next;
        changed
    }
}
