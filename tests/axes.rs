//! Ticks and level lines: what the window and the page draw alike.

use impetus::figure::{Scale, contour_lines, ticks};

#[test]
fn ticks_are_few_inside_and_readable() {
    let table: [([f64; 2], Scale, usize, &[&str]); 14] = [
        ([0.0, 1.0], Scale::Linear, 5, &["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ([0.0, 10.0], Scale::Linear, 5, &["0", "2", "4", "6", "8", "10"]),
        ([10.0, 0.0], Scale::Linear, 5, &["0", "2", "4", "6", "8", "10"]),
        ([-0.45, 0.45], Scale::Linear, 5, &["−0.4", "−0.2", "0.0", "0.2", "0.4"]),
        ([0.0, 2e6], Scale::Linear, 4, &["0", "0.5×106", "1.0×106", "1.5×106", "2.0×106"]),
        ([0.0, 4e-5], Scale::Linear, 4, &["0", "1×10−5", "2×10−5", "3×10−5", "4×10−5"]),
        ([3.0, 3.0], Scale::Linear, 5, &["3"]),
        ([1e-3, 1e3], Scale::Log, 7, &["10−3", "10−2", "10−1", "100", "101", "102", "103"]),
        ([1e-16, 1.0], Scale::Log, 5, &["10−15", "10−12", "10−9", "10−6", "10−3", "100"]),
        ([1.5, 9.0], Scale::Log, 5, &["2", "5"]),
        ([2.0, 3.0], Scale::Log, 5, &["2.0", "2.2", "2.4", "2.6", "2.8", "3.0"]),
        ([-5.0, 0.0], Scale::Log, 5, &[]),
        ([f64::NAN, 1.0], Scale::Linear, 5, &[]),
        ([0.0, f64::INFINITY], Scale::Log, 5, &[]),
    ];
    for (range, scale, target, want) in table {
        let got: Vec<String> = ticks(range, scale, target).major.iter().map(|t| t.label.plain()).collect();
        assert_eq!(got, want, "{range:?} {scale:?}");
    }
    let edges = [0.0, 1e-300, 5e-324, 1e-9, 0.3, 1.0, 1.0 + 1e-15, 7e5, 1e300, f64::MAX];
    let both: Vec<f64> = edges.iter().flat_map(|v| [*v, -*v]).collect();
    for low in &both {
        for high in &both {
            for scale in [Scale::Linear, Scale::Log] {
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
