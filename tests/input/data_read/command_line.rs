//! Data on the command line.

use std::path::Path;
use std::process::{Command, Output};

use super::images::idx;

fn impetus(folder: &Path, arguments: &[&str]) -> Output {
    let mut process = Command::new(env!("CARGO_BIN_EXE_impetus"));
    process.current_dir(folder).args(["--lang", "en"]).args(arguments).output().unwrap()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Rows of `y = slope·x + 1`.
fn table(slope: f64) -> String {
    (0..40).fold("x;y\n".to_owned(), |text, i| {
        let x = f64::from(i * 7 % 40) / 40.0;
        format!("{text}{x};{}\n", slope * x + 1.0 + 0.01 * f64::from(i % 3))
    })
}

#[test]
fn a_run_uses_the_data_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    for (name, slope) in [("a.csv", 2.0), ("b.csv", -3.0)] {
        std::fs::write(folder.path().join(name), table(slope)).unwrap();
    }
    let run = |arguments: &[&str]| {
        let done = impetus(folder.path(), &[&["run"], arguments, &["--json", "--steps", "50"]].concat());
        assert_eq!(done.status.code(), Some(0), "{}", said(&done.stderr));
        (said(&done.stdout), said(&done.stderr))
    };
    let (usual, quiet) = run(&["airfoil"]);
    assert_eq!(quiet, "");
    let [(a, told), (b, _)] = ["a.csv", "b.csv"].map(|file| run(&["airfoil", "--data", file]));
    assert!(told.starts_with("impetus: A table of 40 rows and 2 columns; the scene “"), "{told}");
    assert!(a != b && a != usual);
    // The file alone names its scene; a value that is set wins.
    assert_eq!(run(&["a.csv"]).0, a);
    assert_eq!(run(&["airfoil", "--data", "a.csv", "--set", "data=stand-in"]).0, usual);
    assert_eq!(run(&["airfoil", "--data", "b.csv", "--data", "a.csv"]).0, a);
    let printed = impetus(folder.path(), &["open", "--print", "a.csv"]);
    assert_eq!(said(&printed.stdout), "impetus run airfoil --data 'a.csv'\n");
}

#[test]
fn what_is_wrong_is_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let files: [(&str, Vec<u8>); 5] = [
        ("good.csv", table(1.0).into_bytes()),
        ("ragged.csv", b"a,b\n1.5,2\n3\n".to_vec()),
        ("labels.idx", idx(&[3], &[1, 2, 3])),
        ("session.impetus", b"scene = \"bowl\"\nschema = 1\n".to_vec()),
        ("big.idx", idx(&[u32::MAX, u32::MAX, 4], &[1])),
    ];
    for (name, bytes) in &files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    for (arguments, wanted) in [
        (&["run", "bowl", "--data", "good.csv"][..], "“good.csv” is data for the scene airfoil, not for bowl"),
        (&["run", "airfoil", "--data", "ragged.csv"], "Line 3: expected 2 columns, found 1."),
        (&["run", "airfoil", "--data", "none.csv"], "cannot read “none.csv”"),
        (
            &["run", "airfoil", "--data", "session.impetus"],
            "“session.impetus” holds no data, but a session or a figure",
        ),
        (&["run", "airfoil", "--data", "labels.idx"], "3 labels; they wait for as many images."),
        (&["run", "labels.idx"], "3 labels; they wait for as many images."),
        (
            &["run", "airfoil", "--data", "big.idx"],
            "By its header the data has 73786976260478468100 values, but it has 1.",
        ),
    ] {
        let done = impetus(folder.path(), arguments);
        let told = said(&done.stderr);
        assert_eq!((done.status.code(), said(&done.stdout).as_str()), (Some(2), ""), "{told}");
        assert!(told.starts_with(&format!("impetus: {wanted}")) && told.lines().count() == 1, "{told}");
    }
}
