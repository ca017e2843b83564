//! What is trained on which images: chosen by parameters, made once, shared by all lanes.

use std::sync::{Arc, Mutex, PoisonError};

use super::{CONVNET, MLP, OWN, SMALL};
use crate::core::fields::{Batches, Order};
use crate::core::models::{Bend, Dense, Labelled, Model, Training, uniform_start};
use crate::data::{Images, digits8, shelf};
use crate::param::Values;

/// Classes of digits.
const CLASSES: usize = 10;
/// Images that a step may see, and that are tested, at most: dense layers hold their pixels as numbers.
const MOST: usize = 10_000;
/// Images in training and unseen ones over which is measured at the end of an epoch.
const MEASURED: [usize; 2] = [300, 1000];

/// A model over its images.
pub struct Task {
    /// The model; its rows are the images of training, then the unseen ones.
    pub model: Arc<dyn Model>,
    /// Parameters of every layer and inputs of a unit of it.
    layers: Vec<(usize, usize)>,
    /// How many images are trained on, and how many are unseen.
    pub counts: [usize; 2],
    /// Units of the first layer that can be drawn, and rows and columns of their weights.
    pub first: [usize; 3],
    /// What the images are called.
    pub name: String,
    /// Whether images of the reader's own were asked for and there are none.
    pub lacking: bool,
}

/// What decides a task: model, images, hidden units, and how often something was brought.
type Choice = [u64; 4];

/// The task of these values; the last ones are kept, because a slider asks for them at every move.
pub fn of(values: &Values) -> Arc<Task> {
    static LAST: Mutex<Vec<(Choice, Arc<Task>)>> = Mutex::new(Vec::new());
    const KEPT: usize = 4;
    let [model, data, hidden] = ["model", "data", "hidden"].map(|id| values.index(id));
    let turn = if data == OWN { shelf().turn } else { 0 };
    let hidden = if model == MLP { hidden } else { 0 };
    let choice = [model as u64, data as u64, hidden as u64, turn];
    let kept = || LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, task)) = kept().iter().find(|(own, _)| *own == choice) {
        return task.clone();
    }
    let task = Arc::new(made(model, data, hidden));
    let mut all = kept();
    if all.len() >= KEPT {
        all.remove(0);
    }
    all.push((choice, task.clone()));
    task
}

/// The images of a choice, for training and unseen, and whether others stand for what is not there.
fn images(data: usize) -> ([Arc<Images>; 2], bool) {
    match data {
        SMALL => (digits8().clone(), false),
        OWN => match shelf().images {
            Some(own) if alike(&own) => (own, false),
            _ => (digits8().clone(), true),
        },
        _ => (digits8().clone(), false),
    }
}

/// Whether both parts hold images, of one size.
fn alike([train, test]: &[Arc<Images>; 2]) -> bool {
    let size = |images: &Images| [images.height, images.width];
    train.count() > 0 && test.count() > 0 && size(train) == size(test) && size(train).iter().all(|s| *s > 0)
}

fn made(model: usize, data: usize, hidden: usize) -> Task {
    let (parts, lacking) = images(data);
    let counts = parts.each_ref().map(|part| part.count().min(MOST));
    let name = parts[0].name.clone();
    let [height, width] = [parts[0].height, parts[0].width];
    let hidden: &[usize] = if model == MLP { &[hidden] } else { &[] };
    let net = Dense::classifier(&shares(&parts, counts), CLASSES, hidden, Bend::Relu);
    let units = hidden.first().copied().unwrap_or(CLASSES);
    let layers = net.layers().collect();
    Task { model: Arc::new(net), layers, counts, first: [units, height, width], name, lacking }
}

/// The pixels of all images, training first, as shares of full ink.
fn shares(parts: &[Arc<Images>; 2], counts: [usize; 2]) -> Labelled {
    let width = parts[0].height * parts[0].width;
    let ink = f64::from(parts[0].pixels.iter().copied().max().unwrap_or(1).max(1));
    let mut out = Labelled { width, ..Labelled::default() };
    for (part, count) in parts.iter().zip(counts) {
        out.features.extend(part.pixels.iter().take(count * width).map(|p| f64::from(*p) / ink));
        out.labels.extend(part.labels.iter().take(count));
    }
    out
}

impl Task {
    /// Parameters as PyTorch starts them.
    pub fn start(&self, seed: u64) -> Vec<f64> {
        uniform_start(self.layers.iter().copied(), seed, 0)
    }

    /// Training in batches of so many, shuffled anew every epoch; lanes of one seed see the same batches.
    pub fn training(&self, batch: usize, seed: u64) -> Training<dyn Model> {
        let [train, test] = self.counts.map(|count| count as u32);
        let [seen, unseen] = MEASURED.map(|most| most as u32);
        let batches = Batches::new(train as usize, batch, Order::Shuffled { seed, stream: 1 });
        let rows = |from: u32, to: u32| (from..to).collect::<Vec<u32>>();
        Training::new(self.model.clone(), batches, rows(0, train.min(seen)), rows(train, train + test.min(unseen)))
    }

    /// Batches of an epoch.
    pub fn per_epoch(&self, batch: usize) -> usize {
        self.counts[0].div_ceil(batch.max(1)).max(1)
    }
}
