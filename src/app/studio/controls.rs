//! The left column: views, size, language, files.

use egui::{DragValue, Grid, RichText, TextEdit, Ui};

use super::cells::{self, Change};
use super::report::name;
use crate::app::Desk;
use crate::app::widgets::{heading, row, segmented};
use crate::export::Format;
use crate::files::Settings;
use crate::scenes::ViewInfo;
use crate::text::{Lang, Text, studio as words};

/// A size a publisher or a projector asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Preset {
    width_mm: f64,
    height_mm: Option<f64>,
    font_pt: f64,
    line_pt: f64,
}

const fn print(width_mm: f64) -> Preset {
    Preset { width_mm, height_mm: None, font_pt: 7.0, line_pt: 1.0 }
}

const PRESETS: [Preset; 5] = [print(89.0), print(120.0), print(122.0), print(140.0), print(183.0)];
/// A 13⅓ × 7½ inch slide, to be read from the last row.
const SLIDE: Preset = Preset { width_mm: 338.67, height_mm: Some(190.5), font_pt: 18.0, line_pt: 2.0 };

impl Preset {
    fn holds(&self, s: &Settings) -> bool {
        s.width_mm == self.width_mm && s.height_mm == self.height_mm
    }

    /// Takes the size, and the type only when it goes from paper to slide or back: lettering chosen
    /// by hand survives another width.
    fn take(&self, s: &mut Settings) {
        let slide = |height: Option<f64>| height == SLIDE.height_mm;
        if slide(self.height_mm) || (slide(s.height_mm) && s.font_pt == SLIDE.font_pt) {
            (s.font_pt, s.line_pt) = (self.font_pt, self.line_pt);
        }
        (s.width_mm, s.height_mm) = (self.width_mm, self.height_mm);
    }
}

/// The views that make the figure: those chosen that there are, or else all.
pub fn chosen_views(settings: &Settings, offered: &[ViewInfo]) -> Vec<&'static str> {
    let find = |id: &String| offered.iter().find(|v| v.id == id).map(|v| v.id);
    let found: Vec<&'static str> = settings.views.iter().filter_map(find).collect();
    if found.is_empty() { usual(offered).collect() } else { found }
}

/// The views of the overview.
fn usual(offered: &[ViewInfo]) -> impl Iterator<Item = &'static str> {
    offered.iter().filter(|v| v.overview).map(|v| v.id)
}

/// The same list as settings keep it: the overview is not named.
pub fn remembered(views: &[&'static str], offered: &[ViewInfo]) -> Vec<String> {
    let all = views.iter().copied().eq(usual(offered));
    if all { Vec::new() } else { views.iter().map(|v| (*v).to_owned()).collect() }
}

/// The views and their grid. Whether the list of views was changed.
pub fn views(ui: &mut Ui, desk: &Desk<'_>, settings: &mut Settings, chosen: &mut usize, offered: &[ViewInfo]) -> bool {
    heading(ui, &desk.skin, desk.say(words::VIEWS));
    let mut list = chosen_views(settings, offered);
    let change: Option<Change> = cells::show(ui, desk, &list, offered, settings.columns, chosen);
    row(ui, |ui| {
        ui.label(desk.say(words::COLUMNS));
        let items: Vec<(String, String)> =
            (1..=Settings::MOST_COLUMNS).map(|n| (String::new(), n.to_string())).collect();
        if let Some(i) = segmented(ui, &desk.skin, &items, settings.columns - 1) {
            settings.columns = i + 1;
        }
    });
    let Some(change) = change else { return false };
    change.apply(&mut list, offered);
    settings.views = remembered(&list, offered);
    true
}

/// Width, height, lettering, lines.
pub fn size(ui: &mut Ui, desk: &Desk<'_>, s: &mut Settings) {
    heading(ui, &desk.skin, desk.say(words::SIZE));
    ui.horizontal_wrapped(|ui| {
        for preset in PRESETS {
            if ui.selectable_label(preset.holds(s), format!("{} mm", preset.width_mm)).clicked() {
                preset.take(s);
            }
        }
        if ui.selectable_label(SLIDE.holds(s), desk.say(words::SLIDE)).clicked() {
            SLIDE.take(s);
        }
    });
    ui.label(RichText::new(desk.say(words::SIZE_HELP)).small().color(desk.skin.quiet));
    ui.add_space(2.0);
    Grid::new("size").num_columns(2).spacing([14.0, 6.0]).show(ui, |ui| {
        field(ui, desk, words::WIDTH, &mut s.width_mm, Settings::SIZES_MM, 0.5, " mm");
        ui.end_row();
        height(ui, desk, s);
        ui.end_row();
        let label = ui.label(desk.say(words::LETTERING));
        ui.horizontal(|ui| {
            number(ui, &mut s.font_pt, Settings::FONTS_PT, 0.05, " pt").labelled_by(label.id);
            ui.add_space(10.0);
            field(ui, desk, words::LINES, &mut s.line_pt, Settings::LINES_PT, 0.02, " pt");
        });
        ui.end_row();
    });
    ui.horizontal_wrapped(|ui| {
        ui.checkbox(&mut s.letters, desk.say(words::LETTERS));
        ui.checkbox(&mut s.transparent, desk.say(words::TRANSPARENT));
    });
}

fn height(ui: &mut Ui, desk: &Desk<'_>, s: &mut Settings) {
    let label = ui.label(desk.say(words::HEIGHT));
    ui.horizontal(|ui| {
        let mut auto = s.height_mm.is_none();
        if let Some(height) = &mut s.height_mm {
            number(ui, height, Settings::SIZES_MM, 0.5, " mm").labelled_by(label.id);
        }
        if ui.checkbox(&mut auto, desk.say(words::HEIGHT_AUTO)).changed() {
            s.height_mm = (!auto).then_some((s.width_mm * 0.75).round());
        }
    });
}

fn field(ui: &mut Ui, desk: &Desk<'_>, text: Text, value: &mut f64, range: [f64; 2], speed: f64, unit: &str) {
    let label = ui.label(desk.say(text));
    number(ui, value, range, speed, unit).labelled_by(label.id);
}

fn number(ui: &mut Ui, value: &mut f64, [low, high]: [f64; 2], speed: f64, unit: &str) -> egui::Response {
    ui.add(DragValue::new(value).range(low..=high).speed(speed).custom_formatter(|x, _| short(x)).suffix(unit))
}

/// Two decimals at most, none that say nothing.
fn short(x: f64) -> String {
    format!("{x:.2}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The language of the figure, apart from the window's.
pub fn language(ui: &mut Ui, desk: &Desk<'_>, s: &mut Settings) {
    heading(ui, &desk.skin, desk.say(words::LANGUAGE));
    let now = s.lang.unwrap_or(desk.lang);
    let items: Vec<(String, String)> = Lang::ALL.iter().map(|l| (String::new(), l.own_name().to_owned())).collect();
    let chosen = Lang::ALL.iter().position(|l| *l == now).unwrap_or(0);
    if let Some(lang) = segmented(ui, &desk.skin, &items, chosen).and_then(|i| Lang::ALL.get(i)) {
        s.lang = Some(*lang);
    }
}

/// Formats, resolution, folder and name. `stem` is what the name is unless another was typed.
pub fn files(ui: &mut Ui, desk: &Desk<'_>, s: &mut Settings, typed: &mut Option<String>, stem: &str) {
    heading(ui, &desk.skin, desk.say(words::FILES));
    ui.horizontal_wrapped(|ui| {
        for format in Format::ALL {
            let mut on = s.formats.contains(&format);
            if ui.checkbox(&mut on, name(format)).changed() {
                s.formats =
                    Format::ALL.into_iter().filter(|f| if *f == format { on } else { s.formats.contains(f) }).collect();
            }
        }
    });
    ui.checkbox(&mut s.table, desk.say(words::TABLE));
    Grid::new("files").num_columns(2).spacing([14.0, 6.0]).show(ui, |ui| {
        field(ui, desk, words::DPI, &mut s.dpi, Settings::DPI, 5.0, " dpi");
        ui.end_row();
        let label = ui.label(desk.say(words::FOLDER));
        let wide = ui.available_width().max(180.0);
        ui.add(TextEdit::singleline(&mut s.folder).desired_width(wide).char_limit(4096)).labelled_by(label.id);
        ui.end_row();
        let label = ui.label(desk.say(words::NAME));
        let mut text = typed.clone().unwrap_or_else(|| stem.to_owned());
        let edit = TextEdit::singleline(&mut text).desired_width(wide).char_limit(200);
        if ui.add(edit).labelled_by(label.id).changed() {
            *typed = Some(text);
        }
        ui.end_row();
    });
}

#[cfg(test)]
mod tests {
    use super::{PRESETS, SLIDE};
    use crate::files::Settings;

    #[test]
    fn presets_keep_lettering_chosen_by_hand() {
        let mut s = Settings { font_pt: 8.0, ..Settings::default() };
        for preset in PRESETS {
            preset.take(&mut s);
            assert_eq!((s.width_mm, s.height_mm, s.font_pt, s.line_pt), (preset.width_mm, None, 8.0, 1.0));
            assert!(preset.holds(&s));
        }
        SLIDE.take(&mut s);
        assert_eq!((s.width_mm, s.height_mm, s.font_pt, s.line_pt), (338.67, Some(190.5), 18.0, 2.0));
        PRESETS[0].take(&mut s);
        assert_eq!((s.width_mm, s.height_mm, s.font_pt, s.line_pt), (89.0, None, 7.0, 1.0));
    }
}
