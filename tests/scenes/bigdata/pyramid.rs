//! The pyramid of a column says what a scan of it says, however the column came about.

use impetus::figure::{Pyramid, telling};

use super::dice;

/// What a scan finds: the first least and the first greatest number of a stretch.
fn scanned(values: &[f64], range: std::ops::Range<usize>) -> Option<[usize; 2]> {
    let numbers = || range.clone().filter(|k| !values[*k].is_nan());
    let least = numbers().reduce(|a, b| if values[b] < values[a] { b } else { a })?;
    let most = numbers().reduce(|a, b| if values[b] > values[a] { b } else { a })?;
    Some([least, most])
}

/// A column of `n` numbers, some of them equal; every `odd`-th is none or infinite.
fn column(n: usize, odd: usize, seed: u64) -> Vec<f64> {
    let mut next = dice(seed);
    let value = |k: usize, x: f64| match k % odd.max(1) {
        0 if odd > 0 => [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0][(k / odd) % 4],
        _ => (x * 40.0).floor() - 20.0,
    };
    (0..n).map(|k| value(k, next())).collect()
}

#[test]
fn extremes_are_those_a_scan_finds() {
    for (n, odd) in [(1, 0), (7, 0), (8, 3), (9, 0), (63, 5), (64, 0), (65, 2), (513, 1), (4_096, 0), (10_007, 7)] {
        let values = column(n, odd, n as u64);
        // Read at once, one by one, and in odd pieces.
        let mut slow = Pyramid::default();
        let mut grown = Pyramid::default();
        let mut next = dice(99);
        let mut end = 0;
        while end < n {
            end = (end + 1 + (next() * 300.0) as usize).min(n);
            grown.extend(&values[..end]);
        }
        (1..=n).for_each(|end| slow.extend(&values[..end]));
        let mut pick = dice(7);
        for round in 0..600 {
            let (a, b) = ((pick() * n as f64) as usize, (pick() * n as f64) as usize);
            let range = if round == 0 { 0..n } else { a.min(b)..a.max(b) + 1 };
            let want = scanned(&values, range.clone());
            for pyramid in [&Pyramid::new(&values), &slow, &grown] {
                assert_eq!(pyramid.len(), n);
                let got = pyramid.within(&values, range.clone());
                assert!(got.iter().all(|k| range.contains(k)), "{n}: {got:?} in {range:?}");
                match want {
                    Some(want) => assert_eq!(got, want, "{n} values, {range:?}"),
                    None => assert!(got.iter().all(|k| values[*k].is_nan()), "{n}: {range:?} holds no number"),
                }
            }
        }
        assert_eq!(slow.within(&values, 0..0), [0, 0], "an empty stretch");
    }
}

/// Column by column of pixels, what is kept reaches as far up and down as what was left out.
#[test]
fn a_thinned_curve_covers_what_the_whole_one_does() {
    let values = column(200_000, 0, 5);
    let pyramid = Pyramid::new(&values);
    for columns in [1, 3, 640, 1999] {
        for c in 0..columns {
            let range = c * values.len() / columns..(c + 1) * values.len() / columns;
            let kept: Vec<usize> = telling(&range, pyramid.within(&values, range.clone())).collect();
            assert!(kept.len() <= 4 && kept.windows(2).all(|w| w[0] < w[1]), "{kept:?}");
            assert_eq!((kept.first(), kept.last()), (Some(&range.start), Some(&(range.end - 1))));
            let ends = |samples: &mut dyn Iterator<Item = usize>| {
                samples.fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], k| [a.min(values[k]), b.max(values[k])])
            };
            assert_eq!(ends(&mut kept.iter().copied()), ends(&mut range.clone()), "{columns} columns, {c}");
        }
    }
}
