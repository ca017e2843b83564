//! A scene that is held on to: one of the list, or one made from text.

use std::ops::Deref;
use std::sync::Arc;

use super::Scene;

/// A scene of [`super::SCENES`], or one that a reader made.
#[derive(Clone)]
pub enum SceneRef {
    /// One of the list.
    Listed(&'static dyn Scene),
    /// Made from text; see [`Scene::source`].
    Made(Arc<dyn Scene + Send>),
}

impl Deref for SceneRef {
    type Target = dyn Scene;

    fn deref(&self) -> &Self::Target {
        match self {
            SceneRef::Listed(scene) => *scene,
            SceneRef::Made(scene) => &**scene,
        }
    }
}

impl From<&'static dyn Scene> for SceneRef {
    fn from(scene: &'static dyn Scene) -> Self {
        SceneRef::Listed(scene)
    }
}

impl PartialEq for SceneRef {
    /// The same scene: the same identifier, made from the same text.
    fn eq(&self, other: &Self) -> bool {
        self.meta().id == other.meta().id && self.source() == other.source()
    }
}
