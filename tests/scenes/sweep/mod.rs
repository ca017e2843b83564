//! Sweeps: parts of a map and the whole of them, the command line, and every quantity against theory.

mod command;
mod parts;
mod quantities;
mod worlds;

use std::sync::atomic::AtomicBool;

use impetus::files::plan;
use impetus::files::sweep::{Order, Part, Shard};
use impetus::scenes::models::sweep::{Sweep, chosen, work};
use impetus::scenes::{Lens, SceneRef, View};
use impetus::text::Lang;

/// Parameters and their values as text.
type Set<'s> = &'s [(&'s str, &'s str)];

/// The sweep of a quantity over the two parameters a scene offers first.
fn sweep(scene: SceneRef, set: Set<'_>, lens: Lens, quantity: &str) -> Sweep {
    let survey = scene.survey().unwrap();
    let index = survey.quantities().iter().position(|q| q.choice.id == quantity).unwrap();
    let plan = plan(scene.clone(), set.iter().copied(), 0).unwrap();
    let view = View { lens, ..View::new(Lang::En) };
    let axes = chosen(survey, &plan.values, view).unwrap();
    Sweep::over(&scene, &plan.values, 1, view, axes, index).unwrap()
}

/// Measures what is missing of a part.
fn measure(mut part: Part, threads: usize) -> Part {
    let (order, shard, from) = (part.order.clone(), part.shard, part.values.len());
    let cell = |k| shard.cell(k);
    let whole = work(order.errand(shard, from, &cell), threads, &AtomicBool::new(false), &mut |block| {
        part.values.extend_from_slice(block);
    });
    assert!(whole && part.is_finished());
    part
}

fn whole(order: &Order, threads: usize) -> Part {
    measure(Part::new(order.clone(), Shard::WHOLE), threads)
}
