//! One particle, with or without a record of every step.

use super::super::lanes::{Floats, Lanes, Work, only_wide};
use super::super::{Probe, State, Trace};
use super::words::{Cell, DRAWS, Kernel, MOST, Task, Word, with_word};
use super::{CAUTION, Call, tick};

/// Steps between two looks at the size of the state.
const SEGMENT: u64 = 256;

/// Whether every probe of a trace can be read off one particle of this state.
fn can_record(trace: &Trace, state: &State) -> bool {
    let known = |probe: &Probe| match *probe {
        Probe::Position(i) | Probe::Velocity(i) => i < state.dim(),
        Probe::Step | Probe::Time | Probe::Potential => true,
        _ => false,
    };
    let once = |(i, probe): (usize, &Probe)| !trace.probes()[..i].contains(probe);
    trace.probes().iter().all(known) && trace.probes().iter().enumerate().all(once)
}

/// Makes the steps of one particle; the number that were made.
pub(super) fn run<const D: usize, K: Kernel<D>>(call: &mut Call<'_>, kernel: K) -> u64 {
    if call.record.as_ref().is_some_and(|trace| !can_record(trace, call.state)) {
        return 0;
    }
    let program = call.program;
    program.with_letters(|letters| with_word(letters, Alone::<D, K> { call, kernel })).unwrap_or(0)
}

struct Alone<'a, 'b, const D: usize, K> {
    call: &'a mut Call<'b>,
    kernel: K,
}

impl<const D: usize, K: Kernel<D>> Task for Alone<'_, '_, D, K> {
    type Output = u64;

    fn run<W: Word>(self, _: W) -> u64 {
        if W::IS_NOISY {
            // A chain's price is its noise, and the plain loop pays the same.
            return 0;
        }
        only_wide(Chain::<W, K, D> { word: std::marker::PhantomData, alone: self }).unwrap_or(0)
    }
}

/// All steps of one particle by one word.
struct Chain<'a, 'b, W, K, const D: usize> {
    word: std::marker::PhantomData<W>,
    alone: Alone<'a, 'b, D, K>,
}

impl<W: Word, K: Kernel<D>, const D: usize> Work for Chain<'_, '_, W, K, D> {
    type Output = u64;

    #[inline(always)]
    fn run<L: Lanes, F: Floats>(self) -> u64 {
        let Alone { call, kernel } = self.alone;
        let coefficients = call.program.coefficients;
        let mut cell = taken(call.state);
        let mut made = 0;
        if let Some(trace) = &mut call.record {
            trace.reserve(call.steps as usize);
        }
        while made < call.steps {
            let steps = (call.steps - made).min(SEGMENT);
            let before = cell;
            let state = &call.state;
            match &mut call.record {
                None => {
                    for _ in 0..steps {
                        W::step(&kernel, &coefficients, &[[0.0; D]; DRAWS], &mut cell);
                    }
                }
                Some(trace) => {
                    let clock = Clock::of(state, call.dt);
                    Tape::of(trace, steps as usize).play::<L, W, K>(&kernel, &coefficients, &mut cell, clock);
                }
            }
            if !cell.is_within(CAUTION) {
                cell = before;
                break;
            }
            if let Some(trace) = &mut call.record {
                trace.keep(steps as usize);
            }
            tick(call.state, call.dt, steps);
            made += steps;
            // Where it is it will be after every whole round: only the rest has to be made.
            if call.record.is_none() && steps == SEGMENT && cell.same(&before) {
                let rounds = (call.steps - made) / SEGMENT * SEGMENT;
                tick(call.state, call.dt, rounds);
                made += rounds;
            }
        }
        put(&cell, call.state);
        made
    }
}

/// Where a stretch begins in time.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    step: u64,
    t: f64,
    dt: f64,
}

impl Clock {
    /// The clock of a state that makes steps of `dt`.
    pub fn of(state: &State, dt: f64) -> Self {
        Clock { step: state.step, t: state.t, dt }
    }

    /// Writes the time after every step.
    pub fn times(self, places: &mut [f64]) {
        let mut t = self.t;
        for place in places {
            t += self.dt;
            *place = t;
        }
    }

    /// Writes the number of every step.
    pub fn steps(self, places: &mut [f64]) {
        for (k, place) in places.iter_mut().enumerate() {
            *place = (self.step + k as u64 + 1) as f64;
        }
    }
}

/// The places a stretch of one particle is recorded at; what no probe asks for is not kept.
struct Tape<'a, const D: usize> {
    q: [Option<&'a mut [f64]>; D],
    v: [Option<&'a mut [f64]>; D],
    value: Option<&'a mut [f64]>,
    step: Option<&'a mut [f64]>,
    time: Option<&'a mut [f64]>,
    rows: usize,
}

impl<'a, const D: usize> Tape<'a, D> {
    fn of(trace: &'a mut Trace, rows: usize) -> Self {
        let (q, v) = (std::array::from_fn(|_| None), std::array::from_fn(|_| None));
        let mut tape = Tape { q, v, value: None, step: None, time: None, rows };
        for (probe, place) in trace.blank(rows) {
            let slot = match probe {
                Probe::Position(i) => tape.q.get_mut(i),
                Probe::Velocity(i) => tape.v.get_mut(i),
                Probe::Potential => Some(&mut tape.value),
                Probe::Step => Some(&mut tape.step),
                Probe::Time => Some(&mut tape.time),
                _ => None,
            };
            if let Some(slot) = slot {
                *slot = Some(place);
            }
        }
        tape
    }

    /// Makes the steps and records them.
    #[inline(always)]
    fn play<L: Lanes, W: Word, K: Kernel<D>>(
        self,
        kernel: &K,
        coefficients: &[f64; MOST],
        cell: &mut Cell<f64, D>,
        clock: Clock,
    ) {
        // What nobody asked for is written where nobody looks.
        let mut spare = [[[0.0; SEGMENT as usize]; 2]; D];
        let rows = self.rows.min(SEGMENT as usize);
        let mut q: [&mut [f64]; D] = std::array::from_fn(|_| Default::default());
        let mut v: [&mut [f64]; D] = std::array::from_fn(|_| Default::default());
        for (i, ((spare, own_q), own_v)) in spare.iter_mut().zip(self.q).zip(self.v).enumerate() {
            let [spare_q, spare_v] = spare;
            q[i] = &mut own_q.unwrap_or(spare_q)[..rows];
            v[i] = &mut own_v.unwrap_or(spare_v)[..rows];
        }
        for row in 0..rows {
            W::step(kernel, coefficients, &[[0.0; D]; DRAWS], cell);
            for i in 0..D {
                q[i][row] = cell.q[i];
                v[i][row] = cell.v[i];
            }
        }
        if let Some(value) = self.value {
            evaluate::<L, K, D>(kernel, &q, value);
        }
        if let Some(places) = self.time {
            clock.times(places);
        }
        if let Some(places) = self.step {
            clock.steps(places);
        }
    }
}

/// The potential of every row, several at a time.
#[inline(always)]
fn evaluate<L: Lanes, K: Kernel<D>, const D: usize>(kernel: &K, q: &[&mut [f64]; D], value: &mut [f64]) {
    let mut row = 0;
    while row + L::COUNT <= value.len() {
        kernel.value(std::array::from_fn(|i| L::load(q[i], row))).store(value, row);
        row += L::COUNT;
    }
    while row < value.len() {
        value[row] = kernel.value(std::array::from_fn(|i| q[i][row]));
        row += 1;
    }
}

/// The one particle of a state.
fn taken<const D: usize>(state: &State) -> Cell<f64, D> {
    let from = |array: &[f64]| std::array::from_fn(|i| array[i]);
    Cell { q: from(&state.q), v: from(&state.v), f: from(&state.f) }
}

/// Puts it back.
fn put<const D: usize>(cell: &Cell<f64, D>, state: &mut State) {
    state.q.copy_from_slice(&cell.q);
    state.v.copy_from_slice(&cell.v);
    state.f.copy_from_slice(&cell.f);
}
