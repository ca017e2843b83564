//! What a source describes: kinds, states, sliders, starts, rates and Jacobians.

use impetus::formula::{Kind, Slider, World};

use super::{close, slope, world};

const fn ode(unknowns: usize, second: usize) -> Kind {
    Kind::Ode { unknowns, second }
}

#[test]
fn kinds_and_states_are_read() {
    let table: &[(&str, Kind, &[&str])] = &[
        ("x^2", Kind::Loss1, &["x"]),
        ("x^2 + y^2", Kind::Loss2, &["x", "y"]),
        ("y^2", Kind::Loss2, &["x", "y"]),
        ("f(x) = x", Kind::Loss1, &["x"]),
        ("f(u, w) = u*w", Kind::Loss2, &["u", "w"]),
        ("U(q) = q^2", Kind::Loss1, &["q"]),
        ("f(x) = g(x); g(u) = u", Kind::Loss1, &["x"]),
        ("g(x); g(u) = u", Kind::Loss1, &["x"]),
        ("F(x) = -x", Kind::Force1, &["x", "x'"]),
        ("F(x, v) = -v", Kind::Force1, &["x", "v"]),
        ("F(x, t) = -x + t", Kind::Force1, &["x", "x'"]),
        ("F(x, v, t) = -x", Kind::Force1, &["x", "v"]),
        ("F(x, y) = (y, -x)", Kind::Force2, &["x", "y", "x'", "y'"]),
        ("F(x, y, t) = (y, (-x))", Kind::Force2, &["x", "y", "x'", "y'"]),
        ("F(x, y, u, v) = (v, -u)", Kind::Force2, &["x", "y", "u", "v"]),
        ("F(x) = -f(x); f(x) = x^3", Kind::Force1, &["x", "x'"]),
        ("x' = -x", ode(1, 0), &["x"]),
        ("x' = y\ny' = -x", ode(2, 0), &["x", "y"]),
        ("θ'' = -sin(θ) - 0.1θ'", ode(1, 1), &["θ", "θ'"]),
        ("x'' = -x; y'' = -y", ode(2, 2), &["x", "y", "x'", "y'"]),
        ("x'' = -x + y; y' = -y", ode(2, 1), &["x", "y", "x'"]),
        ("y' = -y; x″ = -x + y", ode(2, 1), &["y", "x", "x'"]),
        ("a' = b; b' = c; c' = d; d' = -a", ode(4, 0), &["a", "b", "c", "d"]),
        ("x' = f(x); f(u) = u - u^3", ode(1, 0), &["x"]),
    ];
    for (source, kind, states) in table {
        let world = world(source);
        assert_eq!((world.kind(), world.states()), (*kind, &states.map_strings()[..]), "{source}");
        assert_eq!((world.source(), world.to_string()), (*source, (*source).to_owned()));
    }
}

trait MapStrings {
    fn map_strings(&self) -> Vec<String>;
}

impl MapStrings for &[&str] {
    fn map_strings(&self) -> Vec<String> {
        self.iter().map(|s| (*s).to_owned()).collect()
    }
}

#[test]
fn sliders_are_read() {
    let world = world(
        "f(x) = a*x + b + c\na = 1 in [0, 2]\n b = -0.5 in [-1, 2*n]; n = 3\nc = 0.1 in [1e-3, 10] log # of decades",
    );
    let slider = |name: &str, default, low, high, log| Slider { name: name.into(), default, low, high, log };
    let want =
        [slider("a", 1.0, 0.0, 2.0, false), slider("b", -0.5, -1.0, 6.0, false), slider("c", 0.1, 1e-3, 10.0, true)];
    assert_eq!(world.sliders(), want);
    assert_eq!(world.defaults(), [1.0, -0.5, 0.1]);
    let mut out = [0.0];
    world.potential(&[&[10.0]], &[2.0, 3.0, 4.0], &mut out);
    assert_eq!(out, [27.0]);
}

#[test]
fn starts_are_read() {
    let table: &[(&str, &[f64])] = &[
        ("x^2", &[1.0]),
        ("x^2 + y", &[1.0, 1.0]),
        ("x^2; x0 = 1.5", &[1.5]),
        ("x^2; x₀ = 1.5", &[1.5]),
        ("x^2; x(0) = -2", &[-2.0]),
        ("(x - x0)^2; x0 = 3", &[3.0]),
        ("x*y; y0 = 2a; a = 4; x0 = -a", &[-4.0, 8.0]),
        ("x^2; x0 = 0.5 in [0, 1]", &[0.5]),
        ("x^2; x0 = a; a = 0.25 in [0, 1]", &[0.25]),
        ("F(x, v) = -x; x0 = 2; v0 = 3", &[2.0, 3.0]),
        ("F(x) = -x; x(0) = 2; x'(0) = 3", &[2.0, 3.0]),
        ("x'' = -x", &[1.0, 0.0]),
        ("x'' = -x; x'(0) = 0.5", &[1.0, 0.5]),
        ("x' = y; y' = -x; x(0) = 0; y0 = 2", &[0.0, 2.0]),
    ];
    for (source, want) in table {
        let world = world(source);
        assert_eq!(world.start(&world.defaults()), *want, "{source}");
    }
    assert_eq!(world("x^2; x0 = 0.5 in [0, 1]").start(&[0.75]), [0.75], "it follows its slider");
}

/// A source, its states, the time, and the rate of every state.
#[test]
fn rates_are_what_was_typed() {
    let table: &[(&str, &[f64], f64, &[f64])] = &[
        ("x^2", &[3.0], 0.0, &[-6.0]),
        ("x^2 + 3x*y", &[1.0, 2.0], 0.0, &[-8.0, -3.0]),
        ("F(x) = -4x", &[0.5, 7.0], 0.0, &[7.0, -2.0]),
        ("F(x, v, t) = -x - 2v + t", &[1.0, 3.0], 10.0, &[3.0, 3.0]),
        ("F(x, y, u, v, t) = (x + u, y*v + t)", &[1.0, 2.0, 3.0, 4.0], 0.5, &[3.0, 4.0, 4.0, 8.5]),
        ("x' = y; y' = t - x", &[2.0, 3.0], 5.0, &[3.0, 3.0]),
        ("x'' = -x - x' + t", &[2.0, 3.0], 5.0, &[3.0, 0.0]),
        ("x'' = -x + y; y' = -y*x'", &[2.0, 3.0, 4.0], 0.0, &[4.0, -12.0, 1.0]),
        ("y' = -y; x'' = x'", &[2.0, 3.0, 4.0], 0.0, &[-2.0, 4.0, 4.0]),
        ("x'' = y'; y'' = x'", &[1.0, 2.0, 3.0, 4.0], 0.0, &[3.0, 4.0, 4.0, 3.0]),
        ("x' = t; t = 2", &[0.0], 9.0, &[2.0]),
    ];
    for (source, states, time, want) in table {
        assert_eq!(rates(&world(source), states, *time), *want, "{source}");
    }
}

fn rates(world: &World, states: &[f64], time: f64) -> Vec<f64> {
    let point: Vec<f64> = [states, &[time]].concat();
    let columns: Vec<&[f64]> = point.chunks(1).collect();
    let mut out = vec![0.0; states.len()];
    world.rates(&columns, &world.defaults(), &mut out);
    out
}

#[test]
fn jacobians_agree_with_differences() {
    let table: &[(&str, &[f64])] = &[
        ("x^3*y + sin(x*y)", &[0.4, 1.2]),
        ("F(x, v, t) = -sin(x) - 0.3v^3 + cos(t)*x", &[0.4, 1.2]),
        ("F(x, y, u, v) = (x*y - u^2, exp(x)*v)", &[0.4, 1.2, -0.5, 0.8]),
        ("s' = 10(y - s); y' = s*(28 - z) - y; z' = s*y - 8/3*z", &[0.4, 1.2, 3.0]),
        ("x'' = -x*y + x'^2; y' = x'*y", &[0.4, 1.2, -0.5]),
        ("a' = b*c; b' = c*d; c' = d*a; d' = a*b + t", &[0.4, 1.2, -0.5, 0.8]),
    ];
    for (source, states) in table {
        let (world, n) = (world(source), states.len());
        let point: Vec<f64> = [states, &[0.7][..]].concat();
        let columns: Vec<&[f64]> = point.chunks(1).collect();
        let mut got = vec![0.0; n * n];
        world.jacobian(&columns, &[], &mut got);
        for row in 0..n {
            for column in 0..n {
                let want = slope(states[column], |x| {
                    let mut states = states.to_vec();
                    states[column] = x;
                    rates(&world, &states, 0.7)[row]
                });
                let cell = got[row * n + column];
                assert!(close(cell, want, 1e-10), "{source} at {row}, {column}: {cell} is not {want}");
            }
        }
    }
}

/// Who has a force, and what it reads.
#[test]
fn forces_know_what_they_read() {
    let table = [
        ("x^2", true, false, false),
        ("F(x) = -x", true, false, false),
        ("F(x, v) = -x - v", true, true, false),
        ("F(x, v, t) = -x", true, false, false),
        ("F(x, t) = cos(t)", true, false, true),
        ("x'' = -x", true, false, false),
        ("x'' = -x - x' + t", true, true, true),
        ("x' = -x", false, false, false),
        ("x' = t", false, false, true),
        ("x'' = y; y' = -x'", false, false, false),
    ];
    for (source, force, velocity, time) in table {
        let (world, mut out) = (world(source), [0.0; 4]);
        let variables = [&[0.5][..]; 5];
        assert_eq!(world.force(&variables, &[], &mut out[..world.kind().dim()]), force, "{source}");
        assert_eq!((world.reads_velocity(), world.reads_time()), (velocity, time), "{source}");
    }
    let (world, mut out) = (world("F(x, y) = (x*y, 3x - y^2)"), [0.0; 4]);
    assert!(world.hessian(&[&[2.0], &[5.0]], &[], &mut out));
    assert_eq!(out, [-5.0, -2.0, -3.0, 10.0], "the Jacobian of −force");
}
