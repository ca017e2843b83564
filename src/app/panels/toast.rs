//! Short messages that go by themselves.

use std::time::Duration;

use egui::{Align2, Area, Context, Frame, Stroke, vec2};

use crate::app::theme::Skin;
use crate::figure::Ink;

/// How long a message stays.
const STAY: Duration = Duration::from_secs(7);

/// One message.
pub struct Toast {
    /// What it says.
    pub text: String,
    /// Whether something was refused.
    pub warning: bool,
}

/// Messages on display.
#[derive(Default)]
pub struct Toasts(Vec<(Toast, Duration)>);

impl Toasts {
    /// Shows a warning, unless it is on display already.
    pub fn warn(&mut self, text: String) {
        self.extend([Toast { text, warning: true }]);
    }

    /// Shows messages.
    pub fn extend(&mut self, toasts: impl IntoIterator<Item = Toast>) {
        for toast in toasts {
            self.0.retain(|(old, _)| old.text != toast.text);
            self.0.push((toast, Duration::ZERO));
        }
        let excess = self.0.len().saturating_sub(3);
        self.0.drain(..excess);
    }

    /// Draws them and lets time pass.
    pub fn show(&mut self, ctx: &Context, skin: Skin, wall: Duration) {
        for (_, age) in &mut self.0 {
            *age += wall.min(Duration::from_millis(100));
        }
        self.0.retain(|(_, age)| *age < STAY);
        if self.0.is_empty() {
            return;
        }
        ctx.request_repaint_after(Duration::from_millis(100));
        Area::new(egui::Id::unique("toasts")).anchor(Align2::CENTER_BOTTOM, vec2(0.0, -76.0)).show(ctx, |ui| {
            for (toast, _) in &self.0 {
                let ink = if toast.warning { Ink::Amber } else { Ink::Controller };
                let frame = Frame::new().fill(skin.well).corner_radius(8.0).inner_margin(10.0);
                frame.stroke(Stroke::new(1.0, skin.ink(ink))).show(ui, |ui| {
                    ui.set_max_width(560.0);
                    ui.label(&toast.text);
                });
            }
        });
    }
}
