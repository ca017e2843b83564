//! The numbers of a figure as one rectangular table.
//!
//! Comment lines (`#`) with title, caption and provenance come first, then one header row and the
//! data. Every layer fills columns of its own, named `panel | series | quantity (unit)`; layers of
//! a panel that share their abscissae share that column; the panel of an inset is `panel/inset`.
//! Short columns end in empty cells. Numbers read back to the same bits; a gap is `NaN`.

use std::borrow::Cow;

use super::Provenance;
use super::provenance::KEY;
use crate::figure::{Figure, Layer, Panel, Rule, along};

/// One column before it is printed.
struct Column<'a> {
    head: String,
    cells: Cells<'a>,
}

enum Cells<'a> {
    Numbers(Cow<'a, [f64]>),
    Words(Vec<String>),
}

/// Prints the numbers behind every layer of a figure.
pub fn csv(figure: &Figure<'_>, provenance: &Provenance, title: &str) -> String {
    print(&[("title", title), ("caption", &figure.caption)], provenance, &columns(figure))
}

/// Prints named columns of numbers, such as the trace of a run, in the same form.
pub fn table_csv(table: &[(String, &[f64])], provenance: &Provenance, title: &str) -> String {
    let column = |(head, numbers): &(String, &'_ [f64])| Column {
        head: head.clone(),
        cells: Cells::Numbers(Cow::Owned(numbers.to_vec())),
    };
    print(&[("title", title)], provenance, &table.iter().map(column).collect::<Vec<_>>())
}

/// Comment lines, the header row and the data.
fn print(head: &[(&str, &str)], provenance: &Provenance, columns: &[Column<'_>]) -> String {
    let mut out = String::new();
    for (name, text) in head.iter().chain(&[(KEY, provenance.to_json().as_str())]) {
        out.push_str(&format!("# {name}: {}\n", one_line(text)));
    }
    let length = |c: &Column<'_>| match &c.cells {
        Cells::Numbers(n) => n.len(),
        Cells::Words(w) => w.len(),
    };
    let rows = columns.iter().map(length).max().unwrap_or(0);
    row(&mut out, columns, |out, column| word(out, &column.head));
    for k in 0..rows {
        row(&mut out, columns, |out, column| match &column.cells {
            Cells::Numbers(numbers) => numbers.get(k).into_iter().for_each(|n| number(out, *n)),
            Cells::Words(words) => words.get(k).into_iter().for_each(|w| word(out, w)),
        });
    }
    out
}

fn row<'a>(out: &mut String, columns: &[Column<'a>], mut cell: impl FnMut(&mut String, &Column<'a>)) {
    for (k, column) in columns.iter().enumerate() {
        if k > 0 {
            out.push(',');
        }
        cell(out, column);
    }
    out.push('\n');
}

fn columns<'a>(figure: &'a Figure<'_>) -> Vec<Column<'a>> {
    let mut columns = Vec::new();
    for panel in &figure.panels {
        columns.append(&mut Table::of(panel, panel.id.to_owned()).columns);
        for inset in &panel.insets {
            columns.append(&mut Table::of(&inset.panel, format!("{}/{}", panel.id, inset.panel.id)).columns);
        }
    }
    columns
}

/// The columns of one panel.
struct Table<'a, 'f> {
    panel: &'a Panel<'f>,
    /// What its columns are called after.
    id: String,
    columns: Vec<Column<'a>>,
}

impl<'a, 'f> Table<'a, 'f> {
    fn of(panel: &'a Panel<'f>, id: String) -> Self {
        let mut table = Table { panel, id, columns: Vec::new() };
        for (k, layer) in panel.layers.iter().enumerate() {
            table.layer(layer, k);
        }
        table.handles();
        table
    }

    fn layer(&mut self, layer: &'a Layer<'_>, k: usize) {
        let (x, y) = (self.panel.x.full_label().plain(), self.panel.y.full_label().plain());
        let named = |name: &Option<crate::figure::Rich>, kind: &str| {
            name.as_ref().map_or_else(|| format!("{kind} {}", k + 1), crate::figure::Rich::plain)
        };
        match layer {
            Layer::Line(l) => self.curve(&named(&l.name, "line"), [&l.x, &l.y]),
            Layer::Points(p) => self.curve(&named(&p.name, "points"), [&p.x, &p.y]),
            Layer::Region(r) => self.curve(&named(&r.name, "region"), [&r.x, &r.y]),
            Layer::Bars(b) => self.curve(&named(&b.name, "bars"), [&b.x, &b.height]),
            Layer::Band(b) => {
                let name = named(&b.name, "band");
                self.shared(&name, &b.x);
                self.numbers(&name, &format!("low, {y}"), Cow::Borrowed(&*b.low));
                self.numbers(&name, &format!("high, {y}"), Cow::Borrowed(&*b.high));
            }
            Layer::Histogram(h) => {
                let name = named(&h.name, "histogram");
                self.numbers(&name, &format!("edges, {x}"), Cow::Borrowed(&*h.edges));
                self.numbers(&name, &y, Cow::Borrowed(&*h.height));
            }
            Layer::ErrorBars(e) => {
                let name = named(&e.name, "error bars");
                let along = if e.along_x { &x } else { &y };
                self.curve(&name, [&e.x, &e.y]);
                self.numbers(&name, &format!("low, {along}"), Cow::Borrowed(&*e.low));
                self.numbers(&name, &format!("high, {along}"), Cow::Borrowed(&*e.high));
            }
            Layer::HeatMap(map) => {
                let scales = [self.panel.x.scale, self.panel.y.scale];
                let centre = move |axis: usize, range, i: usize, n: usize| {
                    along(range, scales[axis], (i as f64 + 0.5) / n as f64)
                };
                self.grid(
                    &format!("map {}", k + 1),
                    map.nx,
                    [map.x, map.y],
                    centre,
                    &[(&map.label.plain(), &map.values)],
                );
            }
            Layer::Facets(f) => {
                let name = format!("surface {}", k + 1);
                self.curve(&name, [&f.x, &f.y]);
                self.numbers(&name, &f.label.plain(), Cow::Borrowed(&*f.values));
                self.numbers(&name, "light", Cow::Borrowed(&*f.light));
            }
            Layer::Contours(c) => {
                let name = named(&c.name, "contours");
                self.grid(&name, c.nx, [c.x, c.y], node, &[("value", &c.values)]);
                self.numbers(&name, "levels", Cow::Borrowed(&c.levels));
            }
            Layer::Streamlines(s) => {
                let (u, v) = (format!("component along {x}"), format!("component along {y}"));
                let name = named(&s.name, "streamlines");
                self.grid(&name, s.nx, [s.x, s.y], node, &[(&u, &s.u), (&v, &s.v)]);
            }
            Layer::Arrows(a) => {
                let name = named(&a.name, "arrows");
                self.curve(&name, [&a.x, &a.y]);
                self.numbers(&name, &format!("length along {x}"), Cow::Borrowed(&*a.u));
                self.numbers(&name, &format!("length along {y}"), Cow::Borrowed(&*a.v));
            }
            Layer::Rule(Rule::X(at, ..)) => self.numbers(&format!("rule {}", k + 1), &x, Cow::Owned(vec![*at])),
            Layer::Rule(Rule::Y(at, ..)) => self.numbers(&format!("rule {}", k + 1), &y, Cow::Owned(vec![*at])),
            Layer::Text(t) => self.words(&format!("text {}", k + 1), &[(t.at, t.text.plain())]),
            Layer::Callout(c) => self.words(&format!("callout {}", k + 1), &[(c.at, c.text.plain())]),
        }
    }

    fn handles(&mut self) {
        let handles: Vec<_> = self.panel.handles.iter().map(|h| (h.at, h.label.plain())).collect();
        if !handles.is_empty() {
            self.words("handles", &handles);
        }
    }

    fn curve(&mut self, series: &str, [x, y]: [&'a [f64]; 2]) {
        self.shared(series, x);
        let quantity = self.panel.y.full_label().plain();
        self.numbers(series, &quantity, Cow::Borrowed(y));
    }

    /// Abscissae, unless the columns before these stand on the same ones.
    fn shared(&mut self, series: &str, x: &'a [f64]) {
        let quantity = self.panel.x.full_label().plain();
        let tail = format!(" | {quantity}");
        let last = self.columns.iter().rev().find(|c| c.head.ends_with(&tail));
        let bits = |v: &[f64]| v.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        let same =
            last.is_some_and(|c| matches!(&c.cells, Cells::Numbers(n) if n.len() == x.len() && bits(n) == bits(x)));
        if !same {
            self.numbers(series, &quantity, Cow::Borrowed(x));
        }
    }

    /// Values on a grid of `nx` per row, each with the place `at` gives it.
    fn grid(
        &mut self,
        series: &str,
        nx: usize,
        [x, y]: [[f64; 2]; 2],
        at: impl Fn(usize, [f64; 2], usize, usize) -> f64,
        values: &[(&str, &'a [f64])],
    ) {
        let nx = nx.max(1);
        let ny = values.iter().map(|(_, v)| v.len()).min().unwrap_or(0) / nx;
        let (quantity_x, quantity_y) = (self.panel.x.full_label().plain(), self.panel.y.full_label().plain());
        self.numbers(series, &quantity_x, (0..nx * ny).map(|k| at(0, x, k % nx, nx)).collect());
        self.numbers(series, &quantity_y, (0..nx * ny).map(|k| at(1, y, k / nx, ny)).collect());
        for (quantity, values) in values {
            self.numbers(series, quantity, Cow::Borrowed(&values[..nx * ny]));
        }
    }

    fn words(&mut self, series: &str, words: &[([f64; 2], String)]) {
        let (x, y) = (self.panel.x.full_label().plain(), self.panel.y.full_label().plain());
        self.numbers(series, &x, words.iter().map(|w| w.0[0]).collect());
        self.numbers(series, &y, words.iter().map(|w| w.0[1]).collect());
        let head = self.head(series, "label");
        self.columns.push(Column { head, cells: Cells::Words(words.iter().map(|w| w.1.clone()).collect()) });
    }

    fn numbers(&mut self, series: &str, quantity: &str, numbers: Cow<'a, [f64]>) {
        let head = self.head(series, quantity);
        self.columns.push(Column { head, cells: Cells::Numbers(numbers) });
    }

    fn head(&self, series: &str, quantity: &str) -> String {
        format!("{} | {series} | {quantity}", self.id)
    }
}

/// Node `i` of `n` from the first to the last, along either axis.
fn node(_: usize, [first, last]: [f64; 2], i: usize, n: usize) -> f64 {
    let share = i as f64 / (n.max(2) - 1) as f64;
    first * (1.0 - share) + last * share
}

/// The shortest text that reads back to the same bits.
pub(super) fn number(out: &mut String, value: f64) {
    let size = value.abs();
    if value.is_finite() && size != 0.0 && !(1e-5..1e17).contains(&size) {
        out.push_str(&format!("{value:e}"));
    } else {
        out.push_str(&value.to_string());
    }
}

/// A quoted cell; one that a spreadsheet would run as a formula starts with an apostrophe.
fn word(out: &mut String, text: &str) {
    let text = one_line(text);
    let risky = text.starts_with(['=', '+', '-', '@', '\t']);
    let plain = !risky && !text.contains([',', '"', '#']) && text.trim() == text;
    if plain {
        out.push_str(&text);
        return;
    }
    out.push('"');
    if risky {
        out.push('\'');
    }
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
