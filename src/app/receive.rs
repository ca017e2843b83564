//! Data that was dropped on the window: put where scenes find it, and the scene that uses it opened.

use super::App;
use crate::data::Recognised;
use crate::files::deliver;

impl App {
    /// Takes data that was read, as one change that can be taken back.
    pub(super) fn receive(&mut self, data: Recognised) {
        let delivery = deliver(self.opener.tray(), data, self.lang);
        self.say(delivery.said);
        let Some(command) = delivery.door.and_then(|door| door.command(&self.session)) else { return };
        self.session.seal();
        if let Err(e) = self.command(command) {
            self.toasts.warn(e.say(self.lang));
        }
    }
}
