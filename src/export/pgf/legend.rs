//! Legends and panel letters: what stands on the page, not in data units.

use super::Script;
use super::scale::length;
use crate::export::draw::{Part, Shape};
use crate::export::layout::{Legend, Placed};
use crate::export::tex::rich_to_tex;

/// Between the names of a legend and the right side of the box, at least, in points.
const AIR: f64 = 3.0;
/// The command that measures the names of a legend.
pub(super) const FIT: &str = "\\impetusfit";
/// Its definition: how far a legend moves to the left so that its names, set in the book's font,
/// stay within a width.
pub(super) const FITTING: &str = "\\providecommand{\\impetusfit}[2]{%\n  \
     \\setbox0\\hbox{\\pgfinterruptpicture\\impetusfont\\vbox{#2}\\endpgfinterruptpicture}%\n  \
     \\pgfmathsetlengthmacro\\impetusshift{min(0pt,#1-\\wd0)}}%\n";

impl Script<'_> {
    /// The legend where the layout put it; one at the right side of the box makes room for a wider
    /// font than ours.
    pub fn legend(&mut self, part: &Part, placed: &Placed) {
        let fit = placed.legend.as_ref().and_then(|legend| self.fit(legend, placed));
        if let Some(fit) = &fit {
            self.out.push_str(&format!("\\begin{{scope}}{fit}\n\\begin{{scope}}[xshift=\\impetusshift]\n"));
        }
        part.shapes.iter().for_each(|shape| self.outside(shape));
        if fit.is_some() {
            self.out.push_str("\\end{scope}\n\\end{scope}\n");
        }
    }

    /// Measures the names of the last column, if they might reach the side of the box.
    fn fit(&self, legend: &Legend, placed: &Placed) -> Option<String> {
        let frame = placed.frame;
        let start = legend.entries.iter().map(|e| e.at[0] + legend.indent).fold(f64::NEG_INFINITY, f64::max);
        let near = legend.rect.y > frame.y && start + 1.3 * (legend.rect.right() - start) > frame.right() - AIR;
        let last = legend.entries.iter().filter(|e| e.at[0] + legend.indent > start - 0.01);
        let names: String = last.map(|e| format!("\\hbox{{{}}}", rich_to_tex(&e.name))).collect();
        near.then(|| format!("{FIT}{{{}bp}}{{{names}}}", length(frame.right() - AIR - start)))
    }

    /// A shape of the legend or a panel letter, in page units.
    pub fn outside(&mut self, shape: &Shape) {
        match shape {
            Shape::Path { runs, closed, fill, stroke } => {
                let style = self.path_style(fill.as_ref(), stroke.as_ref());
                self.out.push_str(&format!("\\path[{style}]"));
                for run in runs {
                    let corners: Vec<String> = run.iter().map(|p| self.at(*p)).collect();
                    self.out.push_str(&format!(" {}{}", corners.join(" -- "), if *closed { " -- cycle" } else { "" }));
                }
                self.out.push_str(";\n");
            }
            Shape::Marks { at, marker, radius, color, rim } => {
                let style = self.mark_style(*marker, *radius, *color, *rim);
                let places: String = at.iter().map(|p| self.at(*p)).collect();
                self.out.push_str(&format!("\\path plot[{style}] coordinates {{{places}}};\n"));
            }
            Shape::Words(label, color) => {
                let at = self.at(label.at);
                self.words(label, *color, &at);
            }
            Shape::Picture { .. } => {}
        }
    }
}
