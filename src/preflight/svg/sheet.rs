//! What a finished SVG shows, with its place in the figure; all lengths in points.

use std::collections::BTreeMap;

use usvg::Transform;

use super::quad::Quad;
use crate::figure::Rgb;
use crate::text::{Lang, Text, fill, t};

/// The whole page.
pub(super) struct Sheet<'t> {
    /// Width and height.
    pub size: [f64; 2],
    /// Colour of the page.
    pub ground: Rgb,
    /// Panels and insets, in order.
    pub panels: Vec<Panel>,
    /// Lines of text, in order.
    pub words: Vec<Word<'t>>,
    /// Everything else that is drawn, in order.
    pub shapes: Vec<Shape<'t>>,
    /// Whether there was more than is looked at.
    pub cut: bool,
}

/// A panel or an inset.
pub(super) struct Panel {
    /// Its letter, and whether it is an inset of the panel of that letter.
    pub letter: String,
    pub inset: bool,
    /// Its plot box.
    pub frame: Option<Box4>,
    /// What the file says of its parts.
    pub parts: BTreeMap<Part, Marks>,
}

/// What a part of a panel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Layer(usize),
    Axes,
    Bar,
    Numbers,
    LabelX,
    LabelY,
    LabelBar,
    Letter,
    Handles,
    Notes,
    Legend,
    Other,
}

impl Part {
    /// The part named by the end of an identifier.
    pub fn of(suffix: &str) -> Option<Part> {
        Some(match suffix {
            "axes" => Part::Axes,
            "bar" => Part::Bar,
            "numbers" => Part::Numbers,
            "x" => Part::LabelX,
            "y" => Part::LabelY,
            "z" => Part::LabelBar,
            "letter" => Part::Letter,
            "handles" => Part::Handles,
            "notes" => Part::Notes,
            "legend" => Part::Legend,
            layer => Part::Layer(layer.strip_prefix('l')?.parse().ok()?),
        })
    }

    /// What a line of text in this part is.
    pub const fn word(self) -> Text {
        match self {
            Part::Numbers => t("number", "刻度数字"),
            Part::LabelX | Part::LabelY | Part::LabelBar => t("axis label", "坐标轴标签"),
            Part::Letter => t("panel letter", "分图序号"),
            Part::Legend => t("legend entry", "图例文字"),
            Part::Notes | Part::Handles => t("note", "标注"),
            Part::Layer(_) | Part::Axes | Part::Bar | Part::Other => t("text", "文字"),
        }
    }

    /// What a line in this part belongs to.
    pub const fn line(self) -> Text {
        match self {
            Part::Axes | Part::Numbers | Part::LabelX | Part::LabelY => t("axes", "坐标轴"),
            Part::Bar | Part::LabelBar => t("colour bar", "色标"),
            Part::Legend => t("legend", "图例"),
            Part::Notes | Part::Handles | Part::Letter => t("notes", "标注"),
            Part::Layer(_) => t("data", "数据"),
            Part::Other => t("drawing", "图形"),
        }
    }
}

/// What the attributes of a part say; the names are those of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Marks {
    /// Its name in the legend.
    pub name: Option<String>,
    /// What kind of layer it is.
    pub kind: Option<String>,
    /// Its markers.
    pub marker: Option<String>,
    /// Its hatching.
    pub hatch: Option<String>,
    /// The unit a label prints; empty for a pure number.
    pub unit: Option<String>,
    /// Words there was no room for.
    pub left_out: Option<String>,
}

/// Where in the figure something is: which panel, if any, and which part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub panel: Option<usize>,
    pub part: Part,
}

/// A rectangle with sides along the page: left, upper, right, lower.
pub(super) type Box4 = [f64; 4];

/// A line of text.
pub(super) struct Word<'t> {
    pub text: &'t usvg::Text,
    pub string: String,
    pub place: Place,
    /// From the units of the text to points.
    pub to_page: Transform,
    /// The inked boxes of its spans.
    pub quads: Vec<Quad>,
    pub color: Rgb,
    /// Colour of the rim drawn around the letters.
    pub rim: Option<Rgb>,
    pub clip: Option<Box4>,
}

/// A path or a picture.
pub(super) struct Shape<'t> {
    pub node: &'t usvg::Node,
    pub place: Place,
    /// From its units to points.
    pub to_page: Transform,
    pub clip: Option<Box4>,
    /// Opacity of the groups it lies in.
    pub opacity: f64,
}

impl Sheet<'_> {
    /// Whether nothing is drawn but the ground.
    pub fn is_empty(&self) -> bool {
        let whole = |s: &Shape<'_>| s.fills(self.size) && matches!(s.node, usvg::Node::Path(_));
        self.words.is_empty() && self.shapes.iter().all(whole)
    }

    /// What the file says of the part at `place`.
    pub fn marks(&self, place: Place) -> Option<&Marks> {
        self.panels.get(place.panel?)?.parts.get(&place.part)
    }

    /// Words for the panel of `place`.
    pub fn whereabouts(&self, place: Place, lang: Lang) -> String {
        let Some(panel) = place.panel.and_then(|k| self.panels.get(k)) else {
            return t("outside the panels", "分图之外").get(lang).to_owned();
        };
        let pattern = if panel.inset {
            t("in the inset of panel {}", "分图 {} 的插图中")
        } else {
            t("in panel {}", "分图 {} 中")
        };
        fill(pattern.get(lang), &[&panel.letter])
    }

    /// The words of one part of a panel, joined.
    pub fn said(&self, place: Place) -> String {
        let words = self.words.iter().filter(|w| w.place == place);
        words.map(|w| w.string.as_str()).collect::<Vec<_>>().join(" ")
    }
}

impl Shape<'_> {
    /// Whether it covers a page of `size`.
    pub fn fills(&self, size: [f64; 2]) -> bool {
        let [left, upper, right, lower] = self.bounds();
        left < 0.1 && upper < 0.1 && right > size[0] - 0.1 && lower > size[1] - 0.1
    }

    /// What shows of it: its box including strokes, cut by its clip.
    pub fn bounds(&self) -> Box4 {
        let local = match self.node {
            usvg::Node::Path(path) => path.stroke_bounding_box(),
            other => other.bounding_box(),
        };
        let [l, u, r, d] = Quad::new(local, self.to_page).bounds();
        match self.clip {
            Some(c) => [l.max(c[0]), u.max(c[1]), r.min(c[2]), d.min(c[3])],
            None => [l, u, r, d],
        }
    }
}

/// Points per unit along a transform, as the root of its area.
pub(super) fn scale(transform: Transform) -> f64 {
    let Transform { sx, kx, ky, sy, .. } = transform;
    f64::from(sx * sy - kx * ky).abs().sqrt()
}

/// The opaque colour a paint shows; gradients count as their first stop, patterns as none.
pub(super) fn color(paint: &usvg::Paint) -> Option<Rgb> {
    let rgb = |c: usvg::Color| Rgb(c.red, c.green, c.blue);
    match paint {
        usvg::Paint::Color(c) => Some(rgb(*c)),
        usvg::Paint::LinearGradient(g) => g.stops().first().map(|s| rgb(s.color())),
        usvg::Paint::RadialGradient(g) => g.stops().first().map(|s| rgb(s.color())),
        usvg::Paint::Pattern(_) => None,
    }
}
