//! What expressions mean: precedence, association, functions, signs of other keyboards.

use std::f64::consts::{E, PI, TAU};

use super::{loss, world};

/// An expression, and its exact value at x = 2, y = −3.
#[test]
fn expressions_mean_what_a_mathematician_reads() {
    let table: &[(&str, f64)] = &[
        // Powers and signs.
        ("-2^2", -4.0),
        ("(-2)^2", 4.0),
        ("2^3^2", 512.0),
        ("(2^3)^2", 64.0),
        ("2^-1", 0.5),
        ("2^-2^2", 0.0625),
        ("2**3", 8.0),
        ("-x^2", -4.0),
        ("2^x^y", libm::pow(2.0, 0.125)),
        ("--x", 2.0),
        ("---x", -2.0),
        ("+x", 2.0),
        ("-+-x", 2.0),
        ("x - -y", -1.0),
        ("x*-y", 6.0),
        ("x/-y", 2.0 / 3.0),
        ("2^0.5", libm::pow(2.0, 0.5)),
        ("x^0", 1.0),
        ("0^0", 1.0),
        // Association.
        ("10-4-3", 3.0),
        ("64/4/2", 8.0),
        ("8/4*2", 4.0),
        ("1-2+3", 2.0),
        ("2+3*4^2", 50.0),
        ("(2+3)*4", 20.0),
        ("-x*y", 6.0),
        ("-x+y", -5.0),
        // Numbers.
        ("1e-3", 0.001),
        ("1E3", 1000.0),
        ("1e+2", 100.0),
        ("2.5e-1", 0.25),
        (".5", 0.5),
        ("5.", 5.0),
        ("2e", 2.0 * E),
        ("2e-x", 2.0 * E - 2.0),
        ("0.1+0.2", 0.1 + 0.2),
        // Products without a sign.
        ("3x", 6.0),
        ("3(x+1)", 9.0),
        ("(x+1)(x-1)", 3.0),
        ("2 max(x, 3)", 6.0),
        ("-2x", -4.0),
        ("2x^2", 8.0),
        ("2*3x", 12.0),
        ("2pi", TAU),
        ("x²y", -12.0),
        ("3x²", 12.0),
        ("2x - 3y", 13.0),
        // Bars.
        ("|y|", 3.0),
        ("-|y|", -3.0),
        ("||y| - |x||", 1.0),
        ("|x*|y||", 6.0),
        ("|y|^2", 9.0),
        ("2*|y - |x||", 10.0),
        // Constants.
        ("pi", PI),
        ("π", PI),
        ("tau", TAU),
        ("τ/2", PI),
        ("e", E),
        // Signs and letters of other keyboards.
        ("x·y", -6.0),
        ("x × y", -6.0),
        ("x − y", 5.0),
        ("x÷2", 1.0),
        ("x²+y³", -23.0),
        ("x⁻¹", 0.5),
        ("x¹²", 4096.0),
        ("（x＋１）＊２", 6.0),
        ("max（x，y）", 2.0),
        ("ｍａｘ(x、y)", 2.0),
        ("2^x²", 16.0),
        // Layout.
        ("(x +\n  1)", 3.0),
        ("x +\n  1", 3.0),
        ("x\n  + 1\r\n  * 2", 4.0),
        ("x\r\n-1", 1.0),
        ("  x # the loss", 2.0),
        ("\u{feff}x\r\n", 2.0),
    ];
    assert!(table.len() >= 60, "{}", table.len());
    for (text, want) in table {
        let got = loss(text, &[2.0, -3.0][..dim(text)]);
        assert_eq!(got.to_bits(), want.to_bits(), "{text}: {got} is not {want}");
    }
}

/// A bare loss has two variables if y stands in it.
fn dim(text: &str) -> usize {
    world(text).states().len()
}

/// A function, its arguments and its exact value.
#[test]
fn functions_have_their_values() {
    let nan = f64::NAN;
    let table: &[(&str, f64)] = &[
        ("sin(pi/2)", 1.0),
        ("cos(0)", 1.0),
        ("tan(0)", 0.0),
        ("asin(1)", PI / 2.0),
        ("acos(-1)", PI),
        ("atan(1)", PI / 4.0),
        ("atan2(1, -1)", 3.0 * PI / 4.0),
        ("atan2(-1, -1)", -3.0 * PI / 4.0),
        ("sinh(0)", 0.0),
        ("cosh(0)", 1.0),
        ("tanh(100)", 1.0),
        ("exp(1)", libm::exp(1.0)),
        ("ln(e)", 1.0),
        ("log10(1000)", 3.0),
        ("log2(8)", 3.0),
        ("sqrt(9)", 3.0),
        ("cbrt(-27)", -3.0),
        ("abs(-2)", 2.0),
        ("sign(-2)", -1.0),
        ("sign(0)", 0.0),
        ("min(1, 2)", 1.0),
        ("max(1, 2)", 2.0),
        ("clamp(5, 0, 1)", 1.0),
        ("clamp(-5, 0, 1)", 0.0),
        ("clamp(0.5, 0, 1)", 0.5),
        ("step(0)", 1.0),
        ("step(-1e-300)", 0.0),
        ("floor(-1.5)", -2.0),
        ("sigmoid(0)", 0.5),
        ("sigmoid(-1000)", 0.0),
        ("sigmoid(1000)", 1.0),
        ("softplus(1000)", 1000.0),
        ("softplus(-1000)", 0.0),
        ("softplus(0)", std::f64::consts::LN_2),
        ("relu(-1)", 0.0),
        ("relu(3)", 3.0),
        ("gauss(0)", 1.0),
        ("gauss(1)", libm::exp(-0.5)),
        ("hypot(3, 4)", 5.0),
        ("mod(7, 3)", 1.0),
        ("mod(-1, 3)", 2.0),
        ("mod(1, -3)", -2.0),
        ("sqrt(-1)", nan),
        ("min(0/0, 1)", nan),
        ("min(1, 0/0)", nan),
        ("max(0/0, 1)", nan),
        ("max(1, 0/0)", nan),
        ("abs(0/0)", nan),
        ("sign(0/0)", nan),
        ("step(0/0)", nan),
        ("relu(0/0)", nan),
        ("1/0", f64::INFINITY),
    ];
    for (text, want) in table {
        // Folded when it is compiled, and computed when it runs.
        let running = text.replacen('(', "(x + ", 1);
        for source in [format!("f(x) = {text}"), format!("f(x) = {running}")] {
            let got = loss(&source, &[0.0]);
            let same = got == *want || got.is_nan() && want.is_nan();
            assert!(same, "{source}: {got} is not {want}");
        }
    }
}

/// A constant is the same bits whether it is folded or computed.
#[test]
fn folding_changes_no_bit() {
    let names = impetus::formula::FUNCTIONS.iter().map(|(name, arguments)| (*name, arguments.matches(',').count()));
    for (name, commas) in names {
        let call = |x: &str| format!("f(x) = {name}({x}{})", [", 0.3", ", 0.7"][..commas].concat());
        assert_eq!(
            loss(&call("0.6180339887"), &[0.0]).to_bits(),
            loss(&call("x"), &[0.6180339887]).to_bits(),
            "{name}"
        );
    }
    for n in -64..=64 {
        let (folded, run) = (loss(&format!("f(x) = 1.1^({n})"), &[0.0]), loss(&format!("f(x) = x^({n})"), &[1.1]));
        assert_eq!(folded.to_bits(), run.to_bits(), "{n}");
        assert!((run / libm::pow(1.1, f64::from(n)) - 1.0).abs() < 1e-14, "{n}");
    }
}

/// Names, helpers, constants and sliders.
#[test]
fn definitions_are_used() {
    let table: &[(&str, f64)] = &[
        ("f(x) = a*x; a = 3", 6.0),
        ("a = 3; f(x) = a*x", 6.0),
        ("f(x) = b*x; b = 2a; a = 3", 12.0),
        ("f(x) = a*x; a = 1.5 in [0, 2]", 3.0),
        ("f(x) = b*x; b = a^2; a = 1.5 in [0.1, 2] log", 4.5),
        ("f(x) = g(x) + 1; g(u) = u^2", 5.0),
        ("f(x) = g(x, a); g(u, v) = u^v; a = 5", 32.0),
        ("f(x) = g(g(x)); g(u) = 3u", 18.0),
        ("f(x) = h(x); h(u) = g(u) + 1; g(u) = 2u", 5.0),
        ("g(u) = 7u", 14.0),
        ("f(q) = q", 2.0),
        ("f(x) = λ₁*x; λ1 = 4", 8.0),
        ("f(x) = η·x − 1；η＝0.5", 0.0),
        ("f(x) = 刚度*x^2; 刚度 = 3", 12.0),
        ("e = 5; f(x) = e*x", 10.0),
        ("f(x) = g(x); g(e) = e + 1", 3.0),
        ("a = 1; f(x) = a*x\n# a = 2; a = 3\n", 2.0),
        ("k = 2; k*x", 4.0),
        ("y = 10; x + y", 12.0),
    ];
    for (source, want) in table {
        assert_eq!(loss(source, &[2.0]), *want, "{source}");
    }
}
