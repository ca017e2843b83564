//! Hostile input: nothing panics, nothing takes long, and every fault points into the source.

use std::time::{Duration, Instant};

use impetus::formula::{Fault, Problem, World};
use impetus::text::Lang;

/// A small generator of numbers that are the same on every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

/// Everything a window would do with a source; whether it was read.
fn use_fully(source: &str) -> bool {
    match World::parse(source) {
        Ok(world) => {
            let sliders = world.defaults();
            let states = world.start(&sliders);
            assert!(states.len() == world.states().len() && states.iter().all(|x| x.is_finite()), "{source:?}");
            let columns: Vec<&[f64]> = states.chunks(1).chain([&[0.5][..]]).collect();
            let mut out = vec![0.0; states.len() * states.len()];
            world.jacobian(&columns, &sliders, &mut out);
            world.rates(&columns, &sliders, &mut out[..states.len()]);
            true
        }
        Err(fault) => {
            check(source, &fault);
            false
        }
    }
}

/// A fault lies in the source and can be said and shown.
fn check(source: &str, fault: &Fault) {
    assert!(source.get(fault.span.clone()).is_some(), "{source:?}: {fault:?}");
    assert_eq!(fault.line, source[..fault.span.start].matches('\n').count() + 1, "{source:?}");
    for lang in Lang::ALL {
        let said = fault.say(lang);
        assert!(said.chars().count() < 400 && !said.contains("{}") && !said.contains('\n'), "{said:?}");
    }
    let caret = fault.caret(source);
    let lines: Vec<&str> = caret.split('\n').collect();
    assert!(lines.len() == 2 && lines[1].trim_start().starts_with('^'), "{caret:?}");
    assert!(lines[1].len() <= 110, "{caret:?}");
}

#[test]
fn monsters_are_refused_at_once() {
    let many = 100_000;
    let monsters: Vec<String> = vec![
        "(".repeat(many),
        format!("{}x{}", "(".repeat(many), ")".repeat(many)),
        "-".repeat(many),
        "2^".repeat(many),
        "sin(".repeat(many),
        "|".repeat(many),
        "x+".repeat(500_000),
        "9".repeat(1_000_000),
        "\n".repeat(1_000_000),
        "#".repeat(1_000_000),
        "势".repeat(400_000),
        "x=1;".repeat(many),
        "\0".repeat(4096),
    ];
    for source in monsters {
        let start = Instant::now();
        assert!(!use_fully(&source), "{}", &source[..4]);
        assert!(start.elapsed() < Duration::from_secs(1), "{:?}", &source[..4]);
    }
}

#[test]
fn odd_sources_are_faults() {
    let sources = [
        "",
        " ",
        "\n\n",
        "#",
        ";;;",
        "(",
        ")",
        "()",
        "|",
        "||",
        "| |",
        "=",
        "x=",
        "=x",
        "x'",
        "x'=",
        "''",
        "'",
        "f(",
        "f(x",
        "f(x)=",
        "f()=1",
        "f(x,)=x",
        "f(,x)=x",
        "f(x x)=x",
        "f(x)=(",
        "f(x)=)",
        "f(x)=x)",
        "f(x)=(x",
        "F(x,y)=(x,",
        "F(x,y)=(x,y",
        "F(x,y)=(,)",
        "x^",
        "^x",
        "x**",
        "*x",
        "x//y",
        "1..2",
        "1.2.3",
        "..",
        ".",
        "1e999",
        "a = 1 in",
        "a = 1 in [",
        "a = 1 in [0",
        "a = 1 in [0,",
        "a = 1 in [0, 2",
        "a in [0, 2]",
        "in = 1",
        "in",
        "1 in [0, 2]",
        "x''' = 1",
        "x' = x''",
        "x(0)",
        "x(0) =",
        "x(1) = 2",
        "x'(0) = 1; x^2",
        "\0",
        "x\0",
        "x²⁻¹",
        "f(u) = u; f(x)",
        "x\nx",
        "x - \n",
        "x\n\n+ y",
        "x²^3",
        "²",
        "⁻",
        "x⁻",
        "x⁹⁹⁹⁹⁹",
        "\u{202e}x",
        "\"",
        "`",
        "x $ y",
        "x = y = z",
        "f(f) = f(f)",
        "sin",
        "sin()",
        "sin = 1",
        "sin(x) = x",
        "f(x) = f(x)",
        "x0 = 1/0; x",
        "x' = x; x(0) = ln(-1)",
        "\u{feff}",
    ];
    for source in sources {
        assert!(!use_fully(source), "{source:?} is read");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let cases: [(&[u8], usize); 4] =
        [(b"\xff", 0), (b"x^2\n\xc3\x28", 4), (b"f(x) = x\xe5\x8a", 8), (&[0xfe; 100_000], 0)];
    for (bytes, at) in cases {
        let fault = World::parse_bytes(bytes).unwrap_err();
        assert_eq!((fault.problem, fault.span), (Problem::NotText, at..at));
    }
    assert!(World::parse_bytes("x²".as_bytes()).is_ok());
}

const PIECES: &[&str] = &[
    "x",
    "y",
    "f",
    "F",
    "g",
    "a",
    "t",
    "e",
    "pi",
    "sin",
    "max",
    "clamp",
    "atan2",
    "in",
    "log",
    "0",
    "1",
    "2.5",
    "1e-3",
    "(",
    ")",
    "(",
    ")",
    "[",
    "]",
    ",",
    "=",
    "+",
    "-",
    "*",
    "/",
    "^",
    "|",
    "'",
    "''",
    "²",
    "⁻",
    ";",
    "\n",
    "#",
    " ",
    "，",
    "（",
    "）",
    "η",
    "势",
    "\0",
    "\u{300}",
    "𝒙",
    "f(x) = ",
    "x' = ",
    "a = 1 in [0, 2]",
    "x(0) = 1",
    "F(x, y) = (",
    "\r",
];

#[test]
fn random_strings_never_panic() {
    let (mut dice, mut read) = (Dice(1), 0);
    for _ in 0..10_000 {
        let bytes: Vec<u8> = (0..dice.below(60)).map(|_| dice.next() as u8).collect();
        read += usize::from(use_fully(&String::from_utf8_lossy(&bytes)));
        let _ = World::parse_bytes(&bytes);
        let pieces: String = (0..dice.below(30)).map(|_| PIECES[dice.below(PIECES.len())]).collect();
        read += usize::from(use_fully(&pieces));
    }
    assert!((20..5000).contains(&read), "{read} of 20000 are read");
}

const SEEDS: &[&str] = &[
    "f(x) = a*x^4/4 - x^2/2 + b\na = 1 in [0, 2]; b = 0.1 in [0.01, 10] log\nx0 = 1.5",
    "f(x, y) = (x^2 + y - 11)^2 + |x + y² - 7|^2 # Himmelblau",
    "F(x, v, t) = -x - 2ζ·v + sin(ω*t); ζ = 0.1; ω = 2 in [0, 5]",
    "F(x, y) = (-g(x)*y, max(x, 1/y)); g(u) = clamp(u, -1, 1)",
    "x' = y\ny' = μ*(1 - x^2)*y - x\nμ = 1 in [0, 5]\nx(0) = 0.1",
    "θ'' = −sin（θ）− γ*θ'；γ＝0.2 in［0，1］；θ'(0) = 1",
    "s' = 10(y - s); y' = s*(28 - z) - y; z' = s*y - 8/3*z",
];

#[test]
fn mutations_of_sources_never_panic() {
    let (mut dice, mut read) = (Dice(2), 0);
    for round in 0..20_000 {
        let mut chars: Vec<char> = SEEDS[round % SEEDS.len()].chars().collect();
        for _ in 0..=dice.below(4) {
            let (i, j) = (dice.below(chars.len()), dice.below(chars.len()));
            match dice.below(5) {
                0 => drop(chars.remove(i)),
                1 => chars.swap(i, j),
                2 => chars.insert(i, chars[j]),
                3 => chars.truncate(i.max(1)),
                _ => drop(chars.splice(i..i, PIECES[dice.below(PIECES.len())].chars())),
            }
            if chars.is_empty() {
                chars.push('x');
            }
        }
        read += usize::from(use_fully(&chars.into_iter().collect::<String>()));
    }
    assert!((1000..19_000).contains(&read), "{read} of 20000 are read");
}
