//! The costumes of one run.

use crate::figure::Ink;
use crate::text::{Text, t};

/// The views of one run: whose parameters are shown and edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lens {
    /// η, β.
    #[default]
    Optimizer,
    /// m, c, k, h.
    Spring,
    /// J, kp, kd, T.
    Controller,
    /// γ, T, α.
    Sampler,
}

impl Lens {
    /// All lenses in the order of their keys 1 to 4.
    pub const ALL: [Lens; 4] = [Lens::Optimizer, Lens::Spring, Lens::Controller, Lens::Sampler];

    /// Name.
    pub const fn title(self) -> Text {
        match self {
            Lens::Optimizer => t("Optimizer", "优化器"),
            Lens::Spring => t("Spring", "弹簧"),
            Lens::Controller => t("Controller", "控制器"),
            Lens::Sampler => t("Sampler", "采样器"),
        }
    }

    /// Identifier in files and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Lens::Optimizer => "optimizer",
            Lens::Spring => "spring",
            Lens::Controller => "controller",
            Lens::Sampler => "sampler",
        }
    }

    /// The lens with this identifier.
    pub fn from_id(id: &str) -> Option<Lens> {
        Lens::ALL.into_iter().find(|l| l.id() == id)
    }

    /// Its lane's colour in every view.
    pub const fn ink(self) -> Ink {
        match self {
            Lens::Optimizer => Ink::Optimizer,
            Lens::Spring => Ink::Spring,
            Lens::Controller => Ink::Controller,
            Lens::Sampler => Ink::Sampler,
        }
    }

    /// Whether it looks at the run in seconds and metres rather than in iterations.
    pub const fn is_physical(self) -> bool {
        matches!(self, Lens::Spring | Lens::Controller)
    }
}
