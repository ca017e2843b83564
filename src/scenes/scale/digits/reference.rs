//! What other runs of the article's script gave: means over seeds with the interval a further run should be in.
//!
//! PyTorch 2, the article's network and batches on the bundled 28 × 28 digits, 5 or 6 seeds a line, as kept in
//! `assets/golden/training.json`. The interval is the mean ± the largest of 5 standard deviations, 2 % and 0.003 for
//! the loss or 0.01 for the share of images right.

use std::sync::OnceLock;

use serde_json::Value;

/// A mean over seeds and the ends of the interval in which a further run should be.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    pub mean: f64,
    pub low: f64,
    pub high: f64,
}

/// What was found at the end of one epoch.
#[derive(Clone, Copy, Debug)]
pub struct Band {
    /// The epoch, counted from 1.
    pub epoch: f64,
    /// Mean of the batch losses over the epoch.
    pub loss: Range,
    /// Share of the unseen images that are right.
    pub accuracy: Range,
}

/// A step, a momentum, and the bands under them.
struct Line {
    rates: [f64; 2],
    bands: Vec<Band>,
}

fn lines() -> &'static [Line] {
    static READ: OnceLock<Vec<Line>> = OnceLock::new();
    READ.get_or_init(|| {
        let all: Value =
            serde_json::from_str(include_str!("../../../../assets/golden/training.json")).unwrap_or_default();
        let bands = all["article_001_convnet"]["bands"].as_object();
        bands.into_iter().flat_map(|bands| bands.values()).filter_map(line).collect()
    })
}

/// A line as the file has it; its optimizer is spelled `SGD lr 0.01 momentum 0.9`.
fn line(kept: &Value) -> Option<Line> {
    let words: Vec<&str> = kept["optimizer"].as_str()?.split(' ').collect();
    let after = |name: &str| words.iter().position(|w| *w == name).and_then(|at| words.get(at + 1)?.parse().ok());
    let columns: Vec<&str> = kept["columns"].as_array()?.iter().filter_map(Value::as_str).collect();
    let place = |name: &str| columns.iter().position(|c| *c == name);
    let band = |row: &Value| {
        let of = |name: &str| row[place(name)?].as_f64();
        let range = |[mean, low, high]: [&str; 3]| Some(Range { mean: of(mean)?, low: of(low)?, high: of(high)? });
        let loss = range(["loss_mean", "accept_loss_low", "accept_loss_high"])?;
        let accuracy = range(["acc_mean", "accept_acc_low", "accept_acc_high"])?;
        Some(Band { epoch: of("epoch")?, loss, accuracy })
    };
    let bands = kept["rows"].as_array()?.iter().filter_map(band).collect();
    Some(Line { rates: [after("lr")?, after("momentum")?], bands })
}

/// The bands of step and momentum; none if nobody ran that.
pub fn bands([eta, beta]: [f64; 2]) -> &'static [Band] {
    let same = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (1.0 + b.abs());
    let line = lines().iter().find(|line| same(eta, line.rates[0]) && same(beta, line.rates[1]));
    line.map_or(&[], |line| &line.bands)
}
