//! Steps made many at once are the steps made one by one, bit for bit: for every landscape and method
//! that can be fused, every number of threads and every width of registers.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use impetus::core::fields::{
    Banana, DoubleWell, FourWells, MullerBrown, Quadratic, Rosenbrock, TiltedDoubleWell, TwinWells,
};
use impetus::core::methods::{
    Convention, Friction, baoab, euler_maruyama, explicit_euler, gradient_descent, heavy_ball, leapfrog, nesterov,
    obabo, sghmc, spring, symplectic_em, ula,
};
use impetus::core::{
    At, Bounds, Call, Cells, Ending, Fate, Field, Gauge, Observe, Outcome, Probe, Registers, RungeKutta4, Splitting,
    Springs, State, Stepper, System, Trace, advance, limit_registers, registers,
};

/// Somebody who wants to be shown every step, so that nothing can be fused.
struct Watcher<'a>(Option<&'a mut Trace>);

impl Observe for Watcher<'_> {
    fn observe(&mut self, field: &dyn Field, state: &State) {
        if let Some(trace) = &mut self.0 {
            trace.observe(field, state);
        }
    }
}

fn fields() -> Vec<(&'static str, Arc<dyn Field>)> {
    vec![
        ("line", Arc::new(Quadratic::diagonal(&[0.7]))),
        ("bowl", Arc::new(Quadratic::d2l())),
        ("turned", Arc::new(Quadratic::rotated([0.3, 2.0], 0.4).around(&[0.5, -0.25]))),
        ("rosenbrock", Arc::new(Rosenbrock)),
        ("double well", Arc::new(DoubleWell { barrier: 0.8, half_width: 1.3 })),
        ("tilted", Arc::new(TiltedDoubleWell::default())),
        ("four wells", Arc::new(FourWells { barrier: 0.7, half_width: [1.0, 1.3] })),
        ("twin wells", Arc::new(TwinWells { barrier: 0.8, half_width: 1.2, stiffness: 3.0, slant: 0.5 })),
        ("banana", Arc::new(Banana { width: 1.1, bend: 0.7, stiffness: 4.0 })),
        ("müller–brown", Arc::new(MullerBrown)),
    ]
}

fn methods() -> Vec<(&'static str, Arc<dyn Stepper>)> {
    let (m, c, h, t) = (1.0, 0.8, 2e-3, 0.3);
    vec![
        ("descent", Arc::new(gradient_descent(1e-3))),
        ("heavy ball", Arc::new(heavy_ball(1e-3, 0.9, Convention::Displacement))),
        ("accumulating", Arc::new(heavy_ball(1e-3, 0.9, Convention::Accumulating))),
        ("nesterov", Arc::new(nesterov(1e-3, 0.9))),
        ("spring", Arc::new(spring(m, c, h, Friction::Exponential))),
        ("leapfrog", Arc::new(leapfrog(m, h))),
        ("runge-kutta", Arc::new(RungeKutta4 { dt: h, mass: 1.0, friction: c })),
        ("sghmc", Arc::new(sghmc(1e-3, 0.1, t))),
        ("symplectic euler", Arc::new(symplectic_em(m, c, h, t))),
        ("euler-maruyama", Arc::new(euler_maruyama(m, c, h, t))),
        ("overdamped", Arc::new(ula(1e-3, t))),
        ("baoab", Arc::new(baoab(m, c, h, t))),
        ("obabo", Arc::new(obabo(m, c, h, t))),
        ("explicit euler", Arc::new(explicit_euler(m, c, h))),
        ("cold baoab", Arc::new(baoab(m, c, h, 0.0))),
        ("cold obabo", Arc::new(obabo(m, c, h, 0.0))),
    ]
}

/// A cloud spread over the unit square.
fn start(dim: usize, n: usize) -> State {
    let mut state = State::at(&vec![0.0; dim], &vec![0.1; dim], n, 11, 2);
    for (i, q) in state.q.iter_mut().enumerate() {
        *q = (i as f64 * 0.618_033_988_75).fract() - 0.4;
    }
    state
}

/// A field that counts how often it is asked for forces: once per step, unless steps are made at once.
struct Counted(Arc<dyn Field>, AtomicU64);

impl Field for Counted {
    fn dim(&self) -> usize {
        self.0.dim()
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        self.1.fetch_add(1, Ordering::Relaxed);
        self.0.force(at, out);
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        self.0.potential(at, out)
    }

    fn hessian(&self, q: &[f64], out: &mut [f64]) -> bool {
        self.0.hessian(q, out)
    }

    fn fuse(&self, call: &mut Call<'_>) {
        self.0.fuse(call);
    }
}

/// The bits of every column.
fn rows(trace: &Trace) -> Vec<Vec<u64>> {
    trace.probes().iter().map(|probe| trace.column(*probe).iter().map(|x| x.to_bits()).collect()).collect()
}

/// Whether two states are the same but for scratch memory.
fn same(a: &State, b: &State) -> bool {
    let bits = |x: &[f64]| -> Vec<u64> { x.iter().map(|x| x.to_bits()).collect() };
    let whole = |s: &State| (s.step, s.t.to_bits(), s.stats, bits(&s.q), bits(&s.v), bits(&s.f));
    whole(a) == whole(b)
}

/// Does some work with registers no wider than `most`, and nothing of the kind at the same time.
fn with_registers<T>(most: Registers, work: impl FnOnce() -> T) -> T {
    static HELD: Mutex<()> = Mutex::new(());
    let _held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    limit_registers(most);
    let out = work();
    limit_registers(Registers::Avx512);
    out
}

fn in_pool<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

const PROBES: [Probe; 14] = [
    Probe::Step,
    Probe::Time,
    Probe::Position(0),
    Probe::Velocity(0),
    Probe::Potential,
    Probe::MeanPosition(0),
    Probe::SpreadPosition(0),
    Probe::VarianceVelocity(0),
    Probe::Mean(Gauge::SquareVelocity),
    Probe::Mean(Gauge::Potential),
    Probe::Mean(Gauge::SquareForce),
    Probe::Mean(Gauge::Laplacian),
    Probe::Mean(Gauge::Above(0.0)),
    Probe::Mean(Gauge::Above(-0.2)),
];

#[test]
fn many_steps_at_once_are_single_steps() {
    for (place, field) in fields() {
        for (name, stepper) in methods() {
            let system = System { field: field.clone(), stepper };
            for (n, steps) in [(1, 700), (3, 70), (50, 40), (1030, 37), (2500, 33)] {
                let mut plain = start(field.dim(), n);
                assert_eq!(advance(&system, &mut plain, steps, &mut Watcher(None)), Outcome::Running);
                for threads in [1, 2, 7] {
                    let mut fused = start(field.dim(), n);
                    in_pool(threads, || advance(&system, &mut fused, steps, &mut ()));
                    assert!(same(&fused, &plain), "{place}, {name}, {n} particles, {threads} threads");
                }
            }
        }
    }
}

#[test]
fn every_width_of_registers_gives_the_same_bits() {
    for (place, field) in fields() {
        for (name, stepper) in methods() {
            let system = System { field: field.clone(), stepper };
            let run = |most| {
                let mut state = start(field.dim(), 1500);
                with_registers(most, || advance(&system, &mut state, 40, &mut ()));
                state
            };
            let plain = run(Registers::Plain);
            for most in [Registers::Avx2, Registers::Avx512] {
                assert!(same(&run(most), &plain), "{place}, {name}, {most:?}");
            }
        }
    }
}

#[test]
fn what_is_recorded_at_once_is_what_is_recorded_step_by_step() {
    for (place, field) in fields() {
        for (name, stepper) in methods() {
            let system = System { field: field.clone(), stepper };
            for (n, steps, probes) in [(1, 600, &PROBES[..5]), (1, 40, &PROBES[..]), (1500, 70, &PROBES[..])] {
                let (mut by_step, mut at_once) = (Trace::new(probes, 4), Trace::new(probes, 0));
                let (mut a, mut b) = (start(field.dim(), n), start(field.dim(), n));
                advance(&system, &mut a, steps, &mut Watcher(Some(&mut by_step)));
                advance(&system, &mut b, steps, &mut at_once);
                assert!(same(&a, &b) && by_step.len() == steps as usize, "{place}, {name}, {n}");
                assert!(rows(&by_step) == rows(&at_once), "{place}, {name}, {n} particles: other rows");
            }
        }
    }
}

/// Rows of a cloud, all gauges and one level, are made at once, by any number of threads and any registers.
#[test]
fn a_cloud_is_recorded_without_the_plain_loop() {
    for (place, field) in fields() {
        for (name, stepper) in methods() {
            let record = |n: usize, most, threads| {
                let counted = Arc::new(Counted(field.clone(), AtomicU64::new(0)));
                let system = System { field: counted.clone(), stepper: stepper.clone() };
                let (mut state, mut trace) = (start(field.dim(), n), Trace::new(&PROBES[..13], 0));
                with_registers(most, || in_pool(threads, || advance(&system, &mut state, 70, &mut trace)));
                (rows(&trace), counted.1.load(Ordering::Relaxed))
            };
            for n in [5, 2053] {
                let (want, _) = record(n, Registers::Plain, 1);
                assert!(want.iter().flatten().all(|x| f64::from_bits(*x).is_finite()), "{place}, {name}");
                for (most, threads) in [(Registers::Avx2, 1), (Registers::Avx512, 1), (Registers::Avx512, 7)] {
                    let (got, forces) = record(n, most, threads);
                    assert!(got == want, "{place}, {name}, {n} particles, {most:?}, {threads} threads");
                    assert!(forces <= 1 || registers() == Registers::Plain, "{place}, {name}: {forces} forces");
                }
            }
        }
    }
}

#[test]
fn divergence_is_found_at_its_step() {
    let table: [(Arc<dyn Field>, Splitting); 4] = [
        (Arc::new(Quadratic::d2l()), heavy_ball(1.0, 0.5, Convention::Displacement)),
        (Arc::new(Rosenbrock), heavy_ball(0.05, 0.9, Convention::Displacement)),
        (Arc::new(DoubleWell { barrier: 1.0, half_width: 1.0 }), baoab(1.0, 1.0, 1.9, 4.0)),
        // A step of this one begins with the force the step before left.
        (Arc::new(Quadratic::d2l()), baoab(1.0, 0.01, 1.5, 0.0)),
    ];
    for (field, method) in table {
        let system = System::new(field.clone(), method);
        for n in [1, 43, 3001] {
            let (mut a, mut b, mut c) = (start(field.dim(), n), start(field.dim(), n), start(field.dim(), n));
            let mut trace = Trace::new(&[Probe::Position(0)], 0);
            let by_step = advance(&system, &mut a, 5000, &mut Watcher(None));
            assert!(matches!(by_step, Outcome::Diverged { .. }));
            assert_eq!(advance(&system, &mut b, 5000, &mut ()), by_step);
            assert_eq!(advance(&system, &mut c, 5000, &mut trace), by_step);
            assert_eq!((b.step, c.step, trace.len() as u64), (a.step, a.step, a.step));
            let bits = |s: &State| -> Vec<u64> { s.q.iter().chain(&s.v).map(|x| x.to_bits()).collect() };
            assert!(bits(&a) == bits(&b) && bits(&a) == bits(&c), "{n} particles");
        }
    }
}

/// Some particles alone are the same particles among others.
#[test]
fn the_first_particles_go_their_way_alone() {
    for (place, field) in fields() {
        for (name, stepper) in methods() {
            let system = System { field: field.clone(), stepper };
            let mut all = start(field.dim(), 1100);
            advance(&system, &mut all, 20, &mut ());
            let mut few = all.first(40);
            advance(&system, &mut few, 35, &mut ());
            advance(&system, &mut all, 35, &mut ());
            assert!(same(&few, &all.first(40)), "{place}, {name}");
        }
    }
}

/// A chain is one path, however it is cut into calls.
#[test]
fn cutting_a_run_changes_nothing() {
    let field: Arc<dyn Field> = Arc::new(DoubleWell { barrier: 1.0, half_width: 1.0 });
    for (name, stepper) in methods() {
        let system = System { field: field.clone(), stepper };
        let (mut whole, mut cut) = (start(1, 1100), start(1, 1100));
        advance(&system, &mut whole, 120, &mut ());
        for steps in [1, 2, 3, 5, 9, 40, 60] {
            advance(&system, &mut cut, steps, &mut ());
        }
        assert!(same(&whole, &cut), "{name}");
    }
}

/// The cells of a map against one run per cell.
#[test]
fn cells_are_runs() {
    let (columns, rows, bounds) = (23, 17, Bounds { low: 1e-18, high: 1e12, most: 301 });
    let eta = |column: usize| 4.4 * (column as f64 + 0.5) / columns as f64;
    let beta = |row: usize| 1.1 * (row as f64 + 0.5) / rows as f64;
    let bowl: Arc<dyn Field> = Arc::new(Quadratic::diagonal(&[1.0]));
    let fate = |method: Splitting| {
        let (system, mut state) = (System::new(bowl.clone(), method), State::at(&[1.0], &[0.0], 1, 0, 0));
        for step in 1..=bounds.most {
            advance(&system, &mut state, 1, &mut ());
            let size = state.v[0].mul_add(state.v[0], state.q[0] * state.q[0]);
            if size < bounds.low || !(size <= bounds.high) {
                let ending = if size < bounds.low { Ending::Settled } else { Ending::Escaped };
                return Fate { ending, step };
            }
        }
        Fate { ending: Ending::Undecided, step: bounds.most }
    };
    let ball = |eta, beta| heavy_ball(eta, beta, Convention::Displacement);
    let cells = Cells::new(&ball(0.5, 0.5), [1.0, 0.0]).unwrap();
    let want: Vec<Fate> = (0..columns * rows).map(|i| fate(ball(eta(i % columns), beta(i / columns)))).collect();
    let kinds = |e| want.iter().filter(|f| f.ending == e).count();
    assert!([Ending::Undecided, Ending::Settled, Ending::Escaped].map(kinds).iter().all(|n| *n > 5));
    for most in [Registers::Plain, Registers::Avx2, Registers::Avx512] {
        for threads in [1, 2, 7] {
            let set = |column: usize, row: usize, c: &mut [f64; 8]| (c[0], c[1]) = (beta(row), eta(column));
            let got = with_registers(most, || in_pool(threads, || cells.map([columns, rows], bounds, set)));
            assert_eq!(got, want, "{most:?}, {threads} threads");
        }
    }
    assert!(Cells::new(&baoab(1.0, 1.0, 0.1, 1.0), [1.0, 0.0]).is_none(), "a map of noise has no one fate");
}

/// Springs of their own stiffness and friction against one run per spring.
#[test]
fn springs_are_runs() {
    let n = 61;
    let stiffness: Vec<f64> = (0..n).map(|i| 0.5 + 0.3 * i as f64).collect();
    let friction: Vec<f64> = (0..n).map(|i| 0.05 + 0.02 * i as f64).collect();
    let (mut q, mut v) = (vec![1.0; n], vec![0.0; n]);
    Springs { stiffness: &stiffness, friction: &friction }.advance(&mut q, &mut v, 0.01, 500);
    for i in 0..n {
        let method = RungeKutta4 { dt: 0.01, mass: 1.0, friction: friction[i] };
        let system = System::new(Arc::new(Quadratic::diagonal(&stiffness[i..=i])), method);
        let mut state = State::at(&[1.0], &[0.0], 1, 0, 0);
        advance(&system, &mut state, 500, &mut Watcher(None));
        assert_eq!((q[i], v[i]), (state.q[0], state.v[0]), "spring {i}");
    }
}
