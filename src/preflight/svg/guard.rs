//! What a file may not do: exhaust its reader, run programs, fetch parts from elsewhere.

use std::collections::BTreeMap;

use roxmltree::{Document, Node, NodeType};

use super::super::report::{Check, Desk, quoted};
use crate::text::t;

/// Deepest nesting of elements, copies included.
const DEPTH: usize = 100;
/// Most elements once every copy is written out.
const ELEMENTS: usize = 500_000;
/// Most lines of text, each of which has to be laid out.
const TEXTS: usize = 20_000;
/// Most comparisons of style rules with elements.
const MATCHES: usize = 100_000_000;

/// Whether laying `document` out would take more than any figure needs.
pub(super) fn too_much(document: &Document<'_>) -> bool {
    let nodes = document.descendants().count();
    let styles = document.descendants().filter(|n| n.has_tag_name("style")).filter_map(|n| n.text());
    let texts = document.descendants().filter(|n| n.has_tag_name("text") || n.has_tag_name("tspan")).count();
    let rules: usize = styles.map(|s| s.matches('{').count()).sum();
    texts > TEXTS || nodes.saturating_mul(rules) > MATCHES || copies(document).is_none()
}

/// Elements once every `use` is written out; `None` beyond [`DEPTH`] or [`ELEMENTS`].
fn copies(document: &Document<'_>) -> Option<usize> {
    let shallow = document.descendants().all(|n| n.ancestors().take(DEPTH + 1).count() <= DEPTH);
    let ids = document.descendants().filter_map(|n| Some((n.attribute("id")?, n)));
    let mut counter = Counter { ids: ids.collect(), known: BTreeMap::new() };
    counter.count(document.root(), 0).filter(|n| shallow && *n <= ELEMENTS)
}

struct Counter<'a, 'input> {
    ids: BTreeMap<&'a str, Node<'a, 'input>>,
    /// Elements below those that are copied.
    known: BTreeMap<u32, usize>,
}

impl<'a, 'input> Counter<'a, 'input> {
    fn count(&mut self, node: Node<'a, 'input>, depth: usize) -> Option<usize> {
        if depth > DEPTH {
            return None;
        }
        let mut sum: usize = 1;
        if let Some(target) = used(node).and_then(|id| self.ids.get(id)).copied() {
            let size = match self.known.get(&target.id().get()) {
                Some(size) => *size,
                None => self.count(target, depth + 1)?,
            };
            self.known.insert(target.id().get(), size);
            sum = sum.saturating_add(size);
        }
        for child in node.children().filter(Node::is_element) {
            sum = sum.saturating_add(self.count(child, depth + 1)?);
        }
        Some(sum)
    }
}

/// The identifier a `use` copies.
fn used<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    let is_use = node.tag_name().name() == "use";
    is_use.then(|| node.attributes().find(|a| a.name() == "href")?.value().strip_prefix('#')).flatten()
}

/// Hands in scripts and references that leave the file.
pub(super) fn outside(document: &Document<'_>, desk: &mut Desk<'_>) {
    let script = t("The file contains a program ({}); figures contain none", "文件含有脚本（{}）；插图不应含脚本");
    let foreign = t("The file needs “{}” from outside itself", "文件依赖外部内容“{}”");
    for node in document.root().descendants() {
        if let NodeType::PI = node.node_type() {
            let sheet = node.pi().filter(|pi| pi.target == "xml-stylesheet").and_then(|pi| pi.value);
            sheet.into_iter().for_each(|value| desk.fault(Check::Readable, foreign, &[&quoted(value)]));
        }
        let tag = node.tag_name().name();
        if matches!(tag, "script" | "foreignObject") {
            desk.fault(Check::Readable, script, &[&tag]);
        }
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            if name.starts_with("on") || value.trim_start().starts_with("javascript:") {
                desk.fault(Check::Readable, script, &[&name]);
            } else if name == "href" && tag != "a" && !value.starts_with(['#']) && !value.starts_with("data:") {
                desk.fault(Check::Readable, foreign, &[&quoted(value)]);
            } else if let Some(link) = fetched(value) {
                desk.fault(Check::Readable, foreign, &[&quoted(link)]);
            }
        }
        if let Some(link) = node.text().filter(|_| tag == "style").and_then(fetched) {
            desk.fault(Check::Readable, foreign, &[&quoted(link)]);
        }
    }
}

/// The first address a style fetches something from.
fn fetched(style: &str) -> Option<&str> {
    let addresses = style.split("url(").skip(1).map(|tail| tail.split(')').next().unwrap_or(tail));
    let bare = addresses.map(|a| a.trim().trim_matches(['"', '\'']));
    let far = bare.filter(|a| !a.starts_with('#') && !a.starts_with("data:")).find(|a| !a.is_empty());
    far.or_else(|| style.split("@import").nth(1).map(str::trim))
}
