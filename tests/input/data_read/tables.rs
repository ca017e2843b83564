//! Tables from text.

use impetus::data::csv::{MOST_CELLS, MOST_COLUMNS, read};
use impetus::data::{Fault, MOST_BYTES, Note, Reading};
use impetus::text::Lang;

const NAN: f64 = f64::NAN;

fn of(text: &str) -> Reading {
    read("t", text.as_bytes()).unwrap_or_else(|e| panic!("{text:?}: {e}"))
}

fn fault(bytes: &[u8]) -> Fault {
    read("t", bytes).err().unwrap_or_else(|| panic!("{:?}", &bytes[..bytes.len().min(80)]))
}

fn same(a: &[Vec<f64>], b: &[&[f64]]) -> bool {
    let bits = |column: &[f64]| column.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| bits(a) == bits(b))
}

/// One table written in many ways.
#[test]
fn every_way_to_write_a_table_gives_the_same_one() {
    let ways = [
        "step,loss\n1,0.5\n2,0.25\n",
        "step,loss\r\n1,0.5\r\n2,0.25\r\n",
        "step,loss\r1,0.5\r2,0.25",
        "\u{feff}step,loss\n1,0.5\n2,0.25",
        "step;loss\n1;0.5\n2;0.25",
        "step;loss\n1;0,5\n2;0,25",
        "step\tloss\n1\t0.5\n2\t0.25",
        "step\tloss\n1\t0,5\n2\t0,25",
        "step|loss\n1|0.5\n2|0.25",
        "step loss\n1   0.5\n2 0.25\n",
        "   step   loss\n      1 0.5\n  2 \t 0.25\n",
        "step loss\n1 0,5\n2 0,25\n",
        "\"step\",\"loss\"\n\"1\",\"0.5\"\n2,\"0.25\"",
        "# a comment, with a comma\n\nstep,loss\n# another\n1,0.5\n\n2,0.25\n   \n",
        "# written by a program\n# step,loss\n1,0.5\n2,0.25\n",
        "# step loss\n1 0.5\n2 0.25\n",
        "step , loss\n 1 , 0.5 \n 2 , +0.25 \n",
        "step,loss\n1e0,5e-1\n2.,.25\n",
        "step,loss,\n1,0.5,\n2,0.25,\n",
        "step,loss\n1,0.5\n2,0.25\n,\n,\n",
    ];
    for text in ways {
        let read = of(text);
        assert_eq!(read.table.names, ["step", "loss"], "{text:?}");
        assert!(same(&read.table.columns, &[&[1.0, 2.0], &[0.5, 0.25]]), "{text:?}: {:?}", read.table.columns);
        let comma = text.contains("0,5\n") || text.contains("0,5\"");
        assert_eq!(read.notes, if comma { vec![Note::DecimalComma] } else { vec![] }, "{text:?}");
    }
}

#[test]
fn columns_without_names_are_numbered() {
    for (text, names, columns) in [
        ("1 2\n3 4\n", vec!["c1", "c2"], vec![vec![1.0, 3.0], vec![2.0, 4.0]]),
        ("0.5\n-0.25\n", vec!["c1"], vec![vec![0.5, -0.25]]),
        ("−1\t2\n", vec!["c1", "c2"], vec![vec![-1.0], vec![2.0]]),
        ("a,,a\n1,2,3\n", vec!["a", "c2", "a_2"], vec![vec![1.0], vec![2.0], vec![3.0]]),
        ("\"loss, mean\",b\n1,2\n", vec!["loss, mean", "b"], vec![vec![1.0], vec![2.0]]),
        ("两列,损失\n1,2\n", vec!["两列", "损失"], vec![vec![1.0], vec![2.0]]),
        ("# 3 4\n1 2\n", vec!["c1", "c2"], vec![vec![1.0], vec![2.0]]),
    ] {
        let read = of(text);
        assert_eq!((read.table.names, read.table.columns), (names.iter().map(ToString::to_string).collect(), columns));
    }
}

#[test]
fn what_is_missing_is_counted_and_what_is_words_is_left_out() {
    let text =
        "step,loss,note,empty\n1,NA,warm up,\n2,NaN,,\n3,null,go,\n4,?,go,\n5,-,go,\n6,,go,\n7,1e999,go,\n8,2,go,\n";
    let read = of(text);
    assert_eq!(read.table.names, ["step", "loss"]);
    assert!(same(&read.table.columns[1..], &[&[NAN, NAN, NAN, NAN, NAN, NAN, NAN, 2.0]]));
    let loss = || "loss".to_owned();
    let wanted =
        [Note::Missing(loss(), 6), Note::Infinite(loss(), 1), Note::Words("note".into()), Note::Empty("empty".into())];
    assert_eq!(read.notes, wanted);
    let said: Vec<String> = read.notes.iter().map(|note| note.say(Lang::En)).collect();
    assert_eq!(
        said,
        [
            "6 values are missing in column loss.",
            "Infinite values in column loss count as missing: 1.",
            "Column note holds words, not numbers, and is left out.",
            "Column empty holds no value and is left out.",
        ]
    );
    assert_eq!(Note::Missing("x".into(), 1).say(Lang::En), "1 value is missing in column x.");
    assert_eq!(read.notes[0].say(Lang::Zh), "缺少 6 个值（列 loss）。");
}

#[test]
fn every_fault_is_one_sentence_with_its_place() {
    let cells = "1,2\n".repeat(MOST_CELLS / 2) + "3,4\n";
    let wide = vec!["1"; MOST_COLUMNS + 1].join(",");
    let utf16: Vec<u8> = "step,loss\n1,2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf16_marked: Vec<u8> = [0xFF, 0xFE].into_iter().chain(utf16.iter().copied()).collect();
    let to_utf8 = "The text is encoded in UTF-16; save it with the encoding UTF-8.";
    let no_text = "this is no text; a table is plain UTF-8 text with a comma, semicolon, tab or blank between columns.";
    let cases: [(&[u8], String); 18] = [
        (b"", "The text has no line of values.".into()),
        (b"\n\n# nothing\n", "The text has no line of values.".into()),
        (b"step,loss\n", "The text has no line of values.".into()),
        (b"a,b\nx,y\nu,v\n", "None of the 2 columns holds numbers.".into()),
        (b"step,loss\n1,2\n2,abc\n3,4\n", "Line 3, column 2: \u{201c}abc\u{201d} is not a number.".into()),
        (
            b"# c\r\n\r\nstep,loss\r\n1,2\r\n\r\n# c\r\n2,abc\r\n3,4\r\n",
            "Line 7, column 2: \u{201c}abc\u{201d} is not a number.".into(),
        ),
        (b"a b\n1 2\n\n3 x\n5 6\n", "Line 4, column 2: \u{201c}x\u{201d} is not a number.".into()),
        (b"a;b\n1;2,5\n2;3.5\n3;4,5\n", "Line 3, column 2: \u{201c}3.5\u{201d} is not a number.".into()),
        (b"a,b,c\n1,2,3\n4,5\n", "Line 3: expected 3 columns, found 2.".into()),
        (b"a,b\n1,2\n3\n", "Line 3: expected 2 columns, found 1.".into()),
        (b"a,b\r\n1,2\r\n4,5,6\r\n", "Line 3: expected 2 columns, found 3.".into()),
        (b"a,b\n\"1\n1\",2\n4,5,6\n", "Line 4: expected 2 columns, found 3.".into()),
        (&utf16, to_utf8.into()),
        (&utf16_marked, to_utf8.into()),
        (b"a,b\n1,\xe9\n", "Byte 7: this is no UTF-8 text; save the table with the encoding UTF-8.".into()),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", format!("Byte 7: {no_text}")),
        (wide.as_bytes(), "Line 1: there are 10001 columns, more than the 10000 that are read.".into()),
        (cells.as_bytes(), "Line 5000001: the table has more than 10000000 values, the most that is read.".into()),
    ];
    for (bytes, wanted) in &cases {
        let fault = fault(bytes);
        assert_eq!(fault.say(Lang::En), *wanted);
        let chinese = fault.say(Lang::Zh);
        assert!(chinese.ends_with('。') && !chinese.contains(". "), "{chinese}");
    }
    assert_eq!(fault(b"1,\x01\n").say(Lang::En), format!("Byte 3: {no_text}"));
    assert!(fault(&vec![b'1'; MOST_BYTES + 1]).say(Lang::En).contains("64 MiB"));
}

/// Any bytes give a table or a sentence: cuts and flipped bits of tables, and noise.
#[test]
fn no_bytes_make_it_panic() {
    let seeds: [&[u8]; 4] = [
        "step;\"lo;ss\";n\r\n1;0,5;a\r\n2;NA;b\n".as_bytes(),
        b"\xEF\xBB\xBF# c\n1 2 3\n\n4 5 6\n",
        b"a,\"b\"\"c\",d\n\"1\n\",2,\n",
        b"\xFF\xFEa\0,\0",
    ];
    let mut next = super::dice();
    for seed in seeds {
        for end in 0..=seed.len() {
            let _ = read("cut", &seed[..end]).map_err(|e| e.say(Lang::Zh));
        }
        for _ in 0..3000 {
            let mut bytes = seed.to_vec();
            for _ in 0..=next() % 4 {
                let at = next() as usize % bytes.len();
                bytes[at] ^= 1 << (next() % 8);
            }
            let _ = read("flip", &bytes).map_err(|e| e.say(Lang::En));
        }
    }
    for _ in 0..300 {
        let bytes: Vec<u8> = (0..next() % 200).map(|_| b"1,; \t\n\r\"#.-ax|\0"[next() as usize % 15]).collect();
        let _ = read("noise", &bytes).map_err(|e| e.say(Lang::En));
    }
}
