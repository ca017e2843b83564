//! Colours by name, and how lines, areas and markers are painted.

use super::Script;
use super::scale::length;
use crate::export::draw::{Fill, Stroke};
use crate::figure::{Hatch, Ink, Marker, Medium, Rgb};

/// Between the lines of a ruling, and their width, in points.
const RULING: [f64; 2] = [3.4, 0.3];
/// Edge of filled markers in their own colour: pgf draws one always, and zero is no width.
const EDGE: f64 = 0.1;

/// The colours in use, each with a name an author can define anew.
pub(super) struct Palette {
    medium: Medium,
    used: Vec<(Rgb, String)>,
}

/// Roles that give a colour its name.
const ROLES: [(Ink, &str); 10] = [
    (Ink::Text, "Text"),
    (Ink::Ground, "Ground"),
    (Ink::Optimizer, "Optimizer"),
    (Ink::Spring, "Spring"),
    (Ink::Controller, "Controller"),
    (Ink::Sampler, "Sampler"),
    (Ink::Amber, "Amber"),
    (Ink::Muted, "Muted"),
    (Ink::Faint, "Faint"),
    (Ink::Danger, "Danger"),
];

impl Palette {
    pub fn new(medium: Medium) -> Self {
        Palette { medium, used: Vec::new() }
    }

    /// The name of a colour: its role, or its value for a tint.
    pub fn name(&mut self, color: Rgb) -> String {
        if let Some((_, name)) = self.used.iter().find(|(c, _)| *c == color) {
            return name.clone();
        }
        let role = ROLES.iter().find(|(ink, _)| ink.on(self.medium) == color);
        let name = format!("impetus{}", role.map_or_else(|| digits(color), |(_, name)| (*name).to_owned()));
        self.used.push((color, name.clone()));
        name
    }

    /// Defines every colour used.
    pub fn define(&self, out: &mut String) {
        for (color, name) in &self.used {
            out.push_str(&format!("\\definecolor{{{name}}}{{HTML}}{{{}}}%\n", digits(*color)));
        }
    }
}

fn digits(color: Rgb) -> String {
    color.hex().trim_start_matches('#').to_owned()
}

impl Script<'_> {
    /// The options of a path.
    pub fn path_style(&mut self, fill: Option<&Fill>, stroke: Option<&Stroke>) -> String {
        let mut style = match stroke {
            Some(stroke) => self.stroke_style(stroke),
            None => "draw=none".to_owned(),
        };
        let Some(fill) = fill else { return style };
        if fill.opacity > 0.0 {
            style.push_str(&format!(", fill={}", self.palette.name(fill.color)));
        }
        if fill.opacity > 0.0 && fill.opacity < 1.0 {
            style.push_str(&format!(", fill opacity={}", length(fill.opacity)));
        }
        if let Some((hatch, color)) = fill.hatch {
            self.hatched = true;
            let color = self.palette.name(color);
            style.push_str(&format!(", postaction={{pattern={{{}}}, pattern color={color}}}", ruling(hatch)));
        }
        style
    }

    fn stroke_style(&mut self, stroke: &Stroke) -> String {
        let color = self.palette.name(stroke.color);
        let cap = if stroke.dash.is_empty() { "round" } else { "butt" };
        let mut style = format!("draw={color}, line width={}bp, line join=round, line cap={cap}", length(stroke.width));
        if !stroke.dash.is_empty() {
            style.push_str(", dash pattern=");
            for pair in stroke.dash.chunks(2) {
                let [on, off] = [pair[0], pair.get(1).copied().unwrap_or(pair[0])].map(length);
                style.push_str(&format!("on {on}bp off {off}bp "));
            }
            style.truncate(style.trim_end().len());
        }
        style
    }

    /// The options of markers; `radius` is that of the disc, the others have about its area.
    pub fn mark_style(&mut self, marker: Marker, radius: f64, color: Rgb, rim: Option<(Rgb, f64)>) -> String {
        let fill = self.palette.name(color);
        let (edge, width) = rim.map_or((color, EDGE), |(edge, width)| (edge, width));
        let edge = self.palette.name(edge);
        let (mark, size, filled) = match marker {
            Marker::Disc => ("*", 1.0, true),
            Marker::Ring => ("o", 0.95, false),
            Marker::Square => ("square*", 0.9, true),
            Marker::Triangle => ("triangle*", 1.36, true),
            Marker::Diamond => ("diamond*", 1.3, true),
            Marker::Cross => ("x", std::f64::consts::SQRT_2, false),
        };
        let inner = if rim.is_none() && filled { width / 2.0 } else { 0.0 };
        let size = length((size * radius - inner).max(0.05));
        let fill = if filled { format!(", fill={fill}") } else { String::new() };
        let width = length(width);
        format!(
            "only marks, mark={mark}, mark size={size}bp, mark options={{solid, draw={edge}{fill}, line width={width}bp}}"
        )
    }
}

fn ruling(hatch: Hatch) -> String {
    let [distance, width] = RULING.map(length);
    match hatch {
        Hatch::Rising => format!("Lines[angle=45, distance={distance}bp, line width={width}bp]"),
        Hatch::Falling => format!("Lines[angle=-45, distance={distance}bp, line width={width}bp]"),
        Hatch::Cross => format!("Hatch[angle=45, distance={distance}bp, line width={width}bp]"),
        Hatch::Dots => format!("Dots[angle=45, distance={distance}bp, radius=0.4bp]"),
    }
}
