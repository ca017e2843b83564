//! The figures of all scenes at once: all there, the same twice, and only what changed is made again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command as Process;

use impetus::export::{Format, Page, Provenance, sha256};
use impetus::files::factory::{Made, Order, make};
use impetus::param::Values;
use impetus::scenes::{SCENES, Scene, View};
use impetus::text::Lang;
use serde_json::Value;

/// A scene of several costumes, one declared as a table, one of clouds: whatever the factory does with
/// these it does with all. Continuous integration makes every figure of every scene twice.
const SOME: &[&str] = &["one-machine", "bowl", "current"];

fn order(folder: &Path) -> Order {
    Order {
        folder: folder.to_owned(),
        only: SOME.iter().map(|id| (*id).to_owned()).collect(),
        langs: vec![Lang::En],
        formats: Format::ALL.to_vec(),
        pages: vec![Page::new(122.0)],
        dpi: 60.0,
        force: false,
    }
}

/// Every view of these scenes at its defaults, and an overview of each.
fn wanted() -> usize {
    let views = |s: &dyn Scene| s.views(&Values::defaults(s.params()), View::new(Lang::En)).len();
    SCENES.iter().filter(|s| SOME.contains(&s.meta().id)).map(|s| views(*s) + 1).sum()
}

fn quiet(order: &Order) -> Made {
    make(order, |_, _, _| {}).unwrap_or_else(|e| panic!("{}", e.say(Lang::En)))
}

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|e| (e.file_name().into_string().unwrap(), std::fs::read(e.path()).unwrap())).collect()
}

fn manifest(folder: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(folder.join("manifest.json")).unwrap()).unwrap()
}

#[test]
fn two_calls_make_the_same_bytes_and_the_manifest_tells_them() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut told = Vec::new();
    let made = make(&order(one.path()), |done, total, name| told.push((done, total, name.to_owned()))).unwrap();
    quiet(&order(two.path()));
    let files = contents(one.path());
    assert!(files == contents(two.path()));
    let figures = manifest(one.path())["figures"].as_array().unwrap().clone();
    assert_eq!(made.written, figures.len() * Format::ALL.len());
    assert_eq!(
        told.iter().map(|t| (t.0, t.1)).collect::<Vec<_>>(),
        (1..=wanted()).map(|k| (k, wanted())).collect::<Vec<_>>()
    );
    let ids: Vec<&str> = figures.iter().map(|f| f["id"].as_str().unwrap()).collect();
    assert!(ids.is_sorted() && ids.contains(&"one-machine-atlas") && ids.contains(&"one-machine-overview"));
    let mut known = BTreeSet::from_iter(
        ["captions.en.md", "captions.zh.md", "captions.en.tex", "captions.zh.tex", "index.html", "manifest.json"]
            .map(str::to_owned),
    );
    for figure in &figures {
        assert_eq!(figure["width_mm"], 122.0);
        assert!(figure["title"]["zh"] != figure["title"]["en"] && figure["caption"]["zh"] != figure["caption"]["en"]);
        for file in figure["files"].as_array().unwrap() {
            let name = file["name"].as_str().unwrap();
            let bytes = &files[name];
            assert_eq!(
                (file["bytes"].as_u64().unwrap() as usize, &file["sha256"]),
                (bytes.len(), &sha256(bytes).into())
            );
            assert_eq!(figure["data"], Provenance::from_file(bytes).unwrap().data);
            known.insert(name.to_owned());
        }
    }
    assert_eq!(files.into_keys().collect::<BTreeSet<_>>(), known);
}

#[test]
fn only_what_changed_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let all = quiet(&order(folder.path())).written;
    let counts = |order: &Order| {
        let made = quiet(order);
        (made.written, made.unchanged)
    };
    let before = contents(folder.path());
    assert_eq!(counts(&order(folder.path())), (0, all));
    std::fs::write(folder.path().join("one-machine-loss.pdf"), "spoilt").unwrap();
    std::fs::remove_file(folder.path().join("one-machine-map.png")).unwrap();
    assert_eq!(counts(&order(folder.path())), (2, all - 2));
    // Without a manifest everything is made again, and found to be as it was.
    std::fs::write(folder.path().join("manifest.json"), "{\"figures\": 5").unwrap();
    assert_eq!(counts(&order(folder.path())), (0, all));
    assert!(before == contents(folder.path()));
    assert_eq!(counts(&Order { force: true, ..order(folder.path()) }), (all, 0));
    let formats = Format::ALL.len();
    let one = Order { only: vec!["one-machine-loss".into()], pages: vec![Page::new(89.0)], ..order(folder.path()) };
    assert_eq!(counts(&one), (formats, 0));
    assert_eq!(manifest(folder.path())["figures"].as_array().unwrap().len(), 1);
}

#[test]
fn languages_and_widths_have_names_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let made = quiet(&Order {
        only: vec!["one-machine-atlas".into(), "one-machine-loss".into()],
        langs: Lang::ALL.to_vec(),
        formats: vec![Format::Svg],
        pages: vec![Page::new(89.0), Page::new(183.0)],
        ..order(folder.path())
    });
    assert_eq!(made.written, 8);
    for (name, width, lang) in [
        ("one-machine-atlas-89mm-en.svg", 89.0, Lang::En),
        ("one-machine-atlas-183mm-zh.svg", 183.0, Lang::Zh),
        ("one-machine-loss-89mm-zh.svg", 89.0, Lang::Zh),
    ] {
        let saved = Provenance::from_file(&std::fs::read(folder.path().join(name)).unwrap()).unwrap();
        assert_eq!((saved.page.width, saved.lang), (width, lang), "{name}");
    }
    let captions = std::fs::read_to_string(folder.path().join("captions.zh.tex")).unwrap();
    assert_eq!(captions.matches("\\begin{figure}").count(), 4);
    assert!(captions.contains("\\includegraphics[width=89mm]{one-machine-atlas-89mm-zh}"));
    assert!(
        captions.contains("\\label{fig:one-machine-loss-183mm-zh}") && captions.contains("$\\eta\\lambda=2(1+\\beta)$")
    );
}

#[test]
fn the_index_page_needs_only_the_files_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    quiet(&Order { langs: vec![Lang::Zh], formats: vec![Format::Svg, Format::Pdf], ..order(folder.path()) });
    let page = std::fs::read_to_string(folder.path().join("index.html")).unwrap();
    for foreign in ["http:", "https:", "<script", "@import", "url("] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    let targets =
        |mark: &str| page.split(mark).skip(1).map(|p| p.split('"').next().unwrap().to_owned()).collect::<Vec<_>>();
    let (links, pictures) = (targets("href=\""), targets("src=\""));
    assert_eq!(pictures.len(), wanted());
    assert!(links.iter().chain(&pictures).all(|name| folder.path().join(name).is_file()), "{links:?}");
    assert!(page.contains("lang=\"zh\"") && page.contains("阻尼图谱") && page.contains("Regime atlas"));
    assert!(page.contains("@media (prefers-color-scheme: dark)") && page.contains("impetus run one-machine"));
    let document = page.replacen("<!DOCTYPE html>", "", 1).replace(" download>", ">");
    let closed = document.matches("<article").count() == document.matches("</article>").count();
    assert!(closed && document.matches("<details").count() == document.matches("</details>").count());
}

#[test]
fn captions_compile_where_latex_is_installed() {
    let folder = tempfile::tempdir().unwrap();
    quiet(&Order { formats: vec![Format::Pdf], ..order(folder.path()) });
    let book = "\\documentclass{article}\n\\usepackage{graphicx,amsmath}\n\\begin{document}\n\
                \\input{captions.en}\n\\end{document}\n";
    std::fs::write(folder.path().join("book.tex"), book).unwrap();
    let options = ["-interaction=nonstopmode", "-halt-on-error", "book"];
    let Ok(done) = Process::new("pdflatex").args(options).current_dir(folder.path()).output() else { return };
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    assert!(!String::from_utf8_lossy(&done.stdout).contains("not found"));
}

#[test]
fn what_cannot_be_made_is_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    std::fs::write(&in_the_way, "x").unwrap();
    std::fs::create_dir_all(folder.path().join("taken/one-machine-loss.svg")).unwrap();
    let table = [
        (Order { only: vec!["one-machine".into(), "moon".into()], ..order(folder.path()) }, "“moon”"),
        (order(&in_the_way), "cannot make the folder"),
        (order(&in_the_way.join("below")), "cannot make the folder"),
        (order(&folder.path().join("taken")), "one-machine-loss.svg” (it is a folder)"),
        (
            Order { pages: vec![Page { height_mm: Some(15.0), ..Page::new(20.0) }], ..order(folder.path()) },
            "does not fit",
        ),
    ];
    for (order, wanted) in table {
        let error = make(&order, |_, _, _| {}).unwrap_err();
        let said = Lang::ALL.map(|lang| error.say(lang));
        assert!(said[0].contains(wanted) && said[0].lines().count() == 1, "{}", said[0]);
        assert_ne!(said[0], said[1]);
    }
}
