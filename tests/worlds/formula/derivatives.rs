//! First derivatives: against differences of high order, and exactly where a closed form is known.

use super::{close, gradient, loss, slope};

/// A function of x and the points it is tried at.
const TABLE: &[(&str, &[f64])] = &[
    ("3", &[0.5]),
    ("x", &[0.5]),
    ("x^2", &[-1.5, 0.3]),
    ("x^7", &[-1.1, 0.9]),
    ("x^-3", &[-1.2, 0.7]),
    ("x^0.5", &[0.6, 2.0]),
    ("x^2.7", &[0.6, 2.0]),
    ("x^-1.3", &[0.6, 2.0]),
    ("2^x", &[-1.0, 2.0]),
    ("x^x", &[0.5, 1.7]),
    ("x^sin(x)", &[0.7, 1.9]),
    ("x^p; p = 3 in [0, 5]", &[-1.2, 0.8]),
    ("sin(x)", &[-2.0, 0.4]),
    ("cos(x)", &[-2.0, 0.4]),
    ("tan(x)", &[-0.7, 0.9]),
    ("asin(x)", &[-0.6, 0.8]),
    ("acos(x)", &[-0.6, 0.8]),
    ("atan(x)", &[-3.0, 0.4]),
    ("atan2(x, 2)", &[-3.0, 0.4]),
    ("atan2(2, x)", &[-3.0, 0.4]),
    ("atan2(sin(x), cos(x))", &[-1.3, 0.4]),
    ("sinh(x)", &[-1.0, 2.0]),
    ("cosh(x)", &[-1.0, 2.0]),
    ("tanh(x)", &[-1.0, 2.0]),
    ("exp(x)", &[-1.0, 2.0]),
    ("ln(x)", &[0.5, 3.0]),
    ("log10(x)", &[0.5, 3.0]),
    ("log2(x)", &[0.5, 3.0]),
    ("sqrt(x)", &[0.5, 3.0]),
    ("cbrt(x)", &[-2.0, 0.5]),
    ("abs(x)", &[-2.0, 0.5]),
    ("|x^3 - 1|", &[-2.0, 0.5]),
    ("sign(x)*x", &[-2.0, 0.5]),
    ("step(x)*x^2", &[-2.0, 0.5]),
    ("floor(x)*x", &[-2.5, 0.5]),
    ("min(x, x^2)", &[-2.0, 0.5, 2.0]),
    ("max(x, x^2)", &[-2.0, 0.5, 2.0]),
    ("clamp(x^2, 1, 4)", &[0.5, 1.5, 2.5]),
    ("sigmoid(x)", &[-3.0, 0.4]),
    ("softplus(x)", &[-3.0, 0.4]),
    ("relu(x)^2", &[-3.0, 0.4]),
    ("gauss(x)", &[-1.5, 0.4]),
    ("hypot(x, 2)", &[-1.5, 0.4]),
    ("hypot(x, x^2)", &[-1.5, 0.4]),
    ("mod(x, 1)*x", &[-1.5, 0.4]),
    ("mod(7, x)", &[1.9, 2.6]),
    ("x*sin(x)/(1 + x^2)", &[-1.5, 0.4]),
    ("exp(-x^2)*cos(3x)", &[-1.5, 0.4]),
    ("ln(1 + exp(sin(x)))", &[-1.5, 0.4]),
    ("-(-x)^3", &[-1.5, 0.4]),
    ("1/(1/x + 1/x^2)", &[0.7, 1.4]),
    ("tanh(sin(cos(x)))", &[-1.5, 0.4]),
    ("g(g(x)); g(u) = u^2/(1 + u)", &[0.7, 1.4]),
];

#[test]
fn slopes_agree_with_differences() {
    assert!(TABLE.len() >= 40);
    for (source, points) in TABLE {
        for x in *points {
            let (got, want) = (gradient(source, &[*x])[0], slope(*x, |x| loss(source, &[x])));
            assert!(close(got, want, 2e-11), "{source} at {x}: {got} is not {want}");
        }
    }
}

/// A function of two variables: both slopes.
#[test]
fn gradients_agree_with_differences() {
    let table = [
        "x*y",
        "x/y",
        "x^y",
        "atan2(y, x)",
        "hypot(x, y)",
        "min(x, y) + max(x^2, y)",
        "mod(y, x)",
        "(1 - x)^2 + 100*(y - x^2)^2",
        "exp(x*y)*sin(x + y^2)",
        "softplus(x - y)*gauss(x*y)",
    ];
    for source in table {
        for [x, y] in [[0.7, 1.3], [1.6, 0.4], [2.2, 2.9]] {
            let got = gradient(source, &[x, y]);
            let want = [slope(x, |x| loss(source, &[x, y])), slope(y, |y| loss(source, &[x, y]))];
            for k in 0..2 {
                assert!(close(got[k], want[k], 1e-9), "{source} at {x}, {y}: {got:?} is not {want:?}");
            }
        }
    }
}

/// Closed forms, to the last bits.
#[test]
fn slopes_are_exact() {
    type Form = fn(f64) -> f64;
    let table: [(&str, Form); 14] = [
        ("x^4/4 - x^2/2", |x| x * x * x - x),
        ("sin(x)", libm::cos),
        ("cos(x)", |x| -libm::sin(x)),
        ("exp(x)", libm::exp),
        ("exp(2x)", |x| 2.0 * libm::exp(2.0 * x)),
        ("ln(x)", |x| 1.0 / x),
        ("sqrt(x)", |x| 0.5 / libm::sqrt(x)),
        ("tanh(x)", |x| 1.0 - libm::tanh(x) * libm::tanh(x)),
        ("atan(x)", |x| 1.0 / (1.0 + x * x)),
        ("1/x", |x| -1.0 / (x * x)),
        ("gauss(x)", |x| -x * libm::exp(-0.5 * x * x)),
        ("sigmoid(x)", |x| 1.0 / ((1.0 + libm::exp(-x)) * (1.0 + libm::exp(x)))),
        ("softplus(x)", |x| 1.0 / (1.0 + libm::exp(-x))),
        ("x*ln(x)", |x| libm::log(x) + 1.0),
    ];
    for (source, want) in table {
        for x in [0.01, 0.3, 1.0, 2.5, 17.0] {
            let (got, want) = (gradient(source, &[x])[0], want(x));
            assert!((got - want).abs() <= 4.0 * f64::EPSILON * want.abs(), "{source} at {x}: {got} is not {want}");
        }
    }
    // Where the plain formula s(1 − s) has no digit left.
    let (got, want) = (gradient("sigmoid(x)", &[40.0])[0], libm::exp(-40.0));
    assert!((got / want - 1.0).abs() < 1e-15, "{got}");
}

/// The slope at a kink, as documented.
#[test]
fn kinks_take_one_side() {
    let table = [
        ("abs(x)", 0.0, 0.0),
        ("relu(x)", 0.0, 0.0),
        ("relu(x)", 1e-300, 1.0),
        ("sign(x)", 0.0, 0.0),
        ("step(x)", 0.0, 0.0),
        ("floor(x)", 1.0, 0.0),
        ("mod(x, 1)", 1.0, 1.0),
        ("min(x, 2x)", 0.0, 1.0),
        ("min(2x, x)", 0.0, 2.0),
        ("max(x, 2x)", 0.0, 1.0),
        ("max(2x, x)", 0.0, 2.0),
        ("clamp(x, 0, 1)", 0.0, 1.0),
        ("clamp(x, 0, 1)", 1.0, 1.0),
        ("clamp(x, 0, 1)", 1.5, 0.0),
        ("hypot(x, 0)", 0.0, 0.0),
        ("x^p; p = 0 in [0, 1]", 0.0, 0.0),
    ];
    for (source, x, want) in table {
        let got = gradient(source, &[x])[0];
        assert!(got == want || got.is_nan() && want.is_nan(), "{source} at {x}: {got} is not {want}");
    }
}
