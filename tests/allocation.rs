//! A step allocates nothing, counted at the allocator.

use std::alloc::{GlobalAlloc, Layout, System as Heap};
use std::cell::Cell;
use std::sync::Arc;

use impetus::core::fields::{Clipped, DiracGan, DoubleWell, MullerBrown, PlateauCliffValley, Quadratic, Rosenbrock};
use impetus::core::methods::{
    AdaDelta, AdaGrad, Adam, Convention, Decay, Extragradient, FedAvg, Friction, GameMomentum, Hmc, LaggedStatistic,
    LeimkuhlerMatthews, Momentum, NAdam, Optimistic, Participation, ProximalPoint, RmsProp, Schedule, baoab,
    gradient_descent, heavy_ball, leapfrog, nesterov, qhm, sghmc, spring, ula,
};
use impetus::core::{
    DormandPrince, ExactFlow, Field, RungeKutta4, SampledPd, Splitting, State, Stepper, System, advance,
};

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
        ("a typed word", Arc::new(Splitting::parse("OBABO", 1.0, 0.5, 0.01, 0.1).unwrap())),
        ("leimkuhler-matthews", Arc::new(LeimkuhlerMatthews { eps: 0.001, temperature: 0.1 })),
        ("hmc", Arc::new(Hmc::new(1.0, 0.01, 3, 0.1))),
    ]
}

/// The methods of training, with all their trimmings, and the games.
fn trainers() -> Vec<(&'static str, Arc<dyn Stepper>)> {
    let schedule = Schedule::WarmUpCosine { warm_up: 5, over: 50, floor: 0.1 };
    let (eta, rho, decay) = (0.001, 0.9, Decay::Decoupled(0.01));
    let clients = vec![[1.0, 2.0], [2.0, -1.0], [0.5, 0.0]];
    let participation = Participation::Sampled(2);
    let server = FedAvg { clients, local_steps: 3, eta_local: 0.1, eta_server: 0.1, beta: rho, participation };
    vec![
        ("momentum", Arc::new(Momentum::seed_corrected(eta, rho).with_schedule(schedule).with_decay(decay))),
        ("qhm", Arc::new(qhm(eta, rho, 0.7))),
        ("amsgrad", Arc::new(Adam::amsgrad(eta, rho, 0.99, 1e-8).with_schedule(schedule).with_decay(decay))),
        ("nadam", Arc::new(NAdam::new(eta, rho, 0.99, 1e-8, 0.004))),
        ("adagrad", Arc::new(AdaGrad::new(eta, 0.1, 0.1, 1e-8))),
        ("adadelta", Arc::new(AdaDelta::new(eta, rho, 1e-6))),
        ("rmsprop", Arc::new(RmsProp::new(eta, rho, 1e-8, 0.5, true))),
        ("alternating", Arc::new(GameMomentum::alternating(eta, -0.5))),
        ("extragradient", Arc::new(Extragradient { eta })),
        ("optimistic", Arc::new(Optimistic { eta })),
        ("proximal point", Arc::new(ProximalPoint { eta })),
        ("lagged statistic", Arc::new(LaggedStatistic { eta, beta: 0.5, rho, kappa: 0.3 })),
        ("federated averaging", Arc::new(server)),
    ]
}

#[test]
fn no_step_allocates() {
    let before = ASKED.get();
    let proof = vec![1.0f64; 3];
    assert_eq!(ASKED.get() - before, 1, "the counter does not count {proof:?}");
    let fields: [Arc<dyn Field>; 7] = [
        Arc::new(Quadratic::rotated([0.2, 4.0], 0.4)),
        Arc::new(Rosenbrock),
        Arc::new(DoubleWell { barrier: 1.0, half_width: 1.0 }),
        Arc::new(PlateauCliffValley::default()),
        Arc::new(MullerBrown),
        Arc::new(DiracGan),
        Arc::new(Clipped::norm(Arc::new(Rosenbrock), 1.0)),
    ];
    for field in fields {
        for (name, stepper) in methods().into_iter().chain(trainers()) {
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
                advance(&system, &mut state, 100, &mut ());
                assert_eq!(ASKED.get() - before, 0, "{name}, {n} particles: allocations in the loop");
            }
        }
    }
}
