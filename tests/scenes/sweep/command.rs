//! `impetus sweep` as a process.

use std::path::Path;
use std::process::{Command, Output};

fn impetus(folder: &Path, arguments: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_impetus"));
    command.current_dir(folder).env("XDG_CONFIG_HOME", folder);
    command.args(arguments.split_whitespace()).output().unwrap()
}

fn done(folder: &Path, arguments: &str) -> String {
    let out = impetus(folder, arguments);
    assert_eq!(out.status.code(), Some(0), "{arguments}: {}", String::from_utf8_lossy(&out.stderr));
    assert!(out.stderr.is_empty(), "nothing is said where nobody looks");
    String::from_utf8(out.stdout).unwrap()
}

const MAP: &str =
    "--lang en sweep one-machine --set problem=one --x eta:0.01:4:23:log --y beta:0:0.99:13 --quantity steps";

#[test]
fn an_array_of_jobs_makes_the_map_of_one() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    let run = |arguments: &str| done(folder.path(), arguments);
    assert_eq!(
        run(&format!("{MAP} --out whole.json --out whole.csv --threads 1")),
        "299 cells, 17 of them blank, in whole.json, whole.csv\n"
    );
    for threads in [2, 7] {
        assert_eq!(run(&format!("{MAP} --out other.json --fresh --quiet --threads {threads}")), "");
        assert_eq!(bytes("other.json"), bytes("whole.json"), "{threads} threads");
    }
    for of in [1, 2, 3, 7] {
        for index in 1..=of {
            run(&format!("{MAP} --shard {index}/{of} --out part{index}.json --fresh"));
        }
        let parts: Vec<String> = (1..=of).map(|index| format!("part{index}.json")).collect();
        run(&format!("sweep --merge {} --out merged.json --out merged.csv --lang en", parts.join(" ")));
        assert_eq!(bytes("merged.json"), bytes("whole.json"), "{of} shards");
        assert_eq!(bytes("merged.csv"), bytes("whole.csv"), "{of} shards");
    }
}

#[test]
fn a_job_that_was_killed_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.json");
    done(folder.path(), &format!("{MAP} --out map.json"));
    let text = std::fs::read(&path).unwrap();
    for share in [0, 1, 3, 5, 8, 9] {
        std::fs::write(&path, &text[..share * text.len() / 9 * usize::from(share < 9)]).unwrap();
        done(folder.path(), &format!("{MAP} --out map.json"));
        assert!(std::fs::read(&path).unwrap() == text, "cut off at {share}/9");
    }
    // What was measured is taken as it is: a forged first number stays.
    let forged = String::from_utf8(text).unwrap().replacen("[\n", "[\n12345.0, ", 1);
    let first = forged.find("12345.0, ").unwrap() + 9;
    let end = first + forged[first..].find(", ").unwrap() + 2;
    let forged = format!("{}{}", &forged[..first], &forged[end..]);
    std::fs::write(&path, &forged[..forged.len() - 40]).unwrap();
    done(folder.path(), &format!("{MAP} --out map.json"));
    assert!(std::fs::read_to_string(&path).unwrap().contains("[\n12345.0, "));
}

#[test]
fn a_map_becomes_every_kind_of_figure_and_leads_back() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["m.svg", "m.pdf", "m.png", "m.csv", "m.pgf"];
    let outs: Vec<String> = names.iter().map(|n| format!("--out {n}")).collect();
    done(folder.path(), &format!("{MAP} {} --dpi 60", outs.join(" ")));
    for name in names {
        let first = std::fs::read(folder.path().join(name)).unwrap();
        let out = impetus(folder.path(), &format!("--lang en open {name} --print"));
        let command = String::from_utf8(out.stdout).unwrap();
        let wanted = "impetus sweep one-machine --set problem=one --x eta:0.01:4:23:log --y beta:0:0.99:13 ";
        assert!(command.starts_with(wanted) && command.ends_with(&format!("--lang en --out '{name}'\n")), "{command}");
        assert!(String::from_utf8(out.stderr).unwrap().contains("The map in this file was measured by a command"));
        // The command makes the same bytes again.
        let words = command.trim().trim_start_matches("impetus ").replace('\'', "");
        done(folder.path(), &format!("{words} --dpi 60"));
        assert!(std::fs::read(folder.path().join(name)).unwrap() == first, "{name}");
        assert!(first.len() > 1000, "{name}");
    }
}

#[test]
fn every_fault_is_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cut.json"), "{\n  \"impetus-sweep\": 1").unwrap();
    std::fs::write(folder.path().join("odd.json"), "{}").unwrap();
    done(folder.path(), &format!("{MAP} --out map.json"));
    let table = [
        (
            "sweep one-machine --out m.json --x eta:1:2:3:4:5",
            2,
            "--x takes ID:FROM:TO:CELLS[:log], not “eta:1:2:3:4:5”",
        ),
        ("sweep one-machine --out m.json --x eta:4:1:8", 2, "--x runs from 4 to 1, which is not upwards"),
        ("sweep one-machine --out m.json --x beta:-1:1:8:log", 2, "--x is logarithmic from -1, which must be above 0"),
        ("sweep one-machine --out m.json --x convention:0:1:8", 2, "--x cannot be swept over convention"),
        (
            "sweep one-machine --out m.json --x x1",
            2,
            "--x x1 needs a range, as ID:FROM:TO; without one there are: eta, beta",
        ),
        ("sweep one-machine --out m.json --x eta:1:2:0", 2, "--x takes 1 to 2048 cells, not “0”"),
        ("sweep one-machine --out m.json --x eta:1:2:2.5", 2, "--x takes a whole number of cells, not “2.5”"),
        ("sweep one-machine --out m.json --x nope:1:2:3", 2, "nope"),
        ("sweep one-machine --out m.json --x beta:0:5:3", 2, "5"),
        ("sweep one-machine --out m.json --x eta --y eta", 2, "--x and --y are both eta; a map has two parameters"),
        (
            "sweep one-machine --out m.json --quantity speed",
            2,
            "there is no quantity “speed”; there are: rate, steps, overshoot, regime, decades, kinetic, configurational",
        ),
        ("sweep one-machine --out m.json --shard 3/2", 2, "--shard takes I/N"),
        ("sweep one-machine --out m.svg --shard 1/2", 2, "a shard is saved in one .json file"),
        ("sweep one-machine --out a.json --out b.json", 2, "one .json file holds the whole map"),
        ("sweep one-machine --out m.docx", 2, "m.docx"),
        ("sweep one-machine --out m.json --mode 3", 2, "there is no mode 3; this problem has 1 to 2"),
        ("sweep one-machine --out m.json --lens none", 2, "there is no lens “none”"),
        ("sweep typed-world --world x'=-x --out m.json", 2, "there is nothing to sweep in this scene"),
        ("sweep nowhere --out m.json", 2, "there is no scene “nowhere”"),
        (
            "sweep one-machine --out map.json",
            1,
            "map.json holds another map: the quantity there is “steps”, not “rate”",
        ),
        ("sweep one-machine --out odd.json", 1, "odd.json is not a file of a sweep; it is left as it is."),
        ("sweep --merge cut.json --out m.json", 1, "cut.json is cut off after 22 bytes"),
        ("sweep --merge map.json gone.json --out m.json", 1, "gone.json"),
        ("sweep --merge map.json map.json --out m.json", 1, "Shard 1/1 is there twice"),
        ("sweep one-machine --out no/such/folder/m.json", 1, "no/such/folder/m.json"),
    ];
    for (arguments, code, said) in table {
        let out = impetus(folder.path(), &format!("--lang en {arguments}"));
        let fault = String::from_utf8(out.stderr).unwrap();
        assert_eq!(out.status.code(), Some(code), "{arguments}: {fault}");
        assert!(fault.contains(said), "{arguments}: {fault}");
        assert!(fault.lines().count() == 1 && out.stdout.is_empty(), "{arguments}: {fault}");
        let zh = String::from_utf8(impetus(folder.path(), &format!("--lang zh {arguments}")).stderr).unwrap();
        assert!(zh != fault && zh.chars().any(|c| ('一'..='鿿').contains(&c)), "{arguments}: {zh}");
    }
    assert!(!folder.path().join("m.json").exists(), "nothing is half written");
}
