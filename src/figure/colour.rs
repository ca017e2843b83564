//! Colour as seen: lightness, distance, greyscale print and colour-vision deficiency.

/// An sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// CIE XYZ of linear sRGB (IEC 61966-2-1), D65, rows X, Y, Z.
const XYZ: [[f64; 3]; 3] =
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]];

impl Rgb {
    /// The colour as `#rrggbb`.
    pub fn hex(self) -> String {
        format!("#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }

    /// `self` mixed into `ground`: 0 gives the ground, 1 gives `self`.
    pub fn over(self, ground: Rgb, share: f64) -> Rgb {
        let mix = |a: u8, b: u8| (f64::from(a) * share + f64::from(b) * (1.0 - share)).round() as u8;
        Rgb(mix(self.0, ground.0), mix(self.1, ground.1), mix(self.2, ground.2))
    }

    /// Light of the three primaries, each in [0, 1].
    fn linear(self) -> [f64; 3] {
        [self.0, self.1, self.2].map(|v| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// The colour of this light; what no screen can show is brought to the nearest it can.
    fn of_linear(light: [f64; 3]) -> Rgb {
        let [r, g, b] = light.map(|v| {
            let v = v.clamp(0.0, 1.0);
            let v = if v <= 0.0031308 { 12.92 * v } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 };
            (v * 255.0).round() as u8
        });
        Rgb(r, g, b)
    }

    /// Relative luminance Y ∈ [0, 1], from which contrast ratios are formed.
    pub fn luminance(self) -> f64 {
        dot(XYZ[1], self.linear())
    }

    /// The grey that a black-and-white print turns it into: the one of the same luminance.
    pub fn grey(self) -> Rgb {
        Rgb::of_linear([self.luminance(); 3])
    }

    /// CIE L*a*b* (1976) under D65: lightness in [0, 100], green to red, blue to yellow.
    pub fn lab(self) -> [f64; 3] {
        let light = self.linear();
        // The white point is that of the matrix, so that greys have a* = b* = 0.
        let [x, y, z] = XYZ.map(|row| {
            let share = dot(row, light) / row.iter().sum::<f64>();
            if share > 216.0 / 24389.0 { share.cbrt() } else { (24389.0 / 27.0 * share + 16.0) / 116.0 }
        });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// Who looks at a figure, or how it is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Vision {
    /// Full colour vision.
    Normal,
    /// No long-wavelength cones.
    Protanopia,
    /// No middle-wavelength cones.
    Deuteranopia,
    /// No short-wavelength cones.
    Tritanopia,
    /// A black-and-white copy.
    Grey,
}

impl Vision {
    /// All of them, full colour first.
    pub const ALL: [Vision; 5] =
        [Vision::Normal, Vision::Protanopia, Vision::Deuteranopia, Vision::Tritanopia, Vision::Grey];

    /// The colour as it appears: deficiencies by the matrices of Machado, Oliveira & Fernandes
    /// (2009) at severity 1, applied to linear light.
    pub fn see(self, colour: Rgb) -> Rgb {
        match self {
            Vision::Normal => colour,
            Vision::Grey => colour.grey(),
            Vision::Protanopia => seen(&PROTANOPIA, colour),
            Vision::Deuteranopia => seen(&DEUTERANOPIA, colour),
            Vision::Tritanopia => seen(&TRITANOPIA, colour),
        }
    }
}

const PROTANOPIA: [[f64; 3]; 3] =
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]];
const DEUTERANOPIA: [[f64; 3]; 3] =
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]];
const TRITANOPIA: [[f64; 3]; 3] =
    [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]];

fn seen(matrix: &[[f64; 3]; 3], colour: Rgb) -> Rgb {
    let light = colour.linear();
    Rgb::of_linear(matrix.map(|row| dot(row, light)))
}

/// How different two colours look: CIEDE2000. About 1 is just noticed side by side.
pub fn delta_e(a: Rgb, b: Rgb) -> f64 {
    ciede2000(a.lab(), b.lab())
}

/// The colour difference CIEDE2000 of two L*a*b* colours with unit weights, as written out by
/// Sharma, Wu & Dalal (2005).
pub fn ciede2000(one: [f64; 3], two: [f64; 3]) -> f64 {
    let seventh = |c: f64| (c.powi(7) / (c.powi(7) + 25f64.powi(7))).sqrt();
    let chroma = (one[1].hypot(one[2]) + two[1].hypot(two[2])) / 2.0;
    let stretch = 1.0 + 0.5 * (1.0 - seventh(chroma));
    let polar = |[_, a, b]: [f64; 3]| {
        let a = stretch * a;
        (a.hypot(b), if a == 0.0 && b == 0.0 { 0.0 } else { b.atan2(a).to_degrees().rem_euclid(360.0) })
    };
    let ((c1, h1), (c2, h2)) = (polar(one), polar(two));
    let turn = hue_difference(h1, h2, c1 * c2);
    let (dl, dc) = (two[0] - one[0], c2 - c1);
    let dh = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();
    let (l, c, h) = ((one[0] + two[0]) / 2.0, (c1 + c2) / 2.0, mean_hue(h1, h2, c1 * c2));
    let wave = |k: f64, shift: f64| (k * h + shift).to_radians().cos();
    let t = 1.0 - 0.17 * wave(1.0, -30.0) + 0.24 * wave(2.0, 0.0) + 0.32 * wave(3.0, 6.0) - 0.20 * wave(4.0, -63.0);
    let bend = (l - 50.0).powi(2);
    let sl = 1.0 + 0.015 * bend / (20.0 + bend).sqrt();
    let (sc, sh) = (1.0 + 0.045 * c, 1.0 + 0.015 * c * t);
    let angle = 60.0 * (-((h - 275.0) / 25.0).powi(2)).exp();
    let rotation = -2.0 * seventh(c) * angle.to_radians().sin();
    let (dl, dc, dh) = (dl / sl, dc / sc, dh / sh);
    (dl * dl + dc * dc + dh * dh + rotation * dc * dh).max(0.0).sqrt()
}

/// From one hue to another the short way round, in degrees; 0 when one of them is a grey.
fn hue_difference(h1: f64, h2: f64, chromas: f64) -> f64 {
    let turn = h2 - h1;
    match () {
        () if chromas == 0.0 => 0.0,
        () if turn > 180.0 => turn - 360.0,
        () if turn < -180.0 => turn + 360.0,
        () => turn,
    }
}

/// The hue halfway between two, in degrees; their sum when one of them is a grey.
fn mean_hue(h1: f64, h2: f64, chromas: f64) -> f64 {
    let sum = h1 + h2;
    match () {
        () if chromas == 0.0 => sum,
        () if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        () if sum < 360.0 => sum / 2.0 + 180.0,
        () => sum / 2.0 - 180.0,
    }
}

#[cfg(test)]
mod tests {
    use super::{DEUTERANOPIA, PROTANOPIA, Rgb, TRITANOPIA, Vision, ciede2000, delta_e};

    /// The test data of Sharma, Wu & Dalal (2005), table 1.
    const SHARMA: [([f64; 3], [f64; 3], f64); 34] = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 3.1571, -77.2803], [50.0, 0.0, -82.7485], 2.8615),
        ([50.0, 2.8361, -74.0200], [50.0, 0.0, -82.7485], 3.4412),
        ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0000),
        ([50.0, -1.1848, -84.8006], [50.0, 0.0, -82.7485], 1.0000),
        ([50.0, -0.9009, -85.5211], [50.0, 0.0, -82.7485], 1.0000),
        ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
        ([50.0, -1.0, 2.0], [50.0, 0.0, 0.0], 2.3669),
        ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0009], 7.1792),
        ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0010], 7.1792),
        ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0011], 7.2195),
        ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0012], 7.2195),
        ([50.0, -0.0010, 2.4900], [50.0, 0.0009, -2.4900], 4.8045),
        ([50.0, -0.0010, 2.4900], [50.0, 0.0010, -2.4900], 4.8045),
        ([50.0, -0.0010, 2.4900], [50.0, 0.0011, -2.4900], 4.7461),
        ([50.0, 2.5, 0.0], [50.0, 0.0, -2.5], 4.3065),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([50.0, 2.5, 0.0], [61.0, -5.0, 29.0], 22.8977),
        ([50.0, 2.5, 0.0], [56.0, -27.0, -3.0], 31.9030),
        ([50.0, 2.5, 0.0], [58.0, 24.0, 15.0], 19.4535),
        ([50.0, 2.5, 0.0], [50.0, 3.1736, 0.5854], 1.0000),
        ([50.0, 2.5, 0.0], [50.0, 3.2972, 0.0], 1.0000),
        ([50.0, 2.5, 0.0], [50.0, 1.8634, 0.5757], 1.0000),
        ([50.0, 2.5, 0.0], [50.0, 3.2592, 0.3350], 1.0000),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ([63.0109, -31.0961, -5.8663], [62.8187, -29.7946, -4.0864], 1.2630),
        ([61.2901, 3.7196, -5.3901], [61.4292, 2.2480, -4.9620], 1.8731),
        ([35.0831, -44.1164, 3.7933], [35.0232, -40.0716, 1.5901], 1.8645),
        ([22.7233, 20.0904, -46.6940], [23.0331, 14.9730, -42.5619], 2.0373),
        ([36.4612, 47.8580, 18.3852], [36.2715, 50.5065, 21.2231], 1.4146),
        ([90.8027, -2.0831, 1.4410], [91.1528, -1.6435, 0.0447], 1.4441),
        ([90.9257, -0.5406, -0.9208], [88.6381, -0.8985, -0.7239], 1.5381),
        ([6.7747, -0.2908, -2.4247], [5.8714, -0.0985, -2.2286], 0.6377),
        ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
    ];

    #[test]
    fn differences_are_those_published() {
        for (one, two, want) in SHARMA {
            assert!((ciede2000(one, two) - want).abs() < 5.1e-5, "{one:?} {two:?}: {}", ciede2000(one, two));
            assert!((ciede2000(two, one) - want).abs() < 5.1e-5, "{two:?} {one:?}");
            assert_eq!(ciede2000(one, one), 0.0);
        }
        assert!((delta_e(Rgb(0, 0, 0), Rgb(255, 255, 255)) - 100.0).abs() < 1e-6);
    }

    #[test]
    fn lab_of_known_colours() {
        let table = [
            (Rgb(255, 255, 255), [100.0, 0.0, 0.0]),
            (Rgb(0, 0, 0), [0.0, 0.0, 0.0]),
            (Rgb(119, 119, 119), [50.034, 0.0, 0.0]),
            (Rgb(255, 0, 0), [53.24, 80.09, 67.20]),
            (Rgb(0, 255, 0), [87.73, -86.18, 83.18]),
            (Rgb(0, 0, 255), [32.30, 79.19, -107.86]),
        ];
        for (colour, want) in table {
            let got = colour.lab();
            assert!(got.iter().zip(want).all(|(g, w)| (g - w).abs() < 0.02), "{colour:?}: {got:?}");
        }
        assert!((Rgb(255, 0, 0).luminance() - 0.2126).abs() < 1e-4);
        assert_eq!(Rgb(0, 0x72, 0xB2).grey(), Rgb(109, 109, 109));
    }

    #[test]
    fn a_deficiency_keeps_greys_and_loses_its_axis() {
        for matrix in [PROTANOPIA, DEUTERANOPIA, TRITANOPIA] {
            assert!(matrix.iter().all(|row| (row.iter().sum::<f64>() - 1.0).abs() < 2e-6));
        }
        for v in (0..=255).step_by(5) {
            for vision in Vision::ALL {
                assert_eq!(vision.see(Rgb(v, v, v)), Rgb(v, v, v), "{vision:?}");
            }
        }
        let (red, green, teal, blue) = (Rgb(200, 60, 60), Rgb(110, 120, 40), Rgb(0, 110, 110), Rgb(0, 90, 150));
        let apart = |vision: Vision, a, b| delta_e(vision.see(a), vision.see(b));
        for vision in [Vision::Protanopia, Vision::Deuteranopia] {
            assert!(apart(vision, red, green) < 0.45 * apart(Vision::Normal, red, green), "{vision:?}");
        }
        assert!(apart(Vision::Tritanopia, teal, blue) < 0.45 * apart(Vision::Normal, teal, blue));
        assert_eq!(Vision::Protanopia.see(Rgb(255, 0, 0)), Rgb(109, 95, 0));
    }
}
