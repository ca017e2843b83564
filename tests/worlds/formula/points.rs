//! Fixed points of worlds whose answers are known.

use impetus::formula::{FixedPoint, Nature, fixed_points};

use super::world;

fn find(source: &str, bounds: &[[f64; 2]]) -> Vec<FixedPoint> {
    let world = world(source);
    fixed_points(&world, &world.defaults(), 0.0, bounds)
}

/// Holds the fixed points in the box to places (within 1e-9 unless printed shorter) and natures.
fn hold(source: &str, bounds: &[[f64; 2]], tolerance: f64, want: &[(&[f64], Nature)]) -> Vec<FixedPoint> {
    let found = find(source, bounds);
    assert_eq!(found.len(), want.len(), "{source}: {found:#?}");
    for (point, (at, nature)) in found.iter().zip(want) {
        let near = point.at.iter().zip(*at).all(|(a, b)| (a - b).abs() <= tolerance);
        assert!(near && point.nature == *nature, "{source}: {point:?} is not {at:?}, {nature:?}");
    }
    found
}

fn complex(point: &FixedPoint, want: &[[f64; 2]], tolerance: f64) {
    assert_eq!(point.eigenvalues.len(), want.len());
    for (got, want) in point.eigenvalues.iter().zip(want) {
        let near = (got[0] - want[0]).abs() <= tolerance && (got[1] - want[1]).abs() <= tolerance;
        assert!(near, "{:?} is not {want:?}", point.eigenvalues);
    }
}

#[test]
fn double_well() {
    use Nature::{Maximum, Minimum};
    let want: [(&[f64], Nature); 3] = [(&[-1.0], Minimum), (&[0.0], Maximum), (&[1.0], Minimum)];
    let found = hold("x^4/4 - x^2/2", &[[-2.0, 2.0]], 1e-14, &want);
    assert_eq!(found.iter().map(|p| p.value).collect::<Vec<_>>(), [-0.25, 0.0, -0.25]);
    assert_eq!(found.iter().map(|p| p.curvatures[0]).collect::<Vec<_>>(), [2.0, -1.0, 2.0]);
    // A tilt past 2/(3√3) takes the barrier and one well away.
    for (tilt, count) in [(0.38, 3), (0.39, 1)] {
        assert_eq!(find(&format!("x^4/4 - x^2/2 + {tilt}x"), &[[-2.0, 2.0]]).len(), count, "{tilt}");
    }
}

#[test]
fn himmelblau() {
    use Nature::{Maximum, Minimum, Saddle};
    let want: [(&[f64], Nature); 9] = [
        (&[-3.779310253377747, -3.283185991286169], Minimum),
        (&[-3.073025750764, -0.081353044288], Saddle),
        (&[-2.805118086952745, 3.131312518250573], Minimum),
        (&[-0.270844590667, -0.923038556480], Maximum),
        (&[-0.127961346731, -1.953714980245], Saddle),
        (&[0.086677504555, 2.884254701175], Saddle),
        (&[3.0, 2.0], Minimum),
        (&[3.385154183607, 0.073851879838], Saddle),
        (&[3.584428340330, -1.848126526964], Minimum),
    ];
    let found = hold("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", &[[-5.0, 5.0]; 2], 1e-11, &want);
    // At (3, 2) the Hessian is [[74, 20], [20, 34]].
    let root = 20.0 * 2f64.sqrt();
    for (got, want) in found[6].curvatures.iter().zip([54.0 - root, 54.0 + root]) {
        assert!((got - want).abs() < 1e-12, "{got} is not {want}");
    }
}

pub const MULLER_BROWN: &str = "f(x, y) = g(-200, -1, 0, -10, x - 1, y) + g(-100, -1, 0, -10, x, y - 0.5)
    + g(-170, -6.5, 11, -6.5, x + 0.5, y - 1.5) + g(15, 0.7, 0.6, 0.7, x + 1, y - 1)
g(A, a, b, c, u, w) = A*exp(a*u^2 + b*u*w + c*w^2)";

#[test]
fn muller_brown() {
    use Nature::{Minimum, Saddle};
    let want: [(&[f64], Nature); 5] = [
        (&[-0.822001558733, 0.624312802815], Saddle),
        (&[-0.558223634633, 1.441725841805], Minimum),
        (&[-0.050010822998, 0.466694104872], Minimum),
        (&[0.212486582001, 0.292988325108], Saddle),
        (&[0.623499404931, 0.028037758529], Minimum),
    ];
    let found = hold(MULLER_BROWN, &[[-1.5, 1.2], [-0.5, 2.0]], 1e-10, &want);
    let values = [-40.664844, -146.699517, -80.767818, -72.248940, -108.166724];
    for (point, value) in found.iter().zip(values) {
        assert!((point.value - value).abs() < 1e-6, "{} is not {value}", point.value);
    }
}

#[test]
fn van_der_pol_and_lotka_volterra() {
    let half = 0.75f64.sqrt();
    for (mu, nature, values) in [
        (1.0, Nature::UnstableFocus, [[0.5, -half], [0.5, half]]),
        (0.0, Nature::Centre, [[0.0, -1.0], [0.0, 1.0]]),
        (2.5, Nature::UnstableNode, [[0.5, 0.0], [2.0, 0.0]]),
        (-1.0, Nature::StableFocus, [[-0.5, -half], [-0.5, half]]),
    ] {
        let source = format!("x' = y\ny' = μ*(1 - x^2)*y - x\nμ = {mu} in [-5, 5]");
        let found = hold(&source, &[[-4.0, 4.0]; 2], 0.0, &[(&[0.0, 0.0], nature)]);
        complex(&found[0], &values, 1e-15);
    }
    let source = "x' = a*x - b*x*y; y' = -c*y + d*x*y; a = 1.5; b = 1; c = 3; d = 1";
    let want: [(&[f64], Nature); 2] = [(&[0.0, 0.0], Nature::Saddle), (&[3.0, 1.5], Nature::Centre)];
    let found = hold(source, &[[-1.0, 6.0], [-1.0, 5.0]], 1e-14, &want);
    complex(&found[0], &[[-3.0, 0.0], [1.5, 0.0]], 0.0);
    complex(&found[1], &[[0.0, -4.5f64.sqrt()], [0.0, 4.5f64.sqrt()]], 1e-14);
}

/// Forces: the flow of a unit mass.
#[test]
fn machines() {
    use Nature::{Centre, Saddle, StableFocus, StableNode};
    let table: &[(&str, &[f64], Nature)] = &[
        ("F(x) = -x", &[0.0], Centre),
        ("F(x) = x", &[0.0], Saddle),
        ("F(x, v) = -x - v", &[0.0], StableFocus),
        ("F(x, v) = -x - 2v", &[0.0], StableNode),
        ("F(x, v) = -x - 3v", &[0.0], StableNode),
        ("F(x, v) = -x + 1 - 3v", &[1.0], StableNode),
        ("x'' = -4(x - 2) - x'", &[2.0], StableFocus),
        ("F(x, y) = (-x, -9y)", &[0.0, 0.0], Centre),
        ("F(x, y) = (-x, -y)", &[0.0, 0.0], Centre),
        ("F(x, y) = (-x, y)", &[0.0, 0.0], Saddle),
        ("F(x, y, u, v) = (1 - x - u, -y - v)", &[1.0, 0.0], StableFocus),
    ];
    for (source, at, nature) in table {
        hold(source, &vec![[-3.0, 3.0]; at.len()], 1e-14, &[(at, *nature)]);
    }
    let pendulum = "θ'' = -sin(θ) - 0.2θ'";
    let pi = std::f64::consts::PI;
    let want: [(&[f64], Nature); 3] = [(&[-pi], Saddle), (&[0.0], StableFocus), (&[pi], Saddle)];
    let found = hold(pendulum, &[[-4.0, 4.0]], 1e-14, &want);
    complex(&found[1], &[[-0.1, -0.99f64.sqrt()], [-0.1, 0.99f64.sqrt()]], 1e-15);
}

/// Three and four states: the QR method.
#[test]
fn larger_systems() {
    let lorenz = "s' = 10(y - s); y' = s*(28 - z) - y; z' = s*y - 8/3*z";
    let c = 72f64.sqrt();
    let (root, low) = (1201f64.sqrt(), [-c, -c, 27.0]);
    let want: [(&[f64], Nature); 3] =
        [(&low, Nature::Saddle), (&[0.0, 0.0, 0.0], Nature::Saddle), (&[c, c, 27.0], Nature::Saddle)];
    let found = hold(lorenz, &[[-20.0, 20.0], [-30.0, 30.0], [-5.0, 45.0]], 1e-11, &want);
    complex(&found[1], &[[(-11.0 - root) / 2.0, 0.0], [-8.0 / 3.0, 0.0], [(-11.0 + root) / 2.0, 0.0]], 1e-13);
    complex(
        &found[0],
        &[[-13.854577914596, 0.0], [0.093955623965, -10.194505220927], [0.093955623965, 10.194505220927]],
        1e-9,
    );
    // Two masses on three springs: ω² = 1 and 3.
    let found = hold("x'' = -2x + y; y'' = x - 2y", &[[-1.0, 1.0]; 2], 0.0, &[(&[0.0, 0.0], Nature::Centre)]);
    let w = 3f64.sqrt();
    let mut rates: Vec<f64> = found[0].eigenvalues.iter().map(|[_, im]| *im).collect();
    rates.sort_by(f64::total_cmp);
    rates.iter().zip([-w, -1.0, 1.0, w]).for_each(|(got, want)| assert!((got - want).abs() < 1e-14, "{rates:?}"));
    // A chain whose rates are its diagonal.
    let chain = "a' = -a; b' = -2b + a; c' = -3c + b; d' = -4d + c";
    let found = hold(chain, &[[-1.0, 1.0]; 4], 1e-14, &[(&[0.0; 4], Nature::StableNode)]);
    complex(&found[0], &[[-4.0, 0.0], [-3.0, 0.0], [-2.0, 0.0], [-1.0, 0.0]], 1e-13);
}

#[test]
fn flat_points_and_empty_boxes() {
    hold("x^4", &[[-1.0, 2.0]], 1e-7, &[(&[0.0], Nature::Degenerate)]);
    hold("x^4 + y^2", &[[-1.0, 2.0]; 2], 1e-7, &[(&[0.0, 0.0], Nature::Degenerate)]);
    hold("x^3 - 3x*y^2", &[[-1.0, 2.0]; 2], 1e-7, &[(&[0.0, 0.0], Nature::Degenerate)]);
    hold("x^4 - 4x^3 + 6x^2 - 4x + 1", &[[-1.0, 2.0]], 1e-3, &[(&[1.0], Nature::Degenerate)]);
    hold("x^2/2*1e-9", &[[-1.0, 2.0]], 1e-14, &[(&[0.0], Nature::Minimum)]);
    hold("x^2 + 1e6*y^2", &[[-1.0, 2.0]; 2], 1e-14, &[(&[0.0, 0.0], Nature::Minimum)]);
    for source in ["exp(x)", "x", "atan(x)", "ln(x)", "1/x", "sqrt(-1 - x^2)"] {
        assert_eq!(find(source, &[[-3.0, 3.0]]), [], "{source}");
    }
    for bounds in [vec![], vec![[1.0, 1.0]], vec![[f64::NAN, 1.0]], vec![[f64::NEG_INFINITY, 0.0]], vec![[0.0, 1.0]; 2]]
    {
        assert_eq!(find("x^2", &bounds), [], "{bounds:?}");
    }
    let curve = find("(x^2 + y^2 - 1)^2", &[[-2.0, 2.0]; 2]);
    assert!(curve.len() > 8 && curve.len() <= 100);
    for p in curve {
        let r = p.at[0].hypot(p.at[1]);
        let ring = (r - 1.0).abs() < 1e-7 && p.nature == Nature::Degenerate;
        assert!(ring || r == 0.0 && p.nature == Nature::Maximum, "{p:?}");
    }
}

/// Fixed points follow sliders and time.
#[test]
fn sliders_and_time_move_them() {
    let world = world("F(x, t) = a + t - x; a = 1 in [0, 5]");
    for (a, t) in [(1.0, 0.0), (2.0, 0.5), (4.5, -3.0)] {
        let found = fixed_points(&world, &[a], t, &[[-10.0, 10.0]]);
        assert_eq!(found.iter().map(|p| p.at[0]).collect::<Vec<_>>(), [a + t]);
    }
}
