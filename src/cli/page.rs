//! Options of every command that saves figures.

use super::Usage;
use crate::export::{MEDIA, Page};
use crate::files::Composition;
use crate::param::{parse_number, show_number};
use crate::text::{Lang, fill, t};

/// The sheet figures are printed on.
#[derive(Debug, clap::Args)]
pub struct PageArguments {
    /// Width in millimetres: 89 single, 122 book, 183 double, or any; 183 by default
    #[arg(long, value_name = "MM")]
    width: Vec<String>,
    /// Height in millimetres; that of the panels by default
    #[arg(long, value_name = "MM")]
    height: Option<String>,
    /// Lettering in points; 7 by default
    #[arg(long, value_name = "PT")]
    font: Option<String>,
    /// Data lines in points; 1 by default
    #[arg(long, value_name = "PT")]
    line: Option<String>,
    /// Resolution of PNG in dots per inch; 300 by default
    #[arg(long, value_name = "DPI")]
    dpi: Option<String>,
    /// Leaves out the panel letters a, b, c
    #[arg(long)]
    no_letters: bool,
    /// Leaves out the white ground
    #[arg(long)]
    transparent: bool,
    /// Colours for print, light or dark; print by default
    #[arg(long)]
    medium: Option<String>,
}

impl PageArguments {
    /// One page per width, in the order given.
    pub fn pages(&self, lang: Lang) -> Result<Vec<Page>, Usage> {
        let usual = Page::default();
        let height_mm =
            self.height.as_deref().map(|text| number("--height", text, [15.0, 2000.0], "mm", lang)).transpose()?;
        let or = |name, text: &Option<String>, usual, range, unit| {
            text.as_deref().map_or(Ok(usual), |text| number(name, text, range, unit, lang))
        };
        let page = Page {
            height_mm,
            font_pt: or("--font", &self.font, usual.font_pt, [4.0, 72.0], "pt")?,
            line_pt: or("--line", &self.line, usual.line_pt, [0.1, 20.0], "pt")?,
            letters: !self.no_letters,
            transparent: self.transparent,
            medium: self.medium(lang)?,
            ..usual
        };
        let mut pages: Vec<Page> = Vec::new();
        for text in &self.width {
            let width_mm = number("--width", text, [20.0, 2000.0], "mm", lang)?;
            if pages.iter().all(|p| p.width_mm != width_mm) {
                pages.push(Page { width_mm, ..page.clone() });
            }
        }
        Ok(if pages.is_empty() { vec![page] } else { pages })
    }

    /// The one page.
    pub fn page(&self, lang: Lang) -> Result<Page, Usage> {
        let mut pages = self.pages(lang)?;
        match (pages.pop(), pages.is_empty()) {
            (Some(page), true) => Ok(page),
            _ => Err(Usage(t("--width is given once here", "此处 --width 只能给一次").get(lang).into())),
        }
    }

    /// Dots per inch of PNG.
    pub fn dpi(&self, lang: Lang) -> Result<f64, Usage> {
        let range = Composition::DPI_RANGE;
        self.dpi.as_deref().map_or(Ok(Composition::DPI), |text| number("--dpi", text, range, "dpi", lang))
    }

    fn medium(&self, lang: Lang) -> Result<crate::figure::Medium, Usage> {
        let Some(name) = &self.medium else { return Ok(Page::default().medium) };
        MEDIA.iter().find(|(_, id)| id == name).map(|(medium, _)| *medium).ok_or_else(|| {
            let text = t("there is no medium “{}”; there are: {}", "没有媒介“{}”；可用的有：{}");
            Usage(fill(text.get(lang), &[name, &MEDIA.map(|(_, id)| id).join(", ")]))
        })
    }
}

/// The number of an option, or the sentence that says what it takes.
pub fn number(option: &str, text: &str, [low, high]: [f64; 2], unit: &str, lang: Lang) -> Result<f64, Usage> {
    parse_number(text).filter(|x| (low..=high).contains(x)).ok_or_else(|| {
        let sentence = t("{} takes {} to {} {}, not “{}”", "{} 可取 {} 至 {} {}，不能是“{}”");
        Usage(fill(sentence.get(lang), &[option, &show_number(low), &show_number(high), unit, text]))
    })
}
