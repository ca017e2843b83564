//! A step allocates nothing, counted at the allocator.

use std::alloc::{GlobalAlloc, Layout, System as Heap};
use std::cell::Cell;
use std::sync::Arc;

use impetus::core::fields::{DoubleWell, PlateauCliffValley, Quadratic, Rosenbrock};
use impetus::core::methods::{
    AdaDelta, AdaGrad, Adam, Chase, Convention, Decay, Extragradient, FedAvg, Friction, GameMomentum, Hmc, Idle, Kept,
    LaggedStatistic, LeimkuhlerMatthews, Momentum, NAdam, Optimistic, Participation, ProximalPoint, Restarted, RmsProp,
    Schedule, SparseAdam, SparseMomentum, Target, baoab, gradient_descent, heavy_ball, leapfrog, nesterov, sghmc,
    spring, ula,
};
use impetus::core::{DormandPrince, ExactFlow, Field, RungeKutta4, SampledPd, State, Stepper, System, advance};
use impetus::formula::World;

/// The system's allocator, counting what this thread asks of it.
struct Counting;

thread_local! {
    static ASKED: Cell<usize> = const { Cell::new(0) };
}

fn count() {
    // A thread that is ending has no counter any more; nothing of interest happens there.
    let _ = ASKED.try_with(|n| n.set(n.get() + 1));
}

// SAFETY: every call is passed on unchanged to the system's allocator.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        unsafe { Heap.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        unsafe { Heap.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        unsafe { Heap.realloc(place, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn methods() -> Vec<(&'static str, Arc<dyn Stepper>)> {
    let bowl = Quadratic::d2l();
    let flow = ExactFlow::new(bowl.stiffness().unwrap(), &[1.0, 2.0], &[0.3], 0.1);
    let joint = SampledPd { period: 0.1, inertia: vec![1.0], kd: vec![0.3], torque_limit: 2.0 };
    let ball = |convention| Arc::new(heavy_ball(0.001, 0.9, convention)) as Arc<dyn Stepper>;
    let damped = |friction| Arc::new(spring(1.0, 0.5, 0.01, friction)) as Arc<dyn Stepper>;
    vec![
        ("gradient descent", Arc::new(gradient_descent(0.001))),
        ("displacement", ball(Convention::Displacement)),
        ("accumulating", ball(Convention::Accumulating)),
        ("moving average", ball(Convention::MovingAverage)),
        ("nesterov", Arc::new(nesterov(0.001, 0.9))),
        ("explicit", damped(Friction::Explicit)),
        ("implicit", damped(Friction::Implicit)),
        ("exponential", damped(Friction::Exponential)),
        ("central", damped(Friction::Central)),
        ("leapfrog", Arc::new(leapfrog(1.0, 0.01))),
        ("ula", Arc::new(ula(0.001, 0.1))),
        ("sghmc", Arc::new(sghmc(0.001, 0.1, 0.1))),
        ("baoab", Arc::new(baoab(1.0, 0.5, 0.01, 0.1))),
        ("rk4", Arc::new(RungeKutta4 { dt: 0.01, mass: 1.0, friction: 0.2 })),
        ("exact flow", Arc::new(flow)),
        ("sampled PD", Arc::new(joint)),
        ("dormand-prince", Arc::new(DormandPrince::new(1.0, 0.2, 0.01))),
    ]
}

/// The methods that are no words: optimizers that adapt, samplers that remember, games and toys.
fn more_methods() -> Vec<(&'static str, Arc<dyn Stepper>)> {
    let cosine = Schedule::Cosine { over: 50, floor: 0.1 };
    let (eta, beta) = (0.001, 0.9);
    let clients = vec![[1.0, 0.5], [2.0, -0.5], [0.5, 1.0]];
    let fed = |participation| {
        let clients = clients.clone();
        Arc::new(FedAvg { clients, local_steps: 3, eta_local: 0.01, eta_server: 0.5, beta, participation })
    };
    vec![
        ("momentum", Arc::new(Momentum::pytorch(eta, beta).with_nesterov(true).with_schedule(cosine))),
        ("sgdw", Arc::new(Momentum::sgdw(eta, beta, 0.1).with_dampening(0.1))),
        ("adam", Arc::new(Adam::adam_l2(eta, beta, 0.99, 1e-8, 0.1))),
        ("adamw", Arc::new(Adam::adamw(eta, beta, 0.99, 1e-8, 0.1).with_schedule(cosine))),
        ("amsgrad", Arc::new(Adam::amsgrad(eta, beta, 0.99, 1e-8))),
        ("nadam", Arc::new(NAdam::new(eta, beta, 0.99, 1e-8, 0.004).with_decay(Decay::Coupled(0.1)))),
        ("adagrad", Arc::new(AdaGrad::new(eta, 0.01, 0.0, 1e-10))),
        ("adadelta", Arc::new(AdaDelta::new(eta, 0.9, 1e-6))),
        ("rmsprop", Arc::new(RmsProp::new(eta, 0.99, 1e-8, 0.5, true))),
        ("sparse momentum", Arc::new(SparseMomentum { eta, beta, idle: Idle::Fading })),
        ("sparse adam", Arc::new(SparseAdam { lr: eta, beta1: beta, beta2: 0.99, eps: 1e-8 })),
        ("restarted", Arc::new(Restarted { method: Arc::new(nesterov(eta, beta)), at: 2, kept: Kept::Velocity })),
        ("hmc", Arc::new(Hmc::new(1.0, 0.01, 5, 0.1))),
        ("leimkuhler-matthews", Arc::new(LeimkuhlerMatthews { eps: eta, temperature: 0.1 })),
        ("simultaneous", Arc::new(GameMomentum::simultaneous(eta, beta))),
        ("alternating", Arc::new(GameMomentum::alternating(eta, beta))),
        ("extragradient", Arc::new(Extragradient { eta })),
        ("optimistic", Arc::new(Optimistic { eta })),
        ("proximal point", Arc::new(ProximalPoint { eta })),
        ("lagged statistic", Arc::new(LaggedStatistic { eta, beta, rho: 0.9, kappa: 0.5 })),
        ("chase", Arc::new(Chase { eta, beta, target: Target::Walk(0.1) })),
        ("federated, all", fed(Participation::All)),
        ("federated, sampled", fed(Participation::Sampled(2))),
        ("federated, listed", fed(Participation::Listed(vec![vec![0, 2], vec![]]))),
    ]
}

#[test]
fn no_step_allocates() {
    let before = ASKED.get();
    let proof = vec![1.0f64; 3];
    assert_eq!(ASKED.get() - before, 1, "the counter does not count {proof:?}");
    let fields: [Arc<dyn Field>; 4] = [
        Arc::new(Quadratic::rotated([0.2, 4.0], 0.4)),
        Arc::new(Rosenbrock),
        Arc::new(DoubleWell { barrier: 1.0, half_width: 1.0 }),
        Arc::new(PlateauCliffValley::default()),
    ];
    for field in fields {
        for (name, stepper) in methods().into_iter().chain(more_methods()) {
            // The exact flow carries its own two-dimensional matrix.
            if name == "exact flow" && field.dim() != 2 {
                continue;
            }
            for n in [1, 7, 100] {
                let system = System { field: field.clone(), stepper: stepper.clone() };
                let mut state = State::at(&vec![0.4; field.dim()], &[], n, 3, 0);
                advance(&system, &mut state, 1, &mut ());
                let before = ASKED.get();
                for _ in 0..100 {
                    system.stepper.step(&*system.field, &mut state);
                }
                assert_eq!(ASKED.get() - before, 0, "{name}, {n} particles: allocations in Stepper::step");
                let asked = |steps: u64, state: &mut State| {
                    let before = ASKED.get();
                    advance(&system, state, steps, &mut ());
                    ASKED.get() - before
                };
                // Sharing the work out may cost something now and then, never anything per step.
                let (few, many) = (asked(100, &mut state), asked(1000, &mut state));
                assert!(few <= 64 && many <= 64, "{name}, {n} particles: {few} and {many} allocations in the loop");
            }
        }
    }
}

/// A typed world evaluates without allocation once its thread has run it.
#[test]
fn no_formula_allocates() {
    let world = World::parse("f(x, y) = sin(x*y)^3/(1 + exp(-a*x)) + max(x, y)^2; a = 1 in [0, 2]").unwrap();
    let (q, mut out) = (vec![0.4; 2000], vec![0.0; 4000]);
    let call = |out: &mut [f64]| {
        let columns = world.columns(&q, &[], &0.0);
        world.potential(&columns, &[1.0], &mut out[..1000])
            && world.force(&columns, &[1.0], &mut out[..2000])
            && world.hessian(&columns, &[1.0], out)
    };
    assert!(call(&mut out));
    let before = ASKED.get();
    assert!(call(&mut out));
    assert_eq!(ASKED.get() - before, 0);
}
