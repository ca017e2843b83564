//! A part as JSON. Numbers read back to the same bits; `null` is a cell with nothing to measure.

use std::fmt::Write as _;

use super::{Order, Part, SCHEMA, Shard};
use crate::figure::Scale;
use crate::scenes::models::sweep::{BLOCK, STEPS};

/// What follows the values.
const END: &str = "]\n}\n";

impl Part {
    /// The text of its file.
    pub fn to_json(&self) -> String {
        let mut out = head(&self.order, self.shard);
        out.reserve(20 * self.values.len());
        let lines = self.values.chunks(BLOCK).enumerate();
        for (k, line) in lines {
            out.push_str(if k > 0 { ",\n" } else { "" });
            push_line(&mut out, line);
        }
        out.push_str(if self.values.is_empty() { "" } else { "\n" });
        out.push_str(END);
        out
    }
}

fn push_line(out: &mut String, line: &[f64]) {
    for (k, value) in line.iter().enumerate() {
        out.push_str(if k > 0 { ", " } else { "" });
        match serde_json::Number::from_f64(*value) {
            // Writing to a string cannot fail.
            Some(number) => _ = write!(out, "{number}"),
            None => out.push_str("null"),
        }
    }
}

/// All of the file before the first value: it says what the values are of, and nothing else.
pub(super) fn head(order: &Order, shard: Shard) -> String {
    let sweep = &order.sweep;
    let word = |text: &str| serde_json::Value::from(text).to_string();
    let source = sweep.scene().source().map(|s| format!("    \"source\": {},\n", word(s))).unwrap_or_default();
    let values: Vec<String> = order.values().iter().map(|(id, text)| format!("{}: {}", word(id), word(text))).collect();
    let axis = |k: usize| {
        let axis = &sweep.axes()[k];
        let [low, high] = axis.range.map(|v| serde_json::Value::from(v).to_string());
        let scale = if axis.scale == Scale::Log { "log" } else { "linear" };
        let (id, cells) = (word(axis.spec.id), order.cells[k]);
        format!("{{\"id\": {id}, \"from\": {low}, \"to\": {high}, \"cells\": {cells}, \"scale\": \"{scale}\"}}")
    };
    format!(
        "{{\n  \"impetus-sweep\": {SCHEMA},\n  \"plan\": {{\n    \"version\": {},\n    \"scene\": {},\n{source}    \
         \"values\": {{{}}},\n    \"seed\": {},\n    \"lens\": {},\n    \"mode\": {},\n    \"quantity\": {},\n    \
         \"iterations\": {STEPS},\n    \"x\": {},\n    \"y\": {}\n  }},\n  \"shard\": {{\"index\": {}, \"of\": {}, \
         \"block\": {BLOCK}}},\n  \"values\": [\n",
        word(&order.version),
        word(sweep.scene().meta().id),
        values.join(", "),
        sweep.seed(),
        word(sweep.view().lens.id()),
        sweep.view().mode + 1,
        word(sweep.quantity().map_or("", |q| q.choice.id)),
        axis(0),
        axis(1),
        shard.index,
        shard.of,
    )
}
