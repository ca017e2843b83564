//! The plan of the house, read from the sources: who may use whom, what is never named where,
//! and how long a file may get. The tables are those of the crate's documentation.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Module, and the modules it may use besides itself.
const MAY_USE: &[(&str, &[&str])] = &[
    ("core", &[]),
    ("theory", &[]),
    ("text", &[]),
    ("formula", &["text"]),
    ("data", &["text"]),
    ("param", &["text"]),
    ("diagnose", &["theory", "data", "param", "text"]),
    ("figure", &["text"]),
    ("export", &["figure", "text"]),
    ("scenes", &["core", "theory", "diagnose", "formula", "data", "param", "figure", "text"]),
    ("session", &["scenes", "core", "formula", "param", "figure", "text"]),
    ("preflight", &["export", "figure", "text"]),
    ("files", &["session", "scenes", "formula", "data", "param", "export", "preflight", "figure", "text"]),
    ("verify", &["scenes", "core", "theory", "data", "param", "text"]),
    ("workloads", &["core", "data", "figure", "export", "text"]),
    (
        "cli",
        &[
            "core",
            "data",
            "diagnose",
            "workloads",
            "files",
            "session",
            "scenes",
            "formula",
            "param",
            "export",
            "preflight",
            "text",
            "figure",
            "verify",
            "app",
        ],
    ),
    (
        "app",
        &[
            "data",
            "files",
            "session",
            "scenes",
            "formula",
            "param",
            "figure",
            "theory",
            "export",
            "preflight",
            "text",
            "verify",
        ],
    ),
    ("main", &["cli", "app", "text"]),
    ("lib", &[]),
];

/// A word, and the only modules whose sources may contain it.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("egui", &["app"]),
    ("eframe", &["app"]),
    ("egui_plot", &["app"]),
    ("std::fs", &["cli", "app", "export", "files"]),
    ("File::", &["cli", "app", "export", "files"]),
    ("OpenOptions", &["cli", "app", "export"]),
    ("std::time::Instant", &["cli", "app", "export", "workloads"]),
    ("Instant", &["cli", "app", "export", "workloads"]),
    ("SystemTime", &["cli", "app", "export"]),
];

/// A word, and a module whose sources may not contain it. The standard library's transcendental
/// functions differ between platforms in the last bit.
const NEVER_IN: &[(&str, &str)] = &[
    ("nalgebra", "core"),
    (".sin(", "core"),
    (".cos(", "core"),
    (".tan(", "core"),
    (".tanh(", "core"),
    (".exp(", "core"),
    (".exp_m1(", "core"),
    (".ln(", "core"),
    (".ln_1p(", "core"),
    (".log10(", "core"),
    (".log2(", "core"),
    (".powf(", "core"),
    (".hypot(", "core"),
    ("HashMap", "core"),
    ("HashSet", "core"),
    (".sin(", "formula"),
    (".cos(", "formula"),
    (".tan(", "formula"),
    (".tanh(", "formula"),
    (".exp(", "formula"),
    (".exp_m1(", "formula"),
    (".ln(", "formula"),
    (".ln_1p(", "formula"),
    (".log10(", "formula"),
    (".log2(", "formula"),
    (".powf(", "formula"),
    (".hypot(", "formula"),
    (".mul_add(", "formula"),
];

/// What no source outside a test may do.
const PANICS: &[&str] = &[".unwrap()", ".expect(", "panic!", "unreachable!", "todo!", "unimplemented!"];

/// The longest file.
const MOST_LINES: usize = 400;

struct Source {
    /// Path below `src`, with forward slashes.
    path: String,
    lines: usize,
    /// The code without comments and without its test module.
    code: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        let body = text.split("#[cfg(test)]").next().unwrap_or("");
        let code: Vec<&str> = body.lines().map(|l| l.split("//").next().unwrap_or("")).collect();
        Source { path: path.into(), lines: text.lines().count(), code: code.join("\n") }
    }

    fn module(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap_or("")
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut out, mut folders) = (Vec::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                out.push(Source::new(&name, &std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(out.len() >= 60, "only {} sources found", out.len());
    out
}

/// Every path that starts with `root::`, groups in braces taken apart.
fn paths(code: &str, root: &str) -> Vec<String> {
    let start = format!("{root}::");
    let starts_word = |i: usize| !code[..i].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
    let found = code.match_indices(&start).filter(|(i, _)| starts_word(*i));
    found.flat_map(|(i, _)| expand(&code[i + start.len()..])).collect()
}

/// The paths at the head of `tail`: one, or those of a group `{a::b, c}` (one level is enough).
fn expand(tail: &str) -> Vec<String> {
    let path = |s: &str| {
        let end = s.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(s.len());
        s[..end].trim_end_matches(':').to_owned()
    };
    let Some(group) = tail.strip_prefix('{') else { return vec![path(tail)] };
    let (mut depth, mut piece, mut out) = (0, String::new(), Vec::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => out.push(path(std::mem::take(&mut piece).trim())),
            _ => {}
        }
        if c != ',' || depth > 0 {
            piece.push(c);
        }
    }
    out.push(path(piece.trim()));
    out.retain(|p| !p.is_empty());
    out
}

fn uses(source: &Source) -> BTreeSet<String> {
    let root = if source.module() == "main" { "impetus" } else { "crate" };
    let first = |p: String| p.split("::").next().unwrap_or("").to_owned();
    paths(&source.code, root).into_iter().map(first).filter(|m| m != source.module()).collect()
}

fn import_faults(source: &Source) -> Vec<String> {
    let Some((_, allowed)) = MAY_USE.iter().find(|(m, _)| *m == source.module()) else {
        return vec![format!("{}: a module the table does not know", source.path)];
    };
    let strange = uses(source).into_iter().filter(|m| !allowed.contains(&m.as_str()));
    strange.map(|m| format!("{} uses {m}", source.path)).collect()
}

/// A scene that names another scene. Shared parts live in `models`, `exhibit`, `run` and `mod`.
fn scene_faults(source: &Source, scenes: &BTreeSet<String>) -> Vec<String> {
    let parts: Vec<&str> = source.path.trim_end_matches(".rs").split('/').collect();
    let ["scenes", own, ..] = parts[..] else { return Vec::new() };
    if !scenes.contains(own) {
        return Vec::new();
    }
    let up = if parts.len() == 2 || parts.last() == Some(&"mod") { "super" } else { "super::super" };
    let named = paths(&source.code, "crate::scenes").into_iter().chain(paths(&source.code, up));
    let other = named.map(|p| p.split("::").next().unwrap_or("").to_owned());
    other.filter(|p| p != own && scenes.contains(p)).map(|p| format!("{} uses scene {p}", source.path)).collect()
}

fn word_faults(source: &Source) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let has = |word: &str| {
        source.code.match_indices(word).any(|(i, _)| {
            let before = word.starts_with('.') || !source.code[..i].ends_with(is_word);
            before && (word.ends_with('(') || !source.code[i + word.len()..].starts_with(is_word))
        })
    };
    let only = ONLY_IN.iter().filter(|(_, modules)| !modules.contains(&source.module())).map(|(w, _)| *w);
    let never = NEVER_IN.iter().filter(|(_, module)| *module == source.module()).map(|(w, _)| *w);
    only.chain(never).filter(|w| has(w)).map(|w| format!("{} names {w}", source.path)).collect()
}

fn panic_faults(source: &Source) -> Vec<String> {
    let lines = source.code.lines().enumerate();
    let bad = lines.filter(|(_, l)| PANICS.iter().any(|p| l.contains(p)));
    bad.map(|(i, l)| format!("{}:{}: {}", source.path, i + 1, l.trim())).collect()
}

fn scene_modules(sources: &[Source]) -> BTreeSet<String> {
    let own = sources.iter().filter_map(|s| s.path.strip_prefix("scenes/"));
    let names = own.map(|p| p.trim_end_matches(".rs").split('/').next().unwrap_or("").to_owned());
    names.filter(|n| !["mod", "run", "models", "exhibit", "turn"].contains(&n.as_str())).collect()
}

fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn imports_follow_the_table() {
    let sources = sources();
    let scenes = scene_modules(&sources);
    assert!(scenes.contains("one_machine"), "{scenes:?}");
    assert!(sources.iter().map(|s| uses(s).len()).sum::<usize>() >= 30, "the scanner finds no imports");
    none(sources.iter().flat_map(|s| [import_faults(s), scene_faults(s, &scenes)].concat()).collect());
}

#[test]
fn words_stay_where_they_belong() {
    none(sources().iter().flat_map(word_faults).collect());
}

#[test]
fn nothing_panics_on_purpose() {
    none(sources().iter().flat_map(panic_faults).collect());
}

#[test]
fn files_stay_short() {
    let long = |s: &&Source| s.lines > MOST_LINES;
    none(sources().iter().filter(long).map(|s| format!("{}: {} lines", s.path, s.lines)).collect());
}

#[test]
fn modules_form_no_cycle() {
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources() {
        graph.entry(source.module().to_owned()).or_default().extend(uses(&source));
    }
    // Take away modules that use nothing left, until nothing changes; a cycle stays.
    while let Some(leaf) = graph.iter().find(|(_, uses)| uses.iter().all(|u| !graph.contains_key(u))) {
        let leaf = leaf.0.clone();
        graph.remove(&leaf);
    }
    assert!(graph.is_empty(), "a cycle among {:?}", graph.keys());
}

/// The scanner itself: every line of the table is a fault it must see.
#[test]
fn the_scanner_sees_faults() {
    let scenes = BTreeSet::from(["one_machine".to_owned(), "valley".to_owned()]);
    let table = [
        ("core/a.rs", "use crate::theory::pd;"),
        ("core/a.rs", "let x = crate::param::show_number(1.0);"),
        ("theory/a.rs", "use crate::{core::State};"),
        ("param/a.rs", "use crate::{\n    text::{Lang, t},\n    figure,\n};"),
        ("session/a.rs", "use egui::Ui;"),
        ("scenes/valley.rs", "use super::one_machine::X;"),
        ("scenes/valley/plot.rs", "use crate::scenes::one_machine;"),
        ("scenes/valley/plot.rs", "use super::super::one_machine;"),
        ("core/a.rs", "use nalgebra::DMatrix;"),
        ("core/a.rs", "let y = x.exp();"),
        ("session/a.rs", "let t = std::time::Instant::now();"),
        ("scenes/run.rs", "std::fs::read(p)"),
        ("text/a.rs", "let a = b.unwrap();"),
        ("strange/a.rs", ""),
    ];
    for (path, code) in table {
        let s = Source::new(path, code);
        let faults = [import_faults(&s), scene_faults(&s, &scenes), word_faults(&s), panic_faults(&s)].concat();
        assert_eq!(faults.len().clamp(0, 1), 1, "{path}: {code}");
    }
    let fine =
        "use crate::{text::{Lang, t}, param};\nuse super::models;\n// panic!\n#[cfg(test)]\nmod t { x.unwrap() }";
    let s = Source::new("scenes/valley.rs", fine);
    none([import_faults(&s), scene_faults(&s, &scenes), word_faults(&s), panic_faults(&s)].concat());
    assert_eq!(uses(&s), BTreeSet::from(["param".to_owned(), "text".to_owned()]));
}
