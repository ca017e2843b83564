//! The numbers of a figure in its files.

use super::*;

/// Cells of one CSV record.
fn cells(record: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for c in record.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

#[test]
fn csv_numbers_read_back_to_the_same_bits() {
    let odd = vec![0.1, -0.0, 1e300, 5e-324, f64::NAN, f64::INFINITY, 1.0 / 3.0, 123_456_789.123_456_78];
    let n = odd.len();
    let x: Vec<f64> = (0..n).map(|i| i as f64).collect();
    let plot =
        figure("csv", vec![panel("p", vec![line(x.clone(), odd.clone(), "=one"), line(x, odd.clone(), "two")])], 1);
    let text = String::from_utf8(bytes(Format::Csv, &plot, &Page::default())).unwrap();
    let mut records = text.lines().skip_while(|l| l.starts_with('#')).map(cells);
    let head = records.next().unwrap();
    assert_eq!(head, ["p | =one | time t (s)", "p | =one | position q0 (s)", "p | two | position q0 (s)"]);
    for (record, want) in records.zip(odd) {
        assert_eq!(record.len(), 3);
        for cell in &record[1..] {
            let got: f64 = cell.parse().unwrap();
            assert!(got.to_bits() == want.to_bits() || got.is_nan() && want.is_nan(), "{cell} is not {want}");
        }
    }
    let text = String::from_utf8(bytes(Format::Csv, &gallery()[0], &Page::default())).unwrap();
    let widths: Vec<usize> = text.lines().filter(|l| !l.starts_with('#')).map(|l| cells(l).len()).collect();
    assert!(widths.iter().all(|w| *w == widths[0]), "the table is rectangular");
    assert!(text.contains("\"'=临界阻尼\""), "formulas are disarmed");
}

#[test]
fn the_file_name_chooses_the_format() {
    let folder = tempfile::tempdir().unwrap();
    let figure = &gallery()[2];
    for format in Format::ALL {
        let path = folder.path().join("figure").with_extension(format.extension());
        write_figure(&path, figure, &Page::default(), 72.0, &provenance(), "t").unwrap();
        assert_eq!(Format::from_path(&path).unwrap(), format);
    }
    assert!(Format::from_path(Path::new("figure.docx")).unwrap_err().to_string().contains(".svg, .pdf"));
}

#[test]
fn lines_are_thinned_only_within_print_tolerance() {
    let n = 20_000;
    let x: Vec<f64> = (0..n).map(f64::from).collect();
    let y: Vec<f64> = x.iter().map(|x| (x * 0.001).sin()).collect();
    let plot = figure("thin", vec![panel("p", vec![line(x.clone(), y.clone(), "")])], 1);
    let text = svg(&plot, &Page::new(183.0), &provenance(), "").unwrap();
    let placed = &layout(&plot, &Page::new(183.0)).unwrap().panels[0];
    let tree = usvg::Tree::from_str(&text, &usvg::Options::default()).unwrap();
    let path = paths(&tree).into_iter().max_by_key(Vec::len).unwrap();
    assert!((20..1000).contains(&path.len()), "{} points are left", path.len());
    for (x, y) in x.iter().zip(&y) {
        let at = [placed.x.place(*x).unwrap(), placed.y.place(*y).unwrap()];
        let near = path.windows(2).map(|w| distance(at, w[0], w[1])).fold(f64::INFINITY, f64::min);
        assert!(near < 0.01 * 72.0 / 25.4 + 0.01, "{near} pt at {x}");
    }
}

fn distance(p: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let along = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy).max(1e-300);
    let along = along.clamp(0.0, 1.0);
    (p[0] - a[0] - along * dx).hypot(p[1] - a[1] - along * dy)
}
