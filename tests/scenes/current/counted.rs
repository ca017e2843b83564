//! What an ensemble counts against the closed forms of its scheme: entropy, area, currents box by box.

use impetus::core::methods::{Books, Plane};
use impetus::scenes::{Run, View};
use impetus::text::Lang;
use impetus::theory::sampled_diffusion::{Loops, SampledDiffusion, SampledTrap, euler_entropy_production};

use super::{BOOKED, Machine, SIGMAS, machines, rate, run, scene};

const ITERATIONS: u64 = 300;

/// The scheme of a machine, and its entropy production.
fn exact(machine: &Machine) -> (SampledDiffusion, f64) {
    let Machine { k, theta, c, h, .. } = machine;
    match machine.m {
        None => {
            let (a, d) = (k / -*c, theta / *c);
            (SampledDiffusion::euler(&a, &d, *h).unwrap(), euler_entropy_production(&a, &d, *h).unwrap())
        }
        Some(m) => {
            let trap = SampledTrap { k: k.clone(), bath: theta / m, m, c: *c, h: *h };
            (trap.sampled().unwrap(), trap.entropy_production().unwrap())
        }
    }
}

/// A rate within three standard errors, which are small enough to show an error of 5 %.
fn holds(what: &str, [mean, error]: [f64; 2], want: f64) {
    let z = (mean - want) / error;
    println!("{what:44} {mean:.5} ± {error:.5} against {want:.5}, z = {z:+.2}");
    assert!(z.abs() <= SIGMAS, "{what}: {mean} ± {error} is not {want}");
    assert!(want.abs() < 1e-9 || SIGMAS * error <= 0.05 * want.abs(), "{what}: too blunt to see 5 %");
}

#[test]
fn entropy_and_area_are_those_of_the_scheme() {
    for machine in machines() {
        let (law, entropy) = exact(&machine);
        let area = law.loops([0, 1]).unwrap().swept;
        let run = run(machine.values, 5, ITERATIONS);
        assert_eq!(machine.balanced, entropy.abs() < 1e-9, "{}: {entropy}", machine.name);
        let rates = BOOKED.map(|slot| rate(&run, slot));
        holds(&format!("{}, entropy", machine.name), rates[0], entropy);
        holds(&format!("{}, area", machine.name), rates[1], area);
        // A balanced machine is known to be so to a hundredth of what the driven ones produce.
        assert!(!machine.balanced || SIGMAS * rates[0][1] < 0.03, "{}: {:?}", machine.name, rates[0]);
    }
}

/// Counted and exact current of every box with the standard error of the first, both components.
fn boxes(run: &Run, loops: &Loops, plane: Plane) -> Vec<[f64; 3]> {
    let figure = scene().figure("current", run, View::new(Lang::En)).unwrap();
    let books = Books { plane, x: figure.panels[0].x.range.unwrap(), y: figure.panels[0].y.range.unwrap(), cells: 12 };
    let state = run.lanes[0].state_at(run.done());
    let size = |r: [f64; 2]| (r[1] - r[0]) / 12.0;
    let scale = state.t * size(books.x) * size(books.y) * (state.n() / Books::GROUPS) as f64;
    let edges = |r: [f64; 2], i: usize| [r[0] + i as f64 * size(r), r[0] + (i + 1) as f64 * size(r)];
    let mut out = Vec::new();
    for row in 0..12 {
        for column in 0..12 {
            let exact = loops.over_box(edges(books.x, column), edges(books.y, row));
            let groups: Vec<[f64; 2]> =
                (0..Books::GROUPS).map(|g| books.net(&state, g, row, column).map(|d| d / scale)).collect();
            if groups.contains(&[0.0; 2]) {
                continue;
            }
            for part in 0..2 {
                let n = groups.len() as f64;
                let mean = groups.iter().map(|j| j[part]).sum::<f64>() / n;
                let square = groups.iter().map(|j| (j[part] - mean).powi(2)).sum::<f64>();
                out.push([mean, exact[part], (square / n / (n - 1.0)).sqrt()]);
            }
        }
    }
    out
}

#[test]
fn the_current_box_by_box_is_the_exact_one() {
    for machine in machines() {
        let loops = exact(&machine).0.loops([0, 1]).unwrap();
        let plane = if machine.k.nrows() == 1 { Plane::Phase } else { Plane::Positions };
        let mut run = Run::new(scene(), &with_particles(&machine), 12, ITERATIONS).unwrap();
        run.compute(ITERATIONS);
        let all = boxes(&run, &loops, plane);
        let sum = |f: &dyn Fn(&[f64; 3]) -> f64| all.iter().map(f).sum::<f64>();
        assert!(all.len() >= 80, "{}: {} components", machine.name, all.len());
        // (J − exact)/σ has the square of Student's t with 15 degrees of freedom: mean 15/13, variance
        // about 4; boxes share particles, so the number that counts is smaller than theirs.
        let off = sum(&|[j, e, s]| ((j - e) / s).powi(2)) / all.len() as f64;
        println!("{:28} mean square deviation {off:.2} over {} components", machine.name, all.len());
        assert!((0.7..1.75).contains(&off), "{}: {off}", machine.name);
        if loops.swept.abs() < 1e-12 {
            continue;
        }
        let (je, ee, jj) = (sum(&|[j, e, _]| j * e), sum(&|[_, e, _]| e * e), sum(&|[j, ..]| j * j));
        let (slope, correlation) = (je / ee, je / (ee * jj).sqrt());
        println!("{:28} slope {slope:.4}, correlation {correlation:.4}", machine.name);
        assert!((slope - 1.0).abs() < 0.04, "{}: slope {slope}", machine.name);
        assert!(correlation > 0.98, "{}: correlation {correlation}", machine.name);
    }
}

/// The values of a machine with a multiple of 16 particles.
fn with_particles(machine: &Machine) -> impetus::param::Values {
    let mut values = super::values(machine.values);
    values.set("particles", 4000.0).unwrap();
    values
}
