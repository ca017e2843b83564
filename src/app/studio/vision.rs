//! How a picture looks to other eyes, and in a black-and-white copy.

use std::collections::HashMap;

use crate::figure::Rgb;
use crate::text::{Text, studio as words};

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Vision {
    /// Full colour vision.
    Normal,
    /// A black-and-white copy.
    Grey,
    /// No long-wavelength cones.
    Protanopia,
    /// No middle-wavelength cones.
    Deuteranopia,
    /// No short-wavelength cones.
    Tritanopia,
}

/// Matrices on linear RGB at severity 1 (Machado, Oliveira and Fernandes 2009, table 1).
const PROTAN: [[f64; 3]; 3] =
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]];
const DEUTAN: [[f64; 3]; 3] =
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]];
const TRITAN: [[f64; 3]; 3] =
    [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]];
/// Luminance of linear sRGB, on every channel.
const GREY: [[f64; 3]; 3] = [[0.2126, 0.7152, 0.0722]; 3];

impl Vision {
    /// All, in the order they are offered.
    pub const ALL: [Vision; 5] =
        [Vision::Normal, Vision::Grey, Vision::Protanopia, Vision::Deuteranopia, Vision::Tritanopia];

    /// Its name.
    pub const fn name(self) -> Text {
        match self {
            Vision::Normal => words::VISION_NORMAL,
            Vision::Grey => words::VISION_GREY,
            Vision::Protanopia => words::VISION_PROTAN,
            Vision::Deuteranopia => words::VISION_DEUTAN,
            Vision::Tritanopia => words::VISION_TRITAN,
        }
    }

    /// The colour as it appears.
    pub fn see(self, colour: Rgb) -> Rgb {
        let matrix = match self {
            Vision::Normal => return colour,
            Vision::Grey => GREY,
            Vision::Protanopia => PROTAN,
            Vision::Deuteranopia => DEUTAN,
            Vision::Tritanopia => TRITAN,
        };
        let light = [colour.0, colour.1, colour.2].map(linear);
        let [r, g, b] = matrix.map(|row| row.iter().zip(light).map(|(m, x)| m * x).sum::<f64>()).map(encoded);
        Rgb(r, g, b)
    }

    /// Recolours premultiplied RGBA pixels in place.
    pub fn recolour(self, pixels: &mut [u8]) {
        if self == Vision::Normal {
            return;
        }
        // A drawing has few colours, so each is worked out once.
        let mut seen: HashMap<[u8; 4], [u8; 4]> = HashMap::new();
        for pixel in pixels.chunks_exact_mut(4) {
            let Ok(old) = <[u8; 4]>::try_from(&*pixel) else { continue };
            let [r, g, b, a] = old;
            if a > 0 && !(r == g && g == b) {
                pixel.copy_from_slice(seen.entry(old).or_insert_with(|| self.premultiplied(old)));
            }
        }
    }

    fn premultiplied(self, [r, g, b, a]: [u8; 4]) -> [u8; 4] {
        let share = f64::from(a) / 255.0;
        let full = |v: u8| (f64::from(v) / share).round().min(255.0) as u8;
        let Rgb(r, g, b) = self.see(Rgb(full(r), full(g), full(b)));
        let part = |v: u8| (f64::from(v) * share).round() as u8;
        [part(r), part(g), part(b), a]
    }
}

fn linear(v: u8) -> f64 {
    let v = f64::from(v) / 255.0;
    if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
}

fn encoded(v: f64) -> u8 {
    let v = v.clamp(0.0, 1.0);
    let v = if v <= 0.003_130_8 { 12.92 * v } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 };
    (v * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::Vision;
    use crate::figure::Rgb;

    /// Pure red and green, worked out by hand from the published matrices and the sRGB curve.
    #[test]
    fn known_colours() {
        let table = [
            (Vision::Grey, Rgb(255, 0, 0), Rgb(127, 127, 127)),
            (Vision::Grey, Rgb(0, 255, 0), Rgb(220, 220, 220)),
            (Vision::Protanopia, Rgb(255, 0, 0), Rgb(109, 95, 0)),
            (Vision::Deuteranopia, Rgb(255, 0, 0), Rgb(163, 144, 0)),
            (Vision::Tritanopia, Rgb(255, 0, 0), Rgb(255, 0, 15)),
            (Vision::Deuteranopia, Rgb(0, 255, 0), Rgb(239, 214, 58)),
        ];
        for (vision, colour, want) in table {
            assert_eq!(vision.see(colour), want, "{vision:?} {colour:?}");
        }
    }

    /// Greys look grey to everybody, and half-transparent pixels keep their transparency.
    #[test]
    fn greys_and_glass() {
        for vision in Vision::ALL {
            for v in [0, 1, 77, 128, 254, 255] {
                assert_eq!(vision.see(Rgb(v, v, v)), Rgb(v, v, v), "{vision:?}");
            }
            let mut pixels = [128, 0, 0, 128, 9, 9, 9, 9, 0, 0, 0, 0];
            vision.recolour(&mut pixels);
            let Rgb(r, g, b) = vision.see(Rgb(255, 0, 0));
            let half = |v: u8| (f64::from(v) * 128.0 / 255.0).round() as u8;
            assert_eq!(pixels, [half(r), half(g), half(b), 128, 9, 9, 9, 9, 0, 0, 0, 0]);
        }
    }
}
