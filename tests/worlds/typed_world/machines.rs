//! The machines of typed worlds.

use impetus::scenes::SCENES;
use impetus::session::Plan;

use super::{apart, column, run};

#[test]
fn a_typed_bowl_is_the_built_in_bowl() {
    let set = [("eta", 0.4), ("beta", 0.5), ("h", 0.5), ("temperature", 0.05), ("mapping", 0.0)];
    let typed = run("f(x, y) = 0.1 x^2 + 2 y^2; x0 = -5; y0 = -2", &set, 60);
    let mut plan = Plan { steps: 60, ..Plan::new(SCENES[0]) };
    for (id, value) in set {
        plan.values.set(id, value).unwrap();
    }
    let mut built_in = plan.start().unwrap();
    plan.compute(&mut built_in, 60);
    for i in 0..2 {
        // Heavy ball and the sampler are the same words over the same numbers.
        assert!(apart(&column(&typed, 0, i), &column(&built_in, 0, i)) <= 1e-14, "heavy ball, {i}");
        assert!(apart(&column(&typed, 2, i), &column(&built_in, 3, i)) <= 1e-13, "sampler, {i}");
        // The built-in spring is exact, the typed one of fourth order.
        let off = apart(&column(&typed, 1, i), &column(&built_in, 1, i));
        assert!(off > 0.0 && off <= 3e-4, "spring, {i}: {off}");
    }
    let exact = [set.as_slice(), &[("method", 1.0)]].concat();
    let typed = run("f(x, y) = 0.1 x^2 + 2 y^2; x0 = -5; y0 = -2", &exact, 60);
    for i in 0..2 {
        assert!(apart(&column(&typed, 1, i), &column(&built_in, 1, i)) <= 1e-8, "adaptive spring, {i}");
    }
}

#[test]
fn a_force_is_minus_the_slope_of_its_loss() {
    let set = [("eta", 0.05), ("beta", 0.8), ("h", 0.3)];
    let loss = run("f(x) = x^4/4 - x^2/2 + 0.1 x; x0 = 1.8", &set, 80);
    let force = run("F(x) = x - x^3 - 0.1; x0 = 1.8", &set, 80);
    assert!(apart(&column(&loss, 0, 0), &column(&force, 0, 0)) <= 1e-13);
    // The motion of a force is that of its equation.
    let pendulum = run("F(x, v, t) = -sin(x) - 0.2 v + 0.1 cos(t); x0 = 2", &[], 100);
    let equation = run("x'' = -sin(x) - 0.2 x' + 0.1 cos(t); x(0) = 2", &[], 100);
    assert!(apart(&column(&pendulum, 1, 0), &column(&equation, 0, 0)) <= 1e-12);
}

#[test]
fn heavy_ball_under_a_force_is_symplectic_euler_at_the_square_of_the_step() {
    let run = run("F(x, v) = -x - 0.3 v; x0 = 1; v0 = 0.5", &[("h", 0.1), ("eta", 0.01), ("beta", 1.0)], 50);
    let (mut x, mut v) = (1.0, 0.5);
    let mut want = vec![x];
    for _ in 0..50 {
        v += 0.1 * (-x - 0.3 * v);
        x += 0.1 * v;
        want.push(x);
    }
    assert!(apart(&column(&run, 0, 0), &want) <= 1e-13);
}

#[test]
fn flows_follow_their_closed_forms() {
    type Exact = fn(f64) -> f64;
    let table: [(&str, Exact, f64); 4] = [
        ("x' = -x; x0 = 2", |t| 2.0 * (-t).exp(), 1e-9),
        ("x' = x - x^2; x0 = 0.1", |t| 1.0 / (1.0 + 9.0 * (-t).exp()), 1e-9),
        ("x'' = -4x; x0 = 1", |t| (2.0 * t).cos(), 1e-7),
        ("x' = cos(t); x0 = 0.5", |t| 0.5 + t.sin(), 1e-9),
    ];
    for (source, exact, tolerance) in table {
        for (method, tolerance) in [(0.0, tolerance), (1.0, 1e-8)] {
            let run = run(source, &[("h", 0.1), ("method", method)], 60);
            let x = column(&run, 0, 0);
            let want: Vec<f64> = (0..x.len()).map(|i| exact(i as f64 * 0.1 / 8.0)).collect();
            assert!(apart(&x, &want) <= tolerance, "{source} {method}: {}", apart(&x, &want));
        }
    }
}
