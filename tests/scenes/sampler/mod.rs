//! The sampler bench: its oracles, what its methods sample, what its thermometers tell, its morph.
//!
//! Every number is held to a closed form within a stated number of standard errors, and every bound is
//! tight enough that an error of 5 % would be seen. Seeds are fixed, but no bound rests on the very
//! numbers a seed gives: another generator of the same law passes too.

mod bench;
mod crowd;
mod escapes;
mod fields;
mod morph;
mod oracles;
mod proposals;
mod stage;
mod stationary;

use impetus::core::Noise;
use impetus::param::Values;
use impetus::scenes::{self, Lens, Run, Scene, View};
use impetus::text::Lang;

/// A scene of the bench.
fn scene(id: &str) -> &'static dyn Scene {
    scenes::find(id).unwrap()
}

/// Values of a scene with some set by text.
fn values(scene: &dyn Scene, set: &[(&str, &str)]) -> Values {
    let mut values = Values::defaults(scene.params());
    for (id, text) in set {
        let value = scenes::spec_of(scene, id).unwrap().read(text).unwrap();
        scene.write(id, value, &mut values, 0).unwrap();
    }
    values
}

/// A finished run.
fn run(id: &str, set: &[(&str, &str)], steps: u64, seed: u64) -> Run {
    let scene = scene(id);
    let mut run = Run::new(scene, &values(scene, set), seed, steps).unwrap();
    run.compute(steps);
    run
}

/// The end of a run through the sampler's lens.
fn view(run: &Run) -> View {
    View { lens: Lens::Sampler, now: run.done(), ..View::new(Lang::En) }
}

/// Standard normal deviates.
fn deviates(n: usize, seed: u64) -> Vec<f64> {
    let mut out = vec![0.0; n];
    Noise::new(seed, 9).add(&mut out, n, 1.0, 0, 0);
    out
}
