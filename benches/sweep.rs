//! What a cell of a map costs: W4, and the maps of the window over runs of the first scene.

use std::sync::atomic::AtomicBool;
use std::time::Instant;

use impetus::param::Values;
use impetus::scenes::models::sweep::Sweep;
use impetus::scenes::{Opt, Options, SCENES, View};
use impetus::text::Lang;
use impetus::workloads::{Size, measure};

/// Cells along each side.
const SIDE: usize = 96;

fn main() {
    measure(&["W4"], Size::Full, 1, &mut |m| println!("W4        {:10.1} ns per cell", m.cpu_ns_per_unit))
        .expect("threads start");
    let scene = SCENES[0];
    let values = Values::defaults(scene.params());
    let survey = scene.survey().expect("the first scene offers maps");
    for (k, quantity) in survey.quantities().iter().enumerate() {
        let mut options = Options::default();
        options.set(Opt::Quantity, k);
        let view = View { options, ..View::new(Lang::En) };
        let Some(sweep) = Sweep::of(&scene.into(), &values, 1, view) else { continue };
        let start = Instant::now();
        sweep.map(SIDE, 1, &AtomicBool::new(false));
        let per = start.elapsed().as_nanos() as f64 / (SIDE * SIDE) as f64;
        println!("{:28} {per:10.0} ns per cell", quantity.choice.name.get(Lang::En));
    }
}
