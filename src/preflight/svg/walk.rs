//! Reads a laid-out tree into a [`Sheet`].
//!
//! Geometry comes from the tree, which keeps the identifiers of groups; what attributes say comes
//! from the document, found by identifier.

use std::collections::BTreeMap;

use roxmltree::{Document, Node as Element};
use usvg::{Group, Node, Transform};

use super::quad::Quad;
use super::sheet::{Box4, Marks, Panel, Part, Place, Shape, Sheet, Word, color};
use crate::figure::Rgb;

/// Most shapes, and most panels, that are looked at.
const SHAPES: usize = 100_000;
const PANELS: usize = 200;
/// Points in a unit of a laid-out tree.
const PT: f32 = 0.75;

/// Everything `tree` shows, with what `document` says about it.
pub(super) fn sheet<'t>(document: &Document<'_>, tree: &'t usvg::Tree) -> Sheet<'t> {
    let elements = document.descendants().filter_map(|n| Some((n.attribute("id")?, n)));
    let size = [tree.size().width(), tree.size().height()].map(|v| f64::from(v * PT));
    let sheet = Sheet {
        size,
        ground: Rgb(255, 255, 255),
        panels: Vec::new(),
        words: Vec::new(),
        shapes: Vec::new(),
        cut: false,
    };
    let mut walker = Walker { elements: elements.collect(), sheet };
    let everywhere = State { place: Place { panel: None, part: Part::Other }, clip: None, opacity: 1.0 };
    walker.group(tree.root(), everywhere);
    let mut sheet = walker.sheet;
    sheet.ground = ground(&sheet).unwrap_or(sheet.ground);
    name_panels(&mut sheet);
    sheet
}

struct Walker<'a, 'input, 't> {
    elements: BTreeMap<&'a str, Element<'a, 'input>>,
    sheet: Sheet<'t>,
}

/// What holds for all within a group.
#[derive(Clone, Copy)]
struct State {
    place: Place,
    clip: Option<Box4>,
    opacity: f64,
}

impl<'t> Walker<'_, '_, 't> {
    fn group(&mut self, group: &'t Group, mut state: State) {
        self.enter(group, &mut state.place);
        if let Some(clip) = group.clip_path() {
            let to_page = page(group.abs_transform());
            let own = Quad::new(clip.root().bounding_box(), to_page.pre_concat(clip.transform())).bounds();
            state.clip = Some(state.clip.map_or(own, |c| meet(c, own)));
        }
        state.opacity *= f64::from(group.opacity().get());
        for node in group.children() {
            match node {
                Node::Group(inner) => self.group(inner, state),
                Node::Text(text) => self.sheet.words.extend(word(text, state)),
                Node::Path(path) if !path.is_visible() => {}
                Node::Image(image) if !image.is_visible() => {}
                Node::Path(_) | Node::Image(_) if self.sheet.shapes.len() >= SHAPES => self.sheet.cut = true,
                Node::Path(_) | Node::Image(_) => {
                    let State { place, clip, opacity } = state;
                    self.sheet.shapes.push(Shape { node, place, to_page: page(node.abs_transform()), clip, opacity });
                }
            }
        }
    }

    /// Moves `place` into the panel or part that a group opens.
    fn enter(&mut self, group: &Group, place: &mut Place) {
        let id = group.id();
        let Some((panel, suffix)) = parse(id) else { return };
        let known = |p: &Panel| p.letter == panel;
        let k = self.sheet.panels.iter().position(known).unwrap_or(self.sheet.panels.len());
        if k >= PANELS {
            self.sheet.cut = true;
            return;
        }
        if k == self.sheet.panels.len() {
            let (inset, frame) = (panel.contains('-'), self.frame(id, page(group.abs_transform())));
            self.sheet.panels.push(Panel { letter: panel, inset, frame, parts: BTreeMap::new() });
        }
        *place = Place { panel: Some(k), part: suffix.unwrap_or(Part::Other) };
        let (Some(part), Some(panel)) = (suffix, self.sheet.panels.get_mut(k)) else { return };
        panel.parts.insert(part, self.elements.get(id).map(marks).unwrap_or_default());
    }

    /// The plot box of a panel: what its layers are cut at.
    fn frame(&self, panel: &str, to_page: Transform) -> Option<Box4> {
        let cut = self.elements.get(format!("{panel}-box").as_str())?;
        let rect = cut.children().find(|n| n.has_tag_name("rect"))?;
        let get = |name: &str| rect.attribute(name)?.parse::<f32>().ok().filter(|v| v.is_finite());
        let rect = usvg::Rect::from_xywh(get("x")?, get("y")?, get("width")?, get("height")?)?;
        Some(Quad::new(rect, to_page).bounds())
    }
}

/// The panel an identifier belongs to, such as `1` or `1-2` for its second inset, and the part.
fn parse(id: &str) -> Option<(String, Option<Part>)> {
    let number = |text: &str| text.parse::<u16>().ok().map(|n| n.to_string());
    let mut pieces = id.strip_prefix('p')?.split('-');
    let mut panel = number(pieces.next()?)?;
    let mut next = pieces.next();
    if let Some(inset) = next.and_then(|s| s.strip_prefix('i')).and_then(number) {
        panel = format!("{panel}-{inset}");
        next = pieces.next();
    }
    match next {
        None => Some((panel, None)),
        Some(suffix) => Some((panel, Some(Part::of(suffix)?))),
    }
}

fn marks(element: &Element<'_, '_>) -> Marks {
    let get = |name: &str| element.attribute(name).map(str::to_owned);
    Marks {
        name: get("data-name").filter(|name| !name.trim().is_empty()),
        kind: get("data-kind"),
        marker: get("data-marker"),
        hatch: get("data-hatch"),
        unit: get("data-unit"),
        left_out: get("data-left-out"),
    }
}

fn word(text: &usvg::Text, state: State) -> Option<Word<'_>> {
    let string: String = text.chunks().iter().map(usvg::TextChunk::text).collect();
    let to_page = page(text.abs_transform());
    let ink = text.flattened().children().iter().map(Node::bounding_box);
    let quads: Vec<Quad> = ink.map(|rect| Quad::new(rect, to_page)).collect();
    let span = text.layouted().iter().find(|s| s.visible)?;
    let fill = span.fill.as_ref().and_then(|f| color(f.paint()));
    let rim = span.stroke.as_ref().filter(|_| span.paint_order == usvg::PaintOrder::StrokeAndFill);
    let rim = rim.and_then(|s| color(s.paint()));
    let State { place, clip, .. } = state;
    let color = fill.unwrap_or(Rgb(0, 0, 0));
    (!string.trim().is_empty()).then_some(Word { text, string, place, to_page, quads, color, rim, clip })
}

/// From the units of the tree to points, after `transform`.
fn page(transform: Transform) -> Transform {
    Transform::from_scale(PT, PT).pre_concat(transform)
}

fn meet(a: Box4, b: Box4) -> Box4 {
    [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]
}

/// The colour of a rectangle that fills the page beneath everything else.
fn ground(sheet: &Sheet<'_>) -> Option<Rgb> {
    let first = sheet.shapes.first().filter(|s| s.fills(sheet.size))?;
    let Node::Path(path) = first.node else { return None };
    color(path.fill()?.paint())
}

/// Replaces numbers by the letters printed, or by those of the alphabet.
fn name_panels(sheet: &mut Sheet<'_>) {
    let printed = |k: usize| sheet.said(Place { panel: Some(k), part: Part::Letter }).trim().to_owned();
    let letter = |number: &str| match number.parse::<u8>() {
        Ok(n @ 1..=26) => char::from(b'a' + n - 1).to_string(),
        _ => number.to_owned(),
    };
    let numbers: Vec<String> = sheet.panels.iter().map(|p| p.letter.clone()).collect();
    let outer = |number: &str| number.split('-').next().unwrap_or_default().to_owned();
    let letters: Vec<String> = numbers
        .iter()
        .map(|number| {
            let host = numbers.iter().position(|n| *n == outer(number));
            host.map(printed).filter(|l| !l.is_empty()).unwrap_or_else(|| letter(&outer(number)))
        })
        .collect();
    for (panel, letter) in sheet.panels.iter_mut().zip(letters) {
        panel.letter = letter;
    }
}
