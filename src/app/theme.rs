//! Colours, spacing and type of the window.

use egui::{Color32, CornerRadius, FontFamily, FontId, Stroke, TextStyle};

use crate::figure::{Ink, Medium, Rgb};
use crate::scenes::Tone;

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Paper white.
    Light,
    /// Near-black blue-grey.
    Dark,
}

/// The colours of one theme.
#[derive(Clone, Copy, Debug)]
pub struct Skin {
    /// The medium figures are drawn on.
    pub medium: Medium,
    /// Behind everything.
    pub ground: Color32,
    /// Side panels and bars.
    pub panel: Color32,
    /// Cards that hold a view.
    pub card: Color32,
    /// Fields and the trough of a slider.
    pub well: Color32,
    /// Hairlines.
    pub line: Color32,
    /// Text.
    pub text: Color32,
    /// Quieter text: units, hints.
    pub quiet: Color32,
    /// The one accent.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
}

/// Turns a figure colour into a screen colour.
pub fn rgb(c: Rgb) -> Color32 {
    Color32::from_rgb(c.0, c.1, c.2)
}

const fn hex(c: u32) -> Color32 {
    Color32::from_rgb((c >> 16) as u8, (c >> 8) as u8, c as u8)
}

impl Theme {
    /// Its colours.
    pub const fn skin(self) -> Skin {
        match self {
            Theme::Dark => Skin {
                medium: Medium::Dark,
                ground: hex(0x10_141B),
                panel: hex(0x17_1C_26),
                card: hex(0x14_18_20),
                well: hex(0x22_29_36),
                line: hex(0x28_30_3D),
                text: hex(0xE4_E8_EE),
                quiet: hex(0x9A_A4_B4),
                accent: hex(0x78_BD_F5),
                on_accent: hex(0x0C_12_1A),
            },
            Theme::Light => Skin {
                medium: Medium::Light,
                ground: hex(0xF4_F6_F8),
                panel: hex(0xFF_FF_FF),
                card: hex(0xFF_FF_FF),
                well: hex(0xE9_ED_F2),
                line: hex(0xDD_E2_E9),
                text: hex(0x1B_23_30),
                quiet: hex(0x5C_66_76),
                accent: hex(0x00_68_B0),
                on_accent: hex(0xFF_FF_FF),
            },
        }
    }

    /// The other one.
    pub const fn other(self) -> Theme {
        match self {
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Light,
        }
    }
}

impl Skin {
    /// A figure's colour role on this skin.
    pub fn ink(&self, ink: Ink) -> Color32 {
        if ink == Ink::Ground { self.card } else { rgb(ink.on(self.medium)) }
    }

    /// Ground and text of a chip.
    pub fn chip(&self, tone: Tone) -> [Color32; 2] {
        let ink = match tone {
            Tone::Ringing => Ink::Controller,
            Tone::Calm => Ink::Optimizer,
            Tone::Warning => Ink::Amber,
            Tone::Danger => Ink::Danger,
        };
        let ground = self.card;
        let share = if self.medium == Medium::Dark { 0.32 } else { 0.16 };
        let strong = ink.on(self.medium);
        let base = Rgb(ground.r(), ground.g(), ground.b());
        [rgb(strong.over(base, share)), self.text]
    }
}

/// Bold text of the interface.
pub fn bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("bold".into()))
}

/// Variables.
pub fn italic(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("italic".into()))
}

/// Ordinary text.
pub fn plain(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Puts a theme in force.
pub fn apply(ctx: &egui::Context, theme: Theme) {
    let skin = theme.skin();
    let dark = theme == Theme::Dark;
    ctx.set_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light });
    let base = if dark { egui::Visuals::dark() } else { egui::Visuals::light() };
    ctx.global_style_mut(|style| {
        style.visuals = visuals(base, &skin);
        style.spacing.item_spacing = egui::vec2(8.0, 6.0);
        style.spacing.button_padding = egui::vec2(8.0, 4.0);
        style.spacing.slider_rail_height = 3.0;
        style.spacing.interact_size.y = 22.0;
        style.spacing.window_margin = egui::Margin::same(16);
        style.spacing.scroll = egui::style::ScrollStyle::thin();
        style.interaction.tooltip_delay = 0.4;
        style.text_styles = [
            (TextStyle::Body, plain(13.5)),
            (TextStyle::Button, plain(13.5)),
            (TextStyle::Small, plain(11.5)),
            (TextStyle::Heading, bold(16.0)),
            (TextStyle::Monospace, plain(13.0)),
        ]
        .into();
    });
}

fn visuals(mut v: egui::Visuals, skin: &Skin) -> egui::Visuals {
    v.panel_fill = skin.panel;
    v.window_fill = skin.panel;
    v.window_stroke = Stroke::new(1.0, skin.line);
    v.extreme_bg_color = skin.well;
    v.faint_bg_color = skin.well;
    v.hyperlink_color = skin.accent;
    v.selection.bg_fill = skin.accent.gamma_multiply(0.45);
    v.selection.stroke = Stroke::new(1.0, skin.text);
    v.slider_trailing_fill = true;
    v.handle_shape = egui::style::HandleShape::Circle;
    v.widgets.noninteractive.bg_stroke = Stroke::new(1.0, skin.line);
    v.widgets.noninteractive.fg_stroke = Stroke::new(1.0, skin.text);
    let states = [
        (&mut v.widgets.inactive, skin.well, skin.text),
        (&mut v.widgets.hovered, skin.line, skin.text),
        (&mut v.widgets.active, skin.line, skin.accent),
        (&mut v.widgets.open, skin.line, skin.text),
    ];
    for (state, fill, text) in states {
        state.bg_fill = fill;
        state.weak_bg_fill = fill;
        state.bg_stroke = Stroke::NONE;
        state.fg_stroke = Stroke::new(1.2, text);
        state.corner_radius = CornerRadius::same(6);
        state.expansion = 0.0;
    }
    v
}
