//! Where everything lies on the page, kept as text; and that it all lies on the page.

use std::fmt::Write as _;

use super::specimen::everything;
use impetus::export::{Page, Placed, layout};
use impetus::text::Lang;

/// The layout of a figure, rounded to a tenth of a point.
fn report(lang: Lang, page: &Page) -> String {
    let sheet = layout(&everything(lang), page).unwrap();
    let mut out = format!("{} x {} mm\n", sheet.width_mm, sheet.height_mm);
    for (k, placed) in sheet.panels.iter().enumerate() {
        describe(&mut out, &format!("p{}", k + 1), placed);
    }
    out
}

fn describe(out: &mut String, id: &str, placed: &Placed) {
    let f = placed.frame;
    writeln!(out, "{id} box {:.1} {:.1} {:.1} {:.1}", f.x, f.y, f.w, f.h).unwrap();
    for label in placed.labels() {
        let [x, y] = label.at;
        writeln!(out, "{id}   {x:.1} {y:.1} {:?} {:.1}pt {}", label.anchor, label.size, label.text.plain()).unwrap();
    }
    if let Some(legend) = &placed.legend {
        let r = legend.rect;
        writeln!(out, "{id} legend {:.1} {:.1} {:.1} {:.1}", r.x, r.y, r.w, r.h).unwrap();
    }
    for (k, inset) in placed.insets.iter().enumerate() {
        match inset {
            Some(inset) => describe(out, &format!("{id}-i{}", k + 1), inset),
            None => writeln!(out, "{id}-i{} left out", k + 1).unwrap(),
        }
    }
}

/// `IMPETUS_BLESS=1 cargo test --test figures` writes the present layout down as the wanted one.
#[test]
fn layouts_are_as_kept() {
    let table = [("89-en", Lang::En, 89.0), ("183-en", Lang::En, 183.0), ("183-zh", Lang::Zh, 183.0)];
    for (name, lang, width) in table {
        let path = format!("{}/tests/snapshots/layout-{name}.txt", env!("CARGO_MANIFEST_DIR"));
        let got = report(lang, &Page::new(width));
        if std::env::var_os("IMPETUS_BLESS").is_some() {
            std::fs::create_dir_all(std::path::Path::new(&path).parent().unwrap()).unwrap();
            std::fs::write(&path, &got).unwrap();
        }
        let want = std::fs::read_to_string(&path).unwrap();
        for (line, (got, want)) in got.lines().zip(want.lines()).enumerate() {
            assert_eq!(got, want, "{name}, line {}", line + 1);
        }
        assert_eq!(got.lines().count(), want.lines().count(), "{name}");
    }
}

#[test]
fn words_lie_on_the_page_and_columns_line_up() {
    for lang in Lang::ALL {
        for width in [72.0, 89.0, 122.0, 183.0, 338.67] {
            let sheet = layout(&everything(lang), &Page::new(width)).unwrap();
            for placed in &sheet.panels {
                let f = placed.frame;
                assert!(f.x > 0.0 && f.y > 0.0 && f.right() < sheet.width && f.bottom() < sheet.height, "{width}");
                for label in placed.labels() {
                    let [x, y] = label.at;
                    assert!(
                        (0.0..=sheet.width).contains(&x) && (0.0..=sheet.height).contains(&y),
                        "{width}: {label:?}"
                    );
                }
            }
            // A stack fills its cell: its upper box starts, its lower box ends with the neighbour's.
            let [top, low, beside] = [0, 1, 2].map(|k| sheet.panels[k].frame);
            assert!((top.y - beside.y).abs() < 1e-6 && (low.bottom() - beside.bottom()).abs() < 1e-6, "{width}");
            assert!((top.x - low.x).abs() < 1e-9 && (top.w - low.w).abs() < 1e-9);
            assert!((top.h / low.h - 2.0).abs() < 0.01, "heights follow the shares: {} and {}", top.h, low.h);
        }
    }
}
