//! Machines from a field and a method.

use std::sync::Arc;

use crate::core::{Field, Probe, State, Stepper, System};
use crate::figure::Ink;
use crate::param::Values;
use crate::scenes::{Lane, Lens, Machine, Run, Setup};
use crate::text::Text;

/// One particle at `start` with the velocity (or whatever the method keeps there) `speed`, of which
/// position, velocity and potential are recorded.
pub fn lane(name: Text, ink: Ink, field: Arc<dyn Field>, stepper: impl Stepper + 'static, ends: [&[f64]; 2]) -> Lane {
    driven(name, ink, System::new(field, stepper), ends)
}

/// The same lane of a system whose method is known only when it runs.
pub fn driven(name: Text, ink: Ink, system: System, [start, speed]: [&[f64]; 2]) -> Lane {
    let dim = start.len();
    let each = (0..dim).flat_map(|i| [Probe::Position(i), Probe::Velocity(i)]);
    Lane {
        lens: Lens::Optimizer,
        ink,
        name,
        machine: Machine::Ball,
        probes: [Probe::Step, Probe::Time].into_iter().chain(each).chain([Probe::Potential]).collect(),
        present: vec![true; dim],
        start: State::at(start, speed, 1, 0, 0).into(),
        substeps: 1,
        system,
    }
}

impl Lane {
    /// The same lane as this machine.
    #[must_use]
    pub fn as_a(self, lens: Lens, machine: Machine) -> Lane {
        Lane { lens, machine, ..self }
    }

    /// The same lane with so many steps per iteration.
    #[must_use]
    pub fn steps_per_iteration(self, substeps: u64) -> Lane {
        Lane { substeps: substeps.max(1), ..self }
    }

    /// The same lane, of which these are recorded too.
    #[must_use]
    pub fn recording(mut self, probes: impl IntoIterator<Item = Probe>) -> Lane {
        self.probes.extend(probes);
        self
    }

    /// The same lane as a cloud of `n` particles that draw noise from `(seed, stream)`, of which means,
    /// spreads and variances are recorded too.
    #[must_use]
    pub fn noisy(mut self, n: usize, seed: u64, stream: u32) -> Lane {
        let dim = self.start.dim();
        let [q, v] =
            [&self.start.q, &self.start.v].map(|all| (0..dim).map(|i| all[i * self.start.n()]).collect::<Vec<_>>());
        self.start = State::at(&q, &v, n, seed, stream).into();
        if n > 1 {
            let each = |i| [Probe::MeanPosition(i), Probe::SpreadPosition(i), Probe::VarianceVelocity(i)];
            self.probes.extend((0..dim).flat_map(each));
            self.machine = Machine::Cloud;
        }
        self
    }
}

/// These lanes on a clock of iterations, each of which lasts `seconds` of the machine's time.
pub fn together(lanes: Vec<Lane>, seconds: f64) -> Setup {
    Setup { lanes, seconds }
}

/// These lanes run aside for so many iterations, to be measured and let go.
pub fn aside(lanes: Vec<Lane>, values: &Values, iterations: u64) -> Run {
    let mut run = Run::brief(together(lanes, 1.0), values, 0, iterations, &mut Vec::new());
    run.compute(iterations);
    run
}
