//! Wording of the tiles: what folds into a menu, and how a surface is turned.

use super::{Text, t};

wording! {
    TOOLS = "More of this tile", "此分块的更多操作";
    TURN_LEFT = "Turn the surface to the left", "曲面向左转";
    TURN_RIGHT = "Turn the surface to the right", "曲面向右转";
    TURN_UP = "Look from higher", "从更高处看";
    TURN_DOWN = "Look from lower", "从更低处看";
    TURN_BACK = "The surface as at first", "曲面恢复原样";
    TURN_HELP = "Drag the surface or use the arrow keys to turn it; double click for the first view.", "拖动曲面或按方向键转动；双击复原。";
}
