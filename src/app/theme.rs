//! Colours, spacing and type of the window.

use egui::{Color32, CornerRadius, FontFamily, FontId, Stroke, TextStyle};

use crate::figure::{Ink, Medium, Rgb};
use crate::scenes::Tone;
use crate::text::{Text, shell as words};

/// How the window is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Paper white.
    Light,
    /// Near-black blue-grey.
    Dark,
    /// White on black, every word at a contrast of 7 : 1 at least.
    Contrast,
    /// Black on white, larger and bolder, to be read from the last row.
    Projector,
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
    /// The least contrast of data colours with the card; 1 leaves them as figures have them.
    pub contrast: f32,
    /// How much thicker lines are drawn than usual.
    pub weight: f32,
}

/// Turns a figure colour into a screen colour.
pub fn rgb(c: Rgb) -> Color32 {
    Color32::from_rgb(c.0, c.1, c.2)
}

const fn hex(c: u32) -> Color32 {
    Color32::from_rgb((c >> 16) as u8, (c >> 8) as u8, c as u8)
}

impl Theme {
    /// All of them, in the order they are offered.
    pub const ALL: [Theme; 4] = [Theme::Light, Theme::Dark, Theme::Contrast, Theme::Projector];

    /// Its name.
    pub const fn title(self) -> Text {
        match self {
            Theme::Light => words::THEME_LIGHT,
            Theme::Dark => words::THEME_DARK,
            Theme::Contrast => words::THEME_CONTRAST,
            Theme::Projector => words::THEME_PROJECTOR,
        }
    }

    /// Identifier in files.
    pub const fn id(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Contrast => "contrast",
            Theme::Projector => "projector",
        }
    }

    /// The theme with this identifier.
    pub fn from_id(id: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|t| t.id() == id)
    }

    /// How much larger everything is than usual.
    pub const fn zoom(self) -> f32 {
        if matches!(self, Theme::Projector) { 1.2 } else { 1.0 }
    }

    /// Whether text is light on dark.
    pub const fn is_dark(self) -> bool {
        matches!(self, Theme::Dark | Theme::Contrast)
    }

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
                contrast: 1.0,
                weight: 1.0,
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
                contrast: 1.0,
                weight: 1.0,
            },
            Theme::Contrast => Skin {
                medium: Medium::Dark,
                ground: hex(0x00_00_00),
                panel: hex(0x00_00_00),
                card: hex(0x00_00_00),
                well: hex(0x1C_1C_1C),
                line: hex(0x6E_6E_6E),
                text: hex(0xFF_FF_FF),
                quiet: hex(0xDD_DD_DD),
                accent: hex(0xFF_D8_3D),
                on_accent: hex(0x00_00_00),
                contrast: 7.0,
                weight: 1.3,
            },
            Theme::Projector => Skin {
                medium: Medium::Light,
                ground: hex(0xFF_FF_FF),
                panel: hex(0xFF_FF_FF),
                card: hex(0xFF_FF_FF),
                well: hex(0xE6_EA_F0),
                line: hex(0xB4_BC_C8),
                text: hex(0x00_00_00),
                quiet: hex(0x38_40_4C),
                accent: hex(0x00_55_96),
                on_accent: hex(0xFF_FF_FF),
                contrast: 4.5,
                weight: 1.5,
            },
        }
    }

    /// The next one.
    pub fn next(self) -> Theme {
        let at = Theme::ALL.iter().position(|t| *t == self).unwrap_or(0);
        Theme::ALL[(at + 1) % Theme::ALL.len()]
    }
}

/// Contrast of two colours by WCAG 2: (L₁ + 0.05)/(L₂ + 0.05) of their relative luminances, 1 to 21.
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let linear = |c: u8| {
        let c = f32::from(c) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = |c: Color32| 0.2126 * linear(c.r()) + 0.7152 * linear(c.g()) + 0.0722 * linear(c.b());
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    (a / b).max(b / a)
}

impl Skin {
    /// A figure's colour role on this skin.
    pub fn ink(&self, ink: Ink) -> Color32 {
        match ink {
            Ink::Ground => self.card,
            Ink::Faint => rgb(ink.on(self.medium)),
            Ink::Text => self.text,
            _ => self.readable(rgb(ink.on(self.medium))),
        }
    }

    /// The colour, mixed with that of text until it stands out from the card as much as it has to.
    fn readable(&self, colour: Color32) -> Color32 {
        let mixed = (0..=20).map(|i| colour.lerp_to_gamma(self.text, i as f32 / 20.0));
        mixed.into_iter().find(|c| contrast(*c, self.card) >= self.contrast).unwrap_or(self.text)
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
        let share = match (self.medium, self.contrast > 1.0) {
            (Medium::Dark, false) => 0.32,
            (Medium::Dark, true) => 0.22,
            _ => 0.16,
        };
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

/// How the window is dressed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dress {
    /// Colours.
    pub theme: Theme,
    /// Size of everything, 1 as usual.
    pub scale: f32,
    /// Whether things glide to their places instead of jumping.
    pub motion: bool,
}

/// Puts a dress on.
pub fn apply(ctx: &egui::Context, dress: Dress) {
    let skin = dress.theme.skin();
    let dark = dress.theme.is_dark();
    ctx.set_zoom_factor(dress.scale * dress.theme.zoom());
    // Ctrl and + are acts of the window, which remembers the size.
    ctx.options_mut(|o| o.zoom_with_keyboard = false);
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
        style.animation_time = if dress.motion { 1.0 / 12.0 } else { 0.0 };
        if !dress.motion {
            style.scroll_animation = egui::style::ScrollAnimation::none();
        }
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
