//! What some bytes are.

use impetus::data::{What, recognise};
use impetus::text::Lang;

use super::images::idx;

/// Rows with the size and the sums of the published table, not its values.
fn airfoil() -> String {
    let row = |i: usize| {
        let (first, last) =
            if i == 0 { (4_338_230.0 - 1502.0 * 2000.0, 187_628.422 - 1502.0 * 125.0) } else { (2000.0, 125.0) };
        format!("{first}\t0\t0.3\t71.3\t0.002\t{last:.3}\n")
    };
    (0..1503).map(row).collect()
}

#[test]
fn kinds_are_told_apart() {
    let airfoil = airfoil();
    let log = "A training log of 1 row and 2 columns";
    let table = "A table of 1 row and 2 columns";
    let cases: [(&str, &[u8], &str); 15] = [
        ("airfoil_self_noise.dat", airfoil.as_bytes(), "The airfoil table of 1503 rows and 6 columns"),
        ("x.csv", b"step,loss\n1,2\n", log),
        ("x.csv", b"Epoch,value\n1,2\n", log),
        ("x.csv", b"a,Train Loss\n1,2\n", log),
        ("x.csv", b"0.5\n0.25\n", "A training log of 2 rows and 1 column"),
        ("x.csv", b"epoch,a,val_acc\n1,2,3\n", "A training log of 1 row and 3 columns"),
        ("x.csv", b"step,weight,momentum\n1,2,3\n", "A training log of 1 row and 3 columns"),
        ("x.csv", b"time,x,y\n1,2,3\n", "A table of 1 row and 3 columns"),
        ("x.csv", b"x,y\n1,2\n", table),
        ("x.txt", b"1 2\n", table),
        ("x.dat", b"1\t2\n", table),
        ("any name", &idx(&[1, 2, 3], &[0; 6]), "1 images of 2 \u{d7} 3 pixels"),
        ("any name", &idx(&[3], &[0; 3]), "3 labels"),
        ("x", b"loss\n1\n", "A training log of 1 row and 1 column"),
        ("x", b"x,weight\n1,2\n", table),
    ];
    for (name, bytes, wanted) in cases {
        let found = recognise(name, bytes).unwrap();
        assert_eq!((found.what.say(Lang::En).as_str(), found.name.as_str()), (wanted, name));
    }
}

#[test]
fn the_airfoil_table_gets_its_names_and_another_one_does_not() {
    let text = airfoil();
    let What::Airfoil(table) = recognise("a", text.as_bytes()).unwrap().what else { panic!() };
    assert_eq!(table.names, ["frequency", "angle", "chord", "velocity", "thickness", "level"]);
    let headed = format!("f,a,c,v,d,s\n{}", text.replace('\t', ","));
    assert!(matches!(recognise("a", headed.as_bytes()).unwrap().what, What::Airfoil(_)));
    let other = text.replacen("125.000", "125.001", 1);
    assert!(matches!(recognise("a", other.as_bytes()).unwrap().what, What::Table(_)));
}

#[test]
fn what_is_no_data_is_a_sentence() {
    for (bytes, wanted) in [
        (
            b"\0\0\x0C\x01".as_slice(),
            "Byte 3: the values are of type 0x0C; images and labels are read as unsigned bytes, type 0x08.",
        ),
        (b"", "The text has no line of values."),
        (b"hello world", "The text has no line of values."),
        (
            b"\x7FELF\x02\x01\x01\0",
            "Byte 5: this is no text; a table is plain UTF-8 text with a comma, semicolon, tab or blank between columns.",
        ),
    ] {
        assert_eq!(recognise("x", bytes).unwrap_err().say(Lang::En), wanted);
    }
}
