//! Second derivatives: against differences of the exact gradient, and in closed form.

use super::{close, gradient, hessian, slope};

#[test]
fn hessians_agree_with_differences_of_the_gradient() {
    let table = [
        "x^3*y^2 + x/y",
        "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        "exp(x*y)*sin(x + y)",
        "ln(x^2 + y^2)",
        "sqrt(x + y^2)",
        "cbrt(x*y)",
        "hypot(x, y)",
        "atan2(y, x)",
        "x^y + y^x",
        "tan(x/3)*tanh(y)",
        "asin(x/9)*acos(y/9)",
        "atan(x*y)*log10(x + y)*log2(2 + x)",
        "sinh(x)/cosh(y)",
        "sigmoid(x - y)*softplus(x*y)",
        "gauss(x - y) + gauss(x)*gauss(y)",
        "max(x^2, y^3)*min(x, y^2) + relu(x - y)^3",
        "|x - y|^3 + clamp(x*y, 1, 2)^2",
        "g(x, y) + g(y, x); g(u, v) = u^2*sin(v)",
    ];
    for source in table {
        for [x, y] in [[0.7, 1.3], [1.6, 0.4], [2.3, 2.9]] {
            let got = hessian(source, &[x, y]);
            for row in 0..2 {
                let by_x = slope(x, |x| gradient(source, &[x, y])[row]);
                let by_y = slope(y, |y| gradient(source, &[x, y])[row]);
                let same = close(got[2 * row], by_x, 1e-8) && close(got[2 * row + 1], by_y, 1e-8);
                assert!(same, "{source} at {x}, {y}, row {row}: {got:?} is not {by_x}, {by_y}");
            }
            assert!(close(got[1], got[2], 1e-13), "{source}: {got:?} is not symmetric");
        }
    }
}

/// A loss, a point, and its Hessian by hand.
#[test]
fn hessians_are_exact() {
    let table: [(&str, [f64; 2], [f64; 4]); 6] = [
        ("x*y", [0.0, 0.0], [0.0, 1.0, 1.0, 0.0]),
        ("3x^2 - 2x*y + 5y^2", [4.0, -7.0], [6.0, -2.0, -2.0, 10.0]),
        ("(1-x)^2 + 100*(y-x^2)^2", [1.0, 1.0], [802.0, -400.0, -400.0, 200.0]),
        ("x^4 + y^4 + x^2*y^2", [1.0, 2.0], [20.0, 8.0, 8.0, 50.0]),
        ("x^3 - 3x*y^2", [0.5, 2.0], [3.0, -12.0, -12.0, -3.0]),
        ("x^2*y^3 + e0; e0 = 4", [2.0, -1.0], [-2.0, 12.0, 12.0, -24.0]),
    ];
    for (source, point, want) in table {
        assert_eq!(hessian(source, &point), want, "{source}");
    }
    let curvature: [(&str, f64, f64); 6] = [
        ("x^4/4 - x^2/2", 0.0, -1.0),
        ("x^4/4 - x^2/2", 1.0, 2.0),
        ("cos(x)", 0.0, -1.0),
        ("abs(x)", -3.0, 0.0),
        ("exp(3x)", 0.0, 9.0),
        ("1/x", 2.0, 0.25),
    ];
    for (source, x, want) in curvature {
        assert_eq!(hessian(source, &[x]), [want], "{source}");
    }
}
