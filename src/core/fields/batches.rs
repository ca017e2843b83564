//! Which rows of the data a step sees.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::super::philox;

/// In what order an epoch goes through the rows.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// As they stand.
    InOrder,
    /// Shuffled anew every epoch, a function of (seed, stream, epoch).
    Shuffled {
        /// Seed.
        seed: u64,
        /// Stream.
        stream: u32,
    },
    /// Every row of every batch drawn among all of them, with replacement, a function of (seed, stream, epoch).
    Drawn {
        /// Seed.
        seed: u64,
        /// Stream.
        stream: u32,
    },
    /// These rows, epoch after epoch; after the last one from the first again.
    Given(Arc<[u32]>),
}

impl Order {
    /// Whether it draws random numbers.
    pub fn is_random(&self) -> bool {
        matches!(self, Order::Shuffled { .. } | Order::Drawn { .. })
    }

    /// The order of one of several runs: random ones have a stream of their own.
    #[must_use]
    pub fn of_run(&self, run: u32) -> Order {
        match *self {
            Order::Shuffled { seed, stream } => Order::Shuffled { seed, stream: stream.wrapping_add(run) },
            Order::Drawn { seed, stream } => Order::Drawn { seed, stream: stream.wrapping_add(run) },
            ref other => other.clone(),
        }
    }
}

/// Minibatches: an epoch goes once through all rows, `size` at a time; the last batch holds what is left.
///
/// What a step sees is a function of its number, so a state can be taken up at any step.
#[derive(Debug)]
pub struct Batches {
    rows: usize,
    size: usize,
    order: Order,
    /// The epoch whose order was asked for last. Only a memory: it changes nothing.
    last: Mutex<(u64, Arc<[u32]>)>,
}

impl Batches {
    /// Batches of `size` out of `rows`, at least one of each.
    pub fn new(rows: usize, size: usize, order: Order) -> Self {
        let rows = rows.max(1);
        let first = epoch(rows, &order, 0);
        Batches { rows, size: size.clamp(1, rows), order, last: Mutex::new((0, first)) }
    }

    /// Number of batches in an epoch.
    pub fn per_epoch(&self) -> u64 {
        self.rows.div_ceil(self.size) as u64
    }

    /// The epoch of a step, from 0, and where its batch lies in the order of that epoch.
    pub fn place(&self, step: u64) -> (u64, Range<usize>) {
        let (epoch, batch) = (step / self.per_epoch(), (step % self.per_epoch()) as usize);
        (epoch, batch * self.size..((batch + 1) * self.size).min(self.rows))
    }

    /// The order of the rows in an epoch.
    pub fn order(&self, number: u64) -> Arc<[u32]> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.0 != number {
            *last = (number, epoch(self.rows, &self.order, number));
        }
        last.1.clone()
    }

    /// The step a clock that counts steps stands at; NaN and what is below count as 0.
    pub fn step(t: f64) -> u64 {
        t.round() as u64
    }
}

impl Clone for Batches {
    fn clone(&self) -> Self {
        Batches::new(self.rows, self.size, self.order.clone())
    }
}

/// The order of `rows` rows in epoch `number`.
fn epoch(rows: usize, order: &Order, number: u64) -> Arc<[u32]> {
    let mut all: Vec<u32> = (0..rows as u32).collect();
    match order {
        Order::InOrder => {}
        Order::Shuffled { seed, stream } => shuffle(&mut all, *seed, *stream, number),
        Order::Drawn { seed, stream } => {
            let mut bits = Bits::new(*seed, *stream, number, DRAW);
            all.iter_mut().for_each(|row| *row = bits.below(rows as u64));
        }
        Order::Given(list) if list.is_empty() => {}
        Order::Given(list) => {
            let from = (number as usize).wrapping_mul(rows);
            let given = (0..rows).map(|i| list[from.wrapping_add(i) % list.len()].min(rows as u32 - 1));
            all = given.collect();
        }
    }
    all.into()
}

/// What tells the counters of shuffles and of draws apart.
const SHUFFLE: u32 = 0x5348_5546;
const DRAW: u32 = 0x4452_4157;

/// Whole numbers made of Philox's bits.
struct Bits {
    key: [u32; 2],
    /// Numbers drawn, the epoch in two words, and what for.
    counter: [u32; 4],
    bits: [u32; 4],
}

impl Bits {
    fn new(seed: u64, stream: u32, epoch: u64, purpose: u32) -> Self {
        let key = [seed as u32, (seed >> 32) as u32 ^ stream.wrapping_mul(0x9E37_79B9)];
        Bits { key, counter: [0, epoch as u32, (epoch >> 32) as u32, purpose], bits: [0; 4] }
    }

    /// A number below `count`: the high word of `count` times 32 bits.
    fn below(&mut self, count: u64) -> u32 {
        let drawn = self.counter[0];
        if drawn.is_multiple_of(4) {
            self.bits = philox(self.counter, self.key);
        }
        self.counter[0] = drawn.wrapping_add(1);
        ((u64::from(self.bits[drawn as usize % 4]) * count) >> 32) as u32
    }
}

/// Fisher–Yates.
fn shuffle(all: &mut [u32], seed: u64, stream: u32, number: u64) {
    let mut bits = Bits::new(seed, stream, number, SHUFFLE);
    for i in (1..all.len()).rev() {
        all.swap(i, bits.below(i as u64 + 1) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_sees_every_row_once() {
        let shuffled = Order::Shuffled { seed: 3, stream: 1 };
        for (rows, size, order) in [(10, 3, Order::InOrder), (1000, 64, shuffled.clone()), (1, 5, shuffled)] {
            let batches = Batches::new(rows, size, order);
            for number in [0, 1, 7] {
                let mut seen: Vec<u32> = (0..batches.per_epoch())
                    .flat_map(|b| {
                        let (epoch, range) = batches.place(number * batches.per_epoch() + b);
                        assert_eq!(epoch, number);
                        batches.order(epoch)[range].to_vec()
                    })
                    .collect();
                seen.sort_unstable();
                assert_eq!(seen, (0..rows as u32).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn other_epochs_and_seeds_other_orders_and_always_the_same() {
        let of = |seed, epoch| Batches::new(50, 7, Order::Shuffled { seed, stream: 0 }).order(epoch);
        assert!(of(1, 0) != of(1, 1) && of(1, 0) != of(2, 0));
        assert_eq!(of(1, 5), of(1, 5));
    }

    /// Where row 0 comes to lie is uniform: χ² over 20 places and 4,000 epochs, 19 degrees of freedom; 43.8
    /// is passed once in a thousand.
    #[test]
    fn a_shuffle_is_fair() {
        let batches = Batches::new(20, 5, Order::Shuffled { seed: 11, stream: 2 });
        let mut found = [0.0; 20];
        for epoch in 0..4000 {
            let place = batches.order(epoch).iter().position(|row| *row == 0);
            found[place.unwrap()] += 1.0;
        }
        let chi: f64 = found.iter().map(|n: &f64| (n - 200.0) * (n - 200.0) / 200.0).sum();
        assert!(chi < 43.8, "{chi}");
    }

    /// Draws with replacement: χ² over 20 rows and 4,000 draws each, and other epochs draw others.
    #[test]
    fn draws_are_fair() {
        let batches = Batches::new(20, 5, Order::Drawn { seed: 11, stream: 2 });
        assert!(batches.order(0) != batches.order(1));
        let mut found = [0.0; 20];
        for epoch in 0..4000 {
            batches.order(epoch).iter().for_each(|row| found[*row as usize] += 1.0);
        }
        let chi: f64 = found.iter().map(|n: &f64| (n - 4000.0) * (n - 4000.0) / 4000.0).sum();
        assert!(chi < 43.8, "{chi}");
    }

    #[test]
    fn a_given_order_goes_round() {
        let batches = Batches::new(3, 2, Order::Given([2, 1, 0, 0].as_slice().into()));
        assert_eq!(*batches.order(0), [2, 1, 0]);
        assert_eq!(*batches.order(1), [0, 2, 1]);
        assert_eq!(Batches::step(f64::NAN), 0);
    }
}
