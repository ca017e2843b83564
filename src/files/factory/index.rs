//! A page to look through what was made. It needs nothing but the files beside it.

use std::fmt::Write as _;

use super::Order;
use super::captions::pick;
use super::job::Done;
use super::manifest::{FileRecord, Record};
use crate::export::escaped;
use crate::figure::{Rich, Style};
use crate::preflight::{Check, Verdict};
use crate::scenes::{Scene, find};
use crate::text::{Lang, fill, t};

/// The look of the page.
const STYLE: &str = include_str!("index.css");

/// The page, in the first language of the order.
pub fn html(done: &[Done], order: &Order) -> String {
    let lang = order.langs.first().copied().unwrap_or_default();
    let title = t("Figures", "图集").get(lang);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Impetus · {title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n",
        lang.tag()
    );
    head(&mut out, done, title, lang);
    for scene in done.chunk_by(|a, b| a.record.scene == b.record.scene) {
        section(&mut out, scene, lang);
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn head(out: &mut String, done: &[Done], title: &str, lang: Lang) {
    let files: usize = done.iter().map(|d| d.record.files.len()).sum();
    let faults: usize = done.iter().map(|d| d.record.faults().count()).sum();
    let text = t("{} figures · {} files · Impetus {}", "{} 幅图 · {} 个文件 · Impetus {}");
    let facts = fill(text.get(lang), &[&done.len().to_string(), &files.to_string(), env!("CARGO_PKG_VERSION")]);
    // Writing to a string cannot fail.
    let _ = write!(out, "<header>\n<h1>{title}</h1>\n<p>{facts}");
    if faults > 0 {
        let text = t("preflight finds {} faults", "印前检查发现 {} 个问题");
        let _ = write!(out, " · <strong>{}</strong>", fill(text.get(lang), &[&faults.to_string()]));
    }
    let captions = [t("captions", "图题"), t("captions (LaTeX)", "图题（LaTeX）")].map(|c| c.get(lang));
    let tag = lang.tag();
    let _ = writeln!(
        out,
        "</p>\n<nav><a href=\"captions.{tag}.md\">{}</a> <a href=\"captions.{tag}.tex\">{}</a> \
         <a href=\"manifest.json\">manifest.json</a></nav>\n</header>",
        captions[0], captions[1]
    );
}

fn section(out: &mut String, scene: &[Done], lang: Lang) {
    let Some(meta) = scene.first().and_then(|d| find(&d.record.scene)).map(Scene::meta) else { return };
    let [title, question] = [meta.title, meta.question].map(|text| escaped(text.get(lang)));
    let _ = writeln!(out, "<section id=\"{}\">\n<h2>{title}</h2>\n<p class=\"question\">{question}</p>", meta.id);
    out.push_str("<div class=\"gallery\">\n");
    for one in scene {
        card(out, one, lang);
    }
    out.push_str("</div>\n</section>\n");
}

fn card(out: &mut String, one: &Done, lang: Lang) {
    let record = &one.record;
    let id = escaped(&record.id);
    let wide = if record.view == crate::files::OVERVIEW { " class=\"wide\"" } else { "" };
    let _ = writeln!(out, "<article id=\"{id}\"{wide}>");
    if let Some(picture) = picture(record) {
        let alt = escaped(record.title.get(record.lang));
        let name = escaped(&picture.name);
        let _ = writeln!(
            out,
            "<a class=\"paper\" href=\"{name}\"><img src=\"{name}\" alt=\"{alt}\" loading=\"lazy\" \
             style=\"aspect-ratio:{:.4}\"></a>",
            record.width_mm / record.height_mm
        );
    }
    out.push_str("<div class=\"words\">\n");
    let (own, other) = if record.lang == Lang::En { (Lang::En, Lang::Zh) } else { (Lang::Zh, Lang::En) };
    let words = |lang: Lang| {
        let (title, caption) = (marked(pick(&one.title, lang)), marked(pick(&one.caption, lang)));
        format!("<h3>{title}</h3><p>{caption}</p>")
    };
    let _ = writeln!(out, "<div lang=\"{}\">{}</div>", own.tag(), words(own));
    let _ = writeln!(
        out,
        "<details><summary lang=\"{tag}\">{}</summary><div lang=\"{tag}\">{}</div></details>",
        other.own_name(),
        words(other),
        tag = other.tag()
    );
    foot(out, record, lang);
    out.push_str("</div>\n</article>\n");
}

/// Links, sizes, verdict and command.
fn foot(out: &mut String, record: &Record, lang: Lang) {
    out.push_str("<ul class=\"files\">");
    let size_mm = format!("{} × {:.1} mm", record.width_mm, record.height_mm);
    for file in &record.files {
        let ending = file.name.rsplit('.').next().unwrap_or_default().to_uppercase();
        let name = escaped(&file.name);
        let _ = write!(out, "<li><a href=\"{name}\" download>{ending}</a> <small>{}</small></li>", size(file.bytes));
    }
    let _ = writeln!(out, "<li class=\"facts\">{size_mm}</li></ul>");
    verdict(out, record, lang);
    let command = t("Command", "命令").get(lang);
    let _ = writeln!(out, "<details><summary>{command}</summary><code>{}</code></details>", escaped(&record.command));
}

/// What preflight says, the gravest first.
fn verdict(out: &mut String, record: &Record, lang: Lang) {
    let all = || record.files.iter().flat_map(|file| file.findings.iter().map(move |found| (file, found)));
    let faults = all().filter(|(_, found)| found.is_fault()).count();
    let notes = all().count() - faults;
    let (class, text, count) = match (faults, notes) {
        (0, 0) => (Verdict::Pass, t("Preflight: all holds", "印前检查：全部通过"), 0),
        (0, _) => (Verdict::Note, t("Preflight: to note ({})", "印前检查：{} 条提示"), notes),
        _ => (Verdict::Fault, t("Preflight: faults ({})", "印前检查：{} 个问题"), faults),
    };
    let text = fill(text.get(lang), &[&count.to_string()]);
    if all().next().is_none() {
        let _ = writeln!(out, "<p class=\"verdict {}\">{text}</p>", class.tag());
        return;
    }
    let _ = write!(out, "<details><summary class=\"verdict {}\">{text}</summary><ul>", class.tag());
    for (file, found) in all() {
        let name = Check::ALL.into_iter().find(|c| c.tag() == found.check).map_or("", |c| c.name(lang));
        let (of, detail) = (escaped(&file.name), escaped(&found.detail));
        let _ =
            write!(out, "<li class=\"{}\"><b>{name}</b> {detail} <small>{of}</small></li>", escaped(&found.verdict));
    }
    out.push_str("</ul></details>\n");
}

/// The file a browser shows best.
fn picture(record: &Record) -> Option<&FileRecord> {
    [".svg", ".png"].iter().find_map(|ending| record.files.iter().find(|f| f.name.ends_with(ending)))
}

/// A size for people.
fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", (bytes + 500) / 1000),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// A label in HTML.
fn marked(label: &Rich) -> String {
    let mut out = String::new();
    for span in &label.0 {
        let text = escaped(&span.text);
        let _ = match span.style {
            Style::Plain | Style::Fraction => write!(out, "{text}"),
            Style::Italic => write!(out, "<i>{text}</i>"),
            Style::Bold => write!(out, "<b>{text}</b>"),
            Style::Sub(_) => write!(out, "<sub>{text}</sub>"),
            Style::Sup(_) => write!(out, "<sup>{text}</sup>"),
        };
    }
    out
}
