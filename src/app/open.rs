//! Files dropped on the window: their run is opened on the bench.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};

use egui::{Align2, Area, Context, Id, LayerId, Order, Stroke, StrokeKind};

use super::theme::bold;
use super::{Ask, Desk};
use crate::export::{ExportError, Provenance};
use crate::scenes::{Lens, SCENES, SceneError, find, spec_of};
use crate::session::{Command, Event, Plan, Session};
use crate::text::{Lang, fill, studio as words};

/// A larger file is not read, in megabytes.
const LARGEST_MB: u64 = 256;

/// What a file says of its run, or a sentence.
type Found = Result<Provenance, String>;

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

    /// The file that was read since the last call, and what it says.
    pub fn opened(&mut self) -> Option<(String, Found)> {
        let (path, found) = self.0.as_ref()?;
        let found = found.try_recv().ok()?;
        let name = short(path);
        self.0 = None;
        Some((name, found))
    }
}

fn short(path: &Path) -> String {
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
    let unreadable = |e: std::io::Error| fill(words::UNREADABLE.get(lang), &[&name, &e.to_string()]);
    if std::fs::metadata(path).map_err(unreadable)?.len() > LARGEST_MB << 20 {
        return Err(fill(words::TOO_LARGE.get(lang), &[&name, &LARGEST_MB.to_string()]));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let foreign = |e: ExportError| fill(words::NOT_OURS.get(lang), &[&name, &e.say(lang)]);
    Provenance::from_file(&bytes).map_err(foreign)
}

/// The session a file shows, with its lens, mode and iteration.
///
/// # Errors
/// What the scene refuses.
pub fn restore(saved: &Provenance) -> Result<Session, SceneError> {
    let scene = find(&saved.scene).or(SCENES.first().copied().filter(|_| saved.scene.is_empty()));
    let scene = scene.ok_or(SceneError::Refused(words::NO_SCENE))?;
    let mut plan = Plan { seed: saved.seed, ..Plan::new(scene) };
    for (id, text) in &saved.values {
        let value = plan.values.spec(id)?.read(text)?;
        plan.values.set(id, value)?;
    }
    for (at, id, text) in &saved.events {
        let spec = spec_of(scene, id)?;
        plan.events.push(Event { at: *at, id: spec.id, value: spec.read(text)? });
    }
    let mut session = Session::resume(plan)?;
    session.apply(Command::Steps(saved.steps))?;
    for word in saved.view.split(' ').skip(1) {
        let number = |text: &str| text.parse::<u64>().ok();
        let command = match word.split_once('=') {
            None => Lens::from_id(word).map(Command::Lens),
            Some(("mode", n)) => number(n).map(|n| Command::Mode((n as usize).saturating_sub(1))),
            Some(("at", n)) => number(n).map(Command::Seek),
            Some(_) => None,
        };
        command.map_or(Ok(()), |c| session.apply(c))?;
    }
    Ok(session)
}

/// The views a file shows, in reading order.
pub fn views(saved: &Provenance) -> Vec<String> {
    saved.view.split(' ').next().unwrap_or_default().split('+').map(str::to_owned).collect()
}
