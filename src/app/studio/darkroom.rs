//! From a session to a picture of its finished drawing, away from the window's thread.

use std::sync::Arc;

use egui::{ColorImage, Rect, Vec2, pos2, vec2};
use resvg::tiny_skia::{Pixmap, Transform};

use super::origin::{Kept, Origin};
use super::press::{Fault, drawing};
use super::vision::recolour;
use crate::export::{ExportError, fonts};
use crate::figure::Vision;
use crate::files::Composition;

/// Most pixels of one picture.
const MOST: f32 = 6e6;

/// What is photographed.
#[derive(Clone, PartialEq)]
pub struct Subject {
    /// The run.
    pub origin: Origin,
    /// The figure.
    pub figure: Composition,
}

/// One wish. The sheet is measured in units of 1/96 inch, which are screen points at true size.
#[derive(Clone, PartialEq)]
pub struct Shot {
    /// What.
    pub subject: Arc<Subject>,
    /// Which part of the sheet; `None` is the whole, coarser if it would be too many pixels.
    pub part: Option<Rect>,
    /// Pixels per unit.
    pub scale: f32,
    /// Through whose eyes.
    pub vision: Vision,
    /// The longest side a picture may have, in pixels.
    pub longest: usize,
}

/// A picture of a part of the sheet.
pub struct Picture {
    /// Pixels.
    pub image: ColorImage,
    /// Size of the whole sheet.
    pub sheet: Vec2,
    /// The part shown.
    pub part: Rect,
    /// Pixels per unit.
    pub scale: f32,
}

/// A wish and what became of it.
pub type Print = (Shot, Result<Picture, Fault>);

/// The thread's memory: the run and the drawing it worked on last.
#[derive(Default)]
pub struct Darkroom {
    kept: Kept,
    tree: Option<(Arc<Subject>, usvg::Tree)>,
}

impl Darkroom {
    /// Takes one picture.
    pub fn take(&mut self, shot: Shot) -> Print {
        let picture = self.tree(&shot.subject).and_then(|tree| Ok(picture(tree, &shot)?));
        (shot, picture)
    }

    fn tree(&mut self, subject: &Arc<Subject>) -> Result<&usvg::Tree, Fault> {
        let known = match self.tree.take() {
            Some(known) if known.0 == *subject => known,
            _ => {
                let text = drawing(self.kept.session(&subject.origin)?, &subject.figure)?;
                (subject.clone(), parse(&text)?)
            }
        };
        Ok(&self.tree.insert(known).1)
    }
}

/// A drawing as `dpi` dots per inch, for the clipboard.
///
/// # Errors
/// [`ExportError::Encode`] when it would be too many pixels.
pub fn whole(text: &str, dpi: f64) -> Result<ColorImage, ExportError> {
    let tree = parse(text)?;
    let sheet = vec2(tree.size().width(), tree.size().height());
    raster(&tree, Rect::from_min_size(pos2(0.0, 0.0), sheet), dpi as f32 / 96.0, Vision::Normal)
}

fn parse(text: &str) -> Result<usvg::Tree, ExportError> {
    let fail = |e: usvg::Error| ExportError::Encode { format: "PNG", reason: e.to_string() };
    usvg::Tree::from_str(text, &fonts::options()).map_err(fail)
}

fn picture(tree: &usvg::Tree, shot: &Shot) -> Result<Picture, ExportError> {
    let sheet = vec2(tree.size().width(), tree.size().height());
    let all = Rect::from_min_size(pos2(0.0, 0.0), sheet);
    let part = shot.part.map_or(all, |p| p.intersect(all));
    let part = if part.is_positive() { part } else { all };
    let longest = (shot.longest as f32 - 1.0) / part.width().max(part.height());
    let scale = shot.scale.min(longest).min((MOST / part.area()).sqrt());
    let image = raster(tree, part, scale, shot.vision)?;
    Ok(Picture { image, sheet, part, scale })
}

fn raster(tree: &usvg::Tree, part: Rect, scale: f32, vision: Vision) -> Result<ColorImage, ExportError> {
    let size = [part.width(), part.height()].map(|v| (v * scale).round().max(1.0) as u32);
    let fail = || ExportError::Encode { format: "PNG", reason: format!("{} × {} pixels", size[0], size[1]) };
    // 1.6 GB, as for files.
    let fits = f64::from(size[0]) * f64::from(size[1]) <= 4e8;
    let mut pixels = fits.then(|| Pixmap::new(size[0], size[1])).flatten().ok_or_else(fail)?;
    // A part of the sheet meets the pixels to the hair.
    let stretch = [size[0] as f32 / part.width(), size[1] as f32 / part.height()];
    let shift = Transform::from_translate(-part.left(), -part.top()).post_scale(stretch[0], stretch[1]);
    resvg::render(tree, shift, &mut pixels.as_mut());
    recolour(vision, pixels.data_mut());
    Ok(ColorImage::from_rgba_premultiplied(size.map(|n| n as usize), pixels.data()))
}
