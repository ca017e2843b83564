//! The airfoil data from the outside: the published file where there is one, the stand-in everywhere.
//!
//! Where `IMPETUS_AIRFOIL` names the published table, the cases that need its rows are computed; where it does
//! not, they have to say what they need. Either way the test prints which.

use std::path::Path;

use impetus::data::{airfoil, shelf};
use impetus::files::{bring_airfoil, bring_named_airfoil};
use impetus::text::Lang;
use impetus::verify::{Verdict, bundled, run_case};

/// Kinds of cases that need the rows.
const NEED_ROWS: [&str; 3] = ["airfoil_fixed_order", "airfoil_band", "airfoil_thermal_exact"];

#[test]
fn cases_that_need_the_rows_are_computed_where_they_are() {
    let there = bring_named_airfoil(Lang::En).unwrap();
    println!("{}", if there { "on the published rows" } else { "without the published rows" });
    assert_eq!(shelf().airfoil.is_some(), there);
    let books = bundled();
    let book = books.iter().find(|book| book.section == "training").unwrap();
    let mut seen = 0;
    for (i, case) in book.cases.iter().enumerate().filter(|(_, case)| NEED_ROWS.contains(&case.kind.as_str())) {
        let result = run_case(book, i);
        let faults: Vec<_> = result.checks.iter().filter(|check| !check.pass).collect();
        match (&result.verdict, there) {
            (Verdict::Pass, true) => {}
            (Verdict::NotCovered(reason), false) => assert!(reason.contains("IMPETUS_AIRFOIL"), "{reason}"),
            (verdict, _) => panic!("{} {verdict:?} {faults:#?}", case.id),
        }
        seen += 1;
    }
    assert_eq!(seen, 19);
}

/// Whatever rows there are have the published moments.
#[test]
fn rows_have_the_published_moments() {
    let table = match bring_named_airfoil(Lang::En) {
        Ok(true) => airfoil::prepared(&shelf().airfoil.unwrap()),
        _ => (*airfoil::stand_in()).clone(),
    };
    assert_eq!((table.rows(), table.columns.len()), (airfoil::USED, 6));
    let off = airfoil::Moments::of(&table).distance(airfoil::published());
    assert!(off <= 1e-12, "{off}");
}

#[test]
fn a_file_that_is_not_there_or_another_is_refused_in_a_sentence() {
    for lang in Lang::ALL {
        let fault = bring_airfoil(Path::new("no/such/file.dat"), lang).unwrap_err();
        assert!(fault.contains("no/such/file.dat"), "{fault}");
        let fault = bring_airfoil(&Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"), lang).unwrap_err();
        assert!(fault.contains("Cargo.toml") && !fault.contains('\n'), "{fault}");
    }
}
