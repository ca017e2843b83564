//! What the sources say of the open scene, each statement with its verdict and the numbers that rests on.

use egui::{Frame, Label, Margin, RichText, Ui, vec2};

use crate::app::Desk;
use crate::app::label::job;
use crate::app::theme::{Skin, plain};
use crate::app::widgets::{chip, section};
use crate::figure::{Ink, rich};
use crate::scenes::{Chip, Claim, Finding, Story, Tone, Verdict};
use crate::text::{chapter as words, fill};

/// Shows a card per claim.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, story: &Story) {
    let Some(told) = desk.reader.told().filter(|_| !story.claims.is_empty()) else { return };
    section(ui, &desk.skin, "claims", desk.say(words::CLAIMS), |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        for (claim, finding) in story.claims.iter().zip(&told.findings) {
            card(ui, desk, claim, finding, told.fresh);
        }
    });
}

/// One statement: where it stands, what it says, what became of it and why.
fn card(ui: &mut Ui, desk: &Desk<'_>, claim: &Claim, finding: &Finding, fresh: bool) {
    let skin = desk.skin;
    let margin = Margin { left: 12, right: 8, top: 7, bottom: 8 };
    let shown = Frame::new().fill(skin.well).inner_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        let article = fill(desk.say(words::ARTICLE), &[claim.source]);
        ui.label(RichText::new(article).font(plain(11.5)).color(skin.quiet));
        let said = fill(desk.say(words::QUOTED), &[desk.say(claim.says)]);
        ui.add(Label::new(job(&rich(&said), 13.5, skin.text)).wrap());
        let text = desk.say(finding.verdict.title()).to_owned();
        chip(ui, &skin, &Chip { text, tone: tone(finding.verdict), note: finding.because.clone() });
        let colour = if fresh { skin.text } else { skin.quiet };
        ui.add(Label::new(job(&rich(&finding.because), 12.5, colour)).wrap());
    });
    let rect = shown.response.rect;
    let bar = egui::Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
    ui.painter().rect_filled(bar, 0.0, edge(&skin, finding.verdict));
}

fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Holds => Tone::Ringing,
        Verdict::Conditional => Tone::Warning,
        Verdict::Fails => Tone::Danger,
    }
}

fn edge(skin: &Skin, verdict: Verdict) -> egui::Color32 {
    skin.ink(match verdict {
        Verdict::Holds => Ink::Controller,
        Verdict::Conditional => Ink::Amber,
        Verdict::Fails => Ink::Danger,
    })
}
