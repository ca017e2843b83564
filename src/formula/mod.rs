//! The formula language of the typed world: text in, a landscape, a force or a system of
//! differential equations out, with exact derivatives and every fault said with its place.
//!
//! # The language
//!
//! Statements stand on lines of their own or are parted by `;`; `#` starts a comment. A statement
//! goes on over the end of a line inside brackets, after an operator, a comma or `=`, and when the
//! next line starts with an operator.
//!
//! | statement | what it is |
//! | --- | --- |
//! | `f(x) = x^4/4 - x^2/2`, `f(x, y) = …` | a loss; so is the one function there is, and a bare expression in `x`, `y` |
//! | `F(x) = …`, `F(x, v, t) = …` | a force over a line, unit mass, with velocity and time `t` if wanted |
//! | `F(x, y) = (…, …)`, `F(x, y, u, v, t) = (…, …)` | a force over the plane |
//! | `x' = …`, `y' = …`, `x'' = …` | differential equations, 1 to 4 states; `x'` and the time `t` on the right |
//! | `a = 3`, `b = 2a` | a constant, or a number that follows sliders |
//! | `a = 1 in [0, 2]`, `a = 0.1 in [0.001, 10] log` | a slider |
//! | `x0 = 1.5`, `x(0) = 1.5`, `x'(0) = 0` | where to start; nothing said means 1 for positions, 0 for velocities |
//! | `g(u) = u^2` | a helper; it sees its arguments, constants and sliders, never itself |
//!
//! Operators, tightest first: superscripts; `^` and `**` (from the right: `2^3^2` is 512); unary
//! `-` (so `-2^2` is −4); `*`, `/`; `+`, `-`. `|x|` is the absolute value. A number, a closing
//! round bracket or a superscript directly before a name or `(` multiplies, as in `2x`,
//! `2 sin(x)`, `3(x+1)`, `x²y`. Where readers would disagree, as in `1/2x` or `2^3x`, nothing is
//! guessed: that is a fault. The functions are [`FUNCTIONS`], the constants [`CONSTANTS`]; a
//! definition may take a constant's name but never a function's. Mathematical and full-width signs
//! (`·`, `×`, `−`, `（`, `，`, …) stand for their plain twins, subscript digits for digits.
//!
//! # Conventions at kinks
//!
//! `abs`, `sign`, `step`, `floor`, `relu` and `mod` have derivative 0 of the jump itself; `|x|` and
//! `hypot` have slope 0 at 0, `relu` has slope 0 at 0, `step(0)` is 1, `sign(0)` is 0; `min`,
//! `max` and `clamp` take the slope of the first argument when both are equal. NaN goes through all.
//!
//! # From text to numbers
//!
//! `lexer` makes tokens, `parser` and `statement` a flat tree, `scope` resolves names into a
//! `graph` in which equal parts are one, `derive` adds exact derivatives to that graph by forward
//! mode, `program` is the graph as a list of instructions run over blocks of an array. `world`
//! says what the text describes and holds its programs; `points` finds and names its fixed points.
//! Every transcendental function is `libm`'s, so that bits are equal on every platform.

mod declare;
mod derive;
mod eigen;
mod fault;
mod functions;
mod graph;
mod kind;
mod lexer;
mod names;
mod nature;
mod parser;
mod points;
mod problem;
mod program;
mod scope;
mod statement;
mod tree;
mod wanted;
mod world;

pub use declare::Slider;
pub use fault::Fault;
pub use functions::FUNCTIONS;
pub use kind::Kind;
pub use names::CONSTANTS;
pub use nature::Nature;
pub use points::{FixedPoint, fixed_points};
pub use problem::Problem;
pub use program::Program;
pub use wanted::Wanted;
pub use world::World;

/// Longest source, bytes.
pub const MAX_BYTES: usize = 4096;
/// Deepest nesting of brackets, signs and powers; also of definitions that use definitions.
pub const MAX_DEPTH: usize = 64;
/// Most nodes of the tree of one source.
pub const MAX_NODES: usize = 1024;
/// Most operations once helpers are written out.
pub const MAX_STEPS: usize = 2048;
/// Most sliders.
pub const MAX_SLIDERS: usize = 16;
/// Most helper functions.
pub const MAX_HELPERS: usize = 8;
/// Most states of a system: unknowns and their velocities.
pub const MAX_STATES: usize = 4;
