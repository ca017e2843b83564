//! The articles' network as the scene trains it, held to what other programs found over several seeds.

use impetus::core::Probe;
use impetus::core::models::{Model, Training};
use impetus::param::Values;
use impetus::scenes::{self, LaneRun, Run};
use serde_json::Value;

const EPOCHS: usize = 5;
/// Batches of 64 in 6,000 images.
const PER_EPOCH: usize = 94;

/// What the file keeps of a step and a momentum: a number by epoch and name of its column.
struct Kept(Value);

impl Kept {
    fn of(optimizer: &str) -> Kept {
        let file = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/golden/training.json")).unwrap();
        let file: Value = serde_json::from_slice(&file).unwrap();
        let bands = file["article_001_convnet"]["bands"].as_object().unwrap();
        Kept(bands.values().find(|band| band["optimizer"] == optimizer).unwrap().clone())
    }

    fn epochs(&self) -> impl Iterator<Item = usize> + '_ {
        self.0["rows"].as_array().unwrap().iter().map(|row| row[0].as_u64().unwrap() as usize)
    }

    fn at(&self, epoch: usize, column: &str) -> f64 {
        let place = self.0["columns"].as_array().unwrap().iter().position(|name| name == column).unwrap();
        let row = self.0["rows"].as_array().unwrap().iter().find(|row| row[0] == epoch).unwrap();
        row[place].as_f64().unwrap()
    }
}

/// Mean batch loss of an epoch, and share of the unseen images right after it.
fn found(lane: &LaneRun, epoch: usize) -> [f64; 2] {
    let losses = &lane.column(Probe::Potential)[(epoch - 1) * PER_EPOCH..epoch * PER_EPOCH];
    let accuracy = lane.column(Probe::Measured(Training::<dyn Model>::TEST_ACCURACY));
    [losses.iter().sum::<f64>() / PER_EPOCH as f64, accuracy[epoch * PER_EPOCH]]
}

/// Four settings, every epoch that is kept up to the fifth. An interval is the mean ± 5 standard deviations or more.
#[test]
fn training_is_within_what_others_found() {
    let scene = scenes::find("digits").unwrap();
    let table = [
        ("0.001", vec!["SGD lr 0.001 momentum 0", "SGD lr 0.001 momentum 0.9", "SGD lr 0.01 momentum 0"]),
        ("0.01", vec!["SGD lr 0.01 momentum 0", "SGD lr 0.01 momentum 0.9"]),
    ];
    let mut compared = 0;
    for (eta, optimizers) in table {
        let mut values = Values::defaults(scene.params());
        for (id, text) in [("model", "convnet"), ("data", "28x28"), ("eta", eta), ("beta", "0.9")] {
            values.set(id, scenes::spec_of(scene, id).unwrap().read(text).unwrap()).unwrap();
        }
        let mut run = Run::new(scene, &values, 1, (EPOCHS * PER_EPOCH) as u64 + 1).unwrap();
        run.compute(u64::MAX);
        for (lane, optimizer) in run.lanes.iter().zip(optimizers) {
            let kept = Kept::of(optimizer);
            for epoch in kept.epochs().filter(|epoch| *epoch <= EPOCHS) {
                let names = [["accept_loss_low", "accept_loss_high"], ["accept_acc_low", "accept_acc_high"]];
                for (got, ends) in found(lane, epoch).into_iter().zip(names) {
                    let [low, high] = ends.map(|name| kept.at(epoch, name));
                    assert!(low <= got && got <= high, "{optimizer}, epoch {epoch}: {got} beyond {low} to {high}");
                    compared += 1;
                }
            }
        }
    }
    assert_eq!(compared, 50);
}
