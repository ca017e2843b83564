//! A model and its batches as a field.

use std::sync::{Arc, Mutex, PoisonError};

use super::super::fields::Batches;
use super::super::{At, Field};
use super::{Model, top_eigenvalues};

/// Training: the force at time t is minus the gradient of the mean loss over the batch of step t, the
/// potential that loss before the step, which is what training scripts print.
///
/// What was computed last is remembered with the very place it is of, so that recording the loss of a step
/// costs nothing beside its gradient; a memory changes no bit. Several particles are several networks that
/// see the same batches. At the end of every epoch the field measures what the numbers below say, over the rows it
/// was given for that; in between, and at the start, they are NaN. A clone has a memory of its own with the same
/// contents.
pub struct Training<M: ?Sized> {
    model: Arc<M>,
    batches: Batches,
    seen: Arc<[u32]>,
    unseen: Arc<[u32]>,
    /// The same model in double precision.
    exact: Arc<M>,
    memory: Mutex<Memory>,
}

/// Where and when the loss and the force were evaluated last, and what they are; `q` and `force` `[dim][n]`.
#[derive(Clone, Default)]
struct Memory {
    step: u64,
    q: Vec<f64>,
    force: Vec<f64>,
    losses: Vec<f64>,
    /// Place and gradient of one of several particles.
    one: [Vec<f64>; 2],
}

impl<M: Model + ?Sized> Training<M> {
    /// What it measures: the loss over unseen rows.
    pub const TEST_LOSS: usize = 0;
    /// The share of unseen rows that it gets right.
    pub const TEST_ACCURACY: usize = 1;
    /// The loss over the rows of training it is asked about.
    pub const TRAIN_LOSS: usize = 2;
    /// The share of them that it gets right.
    pub const TRAIN_ACCURACY: usize = 3;
    /// The largest eigenvalue of the Hessian of the loss over some of these rows.
    pub const CURVATURE: usize = 4;

    /// Rows of which a curvature is taken, at most, and in how many products with the Hessian.
    const CURVED: usize = 32;
    const PRODUCTS: usize = 6;

    /// `model` in `batches`, to be measured over the rows `seen` in training and over `unseen` ones.
    pub fn new(model: Arc<M>, batches: Batches, seen: impl Into<Arc<[u32]>>, unseen: impl Into<Arc<[u32]>>) -> Self {
        let (exact, seen, unseen) = (model.clone(), seen.into(), unseen.into());
        Training { model, batches, seen, unseen, exact, memory: Mutex::default() }
    }

    /// The same training whose curvature is that of `exact`, the same model in double precision.
    #[must_use]
    pub fn with_curvature_of(self, exact: Arc<M>) -> Self {
        Training { exact, ..self }
    }

    /// The model.
    pub fn model(&self) -> &Arc<M> {
        &self.model
    }

    /// The batches.
    pub fn batches(&self) -> &Batches {
        &self.batches
    }

    /// Lets `look` see what holds at `at`, computed now if it is not what was computed last.
    fn with<T>(&self, at: At<'_>, look: impl FnOnce(&Memory) -> T) -> T {
        // Taken out, so that nobody waits: who comes in between computes on his own.
        let mut memory = std::mem::take(&mut *self.memory.lock().unwrap_or_else(PoisonError::into_inner));
        let step = Batches::step(at.t);
        if !memory.is_of(step, at) {
            memory.evaluate(&*self.model, &self.batches, step, at);
        }
        let out = look(&memory);
        *self.memory.lock().unwrap_or_else(PoisonError::into_inner) = memory;
        out
    }
}

impl<M: ?Sized> Clone for Training<M> {
    fn clone(&self) -> Self {
        let memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let [model, exact] = [&self.model, &self.exact].map(Arc::clone);
        let (seen, unseen) = (self.seen.clone(), self.unseen.clone());
        Training { model, batches: self.batches.clone(), seen, unseen, exact, memory: Mutex::new(memory) }
    }
}

impl Memory {
    fn is_of(&self, step: u64, at: At<'_>) -> bool {
        let same = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits();
        let counts = self.step == step && self.losses.len() == at.n && self.q.len() == at.q.len();
        counts && self.q.iter().zip(at.q).all(same)
    }

    fn evaluate(&mut self, model: &(impl Model + ?Sized), batches: &Batches, step: u64, at: At<'_>) {
        let (epoch, range) = batches.place(step);
        let order = batches.order(epoch);
        let rows = &order[range];
        self.step = step;
        self.q.clear();
        self.q.extend_from_slice(at.q);
        self.force.resize(at.q.len(), 0.0);
        self.losses.clear();
        if at.n == 1 {
            self.losses.push(model.loss(at.q, rows, Some(&mut self.force)));
        } else {
            let [place, gradient] = &mut self.one;
            gradient.resize(model.dim(), 0.0);
            for p in 0..at.n {
                place.clear();
                place.extend(at.q.iter().skip(p).step_by(at.n));
                self.losses.push(model.loss(place, rows, Some(gradient)));
                self.force.iter_mut().skip(p).step_by(at.n).zip(&*gradient).for_each(|(f, g)| *f = *g);
            }
        }
        self.force.iter_mut().for_each(|f| *f = -*f);
    }
}

impl<M: Model + ?Sized> Field for Training<M> {
    fn dim(&self) -> usize {
        self.model.dim()
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        self.with(at, |memory| out.copy_from_slice(&memory.force));
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        self.with(at, |memory| out.copy_from_slice(&memory.losses));
        true
    }

    fn measure(&self, which: usize, t: f64, q: &[f64]) -> f64 {
        let step = Batches::step(t);
        if step == 0 || !step.is_multiple_of(self.batches.per_epoch()) || q.len() != self.model.dim() {
            return f64::NAN;
        }
        match which {
            Self::TEST_LOSS => self.model.loss(q, &self.unseen, None),
            Self::TEST_ACCURACY => self.model.accuracy(q, &self.unseen),
            Self::TRAIN_LOSS => self.model.loss(q, &self.seen, None),
            Self::TRAIN_ACCURACY => self.model.accuracy(q, &self.seen),
            Self::CURVATURE => {
                let rows = &self.seen[..Self::CURVED.min(self.seen.len())];
                top_eigenvalues(&*self.exact, q, rows, Self::PRODUCTS).values.first().copied().unwrap_or(f64::NAN)
            }
            _ => f64::NAN,
        }
    }

    /// The batch of a step, and its share of what is measured once an epoch: a loss without its gradient
    /// takes about a third of the time, a product with the Hessian two gradients.
    fn cost(&self) -> u64 {
        let rows = self.batches.place(0).1.len() as u64;
        let looked = 2 * (self.seen.len() + self.unseen.len()) as u64 / 3;
        let curved = (2 * Self::PRODUCTS * Self::CURVED.min(self.seen.len())) as u64;
        self.model.cost().saturating_mul(rows + (looked + curved) / self.batches.per_epoch())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fields::Order;
    use super::super::super::methods::Momentum;
    use super::super::super::{Observe, Probe, State, System, Trace, advance};
    use super::super::{Bend, Dense, Labelled};
    use super::*;

    fn model() -> Arc<Dense> {
        let features: Vec<f64> = (0..90).map(|i| libm::sin(2.3 * f64::from(i) + 0.1)).collect();
        let data = Labelled { width: 3, features, labels: (0..30).map(|i| i % 4).collect() };
        Arc::new(Dense::classifier(&data, 4, &[5], Bend::Tanh))
    }

    fn training() -> Training<Dense> {
        let batches = Batches::new(20, 6, Order::Shuffled { seed: 9, stream: 0 });
        Training::new(model(), batches, [0, 1, 2, 3], (20..30).collect::<Vec<u32>>())
    }

    fn run(n: usize, steps: u64) -> (System, Trace, State) {
        let system = System::new(Arc::new(training()), Momentum::pytorch(0.3, 0.9));
        let mut state = State::at(&model().start(4, 0), &[], n, 0, 0);
        let mut trace = Trace::new(&[Probe::Potential, Probe::Measured(0), Probe::Measured(1)], 0);
        trace.observe(&*system.field, &state);
        advance(&system, &mut state, steps, &mut trace);
        (system, trace, state)
    }

    #[test]
    fn any_checkpoint_leads_to_the_same_bits_looked_at_or_not() {
        let (system, trace, end) = run(1, 23);
        for kept in [0, 1, 7, 8, 22] {
            // Another field with an empty memory, and nobody looking.
            let other = System { field: Arc::new(training()), ..system.clone() };
            let mut state = State::at(&model().start(4, 0), &[], 1, 0, 0);
            advance(&other, &mut state, kept, &mut ());
            let mut rest = Trace::new(trace.probes(), 0);
            advance(&system, &mut state, 23 - kept, &mut rest);
            let bits = |x: &[f64]| x.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            assert_eq!(state, end);
            for probe in trace.probes() {
                let whole = trace.column(*probe);
                assert_eq!(bits(rest.column(*probe)), bits(&whole[whole.len() - rest.len()..]));
            }
        }
    }

    #[test]
    fn the_potential_is_the_loss_of_the_batch_before_the_step() {
        let (field, model) = (training(), model());
        let q = model.start(4, 0);
        let at = |t: f64| At { t, n: 1, q: &q, v: &q };
        let (mut loss, mut force, mut gradient) = ([0.0], vec![0.0; q.len()], vec![0.0; q.len()]);
        for t in [0.0, 3.0, 1.0, 3.0, 17.0] {
            let (epoch, range) = field.batches().place(t as u64);
            let wanted = model.loss(&q, &field.batches().order(epoch)[range], Some(&mut gradient));
            field.force(at(t), &mut force);
            assert!(field.potential(at(t), &mut loss) && loss[0] == wanted);
            assert!(force.iter().zip(&gradient).all(|(f, g)| *f == -*g));
        }
    }

    #[test]
    fn several_particles_go_as_each_alone() {
        let field = training();
        let starts = [model().start(1, 0), model().start(2, 0), model().start(3, 0)];
        let dim = starts[0].len();
        let together: Vec<f64> = (0..dim).flat_map(|i| starts.iter().map(move |q| q[i])).collect();
        let (mut force, mut losses) = (vec![0.0; 3 * dim], [0.0; 3]);
        field.force(At { t: 2.0, n: 3, q: &together, v: &together }, &mut force);
        field.potential(At { t: 2.0, n: 3, q: &together, v: &together }, &mut losses);
        for (p, q) in starts.iter().enumerate() {
            let (mut alone, mut loss) = (vec![0.0; dim], [0.0]);
            field.force(At { t: 2.0, n: 1, q, v: q }, &mut alone);
            field.potential(At { t: 2.0, n: 1, q, v: q }, &mut loss);
            assert_eq!(loss[0], losses[p]);
            assert!((0..dim).all(|i| alone[i] == force[3 * i + p]));
        }
    }

    #[test]
    fn it_measures_at_the_end_of_every_epoch_only() {
        let (_, trace, _) = run(1, 12);
        for which in [0, 1] {
            let known: Vec<bool> = trace.column(Probe::Measured(which)).iter().map(|x| x.is_finite()).collect();
            assert!(known.iter().enumerate().all(|(n, known)| *known == (n > 0 && n % 4 == 0)), "{known:?}");
        }
        let (field, q) = (training(), model().start(4, 0));
        assert!((0..5).all(|which| field.measure(which, 4.0, &q).is_finite()));
        assert!(field.measure(5, 4.0, &q).is_nan() && field.measure(0, 4.0, &q[1..]).is_nan());
    }

    #[test]
    fn broken_numbers_stop_a_run_and_nothing_else() {
        let system = System::new(Arc::new(training()), Momentum::pytorch(f64::INFINITY, 0.9));
        let mut state = State::at(&model().start(4, 0), &[], 1, 0, 0);
        let outcome = advance(&system, &mut state, 10, &mut ());
        assert_ne!(outcome, super::super::super::Outcome::Running);
        let q = vec![f64::NAN; model().dim()];
        for t in [f64::NAN, f64::INFINITY, -1.0, 4.0] {
            (0..5).for_each(|which| assert!(!training().measure(which, t, &q).is_infinite()));
            let (field, mut loss) = (training(), [0.0]);
            assert!(field.potential(At { t, n: 1, q: &q, v: &q }, &mut loss) && loss[0].is_nan());
        }
    }
}
