//! What is open in the window at the moment, apart from what is remembered.

use egui::Vec2;

/// A part of the window that can be shown or put away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The list of scenes and presets.
    Chapter,
    /// Parameters and read-outs.
    Side,
    /// The moving pictures.
    Machines,
    /// The command palette.
    Palette,
    /// The shortcut sheet.
    Sheet,
    /// The form that names a layout.
    Layouts,
    /// A sentence of help beside everything.
    Explain,
    /// The card for those who are here for the first time.
    Welcome,
}

/// Which parts are open, and which tile keys act on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stance {
    /// Panels put away or fetched by hand; the others come and go with the room there is.
    panels: [Option<bool>; 3],
    /// Windows and modes.
    open: [bool; 5],
    /// The tile that keys act on.
    pub tile: usize,
    /// Whether that tile was reached by keys, so that it is worth showing which it is.
    pub ringed: bool,
}

/// From what size of the window on a panel is there by itself, in points.
const ROOM: [Vec2; 3] = [Vec2::new(1160.0, 0.0), Vec2::new(840.0, 0.0), Vec2::new(0.0, 680.0)];

impl Stance {
    /// Whether a part is shown in a window of this size.
    pub fn shows(&self, part: Part, size: Vec2) -> bool {
        match part as usize {
            i @ 0..3 => self.panels[i].unwrap_or(size.x >= ROOM[i].x && size.y >= ROOM[i].y),
            i => self.open[i - 3],
        }
    }

    /// Shows a part or puts it away.
    pub fn set(&mut self, part: Part, on: bool, size: Vec2) {
        match part as usize {
            i @ 0..3 => {
                self.panels[i] = None;
                // What comes by itself goes by itself again.
                self.panels[i] = (self.shows(part, size) != on).then_some(on);
            }
            i => self.open[i - 3] = on,
        }
    }
}
