//! The numbers of a figure as one tree, for programs that read them.
//!
//! The provenance comes first, on a line of its own, then the figure: panels, their axes, every
//! layer with its columns in data units, and insets as panels of their own. Members keep one order.
//! Numbers read back to the same bits; a gap is `null`.

use super::Provenance;
use super::csv::number;
use super::provenance::KEY;
use crate::figure::{Axis, Figure, Handle, Inset, Layer, Panel, Rich, Rule, Scale, fit_ranges};

/// A value of the tree.
enum Node<'a> {
    Null,
    Flag(bool),
    Number(f64),
    Count(usize),
    Text(String),
    /// A column, printed on one line.
    Column(&'a [f64]),
    List(Vec<Node<'a>>),
    Map(Members<'a>),
}

type Members<'a> = Vec<(&'static str, Node<'a>)>;

/// Prints the numbers behind every layer of a figure.
pub fn json(figure: &Figure<'_>, provenance: &Provenance, title: &str) -> String {
    let tree = Node::Map(vec![
        ("id", text(figure.id)),
        ("title", text(title)),
        ("caption", text(&figure.caption)),
        ("panels", Node::List(figure.panels.iter().map(panel).collect())),
    ]);
    let mut out = format!("{{\n  {}: {},\n  \"figure\": ", quoted(KEY), provenance.to_json());
    tree.print(&mut out, 1);
    out.push_str("\n}\n");
    out
}

fn panel<'a>(panel: &'a Panel<'_>) -> Node<'a> {
    Node::Map(members(panel))
}

fn members<'a>(panel: &'a Panel<'_>) -> Members<'a> {
    let [x, y] = fit_ranges(panel);
    vec![
        ("id", text(panel.id)),
        ("x", axis(&panel.x, x)),
        ("y", axis(&panel.y, y)),
        ("layers", Node::List(panel.layers.iter().map(layer).collect())),
        ("handles", Node::List(panel.handles.iter().map(handle).collect())),
        ("insets", Node::List(panel.insets.iter().map(inset).collect())),
    ]
}

fn inset<'a>(inset: &'a Inset<'_>) -> Node<'a> {
    let mut all = members(&inset.panel);
    all.insert(1, ("place", inset.place.as_ref().map_or(Node::Null, |place| Node::Column(place))));
    Node::Map(all)
}

fn axis(axis: &Axis, range: [f64; 2]) -> Node<'static> {
    let (scale, linear) = match axis.scale {
        Scale::Linear => ("linear", None),
        Scale::Log => ("log", None),
        Scale::SymLog(linear) => ("symlog", Some(("linear_within", Node::Number(linear)))),
    };
    let range = Node::List(range.map(Node::Number).into());
    let mut all = vec![("label", rich(&axis.label)), ("unit", text(axis.unit)), ("scale", text(scale))];
    all.extend(linear);
    all.push(("range", range));
    Node::Map(all)
}

fn handle(handle: &Handle) -> Node<'_> {
    let all = vec![("name", text(&handle.name)), ("label", rich(&handle.label)), ("at", Node::Column(&handle.at))];
    Node::Map(all)
}

/// A layer: its kind, its name, then its columns.
fn layer<'a>(layer: &'a Layer<'_>) -> Node<'a> {
    use Node::{Column, Count, Flag, Number};
    let (kind, name, columns): (_, _, Members<'a>) = match layer {
        Layer::Line(l) => ("line", &l.name, vec![("x", Column(&l.x)), ("y", Column(&l.y))]),
        Layer::Points(p) => ("points", &p.name, vec![("x", Column(&p.x)), ("y", Column(&p.y))]),
        Layer::Region(r) => ("region", &r.name, vec![("x", Column(&r.x)), ("y", Column(&r.y))]),
        Layer::Band(b) => {
            ("band", &b.name, vec![("x", Column(&b.x)), ("low", Column(&b.low)), ("high", Column(&b.high))])
        }
        Layer::Bars(b) => {
            ("bars", &b.name, vec![("width", Number(b.width)), ("x", Column(&b.x)), ("height", Column(&b.height))])
        }
        Layer::Histogram(h) => ("histogram", &h.name, vec![("edges", Column(&h.edges)), ("height", Column(&h.height))]),
        Layer::ErrorBars(e) => {
            let mut all = vec![("along_x", Flag(e.along_x)), ("x", Column(&e.x)), ("y", Column(&e.y))];
            all.extend([("low", Column(&e.low)), ("high", Column(&e.high))]);
            ("error_bars", &e.name, all)
        }
        Layer::HeatMap(m) => {
            let mut all = vec![("quantity", rich(&m.label)), ("range", Column(&m.range)), ("x", Column(&m.x))];
            all.extend([("y", Column(&m.y)), ("nx", Count(m.nx)), ("values", Column(&m.values))]);
            ("heat_map", &None, all)
        }
        Layer::Facets(f) => {
            let mut all = vec![("quantity", rich(&f.label)), ("range", Column(&f.range)), ("x", Column(&f.x))];
            all.extend([("y", Column(&f.y)), ("values", Column(&f.values)), ("light", Column(&f.light))]);
            ("surface", &None, all)
        }
        Layer::Contours(c) => {
            let mut all = vec![("x", Column(&c.x)), ("y", Column(&c.y)), ("nx", Count(c.nx))];
            all.extend([("levels", Column(&c.levels)), ("values", Column(&c.values))]);
            ("contours", &c.name, all)
        }
        Layer::Streamlines(s) => {
            let mut all = vec![("x", Column(&s.x)), ("y", Column(&s.y)), ("nx", Count(s.nx))];
            all.extend([("u", Column(&s.u)), ("v", Column(&s.v))]);
            ("streamlines", &s.name, all)
        }
        Layer::Arrows(a) => {
            let all = vec![("x", Column(&a.x)), ("y", Column(&a.y)), ("u", Column(&a.u)), ("v", Column(&a.v))];
            ("arrows", &a.name, all)
        }
        Layer::Rule(Rule::X(at, ..)) => ("rule", &None, vec![("x", Number(*at))]),
        Layer::Rule(Rule::Y(at, ..)) => ("rule", &None, vec![("y", Number(*at))]),
        Layer::Text(t) => ("text", &None, vec![("at", Column(&t.at)), ("text", rich(&t.text))]),
        Layer::Callout(c) => ("callout", &None, vec![("at", Column(&c.at)), ("text", rich(&c.text))]),
    };
    let name = name.as_ref().map_or(Node::Null, rich);
    Node::Map([("kind", text(kind)), ("name", name)].into_iter().chain(columns).collect())
}

fn text(text: &str) -> Node<'static> {
    Node::Text(text.to_owned())
}

fn rich(label: &Rich) -> Node<'static> {
    Node::Text(label.plain())
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

impl Node<'_> {
    /// Appends the value; what it holds stands `depth + 1` steps from the margin.
    fn print(&self, out: &mut String, depth: usize) {
        match self {
            Node::Null => out.push_str("null"),
            Node::Flag(flag) => out.push_str(&flag.to_string()),
            Node::Number(value) => finite(out, *value),
            Node::Count(count) => out.push_str(&count.to_string()),
            Node::Text(text) => out.push_str(&quoted(text)),
            Node::Column(numbers) => {
                out.push('[');
                for (k, value) in numbers.iter().enumerate() {
                    out.push_str(if k > 0 { ", " } else { "" });
                    finite(out, *value);
                }
                out.push(']');
            }
            Node::List(items) if items.is_empty() => out.push_str("[]"),
            Node::List(items) => block(out, depth, ['[', ']'], items, |out, item| item.print(out, depth + 1)),
            Node::Map(members) => block(out, depth, ['{', '}'], members, |out, (name, value)| {
                out.push_str(&format!("{}: ", quoted(name)));
                value.print(out, depth + 1);
            }),
        }
    }
}

/// Items between brackets, one a line.
fn block<T>(out: &mut String, depth: usize, [open, close]: [char; 2], items: &[T], print: impl Fn(&mut String, &T)) {
    out.push(open);
    for (k, item) in items.iter().enumerate() {
        out.push_str(if k > 0 { ",\n" } else { "\n" });
        out.push_str(&"  ".repeat(depth + 1));
        print(out, item);
    }
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
    out.push(close);
}

fn finite(out: &mut String, value: f64) {
    if value.is_finite() { number(out, value) } else { out.push_str("null") }
}
