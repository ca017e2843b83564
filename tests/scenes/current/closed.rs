//! The closed forms among themselves, against quadrature, and against brute force.

use impetus::theory::linear_sde::{even_state, inertial_entropy_production};
use impetus::theory::oscillator::Oscillator;
use impetus::theory::sampled_diffusion::{Loops, SampledDiffusion, SampledTrap, euler_entropy_production};
use impetus::theory::sampler;
use impetus::theory::steady_state::{Gyrator, HeatedPair, Swirl};
use nalgebra::DMatrix;

use super::turned;

fn near(what: &str, got: f64, want: f64, share: f64) {
    assert!((got - want).abs() <= share * want.abs().max(1e-3), "{what}: {got} is not {want}");
}

fn two(rows: [f64; 4]) -> DMatrix<f64> {
    DMatrix::from_row_slice(2, 2, &rows)
}

/// A drift without symmetry and a full diffusion matrix.
fn skewed() -> [DMatrix<f64>; 2] {
    [two([-1.0, 0.7, -0.2, -2.0]), two([1.0, 0.3, 0.3, 0.5])]
}

#[test]
fn balance_gives_zero_at_any_step() {
    for (h, angle) in [(1e-3, 20.0), (0.1, 50.0), (0.4, -35.0)] {
        // A = −D H: the gradient of a bowl, run by a noise of any covariance that also scales the drift.
        let d = turned([1.0, 0.2], angle);
        let a = -(&d * turned([1.0, 3.0], 10.0));
        assert!(euler_entropy_production(&a, &d, h).unwrap().abs() < 1e-12, "{h}");
        assert!(SampledDiffusion::euler(&a, &d, h).unwrap().circulation().amax() < 1e-12, "{h}");
        assert!(even_state(&a, &d).unwrap().entropy_production.abs() < 1e-12);
    }
    for (k, c, h) in [(1.0, 0.3, 0.1), (4.0, 2.0, 0.5)] {
        let one = |x| DMatrix::from_element(1, 1, x);
        let trap = SampledTrap { k: one(k), bath: one(0.7 / 1.3), m: 1.3, c, h };
        assert!(trap.entropy_production().unwrap().abs() < 1e-12, "a mass in one bath, h = {h}");
        let covariance = trap.sampled().unwrap().covariance;
        let want = sampler_moments(k, c, h);
        for (got, want) in [(0, 0), (1, 1), (0, 1)].into_iter().zip(want) {
            assert!((covariance[got] - want).abs() < 1e-12, "{covariance} against {want}");
        }
    }
}

/// var x, var v and their covariance, by the formulas for BAOAB.
fn sampler_moments(k: f64, c: f64, h: f64) -> [f64; 3] {
    let all = sampler::baoab(&Oscillator { m: 1.3, c, k }, h, 0.7);
    [all.var_x, all.var_v, all.cov_xv]
}

#[test]
fn small_steps_meet_the_continuous_forms() {
    let gyrator = Gyrator { k1: 1.0, k2: 2.0, u: 0.5, t1: 1.0, t2: 0.3, c: 1.2 };
    let (a, d) = gyrator.matrices();
    let loops = Loops::continuous(&a, &d, [0, 1]).unwrap();
    near("circulation", -loops.swept, gyrator.circulation(), 1e-12);
    let bias = |h| euler_entropy_production(&a, &d, h).unwrap() - gyrator.entropy_production();
    near("the bias of Euler is of first order", bias(0.02) / bias(0.01), 2.0, 0.02);
    near("and vanishes", bias(1e-7), 0.0, 1e-3);
    let swirl = Swirl { m: 1.0, c: 0.8, k: 2.0, a: 0.5, temperature: 0.6 };
    let trap = |h| SampledTrap {
        k: two([swirl.k, swirl.a, -swirl.a, swirl.k]),
        bath: turned([0.6, 0.6], 0.0),
        m: 1.0,
        c: 0.8,
        h,
    };
    near("swirl with mass", trap(1e-4).entropy_production().unwrap(), swirl.entropy_production(), 1e-6);
    let area = trap(1e-4).sampled().unwrap().loops([0, 1]).unwrap().swept;
    near("its angular momentum", 2.0 * area, swirl.mean_swirl(), 1e-6);
    let bias = |h| trap(h).entropy_production().unwrap() - swirl.entropy_production();
    near("the bias of BAOAB is of second order", bias(0.2) / bias(0.1), 4.0, 0.05);
    let pair = HeatedPair { m: 1.0, c: 0.5, k: 1.0, kappa: 0.7, t1: 2.0, t2: 0.5 };
    let k = two([1.7, -0.7, -0.7, 1.7]);
    let trap = SampledTrap { k: k.clone(), bath: two([2.0, 0.0, 0.0, 0.5]), m: 1.0, c: 0.5, h: 1e-4 };
    near("heated pair", trap.entropy_production().unwrap(), pair.entropy_production(), 1e-6);
    let dv = two([1.0, 0.0, 0.0, 0.25]);
    near("in general", inertial_entropy_production(&k, &dv, 1.0, 0.5).unwrap(), pair.entropy_production(), 1e-9);
}

/// Sum of f over a square grid that holds all of the density.
fn integral(loops: &Loops, f: impl Fn([f64; 2]) -> f64) -> f64 {
    const N: i32 = 400;
    let reach = [loops.covariance[0], loops.covariance[2]].map(|v| 8.0 * v.sqrt());
    let node = |i: i32, r: f64| r * (f64::from(2 * i + 1) / f64::from(N) - 1.0);
    let cell = 4.0 * reach[0] * reach[1] / f64::from(N * N);
    (0..N * N).map(|i| f([node(i % N, reach[0]), node(i / N, reach[1])]) * cell).sum()
}

#[test]
fn quadrature_over_the_plane_gives_the_rates() {
    let [a, d] = skewed();
    let loops = Loops::continuous(&a, &d, [0, 1]).unwrap();
    let cold = d.clone().try_inverse().unwrap();
    near("p", integral(&loops, |z| loops.density(z)), 1.0, 1e-9);
    let given = integral(&loops, |z| {
        let j = DMatrix::from_column_slice(2, 1, &loops.current(z));
        (j.transpose() * &cold * &j)[0] / loops.density(z).max(1e-300)
    });
    near("∫ J·D⁻¹J/p", given, even_state(&a, &d).unwrap().entropy_production, 1e-9);
    let area = integral(&loops, |z| 0.5 * (z[0] * loops.current(z)[1] - z[1] * loops.current(z)[0]));
    near("½ ∫ z × J", area, loops.swept, 1e-9);
    let turn =
        integral(&loops, |z| (z[0] * loops.current(z)[1] - z[1] * loops.current(z)[0]) / (z[0] * z[0] + z[1] * z[1]));
    near("∫ z × J/r²", turn, loops.winding(), 1e-3);
    // J = (drift − D∇ln p) p, by central differences of the density.
    let (z, s) = ([0.4, -0.3], 1e-5);
    let slope = [0, 1].map(|i| {
        let ends = [s, -s].map(|s| {
            let mut at = z;
            at[i] += s;
            loops.density(at)
        });
        (ends[0] - ends[1]) / (2.0 * s)
    });
    for i in 0..2 {
        let drift = a[(i, 0)] * z[0] + a[(i, 1)] * z[1];
        let want = drift * loops.density(z) - d[(i, 0)] * slope[0] - d[(i, 1)] * slope[1];
        near("J", loops.current(z)[i], want, 1e-7);
    }
}

#[test]
fn the_mean_over_a_box_is_the_mean_of_the_current() {
    let [a, d] = skewed();
    let loops = Loops::continuous(&a, &d, [0, 1]).unwrap();
    const N: i32 = 200;
    for (x, y) in [([0.1, 0.5], [-0.4, 0.0]), ([-1.0, -0.2], [0.3, 0.9])] {
        let node = |i: i32, r: [f64; 2]| r[0] + (r[1] - r[0]) * (f64::from(i) + 0.5) / f64::from(N);
        let got = loops.over_box(x, y);
        for (part, got) in got.into_iter().enumerate() {
            let sum: f64 = (0..N * N).map(|i| loops.current([node(i % N, x), node(i / N, y)])[part]).sum();
            near("a box", got, sum / f64::from(N * N), 1e-5);
        }
    }
}

/// The relative entropy between (z, z′) and (z′, z), both Gaussian, is the entropy production of a chain.
#[test]
fn a_chain_is_told_from_its_reverse_at_this_rate() {
    let [a, d] = skewed();
    for h in [1e-3, 0.05, 0.3] {
        let chain = SampledDiffusion::euler(&a, &d, h).unwrap();
        let (s, ahead) = (&chain.covariance, &chain.map * &chain.covariance);
        let pair = |off: &DMatrix<f64>| {
            let mut joint = DMatrix::zeros(4, 4);
            joint.view_mut((0, 0), (2, 2)).copy_from(s);
            joint.view_mut((2, 2), (2, 2)).copy_from(s);
            joint.view_mut((2, 0), (2, 2)).copy_from(off);
            joint.view_mut((0, 2), (2, 2)).copy_from(&off.transpose());
            joint
        };
        let (forth, back) = (pair(&ahead), pair(&ahead.transpose()));
        let apart = 0.5 * ((back.try_inverse().unwrap() * forth).trace() - 4.0);
        near("relative entropy", euler_entropy_production(&a, &d, h).unwrap(), apart / h, 1e-7);
    }
}

#[test]
fn what_has_no_answer_gives_none() {
    let [a, d] = skewed();
    assert!(SampledDiffusion::euler(&a, &d, 10.0).is_none(), "a step too long");
    assert!(euler_entropy_production(&a, &(&d * 0.0), 0.1).is_none(), "no noise");
    assert!(Loops::continuous(&-a.clone(), &d, [0, 1]).is_none(), "no rest");
    let chain = SampledDiffusion::euler(&a, &d, 0.1).unwrap();
    assert!(chain.loops([0, 2]).is_none() && chain.loops([1, 1]).is_none());
    let wrong = SampledTrap { k: a, bath: DMatrix::identity(1, 1), m: 1.0, c: 1.0, h: 0.1 };
    assert!(wrong.sampled().is_none() && wrong.entropy_production().is_none());
}
