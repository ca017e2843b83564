//! Short messages that go by themselves, or sooner.

use std::time::Duration;

use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, Area, Context, Frame, Stroke, TextStyle, vec2};

use crate::app::theme::Skin;
use crate::app::widgets::{Icon, icon_button};
use crate::figure::Ink;
use crate::text::{Lang, shell as words, ui};

/// How wide the words of a message may be.
const WIDTH: f32 = 520.0;

/// How long a message stays.
const STAY: Duration = Duration::from_secs(7);

/// How long a refusal stays: it has to be read.
const STAY_WARNING: Duration = Duration::from_secs(14);

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

    /// Draws them and lets time pass; a message that is pointed at stays.
    pub fn show(&mut self, ctx: &Context, skin: Skin, lang: Lang, wall: Duration) {
        self.0.retain(|(toast, age)| *age < if toast.warning { STAY_WARNING } else { STAY });
        if self.0.is_empty() {
            return;
        }
        ctx.request_repaint_after(Duration::from_millis(100));
        let (mut dismissed, mut read) = (None, None);
        Area::new(egui::Id::unique("toasts")).anchor(Align2::CENTER_BOTTOM, vec2(0.0, -96.0)).show(ctx, |ui| {
            for (i, (toast, _)) in self.0.iter().enumerate() {
                let (gone, hovered) = ui.push_id(i, |ui| message(ui, &skin, lang, toast)).inner;
                dismissed = dismissed.or(gone.then_some(i));
                read = read.or(hovered.then_some(i));
            }
        });
        for (i, (_, age)) in self.0.iter_mut().enumerate() {
            *age = if read == Some(i) { Duration::ZERO } else { *age + wall.min(Duration::from_millis(100)) };
        }
        if let Some(i) = dismissed {
            self.0.remove(i);
        }
    }
}

/// One message with its buttons; whether it was dismissed, and whether it is pointed at.
fn message(ui: &mut egui::Ui, skin: &Skin, lang: Lang, toast: &Toast) -> (bool, bool) {
    let ink = if toast.warning { Ink::Amber } else { Ink::Controller };
    let frame =
        Frame::new().fill(skin.well).corner_radius(8.0).inner_margin(10.0).stroke(Stroke::new(1.0, skin.ink(ink)));
    let shown = frame.show(ui, |ui| {
        // As high as its words: a layout that fills what there is would be as high as the window.
        let words = TextFormat::simple(TextStyle::Body.resolve(ui.style()), ui.visuals().text_color());
        let mut job = LayoutJob::single_section(toast.text.clone(), words);
        job.wrap.max_width = WIDTH.min(ui.ctx().content_rect().width() - 160.0);
        let text = ui.painter().layout_job(job);
        ui.horizontal(|ui| {
            ui.add(egui::Label::new(text));
            if toast.warning && ui.button(ui::COPY.get(lang)).clicked() {
                ui.ctx().copy_text(toast.text.clone());
            }
            icon_button(ui, skin, Icon::Close, 20.0, false, words::DISMISS.get(lang)).clicked()
        })
        .inner
    });
    (shown.inner, shown.response.contains_pointer())
}
