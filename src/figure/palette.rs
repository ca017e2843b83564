//! Colour roles and what they become on each medium.

use super::{Colormap, Rgb};

/// Where a figure is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// White paper.
    Print,
    /// Light screen.
    Light,
    /// Dark screen.
    Dark,
}

/// A colour role. Lanes keep theirs in every view (Okabe–Ito).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    /// The optimizer lane (blue).
    Optimizer,
    /// The spring lane (vermilion).
    Spring,
    /// The PD-controller lane (green).
    Controller,
    /// The sampler lane (purple).
    Sampler,
    /// A pinned run, counted from 0: steps of one colour map, told apart in any vision.
    Rival(u8),
    /// A further colour.
    Amber,
    /// Text and frames.
    Text,
    /// Quieter text, references.
    Muted,
    /// Fields and grids.
    Faint,
    /// Stability walls, divergence.
    Danger,
    /// Ground of the medium.
    Ground,
}

impl Ink {
    /// The colour of this role on `medium`.
    pub fn on(self, medium: Medium) -> Rgb {
        use Medium::{Dark, Light, Print};
        match (self, medium) {
            (Ink::Optimizer, Print | Light) => Rgb(0x00, 0x72, 0xB2),
            (Ink::Optimizer, Dark) => Rgb(0x4F, 0xA8, 0xE0),
            (Ink::Spring, Print | Light) => Rgb(0xD5, 0x5E, 0x00),
            (Ink::Spring, Dark) => Rgb(0xF0, 0x83, 0x3A),
            (Ink::Controller, Print | Light) => Rgb(0x00, 0x9E, 0x73),
            (Ink::Controller, Dark) => Rgb(0x2F, 0xC2, 0x9B),
            (Ink::Sampler, Print | Light) => Rgb(0xB8, 0x5C, 0x93),
            (Ink::Sampler, Dark) => Rgb(0xD9, 0x8A, 0xB8),
            (Ink::Rival(k), Print | Light) => rival(k, [0.0, 0.82]),
            (Ink::Rival(k), Dark) => rival(k, [0.25, 1.0]),
            (Ink::Amber, Print | Light) => Rgb(0xC7, 0x8A, 0x00),
            (Ink::Amber, Dark) => Rgb(0xE0, 0xA8, 0x30),
            (Ink::Text, Print) => Rgb(0, 0, 0),
            (Ink::Text, Light) => Rgb(0x1B, 0x23, 0x30),
            (Ink::Text, Dark) => Rgb(0xE4, 0xE8, 0xEE),
            (Ink::Muted, Print) => Rgb(0x4A, 0x4A, 0x4A),
            (Ink::Muted, Light) => Rgb(0x5C, 0x66, 0x76),
            (Ink::Muted, Dark) => Rgb(0x9A, 0xA4, 0xB4),
            (Ink::Faint, Print) => Rgb(0xA8, 0xA8, 0xA8),
            (Ink::Faint, Light) => Rgb(0xB4, 0xBB, 0xC6),
            (Ink::Faint, Dark) => Rgb(0x4C, 0x56, 0x66),
            (Ink::Danger, Print | Light) => Rgb(0xC0, 0x2A, 0x35),
            (Ink::Danger, Dark) => Rgb(0xE8, 0x55, 0x5F),
            (Ink::Ground, Print | Light) => Rgb(0xFF, 0xFF, 0xFF),
            (Ink::Ground, Dark) => Rgb(0x14, 0x18, 0x20),
        }
    }
}

/// Eight steps of Viridis between two shares, neighbours far apart.
fn rival(k: u8, [low, high]: [f64; 2]) -> Rgb {
    const ORDER: [u8; 8] = [0, 4, 7, 2, 5, 1, 6, 3];
    let step = f64::from(ORDER[usize::from(k % 8)]) / 7.0;
    Colormap::Viridis.at(low + (high - low) * step)
}
