//! The story of the open scene: its question, what was predicted, where to start from, the answer with the
//! numbers it rests on, what the sources say, where to read on, its figure.

use egui::{Button, Label, RichText, Ui, vec2};

use super::claims;
use crate::app::label::job;
use crate::app::reader::{Deed, Guess};
use crate::app::theme::{bold, plain};
use crate::app::widgets::{heading, primary, section};
use crate::app::{Ask, Desk};
use crate::figure::rich;
use crate::files::{OVERVIEW, Outcome};
use crate::scenes::{Predict, Story};
use crate::session::Command;
use crate::text::{Text, chapter as words, fill, ui as ui_words};

/// Shows the card.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (meta, skin) = (desk.session.scene().meta(), desk.skin);
    ui.add_space(8.0);
    ui.add(Label::new(RichText::new(desk.say(meta.title)).font(bold(14.5))).wrap());
    ui.label(RichText::new(place(desk)).small().color(skin.quiet));
    ui.add_space(2.0);
    ui.add(Label::new(desk.say(meta.question)).wrap());
    let story = desk.session.scene().story();
    if let Some(story) = story {
        prediction(ui, desk, story);
    }
    starts(ui, desk);
    if let Some(story) = story {
        answer(ui, desk, story);
    }
    if !desk.reader.is_asking(desk.session) {
        figure(ui, desk);
    }
    ui.add_space(12.0);
}

/// Where in the chapter the scene stands: its part, and the experiments it serves.
fn place(desk: &Desk<'_>) -> String {
    let meta = desk.session.scene().meta();
    let rows: Vec<String> = meta.rows.iter().map(u32::to_string).collect();
    let word = if rows.len() == 1 { words::ROW } else { words::ROWS };
    let group = desk.say(meta.group.title());
    let said = fill(desk.say(word), &[&rows.join(", ")]);
    if rows.is_empty() { group.to_owned() } else { format!("{group} · {said}") }
}

/// What became of the prediction, and the ways to another one.
fn prediction(ui: &mut Ui, desk: &mut Desk<'_>, story: &Story) {
    let reader = desk.reader;
    let (earlier, veiled) = (reader.reading(desk.session).prediction, reader.veil(desk.session).is_some());
    heading(ui, &desk.skin, desk.say(words::PREDICTION));
    let guess = reader.guess(desk.session);
    if let Some(guess) = guess {
        verdict(ui, desk, story, guess);
    } else if reader.is_stale(desk.session) {
        quiet(ui, desk, words::STALE);
    } else if let Some(outcome) = earlier {
        quiet(ui, desk, recalled(outcome));
    } else {
        quiet(ui, desk, words::PREDICT_HELP);
    }
    // The question itself has its own.
    if veiled {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
        if matches!(guess, Some(Guess::Drawn { .. })) {
            button(ui, desk, [words::REVIEW, words::REVIEW], Deed::Question);
        }
        if guess.is_some() || earlier.is_some() {
            button(ui, desk, [words::AGAIN, words::AGAIN_HELP], Deed::Again);
        } else {
            let first = primary(ui, &desk.skin, desk.say(words::PREDICT)).on_hover_text(desk.say(words::PREDICT_HELP));
            if first.clicked() {
                desk.asks.push(Deed::Question.into());
            }
            button(ui, desk, [words::SKIP, words::SKIP_HELP], Deed::Skip);
        }
        if !reader.may_tell(desk.session) {
            button(ui, desk, [words::SHOW_ANSWER, words::SHOW_ANSWER], Deed::Answer);
        }
    });
}

/// A prediction of this run in a sentence.
fn verdict(ui: &mut Ui, desk: &Desk<'_>, story: &Story, guess: &Guess) {
    let said = sentence(desk, story, guess);
    ui.add(Label::new(job(&rich(&said), 13.5, desk.skin.text)).wrap());
}

/// What became of a prediction, in a sentence.
pub fn sentence(desk: &Desk<'_>, story: &Story, guess: &Guess) -> String {
    match (guess, story.predict) {
        (Guess::Chosen { chosen, right }, Predict::Choose { choices, .. }) => {
            let word = if chosen == right { words::RIGHT } else { words::WRONG };
            fill(desk.say(word), &[choices.get(*right).map_or("", |text| desk.say(*text))])
        }
        (Guess::Drawn { gap: Some(gap), .. }, _) => {
            let percent = |share: f64| format!("{:.0}", 100.0 * share);
            fill(desk.say(words::OFF), &[&percent(gap.off), &percent(gap.width)])
        }
        _ => desk.say(words::NOTHING_COMMON).to_owned(),
    }
}

fn recalled(outcome: Outcome) -> Text {
    match outcome {
        Outcome::Right => words::EARLIER_RIGHT,
        Outcome::Wrong => words::EARLIER_WRONG,
        Outcome::Drawn => words::EARLIER_DRAWN,
        Outcome::Skipped => words::EARLIER_SKIPPED,
    }
}

fn starts(ui: &mut Ui, desk: &mut Desk<'_>) {
    let presets = desk.session.scene().presets();
    if presets.is_empty() {
        return;
    }
    heading(ui, &desk.skin, desk.say(ui_words::START_FROM));
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        for (i, preset) in presets.iter().enumerate() {
            let text = RichText::new(desk.say(preset.title)).color(desk.skin.quiet);
            if ui.add(Button::new(text).frame_when_inactive(false).wrap()).clicked() {
                desk.push(Command::Preset(i));
            }
        }
    });
}

/// The answer, the claims and the reading, once they may be shown.
fn answer(ui: &mut Ui, desk: &mut Desk<'_>, story: &Story) {
    let skin = desk.skin;
    if !desk.reader.may_tell(desk.session) {
        return;
    }
    section(ui, &skin, "answer", desk.say(words::ANSWER), |ui| told(ui, desk, 13.5));
    claims::show(ui, desk, story);
    if !story.reading.is_empty() {
        section(ui, &skin, "reading", desk.say(words::READING), |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            for entry in story.reading {
                ui.add(Label::new(RichText::new(*entry).font(plain(12.0)).color(skin.quiet)).wrap());
            }
        });
    }
}

/// The answer in letters of this size.
pub fn told(ui: &mut Ui, desk: &Desk<'_>, size: f32) {
    let Some(told) = desk.reader.told() else {
        computing(ui, desk);
        return;
    };
    let colour = if told.fresh { desk.skin.text } else { desk.skin.quiet };
    ui.add(Label::new(job(&rich(&told.answer), size, colour)).wrap());
}

/// Says how far the run is that has to answer.
pub fn computing(ui: &mut Ui, desk: &Desk<'_>) {
    let run = desk.session.run();
    let counts = [run.done(), run.horizon].map(|n| n.to_string());
    let said = fill(desk.say(words::COMPUTING), &counts.each_ref().map(String::as_str));
    ui.add(Label::new(RichText::new(said).color(desk.skin.quiet)).wrap());
}

fn figure(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.add_space(12.0);
    if ui.button(desk.say(words::FIGURE)).on_hover_text(desk.say(words::FIGURE_HELP)).clicked() {
        desk.asks.push(Ask::Studio(Some(OVERVIEW)));
    }
}

fn quiet(ui: &mut Ui, desk: &Desk<'_>, text: Text) {
    ui.add(Label::new(RichText::new(desk.say(text)).color(desk.skin.quiet)).wrap());
}

/// A button with a sentence of help.
pub fn button(ui: &mut Ui, desk: &mut Desk<'_>, [name, help]: [Text; 2], deed: Deed) {
    if ui.button(desk.say(name)).on_hover_text(desk.say(help)).clicked() {
        desk.asks.push(deed.into());
    }
}
