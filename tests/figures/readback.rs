//! Finished files read back by programs that did not write them, and pixels held to kept ones.

use super::specimen::everything;
use impetus::export::{Format, Page, Provenance, layout, render};
use impetus::text::Lang;

fn file(format: Format, lang: Lang, page: &Page, dpi: f64) -> Vec<u8> {
    render(format, &everything(lang), page, dpi, &Provenance::default(), "specimen").unwrap()
}

/// `lopdf` knows nothing of what wrote the file.
#[test]
fn pdf_text_fonts_and_size_come_back() {
    let table: [(Lang, f64, &[&str]); 2] = [
        (Lang::En, 89.0, &["velocity", "underdamped", "spectral radius", "κ", "−1", "10", "λ"]),
        (Lang::Zh, 183.0, &["速度", "欠阻尼", "谱半径", "κ", "−1", "10", "λ"]),
    ];
    for (lang, width, words) in table {
        let page = Page::new(width);
        let pdf = lopdf::Document::load_mem(&file(Format::Pdf, lang, &page, 300.0)).unwrap();
        assert_eq!(pdf.get_pages().len(), 1);
        // It gives letters one by one.
        let text = pdf.extract_text(&[1]).unwrap().replace('\n', "");
        for word in words {
            assert!(text.contains(word), "{word} is not in {text:?}");
        }
        let id = pdf.get_pages()[&1];
        let bounds = pdf.get_dictionary(id).unwrap().get(b"MediaBox").unwrap().as_array().unwrap();
        let bounds: Vec<f64> = bounds.iter().map(|v| f64::from(v.as_float().unwrap())).collect();
        let sheet = layout(&everything(lang), &page).unwrap();
        for (got, want) in bounds.iter().zip([0.0, 0.0, sheet.width, sheet.height]) {
            assert!((got - want).abs() < 0.01, "{bounds:?}");
        }
        let faces = pdf.objects.values().filter_map(|o| o.as_dict().ok());
        let faces: Vec<_> = faces.filter(|d| d.get_type().is_ok_and(|t| t == b"FontDescriptor")).collect();
        assert!(faces.len() >= 4, "regular, italic, bold and mathematics: {}", faces.len());
        for face in faces {
            let name = String::from_utf8_lossy(face.get(b"FontName").unwrap().as_name().unwrap()).into_owned();
            assert!(name.as_bytes()[6] == b'+', "{name} is a subset");
            assert!(face.has(b"FontFile2") || face.has(b"FontFile3"), "{name} is embedded");
        }
    }
}

/// Every face an SVG carries has the characters it is there for.
#[test]
fn svg_faces_hold_the_characters_in_use() {
    for (lang, needed) in [(Lang::En, "velocityκ−ηλβq0123456789"), (Lang::Zh, "速度欠阻尼谱半径κ−ηλ")]
    {
        let svg = String::from_utf8(file(Format::Svg, lang, &Page::new(183.0), 300.0)).unwrap();
        let faces: Vec<Vec<u8>> =
            svg.split("base64,").skip(1).map(|s| decoded(s.split([')', '"']).next().unwrap())).collect();
        let faces: Vec<_> = faces.iter().filter_map(|bytes| ttf_parser::Face::parse(bytes, 0).ok()).collect();
        assert!(faces.len() >= 4, "{}", faces.len());
        for c in needed.chars() {
            let found = faces.iter().filter_map(|f| Some((f, f.glyph_index(c)?)));
            let drawn = found.filter(|(f, g)| f.glyph_bounding_box(*g).is_some()).count();
            assert!(drawn > 0, "{c} is in no face");
        }
        assert!(faces.iter().all(|f| f.number_of_glyphs() < 200), "only what is in use");
    }
}

fn decoded(text: &str) -> Vec<u8> {
    let digit = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut out = Vec::new();
    for group in text.trim_end_matches('=').as_bytes().chunks(4) {
        let word = group.iter().fold(0_u32, |word, c| word << 6 | u32::from(digit(*c))) << (6 * (4 - group.len()));
        out.extend(&word.to_be_bytes()[1..group.len()]);
    }
    out
}

/// Width, height and grey values.
fn grey(png: &[u8]) -> (usize, usize, Vec<f64>) {
    let image = image::load_from_memory(png).unwrap().into_luma8();
    (image.width() as usize, image.height() as usize, image.pixels().map(|p| f64::from(p.0[0])).collect())
}

/// Mean difference, and share of pixels that differ by more than a quarter of the range.
fn difference(a: &[f64], b: &[f64]) -> [f64; 2] {
    let n = a.len() as f64;
    let far = a.iter().zip(b).filter(|(a, b)| (*a - *b).abs() > 64.0).count() as f64;
    [a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum::<f64>() / n, far / n]
}

/// `IMPETUS_BLESS=1 cargo test --test figures` keeps the present pixels as the wanted ones.
#[test]
fn pixels_are_as_kept() {
    for (name, lang) in [("en", Lang::En), ("zh", Lang::Zh)] {
        let path = format!("{}/tests/snapshots/specimen-{name}.png", env!("CARGO_MANIFEST_DIR"));
        let png = file(Format::Png, lang, &Page::new(122.0), 100.0);
        if std::env::var_os("IMPETUS_BLESS").is_some() {
            std::fs::write(&path, &png).unwrap();
        }
        let (width, height, got) = grey(&png);
        let (w, h, want) = grey(&std::fs::read(&path).unwrap());
        assert_eq!((width, height), (w, h), "{name}");
        let [mean, far] = difference(&got, &want);
        assert!(mean < 0.5 && far < 0.001, "{name}: mean {mean}, {far} of the pixels far off");
        // The bound is one that a shift by a single pixel would break.
        let mut moved = want.clone();
        moved.rotate_right(1);
        let [mean, far] = difference(&moved, &want);
        assert!(mean > 2.0 && far > 0.01, "{name}: {mean}, {far}");
    }
}
