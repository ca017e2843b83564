//! The bar that explains the colours of a heat map or a surface.

use super::Script;
use super::axis::{HALF_DIGIT, labels_of};
use super::scale::{Track, length};
use crate::export::draw::{Art, Kind};
use crate::export::layout::Anchor;
use crate::figure::{ColorKey, Ink, Medium};

/// Colours that define a map; between them pgfplots interpolates.
const STEPS: usize = 17;

impl Script<'_> {
    /// The colours of a heat map or a surface and their bar, where the layout put it; its ticks stand out
    /// by `out`.
    pub fn color_bar(&mut self, art: &Art, out: f64) {
        let Some(bar) = &art.placed.bar else { return };
        self.colors(&bar.key);
        let track = Track::new(&bar.axis);
        let [low, high] = track.ends();
        let [gap, w, h] = [bar.rect.x - art.placed.frame.right(), bar.rect.w, bar.rect.h].map(length);
        let ticks: Vec<String> = bar.axis.ticks.major.iter().filter_map(|t| track.of(t.at)).collect();
        self.out.push_str(&format!("  point meta min={low}, point meta max={high},\n"));
        self.out.push_str(&format!("  colorbar, colorbar shift/.style={{xshift={gap}bp}},\n"));
        self.out.push_str(&format!(
            "  colorbar style={{at={{(parent axis.south east)}}, anchor=south west, width={w}bp, height={h}bp,\n  \
             tick align=outside, ytick pos=right, scaled ticks=false, ytick={{{}}},\n",
            ticks.join(",")
        ));
        let first = labels_of(art, Kind::Numbers).find(|l| l.anchor == Anchor::Start);
        let style = first.map(|l| {
            let gap = length(l.at[0] - bar.rect.right() - out);
            (format!("anchor=base west, xshift={gap}bp, yshift=-{HALF_DIGIT}em"), l.size)
        });
        self.tick_labels("y", &track, style);
        self.axis_label("y", art, Kind::LabelBar, &bar.rect);
        self.out.push_str("  },\n");
    }

    /// The option that defines a colour map.
    fn colors(&mut self, key: &ColorKey) {
        self.out.push_str("  colormap={impetus}{");
        for k in 0..STEPS {
            let color = key.at(k as f64 / (STEPS - 1) as f64, Ink::Ground.on(Medium::Print));
            self.out.push_str(&format!("{}rgb255=({},{},{})", if k > 0 { " " } else { "" }, color.0, color.1, color.2));
        }
        self.out.push_str("},\n");
    }
}
