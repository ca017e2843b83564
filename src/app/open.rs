//! Files dropped on the window, or chosen in it: what they hold is read on another thread.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::{Align2, Area, Context, Id, LayerId, Order, Stroke, StrokeKind};

use super::theme::bold;
use super::{Ask, Desk};
use crate::data::Tray;
use crate::files::keep::{OpenError, Opened};
use crate::text::{Lang, fill, studio as words};

/// What a file holds, or a sentence.
type Found = Result<Opened, String>;

/// Most files that are read at once; of more the newest are.
const MOST: usize = 8;

/// The files being read, in the order they were asked for.
#[derive(Default)]
pub struct Opener {
    reading: VecDeque<(PathBuf, Receiver<Found>)>,
    tray: Tray,
}

impl Opener {
    /// Raises an [`Ask::Open`] for every file that was dropped, and says so while one hovers.
    pub fn watch(ctx: &Context, desk: &mut Desk<'_>) {
        let (hovering, dropped) = ctx.input(|i| {
            let paths: Vec<PathBuf> = i.raw.dropped_files.iter().take(MOST).map(|f| f.path().to_owned()).collect();
            (!i.raw.hovered_files.is_empty(), paths)
        });
        desk.asks.extend(dropped.into_iter().map(Ask::Open));
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
            // Nobody waits any more when many other files were dropped meanwhile.
            let _ = tell.send(read(&file, lang));
            ctx.request_repaint();
        });
        self.reading.push_back((path, found));
        if self.reading.len() > MOST {
            self.reading.pop_front();
        }
    }

    /// The file that was read since the last call, and what it holds.
    pub fn opened(&mut self) -> Option<(PathBuf, Found)> {
        let found = match self.reading.front()?.1.try_recv() {
            Err(TryRecvError::Empty) => return None,
            // Nothing comes of a thread that is gone.
            found => found.ok(),
        };
        let (path, _) = self.reading.pop_front()?;
        Some((path, found?))
    }

    /// Where labels wait for their images.
    pub fn tray(&mut self) -> &mut Tray {
        &mut self.tray
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
