//! Typed worlds on the command line.

use std::path::Path;
use std::process::{Command, Output};

fn impetus(config: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_impetus"))
        .args(["--lang", "en"])
        .args(arguments)
        .env("XDG_CONFIG_HOME", config)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn worlds_run_from_text_file_and_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("well.txt");
    std::fs::write(&file, "f(x) = (x - a)^2\na = 1 in [0, 2]\n").unwrap();
    let mut library = impetus::files::Preferences::default();
    library.keep_world("mine", "x' = -k*x; k = 2 in [1, 3]");
    library.store(&folder.path().join("impetus/preferences.toml")).unwrap();
    let file = file.to_str().unwrap();
    let table: [(&[&str], &str); 6] = [
        (&["run", "typed-world", "--world", "f(x) = x^2", "--steps", "5"], "n = 5"),
        (&["run", "typed-world", "--world-file", file, "--set", "a=1.5", "--steps", "5"], "n = 5"),
        (&["run", "typed-world", "--world", "@mine", "--set", "k=3", "--steps", "5"], "n = 5"),
        (&["show", "typed-world", "--world-file", file], "minimum  −2"),
        (&["show", "typed-world", "--world", "@pendulum"], "stable focus"),
        (&["show", "typed-world"], "fixed points"),
    ];
    for (arguments, wanted) in table {
        let out = impetus(folder.path(), arguments);
        assert_eq!(out.status.code(), Some(0), "{arguments:?}: {}", text(&out.stderr));
        assert!(text(&out.stdout).contains(wanted), "{arguments:?}: {}", text(&out.stdout));
    }
}

#[test]
fn faults_are_a_sentence_with_a_caret() {
    let folder = tempfile::tempdir().unwrap();
    let table: [(&[&str], &str); 5] = [
        (&["run", "typed-world", "--world", "f(x) = x^2 + sinn(x)"], "f(x) = x^2 + sinn(x)\n             ^~~~"),
        (&["show", "typed-world", "--world", "f(x) = "], "Line 1, column"),
        (&["run", "one-machine", "--world", "f(x) = x^2"], "not for one-machine"),
        (&["run", "typed-world", "--world", "@nobody"], "@rosenbrock"),
        (&["run", "typed-world", "--world", "x' = -x", "--lens", "sampler"], "there are: spring"),
    ];
    for (arguments, wanted) in table {
        let out = impetus(folder.path(), arguments);
        assert_eq!(out.status.code(), Some(2), "{arguments:?}: {}", text(&out.stderr));
        assert!(text(&out.stderr).contains(wanted), "{arguments:?}: {}", text(&out.stderr));
        assert!(out.stdout.is_empty());
    }
}
