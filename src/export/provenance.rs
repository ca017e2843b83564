//! What a file says about where it came from, enough to make it again.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::carrier::find;
use super::hash::short;
use super::{Damage, ExportError, Page};
use crate::figure::Medium;
use crate::text::Lang;

/// Marks the element, chunk, line or key that carries the JSON.
pub(crate) const KEY: &str = "impetus-provenance";

/// Everything needed to make the exact run of a figure again, and the figure itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Provenance {
    /// Scene identifier.
    pub scene: String,
    /// The text the scene was made from, if a reader typed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Parameter id and value at the start, in text form.
    pub values: Vec<(String, String)>,
    /// Changes while it ran: step, parameter id, value.
    pub events: Vec<(u64, String, String)>,
    /// Seed of every random stream.
    pub seed: u64,
    /// Steps taken.
    pub steps: u64,
    /// Runs it is compared with: what differs from this run.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<Pinned>,
    /// What was chosen for views that leave a choice: option and choice, the usual ones left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<(String, String)>,
    /// A stretch of steps set off from the rest, first and last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brush: Option<[u64; 2]>,
    /// Lens identifier.
    pub lens: String,
    /// Eigenmode looked at, from 1.
    pub mode: usize,
    /// The command that measures the map shown, if it was measured by one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sweep: Option<String>,
    /// The step shown as now.
    pub at: u64,
    /// Views shown, in reading order; none for the table of a whole run.
    pub views: Vec<String>,
    /// Columns of the grid of views.
    pub columns: usize,
    /// Sheet and sizes; meaningless for a table.
    pub page: Sizes,
    /// Language of the labels.
    pub lang: Lang,
    /// Version of the program that saved it.
    pub version: String,
    /// Fingerprint of the numbers: 16 hexadecimal digits of the SHA-256 of the CSV below its comments.
    pub data: String,
    /// Whether it was changed after it was saved: found by the checksum that travels with it.
    #[serde(skip)]
    pub edited: bool,
}

/// A run that another is compared with. It has the seed and the steps of that other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pinned {
    /// Parameter id and value where it differs, in text form.
    pub values: Vec<(String, String)>,
    /// Changes while it ran: step, parameter id, value.
    pub events: Vec<(u64, String, String)>,
}

/// The sizes of a printed figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sizes {
    /// Width in millimetres.
    pub width: f64,
    /// Height in millimetres; natural if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<f64>,
    /// Lettering in points.
    pub font: f64,
    /// Data lines in points.
    pub line: f64,
    /// Resolution of PNG in dots per inch.
    pub dpi: f64,
    /// Whether panels carry letters.
    pub letters: bool,
    /// Whether the ground is left out.
    pub transparent: bool,
    /// Identifier of the medium, of [`MEDIA`].
    pub medium: String,
}

/// Every medium with its identifier in files and on the command line.
pub const MEDIA: [(Medium, &str); 3] = [(Medium::Print, "print"), (Medium::Light, "light"), (Medium::Dark, "dark")];

impl Default for Sizes {
    fn default() -> Self {
        Sizes::new(&Page::default(), 300.0)
    }
}

impl Sizes {
    /// The sizes of a page, with the resolution of PNG in dots per inch.
    pub fn new(page: &Page, dpi: f64) -> Self {
        let Page { width_mm, height_mm, font_pt, line_pt, letters, transparent, medium } = *page;
        let id = MEDIA.iter().find(|(m, _)| *m == medium).map_or("", |(_, id)| id);
        Sizes {
            width: width_mm,
            height: height_mm,
            font: font_pt,
            line: line_pt,
            dpi,
            letters,
            transparent,
            medium: id.into(),
        }
    }

    /// The page of these sizes; `None` when there is no such page.
    pub fn page(&self) -> Option<Page> {
        let (medium, _) = MEDIA.into_iter().find(|(_, id)| *id == self.medium)?;
        let page = Page {
            width_mm: self.width,
            height_mm: self.height,
            font_pt: self.font,
            line_pt: self.line,
            letters: self.letters,
            transparent: self.transparent,
            medium,
        };
        page.check().is_ok().then_some(page)
    }
}

impl Provenance {
    /// One line of JSON, its last entry a checksum over the rest.
    pub fn to_json(&self) -> String {
        let body = serde_json::to_string(self).unwrap_or_default();
        let check = serde_json::from_str(&body).map(|v| checksum(&v)).unwrap_or_default();
        let open = body.strip_suffix('}').unwrap_or_default();
        format!("{open},\"check\":\"{check}\"}}")
    }

    /// Reads [`Provenance::to_json`] back; unknown fields are ignored, missing ones are as usual.
    ///
    /// # Errors
    /// [`ExportError::BadProvenance`] saying what cannot be read and where.
    pub fn from_json(json: &str) -> Result<Self, ExportError> {
        let bad = |e: serde_json::Error| {
            use serde_json::error::Category as Kind;
            ExportError::BadProvenance(match e.classify() {
                Kind::Eof | Kind::Io => Damage::CutOff,
                Kind::Syntax => Damage::NotJson(e.column()),
                Kind::Data => Damage::WrongKind(e.column()),
            })
        };
        let mut value: Value = serde_json::from_str(json).map_err(bad)?;
        let entries = value.as_object_mut().ok_or(ExportError::BadProvenance(Damage::WrongKind(1)))?;
        let check = entries.remove("check");
        let mut read: Provenance = serde_json::from_str(json).map_err(bad)?;
        read.edited = check.and_then(|c| c.as_str().map(|c| c != checksum(&value))).unwrap_or(true);
        if read.scene.is_empty() {
            return Err(ExportError::BadProvenance(Damage::NoScene));
        }
        Ok(read)
    }

    /// Finds and reads the provenance in the bytes of a saved file of any format.
    ///
    /// Nothing is decompressed or parsed but the one carrier, so a hostile file costs one scan.
    ///
    /// # Errors
    /// [`ExportError::NoProvenance`] when there is none, [`ExportError::BadProvenance`] when it is
    /// damaged.
    pub fn from_file(bytes: &[u8]) -> Result<Self, ExportError> {
        Self::from_json(&find(bytes)?)
    }
}

/// A fingerprint of the entries, whatever their order and spacing.
fn checksum(entries: &Value) -> String {
    short(entries.to_string().as_bytes())
}
