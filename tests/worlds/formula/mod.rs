//! The formula language: what texts mean, exact derivatives, faults with their places, hostile
//! input, and the fixed points of worlds whose answers are known.

mod arrays;
mod derivatives;
mod faults;
mod hostile;
mod landscapes;
mod limits;
mod points;
mod second;
mod semantics;
mod worlds;

use impetus::formula::World;
use impetus::text::Lang;

/// The world of a source that is right.
fn world(source: &str) -> World {
    World::parse(source).unwrap_or_else(|fault| panic!("{}\n{}", fault.caret(source), fault.say(Lang::En)))
}

/// The loss of `source` at one point, sliders at their defaults.
fn loss(source: &str, point: &[f64]) -> f64 {
    let (world, mut out) = (world(source), [0.0]);
    assert!(world.potential(&world.columns(point, &[], &0.0), &world.defaults(), &mut out), "{source} is no loss");
    out[0]
}

/// −force, the gradient, of the loss at one point.
fn gradient(source: &str, point: &[f64]) -> Vec<f64> {
    let (world, mut out) = (world(source), vec![0.0; point.len()]);
    assert!(world.force(&world.columns(point, &[], &0.0), &world.defaults(), &mut out));
    out.iter().map(|f| -f).collect()
}

/// The Hessian of the loss at one point, rows first.
fn hessian(source: &str, point: &[f64]) -> Vec<f64> {
    let (world, mut out) = (world(source), vec![0.0; point.len() * point.len()]);
    assert!(world.hessian(&world.columns(point, &[], &0.0), &world.defaults(), &mut out));
    out
}

/// The derivative of `f` at `x` by central differences of order 8.
fn slope(x: f64, f: impl Fn(f64) -> f64) -> f64 {
    let h = 4e-3 * x.abs().max(0.5);
    let odd = |k: f64| f(x + k * h) - f(x - k * h);
    (672.0 * odd(1.0) - 168.0 * odd(2.0) + 32.0 * odd(3.0) - 3.0 * odd(4.0)) / (840.0 * h)
}

fn close(got: f64, want: f64, tolerance: f64) -> bool {
    (got - want).abs() <= tolerance * want.abs().max(1.0)
}
