//! Images and labels: IDX bytes, the bundled digits, and how parts find each other.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use impetus::data::idx::{Idx, Pixels, read};
use impetus::data::{Images, MOST_BYTES, Tray, What, digits8, digits28, recognise};
use impetus::text::Lang;

use super::dice;

/// IDX bytes of unsigned bytes.
pub fn idx(sizes: &[u32], values: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, sizes.len() as u8];
    sizes.iter().for_each(|size| bytes.extend(size.to_be_bytes()));
    bytes.extend(values);
    bytes
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

#[test]
fn images_and_labels_are_read() {
    let values: Vec<u8> = (0..18).collect();
    for (sizes, [count, height, width]) in
        [(vec![2, 3, 3], [2, 3, 3]), (vec![2, 9], [2, 3, 3]), (vec![3, 6], [3, 1, 6]), (vec![1, 2, 9], [1, 2, 9])]
    {
        let wanted = Pixels { count, height, width, values: values.clone() };
        assert_eq!(read(&idx(&sizes, &values)), Ok(Idx::Pixels(wanted)), "{sizes:?}");
    }
    assert_eq!(read(&idx(&[18], &values)), Ok(Idx::Labels(values)));
}

#[test]
fn every_fault_is_a_sentence() {
    let cases = [
        (vec![], "Byte 1: this is no IDX data; it begins with two zero bytes, a type and a number of dimensions."),
        (
            vec![0, 0, 8],
            "Byte 1: this is no IDX data; it begins with two zero bytes, a type and a number of dimensions.",
        ),
        (
            vec![0, 0, 7, 1],
            "Byte 1: this is no IDX data; it begins with two zero bytes, a type and a number of dimensions.",
        ),
        (
            vec![0, 0, 0x0D, 1, 0, 0, 0, 0],
            "Byte 3: the values are of type 0x0D; images and labels are read as unsigned bytes, type 0x08.",
        ),
        (vec![0, 0, 8, 0], "Byte 4: there are 0 dimensions; labels have 1, images 2 or 3."),
        (vec![0, 0, 8, 4], "Byte 4: there are 4 dimensions; labels have 1, images 2 or 3."),
        (vec![0, 0, 8, 3, 0, 0, 0, 1, 0], "Byte 9: the data ends within its header."),
        (idx(&[3], &[1, 2]), "By its header the data has 3 values, but it has 2."),
        (idx(&[1], &[1, 2]), "By its header the data has 1 values, but it has 2."),
        (idx(&[0, 28, 28], &[]), "The header tells of data without a value."),
        (idx(&[u32::MAX; 3], &[1]), "By its header the data has 79228162458924105385300197375 values, but it has 1."),
    ];
    for (bytes, wanted) in cases {
        let fault = recognise("x.idx", &bytes).unwrap_err();
        assert_eq!(fault.say(Lang::En), wanted);
        assert!(fault.say(Lang::Zh).ends_with('。'));
    }
}

#[test]
fn packed_bytes_are_unpacked_within_bounds() {
    let whole = packed(&idx(&[3], &[1, 2, 3]));
    assert_eq!(recognise("labels.gz", &whole).unwrap().what, What::Labels(vec![1, 2, 3]));
    let table = recognise("t.csv.gz", &packed(b"a,b\n1,2\n")).unwrap();
    assert_eq!(table.what.say(Lang::En), "A table of 1 row and 2 columns");
    let bomb = packed(&vec![0; 2 * MOST_BYTES]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(
        recognise("bomb.gz", &bomb).unwrap_err().say(Lang::En),
        "The data has more than 64 MiB, the most that is read."
    );
    for end in 2..whole.len() {
        let said = recognise("labels.gz", &whole[..end]).unwrap_err().say(Lang::En);
        assert!(said.starts_with("The packed data is damaged: "), "{end}: {said}");
    }
}

/// Any cut and any flipped bit gives images, labels, a table or a sentence.
#[test]
fn no_bytes_make_it_panic() {
    let images = idx(&[2, 3, 3], &(0..18).collect::<Vec<u8>>());
    let mut next = dice();
    for seed in [images.clone(), packed(&images), idx(&[3], &[1, 2, 3])] {
        for end in 0..=seed.len() {
            let _ = recognise("a.idx", &seed[..end]).map_err(|e| e.say(Lang::Zh));
        }
        for _ in 0..5000 {
            let mut bytes = seed.clone();
            for _ in 0..=next() % 3 {
                let at = next() as usize % bytes.len();
                bytes[at] ^= 1 << (next() % 8);
            }
            let _ = recognise("a", &bytes).map_err(|e| e.say(Lang::En));
        }
    }
}

fn per_class(images: &Images) -> [usize; 10] {
    std::array::from_fn(|class| images.labels.iter().filter(|label| usize::from(**label) == class).count())
}

#[test]
fn the_bundled_digits_are_what_their_notes_say() {
    let [train, test] = digits28();
    assert_eq!([train.count(), train.height, train.width, train.pixels.len()], [6000, 28, 28, 6000 * 784]);
    assert_eq!([test.count(), test.height, test.width, test.pixels.len()], [1000, 28, 28, 1000 * 784]);
    assert_eq!(train.labels[..20], [1, 3, 1, 5, 4, 5, 4, 2, 8, 0, 1, 3, 7, 0, 2, 5, 7, 1, 8, 1]);
    assert_eq!(test.labels[..20], [6, 7, 4, 5, 1, 3, 8, 1, 6, 6, 9, 0, 7, 3, 5, 7, 7, 6, 2, 7]);
    assert_eq!(per_class(train), [601, 676, 595, 619, 588, 518, 608, 642, 566, 587]);
    assert_eq!(per_class(test), [100, 113, 99, 103, 98, 86, 102, 107, 94, 98]);
    let shares: Vec<f64> = train.pixels.iter().map(|p| f64::from(*p) / 255.0).collect();
    let mean = shares.iter().sum::<f64>() / shares.len() as f64;
    let spread = (shares.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / shares.len() as f64).sqrt();
    assert!((mean - 0.131_989).abs() <= 5e-7 && (spread - 0.309_564).abs() <= 5e-7, "{mean} {spread}");

    let [train, test] = digits8();
    assert_eq!([train.count(), train.height, train.width, train.pixels.len()], [1500, 8, 8, 1500 * 64]);
    assert_eq!([test.count(), test.height, test.width, test.pixels.len()], [297, 8, 8, 297 * 64]);
    assert_eq!(train.labels[..10], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(test.labels[..10], [1, 7, 4, 6, 3, 1, 3, 9, 1, 7]);
    assert_eq!(per_class(train), [151, 151, 150, 153, 148, 152, 151, 149, 146, 149]);
    assert_eq!(train.pixels.iter().max(), Some(&16));
    let sum = |images: &Images| images.pixels.iter().map(|p| u32::from(*p)).sum::<u32>();
    assert_eq!((sum(train), sum(train) + sum(test)), (468_645, 561_718));
}

fn pixels(count: usize, side: usize) -> Pixels {
    Pixels { count, height: side, width: side, values: vec![count as u8; count * side * side] }
}

#[test]
fn labels_wait_for_their_images_and_images_for_their_labels() {
    let mut tray = Tray::default();
    assert_eq!(tray.add_labels("a", vec![7; 14]), None);
    assert_eq!(tray.add_pixels("b", pixels(13, 2)), None);
    let [train, test] = tray.add_pixels("c", pixels(14, 2)).unwrap();
    assert_eq!((train.count(), test.count(), train.name.as_str()), (12, 2, "c"));
    assert_eq!((train.pixels.len(), test.pixels.len()), (48, 8));
    // What waits is not forgotten, and a new pair of the same role takes the place of the old one.
    let [train, test] = tray.add_labels("d", (0..13).collect()).unwrap();
    assert_eq!((train.count(), test.count(), test.labels.as_slice()), (12, 1, [12].as_slice()));
}

#[test]
fn a_test_set_joins_its_training_set_in_any_order() {
    let names = ["train-images", "train-labels", "t10k-images", "t10k-labels"];
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
        // As many of each: only the names tell them apart.
        let mut tray = Tray::default();
        let made: Vec<_> = order
            .iter()
            .filter_map(|i| match i {
                0 | 2 => tray.add_pixels(names[*i], pixels(10, 2)),
                _ => tray.add_labels(names[*i], vec![if *i == 1 { 1 } else { 9 }; 10]),
            })
            .collect();
        assert_eq!(made.len(), 2, "{order:?}");
        let [train, test] = &made[1];
        assert_eq!([train.name.as_str(), test.name.as_str()], ["train-images", "t10k-images"], "{order:?}");
        assert_eq!([train.labels[0], test.labels[0], train.labels[9], test.labels[9]], [1, 9, 1, 9], "{order:?}");
    }
    // Images of another size are another set.
    let mut tray = Tray::default();
    tray.add_labels("train", vec![0; 7]);
    tray.add_pixels("train", pixels(7, 2));
    tray.add_labels("test", vec![0; 14]);
    let [train, test] = tray.add_pixels("test", pixels(14, 3)).unwrap();
    assert_eq!([train.count(), test.count()], [12, 2]);
}
