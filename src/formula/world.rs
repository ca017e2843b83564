//! A typed world: what a source describes, with programs for everything a scene asks of it.

use super::MAX_STATES;
use super::declare::{Slider, declare, starts};
use super::fault::Fault;
use super::functions::Unary;
use super::graph::{Graph, Id};
use super::kind::{Kind, Plan, plan};
use super::parser::Parser;
use super::problem::Problem;
use super::program::Program;
use super::scope::Scope;
use super::tree::Statement;

/// A parsed source.
///
/// Its *variables*, in order, are the states (positions or unknowns, then velocities) and the time:
/// every method that takes `variables` takes one array for each of them, `n` numbers or one that
/// stands for all; [`World::columns`] makes them from the arrays of a stepper. Values are written
/// value-major, `[values][n]`. `sliders` holds one number per [`World::sliders`].
#[derive(Clone, Debug)]
pub struct World {
    source: String,
    kind: Kind,
    states: Vec<String>,
    sliders: Vec<Slider>,
    /// For every coordinate the state whose rate is 0 at rest.
    rests: Vec<usize>,
    start: Program,
    potential: Option<Program>,
    force: Option<Program>,
    /// The Jacobian of −force by the positions; of a loss it is −`jacobian`.
    stiffness: Option<Program>,
    rates: Program,
    jacobian: Program,
}

impl World {
    /// Reads a source; the language is in the documentation of [`crate::formula`].
    ///
    /// # Errors
    /// The first fault of the source.
    ///
    /// ```
    /// use impetus::formula::{Kind, World};
    /// let world = World::parse("f(x) = a x^2/2 \n a = 4 in [0, 10]").unwrap_err();
    /// assert_eq!((world.line, world.column), (1, 10)); // a x: a sign is missing
    /// let world = World::parse("f(x) = a*x^2/2 \n a = 4 in [0, 10]").unwrap();
    /// let mut force = [0.0; 3];
    /// world.force(&[&[1.0, 2.0, 3.0]], &[4.0], &mut force);
    /// assert_eq!((world.kind(), force), (Kind::Loss1, [-4.0, -8.0, -12.0]));
    /// ```
    pub fn parse(source: &str) -> Result<World, Fault> {
        let mut parser = Parser::new(source)?;
        let statements = parser.statements()?;
        let plan = plan(&parser, &statements)?;
        let mut scope = Scope::new(&parser, plan.states.iter().map(String::as_str).chain(plan.time));
        let sliders = declare(&mut scope, &plan, &statements)?;
        let start = starts(&mut scope, &plan, &statements)?;
        let bodies = plan.bodies.iter().map(|body| scope.body(body)).collect::<Result<Vec<Id>, Fault>>()?;
        scope.check()?;
        let world = Programs::new(&mut scope.graph, &plan, &bodies, &start).world(source, &plan, sliders);
        world.check_start(&statements)?;
        Ok(world)
    }

    /// Reads a source from a file's bytes.
    ///
    /// # Errors
    /// That the bytes are not UTF-8, or the first fault of the source.
    pub fn parse_bytes(bytes: &[u8]) -> Result<World, Fault> {
        match std::str::from_utf8(bytes) {
            Ok(source) => World::parse(source),
            Err(error) => {
                let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let good = std::str::from_utf8(good).unwrap_or_default();
                Err(Fault::new(good, good.len()..good.len(), Problem::NotText))
            }
        }
    }

    /// The source as it was typed.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The names of the states: positions or unknowns, then velocities. A velocity without a name
    /// of its own is called as the unknown with a prime. A loss has no velocities.
    pub fn states(&self) -> &[String] {
        &self.states
    }

    /// The sliders in the order of the source.
    pub fn sliders(&self) -> &[Slider] {
        &self.sliders
    }

    /// The value every slider has at the start.
    pub fn defaults(&self) -> Vec<f64> {
        self.sliders.iter().map(|s| s.default).collect()
    }

    /// Where every state starts.
    pub fn start(&self, sliders: &[f64]) -> Vec<f64> {
        let mut start = vec![0.0; self.states.len()];
        self.start.at(&[], sliders, &mut start);
        start
    }

    /// The variables at positions `q` and velocities `v`, both `[dim][n]`, and time `t`. Equations
    /// of first order take all their states in `q`.
    pub fn columns<'a>(&self, q: &'a [f64], v: &'a [f64], t: &'a f64) -> [&'a [f64]; MAX_STATES + 1] {
        let mut columns: [&[f64]; MAX_STATES + 1] = [&[]; MAX_STATES + 1];
        let n = (q.len() / self.kind.dim()).max(1);
        let arrays = q.chunks(n).chain(v.chunks(n)).take(self.states.len());
        columns.iter_mut().zip(arrays).for_each(|(column, array)| *column = array);
        if let Some(time) = columns.get_mut(self.states.len()) {
            *time = std::slice::from_ref(t);
        }
        columns
    }

    /// Writes the loss, `[n]`; `false` if this is no loss.
    pub fn potential(&self, variables: &[&[f64]], sliders: &[f64], out: &mut [f64]) -> bool {
        run(self.potential.as_ref(), variables, sliders, out)
    }

    /// Writes the force, `[dim][n]`: −∇f of a loss, the typed force, or the right sides of equations
    /// of second order; `false` for equations of which one is of first order.
    pub fn force(&self, variables: &[&[f64]], sliders: &[f64], out: &mut [f64]) -> bool {
        run(self.force.as_ref(), variables, sliders, out)
    }

    /// Writes the Hessian of a loss, or the Jacobian of −force by the positions, `[dim · dim][n]`,
    /// rows first; `false` where there is no force.
    pub fn hessian(&self, variables: &[&[f64]], sliders: &[f64], out: &mut [f64]) -> bool {
        if self.potential.is_none() {
            return run(self.stiffness.as_ref(), variables, sliders, out);
        }
        self.jacobian.eval(variables, sliders, out);
        out.iter_mut().for_each(|x| *x = -*x);
        true
    }

    /// Writes the rate of every state, `[states][n]`: x′ = −∇f for a loss, x′ = v, v′ = F for a force
    /// of unit mass, and the equations as typed.
    pub fn rates(&self, variables: &[&[f64]], sliders: &[f64], out: &mut [f64]) {
        self.rates.eval(variables, sliders, out);
    }

    /// Writes the Jacobian of the rates by the states, `[states · states][n]`, rows first.
    pub fn jacobian(&self, variables: &[&[f64]], sliders: &[f64], out: &mut [f64]) {
        self.jacobian.eval(variables, sliders, out);
    }

    /// Whether the rates change with time.
    pub fn reads_time(&self) -> bool {
        self.rates.reads(self.states.len())
    }

    /// Whether the force changes with velocity.
    pub fn reads_velocity(&self) -> bool {
        let velocities = self.kind.dim()..self.states.len();
        self.force.as_ref().is_some_and(|force| velocities.into_iter().any(|place| force.reads(place)))
    }

    /// How many instructions one evaluation of the rates and of their Jacobian takes.
    pub fn work(&self) -> [usize; 2] {
        [&self.rates, &self.jacobian].map(Program::steps)
    }

    /// For every coordinate the state whose rate is 0 at rest.
    pub(super) fn rests(&self) -> &[usize] {
        &self.rests
    }

    /// Refuses a start that is not finite while every slider is at its default.
    fn check_start(&self, statements: &[Statement]) -> Result<(), Fault> {
        let start = self.start(&self.defaults());
        let Some(bad) = start.iter().position(|x| !x.is_finite()).and_then(|k| self.states.get(k)) else {
            return Ok(());
        };
        let span = statements.iter().find_map(|s| match s {
            Statement::Start { name, body } if name.text == *bad => Some(body.span.clone()),
            Statement::Constant { name, body } if name.text == format!("{bad}0") => Some(body.span.clone()),
            _ => None,
        });
        Err(Fault::new(&self.source, span.unwrap_or(0..self.source.len()), Problem::NotFinite))
    }
}

impl Default for World {
    /// The flat loss `f(x) = 0`.
    fn default() -> Self {
        let states = vec!["x".to_owned()];
        let plan = Plan { kind: Kind::Loss1, states, time: None, bodies: vec![], helpers: vec![], second: vec![] };
        let mut graph = Graph::default();
        let (flat, start) = (graph.number(0.0), [graph.number(1.0)]);
        Programs::new(&mut graph, &plan, &[flat], &start).world("f(x) = 0", &plan, Vec::new())
    }
}

impl std::fmt::Display for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.source)
    }
}

fn run(program: Option<&Program>, variables: &[&[f64]], sliders: &[f64], out: &mut [f64]) -> bool {
    program.inspect(|program| program.eval(variables, sliders, out)).is_some()
}

/// The values of a world in the graph, and the programs they become.
struct Programs<'a> {
    graph: &'a mut Graph,
    start: &'a [Id],
    potential: Option<Id>,
    force: Option<Vec<Id>>,
    rates: Vec<Id>,
    rests: Vec<usize>,
}

impl<'a> Programs<'a> {
    fn new(graph: &'a mut Graph, plan: &Plan<'_>, bodies: &[Id], start: &'a [Id]) -> Self {
        if let (Kind::Loss1 | Kind::Loss2, [loss]) = (plan.kind, bodies) {
            let downhill = graph.one(Unary::Negate, *loss);
            let force: Vec<Id> = (0..plan.kind.dim()).flat_map(|k| graph.slopes(&[downhill], k)).collect();
            let rests = (0..force.len()).collect();
            return Programs { graph, start, potential: Some(*loss), rates: force.clone(), force: Some(force), rests };
        }
        let (mut rates, mut rests, mut accelerations) = (Vec::new(), Vec::new(), Vec::new());
        for (body, second) in bodies.iter().zip(&plan.second) {
            let velocity = bodies.len() + accelerations.len();
            rests.push(if *second { velocity } else { rates.len() });
            if *second {
                accelerations.push(*body);
            }
            rates.push(if *second { graph.variable(velocity) } else { *body });
        }
        rates.extend(accelerations);
        let force = plan.kind.has_force().then(|| bodies.to_vec());
        Programs { graph, start, potential: None, force, rates, rests }
    }

    /// The derivatives of `of` by the first `count` variables, rows first.
    fn matrix(&mut self, of: &[Id], count: usize) -> Vec<Id> {
        let columns: Vec<Vec<Id>> = (0..count).map(|place| self.graph.slopes(of, place)).collect();
        (0..of.len()).flat_map(|row| columns.iter().map(move |column| column[row])).collect()
    }

    fn world(mut self, source: &str, plan: &Plan<'_>, sliders: Vec<Slider>) -> World {
        let rates = self.rates.clone();
        let jacobian = self.matrix(&rates, rates.len());
        let typed = self.force.clone().filter(|_| self.potential.is_none());
        let stiffness = typed.map(|force| {
            let slopes = self.matrix(&force, plan.kind.dim());
            slopes.iter().map(|s| self.graph.one(Unary::Negate, *s)).collect::<Vec<Id>>()
        });
        let graph = self.graph;
        World {
            source: source.to_owned(),
            kind: plan.kind,
            states: plan.states.clone(),
            sliders,
            rests: self.rests,
            start: graph.program(self.start),
            potential: self.potential.map(|loss| graph.program(&[loss])),
            force: self.force.map(|force| graph.program(&force)),
            stiffness: stiffness.map(|stiffness| graph.program(&stiffness)),
            rates: graph.program(&rates),
            jacobian: graph.program(&jacobian),
        }
    }
}
