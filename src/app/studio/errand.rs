//! What takes long and happens once: saving, copying, saving a batch.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use egui::{ColorImage, Context};

use super::darkroom::{Subject, whole};
use super::origin::Origin;
use super::press::{Fault, drawing};
use super::report::show_size;
use crate::app::panels::toast::Toast;
use crate::export::atomic_write;
use crate::files::{Artwork, Composition, save_run, saved};
use crate::text::{Lang, fill, studio as words};

/// What is to be done.
pub enum Order {
    /// The figure's files.
    Save(Box<Job>),
    /// Its pixels on the clipboard.
    CopyPng(Arc<Subject>),
    /// Its drawing on the clipboard.
    CopySvg(Arc<Subject>),
}

/// Files to be written.
pub struct Job {
    /// The runs, each with what its file names end in.
    pub runs: Vec<(String, Origin)>,
    /// The figure of each.
    pub figure: Composition,
    /// Where to.
    pub folder: PathBuf,
    /// What the file names begin with.
    pub stem: String,
}

enum News {
    Progress(usize, usize),
    Said(Toast),
    Pixels(ColorImage),
    Drawing(String),
}

/// One errand under way.
struct Errand {
    news: Receiver<News>,
    cancel: Arc<AtomicBool>,
    progress: (usize, usize),
}

/// The errand under way, if any.
#[derive(Default)]
pub struct Errands(Option<Errand>);

impl Drop for Errands {
    fn drop(&mut self) {
        self.cancel();
    }
}

impl Errands {
    /// Sends somebody, unless somebody is under way. Sentences are in `lang`.
    pub fn send(&mut self, ctx: &Context, order: Order, lang: Lang) {
        if self.0.is_some() {
            return;
        }
        let (tell, news) = channel();
        let cancel = Arc::new(AtomicBool::new(false));
        let (stop, ctx) = (cancel.clone(), ctx.clone());
        std::thread::spawn(move || {
            let desk = Counter { tell, ctx, stop, lang };
            desk.run(order);
            let ctx = desk.ctx.clone();
            // The end of the line is news too.
            drop(desk);
            ctx.request_repaint();
        });
        self.0 = Some(Errand { news, cancel, progress: (0, 1) });
    }

    /// How much is done, of how much; `None` when nobody is under way.
    pub fn progress(&self) -> Option<(usize, usize)> {
        self.0.as_ref().map(|e| e.progress)
    }

    /// Calls the errand off; files already written stay.
    pub fn cancel(&self) {
        if let Some(errand) = &self.0 {
            errand.cancel.store(true, Ordering::Relaxed);
        }
    }

    /// Takes in what has come: copies to the clipboard, messages to show.
    pub fn collect(&mut self, ctx: &Context, lang: Lang) -> Vec<Toast> {
        let mut said = Vec::new();
        let Some(errand) = &mut self.0 else { return said };
        loop {
            match errand.news.try_recv() {
                Ok(News::Progress(done, all)) => errand.progress = (done, all),
                Ok(News::Said(toast)) => said.push(toast),
                Ok(News::Pixels(image)) => {
                    let size = image.size.map(|n| n.to_string());
                    said.push(good(fill(words::COPIED_PNG.get(lang), &[&size[0], &size[1]])));
                    ctx.copy_image(image);
                }
                Ok(News::Drawing(text)) => {
                    said.push(good(fill(words::COPIED_SVG.get(lang), &[&show_size(text.len())])));
                    ctx.copy_text(text);
                }
                Err(TryRecvError::Empty) => return said,
                Err(TryRecvError::Disconnected) => {
                    self.0 = None;
                    return said;
                }
            }
        }
    }
}

/// A message that something was done.
fn good(text: String) -> Toast {
    Toast { text, warning: false }
}

/// A message that something was refused.
pub fn refused(text: String) -> Toast {
    Toast { text, warning: true }
}

/// Where the thread leaves its news.
struct Counter {
    tell: Sender<News>,
    ctx: Context,
    stop: Arc<AtomicBool>,
    lang: Lang,
}

impl Counter {
    fn say(&self, news: News) {
        // Nobody listens any more when the window is closed.
        let _ = self.tell.send(news);
        self.ctx.request_repaint();
    }

    fn run(&self, order: Order) {
        let news = match order {
            Order::Save(job) => return self.save(&job),
            Order::CopyPng(subject) => {
                text_of(&subject).and_then(|text| Ok(whole(&text, subject.figure.dpi)?)).map(News::Pixels)
            }
            Order::CopySvg(subject) => text_of(&subject).map(News::Drawing),
        };
        self.say(news.unwrap_or_else(|e| News::Said(refused(e.say(self.lang)))));
    }

    fn save(&self, job: &Job) {
        if let Err(e) = std::fs::create_dir_all(&job.folder) {
            let parts = [job.folder.display().to_string(), e.to_string()];
            self.say(News::Said(refused(fill(words::NO_FOLDER.get(self.lang), &[&parts[0], &parts[1]]))));
            return;
        }
        let (mut names, mut fault) = (Vec::new(), None);
        for (k, (suffix, origin)) in job.runs.iter().enumerate() {
            if self.stop.load(Ordering::Relaxed) {
                break;
            }
            self.say(News::Progress(k, job.runs.len()));
            // One sentence is enough when every file fails for the same reason.
            if let Err(e) = write(job, suffix, origin, &mut names) {
                fault.get_or_insert(e);
            }
        }
        if !names.is_empty() {
            self.say(News::Said(good(self.what_was_saved(&names, &job.folder))));
        }
        if let Some(fault) = fault {
            self.say(News::Said(refused(fault.say(self.lang))));
        }
    }

    fn what_was_saved(&self, names: &[String], folder: &Path) -> String {
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        if names.len() <= 6 {
            return saved(names, &folder, self.lang);
        }
        let count = names.len().to_string();
        fill(words::SAVED_MANY.get(self.lang), &[&count, &folder.display().to_string()])
    }
}

fn text_of(subject: &Subject) -> Result<String, Fault> {
    Ok(drawing(&subject.origin.open()?, &subject.figure)?)
}

/// Writes the files of one run; their names join `names` as they are written.
fn write(job: &Job, suffix: &str, origin: &Origin, names: &mut Vec<String>) -> Result<(), Fault> {
    let session = origin.open()?;
    let stem = format!("{}{suffix}", job.stem);
    let formats = &job.figure.formats;
    for (format, bytes) in formats.iter().zip(Artwork::new(&session, &job.figure)?.all(formats)?) {
        let name = format!("{stem}.{}", format.extension());
        atomic_write(&job.folder.join(&name), &bytes)?;
        names.push(name);
    }
    if job.figure.table {
        let name = format!("{stem}-run.csv");
        save_run(&session, &job.folder.join(&name), job.figure.lang)?;
        names.push(name);
    }
    Ok(())
}
