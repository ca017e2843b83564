//! Ticks and level lines: what the window and the page draw alike.

use impetus::figure::{Axis, Scale, Tick, axis_ticks, contour_lines, rich, ticks};

#[test]
fn ticks_are_those_an_editor_would_set() {
    let linear: &[([f64; 2], usize, &[&str])] = &[
        ([0.0, 1.0], 5, &["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ([0.0, 1.0], 3, &["0.0", "0.5", "1.0"]),
        ([0.0, 10.0], 5, &["0", "2", "4", "6", "8", "10"]),
        ([10.0, 0.0], 5, &["0", "2", "4", "6", "8", "10"]),
        ([-1.0, 1.0], 5, &["−1.0", "−0.5", "0.0", "0.5", "1.0"]),
        ([-1.0, 1.0], 3, &["−1", "0", "1"]),
        ([-0.45, 0.45], 5, &["−0.4", "−0.2", "0.0", "0.2", "0.4"]),
        ([-0.04, 1.04], 5, &["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ([0.03, 0.97], 5, &["0.2", "0.4", "0.6", "0.8"]),
        ([0.99, 1.01], 5, &["0.990", "0.995", "1.000", "1.005", "1.010"]),
        ([0.0, 1.2], 5, &["0.0", "0.2", "0.4", "0.6", "0.8", "1.0", "1.2"]),
        ([0.0, 1.6], 5, &["0.0", "0.5", "1.0", "1.5"]),
        ([0.0, 2.2], 5, &["0.0", "0.5", "1.0", "1.5", "2.0"]),
        ([0.0, 3.0], 5, &["0", "1", "2", "3"]),
        ([2.0, 3.0], 3, &["2.0", "2.5", "3.0"]),
        ([0.0, 6.4], 5, &["0", "2", "4", "6"]),
        ([-3.2, 7.9], 5, &["−2", "0", "2", "4", "6"]),
        ([0.0, 18.0], 5, &["0", "5", "10", "15"]),
        ([0.0, 25.0], 5, &["0", "5", "10", "15", "20", "25"]),
        ([-60.0, 0.0], 4, &["−60", "−40", "−20", "0"]),
        ([0.0, 120.0], 5, &["0", "20", "40", "60", "80", "100", "120"]),
        ([0.0, 200.0], 5, &["0", "50", "100", "150", "200"]),
        ([1900.0, 2020.0], 6, &["1900", "1920", "1940", "1960", "1980", "2000", "2020"]),
        ([0.0, 12345.0], 5, &["0", "2000", "4000", "6000", "8000", "10000", "12000"]),
        ([0.0, 1e5], 5, &["0", "20000", "40000", "60000", "80000", "100000"]),
        ([-1e5, 1e5], 5, &["−100000", "−50000", "0", "50000", "100000"]),
        ([0.0, 2e6], 4, &["0", "0.5×106", "1.0×106", "1.5×106", "2.0×106"]),
        ([1e6, 1e6 + 1.0], 3, &["1000000.0", "1000000.5", "1000001.0"]),
        ([0.0, 0.004], 4, &["0.000", "0.001", "0.002", "0.003", "0.004"]),
        ([0.0, 4e-5], 4, &["0", "1×10−5", "2×10−5", "3×10−5", "4×10−5"]),
        ([1e-9, 2e-9], 4, &["1.0×10−9", "1.5×10−9", "2.0×10−9"]),
        ([3.0, 3.0], 5, &["3"]),
        ([f64::NAN, 1.0], 5, &[]),
    ];
    let log: &[([f64; 2], usize, &[&str])] = &[
        ([1e-3, 1e3], 7, &["10−3", "10−2", "10−1", "100", "101", "102", "103"]),
        ([1.0, 1e5], 5, &["100", "101", "102", "103", "104", "105"]),
        ([1e-16, 1.0], 5, &["10−15", "10−12", "10−9", "10−6", "10−3", "100"]),
        ([1.5, 9.0], 5, &["2", "5"]),
        ([20.0, 80.0], 5, &["20", "50"]),
        ([2.0, 3.0], 5, &["2.0", "2.2", "2.4", "2.6", "2.8", "3.0"]),
        ([-5.0, 0.0], 5, &[]),
        ([0.0, f64::INFINITY], 5, &[]),
    ];
    let symlog: &[([f64; 2], f64, usize, &[&str])] = &[
        ([-1e3, 1e3], 1.0, 8, &["−103", "−102", "−101", "0", "101", "102", "103"]),
        ([-1e3, 1e3], 1.0, 5, &["−103", "−101", "0", "101", "103"]),
        ([-1e3, 1e3], 1.0, 3, &["−103", "0", "103"]),
        ([-1e6, 1e6], 1.0, 5, &["−106", "−103", "0", "103", "106"]),
        ([0.0, 1e3], 1.0, 5, &["0", "101", "102", "103"]),
        ([-1e-3, 1e3], 1.0, 5, &["0", "101", "102", "103"]),
        ([-1.0, 1e4], 0.1, 6, &["−100", "0", "100", "101", "102", "103", "104"]),
        ([-0.3, 0.3], 1e-3, 5, &["−10−1", "−10−2", "0", "10−2", "10−1"]),
        ([-2.0, 2.0], 1.0, 5, &["−2", "−1", "0", "1", "2"]),
        ([-5.0, 5.0], 1.0, 5, &["−3", "−1", "0", "1", "3"]),
        ([-8.0, 8.0], 1.0, 5, &["−5", "−2", "0", "2", "5"]),
        ([-20.0, 20.0], 3.0, 5, &["−10", "−3", "0", "3", "10"]),
        ([10.0, 1e4], 1.0, 5, &["101", "102", "103", "104"]),
        ([-1e4, -10.0], 1.0, 5, &["−104", "−103", "−102", "−101"]),
        ([-1e300, 1e300], 1e-300, 5, &["−10300", "−100", "0", "100", "10300"]),
        ([f64::NAN, 1.0], 1.0, 5, &[]),
    ];
    let plain = |scale: Scale, rows: &[([f64; 2], usize, &'static [&'static str])]| {
        rows.iter().map(|(range, target, want)| (*range, scale, *target, *want)).collect::<Vec<_>>()
    };
    let mut table = plain(Scale::Linear, linear);
    table.extend(plain(Scale::Log, log));
    table.extend(symlog.iter().map(|(range, stretch, target, want)| (*range, Scale::SymLog(*stretch), *target, *want)));
    for (range, scale, target, want) in table {
        let got: Vec<String> = ticks(range, scale, target).major.iter().map(|t| t.label.plain()).collect();
        assert_eq!(got, want, "{range:?} {scale:?} {target}");
    }
}

#[test]
fn ticks_are_few_and_ascending_for_any_range() {
    let edges = [0.0, 1e-300, 5e-324, 1e-9, 0.3, 1.0, 1.0 + 1e-15, 7e5, 1e300, f64::MAX];
    let both: Vec<f64> = edges.iter().flat_map(|v| [*v, -*v]).collect();
    for low in &both {
        for high in &both {
            for scale in [Scale::Linear, Scale::Log, Scale::SymLog(1.0), Scale::SymLog(1e-300), Scale::SymLog(1e300)] {
                for target in [0, 3, 8, usize::MAX] {
                    let got = ticks([*low, *high], scale, target);
                    assert!(got.major.len() + got.minor.len() <= 500, "[{low}, {high}] {scale:?}");
                    assert!(got.major.windows(2).all(|w| w[0].at < w[1].at), "[{low}, {high}] {scale:?}");
                    let text = got.major.iter().map(|t| t.label.plain()).collect::<Vec<_>>();
                    assert!(text.iter().all(|t| t.len() < 40), "[{low}, {high}] {scale:?} {text:?}");
                }
            }
        }
    }
}

#[test]
fn a_symmetric_scale_is_its_own_inverse_and_its_labels_keep_apart() {
    for stretch in [1e-300, 1e-6, 1.0, 37.0, 1e300, f64::NAN, -1.0, 0.0] {
        let scale = Scale::SymLog(stretch);
        for value in [0.0, 1e-300, 1e-7, 0.3, 1.0, 12.5, 1e9, 1e100, 8e307] {
            let place = scale.forward(value).unwrap();
            assert!(place.is_finite() && scale.forward(-value) == Some(-place), "{value} {stretch}");
            let back = scale.back(place);
            // Below the least f64 of the linear stretch a share is 0.
            let lost = if stretch > 0.0 { 4.0 * f64::MIN_POSITIVE * stretch } else { 0.0 };
            assert!((back - value).abs() <= 1e-11 * value + lost, "{value} {stretch}: {back}");
        }
        for (low, high) in [(-1.0, 1.0), (-3.0, 800.0), (0.0, 5e4), (-1e9, 2.0), (-1e5, 1e5), (-40.0, 41.0)] {
            let place = |v: f64| scale.forward(v).unwrap();
            let length = place(high) - place(low);
            for target in 2..9 {
                let marks = ticks([low, high], scale, target).major;
                let gap = marks.windows(2).map(|w| place(w[1].at) - place(w[0].at)).fold(f64::INFINITY, f64::min);
                assert!(
                    marks.len() >= 2 && marks.len() <= 3 * target / 2 + 1,
                    "{low} {high} {stretch} {target}: {marks:?}"
                );
                assert!(gap > 0.2 * length / target as f64, "{low} {high} {stretch} {target}: {marks:?}");
            }
        }
    }
}

#[test]
fn marks_chosen_by_hand_are_kept() {
    let mark = |at: f64, label: &str| Tick { at, label: rich(label) };
    let pi = std::f64::consts::PI;
    let marks = vec![mark(2.0 * pi, "2π"), mark(0.0, "0"), mark(pi, "π"), mark(9.0 * pi, "9π"), mark(f64::NAN, "?")];
    let mut axis = Axis { marks, ..Axis::new(rich("phase $φ$"), "rad") };
    let shown =
        |axis: &Axis| axis_ticks(axis, [0.0, 2.0 * pi], 4).major.iter().map(|t| t.label.plain()).collect::<Vec<_>>();
    assert_eq!(shown(&axis), ["0", "π", "2π"]);
    axis.scale = Scale::Log;
    assert_eq!(shown(&axis), Vec::<String>::new(), "a logarithmic axis has no 0 to start from");
    axis.marks.clear();
    assert_eq!(axis_ticks(&axis, [1.0, 100.0], 4), ticks([1.0, 100.0], Scale::Log, 4));
}

#[test]
fn level_lines_are_joined_and_lie_on_the_level() {
    let n = 41;
    let at = |i: usize| -2.0 + 4.0 * i as f64 / (n - 1) as f64;
    let field = |f: fn(f64, f64) -> f64| (0..n * n).map(|k| f(at(k % n), at(k / n))).collect::<Vec<_>>();
    let circle = field(|x, y| x * x + y * y);
    let lines = contour_lines([-2.0, 2.0], [-2.0, 2.0], n, n, &circle, 1.0);
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].first(), lines[0].last(), "a circle closes");
    assert!(lines[0].iter().all(|[x, y]| (x.hypot(*y) - 1.0).abs() < 5e-3));
    // Two branches of a hyperbola, and no crossing at the saddle.
    let saddle = field(|x, y| x * y);
    assert_eq!(contour_lines([-2.0, 2.0], [-2.0, 2.0], n, n, &saddle, 0.05).len(), 2);
    let mut holed = circle;
    holed[20 * n + 30] = f64::NAN;
    let lines = contour_lines([-2.0, 2.0], [-2.0, 2.0], n, n, &holed, 1.0);
    assert!(lines.len() == 1 && lines[0].first() != lines[0].last(), "a gap opens the circle");
    for saddle_mean in [[1.0, 0.0, 0.0, 1.0], [0.0, 1.0, 1.0, 0.0]] {
        assert_eq!(contour_lines([0.0, 1.0], [0.0, 1.0], 2, 2, &saddle_mean, 0.4).len(), 2);
    }
    for (nx, ny) in [(0, 0), (1, 9), (3, 4), (usize::MAX, usize::MAX)] {
        assert!(contour_lines([0.0, 1.0], [0.0, 1.0], nx, ny, &[0.0; 9], 0.5).is_empty());
    }
}
