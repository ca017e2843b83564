//! One figure in one language at one width.

use super::manifest::{FileRecord, Manifest, Pair, Record};
use super::{FactoryError, Order, Stage, save};
use crate::export::{Format, Page, layout, read_file, sha256};
use crate::figure::{Rich, rich};
use crate::files::{Artwork, Composition, compose, figure_command};
use crate::session::Session;
use crate::text::Lang;

/// What is to be made.
pub struct Job<'a> {
    /// The scene and its run.
    pub stage: &'a Stage,
    /// View.
    pub view: &'static str,
    /// Language.
    pub lang: Lang,
    /// Page.
    pub page: Page,
    /// Name of its files without their endings.
    pub name: String,
}

/// What was made.
pub struct Done {
    /// As the manifest has it.
    pub record: Record,
    /// Title in both languages, in the order of [`Lang::ALL`].
    pub title: [Rich; 2],
    /// Draft caption in both languages.
    pub caption: [Rich; 2],
    /// Files written; the others were as they should be.
    pub written: usize,
}

impl Job<'_> {
    /// Makes the files that are not as they should be.
    pub fn run(&self, order: &Order, before: &Manifest) -> Result<Done, FactoryError> {
        let session = self.stage.session()?;
        let composition = Composition {
            page: self.page.clone(),
            dpi: order.dpi,
            formats: order.formats.clone(),
            ..Composition::of(self.view, self.lang)
        };
        let artwork = Artwork::new(session, &composition)?;
        let drawing = artwork.bytes(Format::Svg)?;
        let source = sha256(&drawing);
        let old = before.figure(&self.name).filter(|old| old.source == source && !order.force);
        let (mut files, mut written) = (Vec::new(), 0);
        for format in &order.formats {
            let name = format!("{}.{}", self.name, format.extension());
            let as_before = old.and_then(|old| old.files.iter().find(|f| f.name == name));
            if let Some(file) = as_before.filter(|f| is_intact(f, order)) {
                files.push(file.clone());
                continue;
            }
            let bytes = if *format == Format::Svg { drawing.clone() } else { artwork.bytes(*format)? };
            written += usize::from(save(order, &name, &bytes)?);
            files.push(FileRecord::new(name, bytes.len(), sha256(&bytes), &artwork.inspect(&bytes, *format)));
        }
        let [title, caption] = self.words(session, &artwork, &composition);
        let plain = |[en, zh]: &[Rich; 2]| Pair { en: en.plain(), zh: zh.plain() };
        let record = Record {
            id: self.name.clone(),
            scene: self.stage.scene.meta().id.into(),
            view: self.view.into(),
            lang: self.lang,
            title: plain(&title),
            caption: plain(&caption),
            width_mm: self.page.width_mm,
            height_mm: layout(&artwork.figure, &self.page)?.height_mm,
            command: figure_command(session, &composition),
            data: artwork.provenance.data.clone(),
            source,
            files,
        };
        Ok(Done { record, title, caption, written })
    }

    /// Title and caption in both languages.
    fn words(&self, session: &Session, artwork: &Artwork<'_>, composition: &Composition) -> [[Rich; 2]; 2] {
        let of = |lang: Lang| {
            let here = |f: &crate::figure::Figure<'_>| (f.title.clone(), rich(&f.caption));
            if lang == self.lang {
                return here(&artwork.figure);
            }
            compose(session, &Composition { lang, ..composition.clone() }).as_ref().map(here).unwrap_or_default()
        };
        let [(en, en_caption), (zh, zh_caption)] = Lang::ALL.map(of);
        [[en, zh], [en_caption, zh_caption]]
    }
}

/// Whether a file still has the bytes its record tells of.
fn is_intact(file: &FileRecord, order: &Order) -> bool {
    read_file(&order.folder.join(&file.name)).is_ok_and(|b| b.len() == file.bytes && sha256(&b) == file.sha256)
}
