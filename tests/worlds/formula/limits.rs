//! The hard limits: what is just inside is read, what is just outside is a fault, and neither
//! takes long.

use std::time::{Duration, Instant};

use impetus::formula::{
    MAX_BYTES, MAX_DEPTH, MAX_HELPERS, MAX_NODES, MAX_SLIDERS, MAX_STATES, Problem, World, fixed_points,
};

fn problem(source: &str) -> Option<Problem> {
    World::parse(source).err().map(|fault| fault.problem)
}

/// `open` as often as asked around an x.
fn nested(open: &str, close: &str, times: usize) -> String {
    format!("{}x{}", open.repeat(times), close.repeat(times))
}

#[test]
fn limits_are_exact() {
    let sliders = |n: usize| (0..n).map(|i| format!("a{i} = 1 in [0, 2];")).collect::<String>() + "x";
    let helpers = |n: usize| (0..n).map(|i| format!("g{i}(u) = u;")).collect::<String>() + "x";
    let states = |n: usize| (0..n).map(|i| format!("x{i}' = 1;")).collect::<String>();
    let sum = |nodes: usize| vec!["x"; nodes.div_ceil(2)].join("+");
    let padded = |bytes: usize| format!("x{}", " ".repeat(bytes - 1));
    let chain =
        |n: usize| (1..n).map(|i| format!("a{i} = a{};", i + 1)).collect::<String>() + &format!("a{n} = 1; x*a1");
    let signed = |n: usize| format!("{}x", "-".repeat(n));
    let table: Vec<(String, String, Problem)> = vec![
        (padded(MAX_BYTES), padded(MAX_BYTES + 1), Problem::TooLong { bytes: MAX_BYTES + 1 }),
        (nested("(", ")", MAX_DEPTH), nested("(", ")", MAX_DEPTH + 1), Problem::TooDeep),
        (nested("|", "|", MAX_DEPTH), nested("|", "|", MAX_DEPTH + 1), Problem::TooDeep),
        (nested("sin(", ")", MAX_DEPTH), nested("sin(", ")", MAX_DEPTH + 1), Problem::TooDeep),
        (signed(MAX_DEPTH), signed(MAX_DEPTH + 1), Problem::TooDeep),
        (nested("1^", "", MAX_DEPTH), nested("1^", "", MAX_DEPTH + 1), Problem::TooDeep),
        (chain(MAX_DEPTH), chain(MAX_DEPTH + 1), Problem::TooDeep),
        (sum(MAX_NODES - 1), sum(MAX_NODES + 1), Problem::TooManyNodes),
        (sliders(MAX_SLIDERS), sliders(MAX_SLIDERS + 1), Problem::TooManySliders),
        (helpers(MAX_HELPERS), helpers(MAX_HELPERS + 1), Problem::TooManyHelpers),
        (states(MAX_STATES), states(MAX_STATES + 1), Problem::TooManyStates),
        ("x'' = 1; y'' = 1".into(), "x'' = 1; y'' = 1; z' = 1".into(), Problem::TooManyStates),
    ];
    for (inside, outside, want) in table {
        assert_eq!(problem(&inside), None, "{inside}");
        assert_eq!(problem(&outside), Some(want), "{outside}");
    }
}

/// Helpers that call helpers grow by powers; they stop at the limit.
#[test]
fn helpers_do_not_explode() {
    let mut source = String::from("f(x) = h7(x); h0(u) = u*u;");
    for i in 1..8 {
        let below = i - 1;
        source += &format!("h{i}(u) = {};", vec![format!("h{below}(u)"); 20].join("*"));
    }
    assert_eq!(problem(&source), Some(Problem::TooManySteps));
}

/// The slowest sources that are read, the best of many times so that a busy machine is no fault.
#[test]
fn the_worst_source_is_read_at_once() {
    let numbered = |term: &str, n: usize| (0..n).map(|i| term.replace('#', &i.to_string())).collect::<Vec<_>>();
    let (product, sum) = (|term, n| numbered(term, n).join("*"), |term, n| numbered(term, n).join("+"));
    let calls = product("h(x*#, y + #)", 6);
    let mut sources = vec![
        sum("x", 512),
        product("x", 512),
        vec!["(x+y)"; 200].join("/"),
        sum("sin(x*#+y)^#*y", 90),
        sum("a#", 300).replace('+', "=1;") + "=1;x",
        format!("a' = {0}; b' = {0}; c' = {0}; d' = {0}", vec!["a^b*sin(c*d)"; 20].join("/")),
        format!("x'' = {0}; y'' = {0}", vec!["atan2(x', y)*hypot(y', x)"; 40].join("*")),
    ];
    for term in ["atan2(u + #, v)", "hypot(u + #, v)", "mod(u, v + #)", "(v + #/u)", "gauss(u*v + #)"] {
        sources.push(format!("f(x, y) = {calls}; h(u, v) = {}", product(term, 40)));
    }
    for term in ["(u + v)^(u - #)", "max(u + #, v)^v"] {
        sources.push(format!("f(x, y) = {calls}; h(u, v) = {}", product(term, 35)));
    }
    for source in &sources {
        assert_eq!(problem(source), None, "{source}");
    }
    sources.extend(["|".repeat(4096), "((x".repeat(1300), "x=".repeat(2000), "x;".repeat(2000), "'".repeat(4000)]);
    for source in sources {
        let time = |_| {
            let start = Instant::now();
            let _ = World::parse(&source);
            start.elapsed()
        };
        let quick = (0..100).map(time).any(|time| time < Duration::from_millis(10));
        assert!(quick, "{}", &source[..source.len().min(60)]);
    }
}

/// The search for fixed points ends on worlds made to annoy it.
#[test]
fn searches_end() {
    let sources = [
        "sin(1/x)",
        "sin(1e6*x)",
        "floor(x)*x",
        "0/0*x",
        "1e300*x^9",
        "exp(exp(exp(x)))",
        "x^x",
        "relu(x) - step(x)*5",
        "x' = 1e308*x^3; y' = 1e-308*y",
        "x' = 0*x; y' = 0*y",
        "a' = b/c; b' = c/d; c' = d/a; d' = a/b",
    ];
    for source in sources {
        let world = World::parse(source).unwrap();
        let start = Instant::now();
        let found = fixed_points(&world, &[], 0.0, &vec![[-5.0, 5.0]; world.kind().dim()]);
        assert!(found.len() <= 1296 && start.elapsed() < Duration::from_secs(10), "{source}: {:?}", start.elapsed());
        assert!(found.iter().all(|p| p.at.iter().all(|x| x.is_finite())), "{source}");
    }
}
