//! Sixteen images through the network and back.

use super::super::super::lanes::{Floats, Lanes, Numbers, SIXTEEN, Work};
use super::super::images::{PIXELS, Pixels};
use super::convolution::{self, Plane};
use super::number::Number;
use super::parameters::{split, split_mut};
use super::pooling::{pool, unpool};
use super::softmax::{Said, judge};
use super::{CLASSES, Net, dense};

/// What the layers give for sixteen images, and the gradients with respect to it.
struct Layers<V> {
    image: Vec<Plane<V, 28>>,
    first: Vec<Plane<V, 24>>,
    first_pooled: Vec<Plane<V, 12>>,
    second: Vec<Plane<V, 8>>,
    /// 20 channels of 4 × 4.
    second_pooled: Vec<V>,
    hidden: Vec<V>,
    scores: Vec<V>,
    first_pull: Vec<Plane<V, 12>>,
    second_pull: Vec<V>,
    hidden_pull: Vec<V>,
    scores_pull: Vec<V>,
}

impl<V: Numbers> Layers<V> {
    fn new() -> Self {
        let units = |count| vec![V::zero(); count];
        Layers {
            image: vec![[[V::zero(); 28]; 28]],
            first: vec![[[V::zero(); 24]; 24]; 10],
            first_pooled: vec![[[V::zero(); 12]; 12]; 10],
            second: vec![[[V::zero(); 8]; 8]; 20],
            second_pooled: units(320),
            hidden: units(50),
            scores: units(CLASSES),
            first_pull: vec![[[V::zero(); 12]; 12]; 10],
            second_pull: units(320),
            hidden_pull: units(50),
            scores_pull: units(CLASSES),
        }
    }
}

/// Up to sixteen rows to be put through the network, and back if a gradient is wanted.
pub(super) struct Pass<'a, T> {
    /// The network.
    pub net: &'a Net<T>,
    /// Its parameters.
    pub weights: &'a [T],
    /// One row at least, sixteen at most.
    pub rows: &'a [u32],
    /// The share of a row in the mean.
    pub share: f64,
    /// Where the gradient goes.
    pub gradient: Option<&'a mut [T]>,
}

impl<T: Number> Work for Pass<'_, T> {
    type Output = Said;

    #[inline(always)]
    fn run<L: Lanes, F: Floats>(mut self) -> Said {
        let mut layers = self.net.layers.take(Layers::<T::Sixteen<F>>::new);
        self.see(&mut layers.image[0]);
        forward(self.weights, &mut layers);
        let said = self.judge(&mut layers);
        if let Some(gradient) = &mut self.gradient {
            backward(self.weights, &mut layers, gradient);
        }
        self.net.layers.give(layers);
        said
    }
}

impl<T: Number> Pass<'_, T> {
    /// Puts the images into the lanes; a lane that is left over repeats the first image.
    #[inline(always)]
    fn see<V: Numbers<Number = T>>(&self, image: &mut Plane<V, 28>) {
        let image = image.as_flattened_mut();
        match &self.net.images.pixels {
            Pixels::Bytes(pixels) => spread(image, self.images(pixels), |byte| self.net.shades[usize::from(byte)]),
            Pixels::Floats(pixels) => spread(image, self.images(pixels), T::of_single),
        }
    }

    /// The pixels of the images, one for each lane.
    #[inline(always)]
    fn images<'p, P>(&self, pixels: &'p [P]) -> [&'p [P; PIXELS]; SIXTEEN] {
        let (images, _) = pixels.as_chunks();
        let mut all = [&images[self.rows[0] as usize]; SIXTEEN];
        for (image, row) in all.iter_mut().zip(self.rows) {
            *image = &images[*row as usize];
        }
        all
    }

    /// What the scores say of the rows; the gradient with respect to the scores is left behind.
    #[inline(always)]
    fn judge<V: Numbers<Number = T>>(&self, layers: &mut Layers<V>) -> Said {
        let mut scores = [[T::default(); SIXTEEN]; CLASSES];
        for (to, from) in scores.iter_mut().zip(&layers.scores) {
            from.write(to);
        }
        let said = judge(&mut scores, self.rows.iter().map(|row| self.net.label(*row)), self.share);
        for (to, from) in layers.scores_pull.iter_mut().zip(&scores) {
            *to = V::read(from);
        }
        said
    }
}

/// Turns sixteen images into pixels of sixteen lanes.
#[inline(always)]
fn spread<V: Numbers, P: Copy>(to: &mut [V], from: [&[P; PIXELS]; SIXTEEN], value: impl Fn(P) -> V::Number) {
    let mut lanes = [V::Number::default(); SIXTEEN];
    for (i, to) in to.iter_mut().enumerate().take(PIXELS) {
        for (lane, image) in lanes.iter_mut().zip(from) {
            *lane = value(image[i]);
        }
        *to = V::read(&lanes);
    }
}

/// Everything up to the scores.
#[inline(always)]
fn forward<V: Numbers>(weights: &[V::Number], l: &mut Layers<V>) {
    let [w1, b1, w2, b2, w3, b3, w4, b4] = split(weights);
    match V::ROOM {
        32.. => convolution::convolve::<V, 28, 24, 2, 12>(w1, b1, &l.image, &mut l.first),
        8.. => convolution::convolve::<V, 28, 24, 1, 6>(w1, b1, &l.image, &mut l.first),
        _ => convolution::convolve::<V, 28, 24, 1, 2>(w1, b1, &l.image, &mut l.first),
    }
    pool(&l.first, &mut l.first_pooled);
    match V::ROOM {
        32.. => convolution::convolve::<V, 12, 8, 2, 8>(w2, b2, &l.first_pooled, &mut l.second),
        8.. => convolution::convolve::<V, 12, 8, 1, 4>(w2, b2, &l.first_pooled, &mut l.second),
        _ => convolution::convolve::<V, 12, 8, 1, 2>(w2, b2, &l.first_pooled, &mut l.second),
    }
    pool(&l.second, planes(&mut l.second_pooled));
    dense::connect(w3, b3, &l.second_pooled, &mut l.hidden);
    dense::rectify(&mut l.hidden);
    dense::connect(w4, b4, &l.hidden, &mut l.scores);
}

/// The gradient of all parameters, from that of the scores.
#[inline(always)]
fn backward<V: Numbers>(weights: &[V::Number], l: &mut Layers<V>, gradient: &mut [V::Number]) {
    let [_, _, w2, _, w3, _, w4, _] = split(weights);
    let [g1, h1, g2, h2, g3, h3, g4, h4] = split_mut(gradient);
    dense::weight_gradient::<V, CLASSES>(&l.hidden, &l.scores_pull, g4);
    dense::bias_gradient(&l.scores_pull, h4);
    dense::input_gradient(w4, &l.scores_pull, &l.hidden, &mut l.hidden_pull);
    dense::weight_gradient::<V, 50>(&l.second_pooled, &l.hidden_pull, g3);
    dense::bias_gradient(&l.hidden_pull, h3);
    dense::input_gradient(w3, &l.hidden_pull, &l.second_pooled, &mut l.second_pull);
    unpool(planes(&mut l.second_pull), &mut l.second);
    convolution::bias_gradient(&l.second, h2);
    let (w, delta, input, pull) = (w2, &l.second, &l.first_pooled, &mut l.first_pull);
    match V::ROOM {
        32.. => {
            convolution::weight_gradient::<V, 12, 8, 4>(input, delta, g2);
            convolution::input_gradient::<V, 12, 8, 2, 0, 12>(w, delta, input, pull);
        }
        8.. => {
            convolution::weight_gradient::<V, 12, 8, 1>(input, delta, g2);
            convolution::input_gradient::<V, 12, 8, 1, 0, 6>(w, delta, input, pull);
            convolution::input_gradient::<V, 12, 8, 1, 6, 6>(w, delta, input, pull);
        }
        _ => {
            convolution::weight_gradient::<V, 12, 8, 1>(input, delta, g2);
            convolution::input_gradient::<V, 12, 8, 1, 0, 12>(w, delta, input, pull);
        }
    }
    unpool(&l.first_pull, &mut l.first);
    convolution::bias_gradient(&l.first, h1);
    if V::ROOM >= 32 {
        convolution::weight_gradient::<V, 28, 24, 2>(&l.image, &l.first, g1);
    } else {
        convolution::weight_gradient::<V, 28, 24, 1>(&l.image, &l.first, g1);
    }
}

/// Sixteen units each as a plane.
#[inline(always)]
fn planes<V>(units: &mut [V]) -> &mut [Plane<V, 4>] {
    units.as_chunks_mut::<4>().0.as_chunks_mut::<4>().0
}
