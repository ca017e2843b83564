//! Images and labels until they have found each other.

use std::collections::VecDeque;
use std::sync::Arc;

use super::Images;
use super::idx::Pixels;

/// Images that lack their labels, labels that lack their images, and the last pair that was made of both.
#[derive(Debug, Default)]
pub struct Tray {
    pixels: VecDeque<(String, Pixels)>,
    labels: VecDeque<(String, Vec<u8>)>,
    last: Option<Images>,
}

/// Most files of a kind that wait; the oldest one gives way.
const MOST_WAITING: usize = 4;

/// One in so many images is for testing where nobody says which.
const TESTED: usize = 7;

/// Words in the names of files that hold images for testing.
const FOR_TESTING: [&str; 4] = ["test", "t10k", "valid", "eval"];

impl Tray {
    /// Adds images; gives training and test images if labels of the same number were waiting.
    pub fn add_pixels(&mut self, name: &str, pixels: Pixels) -> Option<[Arc<Images>; 2]> {
        let fits = |labels: &(String, Vec<u8>)| labels.1.len() == pixels.count;
        match partner(&self.labels, name, fits).and_then(|place| self.labels.remove(place)) {
            Some((_, labels)) => Some(self.pair(name, pixels, labels)),
            None => {
                wait(&mut self.pixels, name, pixels);
                None
            }
        }
    }

    /// Adds labels; gives training and test images if images of the same number were waiting.
    pub fn add_labels(&mut self, name: &str, labels: Vec<u8>) -> Option<[Arc<Images>; 2]> {
        let fits = |pixels: &(String, Pixels)| pixels.1.count == labels.len();
        match partner(&self.pixels, name, fits).and_then(|place| self.pixels.remove(place)) {
            Some((name, pixels)) => Some(self.pair(&name, pixels, labels)),
            None => {
                wait(&mut self.labels, name, labels);
                None
            }
        }
    }

    /// Images for training and for testing: these and the pair before if just one of them is called a test,
    /// else these alone, the last seventh of them for testing.
    fn pair(&mut self, name: &str, pixels: Pixels, labels: Vec<u8>) -> [Arc<Images>; 2] {
        let new = Images::new(name, pixels, labels);
        let size = |images: &Images| (images.height, images.width);
        let other = self.last.take().filter(|old| size(old) == size(&new) && is_test(&old.name) != is_test(name));
        self.last = Some(new.clone());
        match other {
            Some(old) if is_test(name) => [old, new].map(Arc::new),
            Some(old) => [new, old].map(Arc::new),
            None => new.split_at(new.count() - new.count() / TESTED).map(Arc::new),
        }
    }
}

/// The part that fits and is called alike where there is a choice: for testing as well, or for training.
fn partner<T>(waiting: &VecDeque<(String, T)>, name: &str, fits: impl Fn(&(String, T)) -> bool) -> Option<usize> {
    let alike = |part: &(String, T)| is_test(&part.0) == is_test(name);
    let first = |wanted: &dyn Fn(&(String, T)) -> bool| waiting.iter().position(wanted);
    first(&|part| fits(part) && alike(part)).or_else(|| first(&fits))
}

fn wait<T>(waiting: &mut VecDeque<(String, T)>, name: &str, part: T) {
    waiting.truncate(MOST_WAITING - 1);
    waiting.push_front((name.to_owned(), part));
}

fn is_test(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    FOR_TESTING.iter().any(|word| name.contains(word))
}
