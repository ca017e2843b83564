//! Files dropped on the window, or chosen in it: what they hold is read on another thread.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};

use egui::{Align2, Area, Context, Id, LayerId, Order, Stroke, StrokeKind};

use super::theme::bold;
use super::{Ask, Desk};
use crate::files::keep::{OpenError, Opened};
use crate::text::{Lang, fill, studio as words};

/// What a file holds, or a sentence.
type Found = Result<Opened, String>;

/// The file being read, if any.
#[derive(Default)]
pub struct Opener(Option<(PathBuf, Receiver<Found>)>);

impl Opener {
    /// Raises an [`Ask::Open`] for a file that was dropped, and says so while one hovers.
    pub fn watch(ctx: &Context, desk: &mut Desk<'_>) {
        let (hovering, dropped) = ctx.input(|i| {
            let first = i.raw.dropped_files.first().map(|f| f.path().to_owned());
            (!i.raw.hovered_files.is_empty(), first)
        });
        desk.asks.extend(dropped.map(Ask::Open));
        if hovering {
            let all = ctx.content_rect();
            let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("drop")));
            painter.rect_filled(all, 0.0, desk.skin.ground.gamma_multiply(0.85));
            let edge = Stroke::new(3.0, desk.skin.accent);
            painter.rect_stroke(all.shrink(16.0), 12.0, edge, StrokeKind::Inside);
            Area::new(Id::unique("drop-text"))
                .order(Order::Tooltip)
                .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
                .show(ctx, |ui| {
                    ui.label(egui::RichText::new(desk.say(words::DROP)).font(bold(20.0)).color(desk.skin.text))
                });
        }
    }

    /// Starts to read a file.
    pub fn open(&mut self, ctx: &Context, path: PathBuf, lang: Lang) {
        let (tell, found) = channel();
        let (ctx, file) = (ctx.clone(), path.clone());
        std::thread::spawn(move || {
            // Nobody waits any more when another file was dropped meanwhile.
            let _ = tell.send(read(&file, lang));
            ctx.request_repaint();
        });
        self.0 = Some((path, found));
    }

    /// The file that was read since the last call, and what it holds.
    pub fn opened(&mut self) -> Option<(PathBuf, Found)> {
        let found = self.0.as_ref()?.1.try_recv().ok()?;
        let (path, _) = self.0.take()?;
        Some((path, found))
    }
}

/// The name of a file, short enough for a sentence.
pub fn short(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .chars()
        .filter(|c| !c.is_control())
        .take(80)
        .collect()
}

fn read(path: &Path, lang: Lang) -> Found {
    let name = short(path);
    let refused = |e: OpenError| fill(words::NOT_OURS.get(lang), &[&name, &e.say(lang)]);
    Opened::read(path).map_err(refused)
}
