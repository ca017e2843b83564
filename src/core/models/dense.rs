//! Layers of weighted sums: linear, logistic and softmax regression, and small networks.

mod units;

pub use units::Bend;

use super::{Model, Spare, uniform_start};
use units::{Ending, dot};

/// Labelled rows of features.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labelled {
    /// Number of features of a row.
    pub width: usize,
    /// Features, row by row.
    pub features: Vec<f64>,
    /// Class of every row.
    pub labels: Vec<u8>,
}

/// A network of dense layers, `z = W a + b`, with a bend after every layer but the last.
///
/// The parameters are those of layer after layer, of each W row by row, then b. Without hidden layers it is
/// linear, logistic or softmax regression. The gradient is exact (back-propagation): the error of the last
/// layer is softmax(z) − e_y, σ(z) − y or z − y, that of a layer before is Wᵀ of the error after it, times the
/// slope of the bend.
#[derive(Clone, Debug)]
pub struct Dense {
    layers: Vec<Layer>,
    bend: Bend,
    ending: Ending,
    features: Vec<f64>,
    wanted: Vec<f64>,
    spare: Spare,
}

/// A layer: its inputs and outputs, where its parameters start, and where its outputs lie among all outputs.
#[derive(Clone, Copy, Debug)]
struct Layer {
    inputs: usize,
    outputs: usize,
    start: usize,
    place: usize,
}

impl Layer {
    fn bias(&self) -> usize {
        self.start + self.inputs * self.outputs
    }

    fn end(&self) -> usize {
        self.bias() + self.outputs
    }

    /// The weights of every output with its place.
    fn weights<'q>(&self, q: &'q [f64]) -> impl Iterator<Item = &'q [f64]> + use<'q> {
        q[self.start..self.bias()].chunks_exact(self.inputs)
    }
}

impl Dense {
    /// A classifier of `classes` classes by softmax; labels beyond them count as class 0.
    pub fn classifier(data: &Labelled, classes: usize, hidden: &[usize], bend: Bend) -> Self {
        let classes = classes.max(1);
        let class = |y: &u8| if usize::from(*y) < classes { f64::from(*y) } else { 0.0 };
        let wanted = data.labels.iter().map(class).collect();
        Dense::new([data.width, classes], hidden, bend, Ending::Softmax, &data.features, wanted)
    }

    /// Logistic regression of class 0 against all others, or a network that ends in it.
    pub fn logistic(data: &Labelled, hidden: &[usize], bend: Bend) -> Self {
        let wanted = data.labels.iter().map(|y| f64::from(*y != 0)).collect();
        Dense::new([data.width, 1], hidden, bend, Ending::Logistic, &data.features, wanted)
    }

    /// Regression of one value per row of `width` features, by half the squared error.
    pub fn regression(width: usize, features: &[f64], values: Vec<f64>, hidden: &[usize], bend: Bend) -> Self {
        Dense::new([width, 1], hidden, bend, Ending::Squares, features, values)
    }

    fn new(ends: [usize; 2], hidden: &[usize], bend: Bend, ending: Ending, features: &[f64], wanted: Vec<f64>) -> Self {
        let width = ends[0].max(1);
        let widths: Vec<usize> =
            [width].into_iter().chain(hidden.iter().map(|w| (*w).max(1))).chain([ends[1]]).collect();
        let (mut start, mut place) = (0, 0);
        let mut layers = Vec::new();
        for pair in widths.windows(2) {
            let layer = Layer { inputs: pair[0], outputs: pair[1], start, place };
            (start, place) = (layer.end(), place + layer.outputs);
            layers.push(layer);
        }
        let rows = wanted.len().min(features.len() / width);
        let (features, wanted) = (features[..rows * width].to_vec(), wanted[..rows].to_vec());
        Dense { layers, bend, ending, features, wanted, spare: Spare::default() }
    }

    /// Parameters as PyTorch starts them ([`uniform_start`]).
    pub fn start(&self, seed: u64, stream: u32) -> Vec<f64> {
        uniform_start(self.layers(), seed, stream)
    }

    /// How many parameters every layer has, and how many inputs a unit of it, as [`uniform_start`] takes them.
    pub fn layers(&self) -> impl Iterator<Item = (usize, usize)> {
        self.layers.iter().map(|l| (l.end() - l.start, l.inputs))
    }

    /// Outputs of all layers together.
    fn outputs(&self) -> usize {
        self.layers.last().map_or(0, |l| l.place + l.outputs)
    }

    /// The features of row `r`, and what is wanted of it; `None` beyond the last row.
    fn row(&self, r: u32) -> Option<(&[f64], f64)> {
        let (r, width) = (r as usize, self.layers.first()?.inputs);
        Some((self.features.get(r * width..(r + 1) * width)?, *self.wanted.get(r)?))
    }

    /// Writes the outputs of all layers for the inputs `x`.
    fn forward(&self, q: &[f64], x: &[f64], outputs: &mut [f64]) {
        let last = self.layers.len() - 1;
        let mut before = 0..0;
        for (k, layer) in self.layers.iter().enumerate() {
            let (done, rest) = outputs.split_at_mut(layer.place);
            let input = if k == 0 { x } else { &done[before] };
            let biases = &q[layer.bias()..layer.end()];
            for ((z, weights), b) in rest.iter_mut().zip(layer.weights(q)).zip(biases) {
                *z = dot(weights, input) + b;
                if k < last {
                    *z = self.bend.of(*z);
                }
            }
            before = layer.place..layer.place + layer.outputs;
        }
    }

    /// Adds the gradient of one row; `errors` holds the slopes along the last outputs and zeros before them.
    fn backward(&self, q: &[f64], x: &[f64], outputs: &[f64], errors: &mut [f64], gradient: &mut [f64]) {
        for (k, layer) in self.layers.iter().enumerate().rev() {
            let (earlier, own) = errors.split_at_mut(layer.place);
            let before = k.checked_sub(1).map(|k| self.layers[k].place..layer.place);
            let input = before.clone().map_or(x, |range| &outputs[range]);
            let (slopes, biases) = gradient[layer.start..layer.end()].split_at_mut(layer.inputs * layer.outputs);
            for ((error, slopes), bias) in own.iter().zip(slopes.chunks_exact_mut(layer.inputs)).zip(biases) {
                slopes.iter_mut().zip(input).for_each(|(slope, a)| *slope += error * a);
                *bias += error;
            }
            let Some(range) = before else { return };
            let back = &mut earlier[range];
            for (error, weights) in own.iter().zip(layer.weights(q)) {
                back.iter_mut().zip(weights).for_each(|(back, w)| *back += error * w);
            }
            for (back, a) in back.iter_mut().zip(input) {
                *back *= self.bend.slope(*a);
            }
        }
    }
}

impl Model for Dense {
    fn dim(&self) -> usize {
        self.layers.last().map_or(0, Layer::end)
    }

    fn rows(&self) -> usize {
        self.wanted.len()
    }

    fn loss(&self, q: &[f64], rows: &[u32], mut gradient: Option<&mut [f64]>) -> f64 {
        let (all, last) = (self.outputs(), self.layers.last().map_or(0, |l| l.place));
        if let Some(gradient) = &mut gradient {
            gradient.fill(0.0);
        }
        let (mut sum, mut count) = (0.0, 0.0);
        self.spare.with(2 * all, |room| {
            let (outputs, errors) = room.split_at_mut(all);
            for (x, wanted) in rows.iter().filter_map(|r| self.row(*r)) {
                self.forward(q, x, outputs);
                errors[..last].fill(0.0);
                errors[last..].copy_from_slice(&outputs[last..]);
                sum += self.ending.close(&mut errors[last..], wanted);
                count += 1.0;
                if let Some(gradient) = &mut gradient {
                    self.backward(q, x, outputs, errors, gradient);
                }
            }
        });
        if let Some(gradient) = gradient {
            gradient.iter_mut().for_each(|g| *g /= count);
        }
        sum / count
    }

    /// Where scores tie the lowest class wins.
    fn accuracy(&self, q: &[f64], rows: &[u32]) -> f64 {
        if self.ending == Ending::Squares {
            return f64::NAN;
        }
        let last = self.layers.last().map_or(0, |l| l.place);
        let (mut right, mut count) = (0.0, 0.0);
        self.spare.with(self.outputs(), |outputs| {
            for (x, wanted) in rows.iter().filter_map(|r| self.row(*r)) {
                self.forward(q, x, outputs);
                let z = &outputs[last..];
                let best = (1..z.len()).fold(0, |best, k| if z[k] > z[best] { k } else { best });
                let said = if self.ending == Ending::Logistic { usize::from(z[0] > 0.0) } else { best };
                right += f64::from(said == wanted as usize);
                count += 1.0;
            }
        });
        right / count
    }

    /// Three products per weight, at about 25 of them in the time of a bowl.
    fn cost(&self) -> u64 {
        (self.dim() as u64 * 3 / 25).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twelve rows of five features in three classes, nothing regular about them.
    fn data() -> Labelled {
        let features: Vec<f64> = (0..60).map(|i| libm::sin(1.7 * f64::from(i) + 0.3)).collect();
        Labelled { width: 5, features, labels: (0..12).map(|i| (i * 7 % 3) as u8).collect() }
    }

    fn models() -> Vec<Dense> {
        let data = data();
        let values: Vec<f64> = (0..12).map(|i| libm::cos(f64::from(i))).collect();
        vec![
            Dense::classifier(&data, 3, &[], Bend::Tanh),
            Dense::classifier(&data, 3, &[9, 4], Bend::Tanh),
            Dense::classifier(&data, 3, &[11], Bend::Relu),
            Dense::logistic(&data, &[], Bend::Tanh),
            Dense::logistic(&data, &[6], Bend::Tanh),
            Dense::regression(5, &data.features, values.clone(), &[], Bend::Tanh),
            Dense::regression(5, &data.features, values, &[3, 3], Bend::Relu),
        ]
    }

    #[test]
    fn gradients_are_those_of_the_loss() {
        const H: f64 = 1e-6;
        for (k, model) in models().iter().enumerate() {
            let mut q = model.start(5, k as u32);
            let mut gradient = vec![f64::NAN; model.dim()];
            for rows in [&[3][..], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], &[7, 7, 2]] {
                let loss = model.loss(&q, rows, Some(&mut gradient));
                assert_eq!(loss.to_bits(), model.loss(&q, rows, None).to_bits());
                for i in 0..q.len() {
                    let own = q[i];
                    let [above, below] = [own + H, own - H].map(|x| {
                        q[i] = x;
                        model.loss(&q, rows, None)
                    });
                    q[i] = own;
                    let slope = (above - below) / (2.0 * H);
                    assert!((slope - gradient[i]).abs() < 1e-8, "model {k}, {i}: {slope} and {}", gradient[i]);
                }
            }
        }
    }

    #[test]
    fn broken_numbers_and_rows_give_numbers_that_say_so() {
        for model in models() {
            let mut gradient = vec![0.0; model.dim()];
            for broken in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                let q = vec![broken; model.dim()];
                assert!(!model.loss(&q, &[0, 1], Some(&mut gradient)).is_finite());
                model.accuracy(&q, &[0, 1, 2]);
            }
            let q = model.start(1, 0);
            assert!(model.loss(&q, &[], Some(&mut gradient)).is_nan());
            assert_eq!(model.loss(&q, &[2, 1000], None), model.loss(&q, &[2], None));
        }
        let none = Dense::classifier(&Labelled::default(), 0, &[0], Bend::Relu);
        assert!(none.rows() == 0 && none.loss(&none.start(0, 0), &[0], None).is_nan());
    }

    /// Scores far beyond where exponentials overflow.
    #[test]
    fn losses_are_stable() {
        let data = Labelled { width: 1, features: vec![1.0], labels: vec![1] };
        let logistic = Dense::logistic(&data, &[], Bend::Tanh);
        for (score, loss) in [(1e4, 0.0), (-1e4, 1e4), (0.0, std::f64::consts::LN_2)] {
            assert_eq!(logistic.loss(&[score, 0.0], &[0], None), loss);
        }
        let softmax = Dense::classifier(&data, 2, &[], Bend::Tanh);
        assert_eq!(softmax.loss(&[1e4, 0.0, 0.0, 0.0], &[0], None), 1e4);
    }

    #[test]
    fn starts_fill_their_range_and_follow_their_seed() {
        let model = &models()[1];
        let start = model.start(1, 0);
        assert_eq!(start.len(), model.dim());
        assert!(start[..54].iter().all(|x| x.abs() < 1.0 / libm::sqrt(5.0)));
        assert!(start[..54].iter().any(|x| x.abs() > 0.8 / libm::sqrt(5.0)));
        assert!(start == model.start(1, 0) && start != model.start(2, 0) && start != model.start(1, 1));
    }
}
