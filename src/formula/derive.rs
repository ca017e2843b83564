//! Exact derivatives by forward mode, as values of the same graph: what a value and its slope have
//! in common is computed once, and a second pass over the slopes gives exact second derivatives.
//!
//! A slope that is 0 whatever the numbers are is `None` and costs nothing; it also keeps `0·∞` out.

use std::f64::consts::{LN_2, LN_10};

use super::functions::{Binary, Unary};
use super::graph::{Graph, Id, Value};

/// A slope, or `None` if it is 0 everywhere.
type Slope = Option<Id>;

impl Graph {
    /// The derivatives of `of` by the variable `place`.
    pub fn slopes(&mut self, of: &[Id], place: usize) -> Vec<Id> {
        let reached = self.reached(of);
        let mut slopes: Vec<Slope> = vec![None; reached.len()];
        for i in (0..reached.len()).filter(|i| reached[*i]) {
            slopes[i] = self.slope(i as Id, place, &slopes);
        }
        let zero = self.number(0.0);
        of.iter().map(|id| slopes[*id as usize].unwrap_or(zero)).collect()
    }

    /// The slope of the value `id` from the slopes of its parts.
    fn slope(&mut self, id: Id, place: usize, slopes: &[Slope]) -> Slope {
        let of = |part: Id| slopes[part as usize];
        match self.value(id) {
            Value::Number(_) | Value::Slider(_) => None,
            Value::Variable(v) => (v as usize == place).then(|| self.number(1.0)),
            Value::One(f, a) => {
                let slope = of(a)?;
                let outer = self.outer(f, a, id)?;
                Some(self.times(outer, slope))
            }
            Value::Two(f, a, b) => self.slope_of_two(f, [a, b], [of(a), of(b)], id),
            Value::Power(a, n) => {
                let slope = of(a)?;
                if n == 0 {
                    return None;
                }
                let (factor, lower) = (self.number(f64::from(n)), self.power(a, n - 1));
                let outer = self.times(factor, lower);
                Some(self.times(outer, slope))
            }
            Value::Choose(test, yes, no) => {
                let (yes, no) = (of(yes), of(no));
                self.choose_slope(test, yes, no)
            }
        }
    }

    /// f′(a), where `id` is f(a); `None` where it is 0 everywhere but at jumps.
    fn outer(&mut self, f: Unary, a: Id, id: Id) -> Slope {
        Some(match f {
            Unary::Negate => self.number(-1.0),
            Unary::Sin => self.one(Unary::Cos, a),
            Unary::Cos => self.negative_of(Unary::Sin, a),
            Unary::Tan => {
                let (one, square) = (self.number(1.0), self.power(id, 2));
                self.two(Binary::Add, one, square)
            }
            Unary::Asin => self.over_root(1.0, a),
            Unary::Acos => self.over_root(-1.0, a),
            Unary::Atan => {
                let (one, square) = (self.number(1.0), self.power(a, 2));
                let below = self.two(Binary::Add, one, square);
                self.two(Binary::Divide, one, below)
            }
            Unary::Sinh => self.one(Unary::Cosh, a),
            Unary::Cosh => self.one(Unary::Sinh, a),
            Unary::Tanh => {
                let (one, square) = (self.number(1.0), self.power(id, 2));
                self.two(Binary::Subtract, one, square)
            }
            Unary::Exp => id,
            Unary::Ln => self.over(1.0, a),
            Unary::Log10 => self.over(1.0 / LN_10, a),
            Unary::Log2 => self.over(1.0 / LN_2, a),
            Unary::Sqrt => self.over(0.5, id),
            Unary::Cbrt => {
                let square = self.power(id, 2);
                self.over(1.0 / 3.0, square)
            }
            Unary::Abs => self.one(Unary::Sign, a),
            Unary::Sign | Unary::Step | Unary::Floor => return None,
            Unary::Sigmoid => {
                let minus = self.one(Unary::Negate, a);
                let other = self.one(Unary::Sigmoid, minus);
                self.times(id, other)
            }
            Unary::Softplus => self.one(Unary::Sigmoid, a),
            Unary::Relu => {
                let zero = self.number(0.0);
                self.two(Binary::Less, zero, a)
            }
            Unary::Gauss => {
                let minus = self.one(Unary::Negate, a);
                self.times(minus, id)
            }
        })
    }

    /// The slope of an operation on the two values `at`, whose slopes are given; it is at `id`.
    fn slope_of_two(&mut self, f: Binary, at: [Id; 2], slopes: [Slope; 2], id: Id) -> Slope {
        let ([a, b], [da, db]) = (at, slopes);
        if da.is_none() && db.is_none() {
            return None;
        }
        match f {
            Binary::Add => self.sum(da, db),
            Binary::Subtract => self.difference(da, db),
            Binary::Multiply => {
                let (left, right) = (da.map(|da| self.times(da, b)), db.map(|db| self.times(a, db)));
                self.sum(left, right)
            }
            Binary::Divide => {
                let taken = db.map(|db| self.times(id, db));
                let above = self.difference(da, taken)?;
                Some(self.two(Binary::Divide, above, b))
            }
            Binary::Power => self.slope_of_power(at, slopes, id),
            Binary::Atan2 => {
                let (left, right) = (da.map(|da| self.times(b, da)), db.map(|db| self.times(a, db)));
                let above = self.difference(left, right)?;
                let (aa, bb) = (self.power(a, 2), self.power(b, 2));
                let below = self.two(Binary::Add, aa, bb);
                Some(self.two(Binary::Divide, above, below))
            }
            Binary::Min => self.slope_of_either([b, a], [db, da]),
            Binary::Max => self.slope_of_either([a, b], [db, da]),
            Binary::Hypot => {
                let (left, right) = (da.map(|da| self.times(a, da)), db.map(|db| self.times(b, db)));
                let above = self.sum(left, right)?;
                let slope = self.two(Binary::Divide, above, id);
                self.choose_slope(id, Some(slope), None)
            }
            Binary::Mod => {
                let quotient = self.two(Binary::Divide, a, b);
                let whole = self.one(Unary::Floor, quotient);
                let taken = db.map(|db| self.times(whole, db));
                self.difference(da, taken)
            }
            Binary::Less => None,
        }
    }

    /// The slope of a^b: b a^(b−1) a′ + a^b ln a b′. Where a fixed exponent is 0 the first is 0.
    fn slope_of_power(&mut self, [a, b]: [Id; 2], [da, db]: [Slope; 2], id: Id) -> Slope {
        let by_base = da.and_then(|da| {
            let one = self.number(1.0);
            let less = self.two(Binary::Subtract, b, one);
            let lower = self.two(Binary::Power, a, less);
            let outer = self.times(b, lower);
            let slope = self.times(outer, da);
            self.choose_slope(b, Some(slope), None)
        });
        let by_exponent = db.map(|db| {
            let log = self.one(Unary::Ln, a);
            let outer = self.times(id, log);
            self.times(outer, db)
        });
        self.sum(by_base, by_exponent)
    }

    /// The first slope where `pair` is in rising order, else the second.
    fn slope_of_either(&mut self, [low, high]: [Id; 2], [yes, no]: [Slope; 2]) -> Slope {
        let test = self.two(Binary::Less, low, high);
        self.choose_slope(test, yes, no)
    }

    fn choose_slope(&mut self, test: Id, yes: Slope, no: Slope) -> Slope {
        if yes.is_none() && no.is_none() {
            return None;
        }
        let zero = self.number(0.0);
        Some(self.choose(test, yes.unwrap_or(zero), no.unwrap_or(zero)))
    }

    /// `numerator / below`.
    fn over(&mut self, numerator: f64, below: Id) -> Id {
        let above = self.number(numerator);
        self.two(Binary::Divide, above, below)
    }

    /// `numerator / √(1 − a²)`, with the root of the product (1 − a)(1 + a), which is exact near 1.
    fn over_root(&mut self, numerator: f64, a: Id) -> Id {
        let one = self.number(1.0);
        let (left, right) = (self.two(Binary::Subtract, one, a), self.two(Binary::Add, one, a));
        let product = self.times(left, right);
        let root = self.one(Unary::Sqrt, product);
        self.over(numerator, root)
    }

    /// `−f(a)`.
    fn negative_of(&mut self, f: Unary, a: Id) -> Id {
        let value = self.one(f, a);
        self.one(Unary::Negate, value)
    }

    /// The product; a factor −1 is a change of sign.
    fn times(&mut self, a: Id, b: Id) -> Id {
        match (self.constant(a), self.constant(b)) {
            (Some(-1.0), None) => self.one(Unary::Negate, b),
            (None, Some(-1.0)) => self.one(Unary::Negate, a),
            _ => self.two(Binary::Multiply, a, b),
        }
    }

    fn sum(&mut self, a: Slope, b: Slope) -> Slope {
        match (a, b) {
            (Some(a), Some(b)) => Some(self.two(Binary::Add, a, b)),
            (a, b) => a.or(b),
        }
    }

    fn difference(&mut self, a: Slope, b: Slope) -> Slope {
        match (a, b) {
            (Some(a), Some(b)) => Some(self.two(Binary::Subtract, a, b)),
            (a, b) => a.or_else(|| b.map(|b| self.one(Unary::Negate, b))),
        }
    }
}
