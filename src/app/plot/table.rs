//! A plot in rows of numbers: its twin for those who cannot see it, or want to read it exactly.

use egui::{Align2, Event, Key, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::theme::{Skin, bold, plain};
use crate::figure::{Axis, Column, Figure, Layer, Panel};
use crate::param::show_number;
use crate::scenes::Table;
use crate::text::{Lang, fill, plot as words};

/// Most rows shown.
pub const MOST_ROWS: usize = 100_000;
/// Size of the letters, height of a row, room between columns, narrowest column of numbers.
const LETTERS: f32 = 12.0;
const ROW: f32 = 18.0;
const GAP: f32 = 16.0;
const LEAST: f32 = 64.0;

/// Rows under headings, asked for one at a time.
pub struct Rows<'a> {
    /// What the table shows.
    pub title: String,
    /// What the columns hold; the first is that of the names.
    pub heads: Vec<String>,
    /// How many rows there are.
    pub count: usize,
    /// The cells of a row.
    pub row: Box<dyn Fn(usize) -> Vec<String> + 'a>,
}

/// The named layers of a figure, column beside column; columns that share their x share it here.
pub fn of_figure<'a>(figure: &'a Figure<'_>, lang: Lang) -> Rows<'a> {
    let mut heads = vec![words::ROW.get(lang).to_owned()];
    let mut columns: Vec<&'a [f64]> = Vec::new();
    for panel in &figure.panels {
        let mut last: Option<&[f64]> = None;
        for layer in &panel.layers {
            let Some((x, parts)) = read(layer, panel, lang) else { continue };
            if !last.is_some_and(|l| same(l, x.1)) {
                heads.push(x.0);
                columns.push(x.1);
                last = Some(x.1);
            }
            for (head, column) in parts {
                heads.push(head);
                columns.push(column);
            }
        }
    }
    let count = columns.iter().map(|c| c.len()).max().unwrap_or(0);
    let cell = |column: &&[f64], k: usize| column.get(k).copied().map_or_else(|| "–".to_owned(), show_number);
    let row = move |k: usize| std::iter::once(k.to_string()).chain(columns.iter().map(|c| cell(c, k))).collect();
    Rows { title: figure.title.plain(), heads, count, row: Box::new(row) }
}

type Headed<'a> = (String, &'a [f64]);

/// The abscissae of a named layer and the columns over them.
fn read<'a>(layer: &'a Layer<'_>, panel: &Panel<'_>, lang: Lang) -> Option<(Headed<'a>, Vec<Headed<'a>>)> {
    let name = layer.name()?.plain();
    let unit = |axis: &Axis| if axis.unit.is_empty() { String::new() } else { format!(" ({})", axis.unit) };
    let y = format!("{name}{}", unit(&panel.y));
    let along = |x: &'a Column<'_>| (panel.x.full_label().plain(), &x[..]);
    let edge = |pattern: crate::text::Text| fill(pattern.get(lang), &[&y]);
    Some(match layer {
        Layer::Line(l) => (along(&l.x), vec![(y, &l.y)]),
        Layer::Points(p) => (along(&p.x), vec![(y, &p.y)]),
        Layer::Bars(b) => (along(&b.x), vec![(y, &b.height)]),
        Layer::Histogram(h) => (along(&h.edges), vec![(y, &h.height)]),
        Layer::Band(b) => (along(&b.x), vec![(edge(words::FROM), &b.low), (edge(words::TO), &b.high)]),
        Layer::ErrorBars(e) => {
            let ends = vec![(edge(words::FROM), &e.low[..]), (edge(words::TO), &e.high[..])];
            (along(&e.x), std::iter::once((y.clone(), &e.y[..])).chain(ends).collect())
        }
        Layer::Region(r) => (along(&r.x), vec![(y, &r.y)]),
        _ => return None,
    })
}

/// Whether two columns are one, without reading all of them.
fn same(a: &[f64], b: &[f64]) -> bool {
    let at = |k: usize| a.get(k).map(|v| v.to_bits()) == b.get(k).map(|v| v.to_bits());
    std::ptr::eq(a, b) || a.len() == b.len() && (a.len() < 64 && a == b || at(0) && at(a.len() / 2) && at(a.len() - 1))
}

/// The state of a run; a number that is none is an empty cell.
pub fn of_state(title: String, table: &Table) -> Rows<'_> {
    let heads = std::iter::once(String::new()).chain(table.heads.iter().cloned()).collect();
    let row = |k: usize| {
        let Some((name, numbers)) = table.rows.get(k) else { return Vec::new() };
        std::iter::once(name.clone()).chain(numbers.iter().map(|v| show_number(*v))).collect()
    };
    Rows { title, heads, count: table.rows.len(), row: Box::new(row) }
}

/// Draws a table into the space left, as many rows as there is room for.
pub fn show(ui: &mut Ui, skin: &Skin, lang: Lang, id: egui::Id, rows: &Rows<'_>) {
    if rows.heads.len() < 2 {
        ui.label(words::NO_TABLE.get(lang));
        return;
    }
    let count = rows.count.min(MOST_ROWS);
    if count < rows.count {
        let [shown, all] = [count, rows.count].map(|n| n.to_string());
        ui.label(fill(words::CUT.get(lang), &[&shown, &all]));
    }
    let edges = edges(ui, rows, count);
    let wide = edges.last().copied().unwrap_or(LEAST) + GAP;
    let tall = ui.available_height();
    ScrollArea::horizontal().id_salt(id.with("across")).show(ui, |ui| {
        ui.set_min_width(wide);
        ui.set_height(tall - 8.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        line(ui, skin, &edges, &rows.heads, true);
        body(ui, skin, lang, id, rows, count, &edges);
    });
}

fn body(ui: &mut Ui, skin: &Skin, lang: Lang, id: egui::Id, rows: &Rows<'_>, count: usize, edges: &[f32]) {
    let area = ui.available_rect_before_wrap();
    let response = ui.interact(area, id.with("table"), Sense::focusable_noninteractive());
    let name = || fill(words::TABLE.get(lang), &[&rows.title, &count.to_string()]);
    response.widget_info(|| WidgetInfo::labeled(Role::Table, true, name()));
    let mut scroll = ScrollArea::vertical().id_salt(id.with("down")).auto_shrink(false);
    let memory = id.with("offset");
    let offset = ui.data(|d| d.get_temp::<f32>(memory)).unwrap_or(0.0);
    if response.has_focus() {
        ui.painter().rect_stroke(area, 3.0, (1.0, skin.accent), egui::StrokeKind::Inside);
        let page = (area.height() / ROW - 1.0).max(1.0);
        let end = count as f32;
        let by = keys(
            ui,
            response.id,
            &[
                (Key::ArrowDown, 1.0),
                (Key::ArrowUp, -1.0),
                (Key::PageDown, page),
                (Key::PageUp, -page),
                (Key::End, end),
                (Key::Home, -end),
            ],
        );
        if by != 0.0 {
            let most = (end * ROW - area.height()).max(0.0);
            scroll = scroll.vertical_scroll_offset((offset + by * ROW).clamp(0.0, most));
        }
    }
    let shown = scroll.show_rows(ui, ROW, count, |ui, range| {
        for k in range {
            line(ui, skin, edges, &(rows.row)(k), false);
        }
    });
    ui.data_mut(|d| d.insert_temp(memory, shown.state.clamped_offset().y));
}

/// How many rows the keys pressed in this frame go.
fn keys(ui: &Ui, id: egui::Id, steps: &[(Key, f32)]) -> f32 {
    let arrows = egui::EventFilter { vertical_arrows: true, ..Default::default() };
    ui.memory_mut(|m| m.set_focus_lock_filter(id, arrows));
    let presses = ui.input(|i| {
        let key = |e: &Event| if let Event::Key { key, pressed: true, .. } = e { Some(*key) } else { None };
        i.events.iter().filter_map(key).collect::<Vec<_>>()
    });
    presses.iter().filter_map(|key| steps.iter().find(|(k, _)| k == key)).map(|(_, by)| by).sum()
}

/// The right edge of every column: names and headings decide, and the numbers of a few rows.
fn edges(ui: &Ui, rows: &Rows<'_>, count: usize) -> Vec<f32> {
    let measure = |text: &str, font| ui.painter().layout_no_wrap(text.to_owned(), font, egui::Color32::WHITE).size().x;
    let mut widths: Vec<f32> = rows.heads.iter().map(|h| measure(h, bold(LETTERS))).collect();
    let step = (count / 8).max(1);
    for k in (0..count).step_by(step) {
        for (width, cell) in widths.iter_mut().zip((rows.row)(k)) {
            *width = width.max(measure(&cell, plain(LETTERS)));
        }
    }
    let mut right = 0.0;
    let mut place = |(k, width): (usize, &f32)| {
        right += if k == 0 { *width } else { GAP + width.max(LEAST) };
        right
    };
    widths.iter().enumerate().map(&mut place).collect()
}

/// One row: the first cell from the left, numbers to the right edges of their columns.
fn line(ui: &mut Ui, skin: &Skin, edges: &[f32], cells: &[String], head: bool) {
    let wide = edges.last().copied().unwrap_or(LEAST) + 4.0;
    let (rect, response) = ui.allocate_exact_size(vec2(wide, ROW), Sense::hover());
    let (font, colour) = if head { (bold(LETTERS), skin.quiet) } else { (plain(LETTERS), skin.text) };
    for (k, (cell, edge)) in cells.iter().zip(edges).enumerate() {
        let (anchor, x) = if k == 0 { (Align2::LEFT_CENTER, 0.0) } else { (Align2::RIGHT_CENTER, *edge) };
        ui.painter().text(pos2(rect.left() + x, rect.center().y), anchor, cell, font.clone(), colour);
    }
    if head {
        ui.painter().hline(rect.x_range(), rect.bottom(), (1.0, skin.line));
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, cells.join("; ")));
}
