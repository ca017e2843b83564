//! The program itself, run as a reader runs it.

use serde_json::{Value, json};

use crate::{file, loose};

/// Run as the program: exit codes, one sentence on the error stream, JSON that parses.
#[test]
fn the_command_keeps_its_word() {
    let program = env!("CARGO_BIN_EXE_impetus");
    let run = |arguments: &[&str]| std::process::Command::new(program).arg("verify").args(arguments).output().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let inputs = json!({ "q": 0.0301, "beta": 0.77 });
    let rho = 0.77f64.sqrt();
    let good = write("good.json", &file(2, "hb_modes", &inputs, &json!({ "rho": rho }), &loose()));
    let wrong = write("wrong.json", &file(2, "hb_modes", &inputs, &json!({ "rho": rho + 1e-6 }), &loose()));
    let unknown = write("unknown.json", &file(2, "hb_moods", &inputs, &json!({ "rho": rho }), &loose()));
    let broken = write("broken.json", "{ \"schema\": ");
    let missing = folder.path().join("none.json").display().to_string();
    let bytes = folder.path().join("bytes.json");
    std::fs::write(&bytes, [0xff, 0xfe, 0x00]).unwrap();
    let bytes = bytes.display().to_string();
    let here = folder.path().display().to_string();
    for (arguments, code, out, err) in [
        (vec![], 0, "cases passed", ""),
        (vec!["--section", "2", "--kind", "hb_modes"], 0, "33 of 33 cases passed", ""),
        (vec!["--section", "02", "--all"], 0, "closed form  rho", ""),
        (vec!["--section", "77"], 2, "", "there is no case"),
        (vec!["--nonsense"], 2, "", "--nonsense"),
        (vec![&good], 0, "1 of 1 cases passed", ""),
        (vec![&wrong], 1, "FAIL", "1 cases failed"),
        (vec![&unknown], 0, "1 NOT COVERED", ""),
        (vec![&good, &broken], 1, "1 of 1 cases passed", "line 1"),
        (vec![&missing], 1, "", "cannot read"),
        (vec![&bytes], 1, "", "UTF-8"),
        (vec![&here], 1, "", "cannot read"),
    ] {
        let output = run(&arguments);
        let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{arguments:?} {stdout} {stderr}");
        assert!(stdout.contains(out) && stderr.contains(err), "{arguments:?} {stdout} {stderr}");
        assert!(!stderr.contains("panicked"), "{arguments:?} {stderr}");
    }
    let value: Value = serde_json::from_slice(&run(&["--json", &good, &wrong]).stdout).unwrap();
    assert_eq!((&value["total"]["cases"], &value["total"]["failed"]), (&json!(2), &json!(1)));
    assert_eq!(value["cases"][1]["checks"][0]["pass"], json!(false));
    let value: Value = serde_json::from_slice(&run(&["--json"]).stdout).unwrap();
    assert_eq!(value["cases"].as_array().unwrap().len(), value["total"]["cases"].as_u64().unwrap() as usize);
}
