//! A drawing as PGF for LaTeX: the book sets the text, pgfplots draws the axes.
//!
//! Every panel is an `axis` on exactly its place, with the same ticks as in print; curves, areas and
//! markers are `\addplot` in data units, so that an author can change them. `scale` turns places
//! into such numbers, `axis` writes the frame and what stands around it, `plots` the layers, `map`
//! and `bar` heat maps, `legend` and `words` lettering, `ink` names colours and strokes, `limits` keeps what LaTeX has to
//! read small enough to compile in seconds.

mod axis;
mod bar;
mod ink;
mod legend;
mod limits;
mod map;
mod plots;
mod scale;
mod words;

use super::Provenance;
use super::draw::{Art, Drawing, Kind, Part};
use super::geometry::Rect;
use super::page::Page;
use super::path::Point;
use super::provenance::KEY;
use super::tex::{escape, needs_unicode};
use crate::figure::{Figure, Ink, Panel, Rgb};
use ink::Palette;
use limits::Limits;
use scale::{Tracks, length};

/// Spells a drawing of `figure` as one file for `\input`, with `title`, caption and provenance in
/// comments.
pub(super) fn pgf(drawing: &Drawing, figure: &Figure<'_>, page: &Page, provenance: &Provenance, title: &str) -> String {
    let mut script = Script {
        out: String::with_capacity(1 << 16),
        palette: Palette::new(page.medium),
        limits: Limits::of(drawing, figure),
        drawing,
        page,
        hatched: false,
    };
    script.picture(figure);
    let mut out = head(&script, figure, provenance, title);
    out.push_str("\\begingroup%\n");
    let font = page.font_pt;
    out.push_str(&format!("\\providecommand{{\\impetusfont}}{{{}}}%\n", words::size(font)));
    if script.out.contains(legend::FIT) {
        out.push_str(legend::FITTING);
    }
    script.palette.define(&mut out);
    out.push_str(&script.out);
    out.push_str("\\endgroup%\n");
    out
}

/// What is being written, and what has been used so far.
struct Script<'a> {
    out: String,
    palette: Palette,
    limits: Limits,
    drawing: &'a Drawing,
    page: &'a Page,
    /// Whether any area is ruled.
    hatched: bool,
}

/// Comments: what the file shows, what its document has to load, where it came from.
fn head(script: &Script<'_>, figure: &Figure<'_>, provenance: &Provenance, title: &str) -> String {
    let Drawing { width_mm, height_mm, .. } = script.drawing;
    let mut out = format!("% {}\n", one_line(title));
    if !figure.caption.is_empty() {
        out.push_str(&format!("% Draft caption: {}\n", one_line(&escape(&figure.caption))));
    }
    out.push_str(&format!("%\n% {width_mm} mm by {height_mm} mm. The document says in its preamble\n"));
    out.push_str("%   \\usepackage{amsmath}\n%   \\usepackage{pgfplots}\n%   \\pgfplotsset{compat=1.18}\n");
    if script.hatched {
        out.push_str("%   \\usetikzlibrary{patterns.meta}\n");
    }
    if script.out.lines().any(|line| !line.starts_with('%') && needs_unicode(line)) {
        out.push_str("%   \\usepackage{ctex}\n% is compiled with XeLaTeX or LuaLaTeX,\n");
    }
    out.push_str("% and says \\input{...} with the name of this file where the figure is to stand.\n");
    out.push_str("% The lettering is the document's. For another size, say before \\input, for example,\n");
    out.push_str("%   \\newcommand{\\impetusfont}{\\fontsize{8}{10}\\selectfont}\n%\n");
    out.push_str(&format!("% {KEY}: {}\n", provenance.to_json()));
    out
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

impl Script<'_> {
    /// The whole picture; one unit is 1/72 inch and y points upwards.
    fn picture(&mut self, figure: &Figure<'_>) {
        let text = self.palette.name(Ink::Text.on(self.page.medium));
        let [width, height] = [self.drawing.width, self.drawing.height].map(length);
        self.out.push_str(&format!(
            "\\begin{{tikzpicture}}[x=1bp, y=1bp, text={text}, font=\\impetusfont,\n  {}]\n",
            words::styles(&self.palette.name(self.ground()))
        ));
        self.out.push_str(&format!("\\useasboundingbox (0,0) rectangle ({width},{height});\n"));
        if let Some(ground) = self.drawing.ground {
            self.fill(&Rect { x: 0.0, y: 0.0, w: self.drawing.width, h: self.drawing.height }, ground);
        }
        for (art, panel) in self.drawing.arts.iter().zip(&figure.panels) {
            self.art(art, panel);
        }
        self.out.push_str("\\end{tikzpicture}%\n");
    }

    fn ground(&self) -> Rgb {
        self.drawing.ground.unwrap_or_else(|| Ink::Ground.on(self.page.medium))
    }

    /// A panel: its axis with everything in data units, then what stands on the page around it.
    fn art(&mut self, art: &Art, panel: &Panel<'_>) {
        self.out.push_str(&format!("% {} {}\n", art.id, one_line(&art.name)));
        if let Some(rect) = &art.placed.backing {
            self.fill(rect, self.ground());
        }
        let tracks = Tracks::new(&art.placed);
        self.open_axis(art, &tracks);
        let inside = |part: &&Part| matches!(part.kind, Kind::Layer(_) | Kind::Handles | Kind::Notes);
        for part in art.parts.iter().filter(inside) {
            self.layer(part, panel, art, &tracks);
        }
        self.out.push_str("\\end{axis}\n");
        for part in &art.parts {
            match part.kind {
                Kind::Letter => part.shapes.iter().for_each(|shape| self.outside(shape)),
                Kind::Legend => self.legend(part, &art.placed),
                _ => {}
            }
        }
        for inset in &art.insets {
            // An inset left out for want of room keeps its number.
            let number: Option<usize> = inset.id.rsplit_once("-i").and_then(|(_, n)| n.parse().ok());
            if let Some(inner) = number.and_then(|n| panel.insets.get(n.checked_sub(1)?)) {
                self.art(inset, &inner.panel);
            }
        }
    }

    /// A place on the page, measured from below.
    fn at(&self, [x, y]: Point) -> String {
        format!("({},{})", length(x), length(self.drawing.height - y))
    }

    fn fill(&mut self, rect: &Rect, color: Rgb) {
        let color = self.palette.name(color);
        let corners = [self.at([rect.x, rect.bottom()]), self.at([rect.right(), rect.y])];
        self.out.push_str(&format!("\\fill[{color}] {} rectangle {};\n", corners[0], corners[1]));
    }
}
