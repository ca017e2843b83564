//! What is trained on which images: chosen by parameters, made once, shared by all lanes.

use std::sync::{Arc, Mutex, PoisonError};

use super::{CONVNET, LARGE, MLP, OWN};
use crate::core::fields::{Batches, Order};
use crate::core::models::{
    self, Bend, CLASSES, ConvNet, Dense, Labelled, Model, Pixels, Precision, TENSORS, Training, uniform_start,
};
use crate::data::{Images, digits8, digits28, shelf};
use crate::param::Values;

/// Images that a step may see, and that are tested, at most: dense layers hold their pixels as numbers.
const MOST: usize = 10_000;
/// Images in training and unseen ones over which is measured at the end of an epoch.
const MEASURED: [usize; 2] = [300, 1000];

/// A model over its images.
pub struct Task {
    /// The model; its rows are the images of training, then the unseen ones.
    pub model: Arc<dyn Model>,
    /// The same model in double precision.
    pub exact: Arc<dyn Model>,
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
    /// How many images are left out because there are too many, for training and unseen.
    pub spared: [usize; 2],
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
        LARGE => (digits28().clone(), false),
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
    let all = parts.each_ref().map(|part| part.count());
    let counts = all.map(|count| count.min(MOST));
    let spared = all.map(|count| count - count.min(MOST));
    let name = parts[0].name.clone();
    let [height, width] = [parts[0].height, parts[0].width];
    if model == CONVNET {
        return Task { name, lacking, spared, ..convolutional(&parts, counts) };
    }
    let hidden: &[usize] = if model == MLP { &[hidden] } else { &[] };
    let net = Arc::new(Dense::classifier(&shares(&parts, counts), CLASSES, hidden, Bend::Relu));
    let (layers, exact) = (net.layers().collect(), net.clone());
    let first = [hidden.first().copied().unwrap_or(CLASSES), height, width];
    Task { model: net, exact, layers, counts, first, name, lacking, spared }
}

/// The articles' network over images of any size, which are drawn 28 × 28.
fn convolutional(parts: &[Arc<Images>; 2], counts: [usize; 2]) -> Task {
    /// Inputs of a unit of every tensor, in their order.
    const INPUTS: [usize; TENSORS.len()] = [25, 25, 250, 250, 320, 320, 50, 50];
    let ink = parts[0].pixels.iter().copied().max().unwrap_or(1).max(1);
    let (mut pixels, mut labels) = (Vec::new(), Vec::new());
    for (part, count) in parts.iter().zip(counts) {
        (0..count).for_each(|image| enlarged(part, image, ink, &mut pixels));
        labels.extend(part.labels.iter().take(count));
    }
    let images = Arc::new(models::Images { pixels: Pixels::Bytes(pixels), labels });
    let [model, exact] =
        [Precision::Single, Precision::Double].map(|p| -> Arc<dyn Model> { Arc::new(ConvNet::new(images.clone(), p)) });
    let layers = TENSORS.iter().zip(INPUTS).map(|((_, count), inputs)| (*count, inputs)).collect();
    Task { model, exact, layers, counts, first: [10, 5, 5], name: String::new(), lacking: false, spared: [0; 2] }
}

/// Adds an image as 28 rows of 28 pixels, every pixel of its own repeated as often as there is room, in the middle
/// of them, with full ink at 255.
fn enlarged(images: &Images, image: usize, ink: u8, out: &mut Vec<u8>) {
    const SIDE: usize = 28;
    let (height, width) = (images.height.max(1), images.width.max(1));
    // Larger images are thinned out.
    let (times, every) = ((SIDE / height.max(width)).max(1), height.max(width).div_ceil(SIDE));
    let [top, left] = [height, width].map(|side| SIDE.saturating_sub(side / every * times) / 2);
    let pixel = |row: usize, column: usize| {
        let (y, x) = (row.checked_sub(top)? / times * every, column.checked_sub(left)? / times * every);
        let own = images.pixels.get((image * height + y) * width + x).filter(|_| y < height && x < width)?;
        u8::try_from(u32::from(*own) * 255 / u32::from(ink)).ok()
    };
    out.extend((0..SIDE * SIDE).map(|place| pixel(place / SIDE, place % SIDE).unwrap_or(0)));
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
        let (seen, unseen) = (rows(0, train.min(seen)), rows(train, train + test.min(unseen)));
        Training::new(self.model.clone(), batches, seen, unseen).with_curvature_of(self.exact.clone())
    }

    /// Batches of an epoch.
    pub fn per_epoch(&self, batch: usize) -> usize {
        self.counts[0].div_ceil(batch.max(1)).max(1)
    }
}
