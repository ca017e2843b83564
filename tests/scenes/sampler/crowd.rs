//! Large clouds: how they are drawn, and what is counted of them.

use impetus::core::Gauge;
use impetus::figure::{Figure, HeatMap, Layer};
use impetus::scenes::{Lens, Probe, Run};

use super::{run, scene, view};

fn figure<'a>(id: &str, name: &str, run: &'a Run) -> Figure<'a> {
    scene(id).figure(name, run, view(run)).unwrap()
}

fn layers<'a, 'f>(figure: &'a Figure<'f>) -> impl Iterator<Item = &'a Layer<'f>> {
    figure.panels.iter().flat_map(|panel| &panel.layers)
}

/// The part of a cloud that a density holds.
fn share(map: &HeatMap<'_>) -> f64 {
    let cell = (map.x[1] - map.x[0]) * (map.y[1] - map.y[0]) / (map.nx * map.nx) as f64;
    map.values.iter().filter(|p| p.is_finite()).sum::<f64>() * cell
}

#[test]
fn a_large_cloud_is_never_drawn_point_by_point() {
    for id in ["sampler", "sampler-plane", "escape"] {
        let run = run(id, &[("particles", "5000"), ("spread", "0.3")], 60, 3);
        for info in scene(id).views(&run.values, view(&run)) {
            let figure = figure(id, info.id, &run);
            for layer in layers(&figure) {
                if let Layer::Points(points) = layer {
                    assert!(points.x.iter().count() <= 2000, "{id}, {}", info.id);
                }
            }
        }
    }
    for (id, name) in [("sampler", "phase"), ("escape", "phase"), ("sampler-plane", "map")] {
        for (particles, dense) in [("1500", false), ("5000", true)] {
            let run = run(id, &[("particles", particles), ("spread", "0.3")], 60, 3);
            let figure = figure(id, name, &run);
            let first = figure.panels[0].layers.first().unwrap();
            let Layer::HeatMap(map) = first else {
                assert!(!dense, "{id}, {name}: no density of {particles}");
                continue;
            };
            // Four thermal speeds, and nearly all of the exact density, lie in the window.
            assert!(dense && (0.98..=1.0 + 1e-12).contains(&share(map)), "{id}, {name}: {}", share(map));
        }
    }
}

#[test]
fn the_share_beyond_the_barrier_is_that_of_the_states() {
    // Over a barrier twice T, from either side.
    for (start, beyond) in [("-1", 1.0), ("1", -1.0)] {
        let set = [("x1", start), ("temperature", "0.5"), ("particles", "3000"), ("spread", "0.2")];
        let run = run("escape", &set, 200, 5);
        let lane = run.lane(Lens::Sampler).unwrap();
        let counted = |p: &&Probe| matches!(p, Probe::Mean(Gauge::Above(_)));
        let Some(Probe::Mean(Gauge::Above(top))) = lane.lane.probes.iter().find(counted) else { panic!("no level") };
        let figure = figure("escape", "escape", &run);
        let line = figure.panels[0].layers.iter().find_map(|l| if let Layer::Line(l) = l { Some(l) } else { None });
        let shares: Vec<f64> = line.unwrap().y.iter().copied().collect();
        assert_eq!(shares.len(), 201);
        for n in [0, 7, 100, 200] {
            let state = lane.state_at(n);
            let there = state.coordinate(0).iter().filter(|x| (**x - top) * beyond > 0.0).count();
            let want = there as f64 / 3000.0;
            assert!(
                (shares[n as usize] - want).abs() <= 1e-15,
                "from {start} at {n}: {} for {want}",
                shares[n as usize]
            );
        }
        assert!(shares[200] > 0.05, "from {start}: {}", shares[200]);
    }
}

#[test]
fn a_few_particles_go_the_way_they_go_in_the_cloud() {
    for method in ["sghmc", "overdamped", "baoab", "leimkuhler-matthews", "hmc"] {
        let set = [("method", method), ("particles", "2500"), ("spread", "0.3")];
        let run = run("sampler-plane", &set, 75, 9);
        let lane = run.lane(Lens::Sampler).unwrap();
        for n in [0, 40, 75] {
            let (few, all) = (lane.few_at(n, 130), lane.state_at(n));
            for i in 0..2 {
                assert!(few.coordinate(i) == &all.coordinate(i)[..130], "{method}: positions at {n}");
                assert!(few.velocity(i) == &all.velocity(i)[..130], "{method}: velocities at {n}");
            }
        }
    }
}
