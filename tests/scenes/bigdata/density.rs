//! Clouds as densities: every particle is counted once, whoever counts, and the picture says so.

use impetus::figure::{Layer, fit_ranges};
use impetus::scenes::Lens;
use impetus::scenes::models::density::{Grid, MOST};
use impetus::scenes::models::landscape::Window;
use impetus::session::Command;
use impetus::text::Lang;

use super::{dice, session};

#[test]
fn counts_add_up_and_do_not_depend_on_threads() {
    for (n, seed) in [(1, 1), (997, 2), (40_000, 3), (250_001, 4)] {
        let mut next = dice(seed);
        let mut x: Vec<f64> = (0..n).map(|_| 3.0 * next() - 1.0).collect();
        let y: Vec<f64> = (0..n).map(|_| 8.0 * next() - 4.0).collect();
        for (k, odd) in [f64::NAN, f64::INFINITY, -1e300].into_iter().enumerate().filter(|_| n > 100) {
            x[17 * k + 5] = odd;
        }
        let grid = Grid::new(Window { x: [0.0, 1.0], y: [-1.0, 1.0] }, n);
        let one = grid.counts(&x, &y, 0.5, 1);
        assert_eq!(one.iter().map(|c| *c as usize).sum::<usize>(), n, "{n}: every particle once");
        for threads in [2, 3, 7, 64] {
            assert!(grid.counts(&x, &y, 0.5, threads) == one, "{n} particles, {threads} threads");
        }
        // Against a count of one cell after the other.
        let side = grid.side;
        let edge = |low: f64, high: f64, k: usize| low + (high - low) * k as f64 / side as f64;
        let inside = |ix: usize, iy: usize| {
            let within = |v: f64, low: f64, high: f64, k: usize| v >= edge(low, high, k) && v < edge(low, high, k + 1);
            x.iter().zip(&y).filter(|(x, y)| within(**x, 0.0, 1.0, ix) && within(0.5 * **y, -1.0, 1.0, iy)).count()
        };
        for (ix, iy) in [(0, 0), (side - 1, side - 1), (side / 2, side / 3), (1, side - 2)] {
            let (got, want) = (one[iy * side + ix] as i64, inside(ix, iy) as i64);
            // A particle on an edge may be taken for the neighbour's.
            assert!((got - want).abs() <= 1, "{n}: cell {ix}, {iy}: {got} for {want}");
        }
        let within = x.iter().zip(&y).filter(|(x, y)| (0.0..1.0).contains(*x) && (-1.0..1.0).contains(&(0.5 * **y)));
        assert_eq!(one[..side * side].iter().map(|c| *c as usize).sum::<usize>(), within.count());
    }
}

/// A large cloud is a density that integrates to its share in the window, a small one its points.
#[test]
fn large_clouds_are_densities_and_small_ones_points() {
    for (particles, large) in [(MOST, false), (MOST + 1, true), (20_000, true)] {
        let mut session = session(&[("particles", particles as f64), ("spread", 0.3)], 60);
        session.apply(Command::Lens(Lens::Sampler)).expect("it has one");
        session.advance(60);
        session.apply(Command::Seek(50)).expect("within the run");
        for view in ["phase", "map"] {
            let figure = session.figure(view, Lang::En).unwrap_or_else(|| panic!("{view}"));
            let panel = &figure.panels[0];
            let [x, y] = fit_ranges(panel);
            let map = panel.layers.iter().find_map(|l| if let Layer::HeatMap(m) = l { Some(m) } else { None });
            let points = panel.layers.iter().filter(|l| matches!(l, Layer::Points(p) if p.x.len() == particles));
            assert_eq!((map.is_some(), points.count()), (large, usize::from(!large)), "{view}, {particles}");
            let Some(map) = map else { continue };
            assert_eq!((map.x, map.y), (x, y), "{view}: over the window");
            let side = map.nx;
            assert_eq!(map.values.len(), side * side);
            let cell = (x[1] - x[0]) * (y[1] - y[0]) / (side * side) as f64;
            let whole: f64 = map.values.iter().filter(|v| v.is_finite()).sum::<f64>() * cell;
            assert!(whole <= 1.0 + 1e-9 && whole > 0.97, "{view}: {whole} of the cloud");
            assert!(map.values.iter().all(|v| !(*v <= 0.0)), "{view}: empty cells are blank");
            let top = map.values.iter().copied().filter(|v| v.is_finite()).fold(0.0, f64::max);
            assert_eq!(map.range, [0.0, top], "{view}");
            assert!(figure.caption.contains(&particles.to_string()), "{view}: {}", figure.caption);
        }
    }
}
