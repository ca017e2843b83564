//! Formulas as one graph in which equal parts are one node and constants are folded.
//!
//! A node refers only to earlier ones, so whatever is done to a graph is a loop over its nodes.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::functions::{Binary, Unary, power};

/// Place of a node in the graph.
pub(super) type Id = u32;

/// The largest whole exponent that is a repeated multiplication.
const WHOLE: f64 = 64.0;

/// One value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Value {
    /// A number, as its bits.
    Number(u64),
    /// The variable of this place: states first, then time.
    Variable(u32),
    /// The slider of this place.
    Slider(u32),
    One(Unary, Id),
    Two(Binary, Id, Id),
    /// A whole power.
    Power(Id, i32),
    /// The second if the first is not 0, else the third.
    Choose(Id, Id, Id),
}

impl Value {
    /// Calls `f` with every node this one is made of.
    pub fn parts(self, mut f: impl FnMut(Id)) {
        match self {
            Self::Number(_) | Self::Variable(_) | Self::Slider(_) => {}
            Self::One(_, a) | Self::Power(a, _) => f(a),
            Self::Two(_, a, b) => [a, b].into_iter().for_each(f),
            Self::Choose(a, b, c) => [a, b, c].into_iter().for_each(f),
        }
    }
}

/// A quick hash for the few small numbers a [`Value`] is made of. Sources are short, so that one
/// made to collide gains nothing.
#[derive(Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u32(&mut self, x: u32) {
        self.write_u64(u64::from(x));
    }

    fn write_u64(&mut self, x: u64) {
        self.0 = (self.0.rotate_left(29) ^ x).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_isize(&mut self, x: isize) {
        self.write_u64(x as u64);
    }

    fn write_i32(&mut self, x: i32) {
        self.write_u64(x as u64);
    }
}

/// Values, each once.
#[derive(Debug, Default)]
pub(super) struct Graph {
    values: Vec<Value>,
    // Only ever looked up, never walked: its order cannot reach a result.
    known: HashMap<Value, Id, BuildHasherDefault<Mixer>>,
}

impl Graph {
    /// The value at `id`.
    pub fn value(&self, id: Id) -> Value {
        self.values[id as usize]
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// The number at `id`, if it is one.
    pub fn constant(&self, id: Id) -> Option<f64> {
        match self.value(id) {
            Value::Number(bits) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }

    /// Which nodes `roots` are made of, themselves included.
    pub fn reached(&self, roots: &[Id]) -> Vec<bool> {
        let mut reached = vec![false; self.len()];
        roots.iter().for_each(|id| reached[*id as usize] = true);
        for i in (0..self.len()).rev() {
            if reached[i] {
                self.values[i].parts(|part| reached[part as usize] = true);
            }
        }
        reached
    }

    fn add(&mut self, value: Value) -> Id {
        let next = self.values.len() as Id;
        let id = *self.known.entry(value).or_insert(next);
        if id == next {
            self.values.push(value);
        }
        id
    }

    /// A number.
    pub fn number(&mut self, x: f64) -> Id {
        self.add(Value::Number(x.to_bits()))
    }

    /// The variable of this place.
    pub fn variable(&mut self, place: usize) -> Id {
        self.add(Value::Variable(place as u32))
    }

    /// The slider of this place.
    pub fn slider(&mut self, place: usize) -> Id {
        self.add(Value::Slider(place as u32))
    }

    /// An operation on one value.
    pub fn one(&mut self, f: Unary, a: Id) -> Id {
        match self.constant(a) {
            Some(a) => self.number(f.apply(a)),
            None => self.add(Value::One(f, a)),
        }
    }

    /// An operation on two values. A factor 1 and a divisor 1 change no bit and are left out.
    pub fn two(&mut self, f: Binary, a: Id, b: Id) -> Id {
        match (f, self.constant(a), self.constant(b)) {
            (Binary::Power, _, Some(n)) if n.fract() == 0.0 && n.abs() <= WHOLE => self.power(a, n as i32),
            (_, Some(a), Some(b)) => self.number(f.apply(a, b)),
            (Binary::Multiply, Some(1.0), _) => b,
            (Binary::Multiply | Binary::Divide, _, Some(1.0)) => a,
            _ => self.add(Value::Two(f, a, b)),
        }
    }

    /// A whole power.
    pub fn power(&mut self, a: Id, n: i32) -> Id {
        match (n, self.constant(a)) {
            (_, Some(a)) => self.number(power(a, n)),
            (1, _) => a,
            _ => self.add(Value::Power(a, n)),
        }
    }

    /// `yes` where `test` is not 0, else `no`.
    pub fn choose(&mut self, test: Id, yes: Id, no: Id) -> Id {
        match self.constant(test) {
            Some(test) => [yes, no][usize::from(test == 0.0)],
            None if yes == no => yes,
            None => self.add(Value::Choose(test, yes, no)),
        }
    }
}
