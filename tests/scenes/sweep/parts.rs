//! However a map is shared, stopped and gone on with, its bytes are the same.

use std::path::PathBuf;

use impetus::files::sweep::{Begun, Order, Part, Shard, SweepError, begun, merge, read};
use impetus::scenes::{Lens, made};
use impetus::text::Lang;

use super::{measure, sweep, whole};

fn orders() -> Vec<Order> {
    let machine = || made("one-machine", None).unwrap();
    let well = made("typed-world", Some("f(x) = x^4/4 - x^2/2 + a*x\na = 0.1 in [-1, 1]\nx0 = 1.8")).unwrap();
    vec![
        Order::new(sweep(machine(), &[], Lens::Optimizer, "rate"), [29, 17]),
        Order::new(sweep(machine(), &[("mapping", "central")], Lens::Controller, "overshoot"), [8, 9]),
        Order::new(sweep(machine(), &[("particles", "20")], Lens::Sampler, "kinetic"), [7, 5]),
        Order::new(sweep(well, &[("a", "0.3")], Lens::Optimizer, "settling"), [12, 11]),
    ]
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|v| v.to_bits()).collect()
}

#[test]
fn merged_parts_are_the_whole_to_the_last_byte() {
    for order in orders() {
        let wanted = whole(&order, 1);
        assert!(wanted.values.iter().any(|v| v.is_finite()), "{order:?}");
        for threads in [2, 7] {
            assert_eq!(whole(&order, threads).to_json(), wanted.to_json(), "{threads} threads");
        }
        for of in [1, 2, 3, 7] {
            let folder = tempfile::tempdir().unwrap();
            // In any order.
            let parts = (1..=of).rev().map(|index| {
                let part = measure(Part::new(order.clone(), Shard { index, of }), 1 + index % 3);
                let path = folder.path().join(format!("{index}.json"));
                std::fs::write(&path, part.to_json()).unwrap();
                let again = read(&path).unwrap();
                assert_eq!((again.order.clone(), again.shard), (part.order, part.shard));
                assert_eq!(bits(&again.values), bits(&part.values), "numbers read back to the same bits");
                (path, again)
            });
            let merged = merge(&parts.collect::<Vec<_>>()).unwrap();
            assert_eq!(merged.to_json(), wanted.to_json(), "{of} shards");
        }
    }
}

#[test]
fn a_part_cut_off_anywhere_goes_on_to_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("part.json");
    let order = orders().remove(0);
    let empty = Part::new(order, Shard { index: 2, of: 3 });
    assert_eq!(begun(&empty, &path).unwrap(), Begun::Nothing);
    let part = measure(empty.clone(), 2);
    let text = part.to_json();
    let mut kept = Vec::new();
    for bytes in (0..text.len()).step_by(7).chain([text.len() - 1, text.len()]) {
        std::fs::write(&path, &text[..bytes]).unwrap();
        let values = match begun(&empty, &path).unwrap() {
            Begun::Nothing => Vec::new(),
            Begun::Values(values) => values,
        };
        assert_eq!(bits(&values), bits(&part.values[..values.len()]), "{bytes} bytes");
        assert!(kept.last().is_none_or(|(_, n)| values.len() >= *n), "more bytes hold no less");
        if kept.last().is_none_or(|(_, n)| *n != values.len()) {
            let again = measure(Part { values: values.clone(), ..empty.clone() }, 1);
            assert_eq!(again.to_json(), text, "{bytes} bytes");
            kept.push((bytes, values.len()));
        }
        let said = read(&path);
        match bytes {
            _ if bytes + 1 >= text.len() => assert!(said.is_ok()),
            0 => assert!(matches!(said, Err(SweepError::Strange(_)))),
            _ => assert!(matches!(said, Err(SweepError::CutOff(_, n)) if n == bytes), "{bytes} bytes: {said:?}"),
        }
    }
    assert!(kept.len() > 4 && kept.last().unwrap().1 == part.values.len(), "{kept:?}");
}

#[test]
fn what_does_not_fit_is_one_sentence() {
    let [a, b] = [orders().remove(1), orders().remove(2)];
    let part = |order: &Order, index, of, cells: usize| {
        let part = Part::new(order.clone(), Shard { index, of });
        let values = vec![0.5; cells.min(part.len())];
        (PathBuf::from(format!("{index}of{of}.json")), Part { values, ..part })
    };
    let full = usize::MAX;
    let table = [
        (vec![part(&a, 1, 3, full), part(&a, 3, 3, full)], "Shard 2 of 3 is missing.", "缺少分片 2（共 3 片）。"),
        (vec![part(&a, 2, 4, full)], "Shards 1, 3, 4 of 4 are missing.", "缺少分片 1、3、4（共 4 片）。"),
        (
            vec![part(&a, 1, 2, full), part(&b, 2, 2, full)],
            "1of2.json and 2of2.json are parts of different maps: the quantity is “overshoot” in the one and “kinetic” in the other.",
            "1of2.json 与 2of2.json 属于不同的图：测量量一为“overshoot”，一为“kinetic”。",
        ),
        (
            vec![part(&a, 1, 2, full), part(&a, 2, 3, full)],
            "1of2.json is of a map in 2 shards and 2of3.json of one in 3; their cells overlap.",
            "1of2.json 所属的图分为 2 片，2of3.json 所属的分为 3 片；两者的格子重叠。",
        ),
        (
            vec![part(&a, 1, 2, full), part(&a, 1, 2, full), part(&a, 2, 2, full)],
            "Shard 1/2 is there twice: 1of2.json and 1of2.json.",
            "分片 1/2 出现两次：1of2.json 与 1of2.json。",
        ),
        (
            vec![part(&a, 1, 2, full), part(&a, 2, 2, 3)],
            "2of2.json is not finished: 3 of 32 cells; run its shard again with the same --out, it goes on from there.",
            "2of2.json 尚未完成：3 / 32 格；用同样的 --out 重新运行该分片即可继续。",
        ),
        (Vec::new(), "There is nothing to merge.", "没有可合并的文件。"),
    ];
    for (parts, en, zh) in table {
        let fault = merge(&parts).unwrap_err();
        assert_eq!([fault.say(Lang::En), fault.say(Lang::Zh)], [en, zh]);
    }
}

#[test]
fn a_file_of_something_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.json");
    let [order, other] = [orders().remove(1), orders().remove(2)];
    let wanted = Part::new(order.clone(), Shard::WHOLE);
    let text = |part: &Part| part.to_json();
    let two = Part::new(order.clone(), Shard { index: 1, of: 2 });
    let long = Part { values: vec![1.0; 99], ..wanted.clone() };
    let newer = Part { order: Order { version: "9.0.0".into(), ..order }, ..wanted.clone() };
    let table = [
        (text(&Part::new(other, Shard::WHOLE)), "the quantity there is “kinetic”, not “overshoot”"),
        (text(&two), "holds shard 1/2, not 1/1"),
        (text(&newer), "the version there is “9.0.0”, not"),
        ("{\"figure\": 1}".into(), "is not a file of a sweep"),
        ("[1, 2".into(), "is not a file of a sweep"),
        ("%PDF-1.7".into(), "is damaged at line 1, column 1"),
        (text(&wanted).replace("\"impetus-sweep\": 1", "\"impetus-sweep\": 2"), "has form 2"),
        (text(&newer).replace("one-machine", "two-machine"), "by Impetus 9.0.0, of a scene"),
    ];
    for (text, said) in table {
        std::fs::write(&path, &text).unwrap();
        let fault = begun(&wanted, &path).unwrap_err().say(Lang::En);
        assert!(fault.contains(said) && fault.ends_with('.'), "{fault} for {said}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
    std::fs::write(&path, long.to_json()).unwrap();
    assert!(read(&path).unwrap_err().say(Lang::En).contains("holds 99 cells, which should be at most 72"));
}
