//! Sixteen images through the network and back.

use super::super::super::lanes::{Floats, Lanes, Numbers, SIXTEEN, Task, Work};
use super::super::images::{PIXELS, Pixels};
use super::convolution::{self, Plane};
use super::number::Number;
use super::parameters::{split, split_mut};
use super::pooling::{pool, unpool};
use super::softmax::{Said, judge};
use super::{CLASSES, Net, dense};

/// What the layers give for sixteen images, and the gradients with respect to it.
struct Layers<V> {
    /// 28 × 28 pixels.
    image: Vec<V>,
    /// Ten channels of 24 × 24, and pooled of 12 × 12.
    first: Vec<V>,
    first_pooled: Vec<V>,
    /// Twenty channels of 8 × 8, and pooled of 4 × 4.
    second: Vec<V>,
    second_pooled: Vec<V>,
    hidden: Vec<V>,
    scores: Vec<V>,
    first_pull: Vec<V>,
    second_pull: Vec<V>,
    hidden_pull: Vec<V>,
    scores_pull: Vec<V>,
}

impl<V: Numbers> Layers<V> {
    fn new() -> Self {
        let units = |count| vec![V::zero(); count];
        Layers {
            image: units(PIXELS),
            first: units(10 * 24 * 24),
            first_pooled: units(10 * 12 * 12),
            second: units(20 * 8 * 8),
            second_pooled: units(20 * 4 * 4),
            hidden: units(50),
            scores: units(CLASSES),
            first_pull: units(10 * 12 * 12),
            second_pull: units(20 * 4 * 4),
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
        self.see(&mut layers.image);
        let weights = self.weights;
        F::apart(Stage::<_, SEE> { weights, layers: &mut layers, gradient: &mut [] });
        F::apart(Stage::<_, SAY> { weights, layers: &mut layers, gradient: &mut [] });
        let said = self.judge(&mut layers);
        if let Some(gradient) = self.gradient.take() {
            F::apart(Stage::<_, UNSAY> { weights, layers: &mut layers, gradient });
            F::apart(Stage::<_, SECOND> { weights, layers: &mut layers, gradient });
            F::apart(Stage::<_, FIRST> { weights, layers: &mut layers, gradient });
        }
        self.net.layers.give(layers);
        said
    }
}

impl<T: Number> Pass<'_, T> {
    /// Puts the images into the lanes; a lane that is left over repeats the first image.
    #[inline(always)]
    fn see<V: Numbers<Number = T>>(&self, image: &mut [V]) {
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

/// The first convolution and its pool.
const SEE: u8 = 0;
/// Everything from there to the scores.
const SAY: u8 = 1;
/// The way back through the dense layers.
const UNSAY: u8 = 2;
/// Through the second convolution.
const SECOND: u8 = 3;
/// And through the first.
const FIRST: u8 = 4;

/// A part of the way of sixteen images.
struct Stage<'a, V: Numbers, const PART: u8> {
    weights: &'a [V::Number],
    layers: &'a mut Layers<V>,
    /// Where the gradient goes, on the way back.
    gradient: &'a mut [V::Number],
}

impl<V: Numbers, const PART: u8> Task for Stage<'_, V, PART> {
    #[inline(always)]
    fn run(self) {
        match PART {
            SEE => see(self.weights, self.layers),
            SAY => say(self.weights, self.layers),
            UNSAY => unsay(self.weights, self.layers, self.gradient),
            SECOND => back_second(self.weights, self.layers, self.gradient),
            _ => back_first(self.layers, self.gradient),
        }
    }
}

#[inline(always)]
fn see<V: Numbers>(weights: &[V::Number], l: &mut Layers<V>) {
    let [w, b, ..] = split(weights);
    match V::ROOM {
        32.. => convolution::convolve::<V, 28, 24, 2, 12>(w, b, planes(&l.image), planes_mut(&mut l.first)),
        8.. => convolution::convolve::<V, 28, 24, 1, 6>(w, b, planes(&l.image), planes_mut(&mut l.first)),
        _ => convolution::convolve::<V, 28, 24, 1, 2>(w, b, planes(&l.image), planes_mut(&mut l.first)),
    }
    pool::<V, 24, 12>(planes(&l.first), planes_mut(&mut l.first_pooled));
}

#[inline(always)]
fn say<V: Numbers>(weights: &[V::Number], l: &mut Layers<V>) {
    let [_, _, w2, b2, w3, b3, w4, b4] = split(weights);
    match V::ROOM {
        32.. => convolution::convolve::<V, 12, 8, 2, 8>(w2, b2, planes(&l.first_pooled), planes_mut(&mut l.second)),
        8.. => convolution::convolve::<V, 12, 8, 1, 4>(w2, b2, planes(&l.first_pooled), planes_mut(&mut l.second)),
        _ => convolution::convolve::<V, 12, 8, 1, 2>(w2, b2, planes(&l.first_pooled), planes_mut(&mut l.second)),
    }
    pool::<V, 8, 4>(planes(&l.second), planes_mut(&mut l.second_pooled));
    dense::connect(w3, b3, &l.second_pooled, &mut l.hidden);
    dense::rectify(&mut l.hidden);
    dense::connect(w4, b4, &l.hidden, &mut l.scores);
}

#[inline(always)]
fn unsay<V: Numbers>(weights: &[V::Number], l: &mut Layers<V>, gradient: &mut [V::Number]) {
    let [_, _, _, _, w3, _, w4, _] = split(weights);
    let [_, _, _, _, g3, h3, g4, h4] = split_mut(gradient);
    dense::weight_gradient::<V, CLASSES>(&l.hidden, &l.scores_pull, g4);
    dense::bias_gradient(&l.scores_pull, h4);
    dense::input_gradient(w4, &l.scores_pull, &l.hidden, &mut l.hidden_pull);
    dense::weight_gradient::<V, 50>(&l.second_pooled, &l.hidden_pull, g3);
    dense::bias_gradient(&l.hidden_pull, h3);
    dense::input_gradient(w3, &l.hidden_pull, &l.second_pooled, &mut l.second_pull);
}

#[inline(always)]
fn back_second<V: Numbers>(weights: &[V::Number], l: &mut Layers<V>, gradient: &mut [V::Number]) {
    let [_, _, w, ..] = split(weights);
    let [_, _, g, h, ..] = split_mut(gradient);
    unpool::<V, 8, 4>(planes(&l.second_pull), planes_mut(&mut l.second));
    let (delta, input, pull) = (planes(&l.second), planes(&l.first_pooled), planes_mut(&mut l.first_pull));
    convolution::bias_gradient::<V, 8>(delta, h);
    match V::ROOM {
        32.. => {
            convolution::weight_gradient::<V, 12, 8, 4>(input, delta, g);
            convolution::input_gradient::<V, 12, 8, 2, 0, 12>(w, delta, input, pull);
        }
        8.. => {
            convolution::weight_gradient::<V, 12, 8, 1>(input, delta, g);
            convolution::input_gradient::<V, 12, 8, 1, 0, 6>(w, delta, input, pull);
            convolution::input_gradient::<V, 12, 8, 1, 6, 6>(w, delta, input, pull);
        }
        _ => {
            convolution::weight_gradient::<V, 12, 8, 1>(input, delta, g);
            convolution::input_gradient::<V, 12, 8, 1, 0, 12>(w, delta, input, pull);
        }
    }
}

#[inline(always)]
fn back_first<V: Numbers>(l: &mut Layers<V>, gradient: &mut [V::Number]) {
    let [g, h, ..] = split_mut(gradient);
    unpool::<V, 24, 12>(planes(&l.first_pull), planes_mut(&mut l.first));
    let (delta, input) = (planes(&l.first), planes(&l.image));
    convolution::bias_gradient::<V, 24>(delta, h);
    match V::ROOM {
        32.. => convolution::weight_gradient::<V, 28, 24, 2>(input, delta, g),
        _ => convolution::weight_gradient::<V, 28, 24, 1>(input, delta, g),
    }
}

/// Numbers as channels of `N` × `N` pixels.
#[inline(always)]
fn planes<V, const N: usize>(all: &[V]) -> &[Plane<V, N>] {
    all.as_chunks::<N>().0.as_chunks::<N>().0
}

/// The same, to be written.
#[inline(always)]
fn planes_mut<V, const N: usize>(all: &mut [V]) -> &mut [Plane<V, N>] {
    all.as_chunks_mut::<N>().0.as_chunks_mut::<N>().0
}
