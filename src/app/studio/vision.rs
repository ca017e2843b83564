//! How a picture looks to other eyes, and in a black-and-white copy.

use std::collections::HashMap;

use crate::figure::{Rgb, Vision};
use crate::text::{Text, studio as words};

/// What the preview calls it.
pub const fn name(vision: Vision) -> Text {
    match vision {
        Vision::Normal => words::VISION_NORMAL,
        Vision::Grey => words::VISION_GREY,
        Vision::Protanopia => words::VISION_PROTAN,
        Vision::Deuteranopia => words::VISION_DEUTAN,
        Vision::Tritanopia => words::VISION_TRITAN,
    }
}

/// Recolours premultiplied RGBA pixels in place.
pub fn recolour(vision: Vision, pixels: &mut [u8]) {
    if vision == Vision::Normal {
        return;
    }
    // A drawing has few colours, so each is worked out once.
    let mut seen: HashMap<[u8; 4], [u8; 4]> = HashMap::new();
    for pixel in pixels.chunks_exact_mut(4) {
        let Ok(old) = <[u8; 4]>::try_from(&*pixel) else { continue };
        let [r, g, b, a] = old;
        if a > 0 && !(r == g && g == b) {
            pixel.copy_from_slice(seen.entry(old).or_insert_with(|| premultiplied(vision, old)));
        }
    }
}

fn premultiplied(vision: Vision, [r, g, b, a]: [u8; 4]) -> [u8; 4] {
    let share = f64::from(a) / 255.0;
    let full = |v: u8| (f64::from(v) / share).round().min(255.0) as u8;
    let Rgb(r, g, b) = vision.see(Rgb(full(r), full(g), full(b)));
    let part = |v: u8| (f64::from(v) * share).round() as u8;
    [part(r), part(g), part(b), a]
}

#[cfg(test)]
mod tests {
    use super::recolour;
    use crate::figure::{Rgb, Vision};

    /// Greys look grey to everybody, and half-transparent pixels keep their transparency.
    #[test]
    fn greys_and_glass() {
        for vision in Vision::ALL {
            for v in [0, 1, 77, 128, 254, 255] {
                assert_eq!(vision.see(Rgb(v, v, v)), Rgb(v, v, v), "{vision:?}");
            }
            let mut pixels = [128, 0, 0, 128, 9, 9, 9, 9, 0, 0, 0, 0];
            recolour(vision, &mut pixels);
            let Rgb(r, g, b) = vision.see(Rgb(255, 0, 0));
            let half = |v: u8| (f64::from(v) * 128.0 / 255.0).round() as u8;
            assert_eq!(pixels, [half(r), half(g), half(b), 128, 9, 9, 9, 9, 0, 0, 0, 0]);
        }
    }
}
