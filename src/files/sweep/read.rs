//! A part from the bytes of its file.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::error::Category;

use super::write::head;
use super::{MOST_CELLS, Order, Part, SCHEMA, Shard, SweepError};
use crate::export::read_file;
use crate::figure::Scale;
use crate::files::plan;
use crate::scenes::models::sweep::{BLOCK, STEPS, Sweep, Swept};
use crate::scenes::{Lens, View, made};
use crate::text::Lang;

#[derive(Deserialize)]
struct File {
    #[serde(rename = "impetus-sweep")]
    schema: u64,
    plan: Plan,
    shard: Piece,
    values: Vec<Option<f64>>,
}

#[derive(Deserialize)]
struct Plan {
    version: String,
    scene: String,
    source: Option<String>,
    values: BTreeMap<String, String>,
    seed: u64,
    lens: String,
    mode: usize,
    quantity: String,
    iterations: u64,
    x: Axis,
    y: Axis,
}

#[derive(Deserialize)]
struct Axis {
    id: String,
    from: f64,
    to: f64,
    cells: usize,
    scale: String,
}

#[derive(Deserialize)]
struct Piece {
    index: usize,
    of: usize,
    block: usize,
}

/// Reads a part.
///
/// # Errors
/// One sentence: it cannot be read, is cut off, is no part of a sweep, is of a scene or in a form that
/// this program does not know, or holds more cells than it says.
pub fn read(path: &Path) -> Result<Part, SweepError> {
    parse(&read_file(path)?, path)
}

fn parse(bytes: &[u8], path: &Path) -> Result<Part, SweepError> {
    let path = || path.to_owned();
    let file: File = serde_json::from_slice(bytes).map_err(|e| match e.classify() {
        Category::Eof if bytes.trim_ascii_start().starts_with(b"{") => SweepError::CutOff(path(), bytes.len()),
        Category::Syntax => SweepError::Damaged(path(), e.line(), e.column()),
        _ => SweepError::Strange(path()),
    })?;
    if file.schema != SCHEMA {
        return Err(SweepError::Schema(path(), file.schema));
    }
    let order = order(&file.plan).ok_or_else(|| SweepError::Unknown(path(), file.plan.version.clone()))?;
    let shard = Shard { index: file.shard.index, of: file.shard.of };
    let shard = shard.checked().filter(|_| file.shard.block == BLOCK).ok_or_else(|| SweepError::Strange(path()))?;
    let values = file.values.into_iter().map(|v| v.unwrap_or(f64::NAN)).collect();
    let part = Part { order, shard, values };
    match part.values.len() > part.len() {
        true => Err(SweepError::TooMany(path(), part.values.len(), part.len())),
        false => Ok(part),
    }
}

/// The order of a plan; `None` if this program could not measure it.
fn order(plan: &Plan) -> Option<Order> {
    let scene = made(&plan.scene, plan.source.as_deref()).ok()?;
    let pairs = plan.values.iter().map(|(id, text)| (id.as_str(), text.as_str()));
    let made = self::plan(scene, pairs, 0).ok()?;
    let axis = |axis: &Axis| {
        let scale = match axis.scale.as_str() {
            "log" => Scale::Log,
            "linear" => Scale::Linear,
            _ => return None,
        };
        let swept = Swept { spec: made.values.spec(&axis.id).ok()?, range: [axis.from, axis.to], scale };
        (1..=MOST_CELLS).contains(&axis.cells).then_some(swept)
    };
    let axes = [axis(&plan.x)?, axis(&plan.y)?];
    let quantity = made.scene.survey()?.quantities().iter().position(|q| q.choice.id == plan.quantity)?;
    let view = View { lens: Lens::from_id(&plan.lens)?, mode: plan.mode.checked_sub(1)?, ..View::new(Lang::default()) };
    let sweep = Sweep::over(&made.scene, &made.values, plan.seed, view, axes, quantity)?;
    (plan.iterations == STEPS).then(|| Order {
        sweep,
        cells: [plan.x.cells, plan.y.cells],
        version: plan.version.clone(),
    })
}

/// What is there of a part that was begun.
#[derive(Debug, PartialEq)]
pub enum Begun {
    /// No file, or one cut off before its first value.
    Nothing,
    /// The first values.
    Values(Vec<f64>),
}

/// What the file of a part that is to be gone on with holds already. Where it was cut off, every whole
/// line of values counts.
///
/// # Errors
/// The file holds something else, which is left alone.
pub fn begun(wanted: &Part, path: &Path) -> Result<Begun, SweepError> {
    if !path.exists() {
        return Ok(Begun::Nothing);
    }
    let bytes = read_file(path)?;
    let head = head(&wanted.order, wanted.shard);
    if let Some(tail) = bytes.strip_prefix(head.as_bytes()) {
        return Ok(Begun::Values(lines(tail, wanted.len())));
    }
    if head.as_bytes().starts_with(&bytes) {
        return Ok(Begun::Nothing);
    }
    let other = parse(&bytes, path)?;
    if other.shard != wanted.shard {
        return Err(SweepError::OtherShard(path.to_owned(), other.shard, wanted.shard));
    }
    Err(SweepError::differ(&other.order, &wanted.order, |what, there, here| {
        SweepError::OtherMap(path.to_owned(), what, there, here)
    })
    .unwrap_or_else(|| SweepError::Strange(path.to_owned())))
}

/// The values of the whole lines at the head of `tail`, of a part of `most` cells.
fn lines(tail: &[u8], most: usize) -> Vec<f64> {
    let mut out: Vec<f64> = Vec::new();
    for line in tail.split_inclusive(|b| *b == b'\n') {
        let wanted = (most - out.len()).min(BLOCK);
        let Some(numbers) = line.strip_suffix(b"\n").map(|l| l.strip_suffix(b",").unwrap_or(l)) else { break };
        let read: Option<Vec<f64>> = numbers.split(|b| *b == b',').map(number).collect();
        match read.filter(|read| wanted > 0 && read.len() == wanted) {
            Some(read) => out.extend(read),
            None => break,
        }
    }
    out
}

fn number(text: &[u8]) -> Option<f64> {
    match text.trim_ascii() {
        b"null" => Some(f64::NAN),
        text => serde_json::from_slice(text).ok(),
    }
}
