//! What was found: checks, verdicts, sentences and their order.

use std::fmt::Display;

use std::collections::BTreeMap;

use super::Wanted;
use crate::text::{Lang, Text, fill, t};

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// The file can be read, shows one page and needs nothing outside itself.
    Readable,
    /// Its width is the wanted one, to 0.05 mm.
    Width,
    /// Smallest lettering.
    Lettering,
    /// Thinnest line.
    Lines,
    /// Every face is embedded and none is Type 3; text is text.
    Fonts,
    /// Every axis has a label, with a unit where it is a quantity of one.
    Labels,
    /// Series differ in grey, by lightness, dash or marker.
    Grey,
    /// Series differ under the three colour-vision deficiencies.
    ColourBlind,
    /// Words cover neither data nor one another, and none is cut.
    Overlap,
    /// Resolution of pictures.
    Resolution,
    /// Size of the file.
    Size,
}

impl Check {
    /// All checks, in the order of a report.
    pub const ALL: [Check; 11] = [
        Check::Readable,
        Check::Width,
        Check::Lettering,
        Check::Lines,
        Check::Fonts,
        Check::Labels,
        Check::Grey,
        Check::ColourBlind,
        Check::Overlap,
        Check::Resolution,
        Check::Size,
    ];

    /// The tag used in files.
    pub const fn tag(self) -> &'static str {
        match self {
            Check::Readable => "readable",
            Check::Width => "width",
            Check::Lettering => "lettering",
            Check::Lines => "lines",
            Check::Fonts => "fonts",
            Check::Labels => "labels",
            Check::Grey => "grey",
            Check::ColourBlind => "colour-blind",
            Check::Overlap => "overlap",
            Check::Resolution => "resolution",
            Check::Size => "size",
        }
    }

    /// A short name for lists.
    pub const fn name(self, lang: Lang) -> &'static str {
        let name = match self {
            Check::Readable => t("File", "文件"),
            Check::Width => t("Width", "宽度"),
            Check::Lettering => t("Lettering", "字号"),
            Check::Lines => t("Lines", "线宽"),
            Check::Fonts => t("Fonts", "字体"),
            Check::Labels => t("Axis labels", "坐标轴标签"),
            Check::Grey => t("In grey", "灰度可辨"),
            Check::ColourBlind => t("Colour-blind readers", "色觉障碍可辨"),
            Check::Overlap => t("Overlap", "遮挡"),
            Check::Resolution => t("Resolution", "分辨率"),
            Check::Size => t("File size", "文件大小"),
        };
        name.get(lang)
    }
}

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Holds.
    Pass,
    /// Cannot be told from this kind of file, or is worth knowing.
    Note,
    /// Does not hold.
    Fault,
}

impl Verdict {
    /// The tag used in files.
    pub const fn tag(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Note => "note",
            Verdict::Fault => "fault",
        }
    }
}

/// One line of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What was looked at.
    pub check: Check,
    /// How it came out.
    pub verdict: Verdict,
    /// The sentence that says so, with the measured number.
    pub detail: String,
}

/// What was found in one file, in the order of [`Check`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// One per check that applies to the format.
    pub findings: Vec<Finding>,
}

impl Report {
    /// The findings that are faults.
    pub fn faults(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| f.verdict == Verdict::Fault)
    }

    /// The finding of `check`, if it applies to the format.
    pub fn of(&self, check: Check) -> Option<&Finding> {
        self.findings.iter().find(|f| f.check == check)
    }

    /// The gravest verdict; a report without findings passes.
    pub fn worst(&self) -> Verdict {
        self.findings.iter().map(|f| f.verdict).max().unwrap_or(Verdict::Pass)
    }

    /// The report as JSON: the gravest verdict and one object per finding.
    pub fn to_json(&self) -> serde_json::Value {
        let finding =
            |f: &Finding| serde_json::json!({"check": f.check.tag(), "verdict": f.verdict.tag(), "detail": f.detail});
        let findings: Vec<_> = self.findings.iter().map(finding).collect();
        serde_json::json!({"verdict": self.worst().tag(), "findings": findings})
    }
}

/// Where findings are handed in while a file is inspected.
pub(super) struct Desk<'w> {
    pub wanted: &'w Wanted,
    pub lang: Lang,
    found: BTreeMap<Check, Pile>,
}

/// The first of the gravest sentences on one check, and how many more are as grave.
struct Pile {
    verdict: Verdict,
    detail: String,
    more: usize,
}

impl<'w> Desk<'w> {
    pub fn new(wanted: &'w Wanted, lang: Lang) -> Self {
        Desk { wanted, lang, found: BTreeMap::new() }
    }

    pub fn pass(&mut self, check: Check, text: Text, parts: &[&dyn Display]) {
        self.hand_in(check, Verdict::Pass, text, parts);
    }

    pub fn note(&mut self, check: Check, text: Text, parts: &[&dyn Display]) {
        self.hand_in(check, Verdict::Note, text, parts);
    }

    pub fn fault(&mut self, check: Check, text: Text, parts: &[&dyn Display]) {
        self.hand_in(check, Verdict::Fault, text, parts);
    }

    /// A pass if nothing was handed in on `check` yet.
    pub fn else_pass(&mut self, check: Check, text: Text, parts: &[&dyn Display]) {
        if !self.found.contains_key(&check) {
            self.pass(check, text, parts);
        }
    }

    /// Adds a sentence; graver ones replace milder ones, equals are counted.
    pub fn hand_in(&mut self, check: Check, verdict: Verdict, text: Text, parts: &[&dyn Display]) {
        let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let detail = fill(text.get(self.lang), &parts);
        match self.found.get_mut(&check) {
            Some(pile) if pile.verdict > verdict => {}
            Some(pile) if pile.verdict == verdict => pile.more += 1,
            _ => {
                self.found.insert(check, Pile { verdict, detail, more: 0 });
            }
        }
    }

    pub fn report(self) -> Report {
        let more = t("{} (and {} more)", "{}（另有 {} 处）").get(self.lang);
        let finding = |(check, pile): (Check, Pile)| {
            let Pile { verdict, detail, more: count } = pile;
            let detail = if count > 0 { fill(more, &[&detail, &count.to_string()]) } else { detail };
            Finding { check, verdict, detail }
        };
        Report { findings: self.found.into_iter().map(finding).collect() }
    }
}

/// A length with at most two decimals and at least one: `5.0`, `0.25`.
pub(super) fn decimal(value: f64) -> String {
    let text = format!("{value:.2}");
    text.strip_suffix('0').map(str::to_owned).unwrap_or(text)
}

/// The first characters of `text`, for quoting.
pub(super) fn quoted(text: &str) -> String {
    const MOST: usize = 24;
    let plain: Vec<&str> = text.split_whitespace().collect();
    let plain = plain.join(" ");
    if plain.chars().count() <= MOST {
        return plain;
    }
    let head: String = plain.chars().take(MOST - 1).collect();
    format!("{}…", head.trim_end())
}

/// The width of a file against the wanted one, in millimetres.
pub(super) fn width(found: f64, desk: &mut Desk<'_>) {
    /// How far a width may be off, in millimetres.
    const TOLERANCE: f64 = 0.05;
    let shown = format!("{found:.2}");
    match desk.wanted.width_mm {
        Some(wanted) if !((found - wanted).abs() <= TOLERANCE) => {
            let text = t("The page is {} mm wide; {} mm wanted", "图宽 {} mm；要求 {} mm");
            desk.fault(Check::Width, text, &[&shown, &decimal(wanted)]);
        }
        Some(wanted) => {
            let text = t("The page is {} mm wide, {} mm wanted", "图宽 {} mm，要求 {} mm");
            desk.pass(Check::Width, text, &[&shown, &decimal(wanted)]);
        }
        None => desk.pass(
            Check::Width,
            t("The page is {} mm wide, any width wanted", "图宽 {} mm，对宽度没有要求"),
            &[&shown],
        ),
    }
}
