//! A graph as a list of instructions, run over arrays in blocks that stay in the nearest cache.

use std::cell::Cell;

use super::functions::{Binary, Operand, Unary, each, power};
use super::graph::{Graph, Id, Value};

/// Places computed at once.
const BLOCK: usize = 128;

/// Where an instruction finds an operand.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Source {
    Register(usize),
    Variable(usize),
    Slider(usize),
    Number(f64),
}

/// What an instruction does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    One(Unary, Source),
    Two(Binary, Source, Source),
    Power(Source, i32),
    Choose(Source, Source, Source),
}

/// A compiled formula of one or several values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Program {
    steps: Vec<(Act, usize)>,
    outputs: Vec<Source>,
    registers: usize,
    reads: Vec<bool>,
}

/// Registers of a thread, each of [`BLOCK`] numbers, kept between calls so that a call allocates nothing.
#[derive(Default)]
struct Scratch {
    registers: Vec<Vec<f64>>,
}

thread_local! {
    static SCRATCH: Cell<Scratch> = Cell::default();
}

impl Program {
    /// How many values it computes.
    pub fn outputs(&self) -> usize {
        self.outputs.len()
    }

    /// How many instructions it has.
    pub fn steps(&self) -> usize {
        self.steps.len()
    }

    /// Whether a value depends on the variable of this place.
    pub fn reads(&self, place: usize) -> bool {
        self.reads.get(place).copied().unwrap_or(false)
    }

    /// Writes every value at `n` places into `out`, `[outputs][n]`; `n` is the length of `out` over
    /// the number of values. A variable is `n` numbers, or one that stands for all; a variable or
    /// a slider that is missing or too short is NaN. Allocates only while a thread's registers are
    /// fewer than the largest program it has run needs.
    pub fn eval(&self, variables: &[&[f64]], sliders: &[f64], out: &mut [f64]) {
        let Some(n) = out.len().checked_div(self.outputs.len()) else { return };
        let mut scratch = SCRATCH.take();
        let wanted = self.registers + 1;
        if scratch.registers.len() < wanted {
            scratch.registers.resize_with(wanted, || vec![0.0; BLOCK]);
        }
        if let Some((spare, registers)) = scratch.registers.split_last_mut() {
            for start in (0..n).step_by(BLOCK) {
                let at = Block { variables, sliders, start, len: BLOCK.min(n - start) };
                self.block(&at, registers, spare);
                for (source, out) in self.outputs.iter().zip(out.chunks_exact_mut(n)) {
                    each(at.operand(*source, registers), &mut out[start..start + at.len], |x| x);
                }
            }
        }
        SCRATCH.set(scratch);
    }

    /// The values at one point, into `out`, `[outputs]`.
    pub fn at(&self, point: &[f64], sliders: &[f64], out: &mut [f64]) {
        const MOST: usize = super::MAX_STATES + 1;
        let mut variables: [&[f64]; MOST] = [&[]; MOST];
        variables.iter_mut().zip(point.chunks(1)).for_each(|(v, x)| *v = x);
        self.eval(&variables, sliders, out);
    }

    /// Runs the instructions over one block. A result is made in `spare`, which then changes places
    /// with the register it belongs to, so that a register may be read and written by one step.
    fn block(&self, at: &Block<'_>, registers: &mut [Vec<f64>], spare: &mut Vec<f64>) {
        for (act, to) in &self.steps {
            let out = &mut spare[..at.len];
            let operand = |source: Source| at.operand(source, registers);
            match *act {
                Act::One(f, a) => f.fill(operand(a), out),
                Act::Two(f, a, b) => f.fill(operand(a), operand(b), out),
                Act::Power(a, 2) => each(operand(a), out, |x| x * x),
                Act::Power(a, n) => each(operand(a), out, |x| power(x, n)),
                Act::Choose(test, yes, no) => choose(operand(test), operand(yes), operand(no), out),
            }
            if let Some(register) = registers.get_mut(*to) {
                std::mem::swap(register, spare);
            }
        }
    }
}

/// One block of a call.
struct Block<'a> {
    variables: &'a [&'a [f64]],
    sliders: &'a [f64],
    start: usize,
    len: usize,
}

impl Block<'_> {
    fn operand<'r>(&'r self, source: Source, registers: &'r [Vec<f64>]) -> Operand<'r> {
        let array = match source {
            Source::Number(x) => return Operand::Number(x),
            Source::Slider(k) => return Operand::Number(self.sliders.get(k).copied().unwrap_or(f64::NAN)),
            Source::Register(r) => registers.get(r).and_then(|r| r.get(..self.len)),
            Source::Variable(k) => match self.variables.get(k) {
                Some([x]) => return Operand::Number(*x),
                Some(x) => x.get(self.start..self.start + self.len),
                None => None,
            },
        };
        array.map_or(Operand::Number(f64::NAN), Operand::Array)
    }
}

impl Operand<'_> {
    fn get(self, place: usize) -> f64 {
        match self {
            Self::Array(x) => x[place],
            Self::Number(x) => x,
        }
    }
}

fn choose(test: Operand<'_>, yes: Operand<'_>, no: Operand<'_>, out: &mut [f64]) {
    for (place, out) in out.iter_mut().enumerate() {
        *out = if test.get(place) == 0.0 { no.get(place) } else { yes.get(place) };
    }
}

impl Graph {
    /// The program that computes `roots`. A register is used again once its last reader has run.
    pub fn program(&self, roots: &[Id]) -> Program {
        let reached = self.reached(roots);
        let mut last: Vec<usize> = (0..self.len()).collect();
        for i in (0..self.len()).filter(|i| reached[*i]) {
            self.value(i as Id).parts(|part| last[part as usize] = i);
        }
        roots.iter().for_each(|root| last[*root as usize] = usize::MAX);
        let mut emitter =
            Emitter { graph: self, last, places: vec![0; self.len()], free: vec![], out: Program::default() };
        for i in (0..self.len()).filter(|i| reached[*i]) {
            emitter.emit(i as Id);
        }
        emitter.out.outputs = roots.iter().map(|root| emitter.source(*root)).collect();
        emitter.out
    }
}

/// Turns values into instructions, in the order of the graph.
struct Emitter<'a> {
    graph: &'a Graph,
    /// The last value that reads each value.
    last: Vec<usize>,
    /// The register of each value.
    places: Vec<usize>,
    free: Vec<usize>,
    out: Program,
}

impl Emitter<'_> {
    fn source(&self, id: Id) -> Source {
        match self.graph.value(id) {
            Value::Number(bits) => Source::Number(f64::from_bits(bits)),
            Value::Variable(k) => Source::Variable(k as usize),
            Value::Slider(k) => Source::Slider(k as usize),
            _ => Source::Register(self.places[id as usize]),
        }
    }

    fn emit(&mut self, id: Id) {
        let value = self.graph.value(id);
        let act = match value {
            Value::Number(_) | Value::Slider(_) => return,
            Value::Variable(k) => return self.reads(k as usize),
            Value::One(f, a) => Act::One(f, self.source(a)),
            Value::Two(f, a, b) => Act::Two(f, self.source(a), self.source(b)),
            Value::Power(a, n) => Act::Power(self.source(a), n),
            Value::Choose(a, b, c) => Act::Choose(self.source(a), self.source(b), self.source(c)),
        };
        value.parts(|part| self.release(part, id));
        let to = self.free.pop().unwrap_or(self.out.registers);
        self.out.registers = self.out.registers.max(to + 1);
        self.places[id as usize] = to;
        self.out.steps.push((act, to));
    }

    fn reads(&mut self, place: usize) {
        let len = self.out.reads.len().max(place + 1);
        self.out.reads.resize(len, false);
        self.out.reads[place] = true;
    }

    /// Frees the register of `part` if `reader` is the last to read it.
    fn release(&mut self, part: Id, reader: Id) {
        if self.last[part as usize] == reader as usize {
            if let Source::Register(register) = self.source(part) {
                self.free.push(register);
            }
            // Read twice by one value, it is freed once.
            self.last[part as usize] = usize::MAX;
        }
    }
}
