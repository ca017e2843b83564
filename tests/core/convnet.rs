//! The articles' convolutional network: its gradient, its two precisions, and the bits whatever the machine does.

use std::sync::Arc;

use impetus::core::models::{ConvNet, Images, Model, PARAMETERS, PIXELS, Pixels, Precision, TENSORS};
use impetus::core::{Registers, limit_registers};
use impetus::data::digits28;

/// A uniform number on [−1, 1), the same for the same i.
fn number(i: usize) -> f64 {
    let mut z = (i as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 * 2f64.powi(-52) - 1.0
}

fn parameters() -> Vec<f64> {
    let reach = [0.2, 0.2, 0.063, 0.063, 0.056, 0.056, 0.14, 0.14];
    let each = TENSORS.iter().zip(reach).flat_map(|((_, count), reach)| vec![reach; *count]);
    each.enumerate().map(|(i, reach)| reach * number(i)).collect()
}

fn digits(count: usize, precision: Precision) -> ConvNet {
    let [train, _] = digits28();
    let pixels = Pixels::Bytes(train.pixels[..count * PIXELS].to_vec());
    ConvNet::new(Arc::new(Images { pixels, labels: train.labels[..count].to_vec() }), precision)
}

fn gradient(net: &ConvNet, q: &[f64], rows: &[u32]) -> (f64, Vec<f64>) {
    let mut gradient = vec![0.0; PARAMETERS];
    (net.loss(q, rows, Some(&mut gradient)), gradient)
}

fn bits(x: &[f64]) -> Vec<u64> {
    x.iter().map(|x| x.to_bits()).collect()
}

/// Central differences with h = 10⁻⁵: what they leave out is of the order h² and ε/h, 10⁻¹⁰; a step of that length
/// crosses no edge of the pools and rectifiers at these places.
#[test]
fn the_gradient_is_the_slope_of_the_loss() {
    let (net, mut q, rows) = (digits(20, Precision::Double), parameters(), [3, 0, 17, 8, 3]);
    let (_, gradient) = gradient(&net, &q, &rows);
    let (mut first, h) = (0, 1e-5);
    for (name, count) in TENSORS {
        let size = gradient[first..first + count].iter().fold(0.0, |m: f64, g| m.max(g.abs()));
        assert!(size > 1e-3, "{name}: {size}");
        for place in [0, 1, count / 3, count / 2, count - 1].map(|i| first + i) {
            let own = q[place];
            let [up, down] = [own + h, own - h].map(|moved| {
                q[place] = moved;
                net.loss(&q, &rows, None)
            });
            q[place] = own;
            let slope = (up - down) / (2.0 * h);
            assert!((slope - gradient[place]).abs() <= 1e-6 * size, "{name} {place}: {slope} {}", gradient[place]);
        }
        first += count;
    }
}

/// Single precision is within 2·10⁻⁶ of the loss and 10⁻⁵ of the largest number of a tensor's gradient.
#[test]
fn single_precision_is_near_double() {
    let (q, rows) = (parameters(), (0..40).collect::<Vec<u32>>());
    let [(single, near), (double, exact)] =
        [Precision::Single, Precision::Double].map(|precision| gradient(&digits(40, precision), &q, &rows));
    assert!(single != double && (single - double).abs() <= 2e-6 * double, "{single} {double}");
    let mut first = 0;
    for (name, count) in TENSORS {
        let size = exact[first..first + count].iter().fold(0.0, |m: f64, g| m.max(g.abs()));
        let off = (first..first + count).map(|i| (near[i] - exact[i]).abs()).fold(0.0, f64::max);
        assert!(off <= 1e-5 * size, "{name}: {off} of {size}");
        first += count;
    }
}

/// 70 rows are five groups of sixteen, the last one not full.
#[test]
fn neither_threads_nor_registers_change_a_bit() {
    let (q, rows) = (parameters(), (0..70).collect::<Vec<u32>>());
    for precision in [Precision::Single, Precision::Double] {
        let net = digits(70, precision);
        let on = |threads: usize, rows: &[u32]| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let (loss, gradient) = pool.install(|| gradient(&net, &q, rows));
            (loss.to_bits(), bits(&gradient), net.accuracy(&q, rows).to_bits())
        };
        let one = on(1, &rows);
        for threads in [2, 7] {
            assert!(on(threads, &rows) == one, "{precision:?} {threads}");
        }
        let few = &rows[..5];
        let widest = on(1, few);
        for registers in [Registers::Avx2, Registers::Plain] {
            limit_registers(registers);
            let same = on(1, few) == widest;
            limit_registers(Registers::Avx512);
            assert!(same, "{precision:?} {registers:?}");
        }
    }
}

#[test]
fn the_loss_is_that_of_the_probabilities() {
    let (net, q) = (digits(20, Precision::Double), parameters());
    let rows: Vec<u32> = (0..20).collect();
    let labels = &digits28()[0].labels;
    let (mut loss, mut right) = (0.0, 0);
    for row in &rows {
        let logarithms = net.log_probabilities(&q, *row);
        assert!((logarithms.iter().map(|l| l.exp()).sum::<f64>() - 1.0).abs() < 1e-14);
        let own = usize::from(labels[*row as usize]);
        loss -= logarithms[own] / 20.0;
        right += u32::from(logarithms.iter().all(|l| *l <= logarithms[own]));
    }
    assert!((net.loss(&q, &rows, None) - loss).abs() < 1e-14);
    assert_eq!(net.accuracy(&q, &rows), f64::from(right) / 20.0);
}

/// Bytes and the shares of 255 they stand for are the same images, and a pass that leaves a gradient behind gives
/// the loss of one that does not.
#[test]
fn pixels_may_come_as_they_are() {
    let [train, _] = digits28();
    let shares = train.pixels[..20 * PIXELS].iter().map(|p| (f64::from(*p) / 255.0) as f32).collect();
    let images = Images { pixels: Pixels::Floats(shares), labels: train.labels[..20].to_vec() };
    let (floats, bytes) = (ConvNet::new(Arc::new(images), Precision::Single), digits(20, Precision::Single));
    let (q, rows) = (parameters(), [1, 2, 19]);
    let (loss, slope) = gradient(&bytes, &q, &rows);
    assert!(gradient(&floats, &q, &rows) == (loss, slope) && bytes.loss(&q, &rows, None) == loss);
}

#[test]
fn nothing_that_is_given_panics() {
    for precision in [Precision::Single, Precision::Double] {
        let net = digits(3, precision);
        let good = parameters();
        let none = ConvNet::new(Arc::new(Images { pixels: Pixels::Bytes(vec![1; 900]), labels: vec![] }), precision);
        assert_eq!((net.rows(), none.rows(), net.dim()), (3, 0, PARAMETERS));
        let all = |x: f64| vec![x; PARAMETERS];
        let table: [(&ConvNet, Vec<f64>, &[u32]); 7] = [
            (&net, good.clone(), &[]),
            (&net, good.clone(), &[0, 3]),
            (&net, good[1..].to_vec(), &[0]),
            (&none, good.clone(), &[0]),
            (&net, all(f64::NAN), &[0, 1]),
            (&net, all(f64::INFINITY), &[2]),
            (&net, all(1e300), &[0, 1, 2, 0]),
        ];
        for (i, (net, q, rows)) in table.iter().enumerate() {
            let (loss, slope) = gradient(net, q, rows);
            assert!(!loss.is_finite(), "{precision:?} {i}: {loss}");
            assert!(slope.iter().any(|g| g.is_nan()) && net.loss(q, rows, None).to_bits() == loss.to_bits());
            assert!(i > 3 || net.accuracy(q, rows).is_nan() && net.log_probabilities(q, 7)[0].is_nan());
        }
        let mut short = [0.0; 5];
        assert!(net.loss(&good, &[0], Some(&mut short)).is_nan() && short.iter().all(|g| g.is_nan()));
        // One weight that is not a number is enough.
        for place in [0, 250, 1000, 5262, 6000, 21_279, 21_400, PARAMETERS - 1] {
            let mut q = good.clone();
            q[place] = f64::NAN;
            assert!(net.loss(&q, &[0, 1], None).is_nan(), "{precision:?} {place}");
        }
    }
}
