//! The functions of the language and the operations they are made of, each with its value at one
//! number and over an array. One table serves the parser, the folding of constants and the arrays,
//! so that all three give the same bits.

/// Where the operands of an array operation come from: an array, or one number for every place.
#[derive(Clone, Copy)]
pub(super) enum Operand<'a> {
    Array(&'a [f64]),
    Number(f64),
}

/// Makes an enumeration of operations on one number from a table `Variant = function`.
macro_rules! unary {
    ($($variant:ident = $f:expr;)*) => {
        /// An operation on one number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(super) enum Unary { $($variant),* }

        impl Unary {
            /// Its value at `x`.
            pub fn apply(self, x: f64) -> f64 {
                match self { $(Self::$variant => $f(x)),* }
            }

            /// Its value at every place of `x`.
            pub fn fill(self, x: Operand<'_>, out: &mut [f64]) {
                match self { $(Self::$variant => each(x, out, $f)),* }
            }
        }
    };
}

/// Makes an enumeration of operations on two numbers from a table `Variant = function`.
macro_rules! binary {
    ($($variant:ident = $f:expr;)*) => {
        /// An operation on two numbers.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(super) enum Binary { $($variant),* }

        impl Binary {
            /// Its value at `a`, `b`.
            pub fn apply(self, a: f64, b: f64) -> f64 {
                match self { $(Self::$variant => $f(a, b)),* }
            }

            /// Its value at every place of `a`, `b`.
            pub fn fill(self, a: Operand<'_>, b: Operand<'_>, out: &mut [f64]) {
                match self { $(Self::$variant => both(a, b, out, $f)),* }
            }
        }
    };
}

unary! {
    Negate = |x: f64| -x;
    Sin = libm::sin;
    Cos = libm::cos;
    Tan = libm::tan;
    Asin = libm::asin;
    Acos = libm::acos;
    Atan = libm::atan;
    Sinh = libm::sinh;
    Cosh = libm::cosh;
    Tanh = libm::tanh;
    Exp = libm::exp;
    Ln = libm::log;
    Log10 = libm::log10;
    Log2 = libm::log2;
    Sqrt = libm::sqrt;
    Cbrt = libm::cbrt;
    Abs = libm::fabs;
    Sign = |x: f64| if x > 0.0 { 1.0 } else if x < 0.0 { -1.0 } else { x * 0.0 };
    Step = |x: f64| if x >= 0.0 { 1.0 } else { x * 0.0 };
    Floor = libm::floor;
    Sigmoid = sigmoid;
    Softplus = |x: f64| if x > 0.0 { x + libm::log1p(libm::exp(-x)) } else { libm::log1p(libm::exp(x)) };
    Relu = |x: f64| if x <= 0.0 { 0.0 } else { x };
    Gauss = |x: f64| libm::exp(-0.5 * x * x);
}

binary! {
    Add = |a: f64, b: f64| a + b;
    Subtract = |a: f64, b: f64| a - b;
    Multiply = |a: f64, b: f64| a * b;
    Divide = |a: f64, b: f64| a / b;
    Power = libm::pow;
    Atan2 = libm::atan2;
    Min = |a: f64, b: f64| if a <= b || a.is_nan() { a } else { b };
    Max = |a: f64, b: f64| if a >= b || a.is_nan() { a } else { b };
    Hypot = libm::hypot;
    Mod = |a: f64, b: f64| a - b * libm::floor(a / b);
    Less = |a: f64, b: f64| f64::from(u8::from(a < b));
}

/// 1/(1 + e^−x) without overflow.
fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + libm::exp(-x))
    } else {
        let e = libm::exp(x);
        e / (1.0 + e)
    }
}

/// `x` to the whole power `n` by repeated multiplication.
pub(super) fn power(x: f64, n: i32) -> f64 {
    let (mut square, mut left, mut product) = (x, n.unsigned_abs(), 1.0);
    while left > 0 {
        if left & 1 == 1 {
            product *= square;
        }
        square *= square;
        left >>= 1;
    }
    if n < 0 { 1.0 / product } else { product }
}

/// Writes `f` of every place of `x`.
pub(super) fn each(x: Operand<'_>, out: &mut [f64], f: impl Fn(f64) -> f64) {
    match x {
        Operand::Array(x) => out.iter_mut().zip(x).for_each(|(out, x)| *out = f(*x)),
        Operand::Number(x) => out.fill(f(x)),
    }
}

/// Writes `f` of every place of `a` and `b`.
fn both(a: Operand<'_>, b: Operand<'_>, out: &mut [f64], f: impl Fn(f64, f64) -> f64) {
    match (a, b) {
        (Operand::Array(a), Operand::Array(b)) => {
            out.iter_mut().zip(a).zip(b).for_each(|((out, a), b)| *out = f(*a, *b));
        }
        (Operand::Array(a), Operand::Number(b)) => out.iter_mut().zip(a).for_each(|(out, a)| *out = f(*a, b)),
        (Operand::Number(a), Operand::Array(b)) => out.iter_mut().zip(b).for_each(|(out, b)| *out = f(a, *b)),
        (Operand::Number(a), Operand::Number(b)) => out.fill(f(a, b)),
    }
}

/// What a function of the language is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Builtin {
    One(Unary),
    Two(Binary),
    /// `clamp(x, low, high)`: `min(max(x, low), high)`.
    Clamp,
}

impl Builtin {
    /// The function of this name.
    pub fn named(name: &str) -> Option<Builtin> {
        TABLE.iter().find(|(known, _)| *known == name).map(|(_, builtin)| *builtin)
    }

    /// How many arguments it takes.
    pub fn arguments(self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Two(_) => 2,
            Self::Clamp => 3,
        }
    }
}

/// Makes the table of names, and the public list of them with how they are written.
macro_rules! table {
    ($($name:literal $arguments:literal $builtin:expr;)*) => {
        const TABLE: &[(&str, Builtin)] = &[$(($name, $builtin)),*];
        /// Every function of the language: its name and its arguments as a manual writes them.
        pub const FUNCTIONS: &[(&str, &str)] = &[$(($name, $arguments)),*];
    };
}

table! {
    "sin" "(x)" Builtin::One(Unary::Sin);
    "cos" "(x)" Builtin::One(Unary::Cos);
    "tan" "(x)" Builtin::One(Unary::Tan);
    "asin" "(x)" Builtin::One(Unary::Asin);
    "acos" "(x)" Builtin::One(Unary::Acos);
    "atan" "(x)" Builtin::One(Unary::Atan);
    "atan2" "(y, x)" Builtin::Two(Binary::Atan2);
    "sinh" "(x)" Builtin::One(Unary::Sinh);
    "cosh" "(x)" Builtin::One(Unary::Cosh);
    "tanh" "(x)" Builtin::One(Unary::Tanh);
    "exp" "(x)" Builtin::One(Unary::Exp);
    "ln" "(x)" Builtin::One(Unary::Ln);
    "log10" "(x)" Builtin::One(Unary::Log10);
    "log2" "(x)" Builtin::One(Unary::Log2);
    "sqrt" "(x)" Builtin::One(Unary::Sqrt);
    "cbrt" "(x)" Builtin::One(Unary::Cbrt);
    "abs" "(x)" Builtin::One(Unary::Abs);
    "sign" "(x)" Builtin::One(Unary::Sign);
    "min" "(a, b)" Builtin::Two(Binary::Min);
    "max" "(a, b)" Builtin::Two(Binary::Max);
    "clamp" "(x, low, high)" Builtin::Clamp;
    "step" "(x)" Builtin::One(Unary::Step);
    "floor" "(x)" Builtin::One(Unary::Floor);
    "sigmoid" "(x)" Builtin::One(Unary::Sigmoid);
    "softplus" "(x)" Builtin::One(Unary::Softplus);
    "relu" "(x)" Builtin::One(Unary::Relu);
    "gauss" "(x)" Builtin::One(Unary::Gauss);
    "hypot" "(x, y)" Builtin::Two(Binary::Hypot);
    "mod" "(a, b)" Builtin::Two(Binary::Mod);
}
