//! Draft captions as Markdown and as LaTeX.

use std::fmt::Write as _;

use super::Order;
use super::job::Done;
use crate::export::rich_to_tex;
use crate::figure::{Rich, Style};
use crate::text::{Lang, t};

/// The figures whose captions are wanted in `lang`: those that speak it, or all if none does.
fn of<'d>(done: &'d [Done], lang: Lang, order: &Order) -> impl Iterator<Item = &'d Done> {
    let some = order.langs.contains(&lang);
    done.iter().filter(move |d| !some || d.record.lang == lang)
}

/// The words in `lang` of a pair in the order of [`Lang::ALL`].
pub fn pick([en, zh]: &[Rich; 2], lang: Lang) -> &Rich {
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}

/// One section per figure.
pub fn markdown(done: &[Done], lang: Lang, order: &Order) -> String {
    let mut out = String::new();
    for one in of(done, lang, order) {
        let (title, caption) = (marked(pick(&one.title, lang)), marked(pick(&one.caption, lang)));
        // Writing to a string cannot fail.
        let _ = writeln!(out, "## {}\n\n**{title}{}** {caption}\n", one.record.id, t(".", "。").get(lang));
    }
    out
}

/// A label in Markdown: what Markdown would read as its own is disarmed.
fn marked(label: &Rich) -> String {
    let mut out = String::new();
    for span in &label.0 {
        let mut text = String::new();
        for c in span.text.chars() {
            if r"\`*_[]<>#|".contains(c) {
                text.push('\\');
            }
            text.push(c);
        }
        let [open, close] = match span.style {
            Style::Plain | Style::Fraction => ["", ""],
            Style::Italic => ["*", "*"],
            Style::Bold => ["**", "**"],
            Style::Sub(_) => ["<sub>", "</sub>"],
            Style::Sup(_) => ["<sup>", "</sup>"],
        };
        out.push_str(&format!("{open}{text}{close}"));
    }
    out
}

/// Figures between two page breaks of the drafted captions.
const PER_STRETCH: usize = 12;

/// One floating figure per figure, to be copied or input.
pub fn latex(done: &[Done], lang: Lang, order: &Order) -> String {
    let head = t(
        "% Draft captions. They need \\usepackage{graphicx,amsmath}, and \\graphicspath if the figures are elsewhere.\n",
        "% 图题草稿。需要 \\usepackage{graphicx,amsmath} 与 ctex（用 XeLaTeX 编译）；图形在别处时请设 \\graphicspath。\n",
    );
    let mut out = head.get(lang).to_owned();
    for (i, one) in of(done, lang, order).enumerate() {
        if i > 0 && i.is_multiple_of(PER_STRETCH) {
            // LaTeX holds back eighteen floating figures at most.
            out.push_str("\n\\clearpage\n");
        }
        let id = &one.record.id;
        let (title, caption) = (rich_to_tex(pick(&one.title, lang)), rich_to_tex(pick(&one.caption, lang)));
        let stop = t(".} ", "。}").get(lang);
        let _ = write!(
            out,
            "\n\\begin{{figure}}[tbp]\n  \\centering\n  \\includegraphics[width={}mm]{{{id}}}\n  \
             \\caption{{\\textbf{{{title}{stop}{caption}}}\n  \\label{{fig:{id}}}\n\\end{{figure}}\n",
            one.record.width_mm
        );
    }
    out
}
