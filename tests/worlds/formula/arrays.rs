//! Whole arrays: the same bits as one point at a time, whatever the length.

use super::world;

const SOURCE: &str = "f(x, y) = sin(a*x)*exp(-y^2) + max(x, y)^3/(1 + hypot(x, y)) + clamp(x, -1, b)\n\
                      a = 2 in [0, 5]; b = 1 in [0, 2]";

fn columns(n: usize) -> [Vec<f64>; 2] {
    [0.37, 0.61].map(|step| (0..n).map(|i| libm::sin(step * i as f64) * 3.0).collect())
}

#[test]
fn arrays_are_points_side_by_side() {
    let world = world(SOURCE);
    for n in [1, 2, 127, 128, 129, 1000] {
        let [x, y] = columns(n);
        let sliders = [1.7, 0.4];
        let (mut value, mut force, mut hessian) = (vec![0.0; n], vec![0.0; 2 * n], vec![0.0; 4 * n]);
        assert!(world.potential(&[&x, &y], &sliders, &mut value));
        assert!(world.force(&[&x, &y], &sliders, &mut force));
        assert!(world.hessian(&[&x, &y], &sliders, &mut hessian));
        for i in 0..n {
            let point: [&[f64]; 2] = [&x[i..=i], &y[i..=i]];
            let (mut v, mut f, mut h) = ([0.0], [0.0; 2], [0.0; 4]);
            world.potential(&point, &sliders, &mut v);
            world.force(&point, &sliders, &mut f);
            world.hessian(&point, &sliders, &mut h);
            assert_eq!(value[i].to_bits(), v[0].to_bits(), "value {i} of {n}");
            (0..2).for_each(|k| assert_eq!(force[k * n + i].to_bits(), f[k].to_bits(), "force {k}, {i} of {n}"));
            (0..4).for_each(|k| assert_eq!(hessian[k * n + i].to_bits(), h[k].to_bits(), "hessian {k}, {i} of {n}"));
        }
    }
}

#[test]
fn columns_split_the_arrays_of_a_stepper() {
    let world = world("F(x, y, u, v, t) = (u + 10t, 100x + 1000y + v)");
    let (q, v) = ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
    let mut out = [0.0; 6];
    assert!(world.force(&world.columns(&q, &v, &7.0), &[], &mut out));
    assert_eq!(out, [70.1, 70.2, 70.3, 4100.4, 5200.5, 6300.6]);
    let mut rates = [0.0; 12];
    world.rates(&world.columns(&q, &v, &7.0), &[], &mut rates);
    assert_eq!(rates[..6], v);
    assert_eq!(rates[6..], out);
}

/// One number stands for all; what is missing or too short is NaN and never a panic.
#[test]
fn short_input_is_nan() {
    let world = world("x + y");
    let long = [1.0; 300];
    let table: [(&[&[f64]], f64); 5] = [
        (&[&long, &[2.0]], 3.0),
        (&[&[5.0], &[2.0]], 7.0),
        (&[&long], f64::NAN),
        (&[&long, &long[..2]], f64::NAN),
        (&[&[], &[]], f64::NAN),
    ];
    for (variables, want) in table {
        let mut out = [0.0; 300];
        world.potential(variables, &[], &mut out);
        assert!(out.iter().all(|x| *x == want || x.is_nan() && want.is_nan()), "{want}: {:?}", &out[..4]);
    }
    let mut none: [f64; 0] = [];
    world.potential(&[], &[], &mut none);
    let mut out = [0.0; 2];
    super::world("a*x; a = 1 in [0, 2]").potential(&[&[1.0, 2.0]], &[], &mut out);
    assert!(out.iter().all(|x| x.is_nan()), "a slider is missing");
}

/// A number that is no result is one, and stays in its place.
#[test]
fn nan_and_infinity_stay_in_their_place() {
    let mut out = [0.0; 4];
    world("sqrt(x)").potential(&[&[4.0, -1.0, f64::NAN, f64::INFINITY]], &[], &mut out);
    assert_eq!((out[0], out[3]), (2.0, f64::INFINITY));
    assert!(out[1].is_nan() && out[2].is_nan());
}
