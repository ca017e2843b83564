//! Colours as a printer without colour and as colour-blind readers see them.
//!
//! Dichromacies follow Machado, Oliveira and Fernandes (2009) at severity 1, differences CIEDE2000
//! (Sharma, Wu and Dalal 2005), contrast WCAG 2.

use crate::figure::Rgb;

/// A way of seeing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vision {
    /// No red cones.
    Protanopia,
    /// No green cones.
    Deuteranopia,
    /// No blue cones.
    Tritanopia,
}

impl Vision {
    /// The three deficiencies.
    pub const BLIND: [Vision; 3] = [Vision::Protanopia, Vision::Deuteranopia, Vision::Tritanopia];

    /// The colour that looks to everyone as `color` does to this viewer.
    pub fn see(self, color: Rgb) -> Rgb {
        let matrix = match self {
            Vision::Protanopia => {
                [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
            }
            Vision::Deuteranopia => {
                [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
            }
            Vision::Tritanopia => {
                [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
            }
        };
        let light = linear(color);
        let [r, g, b] = matrix.map(|row| coded(row.iter().zip(light).map(|(m, c)| m * c).sum()));
        Rgb(r, g, b)
    }
}

/// Light of the three primaries, 0 to 1.
fn linear(Rgb(r, g, b): Rgb) -> [f64; 3] {
    [r, g, b].map(|v| {
        let v = f64::from(v) / 255.0;
        if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    })
}

/// The sRGB code of an amount of light.
fn coded(light: f64) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let code = if light <= 0.0031308 { 12.92 * light } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    (code * 255.0).round() as u8
}

/// Relative luminance, 0 to 1.
fn luminance(color: Rgb) -> f64 {
    let [r, g, b] = linear(color);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Contrast ratio of two colours, 1 to 21.
pub(super) fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Lightness L*, 0 to 100: all that is left in grey.
pub(super) fn lightness(color: Rgb) -> f64 {
    lab(color)[0]
}

/// CIE L*a*b* under D65.
fn lab(color: Rgb) -> [f64; 3] {
    let [r, g, b] = linear(color);
    let xyz = [
        (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
        0.2126729 * r + 0.7151522 * g + 0.0721750 * b,
        (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883,
    ];
    let [x, y, z] = xyz.map(|v: f64| if v > 216.0 / 24389.0 { v.cbrt() } else { (24389.0 / 27.0 * v + 16.0) / 116.0 });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// Difference of two colours by CIEDE2000; about 1 is just noticeable side by side.
pub(super) fn delta_e(a: Rgb, b: Rgb) -> f64 {
    ciede2000(lab(a), lab(b))
}

fn ciede2000([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let seventh = |c: f64| (c.powi(7) / (c.powi(7) + 25f64.powi(7))).sqrt();
    let g = 0.5 * (1.0 - seventh((a1.hypot(b1) + a2.hypot(b2)) / 2.0));
    let (a1, a2) = (a1 * (1.0 + g), a2 * (1.0 + g));
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| if a == 0.0 && b == 0.0 { 0.0 } else { b.atan2(a).to_degrees().rem_euclid(360.0) };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let grey = c1 * c2 == 0.0;
    let turn = match h2 - h1 {
        _ if grey => 0.0,
        d if d > 180.0 => d - 360.0,
        d if d < -180.0 => d + 360.0,
        d => d,
    };
    let mean = match h1 + h2 {
        sum if grey => sum,
        sum if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => sum / 2.0 + 180.0,
        sum => sum / 2.0 - 180.0,
    };
    let (light, chroma) = ((l1 + l2) / 2.0, (c1 + c2) / 2.0);
    let cos = |degrees: f64| degrees.to_radians().cos();
    let weight = 1.0 - 0.17 * cos(mean - 30.0) + 0.24 * cos(2.0 * mean) + 0.32 * cos(3.0 * mean + 6.0)
        - 0.20 * cos(4.0 * mean - 63.0);
    let off = (light - 50.0).powi(2);
    let dl = (l2 - l1) / (1.0 + 0.015 * off / (20.0 + off).sqrt());
    let dc = (c2 - c1) / (1.0 + 0.045 * chroma);
    let dh = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin() / (1.0 + 0.015 * chroma * weight);
    let swing = 30.0 * (-((mean - 275.0) / 25.0).powi(2)).exp();
    let rotation = -2.0 * seventh(chroma) * (2.0 * swing).to_radians().sin();
    (dl * dl + dc * dc + dh * dh + rotation * dc * dh).max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs 1, 7, 15, 17, 24 and 34 of Sharma, Wu and Dalal (2005), table 1.
    #[test]
    fn differences_are_those_of_the_published_table() {
        let table = [
            ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
            ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
            ([50.0, -0.0010, 2.4900], [50.0, 0.0011, -2.4900], 4.7461),
            ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
            ([50.0, 2.5, 0.0], [50.0, 3.2592, 0.3350], 1.0),
            ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
        ];
        for (a, b, wanted) in table {
            assert!((ciede2000(a, b) - wanted).abs() < 5e-4, "{a:?} {b:?}: {} not {wanted}", ciede2000(a, b));
        }
    }

    #[test]
    fn sight_is_that_of_the_models() {
        assert!((contrast(Rgb(0, 0, 0), Rgb(255, 255, 255)) - 21.0).abs() < 1e-9);
        assert!((contrast(Rgb(0x76, 0x76, 0x76), Rgb(255, 255, 255)) - 4.54).abs() < 0.01);
        for (grey, wanted) in [(0, 0.0), (119, 50.034), (255, 100.0)] {
            assert!((lightness(Rgb(grey, grey, grey)) - wanted).abs() < 0.01, "{grey}");
        }
        let [red, green] = [Rgb(0xD0, 0x40, 0x20), Rgb(0x60, 0x80, 0x20)];
        assert!(delta_e(red, green) > 40.0);
        assert!(delta_e(Vision::Deuteranopia.see(red), Vision::Deuteranopia.see(green)) < 12.0);
        for vision in Vision::BLIND {
            assert!(delta_e(vision.see(Rgb(128, 128, 128)), Rgb(128, 128, 128)) < 1.0, "{vision:?} tints grey");
        }
    }
}
